"""What may be published: small counts hidden so that they can't be worked out, not even from earlier releases.

Start with `protect`. `attack` tries to break what it made; `Register` guards a row of releases; `round_counts` is the
other way. How it works in plain words: docs/methods/disclosure.md.
"""

from lofte_engine.disclosure.attack import Attack, Pinned, attack
from lofte_engine.disclosure.errors import DisclosureError
from lofte_engine.disclosure.register import Refused, Register
from lofte_engine.disclosure.releases import Published
from lofte_engine.disclosure.rounding import Rounded, round_counts
from lofte_engine.disclosure.suppression import THRESHOLD, Protected, protect
from lofte_engine.disclosure.tables import TOTAL, CountTable, Dimension

__all__ = [
    "THRESHOLD",
    "TOTAL",
    "Attack",
    "CountTable",
    "Dimension",
    "DisclosureError",
    "Pinned",
    "Protected",
    "Published",
    "Refused",
    "Register",
    "Rounded",
    "attack",
    "protect",
    "round_counts",
]
