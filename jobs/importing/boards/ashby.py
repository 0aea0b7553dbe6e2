"""Ashby: `https://api.ashbyhq.com/posting-api/job-board/BOARD?includeCompensation=true`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jobs.importing import odd_json
from jobs.importing.given import Collected, Job

HOSTS = ("jobs.ashbyhq.com",)
SALARY = "salary"
# What Ashby writes for an amount that is not for a time.
NO_PERIOD = "NONE"


def is_job(value: Mapping[str, Any]) -> bool:
    marks = {"descriptionHtml", "descriptionPlain", "isListed"}
    return "jobUrl" in value and "title" in value and not marks.isdisjoint(value)


def read(job: Mapping[str, Any]) -> Job:
    if job.get("isListed") is False:
        return Job(skipped="not listed by the employer")
    out = Collected("ashby")
    url = out.address("jobUrl", job.get("jobUrl"))
    others = odd_json.items(job.get("secondaryLocations"))
    names = odd_json.shorts([job.get("location"), *map(_place_name, others)])
    _pay(out, job)
    out.employment(job.get("employmentType"))
    out.remote(_workplace(job))
    out.locations([_address(one) for one in (job, *others)], raw="; ".join(names))
    out.also(
        department=odd_json.short(job.get("department")),
        team=odd_json.short(job.get("team")),
    )
    board = next(odd_json.path_parts(url, *HOSTS), "")
    return Job(
        values={
            "source": f"ashby/{board}"[:100] if board else "ashby",
            "external_id": odd_json.text(job.get("id")),
            "title": odd_json.line(job.get("title")),
            "location": "; ".join(names),
            "description": odd_json.text(job.get("descriptionHtml"))
            or odd_json.text(job.get("descriptionPlain")),
            "url": url,
            "posted_at": out.moment("publishedAt", job.get("publishedAt")),
        },
        given=out.given,
        notes=out.notes,
    )


def _pay(out: Collected, job: Mapping[str, Any]) -> None:
    """Salaries alone: equity, bonus and commission are none."""
    compensation = odd_json.mapping(job.get("compensation"))
    found = list(_salaries(compensation))
    if not found:
        return
    if job.get("shouldDisplayCompensationOnJobPostings") is False:
        out.tell("compensation", "the employer doesn't show it")
        return
    pays = []
    for part in found:
        interval = odd_json.text(part.get("interval"))
        pays.append(
            out.pay(
                "compensation",
                {name: part.get(name) for name in ("minValue", "maxValue")},
                currency=part.get("currencyCode"),
                period="" if interval.upper() == NO_PERIOD else interval,
            )
        )
    words = odd_json.text(
        compensation.get("scrapeableCompensationSalarySummary")
    ) or odd_json.text(compensation.get("compensationTierSummary"))
    out.salary("compensation", pays, raw=words or _in_words(found[0]))


def _salaries(compensation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Of the tiers; where they have none, of the summary."""
    tiers = odd_json.items(compensation.get("compensationTiers"))
    parts = [
        part
        for tier in tiers
        for part in odd_json.items(odd_json.mapping(tier).get("components"))
    ]
    for found in (parts, odd_json.items(compensation.get("summaryComponents"))):
        salaries = [
            part
            for part in map(odd_json.mapping, found)
            if odd_json.text(part.get("compensationType")).lower() == SALARY
        ]
        if salaries:
            yield from salaries
            return


def _in_words(part: Mapping[str, Any]) -> str:
    names = ("minValue", "maxValue", "currencyCode", "interval")
    return " ".join(filter(None, (odd_json.text(part.get(name)) for name in names)))


def _workplace(job: Mapping[str, Any]) -> str:
    """`isRemote` is also set where people may be remote now and then."""
    said = odd_json.text(job.get("workplaceType"))
    return said or ("Remote" if job.get("isRemote") is True else "")


def _place_name(place: object) -> str:
    return odd_json.text(odd_json.mapping(place).get("location")) or odd_json.text(
        place
    )


def _address(place: object) -> dict[str, str]:
    outer = odd_json.mapping(odd_json.mapping(place).get("address"))
    postal = odd_json.mapping(outer.get("postalAddress")) or outer
    return {
        "city": odd_json.short(postal.get("addressLocality")),
        "region": odd_json.short(postal.get("addressRegion")),
        "country": odd_json.short(postal.get("addressCountry")),
    }
