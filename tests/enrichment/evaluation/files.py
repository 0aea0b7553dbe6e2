"""Small files of postings and labels, and facts to compare."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from enrichment.llm.posting import PostingText
from enrichment.llm.schema import JobFacts
from enrichment.offline import extractor

TEXT = "We look for a senior baker in Ghent. You know Python. You speak Dutch."


def posting(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "source": "tests",
        "external_id": f"p{number}",
        "title": "Senior baker",
        "description": f"{TEXT} Reference {number}.",
        **fields,
    }


def gold(number: int = 1, **facts: Any) -> dict[str, Any]:
    """In the project's own format."""
    return {"source": "tests", "external_id": f"p{number}", "facts": facts}


def public(number: int = 1, **labels: Any) -> dict[str, Any]:
    """As the public data sets have them."""
    return {"source": "tests", "external_id": f"p{number}", **labels}


def write(folder: Path, name: str, *rows: Any) -> str:
    """JSON Lines; a text is written as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def text(description: str = TEXT, title: str = "Senior baker") -> PostingText:
    return PostingText(title=title, company="", location="", description=description)


def facts(**changes: Any) -> JobFacts:
    """What the extractor finds in nearly nothing, with these changes."""
    found = extractor.extract(text("Come and work.", title="Baker"))
    return JobFacts.model_validate({**found.model_dump(mode="json"), **changes})
