"""`manage.py enrichment_stats`: where all postings stand; the last line is JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from enrichment import kinds, progress, tally
from enrichment.llm.errors import ErrorKind
from enrichment.management.commands.enrich_batch import NO_WORKER


class Command(BaseCommand):
    help = "Tell where all postings stand; the last line is JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="only the JSON line")
        parser.add_argument(
            "--recount",
            action="store_true",
            help="first count every row, and mend the tally where it is wrong",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["recount"]:
            self._recount()
        now = progress.overview()
        if not options["json"]:
            for state in progress.COUNTED:
                count = getattr(now, state)
                self.stdout.write(f"{state + ':':10} {count:>10,}")
            for kind, count in now.errors.items():
                label = kinds.EXPLANATIONS[ErrorKind(kind)].label
                self.stdout.write(f"  {label + ':':28} {count:>10,}")
            workers = progress.workers_alive()
            self.stdout.write(f"{'workers:':10} {workers:>10,}")
            if not workers and (now.queued or now.running):
                self.stdout.write(self.style.WARNING(NO_WORKER))
        self.stdout.write(json.dumps(now.stats))

    def _recount(self) -> None:
        """Told on stderr: the last line of stdout stays JSON."""
        if not tally.is_kept():
            self.stderr.write("SQLite counts the rows each time; nothing to mend.")
            return
        wrong = tally.recount()
        for (status, kind), amount in wrong.items():
            state = f"{status} ({kind})" if kind else status
            how = "few" if amount > 0 else "many"
            self.stderr.write(f"The tally had {abs(amount)} too {how} {state}; mended.")
        if not wrong:
            self.stderr.write("The tally is right.")
