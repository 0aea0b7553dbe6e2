"""What benchmarks share: their results as a page that keeps what did not run again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest

from bench import limited, peers, report
from bench.calls import Log
from bench.cpu import Used, held_to
from bench.peers import Peer, PeerMissing
from bench.report import Result
from bench.site import swift_stand_in
from enrichment.llm import output
from enrichment.llm.client import complete
from tests.enrichment.llm.calls import config, posting


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


def call(
    title: str, at: float, outcome: str = "answered", took: float = 1.0
) -> dict[str, Any]:
    return {"fingerprint": title, "at": at, "outcome": outcome, "ended_at": at + took}


class TestLog:
    def test_share_is_of_what_the_rate_allows(self) -> None:
        log = Log(calls=[call(str(n), n / 10) for n in range(11)])

        assert (log.answers_share(10), log.answers_share(20)) == (1.0, 0.5)

    def test_calls_that_failed_count_against_the_limit_too(self) -> None:
        calls = [call("a", 0), call("b", 1, "500"), call("c", 2), call("b", 3)]
        log = Log(calls=calls)

        assert log.calls_share(1) == 1.0
        assert log.answers_share(1) == 2 / 3

    def test_steady_share_ends_with_the_last_first_call(self) -> None:
        calls = [call("a", 0, "500"), call("b", 1), call("c", 2), call("a", 12)]

        assert Log(calls=calls).steady_share(1) == 1.0
        assert Log(calls=calls).calls_share(1) == 0.25

    def test_second_answer_for_a_text_was_paid_twice(self) -> None:
        calls = [call("a", 0), call("b", 1), call("b", 2), call("b", 3, "refused")]

        assert Log(calls=calls).paid_twice == 1
        assert (Log(calls=calls).postings, Log(calls=calls).refused_share) == (2, 0.25)

    def test_call_is_in_flight_from_its_start_to_its_end(self) -> None:
        log = Log(calls=[call("a", 0), call("b", 0.5), call("c", 3)])

        assert [log.in_flight(at) for at in (0.2, 0.7, 1.2, 2.0)] == [1, 2, 1, 0]

    def test_empty_log_has_no_share(self) -> None:
        assert Log(calls=[]).steady_share(20) == 0.0


class TestSwiftProvider:
    def test_answer_is_one_that_the_engine_takes(self) -> None:
        with swift_stand_in() as provider:
            found = complete(config(provider.base_url), posting("You bake bread."))

            assert output.facts(found).posting_language == "en"
            assert provider.get("_stats")["calls"] == 1


class TestCpu:
    def test_work_of_a_child_is_found(self) -> None:
        code = "sum(range(10**7)); print(flush=True); input()"
        child = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
        )
        with child:
            assert child.stdout is not None
            child.stdout.readline()
            used = Used.now(sessions={child.pid}, provider=0)
            child.kill()

        assert used.workers > 0
        assert (used.database, used.provider) == (0.0, 0.0)

    def test_held_process_stands_still_and_goes_on_after(self) -> None:
        child = subprocess.Popen(["sleep", "60"], start_new_session=True)
        with child:
            with held_to(0.01, [child.pid]):
                states = {state(child.pid) for _look in range(50)}
            assert "T" in states
            assert state(child.pid) != "T"
            child.kill()


def state(pid: int) -> str:
    time.sleep(0.01)
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


class TestPeers:
    @pytest.mark.parametrize("peer", limited.PEERS, ids=lambda peer: peer.script)
    def test_packages_are_pinned_and_the_script_is_there(self, peer: Peer) -> None:
        lines = (peers.HERE / f"{peer.script}.txt").read_text().splitlines()

        assert all(re.fullmatch(r"[\w-]+==[\d.]+", line) for line in lines)
        assert (peers.HERE / f"{peer.script}.py").exists()

    def test_packages_that_cannot_be_had_are_told(self, tmp_path, monkeypatch) -> None:
        (tmp_path / "nobody.txt").write_text("no-such-package-anywhere==1.0\n")
        monkeypatch.setattr(peers, "HERE", tmp_path)
        monkeypatch.setattr(peers, "CACHE", tmp_path / "cache")
        monkeypatch.setenv("PIP_NO_INDEX", "1")

        with pytest.raises(PeerMissing, match="no-such-package-anywhere"):
            peers.python("nobody")

    def test_environment_that_is_there_is_used_again(
        self, tmp_path, monkeypatch
    ) -> None:
        monkeypatch.setattr(peers, "CACHE", tmp_path)
        (tmp_path / "bare_sdk").mkdir()
        packages = (peers.HERE / "bare_sdk.txt").read_text()
        (tmp_path / "bare_sdk" / "installed.txt").write_text(packages)

        assert peers.python("bare_sdk") == str(tmp_path / "bare_sdk" / "bin" / "python")
