"""What the batches of a run add up to, at the same cost with twenty thousand of them.

The sweeper folds batches that are over into their run's row: their sums are then added up
once, not at each question. Batches are folded in the order of their ids, up to
`run.folded_to`, and under the run's lock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q, Sum

from enrichment import run_chart
from enrichment.models import Batch, Enrichment, LlmCall, Run
from enrichment.querysets import BatchQuerySet

SUMMED = (
    *("successful", "failed", "rate_limited"),
    *("calls", "cost_microusd", "unpriced_calls"),
    *("values_checked", "values_not_found"),
)
# Batches that each question may sum.
FEW = 50
_LIVE = Q(status__in=Batch.LIVE)
_ALL: dict[str, Any] = {
    **{f"all_{name}": Sum(name, default=0) for name in SUMMED},
    **{
        f"live_{name}": Sum(name, filter=_LIVE, default=0)
        for name in ("total", "successful", "failed")
    },
}


def of(run: Run) -> dict[str, int]:
    """The sums of its batches, and as `left` the postings that wait in live ones."""
    return _with_folded(run, unfolded(run).aggregate(**_ALL))


def of_many(runs: Sequence[Run]) -> dict[int, dict[str, int]]:
    """As `of`, for a page of runs in one statement."""
    if not runs:
        return {}
    # By the bounds of these rows, whose sums are added: a run may be folded meanwhile.
    # PostgreSQL also knows how few rows lie behind a bound that it is told.
    loose = reduce(or_, (Q(run=run, pk__gt=run.folded_to) for run in runs))
    rows = Batch.objects.filter(loose).values("run").annotate(**_ALL)
    found: dict[int, Any] = {row["run"]: row for row in rows}
    return {run.pk: _with_folded(run, found.get(run.pk, {})) for run in runs}


def chart_of(run: Run) -> run_chart.Chart | None:
    return run_chart.of(run, unfolded(run))


def errors_of(run: Run) -> dict[str, int]:
    """Its failed postings by kind; those of folded batches as they were on folding."""
    # By their ids: there are few, which PostgreSQL would not guess.
    loose = list(unfolded(run).values_list("pk", flat=True))
    found = Counter(run.folded.get("errors", {})) + _errors(run, loose)
    return dict(found.most_common())


def fold_all() -> None:
    """The runs that go on; one that is over has no more than a minute's batches left."""
    for run in Run.objects.unfinished():
        if unfolded(run).count() > FEW:
            fold(run.pk)


def fold(run_id: int) -> None:
    """All batches before the oldest live one."""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        rows = unfolded(run)
        first_live = rows.live().order_by("pk").values_list("pk", flat=True).first()
        if first_live is not None:
            rows = rows.filter(pk__lt=first_live)
        last = rows.aggregate(last=Max("pk"))["last"]
        if last is None:
            return
        sums = rows.aggregate(**{name: Sum(name) for name in SUMMED})
        errors = _errors(run, rows)
        folded = {
            "chart": run_chart.added(run.folded.get("chart", {}), run, rows),
            "sums": Counter(run.folded.get("sums", {})) + Counter(sums),
            "errors": Counter(run.folded.get("errors", {})) + errors,
        }
        Run.objects.filter(pk=run_id).update(folded=folded, folded_to=last)


def add_late(run: Run, batch_id: int, spent: Mapping[str, int]) -> None:
    """What a call of a batch cost that may be folded by now. The run's row is locked."""
    if batch_id > run.folded_to:
        return
    late = Counter({name: spent[name] for name in SUMMED if name in spent})
    sums = Counter(run.folded["sums"]) + late
    Run.objects.filter(pk=run.pk).update(folded=run.folded | {"sums": sums})


def _with_folded(run: Run, sums: Mapping[str, int]) -> dict[str, int]:
    folded = run.folded.get("sums", {})
    found = {name: sums.get(f"all_{name}", 0) + folded.get(name, 0) for name in SUMMED}
    total, successful, failed = (
        sums.get(f"live_{name}", 0) for name in ("total", "successful", "failed")
    )
    return {**found, "left": total - successful - failed}


def unfolded(run: Run) -> BatchQuerySet:
    """Those that aren't folded."""
    return Batch.objects.filter(run=run, pk__gt=run.folded_to)


def _errors(run: Run, batches: BatchQuerySet | list[int]) -> Counter[str]:
    if run.renews:
        return _errors_of_calls(batches)
    rows = Enrichment.objects.filter(batch__in=batches, status="failed")
    return Counter(rows.values_list("error_kind", flat=True))


def _errors_of_calls(batches: BatchQuerySet | list[int]) -> Counter[str]:
    """Of postings that stayed enriched: the reason stands with their calls alone."""
    calls = LlmCall.objects.filter(
        batch__in=batches,
        outcome="error",
        posting__enrichment__status="enriched",
        posting__enrichment__batch=F("batch"),
        posting__enrichment__tries__gt=0,
    )
    kinds = calls.order_by().values_list("error_kind")
    return Counter(dict(kinds.annotate(count=Count("posting", distinct=True))))
