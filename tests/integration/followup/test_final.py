"""The final report: what may be said, what was learnt, and an answer that comes when all is closed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from factories import TODAY, Tuna, report
from lofte.core.states import PromiseState
from lofte.evidence.models import Indicator
from lofte.followup import judging
from lofte.followup.actions import lock_and_publish, send_for_review
from lofte.followup.judging import CauseGiven, EffectGiven, IsClosed, NotAllowed, check_cause, check_effect
from lofte.followup.models import CauseVerdict, EffectVerdict, Erratum, FrozenReport, Lesson
from lofte.promises.models import Goal
from people import Cast, as_nobody, signed_in

WHERE = {"kommun": "tuna", "slug": "2026"}
AFTER = dt.date(2027, 1, 15)


def at(name: str, **more: object) -> str:
    return reverse(f"followup:{name}", kwargs=WHERE | more)


def measured(**given: object) -> Goal:
    """A goal as good as can be; unsaved, for the rules alone."""
    indicator = Indicator(name="Anmälda inbrott", is_effort_driven=False)
    values = {"indicator": indicator, "baseline_value": Decimal(12), "margin": Decimal(2), "design": "similar"}
    return Goal(**values | given)


@pytest.fixture
def goal(here: Tuna) -> Goal:
    indicator = Indicator.objects.create(
        cycle=here.promise.cycle, key="inbrott", name="Anmälda inbrott", kind="crime_rate", unit="brott"
    )
    return Goal.objects.create(
        promise=here.promise, key="mal", kind="outcome", text="Färre inbrott", indicator=indicator,
        baseline_value=12, margin=2, design="similar", comparison="Fem liknande kommuner",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "about", "field"),
    [
        (EffectGiven("not_assessable"), measured(), "because"),
        (EffectGiven("pending"), measured(), "answer_on"),
        (EffectGiven("better"), None, "value"),
        (EffectGiven("better"), measured(indicator=None), "value"),
        (EffectGiven("worse"), measured(indicator=Indicator(name="Narkotika", is_effort_driven=True)), "value"),
        (EffectGiven("better"), measured(baseline_value=None), "value"),
        (EffectGiven("unchanged"), measured(margin=None), "value"),
    ],
)
def test_effect_that_cannot_be_known_is_refused(given: EffectGiven, about: Goal | None, field: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        check_effect(given, about)

    assert refused.value.field == field


@pytest.mark.parametrize(
    "given",
    [
        EffectGiven("better"),
        EffectGiven("unchanged"),
        EffectGiven("not_assessable", "too_few"),
        EffectGiven("pending", answer_on=AFTER),
    ],
)
def test_effect_that_can_be_known_is_taken(given: EffectGiven) -> None:
    check_effect(given, measured())


@pytest.mark.parametrize(
    ("value", "about", "effect", "field"),
    [
        ("probable_contribution", None, "better", "value"),
        ("probable_contribution", measured(design=""), "better", "value"),
        ("no_effect_seen", measured(design="none"), "unchanged", "value"),
        ("shown_effect", measured(design="own_years"), "better", "value"),
        ("worse_than_comparison", measured(design="own_years"), "worse", "value"),
        ("shown_effect", measured(), "not_assessable", "value"),
        ("probable_contribution", measured(), "", "value"),
        ("not_assessable", measured(), "better", "because"),
    ],
)
def test_cause_without_ground_is_refused(value: str, about: Goal | None, effect: str, field: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        check_cause(CauseGiven(value, design="Mot fem liknande kommuner"), about, effect)

    assert refused.value.field == field


def test_cause_must_say_how_it_was_compared() -> None:
    with pytest.raises(NotAllowed) as refused:
        check_cause(CauseGiven("probable_contribution"), measured(), "better")

    assert refused.value.field == "design"


@pytest.mark.parametrize("value", ["not_examined", "coincided", "pending"])
def test_saying_less_needs_no_design(value: str) -> None:
    check_cause(CauseGiven(value), None, "")


def test_form_says_why_a_verdict_is_refused(goal: Goal, people: Cast) -> None:
    page = signed_in(people.coordinator).post(at("effect", goal=goal.pk), {"value": "not_assessable"})

    assert page.status_code == 422
    assert "Välj varför det inte går att bedöma." in page.text
    assert not EffectVerdict.objects.exists()


def test_both_answers_are_kept_and_read_by_everyone(goal: Goal, people: Cast) -> None:
    client = signed_in(people.coordinator)

    client.post(at("effect", goal=goal.pk), {"value": "better", "text": "Från 12 till 5 inbrott."})
    client.post(at("cause", goal=goal.pk), {"value": "probable_contribution", "design": "Mot fem liknande kommuner"})

    text = as_nobody().get("/tuna/2026/").text
    assert "Från 12 till 5 inbrott." in text
    assert "Troligt bidrag" in text
    assert CauseVerdict.objects.get().decided_on == TODAY


def test_verdict_of_the_whole_promise_when_it_has_no_goal(here: Tuna, people: Cast) -> None:
    client = signed_in(people.coordinator)

    client.post(at("effect", goal=0), {"value": "not_assessable", "because": "no_indicator", "next_time": "Välj mått."})

    assert "inget mått på problemet valdes" in as_nobody().get("/tuna/2026/").text
    assert "Hela medborgarlöftet" in client.get(at("final")).text


def test_lesson_is_added_and_taken_away(here: Tuna, people: Cast) -> None:
    client = signed_in(people.coordinator)

    client.post(at("final"), {"kind": "change", "text": "Räkna från början.", "pledge": "trafik"})
    lesson = Lesson.objects.get()
    seen = client.get(at("final")).text
    client.post(at("remove_lesson", key=lesson.key))

    assert (lesson.kind, lesson.pledge) == ("change", here.promise.pledges.get(key="trafik"))
    assert "Räkna från början." in seen
    assert not Lesson.objects.exists()


@pytest.fixture
def over(here: Tuna, goal: Goal, people: Cast, monkeypatch: pytest.MonkeyPatch) -> Tuna:
    """The year is over, the final report is out, and one answer is still to come."""
    judging.judge_effect(
        promise=here.promise, goal=goal, given=EffectGiven("pending", answer_on=dt.date(2027, 3, 31)),
        by=people.coordinator, today=TODAY,
    )  # fmt: skip
    judging.add_lesson(promise=here.promise, by=people.coordinator, kind="continue", text="Fler kontroller vid skolan.")
    last = here.promise.periods.get(label="2026-T3")
    report(last, here.checks, 16, entered_by=people.community_officer.key, status="done")
    send_for_review(period=last, by=people.coordinator)
    lock_and_publish(period=last, by=people.coordinator, today=AFTER)
    return here


def test_final_report_answers_all_three_questions(over: Tuna) -> None:
    text = as_nobody().get("/tuna/2026/rapport/2026-T3/").text

    assert "Slutredovisning" in text
    assert "Svaret kommer" in text
    assert "Fler kontroller vid skolan." in text
    assert "Vet vi varför?" in text


def test_promise_goes_to_final_report_and_is_closed(over: Tuna, people: Cast) -> None:
    judging.begin_final(promise=over.promise, by=people.coordinator, today=AFTER)
    left = judging.what_is_left(over.promise)
    client = signed_in(people.coordinator)
    for period in over.promise.periods.exclude(stage="published"):
        client.post(at("give_up", label=period.label))

    client.post(at("close"))

    over.promise.refresh_from_db()
    assert left == ["En rapport är inte publicerad. Publicera den, eller säg att den inte kom."]
    assert over.promise.state == PromiseState.CLOSED
    assert [(c.before, c.after) for c in over.promise.state_changes.all()][-2:] == [
        ("active", "final_report"),
        ("final_report", "closed"),
    ]


def test_promise_cannot_be_closed_with_something_left(over: Tuna, people: Cast) -> None:
    judging.begin_final(promise=over.promise, by=people.coordinator, today=AFTER)

    page = signed_in(people.coordinator).post(at("close"), follow=True)

    assert "Löftet går inte att avsluta än." in page.text


def test_final_report_cannot_begin_while_the_promise_holds(here: Tuna, people: Cast) -> None:
    signed_in(people.coordinator).post(at("begin_final"))

    here.promise.refresh_from_db()
    assert here.promise.state == PromiseState.ACTIVE


def test_answer_that_was_to_come_stands_beside_the_locked_report(over: Tuna, goal: Goal, people: Cast) -> None:
    before = {each.pk: bytes(each.content) for each in FrozenReport.objects.all()}

    judging.judge_effect(
        promise=over.promise, goal=goal, given=EffectGiven("better", text="Från 12 till 5."), by=people.coordinator,
        today=dt.date(2027, 4, 2),
    )  # fmt: skip

    page = as_nobody().get("/tuna/2026/rapport/2026-T3/")
    assert Erratum.objects.get().kind == Erratum.Kind.LATER_ANSWER
    assert "Svar som kom senare" in page.text
    assert "Från 12 till 5." in page.text
    assert all(bytes(FrozenReport.objects.get(pk=pk).content) == content for pk, content in before.items())


def test_an_answer_that_was_given_stands_when_the_report_is_out(over: Tuna, goal: Goal, people: Cast) -> None:
    judging.judge_effect(
        promise=over.promise, goal=goal, given=EffectGiven("better"), by=people.coordinator, today=AFTER
    )

    with pytest.raises(IsClosed):
        judging.judge_effect(
            promise=over.promise, goal=goal, given=EffectGiven("worse"), by=people.coordinator, today=AFTER
        )
