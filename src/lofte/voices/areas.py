"""Which places one can choose between in a dialogue, and how coarsely a place is stored."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lofte.places.models import Area, Municipality
from lofte.voices.models import Dialogue

Choices = list[tuple[str, str | list[tuple[str, str]]]]
# The kommun's own words first; the divisions of the statistics office only where there are none.
OWN = (Area.Kind.DISTRICT, Area.Kind.CITY_AREA, Area.Kind.PLACE)
INSTEAD = (Area.Kind.REGSO,)
# A square or a schoolyard is a place; it is stored as the part of town that it lies in, when that is known.
FINE = (Area.Kind.PLACE, Area.Kind.POLYGON)


def offered(dialogue: Dialogue) -> list[Area]:
    """The places of a dialogue with what lies in them, else those of the kommun."""
    chosen = {area.pk for area in dialogue.areas.all()}
    if not chosen:
        return of_kommun(dialogue.cycle.municipality)
    return [area for area in every(dialogue.cycle.municipality) if area.pk in chosen or area.parent_id in chosen]


def of_kommun(municipality: Municipality) -> list[Area]:
    found = every(municipality)
    own = [area for area in found if area.kind in OWN]
    return own or [area for area in found if area.kind in INSTEAD]


def every(municipality: Municipality) -> list[Area]:
    # Boundaries are long, and nobody chooses by them here.
    return list(municipality.areas.select_related("parent").defer("geometry", "parent__geometry"))


def coarse(area: Area | None) -> Area | None:
    """The area that a place is stored as."""
    while area is not None and area.kind in FINE and area.parent is not None:
        area = area.parent
    return area


def choices(areas: Sequence[Area]) -> Choices:
    """For a list to choose from: each part of town, and under it its places by name."""
    places: dict[int, list[Area]] = {}
    listed = {area.pk for area in areas}
    for area in areas:
        if area.parent_id in listed and area.parent_id is not None:
            places.setdefault(area.parent_id, []).append(area)
    tops = sorted((area for area in areas if area.parent_id not in listed), key=lambda area: area.name.lower())
    made: Choices = [("", _("Välj plats"))]
    for area in tops:
        if area.pk not in places:
            made.append((area.key, area.name))
            continue
        whole = (area.key, _("Någonstans i {area}").format(area=area.name))
        inside = sorted((each.name, each.key) for each in places[area.pk])
        made.append((area.name, [whole, *((key, name) for name, key in inside)]))
    return made
