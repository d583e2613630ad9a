"""Where the headings stand, and which rows are totals or notes rather than data."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lofte_engine.cells import clean_text
from lofte_engine.table_check import Why
from lofte_engine.table_errors import TableError

LOOKED_AT = 60
_NUMBER = re.compile(r"[<+\-−]?[\d .,  %]+|\.\.|\.|-")
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d(?:\s*[/–-]\s*(?:(?:19|20|21)?\d\d))?")
TOTAL_WORDS = "summa|totalt|total|delsumma|samtliga|hela (?:kommunen|perioden|året)|grand total|sum"
_TOTAL = re.compile(rf"(?:{TOTAL_WORDS}|totalsumman?)(?: (?:antal|alla|händelser|ärenden))*\.?:?", re.I)
Numbered = tuple[int, Sequence[object]]


@dataclass(frozen=True)
class Layout:
    """Where a table stands in its sheet.

    Parameters
    ----------
    names : tuple of str
        One heading a column, all different. Two rows of headings are joined: "2022 Antal".
    header : int
        Row number of the (last) row of headings.
    top : int
        Row number of the first row of headings.
    """

    names: tuple[str, ...]
    header: int
    top: int


def normal_heading(cell: object) -> str:
    """A heading for comparing: small letters, no underscores, one kind of space, no ending colon or star.

    Examples
    --------
    >>> normal_heading(" Anmälnings_datum*: ")
    'anmälnings datum'
    """
    return re.sub(r"\s+", " ", clean_text(cell).casefold().replace("_", " ")).strip(" *:.")


def find_layout(rows: Sequence[Numbered], known: Collection[str] = (), header: int | None = None) -> Layout:
    """Find the row of headings below titles and blank rows.

    Parameters
    ----------
    rows : sequence of (row number, cells)
        The first rows of the sheet, without blank ones.
    known : collection of str
        Headings that the source is known to use (`normal_heading`); the row with most of them is taken.
    header : int or None
        Row number, when a person has said which.

    Returns
    -------
    Layout

    Raises
    ------
    TableError
        With code "no_table" when no row looks like headings, or "only_header" when nothing follows.

    Examples
    --------
    >>> find_layout([(1, ["Skador 2024", ""]), (3, ["Datum", "Typ"]), (4, ["2024-01-02", "klotter"])]).header
    3
    """
    at = _named_row(rows, header) if header is not None else _best_row(rows, known)
    if at is None:
        raise TableError("no_table")
    if at + 1 >= len(rows):
        raise TableError("only_header")
    cells = [clean_text(cell) for cell in rows[at][1]]
    upper = _upper_row(rows, at, cells)
    names = [f"{above} {cell}".strip() for above, cell in zip(upper, cells, strict=True)] if upper else cells
    top = rows[at - 1][0] if upper else rows[at][0]
    return Layout(_all_different(names), rows[at][0], top)


def aside(cells: Sequence[object], layout: Layout, *, with_totals: bool = True) -> tuple[Why, str] | None:
    """Why a row below the headings is no data, or None when it is.

    Parameters
    ----------
    cells : sequence
    layout : Layout
    with_totals : bool
        Whether "Totalt" in the first column marks a sum. In tables of a statistics agency it is a category.

    Returns
    -------
    (Why, str) or None
        The kind and the reason in Swedish.
    """
    texts = [clean_text(cell) for cell in cells]
    filled = [text for text in texts if text]
    if len(filled) == 1 and len(layout.names) >= 3 and texts[0]:
        if any(str(cells[0]).count(mark) == len(layout.names) - 1 for mark in ",;\t|"):
            return Why.FAULT, "har ett annat skiljetecken än rubrikraden"
        return Why.NOTE, "är en fotnot eller mellanrubrik, inte en rad i tabellen"
    if len(filled) >= 2 and tuple(texts[: len(layout.names)]) == layout.names[: len(texts)]:
        return Why.NOTE, "rubrikraden upprepas"
    if with_totals and filled and _TOTAL.fullmatch(filled[0]):
        return Why.TOTAL, "är en summarad; den räknas inte som en egen rad"
    return None


def _named_row(rows: Sequence[Numbered], header: int) -> int:
    for at, (number, _) in enumerate(rows):
        if number == header:
            return at
    raise TableError("no_table")


def _best_row(rows: Sequence[Numbered], known: Collection[str]) -> int | None:
    looked = rows[:LOOKED_AT]
    scores = [len({normal_heading(cell) for cell in cells} & set(known)) for _, cells in looked]
    if scores and max(scores) >= 2:
        return scores.index(max(scores))
    widest = max((_filled(cells) for _, cells in looked), default=0)
    for at, (_, cells) in enumerate(looked):
        texts = [text for text in map(clean_text, cells) if text]
        wide = len(texts) >= max(2, widest / 2)
        if wide and all(_is_heading(text) for text in texts) and not all(_YEAR.fullmatch(text) for text in texts):
            following = looked[at + 1][1] if at + 1 < len(looked) else ()
            if len(set(texts)) < len(texts) and _all_words(following) and _filled(following) >= len(texts):
                return at + 1
            return at
    return None


def _filled(cells: Sequence[object]) -> int:
    return sum(1 for cell in cells if clean_text(cell))


def _is_heading(text: str) -> bool:
    return bool(_YEAR.fullmatch(text)) or not _NUMBER.fullmatch(text)


def _all_words(cells: Sequence[object]) -> bool:
    texts = [text for text in map(clean_text, cells) if text]
    return len(texts) >= 2 and all(not _NUMBER.fullmatch(text) for text in texts)


def _upper_row(rows: Sequence[Numbered], at: int, cells: list[str]) -> list[str] | None:
    """The row above, carried over the columns it spans, when the headings alone are not all different."""
    named = [cell for cell in cells if cell]
    if at == 0 or len(set(named)) == len(named) or rows[at][0] - rows[at - 1][0] != 1:
        return None
    above = [clean_text(cell) for cell in rows[at - 1][1]][: len(cells)]
    above += [""] * (len(cells) - len(above))
    if len(set(above) - {""}) < 2:
        return None
    carried: list[str] = []
    for text, cell in zip(above, cells, strict=True):
        carried.append(text or (carried[-1] if carried and cell else ""))
    # A column that is merged over both rows of headings says the same thing twice.
    return ["" if text == cell else text for text, cell in zip(carried, cells, strict=True)]


def _all_different(names: Sequence[str]) -> tuple[str, ...]:
    while names and not names[-1]:
        names = names[:-1]
    seen: dict[str, int] = {}
    different = []
    for at, name in enumerate(names, 1):
        name = name or f"kolumn {at}"
        seen[name] = seen.get(name, 0) + 1
        different.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(different)
