"""The openai SDK alone, in threads: `bare_sdk.py WORK.json [--threads N] [--retries N]`.

Prints JSON: calls that were answered, those lost, CPU seconds of the calls.
"""

from __future__ import annotations

import argparse
import json
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openai
from openai import OpenAI


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("--threads", type=int, default=64)
    parser.add_argument("--retries", type=int, default=10)
    options = parser.parse_args()
    work = json.loads(options.work.read_text(encoding="utf-8"))
    client = OpenAI(
        api_key="x",
        base_url=work["base_url"],
        max_retries=options.retries,
        timeout=60,
    )

    def ask(prompt: str) -> bool:
        try:
            client.responses.create(
                model=work["model"],
                instructions=work["instructions"],
                input=[{"role": "user", "content": prompt}],
                text={
                    "format": {
                        "type": "json_schema",
                        "name": "facts",
                        "schema": work["schema"],
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
    with ThreadPoolExecutor(options.threads) as pool:
        answered = sum(pool.map(ask, work["prompts"]))
    lost, cpu = len(work["prompts"]) - answered, cpu_seconds() - before
    print(json.dumps({"answered": answered, "lost": lost, "cpu": cpu}))


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
