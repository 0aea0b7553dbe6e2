"""Logs for programs to read: one JSON object a line."""

from __future__ import annotations

import time

from pythonjsonlogger.json import JsonFormatter

from enrichment.redaction import Hiding


class JsonLine(Hiding, JsonFormatter):
    """`time`, `level`, `logger`, `message`, and what the line is about where it says so.

    `run`, `batch` and `posting` are ids, `kind` is one of the closed list of error kinds, and
    `exc_info` holds a traceback.
    """

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(message)s %(process)d",
            rename_fields={
                "asctime": "time",
                "levelname": "level",
                "name": "logger",
            },
            json_ensure_ascii=False,
        )
        self.default_time_format = "%Y-%m-%dT%H:%M:%S"
        self.default_msec_format = "%s.%03dZ"
        # Machines in several time zones write to one place.
        self.converter = _utc


def _utc(seconds: float | None) -> time.struct_time:
    return time.gmtime(seconds)
