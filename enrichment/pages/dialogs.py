"""What people are asked before a start, and told after it; the same words at every door."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrichment import conf, progress, tally
from enrichment.batches import Started
from enrichment.choosing import Selection
from enrichment.models import Batch, Enrichment, Run
from enrichment.pages import expectation
from enrichment.pages.expectation import Expectation
from enrichment.paging import MoreThan, capped_count, without
from enrichment.templatetags.enrichment_text import number


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a yes would do.

    Attributes:
        eligible: postings that may be taken; all pending ones where nothing was selected.
        selected: None where nothing was selected.
        failed: postings that wait for their next try, or for a person.
        seen_run: the newest run when this was asked: a second yes comes after a newer one.
        one, all: what one batch and all of them will take and cost.
    """

    eligible: int
    selected: int | None
    failed: int
    batch_size: int
    seen_run: int
    one: Expectation
    all: Expectation

    @property
    def largest_batch(self) -> int:
        return Run.LARGEST_BATCH

    @property
    def batches_text(self) -> str:
        """`13 batches of 50`; more where counting stopped."""
        count = math.ceil(self.eligible / self.batch_size)
        more = isinstance(self.eligible, MoreThan)
        return ngettext(
            "%(count)s batch of %(size)s", "%(count)s batches of %(size)s", count
        ) % {
            "count": MoreThan(count) if more else number(count),
            "size": number(self.batch_size),
        }

    @property
    def count(self) -> int:
        return min(self.eligible, self.batch_size)

    @property
    def is_limited(self) -> bool:
        return self.eligible > self.batch_size

    @property
    def skipped(self) -> int:
        return 0 if self.selected is None else without(self.selected, self.eligible)

    @property
    def estimate(self) -> str:
        return progress.duration_text(progress.estimate_seconds(self.count))

    @property
    def title(self) -> str:
        return ngettext(
            "Enrich %(count)d job?", "Enrich %(count)d jobs?", self.count
        ) % {"count": self.count}

    @property
    def warning(self) -> str:
        """Where a person chose more than goes into one batch."""
        if self.selected is None or not self.is_limited:
            return ""
        return limited_text(self.eligible, self.batch_size)

    @property
    def skipped_text(self) -> str:
        return skipped_text(self.skipped) if self.skipped else ""


def about_all(*, size: int | None = None) -> Question:
    counts = progress.overview()
    return _question(
        eligible=counts.pending, selected=None, failed=counts.failed, size=size
    )


def about_selection(selection: Selection, *, size: int | None = None) -> Question:
    """Large counts stop at a limit."""
    rows = Enrichment.objects.filter(status__in=["pending", "failed"])
    if isinstance(selection, QuerySet):
        selected = capped_count(selection)
        rows = rows.filter(posting__in=selection.order_by().values("pk"))
    else:
        selected = len(set(selection))
        rows = rows.filter(pk__in=selection)
    return _question(
        eligible=capped_count(rows), selected=selected, failed=0, size=size
    )


def _question(
    *, eligible: int, selected: int | None, failed: int, size: int | None
) -> Question:
    size = size or conf.current().batch_size
    calls = expectation.latest()
    return Question(
        eligible=eligible,
        selected=selected,
        failed=failed,
        batch_size=size,
        seen_run=newest_run(),
        one=expectation.of(min(eligible, size), calls),
        all=expectation.of(eligible, calls),
    )


def newest_run() -> int:
    return Run.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def replay(run: Run) -> Started:
    """What was told of a run when it started, for whoever says yes a second time."""
    batch = run.batches.order_by("pk").first()
    first = conf.current().live_batches if run.continuous else 1
    queued = sum(run.batches.order_by("pk").values_list("total", flat=True)[:first])
    left = progress.of_run(run, timed=False).left - queued if run.of_selection else None
    return Started(
        run=run,
        batch=batch,
        queued=queued,
        eligible=queued,
        skipped=0,
        left=tally.pending() if left is None else max(left, 0),
    )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is said after a start; `batch` to look at, where there is one."""

    title: str
    lines: Sequence[str]
    warning: str
    batch: Batch | None

    @property
    def texts(self) -> list[str]:
        return [text for text in (self.title, *self.lines, self.warning) if text]


def outcome(started: Started, *, repeated: bool = False) -> Outcome:
    """`repeated`: the yes came twice, and this is what the first one did."""
    if started.run is None:
        return _nothing(started)
    lines = [_queued_text(started)]
    if started.skipped:
        lines.append(skipped_text(started.skipped))
    if started.left and not started.run.continuous:
        lines.append(_left_text(started.left))
    count = started.queued + (started.left if started.run.continuous else 0)
    duration = progress.duration_text(progress.estimate_seconds(count))
    lines.append(_("Estimated time: %(duration)s") % {"duration": duration})
    if repeated:
        lines.append(_("It was started once: the second click changed nothing."))
    limit = set_aside_text if started.run.of_selection else limited_text
    limited = limit(started.eligible, started.taken)
    return Outcome(
        title=_("Enrichment started in background!"),
        lines=lines,
        warning=limited if started.is_limited else "",
        batch=started.batch,
    )


def _nothing(started: Started) -> Outcome:
    lines = [skipped_text(started.skipped)] if started.skipped else []
    return Outcome(
        title=_("Nothing to enrich"),
        lines=lines or [_("No job is pending.")],
        warning="",
        batch=None,
    )


def _queued_text(started: Started) -> str:
    if started.run and started.run.continuous and started.left:
        total = started.queued + started.left
        return _("%(count)d jobs will be enriched, in batches of %(size)d.") % {
            "count": total,
            "size": started.run.batch_size,
        }
    return ngettext(
        "%(count)d job will be enriched.",
        "%(count)d jobs will be enriched.",
        started.queued,
    ) % {"count": started.queued}


def _left_text(left: int) -> str:
    return ngettext(
        '%(count)d job remaining. Click "Enrich All" again after this batch completes.',
        '%(count)d jobs remaining. Click "Enrich All" again after this batch completes.',
        left,
    ) % {"count": left}


def limited_text(eligible: Any, size: int) -> str:
    return _("Batch size limited from %(eligible)s to %(size)d jobs") % {
        "eligible": eligible,
        "size": size,
    }


def set_aside_text(eligible: Any, taken: int) -> str:
    """Of a selection larger than one transaction should be."""
    return _("%(taken)s of %(eligible)s jobs are taken; start again for the rest.") % {
        "taken": number(taken),
        "eligible": eligible,
    }


def skipped_text(count: int) -> str:
    return ngettext(
        "%(count)s selected job is skipped: it is enriched, or on its way, already.",
        "%(count)s selected jobs are skipped: they are enriched, or on their way, already.",
        count,
    ) % {"count": count}
