"""`manage.py import_jobs FILE...`: postings from files of any of the formats there are."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from tqdm import tqdm

from jobs.importing.file_import import FileChangedError, FileImport
from jobs.importing.files import READERS, open_source, printable
from jobs.importing.rows import BrokenFileError
from jobs.importing.upsert import Counts

INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Import job postings from files. The same source and external_id again is an "
        "update. A broken file is refused as a whole; a row that can't be a posting is "
        "rejected by number and reason, and the others still come in. Formats: csv, json and "
        "jsonl with title, description and the like; jsonld, schema.org JobPosting; html, a "
        "page with those in it; greenhouse, lever and ashby, what the job-board APIs answer. "
        "The file's name says whether it is JSON, CSV or HTML; which JSON it is, each object "
        "says by its shape."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="a path, or - for standard input"
        )
        parser.add_argument(
            "--format",
            choices=list(READERS),
            help="what the files are, whatever their names end in",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tell what would happen, and change nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._bar: tqdm[Any] | None = None
        self._stage = ""
        self._total = Counts()
        self._refused: list[str] = []
        self._dry_run: bool = options["dry_run"]
        files: list[str] = options["files"]
        try:
            for path in files:
                self._import(path, options["format"], alone=len(files) == 1)
        finally:
            self._close_bar()
            if self._dry_run:
                self.stdout.write("Dry run: nothing was changed.")
            self.stdout.write(str(self._total))
            self.stdout.flush()
        if self._refused:
            raise CommandError(self._refusal(len(files)))

    def _refusal(self, files: int) -> str:
        if files == 1:
            return "The file was refused, and nothing of it was imported."
        return (
            f"{len(self._refused)} of {files} files were refused, and nothing of them was "
            f"imported: {', '.join(self._refused)}"
        )

    def _import(self, path: str, format_name: str | None, *, alone: bool) -> None:
        name = printable(path)
        running: FileImport | None = None
        try:
            with open_source(path, format_name=format_name) as source:
                running = FileImport(source, report=self, dry_run=self._dry_run)
                running.run()
        except BrokenFileError as error:
            self.notice(error.located(name))
            self._refused.append(name)
        except FileChangedError as error:
            raise CommandError(f"{error} {self._so_far(running)}") from error
        except DatabaseError as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            message = f"{name}: the database refused: {reason}. "
            raise CommandError(message + self._so_far(running)) from error
        except KeyboardInterrupt as error:
            message = f"{name}: interrupted. {self._so_far(running)}"
            raise CommandError(message, returncode=INTERRUPTED) from error
        finally:
            self._close_bar()
            if running:
                self._total += running.counts
        if not alone and name not in self._refused:
            self.stdout.write(f"{name}: {running.counts if running else ''}")

    def _so_far(self, running: FileImport | None) -> str:
        counts = running.counts if running else Counts()
        if self._dry_run or not counts.created + counts.updated:
            return "Nothing of it was imported."
        return f"Imported before that: {counts}. Run the same command again to complete it."

    def notice(self, text: str) -> None:
        if self._bar is not None:
            self._bar.clear()
        self.stderr.write(text, self.style.WARNING)

    def progress(self, *, stage: str, done: int, size: int) -> None:
        """A bar, on a terminal only."""
        if not self.stderr.isatty():
            return
        if self._bar is None or self._stage != stage:
            self._close_bar()
            self._stage = stage
            self._bar = tqdm(
                desc=stage,
                total=size,
                unit="B",
                unit_scale=True,
                # Not `self.stderr`, which ends each piece with a new line.
                file=sys.stderr,
                leave=False,
            )
        self._bar.update(done - self._bar.n)

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
