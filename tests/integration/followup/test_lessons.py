"""What one cycle learnt is offered to the next, and taken up with who and when."""

import pytest
from django.core.exceptions import PermissionDenied

from factories import Tuna, cycle, picture, problem
from lofte.followup.lessons import NotOfTheCycleBefore, carry
from lofte.followup.models import Lesson, LessonCarried
from lofte.parties.models import Cycle
from people import Cast, signed_in

PAGE = "/arbete/tuna/lardomar/2027/"


@pytest.fixture
def lesson(here: Tuna) -> Lesson:
    return Lesson.objects.create(promise=here.promise, key="lardom-1", kind="change", text="Börja tidigare på kvällen.")


@pytest.fixture
def following(here: Tuna) -> Cycle:
    return cycle(here.kommun, 2027)


def test_lesson_is_offered_taken_up_and_put_back(here: Tuna, people: Cast, lesson: Lesson, following: Cycle) -> None:
    client = signed_in(people.coordinator)

    assert "Börja tidigare på kvällen." in client.get(PAGE).text
    client.post(PAGE, {"lardom": lesson.pk})
    assert LessonCarried.objects.get().created_by == people.coordinator.key
    assert "Med i den här gången." in client.get(PAGE).text
    client.post(PAGE, {"lardom": lesson.pk, "tillbaka": "1"})
    assert not LessonCarried.objects.exists()


def test_lesson_is_tied_to_a_problem_of_the_new_picture(
    here: Tuna, people: Cast, lesson: Lesson, following: Cycle
) -> None:
    named = problem(picture(following), "Mopeder på gångvägar")

    signed_in(people.police_editor).post(PAGE, {"lardom": lesson.pk, "problem": named.key})

    assert LessonCarried.objects.get().problem == named


def test_who_may_only_read_may_not_take_up(here: Tuna, people: Cast, lesson: Lesson, following: Cycle) -> None:
    client = signed_in(people.director)

    assert '<form method="post">' not in client.get(PAGE).text.partition("<main")[2]
    assert client.post(PAGE, {"lardom": lesson.pk}).status_code == 404
    with pytest.raises(PermissionDenied):
        carry(lesson=lesson, cycle=following, by=people.director)


def test_lesson_of_a_later_cycle_is_refused(here: Tuna, people: Cast, lesson: Lesson) -> None:
    earlier = cycle(here.kommun, 2025)

    with pytest.raises(NotOfTheCycleBefore):
        carry(lesson=lesson, cycle=earlier, by=people.coordinator)


def test_a_first_cycle_has_nothing_to_take_up(here: Tuna, people: Cast) -> None:
    assert "inga lärdomar" in signed_in(people.coordinator).get("/arbete/tuna/lardomar/2026/").text
