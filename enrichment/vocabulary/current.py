"""The vocabulary at hand in this process: read once, and again when its mark has changed.

A page looks at the mark once for each request; who writes terms reads it in the statement
that reads the facts.
"""

from __future__ import annotations

from typing import Any

from enrichment.models.vocabulary import Alias, VocabularyState
from enrichment.vocabulary.lookup import Vocabulary, collected
from enrichment.vocabulary.seeds import builtin

MARK = f"(SELECT max(mark) FROM {VocabularyState._meta.db_table})"  # noqa: S608

_known: Vocabulary | None = None
_is_fresh = False


def current() -> Vocabulary:
    """As it was when this request, or this process, first asked for it."""
    if _known is not None and _is_fresh:
        return _known
    state = VocabularyState.objects.first()
    return at(state.mark if state else None)


def at(mark: str | None) -> Vocabulary:
    """The one of this mark; where there is none yet, the one that the product brings along."""
    global _known, _is_fresh
    known = _known
    if known is None or known.mark != (mark or ""):
        known = _read(mark) if mark else builtin()
        _known = known
    _is_fresh = True
    return known


def expire(**_signal: Any) -> None:
    """Look at the mark again, at the next question."""
    global _is_fresh
    _is_fresh = False


def _read(mark: str) -> Vocabulary:
    rows = Alias.objects.order_by("pk")
    return collected(mark, rows.values_list("kind", "concept__name", "folded"))
