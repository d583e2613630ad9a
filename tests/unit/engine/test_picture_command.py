"""`lofte-engine picture` and `verify`: whole pictures, other people's files, and nothing half written."""

import json
from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from pyproj import Transformer

from lofte_engine.cli import main
from made_up import cells, made_up, write_lines

TODAY = ("--today", "2024-12-31")


def pictured(files, capsys, *more, **other):
    code = main(files.asked(*TODAY, *more, **other))
    told = capsys.readouterr()
    return code, told.out, told.err


def refused(files, capsys, *more, **other):
    """The last line on standard error, when the command refuses and leaves nothing behind."""
    before = sorted(path.name for path in files.folder.iterdir())
    code, out, err = pictured(files, capsys, *more, **other)
    assert (code, out) == (2, "")
    assert sorted(path.name for path in files.folder.iterdir()) == before
    return err.strip().splitlines()[-1]


def test_picture_writes_exactly_these_files(tmp_path, capsys):
    files = made_up(tmp_path)

    code, out, _ = pictured(files, capsys)

    assert (code, out) == (0, "rows in 900 = used 900 + rejected 0\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "charts", "counts.parquet", "published.parquet", "rates.parquet", "rejects.csv", "report.html", "run.json",
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "areas.geojson", "events.csv", "out", "population.csv",
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@pytest.mark.parametrize("period", ["month", "tertial", "year"])
def test_counts_are_those_of_the_rows(tmp_path, capsys, period, suffix):
    files = made_up(tmp_path, suffix=suffix)

    pictured(files, capsys, "--period", period)

    code = {
        "month": lambda day: f"{day:%Y-%m}",
        "tertial": lambda day: f"{day.year}-T{(day.month + 3) // 4}",
        "year": lambda day: f"{day.year}",
    }[period]
    rows = files.rows.to_pylist()
    expected = Counter((row["area_code"], row["category"], code(row["occurred_at"])) for row in rows)
    assert cells(tmp_path / "out" / "counts.parquet") == [(*key, count) for key, count in sorted(expected.items())]


def test_points_are_counted_where_an_exact_test_puts_them(tmp_path, capsys):
    files = made_up(tmp_path, with_points=True)
    east, north = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform(
        files.rows["lon"].to_numpy(), files.rows["lat"].to_numpy()
    )
    areas = files.world.areas
    inside = [shapely.contains_xy(shape, east, north).sum() for shape in areas.geometries]

    assert pictured(files, capsys)[1] == "rows in 900 = used 900 + rejected 0\n"

    found = Counter()
    for area, _, _, count in cells(tmp_path / "out" / "counts.parquet"):
        found[area] += count
    assert found == dict(zip(areas.codes, inside, strict=True))


def test_run_json_names_inputs_settings_versions_and_seconds(tmp_path, capsys):
    files = made_up(tmp_path)

    pictured(files, capsys, "--period", "year", "--threshold", "3")

    run = json.loads((tmp_path / "out" / "run.json").read_text())
    assert {name: one["file"] for name, one in run["inputs"].items()} == {
        "events": "../events.csv", "areas": "../areas.geojson", "population": "../population.csv",
    }  # fmt: skip
    assert all(len(one["sha256"]) == 64 for one in run["inputs"].values())
    assert (run["settings"]["period"], run["settings"]["threshold"]) == ("year", 3)
    assert run["versions"]["engine"].startswith("DuckDB ")
    assert {"events", "count", "protect", "rates", "charts"} <= set(run["seconds"])
    assert run["rows"] == {"in": 900, "used": 900, "rejected": 0}
    assert "report.html" in run["outputs"]
    assert {"published.parquet", "rates.parquet", "report.html"} <= set(run["may_be_published"])
    assert not {"counts.parquet", "rejects.csv", "run.json"} & set(run["may_be_published"])


def test_what_is_wrong_with_the_population_is_told_and_noted(tmp_path, capsys):
    files = made_up(tmp_path)
    with files.population.open("a", encoding="utf-8") as file:
        file.write("X9,2022,100\nR0C0,2020,många\n")

    code, _, err = pictured(files, capsys)

    told = ["Rader i befolkningsfilen som gäller andra områden: 1.", "Befolkning, rad 21: population är inte ett tal."]
    assert code == 0
    assert err.splitlines()[-2:] == told
    assert json.loads((tmp_path / "out" / "run.json").read_text())["notes"] == told


def test_the_same_picture_whatever_the_order_of_the_rows(tmp_path, capsys):
    files = made_up(tmp_path)
    head, *rows = files.events.read_text().splitlines()
    turned = write_lines(tmp_path / "turned.csv", head, *reversed(rows))

    pictured(files, capsys)
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.parquet")}
    pictured(files, capsys, events=turned)

    assert {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.parquet")} == first


class TestOtherPeoplesFiles:
    """One event in each of two areas, as a municipality might have written it."""

    @pytest.fixture
    def files(self, tmp_path):
        return made_up(tmp_path)

    def found(self, files):
        return cells(files.folder / "out" / "counts.parquet", "area_code", "category", "count")

    def test_semicolons_decimal_comma_and_windows_1252(self, files, capsys):
        events = write_lines(
            files.folder / "e.csv",
            "Datum;Händelsetyp;Longitud;Latitud",
            "2023-05-02;Skadegörelse;16,7799;59,3469",
            "2023-05-03;Skadegörelse;16,7799;59,3469",
            encoding="cp1252",
        )

        code, out, _ = pictured(files, capsys, events=events)

        assert (code, out) == (0, "rows in 2 = used 2 + rejected 0\n")
        assert self.found(files) == [("R0C0", "Skadegörelse", 2)]

    def test_byte_order_mark(self, files, capsys):
        events = write_lines(
            files.folder / "e.csv", "occurred_at,category,area_code", "2023-05-02,Stöld,R1C2", encoding="utf-8-sig"
        )

        assert pictured(files, capsys, events=events)[0] == 0
        assert self.found(files) == [("R1C2", "Stöld", 1)]

    def test_name_of_the_kommundel_instead_of_its_code(self, files, capsys):
        events = write_lines(
            files.folder / "e.csv", "Datum;Typ;Kommundel", "2023-05-02;Stöld;RUTAN 1-2", "2023-05-02;Stöld;Okänd"
        )

        assert pictured(files, capsys, events=events)[1] == "rows in 2 = used 1 + rejected 1\n"
        assert self.found(files) == [("R1C2", "Stöld", 1)]
        assert "har ett namn på kommundelen som inte finns i indelningen" in (
            files.folder / "out" / "rejects.csv"
        ).read_text(encoding="utf-8-sig")

    def test_epoch_seconds_through_a_mapping(self, files, capsys):
        events = write_lines(files.folder / "e.csv", "when;what;x;y", "1683000000.0;Stöld;16.7799;59.3469")
        mapping = {
            "format": "lofte-mapping/1", "contract": "incidents", "units": {"occurred_at": "epoch_seconds"},
            "columns": {"occurred_at": "when", "category": "what", "lon": "x", "lat": "y"},
        }  # fmt: skip
        (files.folder / "m.json").write_text(json.dumps(mapping))

        assert pictured(files, capsys, "--mapping", files.folder / "m.json", events=events)[0] == 0
        assert self.found(files) == [("R0C0", "Stöld", 1)]
        pairs = [f"--column={name}={heading}" for name, heading in mapping["columns"].items()]
        assert pictured(files, capsys, *pairs, "--unit", "occurred_at=epoch_seconds", events=events)[0] == 0

    def test_metres_when_told_so(self, files, capsys):
        events = write_lines(files.folder / "e.csv", "occurred_at;category;lon;lat", "2023-05-02;Stöld;601000;6581000")

        assert pictured(files, capsys, "--crs", "EPSG:3006", events=events)[0] == 0
        assert self.found(files) == [("R0C0", "Stöld", 1)]

    def test_each_row_that_cannot_be_used_is_listed_with_its_reason(self, files, capsys):
        events = write_lines(
            files.folder / "e.csv",
            "occurred_at;category;lon;lat;area_code",
            "2023-05-02;Stöld;;;R0C0",
            "2023-05-02;;;;R0C0",
            "2099-05-02;Stöld;;;R0C0",
            "2023-05-02;Stöld;59,3469;16,7799;",
            "2023-05-02;Stöld;20,1;63,8;",
            "2023-05-02;Stöld;;;X9",
            "2023-05-02;Stöld;;;",
            "Summa;7;;;",
        )

        assert pictured(files, capsys, events=events)[1] == "rows in 8 = used 1 + rejected 7\n"
        lines = (files.folder / "out" / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()
        assert [line.split(";")[0] for line in lines] == ["row", "3", "4", "5", "6", "7", "8", "9"]
        assert "och lat ser ut att ha bytt plats" in lines[3]
        assert "ligger utanför alla områden (närmast är " in lines[4]

    def test_the_same_case_twice_counts_once(self, files, capsys):
        events = write_lines(
            files.folder / "e.csv",
            "ärendenr;occurred_at;category;area_code",
            "A1;2023-05-02;Stöld;R0C0",
            "A2;2023-05-02;Stöld;R0C0",
            "A1;2023-05-02;Stöld;R0C0",
        )

        assert pictured(files, capsys, events=events)[1] == "rows in 3 = used 2 + rejected 1\n"
        assert self.found(files) == [("R0C0", "Stöld", 2)]

    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            ((), "Filen är tom"),
            (("occurred_at,category,area_code",), "rubriker men inga rader"),
            (("occurred_at,area_code", "2023-05-02,R0C0"), "Filen saknar Kategori (category)"),
            (("occurred_at,category,lon,lat", "2023-05-02,Stöld,59.3469,16.7799"), "bytt plats"),
            (("occurred_at,category,lon,lat", "2023-05-02,Stöld,601000,6581000"), "SWEREF 99 TM"),
            (("occurred_at,category,lon,lat", "2023-05-02,Stöld,-87.7,41.9"), "utanför alla områden"),
            (("occurred_at,category,area_code", "i går,Stöld,R0C0"), "Ingen rad gick att använda (1 i filen)"),
        ],
    )
    def test_a_file_without_a_usable_row_is_refused_in_one_sentence(self, files, capsys, lines, said):
        events = write_lines(files.folder / "e.csv", *lines)

        assert said in refused(files, capsys, events=events)

    def test_notices_of_the_police_are_no_statistics(self, files, capsys):
        notices = files.folder / "e.parquet"
        pq.write_table(pa.table({name: ["x"] for name in ("datetime", "type", "location_name", "gps")}), notices)

        assert "händelsenotiser är nyheter" in refused(files, capsys, events=notices)

    def test_columns_that_have_changed_places_are_named_for_foreign_points_too(self, files, capsys):
        areas = files.folder / "a.geojson"
        ring = [[-88, 41], [-87, 41], [-87, 42], [-88, 42], [-88, 41]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        feature = {"type": "Feature", "properties": {"area_code": "A", "area_name": "A"}, "geometry": shape}
        areas.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
        population = write_lines(files.folder / "p.csv", "area_code,year,population", "A,2023,100")
        events = write_lines(files.folder / "e.csv", "occurred_at,category,lon,lat", "2023-05-02,Stöld,41.9,-87.7")

        said = refused(files, capsys, events=events, areas=areas, population=population)

        assert "Latitud och longitud ser ut att ha bytt plats." in said


class TestRefusals:
    @pytest.fixture
    def files(self, tmp_path):
        return made_up(tmp_path)

    @pytest.mark.parametrize("name", ["events", "areas", "population"])
    def test_a_file_that_is_not_there(self, files, capsys, name):
        said = refused(files, capsys, **{name: files.folder / "gone"})

        assert said == f"{files.folder / 'gone'}: Filen finns inte."

    def test_threshold_below_one(self, files, capsys):
        assert refused(files, capsys, "--threshold", 0) == "Tröskeln måste vara minst 1."

    def test_population_of_other_areas(self, files, capsys):
        population = write_lines(files.folder / "p.csv", "area_code,year,population", "0486,2023,38000")

        assert "inga rader för något av områdena. Områdeskoderna i den: 0486." in refused(
            files, capsys, population=population
        )

    def test_areas_that_are_no_map(self, files, capsys):
        assert "inte ut som en fil med områden" in refused(files, capsys, areas=files.population)

    def test_a_folder_that_is_something_else(self, files, capsys):
        (files.folder / "out").mkdir()
        (files.folder / "out" / "mine.txt").write_text("kept")

        assert "ingen tidigare bild" in refused(files, capsys)
        assert (files.folder / "out" / "mine.txt").read_text() == "kept"

    def test_an_earlier_picture_stays_when_the_new_one_fails(self, files, capsys):
        pictured(files, capsys)
        before = (files.folder / "out" / "run.json").read_bytes()

        refused(files, capsys, "--column", "category=Finns inte")

        assert (files.folder / "out" / "run.json").read_bytes() == before

    def test_mapping_that_is_no_mapping(self, files, capsys):
        (files.folder / "m.json").write_text('{"format": "other"}')

        assert '"format"' in refused(files, capsys, "--mapping", files.folder / "m.json")


class TestVerify:
    @pytest.fixture
    def files(self, tmp_path, capsys):
        files = made_up(tmp_path)
        pictured(files, capsys)
        return files

    def verified(self, files, capsys, *more):
        code = main(["verify", str(files.folder / "out"), *map(str, more)])
        return code, capsys.readouterr()

    def test_all_is_the_same(self, files, capsys):
        code, told = self.verified(files, capsys)

        assert (code, told.out.splitlines()[-1]) == (0, "11 filer är omräknade. Allt stämmer.")

    def test_a_count_that_was_changed_is_named(self, files, capsys):
        path = files.folder / "out" / "counts.parquet"
        table = pq.read_table(path)
        changed = table["count"].to_pylist()
        changed[0] += 4
        pq.write_table(table.set_column(3, "count", [changed]), path)

        code, told = self.verified(files, capsys)

        assert code == 1
        assert told.out.splitlines() == [
            "counts.parquet är ändrad sedan bilden gjordes.",
            f"counts.parquet: R0C0 · Misshandel · 2021-T1: count {changed[0]} i filen, count {changed[0] - 4} nu.",
        ]

    def test_what_an_altered_event_changes_is_named_cell_by_cell(self, files, capsys):
        lines = files.events.read_text().splitlines()
        files.events.write_text("\n".join(lines[:-1]) + "\n")

        code, told = self.verified(files, capsys, "--json")

        answer = json.loads(told.out)
        assert code == 1
        assert answer["differences"][0] == "Filen med händelser (events.csv) är inte den som bilden gjordes av."
        assert any(one.startswith("counts.parquet: ") and "nu." in one for one in answer["differences"])

    def test_an_input_that_has_moved(self, files, capsys):
        moved = files.events.rename(files.folder / "moved.csv")

        code, told = self.verified(files, capsys)
        assert (code, "Säg var den är med --events." in told.err) == (2, True)
        assert self.verified(files, capsys, "--events", moved)[0] == 0

    def test_a_folder_without_a_picture(self, files, capsys):
        assert main(["verify", str(files.folder)]) == 2
        assert "finns ingen bild" in capsys.readouterr().err
