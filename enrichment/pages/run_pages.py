"""The lists of runs, and of a run's batches, page by page without a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from enrichment import progress
from enrichment.models import Batch, Run
from enrichment.progress import RunProgress

RUNS_SHOWN = 40
BATCHES_SHOWN = 50
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class RunPage:
    """`older`: the id before which the next page begins; None on the last one."""

    rows: Sequence[RunProgress]
    older: int | None
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class BatchPage:
    rows: Sequence[Batch]
    older: int | None
    is_first: bool


def runs(before: int | None) -> RunPage:
    rows = Run.objects.select_related("user").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: RUNS_SHOWN + 1])
    shown = found[:RUNS_SHOWN]
    return RunPage(
        rows=progress.of_runs(shown),
        older=shown[-1].pk if len(found) > RUNS_SHOWN else None,
        is_first=before is None,
    )


def batches(run: Run, before: int | None) -> BatchPage:
    """Without the one that only keeps what a run comes back to."""
    rows = run.batches.order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: BATCHES_SHOWN + 1])
    shown = found[:BATCHES_SHOWN]
    return BatchPage(
        rows=[batch for batch in shown if not batch.is_set_aside],
        older=shown[-1].pk if len(found) > BATCHES_SHOWN else None,
        is_first=before is None,
    )


def before_of(text: str) -> int | None:
    """From an address; an odd value is the first page."""
    return min(int(text[:19]), LARGEST_ID) if text.isdecimal() else None


def scope_text(run: Run) -> str:
    """What it takes its postings from."""
    if run.retries == "all":
        return _("all failed jobs")
    if run.renews:
        return _("enriched jobs that an older version read")
    if run.retries:
        return _("failed jobs: %(kind)s") % {"kind": run.get_retries_display()}
    if run.of_selection:
        return _("a selection, batch after batch")
    if run.continuous:
        return _("all pending jobs, batch after batch")
    return _("one batch")


def pace_text(settings: dict[str, Any]) -> str:
    """The limits of `Run.settings_used`."""
    requests = settings.get("requests_per_minute")
    tokens = settings.get("tokens_per_minute")
    texts = []
    if requests:
        texts.append(_("%(count)s requests a minute") % {"count": _number(requests)})
    if tokens:
        texts.append(_("%(count)s tokens a minute") % {"count": _number(tokens)})
    if texts:
        return ", ".join(texts)
    delay = settings.get("delay_seconds")
    if not delay:
        return _("none")
    return _("one call every %(seconds)s s") % {"seconds": number_format(delay)}


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
