"""LangChain's `batch()` with its rate limiter: `langchain.py WORK.json`.

The client's retries are the SDK's own: they don't pass the limiter again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from langchain_core.rate_limiters import (  # type: ignore[import-not-found]
    InMemoryRateLimiter,
)
from langchain_openai import ChatOpenAI  # type: ignore[import-not-found]


def main() -> None:
    work = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    model = ChatOpenAI(
        model=work["model"],
        base_url=work["base_url"],
        api_key="x",
        max_tokens=4000,
        max_retries=10,
        timeout=60,
        rate_limiter=InMemoryRateLimiter(
            requests_per_second=work["requests_per_second"],
            check_every_n_seconds=0.02,
            max_bucket_size=1,
        ),
    )
    chain = model.with_structured_output(
        {"title": "facts", **work["schema"]}, method="json_schema", strict=True
    )
    answers = chain.batch(
        [[("system", work["instructions"]), ("user", p)] for p in work["prompts"]],
        config={"max_concurrency": 64},
        return_exceptions=True,
    )
    lost = sum(isinstance(answer, Exception) for answer in answers)
    print(json.dumps({"answered": len(answers) - lost, "lost": lost}))


if __name__ == "__main__":
    main()
