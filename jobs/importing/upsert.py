"""A chunk of rows into the database: created, updated, or left as it is.

One short transaction and a handful of statements a chunk, whatever its size. Rows count in
their order: a second row with the same key is an update of the first, in one chunk or not.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from django.db import IntegrityError, OperationalError, connection, transaction

from enrichment import term_counts, terms
from enrichment.models import Enrichment
from jobs.importing.fields import PostingFields
from jobs.models import JobPosting

Key = tuple[str, str]
# What a row may change, in the order of a remembered state.
CHANGEABLE = (
    *("title", "company", "location", "description", "description_html"),
    *("url", "posted_at", "priority", "given"),
)
TRIES = 3
# The number of an advisory lock; any that nothing else in the database uses.
IMPORT_LOCK = 7_052_511
DIGEST_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What became of rows; they add up to the rows that were read."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            created=self.created + other.created,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
            rejected=self.rejected + other.rejected,
        )

    def __str__(self) -> str:
        return (
            f"{self.created} created, {self.updated} updated, "
            f"{self.unchanged} unchanged, {self.rejected} rejected"
        )


@dataclass(kw_only=True)
class Plan:
    """What a chunk comes down to, with the postings as they will be."""

    postings: dict[Key, JobPosting] = field(default_factory=dict)
    # In the order of the file, which is the order of enrichment.
    new: dict[Key, None] = field(default_factory=dict)
    changed: set[Key] = field(default_factory=set)
    # Of those, where the employer's own facts change.
    given_anew: set[Key] = field(default_factory=set)
    updated: int = 0
    unchanged: int = 0

    @property
    def counts(self) -> Counts:
        return Counts(
            created=len(self.new), updated=self.updated, unchanged=self.unchanged
        )


def write_chunk(chunk: Sequence[PostingFields]) -> Counts:
    """Store a chunk, all of it or nothing.

    Somebody who saves the same posting at the same moment shows as a broken constraint or a
    deadlock; the next try then finds what was stored.
    """
    for _try in range(TRIES - 1):
        try:
            return _write(chunk)
        except (IntegrityError, OperationalError):
            continue
    return _write(chunk)


def imagine_chunk(
    chunk: Sequence[PostingFields], states: Mapping[Key, bytes]
) -> tuple[Counts, dict[Key, bytes]]:
    """What `write_chunk` would do, after earlier chunks that left `states`.

    Returns:
        The counts, and the states that this chunk leaves.
    """
    postings = stored_postings(f.key for f in chunk if f.key not in states)
    for key, state in states.items():
        postings[key] = _from_state(key, state)
    plan = make_plan(chunk, postings)
    return plan.counts, {key: _state(p) for key, p in plan.postings.items()}


def make_plan(chunk: Sequence[PostingFields], stored: dict[Key, JobPosting]) -> Plan:
    """Apply the rows in their order to what is stored."""
    plan = Plan(postings=stored)
    for fields in chunk:
        posting = plan.postings.get(fields.key)
        if posting is None:
            plan.postings[fields.key] = JobPosting(
                source=fields.source, external_id=fields.external_id, **fields.values
            )
            plan.new[fields.key] = None
        elif different := _apply(fields, posting):
            plan.updated += 1
            if fields.key not in plan.new:
                plan.changed.add(fields.key)
                if "given" in different:
                    plan.given_anew.add(fields.key)
        else:
            plan.unchanged += 1
    return plan


def stored_postings(
    keys: Iterable[Key], *, lock: bool = False
) -> dict[Key, JobPosting]:
    """Those of the keys that exist. One statement for each source."""
    by_source: defaultdict[str, set[str]] = defaultdict(set)
    for source, external_id in keys:
        by_source[source].add(external_id)
    postings = JobPosting.objects.order_by("pk")
    if lock:
        # Always in the order of ids, so that two imports don't wait for each other.
        postings = postings.select_for_update(no_key=True)
    return {
        (source, posting.external_id): posting
        for source, ids in sorted(by_source.items())
        for posting in postings.filter(source=source, external_id__in=ids)
    }


def _write(chunk: Sequence[PostingFields]) -> Counts:
    with transaction.atomic():
        _wait_for_other_imports()
        plan = make_plan(chunk, stored_postings(fields.key for fields in chunk))
        if plan.changed:
            # Read again, locked: what the file doesn't mention may be changing just now.
            fresh = {
                key: posting
                for key, posting in plan.postings.items()
                if key not in plan.changed and key not in plan.new
            }
            plan = make_plan(chunk, fresh | stored_postings(plan.changed, lock=True))
        JobPosting.objects.bulk_create([plan.postings[key] for key in plan.new])
        _update([plan.postings[key] for key in plan.changed])
        _compare([plan.postings[key].pk for key in plan.given_anew])
    return plan.counts


def _wait_for_other_imports() -> None:
    """One import at a time writes, until its transaction ends.

    Else imports of the same new postings in different orders refuse each other's rows for
    longer than a few tries. SQLite's transactions are one at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _update(postings: list[JobPosting]) -> None:
    """Write all changed postings at once, by their key.

    INSERT ... ON CONFLICT DO UPDATE: the values go over as rows, where `bulk_update` makes
    a CASE of a thousand branches for each column.
    """
    if not postings:
        return
    for posting in postings:
        posting.pk = None
        posting._state.adding = True
    JobPosting.objects.bulk_create(
        postings,
        update_conflicts=True,
        unique_fields=["source", "external_id"],
        update_fields=[*CHANGEABLE, "content_hash", "updated_at"],
    )
    Enrichment.objects.adopt_postings(postings)
    Enrichment.objects.posting_changed(postings)


def _compare(ids: list[int]) -> None:
    """What enriched postings are found by says where their employers differ from it."""
    if not ids:
        return
    # Their rows are locked by now, by `posting_changed`.
    rows = Enrichment.objects.filter(pk__in=ids, facts__isnull=False)
    terms.refresh(list(rows.values_list("pk", flat=True)))
    term_counts.changed()


def _apply(fields: PostingFields, posting: JobPosting) -> set[str]:
    """Set what the row gives; the names of what was not so already."""
    different = {
        name: value
        for name, value in fields.values.items()
        if not _equal(getattr(posting, name), value)
    }
    for name, value in different.items():
        setattr(posting, name, value)
    return set(different)


def _equal(stored: object, given: object) -> bool:
    if isinstance(stored, bytes):
        return stored == _digest(given)
    return stored == given


# --- States: what a dry run remembers of a posting instead of storing it ----------------
def _state(posting: JobPosting) -> bytes:
    return b"".join(_digest(getattr(posting, name)) for name in CHANGEABLE)


def _from_state(key: Key, state: bytes) -> JobPosting:
    posting = JobPosting(source=key[0], external_id=key[1])
    for index, name in enumerate(CHANGEABLE):
        start = index * DIGEST_BYTES
        setattr(posting, name, state[start : start + DIGEST_BYTES])
    return posting


def _digest(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, dict):  # a database may keep its names in another order
        value = json.dumps(value, sort_keys=True)
    return blake2b(str(value).encode(), digest_size=DIGEST_BYTES).digest()
