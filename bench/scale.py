"""Requests at 10,000, 100,000 and 1,000,000 postings on PostgreSQL: do they cost the same?"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench.report import Result, in_new_process, median, milliseconds
from tests.services import database_address, postgres_server

SIZES = (10_000, 100_000, 1_000_000)
# All sizes take turns, so that a busy minute of the machine hits each of them.
ROUNDS = 4
TIMES = 5
MOST = 1.5
POLL = "poll of the panel"

Actions = dict[str, Callable[[], object]]


def main() -> Result:
    figures: dict[str, dict[int, list[float]]] = {}
    with postgres_server() as server, tempfile.TemporaryDirectory() as var:
        places = {size: _environment(server, size, var) for size in SIZES}
        for size, place in places.items():
            seconds = in_new_process(prepare, server, size, **place)
            print(f"bench: {size:,} postings made in {seconds:.0f} s", flush=True)
        for _round in range(ROUNDS):
            for size, place in places.items():
                for name, values in in_new_process(measure, **place).items():
                    figures.setdefault(name, {}).setdefault(size, []).extend(values)
    return _result(figures)


def _environment(server: str, size: int, var: str) -> dict[str, str]:
    return {
        "DATABASE_URL": database_address(server, f"scale_{size}"),
        "DJANGO_SETTINGS_MODULE": "jobsite.settings",
        "JOBSITE_DOTENV": "off",
        "JOBSITE_VAR_DIR": var,
        "LOG_LEVEL": "ERROR",
    }


def _result(figures: dict[str, dict[int, list[float]]]) -> Result:
    smallest, largest = SIZES[0], SIZES[-1]
    table = [["request, ms (median)", *(f"{size:,}" for size in SIZES), "ratio"]]
    ratios = {}
    for name, by_size in figures.items():
        times = {size: median(values) for size, values in by_size.items()}
        ratios[name] = times[largest] / times[smallest]
        cells = [f"{times[size]:.1f}" for size in SIZES]
        table.append([name, *cells, f"{ratios[name]:.2f}"])
    worst = max(ratios, key=lambda name: ratios[name])
    poll = median(figures[POLL][largest])
    return Result(
        name="scale",
        question="What does a request cost with a hundred times the postings?",
        ratio=f"scale: at most {ratios[worst]:.2f} x ({worst}); wanted: {MOST} x. "
        f"Poll of the panel: {poll:.1f} ms; wanted: 20 ms.",
        table=table,
        notes=f"PostgreSQL, median of {ROUNDS * TIMES}, in the site's own process by "
        "Django's test client: routing, middleware, queries and templates are in it, the "
        "network is not. 60 % enriched, 10 % failed, 30 % pending; one continuous run has "
        "finished a batch for every 50 postings. A rare word is in 20 postings, a frequent "
        "one in 30 % of them.",
    )


# --- In a process of its own ------------------------------------------------------------
def prepare(server: str, size: int) -> float:
    """A database of that size; the seconds it took."""
    import psycopg

    started = time.monotonic()
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE scale_{size}")
    _set_up()
    from django.core.management import call_command
    from django.db import connection

    from bench.filling import fill
    from enrichment import run_sums
    from jobs.checks import INDEX

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        # Built faster over rows that are there.
        cursor.execute("SELECT pg_get_indexdef(%s::regclass)", [INDEX])
        (definition,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {INDEX}")
        fill(size)
        cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE")
    run_sums.fold_all()  # as the sweeper does once a minute
    _boss()
    return time.monotonic() - started


def measure() -> dict[str, list[float]]:
    _set_up()
    return {
        name: milliseconds(action, times=TIMES)
        for name, action in {**_engine(), **_pages()}.items()
    }


def _set_up() -> None:
    import django

    django.setup()
    from django.conf import settings

    # After the settings: with it they would want collected static files and a secret.
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]


def _boss() -> Any:
    from django.contrib.auth.models import User

    found = User.objects.filter(username="boss").first()
    return found or User.objects.create_superuser("boss")


def _engine() -> Actions:
    from django.core.management import call_command
    from django.db import transaction

    from enrichment import batches
    from enrichment.models import Door, Enrichment
    from jobs.models import JobPosting

    boss = _boss()

    def choose() -> None:
        with transaction.atomic():
            assert len(Enrichment.objects.next_pending(50)) == 50

    def start(**options: Any) -> None:
        with transaction.atomic():
            assert batches.start(door=Door.PAGE, user=boss, **options).queued
            transaction.set_rollback(True)

    def stats() -> None:
        call_command("enrichment_stats", stdout=io.StringIO())

    return {
        "choosing a batch": choose,
        "starting all": lambda: start(continuous=True),
        "starting what a filter finds: all": lambda: start(
            selection=JobPosting.objects.all()
        ),
        "enrichment_stats": stats,
    }


def _pages() -> Actions:
    from django.test import Client
    from django.urls import reverse

    from bench.filling import FREQUENT_WORD, RARE_WORD, SELDOM_SKILL

    client = Client()
    client.force_login(_boss())
    admin = reverse("admin:jobs_jobposting_changelist")
    calls = reverse("admin:enrichment_llmcall_changelist")
    addresses = {
        POLL: reverse("enrichment:progress"),
        "question before a start": reverse("enrichment:start"),
        "/jobs/": "/jobs/",
        "/jobs/, pending": "/jobs/?state=pending",
        "/jobs/, failed by timeout": "/jobs/?state=failed&kind=timeout",
        "/jobs/, one source": "/jobs/?source=source-07",
        "/jobs/, a rare word": f"/jobs/?q={RARE_WORD}",
        "/jobs/, a frequent word": f"/jobs/?q={FREQUENT_WORD}",
        "/jobs/, two words": f"/jobs/?q=senior+{RARE_WORD}",
        "/jobs/, two letters": "/jobs/?q=it",
        "/jobs/, a word that is nowhere": "/jobs/?q=nowhere",
        "admin": admin,
        "admin, failed": f"{admin}?enrichment__status__exact=failed",
        "admin, one source": f"{admin}?source=source-07",
        "admin, a rare word": f"{admin}?q={RARE_WORD}",
        "admin, a frequent word": f"{admin}?q={FREQUENT_WORD}",
        "admin, calls that failed": f"{calls}?outcome__exact=error",
        "/jobs/, one skill": "/jobs/?skill=excel",
        "/jobs/, two skills, remote and pay": "/jobs/?skill=python&skill=sql"
        "&remote_policy=hybrid&currency=EUR&salary_from=40000",
        "/jobs/, filters that never meet": f"/jobs/?seniority=junior&skill={SELDOM_SKILL}",
        "/jobs/, a frequent word and a skill": f"/jobs/?q={FREQUENT_WORD}&skill=excel",
        "question before a start of all that match": reverse("jobs:enrich-matching")
        + "?state=failed&source=source-07",
    }

    def get(address: str) -> Callable[[], None]:
        def action() -> None:
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)

        return action

    return {name: get(address) for name, address in addresses.items()}
