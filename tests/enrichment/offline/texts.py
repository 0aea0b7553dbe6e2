"""Postings for the tests of the extractor's rules, and the shipped samples."""

from __future__ import annotations

import json
from pathlib import Path

from enrichment.llm.posting import PostingText
from enrichment.llm.schema import JobFacts
from enrichment.offline.extractor import extract
from enrichment.offline.rules.reading import Reading, read

SAMPLES = Path(__file__).parents[3] / "jobs" / "data" / "sample_postings.jsonl"


def posting(description: str, **over: str) -> PostingText:
    fields = {"title": "", "company": "", "location": "", **over}
    return PostingText(description=description, **fields)


def reading(description: str, **over: str) -> Reading:
    return read(posting(description, **over))


def facts(description: str, **over: str) -> JobFacts:
    return extract(posting(description, **over))


def samples() -> dict[str, PostingText]:
    """By external id."""
    rows = [json.loads(line) for line in SAMPLES.read_text().splitlines()]
    return {
        row["external_id"]: PostingText(
            title=row["title"],
            company=row["company"],
            location=row["location"],
            description=row["description"],
        )
        for row in rows
    }
