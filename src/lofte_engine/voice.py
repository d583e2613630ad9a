"""How a text and a number are said in a language: Swedish, unless another `Voice` is given.

Texts stand in Swedish as ``_("…")``, so that tools for translation find them; a voice says what becomes of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass


def _(text: str) -> str:
    """Marks a text for translation where it stands; it is said later, by a voice."""
    return text


NO_BREAK = "\u00a0"
MINUS = "\u2212"
HIDDEN = _("visas inte")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_TERTIALS = {"T1": "januari–april", "T2": "maj–augusti", "T3": "september–december"}


def number(value: float, decimals: int = 0) -> str:
    """A number as it is written in Swedish.

    Parameters
    ----------
    value : float
    decimals : int
        How many, always shown.

    Returns
    -------
    str
        Decimal comma, thousands apart by a space that does not break, a real minus sign.

    Raises
    ------
    ValueError
        For a value that is no number.

    Examples
    --------
    >>> number(12345.678, 1).replace(NO_BREAK, " "), number(-0.04, 1), number(5)
    ('12 345,7', '0,0', '5')
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written")
    text = f"{abs(value):,.{decimals}f}".replace(",", NO_BREAK).replace(".", ",")
    return MINUS + text if value < 0 and text.strip("0,") else text


def sized(value: float) -> str:
    """A number with two figures that matter: 0,034 · 1,5 · 23 · 1 230.

    Examples
    --------
    >>> sized(0.0342), sized(1.54), sized(23.4), sized(0)
    ('0,034', '1,5', '23', '0')
    """
    return number(value, _decimals(value))


def _decimals(value: float) -> int:
    return min(6, max(0, 1 - math.floor(math.log10(abs(value))))) if value else 0


@dataclass(frozen=True)
class Voice:
    """The language that sentences are said in.

    Parameters
    ----------
    text : callable
        From a Swedish text with ``{names}`` to the same in the language.
    plural : callable
        Likewise for a text of one, a text of many and the number that decides.
    number : callable
        From a number and how many decimals to how it is written.

    Examples
    --------
    >>> SWEDISH.text("visas inte"), SWEDISH.plural("{n} rad", "{n} rader", 2), SWEDISH.number(1.5, 1)
    ('visas inte', '{n} rader', '1,5')
    """

    text: Callable[[str], str]
    plural: Callable[[str, str, int], str]
    number: Callable[[float, int], str]

    def sized(self, value: float) -> str:
        """As `sized`, in this language."""
        return self.number(value, _decimals(value))


SWEDISH = Voice(str, lambda one, many, n: one if n == 1 else many, number)


def uncertain(low: float, high: float, voice: Voice = SWEDISH) -> str:
    """An interval in words.

    Examples
    --------
    >>> uncertain(0.78, 2.62), uncertain(1.2, math.inf)
    ('osäkerhet 0,78–2,6', 'osäkerhet 1,2–obegränsat')
    """
    _ = voice.text
    most = voice.sized(high) if math.isfinite(high) else _("obegränsat")
    return _("osäkerhet {low}–{high}").format(low=voice.sized(low), high=most)


def plainly(value: float, voice: Voice = SWEDISH) -> str:
    """A source's own value: whole from a hundred, else one decimal where it has any.

    Examples
    --------
    >>> plainly(22.0), plainly(22.44), plainly(850.4), plainly(0.04)
    ('22', '22,4', '850', '0,040')
    """
    if 0 < abs(value) < 0.1:
        return voice.sized(value)
    whole = abs(value) >= 100 or round(value, 1) == round(value)
    return voice.number(value, 0 if whole else 1)


def period_name(code: str) -> str:
    """A period in words.

    Parameters
    ----------
    code : str
        ``2024``, ``2024-T1`` or ``2024-03``; anything else is taken to be words already.

    Returns
    -------
    str

    Examples
    --------
    >>> period_name("2024"), period_name("2024-T1"), period_name("2024-03"), period_name("2023–2024")
    ('2024', 'januari–april 2024', 'mars 2024', '2023–2024')
    """
    found = _PERIOD.fullmatch(code)
    if found is None or not found["part"]:
        return code
    part = found["part"]
    return f"{_TERTIALS[part] if part in _TERTIALS else MONTHS[int(part) - 1]} {found['year']}"


_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<part>T[123]|0[1-9]|1[0-2]))?")


def capital(words: str) -> str:
    """Words that begin a sentence.

    Examples
    --------
    >>> capital("per 1 000 invånare")
    'Per 1 000 invånare'
    """
    return words[:1].upper() + words[1:]
