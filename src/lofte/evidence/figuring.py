"""From facts to figures: periods, rates with exact intervals, and what each is compared with. For the worker."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext_noop

from lofte.evidence.models import AreaFigure, DataSet, Fact, Scope
from lofte.evidence.periods import Span, comparable, reported, whole_periods
from lofte.evidence.wording import ALL
from lofte.places.models import Area
from lofte_engine.crime_codes import EFFORT_DRIVEN, suggest_group
from lofte_engine.rates import Comparison, Count, against_same_season, false_discoveries, poisson_interval, rate

Key = tuple[str, int | None, str]
Step = Callable[[int, int | None], None]
PER = 1_000
FEWEST_ANSWERS = 10
KOLADA_TWO_YEARS = "NTU"
AT_A_TIME = 2_000
Kind = AreaFigure.Kind


@dataclass
class Series:
    """One measure of one place over time."""

    where: Key
    category: str
    group: str
    points: dict[Span, AreaFigure] = field(default_factory=dict)
    counts: dict[Span, Count] = field(default_factory=dict)


def make_figures(data_set: DataSet, step: Step) -> list[AreaFigure]:
    """The figures of a data set, not yet saved. Notices and population have none of their own."""
    if data_set.is_context_only or data_set.contract == "population":
        return []
    facts = list(data_set.facts.all())
    if data_set.contract == "incidents":
        series = _of_incidents(data_set, facts)
    elif data_set.contract == "counts":
        series = _of_counts(data_set, facts)
    else:
        series = _of_shares(data_set, facts)
    for at, one in enumerate(series):
        if at % 200 == 0:
            step(at, len(series))
        _compare(one, data_set)
    _believe([found for one in series if (found := _latest(one)) is not None])
    return [point for one in series for point in one.points.values()]


def save_figures(data_set: DataSet, figures: Iterable[AreaFigure]) -> int:
    """Put new figures beside those that something rests on, and in place of the others."""
    old = data_set.figures.all()
    old.filter(evidence__isnull=True).delete()
    old.update(is_current=False)
    return len(AreaFigure.objects.bulk_create(figures, batch_size=AT_A_TIME))


# --- counts


def _of_incidents(data_set: DataSet, facts: Sequence[Fact]) -> list[Series]:
    """A count for every part of the kommun, category and whole period: none reported is a zero, and is shown as one."""
    if not facts or data_set.starts is None or data_set.ends is None:
        return []
    periods = whole_periods(data_set.starts, data_set.ends)
    areas = _division(facts)
    cells: defaultdict[tuple[Key, str], dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    kommun: Key = (Scope.MUNICIPALITY, None, str(data_set.cycle.municipality))
    categories = sorted({fact.category for fact in facts})
    for fact in facts:
        for where in (fact.where, kommun):
            for category in (fact.category, ALL):
                cells[where, category][fact.starts] += fact.count or 0
    residents = Residents.of(data_set)
    series = []
    for where in [*((Scope.AREA, area.pk, area.name) for area in areas), kommun]:
        for category in [*categories, ALL] if len(categories) > 1 else categories:
            one = Series(where, category, "")
            months = cells.get((where, category), {})
            for span in periods:
                n = sum(count for month, count in months.items() if span.starts <= month <= span.ends)
                _add_count(one, data_set, span, n, residents, preliminary=data_set.is_preliminary)
            series.append(one)
    return series


def _division(facts: Sequence[Fact]) -> list[Area]:
    """All areas of the divisions that the facts use, also those where nothing was reported."""
    used = Area.objects.filter(pk__in={fact.area_id for fact in facts})
    kinds = {(area.kind, area.edition) for area in used}
    rows = Area.objects.filter(municipality__in=used.values("municipality")).order_by("name")
    return [area for area in rows if (area.kind, area.edition) in kinds]


def _of_counts(data_set: DataSet, facts: Sequence[Fact]) -> list[Series]:
    residents = Residents.of(data_set)
    found: dict[tuple[Key, str], Series] = {}
    for fact in facts:
        if fact.count is None:
            continue
        one = found.setdefault((fact.where, fact.category), Series(fact.where, fact.category, ""))
        span = Span(fact.starts, fact.ends)
        _add_count(one, data_set, span, fact.count, residents, preliminary=fact.is_preliminary, said=fact.value)
    return list(found.values())


@cache
def _interval(events: int) -> tuple[float, float]:
    """The same few counts come again and again, and each interval takes a while."""
    return poisson_interval(events)


def _add_count(
    one: Series,
    data_set: DataSet,
    span: Span,
    events: int,
    residents: Residents,
    *,
    preliminary: bool,
    said: Decimal | None = None,
) -> None:
    effort = suggest_group(one.category) in EFFORT_DRIVEN
    people, year = residents.at(one.where, span)
    reporting, expected = reported(data_set.reporters, span) or (None, None)
    count = Count(
        events, people * span.length if people else None, is_effort_driven=effort, is_preliminary=preliminary,
        units_reporting=reporting, units_expected=expected,
    )  # fmt: skip
    low, high = _interval(events)
    made = _point(one, data_set, span, Kind.COUNT, gettext_noop("händelser"), preliminary)
    made.value, made.low, made.high, made.n = Decimal(events), as_decimal(low), as_decimal(high), events
    made.is_effort_driven, made.warnings = effort, list(count.warnings)
    made.method = "exact"
    if said is not None:
        share = events / float(said) * 100_000 if said else 0
        made.rate, made.rate_unit = said, gettext_noop("per 100 000 invånare")
        if events:
            made.rate_low, made.rate_high = (as_decimal(end / share * 100_000) for end in (low, high))
        made.method += " own_rate"
    else:
        found = rate(count, per=PER)
        made.rate, made.rate_low, made.rate_high = (
            as_decimal(end) if end is not None else None for end in (found.estimate, found.low, found.high)
        )
        if found.estimate is not None:
            made.rate_unit = gettext_noop("per 1 000 invånare och år")
            made.method += f" residents:{year}"
    one.points[span], one.counts[span] = made, count


@dataclass(frozen=True)
class Residents:
    """How many live where, by year, from the newest population that the kommun has read in."""

    by_place: Mapping[Key, Mapping[int, int]]

    @classmethod
    def of(cls, data_set: DataSet) -> Residents:
        kommun = data_set.cycle.municipality
        rows = Fact.objects.filter(
            data_set__cycle__municipality=kommun, data_set__contract="population", group__in=("", "totalt")
        ).order_by("data_set__read_at", "data_set_id")
        found: defaultdict[Key, dict[int, int]] = defaultdict(dict)
        for fact in rows:
            if fact.count:
                found[fact.scope, fact.area_id, "" if fact.area_id else fact.place][fact.starts.year] = fact.count
        return cls(found)

    def at(self, where: Key, span: Span) -> tuple[int | None, int]:
        """The population of the year, else of the nearest year there is, and which that was."""
        years = self.by_place.get((where[0], where[1], "" if where[1] else where[2]), {})
        if not years:
            return None, span.ends.year
        year = min(years, key=lambda known: (abs(known - span.ends.year), known))
        return years[year], year


# --- shares and other measures


def _of_shares(data_set: DataSet, facts: Sequence[Fact]) -> list[Series]:
    found: dict[tuple[Key, str, str], Series] = {}
    for fact in facts:
        if fact.value is None:
            continue
        key = (fact.where, fact.category, fact.group)
        one = found.setdefault(key, Series(*key))
        span = _window(fact)
        made = _point(
            one, data_set, span, Kind.SHARE if fact.unit == "procent" else Kind.MEASURE, fact.unit, fact.is_preliminary
        )
        made.value, made.low, made.high, made.n = fact.value, fact.low, fact.high, fact.n
        made.method = "own_interval" if fact.low is not None else "no_interval"
        made.is_effort_driven = suggest_group(fact.category) in EFFORT_DRIVEN
        if fact.n is not None and fact.n < FEWEST_ANSWERS:
            made.value = made.low = made.high = None
            made.warnings = ["few_answers"]
        one.points[span] = made
    return list(found.values())


def _window(fact: Fact) -> Span:
    """Kolada shows NTU's two years together under the last of them: say both."""
    if fact.category.startswith(f"{KOLADA_TWO_YEARS} - ") and fact.scope in (Scope.MUNICIPALITY, Scope.OTHER):
        return Span(fact.starts.replace(year=fact.starts.year - 1), fact.ends)
    return Span(fact.starts, fact.ends)


def _point(one: Series, data_set: DataSet, span: Span, kind: str, unit: str, preliminary: bool) -> AreaFigure:
    scope, area, place = one.where
    return AreaFigure(
        data_set=data_set, scope=scope, area_id=area, place=place, category=one.category, group=one.group,
        starts=span.starts, ends=span.ends, kind=kind, unit=unit, is_preliminary=preliminary,
    )  # fmt: skip


def as_decimal(number: float) -> Decimal:
    """As many decimals as the database keeps."""
    return Decimal(repr(round(number, 6)))


# --- what the latest one is compared with


def _latest(one: Series) -> AreaFigure | None:
    return one.points[max(one.points, key=lambda span: (span.ends, -span.length))] if one.points else None


def _compare(one: Series, data_set: DataSet) -> None:
    """The newest of each kind of period, against the same part of earlier years."""
    newest: dict[str, Span] = {}
    for span in sorted(one.points):
        newest[span.season] = span
    for span in newest.values():
        earlier = comparable(span, [other for other in one.points if other != span])
        if earlier:
            compared = _counts_compared if one.counts else _shares_compared
            one.points[span].comparison = compared(one, span, earlier)


def _counts_compared(one: Series, now: Span, earlier: list[Span]) -> dict[str, Any]:
    counts = [one.counts[span] for span in earlier]
    found: Comparison = against_same_season(
        _bare(one.counts[now]), [_bare(count) for count in counts], season=now.season,
        earlier_seasons=[span.season for span in earlier],
    )  # fmt: skip
    return {
        "direction": found.direction,
        "p": found.p,
        "ratio": [_plain_or_none(end) for end in (found.ratio.estimate, found.ratio.low, found.ratio.high)],
        "earlier": [[span.starts.isoformat(), span.ends.isoformat(), one.counts[span].events] for span in earlier],
        "mean": round(sum(count.events for count in counts) / len(counts), 1),
    }


def _plain_or_none(end: float | None) -> float | None:
    """Without end is kept as nothing: JSON has no word for it."""
    return round(end, 4) if end is not None and math.isfinite(end) else None


def _bare(count: Count) -> Count:
    """Of the same place: events against events, whatever is known of who lives there."""
    return replace(count, exposure=None)


def _shares_compared(one: Series, now: Span, earlier: list[Span]) -> dict[str, Any]:
    """Only intervals that are wholly apart count as a difference: stricter than a test."""
    then, today = one.points[earlier[-1]], one.points[now]
    told: dict[str, Any] = {
        "earlier": [[earlier[-1].starts.isoformat(), earlier[-1].ends.isoformat(), _plain(then.value)]],
        "direction": "not_judged",
    }
    if today.is_effort_driven or then.low is None or then.high is None or today.low is None or today.high is None:
        return told
    higher, lower = today.low > then.high, today.high < then.low
    return told | {"direction": "higher" if higher else "lower" if lower else "not_clear"}


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _believe(latest: Sequence[AreaFigure]) -> None:
    """With many comparisons some seem clear by chance: those that do not stand together are said to be unclear."""
    tried = [figure.comparison.get("p") for figure in latest]
    for figure, (p, stands) in zip(latest, false_discoveries(tried), strict=True):
        if p is not None and not stands and figure.comparison["direction"] in ("higher", "lower"):
            figure.comparison["direction"] = "not_clear"
            figure.comparison["many"] = len([p for p in tried if p is not None])
