"""How much of a limited provider is used: by this, and by others at the same work.

645 postings, 200 calls in any 10 s, 1 s latency; refused calls count against the limit.
Each is also killed by -9 when 40 % are answered, and started again as its user would.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.calls import Log
from bench.peers import Peer, PeerMissing
from bench.report import Result
from bench.site import StandIn, installation, stand_in, write_work
from tests.installation import Installation

COUNT = 645
LIMIT, WINDOW = 200, 10.0
RATE = LIMIT / WINDOW
PROVIDER = {"requests": LIMIT, "window": WINDOW, "latency": 1.0}
KILL_AT = 0.4
OURS = "this, PostgreSQL"
# For a peer, from its start on; the work could be done in 32 s.
SECONDS = 90
# For ours, which is never cut off: a take-over alone waits a minute.
PATIENCE = 300
ENDED = (
    "select count(*) from enrichment_enrichment where status in ('enriched', 'failed')"
)
OPEN_CALLS = "select count(*) from enrichment_llmcall where outcome = 'open'"
FAILED = "select count(*) from enrichment_enrichment where status = 'failed'"
PEERS = (
    Peer(name="bare SDK, 64 threads, 10 retries", script="bare_sdk"),
    Peer(
        name="LangChain, limiter of 20/s, 64 at once, 10 retries",
        script="langchain",
        work={"requests_per_second": RATE},
    ),
    Peer(
        name="curator, limit of 1,200/min, 10 retries",
        script="curator",
        work={"requests_per_second": RATE},
    ),
)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When something was done in the middle of a run (`time.monotonic()`).

    `in_flight`: calls then, where that was asked for.
    """

    at: float
    in_flight: int = 0


Amid = Callable[[Installation, StandIn], Moment]


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What came of a run; `moment` = of what was done amid it, if anything was."""

    log: Log
    lost: int
    moment: Moment | None = None
    is_cut: bool = False


def main() -> Result:
    plain, missing = measured()
    killed = after_a_kill([peer for peer in PEERS if peer.name in plain])
    rows = [row(name, ran, killed.get(name)) for name, ran in plain.items()]
    rows += [[f"{name}: not run, {why}", *"-----"] for name, why in missing.items()]
    return Result(
        name="limited",
        question="Of a provider that allows 200 calls in any 10 s, how much is used?",
        ratio=f"{rows[0][1]} of the steady rate with {rows[0][3]} refused",
        table=[
            [
                "who",
                "share of the rate",
                "calls",
                "refused",
                "lost",
                f"paid twice after kill -9 at {KILL_AT:.0%}",
            ],
            *rows,
        ],
        notes=f"{COUNT} postings. Share: answers per second from the first to the last, of "
        f"{RATE:.0f}. Lost: without an answer when the program had ended, or after "
        f"{SECONDS} s where that is said. Paid twice: answers beyond the first for a text, "
        "over both starts; in flight is what the provider had not answered, for this what the "
        "ledger had open. The versions stand in `bench/peers`.",
    )


def measured() -> tuple[dict[str, Ran], dict[str, str]]:
    """One after the other; and those that can't be had, with the reason."""
    doings: dict[str, Callable[[], Ran]] = {
        OURS: partial(ours, postgres=True),
        "this, SQLite": partial(ours, postgres=False),
        "this, set to twice the limit": partial(ours, postgres=True, minute=2400),
        **{peer.name: partial(theirs, peer, kill=False) for peer in PEERS},
    }
    found: dict[str, Ran] = {}
    missing: dict[str, str] = {}
    for name, run in doings.items():
        try:
            found[name] = run()
        except PeerMissing as reason:
            print(f"bench: {name} IS LEFT OUT: {reason}", flush=True)
            missing[name] = str(reason)
        else:
            print(f"bench: {' | '.join(row(name, found[name], None))}", flush=True)
    return found, missing


def row(name: str, ran: Ran, killed: Ran | None) -> list[str]:
    log = ran.log
    lost = f"{ran.lost} (after {SECONDS} s)" if ran.is_cut else str(ran.lost)
    twice = ""
    if killed is not None and killed.moment is not None:
        flying = killed.moment.in_flight
        twice = f"{killed.log.paid_twice} ({flying} were in flight)"
        if killed.is_cut:
            twice += f", {killed.lost} lost after {SECONDS} s"
    share = f"{log.answers_share(RATE):.3f}"
    return [name, share, str(len(log.calls)), str(log.refused), lost, twice]


# --- Ours -------------------------------------------------------------------------------
def ours(
    *,
    postgres: bool,
    workers: int = 1,
    minute: int = 1200,
    count: int = COUNT,
    faults: dict[str, float] | None = None,
    amid: Amid | None = None,
    **env: str,
) -> Ran:
    with (
        stand_in(**PROVIDER, **(faults or {})) as provider,
        installation(
            count,
            postgres=postgres,
            OPENAI_BASE_URL=provider.base_url,
            OPENAI_API_KEY="x",
            ENRICHMENT_REQUESTS_PER_MINUTE=str(minute),
            ENRICHMENT_CONCURRENCY="32",
            **env,
        ) as site,
    ):
        for _worker in range(workers):
            site.start_worker()
        site.wait_for("select count(*) from enrichment_worker", workers)
        site.manage("enrich_batch", "--all")
        moment = amid(site, provider) if amid else None
        site.wait_for(ENDED, count, timeout=PATIENCE)
        log, lost = Log.of(provider), site.value(FAILED)
        return Ran(log=log, lost=lost, moment=moment)


def kill_and_restart(site: Installation, provider: StandIn) -> Moment:
    """As a supervisor does: the worker command again, as soon as it is gone.

    In flight is what the ledger has open: also answers that were under way to it.
    """
    wait_until_answered(provider, KILL_AT)
    site.services[-1].kill()
    moment = Moment(at=time.monotonic(), in_flight=site.value(OPEN_CALLS))
    site.start_worker()
    return moment


def wait_until_answered(provider: StandIn, share: float, count: int = COUNT) -> None:
    deadline = time.monotonic() + PATIENCE
    while provider.get("_stats")["outcomes"].get("answered", 0) < count * share:
        if time.monotonic() > deadline:
            raise TimeoutError(f"less than {share:.0%} answered in {PATIENCE} s")
        time.sleep(0.1)


# --- Theirs -----------------------------------------------------------------------------
def theirs(peer: Peer, *, kill: bool) -> Ran:
    """
    Raises:
        PeerMissing: it can't be installed.
    """
    with TemporaryDirectory() as home, stand_in(**PROVIDER) as provider:
        base_url = provider.base_url
        work = write_work(Path(home), COUNT, base_url=base_url, **peer.work)
        running, moment = peer.start(work), None
        if kill:
            wait_until_answered(provider, KILL_AT)
            moment = time.monotonic()
            running.kill()
            running = peer.start(work)
        is_cut = not running.ends_within(SECONDS)
        running.kill()
        log = Log.of(provider)
        then = Moment(at=moment, in_flight=log.in_flight(moment)) if moment else None
        return Ran(log=log, lost=COUNT - log.postings, moment=then, is_cut=is_cut)


def after_a_kill(peers: Sequence[Peer]) -> dict[str, Ran]:
    """Two at a time: there is a core for each, and a wait for a lease is long."""
    with ThreadPoolExecutor(2) as pool:
        runs = {
            OURS: pool.submit(ours, postgres=True, amid=kill_and_restart),
            **{peer.name: pool.submit(theirs, peer, kill=True) for peer in peers},
        }
    found = {}
    for name, run in runs.items():
        try:
            found[name] = run.result()
        except TimeoutError as error:
            print(f"bench: {name} was not killed: {error}", flush=True)
    return found
