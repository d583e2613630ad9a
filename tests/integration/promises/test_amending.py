"""After publication: a change is a new text that all sign, a stop keeps the text, a masking keeps the hash."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.urls import reverse

from factories import TODAY, Tuna
from lofte.core.events import broken_rows
from lofte.core.states import PromiseState
from lofte.core.visibility import VISITOR
from lofte.desk.actions import publish_signed
from lofte.exchange.reading import FileRefused, load
from lofte.exchange.writing import export, inside
from lofte.followup.queries import latest_versions
from lofte.parties.models import User
from lofte.promises.amending import MASK, NotAmended, give_up, mask, open_for_change, stop
from lofte.promises.editing import NotWritable, remove, save_part
from lofte.promises.models import Amendment, CitizenPromise, PromiseVersion, SignatureRequest, SignOff
from lofte.promises.pledge_forms import PledgeForm
from lofte.promises.promise_forms import BasicsForm, TextForm
from lofte.promises.signing import Given, freeze_to_sign, pending, sign
from lofte.promises.states import IllegalMove
from lofte.promises.text import read
from people import Cast, as_nobody, signed_in

type SignFor = Callable[[str], SignOff]
REASON = "Vi hinner göra mer."


@pytest.fixture
def out(draft: CitizenPromise, people: Cast, sign_for: SignFor) -> CitizenPromise:
    """Signed by both, and published."""
    sign_for("polisen")
    sign_for("kommunen")
    publish_signed(promise=draft, by=people.coordinator, today=TODAY)
    draft.refresh_from_db()
    return draft


def change(promise: CitizenPromise, by: User, **values: Any) -> None:
    """Save a part of the promise as its form does."""
    kind = BasicsForm if "ends" in values else TextForm
    promise.refresh_from_db()
    form = kind(promise=promise, instance=promise)
    data = QueryDict(mutable=True)
    for name, value in (form.initial | values).items():
        if value not in (None, False):
            data.setlist(name, [str(each) for each in value] if isinstance(value, list) else [str(value)])
    saved = save_part(promise=promise, by=by, form=kind(data, promise=promise, instance=promise))
    assert saved.is_done, saved.form.errors


def amend(promise: CitizenPromise, people: Cast, kind: Amendment.Kind = Amendment.Kind.AMENDMENT) -> Amendment:
    return open_for_change(promise=promise, by=people.coordinator, kind=kind, reason=REASON)


def all_sign(promise: CitizenPromise, people: Cast) -> PromiseVersion:
    version = freeze_to_sign(promise=promise, by=people.coordinator)
    for request in SignatureRequest.objects.filter(promise=promise).select_related("promise"):
        given = Given(method=SignOff.Method.PAPER, role=request.role, signed_on=TODAY)
        sign(request=request, by=people.coordinator, sha256=version.sha256, given=given)
    return version


def in_force(promise: CitizenPromise) -> PromiseVersion:
    return latest_versions(CitizenPromise.objects.filter(pk=promise.pk)).get()


def page(promise: CitizenPromise, end: str = "") -> str:
    return as_nobody().get(f"/tuna/{promise.slug}/{end}").content.decode()


def test_a_published_pledge_keeps_the_name_its_reports_go_by(out: CitizenPromise, people: Cast) -> None:
    amend(out, people)
    out.refresh_from_db()
    pledge = out.pledges.first()
    assert pledge

    form = PledgeForm({"text": pledge.text, "key": "nytt-namn"}, promise=out, instance=pledge)

    assert "rapporterna om det publicerade löftet hör till det" in form.errors["key"][0]


def test_everyone_reads_the_old_text_until_all_have_signed_the_new(out: CitizenPromise, people: Cast) -> None:
    amend(out, people)
    change(out, people.coordinator, desired_outcome="Alla ska våga gå ut.")
    freeze_to_sign(promise=out, by=people.coordinator)

    assert read(in_force(out).content).desired_outcome == ""
    assert "Alla ska våga gå ut" not in page(out) + page(out, "kontrollera/") + page(out, "lofte.json")
    assert as_nobody().get(f"/tuna/{out.slug}/lydelse-2.json").status_code == 404


def test_the_open_data_are_the_text_in_force_while_a_change_is_written(out: CitizenPromise, people: Cast) -> None:
    before = export(out, viewer=VISITOR)
    amend(out, people)
    change(out, people.coordinator, desired_outcome="Alla ska våga gå ut.")

    after = export(CitizenPromise.objects.get(pk=out.pk), viewer=VISITOR)

    assert json.dumps(after) == json.dumps(before)


def test_an_amendment_is_published_with_its_reason_and_the_difference(out: CitizenPromise, people: Cast) -> None:
    amend(out, people)
    change(out, people.coordinator, desired_outcome="Alla ska våga gå ut.")
    all_sign(out, people)

    publish_signed(promise=out, by=people.coordinator, today=TODAY)

    out.refresh_from_db()
    assert out.state == PromiseState.REVISED
    assert [(row.number, row.kind) for row in out.versions.all()] == [(1, "original"), (2, "amendment")]
    told = page(out, "kontrollera/")
    assert REASON in told
    assert "<ins>" in told
    assert REASON in page(out)
    assert out.amendments.get().closed_at is not None
    assert list(broken_rows()) == []


def test_the_old_text_stays_readable_with_its_own_sum(out: CitizenPromise, people: Cast) -> None:
    first = in_force(out)
    amend(out, people)
    change(out, people.coordinator, desired_outcome="Alla ska våga gå ut.")
    all_sign(out, people)
    publish_signed(promise=out, by=people.coordinator, today=TODAY)

    body = as_nobody().get(f"/tuna/{out.slug}/lydelse-1.json").content

    assert hashlib.sha256(body).hexdigest() == first.sha256


def test_an_extension_moves_the_last_day(out: CitizenPromise, people: Cast) -> None:
    amend(out, people, Amendment.Kind.EXTENSION)
    change(out, people.coordinator, ends="2028-06-30")
    all_sign(out, people)

    publish_signed(promise=out, by=people.coordinator, today=TODAY)

    out.refresh_from_db()
    assert out.state == PromiseState.EXTENDED
    assert str(read(in_force(out).content).ends) == "2028-06-30"


def test_a_change_during_signing_voids_the_signatures_of_the_amendment_only(out: CitizenPromise, people: Cast) -> None:
    amend(out, people)
    change(out, people.coordinator, desired_outcome="Alla ska våga gå ut.")
    all_sign(out, people)

    change(out, people.coordinator, desired_outcome="De flesta ska våga gå ut.")

    out.refresh_from_db()
    assert pending(out) is None
    assert out.state == PromiseState.PUBLISHED
    assert out.sign_offs.count() == 2
    assert SignOff.everything.filter(promise=out, voided_at__isnull=False).count() == 2


def test_only_one_change_is_open_at_a_time(out: CitizenPromise, people: Cast) -> None:
    amend(out, people)

    with pytest.raises(NotAmended, match="redan öppnad"):
        amend(out, people)


def test_a_change_that_came_to_nothing_is_closed(out: CitizenPromise, people: Cast) -> None:
    amend(out, people)
    change(out, people.coordinator, desired_outcome="Alla ska våga gå ut.")
    with pytest.raises(NotAmended, match="Ändra tillbaka"):
        give_up(promise=out, by=people.coordinator)
    change(out, people.coordinator, desired_outcome="")

    give_up(promise=out, by=people.coordinator)

    with pytest.raises(NotWritable):
        change(out, people.coordinator, desired_outcome="Igen")


def test_a_draft_is_not_amended(draft: CitizenPromise, people: Cast) -> None:
    with pytest.raises(IllegalMove):
        amend(draft, people)


def test_what_has_been_reported_on_is_not_taken_away(here: Tuna, people: Cast) -> None:
    from factories import report

    report(here.late, here.checks, 8)
    amend(here.promise, people)

    with pytest.raises(NotWritable, match="redan rapporter"):
        remove(promise=here.promise, by=people.coordinator, row=here.checks)
    with pytest.raises(NotWritable, match="redan rapporter"):
        remove(promise=here.promise, by=people.coordinator, row=here.checks.pledge)  # type: ignore[arg-type]
    assert remove(promise=here.promise, by=people.coordinator, row=here.lamps) == 0


def test_a_stopped_promise_keeps_its_text_and_says_why(out: CitizenPromise, people: Cast) -> None:
    signed = in_force(out)

    stop(promise=out, by=people.coordinator, reason="Pengarna tog slut.")

    out.refresh_from_db()
    assert out.state == PromiseState.STOPPED
    assert (in_force(out).content, in_force(out).kind) == (signed.content, "stop")
    assert "Pengarna tog slut." in page(out)
    assert out.sign_offs.count() == 2


@pytest.mark.parametrize("who", ["police_editor", "director", "partner", "neighbour", "stranger"])
def test_only_the_coordinator_stops_and_masks(out: CitizenPromise, people: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        stop(promise=out, by=getattr(people, who), reason="x")
    with pytest.raises(PermissionDenied):
        mask(promise=out, by=getattr(people, who), words="kvällarna", reason="x")


def test_masking_keeps_the_signed_hash_and_says_that_and_why(out: CitizenPromise, people: Cast) -> None:
    signed = in_force(out)

    assert mask(promise=out, by=people.coordinator, words="kvällarna", reason="OSL 35 kap. 1 §, dnr 7") == 1

    masked = in_force(out)
    out.refresh_from_db()
    assert "kvällarna" not in masked.content
    assert MASK in out.overall_pledge
    assert (masked.sha256, masked.is_unchanged) == (signed.sha256, True)
    told = page(out, "kontrollera/")
    assert "OSL 35 kap. 1 §, dnr 7" in told
    assert signed.sha256 in told
    assert masked.masked_sha256 in told
    assert list(broken_rows()) == []


def test_only_words_that_people_wrote_are_masked(out: CitizenPromise, people: Cast) -> None:
    """A word that is also the name of a value or of a member leaves those alone."""
    with pytest.raises(NotAmended, match="står inte i någon text"):
        mask(promise=out, by=people.coordinator, words="at_least", reason="x")


def test_masking_reaches_every_text_there_has_been(out: CitizenPromise, people: Cast) -> None:
    amend(out, people)
    change(out, people.coordinator, desired_outcome="Lugna kvällar för alla.")
    all_sign(out, people)
    publish_signed(promise=out, by=people.coordinator, today=TODAY)

    assert mask(promise=out, by=people.coordinator, words="kvällar", reason="Beslut") == 2
    assert all(version.is_unchanged for version in out.versions.all())


def test_a_masked_text_that_is_changed_is_found(out: CitizenPromise, people: Cast) -> None:
    mask(promise=out, by=people.coordinator, words="kvällarna", reason="Beslut")
    version = in_force(out)
    PromiseVersion.everything.filter(pk=version.pk).update(content=version.content.replace(MASK, "nätterna"))

    assert not in_force(out).is_unchanged


def test_a_signed_and_amended_promise_survives_the_file(out: CitizenPromise, people: Cast) -> None:
    amend(out, people)
    change(out, people.coordinator, desired_outcome="Alla ska våga gå ut.")
    all_sign(out, people)
    publish_signed(promise=out, by=people.coordinator, today=TODAY)
    out.refresh_from_db()
    written = export(out, viewer=inside(out))
    texts = list(out.versions.values_list("number", "content", "sha256"))

    assert not load(written).is_new
    _forget(out)
    again = load(written)

    assert again.is_new
    assert export(again.promise, viewer=inside(again.promise)) == written
    assert list(again.promise.versions.values_list("number", "content", "sha256")) == texts


def test_a_file_whose_text_was_changed_on_the_way_is_refused(out: CitizenPromise) -> None:
    written = export(out, viewer=inside(out))
    written["versions"][0]["content"] += " "
    _forget(out)

    with pytest.raises(FileRefused, match="stämmer inte med sin kontrollsumma"):
        load(written)


def _forget(promise: CitizenPromise) -> None:
    SignOff.everything.filter(promise=promise).delete()
    promise.delete()


def url(name: str) -> str:
    return reverse(f"promises:{name}", kwargs={"kommun": "tuna", "slug": "2027"})


def test_a_change_is_opened_and_given_up_on_the_pages(out: CitizenPromise, people: Cast) -> None:
    police = signed_in(people.police_editor)

    police.post(url("amend"), {"kind": "amendment", "reason": REASON})

    assert REASON in police.get(url("write")).content.decode()
    police.post(url("amend"), {"ge-upp": "1"})
    assert out.amendments.get().closed_at is not None


def test_a_stop_on_the_page_needs_a_reason(out: CitizenPromise, people: Cast) -> None:
    coordinator = signed_in(people.coordinator)

    assert coordinator.post(url("stop"), {"reason": " "}).status_code == 422
    coordinator.post(url("stop"), {"reason": "Pengarna tog slut."})

    out.refresh_from_db()
    assert out.state == PromiseState.STOPPED


@pytest.mark.parametrize(
    ("words", "reason", "status"),
    [("kvällarna", "OSL 35 kap.", 302), ("finns inte", "OSL", 422), ("kvällarna", "För att kvällarna ska bort", 422)],
)
def test_masking_on_the_page(out: CitizenPromise, people: Cast, words: str, reason: str, status: int) -> None:
    answer = signed_in(people.coordinator).post(url("mask"), {"words": words, "reason": reason})

    assert answer.status_code == status


def test_members_compare_the_text_in_force_with_the_one_to_sign(out: CitizenPromise, people: Cast) -> None:
    amend(out, people)
    change(out, people.coordinator, desired_outcome="Alla ska våga gå ut.")
    freeze_to_sign(promise=out, by=people.coordinator)

    told = signed_in(people.director).get(url("compare")).content.decode()

    assert "Från lydelse 1 till 2" in told
    assert "Alla ska våga gå ut." in told
