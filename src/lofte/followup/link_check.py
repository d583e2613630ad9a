"""Whether an address that was written down still answers.

Only addresses that anyone can reach are asked: never this machine or the network it stands in, whatever a name or a
redirect says. The address is looked up once, and what was looked up is what is connected to. What is sent is the
address itself and who asks; nothing about a person, and no cookie.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from lofte.followup.models import Publication

Link = Publication.Link
type Guard = Callable[[str, int], bool]

PATIENCE, DEADLINE = 10, 30
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})
# Somebody is there and does not let a program in: the page may well be read by people.
NOT_FOR_PROGRAMS = frozenset({401, 403, 405, 406, 429, 451})
SAFE = "/%:@!$&'()*+,;=~-._?"
# Addresses that hide another one: what lies behind them cannot be judged.
HIDING = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))


class NotAsked(ValueError):
    """The address is not one that anyone can reach."""


class TooManyRedirects(OSError):
    """It leads on and on."""


def is_public(ip: str, port: int) -> bool:
    """Whether an address is out on the internet, at a door where pages are read."""
    found = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and (found.ipv4_mapped or any(found in net for net in HIDING)):
        return False
    return found.is_global and not found.is_multicast and port in PORTS.values()


def ask(url: str, *, may_reach: Guard = is_public) -> Link:
    """HEAD first; a page that seems to be gone is asked for as a reader would before that is believed."""
    try:
        status = _status("HEAD", url, may_reach)
        if status >= 400:
            status = _status("GET", url, may_reach)
    except NotAsked:
        return Link.NOT_ASKED
    except (OSError, http.client.HTTPException, ValueError):
        return Link.NO_ANSWER
    if status in GONE:
        return Link.GONE
    return Link.WORKS if status < 400 or status in NOT_FOR_PROGRAMS else Link.NO_ANSWER


def _status(method: str, url: str, may_reach: Guard) -> int:
    for _hop in range(MOST_REDIRECTS + 1):
        status, onward = _one(method, url, may_reach)
        if status not in REDIRECTS or not onward:
            return status
        url = urljoin(url, onward)
    raise TooManyRedirects(url)


def _one(method: str, url: str, may_reach: Guard) -> tuple[int, str]:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise NotAsked(url)
    host, port = parts.hostname.encode("idna").decode(), parts.port or PORTS[parts.scheme]
    connection = Pinned(host, port, _looked_up(host, port, may_reach), is_safe=parts.scheme == "https")
    clock = threading.Timer(DEADLINE, connection.stop)
    clock.start()
    try:
        connection.request(
            method, _path(parts), headers={"User-Agent": f"Lofte ({settings.BASE_URL})", "Accept": "*/*"}
        )
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        clock.cancel()
        connection.close()


def _path(parts: SplitResult) -> str:
    question = f"?{parts.query}" if parts.query else ""
    return quote(f"{parts.path or '/'}{question}", safe=SAFE)


def _looked_up(host: str, port: int, may_reach: Guard) -> str:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_kind, address in found:
        if may_reach(str(address[0]), port):
            return str(address[0])
    raise NotAsked(host)


class Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked up and judged: a name that changes its mind leads nowhere else."""

    def __init__(self, host: str, port: int, ip: str, *, is_safe: bool) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self.ip, self.is_safe = ip, is_safe
        self.default_port = PORTS["https" if is_safe else "http"]

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), self.timeout)
        if self.is_safe:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def stop(self) -> None:
        """A server that answers a letter at a time is not waited for."""
        sock = self.sock
        if sock is not None:
            with contextlib.suppress(OSError):  # it ended by itself meanwhile
                sock.shutdown(socket.SHUT_RDWR)
