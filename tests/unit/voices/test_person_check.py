"""A form whose words others read asks about persons before it saves."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from django import forms

from lofte.voices.person_check import PersonCheck


class Said(PersonCheck, forms.Form):
    screened = ("text",)

    text = forms.CharField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.look_for_persons()

    def known_places(self) -> Collection[str]:
        return ("Lindgrens gård",)


def test_text_about_a_place_is_saved_without_a_question() -> None:
    form = Said({"text": "Nya lampor vid skolan."})

    assert form.is_valid()
    assert "no_person" not in form.fields


@pytest.mark.parametrize("text", ["Tack till Anna Karlsson.", "Bilen ABC 123 stod där.", "Vid Storgatan 4 B."])
def test_what_may_point_to_a_person_is_asked_about_once(text: str) -> None:
    form = Said({"text": text})

    assert "kan peka ut en person" in form.errors["text"][0]
    assert Said({"text": text, "no_person": "on"}).is_valid()


@pytest.mark.parametrize("text", ["Se 640823-3234", "Ring 070-123 45 67", "namn@example.se"])
def test_what_always_points_to_a_person_is_refused_whatever_is_answered(text: str) -> None:
    form = Said({"text": text, "no_person": "on"})

    assert "Ta bort det." in form.errors["text"][0]


def test_error_says_what_was_found() -> None:
    assert "namn: Anna Karlsson" in Said({"text": "Tack till Anna Karlsson."}).errors["text"][0]


def test_places_of_the_kommun_are_not_asked_about() -> None:
    assert Said({"text": "Vi var vid Lindgrens gård."}).is_valid()
