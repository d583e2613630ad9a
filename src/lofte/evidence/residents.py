"""Who lives in a kommun by age, sex and area, out of the population tables that have been read in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from lofte.evidence.figure_models import Fact, Scope
from lofte.places.models import Municipality
from lofte.voices.population import (
    Ages,
    AreaPopulation,
    Population,
    tells_population,
    tells_population_of_areas,
)

SEXES = {"kvinnor": "woman", "kvinna": "woman", "women": "woman", "män": "man", "man": "man", "men": "man"}
AGE = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?(\s*[-–+])?\s*(?:år.*|years?.*)?", re.IGNORECASE)
OPEN = re.compile(r"eller äldre|or older|\+|[-–]\s*(?:år|years?)?$", re.IGNORECASE)
People = dict[tuple[Ages | None, str], int]


@tells_population
def residents(municipality: Municipality, year: int) -> Population | None:
    """From the newest table that tells age or sex, for the year nearest to the one asked for."""
    facts = Fact.objects.filter(
        data_set__cycle__municipality=municipality, data_set__contract="population", scope=Scope.MUNICIPALITY,
        count__isnull=False,
    ).exclude(group__in=("", "totalt"))  # fmt: skip
    # One that says nothing of age or sex is rare: the newest is nearly always the answer, and one question.
    tried: list[int] = []
    newest = facts.order_by("-data_set__read_at", "-data_set").values("data_set")
    while rows := list(facts.filter(data_set=newest.exclude(data_set__in=tried)[:1]).select_related("data_set")):
        tried.append(rows[0].data_set_id)
        nearest = min({fact.starts.year for fact in rows}, key=lambda known: (abs(known - year), known))
        people = _people(fact for fact in rows if fact.starts.year == nearest)
        by_age, by_sex = _margin(people, 0), _margin(people, 1)
        if by_age or by_sex:
            source = rows[0].data_set.title
            return Population(nearest, source, by_age, by_sex)  # type: ignore[arg-type] # keys of each margin
    return None


@tells_population_of_areas
def residents_of_areas(municipality: Municipality, year: int, named: Collection[str]) -> AreaPopulation | None:
    """From the newest table that tells how many live in the areas named, for the year nearest to the one asked for.

    Areas of one kind only, the one that holds most of the names: parts of town and RegSO overlap.
    """
    facts = Fact.objects.filter(
        data_set__cycle__municipality=municipality, data_set__contract="population", scope=Scope.AREA,
        area__isnull=False, count__gt=0, group__in=("", "totalt"),
    ).order_by("-data_set__read_at", "-data_set")  # fmt: skip
    rows = list(facts.values_list("data_set", "data_set__title", "area__kind", "starts__year", "area__name", "count"))
    held = Counter((table, kind) for table, _title, kind, _year, name, _n in rows if name in named)
    if not held:
        return None
    chosen = held.most_common(1)[0][0]
    of_kind = [row for row in rows if (row[0], row[2]) == chosen]
    nearest = min({row[3] for row in of_kind}, key=lambda known: (abs(known - year), known))
    people = {name: count or 0 for _table, _title, _kind, known, name, count in of_kind if known == nearest}
    return AreaPopulation(nearest, of_kind[0][1], people)


def _people(facts: Iterable[Fact]) -> People:
    found: People = {}
    for fact in facts:
        words = [word.strip() for word in fact.group.split("·")]
        ages = next((age for word in words if (age := age_in(word))), None)
        sex = next((SEXES[word.casefold()] for word in words if word.casefold() in SEXES), "")
        if ages or sex:
            found[ages, sex] = fact.count or 0
    return found


def _margin(people: People, which: int) -> Counter[object]:
    """By age or by sex: as the table says it, else added up over the other."""
    alone = {key: number for key, number in people.items() if key[which] and not key[1 - which]}
    margin: Counter[object] = Counter()
    for key, number in (alone or people).items():
        if key[which]:
            margin[key[which]] += number
    return margin


def age_in(word: str) -> Ages | None:
    """First and last year of an age group as tables write it.

    >>> [age_in(word) for word in ("20 år", "16-24 år", "100+ år", "85- år", "65 år eller äldre", "män")]
    [(20, 20), (16, 24), (100, None), (85, None), (65, None), None]
    """
    found = AGE.fullmatch(word.strip())
    if found is None:
        return None
    first, last = int(found[1]), found[2]
    if last:
        return first, int(last)
    return (first, None) if OPEN.search(word) else (first, first)
