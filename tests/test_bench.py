"""What benchmarks share: their results as a page that keeps what did not run again."""

from __future__ import annotations

import os

from bench import report
from bench.report import Result


def result(name: str, ratio: str) -> Result:
    table = [["what", "before", "after"], ["poll", "1.0", "1.1"]]
    return Result(name=name, question="What?", ratio=ratio, table=table)


def test_section_is_replaced_and_the_others_stay(tmp_path, monkeypatch) -> None:
    page = tmp_path / "RESULTS.md"
    monkeypatch.setattr(report, "RESULTS", page)

    report.write([result("scale", "2 x"), result("limited", "0.98")])
    report.write([result("scale", "1 x")])

    text = page.read_text(encoding="utf-8")
    assert text.count("## ") == 2
    assert ("1 x" in text, "2 x" in text, "0.98" in text) == (True, False, True)
    assert text.index("## limited") < text.index("## scale")
    assert "| poll | 1.0 | 1.1 |" in text


def test_calls_that_warm_up_are_not_counted() -> None:
    calls: list[int] = []

    found = report.milliseconds(lambda: calls.append(1), times=3, warm=2)

    assert (len(found), len(calls)) == (3, 5)
    assert report.median([3.0, 1.0, 2.0]) == 2.0


def test_process_of_its_own_has_its_own_environment() -> None:
    assert report.in_new_process(os.getenv, "BENCH_TEST", BENCH_TEST="there") == (
        "there"
    )
    assert "BENCH_TEST" not in os.environ
