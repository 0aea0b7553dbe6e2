"""A stand-in that costs next to nothing: every call gets one answer, rendered beforehand.

`python -m bench.swift_provider --latency 0.05`, for benchmarks whose subject is the worker's
CPU or memory. No limits, no faults, no log; GET /_stats counts. `tests/provider.py` has all
that, for ten times the CPU.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import time
from array import array

from bench.site import TEXT
from enrichment.llm.posting import PostingText
from enrichment.offline import extractor, replies
from enrichment.offline.http import json_reply

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
HEAD_END = b"\r\n\r\n"


class Counts:
    """When calls came (`time.monotonic()`)."""

    def __init__(self) -> None:
        self.starts = array("d")

    def note(self) -> None:
        self.starts.append(time.monotonic())

    def reply(self) -> bytes:
        """How many, and how many in a second between the first tenth and the last."""
        calls = len(self.starts)
        tenth = calls // 10
        middle = self.starts[tenth : calls - tenth]
        span = middle[-1] - middle[0] if middle else 0.0
        rate = (len(middle) - 1) / span if span else 0.0
        return json_reply(200, {"calls": calls, "rate": rate}).encode()


class Connection(asyncio.Protocol):
    def __init__(self, counts: Counts, answer: bytes, latency: float) -> None:
        self._counts = counts
        self._answer = answer
        self._latency = latency
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(HEAD_END)
        if end < 0:
            return
        length = LENGTH.search(self._buffer, 0, end)
        size = end + len(HEAD_END) + (int(length[1]) if length else 0)
        if len(self._buffer) < size:
            return
        is_call = self._buffer.startswith(b"POST")
        self._buffer = self._buffer[size:]
        if not is_call:
            self._transport.write(self._counts.reply())
            return
        self._counts.note()
        loop = asyncio.get_running_loop()
        loop.call_later(self._latency, self._transport.write, self._answer)


def answer() -> bytes:
    """What the offline extractor finds in the benchmarks' posting."""
    posting = PostingText(title="Baker", company="", location="", description=TEXT)
    facts = extractor.extract(posting).model_dump_json()
    return json_reply(200, replies.response(facts, input_chars=len(TEXT))).encode()


async def serve(latency: float) -> None:
    counts, said = Counts(), answer()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(counts, said, latency), "127.0.0.1", 0, backlog=1024
    )
    port = server.sockets[0].getsockname()[1]
    print(f"listening on http://127.0.0.1:{port}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.swift_provider")
    parser.add_argument("--latency", type=float, default=0.0)
    asyncio.run(serve(parser.parse_args().latency))
