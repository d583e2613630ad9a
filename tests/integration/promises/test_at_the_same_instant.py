"""Two people at the same instant: one comes first, and the other gets what is true then."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from factories import TODAY
from lofte.core.events import broken_rows
from lofte.core.states import PromiseState
from lofte.promises.editing import move_up, remove
from lofte.promises.models import CitizenPromise, PromiseVersion, SignatureRequest, SignOff
from lofte.promises.signing import Given, NotSigned, let_out, sign, take_back
from lofte.promises.states import IllegalMove
from people import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
type Asked = dict[str, SignatureRequest]


def together(*actions: Callable[[], object]) -> list[object]:
    """Start them at once, each in a thread and connection of its own; what each returned or raised."""
    gate = threading.Barrier(len(actions))
    found: list[object] = [None] * len(actions)

    def act(place: int) -> None:
        try:
            gate.wait()
            found[place] = actions[place]()
        except (NotSigned, IllegalMove) as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(place,)) for place in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def signing(asked: Asked, people: Cast, version: PromiseVersion, key: str) -> Callable[[], object]:
    who = {"polisen": people.police_chief, "kommunen": people.director}[key]
    given = Given(method=SignOff.Method.SCREEN, role=asked[key].role, signed_on=TODAY)
    request = SignatureRequest.objects.select_related("promise").get(pk=asked[key].pk)
    return lambda: sign(request=request, by=who, sha256=version.sha256, given=given)


def test_two_signers_both_sign(draft: CitizenPromise, asked: Asked, frozen: PromiseVersion, people: Cast) -> None:
    together(signing(asked, people, frozen, "polisen"), signing(asked, people, frozen, "kommunen"))

    draft.refresh_from_db()
    assert draft.state == PromiseState.SIGNED
    assert draft.sign_offs.count() == 2
    assert [(row.before, row.after) for row in draft.state_changes.all()] == [
        ("draft", "ready"),
        ("ready", "partly_signed"),
        ("partly_signed", "signed"),
    ]
    assert list(broken_rows()) == []


def test_the_same_signer_in_two_windows_signs_once(
    draft: CitizenPromise, asked: Asked, frozen: PromiseVersion, people: Cast
) -> None:
    found = together(*[signing(asked, people, frozen, "polisen")] * 2)

    assert sorted(type(each).__name__ for each in found) == ["NotSigned", "SignOff"]
    assert draft.sign_offs.count() == 1


def test_sign_while_the_other_edits(draft: CitizenPromise, asked: Asked, frozen: PromiseVersion, people: Cast) -> None:
    """Whoever comes first: a signature never stands on a text that is no longer there."""
    row = draft.pledges.get()

    found = together(
        signing(asked, people, frozen, "polisen"),
        lambda: remove(promise=CitizenPromise.objects.get(pk=draft.pk), by=people.coordinator, row=row),
    )

    draft.refresh_from_db()
    assert draft.state == PromiseState.JOINT_REVIEW
    assert not SignOff.everything.live().filter(promise=draft).exists()
    signed_first = isinstance(found[0], SignOff)
    assert found[1] == (1 if signed_first else 0)
    assert signed_first or "öppnat den för ändring" in str(found[0])


def test_publish_while_the_text_is_opened(
    draft: CitizenPromise, people: Cast, sign_for: Callable[[str], SignOff]
) -> None:
    sign_for("polisen")
    sign_for("kommunen")

    found = together(
        lambda: let_out(promise=CitizenPromise.objects.get(pk=draft.pk), by=people.coordinator, today=TODAY),
        lambda: take_back(promise=CitizenPromise.objects.get(pk=draft.pk), by=people.police_editor, reason="Fel"),
    )

    draft.refresh_from_db()
    was_published = isinstance(found[0], PromiseVersion)
    assert draft.state == (PromiseState.PUBLISHED if was_published else PromiseState.JOINT_REVIEW)
    assert draft.sign_offs.count() == (2 if was_published else 0)
    assert isinstance(found[1], IllegalMove) == was_published


def test_two_who_move_the_same_pledge(draft: CitizenPromise, people: Cast) -> None:
    for number in (1, 2):
        draft.pledges.create(key=f"lofte-{number}", order=number, text="x")

    def move() -> int:
        return move_up(promise=CitizenPromise.objects.get(pk=draft.pk), by=people.coordinator, key="lofte-2")

    together(move, move)

    assert list(draft.pledges.values_list("key", "order")) == [("lofte-2", 0), ("trafik-2027", 1), ("lofte-1", 2)]
