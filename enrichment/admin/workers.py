"""Workers: who is there to do the work."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enrichment.admin.base import ReadOnlyAdmin
from enrichment.models import Worker
from enrichment.progress import WORKER_SILENCE


@admin.register(Worker)
class WorkerAdmin(ReadOnlyAdmin):
    list_display = ("name", "processes", "is_alive", "started_at", "seen_at")

    @admin.display(description=_("alive"), boolean=True)
    def is_alive(self, worker: Worker) -> bool:
        silence = timezone.now() - worker.seen_at
        return silence.total_seconds() < WORKER_SILENCE
