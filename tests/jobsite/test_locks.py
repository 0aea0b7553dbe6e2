"""The locks: what the requirements ask for, with all that it needs, and nothing without a hash."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.installation import ROOT

pytestmark = pytest.mark.any_database
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
NAMES = ("requirements", "requirements-dev", "requirements-smollm2")


def required(name: str) -> dict[str, Requirement]:
    """By the names of the packages, with those of included files."""
    found: dict[str, Requirement] = {}
    for line in (ROOT / f"{name}.txt").read_text().splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("-r "):
            found |= required(text.removeprefix("-r ").removesuffix(".txt"))
        elif text:
            one = Requirement(text)
            found[canonicalize_name(one.name)] = one
    return found


def locked(name: str) -> dict[str, Requirement]:
    text = (ROOT / f"{name}.lock").read_text()
    lines = [line for line in text.splitlines() if line[:1].isalnum()]
    found = (Requirement(line.removesuffix("\\")) for line in lines)
    return {canonicalize_name(one.name): one for one in found}


@pytest.mark.parametrize("name", NAMES)
def test_lock_has_what_is_required(name: str) -> None:
    lock = locked(name)

    for package, wanted in required(name).items():
        assert lock[package].specifier == wanted.specifier, "run: make lock"


@pytest.mark.parametrize("name", NAMES)
def test_every_package_is_pinned_with_hashes_and_nothing_else(name: str) -> None:
    has_hash = True
    for line in (ROOT / f"{name}.lock").read_text().splitlines():
        if line[:1].isalnum():
            assert has_hash
            assert "==" in line
            assert line.endswith("\\")
            has_hash = False
        elif not line.lstrip().startswith("#"):
            # An option, such as the address of an index, would stand here.
            assert HASH.fullmatch(line)
            has_hash = True
    assert has_hash


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_lock_has_all_that_its_packages_need(name: str) -> None:
    lock = locked(name)
    wanted = list(required(name).values())
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while wanted:
        one = wanted.pop()
        package = canonicalize_name(one.name)
        key = (package, tuple(sorted(one.extras)))
        if key in seen:
            continue
        seen.add(key)
        assert package in lock, "run: make lock"
        wanted += needs(one)

    assert len(seen) > 20


def needs(one: Requirement) -> list[Requirement]:
    """Of a package that is installed here, on this machine."""
    try:
        lines = requires(one.name) or []
    except PackageNotFoundError:
        return []
    extras = [{"extra": extra} for extra in (*one.extras, "")]
    found = map(Requirement, lines)
    here = {name: str(value) for name, value in default_environment().items()}
    environments = [{**here, **extra} for extra in extras]
    return [
        need
        for need in found
        if not need.marker
        or any(need.marker.evaluate(environment) for environment in environments)
    ]


def test_development_has_the_base_as_it_is() -> None:
    base, dev = locked("requirements"), locked("requirements-dev")

    assert {name: str(one) for name, one in base.items()}.items() <= {
        name: str(one) for name, one in dev.items()
    }.items()
