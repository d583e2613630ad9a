"""The door for a service outside that signs: an adapter in a package of its own. None is needed, and none is here.

A package offers itself by an entry point::

    [project.entry-points."lofte.signing"]
    ourservice = "ourpackage.signing:service"

`service` is an object with the members of `SigningService`. Löfte hands it the frozen text with its checksum, sends the
signer there, and believes the answer only if it is about that very checksum. See docs/how-to/write-and-sign.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol


class NotGiven(ValueError):
    """The service says that nobody signed; the message is a Swedish sentence for the one who tried."""


@dataclass(frozen=True)
class Order:
    """What is to be signed: the canonical text and its SHA-256, as what and for whom, and the way back."""

    text: str
    sha256: str
    title: str
    role: str
    organisation: str
    return_to: str


@dataclass(frozen=True)
class Receipt:
    """What the service vouches for: which checksum was signed, when, and the number under which it keeps the proof."""

    sha256: str
    signed_on: dt.date
    reference: str


class SigningService(Protocol):
    """`name` stands on the button, in Swedish. Names and personal numbers stay with the service."""

    name: str

    def begin(self, order: Order) -> str:
        """The address to send the signer to. It ends at `order.return_to`, with whatever the service adds to it."""

    def finish(self, order: Order, answer: Mapping[str, str]) -> Receipt:
        """The receipt, asked of the service itself: what the browser brought back proves nothing. Or `NotGiven`."""


@cache
def service() -> SigningService | None:
    """The installed one; the first by name if there are several."""
    offered = sorted(entry_points(group="lofte.signing"), key=lambda each: each.name)
    return offered[0].load() if offered else None
