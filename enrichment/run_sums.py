"""What the batches of a run add up to, at the same cost with twenty thousand of them.

The sweeper folds batches that are over into their run's row: their sums are then added up
once, not at each question. Batches are folded in the order of their ids, up to
`run.folded_to`, and under the run's lock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max, Q, Sum

from enrichment.models import Batch, Enrichment, Run
from enrichment.querysets import BatchQuerySet

SUMMED = (
    *("successful", "failed", "rate_limited"),
    *("calls", "cost_microusd", "unpriced_calls"),
)
# Batches that each question may sum.
FEW = 50


def of(run: Run) -> dict[str, int]:
    """The sums of its batches, and as `left` the postings that wait in live ones."""
    live = Q(status__in=Batch.LIVE)
    sums = _loose(run).aggregate(
        **{f"all_{name}": Sum(name, default=0) for name in SUMMED},
        **{
            f"live_{name}": Sum(name, filter=live, default=0)
            for name in ("total", "successful", "failed")
        },
    )
    left = sums["live_total"] - sums["live_successful"] - sums["live_failed"]
    folded = run.folded.get("sums", {})
    return {
        **{name: sums[f"all_{name}"] + folded.get(name, 0) for name in SUMMED},
        "left": left,
    }


def errors_of(run: Run) -> dict[str, int]:
    """Its failed postings by kind; those of folded batches as they were on folding."""
    # By their ids: there are few, which PostgreSQL would not guess.
    loose = list(_loose(run).values_list("pk", flat=True))
    found = Counter(run.folded.get("errors", {})) + _errors(loose)
    return dict(found.most_common())


def fold_all() -> None:
    """The runs that go on; one that is over has no more than a minute's batches left."""
    for run in Run.objects.unfinished():
        if _loose(run).count() > FEW:
            fold(run.pk)


def fold(run_id: int) -> None:
    """All batches before the oldest live one."""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        rows = _loose(run)
        first_live = rows.live().order_by("pk").values_list("pk", flat=True).first()
        if first_live is not None:
            rows = rows.filter(pk__lt=first_live)
        last = rows.aggregate(last=Max("pk"))["last"]
        if last is None:
            return
        sums = rows.aggregate(**{name: Sum(name) for name in SUMMED})
        errors = _errors(rows)
        folded = {
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


def _loose(run: Run) -> BatchQuerySet:
    """Those that aren't folded."""
    return Batch.objects.filter(run=run, pk__gt=run.folded_to)


def _errors(batches: BatchQuerySet | list[int]) -> Counter[str]:
    rows = Enrichment.objects.filter(batch__in=batches, status="failed")
    return Counter(rows.values_list("error_kind", flat=True))
