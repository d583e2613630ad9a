"""A frozen text is signed by all, by one word changed by none, and let out."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from factories import TODAY
from lofte.core.events import broken_rows
from lofte.core.models import Event
from lofte.core.states import PromiseState
from lofte.desk.actions import publish_signed
from lofte.parties.models import User
from lofte.promises.editing import NotWritable, ask_no_more, ask_to_sign, move_to, move_up, remove, save_part
from lofte.promises.models import CitizenPromise, Pledge, PromiseVersion, SignatureRequest, SignOff
from lofte.promises.pledge_forms import ActivityForm
from lofte.promises.promise_forms import TextForm
from lofte.promises.readiness import NotReady, blockers
from lofte.promises.signing import (
    Given,
    NotSigned,
    decline,
    freeze_to_sign,
    let_out,
    pending,
    sign,
    take_back,
    withdraw,
)
from lofte.promises.states import IllegalMove
from people import Cast

type SignFor = Callable[[str], SignOff]
type Asked = dict[str, SignatureRequest]


def state(of: CitizenPromise) -> str:
    of.refresh_from_db()
    return of.state


def on_paper(role: str = "Kommundirektör") -> Given:
    return Given(method=SignOff.Method.PAPER, role=role, signed_on=TODAY, printed_name="N. N.", registry_number="KS 1")


def on_screen(role: str) -> Given:
    return Given(method=SignOff.Method.SCREEN, role=role, signed_on=TODAY)


def write_text(draft: CitizenPromise, by: User, **values: str) -> int:
    """Save the part with the long texts, as the form does."""
    draft.refresh_from_db()
    form = TextForm(promise=draft, instance=draft)
    data = {name: form.initial.get(name) or "" for name in form.fields} | values
    saved = save_part(promise=draft, by=by, form=TextForm(_query(data), promise=draft, instance=draft))
    assert saved.is_done, saved.form.errors
    return saved.voided


def _query(data: dict[str, object]) -> object:
    from django.http import QueryDict

    made = QueryDict(mutable=True)
    for name, value in data.items():
        if value not in (False, None):
            made.setlist(name, [str(each) for each in value] if isinstance(value, list) else [str(value)])
    return made


def test_both_sign_one_on_paper_and_it_is_published(
    draft: CitizenPromise, frozen: PromiseVersion, asked: Asked, people: Cast, sign_for: SignFor
) -> None:
    assert state(draft) == PromiseState.READY
    sign_for("polisen")
    assert state(draft) == PromiseState.PARTLY_SIGNED
    sign(request=asked["kommunen"], by=people.coordinator, sha256=frozen.sha256, given=on_paper())
    assert state(draft) == PromiseState.SIGNED

    publish_signed(promise=draft, by=people.coordinator, today=dt.date(2027, 2, 1))

    assert state(draft) == PromiseState.ACTIVE
    assert draft.versions.get().standing == PromiseVersion.Standing.PUBLISHED
    assert [row.sha256 for row in draft.sign_offs.all()] == [frozen.sha256] * 2
    assert draft.periods.count() == 3
    assert list(broken_rows()) == []


def test_before_its_first_day_it_is_published_but_not_active(
    draft: CitizenPromise, people: Cast, sign_for: SignFor
) -> None:
    sign_for("polisen")
    sign_for("kommunen")

    let_out(promise=draft, by=people.coordinator, today=TODAY)

    assert state(draft) == PromiseState.PUBLISHED


def test_each_step_is_a_row_and_an_event(draft: CitizenPromise, people: Cast, sign_for: SignFor) -> None:
    sign_for("polisen")
    sign_for("kommunen")

    moves = [(row.before, row.after) for row in draft.state_changes.all()]
    assert moves == [("draft", "ready"), ("ready", "partly_signed"), ("partly_signed", "signed")]
    assert Event.objects.filter(target_id=str(draft), verb="promise.signature").count() == 2


def test_not_published_before_all_have_signed(draft: CitizenPromise, people: Cast, sign_for: SignFor) -> None:
    sign_for("polisen")

    with pytest.raises(NotSigned, match="Alla har inte"):
        let_out(promise=draft, by=people.coordinator, today=TODAY)


def test_one_changed_word_voids_every_signature_and_says_so(
    draft: CitizenPromise, frozen: PromiseVersion, people: Cast, sign_for: SignFor
) -> None:
    sign_for("polisen")
    sign_for("kommunen")

    voided = write_text(draft, people.police_editor, desired_outcome="Fler ska våga gå ut.")

    assert voided == 2
    assert state(draft) == PromiseState.JOINT_REVIEW
    assert {row.void_reason for row in SignOff.everything.filter(promise=draft)} == {
        "Texten ändrades efter underskriften."
    }
    assert list(draft.sign_offs.all()) == []
    assert pending(draft) is None


def test_a_change_of_what_is_not_signed_voids_nothing(draft: CitizenPromise, people: Cast, sign_for: SignFor) -> None:
    sign_for("polisen")
    row = draft.pledges.get().activities.get()
    form = ActivityForm(promise=draft, instance=row, pledge=row.pledge)
    data = form.initial | {"owner": "fältgruppen", "planned_hours": "40"}

    saved = save_part(
        promise=draft, by=people.coordinator,
        form=ActivityForm(_query(data), promise=draft, instance=row, pledge=row.pledge),
    )  # fmt: skip

    assert saved.is_done, saved.form.errors
    assert saved.voided == 0
    assert state(draft) == PromiseState.PARTLY_SIGNED


def test_an_activity_that_is_shown_when_done_is_not_signed(
    draft: CitizenPromise, people: Cast, sign_for: SignFor
) -> None:
    """What everyone cannot read cannot be part of what everyone can recompute."""
    sign_for("polisen")
    form = ActivityForm(promise=draft, pledge=draft.pledges.get())
    police = form.fields["parties"].queryset.get(key="polisen").pk  # type: ignore[attr-defined]
    data = form.initial | {"text": "Insats mot langning", "kind": "intervention", "parties": [police]}

    saved = save_part(
        promise=draft, by=people.coordinator, form=ActivityForm(_query(data), promise=draft, pledge=draft.pledges.get())
    )

    assert saved.row is not None
    assert saved.row.shown_when_done  # type: ignore[attr-defined]
    assert saved.voided == 0


def test_a_text_that_is_changed_back_is_signed_anew(
    draft: CitizenPromise, frozen: PromiseVersion, people: Cast, sign_for: SignFor
) -> None:
    sign_for("polisen")
    write_text(draft, people.coordinator, intro="Nytt")
    write_text(draft, people.coordinator, intro="")

    again = freeze_to_sign(promise=draft, by=people.coordinator)

    assert (again.sha256, again.number) == (frozen.sha256, 2)
    assert state(draft) == PromiseState.READY
    assert not SignOff.everything.live().filter(version=again).exists()


def test_moving_a_pledge_voids_too(draft: CitizenPromise, people: Cast, sign_for: SignFor) -> None:
    take_back(promise=draft, by=people.coordinator, reason="Ett löfte till")
    Pledge.objects.create(promise=draft, key="ljus-2027", order=1, text="Kommunen byter lampor i centrum under 2027.")
    first = draft.party_links.all()[1].organisation
    draft.pledges.get(key="ljus-2027").party_links.create(organisation=first, order=0)
    freeze_to_sign(promise=draft, by=people.coordinator)

    move_up(promise=draft, by=people.coordinator, key="ljus-2027")

    assert state(draft) == PromiseState.JOINT_REVIEW


def test_removing_a_pledge_voids_too(draft: CitizenPromise, people: Cast, sign_for: SignFor) -> None:
    sign_for("polisen")

    assert remove(promise=draft, by=people.coordinator, row=draft.pledges.get()) == 1
    assert state(draft) == PromiseState.JOINT_REVIEW


def test_the_signer_must_have_seen_the_text_that_waits(
    draft: CitizenPromise, frozen: PromiseVersion, asked: Asked, people: Cast
) -> None:
    write_text(draft, people.coordinator, intro="Nytt")
    freeze_to_sign(promise=draft, by=people.coordinator)

    with pytest.raises(NotSigned, match="har ändrats sedan du läste den"):
        sign(request=asked["polisen"], by=people.police_chief, sha256=frozen.sha256, given=on_screen("Chef"))


def test_nobody_signs_while_the_text_is_open(
    draft: CitizenPromise, frozen: PromiseVersion, asked: Asked, people: Cast
) -> None:
    take_back(promise=draft, by=people.coordinator, reason="Fel datum")

    with pytest.raises(NotSigned, match="öppnat den för ändring"):
        sign(request=asked["polisen"], by=people.police_chief, sha256=frozen.sha256, given=on_screen("Chef"))


def test_a_working_copy_changed_behind_our_back_is_not_signed(
    draft: CitizenPromise, frozen: PromiseVersion, asked: Asked, people: Cast
) -> None:
    CitizenPromise.objects.filter(pk=draft.pk).update(intro="Ändrat i databasen")

    with pytest.raises(NotSigned, match="har ändrats"):
        sign(request=asked["polisen"], by=people.police_chief, sha256=frozen.sha256, given=on_screen("Chef"))


def test_sign_refuses_the_same_signer_twice(
    asked: Asked, people: Cast, frozen: PromiseVersion, sign_for: SignFor
) -> None:
    sign_for("polisen")

    with pytest.raises(NotSigned, match="redan undertecknat"):
        sign_for("polisen")


def test_the_database_refuses_two_signatures_for_one_request(sign_for: SignFor) -> None:
    first = sign_for("polisen")
    first.pk = None
    first._state.adding = True

    with pytest.raises(IntegrityError):
        first.save()


def test_nobody_signs_on_screen_for_another_organisation(frozen: PromiseVersion, asked: Asked, people: Cast) -> None:
    with pytest.raises(NotSigned, match="din egen organisation"):
        sign(request=asked["kommunen"], by=people.police_chief, sha256=frozen.sha256, given=on_screen("Chef"))


@pytest.mark.parametrize("who", ["coordinator", "partner", "neighbour", "stranger"])
def test_only_signers_sign_on_screen(frozen: PromiseVersion, asked: Asked, people: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        sign(request=asked["kommunen"], by=getattr(people, who), sha256=frozen.sha256, given=on_screen("Chef"))


@pytest.mark.parametrize("who", ["director", "partner", "neighbour", "stranger"])
def test_only_those_who_write_record_a_paper(frozen: PromiseVersion, asked: Asked, people: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        sign(request=asked["kommunen"], by=getattr(people, who), sha256=frozen.sha256, given=on_paper())


def test_on_behalf_of_and_vacant_posts_are_kept(frozen: PromiseVersion, asked: Asked, people: Cast) -> None:
    given = Given(
        method=SignOff.Method.PAPER, role="Biträdande kommundirektör", signed_on=TODAY, on_behalf_of="Kommundirektör",
        delegation_reference="Delegationsordning § 12", is_acting=True,
    )  # fmt: skip

    kept = sign(request=asked["kommunen"], by=people.coordinator, sha256=frozen.sha256, given=given)

    assert (kept.role, kept.on_behalf_of, kept.is_acting) == ("Biträdande kommundirektör", "Kommundirektör", True)


def test_declining_keeps_the_text_and_the_others_signature(
    draft: CitizenPromise, asked: Asked, people: Cast, sign_for: SignFor
) -> None:
    sign_for("polisen")

    decline(request=asked["kommunen"], by=people.director, reason="Vi har inte råd")

    asked["kommunen"].refresh_from_db()
    assert asked["kommunen"].decline_reason == "Vi har inte råd"
    assert state(draft) == PromiseState.PARTLY_SIGNED


def test_one_who_declined_may_sign_after_all(
    draft: CitizenPromise, asked: Asked, people: Cast, sign_for: SignFor
) -> None:
    decline(request=asked["kommunen"], by=people.director, reason="Vi har inte råd")

    sign_for("kommunen")

    asked["kommunen"].refresh_from_db()
    assert asked["kommunen"].declined_at is None


def test_a_new_text_asks_those_who_declined_again(
    draft: CitizenPromise, frozen: PromiseVersion, asked: Asked, people: Cast
) -> None:
    decline(request=asked["kommunen"], by=people.director, reason="Fel")
    take_back(promise=draft, by=people.coordinator, reason="Rätta")
    freeze_to_sign(promise=draft, by=people.coordinator)

    asked["kommunen"].refresh_from_db()
    assert asked["kommunen"].declined_at is None


def test_a_signature_can_be_taken_back_until_it_is_published(
    draft: CitizenPromise, people: Cast, sign_for: SignFor
) -> None:
    kept = sign_for("polisen")
    sign_for("kommunen")
    assert state(draft) == PromiseState.SIGNED

    withdraw(sign_off=kept, by=people.police_chief, reason="Nytt läge")

    assert state(draft) == PromiseState.PARTLY_SIGNED
    assert SignOff.everything.get(pk=kept.pk).void_reason == "Nytt läge"
    sign_for("polisen")
    let_out(promise=draft, by=people.coordinator, today=TODAY)
    with pytest.raises(NotSigned, match="publicerat"):
        withdraw(sign_off=SignOff.objects.filter(promise=draft)[0], by=people.police_chief, reason="Nej")


def test_a_signature_on_screen_is_taken_back_by_its_own_signer_only(people: Cast, sign_for: SignFor) -> None:
    kept = sign_for("polisen")

    with pytest.raises(NotSigned, match="Bara den som skrev under"):
        withdraw(sign_off=kept, by=people.coordinator, reason="Fel")


def test_an_organisation_more_must_sign_too(draft: CitizenPromise, people: Cast, sign_for: SignFor) -> None:
    sign_for("polisen")
    sign_for("kommunen")
    housing = draft.municipality.organisations.get(key="bostadsbolaget")

    one_more = ask_to_sign(promise=draft, by=people.coordinator, organisation=housing, role="Verkställande direktör")
    assert state(draft) == PromiseState.PARTLY_SIGNED
    ask_no_more(promise=draft, by=people.coordinator, request=one_more)

    assert state(draft) == PromiseState.SIGNED


def test_one_who_has_signed_is_not_taken_off_the_list(
    draft: CitizenPromise, asked: Asked, people: Cast, sign_for: SignFor
) -> None:
    sign_for("polisen")

    with pytest.raises(NotWritable, match="redan har skrivit under"):
        ask_no_more(promise=draft, by=people.coordinator, request=asked["polisen"])


def test_one_party_alone_can_sign(draft: CitizenPromise, people: Cast, asked: Asked) -> None:
    draft.party_links.filter(organisation__key="kommunen").delete()
    asked["kommunen"].delete()
    version = freeze_to_sign(promise=draft, by=people.coordinator)

    sign(request=asked["polisen"], by=people.police_chief, sha256=version.sha256, given=on_screen("Chef"))

    assert state(draft) == PromiseState.SIGNED


def test_freezing_names_everything_that_is_missing(draft: CitizenPromise, asked: Asked, people: Cast) -> None:
    CitizenPromise.objects.filter(pk=draft.pk).update(short_line="", covers_municipality=False)
    asked["polisen"].delete()
    draft.pledges.get().party_links.all().delete()
    draft.pledges.update(text="Insatser ska genomföras under 2027.")

    with pytest.raises(NotReady) as refusal:
        freeze_to_sign(promise=draft, by=people.coordinator)

    sections = [missing.section for missing in refusal.value.missing]
    assert sections == ["basics", "basics", "signers", "pledge", "pledge"]
    assert state(draft) == PromiseState.DRAFT


def test_an_outcome_goal_needs_a_plan_or_a_reason(draft: CitizenPromise) -> None:
    goal = draft.goals.create(key="mal-2027", kind="outcome", text="Lugnare kvällar")

    assert [missing.section for missing in blockers(draft)] == ["goal"] * 4
    goal.no_answer_because = "too_few"
    goal.save()
    assert blockers(draft) == []


def test_a_frozen_text_is_not_moved_aside(draft: CitizenPromise, frozen: PromiseVersion, people: Cast) -> None:
    with pytest.raises(NotWritable, match="frusen"):
        move_to(promise=draft, by=people.coordinator, after=PromiseState.DRAFT)


def test_freezing_twice_is_an_illegal_move(draft: CitizenPromise, frozen: PromiseVersion, people: Cast) -> None:
    with pytest.raises(IllegalMove):
        freeze_to_sign(promise=draft, by=people.coordinator)


def test_what_is_out_is_not_written_in(here: object, people: Cast, draft: CitizenPromise, sign_for: SignFor) -> None:
    sign_for("polisen")
    sign_for("kommunen")
    let_out(promise=draft, by=people.coordinator, today=TODAY)

    with pytest.raises(NotWritable, match="publicerat"):
        write_text(draft, people.coordinator, intro="Nytt")


@pytest.mark.parametrize("who", ["partner", "community_officer", "director", "neighbour", "stranger"])
def test_only_coordinator_and_police_editor_write(draft: CitizenPromise, people: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        write_text(draft, getattr(people, who), intro="Nytt")
