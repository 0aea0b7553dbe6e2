"""What docs/security.md names as a proof is there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.installation import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[^`]+)`", PAGE)))
# Points of OWASP's level 1, without those of no chapter here.
POINTS = 128


def names_in(path: str) -> set[str]:
    """`test_x` and `XTests::test_x` of a module."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {
                f"{node.name}::{one.name}"
                for one in node.body
                if isinstance(one, ast.FunctionDef)
            }
    return found


@pytest.mark.parametrize("named", NAMED)
def test_named_proof_exists(named: str) -> None:
    path, _, test = named.partition("::")

    assert (ROOT / path).exists()
    assert not test or test in names_in(path)


def test_every_point_of_level_1_is_answered() -> None:
    points = re.findall(
        r"^\| (\d+\.\d+\.\d+) \| [^|]+ \| ([^|]+) \| ([^|]*) \|$", PAGE, re.M
    )

    assert len({number for number, _how, _tests in points}) == len(points) == POINTS
    assert all(how.strip() for _number, how, _tests in points)


def test_page_names_tests_at_all() -> None:
    assert len(NAMED) > 60
    assert names_in("tests/jobsite/test_security_page.py") >= {
        "test_named_proof_exists"
    }
