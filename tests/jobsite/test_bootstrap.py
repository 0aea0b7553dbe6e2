"""The bootstrap in a checkout of its own, with real venvs and pip, and without a network."""

from __future__ import annotations

import ast
import fcntl
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.installation import ROOT

pytestmark = pytest.mark.any_database

SOURCE = ROOT / "jobsite" / "bootstrap.py"
ANEW = "making .venv anew"
INSTALLING = "bootstrap: installing requirements.lock into .venv"

needs_ensurepip = pytest.mark.skipif(
    importlib.util.find_spec("ensurepip") is None,
    reason="without ensurepip pip comes from the network",
)


def make_wheel(directory: Path, version: str) -> None:
    """A package `tiny` that pip can install without building it."""
    info = f"tiny-{version}.dist-info"
    path = directory / f"tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny.py", f"VERSION = {version!r}\n")
        wheel.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        )
        wheel.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n"
            "Tag: py3-none-any\n",
        )
        wheel.writestr(f"{info}/RECORD", "")


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """A directory with what the bootstrap needs; `wheels` is all that pip can find."""

    root: Path
    wheels: Path

    def moved_to(self, root: Path) -> Checkout:
        return Checkout(root=self.root.rename(root), wheels=self.wheels)

    def require(self, version: str, *, digest: str = "", dev: bool = False) -> None:
        """`tiny`, with the digest of its wheel where no other one is given."""
        wheel = self.wheels / f"tiny-{version}-py3-none-any.whl"
        if not digest and wheel.exists():
            digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        line = f"tiny=={version} --hash=sha256:{digest or '0' * 64}\n"
        name = "requirements-dev.lock" if dev else "requirements.lock"
        (self.root / name).write_text(line)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        env = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.wheels),
            "PIP_CONFIG_FILE": "/dev/null",
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
        }
        return subprocess.Popen(
            [sys.executable, str(self.root / "jobsite" / "bootstrap.py"), *arguments],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, code: int = 0) -> str:
        """What it printed."""
        with self.start(*arguments) as process:
            output, _ = process.communicate(timeout=300)
        assert process.returncode == code, output
        return output

    @property
    def installed(self) -> str:
        """The version of `tiny` in .venv."""
        command = [
            str(self.root / ".venv" / "bin" / "python"),
            *("-c", "import tiny; print(tiny.VERSION)"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    @property
    def stamp(self) -> Path:
        return self.root / ".venv" / "installed.json"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Bootstrapped once; a venv takes seconds."""
    directory = tmp_path_factory.mktemp("bootstrap")
    checkout = Checkout(root=directory / "checkout", wheels=directory / "wheels")
    (checkout.root / "jobsite").mkdir(parents=True)
    checkout.wheels.mkdir()
    shutil.copy(SOURCE, checkout.root / "jobsite")
    for version in ("1.0", "2.0"):
        make_wheel(checkout.wheels, version)
    checkout.require("1.0")
    checkout.require("1.0", dev=True)
    first = checkout.run()
    assert first.startswith(INSTALLING)
    shutil.copytree(checkout.root, directory / "saved", symlinks=True)
    return checkout


@pytest.fixture
def checkout(prepared: Checkout) -> Iterator[Checkout]:
    """As after the first run, in the same place: a venv can't be moved."""
    shutil.rmtree(prepared.root, ignore_errors=True)
    saved = prepared.root.parent / "saved"
    shutil.copytree(saved, prepared.root, symlinks=True)
    yield prepared
    shutil.rmtree(prepared.root, ignore_errors=True)


@needs_ensurepip
class TestBootstrap:
    def test_installs_what_is_required(self, checkout: Checkout) -> None:
        assert checkout.installed == "1.0"

    def test_is_silent_when_nothing_is_to_do(self, checkout: Checkout) -> None:
        assert checkout.run() == ""

    def test_changed_requirements_are_installed(self, checkout: Checkout) -> None:
        checkout.require("2.0")

        assert checkout.run().startswith(INSTALLING)
        assert checkout.installed == "2.0"
        assert checkout.run() == ""

    def test_development_brings_the_base(self, checkout: Checkout) -> None:
        assert "requirements-dev.lock" in checkout.run("--dev")
        assert checkout.run() == ""

        checkout.require("2.0", dev=True)

        assert "requirements-dev.lock" in checkout.run("--dev")
        assert checkout.installed == "2.0"

    def test_package_with_another_hash_is_refused(self, checkout: Checkout) -> None:
        checkout.require("2.0", digest="a" * 64)

        output = checkout.run(code=1)

        assert "HASHES" in output
        assert "could not install requirements.lock" in output
        assert checkout.installed == "1.0"

    def test_moved_checkout_gets_a_new_venv(
        self, checkout: Checkout, tmp_path: Path
    ) -> None:
        moved = checkout.moved_to(tmp_path / "elsewhere")

        assert ANEW in moved.run()
        assert moved.installed == "1.0"
        assert moved.run() == ""

    def test_venv_without_its_python_is_made_anew(self, checkout: Checkout) -> None:
        for name in ("python", "python3"):
            (checkout.root / ".venv" / "bin" / name).unlink()

        assert ANEW in checkout.run()
        assert checkout.installed == "1.0"

    def test_unfinished_venv_is_made_anew(self, checkout: Checkout) -> None:
        checkout.stamp.unlink()
        (checkout.root / ".venv" / "bin" / "pip").unlink()

        assert ANEW in checkout.run()
        assert checkout.installed == "1.0"

    def test_unfinished_installation_is_completed(self, checkout: Checkout) -> None:
        checkout.stamp.write_text('{"base": ')

        output = checkout.run()

        assert output.startswith(INSTALLING)
        assert ANEW not in output

    def test_what_cannot_be_installed_is_told_and_tried_again(
        self, checkout: Checkout
    ) -> None:
        checkout.require("3.0")

        for _time in range(2):
            output = checkout.run(code=1)
            assert "bootstrap: pip could not install requirements.lock" in output
        assert "base" not in json.loads(checkout.stamp.read_text())

    def test_second_one_waits_for_the_first(self, checkout: Checkout) -> None:
        checkout.require("2.0")
        with (checkout.root / "var" / "bootstrap.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            second = checkout.start()
            assert second.stdout is not None
            waiting = second.stdout.readline()
            assert checkout.installed == "1.0"

        with second:
            output, _ = second.communicate(timeout=300)

        assert "another command is preparing .venv; waiting for it" in waiting
        assert output.startswith(INSTALLING)
        assert checkout.installed == "2.0"


class TestOldPython:
    def test_old_python_says_what_is_needed(self, tmp_path: Path) -> None:
        pretend = (
            "import sys; sys.version_info = (3, 6, 15); sys.argv = ['bootstrap.py']\n"
            f"exec(compile(open({str(SOURCE)!r}).read(), 'bootstrap.py', 'exec'))"
        )

        done = subprocess.run(
            [sys.executable, "-c", pretend],
            env={"PATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )

        assert done.returncode == 1
        assert done.stderr.startswith("Python 3.11 or newer is needed;")
        assert "is 3.6." in done.stderr
        assert "make PYTHON=python3.12" in done.stderr

    def test_newer_python_on_the_path_takes_over(self, tmp_path: Path) -> None:
        newer = tmp_path / "python3.12"
        newer.write_text("#!/bin/sh\necho taken over: $*\n")
        newer.chmod(0o755)
        pretend = (
            "import sys; sys.version_info = (3, 6, 15); sys.argv = ['b.py', '--dev']\n"
            f"exec(compile(open({str(SOURCE)!r}).read(), 'bootstrap.py', 'exec'))"
        )

        done = subprocess.run(
            [sys.executable, "-c", pretend],
            env={"PATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )

        assert done.stdout == "taken over: b.py --dev\n"

    def test_old_python_can_read_the_file_at_all(self) -> None:
        ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))
