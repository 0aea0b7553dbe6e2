"""Bespoke Labs' curator with its limits and its cache: `curator.py WORK.json`.

Its cache is where CURATOR_CACHE_DIR says; a second start goes on from there. The schema goes
along as a parameter of the call: curator asks a provider that it doesn't know with another
schema first, and the stand-in fills no other.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bespokelabs import curator  # type: ignore[import-not-found]
from litellm.litellm_core_utils import (  # type: ignore[import-not-found]
    default_encoding,
)

# Imported, it makes curator's tokenizer a file of litellm's in place of a download.
assert default_encoding


class Enricher(curator.LLM):  # type: ignore[misc]
    def prompt(self, row: dict[str, Any]) -> str:
        return str(row["prompt"])

    def parse(self, row: dict[str, Any], response: str) -> dict[str, Any]:
        return {"facts": response}


def main() -> None:
    work = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    enricher = Enricher(
        model_name=work["model"],
        backend="openai",
        system_prompt=work["instructions"],
        generation_params={
            "max_tokens": 4000,
            "response_format": {
                "type": "json_schema",
                "json_schema": {
                    "name": "facts",
                    "schema": work["schema"],
                    "strict": True,
                },
            },
        },
        backend_params={
            "base_url": work["base_url"],
            "api_key": "x",
            "max_requests_per_minute": round(work["requests_per_second"] * 60),
            "max_tokens_per_minute": 100_000_000,
            "max_retries": 10,
            "request_timeout": 60,
            "require_all_responses": False,
        },
    )
    rows = [{"prompt": prompt} for prompt in work["prompts"]]
    answered = len(enricher(rows).dataset)
    print(json.dumps({"answered": answered, "lost": len(rows) - answered}))


if __name__ == "__main__":
    main()
