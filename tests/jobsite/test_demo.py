"""The demo's environment and its place; the demo as a whole is an acceptance test."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings

from jobsite import demo

DELAY = "ENRICHMENT_DELAY_BETWEEN_JOBS"


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DELAY, raising=False)


class TestEnvironment:
    def test_database_is_the_demo_s_own(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgres://ann@localhost/site")

        env = demo.environment(tmp_path, llm=None)

        # Set but empty counts as unset, and wins over `.env`.
        assert env["DATABASE_URL"] == ""
        assert env["JOBSITE_VAR_DIR"] == str(tmp_path)

    @pytest.mark.parametrize("given", [None, ""])
    def test_offline_extractor_needs_no_pace(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str | None
    ) -> None:
        if given is not None:
            monkeypatch.setenv(DELAY, given)

        assert demo.environment(tmp_path, llm=None)[DELAY] == "0"

    def test_pace_that_somebody_set_is_kept(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv(DELAY, "0.25")

        assert demo.environment(tmp_path, llm=None)[DELAY] == "0.25"

    @override_settings(ENRICHMENT_OFFLINE=False)
    def test_real_provider_keeps_the_site_s_pace(self, tmp_path: Path) -> None:
        assert DELAY not in demo.environment(tmp_path, llm=None)


class TestTail:
    def test_last_lines_of_a_long_log(self, tmp_path: Path) -> None:
        log = tmp_path / "worker.log"
        log.write_text("".join(f"line {number}\n" for number in range(100)))

        assert demo.tail(log) == [f"line {number}" for number in range(70, 100)]

    def test_missing_log_has_none(self, tmp_path: Path) -> None:
        assert demo.tail(tmp_path / "worker.log") == []
