"""Age bands, ages of dialogues and places: what a row of a file or a list says."""

from __future__ import annotations

import datetime as dt

import pytest

from dialogues import dialogue, place
from factories import area, kommun
from lofte.places.models import Area
from lofte.voices.areas import coarse
from lofte.voices.imports import band_of
from lofte.voices.models import Theme
from lofte.voices.presenters import age, answer_words


@pytest.mark.parametrize(
    ("written", "band"),
    [
        ("0", "0-12"), ("12", "0-12"), ("13", "13-15"), ("17", "16-17"), ("18", "18-24"), ("44", "25-44"),
        ("79", "65-79"), ("80", "80+"), ("101", "80+"), ("18–24 år", "18-24"), ("18-24", "18-24"), ("80+", "80+"),
        ("80 år eller äldre", "80+"), ("under 13 år", "0-12"), ("19 år", "18-24"),
    ],
)  # fmt: skip
def test_age_becomes_its_band(written: str, band: str) -> None:
    assert band_of(written) == band


@pytest.mark.parametrize("written", ["ung", "200", "-3", "20-30"])
def test_age_that_cannot_be_placed_is_told_apart(written: str) -> None:
    assert band_of(written) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2026, 3, 31), ""),
        (dt.date(2026, 4, 1), "1 månad gammal"),
        (dt.date(2028, 2, 1), "23 månader gammal"),
        (dt.date(2028, 3, 1), "2 år gammal"),
    ],
)
def test_age_of_a_dialogue_is_told_in_months_and_then_years(today: dt.date, words: str) -> None:
    assert age(dialogue(kommun(), opens=dt.date(2026, 3, 1), closes=dt.date(2026, 3, 31)), today) == words


@pytest.mark.django_db
def test_place_is_stored_as_the_part_of_town_it_lies_in() -> None:
    where = kommun()
    centrum = area(where, "Centrum")
    school = place(where, "Skolan", centrum)
    yard = place(where, "Gården", school)
    lonely = area(where, "Resecentrum", Area.Kind.PLACE)

    assert coarse(yard) == centrum
    assert coarse(centrum) == centrum
    assert coarse(lonely) == lonely
    assert coarse(None) is None


@pytest.mark.parametrize("answer", Theme.Answer.values)
def test_every_answer_has_its_words(answer: str) -> None:
    assert answer_words(answer)
