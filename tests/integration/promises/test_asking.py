"""A letter goes to each who is to sign; a promise begins on its first day; clocks that differ change nothing."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from factories import TODAY
from lofte.commands.due import daily_work
from lofte.core.events import broken_rows
from lofte.core.states import PromiseState
from lofte.desk.actions import publish_signed
from lofte.notices.models import Notice
from lofte.promises.actions import begin_what_is_due
from lofte.promises.models import CitizenPromise, PromiseVersion, SignatureRequest, SignOff
from lofte.promises.signing import Given, freeze_to_sign, sign, take_back
from people import Cast

type Asked = dict[str, SignatureRequest]
type SignFor = Callable[[str], SignOff]


def letters() -> list[Notice]:
    return list(Notice.objects.filter(kind="to_sign").order_by("pk"))


def test_each_who_can_sign_on_screen_has_a_letter(frozen: PromiseVersion, people: Cast) -> None:
    police, director = letters()

    assert [police.recipient, director.recipient] == [people.police_chief.key, people.director.key]
    assert "Du är ombedd att skriva under som lokalpolisområdeschef för Polisen." in police.body
    assert "/arbete/tuna/loften/2027/skriva-under/" in police.body
    assert frozen.sha256[:4] in police.body


def test_a_new_text_is_a_new_letter(draft: CitizenPromise, frozen: PromiseVersion, people: Cast) -> None:
    take_back(promise=draft, by=people.coordinator, reason="Fel")
    freeze_to_sign(promise=draft, by=people.coordinator)

    assert len(letters()) == 4


def test_a_role_without_an_account_signs_on_paper(draft: CitizenPromise, people: Cast) -> None:
    people.director.memberships.all().delete()

    freeze_to_sign(promise=draft, by=people.coordinator)

    assert [each.recipient for each in letters()] == [people.police_chief.key]


@pytest.fixture
def out(draft: CitizenPromise, people: Cast, sign_for: SignFor) -> CitizenPromise:
    """Published in 2026, for 2027."""
    sign_for("polisen")
    sign_for("kommunen")
    publish_signed(promise=draft, by=people.coordinator, today=TODAY)
    draft.refresh_from_db()
    return draft


def state(of: CitizenPromise) -> str:
    of.refresh_from_db()
    return of.state


def test_a_promise_begins_on_its_first_day_and_once(out: CitizenPromise) -> None:
    assert begin_what_is_due(out.starts - dt.timedelta(days=1)) == 0
    assert state(out) == PromiseState.PUBLISHED

    assert "1 löften börjar gälla" in daily_work(out.starts)
    assert state(out) == PromiseState.ACTIVE
    assert begin_what_is_due(out.starts) == 0


@pytest.mark.parametrize("changed", [PromiseState.REVISED, PromiseState.EXTENDED])
def test_one_that_was_changed_before_its_first_day_begins_too(out: CitizenPromise, changed: PromiseState) -> None:
    CitizenPromise.objects.filter(pk=out.pk).update(state=changed)

    assert begin_what_is_due(out.starts) == 1
    assert state(out) == PromiseState.ACTIVE


def test_one_that_was_changed_while_it_ran_keeps_saying_so(out: CitizenPromise) -> None:
    begin_what_is_due(out.starts)
    CitizenPromise.objects.filter(pk=out.pk).update(state=PromiseState.REVISED)

    assert begin_what_is_due(out.starts) == 0


def test_a_promise_read_in_as_changed_is_left_as_it_is(out: CitizenPromise) -> None:
    out.state_changes.all().delete()
    CitizenPromise.objects.filter(pk=out.pk).update(state=PromiseState.REVISED)

    assert begin_what_is_due(out.starts) == 0


@pytest.mark.parametrize("off", [dt.timedelta(hours=-5), dt.timedelta(days=-400), dt.timedelta(days=400)])
def test_a_clock_that_jumps_between_the_signatures_changes_nothing(
    draft: CitizenPromise, asked: Asked, frozen: PromiseVersion, people: Cast, sign_for: SignFor,
    monkeypatch: pytest.MonkeyPatch, off: dt.timedelta,
) -> None:  # fmt: skip
    """Two servers whose clocks differ: what holds is which came first in the database, and which text it was."""
    sign_for("polisen")
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + off)
    given = Given(method=SignOff.Method.SCREEN, role=asked["kommunen"].role, signed_on=TODAY)
    sign(request=asked["kommunen"], by=people.director, sha256=frozen.sha256, given=given)

    assert state(draft) == PromiseState.SIGNED
    assert [change.after for change in draft.state_changes.all()] == ["ready", "partly_signed", "signed"]
    assert list(broken_rows()) == []
    assert take_back(promise=draft, by=people.coordinator, reason="Fel") == 2
    assert not SignOff.everything.live().filter(promise=draft).exists()
