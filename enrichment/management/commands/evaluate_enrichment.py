"""`manage.py evaluate_enrichment POSTINGS GOLD`: how good are a model's answers?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from enrichment import prompts
from enrichment.evaluation import asking, records
from enrichment.evaluation.asking import Source
from enrichment.evaluation.loading import Loaded, load
from enrichment.evaluation.reading import BadFileError
from enrichment.evaluation.scoring import FIELDS
from enrichment.llm.errors import LlmError
from enrichment.llm.prompt import Prompt
from enrichment.models import Evaluation
from enrichment.templatetags.enrichment_text import usd
from jobsite import text_table
from jobsite.text_table import Column

MAX_CONCURRENCY = 64
INTERRUPTED = 130
BY_FIELD = (
    Column(name="field", width=16),
    Column(name="model", width=24),
    Column(name="version", width=7),
    Column(name="postings", width=8),
    Column(name="precision", width=9),
    Column(name="recall", width=7),
    Column(name="F1", width=7),
    Column(name="not in text", width=11),
)
BY_MODEL = (
    Column(name="model", width=24),
    Column(name="version", width=7),
    Column(name="postings", width=8),
    Column(name="calls", width=7),
    Column(name="failed", width=7),
    Column(name="not in text", width=11),
    Column(name="cost", width=10),
    Column(name="time", width=9),
)


class Command(BaseCommand):
    help = (
        "Ask the configured model, and the offline extractor beside it, about labelled "
        "postings, and tell precision, recall and made-up values. Postings in the database "
        "are not touched; the figures are kept, to compare versions of the prompt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("postings", metavar="POSTINGS", help="JSON Lines")
        parser.add_argument(
            "gold", metavar="GOLD", help="labels, JSON Lines; see docs/quality.md"
        )
        parser.add_argument(
            "--limit", type=int, metavar="N", help="only the first N labelled postings"
        )
        parser.add_argument(
            "--model",
            choices=["offline"],
            help="offline: the extractor alone, whatever is configured",
        )
        parser.add_argument(
            "--concurrency", type=int, default=4, metavar="N", help="calls in flight"
        )
        parser.add_argument(
            "--prompt",
            type=int,
            metavar="N",
            help="version of the prompt, a draft too (default: the current one)",
        )
        parser.add_argument("--json", action="store_true", help="only the JSON line")

    def handle(self, *args: Any, **options: Any) -> None:
        concurrency, limit = options["concurrency"], options["limit"]
        if not 1 <= concurrency <= MAX_CONCURRENCY:
            raise CommandError(f"--concurrency: expected 1 to {MAX_CONCURRENCY}")
        if limit is not None and limit < 1:
            raise CommandError("--limit: expected 1 or more")
        try:
            loaded = load(options["postings"], options["gold"], limit=limit)
        except BadFileError as error:
            raise CommandError(f"{error}. Nothing was asked.") from None
        sources = asking.sources(
            offline_only=options["model"] == "offline",
            concurrency=concurrency,
            told=_prompt(options["prompt"]),
        )
        if len(sources) == 1:
            self.stderr.write("The offline extractor answers: rules, no LLM runs.")
        # Before any is kept: figures of one without the other compare nothing.
        outcomes = [self._ask(source, loaded, concurrency) for source in sources]
        name = Path(options["gold"]).name
        kept = [
            records.keep(source, outcome, loaded=loaded, labels=name)
            for source, outcome in zip(sources, outcomes, strict=True)
        ]
        self._tell(kept, labels=name, only_json=options["json"])

    def _ask(self, source: Source, loaded: Loaded, concurrency: int) -> asking.Outcome:
        texts = {one.text.content_hash: one.text for one in loaded.postings}
        try:
            with tqdm(
                total=len(texts), unit="text", file=sys.stderr, disable=None
            ) as bar:
                bar.set_description(source.model)
                return asking.ask(
                    source,
                    texts.values(),
                    concurrency=concurrency,
                    on_done=bar.update,
                )
        except LlmError as error:
            raise CommandError(
                f"{source.model}: {error.message}. Nothing was kept."
            ) from error
        except KeyboardInterrupt as error:
            raise CommandError(
                "Stopped; nothing was kept.", returncode=INTERRUPTED
            ) from error

    def _tell(self, kept: list[Evaluation], *, labels: str, only_json: bool) -> None:
        before = [row for one in kept for row in records.earlier(one)]
        if not only_json:
            self._write_tables([*kept, *before])
        data = {
            "labels": labels,
            "digest": kept[0].digest,
            "evaluations": [records.as_json(one) for one in kept],
            "earlier": [records.as_json(one) for one in before],
        }
        self.stdout.write(json.dumps(data))

    def _write_tables(self, rows: list[Evaluation]) -> None:
        for line in text_table.lines(BY_FIELD, _field_rows(rows)):
            self.stdout.write(line)
        self.stdout.write("")
        for line in text_table.lines(BY_MODEL, map(_model_row, rows)):
            self.stdout.write(line)


def _prompt(version: int | None) -> Prompt:
    if version is None:
        return prompts.current()
    told = prompts.use(version)
    if told is None:
        raise CommandError(f"--prompt: there is no version {version}")
    return told


def _field_rows(rows: Sequence[Evaluation]) -> Iterator[tuple[str, ...]]:
    """The models of one field below each other, the baseline first."""
    for field in FIELDS:
        for row in rows:
            of_field = row.figures["fields"].get(field)
            if of_field:
                names = ("precision", "recall", "f1", "hallucination_rate")
                shares = (_percent(of_field[name]) for name in names)
                yield field, *_names(row), str(of_field["labels"]), *shares


def _model_row(row: Evaluation) -> tuple[str, ...]:
    return (
        *_names(row),
        str(row.postings),
        str(row.calls),
        str(row.failed),
        _percent(row.figures["hallucination_rate"]),
        usd(row.cost_microusd) or "?",
        f"{row.seconds:.1f} s",
    )


def _names(row: Evaluation) -> tuple[str, str]:
    """The model, and the versions of prompt and schema."""
    return row.model, f"p{row.prompt_version} s{row.schema_version}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
