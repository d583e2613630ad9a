"""What a part of a promise may be tied to: the version in use, and what it is tied to already."""

import datetime as dt
from typing import Any

import pytest

from factories import activity, cycle, kommun, pledge, problem, promise
from lofte.parties.models import Cycle
from lofte.picture.models import Cause, SituationPicture
from lofte.promises.goal_forms import GoalForm
from lofte.promises.models import ActionPlan, CitizenPromise, Measure
from lofte.promises.plan_forms import MeasureForm
from lofte.promises.pledge_forms import ActivityForm, PledgeForm


@pytest.fixture
def written(db: None) -> CitizenPromise:
    where = kommun()
    made = promise(where, cycle(where))
    activity(pledge(made, "ljus", "Vi byter lamporna."), "Byta lampor")
    return made


def picture(of: Cycle, version: int, state: str) -> SituationPicture:
    """With the same problem and cause as in every version."""
    decision = {"adopted_by": "KF", "adopted_on": dt.date(2026, 2, 28)} if state == "adopted" else {}
    made = SituationPicture.objects.create(cycle=of, key=f"bild-{version}", version=version, state=state, **decision)
    row = problem(made, f"Mörk park {version}")
    Cause.objects.create(problem=row, key=f"orsak-{version}", text=f"Trasiga lampor {version}")
    return made


def plan(of: Cycle, version: int, *, is_decided: bool) -> Measure:
    decision: dict[str, Any] = {"decided_by": "KF", "decided_on": dt.date(2026, 2, 28)} if is_decided else {}
    made = ActionPlan.objects.create(cycle=of, key=f"plan-{version}", version=version, title="Plan", **decision)
    return made.measures.create(key=f"atgard-{version}", text=f"Byta lampor {version}")


def offered(form: Any, name: str) -> list[str]:
    return [str(label) for value, label in form.fields[name].choices if value]


def test_of_several_adopted_pictures_only_the_last_is_offered(written: CitizenPromise) -> None:
    for version in (1, 2):
        picture(written.cycle, version, "adopted")

    form = PledgeForm(promise=written)

    assert offered(form, "problems") == ["Mörk park 2"]
    assert offered(form, "causes") == ["Trasiga lampor 2"]


def test_a_draft_begun_after_an_adopted_picture_is_not_offered(written: CitizenPromise) -> None:
    picture(written.cycle, 1, "adopted")
    picture(written.cycle, 2, "draft")

    assert offered(PledgeForm(promise=written), "problems") == ["Mörk park 1"]


def test_the_draft_is_offered_until_a_picture_is_adopted(written: CitizenPromise) -> None:
    picture(written.cycle, 1, "draft")

    assert offered(PledgeForm(promise=written), "problems") == ["Mörk park 1"]


def test_a_later_draft_that_the_promise_rests_on_is_offered(written: CitizenPromise) -> None:
    picture(written.cycle, 1, "adopted")
    written.picture = picture(written.cycle, 2, "draft")

    assert offered(PledgeForm(promise=written), "problems") == ["Mörk park 2"]


def test_what_is_chosen_stays_and_tells_that_it_is_of_another_version(written: CitizenPromise) -> None:
    row = written.pledges.get()
    earlier = picture(written.cycle, 1, "adopted").problems.get()
    row.problem_links.create(problem=earlier)
    row.cause_links.create(cause=earlier.causes.get())
    picture(written.cycle, 2, "adopted")

    form = PledgeForm(promise=written, instance=row)

    assert offered(form, "problems") == ["Mörk park 1 (ur en annan version)", "Mörk park 2"]
    assert offered(form, "causes") == ["Trasiga lampor 1 (ur en annan version)", "Trasiga lampor 2"]
    assert form["problems"].value() == [earlier.pk]


def test_a_problem_of_another_version_that_is_not_chosen_is_refused(written: CitizenPromise) -> None:
    earlier = picture(written.cycle, 1, "adopted").problems.get()
    picture(written.cycle, 2, "adopted")

    form = PledgeForm({"text": "Vi byter lamporna.", "problems": [earlier.pk]}, promise=written)

    assert "problems" in form.errors


def test_measures_are_those_of_the_decided_plan_and_the_chosen(written: CitizenPromise) -> None:
    row, doing = written.pledges.get(), written.pledges.get().activities.get()
    doing.measure = plan(written.cycle, 1, is_decided=True)
    doing.save()
    plan(written.cycle, 2, is_decided=True)
    plan(written.cycle, 3, is_decided=False)

    kept = offered(ActivityForm(promise=written, instance=doing, pledge=row), "measure")

    assert offered(PledgeForm(promise=written), "measures") == ["Byta lampor 2"]
    assert kept == ["Byta lampor 1 (ur en annan version)", "Byta lampor 2"]


def test_a_goal_is_offered_the_problems_of_the_version_in_use(written: CitizenPromise) -> None:
    earlier = picture(written.cycle, 1, "adopted").problems.get()
    picture(written.cycle, 2, "adopted")
    goal = written.goals.create(key="mal", kind="outcome", text="Ljusare", problem=earlier)

    assert offered(GoalForm(promise=written), "problem") == ["Mörk park 2"]
    assert len(offered(GoalForm(promise=written, instance=goal), "problem")) == 2


def test_a_measure_keeps_its_problem_of_an_earlier_picture_when_it_is_saved(written: CitizenPromise) -> None:
    measure = plan(written.cycle, 1, is_decided=False)
    earlier = picture(written.cycle, 1, "adopted").problems.get()
    measure.problem_links.create(problem=earlier)
    measure.plan.picture = picture(written.cycle, 2, "adopted")

    form = MeasureForm(plan=measure.plan, instance=measure)

    assert offered(form, "problems") == ["Mörk park 1", "Mörk park 2"]
    assert form["problems"].value() == [earlier.pk]
