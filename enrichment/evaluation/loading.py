"""Labelled postings from two files: what the model reads, and what is right about it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from enrichment.evaluation import own_format, public_format, reading
from enrichment.evaluation.labels import Label, Labelled
from enrichment.evaluation.reading import BadFileError, FieldError, Row
from enrichment.llm.posting import PostingText

Key = tuple[str, str]
Reader = Callable[[Mapping[str, Any], PostingText], list[Label]]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """`digest` (64 hex digits) is of these postings with these labels, and of no others."""

    postings: list[Labelled]
    digest: str


def load(postings_path: str, gold_path: str, *, limit: int | None = None) -> Loaded:
    """The first `limit` labelled postings, in the order of the labels.

    Raises:
        BadFileError: a file is no use as a whole; a line too many is one reason.
    """
    texts = _texts(postings_path)
    labelled: list[Labelled] = []
    digest = hashlib.sha256()
    seen: set[Key] = set()
    reader: Reader | None = None
    for row in reading.rows(gold_path):
        reader = reader or _reader(row)
        if row.key in seen:
            row.refuse("external_id", "labelled before")
        if row.key not in texts:
            row.refuse("external_id", "no posting has this source and id")
        seen.add(row.key)
        text = texts[row.key]
        found = _labels(row, text, reader)
        # All of the file is checked, however few are asked for.
        if limit is None or len(labelled) < limit:
            labelled.append(Labelled(text=text, labels=tuple(found)))
            digest.update(f"{text.content_hash}{sorted(row.values.items())}".encode())
    if not labelled:
        raise BadFileError(f"{gold_path}: no labels")
    return Loaded(postings=labelled, digest=digest.hexdigest())


def _texts(path: str) -> dict[Key, PostingText]:
    found: dict[Key, PostingText] = {}
    for row in reading.rows(path):
        if row.key in found:
            row.refuse("external_id", "an earlier line has the same source and id")
        found[row.key] = PostingText(
            title=row.text("title"),
            company=row.text("company", default=""),
            location=row.text("location", default=""),
            description=row.text("description"),
        )
    return found


def _reader(row: Row) -> Reader:
    """Which format it is, by its first line's shape."""
    if own_format.SIGN in row.values:
        return own_format.read
    if public_format.FIELDS & row.values.keys():
        return public_format.read
    return row.refuse(own_format.SIGN, "missing, and no label of another format either")


def _labels(row: Row, text: PostingText, reader: Reader) -> list[Label]:
    if (reader is own_format.read) != (own_format.SIGN in row.values):
        row.refuse(own_format.SIGN, "the file's first line is of another format")
    try:
        return reader(row.values, text)
    except FieldError as error:
        return row.refuse(error.field, error.reason)
