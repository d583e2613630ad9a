"""What a figure says on a page: the engine's sentences, in the page's language. Never a causal word."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext as _

from lofte.design.words import date_words, number_words, period_words, quoted
from lofte.evidence.models import AreaFigure
from lofte.evidence.periods import Span
from lofte.evidence.points import About, Point
from lofte_engine import wording
from lofte_engine.voice import HIDDEN, Voice, capital

# The category that sums up all others of a table of events.
ALL = gettext_noop("Alla händelser")
SUMS = ("alla ", "total", "summa")
Kind = AreaFigure.Kind


def _written(value: float, decimals: int) -> str:
    return number_words(Decimal(f"{value:.{decimals}f}"))


VOICE = Voice(lambda text: gettext(text), lambda one, many, n: ngettext(one, many, n), _written)


def what_words(point: Point) -> str:
    return measure_words(point.category, point.group)


def measure_words(category: str, group: str) -> str:
    what = gettext(category)
    return capital(f"{what} ({group})" if group else what)


def span_words(span: Span) -> str:
    return period_words(span.starts, span.ends)


def unit_words(unit: str) -> str:
    """Ours are translated; a source's own stands as it is."""
    return gettext(unit) if unit else ""


def value_words(point: Point) -> str:
    """The number with its unit; in its place a word when it is kept back."""
    if point.is_hidden or point.value is None:
        return gettext(HIDDEN)
    if point.kind == Kind.COUNT:
        return wording.events(int(point.value), VOICE)
    return f"{wording.plainly(point.value, VOICE)} {unit_words(point.unit)}".strip()


def interval_words(point: Point) -> str:
    """From lowest to highest."""
    if point.is_hidden or point.low is None or point.high is None:
        return ""
    return f"{VOICE.sized(point.low)}–{VOICE.sized(point.high)}"


def rate_words(point: Point) -> str:
    if point.rate is None or not point.rate_unit:
        return ""
    told = f"{wording.plainly(point.rate, VOICE)} {unit_words(point.rate_unit)}"
    if point.rate_low is None or point.rate_high is None:
        return told
    return f"{told} ({wording.uncertain(point.rate_low, point.rate_high, VOICE)})"


def sentences(point: Point) -> list[str]:
    """The figure, how many that is for those who live there, what it was before, and what one must know to read it."""
    return [told for told in _sentences(point) if told]


def _sentences(point: Point) -> Iterator[str]:
    place, period = point.place, span_words(point.span)
    if point.kind != Kind.COUNT:
        yield wording.measured(
            None if point.is_hidden else point.value, what=what_words(point), place=place, period=period,
            unit=unit_words(point.unit), low=point.low, high=point.high, voice=VOICE,
        )  # fmt: skip
    else:
        count = None if point.is_hidden or point.value is None else int(point.value)
        yield wording.counted(count, place=place, period=period, category=_kind_words(point), voice=VOICE)
    if point.is_hidden:
        return
    if point.rate is not None and point.rate_unit:
        unit = unit_words(point.rate_unit)
        yield wording.per_person(point.rate, point.rate_low, point.rate_high, unit=unit, voice=VOICE)
    compared = _compared(point)
    yield compared
    yield from wording.warned(" ".join(_warnings(point, is_compared=bool(compared))), voice=VOICE)


def _kind_words(point: Point) -> str:
    """A category inside a sentence; none for the sum of all."""
    name = point.category
    if name.casefold().startswith(SUMS):
        return ""
    small = name[:1].lower() + name[1:] if name[1:2].islower() else name
    return f"{small} ({point.group})" if point.group else small


def _warnings(point: Point, *, is_compared: bool) -> Iterator[str]:
    if point.is_effort_driven and not is_compared:
        yield "effort_driven"
    if "few_events" in point.warnings and not point.is_effort_driven:
        yield "few_events"
    if "few_reporters" in point.warnings:
        yield "few_reporters"
    if point.is_preliminary:
        yield "preliminary"


def _compared(point: Point) -> str:
    told = point.comparison
    earlier = told.get("earlier") or []
    if not earlier:
        return ""
    if point.kind != Kind.COUNT:
        starts, ends, value = earlier[-1]
        if value is None or point.is_effort_driven:
            return ""
        before = f"{wording.plainly(value, VOICE)} {unit_words(point.unit)}".strip()
        return wording.moved(told["direction"], before=before, period=span_words(_span(starts, ends)), voice=VOICE)
    before = wording.earlier(
        len(earlier),
        is_whole=point.span.length >= 1,
        mean=None if point.is_effort_driven else told["mean"],
        voice=VOICE,
    )
    ratio, low, high = told.get("ratio") or (None, None, None)
    said = wording.differs(
        told["direction"], ratio, low, math.inf if high is None and low is not None else high, before=before,
        is_effort_driven=point.is_effort_driven, voice=VOICE,
    )  # fmt: skip
    many = told.get("many")
    return f"{said} {wording.among_many(many, voice=VOICE)}" if many else said


def _span(starts: str, ends: str) -> Span:
    return Span(dt.date.fromisoformat(starts), dt.date.fromisoformat(ends))


def method_words(method: str) -> str:
    """How a figure was made, from the short words it is kept with. A text of an older release stands as it is."""
    known = {
        "exact": _("Osäkerheten är exakt (Poisson, 95 procent)."),
        "own_rate": _("Antalet per 100 000 invånare är källans eget."),
        "own_interval": _("Osäkerheten är källans egen."),
        "no_interval": _("Källan anger ingen osäkerhet."),
    }
    told = []
    for word in method.split():
        name, _colon, year = word.partition(":")
        if name == "residents":
            told.append(_("Räknat på folkmängden {year}.").format(year=year))
        elif word in known:
            told.append(known[word])
        else:
            return quoted(method)
    return " ".join(told)


def edition_words(about: About) -> str:
    """Which edition: its name, its day, and whether it is preliminary."""
    parts = [about.edition, date_words(about.known_from) if about.known_from else ""]
    parts.append(_("preliminär") if about.is_preliminary else "")
    return ", ".join(part for part in parts if part)
