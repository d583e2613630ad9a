import re
from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from lofte.core import states
from lofte.design import icons
from lofte.design.pieces import Pledge, Verdict
from lofte.design.templatetags import design

ALL_STATES = [
    *states.Delivery,
    *states.ActivityStatus,
    *states.Effect,
    *states.CausalClaim,
    *states.PeriodState,
]


def render(source: str, **context: object) -> str:
    with translation.override("sv"):
        return Template(source).render(Context(context))


@pytest.mark.parametrize("state", ALL_STATES, ids=lambda state: f"{type(state).__name__}.{state.name}")
def test_every_state_has_a_shape_and_its_word(state: states.Delivery) -> None:
    with translation.override("sv"):
        html = design.verdict(state)

    assert state.value in icons.ICONS
    assert f"<span>{str(state.label)[0].upper()}{str(state.label)[1:]}</span>" in html
    assert 'aria-hidden="true"' in html


def test_overdue_has_a_shape_and_a_word_though_it_is_never_stored() -> None:
    with translation.override("sv"):
        assert "<span>Över tiden</span>" in design.verdict("overdue")


def test_no_two_shapes_of_an_axis_are_alike() -> None:
    for axis in (states.Delivery, states.Effect, states.CausalClaim, states.PeriodState):
        shapes = [icons.ICONS[value] for value in axis.values]
        assert len(set(shapes)) == len(shapes), axis.__name__


def test_every_tone_and_shape_belongs_to_a_state() -> None:
    known = {state.value for state in ALL_STATES} | {"overdue"}

    assert set(icons.ICONS) == known
    assert set(icons.TONES) <= known


def test_verdict_escapes_its_word() -> None:
    assert "&lt;b&gt;" in design.verdict("kept", "<b>")


def test_number_leaves_words_alone() -> None:
    assert render("{{ a|number }} {{ b|number }}{{ c|number }}", a="minst 4", b=1000, c=None) == "minst 4 1\u202f000"


def test_period_words_take_an_object_or_two_days() -> None:
    class Period:
        starts, ends = date(2018, 1, 1), date(2018, 4, 30)

    assert render("{{ p|period_words }}", p=Period()) == "januari–april 2018"
    assert render("{{ p.starts|period_words:p.ends }}", p=Period()) == "januari–april 2018"
    assert render("{{ nothing|period_words }}{{ nothing|date_words }}{{ nothing|month_words }}") == ""


def test_thread_step_is_a_section_named_by_its_heading() -> None:
    html = render('{% thread_step "loften" heading %}<p>innehåll</p>{% endthread_step %}', heading="Håll <löftet>")

    assert '<section class="step" id="loften" aria-labelledby="loften-rubrik">' in html
    assert '<h2 id="loften-rubrik">Håll &lt;löftet&gt;</h2>' in html
    assert "<p>innehåll</p>" in html


def test_a_gap_is_a_gap_in_the_thread_and_a_sentence() -> None:
    html = render('{% thread_step "a" "Mål" gap=True %}{% gap "Löftet har inget mått." %}{% endthread_step %}')

    assert 'class="step is-gap"' in html
    assert "<b>Glapp i tråden.</b> Löftet har inget mått." in html


def test_words_that_stay_swedish_say_so_on_an_english_page() -> None:
    with translation.override("en"):
        assert Template("<h3{% swedish %}>").render(Context()) == '<h3 lang="sv">'
    assert render("<h3{% swedish %}>") == "<h3>"


def test_a_pledge_that_cannot_be_judged_always_says_that_we_do_not_know() -> None:
    pledge = Pledge("a", "Trafikkontroller", Verdict("not_assessable", "går inte att bedöma"))

    html = render('{% include "design/pledge.html" %}', pledge=pledge)

    assert "Det betyder att vi inte vet." in html


def test_a_pledge_without_more_to_tell_does_not_unfold() -> None:
    html = render('{% include "design/pledge.html" %}', pledge=Pledge("a", "Råd", Verdict("kept", "hållet")))

    assert "<details" not in html
    assert "framgår inte" in re.sub(r"\s+", " ", html)
