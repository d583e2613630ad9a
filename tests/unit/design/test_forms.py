from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from lofte.design.examples import ExampleForm


@pytest.fixture(autouse=True)
def _swedish() -> Any:
    with translation.override("sv"):
        yield


def render(source: str, form: forms.Form) -> str:
    return Template(source).render(Context({"form": form}))


def test_field_ties_hint_and_error_to_its_control() -> None:
    form = ExampleForm({})
    form.is_valid()

    html = render("{% field form.place %}", form)

    assert '<label class="ds-label" for="id_place">Plats</label>' in html
    assert 'aria-describedby="id_place_helptext id_place_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="ds-input"' in html


def test_what_may_be_left_out_says_so() -> None:
    assert "(frivilligt)" in render("{% field form.text %}", ExampleForm())
    assert "(frivilligt)" not in render("{% field form.place %}", ExampleForm())


def test_choices_are_a_named_group_of_labelled_controls() -> None:
    html = render("{% field form.status %}", ExampleForm())

    assert '<legend class="ds-label">Hur gick det?</legend>' in html
    assert html.count('type="radio"') == html.count("<label") == 4


def test_dates_use_the_calendar_of_the_browser() -> None:
    assert 'type="date"' in render("{{ form.on }}", ExampleForm())


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        ({}, "place", "Fyll i plats."),
        ({}, "status", "Svara på frågan ”Hur gick det?”."),
        ({}, "sure", "Kryssa i rutan ”Det här får visas för alla”."),
        ({"count": "många"}, "count", "Skriv ett tal med siffror, till exempel 12."),
        ({"on": "2019-02-31"}, "on", "Skriv ett datum som finns, till exempel 2019-05-31."),
        ({"reason": "x"}, "reason", "Välj något i listan."),
    ],
)
def test_errors_say_what_to_do(data: dict[str, str], name: str, message: str) -> None:
    assert ExampleForm(data).errors[name] == [message]


def test_error_texts_of_the_author_win() -> None:
    class Own(forms.Form):
        place = forms.CharField(label="Plats", error_messages={"required": "Var var det?"})
        epa = forms.ChoiceField(label="EPA-traktor", choices=[("a", "a")])

    form = Own({})

    assert form.errors["place"] == ["Var var det?"]
    assert form.errors["epa"] == ["Välj EPA-traktor."]


def test_the_summary_takes_the_focus_and_leads_to_each_control() -> None:
    form = ExampleForm({})

    html = render("{% form_errors form %}", form)

    assert 'tabindex="-1" autofocus' in html
    assert '<a href="#id_place">Fyll i plats.</a>' in html
    assert '<a href="#id_status_0">' in html


def test_no_summary_without_errors() -> None:
    assert "error-summary" not in render("{% form_errors form %}", ExampleForm())


def test_placeholders_are_taken_away() -> None:
    class Own(forms.Form):
        place = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "Plats"}))

    assert "placeholder" not in str(Own())


def test_hidden_fields_stay_bare() -> None:
    class Own(forms.Form):
        key = forms.CharField(widget=forms.HiddenInput)

    assert "ds-" not in str(Own())
