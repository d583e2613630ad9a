"""Personal data in free text: marks and proposes, a person decides.

`screen` finds identity numbers, phones, e-mail, plates, street addresses and names; `mask` takes them out. No network
and nothing kept: shapes, check digits and a small tagger. Method and figures: docs/methods/personal-data-screen.md.
"""

from __future__ import annotations

from lofte_engine.text.screen.addresses import find_addresses
from lofte_engine.text.screen.contact import find_emails, find_phones
from lofte_engine.text.screen.finding import MASK, Certainty, Finding, Kind, mask
from lofte_engine.text.screen.identity import find_identity_numbers
from lofte_engine.text.screen.names import find_names
from lofte_engine.text.screen.vehicles import find_plates

__all__ = ["MASK", "Certainty", "Finding", "Kind", "mask", "screen"]

# Who stands first wins where two overlap.
_FINDERS = (find_emails, find_identity_numbers, find_phones, find_plates, find_addresses, find_names)


def screen(text: str) -> list[Finding]:
    """What in a text may point to a person.

    Parameters
    ----------
    text : str
        Any text, in Swedish.

    Returns
    -------
    list of Finding
        In reading order, without overlap, with offsets in the text as given.

    Examples
    --------
    >>> text = "Ring Anna Lindgren på 070-174 06 05."
    >>> [(each.kind, text[each.start : each.end]) for each in screen(text)]
    [('name', 'Anna Lindgren'), ('phone', '070-174 06 05')]
    >>> mask(text, screen(text))
    'Ring […] på […].'
    """
    found: list[Finding] = []
    taken = bytearray(len(text))
    for finder in _FINDERS:
        for each in finder(text):
            if not any(taken[each.start : each.end]):
                taken[each.start : each.end] = b"\1" * (each.end - each.start)
                found.append(each)
    return sorted(found, key=lambda each: each.start)
