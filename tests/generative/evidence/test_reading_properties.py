"""Whatever a file holds: it is refused with a sentence, or every row is used or told, and every used one is counted."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from data_files import bra_workbook, kolada_reply
from lofte.evidence import reading
from lofte.evidence.models import Scope
from lofte.evidence.whereabouts import Where, Whereabouts
from lofte.imports.kinds import FileUnreadable
from lofte.places.models import Area, Municipality

CELLS = st.one_of(
    st.sampled_from(
        ["2026-03-01", "2026-02-30", "1/3 2026", "i går", "", "klotter", "Norr", "Söder", "Kiruna", "59,38", "-", "..",
         "Summa", "=1/0", '"', "a;b", "1\u00a0000", "2099-01-01"]
    ),
    st.text(max_size=12),
)  # fmt: skip
LINES = st.lists(st.lists(CELLS, max_size=5), max_size=12)


class Tuna(Whereabouts):
    """Norr and Söder, without a database."""

    def __init__(self) -> None:
        self.municipality = Municipality(name="Tuna", code="9001", slug="tuna")
        self.by_code: dict[str, Area] = {}
        self.by_name = {name: Area(pk=at, name=name) for at, name in enumerate(("norr", "söder"), 1)}
        self.names = {"tuna", "tuna kommun"}


def read(content: bytes) -> reading.Found | None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            return reading.read(Path(file.name), Tuna(), today=dt.date(2026, 9, 10))
        except FileUnreadable:
            return None


def adds_up(found: reading.Found | None) -> bool:
    tables: Any = found.tables if found is not None else ()
    return all(
        table.report.rows_in >= table.report.rows_used >= 0 and len(table.report.problems) <= reading.MOST_PROBLEMS
        for table in tables
    )


# Reading touches the disk: how long it takes says nothing.
@settings(deadline=None)
@given(LINES, st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
def test_any_table_of_counts_is_read_or_refused(lines: list[list[str]], between: str, encoding: str) -> None:
    text = "\n".join(between.join(line) for line in [["Område", "Brott", "Period", "Antal"], *lines])

    assert adds_up(read(text.encode(encoding, "replace")))


@settings(deadline=None)
@given(st.data())
def test_a_workbook_with_wrong_bytes_is_read_or_refused(choice: st.DataObject) -> None:
    whole = bytearray(choice.draw(st.sampled_from([bra_workbook(), kolada_reply()])))
    for _each in range(choice.draw(st.integers(1, 6))):
        whole[choice.draw(st.integers(0, len(whole) - 1))] = choice.draw(st.integers(0, 255))

    assert adds_up(read(bytes(whole)))


@given(st.text(max_size=30), st.text(max_size=30))
def test_every_place_is_somewhere_or_nowhere_but_never_an_error(code: str, name: str) -> None:
    where = Tuna().of(code, name)

    assert isinstance(where, Where)
    assert (where.area is not None) == (where.scope == Scope.AREA)
