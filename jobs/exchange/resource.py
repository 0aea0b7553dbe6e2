"""What django-import-export calls a resource: postings, read and stored as imports do."""

from __future__ import annotations

from copy import copy
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from import_export import resources
from import_export.results import Result, RowResult

from jobs.exchange import columns
from jobs.importing.fields import FIELDS, PostingFields, RowRejectedError, read_fields
from jobs.importing.rows import Row
from jobs.importing.upsert import (
    CHANGEABLE,
    Counts,
    Key,
    Plan,
    make_plan,
    stored_postings,
    write_chunk,
)
from jobs.models import JobPosting

if TYPE_CHECKING:
    ResourceBase = object
else:
    ResourceBase = resources.ModelResource

CHUNK_ROWS = 1000
SHOWN_NOTES = 100


class PostingResource(ResourceBase):
    """Imports by the rules of `manage.py import_jobs`: the same rows come out the same."""

    class Meta:
        model = JobPosting
        fields = FIELDS

    def import_data(self, dataset: Any, *, dry_run: bool, **_options: Any) -> Result:
        """What becomes of each row; stored only where every one of them is valid."""
        rows = [row for (row,) in dataset if not row.skipped]
        read = [(row.number, _read(row)) for row in rows]
        result = Result()
        result.total_rows = len(read)
        result.counts = Counts()
        result.left_out = _left_out([row for (row,) in dataset])
        good = [fields for _, fields in read if isinstance(fields, PostingFields)]
        for number, fields in read:
            if isinstance(fields, ValidationError):
                result.append_invalid_row(number, {}, fields)
        if dry_run:
            _preview(good, result)
        elif not result.has_validation_errors():
            with transaction.atomic():
                for start in range(0, len(good), CHUNK_ROWS):
                    result.counts += write_chunk(good[start : start + CHUNK_ROWS])
        return result

    def get_user_visible_fields(self) -> list[Any]:
        return [self.fields[name] for name in FIELDS]  # type: ignore[attr-defined]

    def get_export_order(self) -> tuple[str, ...]:
        return columns.COLUMNS


def _read(row: Row) -> PostingFields | ValidationError:
    if row.problem:
        return ValidationError(str(row.problem))
    try:
        return read_fields(row.values, given=row.given)
    except RowRejectedError as error:
        return ValidationError(str(error.reason))


def _left_out(rows: list[Row]) -> list[str]:
    """Values that can't be read, and records that are no postings: a person should know."""
    notes = (
        _("Row %(number)d: %(what)s") % {"number": row.number, "what": what}
        for row in rows
        for what in ([f"skipped, {row.skipped}"] if row.skipped else row.notes)
    )
    return list(islice(notes, SHOWN_NOTES))


def _preview(good: list[PostingFields], result: Result) -> None:
    stored = _stored(good)
    for fields in good:
        row_result = _imagine(fields, stored)
        result.increment_row_result_total(row_result)
        result.append_row_result(row_result)


def _stored(good: list[PostingFields]) -> dict[Key, JobPosting]:
    found: dict[Key, JobPosting] = {}
    for start in range(0, len(good), CHUNK_ROWS):
        keys = (fields.key for fields in good[start : start + CHUNK_ROWS])
        found |= stored_postings(keys)
    return found


def _imagine(fields: PostingFields, stored: dict[Key, JobPosting]) -> RowResult:
    """What storing it would do, after the rows before it: those leave their mark on `stored`."""
    before = copy(stored.get(fields.key))
    plan = make_plan([fields], stored)
    result = RowResult()
    result.import_type = _type_of(plan)
    result.instance = plan.postings[fields.key]
    result.changed = [
        name
        for name in CHANGEABLE
        if before and getattr(before, name) != getattr(result.instance, name)
    ]
    return result


def _type_of(plan: Plan) -> str:
    if plan.new:
        name: str = RowResult.IMPORT_TYPE_NEW
    elif plan.updated:
        name = RowResult.IMPORT_TYPE_UPDATE
    else:
        name = RowResult.IMPORT_TYPE_SKIP
    return name
