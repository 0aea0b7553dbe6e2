"""Postings for the desk: the samples over and over, each with a text of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

from tests.installation import ROOT

OLDEST = datetime(2026, 8, 3, 8, tzinfo=UTC)
DOUBTFUL = "Office manager and event planner"
DOUBTFUL_TEXT = """
Lindehof rents out rooms for meetings and parties in Utrecht. You keep our office running.

- Full-time, 38 hours a week, a permanent contract
- You plan with Excel and Outlook
- You speak Dutch and English
- At least 3 years of experience in an office
"""
SAMPLES = ROOT / "jobs" / "data" / "sample_postings.jsonl"


def lines(
    count: int, *, first: int = 0, faults: Mapping[str, int] | None = None
) -> list[str]:
    """So many from number `first` on; `faults` tells how many of them ask for which."""
    samples = SAMPLES.read_text(encoding="utf-8").splitlines()
    marks = chain(*(repeat(f"[[fault:{one}]]", n) for one, n in (faults or {}).items()))
    return [
        _line(samples[number % len(samples)], number, mark)
        for number, mark in zip(
            range(first, first + count), chain(marks, repeat("")), strict=False
        )
    ]


def _line(sample: str, number: int, mark: str) -> str:
    posting = json.loads(sample)
    text = f"{posting['description']}\n\nReference: {number}. {mark}".rstrip()
    own = {
        "external_id": f"posting-{number}",
        "description": text,
        "posted_at": (OLDEST + number * timedelta(hours=3)).isoformat(),
    }
    return json.dumps(posting | own)


def plain(title: str, count: int, *, fault: str = "") -> list[str]:
    """Short ones of one title, with nothing in them that any chart counts."""
    mark = f" [[fault:{fault}]]" if fault else ""
    return [
        json.dumps(
            {
                "source": "desk",
                "external_id": f"{title} {number}",
                "title": f"{title} {number}",
                "description": f"We look for somebody, number {number}.{mark}",
            }
        )
        for number in range(1, count + 1)
    ]


def doubtful() -> list[str]:
    """One with facts of the employer's own beside its text, which differ from it."""
    return [
        json.dumps(
            {
                "@type": "JobPosting",
                "identifier": "doubtful",
                "title": DOUBTFUL,
                "hiringOrganization": {"@type": "Organization", "name": "Lindehof"},
                "description": DOUBTFUL_TEXT,
                "employmentType": "PART_TIME",
                "datePosted": "2026-09-07",
                "validThrough": "2026-12-31",
                "jobLocation": {
                    "@type": "Place",
                    "address": {"addressLocality": "Utrecht", "addressCountry": "NL"},
                },
                "baseSalary": {
                    "currency": "EUR",
                    "value": {"minValue": 3200, "maxValue": 3800, "unitText": "MONTH"},
                },
            }
        )
    ]
