"""Brå: "Indikatorer för kommuners lägesbild", one workbook a kommun.

Crime sheets: a title row, then ``Region`` (kommun, län, Hela riket) and for each year the pair "Antal" and "Antal per
100 000". NTU sheets (``…-NTU``): one column for each two-year interval such as "2017/2018", shares in percent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from lofte_engine.cell_dates import Period, read_period
from lofte_engine.cells import clean_text
from lofte_engine.sources.generic import has_preliminary, numbered
from lofte_engine.sources.grid import Grid, file_kind, file_sha256, read_workbook
from lofte_engine.sources.layout import Numbered
from lofte_engine.table_check import ROW, check, reject_table
from lofte_engine.table_columns import Contract
from lofte_engine.table_errors import TableError
from lofte_engine.tables import COUNTS, INDICATORS, DataSet

_NTU = re.compile(r"[\s_–-]*NTU\b[\s_–-]*", re.I)
_YEAR = re.compile(
    r"(?:(?:år )?((?:19|20)\d\d)(?:\s*[/–-]\s*((?:19|20)\d\d))?)(?:\s*\(?prel\.?(?:iminär[at]?)?\)?)?\*?", re.I
)
COUNT_NOTES = (
    "Rader för län och hela riket finns med för att jämföra.",
    "Antalet anmälda brott beror också på hur mycket som anmäls och hur polisen arbetar.",
)
NTU_NOTES = (
    "Två år är sammanslagna: jämför inte perioder som delar ett år, och visa aldrig en period som ett år.",
    "Filen har inga osäkerhetsintervall: rangordna inte kommuner.",
)
_ATTRIBUTION = "Källa: Brå, Indikatorer för kommuners lägesbild"


@dataclass(frozen=True)
class BraIndicators:
    """The two halves of the workbook.

    Attributes
    ----------
    counts : DataSet or None
        Reported crime: kommun, län and riket, per year, with rates.
    shares : DataSet or None
        NTU: shares in percent per two-year interval.
    unread_sheets : tuple of str
        Sheets without a table (contents, notes).
    """

    counts: DataSet | None
    shares: DataSet | None
    unread_sheets: tuple[str, ...]


def looks_like(grids: Sequence[Grid]) -> bool:
    """Whether a workbook is Brå's: sheets with "Region" over Hela riket and pairs of "Antal"."""
    return any(_header_of(list(numbered(grid))) is not None for grid in grids if not grid.is_hidden)


def read_bra_indicators(path: Path, *, known_from: dt.date | None = None) -> BraIndicators:
    """Read the workbook of a kommun.

    Parameters
    ----------
    path : Path
        xlsx.
    known_from : date or None
        The day Brå released it.

    Returns
    -------
    BraIndicators
        The row number in reject lists counts within the sheet; its name stands in the value.

    Raises
    ------
    TableError
        With code "wrong_layout" when no sheet has the layout.

    Notes
    -----
    ``..`` is hidden and ``-`` is zero. The category of a count is the sheet's name without its number
    ("2 Skadegörelsebrott" and "2. Skadegörelsebrott" are both Skadegörelsebrott). A year marked "prel." or with a star
    is preliminary.
    """
    if file_kind(path) != "workbook":
        raise TableError(
            "wrong_layout", source="Brås Indikatorer för kommuners lägesbild", what="det är ingen Excelfil"
        )
    counts: list[dict[str, object]] = []
    shares: list[dict[str, object]] = []
    asides: dict[bool, list[pa.Table]] = {False: [], True: []}
    unread: list[str] = []
    for grid in read_workbook(path):
        rows = list(numbered(grid))
        found = _header_of(rows)
        if found is None:
            unread.append(grid.name)
            continue
        is_ntu = bool(_NTU.search(grid.name)) or found.is_shares
        records = shares if is_ntu else counts
        for number, cells in rows[found.below :]:
            region = clean_text(cells[found.region]) if found.region < len(cells) else ""
            if not region or sum(1 for cell in cells if clean_text(cell)) < 2:
                text = f"{grid.name}: {next(filter(None, map(clean_text, cells)), '')}"
                reason = "är en fotnot, inte en rad i tabellen"
                asides[is_ntu].append(reject_table([number], "Region", [text], reason))
                continue
            records += _records(grid.name, number, region, cells, found, is_ntu)
    if not counts and not shares:
        what = 'inget blad har kolumnen Region och par av "Antal" och "Antal per 100 000"'
        raise TableError("wrong_layout", source="Brås Indikatorer för kommuners lägesbild", what=what)
    return BraIndicators(
        _data_set(counts, COUNTS, asides[False], "Anmälda brott", COUNT_NOTES, path, known_from),
        _data_set(shares, INDICATORS, asides[True], "Nationella trygghetsundersökningen", NTU_NOTES, path, known_from),
        tuple(unread),
    )


@dataclass(frozen=True)
class _Header:
    region: int
    below: int
    columns: tuple[tuple[int, Period, str], ...]
    is_shares: bool


def _header_of(rows: list[Numbered]) -> _Header | None:
    """Where "Region" stands, and for each column its period and whether it is a count, a rate or a share."""
    for at, (_, cells) in enumerate(rows[:12]):
        texts = [clean_text(cell) for cell in cells]
        region = next((column for column, text in enumerate(texts) if text.casefold() == "region"), None)
        if region is None:
            continue
        same = texts[region + 1 :]
        if any(_year(text) for text in same):
            after = [clean_text(cell) for cell in rows[at + 1][1]] if at + 1 < len(rows) else []
            measures = after if any(_measure(text) for text in after[region + 1 :]) else []
            return _columns(texts, measures, region, at + (2 if measures else 1))
        if any(_measure(text) and _year_within(text) for text in same):
            return _columns([_year_within(text) for text in texts], texts, region, at + 1)
        if at and any(_measure(text) for text in same):
            return _columns([clean_text(cell) for cell in rows[at - 1][1]], texts, region, at + 1)
    return None


def _columns(years: list[str], measures: list[str], region: int, below: int) -> _Header | None:
    columns = []
    current = ""
    for at in range(region + 1, max(len(years), len(measures))):
        text = years[at] if at < len(years) else ""
        current = text if _year(text) else "" if text else current
        measure = _measure(measures[at]) if at < len(measures) else None
        if (measures and measure is None) or not current or (not measures and not _year(text)):
            continue
        columns.append((at, read_period(current), measure or "value"))
    if not columns:
        return None
    return _Header(region, below, tuple(columns), all(what == "value" for _, _, what in columns))


def _year(text: str) -> bool:
    return bool(_YEAR.fullmatch(text))


def _year_within(text: str) -> str:
    found = re.search(r"(?:19|20)\d\d", text)
    return found[0] if found else ""


def _measure(text: str) -> str | None:
    normal = text.casefold()
    if "antal" not in normal and "andel" not in normal and "procent" not in normal:
        return None
    if "andel" in normal or "procent" in normal:
        return "value"
    return "rate_per_100k" if "per 100" in normal else "count"


def _records(
    sheet: str, number: int, region: str, cells: Sequence[object], header: _Header, is_ntu: bool
) -> list[dict[str, object]]:
    title = re.sub(r"^\d+[.:)]?\s*[–-]?\s*", "", _NTU.sub(" ", sheet)).strip() or sheet
    by_period: dict[Period, dict[str, object]] = {}
    for at, period, what in header.columns:
        cell = cells[at] if at < len(cells) else ""
        by_period.setdefault(period, {})[what] = cell
    common: dict[str, object] = {ROW: number, "area_name": region}
    if is_ntu:
        common |= {"indicator_id": f"NTU {title}", "title": title}
    else:
        common |= {"category": title, "category_id": sheet}
    return [
        {
            **common,
            "period_start": period.start,
            "period_end": period.end,
            "is_preliminary": period.is_preliminary,
            **values,
        }
        for period, values in by_period.items()
    ]


def _data_set(
    records: list[dict[str, object]],
    contract: Contract,
    asides: list[pa.Table],
    title: str,
    notes: tuple[str, ...],
    path: Path,
    known_from: dt.date | None,
) -> DataSet | None:
    if not records:
        return None
    names = [name for name in (ROW, *contract.names) if any(name in record for record in records)]
    typed = (ROW, "period_start", "period_end", "is_preliminary")
    columns: dict[str, Any] = {}
    for name in names:
        cells = [record.get(name) for record in records]
        columns[name] = pa.array(cells if name in typed else [_text(cell) for cell in cells])
    checked = check(pa.table(columns), contract, aside=asides)
    return DataSet(
        source="bra_indicators",
        title=title,
        publisher="Brottsförebyggande rådet",
        licence="Officiell statistik, fri att använda med källa",
        attribution=_ATTRIBUTION,
        checked=checked,
        known_from=known_from,
        is_preliminary=has_preliminary(checked.table),
        input_sha256=file_sha256(path),
        notes=notes,
    )


def _text(cell: object) -> str:
    # repr keeps every decimal of a number from Excel.
    return repr(cell) if isinstance(cell, float) else clean_text(cell)
