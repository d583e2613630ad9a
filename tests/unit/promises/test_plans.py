"""How a goal will be judged, in sentences that everyone may read."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from lofte.promises.plans import plan_words
from lofte.promises.text import GoalText

GOAL = GoalText("mal", "outcome", "Färre inbrott", "", "inbrott", Decimal(28), "2025", Decimal(20), None, None)
WHOLE = replace(
    GOAL, margin=Decimal("3"), answer_on=dt.date(2028, 3, 1), measure="Anmälda inbrott", unit="brott",
    design="own_years", comparison="2023–2025", smallest_change=Decimal(17), smallest_change_basis="2025: 28 händelser",
)  # fmt: skip


def test_a_whole_plan_says_measure_comparison_margin_smallest_change_and_day() -> None:
    assert plan_words(WHOLE) == [
        "Så mäter vi: Anmälda inbrott (brott). Läget när vi började: 28 (2025).",
        "Vi jämför mot våra egna tidigare år. 2023–2025",
        "En skillnad på högst 3 brott räknas som oförändrat.",
        "Den minsta ändring vi kan se är ungefär 17 brott (2025: 28 händelser).",
        "Svaret kommer 1 mars 2028.",
    ]


def test_a_goal_that_can_never_be_judged_says_why_and_nothing_else() -> None:
    told = plan_words(replace(WHOLE, no_answer_because="too_few", no_answer_text="Sex händelser på ett år."))

    assert told == [
        "Det kan inte bedömas, därför att händelserna är för få. En så liten skillnad kan vara en slump.",
        "Sex händelser på ett år.",
    ]


def test_no_comparison_is_said_to_mean_no_cause() -> None:
    assert "går det inte att säga varför" in plan_words(replace(GOAL, design="none"))[0]


def test_no_plan_is_no_sentence() -> None:
    assert plan_words(replace(GOAL, indicator="")) == []
