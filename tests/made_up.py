"""Files of a made-up place, for tests of `lofte-engine picture`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from lofte_engine.synthetic import World, geojson, squares


@dataclass(frozen=True)
class Files:
    """What the command is given."""

    folder: Path
    events: Path
    areas: Path
    population: Path
    world: World
    rows: pa.Table

    def asked(self, *more: object, **other: Path) -> list[str]:
        """Arguments of the command."""
        paths = {"events": self.events, "areas": self.areas, "population": self.population} | other
        named = [text for name, path in paths.items() for text in (f"--{name}", str(path))]
        return ["picture", *named, "--out", str(self.folder / "out"), *map(str, more)]


def made_up(
    folder: Path,
    *,
    rows: int = 900,
    size: tuple[int, int] = (3, 2),
    parents: int = 0,
    kinds: int = 3,
    years: int = 3,
    seed: int = 1,
    with_points: bool = False,
    suffix: str = "csv",
) -> Files:
    """Write events, areas and population."""
    world = World.build(squares(*size, parents=parents), kinds=kinds, first_year=2021, years=years, seed=seed)
    drawn = pa.concat_tables(world.events(rows, seed=seed, with_points=with_points))
    events = folder / f"events.{suffix}"
    (write_csv if suffix == "csv" else pq.write_table)(drawn, events)
    (folder / "areas.geojson").write_text(geojson(world.areas), encoding="utf-8")
    write_csv(world.population(), folder / "population.csv")
    return Files(folder, events, folder / "areas.geojson", folder / "population.csv", world, drawn)


def write_csv(table: pa.Table, path: Path) -> None:
    pyarrow.csv.write_csv(table, path, pyarrow.csv.WriteOptions(quoting_style="needed"))


def write_lines(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
    return path


def cells(path: Path, *columns: str) -> list[tuple[object, ...]]:
    """A Parquet file as tuples, in its own order."""
    wanted: Sequence[str] = columns or ("area_code", "category", "period", "count")
    return [tuple(row.values()) for row in pq.read_table(path, columns=list(wanted)).to_pylist()]
