"""The readers' tests share two ways to read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

import pytest

from jobs.importing.rows import BrokenFileError, Row

Reader = Callable[[BinaryIO], Iterator[Row]]


def read(reader: Reader, data: str | bytes) -> list[Row]:
    raw = data.encode() if isinstance(data, str) else data
    return list(reader(io.BytesIO(raw)))


def refusal(reader: Reader, data: str | bytes) -> str:
    """Why a reader refuses the file `F`, with the place."""
    with pytest.raises(BrokenFileError) as caught:
        read(reader, data)
    return caught.value.located("F")
