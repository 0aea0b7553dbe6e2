"""Bytes to text, strictly: bounded lines of UTF-8, or where the file stops being that."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from jobs.importing.rows import MAX_ROW_BYTES, MAX_ROW_TEXT, BrokenFileError

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# How files begin that are no text, whatever their names say; none of them is unpacked.
OTHER_KINDS = {
    b"PK\x03\x04": "a zip archive, as .xlsx files are; save it as CSV or JSON",
    b"\x1f\x8b": "packed by gzip; unpack it first",
    b"BZh": "packed by bzip2; unpack it first",
    b"\xfd7zXZ": "packed by xz; unpack it first",
    b"\xd0\xcf\x11\xe0": "an old Excel file; save it as CSV",
    b"%PDF": "a PDF",
}


def read_lines(file: BinaryIO) -> Iterator[str]:
    """The file's lines with their ends, without a byte order mark.

    Raises:
        BrokenFileError: not UTF-8, a NUL byte, or a line over 5 MB.
    """
    number = 0
    while raw := file.readline(MAX_ROW_BYTES + 1):
        number += 1
        if len(raw) > MAX_ROW_BYTES:
            raise BrokenFileError(f"the line is over {MAX_ROW_TEXT}", line=number)
        if number == 1:
            raw = without_mark(raw)
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            before = raw[: error.start].decode()
            raise BrokenFileError(
                not_utf8(error), line=number, column=len(before) + 1
            ) from error
        if "\0" in text:
            raise BrokenFileError(nul_byte(), line=number, column=text.index("\0") + 1)
        yield text


def without_mark(start: bytes) -> bytes:
    """The start of a file without UTF-8's mark; UTF-16 and archives are refused by name."""
    if start.startswith(UTF16_MARKS):
        raise BrokenFileError("the file is UTF-16; save it as UTF-8", line=1, column=1)
    for beginning, kind in OTHER_KINDS.items():
        if start.startswith(beginning):
            raise BrokenFileError(f"the file is {kind}", line=1, column=1)
    return start.removeprefix(codecs.BOM_UTF8)


def not_utf8(error: UnicodeDecodeError) -> str:
    if error.reason == "unexpected end of data":
        return "not UTF-8, or the file ends in the middle of a character"
    byte = error.object[error.start]
    return f"not UTF-8 (byte 0x{byte:02x}); save the file as UTF-8"


def nul_byte() -> str:
    return "a NUL byte; this is not a text file"
