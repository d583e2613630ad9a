"""Personnummer and samordningsnummer: found by shape, classified by check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lofte_engine.text.screen.finding import Finding, Kind

_GAP = r"[ \t\u00a0\u202f]"
_DASH = r"[-+./_~:\u2010-\u2015\u2212]"
_BETWEEN = rf"{_GAP}?(?:[-./\u2010-\u2015\u2212]{_GAP}?)?"
_BEFORE_LAST = rf"{_GAP}{{0,2}}(?:{_DASH}{_GAP}{{0,2}})?"
# In the place of the first of the four a letter may stand: the interim numbers that schools give.
_LAST = rf"(?P<last>[\dTRSUWXJKLMNtrsuwxjklmn]{_GAP}?\d{_GAP}?\d{_GAP}?\d)"
_WRITTEN = re.compile(
    rf"(?<![\d+])(?:(?P<century>1[89]|20){_GAP}?)?(?P<year>\d{{2}}){_BETWEEN}(?P<month>0\d|1[0-2]){_BETWEEN}"
    rf"(?P<day>[0-2]\d|3[01]|[6-8]\d|9[01]){_BEFORE_LAST}{_LAST}(?![\w]|[-./]\d)"
)
_SPACED = re.compile(
    rf"(?<!\d)(?<!\d[ .,-])(?:(?P<century>[12]{_GAP}[089]){_GAP})?(?P<year>\d{_GAP}\d){_GAP}"
    rf"(?P<month>[01]{_GAP}\d){_GAP}(?P<day>[0-36-9]{_GAP}\d){_BEFORE_LAST}(?P<last>\d{_GAP}\d{_GAP}\d{_GAP}\d)"
    rf"(?!{_GAP}?\d)"
)
_MONTHS = range(1, 13)
_DAYS = range(1, 32)
_COORDINATION = 60
# No phone number begins with 080.
_ALSO_PHONE = re.compile(r"0(?!80)[1-9]\d{8}")


def find_identity_numbers(text: str) -> Iterator[Finding]:
    """Personnummer and samordningsnummer in every way people write them.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    Finding
        ``certain`` when the check digit is right, ``likely`` when only the shape is.

    Notes
    -----
    Ten or twelve digits with or without a mark (``-``, ``+`` after a hundred years, any dash, a space), the date in
    parts, or each digit apart. The day of a samordningsnummer is 60 more. The check digit is Luhn's over the last ten
    digits (SKV 704). A wrong check digit does not let a number through: people misspell, and it still points to them.
    Ten digits in a row from a zero may also be a phone number, and are taken for one when the check digit is wrong.

    Examples
    --------
    >>> [(each.kind, each.certainty) for each in find_identity_numbers("Född 640823-3234, hon 640883-3231.")]
    [('personnummer', 'certain'), ('samordningsnummer', 'certain')]
    """
    for pattern in (_WRITTEN, _SPACED):
        for match in pattern.finditer(text):
            kind = _kind(match)
            right = has_right_check_digit(match[0])
            if kind and (right or not _ALSO_PHONE.fullmatch(match[0])):
                yield Finding(kind, match.start(), match.end(), "certain" if right else "likely")


def has_right_check_digit(number: str) -> bool:
    """Whether the last digit of an identity number is right (Luhn over the last ten).

    Parameters
    ----------
    number : str
        As written; all but the digits is passed over.

    Returns
    -------
    bool
        False also for fewer than ten digits.

    Examples
    --------
    >>> has_right_check_digit("640823-3234"), has_right_check_digit("640823-3235")
    (True, False)
    """
    digits = [int(character) for character in number if character.isdecimal()]
    if len(digits) < 10:
        return False
    doubled = [digit * (2 - place % 2) for place, digit in enumerate(digits[-10:])]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _kind(match: re.Match[str]) -> Kind | None:
    month, day = (int("".join(match[part].split())) for part in ("month", "day"))
    if month in _MONTHS and day in _DAYS:
        return "personnummer"
    # When the date of birth is unknown, month and day are 00 and 60.
    if day >= _COORDINATION and day - _COORDINATION in range(32):
        return "samordningsnummer"
    return None
