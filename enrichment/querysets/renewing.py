"""What an older prompt or schema read: found along an index, asked again, never lost.

While such a posting waits, and where it is asked in vain, it keeps the facts it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Now

if TYPE_CHECKING:
    # Named in strings below, where the linter does not look.
    from enrichment.models import Enrichment  # noqa: F401


@dataclass(frozen=True, kw_only=True)
class Versions:
    """What facts were read by."""

    prompt: int
    schema: int


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What is stored of an answer that a person puts back."""

    facts: dict[str, Any]
    call_id: int
    content_hash: str
    prompt_version: int
    schema_version: int
    grounding: dict[str, Any] | None
    values_checked: int
    not_found: int
    terms_version: int


class RenewingQuerySet(models.QuerySet["Enrichment"]):
    """Of enrichments; `EnrichmentQuerySet` is one, and has the other arrows."""

    if TYPE_CHECKING:

        def outdated(self) -> Self: ...
        def requeue(self) -> int: ...
        def _move(self, *, status: str, **also: Any) -> int: ...

    def unasked(self, batch_ids: Sequence[int], *, versions: Versions) -> Self:
        """What a run that renews had in these batches, and was stopped before it asked."""
        rows = self.filter(batch_id__in=batch_ids, status="enriched", tries=0)
        return rows.stale(versions)

    def stale(self, versions: Versions) -> Self:
        """Read by another prompt or schema than these; not those of which it isn't known."""
        return self.filter(status="enriched", prompt_version__gt=0).exclude(
            prompt_version=versions.prompt, schema_version=versions.schema
        )

    def known_versions(self) -> list[Versions]:
        """Of enriched ones, by a step along the index to each, however many have it."""
        rows = self.filter(status="enriched").order_by()
        return [
            Versions(prompt=prompt, schema=schema)
            for prompt in _values(rows, "prompt_version", above=0)
            for schema in _values(
                rows.filter(prompt_version=prompt), "schema_version", above=-1
            )
        ]

    def next_stale(self, count: int, *, versions: Versions, after: int) -> list[int]:
        """Ids of the next stale ones beyond an id, locked in the order of everybody.

        In place of those that somebody else took just before come the ones behind them.
        """
        stale = [known for known in self.known_versions() if known != versions]
        found: list[int] = []
        while (missing := count - len(found)) > 0:
            ids: list[int] = []
            for known in stale:
                rows = self.of_versions(known).filter(posting_id__gt=after)
                turn = rows.order_by("posting_id").values_list("pk", flat=True)
                ids += turn[:missing]
            ids = sorted(ids)[:missing]
            rows = self.filter(pk__in=ids).stale(versions)
            locked = rows.order_by("pk").select_for_update(no_key=True, of=("self",))
            found += locked.values_list("pk", flat=True)
            if len(ids) < missing:
                break
            after = ids[-1]
        return found

    def of_versions(self, versions: Versions) -> Self:
        return self.filter(
            status="enriched",
            prompt_version=versions.prompt,
            schema_version=versions.schema,
        )

    def restore(self, answer: Restored, *, seen: Any) -> int:
        """enriched, failed -> enriched by an earlier answer, only of what the person saw."""
        return self.filter(
            status__in=["enriched", "failed"],
            edit_number=seen.edit_number,
            call_id=seen.call_id,
            posting__content_hash=answer.content_hash,
        ).update(
            **asdict(answer),
            status="enriched",
            tries=0,
            error_kind="",
            error_message="",
            retry_at=None,
            finished_at=Now(),
            updated_at=Now(),
        )

    def keep_facts(self, batch_ids: Sequence[int]) -> int:
        """queued, running -> enriched as before, where the run only renews.

        Those whose text has changed meanwhile are pending.
        """
        rows = self.filter(batch_id__in=batch_ids)
        live = rows.filter(status__in=["queued", "running"])
        kept = live._move(status="enriched", finished_at=self._answered_at)
        rows.outdated().requeue()
        return kept

    def fail_to_renew(self, batch_id: int) -> int:
        """running -> enriched as before; that it was asked in vain is counted."""
        return self.filter(batch_id=batch_id, status="running").update(
            status="enriched",
            tries=F("tries") + 1,
            finished_at=self._answered_at,
            updated_at=Now(),
        )

    @property
    def _answered_at(self) -> Any:
        """When the facts came, as it stood there before."""
        calls: Any = self.model._meta.get_field("call").related_model
        answer = calls.objects.filter(pk=OuterRef("call_id")).values("finished_at")
        return Coalesce(Subquery(answer), Now())


def _values(rows: RenewingQuerySet, column: str, *, above: int) -> Iterator[int]:
    """Each value of a column, from the lowest on, found by an index and never counted."""
    value: int | None = above
    while value is not None:
        greater = rows.filter(**{f"{column}__gt": value}).order_by(column)
        value = greater.values_list(column, flat=True).first()
        if value is not None:
            yield value
