"""Numbers and words as they stand in the cells of Swedish tables.

Nothing is guessed: what can be read in two ways, or not at all, raises `CellError` with the reason in Swedish, and the
row goes to the reject list. Dates and periods are read by `lofte_engine.cell_dates`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

# Space, hard space, thin, narrow hard, figure, punctuation and hair space: all are seen between thousands.
SPACES = "\u0020\u00a0\u2009\u202f\u2007\u2008\u200a"
_MINUS = "\u2212\u2013\u2012\u2010\u2011\ufe63\uff0d"
_SPACES_TO_ONE = str.maketrans(dict.fromkeys(SPACES, " "))
_MINUS_TO_HYPHEN = str.maketrans(dict.fromkeys(_MINUS, "-"))
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_EXCEL_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|N/A|NAME\?|NULL!|NUM!|SPILL!|CALC!|BLOCKED!|[A-ZÅÄÖ]+[!?])", re.I)
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?", re.I)
_GROUPED = re.compile(r"([+-]?\d{1,3}(?:([ '.,])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?")
_COMMA = re.compile(r"([+-]?\d+),(\d+)(e[+-]?\d{1,3})?", re.I)
_BELOW = re.compile(r"(?:<|färre än|mindre än|under)\s*\d+", re.I)
_YES = {"j", "ja", "y", "yes", "true", "sant", "sann", "x", "1"}
_NO = {"n", "nej", "no", "false", "falskt", "falsk", "0", "-"}


class Mark(StrEnum):
    """Why a cell holds no number.

    ``-`` is no mark: in Swedish official statistics it means zero.
    """

    EMPTY = "empty"
    HIDDEN = "hidden"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Number:
    """A number, or why there is none.

    Parameters
    ----------
    value : float or None
        The number; None when there is a mark.
    mark : Mark or None
        Why there is no number.
    """

    value: float | None
    mark: Mark | None = None


class CellError(ValueError):
    """A cell that cannot be read; the text is the reason in Swedish."""


def clean_text(cell: object) -> str:
    """A cell as text: composed letters (NFC), one kind of space, no invisible characters, no space around.

    Parameters
    ----------
    cell : object
        Text, number, date, truth value or None.

    Returns
    -------
    str
        Whole numbers carry no decimals: Excel stores the year 2024 as 2024.0.

    Examples
    --------
    >>> clean_text("  Malmo\\u0308\\u00a0 stad ")
    'Malmö stad'
    >>> clean_text(2024.0)
    '2024'
    >>> clean_text("StrÃ¤ngnÃ¤s")  # UTF-8 that some program read as Windows-1252 and saved again
    'Strängnäs'
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Ja" if cell else "Nej"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = str(cell)
    if "Ã" in text or "Â" in text:
        text = _read_twice(text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_SPACES_TO_ONE)
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def read_number(cell: object) -> Number:
    """Read a number as it is written in Sweden, and as programs write it.

    Parameters
    ----------
    cell : object
        Text, or a number from Excel or Parquet.

    Returns
    -------
    Number
        ``..`` is hidden, ``.`` is not applicable, an empty cell is empty, ``-`` is zero, and ``<5`` or
        "färre än 5" is hidden.

    Raises
    ------
    CellError
        When it is no number, or could be two: ``1.234,567.8``, ``12 34``.

    Notes
    -----
    A single comma is a decimal comma and a single point a decimal point. Two different signs: the last one is the
    decimal sign. The same sign twice parts thousands. So ``1.234`` is read as 1,234, and a column of counts refuses
    it (`read_count`) rather than choosing between one and a thousand. A percent sign after the number is left out:
    ``12,5 %`` is 12.5.

    References
    ----------
    Statistics Sweden, *Teckenförklaring*: ``-`` inget finns att redovisa (noll), ``..`` uppgift ej tillgänglig eller
    alltför osäker, ``.`` uppgift kan inte förekomma.

    Examples
    --------
    >>> read_number("1\\u202f234,5").value, read_number("−7").value, read_number("-").value
    (1234.5, -7.0, 0.0)
    >>> read_number("..").mark
    <Mark.HIDDEN: 'hidden'>
    """
    if isinstance(cell, bool):
        raise CellError("är ja eller nej, inte ett tal")
    if isinstance(cell, int | float):
        if math.isnan(cell):
            return Number(None, Mark.EMPTY)
        return Number(_finite(float(cell)))
    text = clean_text(cell).translate(_MINUS_TO_HYPHEN)
    if text in ("", "-", ".", "..", "...", "…"):
        return _sign(text)
    if _EXCEL_ERROR.fullmatch(text):
        raise CellError("är ett felvärde från Excel; rätta formeln och spara om filen")
    if text.startswith("="):
        raise CellError("är en formel utan sparat värde; öppna filen i Excel och spara om den")
    if _BELOW.fullmatch(text):
        return Number(None, Mark.HIDDEN)
    return Number(_finite(_value(text.removesuffix("%").rstrip())))


def read_count(cell: object) -> Number:
    """Read a count: a whole number that is not negative.

    Parameters
    ----------
    cell : object
        As in `read_number`.

    Returns
    -------
    Number

    Raises
    ------
    CellError
        Also for what has decimals or is below zero. ``1.234`` and ``1,234`` could be one or a thousand, and are
        refused with those words.

    Examples
    --------
    >>> read_count("12 345").value
    12345.0
    >>> read_count("1.234")
    Traceback (most recent call last):
    ...
    lofte_engine.cells.CellError: kan vara både 1 234 och 1,234; skriv tusental med mellanslag
    """
    number = read_number(cell)
    if number.value is None:
        return number
    if not number.value.is_integer() or (isinstance(cell, str) and re.search(r"[.,]\d{3}$", cell.strip())):
        if isinstance(cell, str) and re.fullmatch(r"\s*[+-]?\d{1,3}[.,]\d{3}\s*", cell):
            whole, decimals = re.split("[.,]", cell.strip())
            raise CellError(f"kan vara både {whole} {decimals} och {whole},{decimals}; skriv tusental med mellanslag")
        if not number.value.is_integer():
            raise CellError("är inte ett helt antal")
    if number.value < 0:
        raise CellError("är ett antal under noll")
    if number.value > 2**53:
        raise CellError("är ett för stort antal")
    return number


def read_boolean(cell: object) -> bool | None:
    """Read yes or no; None for an empty cell.

    Examples
    --------
    >>> read_boolean("J"), read_boolean("nej"), read_boolean("")
    (True, False, None)
    """
    if isinstance(cell, bool):
        return cell
    text = clean_text(cell).casefold()
    if not text:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise CellError("är varken ja eller nej")


def _read_twice(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _sign(text: str) -> Number:
    if text == "-":
        return Number(0.0)
    return Number(None, Mark.EMPTY if text == "" else Mark.NOT_APPLICABLE if text == "." else Mark.HIDDEN)


def _value(text: str) -> float:
    if comma := _COMMA.fullmatch(text):
        return float(f"{comma[1]}.{comma[2]}{comma[3] or ''}")
    if _PLAIN.fullmatch(text):
        return float(text)
    if grouped := _GROUPED.fullmatch(text):
        whole, separator, decimal_sign, decimals = grouped.groups()
        if decimal_sign != separator:
            return float(re.sub(r"[ '.,]", "", whole) + "." + (decimals or "0"))
    raise CellError("är inte ett tal")


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise CellError("är inte ett ändligt tal")
    return value
