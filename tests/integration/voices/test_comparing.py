"""Staff beside citizens: two orders, how alike they are, and no small numbers."""

from __future__ import annotations

import re

import pytest

from dialogues import dialogue, voice
from factories import Tuna
from lofte.voices.comparing import compared
from lofte.voices.models import Dialogue
from people import Cast, signed_in

PAGE = "/arbete/tuna/dialoger/2026/personal/jamfor/"


@pytest.fixture
def staff(here: Tuna) -> Dialogue:
    return dialogue(here.kommun, kind="staff", key="personal", title="Vad ser ni?")


@pytest.fixture
def citizens(here: Tuna) -> Dialogue:
    return dialogue(here.kommun)


def said(of: Dialogue, **counts: int) -> None:
    for category, number in counts.items():
        for each in range(number):
            voice(of, key=f"{of.key}-{category}-{each}", category=category)


def test_same_order_is_said_to_be_the_same(staff: Dialogue, citizens: Dialogue) -> None:
    said(staff, light=40, traffic=20, theft=6)
    said(citizens, light=60, traffic=30, theft=8)

    found = compared(staff)

    assert found.sentence == "Medarbetare och medborgare sätter i stort sett samma saker först."
    first = found.rows[0]
    assert (first.label, first.staff, first.citizens) == ("Ljus och mörker", "plats 1", "plats 1")
    assert "Likhet i ordning: 1,0 (osäkerhet: mellan" in found.detail


def test_opposite_order_is_said_to_differ(staff: Dialogue, citizens: Dialogue) -> None:
    said(staff, light=6, traffic=20, theft=60)
    said(citizens, light=60, traffic=20, theft=6)

    assert compared(staff).sentence == "Medarbetare och medborgare sätter olika saker först."


def test_what_may_be_chance_is_not_said(staff: Dialogue, citizens: Dialogue) -> None:
    said(staff, light=7, traffic=7, theft=8)
    said(citizens, light=8, traffic=7, theft=7)

    assert compared(staff).sentence.startswith("Det går inte att säga")


def test_thing_that_few_named_has_no_place(staff: Dialogue, citizens: Dialogue, people: Cast) -> None:
    said(staff, light=30, hate=4)
    said(citizens, light=30, traffic=10, hate=3)

    text = signed_in(people.coordinator).get(PAGE).text

    rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td>', text))
    assert rows["Att inte bli väl bemött"] == rows["Trafik"] == "färre än 5 svar"
    assert "plats 1" in rows["Ljus och mörker"]


@pytest.mark.parametrize(("ours", "theirs"), [(19, 40), (40, 19)])
def test_few_answers_are_not_compared(staff: Dialogue, citizens: Dialogue, ours: int, theirs: int) -> None:
    said(staff, light=ours)
    said(citizens, light=theirs)

    found = compared(staff)

    assert found.sentence.startswith("Minst 20 på varje sida")
    assert found.rows == []


def test_drafts_and_other_years_are_left_out(staff: Dialogue, here: Tuna) -> None:
    said(staff, light=30, traffic=10)
    said(dialogue(here.kommun, is_draft=True), light=40)

    assert compared(staff).rows == []


def test_only_those_who_work_with_the_year_see_it(staff: Dialogue, citizens: Dialogue, people: Cast) -> None:
    seen = {who for who, user in people if signed_in(user).get(PAGE).status_code == 200}

    assert seen == {"coordinator", "police_editor", "director", "police_chief"}
    assert signed_in(people.coordinator).get("/arbete/tuna/dialoger/2026/trygg/jamfor/").status_code == 404
