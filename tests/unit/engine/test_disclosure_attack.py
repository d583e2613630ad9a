"""The attack, the detours and the register, answer by answer."""

import numpy as np
import pytest

from lofte_engine.disclosure import (
    Attack,
    CountTable,
    Dimension,
    Pinned,
    Published,
    Refused,
    Register,
    attack,
    protect,
)
from lofte_engine.disclosure.attack import CONTRADICTION, bounds
from lofte_engine.disclosure.covering import Problem
from lofte_engine.disclosure.detours import take_detours
from lofte_engine.disclosure.equations import Equations

METHOD = "linear programming (HiGHS)"


def areas(*codes, total="K"):
    return Dimension.build("area", codes, [(code, total) for code in codes])


def published(counts, hidden="", missing="", total="K"):
    """A one-way table; letters in `hidden` are hidden, in `missing` not published."""
    codes = [*counts, total]
    table = CountTable.from_leaves([areas(*counts, total=total)], list(counts.values()))
    return Published.of(
        table,
        is_shown=[code not in hidden for code in codes],
        is_published=[code not in missing for code in codes],
    )


def pinned(found):
    return [("".join(cell.key), cell.low, cell.high, cell.kind) for cell in found.cells]


def test_the_whole_answer():
    assert attack(published({"A": 3, "B": 9, "C": 0}, hidden="AB")) == Attack(
        cells=(Pinned(("A",), 1.0, 11.0, "hidden"), Pinned(("B",), 1.0, 11.0, "hidden")),
        told=(),
        changed=(),
        threshold=5,
        method=METHOD,
        warnings=(),
    )


def test_a_hidden_cell_may_be_zero_when_no_zero_is_shown():
    assert pinned(attack(published({"A": 3, "B": 9}, hidden="AB"))) == [("A", 0, 12, "hidden"), ("B", 0, 12, "hidden")]


@pytest.mark.parametrize(("total", "told"), [(4, 2), (5, 0), (6, 0)])
def test_as_wide_as_the_threshold_is_wide_enough(total, told):
    found = attack(published({"A": 1, "B": total - 1}, hidden="AB"))

    assert (len(found.told), found.narrowest) == (told, total)


@pytest.mark.parametrize(("threshold", "told"), [(12, 0), (13, 2)])
def test_the_threshold_is_as_asked(threshold, told):
    found = attack(published({"A": 3, "B": 9}, hidden="AB"), threshold=threshold)

    assert (len(found.told), found.threshold) == (told, threshold)


def test_nothing_hidden_nothing_found():
    found = attack(published({"A": 3, "B": 9}))

    assert (found.cells, found.narrowest) == ((), None)


def test_a_total_that_nothing_limits_has_no_upper_end():
    assert pinned(attack(published({"A": 3, "B": 9}, hidden="AK"))) == [
        ("A", 0, np.inf, "hidden"),
        ("K", 9, np.inf, "hidden"),
    ]


def test_cells_nobody_asked_about_do_not_stop_the_attack():
    """The first crime isn't published at all; the second hides one cell."""
    crime = Dimension.build("crime", ["stöld", "våld"])
    table = CountTable.from_leaves([crime, areas("A", "B")], [[1, 2], [3, 9]])
    shown = np.array([[False] * 3, [False, True, True]])

    found = attack(Published.of(table, is_shown=shown, is_published=[[False] * 3, [True] * 3]))

    assert [(cell.key, cell.low) for cell in found.told] == [(("våld", "A"), 3)]


def test_bounds_use_nothing_that_is_unknown():
    equations = Equations.of([areas("A", "B")])
    unknown = np.array([True, False, False])

    low, high = bounds(equations, np.array([77.0, 9.0, 12.0]), unknown, np.zeros(3), unknown)

    assert (low[0], high[0]) == (3, 3)
    assert np.isnan(low[1:]).all()


@pytest.mark.parametrize("counts", [[0.0, 9.0, 3.0], [0.0, 0.0, 0.0]])
def test_bounds_of_what_does_not_add_up(counts):
    equations = Equations.of([areas("A", "B")])
    unknown = np.array([True, False, False])

    with pytest.raises(ArithmeticError):
        bounds(equations, np.array(counts), unknown, np.ones(3), unknown)


MONTHS = {"A": 10, "B": 20}


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (0, []),
        (1, [("C", 1, 1, "unpublished")]),
        (4, [("C", 4, 4, "unpublished")]),
        (5, []),
    ],
)
def test_an_unpublished_small_count_is_told_by_the_difference(new, expected):
    """Thirty in two months, and so many in three; no single month is published."""
    earlier = published(MONTHS, missing="AB")
    later = published({**MONTHS, "C": new}, missing="ABC")

    found = attack(later, earlier=[earlier])

    assert pinned(found) == expected
    assert len(found.told) == len(expected)


def test_a_single_table_does_not_tell_of_what_it_leaves_out():
    assert attack(published({"A": 3, "B": 9}, missing="A")).cells == ()


def test_what_an_earlier_release_hid_is_attacked_too():
    earlier = published({"A": 3, "B": 9, "C": 0}, hidden="AB")
    later = published({"B": 9, "D": 7}, total="L")

    found = attack(later, earlier=[earlier])

    assert sorted(pinned(found)) == [("A", 3, 3, "hidden_earlier"), ("B", 9, 9, "hidden_earlier")]
    assert found.told == found.cells


def test_a_contradiction_is_told_and_the_latest_attacked_alone():
    earlier = published({"A": 50, "B": 20}, missing="BK")
    later = published({"A": 30, "B": 10}, hidden="AB")

    found = attack(later, earlier=[earlier], threshold=41)

    assert found.warnings == (CONTRADICTION,)
    assert pinned(found) == [("A", 0, 40, "hidden"), ("B", 0, 40, "hidden")]
    assert (len(found.told), found.threshold, found.changed) == (2, 41, ())


def test_a_contradiction_keeps_what_changed():
    earlier = published({"A": 50, "B": 20, "C": 8}, missing="BK")
    later = published({"A": 30, "B": 10, "C": 20}, hidden="AB")
    earliest = published({"C": 9}, missing="K")

    found = attack(later, earlier=[earlier, earliest])

    assert [(key, then, now) for key, then, now in found.changed] == [(("C",), 8, 20), (("C",), 9, 20)]


def test_a_corrected_sum_does_not_make_its_other_parts_out_of_date():
    """Thefts were corrected and so was the sum of both crimes; what was said of assaults still holds."""
    crime = Dimension.build("crime", ["stöld", "våld"], [("stöld", "alla"), ("våld", "alla")])
    area = Dimension.build("area", ["A"])
    first = Published.of(CountTable.from_leaves([area, crime], [[10, 20]]))
    second = Published.of(
        CountTable.from_leaves([area, crime], [[12, 20]]), is_shown=False, is_revised=[[True, False, True]]
    )

    found = attack(second, earlier=[first])

    assert [(cell.key, cell.low, cell.high) for cell in found.told] == [(("A", "våld"), 20, 20)]


def problem(table, known, width=5):
    counts = table.counts.ravel()
    free = np.array([code not in known for code in table.dimensions[0].codes])
    return Problem(
        table.dimensions, counts, np.maximum(counts - 1, 0), free, free & (counts < 5), free & (counts < 5), width
    )


@pytest.mark.parametrize(
    ("counts", "is_covered"),
    [
        ([4, 20], True),  # up 5
        ([4, 4], True),  # up 3 and down 2
        ([1, 6], True),  # up 5, all that B has above one
        ([1, 5], False),  # up 4 is all there is
        ([2, 4], False),  # up 3, down 1
        ([1, 1], False),  # nothing can move
    ],
)
def test_two_parts_of_a_known_total(counts, is_covered):
    """Both are hidden in any case; covered only when five steps are there."""
    asked = problem(CountTable.from_leaves([areas("A", "B")], counts), known="K")
    nothing = np.zeros(3, dtype=bool)

    hidden, covered = take_detours(asked, asked.is_hidden, nothing)

    assert covered[0] == is_covered
    assert hidden.tolist() == [True, True, False]


@pytest.mark.parametrize("counts", [[1, 6], [2, 5], [3, 4], [4, 3], [5, 2], [6, 1]])
def test_seven_in_two_parts_are_wide_enough_however_they_lie(counts):
    """Five up, five down, or so many up and the rest down: each is the only way."""
    table = CountTable.from_leaves([areas("A", "B")], counts)
    both = np.array([True, True, False])
    asked = Problem(table.dimensions, table.counts, table.counts - 1, both, both, both, 5)

    _, covered = take_detours(asked, both, np.zeros(3, dtype=bool))

    assert covered.tolist() == [True, True, False]


def test_a_detour_hides_nothing_that_it_does_not_use():
    table = CountTable.from_leaves([areas("A", "B", "C")], [30, 1, 30])
    asked = problem(table, known="K")

    hidden, covered = take_detours(asked, np.array([False, True, True, False]), np.zeros(4, dtype=bool))

    assert hidden.tolist() == [False, True, True, False]
    assert covered[1]


def test_what_a_detour_hides_is_covered_in_its_turn():
    """A is small and K is known. B alone can't give five steps; B and C can, and each of them then needs its own."""
    asked = problem(CountTable.from_leaves([areas("A", "B", "C")], [1, 5, 5]), known="K")

    hidden, covered = take_detours(asked, asked.is_hidden, np.zeros(4, dtype=bool))

    assert hidden.tolist() == [True, True, True, False]
    assert covered.tolist() == [True, True, True, False]


def test_a_detour_takes_what_is_hidden_already():
    table = CountTable.from_leaves([areas("A", "B", "C")], [1, 30, 30])
    asked = problem(table, known="K")

    hidden, _ = take_detours(asked, np.array([True, False, True, False]), np.zeros(4, dtype=bool))

    assert hidden.tolist() == [True, False, True, False]


def test_the_register_admits_what_is_safe():
    register = Register(threshold=3).admit(published({"A": 3, "B": 9}))

    assert len(register.releases) == 1
    assert register.threshold == 3
    assert len(register.admit(published({"A": 3, "B": 9})).releases) == 2


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (published({"A": 4, "B": 9, "C": 0}), [("A", 4, "shown")]),
        (published({"A": 1, "B": 9}), [("A", 1, "shown")]),
        (published({"A": 3, "B": 9}, hidden="A"), [("A", 3, "hidden")]),
        (published({"A": 10, "B": 13}), [("B", 3, "change"), ("K", 3, "change")]),
    ],
)
def test_the_register_says_what_would_be_told(table, told):
    register = Register().admit(published({"A": 10, "B": 10})) if "change" in told[0] else Register()

    with pytest.raises(Refused) as refused:
        register.admit(table)

    assert [(cell.key[0], cell.low, cell.kind) for cell in refused.value.told] == told
    assert all(cell.width == 0 for cell in refused.value.told)
    assert refused.value.code == "refused"
    assert refused.value.details == {"cells": len(told)}


def test_the_register_admits_a_change_as_large_as_the_threshold():
    register = Register().admit(published({"A": 10, "B": 10}))

    assert len(register.admit(published({"A": 10, "B": 15})).releases) == 2


def test_the_register_shows_zeros_unless_asked():
    safe, _ = Register().protect(CountTable.from_leaves([areas("A", "B")], [0, 9]))

    assert (safe.published.rows()[0], safe.method) == (
        (("A",), 0),
        protect(CountTable.from_leaves([areas("A")], [9])).method,
    )


def test_the_register_uses_its_threshold_and_passes_on_what_is_asked():
    table = CountTable.from_leaves([areas("A", "B", "C")], [8, 0, 90])

    safe, register = Register(threshold=10).protect(table, zeros="hide", publish=np.array([True, True, True, False]))

    assert safe.threshold == 10
    assert safe.published.rows() == [(("A",), None), (("B",), None), (("C",), 90)]
    assert register.releases == (safe.published,)


def test_protected_tells_how():
    table = CountTable.from_leaves([areas("A", "B", "C")], [3, 9, 20])

    safe = protect(table)
    all_hidden = protect(table, zeros="hide")

    assert (safe.small, safe.extra, safe.method) == (1, 1, "suppression, threshold 5, zeros shown")
    assert all_hidden.method == "suppression, threshold 5, zeros hidden"
    assert (safe.already_known, safe.revised) == ((), ())


@pytest.mark.parametrize(
    ("new", "revised", "mark"),
    [(30, (), False), (31, (("A",),), True), (34, (("A",),), True), (35, (), False)],
)
def test_a_revised_cell_is_marked_when_hidden(new, revised, mark):
    first = published({"A": 30, "B": 90}, missing="BK")

    safe = protect(
        CountTable.from_leaves([areas("A", "B")], [new, 90]),
        earlier=[first],
        publish=np.array([True, False, False]),
    )

    assert safe.revised == revised
    assert safe.published.is_revised.tolist() == [mark, False, False]
    assert safe.small == int(mark)
