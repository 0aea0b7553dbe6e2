"""The main job from nothing, in a database of its own: `manage.py demo` inside.

A real worker takes a batch of the sample postings from the queue, as it does on the site.
What comes out stays in `var/demo/` until the next demo, for a look.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Sum

from enrichment import batches, progress
from enrichment.models import Door, Enrichment, LlmCall, Run
from enrichment.progress import RunProgress
from jobsite import ports, processes, programs
from jobsite.supervisor import Program

SIZE = 50
# A model on this machine takes seconds for each, and a real provider costs money.
SIZE_WITH_LLM = 5
READY_WITHIN = 120.0
# So long without any news of a posting means that something is broken.
SILENCE = 900.0
LOOK_EVERY = 0.2
END_WITHIN = 15.0
TAIL = 30

OnProgress = Callable[[RunProgress], None]
# Called at each look; what it raises ends the demo.
OnLook = Callable[[], None]


class DemoError(Exception):
    """The demo can't go on; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of the batch. `answered_by` are the names that the provider gave."""

    run: Run
    progress: RunProgress
    seconds: float
    input_tokens: int
    output_tokens: int
    answered_by: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return self.progress.successful > 0 and self.progress.left == 0

    @property
    def enrichments(self) -> Iterator[Enrichment]:
        rows = Enrichment.objects.filter(batch__run=self.run).order_by("pk")
        return rows.select_related("posting").iterator()


# --- The place --------------------------------------------------------------------------
def begin_anew(directory: Path) -> None:
    """Empty the directory; it is this process's alone until the process ends.

    Raises:
        DemoError: another demo is using it.
    """
    # Left open, and passed on through exec: the lock is the process's.
    lock = os.open(directory.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    os.set_inheritable(lock, True)  # noqa: FBT003
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise DemoError("another demo is running in this checkout") from error
    if directory.exists():
        shutil.rmtree(directory)
    directory.mkdir()


def environment(directory: Path, *, llm: str | None) -> dict[str, str]:
    """For everything in the demo: its own SQLite file, and no pace without a provider."""
    variables = {"DATABASE_URL": "", "JOBSITE_VAR_DIR": str(directory)}
    if llm:
        variables |= programs.model_environment(ports.free_port())
    elif settings.ENRICHMENT_OFFLINE:
        # The site's pace is for accounts with limits, unless somebody set it.
        pace = os.environ.get("ENRICHMENT_DELAY_BETWEEN_JOBS") or "0"
        variables["ENRICHMENT_DELAY_BETWEEN_JOBS"] = pace
    return programs.environment(**variables)


# --- The job ----------------------------------------------------------------------------
def run(
    *, size: int, model_port: int | None, on_look: OnLook, on_progress: OnProgress
) -> Outcome:
    """Queue a batch, have a worker do it, and end everything again.

    Raises:
        DemoError: a program ended by itself, or nothing happens any more.
    """
    started_at = time.monotonic()
    started = batches.start(door=Door.COMMAND, size=size)
    if started.run is None:
        raise DemoError("there is no posting to enrich")
    env = programs.environment()
    with ExitStack() as running:
        if model_port:
            model = programs.model(port=model_port, env=env)
            running.enter_context(_running(model, on_look))
        worker = programs.worker(env=env)
        process = running.enter_context(_running(worker, on_look))
        for now in _news(started.run, process):
            on_look()
            on_progress(now)
    return _outcome(started.run, time.monotonic() - started_at)


def log_of(name: str) -> Path:
    return Path(settings.VAR_DIR, f"{name}.log")


def tail(path: Path) -> list[str]:
    """The last lines of a log."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.splitlines()[-TAIL:]


@contextmanager
def _running(program: Program, on_look: OnLook) -> Iterator[subprocess.Popen[bytes]]:
    """Ready when it's entered, gone when it's left."""
    programs.let_go_of_database()
    with log_of(program.name).open("wb") as log:
        process = processes.start(program.command, env=program.env, output=log)
    try:
        deadline = time.monotonic() + READY_WITHIN
        while program.is_ready and not program.is_ready():
            on_look()
            _check_alive(process, program.name)
            if time.monotonic() > deadline:
                raise DemoError(f"the {program.name} is not ready in time")
            time.sleep(LOOK_EVERY)
        yield process
    finally:
        processes.end(process, grace_seconds=END_WITHIN)


def _news(run: Run, worker: subprocess.Popen[bytes]) -> Iterator[RunProgress]:
    """How far the run is, again and again, until it has ended."""
    done, changed_at = 0, time.monotonic()
    while True:
        run.refresh_from_db()
        now = progress.of_run(run)
        yield now
        if run.status == Run.Status.BLOCKED:
            raise DemoError(f"the provider's account stops the run: {run.reason}")
        if run.status != Run.Status.ACTIVE:
            return
        _check_alive(worker, "worker")
        if now.done != done:
            done, changed_at = now.done, time.monotonic()
        if time.monotonic() - changed_at > SILENCE:
            raise DemoError(f"no news of any posting for {SILENCE:.0f} s")
        time.sleep(LOOK_EVERY)


def _check_alive(process: subprocess.Popen[bytes], name: str) -> None:
    if processes.has_exited(process):
        raise DemoError(f"the {name} ended by itself")


def _outcome(run: Run, seconds: float) -> Outcome:
    tokens = run.batches.aggregate(
        input=Sum("input_tokens", default=0), output=Sum("output_tokens", default=0)
    )
    calls = LlmCall.objects.filter(batch__run=run).exclude(reported_model="")
    names = calls.order_by("reported_model").values_list("reported_model", flat=True)
    return Outcome(
        run=run,
        progress=progress.of_run(run),
        seconds=seconds,
        input_tokens=tokens["input"],
        output_tokens=tokens["output"],
        answered_by=tuple(names.distinct()),
    )
