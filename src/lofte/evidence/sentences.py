"""What a figure says in plain Swedish, with its uncertainty. Never a causal word, never better or worse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.design.words import date_words, number_words, period_words
from lofte.evidence.models import AreaFigure
from lofte.evidence.periods import Span
from lofte.evidence.points import About, Point

FEW = "few_events"
Kind = AreaFigure.Kind


def what_words(point: Point) -> str:
    return _capital(f"{point.category} ({point.group})" if point.group else point.category)


def span_words(span: Span) -> str:
    return period_words(span.starts, span.ends)


def value_words(point: Point) -> str:
    """The number with its unit; in its place a word when it is kept back."""
    if point.is_hidden or point.value is None:
        return _("visas inte")
    number = number_words(rounded(point.value))
    if point.kind == Kind.COUNT:
        return ngettext("{n} fall", "{n} fall", int(point.value)).format(n=number)
    return f"{number} {point.unit}".strip()


def interval_words(point: Point) -> str:
    if point.is_hidden or point.low is None or point.high is None:
        return ""
    return _("mellan {low} och {high}").format(
        low=number_words(rounded(point.low)), high=number_words(rounded(point.high))
    )


def rate_words(point: Point) -> str:
    if point.rate is None or not point.rate_unit:
        return ""
    told = f"{number_words(rounded(point.rate))} {point.rate_unit}"
    if point.rate_low is None or point.rate_high is None:
        return told
    between = _("osäkerhet: mellan {low} och {high}").format(
        low=number_words(rounded(point.rate_low)), high=number_words(rounded(point.rate_high))
    )
    return f"{told} ({between})"


def rounded(number: float) -> float:
    """No more decimals than the number can bear."""
    whole = round(number)
    return whole if abs(number) >= 100 or number == whole else round(number, 1)


def sentences(point: Point) -> list[str]:
    """The figure, what it was before, and what one must know to read it."""
    return [told for told in _sentences(point) if told]


def _sentences(point: Point) -> Iterator[str]:
    where = {"what": what_words(point), "place": point.place, "period": span_words(point.span)}
    if point.is_hidden:
        yield _("{what}, {place}: antalet {period} visas inte, så att ingen ska kunna kännas igen.").format(**where)
        return
    yield _figure(point, where)
    yield _compared(point)
    if point.is_effort_driven:
        yield _(
            "Antalet beror mest på hur mycket som kontrolleras. Det säger inte om det har blivit bättre eller sämre."
        )
    elif FEW in point.warnings:
        yield _("Händelserna är få. Några fler eller färre kan vara en slump.")
    if point.is_preliminary:
        yield _("Siffran är preliminär och kan ändras.")


def _figure(point: Point, where: dict[str, str]) -> str:
    told = where | {"value": value_words(point), "between": interval_words(point)}
    # The interval of a count is about the level behind it, and stands in the table.
    if point.kind == Kind.COUNT or not told["between"]:
        return _("{what}, {place}: {value} {period}.").format(**told)
    return _("{what}, {place}: {value} {period} (osäkerhet: {between}).").format(**told)


def _compared(point: Point) -> str:
    earlier = point.comparison.get("earlier") or []
    if not earlier:
        return ""
    if point.kind == Kind.COUNT:
        before = _before_counts(point, earlier)
    else:
        starts, ends, value = earlier[-1]
        if value is None:
            return ""
        before = _("{period} var det {value}.").format(
            period=_capital(span_words(_span(starts, ends))),
            value=f"{number_words(rounded(value))} {point.unit}".strip(),
        )
    return f"{before} {_direction(point)}".strip()


def _before_counts(point: Point, earlier: list[list[str | int]]) -> str:
    mean = number_words(point.comparison["mean"])
    if len(earlier) == 1:
        span = _span(str(earlier[0][0]), str(earlier[0][1]))
        return _("{period} var det {n}.").format(period=_capital(span_words(span)), n=number_words(int(earlier[0][2])))
    same = _("Samma tid de {n} åren före") if point.span.length < 1 else _("De {n} åren före")
    return _("{when} var det i snitt {mean}.").format(when=same.format(n=len(earlier)), mean=mean)


def _direction(point: Point) -> str:
    if point.is_effort_driven:
        return ""
    words = {
        "higher": _("Det är mer nu, och skillnaden är större än slumpen brukar ge."),
        "lower": _("Det är mindre nu, och skillnaden är större än slumpen brukar ge."),
        "not_clear": _("Skillnaden kan vara en slump."),
        "not_judged": _("Utan osäkerhetsintervall går skillnaden inte att bedöma."),
    }
    told = words[point.comparison["direction"]]
    if many := point.comparison.get("many"):
        told += " " + _("Bland {n} jämförelser ser några alltid ut att vara mer än en slump.").format(
            n=number_words(many)
        )
    return told


def _span(starts: str, ends: str) -> Span:
    return Span(dt.date.fromisoformat(starts), dt.date.fromisoformat(ends))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def edition_words(about: About) -> str:
    """Which edition: its name, its day, and whether it is preliminary."""
    parts = [about.edition, date_words(about.known_from) if about.known_from else ""]
    parts.append(_("preliminär") if about.is_preliminary else "")
    return ", ".join(part for part in parts if part)
