"""Calls in threads of their own; what comes back waits in one queue for the main thread.

The threads never touch the database. They are daemons: a process that has to end does not
wait for a provider that doesn't answer.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from enrichment import conf
from enrichment.llm import client
from enrichment.llm.completion import Completion
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.llm.posting import PostingText

logger = logging.getLogger(__name__)

Job = TypeVar("Job")
Ask = Callable[[PostingText], Completion]


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

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._answers: queue.SimpleQueue[Answer[Job]] = queue.SimpleQueue()
        self.in_flight = 0

    def start(self, job: Job, text: PostingText) -> None:
        self.in_flight += 1
        threading.Thread(
            target=self._call, args=(job, text), name="llm-call", daemon=True
        ).start()

    def answers(self, *, timeout: float) -> list[Answer[Job]]:
        """All that have come, after waiting up to so many seconds for the first."""
        found: list[Answer[Job]] = []
        try:
            found.append(self._answers.get(timeout=max(timeout, 0.0)))
            while True:
                found.append(self._answers.get_nowait())
        except queue.Empty:
            pass
        self.in_flight -= len(found)
        return found

    def _call(self, job: Job, text: PostingText) -> None:
        try:
            answer = Answer(job=job, completion=self._ask(text))
        except LlmError as error:
            answer = Answer(job=job, error=error)
        except Exception as error:  # a thread that ends silently would lose the posting
            fault = f"{type(error).__name__} in the call"
            answer = Answer(job=job, error=LlmError(ErrorKind.INTERNAL_ERROR, fault))
            logger.exception("❌ A call met a fault of this program")
        self._answers.put(answer)
