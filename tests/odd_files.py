"""Files of events as people have them."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import xlsxwriter

TODAY = dt.date(2025, 6, 1)
HEAD = "Datum;Händelsetyp;Kommundel"
ONE, TWO = "2024-07-03 14:30;klotter;Åby", "2024-07-04 02:10;skadegörelse;Östermalm"
GOOD = "\n".join([HEAD, ONE, TWO, ""])


def workbook(fill: Callable[[Any], None]) -> bytes:
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        fill(book)
    return data.getvalue()


def sheet_of(*rows: list[object]) -> bytes:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Händelser")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)

    return workbook(fill)
