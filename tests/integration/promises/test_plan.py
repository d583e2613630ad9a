"""The åtgärdsplan from empty to decided, by both roles: from the problems of the picture, and never changed after."""

import hashlib
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from factories import activity, pledge, promise
from lofte.core.models import AppendOnlyError, Event
from lofte.core.visibility import VISITOR
from lofte.picture.models import PictureVersion
from lofte.promises import plan_editing
from lofte.promises.models import ActionPlan, Measure, PlanVersion
from lofte.promises.plan_documents import as_json
from lofte.promises.plan_editing import PlanNotWritable
from pictures import DECISION, PictureSite, picture_site, post

ROOT = "/arbete/tuna/atgardsplan/2026/"
PLAN = f"{ROOT}plan/"


@pytest.fixture
def here(db: None) -> PictureSite:
    """A picture with one prioritised problem and its cause, and a plan that is begun."""
    site = picture_site()
    site.fill()
    assert site.coordinator.post(ROOT).status_code == 302
    return site


def write(client: Client, **values: Any) -> HttpResponse:
    return post(client, f"{PLAN}atgard/ny/", **values)


def full(here: PictureSite) -> Measure:
    problem = here.picture.problems.get()
    write(
        here.officer, text="Byta lamporna", problems=[problem.pk], causes=[problem.causes.get().pk],
        organisation=here.kommun.own.pk, cost_sek=120000,
    )  # fmt: skip
    return Measure.objects.get()


def test_plan_begins_with_the_problems_that_nothing_answers(here: PictureSite) -> None:
    page = here.coordinator.get(PLAN).text

    assert "Problem som ingen åtgärd svarar mot" in page
    assert "Mörk park" in page


def test_measure_begun_from_a_problem_already_answers_it(here: PictureSite) -> None:
    form = here.coordinator.get(f"{PLAN}atgard/ny/?problem=problem-1").context["form"]

    assert form["problems"].value() == [here.picture.problems.get().pk]


def test_measure_keeps_problem_cause_party_and_cost_with_who_linked(here: PictureSite) -> None:
    measure = full(here)

    link = measure.problem_links.get()
    assert (link.problem.title, link.created_by) == ("Mörk park", here.people.police_editor.key)
    assert measure.cause_links.get().cause.text == "Lamporna är trasiga"
    assert (measure.organisation, measure.cost_sek) == (here.kommun.own, 120000)


def test_page_shows_what_a_measure_rests_on(here: PictureSite) -> None:
    full(here)

    page = here.coordinator.get(PLAN).text

    assert "Underlag: Enkäten" in page
    assert "Problem som ingen åtgärd svarar mot" not in page


def test_two_who_write_the_same_measure_get_both_texts(here: PictureSite) -> None:
    address = f"{PLAN}atgard/{full(here).key}/"
    stamp = here.coordinator.get(address).context["form"]["stamp"].value()
    post(here.officer, address, text="Polisens ord")

    answer = here.coordinator.post(address, {"text": "Kommunens ord", "stamp": stamp})

    assert answer.status_code == 409
    assert "Polisens ord" in answer.text
    assert "Kommunens ord" in answer.text


def decided(here: PictureSite) -> ActionPlan:
    full(here)
    assert post(here.coordinator, f"{PLAN}beslut/", **DECISION).status_code == 302
    return ActionPlan.objects.get()


def test_decision_stands_with_body_day_paragraph_and_number(here: PictureSite) -> None:
    plan = decided(here)

    assert (plan.decided_by, str(plan.decided_on)) == ("Kommunfullmäktige", "2026-02-28")
    assert (plan.minutes_reference, plan.registry_number) == ("§ 12", "KS 2026:7")
    assert Event.objects.get(verb="plan.decided").is_public
    assert plan_editing.digest(plan) in here.officer.get(PLAN).text


def test_empty_plan_is_not_decided(here: PictureSite) -> None:
    post(here.coordinator, f"{PLAN}beslut/", **DECISION)

    assert ActionPlan.objects.get().decided_on is None


def test_the_police_cannot_write_down_the_decision(here: PictureSite) -> None:
    full(here)

    assert here.officer.post(f"{PLAN}beslut/", DECISION).status_code == 404


@pytest.mark.parametrize("part", ["text/", "atgard/ny/", "atgard/atgard-1/"])
def test_decided_plan_takes_no_part(here: PictureSite, part: str) -> None:
    before = plan_editing.digest(decided(here))

    post(here.coordinator, f"{PLAN}{part}", title="Nytt", text="Nytt")

    assert plan_editing.digest(ActionPlan.objects.get()) == before


def test_decided_plan_loses_no_measure(here: PictureSite) -> None:
    decided(here)

    here.coordinator.post(f"{PLAN}atgard/atgard-1/ta-bort/")

    assert Measure.objects.exists()


def test_new_version_points_at_the_same_problem_in_the_new_picture(here: PictureSite) -> None:
    decided(here)
    here.hand_over()
    here.adopt()
    here.begin()

    here.coordinator.post(ROOT)

    second = ActionPlan.objects.get(version=2)
    assert second.picture == here.picture
    assert second.measures.get().problem_links.get().problem.key == "problem-1-v2"
    assert second.measures.get().key == "atgard-1-v2"


def test_measure_that_is_promised_is_not_taken_away(here: PictureSite) -> None:
    measure = full(here)
    line = pledge(promise(here.kommun, here.cycle, picture=here.picture), "ljus", "Vi byter lamporna.")
    line.measure_links.create(measure=measure)

    with pytest.raises(PlanNotWritable, match="löfte"):
        plan_editing.remove(plan=ActionPlan.objects.get(), measure=measure, by=here.people.coordinator)


def test_promise_and_its_activity_stand_on_the_plan(here: PictureSite) -> None:
    measure = full(here)
    line = pledge(promise(here.kommun, here.cycle, picture=here.picture), "ljus", "Vi byter lamporna.")
    line.measure_links.create(measure=measure)
    activity(line, "Byta i Norr", measure=measure)

    page = here.coordinator.get(PLAN).text

    assert "Lovat i ett medborgarlöfte: Vi byter lamporna." in page
    assert "Aktiviteter: Byta i Norr" in page


def test_plan_page_asks_as_often_for_many_measures_as_for_one(
    here: PictureSite, django_assert_max_num_queries: Any
) -> None:
    measure = full(here)
    for number in range(40):
        more = measure.plan.measures.create(key=f"m-{number}", text=f"Åtgärd {number}")
        more.problem_links.create(problem=here.picture.problems.get())

    with django_assert_max_num_queries(40):
        here.coordinator.get(PLAN)


def test_a_visitor_sees_a_plan_only_when_it_is_decided(here: PictureSite) -> None:
    assert not ActionPlan.objects.visible_to(VISITOR).exists()

    decided(here)

    assert ActionPlan.objects.visible_to(VISITOR).exists()


# --- the kept text


def wrong() -> list[str]:
    from lofte.commands.verify import wrong_decisions

    return list(wrong_decisions())


def test_decided_plan_keeps_its_text_and_verifies(here: PictureSite) -> None:
    plan = decided(here)

    assert plan.frozen.sha256 == hashlib.sha256(plan.frozen.content.encode()).hexdigest()
    assert plan.frozen.content == as_json(plan)
    assert wrong() == []


def test_verify_names_a_plan_whose_kept_text_was_changed(here: PictureSite) -> None:
    plan = decided(here)
    PlanVersion.objects.filter(plan=plan).update(content=plan.frozen.content.replace("lamporna", "skyltarna"))

    assert "stämmer inte" in wrong()[0]


def test_verify_names_a_plan_whose_rows_were_changed(here: PictureSite) -> None:
    decided(here)
    Measure.objects.update(cost_sek=1)

    assert "efter beslutet" in wrong()[0]


def test_verify_names_a_picture_whose_kept_text_was_changed(here: PictureSite) -> None:
    here.hand_over()
    here.adopt()
    PictureVersion.objects.update(sha256="0" * 64)

    assert "Lägesbild" in wrong()[0]


def test_kept_text_of_a_plan_is_never_written_over(here: PictureSite) -> None:
    frozen = decided(here).frozen

    with pytest.raises(AppendOnlyError):
        frozen.save()
    with pytest.raises(AppendOnlyError):
        frozen.delete()
