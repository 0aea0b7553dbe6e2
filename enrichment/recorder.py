"""The one writer of a running batch: every write names the lease that it holds.

A worker that lost its lease can't write to the batch or its postings any more; what it
paid for still gets into the ledger, where the next worker finds it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from django.db import transaction

from enrichment import batches, checking, grounding_counts, ledger, run_sums, terms
from enrichment.checking import Check
from enrichment.conf import EngineSettings
from enrichment.durable import stubbornly
from enrichment.ledger import Closing
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.schema import JobFacts
from enrichment.models import Batch, Enrichment, Run
from enrichment.querysets import BatchQuerySet
from enrichment.querysets.answered import Result
from enrichment.queue import enqueue_batch
from enrichment.work import Work

logger = logging.getLogger(__name__)


class LeaseLostError(Exception):
    """Another worker has taken the batch over."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """The end of one text's work: facts with the call that gave them, or an error.

    The recorder checks the facts itself.
    """

    work: Work
    facts: JobFacts | None = None
    call_id: int | None = None
    error: LlmError | None = None
    check: Check | None = None


class Recorder:
    def __init__(
        self, *, batch_id: int, attempt: int, settings: EngineSettings
    ) -> None:
        self._batch_id = batch_id
        self._attempt = attempt
        self._settings = settings
        self._renew_at = 0.0

    def renew_if_due(self) -> None:
        """
        Raises:
            LeaseLostError: also from each of the other methods.
        """
        if time.monotonic() < self._renew_at:
            return
        stubbornly(self._renew)
        self._renewed()

    def record(self, closings: Sequence[Closing], ended: Sequence[Ended]) -> None:
        """Check facts, then close calls and end postings in one transaction; log the ends."""
        if not closings and not ended:
            return
        checked = [_checked(end) for end in ended]
        try:
            stubbornly(lambda: self._record(closings, checked))
        except LeaseLostError:
            stubbornly(lambda: self._record_cost(closings))
            raise
        self._renewed()
        for end in ended:
            _log(end, batch_id=self._batch_id)

    def finish(self, run_id: int) -> None:
        """running -> finished; the run goes on or ends in the same transaction.

        Given back instead, should a posting of it be without an end.
        """

        def write() -> None:
            with transaction.atomic():
                run = _lock(run_id)
                held = Batch.objects.held(self._batch_id, self._attempt)
                if Enrichment.objects.live_in(self._batch_id).exists():
                    self._give_back(run, held)
                else:
                    self._won(held.finish())
                batches.go_on(run_id)

        stubbornly(write)

    def hand_over(self, run_id: int) -> bool:
        """running -> queued for the next worker; given back where the run has stopped.

        False in the second case.
        """

        def write() -> bool:
            with transaction.atomic():
                run = _lock(run_id)
                held = Batch.objects.held(self._batch_id, self._attempt)
                if run.status != Run.Status.ACTIVE:
                    self._give_back(run, held)
                    return False
                self._won(held.hand_over())
                Enrichment.objects.hand_over(self._batch_id)
                enqueue_batch(self._batch_id)
                return True

        return stubbornly(write)

    def release(self, run_id: int) -> int:
        """The batch is given back: its live postings become pending. How many did.

        A run that was resumed meanwhile goes on with them.
        """

        def write() -> int:
            with transaction.atomic():
                run = _lock(run_id)
                held = Batch.objects.held(self._batch_id, self._attempt)
                rows = self._give_back(run, held)
                batches.go_on(run_id)
                return rows

        return stubbornly(write)

    def _record(self, closings: Sequence[Closing], ended: Sequence[Ended]) -> None:
        with transaction.atomic():
            # First of all: it locks the batch against a takeover until the commit.
            self._renew()
            spent = ledger.close(closings, self._settings.prices)
            counts = {"failed": 0, "rate_limited": 0, **asdict(spent)}
            Enrichment.objects.lock([p for end in ended for p in end.work.posting_ids])
            counts |= self._succeed(ended)
            for end in ended:
                if end.error is None:
                    continue
                failed = self._fail(end, end.error)
                counts["failed"] += failed
                if end.error.kind is ErrorKind.RATE_LIMITED:
                    counts["rate_limited"] += failed
            Batch.objects.add(self._batch_id, counts)
            self._follow_changes(ended)

    def _record_cost(self, closings: Sequence[Closing]) -> None:
        """What was paid for counts, whoever holds the batch by now."""
        with transaction.atomic():
            batch = Batch.objects.only("run_id").get(pk=self._batch_id)
            run = _lock(batch.run_id)
            spent = asdict(ledger.close(closings, self._settings.prices))
            Batch.objects.add(self._batch_id, spent)
            run_sums.add_late(run, self._batch_id, spent)

    def _succeed(self, ended: Sequence[Ended]) -> dict[str, int]:
        """What to add to the batch's counts."""
        results: list[Result] = []
        checks: dict[int, Check] = {}
        for end in ended:
            if end.facts is None or end.check is None:
                continue
            facts = end.facts.model_dump_json()
            for posting_id in end.work.posting_ids:
                checks[posting_id] = end.check
                results.append(
                    Result(
                        posting_id=posting_id,
                        facts=facts,
                        call_id=end.call_id,
                        content_hash=end.work.content_hash,
                        checked=end.check.stored,
                    )
                )
        won = Enrichment.objects.succeed(
            self._batch_id, results, terms_version=terms.VERSION
        )
        terms.refresh([*won])
        grounding_counts.add((won[pk], checks[pk].counts) for pk in won)
        stored = [checks[pk].stored for pk in won]
        return {
            "successful": len(won),
            "values_checked": sum(one.values_checked for one in stored),
            "values_not_found": sum(one.not_found for one in stored),
        }

    def _fail(self, end: Ended, error: LlmError) -> int:
        rows = Enrichment.objects.filter(pk__in=end.work.posting_ids)
        if self._renews:
            return rows.fail_to_renew(self._batch_id)
        return rows.fail(
            self._batch_id,
            kind=error.kind,
            message=error.message,
            content_hash=end.work.content_hash,
            retry_after=self._settings.retry_failed_after,
            max_tries=self._settings.max_tries,
        )

    @cached_property
    def _renews(self) -> bool:
        """A failed try then takes nothing away."""
        return Run.objects.filter(batches=self._batch_id, retries=Run.STALE).exists()

    def _follow_changes(self, ended: Sequence[Ended]) -> None:
        """Postings whose text was changed during the call are pending again."""
        # After they were locked: whoever changes a text from now on finds it ended.
        ids = [pk for end in ended for pk in end.work.posting_ids]
        if changed := Enrichment.objects.outdated_among(ids):
            Enrichment.objects.filter(pk__in=changed).requeue()

    def _renew(self) -> None:
        seconds = self._settings.stalled_after
        self._won(Batch.objects.renew(self._batch_id, self._attempt, seconds=seconds))

    def _give_back(self, run: Run, held: BatchQuerySet) -> int:
        self._won(held.release())
        return batches.give_back(run, [self._batch_id])

    def _renewed(self) -> None:
        self._renew_at = time.monotonic() + self._settings.stalled_after / 4

    def _won(self, rows: int) -> None:
        if not rows:
            raise LeaseLostError


def _checked(end: Ended) -> Ended:
    if end.facts is None:
        return end
    facts = end.facts.model_dump(mode="json")
    check = checking.check(
        end.work.text, facts, call_id=end.call_id, name=end.work.name
    )
    return replace(end, check=check)


def _lock(run_id: int) -> Run:
    """Before the batch's row, as everywhere, so that nobody waits in a circle."""
    return Run.objects.select_for_update().get(pk=run_id)


def _log(end: Ended, *, batch_id: int) -> None:
    for posting_id in end.work.posting_ids:
        names: dict[str, object] = {"batch": batch_id, "posting": posting_id}
        if end.error is None:
            logger.info("✅ Successfully enriched job %s", posting_id, extra=names)
        else:
            logger.warning(
                "❌ Failed to enrich job %s: %s",
                posting_id,
                end.error.message,
                extra={**names, "kind": end.error.kind.value},
            )
