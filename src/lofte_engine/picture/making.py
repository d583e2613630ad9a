"""Make a picture: every file of it, or none."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lofte_engine.picture import record
from lofte_engine.picture.division import PERIODS, Division
from lofte_engine.picture.errors import PictureError, about
from lofte_engine.picture.events import Events, read_events
from lofte_engine.picture.figures import rates_of
from lofte_engine.picture.people import People, read_people
from lofte_engine.picture.publishing import Cells, Publication, publish
from lofte_engine.picture.report import Told as Story
from lofte_engine.picture.report import charts_of, report_of
from lofte_engine.picture.steps import Clock, Told, silent
from lofte_engine.places.areas import Areas, read_areas
from lofte_engine.sources.mapping import ColumnMapping
from lofte_engine.store import Backend, Store, counted, open_store
from lofte_engine.table_check import Checked
from lofte_engine.tables import INCIDENTS, write_rejects

RUN = "run.json"


@dataclass(frozen=True)
class Request:
    """What a picture is made of.

    Parameters
    ----------
    events, areas, population : Path
    period : {"month", "tertial", "year"}
    threshold : int
        Counts from 1 to one less are hidden; 1 hides nothing.
    backend : {"duckdb", "spark"}
    mapping : ColumnMapping or None
        What the columns of the events mean; None means that the headings are guessed.
    today : date or None
        Later events are refused.
    """

    events: Path
    areas: Path
    population: Path
    period: str = "tertial"
    threshold: int = 5
    backend: Backend = "duckdb"
    mapping: ColumnMapping | None = None
    today: dt.date | None = None

    @property
    def inputs(self) -> Mapping[str, Path]:
        return {"events": self.events, "areas": self.areas, "population": self.population}

    def checked(self) -> Request:
        """The same, or an error that says what cannot be."""
        if self.period not in PERIODS:
            raise PictureError("period", period=self.period)
        if self.threshold < 1:
            raise PictureError("threshold")
        return self


@dataclass(frozen=True)
class Picture:
    """A picture that has been made, before it is written.

    Attributes
    ----------
    events : Events
        What became of the rows.
    division : Division
    cells : Cells
        True counts of leaves, sorted.
    publication : Publication
    rates : pyarrow.Table
    people : People
    engine : str
        Name and version of the query engine.
    """

    events: Events
    division: Division
    cells: Cells = field(repr=False)
    publication: Publication = field(repr=False)
    rates: pa.Table = field(repr=False)
    people: People = field(repr=False)
    engine: str = ""


def make_picture(request: Request, out: Path, *, told: Told = silent) -> Picture:
    """Make a picture and write it.

    Parameters
    ----------
    request : Request
    out : Path
        Folder to write; an earlier picture there is replaced when the new one is done.
    told : callable
        Hears how far the work has come.

    Returns
    -------
    Picture

    Raises
    ------
    PictureError, TableError, StoreError
        Then nothing has been written, and what was there is still there.

    Notes
    -----
    Files: docs/methods/picture-command.md.
    """
    request.checked()
    with _whole_or_nothing(out) as made, tempfile.TemporaryDirectory(prefix="lofte-picture-") as scratch:
        clock = Clock()
        picture = compute(request, Path(scratch), clock, told)
        write(picture, request, made, clock, out, told)
    return picture


def compute(request: Request, folder: Path, clock: Clock, told: Told = silent) -> Picture:
    """All figures of a picture.

    Parameters
    ----------
    request : Request
    folder : Path
        For what the query engine reads; it is not needed afterwards.
    clock : Clock
    told : callable

    Returns
    -------
    Picture
    """
    with clock.step("areas"), about(request.areas):
        areas = read_areas(request.areas)
    with clock.step("population"), about(request.population):
        people = read_people(request.population, areas)
    with open_store(request.backend, folder=folder) as store:
        with clock.step("events"), about(request.events):
            events = read_events(
                request.events,
                areas,
                store=store,
                folder=folder,
                mapping=request.mapping,
                today=request.today,
                told=told,
            )
        with clock.step("count"):
            cells, division = _counted(events, areas, PERIODS[request.period], store)
        told("Skyddar små tal", 0, None)
        with clock.step("protect"):
            publication = publish(cells, division, threshold=request.threshold, told=told)
        told("Räknar andelar och jämförelser", 0, None)
        with clock.step("rates"):
            rates = rates_of(publication, division, people)
        engine = store.version
    return Picture(events, division, cells, publication, rates, people, engine)


def _counted(events: Events, areas: Areas, months: int, store: Store) -> tuple[Cells, Division]:
    found = store.collect(counted(events.facts(store), months=months))
    area, category, period, count = (found[name].to_numpy() for name in found.column_names)
    names = sorted(events.categories)
    # A kind whose every row stood twice has no cell, but keeps its place: the files say what was looked for.
    number = {name: at for at, name in enumerate(names)}
    category = np.array([number[name] for name in events.categories], dtype=np.int32)[category]
    division = Division.of(areas, tuple(names), months, events.days)
    cells = Cells(area, category, period - division.first, count, np.zeros(len(count), dtype=bool))
    return (cells if list(events.categories) == names else cells.sorted()), division


def write(picture: Picture, request: Request, made: Path, clock: Clock, out: Path, told: Told = silent) -> None:
    """Write all files of a picture.

    Parameters
    ----------
    picture : Picture
    request : Request
    made : Path
        Folder to write in.
    clock : Clock
    out : Path
        Where the folder will stand; paths in ``run.json`` are told from there.
    told : callable
    """
    division = picture.division
    told("Skriver tabeller", 0, None)
    with clock.step("write"):
        _write(_cells_table(picture.cells, division), made / "counts.parquet")
        _write(_cells_table(picture.publication.leaves, division), made / "published.parquet")
        _write(picture.rates, made / "rates.parquet")
        empty = INCIDENTS, pa.table({}), picture.events.rejects, np.zeros(0, dtype=np.int64)
        write_rejects(Checked(*empty), made / "rejects.csv")
    told("Ritar", 0, None)
    with clock.step("charts"):
        story = Story(picture.rates, division, picture.events, picture.publication, picture.people, request.threshold)
        charts = charts_of(story)
        (made / "charts").mkdir()
        for name, chart in charts.items():
            (made / "charts" / f"{name}.svg").write_text(chart.svg, encoding="utf-8")
            with (made / "charts" / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file, delimiter=";").writerows([chart.headings, *chart.rows])
    with clock.step("report"):
        hashes = record.hashes(request.inputs)
        (made / "report.html").write_text(report_of(story, charts, hashes), encoding="utf-8")
    record.write(made, out, request, picture, hashes, clock)


def _cells_table(cells: Cells, division: Division) -> pa.Table:
    codes = (division.area_codes, division.category_codes, division.period_codes)
    places = (cells.area, cells.category, cells.period)
    names = ("area_code", "category", "period")
    columns = {
        name: pa.DictionaryArray.from_arrays(pa.array(at, pa.int32()), pa.array(own, pa.string()))
        for name, own, at in zip(names, codes, places, strict=True)
    }
    return pa.table({**columns, "count": pa.array(cells.count, mask=cells.is_hidden)})


def _write(table: pa.Table, path: Path) -> None:
    # Without Arrow's own note of types, so that texts come back as texts and not as categories.
    pq.write_table(table, path, compression="zstd", store_schema=False)


@contextmanager
def _whole_or_nothing(out: Path) -> Iterator[Path]:
    """A folder beside, which becomes `out` when all is well and is gone otherwise."""
    if out.exists() and not (out.is_dir() and ((out / RUN).is_file() or not any(out.iterdir()))):
        raise PictureError("out_taken", path=out)
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.absolute().parent))
    except OSError as error:
        raise PictureError("out_unwritable", path=out.absolute().parent) from error
    try:
        yield made
        # mkdtemp lets only the owner in; the files are for others too.
        made.chmod(0o755)
        if out.exists():
            old = made.with_name(made.name + "-old")
            out.rename(old)
            made.rename(out)
            shutil.rmtree(old)
        else:
            made.rename(out)
    finally:
        shutil.rmtree(made, ignore_errors=True)
