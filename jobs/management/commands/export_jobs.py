"""`manage.py export_jobs --format FORMAT --out FILE [NAME=VALUE...]`: a list as a file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from django.http import QueryDict
from tqdm import tqdm

from jobs import filters
from jobs.exporting import formats, walking, workbook
from jobs.exporting.walking import Pages
from jobs.filters import Filters

INTERRUPTED = 130
STDOUT = "-"
# Part of an address that filters nothing by itself.
BESIDE = frozenset({"currency", "order"})


class Command(BaseCommand):
    help = (
        "Export postings with their facts. The file appears under its name when it is "
        "complete; until then what stood there stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "filters",
            nargs="*",
            metavar="NAME=VALUE",
            help="as in the address of the jobs page: state=enriched skill=python",
        )
        names = [*formats.STREAMED, workbook.EXTENSION]
        parser.add_argument("--format", required=True, choices=names)
        parser.add_argument(
            "--out",
            required=True,
            metavar="FILE",
            help="a path, or - for standard output",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = _read(options["filters"])
        out: str = options["out"]
        self._count = 0
        try:
            if out == STDOUT:
                self._write(chosen, options["format"], sys.stdout.buffer)
            else:
                self._write_whole(chosen, options["format"], Path(out))
        except DatabaseError as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise CommandError(
                f"The database failed: {reason}. {_kept(out)}"
            ) from error
        except OSError as error:
            problem = error.strerror or str(error)
            raise CommandError(f"{out}: {problem}. {_kept(out)}") from error
        except KeyboardInterrupt as error:
            message = f"Interrupted. {_kept(out)}"
            raise CommandError(message, returncode=INTERRUPTED) from error
        self.stderr.write(f"{self._count} postings exported")

    def _write_whole(self, chosen: Filters, format_name: str, path: Path) -> None:
        """Beside its place first, and moved there at the end."""
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            try:
                self._write(chosen, format_name, cast("BinaryIO", file))
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).chmod(_mode(path))
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise

    def _write(self, chosen: Filters, format_name: str, file: BinaryIO) -> None:
        if format_name == workbook.EXTENSION:
            most = workbook.MOST_ROWS
            ids = walking.ids(chosen, most=most + 1)
            if len(ids) > most:
                raise CommandError(
                    f"More than {most:,} postings, which is what a sheet holds: filter "
                    "them further, or take --format csv."
                )
            workbook.write(self._counted(walking.pages_of(ids)), file)
            return
        written = formats.STREAMED[format_name]
        for chunk in formats.chunks(written, self._counted(walking.pages(chosen))):
            file.write(chunk)

    def _counted(self, pages: Pages) -> Iterator[list[Any]]:
        with tqdm(unit="job", file=sys.stderr, disable=None, leave=False) as bar:
            for page in pages:
                self._count += len(page)
                bar.update(len(page))
                yield page


def _read(given: list[str]) -> Filters:
    """
    Raises:
        CommandError: a filter that would filter nothing.
    """
    data = QueryDict(mutable=True)
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or name not in filters.TITLES.keys() | BESIDE:
            known = ", ".join([*filters.TITLES, *sorted(BESIDE)])
            raise CommandError(f"{text!r}: expected NAME=VALUE; the names are {known}")
        data.appendlist(name, value)
    chosen = filters.read(data)
    for name in data.keys() - BESIDE:
        kept = [one for one, _value in chosen.pairs if one == name]
        if len(kept) < len(data.getlist(name)):
            values = ", ".join(map(repr, data.getlist(name)))
            raise CommandError(f"{name}: no posting can have all of this: {values}")
    return chosen


def _kept(out: str) -> str:
    if out == STDOUT:
        return "What was written is incomplete."
    return f"Nothing was written to {out}."


def _mode(path: Path) -> int:
    """As the file that it replaces has, or a new one would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
