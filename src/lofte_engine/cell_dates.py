"""Dates, moments and periods as they stand in the cells of Swedish tables."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lofte_engine.cells import CellError, clean_text
from lofte_engine.table_errors import TableError

Kind = Literal["day", "week", "month", "quarter", "tertial", "year", "years"]
DateOrder = Literal["dmy", "mdy"]

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_NUMBER = {name: number for number, name in enumerate(_MONTHS, 1)} | {"may": 5, "oct": 10}
_MONTH_WORD = (
    r"(?P<word>jan(?:uari|uary)?|feb(?:ruari|ruary)?|mar(?:s|ch)?|apr(?:il)?|maj|may|jun[ie]?|jul[iy]?|aug(?:usti|ust)?"
    r"|sep(?:t|tember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)"
_PRELIMINARY = re.compile(r"\s*\(?\bprel(?:\.|iminär[at]?\b)?\)?\s*|\s*\*+$", re.I)
_PERIODS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("years", re.compile(rf"{_YEAR}\s*[/–—-]\s*(?P<last>(?:1[5-9]|2[01])\d\d)", re.I)),
    ("year", re.compile(rf"(?:år )?{_YEAR}", re.I)),
    ("week", re.compile(rf"{_YEAR}[ -]?(?:v|w|vecka)\.? ?(?P<number>\d\d?)", re.I)),
    ("week", re.compile(rf"(?:v|w|vecka)\.? ?(?P<number>\d\d?)[ ,/-]+{_YEAR}", re.I)),
    ("quarter", re.compile(rf"{_YEAR}[ -]?(?:k|q|kv|kvartal)\.? ?(?P<number>\d)", re.I)),
    ("quarter", re.compile(rf"(?:k|q|kv|kvartal) ?(?P<number>\d)[ ,-]+{_YEAR}", re.I)),
    ("tertial", re.compile(rf"{_YEAR}[ -]?(?:t|tertial) ?(?P<number>\d)", re.I)),
    ("tertial", re.compile(rf"(?:t|tertial) ?(?P<number>\d)[ ,-]+{_YEAR}", re.I)),
    ("month", re.compile(rf"{_YEAR}(?:[-/M]|(?=\d\d$))(?P<number>\d\d?)", re.I)),
    ("month", re.compile(rf"{_YEAR}[ ,]+{_MONTH_WORD}", re.I)),
    ("month", re.compile(rf"{_MONTH_WORD}[ ,-]*{_YEAR}", re.I)),
)
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)")
_COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SLASHED_DAY = re.compile(r"(\d\d?)[/.-](\d\d?)[/. -] ?(\d{4})")
_SWEDISH_DAY = re.compile(r"(\d\d?)/(\d\d?) (\d{4})")
_WORD_DAY = re.compile(rf"(?:den )?(?P<day>\d\d?)(?::e)?[ .]+{_MONTH_WORD},? {_YEAR}", re.I)
_CLOCK = re.compile(r"(?:kl\.? ?)?(\d\d?)[:.](\d\d)(?:[:.](\d\d)(?:[.,](\d{1,9}))?)?", re.I)
_MOMENT = re.compile(r"(?P<day>.*?[\d])(?:T| +|, *)(?P<clock>(?:kl\.? ?)?\d\d?[:.]\d\d(?:[:.]\d\d(?:[.,]\d{1,9})?)?)"
                     r" ?(?P<zone>Z|UTC|[+-]\d\d:?\d\d)?", re.I)  # fmt: skip
_EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole days.

    Parameters
    ----------
    start, end : date
        First and last day, both inside.
    kind : str
        "day", "week", "month", "quarter", "tertial", "year" or "years".
    is_preliminary : bool
        Whether the label said so ("2026 prel., Aug").
    """

    start: date
    end: date
    kind: Kind
    is_preliminary: bool = False


def read_period(cell: object) -> Period:
    """Read a period.

    Parameters
    ----------
    cell : object
        ``2024``, ``2017/2018``, ``2024-07``, ``2024M07``, ``202407``, ``jul 2024``, ``2026 prel., Aug``, ``2024v07``,
        ``2024-W07``, ``v. 7 2024``, ``2024K1``, ``kvartal 1 2024``, ``2024T2``, ``tertial 2 2024``, or any day that
        `read_date` reads.

    Returns
    -------
    Period
        Weeks are ISO weeks, Monday to Sunday. A tertial is four months from January.

    Raises
    ------
    CellError
        With the reason in Swedish.

    Examples
    --------
    >>> period = read_period("2024v07")
    >>> str(period.start), str(period.end)
    ('2024-02-12', '2024-02-18')
    >>> read_period("2026 prel., Aug").is_preliminary
    True
    """
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return Period(day, day, "day")
    text = clean_text(cell)
    preliminary = bool(_PRELIMINARY.search(text))
    bare = re.sub(r"\s*,\s*", " ", _PRELIMINARY.sub(" ", text)).strip()
    for kind, pattern in _PERIODS:
        if found := pattern.fullmatch(bare):
            start, end = _bounds(kind, {key: value for key, value in found.groupdict().items() if value})
            return Period(start, end, kind, preliminary)
    day = read_date(bare)
    return Period(day, day, "day", preliminary)


def read_date(cell: object, *, order: DateOrder | None = None, excel_numbers: bool = False) -> date:
    """Read a day.

    Parameters
    ----------
    cell : object
        ``2024-07-03``, ``20240703``, ``3/7 2024``, ``3 juli 2024``, ``13.07.2024``, a date from Excel.
    order : "dmy", "mdy" or None
        How ``03/07/2024`` is meant. Without it such a day is refused when both readings are possible.
    excel_numbers : bool
        Read a bare number as Excel's day number (45292 is 2024-01-01).

    Returns
    -------
    date

    Raises
    ------
    CellError
        With the reason in Swedish.

    Examples
    --------
    >>> str(read_date("3/7 2024"))
    '2024-07-03'
    >>> read_date("03/07/2024")
    Traceback (most recent call last):
    ...
    lofte_engine.cells.CellError: kan vara både 3 juli och 7 mars; säg i mappningen vilket som gäller
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and excel_numbers:
        return _from_excel(float(cell)).date()
    text = clean_text(cell)
    if excel_numbers and re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return _from_excel(float(text.replace(",", "."))).date()
    if found := _ISO_DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        return _day(*(int(part) for part in found.groups()))
    if found := _SWEDISH_DAY.fullmatch(text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _WORD_DAY.fullmatch(text):
        return _day(int(found["year"]), _month(found["word"]), int(found["day"]))
    if found := _SLASHED_DAY.fullmatch(text):
        return _ordered(int(found[1]), int(found[2]), int(found[3]), order)
    if re.fullmatch(r"\d{6}", text):
        raise CellError("är sex siffror: kan vara år, månad och dag, eller år och månad; skriv 2024-07-03")
    raise CellError("är inget datum som går att läsa; skriv 2024-07-03")


def read_moment(
    cell: object, *, zone: str = "Europe/Stockholm", order: DateOrder | None = None, unit: str | None = None
) -> datetime:
    """Read a moment as local clock time without zone.

    Parameters
    ----------
    cell : object
        A day with or without a clock time; a zone (``Z``, ``+02:00``) is turned into local time.
    zone : str
        The local time zone, by its IANA name.
    order : "dmy", "mdy" or None
        As in `read_date`.
    unit : str or None
        "epoch_seconds", "epoch_milliseconds" or "excel" when the cell is a bare number.

    Returns
    -------
    datetime
        Naive, in `zone`. A cell without clock time gives midnight: `has_clock` tells them apart.

    Raises
    ------
    CellError
        With the reason in Swedish.
    TableError
        With code "unknown_time_zone".

    Examples
    --------
    >>> str(read_moment("2026-08-22 9:48:12 +02:00"))
    '2026-08-22 09:48:12'
    >>> str(read_moment("1420264200.0", zone="America/Chicago", unit="epoch_seconds"))
    '2015-01-02 23:50:00'
    """
    if unit is not None:
        return _from_number(cell, unit, zone)
    if isinstance(cell, datetime):
        return _local(cell, zone)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - local clock time, as the source writes it
    text = clean_text(cell)
    found = _MOMENT.fullmatch(text)
    if not found:
        day = read_date(text, order=order)
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001
    day = read_date(found["day"], order=order)
    clock = _CLOCK.fullmatch(found["clock"])
    assert clock is not None
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if (hour, minute, second) == (24, 0, 0):
        return datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001
    except ValueError as error:
        raise CellError("har ett klockslag som inte finns") from error
    return _local(datetime.fromisoformat(moment.isoformat() + _offset(found["zone"])), zone)


def has_clock(cell: object) -> bool:
    """Whether the cell names a time of day, or only a day.

    Examples
    --------
    >>> has_clock("2024-07-03 14:30"), has_clock("2024-07-03")
    (True, False)
    """
    if isinstance(cell, datetime):
        return (cell.hour, cell.minute, cell.second) != (0, 0, 0)
    return not isinstance(cell, date) and bool(_MOMENT.fullmatch(clean_text(cell)))


def _bounds(kind: Kind, parts: dict[str, str]) -> tuple[date, date]:
    year = int(parts["year"])
    number = int(parts.get("number", 0)) or (_month(parts["word"]) if "word" in parts else 0)
    if kind == "week":
        return _week(year, number)
    if kind == "years":
        if not year < int(parts["last"]) <= year + 10:
            raise CellError("är ingen följd av år")
        return date(year, 1, 1), date(int(parts["last"]), 12, 31)
    if kind == "year":
        return date(year, 1, 1), date(year, 12, 31)
    length = {"month": 1, "quarter": 3, "tertial": 4}[kind]
    if not 1 <= number <= 12 // length:
        raise CellError(
            f"har en {({'month': 'månad', 'quarter': 'kvartal', 'tertial': 'tertial'})[kind]} som inte finns"
        )
    last = number * length
    return date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1])


def _week(year: int, number: int) -> tuple[date, date]:
    try:
        start = date.fromisocalendar(year, number, 1)
    except ValueError as error:
        raise CellError(f"har en vecka som inte finns {year}") from error
    return start, start + timedelta(days=6)


def _month(word: str) -> int:
    return _MONTH_NUMBER[word[:3].casefold()]


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise CellError("är en dag som inte finns") from error


def _ordered(first: int, second: int, year: int, order: DateOrder | None) -> date:
    if order is None and first != second and first <= 12 and second <= 12 and first and second:
        words = [f"{day} {_LONG_MONTHS[month - 1]}" for day, month in ((first, second), (second, first))]
        raise CellError(f"kan vara både {words[0]} och {words[1]}; säg i mappningen vilket som gäller")
    american = order == "mdy" or (order is None and second > 12)
    return _day(year, *((first, second) if american else (second, first)))


_LONG_MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]


def _from_number(cell: object, unit: str, zone: str) -> datetime:
    try:
        number = float(clean_text(cell).replace(",", "."))
        if unit == "excel":
            return _from_excel(number)
        seconds = number / (1000 if unit == "epoch_milliseconds" else 1)
        return _local(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds), zone)
    except (ValueError, OverflowError) as error:
        raise CellError("är ingen tidpunkt i sekunder sedan 1970") from error


def _from_excel(number: float) -> datetime:
    if not 1 <= number < 2_958_466:
        raise CellError("är inget dagnummer från Excel")
    start = datetime(_EXCEL_EPOCH.year, _EXCEL_EPOCH.month, _EXCEL_EPOCH.day)  # noqa: DTZ001
    return start + timedelta(seconds=round(number * 86_400))


def _offset(zone: str | None) -> str:
    if zone is None:
        return ""
    return "+00:00" if zone.upper() in ("Z", "UTC") else zone


def _local(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise TableError("unknown_time_zone", zone=zone) from error
    except OverflowError as error:
        raise CellError("är en dag som inte finns") from error
