"""A theme becomes something that a picture can rest on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from dialogues import dialogue, theme, voice
from factories import Tuna, area, cycle
from lofte.core.models import Event
from lofte.core.visibility import VISITOR
from lofte.evidence.actions import evidence_from_theme
from lofte.evidence.models import EvidenceItem
from lofte.voices.models import Dialogue, Theme
from lofte.voices.themes import recount
from people import Cast


@pytest.fixture
def dark(open_dialogue: Dialogue, here: Tuna) -> Theme:
    made = theme(open_dialogue, "Mörkt i tunneln")
    for number in range(6):
        voice(open_dialogue, theme=made, channel="paper" if number % 2 else "street", month=dt.date(2026, 8, 1))
    voice(open_dialogue, "Bra buss.", month=dt.date(2026, 9, 1))
    open_dialogue.areas.add(area(here.kommun, "Backen"))
    recount(open_dialogue)
    made.refresh_from_db()
    return made


def test_item_has_n_period_method_and_limits(dark: Theme, people: Cast) -> None:
    item = evidence_from_theme(theme=dark, by=people.coordinator)

    assert item.kind == EvidenceItem.Kind.CITIZEN_DIALOGUE
    assert (item.n, item.period) == (6, "augusti 2026")
    assert item.sentence == "I dialogen ”Vad gör dig trygg i Tuna?” handlade 6 av 7 svar om det här: Mörkt i tunneln."
    assert "papper, på torget" in item.limits
    assert "inget urval" in item.limits
    assert [each.name for each in item.areas.all()] == ["Backen"]


def test_item_and_theme_know_of_each_other(dark: Theme, people: Cast) -> None:
    item = evidence_from_theme(theme=dark, by=people.coordinator)

    assert [link.theme for link in item.theme_links.all()] == [dark]
    assert [link.evidence for link in dark.evidence_links.all()] == [item]
    assert item.theme_links.get().created_by == people.coordinator.key
    assert Event.objects.get().verb == "evidence.from_theme"


def test_item_is_internal_until_it_is_opened(dark: Theme, people: Cast) -> None:
    evidence_from_theme(theme=dark, by=people.coordinator)

    assert not EvidenceItem.objects.visible_to(VISITOR).exists()


def test_same_theme_twice_in_a_cycle_is_one_item_and_another_in_the_next(dark: Theme, people: Cast, here: Tuna) -> None:
    first = evidence_from_theme(theme=dark, by=people.coordinator)

    assert evidence_from_theme(theme=dark, by=people.police_editor) == first
    assert evidence_from_theme(theme=dark, by=people.coordinator, cycle=cycle(here.kommun, 2027)) != first


def test_small_group_is_told_without_its_number(here: Tuna, people: Cast) -> None:
    small = theme(dialogue(here.kommun), "Något ovanligt")
    voice(small.dialogue, theme=small)

    item = evidence_from_theme(theme=small, by=people.coordinator)

    assert item.n is None
    assert "sa några" in item.sentence


def test_number_that_was_counted_elsewhere_is_used(here: Tuna, people: Cast) -> None:
    counted = theme(dialogue(here.kommun, participants=412), "Mörkt", count=131)

    item = evidence_from_theme(theme=counted, by=people.coordinator)

    assert item.n == 131
    assert "131 av 412 svar" in item.sentence


@pytest.mark.parametrize("who", ["partner", "director", "neighbour", "stranger"])
def test_only_those_who_run_the_cycle_may(dark: Theme, people: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        evidence_from_theme(theme=dark, by=getattr(people, who))
