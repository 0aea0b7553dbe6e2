"""Which prompt is asked, which ones there are, and how one follows another.

A version's instructions never change once a call was made with it: what an answer says it
was asked with, it was asked with. Promoting an older version is the way back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.db.models.functions import Now

from enrichment.audit import log_once
from enrichment.conf import EngineSettings
from enrichment.llm.prompt import SHIPPED
from enrichment.llm.prompt import Prompt as Told
from enrichment.llm.schema import SCHEMA_VERSION
from enrichment.models import Prompt
from enrichment.querysets import Versions

LONGEST = 40_000
SHIPPED_NOTE = "Came with a release of the program."


def current() -> Told:
    return Prompt.objects.in_force()


def versions() -> Versions:
    """What facts are read by now; those read by others are stale."""
    return Versions(prompt=current().version, schema=SCHEMA_VERSION)


def applied(settings: EngineSettings) -> EngineSettings:
    """The settings with the prompt that is current."""
    return replace(settings, prompt=current())


def use(version: int) -> Told | None:
    """To ask with this version from now on; None where there is no such one."""
    if not Prompt.objects.mark_used(version):
        return None
    row = Prompt.objects.values("version", "instructions").get(version=version)
    return Told(**row)


def enter_shipped() -> Prompt | None:
    """This release's prompt, where it is new here: a draft, for a person to promote.

    Where there is none at all, it is the current one.
    """
    if Prompt.objects.filter(instructions=SHIPPED.instructions).exists():
        return None
    is_first = not Prompt.objects.exists()
    state: dict[str, Any] = {"status": "draft"}
    if is_first:
        state = {"status": "current", "promoted_at": Now(), "used_at": Now()}
    return Prompt.objects.create(
        version=max(SHIPPED.version, _next_version()),
        instructions=SHIPPED.instructions,
        note=SHIPPED_NOTE,
        **state,
    )


def draft(*, instructions: str, note: str, user: Any) -> Prompt:
    """A new version, to be tried and perhaps promoted."""
    for _try in range(10):
        try:
            with transaction.atomic():
                made = Prompt.objects.create(
                    version=_next_version(),
                    instructions=instructions,
                    note=note,
                    created_by=user,
                )
                log_once(user, made, flag=ADDITION, what="")
                return made
        except IntegrityError:  # somebody else took the number just now
            continue
    raise RuntimeError("no number was free for a new version of the prompt")


def rewrite(prompt: Prompt, *, instructions: str, note: str, user: Any) -> Prompt:
    """Change a draft; one that was used, or is none any more, becomes a new version."""
    won = Prompt.objects.rewrite(prompt.version, instructions=instructions, note=note)
    if not won:
        return draft(instructions=instructions, note=note, user=user)
    log_once(user, prompt, flag=CHANGE, what="rewritten")
    prompt.refresh_from_db()
    return prompt


def promote(version: int, *, seen: int, user: Any) -> bool:
    """Ask with this version from the next batch on; an older one is a roll back.

    Args:
        version: which one.
        seen: the current one on the person's screen.
        user: who it is.

    Returns:
        False where another one is current by now, or this one can't be.
    """
    with transaction.atomic():
        if version == seen or not Prompt.objects.retire_current(seen):
            return False
        if not Prompt.objects.make_current(version, user=user):
            transaction.set_rollback(True)
            return False
        promoted = Prompt.objects.get(version=version)
        log_once(user, promoted, flag=CHANGE, what=f"promoted in place of {seen}")
    return True


def discard(version: int, *, user: Any) -> bool:
    """Put a draft away; it can be promoted later all the same."""
    if not Prompt.objects.discard(version):
        return False
    prompt = Prompt.objects.get(version=version)
    log_once(user, prompt, flag=CHANGE, what="discarded")
    return True


def _next_version() -> int:
    newest = Prompt.objects.aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1
