"""The two groups that every installation has: Viewer and Operator.

`manage.py migrate` makes them, once the permissions are there. Each permission is given
once: what a person takes from a group, or adds to it, stays so, and a group that was deleted
or renamed stays deleted or renamed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps as all_apps
from django.apps.registry import Apps
from django.db import transaction

from enrichment.access import CONTROL, EDIT, MANAGE_PROMPTS, START, VIEW_POSTINGS

VIEWER = "Viewer"
OPERATOR = "Operator"

# Looking: the pages, and the records of the engine in the admin for whoever is staff.
_LOOK = (
    VIEW_POSTINGS,
    *(
        f"enrichment.view_{name}"
        for name in (
            *("enrichment", "run", "batch", "llmcall", "edit"),
            *("evaluation", "worker", "providerpace", "prompt", "term"),
            *("pilot", "concept"),
        )
    ),
)
_VOCABULARY = tuple(f"enrichment.{do}_concept" for do in ("add", "change", "delete"))
GROUPS = {
    VIEWER: _LOOK,
    OPERATOR: (*_LOOK, START, CONTROL, EDIT, MANAGE_PROMPTS, *_VOCABULARY),
}


def offer(*, using: str, apps: Apps | None = None, **_signal: Any) -> None:
    """Make what is missing; a receiver of `post_migrate`, which `flush` sends as well."""
    apps = apps or all_apps
    try:
        ready_groups = apps.get_model("enrichment", "ReadyGroup")
        groups = apps.get_model("auth", "Group")
        permissions = apps.get_model("auth", "Permission")
    except LookupError:  # migrated to a state before they existed
        return
    with transaction.atomic(using=using):
        for name, wanted in GROUPS.items():
            ready = ready_groups.objects.using(using).filter(name=name).first()
            if ready is None:
                group = None
                if not groups.objects.using(using).filter(name=name).exists():
                    group = groups.objects.using(using).create(name=name)
                ready = ready_groups(name=name, group=group)
            found = _found(permissions.objects.using(using), wanted)
            new = {full: pk for full, pk in found.items() if full not in ready.given}
            if ready.group is not None and new:
                ready.group.permissions.add(*new.values())
            if new or ready.pk is None:
                ready.given = sorted([*ready.given, *new])
                ready.save(using=using)


def _found(permissions: Any, wanted: Iterable[str]) -> dict[str, int]:
    """Those that exist, by their full name; a model of a later migration may lack its own."""
    names = [full.split(".", 1) for full in wanted]
    rows = permissions.filter(
        content_type__app_label__in={app for app, _name in names},
        codename__in={name for _app, name in names},
    ).values_list("content_type__app_label", "codename", "pk")
    wanted = set(wanted)
    return {f"{app}.{name}": pk for app, name, pk in rows if f"{app}.{name}" in wanted}
