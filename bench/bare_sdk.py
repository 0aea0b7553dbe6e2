"""The openai SDK alone, in threads: `python -m bench.bare_sdk URL COUNT THREADS RETRIES`.

Prints JSON: calls that were answered, those lost, CPU seconds of the calls.
"""

from __future__ import annotations

import json
import resource
import sys
from concurrent.futures import ThreadPoolExecutor

import openai
from openai import OpenAI

from bench.site import TEXT
from enrichment.llm import prompt, schema
from enrichment.llm.posting import PostingText


def main() -> None:
    url, count, threads, retries = sys.argv[1], *map(int, sys.argv[2:5])
    client = OpenAI(api_key="x", base_url=url, max_retries=retries, timeout=60)
    json_schema = schema.json_schema()

    def ask(number: int) -> bool:
        text = PostingText(
            title=f"Baker {number}",
            company="",
            location="",
            description=f"{number}. {TEXT}",
        )
        try:
            client.responses.create(
                model="m",
                instructions=prompt.INSTRUCTIONS,
                input=[{"role": "user", "content": prompt.render(text)}],
                text={
                    "format": {
                        "type": "json_schema",
                        "name": "facts",
                        "schema": json_schema,
                        "strict": True,
                    }
                },
                max_output_tokens=4000,
                store=False,
            )
        except openai.OpenAIError:
            return False
        return True

    before = cpu_seconds()
    with ThreadPoolExecutor(threads) as pool:
        answered = sum(pool.map(ask, range(count)))
    result = {
        "answered": answered,
        "lost": count - answered,
        "cpu": cpu_seconds() - before,
    }
    print(json.dumps(result))


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
