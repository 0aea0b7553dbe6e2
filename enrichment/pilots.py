"""Pilots: a few enriched postings asked with a draft, beside what is known of them.

Calls keep the pace and stand in the ledger, so that each is paid for once, whoever dies
meanwhile, and serves for free after a promotion. Enrichments stay as they are.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from enrichment import (
    checking,
    conf,
    ledger,
    prompts,
    sampling,
    shutdown,
)
from enrichment.conf import EngineSettings
from enrichment.durable import AWAY, stubbornly
from enrichment.evaluation import asking
from enrichment.evaluation.asking import Settled, Source
from enrichment.leases import holder_name
from enrichment.ledger import StoredAnswer
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.posting import PostingText
from enrichment.llm.prompt import Prompt as Told
from enrichment.models import Enrichment, LlmCall, Pilot, PilotPosting, Prompt
from enrichment.querysets import PilotQuerySet
from enrichment.queue import enqueue_pilot
from enrichment.work import Work

logger = logging.getLogger(__name__)

USUAL = 20
# Workers that died of a pilot; then it is given up.
MOST_DEATHS = 5


class LostError(Exception):
    """Another worker has the pilot, or it is over."""


class LeavingError(Exception):
    """This worker is told to stop, or its task is out of time."""


def start(
    *,
    version: int,
    user: Any = None,
    size: int = USUAL,
    ids: Sequence[int] = (),
    at_random: bool = False,
) -> tuple[Pilot | None, bool]:
    """Have postings asked with a version of the prompt, unless that is under way.

    Args:
        version: of the prompt; its instructions stay as they are from now on.
        user: who has the wish.
        size: how many postings, where none are chosen.
        ids: those that are chosen; of them the enriched ones.
        at_random: else the newest.

    Returns:
        The pilot, None where there is nothing to ask, and whether it is a new one.
    """
    rows = sampling.enriched(size, ids=ids, at_random=at_random)
    prompt = Prompt.objects.filter(version=version).first()
    if prompt is None or not rows:
        return None, False
    try:
        with transaction.atomic():
            prompts.use(version)
            pilot = Pilot.objects.create(
                prompt=prompt, model=conf.current().model, user=user, enqueued_at=Now()
            )
            PilotPosting.objects.bulk_create(_posting(pilot, row) for row in rows)
            enqueue_pilot(pilot.pk)
    except IntegrityError:
        return Pilot.objects.unfinished().filter(prompt=prompt).first(), False
    return pilot, True


def take_over() -> int:
    """New tasks for pilots whose worker fell silent or whose task got lost; how many."""
    after = conf.current().stalled_after
    taken = 0
    for pilot_id in list(Pilot.objects.lost(after=after).values_list("pk", flat=True)):
        with transaction.atomic():
            again = Pilot.objects.lost(after=after).filter(pk=pilot_id)
            if again.update(enqueued_at=Now()):
                enqueue_pilot(pilot_id)
                taken += 1
                logger.warning("⚠️  Pilot %s lost its worker; queued again", pilot_id)
    return taken


def run(pilot_id: int) -> None:
    """One delivery of a pilot's task; one that comes beside another has nothing to do."""
    settings = conf.current()
    seconds = settings.stalled_after
    # In one transaction: the attempt that is read is the one that was won.
    with transaction.atomic():
        if not Pilot.objects.lease(pilot_id, holder=holder_name(), seconds=seconds):
            return
        pilot = Pilot.objects.select_related("prompt").get(pk=pilot_id)
    trial = _Trial(pilot, settings)
    try:
        trial.ask()
    except LostError:
        logger.info("Pilot %s is over, or with another worker", pilot_id)
    except LeavingError:
        trial.hand_over()
    except LlmError as error:
        trial.end(error)
    except AWAY:
        raise
    except Exception as error:
        logger.exception("❌ Pilot %s met a fault of this program", pilot_id)
        fault = (
            f"A fault of this program ({type(error).__name__}); the worker's log has it"
        )
        trial.end(LlmError(ErrorKind.INTERNAL_ERROR, fault))
    else:
        trial.end()


class _Trial:
    """A pilot in a worker's hands; every write renews the lease before it."""

    def __init__(self, pilot: Pilot, settings: EngineSettings) -> None:
        self._pilot = pilot
        told = Told(
            version=pilot.prompt.version, instructions=pilot.prompt.instructions
        )
        self._settings = replace(settings, prompt=told)
        self._texts: dict[str, PostingText] = {}
        self._renew_at = 0.0
        self._stop_at = time.monotonic() + settings.task_seconds

    def ask(self) -> None:
        """What has no answer yet; those in the ledger cost nothing."""
        pilot, settings = self._pilot, self._settings
        if self._is_unwanted():
            return
        if pilot.deaths >= MOST_DEATHS:
            told = f"The worker died {pilot.deaths} times during this pilot"
            raise LlmError(ErrorKind.WORKER_DIED, told)
        if settings.model != pilot.model:
            told = (
                f"The pilot was for {pilot.model}; ENRICHMENT_MODEL says another model"
            )
            raise LlmError(ErrorKind.UNKNOWN_MODEL, told)
        texts = self._texts = self._left()
        if pilot.attempt > 1:
            self._doubt_calls(list(texts))
        works = [
            Work(posting_ids=(), text=text, content_hash=content_hash)
            for content_hash, text in texts.items()
        ]
        stored = self._stored(works)
        for content_hash, answer in stored.items():
            self._settle(
                Settled(
                    content_hash=content_hash,
                    facts=answer.facts,
                    call_id=answer.call_id,
                )
            )
        source = Source(config=conf.client_config(), settings=settings, is_free=False)
        asking.ask(
            source,
            [text for key, text in texts.items() if key not in stored],
            concurrency=settings.concurrency,
            on_settled=self._settle,
            look=lambda work: self._stored([work]).get(work.content_hash),
            beat=self._beat,
            is_enough=self._is_unwanted,
        )

    def hand_over(self) -> None:
        """To the next worker."""

        def write() -> None:
            with transaction.atomic():
                if self._held.hand_over():
                    enqueue_pilot(self._pilot.pk)

        stubbornly(write)

    def end(self, error: LlmError | None = None) -> None:
        kind, message = (error.kind, error.message) if error else ("", "")
        stubbornly(lambda: self._held.end(error_kind=kind, error_message=message))

    def _stored(self, works: Sequence[Work]) -> dict[str, StoredAnswer]:
        """Also of runs, once the version is promoted while it is being tried."""
        settings = self._settings
        return stubbornly(
            lambda: ledger.stored_answers(
                works, model=settings.model, prompt_version=settings.prompt.version
            )
        )

    @property
    def _held(self) -> PilotQuerySet:
        return Pilot.objects.held(self._pilot.pk, self._pilot.attempt)

    def _left(self) -> dict[str, PostingText]:
        """By content hash. A text that was changed meanwhile is asked as it reads now."""
        rows = self._pilot.postings.filter(ended_at=None).select_related("posting")
        texts = {}
        for row in rows.order_by("pk"):
            text = row.posting.text
            if row.content_hash != text.content_hash:
                self._pilot.postings.filter(pk=row.pk).update(
                    content_hash=text.content_hash
                )
            texts[text.content_hash] = text
        return texts

    def _doubt_calls(self, content_hashes: Sequence[str]) -> None:
        """Calls that a dead worker of this pilot had in flight: nobody waits for them."""
        LlmCall.objects.filter(
            outcome="open",
            batch=None,
            prompt_version=self._settings.prompt.version,
            content_hash__in=content_hashes,
            started_at__gte=self._pilot.created_at,
        ).doubt()

    def _beat(self) -> None:
        if shutdown.is_requested() or time.monotonic() >= self._stop_at:
            raise LeavingError
        if time.monotonic() >= self._renew_at:
            stubbornly(self._renew)

    def _is_unwanted(self) -> bool:
        asked = Pilot.objects.filter(
            pk=self._pilot.pk, cancel_requested_at__isnull=False
        )
        return stubbornly(asked.exists)

    def _renew(self) -> None:
        seconds = self._settings.stalled_after
        if not self._held.renew(seconds=seconds):
            raise LostError
        self._renew_at = time.monotonic() + seconds / 4

    def _settle(self, one: Settled) -> None:
        facts = one.facts.model_dump(mode="json") if one.facts is not None else None
        text, error = self._texts[one.content_hash], one.error
        rows = self._pilot.postings.filter(content_hash=one.content_hash, ended_at=None)
        missing = _missing(text, facts)
        before = {
            row.pk: _missing(text, row.before) for row in stubbornly(lambda: list(rows))
        }

        def write() -> None:
            with transaction.atomic():
                self._renew()
                for pk, missing_before in before.items():
                    rows.filter(pk=pk).update(
                        after=facts,
                        before_missing=missing_before,
                        after_missing=missing,
                        call=one.call_id,
                        error_kind=error.kind if error else "",
                        error_message=error.message if error else "",
                        ended_at=Now(),
                    )

        stubbornly(write)


def _missing(text: PostingText, facts: Any) -> list[str]:
    """Keys of values that are not in the text."""
    if not isinstance(facts, dict):
        return []
    found = checking.look(text, facts, name="of a pilot")
    return [one.key for one in found.not_found] if found else []


def _posting(pilot: Pilot, row: Enrichment) -> PilotPosting:
    return PilotPosting(
        pilot=pilot,
        posting_id=row.pk,
        content_hash=row.content_hash,
        before=row.facts,
        before_version=row.prompt_version,
    )
