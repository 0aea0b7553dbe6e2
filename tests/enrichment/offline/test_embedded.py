"""The extractor inside a process: one server each, also after a fork."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from enrichment.llm.client import complete
from enrichment.offline import embedded
from tests.enrichment.llm.calls import config, posting

ROOT = Path(__file__).parents[3]

FORKS = """
import os, urllib.request
from enrichment.offline import embedded

def healthy(address):
    with urllib.request.urlopen(address.removesuffix("/v1") + "/health") as answer:
        return answer.status == 200

parents = embedded.base_url()
if os.fork() == 0:
    ours = embedded.base_url()
    os._exit(0 if ours != parents and healthy(ours) and healthy(parents) else 7)
_, code = os.wait()
assert os.waitstatus_to_exitcode(code) == 0, code
assert embedded.base_url() == parents and healthy(parents)
print("fine", flush=True)
"""

FORKS_WHILE_LOCKED = """
import os
from enrichment.offline import embedded

with embedded._lock:
    if os.fork() == 0:
        embedded.base_url()
        os._exit(0)
_, code = os.wait()
print("fine" if code == 0 else code, flush=True)
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_process_has_one_server_however_many_ask() -> None:
    with ThreadPoolExecutor(8) as pool:
        addresses = set(pool.map(lambda _: embedded.base_url(), range(32)))

    assert len(addresses) == 1
    ports = [t.name for t in threading.enumerate() if t.name.startswith("offline-http")]
    assert [f":{name.rpartition('-')[2]}/" in addresses.pop() for name in ports] == [
        True
    ]


def test_server_answers_postings() -> None:
    assert complete(config(embedded.base_url()), posting()).problem is None


def test_forked_child_starts_its_own_and_leaves_the_parents_alone() -> None:
    result = run(FORKS)

    assert (result.stdout, result.stderr) == ("fine\n", "")


def test_fork_amid_a_start_does_not_lock_the_child() -> None:
    result = run(FORKS_WHILE_LOCKED)

    assert (result.stdout, result.stderr) == ("fine\n", "")


def test_process_ends_although_the_server_runs() -> None:
    result = run("from enrichment.offline import embedded; embedded.base_url()")

    assert (result.returncode, result.stderr) == (0, "")
