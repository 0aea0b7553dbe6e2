"""`manage.py demo`: enrich sample postings in a place of their own; show what came out."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from enrichment import conf, smollm
from enrichment.progress import RunProgress
from jobsite import demo, demo_table, preparation, programs
from jobsite.demo import DemoError, Outcome
from jobsite.processes import SystemExitOnTerm

MAX_SIZE = 1000
INTERRUPTED = 130
NO_LLM = "the offline extractor: rules, no LLM ran"


class Command(BaseCommand):
    help = (
        "From nothing to enriched postings, in var/demo/: a new SQLite database, the "
        "sample postings, a real worker, one batch. The site's database is not touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--llm", choices=programs.MODELS, help="a model to run on this machine"
        )
        parser.add_argument(
            "--size",
            type=int,
            metavar="N",
            help=f"postings (default: {demo.SIZE}; {demo.SIZE_WITH_LLM} with an LLM)",
        )
        # Settings are read once, so the demo's own need a start of their own.
        parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        size = options["size"]
        if size is not None and not 1 <= size <= MAX_SIZE:
            raise CommandError(f"--size: expected 1 to {MAX_SIZE}, got {size}")
        if not options["inside"]:
            self._go_inside(options["llm"])
        try:
            with SystemExitOnTerm() as term:
                self._demonstrate(options["llm"], size, term)
        except DemoError as error:
            self._show_logs()
            raise CommandError(f"The demo failed: {error}.") from error
        except KeyboardInterrupt as error:
            message = "Interrupted; everything is stopped."
            raise CommandError(message, returncode=INTERRUPTED) from error

    def _go_inside(self, llm: str | None) -> None:
        """Become the same command with the demo's environment."""
        directory: Path = settings.VAR_DIR / "demo"
        try:
            env = demo.environment(directory, llm=llm)
            demo.begin_anew(directory)
        except programs.NotInstalledError as error:
            raise CommandError(
                f"SmolLM2 isn't installed; this installs and uses it: make demo LLM={llm}"
            ) from error
        except DemoError as error:
            raise CommandError(f"Not now: {error}.") from error
        command = [sys.executable, *sys.argv, "--inside"]
        sys.stdout.flush()
        os.execve(command[0], command, env)  # noqa: S606

    def _demonstrate(
        self, llm: str | None, size: int | None, term: SystemExitOnTerm
    ) -> None:
        offline = conf.current().is_offline
        if size is None:
            size = demo.SIZE if offline else demo.SIZE_WITH_LLM
        self._say(self._about_provider(llm, size))
        preparation.migrate(self._say)
        preparation.add_samples(self._say)
        port = urlsplit(settings.OPENAI_BASE_URL).port if llm else None
        with tqdm(unit="job", file=sys.stderr, disable=None, leave=False) as bar:
            outcome = demo.run(
                size=size,
                model_port=port,
                on_look=term.look,
                on_progress=lambda now: _move(bar, now),
            )
        self._report(outcome)
        if not outcome.is_good:
            raise DemoError(
                f"{outcome.progress.successful} enriched, {outcome.progress.left} unfinished"
            )

    def _about_provider(self, llm: str | None, size: int) -> str:
        settings_now = conf.current()
        if settings_now.is_offline:
            return "Provider: the offline extractor. It reads postings by rules; no LLM runs."
        if llm:
            return (
                f"Provider: {smollm.MODEL}, a very small LLM on this machine. It takes "
                "seconds for each posting."
            )
        return (
            f"Provider: {settings_now.model} at {conf.account()}: {size} real calls, which "
            "may cost money.\nFree of charge instead: make demo OPENAI_API_KEY= "
            "OPENAI_BASE_URL="
        )

    def _report(self, outcome: Outcome) -> None:
        now = outcome.progress
        self._say("")
        for line in demo_table.lines(outcome.enrichments):
            self._say(line)
        self._say("")
        for kind, count in now.errors.items():
            self._say(f"Failed: {count} x {kind}")
        self._say(
            f"{now.successful} of {now.total} postings enriched in {outcome.seconds:.1f} s: "
            f"{now.calls} calls, {outcome.input_tokens:,} tokens in, "
            f"{outcome.output_tokens:,} out."
        )
        offline = conf.current().is_offline
        names = NO_LLM if offline else ", ".join(outcome.answered_by) or "nobody"
        self._say(f"Answered by {names}.")
        self._say(f"All of it on the site: {_site_command()}")
        if offline:
            self._say("With a small LLM on this machine: make demo LLM=smollm2")
        self._say(json.dumps(now.stats))

    def _show_logs(self) -> None:
        for name in ("model", "worker"):
            path = demo.log_of(name)
            if lines := demo.tail(path):
                self.stderr.write(f"--- the end of {preparation.shown(path)}")
                self.stderr.write("\n".join(lines))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _move(bar: tqdm[Any], now: RunProgress) -> None:
    bar.total = now.total
    bar.n = now.done
    bar.refresh()


def _site_command() -> str:
    """What runs the site on the demo's database."""
    place = shlex.quote(preparation.shown(settings.VAR_DIR))
    return f"make run JOBSITE_VAR_DIR={place} DATABASE_URL="
