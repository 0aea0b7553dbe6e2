"""Ask one model about many texts as a worker would: same client, pace, retries and errors.

Postings and enrichments stay as they are. Calls of a real model are on record in the ledger
like all that cost money; answers that are stored there are not used: it is this model, now,
that is measured.
"""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from enrichment import adapting, conf, ledger, pacing
from enrichment.caller import Answer, Caller
from enrichment.conf import OFFLINE_MODEL, EngineSettings, Prices
from enrichment.ledger import Spent, StoredAnswer
from enrichment.llm import client
from enrichment.llm.config import ClientConfig
from enrichment.llm.errors import ErrorKind, LlmError, Remedy
from enrichment.llm.posting import PostingText
from enrichment.llm.prompt import Prompt
from enrichment.llm.schema import JobFacts
from enrichment.offline import embedded
from enrichment.tries import Job, judge
from enrichment.work import Work

OTHERS_CALL_S = 0.5
BEAT_S = 1.0
NO_TEXT = LlmError(ErrorKind.NO_TEXT, "The posting has no text to read")
# So many texts that no retry helped, and no answer yet: nobody is there.
MOST_UNANSWERED = 3


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is asked. `is_free`: the offline extractor, which keeps no pace and costs nothing."""

    config: ClientConfig
    settings: EngineSettings
    is_free: bool

    @property
    def model(self) -> str:
        return self.config.model


@dataclass(frozen=True, kw_only=True)
class Settled:
    """The end of one text: facts with the call that gave them, or an error."""

    content_hash: str
    facts: JobFacts | None = None
    call_id: int | None = None
    error: LlmError | None = None


@dataclass(kw_only=True)
class Outcome:
    """`facts` by content hash; texts without any are in `failed`, by kind of error."""

    facts: dict[str, JobFacts] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    seconds: float = 0.0
    cost_microusd: int | None = 0  # None: some calls have no known price


def sources(*, offline_only: bool, concurrency: int, told: Prompt) -> list[Source]:
    """The baseline, and the configured model where there is one."""
    settings = replace(conf.current(), prompt=told)
    free = Prices(input=0.0, cached_input=0.0, output=0.0)
    given = replace(conf.client_config(), connections=concurrency)
    baseline = Source(
        config=replace(
            given,
            api_key="offline",
            base_url=embedded.base_url(),
            model=OFFLINE_MODEL,
        ),
        settings=replace(settings, model=OFFLINE_MODEL, prices=free),
        is_free=True,
    )
    if offline_only or settings.is_offline:
        return [baseline]
    return [baseline, Source(config=given, settings=settings, is_free=False)]


def ask(
    source: Source,
    texts: Iterable[PostingText],
    *,
    concurrency: int,
    on_done: Callable[[int], object] = lambda _count: None,
    on_settled: Callable[[Settled], object] = lambda _one: None,
    look: Callable[[Work], StoredAnswer | None] = lambda _work: None,
    beat: Callable[[], object] = lambda: None,
    is_enough: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Each text once, however many postings have it.

    Args:
        source: whom, and with which prompt.
        texts: what about.
        concurrency: calls in flight.
        on_done: told how many texts are done with, each time some are.
        on_settled: told of each text that has come to its end.
        look: for an answer that somebody else has paid for meanwhile.
        beat: called at least once a second; what it raises ends the asking.
        is_enough: asked as often; once it is, the calls under way are the last ones.

    Raises:
        LlmError: every text would fail alike: the account, or no provider at all.
    """
    started = time.monotonic()
    asking = _Asking(source, concurrency=concurrency)
    asking.on_done, asking.on_settled, asking.beat = on_done, on_settled, beat
    asking.look, asking.is_enough = look, is_enough
    try:
        asking.run({text.content_hash: text for text in texts})
    finally:
        asking.end()
    asking.outcome.seconds = time.monotonic() - started
    return asking.outcome


class _Asking:
    on_done: Callable[[int], object]
    on_settled: Callable[[Settled], object]
    look: Callable[[Work], StoredAnswer | None]
    beat: Callable[[], object]
    is_enough: Callable[[], bool]

    def __init__(self, source: Source, *, concurrency: int) -> None:
        self.outcome = Outcome()
        self._source = source
        self._concurrency = concurrency
        self._waiting: list[Job] = []
        self._in_flight: set[int] = set()  # on record
        self._caller: Caller[Job] = Caller()
        self._caller.use(partial(client.complete, source.config))

    def run(self, texts: dict[str, PostingText]) -> None:
        for number, (content_hash, text) in enumerate(texts.items()):
            if not text.is_usable:
                self._fail(content_hash, error=NO_TEXT)
                continue
            work = Work(posting_ids=(), text=text, content_hash=content_hash)
            job = Job.first_try(work, self._source.settings, number=number)
            heapq.heappush(self._waiting, job)
        while self._waiting or self._caller.in_flight:
            self.beat()
            if self.is_enough():
                self._waiting.clear()
            wait = min(self._start_some(), BEAT_S)
            for answer in self._caller.answers(timeout=wait, gather=0.0):
                self._settle(answer)

    def end(self) -> None:
        """What is still in flight was stopped halfway."""
        self._caller.close()
        if self._in_flight:
            ledger.abandon(list(self._in_flight))

    def _start_some(self) -> float:
        """Seconds after which to look again."""
        while self._waiting and self._caller.in_flight < self._concurrency:
            early = self._waiting[0].ready_at - time.monotonic()
            if early > 0:
                return early
            job = self._waiting[0]
            if not self._source.is_free:
                wait = pacing.take(self._source.settings.pace, tokens=job.estimated)
                if wait:
                    return wait
            heapq.heappop(self._waiting)
            if not self._is_recorded(job):
                self._put_off(job, OTHERS_CALL_S)
            elif stored := self.look(job.work):
                self._use(stored, job)
            else:
                self.outcome.calls += 1
                told = self._source.settings.prompt
                self._caller.start(job, job.work.text, told)
        return 1.0

    def _use(self, stored: StoredAnswer, job: Job) -> None:
        """In place of a call: none can have come since it was put on record."""
        if job.call_id is not None:
            ledger.unsend([job.call_id])
            self._in_flight.discard(job.call_id)
        self.outcome.facts[job.work.content_hash] = stored.facts
        self._tell(job.work.content_hash, facts=stored.facts, call_id=stored.call_id)

    def _is_recorded(self, job: Job) -> bool:
        """False while somebody else asks about the same text."""
        if self._source.is_free:
            return True
        job.call_id = ledger.open_call(
            job.work,
            self._source.settings,
            batch_id=None,
            attempt=0,
            try_number=job.attempts.number,
        )
        if job.call_id is None:
            return False
        self._in_flight.add(job.call_id)
        return True

    def _settle(self, answer: Answer[Job]) -> None:
        job = answer.job
        closing, facts = judge(answer)
        if not self._source.is_free:
            settings = self._source.settings
            adapting.note(
                settings.pace,
                completion=closing.completion,
                error=closing.error,
                tokens=job.estimated,
            )
            self._count_cost(ledger.close([closing], settings.prices))
            self._in_flight.discard(closing.call_id)
        if facts is not None:
            self.outcome.facts[job.work.content_hash] = facts
            self._tell(job.work.content_hash, facts=facts, call_id=job.call_id)
            return
        error = closing.error or LlmError(ErrorKind.INTERNAL_ERROR, "No outcome")
        if error.kind.remedy is Remedy.ACCOUNT:
            raise error
        delay = job.attempts.failed(error)
        if delay is not None:
            self._put_off(job, delay)
            return
        self._fail(job.work.content_hash, error=error)
        unreached = error.kind.remedy is Remedy.API_BACKOFF and not self.outcome.facts
        if unreached and self.outcome.failed[error.kind.value] >= MOST_UNANSWERED:
            raise error

    def _fail(self, content_hash: str, *, error: LlmError) -> None:
        self.outcome.failed[error.kind.value] += 1
        self._tell(content_hash, error=error)

    def _tell(self, content_hash: str, **what: Any) -> None:
        self.on_settled(Settled(content_hash=content_hash, **what))
        self.on_done(1)

    def _put_off(self, job: Job, seconds: float) -> None:
        job.ready_at = time.monotonic() + seconds
        heapq.heappush(self._waiting, job)

    def _count_cost(self, spent: Spent) -> None:
        if spent.unpriced_calls:
            self.outcome.cost_microusd = None
        elif self.outcome.cost_microusd is not None:
            self.outcome.cost_microusd += spent.cost_microusd
