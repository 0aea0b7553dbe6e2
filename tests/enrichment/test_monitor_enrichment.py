"""`manage.py monitor_enrichment`: one line a look, with what came since the last one."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from enrichment.management.commands.monitor_enrichment import line
from enrichment.progress import Overview
from tests.builders import enriched_posting, failed_posting, make_posting


def overview(**counts: int) -> Overview:
    zeroes: dict[str, Any] = dict.fromkeys(
        ("total", "enriched", "pending", "queued", "running", "failed"), 0
    )
    return Overview(**zeroes | counts)


def monitor(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("monitor_enrichment", *arguments, stdout=out)
    return out.getvalue().splitlines()


class TestLine:
    NOW = overview(total=785, enriched=140, failed=8, pending=637)

    def test_it_has_the_form_of_the_seed(self) -> None:
        text = line(self.NOW, overview(total=785, enriched=135))

        assert re.fullmatch(
            r"\[\d\d:\d\d:\d\d\] Enriched: 140/785 \(17\.8%\) \| Errors: 8 \| "
            r"Remaining: 637 \(\+5 since last check\)",
            text,
        )

    def test_first_look_has_gained_nothing(self) -> None:
        assert line(self.NOW, None).endswith("(+0 since last check)")

    def test_postings_asked_again_are_a_loss(self) -> None:
        before = overview(total=785, enriched=143)

        assert line(self.NOW, before).endswith("(-3 since last check)")

    def test_clock_is_local(self, settings) -> None:
        hours = set()
        for zone in ("UTC", "Asia/Tokyo"):
            settings.TIME_ZONE = zone
            hours.add(line(self.NOW, None)[1:3])

        assert len(hours) == 2

    def test_empty_database_is_no_division_by_zero(self) -> None:
        assert "Enriched: 0/0 (0.0%)" in line(overview(), None)


@pytest.mark.django_db
class TestCommand:
    def test_count_ends_it(self) -> None:
        make_posting()

        assert len(monitor("--count", "3", "--interval", "0.1")) == 3

    def test_remaining_is_what_is_neither_enriched_nor_failed(self) -> None:
        enriched_posting()
        failed_posting()
        make_posting()

        (text,) = monitor("--count", "1")

        assert "Enriched: 1/3 (33.3%) | Errors: 1 | Remaining: 1 (+0" in text

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--interval", "0"], "--interval: expected"),
            (["--interval", "nan"], "--interval: expected"),
            (["--interval", "-1"], "--interval: expected"),
            (["--count", "0"], "--count: expected at least 1, got 0"),
        ],
    )
    def test_wrong_arguments_are_refused(self, arguments, message) -> None:
        with pytest.raises(CommandError, match=message):
            monitor(*arguments)
