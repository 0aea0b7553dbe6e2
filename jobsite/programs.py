"""The programs that make up a running site, for `manage.py run_site` and `demo`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.util import find_spec

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max

from enrichment import smollm
from enrichment.models import Worker
from jobsite import ports
from jobsite.supervisor import Program

SMOLLM2 = "smollm2"
MODELS = (SMOLLM2,)
# Both end sooner than what `run_site` grants them.
WEB_GRACE_SECONDS = 8
THREADS = 8
# What an operator set for another provider must not reach the model on this machine.
PROVIDER_VARIABLES = (
    *("OPENAI_API_KEY_FILE", "ENRICHMENT_REASONING_EFFORT"),
    *("ENRICHMENT_REQUESTS_PER_MINUTE", "ENRICHMENT_TOKENS_PER_MINUTE"),
    *("ENRICHMENT_PRICE_INPUT", "ENRICHMENT_PRICE_CACHED_INPUT"),
    "ENRICHMENT_PRICE_OUTPUT",
)


class NotInstalledError(Exception):
    """The small model's packages are missing."""


def environment(**variables: str) -> dict[str, str]:
    """This process's environment, `.env` included, for a program of the site."""
    path = (str(settings.BASE_DIR), os.environ.get("PYTHONPATH", ""))
    return {
        **os.environ,
        # Found from any working directory, which stays: relative paths in variables hold.
        "PYTHONPATH": os.pathsep.join(filter(None, path)),
        # Each line is seen when it's written.
        "PYTHONUNBUFFERED": "1",
        **variables,
    }


def model_environment(port: int) -> dict[str, str]:
    """The variables that make the small model on that port the provider.

    Raises:
        NotInstalledError: nothing can serve it.
    """
    try:
        smollm.model_file()
    except FileNotFoundError as error:
        raise NotInstalledError from error
    if find_spec("xllamacpp") is None:
        raise NotInstalledError
    # Set but empty counts as unset, and wins over `.env`.
    return dict.fromkeys(PROVIDER_VARIABLES, "") | smollm.environment(port)


def web(*, port: int, env: Mapping[str, str]) -> Program:
    return Program(
        name="web",
        command=[
            *(sys.executable, "-m", "gunicorn", "jobsite.wsgi"),
            *("--bind", f"{ports.HOST}:{port}", "--no-control-socket"),
            *("--worker-class", "gthread", "--threads", str(THREADS)),
            *("--graceful-timeout", str(WEB_GRACE_SECONDS)),
            *("--log-level", "warning"),
        ],
        env=env,
        is_ready=lambda: ports.answers(port),
    )


def worker(*, env: Mapping[str, str]) -> Program:
    """Ready when a sign of life stands in the database; made when the tables are there."""
    return Program(
        name="worker",
        command=[sys.executable, str(settings.BASE_DIR / "manage.py"), "qcluster"],
        env=env,
        is_ready=_newer_beat(_last_beat()),
    )


def model(*, port: int, env: Mapping[str, str]) -> Program:
    return Program(
        name="model",
        command=[sys.executable, "-m", "enrichment.smollm", "--port", str(port)],
        env=env,
        is_ready=lambda: ports.answers(port, "/v1/models"),
    )


def _newer_beat(before: datetime | None) -> Callable[[], bool]:
    def is_ready() -> bool:
        try:
            last = _last_beat()
        except DatabaseError:
            return False
        return last is not None and (before is None or last > before)

    return is_ready


def _last_beat() -> datetime | None:
    try:
        last: datetime | None = Worker.objects.aggregate(last=Max("seen_at"))["last"]
        return last
    finally:
        let_go_of_database()


def let_go_of_database() -> None:
    """No connection, and no pool's threads, in a process that is about to start others."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
