"""What was asked about one posting, and what it cost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Left

from enrichment.models import LlmCall
from jobs.models import JobPosting

SHOWN = 20
ANSWER_CHARS = 8_000


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One call; `answer` is the beginning of what came."""

    call: LlmCall
    answer: str
    is_cut: bool


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """The newest calls, and the sums of all; a `cost` of None where a price isn't known."""

    shown: list[Attempt]
    count: int
    cost: int | None
    input_tokens: int
    output_tokens: int


def of(posting: JobPosting) -> Attempts:
    calls = LlmCall.objects.filter(posting=posting)
    sums = calls.aggregate(
        count=Count("pk"),
        cost=Sum("cost_microusd", default=0),
        unpriced=Count(
            "pk", filter=Q(cost_microusd=None) & ~Q(input_tokens=0, output_tokens=0)
        ),
        input_tokens=Sum("input_tokens", default=0),
        output_tokens=Sum("output_tokens", default=0),
    )
    rows = calls.select_related("batch").defer("answer")
    # One more character tells whether there are more.
    newest = rows.annotate(start=Left("answer", ANSWER_CHARS + 1)).order_by("-pk")
    return Attempts(
        shown=[_attempt(call) for call in newest[:SHOWN]],
        count=sums["count"],
        cost=None if sums["unpriced"] else sums["cost"],
        input_tokens=sums["input_tokens"],
        output_tokens=sums["output_tokens"],
    )


def _attempt(call: Any) -> Attempt:
    start: str = call.start
    is_cut = len(start) > ANSWER_CHARS
    text = start[:ANSWER_CHARS] if is_cut else _pretty(start)
    return Attempt(call=call, answer=text, is_cut=is_cut)


def _pretty(answer: str) -> str:
    """Indented, where it is JSON; as it came, where it isn't, or is nested too deep."""
    try:
        return json.dumps(json.loads(answer), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return answer
