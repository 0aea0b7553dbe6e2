"""What an answer brings to a posting: its facts, and what was found on checking them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from enrichment import bulk
from enrichment.llm.schema import SCHEMA_VERSION
from enrichment.querysets.renewing import RenewingQuerySet

# What an answer brings, and what the check of its facts, with the types.
_ANSWER_COLUMNS = {"facts": "jsonb", "call_id": "bigint", "content_hash": "text"}
_CHECK_COLUMNS = {
    "grounding": "jsonb",
    "values_checked": "smallint",
    "not_found": "smallint",
}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What is stored of a check of facts against their text; `grounding` is JSON, as text.

    Of facts that stay unchecked as it is: nothing of them is withheld.
    """

    grounding: str | None = None
    values_checked: int = 0
    not_found: int = 0


UNCHECKED = Checked()


@dataclass(frozen=True, kw_only=True)
class Result:
    """What is stored of an enriched posting; `facts` is JSON, as text."""

    posting_id: int
    facts: str
    call_id: int | None
    content_hash: str
    checked: Checked = UNCHECKED


class AnsweredQuerySet(RenewingQuerySet):
    """Of enrichments; `EnrichmentQuerySet` is one, and has the other arrows."""

    def succeed(
        self, batch_id: int, results: Sequence[Result], *, terms_version: int = 0
    ) -> dict[int, int]:
        """running -> enriched, only in the batch that the caller holds.

        Args:
            results: of different postings.
            terms_version: of the terms that the caller writes; 0 = it is for later.

        Returns:
            Whose that were, with the version of the prompt that was answered; 0 = unknown.
        """
        won = bulk.update_each(
            self.model._meta.db_table,
            [
                (r.posting_id, r.facts, r.call_id, r.content_hash, *astuple(r.checked))
                for r in results
            ],
            key="posting_id",
            columns={**_ANSWER_COLUMNS, **_CHECK_COLUMNS},
            also="status = 'enriched', tries = 0, error_kind = '', error_message = '',"
            f" retry_at = NULL, finished_at = {bulk.now()}, updated_at = {bulk.now()},"
            f" terms_version = {terms_version:d}, {self._asked('prompt', 'given.new_call_id')},"
            # The answer may have been to an older schema: it was read by this one.
            f" schema_version = {SCHEMA_VERSION:d}",
            condition="t.batch_id = %s AND t.status = 'running'",
            condition_values=[batch_id],
            returning=["prompt_version"],
        )
        return dict(won)

    def keep_checks(self, checks: Mapping[int, Checked]) -> dict[int, int]:
        """Of facts that were there before; the caller has locked them. Returns as `succeed`."""
        won = bulk.update_each(
            self.model._meta.db_table,
            [(pk, *astuple(check)) for pk, check in checks.items()],
            key="posting_id",
            columns=_CHECK_COLUMNS,
            also=f"{self._asked('prompt', 't.call_id')},"
            f" {self._asked('schema', 't.call_id', unless='t.schema_version > 0')}",
            condition="t.facts IS NOT NULL",
            returning=["prompt_version"],
        )
        return dict(won)

    def _asked(self, what: str, call_id: str, *, unless: str = "FALSE") -> str:
        """SQL: the version of prompt or schema becomes the one that a call was asked with."""
        calls: Any = self.model._meta.get_field("call").related_model
        column = f"{what}_version"
        return (
            f"{column} = CASE WHEN {unless} THEN t.{column} ELSE coalesce((SELECT"  # noqa: S608
            f" asked.{column} FROM {calls._meta.db_table} asked"
            f" WHERE asked.id = CAST({call_id} AS bigint)), 0) END"
        )
