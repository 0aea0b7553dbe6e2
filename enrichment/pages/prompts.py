"""What the pages of prompts show: the versions with their counts, what is stale, one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enrichment import (
    grounding_counts,
    pilots,
    progress,
    prompts,
    renewing,
    sampling,
)
from enrichment.grounding_counts import Counts
from enrichment.llm.schema import JobFacts
from enrichment.models import Pilot, Prompt
from enrichment.pages import factsheet, panel, prompt_diff
from enrichment.pages.panel import RunCard
from enrichment.paging import MoreThan
from enrichment.renewing import Group

SHOWN = 100
PILOTS_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Row:
    """One version.

    Attributes:
        enriched: postings that it has read, and whose facts are from it now.
        checked: values of its answers that were checked against the texts.
        not_found: those that are not in them.
    """

    prompt: Prompt
    enriched: int
    checked: int
    not_found: int

    @property
    def percent_not_found(self) -> float | None:
        return round(100 * self.not_found / self.checked, 1) if self.checked else None


@dataclass(frozen=True, kw_only=True)
class Stale:
    """Enriched postings that another prompt or schema would read now.

    Attributes:
        fields: labels of the facts that may change; empty where it may be all.
        run: the one that reads them again just now.
        time: about how long that takes; empty where it isn't known.
    """

    count: int
    fields: list[str]
    run: RunCard | None
    time: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    rows: list[Row]
    stale: Stale


@dataclass(frozen=True, kw_only=True)
class Page:
    """One version; `diff` is against the current one, None where it is that."""

    row: Row
    current: Prompt | None
    diff: list[prompt_diff.Line] | None
    pilots: list[Pilot]

    @property
    def is_older(self) -> bool:
        """To promote it is to go back."""
        return self.row.prompt.promoted_at is not None


class DraftForm(forms.Form):
    """New instructions: such that no version has yet."""

    instructions = forms.CharField(
        label=gettext_lazy("Instructions"),
        max_length=prompts.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What is different, and why"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_instructions(self) -> str:
        text: str = self.cleaned_data["instructions"]
        # As a browser sends them; the model gets what was written.
        text = text.replace("\r\n", "\n").strip()
        if not text:
            raise forms.ValidationError(_("The model has to be told something."))
        others = Prompt.objects.filter(instructions=text)
        taken = others.exclude(pk=self.initial.get("pk") or 0).first()
        if taken is not None:
            raise forms.ValidationError(
                _("Version %(version)d says exactly this already.")
                % {"version": taken.version}
            )
        return text


class PilotForm(forms.Form):
    size = forms.IntegerField(
        label=gettext_lazy("Jobs"),
        min_value=1,
        max_value=sampling.MOST,
        initial=pilots.USUAL,
    )
    sample = forms.ChoiceField(
        label=gettext_lazy("Which"),
        choices=[
            ("newest", gettext_lazy("the newest enriched ones")),
            ("random", gettext_lazy("a random sample of enriched ones")),
        ],
    )


def listing() -> Listing:
    groups = renewing.groups()
    counts = grounding_counts.by_version()
    rows = Prompt.objects.select_related("created_by", "promoted_by")
    found = list(rows.defer("instructions").order_by("-version")[:SHOWN])
    return Listing(
        rows=[_row(prompt, groups, counts) for prompt in found],
        stale=stale(groups),
    )


def stale(groups: list[Group]) -> Stale:
    old = [group for group in groups if group.is_stale]
    total = sum(int(group.count) for group in old)
    if any(isinstance(group.count, MoreThan) for group in old):
        total = MoreThan(total)
    touched = {name for group in old for name in group.fields}
    run = renewing.unfinished()
    seconds = progress.estimate_seconds(total) if total else 0.0
    return Stale(
        count=total,
        fields=[] if touched == set(JobFacts.model_fields) else labels(touched),
        run=panel.line(run) if run else None,
        time=progress.duration_text(seconds) if type(total) is int and total else "",
    )


def page(prompt: Prompt) -> Page:
    current = Prompt.objects.filter(status="current").first()
    is_current = current is None or current == prompt
    return Page(
        row=_row(prompt, renewing.groups(), grounding_counts.by_version()),
        current=current,
        diff=None
        if is_current or current is None
        else prompt_diff.lines(current.instructions, prompt.instructions),
        pilots=list(
            prompt.pilots.select_related("user").order_by("-pk")[:PILOTS_SHOWN]
        ),
    )


def labels(names: set[str]) -> list[str]:
    """Of facts, in the order of the schema."""
    known = [name for name in JobFacts.model_fields if name in names]
    return [factsheet.in_words(name, None)[0] for name in known]


def _row(
    prompt: Prompt, groups: list[Group], counts: Mapping[int, Mapping[str, Any]]
) -> Row:
    of_prompt = [one for one in groups if one.versions.prompt == prompt.version]
    enriched = sum(int(group.count) for group in of_prompt)
    if any(isinstance(group.count, MoreThan) for group in of_prompt):
        enriched = MoreThan(enriched)
    values: Counts = counts.get(prompt.version, {})
    return Row(
        prompt=prompt,
        enriched=enriched,
        checked=sum(one.checked for one in values.values()),
        not_found=sum(one.not_found for one in values.values()),
    )
