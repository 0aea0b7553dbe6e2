"""`manage.py create_api_token`: make a token for the API; stdout has it, once."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from jobsite.api import tokens
from jobsite.api.models.tokens import ApiToken, Scope


class Command(BaseCommand):
    help = (
        "Make a token for the API. It is printed once and can't be looked up again; "
        "it can do what its scopes say and its user may do, whichever is less."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="the name of a user of the site")
        parser.add_argument("--name", required=True, help="what the token is for")
        parser.add_argument(
            "--scope",
            action="append",
            choices=Scope.values,
            required=True,
            help="may be given several times",
        )
        until = parser.add_mutually_exclusive_group()
        until.add_argument("--days", type=int, metavar="N", help="good for so long")
        until.add_argument(
            "--until", metavar="DATE", help="good to the end of that day"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects
        user = users.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"there is no user {options['user']!r}")
        longest = ApiToken._meta.get_field("name").max_length or 0
        if not 1 <= len(options["name"]) <= longest:
            raise CommandError(f"--name: 1 to {longest} characters")
        token, text = tokens.make(
            user=user,
            name=options["name"],
            scopes=options["scope"],
            expires_at=_expires_at(options["days"], options["until"]),
        )
        until = f"until {token.expires_at:%Y-%m-%d}" if token.expires_at else "for good"
        self.stderr.write(
            f"A token for {user.get_username()} ({', '.join(token.scopes)}; {until}). "
            "Keep it now: it is not shown again."
        )
        self.stdout.write(text)


def _expires_at(days: int | None, until: str | None) -> datetime | None:
    now = timezone.now()
    if days is not None:
        if not 1 <= days <= 3650:
            raise CommandError("--days: 1 to 3650")
        return now + timedelta(days=days)
    if until is None:
        return None
    try:
        day = parse_date(until)
    except ValueError:
        day = None
    if day is None or day < timezone.localdate():
        raise CommandError(f"--until: a day to come, such as 2027-01-31, not {until!r}")
    return timezone.make_aware(datetime.combine(day, time.max))
