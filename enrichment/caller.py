"""Calls in threads of their own; what comes back waits in one queue for the main thread.

The threads never touch the database. They are daemons: a process that has to end does not
wait for a provider that doesn't answer.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from enrichment import conf
from enrichment.llm import client
from enrichment.llm.completion import Completion
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.posting import PostingText
from enrichment.llm.prompt import Prompt

logger = logging.getLogger(__name__)

Job = TypeVar("Job")
Ask = Callable[[PostingText, Prompt], Completion]


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[Job]):
    """Either a completion or an error."""

    job: Job
    completion: Completion | None = None
    error: LlmError | None = None


def by_settings() -> Ask:
    """The provider that the settings name, ready for a quick first call."""
    config = conf.client_config()
    client.prepare(config)
    return partial(client.complete, config)


class Caller(Generic[Job]):
    """`job` is the caller's own: it comes back with the answer."""

    def __init__(self) -> None:
        self._ask: Ask | None = None
        self._answers: queue.SimpleQueue[Answer[Job]] = queue.SimpleQueue()
        self._calls: queue.SimpleQueue[tuple[Job, PostingText, Prompt] | None] = (
            queue.SimpleQueue()
        )
        self._threads = 0
        self.in_flight = 0

    @property
    def is_ready(self) -> bool:
        return self._ask is not None

    def use(self, ask: Ask) -> None:
        self._ask = ask

    def start(self, job: Job, text: PostingText, told: Prompt) -> None:
        self.in_flight += 1
        if self.in_flight > self._threads:
            self._threads += 1
            threading.Thread(target=self._work, name="llm-call", daemon=True).start()
        self._calls.put((job, text, told))

    def answers(self, *, timeout: float, gather: float) -> list[Answer[Job]]:
        """All that have come.

        Args:
            timeout: seconds to wait for the first.
            gather: seconds to wait for more after it; answers that are recorded together
                cost less.
        """
        found: list[Answer[Job]] = []
        try:
            found.append(self._answers.get(timeout=max(timeout, 0.0)))
            until = time.monotonic() + gather
            while len(found) < self.in_flight:
                left = max(until - time.monotonic(), 0.0)
                found.append(self._answers.get(timeout=left))
        except queue.Empty:
            pass
        self.in_flight -= len(found)
        return found

    def close(self) -> None:
        """Let the threads end once their calls have."""
        for _thread in range(self._threads):
            self._calls.put(None)
        self._threads = 0

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            self._answers.put(self._call(*call))

    def _call(self, job: Job, text: PostingText, told: Prompt) -> Answer[Job]:
        try:
            if self._ask is None:
                raise RuntimeError("use() comes first")
            return Answer(job=job, completion=self._ask(text, told))
        except LlmError as error:
            return Answer(job=job, error=error)
        except Exception as error:  # a thread that ends silently would lose the posting
            fault = f"{type(error).__name__} in the call"
            logger.exception("❌ A call met a fault of this program")
            return Answer(job=job, error=LlmError(ErrorKind.INTERNAL_ERROR, fault))
