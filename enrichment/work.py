"""The work of one batch: its postings, those with one text together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from enrichment.llm.posting import PostingText
from enrichment.models import Enrichment


@dataclass(frozen=True, kw_only=True)
class Work:
    """One text, for all postings of the batch that have it: they share the answer."""

    posting_ids: tuple[int, ...]
    text: PostingText
    content_hash: str

    @property
    def name(self) -> str:
        """For log lines; a text that belongs to no posting is named by its hash."""
        if self.posting_ids:
            return str(self.posting_ids[0])
        return f"text {self.content_hash[:8]}"


def load(batch_id: int) -> list[Work]:
    """What the caller has claimed, most urgent first."""
    rows = (
        Enrichment.objects.filter(batch_id=batch_id, status="running")
        .order_by("-priority", "pk")
        .values_list(
            "pk",
            "posting__title",
            "posting__company",
            "posting__location",
            "posting__description",
            "posting__content_hash",
        )
    )
    ids: defaultdict[PostingText, list[int]] = defaultdict(list)
    for pk, title, company, location, description, content_hash in rows:
        text = PostingText(
            title=title, company=company, location=location, description=description
        )
        ids[text].append(pk)
        if content_hash != text.content_hash:
            _mend_hash(pk, wrong=content_hash, right=text.content_hash)
    return [
        Work(posting_ids=tuple(pks), text=text, content_hash=text.content_hash)
        for text, pks in ids.items()
    ]


def _mend_hash(posting_id: int, *, wrong: str, right: str) -> None:
    """Set the hash of a posting whose text was stored past the models.

    Else each answer would seem to be to another text, and the posting pending for ever.
    """
    postings: Any = Enrichment._meta.get_field("posting").related_model
    rows = postings.objects.filter(pk=posting_id, content_hash=wrong)
    rows.update(content_hash=right)
