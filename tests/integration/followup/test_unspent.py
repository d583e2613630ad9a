"""Work that was not finished is offered to the next cycle: one choice each, taken or left with a reason."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from factories import Tuna, cycle, picture, problem, report
from lofte.evidence.forms import Refused
from lofte.followup import unspent
from lofte.parties.models import Cycle
from lofte.parties.queries import viewer_of
from lofte.picture import carrying
from lofte.picture.models import Cause, Problem
from lofte.promises import plan_editing
from lofte.promises.models import ActivityCarried, Measure
from people import Cast, signed_in

PAGE = "/arbete/tuna/kvar-att-gora/2027/"
PLAN = "/arbete/tuna/atgardsplan/2027/"
TODAY = dt.date(2026, 9, 10)


@pytest.fixture
def following(here: Tuna) -> Cycle:
    made = cycle(here.kommun, 2027)
    made.previous_slug = "2026"
    made.save()
    return made


@pytest.fixture
def coordinator(people: Cast) -> Client:
    return signed_in(people.coordinator)


def texts(of: Cycle, people: Cast) -> list[str]:
    return [row.activity.text for row in unspent.offered(of, viewer_of(people.coordinator), TODAY)]


def row_of(of: Cycle, people: Cast) -> unspent.Unspent:
    return unspent.offered(of, viewer_of(people.coordinator), TODAY)[0]


def choose(client: Client, here: Tuna, **given: object) -> int:
    return client.post(PAGE, {"aktivitet": here.checks.pk, **given}).status_code


def test_only_what_was_not_done_is_offered(here: Tuna, people: Cast, following: Cycle) -> None:
    report(here.late, here.lamps, status="done")
    report(here.late, here.checks, 5, status="delayed")

    assert texts(following, people) == ["Göra trafikkontroller"]


def test_an_activity_whose_pledge_was_kept_is_not_offered(here: Tuna, people: Cast, following: Cycle) -> None:
    report(here.late, here.checks, 9, status="on_track")
    report(here.late, here.lamps, status="done")

    assert texts(following, people) == []


def test_page_shows_the_chain_and_what_was_said(here: Tuna, coordinator: Client, following: Cycle) -> None:
    found = problem(picture(here.promise.cycle), "Buskörning")
    here.checks.pledge.problem_links.create(problem=found)
    report(here.late, here.checks, 5, status="paused")

    page = coordinator.get(PAGE).text

    assert "Buskörning" in page
    assert "Polisen gör minst åtta trafikkontroller." in page
    assert "pausat" in page


def test_taken_becomes_a_measure_that_answers_the_problem_as_it_stands_now(
    here: Tuna, people: Cast, coordinator: Client, following: Cycle
) -> None:
    earlier = problem(picture(here.promise.cycle), "Buskörning")
    cause = Cause.objects.create(problem=earlier, key="orsak-1", text="Lång raksträcka")
    here.checks.pledge.problem_links.create(problem=earlier)
    here.checks.pledge.cause_links.create(cause=cause)
    now = carrying.carry(picture=picture(following), problem=earlier, by=people.coordinator)
    coordinator.post(PLAN)

    choose(coordinator, here, val="ta-med")

    measure = Measure.objects.get()
    assert (measure.text, measure.plan.cycle) == ("Göra trafikkontroller", following)
    assert measure.problem_links.get().problem == now
    assert measure.cause_links.get().cause.problem == now
    assert measure.carried_from.created_by == people.coordinator.key
    assert "Med i åtgärdsplanen." in coordinator.get(PAGE).text


def test_taken_needs_a_plan_to_be_written_in(here: Tuna, coordinator: Client, following: Cycle) -> None:
    answer = coordinator.post(PAGE, {"aktivitet": here.checks.pk, "val": "ta-med"}, follow=True)

    assert "Börja på en plan" in answer.text
    assert not ActivityCarried.objects.exists()


def test_left_needs_a_reason(here: Tuna, coordinator: Client, following: Cycle) -> None:
    assert choose(coordinator, here, val="lamna", skal="  ") == 422
    assert choose(coordinator, here, val="lamna", skal="Vägen är ombyggd.") == 302

    assert "Vägen är ombyggd." in coordinator.get(PAGE).text


def test_left_can_be_chosen_anew(here: Tuna, coordinator: Client, following: Cycle) -> None:
    choose(coordinator, here, val="lamna", skal="Vägen är ombyggd.")
    choose(coordinator, here, val="fraga")

    assert not ActivityCarried.objects.exists()


def test_a_measure_that_is_taken_away_is_offered_again(
    here: Tuna, people: Cast, coordinator: Client, following: Cycle
) -> None:
    coordinator.post(PLAN)
    choose(coordinator, here, val="ta-med")

    plan_editing.remove(plan=following.action_plans.get(), measure=Measure.objects.get(), by=people.coordinator)

    assert row_of(following, people).carried is None


def test_the_second_of_two_choices_is_refused(here: Tuna, people: Cast, coordinator: Client, following: Cycle) -> None:
    coordinator.post(PLAN)
    row = row_of(following, people)
    unspent.leave(row=row, cycle=following, by=people.coordinator, reason="Klart ändå")

    with pytest.raises(Refused, match="redan gjort"):
        unspent.take(row=row, cycle=following, by=people.coordinator)
    assert not Measure.objects.exists()


def test_the_database_holds_neither_both_nor_none(here: Tuna, following: Cycle) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityCarried.objects.create(cycle=following, earlier=here.checks)


def test_who_may_only_read_may_not_choose(here: Tuna, people: Cast, following: Cycle) -> None:
    client = signed_in(people.director)

    assert 'name="val"' not in client.get(PAGE).text
    assert choose(client, here, val="lamna", skal="x") == 404
    with pytest.raises(PermissionDenied):
        unspent.leave(row=row_of(following, people), cycle=following, by=people.director, reason="x")


def test_a_measure_with_an_activity_is_not_taken_away(here: Tuna, people: Cast, coordinator: Client) -> None:
    coordinator.post("/arbete/tuna/atgardsplan/2026/")
    plan = here.promise.cycle.action_plans.get()
    here.checks.measure = plan.measures.create(key="atgard-1", text="Kontroller")
    here.checks.save()

    with pytest.raises(plan_editing.PlanNotWritable, match="aktivitet"):
        plan_editing.remove(plan=plan, measure=here.checks.measure, by=people.coordinator)


def test_an_earlier_problem_that_was_not_taken_up_gives_no_link(
    here: Tuna, coordinator: Client, following: Cycle
) -> None:
    here.checks.pledge.problem_links.create(problem=problem(picture(here.promise.cycle), "Buskörning"))
    coordinator.post(PLAN)

    choose(coordinator, here, val="ta-med")

    assert not Problem.objects.filter(measure_links__measure=Measure.objects.get()).exists()
