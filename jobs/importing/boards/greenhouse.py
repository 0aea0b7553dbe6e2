"""Greenhouse: `https://boards-api.greenhouse.io/v1/boards/BOARD/jobs?content=true`.

`pay_transparency=true` adds pay ranges, in cents and without a period: that one is taken from
a range's title (`Annual base salary`), and else stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jobs.importing import odd_json
from jobs.importing.given import Collected, Job, Pay
from jobs.importing.rows import Reason

HOSTS = ("boards.greenhouse.io", "job-boards.greenhouse.io", "greenhouse.io")
# Employers name their own fields; these say what a fact says.
_EMPLOYMENT = re.compile(
    r"employment|commitment|contract type|time type", re.IGNORECASE
)
_WORKPLACE = re.compile(r"work ?place|remote|work model", re.IGNORECASE)
_PAY = re.compile(r"salary|pay\b|compensation", re.IGNORECASE)


def is_job(value: Mapping[str, Any]) -> bool:
    return "absolute_url" in value and "title" in value and "id" in value


def read(job: Mapping[str, Any]) -> Job:
    out = Collected("greenhouse")
    url = out.address("absolute_url", job.get("absolute_url"))
    dates = (job.get("first_published"), job.get("updated_at"))
    _pay(out, job.get("pay_input_ranges"))
    _metadata(out, job.get("metadata"))
    out.also(
        departments=odd_json.shorts(job.get("departments")),
        offices=odd_json.shorts(job.get("offices")),
        requisition=odd_json.short(job.get("requisition_id")),
        updated_at=out.moment("updated_at", job.get("updated_at")),
        valid_through=out.moment(
            "application_deadline", job.get("application_deadline")
        ),
    )
    return Job(
        values={
            "source": _source(url),
            "external_id": odd_json.text(job.get("id")),
            "title": odd_json.line(job.get("title")),
            "company": odd_json.line(job.get("company_name")),
            "location": odd_json.line(job.get("location")),
            "description": odd_json.text(job.get("content")),
            "url": url,
            "posted_at": out.moment("first_published", next(filter(None, dates), None)),
        },
        given=out.given,
        notes=out.notes,
        problem=None if "content" in job else _without_content(),
    )


def _source(url: str) -> str:
    """With the board's name, unless the employer shows the job at an address of its own."""
    board = next(odd_json.path_parts(url, *HOSTS), "")
    return f"greenhouse/{board}"[:100] if board and board != "embed" else "greenhouse"


def _pay(out: Collected, ranges: object) -> None:
    pays, words = [], []
    for number, one in enumerate(odd_json.items(ranges)):
        if not isinstance(one, dict):
            continue
        title = odd_json.short(one.get("title"))
        amounts = {name: one.get(name) for name in ("min_cents", "max_cents")}
        name = f"pay_input_ranges[{number}]"
        currency = one.get("currency_type") or one.get("currency")
        pay = out.pay(
            name,
            amounts,
            currency=currency,
            period=one.get("interval"),
            divided_by=100,
        )
        pays.append(_of_period(pay, title))
        shown = " – ".join(_shown_cents(value) for value in amounts.values() if value)
        words.append(f"{title} {shown} {odd_json.text(currency)}".strip())
    out.salary("pay_input_ranges", pays, raw="; ".join(words))


def _of_period(pay: Pay | None, title: str) -> Pay | None:
    if pay is None or pay.period:
        return pay
    return Pay(
        low=pay.low,
        high=pay.high,
        currency=pay.currency,
        period=Collected.period_in(title),
    )


def _shown_cents(value: object) -> str:
    return f"{value / 100:,.2f}" if isinstance(value, int | float) else str(value)[:60]


def _metadata(out: Collected, fields: object) -> None:
    kept = {}
    for one in odd_json.items(fields):
        if not isinstance(one, dict) or not (name := odd_json.short(one.get("name"))):
            continue
        value = one.get("value")
        kept[name] = "; ".join(_words(value))
        if one.get("value_type") in ("currency_range", "currency"):
            if _PAY.search(name) and "salary" not in out.facts:
                _amounts(out, name, odd_json.mapping(value))
        elif _EMPLOYMENT.search(name):
            out.employment(value)
        elif _WORKPLACE.search(name):
            out.remote(value)
    out.also(metadata={name: value for name, value in kept.items() if value})


def _amounts(out: Collected, name: str, value: Mapping[str, Any]) -> None:
    ends = {
        part: value.get(part) for part in ("min_value", "max_value") if part in value
    }
    amounts = ends or {"amount": value.get("amount")}
    pay = out.pay(f"metadata {name}", amounts, currency=value.get("unit"))
    out.salary(f"metadata {name}", [pay], raw="; ".join(_words(dict(value))))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield " ".join(odd_json.short(one) for one in value.values()).strip()
    else:
        yield from odd_json.shorts(value)


def _without_content() -> Reason:
    return Reason(
        summary="no description",
        detail="the board was fetched without ?content=true",
    )
