"""The year page: what is missing, and the reports with the way on."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import TODAY, Tuna, activity, area, picture, pledge, problem, target
from lofte.desk.chain import chain_of
from lofte.desk.gaps import Gap, Kind, gaps
from lofte.evidence.models import EvidenceItem, Indicator
from lofte.parties.models import Cycle
from lofte.parties.queries import viewer_of
from lofte.picture.models import Cause, Problem, ProblemEvidence, SituationPicture
from lofte.promises.models import ActionPlan, CitizenPromise, Goal, Measure, MeasureProblem
from lofte.voices.models import Dialogue, Theme
from people import Cast, signed_in

YEAR = reverse("desk:year", args=["tuna", "2026"])


def found(here: Tuna, people: Cast, kind: Kind) -> list[Gap]:
    chain = chain_of(here.promise.cycle, viewer_of(people.coordinator))
    return [gap for gap in gaps(chain, TODAY) if gap.kind == kind]


def test_reports_stand_with_the_next_step(here: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).get(YEAR)

    assert "januari–april 2026" in page.text
    assert "Saknas" in page.text
    assert reverse("followup:period", args=["tuna", "2026", "2026-T1"]) in page.text
    assert reverse("public:promise", args=["tuna", "2026"]) in page.text


def test_a_signer_reads_the_year_without_anything_to_write(here: Tuna, people: Cast) -> None:
    page = signed_in(people.director).get(YEAR)

    assert page.status_code == 200
    assert "Skriv rapport" not in page.text


def test_three_kinds_of_gaps_first_and_the_rest_folded(here: Tuna, people: Cast) -> None:
    seen = picture(here.promise.cycle)
    for number in range(7):
        problem(seen, f"Problem {number}")

    page = signed_in(people.coordinator).get(YEAR)

    assert len(page.context["first"]) == 3
    assert page.context["rest"]
    assert "2 till av samma slag" in page.text


def test_the_chain_costs_as_many_queries_however_long_it_is(here: Tuna, people: Cast) -> None:
    client = signed_in(people.coordinator)
    seen = picture(here.promise.cycle)
    problem(seen, "Ett problem")
    with CaptureQueriesContext(connection) as few:
        client.get(YEAR)
    for number in range(20):
        problem(seen, f"Problem {number}")
        target(activity(pledge(here.promise, f"extra-{number}", "Mer."), "Mer"))

    with CaptureQueriesContext(connection) as many:
        client.get(YEAR)

    assert len(many) == len(few)


def test_missing_report_leads_to_its_form(here: Tuna, people: Cast) -> None:
    missing = found(here, people, Kind.ACTIVITY_NOT_REPORTED)

    assert [gap.text for gap in missing][:2] == [
        "Ingen rapport för januari–april 2026: Göra trafikkontroller",
        "Ingen rapport för januari–april 2026: Byta lampor",
    ]
    assert missing[0].url == reverse("followup:report", args=["tuna", "2026", "2026-T1", here.checks.pk])


def test_problem_is_a_gap_until_its_chain_is_whole(here: Tuna, people: Cast) -> None:
    seen = problem(picture(here.promise.cycle), "Buskörning")
    kinds = (Kind.PROBLEM_WITHOUT_EVIDENCE, Kind.PROBLEM_WITHOUT_CAUSE, Kind.PROBLEM_WITHOUT_MEASURE)
    before = [len(found(here, people, kind)) for kind in kinds]
    item = EvidenceItem.objects.create(cycle=here.promise.cycle, key="svar", kind="survey", title="Svar")
    ProblemEvidence.objects.create(problem=seen, evidence=item)
    Cause.objects.create(problem=seen, key="orsak", text="Raka gator")
    plan = ActionPlan.objects.create(cycle=here.promise.cycle, key="plan", title="Åtgärdsplan")
    measure = Measure.objects.create(plan=plan, key="gupp", text="Bygga farthinder")
    loose = found(here, people, Kind.MEASURE_WITHOUT_PROBLEM)
    MeasureProblem.objects.create(measure=measure, problem=seen)

    after = [len(found(here, people, kind)) for kind in (*kinds, Kind.MEASURE_WITHOUT_PROBLEM)]

    assert before == [1, 1, 1]
    assert len(loose) == 1
    assert after == [0, 0, 0, 0]


def test_only_prioritised_problems_need_a_cause_and_a_measure(here: Tuna, people: Cast) -> None:
    problem(picture(here.promise.cycle), "Något litet", priority=None)

    assert not found(here, people, Kind.PROBLEM_WITHOUT_CAUSE)
    assert not found(here, people, Kind.PROBLEM_WITHOUT_MEASURE)


def test_goal_needs_a_measure_and_a_baseline(here: Tuna, people: Cast) -> None:
    goal = Goal.objects.create(promise=here.promise, key="lugn", kind="outcome", text="Färre körningar")
    without = found(here, people, Kind.GOAL_NOT_MEASURABLE)
    goal.indicator = Indicator.objects.create(
        cycle=here.promise.cycle, key="antal", name="Anmälda", kind="crime_rate", unit="per 1 000"
    )
    goal.save()
    without_baseline = found(here, people, Kind.GOAL_NOT_MEASURABLE)
    goal.baseline_value = 12
    goal.save()

    assert without[0].text == "Målet har inget mått: Färre körningar"
    assert without_baseline[0].text == "Läget när vi började är inte mätt: Färre körningar"
    assert not found(here, people, Kind.GOAL_NOT_MEASURABLE)


def test_gaps_in_a_signed_text_wait_until_next_time(here: Tuna, people: Cast) -> None:
    pledge(here.promise, "tomt", "Vi lovar något.")
    out = found(here, people, Kind.PLEDGE_WITHOUT_ACTIVITY)
    CitizenPromise.objects.filter(pk=here.promise.pk).update(state="draft")

    draft = found(here, people, Kind.PLEDGE_WITHOUT_ACTIVITY)

    assert out[0].weight < draft[0].weight


def test_gap_in_a_signed_text_leads_to_a_new_version(here: Tuna, people: Cast) -> None:
    pledge(here.promise, "tomt", "Vi lovar något.")

    gap = found(here, people, Kind.PLEDGE_WITHOUT_ACTIVITY)[0]

    assert gap.url == reverse("promises:amend", args=["tuna", "2026"])
    assert "ny lydelse" in signed_in(people.coordinator).get(YEAR).text
    assert signed_in(people.coordinator).get(gap.url).status_code == 200


@pytest.mark.parametrize(("state", "mode"), [("closed", "whole"), ("active", "follow")])
def test_gap_that_nobody_can_mend_says_what_to_do(here: Tuna, people: Cast, state: str, mode: str) -> None:
    pledge(here.promise, "tomt", "Vi lovar något.")
    CitizenPromise.objects.filter(pk=here.promise.pk).update(state=state)
    Cycle.objects.update(mode=mode)
    here.promise.cycle.refresh_from_db()

    gap = found(here, people, Kind.PLEDGE_WITHOUT_ACTIVITY)[0]

    assert (gap.url, "nästa löfte" in gap.advice) == ("", True)


def test_every_gap_has_a_way_or_says_what_to_do(here: Tuna, people: Cast) -> None:
    activity(pledge(here.promise, "loss", "Vi hjälps åt."), "Hjälpas åt")
    plan = ActionPlan.objects.create(cycle=here.promise.cycle, key="plan", title="Åtgärdsplan")
    measure = Measure.objects.create(plan=plan, key="gupp", text="Bygga farthinder")
    measure.activities.create(cycle=here.promise.cycle, key="gupp", order=0, text="Bygga")
    problem(picture(here.promise.cycle), "Buskörning")

    every = [gap for kind in Kind for gap in found(here, people, kind)]

    assert len(every) > 5
    assert all(gap.url or gap.advice for gap in every)


def test_work_without_owner_quantity_or_time_is_a_gap(here: Tuna, people: Cast) -> None:
    made = activity(pledge(here.promise, "loss", "Vi hjälps åt."), "Hjälpas åt")
    target(made, kind="none", unit="")
    plan = ActionPlan.objects.create(cycle=here.promise.cycle, key="plan", title="Åtgärdsplan")
    measure = Measure.objects.create(plan=plan, key="gupp", text="Bygga farthinder")
    made.__class__.objects.create(cycle=here.promise.cycle, measure=measure, key="gupp", order=0, text="Bygga")

    assert len(found(here, people, Kind.ACTIVITY_WITHOUT_OWNER)) == 2
    assert len(found(here, people, Kind.ACTIVITY_WITHOUT_QUANTITY)) == 2
    assert [gap.text for gap in found(here, people, Kind.ACTIVITY_WITHOUT_PERIOD)] == [
        "Det står inte när det ska göras: Bygga"
    ]


def test_theme_waits_for_an_answer(here: Tuna, people: Cast) -> None:
    dialogue = Dialogue.objects.create(
        cycle=here.promise.cycle, key="torget", kind="citizen", form="street", title="På torget"
    )
    theme = Theme.objects.create(dialogue=dialogue, key="ljus", label="Mörkt i parken")
    waiting = found(here, people, Kind.THEME_WITHOUT_ANSWER)
    theme.answer = Theme.Answer.USED
    theme.save()

    assert waiting[0].text == "De som svarade om ”Mörkt i parken” har inte fått veta vad det blev av det."
    assert not found(here, people, Kind.THEME_WITHOUT_ANSWER)


def test_evidence_is_old_after_two_years(here: Tuna, people: Cast) -> None:
    for key, on in (("gammalt", "2024-01-01"), ("farskt", "2024-02-01")):
        EvidenceItem.objects.create(cycle=here.promise.cycle, key=key, kind="survey", title=key, on=on)

    assert [gap.text for gap in found(here, people, Kind.EVIDENCE_OLD)] == [
        "Underlaget var mer än två år gammalt: gammalt"
    ]


def test_a_kommundel_nobody_spoke_of_is_a_gap_once_others_are(here: Tuna, people: Cast) -> None:
    north, _south = area(here.kommun, "Norr"), area(here.kommun, "Söder")
    seen = problem(picture(here.promise.cycle), "Buskörning")
    before = found(here, people, Kind.DISTRICT_WITHOUT_EVIDENCE)
    seen.areas.add(north)

    assert before == []
    assert [gap.text for gap in found(here, people, Kind.DISTRICT_WITHOUT_EVIDENCE)] == [
        "Inget underlag och ingen dialog gäller Söder."
    ]


def test_only_the_latest_version_of_the_picture_has_gaps(here: Tuna, people: Cast) -> None:
    """A copy of a problem is the same problem: it is missing something once, and what answered it still does."""
    cycle = here.promise.cycle
    problem(picture(cycle), "Buskörning")
    newer = SituationPicture.objects.create(cycle=cycle, key="bild-2", version=2)
    copy = newer.problems.create(key="p-v2", title="Buskörning", priority=1)
    newer.problems.filter(pk=copy.pk).update(key=f"{Problem.objects.first().key}-v2")
    plan = ActionPlan.objects.create(cycle=cycle, key="plan", title="Åtgärdsplan")
    measure = Measure.objects.create(plan=plan, key="gupp", text="Bygga farthinder")
    MeasureProblem.objects.create(measure=measure, problem=Problem.objects.first())

    assert len(found(here, people, Kind.PROBLEM_WITHOUT_EVIDENCE)) == 1
    assert found(here, people, Kind.PROBLEM_WITHOUT_MEASURE) == []


def test_gap_leads_to_where_it_is_mended(here: Tuna, people: Cast) -> None:
    problem(picture(here.promise.cycle), "Buskörning")
    client = signed_in(people.coordinator)

    ways = [gap.url for kind in OF_PROBLEM for gap in found(here, people, kind)]

    assert len(ways) == 3
    assert [client.get(way).status_code for way in ways] == [200, 200, 200]


OF_PROBLEM = (Kind.PROBLEM_WITHOUT_EVIDENCE, Kind.PROBLEM_WITHOUT_CAUSE, Kind.PROBLEM_WITHOUT_MEASURE)


def test_gap_answered_with_a_reason_is_a_choice_and_no_gap(here: Tuna, people: Cast) -> None:
    problem(picture(here.promise.cycle), "Buskörning")
    client = signed_in(people.police_editor)
    gap = found(here, people, Kind.PROBLEM_WITHOUT_CAUSE)[0]
    address = f"{YEAR}glapp/{gap.kind}/{gap.about}/"

    client.post(address, {"reason": "Vi väntar på enkäten."})

    assert found(here, people, Kind.PROBLEM_WITHOUT_CAUSE) == []
    assert "Vi väntar på enkäten." in client.get(YEAR).text
    client.post(address, {"reason": ""})
    assert found(here, people, Kind.PROBLEM_WITHOUT_CAUSE) == [gap]


def test_group_that_hardly_took_part_is_a_gap(here: Tuna, people: Cast) -> None:
    dialogue = Dialogue.objects.create(
        cycle=here.promise.cycle, key="torget", kind="citizen", form="street", title="På torget"
    )
    for sex, count in (("woman", 5), ("man", 20)):
        dialogue.participant_counts.create(month=dt.date(2026, 3, 1), age="25-44", sex=sex, count=count)

    assert [gap.text for gap in found(here, people, Kind.GROUP_NOT_HEARD)] == [
        "Färre än var tredje som deltog var kvinna: På torget",
        "Ingen under 18 år deltog: På torget",
    ]


def test_year_leads_to_evidence_picture_plan_and_the_act(here: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).get(YEAR).text

    for name in ("evidence:register", "picture:pictures", "plan:plans"):
        assert f'href="{reverse(name, args=["tuna", "2026"])}"' in page
    assert f'href="{reverse("statute:requirements", args=["tuna"])}"' in page
