"""One performance: import, start, kill and restart until the run has ended, then count.

If wanted with a second act: all is read again by another prompt, under fewer kills.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.chaos import audit
from tests.chaos.audit import Report
from tests.chaos.stand_in import StandIn
from tests.chaos.victims import Clusters
from tests.installation import Installation

Say = Callable[[str], None]
TRADES = ("baker", "welder", "nurse", "driver", "teacher", "planner", "roofer", "cook")
NEW_PROMPT = """
from django.contrib.auth.models import User
from enrichment import prompts
somebody = User.objects.create(username="somebody")
now = prompts.current()
told = now.instructions + " Be brief."
made = prompts.draft(instructions=told, note="", user=somebody)
assert prompts.promote(made.version, seen=now.version, user=somebody)
"""
CITIES = ("Ghent", "Antwerp", "Liège", "Namur", "Bruges", "Mons", "Leuven", "Hasselt")


@dataclass(frozen=True, kw_only=True)
class Options:
    postings: int
    kills: int
    seed: int
    clusters: int
    stalled_after: int = 3
    batch_size: int = 25
    kills_again: int = 0


def play(site: Installation, options: Options, say: Say) -> Report:
    """
    Raises:
        TimeoutError: the run never ends; something is stuck.
    """
    chance = random.Random(options.seed)
    with StandIn(site, seed=options.seed) as stand_in:
        site.env |= {
            "OPENAI_BASE_URL": stand_in.base_url,
            "OPENAI_API_KEY": "sk-test-chaos",
            "ENRICHMENT_STALLED_AFTER_SECONDS": str(options.stalled_after),
            "ENRICHMENT_RATE_LIMIT_BACKOFF": "0.2",
            "ENRICHMENT_API_ERROR_BACKOFF": "0.2",
            # Of so many calls by chance so many in a row fail; none is to fail for good.
            "ENRICHMENT_MAX_RETRIES": "8",
            "ENRICHMENT_CONCURRENCY": "4",
            "ENRICHMENT_BATCH_SIZE": str(options.batch_size),
        }
        site.manage("import_jobs", postings_file(site.directory, options, chance))
        clusters = Clusters(site, options.clusters, chance=chance)
        for _run in range(options.clusters):  # one keeps one worker command busy
            site.manage("enrich_batch", "--all")
        started = time.monotonic()
        in_flight, killed = harm(
            site, stand_in, clusters, options, chance, say, kills=options.kills
        )
        wait_for_end(site, clusters, options)
        seconds = time.monotonic() - started
        report = audit.examine(
            site,
            seen=stand_in.calls_per_text(),
            answered=stand_in.answers_per_text(),
            in_flight_at_kills=in_flight,
            postings=options.postings,
        )
        retry_set_aside(site, clusters, options, report)
        if options.kills_again:
            read_again(site, stand_in, clusters, options, chance, say, report)
        clusters.stop()
    told = ", ".join(f"{count} {role}" for role, count in sorted(killed.items()))
    report.tell("kills", f"{sum(killed.values())} ({told})")
    report.tell("restarts by the supervisor", clusters.restarts)
    report.tell("seconds", round(seconds))
    return report


def harm(
    site: Installation,
    stand_in: StandIn,
    clusters: Clusters,
    options: Options,
    chance: random.Random,
    say: Say,
    *,
    kills: int,
    since: int = 0,
) -> tuple[int, Counter[str]]:
    """Kill when so many calls have come in: calls in flight at that, and who was killed."""
    calls = range(since + 1, since + options.postings)
    moments = sorted(chance.sample(calls, kills))
    in_flight, killed = 0, Counter[str]()
    deadline = time.monotonic() + patience(options)
    for moment in moments:
        while (count := stand_in.count) < moment:
            clusters.tend()
            check_time(deadline, f"{count} calls, waiting for call {moment}")
            time.sleep(0.05)
        time.sleep(chance.uniform(0, 0.3))
        while True:
            before = stand_in.in_flight
            role = clusters.strike()
            if role:
                break
            clusters.tend()
            check_time(deadline, "nobody is there to be killed")
            time.sleep(0.1)
        flying = max(before, stand_in.in_flight)
        in_flight += flying
        killed[role] += 1
        say(f"kill -9 at call {moment:4}: {role} ({flying} calls in flight)")
        clusters.tend()
    return in_flight, killed


def read_again(
    site: Installation,
    stand_in: StandIn,
    clusters: Clusters,
    options: Options,
    chance: random.Random,
    say: Say,
    report: Report,
) -> None:
    """All of it is stale by a new prompt; until it is read again, the older facts stay."""
    say("a new prompt: all is read again")
    answered, since = stand_in.answers_per_text(), stand_in.count
    site.python(NEW_PROMPT)
    site.manage("enrich_batch", "--stale", "--all")
    in_flight, _killed = harm(
        *(site, stand_in, clusters, options, chance, say),
        kills=options.kills_again,
        since=since,
    )
    bare = site.value("select count(*) from enrichment_enrichment where facts is null")
    report.check(not bare, f"{bare} postings lost their facts while they were read")
    wait_for_end(site, clusters, options)
    audit.examine_again(
        report,
        site,
        answered=stand_in.answers_per_text() - answered,
        in_flight_at_kills=in_flight,
        postings=options.postings,
    )


def wait_for_end(site: Installation, clusters: Clusters, options: Options) -> None:
    deadline = time.monotonic() + patience(options)
    unfinished = "select count(*) from enrichment_run where status <> 'finished'"
    while site.value(unfinished):
        clusters.tend()
        check_time(deadline, "the run does not end")
        time.sleep(0.2)


def retry_set_aside(
    site: Installation, clusters: Clusters, options: Options, report: Report
) -> None:
    """What a person does with postings that looked as if they killed their worker."""
    rows = site.rows(
        "select posting_id from enrichment_enrichment where error_kind = 'worker_died'"
    )
    if rows:
        site.manage("enrich_batch", "--ids", *(str(row[0]) for row in rows))
        wait_for_end(site, clusters, options)
    enriched = site.value(
        "select count(*) from enrichment_enrichment where status = 'enriched'"
    )
    report.tell("enriched in the end", f"{enriched} of {options.postings}")
    report.check(
        enriched == options.postings, f"{options.postings - enriched} never enriched"
    )


def patience(options: Options) -> float:
    """Seconds after which something must be stuck, also on a slow machine."""
    return 90 + options.postings * 0.5 + options.kills * 10


def check_time(deadline: float, where: str) -> None:
    if time.monotonic() > deadline:
        raise TimeoutError(f"chaos is stuck: {where}")


def postings_file(directory: Path, options: Options, chance: random.Random) -> Path:
    """Postings that all have a text of their own."""
    path = directory / "postings.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(options.postings):
            trade, city = chance.choice(TRADES), chance.choice(CITIES)
            posting = {
                "source": "chaos",
                "external_id": f"chaos-{number}",
                "title": f"{trade.capitalize()} {number}",
                "location": city,
                "description": f"We look for a {trade} in {city}. Reference {number}.",
            }
            file.write(json.dumps(posting) + "\n")
    return path
