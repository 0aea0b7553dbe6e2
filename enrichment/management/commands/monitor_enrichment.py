"""`manage.py monitor_enrichment`: a line on all postings, every few seconds."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from enrichment import progress
from enrichment.progress import Overview


class Command(BaseCommand):
    help = "Print a line about the enrichment of all postings, again and again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--interval", type=float, default=5.0, metavar="S", help="seconds between"
        )
        parser.add_argument(
            "--count", type=int, metavar="N", help="end after so many lines"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        interval, count = options["interval"], options["count"]
        if not 0.1 <= interval <= 86_400:
            raise CommandError(f"--interval: expected 0.1 to 86400, got {interval:g}")
        if count is not None and count < 1:
            raise CommandError(f"--count: expected at least 1, got {count}")
        before: Overview | None = None
        printed = 0
        try:
            while True:
                now = progress.overview()
                self.stdout.write(line(now, before))
                self.stdout.flush()
                before = now
                printed += 1
                if printed == count:
                    return
                time.sleep(interval)
        except KeyboardInterrupt:
            return


def line(now: Overview, before: Overview | None) -> str:
    """One look, with what was enriched since the one before."""
    gained = now.enriched - before.enriched if before else 0
    clock = timezone.localtime().strftime("%H:%M:%S")
    return (
        f"[{clock}] Enriched: {now.enriched}/{now.total} ({now.percent}%) | "
        f"Errors: {now.failed} | Remaining: {now.remaining} "
        f"({gained:+d} since last check)"
    )
