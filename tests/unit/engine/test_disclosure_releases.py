"""Published tables laid over each other: what they hold, and what of one stands where in the other."""

import numpy as np
import pytest

from lofte_engine.disclosure import CountTable, Dimension, DisclosureError, Published, attack, protect


def areas(*codes, total="K"):
    return Dimension.build("area", codes, [(code, total) for code in codes])


def shown(safe):
    return {"".join(key): count for key, count in safe.published.rows()}


def test_a_published_table_holds_nothing_of_what_it_hides():
    table = CountTable.from_leaves([areas("A", "B")], [3, 9])

    made = Published.of(table, is_shown=[False, True, False], is_published=[True, True, False])

    assert made.counts.tolist() == [0, 9, 0]
    assert protect(table).published.counts.tolist() == [0, 0, 12]


def test_rows_become_the_table_that_they_are_of():
    made = Published.from_rows(["area"], [(("A",), None), (("C",), 7)], {"area": [("A", "K"), ("B", "K"), ("C", "K")]})

    assert made.dimensions[0].codes == ("A", "C", "B", "K")
    assert made.counts.tolist() == [0, 7, 0, 0]
    assert made.is_published.tolist() == [True, True, False, False]
    assert made.is_shown.tolist() == [False, True, False, False]
    assert not made.is_revised.any()


@pytest.mark.parametrize(
    ("rows", "details"),
    [
        ([(("A",), 1), (("B",), 2), (("A",), 3)], {"row": 3}),
        ([(("A",), 1), (("B",), -2)], {"row": 2, "value": "-2"}),
    ],
)
def test_a_wrong_row_is_counted_from_one(rows, details):
    with pytest.raises(DisclosureError) as wrong:
        Published.from_rows(["area"], rows, {})

    assert wrong.value.details == details


def test_what_the_new_table_has_no_place_for_is_left_alone():
    """C was counted apart before, and is gone. Nothing of it may be taken for A."""
    first = Published.of(CountTable.from_leaves([Dimension.build("area", "ABC")], [40, 30, 41]))

    safe = protect(CountTable.from_leaves([Dimension.build("area", "AB")], [40, 30]), earlier=[first])

    assert shown(safe) == {"A": 40, "B": 30}
    assert safe.revised == ()


def test_what_was_said_of_another_place_does_not_make_a_count_known():
    """C was shown before and is no part of this table: the small count of A still needs somebody to hide behind."""
    first = Published.of(CountTable.from_leaves([Dimension.build("area", "C")], [41]))
    table = CountTable.from_leaves([areas("A", "B", "D")], [3, 9, 20])

    safe = protect(table, earlier=[first])

    assert safe.published.rows() == protect(table).published.rows()
    assert safe.already_known == ()


def test_a_sum_that_held_more_along_one_axis_is_no_revision():
    """Forty in A, B and C in January; now there is only A and B, with ten less. That is C, not a correction."""
    month = Dimension.build("month", ["jan"])
    first = Published.of(
        CountTable.from_leaves([areas("A", "B", "C"), month], [[10], [20], [4]]),
        is_published=[[False], [False], [False], [True]],
    )

    safe = protect(CountTable.from_leaves([areas("A", "B", total="L"), month], [[10], [20]]), earlier=[first])

    assert safe.revised == ()
    assert not safe.published.is_revised.any()


def test_two_sums_of_the_same_leaves_both_tie_them():
    area = Dimension.build("area", "AB", [("A", "K"), ("B", "K"), ("A", "L"), ("B", "L")])
    table = CountTable.from_leaves([area], [3, 9])

    for known in ("K", "L"):
        is_shown = np.array([code in ("B", known) for code in area.codes])
        told = attack(Published.of(table, is_shown=is_shown)).told
        assert (("A",), 3) in [(cell.key, cell.low) for cell in told]


def test_a_negative_leaf_is_told_with_its_value():
    with pytest.raises(DisclosureError) as wrong:
        CountTable.from_leaves([areas("A", "B")], [4, -2])

    assert wrong.value.details == {"row": 0, "value": "-2"}
