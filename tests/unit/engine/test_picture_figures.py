"""What a picture publishes: nothing hidden can be worked out, and every rate and comparison is that of the formulas."""

import csv
import datetime as dt
import io

import numpy as np
import pyarrow.parquet as pq
import pytest

from lofte_engine.cli import main
from lofte_engine.disclosure import CountTable, Dimension, Published, attack
from lofte_engine.picture.division import Division
from lofte_engine.picture.people import People
from lofte_engine.picture.publishing import Cells, publish
from lofte_engine.places import Areas
from lofte_engine.rates import Count, compare, poisson_interval, rate
from lofte_engine.rates.columns import intervals, ratios
from lofte_engine.synthetic import World, squares
from made_up import cells, made_up, write_csv, write_lines

TODAY = ("--today", "2024-12-31")


@pytest.fixture(scope="module")
def pictured(tmp_path_factory):
    files = made_up(tmp_path_factory.mktemp("picture"), rows=1_500, size=(3, 4), parents=2, kinds=3)
    assert main(files.asked(*TODAY)) == 0
    return files, files.folder / "out"


def division_of(areas, kinds, years=2, months=12):
    first = 2022 * 12 // months
    return Division(areas, kinds, months, first, first + years * 12 // months - 1)


def leaf_cells(counts):
    places = np.nonzero(counts)
    return Cells(*places, counts[places], np.zeros(len(places[0]), dtype=bool))


def whole_table(found, division, counts):
    """A publication with every sum there could be; those that were not made are hidden, unless all in them is shown."""
    areas, kinds, periods = division.areas.codes, division.categories, division.period_codes[: counts.shape[2]]
    within = (
        [(areas[at], code) for code, held in division.area_sums.items() for at in held],
        [(kind, "Totalt") for kind in kinds],
        [(periods[at], str(year)) for year, held in division.years.items() for at in held],
    )
    names = zip(("area", "category", "period"), (areas, kinds, periods), within, strict=True)
    table = CountTable.from_leaves([Dimension.build(*one) for one in names], counts)
    numbers = [{code: at for at, code in enumerate(one.codes)} for one in table.dimensions]
    hidden = np.array(counts)
    hidden[found.leaves.only(~found.leaves.is_hidden).columns[:3]] = 0
    shown = CountTable.from_leaves(table.dimensions, hidden).counts == 0
    codes = (division.area_codes, division.category_codes, division.period_codes)
    for *places, count, is_hidden in zip(*found.cells.columns, strict=True):
        place = tuple(own[code[at]] for own, code, at in zip(numbers, codes, places, strict=True))
        assert is_hidden or count == table.counts[place]
        shown[place] = not is_hidden
    none = np.zeros(shown.shape, bool)
    return Published(table.dimensions, np.where(shown, table.counts, 0), ~none, shown, none)


class TestPublished:
    def test_small_counts_are_hidden_and_the_others_as_they_are(self, pictured):
        _, out = pictured
        true = {row[:3]: row[3] for row in cells(out / "counts.parquet")}
        shown = {row[:3]: row[3] for row in cells(out / "published.parquet")}

        assert list(shown) == list(true)
        assert all(count is None or count == true[key] for key, count in shown.items())
        assert all(shown[key] is None for key, count in true.items() if count < 5)
        assert any(count is not None for count in shown.values())

    def test_the_attack_tells_no_hidden_count_with_all_sums_that_are_shown(self, pictured):
        files, out = pictured
        rows = cells(out / "rates.parquet")
        areas = files.world.areas
        within = {
            "area": [*zip(areas.codes, areas.parents, strict=True), *((code, "Totalt") for code in areas.codes)],
            "category": [(kind, "Totalt") for kind in files.world.kinds],
            "period": [(f"{year}-T{part}", str(year)) for year in (2021, 2022, 2023) for part in (1, 2, 3)],
        }
        codes = {name: dict.fromkeys(code for code, _ in pairs) for name, pairs in within.items()}
        dimensions = [Dimension.build(name, codes[name], within[name]) for name in within]
        numbers = [{code: at for at, code in enumerate(dimension.codes)} for dimension in dimensions]
        shape = tuple(len(dimension.codes) for dimension in dimensions)
        counts, shown = np.zeros(shape, dtype=np.int64), np.ones(shape, dtype=bool)
        for *key, count in rows:
            place = tuple(own[code] for own, code in zip(numbers, key, strict=True))
            counts[place], shown[place] = count or 0, count is not None
        table = Published(tuple(dimensions), counts, np.ones(shape, bool), shown, np.zeros(shape, bool))

        found = attack(table, threshold=5)

        assert found.cells
        assert not found.told

    def test_threshold_one_hides_nothing(self, tmp_path):
        files = made_up(tmp_path, rows=60)

        assert main(files.asked(*TODAY, "--threshold", "1")) == 0

        assert cells(tmp_path / "out" / "published.parquet") == cells(tmp_path / "out" / "counts.parquet")
        assert "får inte publiceras" in (tmp_path / "out" / "report.html").read_text()

    def test_kommuner_are_protected_one_by_one_when_the_table_is_large(self, monkeypatch):
        monkeypatch.setattr("lofte_engine.picture.publishing.ONE_TABLE", 10)
        division = division_of(squares(2, 4, parents=2), ("stöld", "våld"))
        counts = np.random.default_rng(3).poisson(6, (8, 2, 2))

        found = publish(leaf_cells(counts), division, threshold=5)

        assert not found.is_one_table
        kommun = found.cells.only(found.cells.area == division.area_codes.index("K0"))
        own = CountTable.from_leaves(
            [Dimension.build("a", map(str, range(4)), [(str(n), "K0") for n in range(4)])], counts[:4].sum(axis=(1, 2))
        )
        total = kommun.only((kommun.category == 2) & (kommun.period < 2))
        assert total.count[~total.is_hidden].sum() <= own.counts[-1]
        assert not (found.cells.area == division.area_codes.index("Totalt")).any()

    @pytest.mark.parametrize("seed", range(3))
    @pytest.mark.parametrize("most", [0, 2])
    def test_the_attack_tells_no_cell_of_a_thin_table(self, monkeypatch, seed, most):
        monkeypatch.setattr("lofte_engine.picture.thin.MOST", most)
        monkeypatch.setattr("lofte_engine.picture.publishing.ONE_TABLE", 10)
        monkeypatch.setattr("lofte_engine.picture.thin.THIN", 1)
        division = division_of(squares(2, 3, parents=2), tuple("abcdefgh"), years=1, months=4)
        chance = np.random.default_rng(seed)
        counts = chance.poisson(chance.gamma(2, 0.6, (6, 1, 3)) * chance.gamma(0.8, 1, (1, 8, 1)))
        counts[chance.integers(6), chance.integers(8), 0] = 9

        found = publish(leaf_cells(counts), division, threshold=5)

        table = whole_table(found, division, counts)
        true = CountTable.from_leaves(table.dimensions, counts)
        told = attack(table, threshold=5)
        assert found.is_thin
        assert told.cells
        assert not found.sums.is_hidden.all()
        # A sum that is not made can equal a total that is shown; then it has as many events.
        assert all(true.counts.ravel()[true.cell(one.key)] >= 5 for one in told.told)
        assert most or not told.told

    def test_kommuner_and_years_are_shown_where_areas_and_months_have_no_room(self, monkeypatch):
        monkeypatch.setattr("lofte_engine.picture.publishing.ONE_TABLE", 1)
        division = division_of(squares(2, 4, parents=2), tuple("abcdefgh"), years=1, months=1)
        counts = np.random.default_rng(1).poisson(0.3, (8, 8, 12))

        found = publish(leaf_cells(counts), division, threshold=5).sums

        shown = found.only(~found.is_hidden)
        kommun = [division.area_codes.index(code) for code in ("K0", "K1")]
        assert (~found.is_hidden).sum() < len(found)
        assert {(area, period) for area, period in zip(shown.area, shown.period, strict=True)} >= {
            (area, 12) for area in kommun
        }

    def test_a_thin_table_shows_totals_with_room_and_large_cells_beside_them(self, monkeypatch):
        monkeypatch.setattr("lofte_engine.picture.publishing.ONE_TABLE", 1)
        division = division_of(squares(2, 1), tuple("abcdefghijklm"), years=1)
        counts = np.array([[1, 9, 4, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2], [4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]])[..., None]

        found = publish(leaf_cells(counts), division, threshold=5)

        assert found.leaves.count[~found.leaves.is_hidden].tolist() == [9]
        assert found.sums.count.tolist() == [37, 28, 65]

    def test_an_area_without_room_is_hidden_with_another(self, monkeypatch):
        monkeypatch.setattr("lofte_engine.picture.publishing.ONE_TABLE", 1)
        division = division_of(squares(3, 1), tuple("abcdefghijkl"), years=1)
        counts = np.full((3, 12, 1), 2)
        counts[0] = np.eye(12, dtype=int)[:, [0]] * 3

        found = publish(leaf_cells(counts), division, threshold=5)

        assert found.sums.is_hidden.tolist() == [True, True, False, False]

    def test_a_table_that_cannot_be_guarded_shows_nothing(self, monkeypatch):
        from lofte_engine.disclosure import DisclosureError

        def refused(*_, **__):
            raise DisclosureError("refused", cells=1)

        monkeypatch.setattr("lofte_engine.picture.publishing.protect", refused)
        division = division_of(squares(2, 1), ("stöld", "våld"))

        found = publish(leaf_cells(np.full((2, 2, 2), 9)), division, threshold=5)

        assert found.closed == ("",)
        assert found.cells.is_hidden.all()
        assert not found.cells.count.any()


class TestRates:
    def test_rates_and_intervals_are_those_of_the_formula(self, pictured):
        files, out = pictured
        residents = dict(zip(files.world.areas.codes, files.world.residents.tolist(), strict=True))
        rows = [
            row
            for row in pq.read_table(out / "rates.parquet").to_pylist()
            if row["area_code"] in residents and "-T" in row["period"] and row["per_1000"] is not None
        ]

        assert len(rows) > 20
        for row in rows:
            expected = rate(Count(row["count"], residents[row["area_code"]] / 3))
            assert [row["per_1000"], row["low"], row["high"]] == pytest.approx(
                [expected.estimate, expected.low, expected.high]
            )

    def test_no_rate_under_five_events_and_none_of_what_is_hidden(self, pictured):
        _, out = pictured
        for row in pq.read_table(out / "rates.parquet").to_pylist():
            if row["count"] is None:
                assert (row["per_1000"], row["low"], row["ratio"], row["p"]) == (None,) * 4
                assert "not_shown" in row["warnings"]
            elif row["count"] < 5:
                assert row["per_1000"] is None

    def test_comparisons_are_those_of_the_formula_and_rest_on_shown_counts_only(self, pictured):
        _, out = pictured
        table = pq.read_table(out / "rates.parquet").to_pylist()
        shown = {(row["area_code"], row["category"], row["period"]): row["count"] for row in table}
        compared = [row for row in table if row["p"] is not None and "-T" in row["period"]]

        assert len(compared) > 20
        for row in compared:
            year, part = row["period"].split("-")
            back = [f"{int(year) - years}-{part}" for years in range(1, row["earlier_years"] + 1)]
            before = [shown.get((row["area_code"], row["category"], period), 0) for period in back]
            assert None not in before
            assert row["earlier"] == sum(before)
            expected = compare(Count(row["count"], 1), Count(sum(before), len(before)))
            assert row["p"] == pytest.approx(expected.p)
            assert row["ratio_low"] == pytest.approx(expected.ratio.low)

    def test_effort_driven_kinds_are_never_judged(self, tmp_path):
        files = made_up(tmp_path, kinds=4, rows=2_000)

        main(files.asked(*TODAY))

        rows = pq.read_table(tmp_path / "out" / "rates.parquet").to_pylist()
        assert {row["direction"] for row in rows if row["category"] == "Narkotikabrott"} == {"not_judged"}
        assert any(row["category"] == "Narkotikabrott" and row["p"] is not None for row in rows)

    def test_a_period_that_the_file_has_a_part_of_is_compared_with_none(self):
        division = Division.of(squares(1, 1), ("stöld",), 4, (dt.date(2022, 3, 1), dt.date(2024, 12, 29)))

        assert division.partial == ("2022-T1",)
        assert division.whole_years == (2023, 2024)

    def test_areas_that_share_a_name_are_told_apart(self):
        areas = squares(2, 1)
        twins = Areas.build(areas.codes, areas.geometries, crs=areas.crs, names=["Centrum", "Centrum"])

        assert list(division_of(twins, ("stöld",)).area_names.values()) == ["Centrum (R0C0)", "Centrum (R0C1)"]

    def test_population_of_the_nearest_year_is_used_and_said(self, tmp_path):
        files = made_up(tmp_path)
        rows = [f"{code},2022,1000" for code in files.world.areas.codes]
        write_lines(files.population, "area_code,year,population", *rows)

        main(files.asked(*TODAY))

        rates = pq.read_table(tmp_path / "out" / "rates.parquet").to_pylist()
        other = [row for row in rates if row["period"].startswith("2023")]
        assert {row["population_year"] for row in other} == {2022}
        assert all("population_of_another_year" in row["warnings"] for row in other)

    def test_a_sum_of_areas_has_the_sum_of_their_residents(self):
        people = People((2023,), np.array([[100.0], [50.0], [np.nan]])).with_sums([(0, 1), (0, 1, 2)])

        assert people.of(2023)[3] == 150
        assert np.isnan(people.of(2023)[4])


class TestColumns:
    def test_intervals_are_those_of_single_counts(self):
        low, high = intervals([0, 1, 7, 7, 1_000], level=0.9)

        expected = [poisson_interval(count, level=0.9) for count in (0, 1, 7, 7, 1_000)]
        assert np.column_stack([low, high]) == pytest.approx(np.array(expected))

    def test_ratios_are_those_of_single_comparisons(self):
        chance = np.random.default_rng(5)
        first, second = chance.integers(0, 40, (2, 200))
        second[first + second == 0] = 3
        scale = chance.uniform(0.2, 4, 200)

        found = ratios(first, second, scale)

        for at in range(200):
            one = compare(Count(int(first[at]), 1), Count(int(second[at]), float(scale[at])))
            ends = (one.ratio.low, one.ratio.high, one.p)
            assert (found.low[at], found.high[at], found.p[at]) == pytest.approx(ends)
            assert found.ratio[at] == pytest.approx(one.ratio.estimate or np.nan, nan_ok=True) or not first[at]


class TestReport:
    def test_a_thin_picture_says_that_it_has_only_all_kinds_together(self, tmp_path, monkeypatch):
        monkeypatch.setattr("lofte_engine.picture.publishing.ONE_TABLE", 1)
        monkeypatch.setattr("lofte_engine.picture.thin.THIN", 1)
        files = made_up(tmp_path, size=(3, 4), parents=2, kinds=8, rows=3_000)

        assert main(files.asked(*TODAY, "--period", "month")) == 0

        out = tmp_path / "out"
        assert "summor bara för alla slag tillsammans" in (out / "report.html").read_text()
        assert "Slag av händelser" not in (out / "report.html").read_text()
        leaves = {row[:3]: row[3] for row in cells(out / "published.parquet")}
        rates = pq.read_table(out / "rates.parquet").to_pylist()
        single = [row for row in rates if row["category"] != "Totalt"]
        assert {row["category"] for row in rates} > {"Totalt"}
        for row in single:
            assert row["count"] == leaves[row["area_code"], row["category"], row["period"]]
        for row in (row for row in single if row["earlier"] is not None):
            year, month = row["period"].split("-")
            back = [f"{int(year) - years}-{month}" for years in range(1, row["earlier_years"] + 1)]
            before = [leaves.get((row["area_code"], row["category"], period), 0) for period in back]
            assert None not in before
            assert row["earlier"] == sum(before)

    def test_it_says_nothing_that_is_hidden(self, pictured):
        _, out = pictured
        report = (out / "report.html").read_text()

        hidden = sum(row[3] is None for row in cells(out / "published.parquet"))
        assert f"{hidden} av" in report.replace("\u00a0", " ")
        assert report.count("<svg") == 3
        assert "<script" not in report
        assert "http" not in report.replace("http-equiv", "").replace("http://www.w3.org/", "")

    def test_twins_stand_beside_the_charts(self, pictured):
        _, out = pictured
        assert sorted(path.name for path in (out / "charts").iterdir()) == [
            "areas.csv", "areas.svg", "map.csv", "map.svg", "over-time.csv", "over-time.svg",
        ]  # fmt: skip
        twin = list(csv.reader(io.StringIO((out / "charts" / "areas.csv").read_text("utf-8-sig")), delimiter=";"))
        assert len(twin) == 1 + 12

    def test_names_from_files_cannot_become_markup(self, tmp_path):
        files = made_up(tmp_path)
        kinds = ["<b>" if kind == "Stöld" else kind for kind in files.rows["category"].to_pylist()]
        write_csv(files.rows.set_column(1, "category", [kinds]), files.events)

        assert main(files.asked(*TODAY)) == 0

        assert "<b>" not in (tmp_path / "out" / "report.html").read_text()


def test_a_made_up_world_is_the_same_for_the_same_seed():
    def drawn(seed):
        world = World.build(squares(2, 2), seed=seed)
        return next(world.events(50, seed=seed, with_points=True))

    assert drawn(1).equals(drawn(1))
    assert not drawn(1).equals(drawn(2))


def test_events_of_a_made_up_world_follow_its_truth():
    world = World.build(squares(2, 1), kinds=2, years=1, seed=4)
    rows = next(world.events(20_000, seed=4)).to_pylist()

    expected = world.expected(20_000)
    for at, code in enumerate(world.areas.codes):
        found = sum(row["area_code"] == code for row in rows)
        assert found == pytest.approx(expected[at].sum(), abs=4 * expected[at].sum() ** 0.5)
