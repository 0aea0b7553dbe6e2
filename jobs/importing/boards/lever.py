"""Lever: `https://api.lever.co/v0/postings/SITE?mode=json`."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from jobs.importing import odd_json
from jobs.importing.given import Collected, Job

HOSTS = ("jobs.lever.co", "jobs.eu.lever.co")
UNSAID = "unspecified"


def is_job(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("text"), str) and (
        "hostedUrl" in value or isinstance(value.get("categories"), dict)
    )


def read(job: Mapping[str, Any]) -> Job:
    out = Collected("lever")
    url = out.address("hostedUrl", job.get("hostedUrl"))
    categories = odd_json.mapping(job.get("categories"))
    places = odd_json.shorts(
        categories.get("allLocations") or categories.get("location")
    )
    _pay(out, job.get("salaryRange"))
    out.employment(categories.get("commitment"))
    if odd_json.text(job.get("workplaceType")) != UNSAID:
        out.remote(job.get("workplaceType"))
    out.locations(
        [{"country": odd_json.short(job.get("country"))}], raw="; ".join(places)
    )
    out.also(
        department=odd_json.short(categories.get("department")),
        team=odd_json.short(categories.get("team")),
        level=odd_json.short(categories.get("level")),
    )
    site = next(odd_json.path_parts(url, *HOSTS), "")
    return Job(
        values={
            "source": f"lever/{site}"[:100] if site else "lever",
            "external_id": odd_json.text(job.get("id")),
            "title": odd_json.line(job.get("text")),
            "location": "; ".join(places),
            "description": "\n".join(_sections(job)),
            "url": url,
            "posted_at": odd_json.from_milliseconds(job.get("createdAt")),
        },
        given=out.given,
        notes=out.notes,
    )


def _pay(out: Collected, value: object) -> None:
    pay = odd_json.mapping(value)
    if not pay:
        return
    ends = {name: pay.get(name) for name in ("min", "max")}
    terms = (pay.get("currency"), pay.get("interval"))
    found = out.pay("salaryRange", ends, currency=terms[0], period=terms[1])
    amounts = " – ".join(filter(None, map(odd_json.text, ends.values())))
    words = " ".join([amounts, *map(odd_json.text, terms)])
    out.salary("salaryRange", [found], raw=words)


def _sections(job: Mapping[str, Any]) -> Iterator[str]:
    """The job's page in its order, as HTML."""
    yield _markup(job, "description")
    for one in odd_json.items(job.get("lists")):
        if isinstance(one, dict):
            yield f"<h3>{html.escape(odd_json.line(one.get('text')))}</h3>"
            yield f"<ul>{odd_json.text(one.get('content'))}</ul>"
    yield _markup(job, "salaryDescription")
    yield _markup(job, "additional")


def _markup(job: Mapping[str, Any], name: str) -> str:
    """The one with tags; where only the plain one is given, that with its lines."""
    if marked := odd_json.text(job.get(name)).strip():
        return f"<div>{marked}</div>"
    lines = html.escape(odd_json.text(job.get(f"{name}Plain")).strip()).splitlines()
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""
