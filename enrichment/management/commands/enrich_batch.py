"""`manage.py enrich_batch`: queue a batch, or all of them, and perhaps wait for the end."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Sum
from tqdm import tqdm

from enrichment import batches, conf, progress, renewing
from enrichment.batches import Started
from enrichment.models import Door, Enrichment, Run
from enrichment.progress import RunProgress

MAX_SIZE = 1000
LOOK_EVERY = 0.5
NO_WORKER = "queued, but no worker is running: start `manage.py qcluster`"
INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Queue a batch of postings for enrichment by the workers: those given by --ids, "
        "or the pending ones, most urgent and oldest first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ids", nargs="+", type=int, metavar="ID")
        parser.add_argument(
            "--size", type=int, metavar="N", help="postings per batch (default: 50)"
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help="go on, batch after batch, until nothing is pending",
        )
        parser.add_argument(
            "--stale",
            action="store_true",
            help=(
                "enriched postings that an older prompt or schema read, at low priority; "
                "they keep their facts until there are new ones"
            ),
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="with --ids: ask the model again where an answer is stored (costs anew)",
        )
        parser.add_argument(
            "--wait", action="store_true", help="show progress until the end"
        )
        parser.add_argument(
            "--json", action="store_true", help="the result as JSON, on the last line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options)
        started = _start(options)
        if started.is_limited:
            self.stderr.write(
                f"Batch size limited from {started.eligible} to {started.queued} jobs"
            )
        if started.skipped:
            self.stderr.write(
                f"{started.skipped} jobs skipped: enriched, or on their way, already"
            )
        self._tell(started, options)
        if not options["wait"]:
            if options["json"]:
                self.stdout.write(json.dumps(_as_json(started)))
            return
        stats = self._wait(started.run) if started.run else dict(NOTHING)
        if options["json"]:
            self.stdout.write(json.dumps(stats))

    def _check(self, options: dict[str, Any]) -> None:
        size = options["size"]
        if size is not None and not 1 <= size <= MAX_SIZE:
            raise CommandError(f"--size: expected 1 to {MAX_SIZE}, got {size}")
        if options["stale"] and (options["ids"] or options["force"]):
            raise CommandError("--stale excludes --ids and --force")
        if options["ids"] and options["all"]:
            raise CommandError("--ids and --all exclude each other")
        if options["force"] and not options["ids"]:
            raise CommandError("--force needs --ids: it pays for answers a second time")
        if options["ids"]:
            wanted = set(options["ids"])
            known = Enrichment.objects.filter(pk__in=wanted)
            unknown = sorted(wanted.difference(known.values_list("pk", flat=True)))
            if unknown:
                some = ", ".join(map(str, unknown[:10]))
                more = ", ..." if len(unknown) > 10 else ""
                raise CommandError(f"--ids: no job has the id {some}{more}")

    def _tell(self, started: Started, options: dict[str, Any]) -> None:
        count = started.queued + (started.left if options["all"] else 0)
        duration = "nothing to do"
        if count:
            seconds = progress.estimate_seconds(count)
            duration = progress.short_duration_text(seconds)
        self.stdout.write(
            f"{started.queued} jobs queued, {started.left} remaining, {duration}"
        )
        if conf.current().is_offline:
            self.stderr.write("The offline extractor answers: rules, no LLM runs.")
        if started.queued and not progress.workers_alive():
            self.stderr.write(self.style.WARNING(NO_WORKER))

    def _wait(self, run: Run) -> dict[str, int]:
        """Until the run is over.

        Raises:
            CommandError: it is blocked or was cancelled; what is done stays done.
        """
        started_at = time.monotonic()
        try:
            # Not `self.stderr`: it ends each write with a new line.
            with tqdm(unit="job", file=sys.stderr, disable=None) as bar:
                now = self._follow(run, bar)
        except KeyboardInterrupt as error:
            raise CommandError(
                f"Stopped waiting; run {run.pk} goes on in the background.",
                returncode=INTERRUPTED,
            ) from error
        seconds = time.monotonic() - started_at
        self.stdout.write(
            f"{now.successful} successful, {now.failed} failed "
            f"({now.rate_limited} rate limited) of {now.total} in {seconds:.0f} s"
        )
        return now.stats

    def _follow(self, run: Run, bar: tqdm[Any]) -> RunProgress:
        while True:
            run.refresh_from_db()
            now = progress.of_run(run)
            bar.total = now.total
            bar.n = now.done
            bar.set_postfix({"failed": now.failed}, refresh=True)
            match run.status:
                case Run.Status.FINISHED:
                    return now
                case Run.Status.CANCELLED:
                    raise CommandError(f"Run {run.pk} was cancelled. {_so_far(now)}")
                case Run.Status.BLOCKED:
                    raise CommandError(
                        f"Run {run.pk} is blocked: {run.reason}. {_so_far(now)} Mend "
                        "that, then resume the run on the jobs page or in the admin."
                    )
            time.sleep(LOOK_EVERY)


def _start(options: dict[str, Any]) -> Started:
    if not options["stale"]:
        return batches.start(
            door=Door.COMMAND,
            selection=options["ids"],
            size=options["size"],
            continuous=options["all"],
            force=options["force"],
        )
    run, is_new = renewing.start(
        door=Door.COMMAND, continuous=options["all"], size=options["size"]
    )
    if run is not None and not is_new:
        raise CommandError(
            f"Run {run.pk} reads stale postings again already ({run.status})."
        )
    queued = run.batches.aggregate(total=Sum("total"))["total"] or 0 if run else 0
    return Started(
        run=run,
        batch=run.batches.order_by("pk").first() if run else None,
        queued=queued,
        eligible=queued,
        skipped=0,
        left=renewing.count(),
    )


NOTHING = {"total": 0, "successful": 0, "failed": 0, "rate_limited": 0}


def _so_far(now: RunProgress) -> str:
    return f"So far {now.successful} successful, {now.failed} failed, {now.left} left."


def _as_json(started: Started) -> dict[str, int | None]:
    return {
        "queued": started.queued,
        "remaining": started.left,
        "skipped": started.skipped,
        "run": started.run.pk if started.run else None,
        "batch": started.batch.pk if started.batch else None,
    }
