"""Numbers, dates and periods as people read them, in the active language."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.dateformat import format as format_date
from django.utils.dateformat import time_format as format_time
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

NARROW_SPACE = "\u202f"
DASH = "–"
MINUS = "\u2212"


def number_words(value: Decimal | float) -> str:
    """1 234,5 in Swedish (with a narrow no-break space), 1,234.5 in English; no needless decimals."""
    exact = Decimal(str(value))
    text = f"{abs(exact):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if not _is_english():
        text = text.translate({ord(","): NARROW_SPACE, ord("."): ","})
    return f"{MINUS}{text}" if exact < 0 else text


def date_words(day: date) -> str:
    """5 februari 2018"""
    return format_date(day, "j F Y")


def month_words(day: date) -> str:
    """maj 2018"""
    return format_date(day, "F Y")


def clock_words(starts: time, ends: time | None = None) -> str:
    """18.00–19.30 in Swedish, 18:00–19:30 in English."""
    shape = "H:i" if _is_english() else "H.i"
    return DASH.join(format_time(clock, shape) for clock in (starts, ends) if clock is not None)


def weekday_words(day: date) -> str:
    """tisdag 5 maj 2026"""
    return format_date(day, "l j F Y")


def period_words(starts: date, ends: date) -> str:
    """The shortest plain way to say from when to when: whole years, whole months, otherwise days."""
    starts, ends = _day(starts), _day(ends)
    if _begins_month(starts) and _ends_month(ends):
        return _years(starts, ends) if (starts.month, ends.month) == (1, 12) else _months(starts, ends)
    return _days(starts, ends)


def quoted(text: str) -> str:
    """Someone's own words, which stay Swedish: marked with their language on a page in another one."""
    return format_html('<span lang="sv">{}</span>', text) if text and _is_english() else text


def woven(sentence: str, **parts: str | int) -> str:
    """`sentence.format(**parts)`, where a quoted part keeps its mark."""
    if any(isinstance(part, SafeString) for part in parts.values()):
        return format_html(sentence, **parts)
    return sentence.format(**parts)


def strung(parts: Iterable[str], between: str = " ") -> str:
    """What there is of the parts, one after the other, where a quoted part keeps its mark."""
    said = [part for part in parts if part]
    if any(isinstance(part, SafeString) for part in said):
        return format_html_join(between, "{}", ((part,) for part in said))
    return between.join(said)


def _years(starts: date, ends: date) -> str:
    return str(starts.year) if starts.year == ends.year else f"{starts.year}{DASH}{ends.year}"


def _months(starts: date, ends: date) -> str:
    if starts.year != ends.year:
        return f"{month_words(starts)}{DASH}{month_words(ends)}"
    if starts.month == ends.month:
        return month_words(ends)
    return f"{format_date(starts, 'F')}{DASH}{month_words(ends)}"


def _days(starts: date, ends: date) -> str:
    if starts == ends:
        return date_words(ends)
    if starts.year != ends.year:
        return f"{date_words(starts)}{DASH}{date_words(ends)}"
    if starts.month != ends.month:
        return f"{format_date(starts, 'j F')}{DASH}{date_words(ends)}"
    return f"{starts.day}{DASH}{date_words(ends)}"


def _begins_month(day: date) -> bool:
    return day.day == 1


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _day(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
