"""Which workers are alive."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from enrichment.querysets import WorkerQuerySet


class Worker(models.Model):
    """One `manage.py qcluster`, by host and process id; `seen_at` is its last sign of life."""

    name = models.CharField(_("worker"), max_length=200, unique=True)
    processes = models.PositiveIntegerField(_("processes"), default=1)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    seen_at = models.DateTimeField(_("last seen at"))
    # What all workers should be set to alike; see `enrichment/agreement.py`.
    settings = models.JSONField(_("settings"), default=dict, db_default={})

    objects: ClassVar[WorkerQuerySet] = WorkerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name
