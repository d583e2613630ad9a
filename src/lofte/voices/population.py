"""Who lives in a kommun, for comparing with who was heard. The room that keeps statistics says it, when it can."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from lofte.places.models import Municipality

Ages = tuple[int, int | None]


@dataclass(frozen=True)
class Population:
    """People by age (first and last year; None for "and older") and by sex, at the end of a year."""

    year: int
    source: str
    by_age: Mapping[Ages, int]
    by_sex: Mapping[str, int]


@dataclass(frozen=True)
class AreaPopulation:
    """People by the name of the area they live in, at the end of a year. The areas are of one kind."""

    year: int
    source: str
    by_area: Mapping[str, int]


Told = Callable[[Municipality, int], Population | None]
ToldOfAreas = Callable[[Municipality, int, Collection[str]], AreaPopulation | None]
_told_by: list[Told] = []
_told_of_areas_by: list[ToldOfAreas] = []


def tells_population(teller: Told) -> Told:
    """Register what knows the population of a kommun nearest to a year, or None."""
    _told_by.append(teller)
    return teller


def population_of(municipality: Municipality, year: int) -> Population | None:
    return next((found for teller in _told_by if (found := teller(municipality, year)) is not None), None)


def tells_population_of_areas(teller: ToldOfAreas) -> ToldOfAreas:
    """Register what knows who lives in the parts of a kommun of which some are named, or None."""
    _told_of_areas_by.append(teller)
    return teller


def population_of_areas(municipality: Municipality, year: int, named: Collection[str]) -> AreaPopulation | None:
    told = (teller(municipality, year, named) for teller in _told_of_areas_by)
    return next((found for found in told if found is not None), None)
