"""What may be shown to everyone: a data set's figures after disclosure control, tried against what is already out.

Official statistics go out as their source shows them. Counts of the kommun's own are protected: small numbers are
hidden, and as many others as it takes so that nobody can work them out, from this release or from earlier ones.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from lofte.core.jobs import Progress
from lofte.design.words import number_words
from lofte.evidence.models import AreaFigure, DataSet, FigureRelease, Scope
from lofte.evidence.periods import Span
from lofte_engine.disclosure import CountTable, DisclosureError, Protected, Published, Register
from lofte_engine.disclosure.sentences import sentence
from lofte_engine.disclosure.suppression import THRESHOLD

NAMES = ("area", "period", "category")
KOMMUN = "kommunen"
SUMS = ("alla", "total", "summa")
Code = tuple[str, ...]


def make_release(data_set: DataSet, progress: Progress) -> dict[str, Any]:
    """Make what would be shown and keep it for a person to look at; nothing is out before they say so."""
    figures = list(data_set.figures.filter(is_current=True).select_related("area"))
    out = published_in_series(data_set)
    progress.step(1, 3)
    safe = _protected(data_set, figures, out) if data_set.is_protected else None
    progress.step(2, 3)
    shown = {} if safe is None else dict(safe.published.rows())
    rows = [_row(figure, shown if safe else None) for figure in figures if safe is None or _code(figure) in shown]
    content = _about(data_set) | {"figures": rows, "control": _control(safe)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    with transaction.atomic():
        data_set.releases.filter(published_at=None).delete()
        FigureRelease.objects.create(
            data_set=data_set, content=content, table=_table(safe) if safe else {}, after=len(out),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        )  # fmt: skip
    progress.step(3, 3)
    return {"shown": sum(not row["hidden"] for row in rows), "hidden": sum(row["hidden"] for row in rows)}


def published_in_series(data_set: DataSet) -> list[FigureRelease]:
    """What is out of the same table, this edition and earlier ones, in the order it came out."""
    rows = FigureRelease.objects.filter(
        data_set__cycle__municipality=data_set.cycle.municipality, data_set__series=data_set.series,
        published_at__isnull=False,
    )  # fmt: skip
    return list(rows.order_by("published_at", "pk"))


def sentence_of(refusal: DisclosureError) -> str:
    """What is wrong, in Swedish, without the file that the command line would name."""
    return sentence(refusal, _("tabellen"))


# --- the table and its sums


def _code(figure: AreaFigure) -> Code:
    area = figure.area.key if figure.area else KOMMUN
    return area, Span(figure.starts, figure.ends).label, figure.category


def _protected(data_set: DataSet, figures: Sequence[AreaFigure], out: Sequence[FigureRelease]) -> Protected:
    own = [figure for figure in figures if figure.scope in (Scope.AREA, Scope.MUNICIPALITY) and figure.n is not None]
    within = _within(own)
    rows = [(_code(figure), figure.n or 0) for figure in own]
    table = CountTable.from_rows(NAMES, rows, within)
    asked = {code for code, _count in rows}
    allowed = [{code[axis] for code in asked} for axis in range(len(NAMES))]
    masks = [
        np.array([code in names for code in dimension.codes])
        for dimension, names in zip(table.dimensions, allowed, strict=True)
    ]
    publish = masks[0][:, None, None] & masks[1][None, :, None] & masks[2][None, None, :]
    register = Register(tuple(_published(release.table) for release in out if release.table))
    safe, _register = register.protect(table, publish=publish)
    return safe


def _within(figures: Sequence[AreaFigure]) -> dict[str, list[tuple[str, str]]]:
    """Which code belongs to which sum: kommundelar to the kommun, tertials to their year, categories to all of them."""
    areas = {figure.area.key for figure in figures if figure.area}
    spans = {Span(figure.starts, figure.ends) for figure in figures}
    categories = {figure.category for figure in figures}
    sums = {name for name in categories if name.casefold().startswith(SUMS)}
    within = {
        "area": [(area, KOMMUN) for area in sorted(areas)],
        "period": [
            (part.label, whole.label)
            for part in sorted(spans)
            for whole in sorted(spans)
            if part != whole and whole.starts <= part.starts and part.ends <= whole.ends
        ],
        "category": [(name, total) for name in sorted(categories - sums) for total in sorted(sums)],
    }
    return {name: pairs for name, pairs in within.items() if pairs}


def _table(safe: Protected) -> dict[str, Any]:
    published = safe.published
    return {
        "rows": [[list(code), count] for code, count in published.rows()],
        "within": {
            name: [
                [code, parent]
                for code, many in zip(dimension.codes, dimension.parents, strict=True)
                for parent in many
            ]
            for name, dimension in zip(NAMES, published.dimensions, strict=True)
        },
        "revised": [list(code) for code in safe.revised],
    }  # fmt: skip


def _published(table: dict[str, Any]) -> Published:
    rows = [(tuple(code), count) for code, count in table["rows"]]
    within = {name: [(code, parent) for code, parent in pairs] for name, pairs in table["within"].items()}
    codes = {code for code, _count in rows}
    return Published.from_rows(NAMES, rows, within, [tuple(code) for code in table["revised"] if tuple(code) in codes])


# --- what everyone reads


def _about(data_set: DataSet) -> dict[str, Any]:
    told = {
        "title": data_set.title,
        "definition": data_set.definition,
        "publisher": data_set.publisher,
        "licence": data_set.licence,
        "attribution": data_set.attribution,
        "edition": data_set.edition,
        "known_from": data_set.known_from.isoformat() if data_set.known_from else "",
        "is_preliminary": data_set.is_preliminary,
        "series": data_set.series,
        "notes": data_set.notes,
        "rows_in": data_set.rows_in,
        "rows_used": data_set.rows_used,
        "input_sha256": data_set.input_sha256,
        "marks": data_set.marks,
        "outlines": data_set.outlines,
        "reporters": data_set.reporters,
    }
    if data_set.is_protected:
        # The number of rows is a sum that nobody has guarded, and a checksum can be tried against guesses.
        told = {name: value for name, value in told.items() if name not in ("rows_in", "rows_used", "input_sha256")}
    return told


def _control(safe: Protected | None) -> dict[str, Any]:
    if safe is None:
        return {"method": _("Källans egna siffror, som de är.")}
    method = _("Antal under {n} visas inte, och inte heller andra antal som de skulle kunna räknas ut av.")
    return {"method": method.format(n=number_words(THRESHOLD)), "threshold": THRESHOLD}


def _row(figure: AreaFigure, shown: dict[Code, int | None] | None) -> dict[str, Any]:
    row = {
        "scope": figure.scope,
        "area": figure.area.key if figure.area else "",
        "place": figure.place,
        "category": figure.category,
        "group": figure.group,
        "starts": figure.starts.isoformat(),
        "ends": figure.ends.isoformat(),
        "kind": figure.kind,
        "unit": figure.unit,
        "method": figure.method,
        "is_preliminary": figure.is_preliminary,
        "is_effort_driven": figure.is_effort_driven,
    }
    hidden = figure.value is None if shown is None else shown.get(_code(figure)) is None
    told = {
        "value": _number(figure.value), "low": _number(figure.low), "high": _number(figure.high), "n": figure.n,
        "rate": _number(figure.rate), "rate_low": _number(figure.rate_low), "rate_high": _number(figure.rate_high),
        "rate_unit": figure.rate_unit,
        "warnings": figure.warnings, "comparison": _comparison(figure, shown),
    }  # fmt: skip
    return row | {"hidden": hidden} | ({} if hidden else told)


def _comparison(figure: AreaFigure, shown: dict[Code, int | None] | None) -> dict[str, Any]:
    """A comparison tells the sum of the periods it is made of, so it is shown only where all of them are."""
    told = dict(figure.comparison)
    told.pop("p", None)
    if shown is None or not told:
        return told
    area, _period, category = _code(figure)
    for starts, ends, _count in told.get("earlier", ()):
        label = Span(_day(starts), _day(ends)).label
        if shown.get((area, label, category)) is None:
            return {}
    return told


def _day(text: str) -> dt.date:

    return dt.date.fromisoformat(text)


def _number(value: Any) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
