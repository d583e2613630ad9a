"""Tables, earlier releases and the search, where something is odd."""

import numpy as np
import pytest

from lofte_engine.disclosure import (
    CountTable,
    Dimension,
    DisclosureError,
    Published,
    Register,
    attack,
    protect,
    round_counts,
)
from lofte_engine.disclosure import suppression as suppression_module
from lofte_engine.disclosure.covering import Problem, cover
from lofte_engine.disclosure.equations import Equations
from lofte_engine.disclosure.optimal import fewest_hidden


def areas(*codes, total="K"):
    return Dimension.build("area", codes, [(code, total) for code in codes])


def rows(**counts):
    return [((area,), count) for area, count in counts.items()]


def problem(table, threshold=5):
    counts = table.counts.ravel()
    small = (counts > 0) & (counts < threshold)
    return Problem(table.dimensions, counts, np.maximum(counts - 1, 0), counts > 0, small, small, threshold)


def two_way(leaves):
    size = np.shape(leaves)
    return CountTable.from_leaves(
        [
            Dimension.build(name, codes, [(code, f"{name} alla") for code in codes])
            for name, codes in (("x", [f"x{i}" for i in range(size[0])]), ("y", [f"y{i}" for i in range(size[1])]))
        ],
        leaves,
    )


def test_a_dimension_without_hierarchy_gets_a_total():
    table = CountTable.from_rows(["area"], rows(Norr=3, Söder=9), {})

    assert table.dimensions[0].codes == ("Norr", "Söder", "Totalt")
    assert table.counts.tolist() == [3, 9, 12]


def test_a_combination_without_a_row_has_no_events():
    table = CountTable.from_rows(["area", "crime"], [(("A", "stöld"), 3), (("B", "våld"), 9)], {})

    assert table.counts.tolist() == [[3, 0, 3], [0, 9, 9], [3, 9, 12]]


@pytest.mark.parametrize(
    ("counts", "code", "row"),
    [([("A", 1), ("B", 2), ("A", 3)], "duplicate", 3), ([("A", 1), ("B", 2), ("C", -1)], "negative", 3)],
)
def test_a_wrong_row_of_a_table_is_counted_from_one(counts, code, row):
    with pytest.raises(DisclosureError, match=code) as wrong:
        CountTable.from_rows(["area"], [((area,), count) for area, count in counts], {})

    assert wrong.value.details["row"] == row


def test_a_total_in_the_table_is_checked():
    within = {"area": [("Norr", "K"), ("Söder", "K")]}

    assert CountTable.from_rows(["area"], rows(Norr=3, Söder=9, K=12), within).counts.tolist() == [3, 9, 12]
    with pytest.raises(DisclosureError) as wrong:
        CountTable.from_rows(["area"], rows(Norr=3, Söder=9, K=13), within)
    assert (wrong.value.code, wrong.value.details) == ("not_a_sum", {"row": 3, "value": "13", "found": 12})


def test_a_total_already_called_totalt_is_the_total():
    assert CountTable.from_rows(["area"], rows(Norr=3, Totalt=3), {}).counts.tolist() == [3, 3]


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("empty", lambda: CountTable.from_rows(["area"], [], {})),
        ("duplicate", lambda: CountTable.from_rows(["area"], [(("A",), 1), (("A",), 2)], {})),
        ("negative", lambda: CountTable.from_rows(["area"], [(("A",), 1), (("B",), -2)], {})),
        ("negative", lambda: CountTable.from_leaves([areas("A")], [-1])),
        ("shape", lambda: CountTable.from_leaves([areas("A")], [1, 2])),
        ("cycle", lambda: Dimension.build("area", "AB", [("A", "B"), ("B", "A")])),
        ("cycle", lambda: Dimension.build("area", "A", [("A", "A")])),
        ("threshold", lambda: protect(CountTable.from_leaves([areas("A")], [1]), threshold=0)),
        ("base", lambda: round_counts(CountTable.from_leaves([areas("A")], [1]), base=1)),
        ("empty", lambda: Published.from_rows(["area"], [], {})),
        ("duplicate", lambda: Published.from_rows(["area"], [(("A",), 1), (("A",), 1)], {})),
        ("negative", lambda: Published.from_rows(["area"], [(("A",), -1)], {})),
    ],
)
def test_wrong_input_has_a_named_error(code, wrong):
    with pytest.raises(DisclosureError) as caught:
        wrong()

    assert caught.value.code == code


def test_threshold_one_hides_nothing():
    safe = protect(CountTable.from_leaves([areas("A", "B")], [1, 2]), threshold=1)

    assert safe.published.is_shown.all()


def test_what_does_not_add_up_is_not_attacked():
    published = Published.from_rows(
        ["area"], [(("A",), 5), (("B",), None), (("K",), 3)], {"area": [("A", "K"), ("B", "K")]}
    )

    with pytest.raises(DisclosureError, match="not_additive"):
        attack(published)


def test_a_lone_kommundel_is_the_kommun():
    area = Dimension.build("area", ["A1", "B1", "B2"], [("A1", "A"), ("B1", "B"), ("B2", "B"), ("A", "L"), ("B", "L")])

    safe = protect(CountTable.from_leaves([area], [3, 30, 40]))

    shown = dict(safe.published.rows())
    assert shown["A1",] is None
    assert shown["A",] is None
    assert attack(safe.published).told == ()


def test_a_code_may_belong_to_several_sums():
    within = [("jan", "jan–feb"), ("feb", "jan–feb"), ("jan", "jan–mar"), ("feb", "jan–mar"), ("mar", "jan–mar")]
    period = Dimension.build("period", ["jan", "feb", "mar"], within)

    assert period.covers[period.codes.index("jan–mar")] == (period.codes.index("jan–feb"), 2)
    assert attack(protect(CountTable.from_leaves([period], [20, 30, 3])).published).told == ()


def test_an_earlier_release_in_smaller_parts_is_refused():
    fine = Published.of(CountTable.from_leaves([areas("A", "B")], [10, 20]))
    coarse = CountTable.from_leaves([Dimension.build("area", ["K", "M"])], [30, 40])

    with pytest.raises(DisclosureError) as refused:
        protect(coarse, earlier=[fine])

    assert (refused.value.code, refused.value.details["code"]) == ("coarser", "K")


def test_an_earlier_release_with_another_division_is_refused():
    other = Published.of(CountTable.from_leaves([Dimension.build("sex", "KM")], [10, 20]))

    with pytest.raises(DisclosureError, match="dimensions"):
        protect(CountTable.from_leaves([areas("A")], [9]), earlier=[other])


def test_an_earlier_release_without_a_division_is_its_total():
    """The kommun published 33 for all crimes together; two crimes with 30 and 3 would be told by it."""
    total_only = Published.of(CountTable.from_leaves([Dimension.build("area", ["K"])], [33]))
    table = CountTable.from_leaves(
        [Dimension.build("area", ["K"]), Dimension.build("crime", ["stöld", "våld"])], [[30, 3]]
    )

    assert protect(table).published.is_shown.sum() == 1
    assert protect(table, earlier=[total_only]).published.is_shown.sum() == 0


def test_an_earlier_total_of_more_than_the_table_has_counts_as_known():
    longer = Published.of(
        CountTable.from_leaves([areas("A", "B", "C")], [10, 20, 9]), is_published=[False] * 3 + [True]
    )
    table = CountTable.from_leaves([Dimension.build("area", ["A", "B"])], [30, 3])

    assert protect(table, earlier=[longer]).published.is_shown.sum() == 0


def test_a_longer_way_round_is_found_when_no_square_is_free():
    """Three by three with what was shown before in the way: only a ring of six cells is left."""
    leaves = [[3, 20, 30], [30, 3, 20], [20, 30, 3]]
    table = two_way(leaves)
    before = np.ones((4, 4), dtype=bool)
    before[[0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2, 0]] = False
    earlier = Published.of(table, is_shown=False, is_published=True)
    shown = Published(earlier.dimensions, np.where(before, table.counts, 0), before, before, ~before & False)

    safe = protect(table, earlier=[shown])

    assert safe.already_known == ()
    assert attack(safe.published, earlier=[shown]).told == ()
    assert [key for key, count in safe.published.rows() if count is None] == [
        ("x0", "y0"), ("x0", "y1"), ("x1", "y1"), ("x1", "y2"), ("x2", "y0"), ("x2", "y2"),
    ]  # fmt: skip


def test_a_large_table_that_cannot_be_protected_is_refused(monkeypatch):
    monkeypatch.setattr(suppression_module, "_LARGEST_DETOUR", 1)
    shown = Published.of(CountTable.from_leaves([areas("A", "B")], [3, 9]), is_shown=[False, True, True])

    with pytest.raises(DisclosureError, match="refused"):
        protect(CountTable.from_leaves([areas("A", "B")], [3, 9]), earlier=[shown])


def test_movements_keep_every_sum():
    chance = np.random.default_rng(3)
    table = two_way(chance.poisson(6, size=(9, 7)))
    found = cover(problem(table), effort=20_000, prefer=np.zeros(table.counts.size, np.float32), keep=True)
    matrix = Equations.of(table.dimensions).matrix

    assert found.movements
    for movement in found.movements:
        change = np.zeros(table.counts.size)
        change[movement.cells] = movement.signs
        assert not (matrix @ change).any()
        assert movement.up + movement.down >= 5
        assert (table.counts.ravel()[movement.cells] + movement.up * movement.signs >= 1).all()
        assert (table.counts.ravel()[movement.cells] - movement.down * movement.signs >= 1).all()
    assert found.is_covered[found.is_hidden].all()


def test_the_total_gives_way_when_the_cheapest_partners_have_no_room():
    """The quick search looks at two partners for A; both hold one event and can give nothing."""
    table = CountTable.from_leaves([areas("A", "B", "C", "D", "E")], [1, 1, 1, 1, 30])

    found = cover(problem(table), effort=1, prefer=np.zeros(table.counts.size, np.float32))

    assert found.is_covered[:4].all()


@pytest.mark.slow
def test_near_the_fewest_possible():
    """Every table here loses at most a quarter more cells than integer programming shows to be needed."""
    chance = np.random.default_rng(5)
    ratios = []
    for _ in range(12):
        table = two_way(chance.poisson(chance.gamma(0.7, 14, size=(4, 5))))
        safe = protect(table)
        fewest, _ = fewest_hidden(problem(table))
        ratios.append((safe.small + safe.extra) / max(1, fewest.sum()))

    assert min(ratios) >= 1
    assert np.median(ratios) <= 1.25


def test_the_microdata_of_sdctable(shared):
    """Primary and complementary suppression of region × gender survive the audit, as counts and as sums of `val`."""
    lines = (shared / "data/disclosure/sdctable_microdata1.csv").read_text().splitlines()[1:]
    persons: dict[tuple[str, str], int] = {}
    for region, gender, _ in (line.split(",") for line in lines):
        persons[region, gender] = persons.get((region, gender), 0) + 1
    table = CountTable.from_rows(["region", "gender"], list(persons.items()), {})

    assert table.counts[-1, -1] == 100
    for threshold in (5, 10, 15, 20):
        safe = protect(table, threshold=threshold)
        found = attack(safe.published, threshold=threshold)
        assert found.told == ()
        assert safe.small == ((table.counts > 0) & (table.counts < threshold)).sum()


def test_a_revised_table_is_attacked_alone_when_the_releases_contradict_each_other():
    """A alone was 50, and now A and B together are 40."""
    first = Published.of(CountTable.from_leaves([areas("A", "B")], [50, 20]), is_published=[True, False, False])
    second = Published.of(CountTable.from_leaves([areas("A", "B")], [30, 10]), is_shown=[False, False, True])

    found = attack(second, earlier=[first])

    assert found.warnings
    assert found.told == ()


def test_earlier_figures_beside_a_corrected_one_are_not_used():
    first = Published.of(CountTable.from_leaves([areas("A", "B")], [10, 20]))
    second = Published.of(CountTable.from_leaves([areas("A", "B")], [30, 50]), is_shown=[False, False, True])

    found = attack(second, earlier=[first])

    assert found.changed == ((("K",), 30, 80),)
    assert (found.told, found.warnings) == ((), ())


def test_a_register_does_not_admit_a_small_change():
    register = Register().admit(Published.of(CountTable.from_leaves([areas("A", "B")], [10, 20])))

    with pytest.raises(DisclosureError, match="refused"):
        register.admit(Published.of(CountTable.from_leaves([areas("A", "B")], [11, 20])))
