"""Ports of this machine's loopback: is one free, does something answer there?"""

from __future__ import annotations

import errno
import http.client
import socket

HOST = "127.0.0.1"
# A supervisor that asks does nothing else meanwhile.
ASK_SECONDS = 2.0


def refusal(port: int) -> str:
    """Why a server can't listen there; empty when it can."""
    with socket.socket() as probe:
        # As servers do: what a server that has just ended left behind is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return "in use by another program"
            return (error.strerror or str(error)).lower()
    return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int, path: str = "/") -> bool:
    """Whether an HTTP server answers there, without an error of its own."""
    connection = http.client.HTTPConnection(HOST, port, timeout=ASK_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
