"""Files as they are named on the command line: found, opened, and of which format."""

from __future__ import annotations

import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from os import fstat
from pathlib import Path
from typing import BinaryIO, cast

from jobs.importing import shapes
from jobs.importing.csv_file import read_csv
from jobs.importing.html_page import read_html
from jobs.importing.json_file import read_json
from jobs.importing.jsonl import read_jsonl
from jobs.importing.rows import BrokenFileError, Row

STDIN = "-"
Reader = Callable[[BinaryIO], Iterator[Row]]


def _read_shape(file: BinaryIO, *, shape: str = "", reader: Reader) -> Iterator[Row]:
    return shapes.rows(reader(file), shape=shape)


# JSON is told by the shape of its objects; the last ones have no other than their own.
READERS: dict[str, Reader] = {
    "jsonl": partial(_read_shape, reader=read_jsonl),
    "json": partial(_read_shape, reader=read_json),
    "csv": read_csv,
    "html": read_html,
    **{
        shape: partial(_read_shape, shape=shape, reader=read_json)
        for shape in shapes.SHAPES
    },
}
FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".jsonld": "jsonld",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
}
SAY = f"--format {', '.join(list(READERS)[:-1])} or {list(READERS)[-1]}"


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """An open file that can be read twice; its name is safe to print."""

    name: str
    format: str
    file: BinaryIO
    size: int

    def rows(self) -> Iterator[Row]:
        """All rows, from the start.

        Raises:
            BrokenFileError: where the reader finds it so, or the disk fails.
        """
        try:
            self.file.seek(0)
            yield from READERS[self.format](self.file)
        except OSError as error:
            raise BrokenFileError(error.strerror or str(error)) from error


@contextmanager
def open_source(path: str, *, format_name: str | None = None) -> Iterator[SourceFile]:
    """Open a path, or standard input for `-`; a pipe is kept in a temporary file.

    Raises:
        BrokenFileError: it can't be opened, or its format can't be told.
    """
    with ExitStack() as stack:
        try:
            opened = _open(path, stack)
            format_name = format_name or _format_of(path)
            file = _twice_readable(opened, stack)
            size = fstat(file.fileno()).st_size
        except OSError as error:
            raise BrokenFileError(error.strerror or str(error)) from error
        yield SourceFile(name=printable(path), format=format_name, file=file, size=size)


def printable(path: str) -> str:
    """The path for messages; file names may hold bytes that no terminal can show."""
    if path == STDIN:
        return "standard input"
    encoded = path.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in encoded)


def _format_of(path: str) -> str:
    if path == STDIN:
        raise BrokenFileError(f"say which format it has: {SAY}")
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise BrokenFileError(
            f"the name doesn't tell the format (it ends in none of {', '.join(FORMATS)}); "
            f"say it with {SAY}"
        )
    return FORMATS[suffix]


def _open(path: str, stack: ExitStack) -> BinaryIO:
    if path == STDIN:
        if sys.stdin is None:
            raise OSError("it is closed")
        return sys.stdin.buffer
    return stack.enter_context(Path(path).open("rb"))


def _twice_readable(opened: BinaryIO, stack: ExitStack) -> BinaryIO:
    """The file itself, or a temporary copy of a pipe; `stack` closes it."""
    if stat.S_ISREG(fstat(opened.fileno()).st_mode):
        return opened
    spool = cast("BinaryIO", stack.enter_context(tempfile.TemporaryFile()))  # noqa: SIM115
    shutil.copyfileobj(opened, spool, 1024 * 1024)
    spool.flush()
    return spool
