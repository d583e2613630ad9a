"""Registers of the constructed kommun by the act (2023:196): council, coordination function, reports to fullmäktige."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lofte.places.models import Municipality


def load_registers(file: Path) -> int:
    """How many rows are new. Only a constructed kommun whose registers are empty gets any."""
    from lofte.places.models import Municipality
    from lofte.statute.models import AssemblyReport, CoordinationFunction, StrategicCouncil

    if not file.exists():
        return 0
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    where = Municipality.objects.filter(slug=told["municipality"], is_constructed=True).first()
    kinds = (StrategicCouncil, CoordinationFunction, AssemblyReport)
    if where is None or any(kind._default_manager.filter(municipality=where).exists() for kind in kinds):
        return 0
    made = _council(where, told["council"])
    made += _rows(CoordinationFunction, where, told["functions"])
    return made + _rows(AssemblyReport, where, told["reports"])


def _council(where: Municipality, told: dict[str, Any]) -> int:
    from lofte.statute.models import CouncilMeeting, CouncilMember, StrategicCouncil

    own = {each.key: each for each in where.organisations.all()}
    council = StrategicCouncil.objects.create(
        municipality=where, name=told["name"], led_by=own[told["led_by"]], chair=told["chair"], starts=told["starts"]
    )
    seats = [{**each, "organisation": own[each["organisation"]], "council": council} for each in told["members"]]
    meetings = [{**each, "council": council} for each in told["meetings"]]
    return 1 + _rows(CouncilMember, where, seats) + _rows(CouncilMeeting, where, meetings)


def _rows(kind: Any, where: Municipality, rows: list[dict[str, Any]]) -> int:
    for row in rows:
        kind.objects.create(municipality=where, **row)
    return len(rows)
