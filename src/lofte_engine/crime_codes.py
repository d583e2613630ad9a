"""Crime codes with the time they are valid, and local groups made of them.

The four-digit codes are revised at least once a year; a code may come back with another meaning, and not every code is
a crime (a missing child is 9013). No list ships with the engine: the kommun brings the one its figures were made with.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from lofte_engine.table_errors import TableError

# The police find these by looking: a rise can mean more work and not more crime.
EFFORT_DRIVEN = frozenset({"drugs", "traffic", "weapons"})

NATIONAL_GROUPS: Mapping[str, str] = {
    "damage": "Skadegörelse",
    "graffiti": "Klotter",
    "disturbance": "Ordningsstörning",
    "drugs": "Narkotika",
    "violence": "Våld",
    "traffic": "Trafik",
    "theft": "Tillgrepp",
    "fire": "Brand",
    "weapons": "Vapen",
    "fraud": "Bedrägeri",
    "sexual": "Sexualbrott",
    "worry": "Oro",
}

# Words of Brå's category labels and of kommuner's own categories, in the order in which they are asked: the last step
# of a label decides, so "… 12 kap. Skadegörelsebrott" is damage though its first steps name property.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"klotter|graffiti", "graffiti"),
    (r"skadegörelse|vandalisering|åverkan", "damage"),
    (r"narkotika|drog", "drugs"),
    (r"vapen|explosiv|sprängning|skottlossning", "weapons"),
    (r"rattfylleri|trafik|fortkörning|moped", "traffic"),
    (r"sexual|våldtäkt", "sexual"),
    (r"stöld|tillgrepp|inbrott|snatteri", "theft"),
    (r"misshandel|mord|dråp|våld|liv och hälsa|frihet och frid|kvinnofrid|hot\b|rån(?:,| |$)", "violence"),
    (r"bedrägeri|oredlighet", "fraud"),
    (r"brand\b|mordbrand|anlagd|allmänfarlig", "fire"),
    (r"ordning|störning|ofog|fylleri|bråk", "disturbance"),
    (r"otrygg|oro\b", "worry"),
)


@dataclass(frozen=True)
class CrimeCode:
    """A code and when it is valid.

    Parameters
    ----------
    code : str
        Four digits, zeros kept.
    label : str
    valid_from : date
    valid_to : date or None
        Last day; None while it is in use.
    group : str
        Local group; empty when it has none.
    is_crime : bool
    """

    code: str
    label: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    group: str = ""
    is_crime: bool = True

    def is_valid(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def is_effort_driven(self) -> bool:
        return self.group in EFFORT_DRIVEN


@dataclass(frozen=True)
class CrimeCodes:
    """A list of codes, asked with a day.

    Parameters
    ----------
    codes : tuple of CrimeCode

    Raises
    ------
    TableError
        With code "wrong_layout" when two rows of one code are valid on the same day, or a code is not four digits.

    Examples
    --------
    >>> codes = CrimeCodes((
    ...     CrimeCode("0801", "Inbrott, äldre kod", dt.date(1996, 1, 1), dt.date(2018, 12, 31), "theft"),
    ...     CrimeCode("9801", "Inbrott i villa", dt.date(2019, 1, 1), None, "theft"),
    ... ))
    >>> codes.at("9801", dt.date(2024, 5, 1)).label, codes.at("9801", dt.date(2018, 5, 1))
    ('Inbrott i villa', None)
    >>> codes.breaks("theft", dt.date(2017, 1, 1), dt.date(2020, 1, 1))
    (datetime.date(2019, 1, 1),)
    """

    codes: tuple[CrimeCode, ...]

    def __post_init__(self) -> None:
        for one in self.codes:
            if not re.fullmatch(r"\d{4}", one.code):
                raise TableError(
                    "wrong_layout", source="en lista med brottskoder", what=f'"{one.code}" är inte fyra siffror'
                )
            if one.valid_to is not None and one.valid_to < one.valid_from:
                what = f"{one.code} slutar gälla innan den börjar"
                raise TableError("wrong_layout", source="en lista med brottskoder", what=what)
        for rows in self._by_code.values():
            for earlier, later in pairwise(rows):
                if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                    what = f"{later.code} gäller två gånger {later.valid_from}"
                    raise TableError("wrong_layout", source="en lista med brottskoder", what=what)

    @cached_property
    def _by_code(self) -> dict[str, list[CrimeCode]]:
        found: dict[str, list[CrimeCode]] = {}
        for one in sorted(self.codes, key=lambda code: (code.code, code.valid_from)):
            found.setdefault(one.code, []).append(one)
        return found

    def at(self, code: str, day: dt.date) -> CrimeCode | None:
        """What a code meant on a day; None when it was not in use."""
        return next((one for one in self._by_code.get(code.zfill(4), ()) if one.is_valid(day)), None)

    def group_of(self, code: str, day: dt.date) -> str:
        """The local group of a code on a day; empty when it has none or is no crime."""
        found = self.at(code, day)
        return found.group if found is not None and found.is_crime else ""

    def breaks(self, group: str, start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
        """Days within a period when the codes of a group changed: marks to draw on the time axis."""
        days = set()
        for one in self.codes:
            if one.group == group:
                days.add(one.valid_from)
                if one.valid_to is not None:
                    days.add(one.valid_to + dt.timedelta(days=1))
        return tuple(sorted(day for day in days if start < day <= end))


def read_crime_codes(path: Path) -> CrimeCodes:
    """Read a list of codes.

    Parameters
    ----------
    path : Path
        CSV with ``code, label, valid_from, valid_to, group, is_crime``; the last three may be absent.

    Returns
    -------
    CrimeCodes

    Raises
    ------
    TableError
        With code "missing_columns" or "wrong_layout".
    """
    from lofte_engine.cell_dates import read_date
    from lofte_engine.cells import CellError, clean_text, read_boolean
    from lofte_engine.sources.delimited import look_at, read_rows

    rows = iter(read_rows(look_at(path)))
    names = [clean_text(cell).casefold() for cell in next(rows, (0, []))[1]]
    if absent := [name for name in ("code", "label", "valid_from") if name not in names]:
        raise TableError("missing_columns", columns=", ".join(absent), found=", ".join(names) or "inga")
    codes = []
    for number, cells in rows:
        row = dict(zip(names, map(clean_text, cells), strict=False))
        try:
            crime = read_boolean(row.get("is_crime", ""))
            codes.append(
                CrimeCode(
                    row["code"].zfill(4),
                    row["label"],
                    read_date(row["valid_from"]),
                    read_date(row["valid_to"]) if row.get("valid_to") else None,
                    row.get("group", ""),
                    crime is not False,
                )
            )
        except (CellError, KeyError) as error:
            raise TableError("wrong_layout", source="en lista med brottskoder", what=f"rad {number} {error}") from error
    return CrimeCodes(tuple(codes))


def write_crime_codes(codes: Iterable[CrimeCode], path: Path) -> None:
    """Write a list of codes that `read_crime_codes` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "label", "valid_from", "valid_to", "group", "is_crime"])
        for one in codes:
            last = one.valid_to.isoformat() if one.valid_to else ""
            writer.writerow(
                [one.code, one.label, one.valid_from.isoformat(), last, one.group, "J" if one.is_crime else "N"]
            )


def suggest_group(label: str) -> str:
    """The national group that a category seems to belong to, for a person to confirm.

    Parameters
    ----------
    label : str
        A category of Brå or of a kommun. Of Brå's long labels the last step decides.

    Returns
    -------
    str
        A key of `NATIONAL_GROUPS`; empty when nothing is recognised.

    Examples
    --------
    >>> suggest_group("Brott mot brottsbalken, 8-12 kap. Brott mot förmögenhet, 12 kap. Skadegörelsebrott")
    'damage'
    >>> suggest_group("Brott mot specialstraffrättsliga författningar, Brott mot narkotikastrafflagen") in EFFORT_DRIVEN
    True
    """
    steps = re.split(r", (?=\d+(?:-\d+)? kap\.|därav |Brott mot |Lag |Vapenlagen|Alkohollagen)", label)
    last = re.sub(r"^\d+(?:-\d+)? kap\. ?|^därav ", "", steps[-1]).casefold()
    return next((group for pattern, group in _WORDS if re.search(pattern, last)), "")
