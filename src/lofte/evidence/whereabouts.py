"""Which place a row of a file is about: a part of the kommun, the kommun, its surroundings, or somewhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lofte.evidence.models import Scope
from lofte.places.models import Area, Municipality

COUNTRY = frozenset({"riket", "hela riket", "sverige", "hela sverige"})
COUNTRY_CODES = frozenset({"00", "0000"})
_SMALL_AREA = re.compile(r"(?P<kommun>\d{4})[ABCR]\d{3,4}")
_LABEL = re.compile(r"(?P<kommun>.+?) \((?P<area>.+)\)")
_DASHES = re.compile(r"[‐-―]")
# One division is used at a time; the kommun's own comes first.
DIVISIONS = (Area.Kind.DISTRICT, Area.Kind.REGSO, Area.Kind.DESO, Area.Kind.CITY_AREA)


@dataclass(frozen=True)
class Where:
    """A place as it is kept. `scope` is None for a part of another kommun, and for a part that is not known here."""

    scope: Scope | None
    place: str
    area: Area | None = None
    is_unknown_part: bool = False


class Whereabouts:
    """The places of one kommun by code and by name."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        areas = list(municipality.areas.order_by("edition", "pk"))
        # Of two editions with the same name the later one stands.
        self.by_code = {area.code.casefold(): area for area in areas if area.code}
        self.by_name = {_plain(area.name): area for area in sorted(areas, key=_finest_last)}
        self.names = {
            _plain(name)
            for name in (
                municipality.name,
                str(municipality),
                f"{municipality.name} kommun",
                f"{municipality.name}s kommun",
            )
        }

    def of(self, code: str = "", name: str = "") -> Where:
        """The place that a row names, by its code first."""
        return self._by_code(code.strip(), name.strip()) or self._by_name(name.strip() or code.strip())

    def _by_code(self, code: str, name: str) -> Where | None:
        if area := self.by_code.get(code.casefold()):
            return Where(Scope.AREA, area.name, area)
        if found := _SMALL_AREA.fullmatch(code):
            return Where(None, name or code, is_unknown_part=found["kommun"] == self.municipality.code)
        if code == self.municipality.code:
            return Where(Scope.MUNICIPALITY, str(self.municipality))
        if code in COUNTRY_CODES:
            return Where(Scope.AROUND, "Hela riket")
        if re.fullmatch(r"\d{2}|00\d{2}", code):
            return Where(Scope.AROUND, name or code)
        if re.fullmatch(r"\d{4}", code):
            return Where(Scope.OTHER, name or code)
        return None

    def _by_name(self, name: str) -> Where:
        plain = _plain(name)
        if plain in self.names:
            return Where(Scope.MUNICIPALITY, str(self.municipality))
        if plain in COUNTRY:
            return Where(Scope.AROUND, "Hela riket")
        if area := self.by_name.get(plain):
            return Where(Scope.AREA, area.name, area)
        if plain.endswith("län") or plain.startswith("region "):
            return Where(Scope.AROUND, name)
        if found := _LABEL.fullmatch(name):
            is_ours = _plain(found["kommun"]) in self.names
            area = self.by_name.get(_plain(found["area"])) if is_ours else None
            return Where(Scope.AREA, area.name, area) if area else Where(None, name, is_unknown_part=is_ours)
        return Where(Scope.OTHER, name)

    def division(self, *, with_shape: bool = True) -> list[Area]:
        """The kommun's own division into parts, in its latest edition: what points are placed in."""
        for kind in DIVISIONS:
            areas = [area for area in self.municipality.areas.filter(kind=kind) if area.geometry or not with_shape]
            if areas:
                latest = max(area.edition for area in areas)
                return sorted((area for area in areas if area.edition == latest), key=lambda area: area.name)
        return []


def _plain(name: str) -> str:
    return _DASHES.sub("-", " ".join(name.split())).casefold().replace(" )", ")")


def _finest_last(area: Area) -> tuple[int, str]:
    """A name that a kommundel shares with a RegSO means the kommundel."""
    order = list(reversed(DIVISIONS))
    return (order.index(Area.Kind(area.kind)) + 1 if area.kind in order else 0, area.edition)
