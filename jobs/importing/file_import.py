"""One file into the database in two passes: is it whole, then chunk by chunk.

The first pass reads the file to its end, so that nothing of a broken one is stored. The
second stores chunks in transactions of their own: a million rows in one would hold locks
and memory for minutes.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import Protocol

from django.db import reset_queries

from jobs.importing.fields import FIELDS, PostingFields, RowRejectedError, read_fields
from jobs.importing.files import SourceFile
from jobs.importing.repeats import Repeat, SeenKeys
from jobs.importing.rows import BrokenFileError, Reason, Row
from jobs.importing.upsert import Counts, imagine_chunk, write_chunk

CHUNK_ROWS = 1000
# A thousand rows may hold 5 GB: a chunk also ends at this many characters.
CHUNK_SIZE = 8_000_000
SHOWN_REJECTIONS = 20
SHOWN_NAMES = 20
PROGRESS_ROWS = 500

_KNOWN = frozenset(FIELDS)


class Report(Protocol):
    """Who listens to an import."""

    def notice(self, text: str) -> None:
        """A complete line for people."""

    def progress(self, *, stage: str, done: int, size: int) -> None:
        """Bytes of the file that a stage has passed."""


class FileChangedError(Exception):
    """The file was whole in the first pass and isn't in the second."""


class FileImport:
    """One file's import; `counts` is right at every moment, also after an exception."""

    def __init__(self, source: SourceFile, *, report: Report, dry_run: bool) -> None:
        self.source = source
        self.counts = Counts()
        self._report = report
        self._dry_run = dry_run
        self._chunk: list[tuple[int, PostingFields]] = []
        self._chunk_size = 0
        self._rejections: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self._ignored: dict[str, None] = {}
        self._repeats = 0
        self._first_repeat: Repeat | None = None
        self._shortened = 0
        self._first_shortened = 0

    def run(self) -> None:
        """Both passes.

        Raises:
            BrokenFileError: in the first pass; nothing was stored.
            FileChangedError: in the second; `counts` tells what was stored.
        """
        self._check()
        with closing(SeenKeys()) as seen:
            try:
                self._store(seen)
            except BrokenFileError as error:
                where = error.located(self.source.name)
                raise FileChangedError(
                    f"{where}. The file was changed while it was being imported."
                ) from error
        self._tell()

    def _check(self) -> None:
        row = None
        for row in self.source.rows():
            self._advance("checking", row)
        if row is None:
            self._report.notice(f"{self.source.name}: no rows")

    def _store(self, seen: SeenKeys) -> None:
        for row in self.source.rows():
            self._take(row)
            if len(self._chunk) >= CHUNK_ROWS or self._chunk_size >= CHUNK_SIZE:
                self._flush(seen)
            self._advance("importing", row)
        self._flush(seen)

    def _take(self, row: Row) -> None:
        """Into the chunk, or among the rejected or skipped."""
        if row.skipped:
            self._skipped[row.skipped] += 1
            return
        if len(self._ignored) < SHOWN_NAMES:
            self._ignored |= dict.fromkeys(sorted(row.values.keys() - _KNOWN))
        if row.problem:
            self._reject(row, row.problem)
            return
        try:
            fields = read_fields(row.values, given=row.given)
        except RowRejectedError as error:
            self._reject(row, error.reason)
        else:
            self._note(row)
            self._chunk.append((row.number, fields))
            self._chunk_size += fields.size
            self._shortened += fields.shortened
            if fields.shortened and not self._first_shortened:
                self._first_shortened = row.number

    def _reject(self, row: Row, reason: Reason) -> None:
        if self.counts.rejected < SHOWN_REJECTIONS:
            self._report.notice(f"{self._place(row)}: {reason}")
        else:
            self._rejections[reason.summary] += 1
        self.counts += Counts(rejected=1)

    def _note(self, row: Row) -> None:
        """What is left out of a row that comes in."""
        for note in row.notes:
            if self._notes.total() < SHOWN_REJECTIONS:
                self._report.notice(f"{self._place(row)}: {note}")
            self._notes[note.summary] += 1

    def _place(self, row: Row) -> str:
        line = f" (line {row.line})" if row.line != row.number else ""
        return f"{self.source.name}: row {row.number}{line}"

    def _flush(self, seen: SeenKeys) -> None:
        if not self._chunk:
            return
        chunk = [fields for _number, fields in self._chunk]
        repeats = seen.add([(number, fields.key) for number, fields in self._chunk])
        if self._dry_run:
            counts, states = imagine_chunk(chunk, seen.states(f.key for f in chunk))
            seen.keep_states(states)
        else:
            counts = write_chunk(chunk)
        self.counts += counts
        self._repeats += len(repeats)
        if repeats and self._first_repeat is None:
            self._first_repeat = repeats[0]
        self._chunk, self._chunk_size = [], 0
        # With DEBUG on, Django keeps the last 9,000 statements: gigabytes of postings.
        reset_queries()

    def _advance(self, stage: str, row: Row) -> None:
        if row.number % PROGRESS_ROWS == 0:
            done = self.source.file.tell()
            self._report.progress(stage=stage, done=done, size=self.source.size)

    def _tell(self) -> None:
        """What is said once, at the end of a file."""
        name = self.source.name
        if more := self._rejections.total():
            reasons = ", ".join(f"{n} {s}" for s, n in self._rejections.most_common(20))
            self._report.notice(f"{name}: {more} more rows rejected: {reasons}")
        if (more := self._notes.total() - SHOWN_REJECTIONS) > 0:
            self._report.notice(f"{name}: {more} more values left out")
        if skipped := self._skipped.total():
            kinds = ", ".join(f"{n} {s}" for s, n in self._skipped.most_common(20))
            self._report.notice(f"{name}: {skipped} skipped: {kinds}")
        if first := self._first_repeat:
            self._report.notice(
                f"{name}: {self._repeats} rows have the source and external_id of an "
                f"earlier row, and the last one wins; the first is row {first.row}, "
                f"which repeats row {first.earlier_row}"
            )
        if self._shortened:
            self._report.notice(
                f"{name}: {self._shortened} rows have a longer title, company or location "
                "than fits; it is shortened, and stands in full above the description; "
                f"the first is row {self._first_shortened}"
            )
        if self._ignored:
            ignored = list(self._ignored)[:SHOWN_NAMES]
            names = ", ".join(ascii(field)[1:-1][:60] for field in ignored)
            more_names = ", ..." if len(self._ignored) >= SHOWN_NAMES else ""
            self._report.notice(f"{name}: ignored fields: {names}{more_names}")
