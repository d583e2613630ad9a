"""Small numbers are not published, and can't be worked out.

Each case is a small table as the kommun has it and as readers see it; None is hidden. Kommunen is the sum of its
kommundelar and stands in the table like any other row.
"""

import pytest

from lofte_engine.disclosure import CountTable, Dimension, Published, Refused, Register, attack, protect, round_counts


def one_way(counts, total="Kommunen"):
    return CountTable.from_leaves(
        [Dimension.build("area", counts, [(area, total) for area in counts])], list(counts.values())
    )


def shown(safe):
    return {" ".join(key): count for key, count in safe.published.rows()}


@pytest.mark.parametrize(("count", "reads"), [(0, 0), (1, None), (4, None), (5, 5), (6, 6)])
def test_one_to_four_are_hidden(count, reads):
    """The threshold is five. A zero says that nothing was reported and points at nobody."""
    assert shown(protect(one_way({"Norr": count, "Söder": 40, "Väster": 50})))["Norr"] == reads


@pytest.mark.parametrize(("count", "reads"), [(9, None), (10, 10), (11, 11)])
def test_the_threshold_can_be_another(count, reads):
    assert shown(protect(one_way({"Norr": count, "Söder": 40, "Väster": 50}), threshold=10))["Norr"] == reads


@pytest.mark.parametrize(("count", "reads"), [(0, None), (4, None), (5, 5)])
def test_zeros_are_hidden_when_a_zero_tells_of_a_whole_group(count, reads):
    table = one_way({"Norr": count, "Söder": 40, "Väster": 50})

    assert shown(protect(table, zeros="hide"))["Norr"] == reads


def test_another_is_hidden_so_that_the_sum_does_not_tell():
    """32 − 9 − 20 would be 3."""
    safe = protect(one_way({"Norr": 3, "Söder": 9, "Väster": 20}))

    assert shown(safe) == {"Norr": None, "Söder": None, "Väster": 20, "Kommunen": 32}


def test_two_small_ones_do_not_hide_each_other():
    """2 + 1 = 3 would say that both lie between 1 and 2, so a third is hidden."""
    safe = protect(one_way({"Norr": 2, "Söder": 1, "Väster": 20, "Öster": 30}))

    assert shown(safe) == {"Norr": None, "Söder": None, "Väster": None, "Öster": 30, "Kommunen": 53}


def test_readers_cannot_see_which_number_was_the_small_one():
    safe = protect(one_way({"Norr": 3, "Söder": 9, "Väster": 20}))

    assert not hasattr(safe.published, "small")
    assert safe.published.counts[~safe.published.is_shown].tolist() == [0, 0]


def test_nothing_small_nothing_hidden():
    safe = protect(one_way({"Norr": 5, "Söder": 0, "Väster": 20}))

    assert None not in shown(safe).values()


def test_area_and_crime_and_time_hang_together():
    """One small number in a table with three kinds of sums: eight cells are hidden, two by two by two."""
    dimensions = [
        Dimension.build("area", "AB", [("A", "kommun"), ("B", "kommun")]),
        Dimension.build("period", ["T1", "T2", "T3"], [(tertial, "år") for tertial in ("T1", "T2", "T3")]),
        Dimension.build("category", ["stöld", "våld"], [("stöld", "alla"), ("våld", "alla")]),
    ]
    counts = [[[3, 20], [30, 40], [35, 45]], [[50, 60], [20, 15], [70, 80]]]

    safe = protect(CountTable.from_leaves(dimensions, counts))

    hidden = [key for key, count in safe.published.rows() if count is None]
    assert hidden == [
        (area, tertial, crime) for area in "AB" for tertial in ("T1", "T2") for crime in ("stöld", "våld")
    ]


def test_a_small_total_is_hidden_at_every_level():
    """A kommun with 3 in all hides its kommundel and borrows from a neighbour, down to one of its kommundelar."""
    within = [("A1", "A"), ("A2", "A"), ("B1", "B"), ("B2", "B"), ("A", "län"), ("B", "län")]
    area = Dimension.build("area", ["A1", "A2", "B1", "B2"], within)

    safe = protect(CountTable.from_leaves([area], [3, 0, 12, 30]))

    assert shown(safe) == {"A1": None, "A2": 0, "B1": None, "B2": 30, "A": None, "B": None, "län": 45}


def months(*counts):
    names = ["jan", "feb", "mar", "apr", "maj"][: len(counts)]
    total = f"jan–{names[-1]}"
    return CountTable.from_leaves([Dimension.build("period", names, [(name, total) for name in names])], counts)


def test_a_later_release_is_not_the_difference():
    """January–April was published: 60. January–May is 63. May alone would be 3, so January–May is hidden."""
    only_total = [False] * 4 + [True]
    register = Register().admit(Published.of(months(10, 20, 15, 15), is_published=only_total))

    safe, _ = register.protect(months(10, 20, 15, 15, 3), publish=[False] * 5 + [True])

    assert shown(safe) == {"jan–maj": None}


def test_a_release_made_elsewhere_is_refused_when_the_difference_tells():
    register = Register().admit(Published.of(months(10, 20, 15, 15), is_published=[False] * 4 + [True]))

    with pytest.raises(Refused) as refused:
        register.admit(Published.of(months(10, 20, 15, 15, 3), is_published=[False] * 5 + [True]))

    assert [(cell.key, cell.low, cell.high) for cell in refused.value.told] == [(("maj",), 3, 3)]


def test_a_release_that_shows_a_small_count_is_refused():
    with pytest.raises(Refused):
        Register().admit(Published.of(one_way({"Norr": 3, "Söder": 9})))


def test_another_division_of_the_same_kommun_is_not_the_difference():
    """Skolan lay in Norr and lies in Söder in the new division: the two editions would tell of Skolan alone."""
    parts = ["Byn", "Skolan", "Hamnen"]
    old = Dimension.build("area", parts, [("Byn", "Norr"), ("Skolan", "Norr"), ("Hamnen", "Söder")])
    new = Dimension.build("area", parts, [("Byn", "Norr 2"), ("Skolan", "Söder 2"), ("Hamnen", "Söder 2")])
    first = Published.of(CountTable.from_leaves([old], [40, 3, 50]), is_published=[False] * 3 + [True] * 2)
    wanted = [False] * 3 + [True] * 2

    safe, _ = Register().admit(first).protect(CountTable.from_leaves([new], [40, 3, 50]), publish=wanted)

    assert shown(safe) == {"Norr 2": None, "Söder 2": None}


def test_what_was_hidden_stays_hidden():
    first = protect(one_way({"Norr": 3, "Söder": 9, "Väster": 20}))
    again = protect(one_way({"Norr": 3, "Söder": 9, "Väster": 20}), earlier=[first.published])

    assert shown(again) == shown(first)


@pytest.mark.parametrize(("late", "reads"), [(0, 30), (1, None), (4, None), (5, 35)])
def test_a_small_correction_is_not_shown(late, reads):
    """Thirty became thirty-one: whoever kept the old table would see that one report came late."""
    first = Published.of(one_way({"Norr": 30, "Söder": 40, "Väster": 50}))

    safe = protect(one_way({"Norr": 30 + late, "Söder": 40, "Väster": 50}), earlier=[first])

    assert shown(safe)["Norr"] == reads


def test_what_an_earlier_release_already_tells_is_said():
    careless = Published.of(one_way({"Norr": 3, "Söder": 9, "Väster": 20}))

    safe = protect(one_way({"Norr": 3, "Söder": 9, "Väster": 20}), earlier=[careless])

    assert safe.already_known == (("Norr",),)
    assert shown(safe)["Norr"] is None


def test_the_attack_finds_a_number_that_was_hidden_alone():
    """Most tables that hide only the small ones look like this."""
    careless = Published.of(one_way({"Norr": 3, "Söder": 9, "Väster": 20}), is_shown=[False, True, True, True])

    assert [(cell.key, cell.low, cell.high) for cell in attack(careless).told] == [(("Norr",), 3, 3)]


def test_rounding_is_the_other_way():
    rounded = round_counts(one_way({"Norr": 3, "Söder": 11, "Väster": 21}))

    assert dict(zip(["Norr", "Söder", "Väster", "Kommunen"], rounded.counts.tolist(), strict=True)) == {
        "Norr": 5,
        "Söder": 10,
        "Väster": 20,
        "Kommunen": 35,
    }
