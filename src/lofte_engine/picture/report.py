"""``report.html``: the picture as a page to read, with a table beside every chart. Nothing that is hidden is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lofte_engine import wording
from lofte_engine.charts import Chart, Value, choropleth, intervals, over_time
from lofte_engine.picture.division import Division
from lofte_engine.picture.events import Events
from lofte_engine.picture.people import People
from lofte_engine.picture.publishing import Publication
from lofte_engine.picture.row_count import is_told
from lofte_engine.picture.sentences import sentences_of
from lofte_engine.wording import HIDDEN, number, period_name, sized

MOST_AREAS = 40
MOST_KINDS = 40
MOST_DIFFERENCES = 30
LARGEST_MAP = 5_000
# Of the differences told, at most this share is expected to be there by chance.
FALSE_SHARE = 0.1
PER_PERSON = "per 1 000 invånare och år"

Row = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What a report tells of.

    Parameters
    ----------
    rates : pyarrow.Table
        As from `rates_of`.
    division : Division
    events : Events
    publication : Publication
    people : People
    threshold : int
    """

    rates: pa.Table = field(repr=False)
    division: Division
    events: Events
    publication: Publication
    people: People
    threshold: int

    @cached_property
    def period(self) -> str:
        """The last whole year, or else the last period."""
        division = self.division
        if division.whole_years:
            return str(division.whole_years[-1])
        last = division.last - division.first
        return division.period_codes[last - (not division.is_last_whole and last > 0)]

    @property
    def all_kinds(self) -> str:
        return self.division.category_codes[-1]

    @property
    def everywhere(self) -> str | None:
        """The code of all areas together; None where only kommuner are guarded one by one."""
        return self.division.area_codes[-1] if self.publication.is_one_table else None

    def rows(self, **wanted: str | Sequence[str]) -> list[Row]:
        """Rows of the rates, chosen by code."""
        found = self.rates
        for name, codes in wanted.items():
            many = [codes] if isinstance(codes, str) else list(codes)
            found = found.filter(pc.is_in(found[name], pa.array(many, pa.string())))
        return list(found.to_pylist())

    def name(self, area: str) -> str:
        if area == self.everywhere and len(self.division.areas) > 1:
            return "hela området"
        return self.division.area_names.get(area, area)

    @cached_property
    def by_area(self) -> list[tuple[str, Row | None]]:
        """Each area with all kinds in the period; None when nothing was counted there."""
        found = {row["area_code"]: row for row in self.rows(category=self.all_kinds, period=self.period)}
        return [(code, found.get(code)) for code in self.division.areas.codes]


def charts_of(story: Told) -> dict[str, Chart]:
    """The charts of a picture, by the name of their file.

    Parameters
    ----------
    story : Told

    Returns
    -------
    dict of str to Chart
        ``over-time`` (where all areas are guarded together), ``areas`` (up to forty), ``map``.
    """
    found = {}
    when = period_name(story.period)
    leaves = story.division.period_codes[: story.division.last - story.division.first + 1]
    if story.everywhere:
        own = story.rows(area_code=story.everywhere, category=story.all_kinds, period=leaves)
        counts = {row["period"]: row["count"] for row in own}
        series = [Value(period, counts.get(period, 0)) for period in leaves]
        found["over-time"] = over_time(series, title="Händelser i hela området", unit="händelser")
    values = [_value(story, code, row) for code, row in story.by_area]
    title = f"Händelser {PER_PERSON}, {when}"
    if len(values) <= MOST_AREAS:
        found["areas"] = intervals(values, title=title, unit=PER_PERSON)
    if len(values) <= LARGEST_MAP:
        found["map"] = choropleth(story.division.areas, values, title=title, unit=PER_PERSON)
    return found


def _value(story: Told, code: str, row: Row | None) -> Value:
    name = story.division.area_names[code]
    # No events is a figure too: areas without a row have none.
    if row is None or row["count"] == 0:
        return Value(name, 0.0)
    return Value(name, row["per_1000"], row["low"], row["high"])


def report_of(story: Told, charts: Mapping[str, Chart], hashes: Mapping[str, str]) -> str:
    """The report.

    Parameters
    ----------
    story : Told
    charts : mapping of str to Chart
    hashes : mapping of str to str
        SHA-256 of each input.

    Returns
    -------
    str
        HTML without scripts and without addresses of others.
    """
    division = story.division
    # Months, not days: the first and the last day are those of single events.
    first, last = (period_name(f"{day:%Y-%m}") for day in story.events.days)
    span = first if first == last else f"{first}–{last}"
    title = f"Bild av {_many(len(division.areas), 'område', 'områden')}, {span}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        _paragraphs(_opening(story)),
        *_time(story, charts),
        *_areas(story, charts),
        *_kinds(story),
        *_differences(story),
        *_hidden(story),
        *_rejects(story),
        *_method(story, hashes),
    ]
    return _PAGE.format(title=escape(title), body="\n".join(parts))


def _opening(story: Told) -> list[str]:
    events = story.events
    rejected = f"{number(events.rejects.num_rows)} kunde inte användas."
    told = ["Hur många rader som är med sägs inte, för då skulle dolda antal gå att räkna ut.", rejected]
    if is_told(story.rates, division=story.division, rows_used=events.rows_used):
        told = [
            f"Filen hade {_many(events.rows_in, 'rad', 'rader')}. {_many(events.rows_used, 'rad', 'rader')} är med "
            f"här, {rejected}"
        ]
    for period in story.division.partial:
        told.append(f"Filen har bara en del av {period_name(period)}; den delen jämförs inte med andra år.")
    if story.everywhere:
        for row in story.rows(area_code=story.everywhere, category=story.all_kinds, period=story.period):
            told += sentences_of(row, place=story.name(row["area_code"]))
    return told


def _time(story: Told, charts: Mapping[str, Chart]) -> list[str]:
    if "over-time" not in charts:
        return []
    return ["<h2>Över tid</h2>", _figure(charts["over-time"])]


def _areas(story: Told, charts: Mapping[str, Chart]) -> list[str]:
    parts = [f"<h2>Områdena {escape(period_name(story.period))}</h2>"]
    if "areas" in charts:
        parts.append(_figure(charts["areas"], table=False))
    if "map" in charts:
        parts.append(_figure(charts["map"], table=False))
    parts.append(
        "<p>Områdena står i kodordning. Där osäkerheten överlappar går det inte att säga vilket som har mest.</p>"
    )
    rows = []
    for code, row in story.by_area:
        name = story.division.area_names[code]
        cells = (_count(row), *_rate(row), _population(row)) if row else ("0", "", "", "")
        rows.append((name, *cells))
    headings = ("Område", "Händelser", PER_PERSON.capitalize(), "Osäkerhet", "Invånare")
    parts.append(_table("Alla slag av händelser", headings, rows, is_long=len(rows) > MOST_AREAS))
    return parts


def _kinds(story: Told) -> list[str]:
    if not story.everywhere or story.publication.is_thin or len(story.division.categories) < 2:
        return []
    found = {row["category"]: row for row in story.rows(area_code=story.everywhere, period=story.period)}
    rows = []
    for kind in story.division.categories:
        row = found.get(kind)
        told = " ".join(wording.warned("effort_driven")) if row and "effort_driven" in row["warnings"].split() else ""
        rows.append((kind, _count(row) if row else "0", *(_rate(row) if row else ("", "")), told))
    headings = ("Slag", "Händelser", PER_PERSON.capitalize(), "Osäkerhet", "Att tänka på")
    caption = f"Hela området {period_name(story.period)}"
    return ["<h2>Slag av händelser</h2>", _table(caption, headings, rows, is_long=len(rows) > MOST_KINDS)]


def _differences(story: Told) -> list[str]:
    found = story.rates.filter(
        pc.and_(pc.less_equal(story.rates["q"], FALSE_SHARE), pc.is_in(story.rates["direction"], pa.array(_CLEAR)))
    )
    latest = {story.period, story.division.period_codes[story.division.last - story.division.first]}
    rows = [row for row in found.to_pylist() if row["period"] in latest]
    compared = len(story.rates) - story.rates["p"].null_count
    parts = ["<h2>Skillnader mot åren före</h2>"]
    if not compared:
        return [*parts, "<p>Det finns för få händelser, eller för få år, för att jämföra.</p>"]
    parts.append(
        f"<p>{_many(compared, 'jämförelse är gjord', 'jämförelser är gjorda')}. Bland de skillnader som står här kan "
        f"ungefär en av tio finnas av en slump.</p>"
    )
    if not rows:
        return [*parts, "<p>Ingen skillnad är säker.</p>"]
    lines = []
    for row in sorted(rows, key=lambda row: float(row["q"]))[:MOST_DIFFERENCES]:
        kind = "" if row["category"] == story.all_kinds else row["category"]
        lines.append(" ".join(sentences_of(row, place=story.name(row["area_code"]), category=kind)))
    if len(rows) > MOST_DIFFERENCES:
        parts.append(f"<p>De {MOST_DIFFERENCES} säkraste av {number(len(rows))} visas; alla finns i rates.parquet.</p>")
    return [*parts, "<ul>", *(f"<li>{escape(line)}</li>" for line in lines), "</ul>"]


_CLEAR = ["higher", "lower"]


def _hidden(story: Told) -> list[str]:
    leaves = story.publication.leaves
    hidden = int(leaves.is_hidden.sum())
    parts = ["<h2>Det som inte visas</h2>"]
    if story.threshold == 1:
        return [*parts, "<p>Inget är dolt (tröskeln är 1). Rapporten är arbetsmaterial och får inte publiceras.</p>"]
    parts.append(
        f"<p>{number(hidden)} av {_many(len(leaves), 'antal', 'antal')} över noll visas inte. Antal under "
        f"{story.threshold} är dolda, och så många andra att de inte går att räkna ut ur summorna.</p>"
    )
    if story.publication.is_thin:
        parts.append(
            "<p>Nästan alla antal är små. Därför finns summor bara för alla slag tillsammans. Längre perioder eller "
            "större områden ger mer att visa.</p>"
        )
    if not story.publication.is_one_table:
        parts.append(
            "<p>Varje kommun är skyddad för sig. Summor över flera kommuner får inte läggas till utan ny prövning.</p>"
        )
    if story.publication.closed:
        names = ", ".join(code or "hela tabellen" for code in story.publication.closed)
        parts.append(f"<p>Inget visas för {escape(names)}: små tal där går inte att skydda.</p>")
    return parts


def _rejects(story: Told) -> list[str]:
    rejects = story.events.rejects
    parts = ["<h2>Rader som inte är med</h2>"]
    if not rejects.num_rows:
        return [*parts, "<p>Alla rader är med.</p>"]
    lines = zip(rejects["column"].to_pylist(), rejects["reason"].to_pylist(), strict=True)
    reasons = Counter(f"{column}: {reason.split(' (')[0]}" if column else reason for column, reason in lines)
    rows = [(reason, number(many)) for reason, many in reasons.most_common(10)]
    if len(reasons) > len(rows):
        rows.append(("annat", number(rejects.num_rows - sum(reasons[reason] for reason, _ in rows))))
    return [*parts, _table("Varje rad står i rejects.csv", ("Varför", "Rader"), rows)]


def _method(story: Told, hashes: Mapping[str, str]) -> list[str]:
    lines = [
        "En punkt hör till det område den ligger i; på en gräns till området med lägst kod.",
        "Antal per 1 000 invånare ges från fem händelser. Osäkerheten är exakt för Poissonfördelade antal (95 procent) "
        "och säger hur mycket slumpen kan flytta ett antal från ett år till nästa.",
        "Varje period jämförs med samma del av upp till tre år före, från tio händelser tillsammans.",
    ]
    if story.people.is_perturbed:
        lines.append("Från 2025 flyttar SCB varje befolkningstal med ett litet heltal: delar behöver inte bli summan.")
    if story.events.on_boundary:
        lines.append(f"{_many(story.events.on_boundary, 'punkt låg', 'punkter låg')} exakt på en gräns.")
    if story.people.rejected:
        lines.append(f"{_many(len(story.people.rejected), 'rad', 'rader')} om befolkning gick inte att använda.")
    # Not that of the events: whoever knows nearly all of them could try what the rest must be.
    rows = [(_INPUTS[name], hashes[name]) for name in _INPUTS]
    return [
        "<h2>Så är det gjort</h2>",
        "<ul>",
        *(f"<li>{escape(line)}</li>" for line in lines),
        "</ul>",
        _table("Filerna som bilden är gjord av", ("Fil", "Kontrollsumma (SHA-256)"), rows),
        "<p>Räkna om och jämför: <code>lofte-engine verify MAPP</code>. counts.parquet, rejects.csv och run.json har "
        "sådant som inte får publiceras; där står också kontrollsumman för filen med händelser.</p>",
    ]


_INPUTS = {"areas": "Områden", "population": "Befolkning"}


def _count(row: Row) -> str:
    return HIDDEN if row["count"] is None else number(row["count"])


def _rate(row: Row) -> tuple[str, str]:
    if row["per_1000"] is None:
        return "", ""
    return sized(row["per_1000"]), f"{sized(row['low'])}–{sized(row['high'])}"


def _population(row: Row) -> str:
    return "" if row["population"] is None else number(row["population"])


def _many(count: int, one: str, several: str) -> str:
    return f"{number(count)} {one if count == 1 else several}"


def _paragraphs(sentences: Sequence[str]) -> str:
    return f"<p>{escape(' '.join(sentences))}</p>" if sentences else ""


def _figure(chart: Chart, *, table: bool = True) -> str:
    twin = _table("Samma uppgifter som tabell", chart.headings, chart.rows, is_long=True) if table else ""
    return f"<figure><figcaption>{escape(chart.title)}</figcaption>{chart.svg}</figure>{twin}"


def _table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, is_long: bool = False) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in headings)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    table = f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    whole = f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}">{table}</div>'
    return f"<details><summary>{escape(caption)}</summary>{whole}</details>" if is_long else whole


_PAGE = """<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light; }}
body {{ margin: 0 auto; padding: 1rem; max-width: 44rem; background: #fffefc; color: #17191b;
  font: 1.0625rem/1.5 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif; }}
h1, h2 {{ line-height: 1.2; text-wrap: balance; }}
h2 {{ margin-top: 2.5rem; }}
p, li {{ max-width: 66ch; }}
figure {{ margin: 1.5rem 0; }}
figcaption, caption {{ font-weight: 600; text-align: left; padding-bottom: 0.25rem; }}
svg {{ display: block; width: 100%; max-width: 30rem; height: auto; }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
th, td {{ text-align: left; vertical-align: top; padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid #dcd7ce; }}
td, td + td {{ overflow-wrap: anywhere; }}
tbody th {{ font-weight: 400; }}
.wide {{ overflow-x: auto; }}
summary {{ cursor: pointer; padding: 0.5rem 0; color: #0b5563; }}
:focus-visible {{ outline: 3px solid #0b5563; outline-offset: 2px; }}
@media print {{ details > * {{ display: block; }} svg {{ break-inside: avoid; }} }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
