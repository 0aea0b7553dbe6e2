"""Who did what: one entry for an action, however many rows it was about."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model


def log_once(user: Any, about: Model | type[Model], *, flag: int, what: str) -> None:
    """An entry about one row, or about a kind of them where there are many."""
    row = about if isinstance(about, Model) else None
    LogEntry.objects.create(
        user_id=user.pk or 0,
        content_type=ContentType.objects.get_for_model(about),
        object_id=None if row is None else str(row.pk),
        object_repr=str(row or about._meta.verbose_name_plural)[:200],
        action_flag=flag,
        change_message=what,
    )
