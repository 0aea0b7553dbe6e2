"""`manage.py offline_provider`: the offline extractor as a server, in the foreground."""

from __future__ import annotations

import errno
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enrichment.offline.server import NotLoopbackError, OfflineProvider

DEFAULT_PORT = 8090


class Command(BaseCommand):
    help = (
        "Serve the offline extractor, an OpenAI-compatible server on loopback that reads "
        "postings by rules. No LLM runs. Ctrl-C stops it."
    )
    # It needs neither the database nor the rest of the site.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
        parser.add_argument("--port", type=int, default=DEFAULT_PORT)
        parser.add_argument("--requests-per-minute", type=int, metavar="N")
        parser.add_argument("--tokens-per-minute", type=int, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        stopping = threading.Event()
        previous = {
            number: signal.signal(number, lambda *_: stopping.set())
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            self._serve(options, stopping)
        finally:
            for number, action in previous.items():
                signal.signal(number, action)

    def _serve(self, options: dict[str, Any], stopping: threading.Event) -> None:
        try:
            provider = OfflineProvider(
                host=options["host"],
                port=options["port"],
                requests_per_minute=options["requests_per_minute"],
                tokens_per_minute=options["tokens_per_minute"],
            )
            provider.start()
        except NotLoopbackError as error:
            raise CommandError(f"--host: {error}") from error
        except OSError as error:
            raise CommandError(_why_not(error, options)) from error
        self.stdout.write(
            f"The offline extractor listens on {provider.base_url} (no LLM runs).\n"
            f"Point the site at it with: OPENAI_BASE_URL={provider.base_url}\n"
            "Stop it with Ctrl-C."
        )
        self.stdout.flush()
        stopping.wait()
        provider.stop()
        self.stdout.write("Stopped.")


def _check(options: dict[str, Any]) -> None:
    if not 0 <= options["port"] <= 65535:
        raise CommandError(f"--port: expected 0 to 65535, got {options['port']}")
    for name in ("requests_per_minute", "tokens_per_minute"):
        if options[name] is not None and options[name] < 1:
            flag = name.replace("_", "-")
            raise CommandError(f"--{flag}: expected at least 1, got {options[name]}")


def _why_not(error: OSError, options: dict[str, Any]) -> str:
    where = f"{options['host']}:{options['port']}"
    if error.errno == errno.EADDRINUSE:
        return (
            f"--port: {where} is in use by another program; "
            "stop that one or choose another --port"
        )
    return f"--port: can't listen on {where}: {error.strerror or error}"
