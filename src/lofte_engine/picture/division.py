"""What adds up to what in a picture: areas to kommuner, kinds to all kinds, periods to years."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from lofte_engine.disclosure import TOTAL
from lofte_engine.places.areas import Areas

PERIODS = {"month": 1, "tertial": 4, "year": 12}


@dataclass(frozen=True)
class Division:
    """The codes of a picture, with their sums after them.

    Parameters
    ----------
    areas : Areas
    categories : tuple of str
        Kinds of event, ascending.
    months : int
        Length of a period.
    first, last : int
        First and last period, as ``month // months``; all between them are in the table, with or without events.
    is_first_whole, is_last_whole : bool
        Whether events seem to have been gathered from the beginning of the first period, and to the end of the last.

    Examples
    --------
    >>> import shapely
    >>> areas = Areas.build(["A", "B"], shapely.box([0, 1], [0, 0], [1, 2], [1, 1]), crs="EPSG:3006")
    >>> division = Division(areas, ("stöld", "våld"), 4, 6072, 6075)
    >>> division.area_codes, division.category_codes
    (('A', 'B', 'Totalt'), ('stöld', 'våld', 'Totalt'))
    >>> division.period_codes
    ('2024-T1', '2024-T2', '2024-T3', '2025-T1', '2024')
    """

    areas: Areas
    categories: tuple[str, ...]
    months: int
    first: int
    last: int
    is_first_whole: bool = True
    is_last_whole: bool = True

    @classmethod
    def of(cls, areas: Areas, categories: tuple[str, ...], months: int, days: tuple[dt.date, dt.date]) -> Division:
        """The division of events between two days.

        Notes
        -----
        A first event later than a tenth into its period (a week of a month) is taken to mean that earlier ones are not
        in the file; likewise for the last one.
        """
        first, last = ((day.year * 12 + day.month - 1) // months for day in days)
        late = (days[0] - first_day(first, months)).days
        early = (first_day(last + 1, months) - days[1]).days - 1
        slack = max(7, 3 * months)
        return cls(areas, categories, months, first, last, late <= slack, early <= slack)

    @property
    def partial(self) -> tuple[str, ...]:
        """Periods that events were probably gathered in only a part of."""
        ends = {self.first: self.is_first_whole, self.last: self.is_last_whole}
        if self.first == self.last:
            ends = {self.first: self.is_first_whole and self.is_last_whole}
        return tuple(period_code(period, self.months) for period, is_whole in ends.items() if not is_whole)

    @cached_property
    def whole_years(self) -> tuple[int, ...]:
        """Years with all their periods, all of them whole."""
        leaves = self.period_codes
        partial = set(self.partial)
        return tuple(
            year
            for year, many in self.years.items()
            if len(many) == self.a_year and not partial & {leaves[at] for at in many}
        )

    @property
    def a_year(self) -> int:
        """Periods a year."""
        return 12 // self.months

    @cached_property
    def parents(self) -> dict[str, tuple[int, ...]]:
        """Areas of each kommun that has several; empty when the areas don't say which they belong to."""
        held: dict[str, list[int]] = {}
        for at, parent in enumerate(self.areas.parents):
            held.setdefault(parent, []).append(at)
        if "" in held or len(held) < 2:
            return {}
        own = set(self.areas.codes)
        return {code: tuple(many) for code, many in sorted(held.items()) if len(many) > 1 and code not in own}

    @cached_property
    def area_sums(self) -> dict[str, tuple[int, ...]]:
        """What the sums of areas hold: each kommun, and all areas."""
        whole = {self.total_of(self.areas.codes): tuple(range(len(self.areas)))} if len(self.areas) > 1 else {}
        return {**self.parents, **whole}

    @cached_property
    def area_codes(self) -> tuple[str, ...]:
        return (*self.areas.codes, *self.area_sums)

    @cached_property
    def area_names(self) -> dict[str, str]:
        """Names by code; with the code where several areas share a name."""
        times = Counter(self.areas.names)
        both = zip(self.areas.codes, self.areas.names, strict=True)
        return {code: name if times[name] == 1 else f"{name} ({code})" for code, name in both}

    @cached_property
    def category_codes(self) -> tuple[str, ...]:
        many = len(self.categories) > 1
        return (*self.categories, self.total_of(self.categories)) if many else self.categories

    @cached_property
    def held_by_year(self) -> dict[int, tuple[int, ...]]:
        """Places of the periods of each year."""
        held: dict[int, list[int]] = {}
        for at, period in enumerate(range(self.first, self.last + 1)):
            held.setdefault(period // self.a_year, []).append(at)
        return {year: tuple(many) for year, many in held.items()}

    @cached_property
    def years(self) -> dict[int, tuple[int, ...]]:
        """Places of the periods of each year that has several."""
        return {year: many for year, many in self.held_by_year.items() if len(many) > 1}

    @cached_property
    def period_codes(self) -> tuple[str, ...]:
        leaves = [period_code(period, self.months) for period in range(self.first, self.last + 1)]
        return (*leaves, *(str(year) for year in self.years))

    @property
    def cells(self) -> int:
        """Cells of the table with its sums."""
        return len(self.area_codes) * len(self.category_codes) * len(self.period_codes)

    @staticmethod
    def total_of(codes: tuple[str, ...]) -> str:
        """The word for all: "Totalt", or one that no code has."""
        taken = Counter(codes)
        word = TOTAL
        while word in taken:
            word += " (alla)"
        return word


def first_day(period: int, months: int) -> dt.date:
    """The day a period begins.

    Examples
    --------
    >>> str(first_day(6_073, 4))
    '2024-05-01'
    """
    year, month = divmod(period * months, 12)
    return dt.date(year, month + 1, 1)


def period_code(period: int, months: int) -> str:
    """A period as it stands in a table.

    Parameters
    ----------
    period : int
        ``(12 · year + month − 1) // months``.
    months : int
        1, 4 or 12.

    Returns
    -------
    str
        ``2024-03``, ``2024-T1`` or ``2024``.

    Examples
    --------
    >>> period_code(24_290, 1), period_code(6_072, 4), period_code(2_024, 12)
    ('2024-03', '2024-T1', '2024')
    """
    year, part = divmod(period, 12 // months)
    return {1: f"{year}-{part + 1:02}", 4: f"{year}-T{part + 1}", 12: f"{year}"}[months]
