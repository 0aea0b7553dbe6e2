"""`manage.py setup_site`: tables, sample postings and a login, where they are missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from jobsite import preparation


class Command(BaseCommand):
    help = (
        "Make the site usable: migrate, import the sample postings into an empty "
        "database, and create a login where there is none. Again does no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done: list[str] = []

        def say(text: str) -> None:
            done.append(text)
            self.stdout.write(text)

        try:
            preparation.prepare(say)
        except DatabaseError as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise CommandError(f"{preparation.database()}: {reason}") from error
        if done:
            self.stdout.write("Start the site with: make run")
        else:
            self.stdout.write(f"{preparation.database()} is ready: nothing to do.")
