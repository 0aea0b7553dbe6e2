"""The figures of all postings."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from enrichment.llm.errors import ErrorKind
from enrichment.models import Batch
from jobsite.api.routes import stats
from tests.builders import enriched_posting, failed_posting, make_posting
from tests.jobsite.api.asking import Caller

pytestmark = pytest.mark.django_db


def test_figures_are_those_of_the_command() -> None:
    caller, out = Caller(), StringIO()
    enriched_posting()
    failed_posting(ErrorKind.TIMEOUT)
    make_posting()
    call_command("enrichment_stats", "--json", stdout=out)

    told = caller.get("stats")

    command = json.loads(out.getvalue())
    assert {name: told[name] for name in command} == command
    assert told["errors"] == {"timeout": 1}


def test_cost_is_of_the_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller()
    for _ in range(3):
        enriched_posting()
    Batch.objects.update(cost_microusd=5, calls=2, unpriced_calls=1)
    oldest = Batch.objects.order_by("pk").values_list("pk", flat=True)[:1]
    Batch.objects.filter(pk=oldest[0]).update(created_at="2020-01-01T00:00:00Z")

    cost = {"cost_microusd": 10, "calls": 4, "unpriced_calls": 2, "is_partial": False}
    assert caller.get("stats")["last_24_hours"] == cost

    monkeypatch.setattr(stats, "MOST_SUMMED", 1)
    cost = {"cost_microusd": 5, "calls": 2, "unpriced_calls": 1, "is_partial": True}
    assert caller.get("stats")["last_24_hours"] == cost
