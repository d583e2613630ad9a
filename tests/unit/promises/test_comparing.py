"""What differs between two texts, as people read it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from lofte.promises.comparing import ADDED, GONE, KEPT, Change, Stretch, changes, stretches
from lofte.promises.text import ActivityText, GoalText, PledgeText, Promised, PromiseText

EIGHT = Promised("n", "count", amount=Decimal(8), unit="st")
CHECKS = ActivityText("kontroller", "Göra kontroller", (), (EIGHT,), None, None, None)
PLEDGE = PledgeText(
    key="trafik", text="Polisen gör åtta kontroller.", theme="", is_summary=False, parties=("Polisen",),
    with_others=False, approach="", group="", age_from=None, age_to=None, problems=(), causes=(), measures=(),
    activities=(CHECKS,),
)  # fmt: skip
GOAL = GoalText("mal", "outcome", "Lugnare", "", "", None, "", None, Decimal(5), None)
TEXT = PromiseText(
    title="Löfte 2027", short_line="Lugnare kvällar", short_line_is_later=False, starts=dt.date(2027, 1, 1),
    ends=dt.date(2027, 12, 31), covers_municipality=True, areas=(), parties=("Polisen",), intro="",
    overall_pledge="", overall_pledge_is_summary=False, desired_outcome="", rhythm="tertial", channels=(),
    pledges=(PLEDGE,), goals=(GOAL,),
)  # fmt: skip


def test_the_same_text_has_no_changes() -> None:
    assert changes(TEXT, TEXT) == []


def test_words_that_went_and_came_are_told_apart() -> None:
    assert stretches("minst åtta kontroller", "minst tio kontroller") == [
        Stretch(KEPT, "minst "),
        Stretch(GONE, "åtta"),
        Stretch(ADDED, "tio"),
        Stretch(KEPT, " kontroller"),
    ]


def test_a_changed_pledge_is_named_by_its_place() -> None:
    other = replace(TEXT, pledges=(replace(PLEDGE, text="Polisen gör tio kontroller."),))

    assert changes(TEXT, other) == [Change("Löfte 1", "Polisen gör åtta kontroller.", "Polisen gör tio kontroller.")]


def test_a_changed_amount_is_a_change_of_its_activity() -> None:
    more = replace(PLEDGE.activities[0], targets=(Promised("n", "count", amount=Decimal(10), unit="st"),))

    (found,) = changes(TEXT, replace(TEXT, pledges=(replace(PLEDGE, activities=(more,)),)))

    assert found.where == "Löfte 1, aktivitet kontroller"
    assert (found.before, found.after) == ("Göra kontroller. minst 8 st", "Göra kontroller. minst 10 st")


def test_a_pledge_that_went_and_one_that_came() -> None:
    new = replace(PLEDGE, key="ljus", text="Kommunen byter lampor.", activities=())

    found = changes(TEXT, replace(TEXT, pledges=(new,)))

    assert ("Löfte 1", "", "Kommunen byter lampor.") in [(c.where, c.before, c.after) for c in found]
    assert ("Löfte 2", "Polisen gör åtta kontroller.", "") in [(c.where, c.before, c.after) for c in found]


def test_a_moved_last_day_and_a_new_margin() -> None:
    other = replace(TEXT, ends=dt.date(2028, 6, 30), goals=(replace(GOAL, margin=Decimal(9)),))

    assert [(c.where, c.before, c.after) for c in changes(TEXT, other)] == [
        ("Gäller till", "31 december 2027", "30 juni 2028"),
        ("Mål 1, räknas som oförändrat", "5", "9"),
    ]
