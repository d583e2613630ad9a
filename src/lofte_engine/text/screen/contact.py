"""Phone numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lofte_engine.text.screen.finding import Finding

_GAP = r"[ \t\u00a0\u202f]"
_SEPARATOR = rf"(?:{_GAP}{{0,2}}[-./\u2010-\u2015()]{{0,2}}{_GAP}{{0,2}})"
_SWEDISH = re.compile(
    rf"(?<![\w+])(?<!\d[-.,:/])(?P<start>\(?(?:\+|00){_GAP}?46\)?{_SEPARATOR}(?:\(?0\)?{_SEPARATOR})?|\(?0{_GAP}?)"
    rf"(?P<rest>[1-9](?:{_SEPARATOR}\d){{6,9}})(?!\d)"
)
_FOREIGN = re.compile(rf"(?<![\w+])\+{_GAP}?(?!46)[1-9]\d{{0,2}}(?:{_SEPARATOR}\d){{6,12}}(?!\d)")
_LOCAL = re.compile(
    rf"\b(?:tel|telefon|telefonen|telefonnummer|tfn|mobil|mobilnummer|mob|ring|sms|sms:a|nummer|nr|nås på)"
    rf"\b[.:]?{_GAP}?(?!11[2-7])(?P<number>[1-9]\d{{1,2}}(?:[- \u00a0]\d{{2,3}}){{1,3}}|[1-9]\d{{5,7}})"
    r"(?![\d.:-]\d|\d)",
    re.IGNORECASE,
)
_HOURS = re.compile(r"[012]?\d[.:]\d{2}\s?[-\u2013]\s?[012]?\d[.:]\d{2}|0\d[0-5]\d\s?[-\u2013]\s?[012]\d[0-5]\d(?!\d)")
_DATE = re.compile(r"\d{1,2}([./ -])\d{1,2}\1(?:19|20)?\d{2}\b")
_MOBILE = re.compile(r"7[02369]")
_MOBILE_DIGITS = 9
_DIGITS = range(7, 10)

_AT = r"(?:@|\uff20|[(\[{<]\s?(?:at|a|snabel-?a)\s?[)\]}>]|\s(?:at|snabel-?a)\s)"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punkt|prick)\s?[)\]}]\s?|\s(?:dot|punkt|prick)\s)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])[\w+%'-]+(?:{_DOT}[\w+%'-]+){{0,8}}\s?{_AT}\s?[\w-]+(?:{_DOT}[\w-]+){{0,8}}{_DOT}[^\W\d_]{{2,}}(?![\w-])",
    re.IGNORECASE,
)
_KNOWN_HOST = re.compile(
    r"(?<![\w.+-])[\w.+%-]+\s?@\s?(?:gmail|hotmail|outlook|live|icloud|yahoo|telia|spray|msn|me|bredband2)\b",
    re.IGNORECASE,
)


def find_phones(text: str) -> Iterator[Finding]:
    """Phone numbers.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    Finding
        ``certain`` for mobile and international numbers, ``likely`` for other area codes, ``possible`` for a few digits
        after a word such as *tel* or *ring*.

    Notes
    -----
    A Swedish number has a zero (or +46, 0046, with or without a zero in brackets) and seven to nine digits in any
    grouping; mobile numbers have nine. Opening hours and dates have the same digits and are left alone.

    Examples
    --------
    >>> [each.certainty for each in find_phones("070-174 06 05 eller 0152-291 00, öppet 08.00-16.30")]
    ['certain', 'likely']
    """
    for match in _SWEDISH.finditer(text):
        digits = "".join(character for character in match["rest"] if character.isdecimal())
        home = match["start"].strip(" (\t\u00a0") == "0"
        mobile = bool(_MOBILE.match(digits))
        right_length = len(digits) == _MOBILE_DIGITS if mobile else len(digits) in _DIGITS
        # No number in Stockholm begins with a zero after its 08.
        if (
            right_length
            and not digits.startswith("80")
            and not (home and (_HOURS.match(match[0]) or _DATE.match(match[0])))
        ):
            yield Finding("phone", match.start(), match.end(), "certain" if mobile or not home else "likely")
    for match in _FOREIGN.finditer(text):
        yield Finding("phone", match.start(), match.end(), "certain")
    for match in _LOCAL.finditer(text):
        yield Finding("phone", match.start("number"), match.end("number"), "possible")


def find_emails(text: str) -> Iterator[Finding]:
    """E-mail addresses, also with *at*, *snabel-a* and *punkt* spelled out.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    Finding
        ``certain`` with a mark @, ``likely`` otherwise.

    Examples
    --------
    >>> [each.certainty for each in find_emails("namn@example.se eller namn (at) example punkt se")]
    ['certain', 'likely']
    """
    for pattern in (_EMAIL, _KNOWN_HOST):
        for match in pattern.finditer(text):
            yield Finding("email", match.start(), match.end(), "certain" if "@" in match[0] else "likely")
