"""A draft that was read in is corrected whole, and only while it is a draft."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factories import Kommun, Tuna, activity, area, cycle, pledge, promise, target
from lofte.parties.models import Organisation
from lofte.promises.correcting import AmountGiven, PledgeGiven, add_party, correct, is_simple
from lofte.promises.models import CitizenPromise, Target
from lofte.promises.states import IllegalMove
from people import Cast

VALUES = {
    "title": "Medborgarlöfte 2019",
    "short_line": "Lugnt",
    "starts": dt.date(2019, 2, 1),
    "ends": dt.date(2019, 12, 31),
    "overall_pledge": "",
    "desired_outcome": "",
    "rhythm": "tertial",
    "report_days": [],
}


@pytest.fixture
def draft(here: Tuna) -> CitizenPromise:
    made = promise(here.kommun, cycle(here.kommun, 2019, "follow"))
    target(activity(pledge(made, "lofte-1", "Vi gör kontroller."), "Vi gör kontroller."), kind="none", unit="")
    return made


def given(where: Kommun, key: str = "lofte-1", text: str = "Vi gör åtta kontroller.", **amount: object) -> PledgeGiven:
    return PledgeGiven(key, text, [where.police], False, AmountGiven(**amount))  # type: ignore[arg-type]


def test_everything_is_replaced(here: Tuna, people: Cast, draft: CitizenPromise) -> None:
    rate = given(here.kommun, kind="rate", amount=Decimal(2), unit="kontroller", per="week")

    correct(promise=draft, by=people.coordinator, values=VALUES, organisations=[here.kommun.housing], pledges=[rate])

    draft.refresh_from_db()
    one = draft.pledges.get()
    asked = one.activities.get().targets.get()
    assert (draft.title, draft.cycle.starts) == ("Medborgarlöfte 2019", dt.date(2019, 2, 1))
    assert list(draft.parties.all()) == [here.kommun.housing]
    assert (one.text, list(one.parties.all())) == ("Vi gör åtta kontroller.", [here.kommun.police])
    assert (asked.kind, asked.amount, asked.unit, asked.per) == ("rate", Decimal(2), "kontroller", "week")


def test_an_amount_that_does_not_belong_to_its_kind_is_dropped(here: Tuna, people: Cast, draft: CitizenPromise) -> None:
    done = given(here.kommun, kind="yes_no", amount=Decimal(2), unit="Mötet hålls", per="week")

    correct(promise=draft, by=people.coordinator, values=VALUES, organisations=[], pledges=[done])

    asked = Target.objects.get(activity__pledge__promise=draft)
    assert (asked.kind, asked.amount, asked.unit, asked.per) == ("yes_no", None, "Mötet hålls", "")


def test_a_removed_pledge_is_gone_and_a_new_one_has_a_key_of_its_own(
    here: Tuna, people: Cast, draft: CitizenPromise
) -> None:
    correct(promise=draft, by=people.coordinator, values=VALUES, organisations=[], pledges=[given(here.kommun, key="")])

    assert [each.key for each in draft.pledges.all()] == ["lofte-2"]


def test_wrong_values_change_nothing(here: Tuna, people: Cast, draft: CitizenPromise) -> None:
    with pytest.raises(ValidationError):
        correct(
            promise=draft,
            by=people.coordinator,
            values=VALUES | {"short_line": "x" * 71},
            organisations=[],
            pledges=[],
        )

    assert draft.pledges.count() == 1


def test_what_is_out_is_not_corrected(here: Tuna, people: Cast) -> None:
    with pytest.raises(IllegalMove):
        correct(promise=here.promise, by=people.coordinator, values=VALUES, organisations=[], pledges=[])


@pytest.mark.parametrize("who", ["police_editor", "partner", "director", "neighbour", "stranger"])
def test_only_the_coordinator_corrects(people: Cast, draft: CitizenPromise, who: str) -> None:
    with pytest.raises(PermissionDenied):
        correct(promise=draft, by=getattr(people, who), values=VALUES, organisations=[], pledges=[])


def test_the_form_holds_a_plain_promise_but_not_one_with_places(here: Tuna, draft: CitizenPromise) -> None:
    plain = is_simple(draft)
    made = activity(pledge(draft, "lofte-2", "Vi vandrar."), "Vi vandrar.")
    target(made, area(here.kommun, "Norr"))

    assert plain
    assert not is_simple(draft)


def test_an_organisation_is_added_once(people: Cast, draft: CitizenPromise) -> None:
    first = add_party(promise=draft, by=people.coordinator, name="Parkbostäder", kind="other")
    again = add_party(promise=draft, by=people.coordinator, name="parkbostäder", kind="other")

    assert first == again
    assert Organisation.objects.filter(key="parkbostader").count() == 1
