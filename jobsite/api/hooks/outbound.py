"""One POST to an address that somebody else chose: bounded, and never to inside hosts.

The name is resolved once and the connection made to that address, so that a name can't
answer otherwise the second time. Redirects aren't followed, proxies not asked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

# Seconds for each wait, and for all of it.
EACH_WAIT = 5.0
ALL_OF_IT = 15.0
# Of an answer, in bytes.
MOST_READ = 1200
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class OutboundError(Exception):
    """The message could not be sent, or nobody answered."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int
    text: str


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
    """
    Raises:
        OutboundError: refused before sending, or no answer in time.
    """
    target = check(url)
    connection = _Connection(target)
    # Each wait has its limit, but a server may answer a byte at a time.
    timer = threading.Timer(ALL_OF_IT, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        with closing(connection):
            path = target.path or "/"
            if target.query:
                path += f"?{target.query}"
            connection.request("POST", path, body=body, headers=dict(headers))
            response = connection.getresponse()
            return Reply(status=response.status, text=_short(response.read(MOST_READ)))
    except (OSError, http.client.HTTPException, ValueError) as error:
        if connection.was_cut:
            raise OutboundError(f"no answer within {ALL_OF_IT:g} seconds") from error
        raise OutboundError(f"{type(error).__name__}: {error}") from error
    finally:
        timer.cancel()


def check(url: str) -> SplitResult:
    """An address that may be tried at all; where its host is, is found out on sending."""
    try:
        target = urlsplit(url)
        host, _port = target.hostname, target.port
    except ValueError as error:
        raise OutboundError(f"{_('not a web address')}: {error}") from error
    if target.scheme not in ("http", "https") or not host:
        raise OutboundError(_("not a web address"))
    if target.scheme == "http" and not is_inside(host):
        raise OutboundError(_("only https:// is allowed"))
    if target.username or target.password:
        raise OutboundError(_("an address with a user name or password is not allowed"))
    return target


def is_inside(host: str) -> bool:
    """Whether the operator has allowed this host, wherever it is."""
    return host.lower() in {one.lower() for one in settings.API_WEBHOOK_INSIDE_HOSTS}


def resolve(host: str, port: int) -> str:
    """The IP address to connect to.

    Raises:
        OutboundError: one of the name's addresses is not a public one.
        OSError: there is no such name.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not is_inside(host):
        for address in addresses:
            if not is_public(address):
                raise OutboundError(
                    f"{host} is inside the network, which is not allowed"
                )
    return addresses[0]


def is_public(text: str) -> bool:
    """Whether anybody on the internet could reach this very address."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _translated(address)
        if address.teredo or (inner and not is_public(str(inner))):
            return False
    return address.is_global and not address.is_multicast


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """What a NAT64 gateway would connect to."""
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


class _Connection(http.client.HTTPConnection):
    """To the address that was checked, by the name that was asked for."""

    def __init__(self, target: SplitResult) -> None:
        host = target.hostname or ""
        self._is_secure = target.scheme == "https"
        self.default_port = 443 if self._is_secure else 80
        super().__init__(host, target.port or self.default_port, timeout=EACH_WAIT)
        self.was_cut = False

    def connect(self) -> None:
        address = resolve(self.host, self.port)
        self.sock = socket.create_connection((address, self.port), self.timeout)
        if self._is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """From another thread: whatever waits for the socket fails now."""
        self.was_cut = True
        sock = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # closed already


def _short(raw: bytes) -> str:
    """What a person may want to read of it: one line, without control characters."""
    line = " ".join(raw.decode("utf-8", "replace").split())
    return "".join(letter for letter in line if letter.isprintable())
