"""Years, periods and months as Swedish documents write them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

MONTHS = (
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
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_TO = r"\s*(?:[-–—]+|till och med|t\.?\s?o\.?\s?m\.?|till)\s*(?:den\s)?"
_DAY = rf"\d{{4}}-\d{{2}}-\d{{2}}|(?:\d{{1,2}}\s)?{_MONTH}(?:\s\d{{4}})?"
_DAY_RANGE = re.compile(rf"(?<![\w-])(?P<first>{_DAY}){_TO}(?P<last>{_DAY})(?![\w-])", re.IGNORECASE)
_YEAR_RANGE = re.compile(
    r"(?<![\w-])(?P<first>20\d\d)(?:\s?[-–—/]\s?(?P<last>20\d\d|\d\d)|\soch\s(?P<other>20\d\d))(?![\w-])"
)
_YEAR = re.compile(r"(?<![\w-])20\d\d(?![\w]|-\d)")
_ONE_DAY = re.compile(
    rf"(?<![\w-])(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?P<day>\d{{1,2}})\s(?P<month>{_MONTH})\s(?P<year>\d{{4}}))(?![\w-])",
    re.IGNORECASE,
)
_MONTH_NAMED = re.compile(
    rf"(?<![\w-])(?:(?P<iso>20\d\d-(?:0[1-9]|1[0-2]))(?:-\d\d)?|(?P<month>{_MONTH})(?:\s(?P<year>20\d\d))?)(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """The time a promise is valid.

    Parameters
    ----------
    first, last : date
        First and last day, both included.
    label : str
        How people say it: "2018", "2022–2023" or the two dates.
    """

    first: date
    last: date
    label: str


@dataclass(frozen=True, slots=True)
class PeriodFound:
    """A period and where it stands.

    Parameters
    ----------
    period : Period
        The period.
    start, end : int
        The slice of the text that says so.
    """

    period: Period
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MonthFound:
    """A month and where it stands.

    Parameters
    ----------
    month : str
        As "2018-05".
    start, end : int
        The slice of the text that says so.
    guessed : bool
        True when no year stands beside it or after it in the same list.
    """

    month: str
    start: int
    end: int
    guessed: bool


def find_day(text: str) -> tuple[date, int, int] | None:
    """The first full date in a text.

    Parameters
    ----------
    text : str
        Text with single spaces.

    Returns
    -------
    tuple of (date, int, int) or None
        The date and its slice.

    Examples
    --------
    >>> find_day("Strängnäs den 5 februari 2018")
    (datetime.date(2018, 2, 5), 14, 29)
    """
    for found in _ONE_DAY.finditer(text):
        day = _day_of(found)
        if day:
            return day, found.start(), found.end()
    return None


def find_date_range(text: str) -> PeriodFound | None:
    """The first period written with days or months at both ends.

    Parameters
    ----------
    text : str
        Text with single spaces.

    Returns
    -------
    PeriodFound or None
        A month without a day means its first or last day; a first date without a year takes the last one's.

    Examples
    --------
    >>> find_date_range("gäller juni 2022 – december 2023").period.label
    '2022-06-01–2023-12-31'
    """
    for found in _DAY_RANGE.finditer(text):
        last = _edge(found["last"], None, at_end=True)
        first = _edge(found["first"], last, at_end=False)
        if first and last and first <= last:
            return PeriodFound(Period(first, last, _label(first, last)), found.start(), found.end())
    return None


def find_years(text: str) -> PeriodFound | None:
    """The first year or range of whole years in a text.

    Parameters
    ----------
    text : str
        Text with single spaces.

    Returns
    -------
    PeriodFound or None
        From 1 January of the first to 31 December of the last.

    Examples
    --------
    >>> find_years("Medborgarlöfte 2022-2023").period.label
    '2022–2023'
    >>> find_years("löfte 2021–22").period.last
    datetime.date(2022, 12, 31)
    >>> find_years("Medborgarlöfte 2018 i Strängnäs").period.label
    '2018'
    """
    for found in _YEAR_RANGE.finditer(text):
        first, last = int(found["first"]), _last_year(found["first"], found["last"] or found["other"])
        if first < last <= first + 10:
            return PeriodFound(_whole_years(first, last), found.start(), found.end())
    alone = _YEAR.search(text)
    if not alone:
        return None
    return PeriodFound(_whole_years(int(alone[0]), int(alone[0])), alone.start(), alone.end())


def find_months(text: str, year: int | None) -> list[MonthFound]:
    """Months named in a sentence about reporting, with their years.

    Parameters
    ----------
    text : str
        One sentence with single spaces.
    year : int or None
        First year of the promise, used when the sentence holds no year.

    Returns
    -------
    list of MonthFound
        In reading order. Empty when no year can be told.

    Notes
    -----
    A month without a year takes the year of the next month that has one, or the year before if it comes later
    in the calendar. After the last year, and where there is none, the months are taken to run forward in time
    and are marked as guessed.

    Examples
    --------
    >>> [m.month for m in find_months("i maj och september 2018 samt januari 2019", 2018)]
    ['2018-05', '2018-09', '2019-01']
    >>> [(m.month, m.guessed) for m in find_months("i maj, september och januari", 2018)]
    [('2018-05', True), ('2018-09', True), ('2019-01', True)]
    """
    found = list(_MONTH_NAMED.finditer(text))
    numbers = [_month_number(match) for match in found]
    years = [_month_year(match) for match in found]
    guessed = [False] * len(found)
    for i in range(len(found) - 2, -1, -1):
        following = years[i + 1]
        if years[i] is None and following is not None:
            years[i] = following - (numbers[i] > numbers[i + 1])
    for i, known in enumerate(years):
        if known is None:
            years[i], guessed[i] = _running_year(numbers, years, i, year), True
    return [
        MonthFound(f"{its_year}-{number:02}", match.start(), match.end(), is_guessed)
        for match, number, its_year, is_guessed in zip(found, numbers, years, guessed, strict=True)
        if its_year is not None
    ]


def _day_of(found: re.Match[str]) -> date | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        return date(int(found["year"]), MONTHS.index(found["month"].lower()) + 1, int(found["day"]))
    except ValueError:
        return None


def _edge(written: str, other: date | None, *, at_end: bool) -> date | None:
    if written[:4].isdecimal():
        day = find_day(written)
        return day[0] if day else None
    words = written.lower().split()
    number = MONTHS.index(next(word for word in words if word in MONTHS)) + 1
    year = int(words[-1]) if len(words[-1]) == 4 and words[-1].isdecimal() else (other.year if other else None)
    if year is None:
        return None
    length = calendar.monthrange(year, number)[1]
    day_number = int(words[0]) if words[0].isdecimal() else (length if at_end else 1)
    return date(year, number, day_number) if 1 <= day_number <= length else None


def _label(first: date, last: date) -> str:
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return _whole_years(first.year, last.year).label if whole_years else f"{first}–{last}"


def _whole_years(first: int, last: int) -> Period:
    label = str(first) if first == last else f"{first}–{last}"
    return Period(date(first, 1, 1), date(last, 12, 31), label)


def _last_year(first: str, last: str) -> int:
    return int(last) if len(last) == 4 else int(first[:2] + last)


def _month_number(found: re.Match[str]) -> int:
    return int(found["iso"][5:7]) if found["iso"] else MONTHS.index(found["month"].lower()) + 1


def _month_year(found: re.Match[str]) -> int | None:
    if found["iso"]:
        return int(found["iso"][:4])
    return int(found["year"]) if found["year"] else None


def _running_year(numbers: list[int], years: list[int | None], i: int, year: int | None) -> int | None:
    if i == 0 or years[i - 1] is None:
        return year
    before = years[i - 1]
    return before if before is None else before + (numbers[i] <= numbers[i - 1])
