"""After the kills: every posting, every call, every batch accounted for.

Two books are compared that know nothing of each other: the ledger in the database, and the
stand-in's own list of what it was asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tests.installation import Installation

# By outcome in the ledger: did the stand-in see the call?
SURELY_SEEN = ("ok", "error")
PERHAPS_SEEN = ("in_doubt", "abandoned")
Ledger = dict[str, Counter[str]]


@dataclass
class Report:
    figures: list[tuple[str, object]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def tell(self, what: str, value: object) -> None:
        self.figures.append((what, value))

    def check(self, holds: bool, problem: str) -> None:
        if not holds:
            self.problems.append(problem)

    def __str__(self) -> str:
        width = max(len(what) for what, _value in self.figures)
        lines = [f"{what + ':':{width + 2}}{value}" for what, value in self.figures]
        return "\n".join([*lines, *(f"FAILED: {text}" for text in self.problems)])


def examine(
    site: Installation,
    *,
    seen: Counter[str],
    answered: Counter[str],
    in_flight_at_kills: int,
    postings: int,
) -> Report:
    """
    Args:
        seen: calls that reached the stand-in, by text.
        answered: those of them that it answered well.
        in_flight_at_kills: so many answers may have been paid for again.
        postings: each with a text of its own.
    """
    report = Report()
    ledger = read_ledger(site)
    _postings(report, site, ledger, postings)
    _paid_twice(report, ledger, answered, in_flight_at_kills)
    _books(report, ledger, seen)
    _batches(report, site)
    return report


def examine_again(
    report: Report,
    site: Installation,
    *,
    answered: Counter[str],
    in_flight_at_kills: int,
    postings: int,
) -> None:
    """After all was read again: `answered` by text, since then."""
    kept = site.value(
        "select count(*) from enrichment_enrichment where status = 'enriched'"
        " and facts is not null"
    )
    report.check(
        kept == postings, f"{postings - kept} lost as they were read once more"
    )
    newest = "(select max(version) from enrichment_prompt)"
    older = site.rows(
        "select tries, count(*) from enrichment_enrichment"
        f" where prompt_version <> {newest} group by 1"
    )
    report.tell("read again", f"{postings - sum(n for _tries, n in older)}")
    report.check(
        all(tries for tries, _count in older), f"passed over on reading again: {older}"
    )
    again = sum(count - 1 for count in answered.values())
    report.tell("good answers beyond the first of those", again)
    report.check(
        again <= in_flight_at_kills,
        f"{again} answers paid again, {in_flight_at_kills} in flight",
    )
    wrong = site.rows(
        "select b.id, total, successful, failed from enrichment_batch b"
        " join enrichment_run r on r.id = b.run_id and r.retries = 'stale'"
        " where b.status <> 'finished' or total <> successful + failed"
    )
    report.check(not wrong, f"batches read again whose counts don't add up: {wrong}")


def read_ledger(site: Installation) -> Ledger:
    """How many calls ended how, by text."""
    rows = site.rows(
        "select content_hash, outcome, count(*) from enrichment_llmcall group by 1, 2"
    )
    ledger: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for content_hash, outcome, count in rows:
        ledger[content_hash][outcome] = count
    return ledger


def _postings(report: Report, site: Installation, ledger: Ledger, total: int) -> None:
    rows = site.rows(
        "select p.content_hash, e.status, e.error_kind from jobs_jobposting p"
        " left join enrichment_enrichment e on e.posting_id = p.id"
    )
    states = Counter((status, kind) for _hash, status, kind in rows)
    enriched = states.pop(("enriched", ""), 0)
    set_aside = states.pop(("failed", "worker_died"), 0)
    failed = sum(n for (status, _kind), n in states.items() if status == "failed")
    lost = total - enriched - set_aside - failed
    report.tell("enriched", f"{enriched} of {total}")
    report.tell("lost", lost)
    report.tell("failed", failed)
    report.tell("set aside after two deaths in flight", set_aside)
    report.check(not lost and len(rows) == total, f"postings without an end: {states}")
    report.check(not failed, f"postings failed by the kills: {states}")
    for content_hash, status, kind in rows:
        if (status, kind) == ("failed", "worker_died"):
            deaths = ledger[content_hash]["in_doubt"]
            report.check(
                deaths >= 2, f"set aside after {deaths} deaths: {content_hash}"
            )


def _paid_twice(
    report: Report, ledger: Ledger, answered: Counter[str], in_flight_at_kills: int
) -> None:
    again = {text: n - 1 for text, n in answered.items() if n > 1}
    unexplained = {
        text: n
        for text, n in again.items()
        if n > sum(ledger[text][outcome] for outcome in PERHAPS_SEEN)
    }
    report.tell("good answers", sum(answered.values()))
    report.tell("good answers beyond the first", sum(again.values()))
    report.tell("calls in flight at the kills", in_flight_at_kills)
    report.check(
        sum(again.values()) <= in_flight_at_kills,
        f"{sum(again.values())} answers paid again, {in_flight_at_kills} in flight",
    )
    report.check(
        not unexplained, f"paid again without a call in doubt for it: {unexplained}"
    )


def _books(report: Report, ledger: Ledger, seen: Counter[str]) -> None:
    outcomes = sum(ledger.values(), Counter[str]())
    told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
    report.tell("calls in the ledger", told)
    report.tell("calls that the stand-in saw", seen.total())
    wrong = {}
    for text in ledger.keys() | seen.keys():
        rows = ledger.get(text, Counter())
        surely = sum(rows[outcome] for outcome in SURELY_SEEN)
        perhaps = sum(rows[outcome] for outcome in PERHAPS_SEEN)
        if not surely <= seen[text] <= surely + perhaps:
            wrong[text] = f"seen {seen[text]}, in the ledger {dict(rows)}"
    report.check(not wrong, f"the ledger and the stand-in disagree: {wrong}")
    report.check(not outcomes["open"], f"{outcomes['open']} calls are open for ever")


def _batches(report: Report, site: Installation) -> None:
    runs = Counter(
        dict(site.rows("select status, count(*) from enrichment_run group by 1"))
    )
    batches = Counter(
        dict(site.rows("select status, count(*) from enrichment_batch group by 1"))
    )
    report.tell("batches", ", ".join(f"{n} {status}" for status, n in batches.items()))
    report.check(set(runs) == {"finished"}, f"runs: {dict(runs)}")
    report.check(
        batches.keys() <= {"finished", "released"}, f"batches: {dict(batches)}"
    )
    wrong = site.rows(
        "select id, total, successful, failed from enrichment_batch"
        " where status = 'finished' and total <> successful + failed"
    )
    report.check(not wrong, f"finished batches whose counts don't add up: {wrong}")
    wrong = site.rows(
        "select b.id, b.successful, b.failed, count(e.posting_id) from enrichment_batch b"
        " left join enrichment_enrichment e on e.batch_id = b.id"
        " group by 1, 2, 3 having count(e.posting_id) <> b.successful + b.failed"
    )
    report.check(not wrong, f"batches whose counts don't equal their rows: {wrong}")
    wrong = site.rows(
        "select b.id, b.calls, count(c.id) from enrichment_batch b left join"
        " enrichment_llmcall c on c.batch_id = b.id and c.outcome in ('ok', 'error')"
        " group by 1, 2 having count(c.id) <> b.calls"
    )
    report.check(not wrong, f"batches whose calls don't equal the ledger's: {wrong}")
