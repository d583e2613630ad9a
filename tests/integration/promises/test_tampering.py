"""Somebody writes in the database itself: the site says so to everyone, and `lofte verify` says what was done."""

import hashlib
from collections.abc import Callable

import pytest
from django.db import connection

from factories import TODAY
from lofte.commands.verify import wrong_texts
from lofte.core.events import broken_rows
from lofte.core.models import Event
from lofte.desk.actions import publish_signed
from lofte.promises import proof
from lofte.promises.amending import mask
from lofte.promises.models import CitizenPromise, PromiseVersion, SignOff
from people import Cast, as_nobody

WARNING = "Varning: texten stämmer inte med den som skrevs under"


@pytest.fixture
def out(draft: CitizenPromise, people: Cast, sign_for: Callable[[str], SignOff]) -> CitizenPromise:
    sign_for("polisen")
    sign_for("kommunen")
    publish_signed(promise=draft, by=people.coordinator, today=TODAY)
    draft.refresh_from_db()
    return draft


def forged(promise: CitizenPromise) -> tuple[PromiseVersion, str, str]:
    version = PromiseVersion.everything.get(promise=promise)
    text = version.content.replace("trafikkontroller", "promenader")
    assert text != version.content
    return version, text, hashlib.sha256(text.encode()).hexdigest()


def pages(promise: CitizenPromise) -> list[str]:
    return [as_nobody().get(f"/tuna/2027/{page}").content.decode() for page in ("", "kontrollera/")]


def test_an_untouched_promise_is_whole(out: CitizenPromise) -> None:
    assert list(wrong_texts()) == []
    assert all(WARNING not in page for page in pages(out))


def test_a_changed_text_is_found_and_shown(out: CitizenPromise) -> None:
    version, text, _sum = forged(out)
    PromiseVersion.everything.filter(pk=version.pk).update(content=text)

    assert [each.partition(": ")[2] for each in wrong_texts()] == [proof.TEXT]
    assert all(WARNING in page for page in pages(out))


def test_a_text_changed_with_its_checksum_is_found_and_shown(out: CitizenPromise) -> None:
    version, text, sha256 = forged(out)
    PromiseVersion.everything.filter(pk=version.pk).update(content=text, sha256=sha256)

    assert {each.partition(": ")[2] for each in wrong_texts()} == {proof.OTHER_TEXT}
    assert all(WARNING in page for page in pages(out))


def test_a_text_changed_with_checksum_and_signatures_is_found_and_shown(out: CitizenPromise) -> None:
    version, text, sha256 = forged(out)
    PromiseVersion.everything.filter(pk=version.pk).update(content=text, sha256=sha256)
    SignOff.everything.filter(version=version).update(sha256=sha256)

    assert {each.rpartition(": ")[2] for each in wrong_texts()} == {proof.NOT_LOGGED, proof.LOST}
    assert all(WARNING in page for page in pages(out))


def test_a_change_made_to_look_like_a_masking_is_found_and_shown(out: CitizenPromise) -> None:
    version, text, sha256 = forged(out)
    PromiseVersion.everything.filter(pk=version.pk).update(content=text, masked_sha256=sha256, masking_reason="Beslut")

    assert [each.rpartition(": ")[2] for each in wrong_texts()] == [proof.MASK_NOT_LOGGED]
    assert all(WARNING in page for page in pages(out))


def test_a_masking_by_decision_is_whole(out: CitizenPromise, people: Cast) -> None:
    mask(promise=out, by=people.coordinator, words="centrum", reason="Beslut")

    assert list(wrong_texts()) == []
    assert all(WARNING not in page for page in pages(out))


def test_a_signature_taken_away_is_found(out: CitizenPromise) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM promises_signoff WHERE role = 'Kommundirektör'")

    assert [each.partition(": ")[2] for each in wrong_texts()] == [proof.LOST]


def test_a_signature_put_there_is_found_and_shown(out: CitizenPromise, people: Cast) -> None:
    signed = SignOff.objects.filter(promise=out).first()
    assert signed is not None
    signed.pk, signed.role, signed.request, signed.recorded_by = None, "Ordförande", None, people.neighbour.key
    signed.save(force_insert=True)

    assert [each.rpartition(": ")[2] for each in wrong_texts()] == [proof.NOT_LOGGED]
    assert all(WARNING in page for page in pages(out))


def test_a_rewritten_log_breaks_its_chain(out: CitizenPromise) -> None:
    row = Event.objects.filter(verb=proof.SIGNED).first()
    assert row is not None
    Event.objects.filter(pk=row.pk).update(content_hash="0" * 64)

    assert any("the row was changed" in each for each in broken_rows())
    assert proof.NOT_LOGGED in str(list(wrong_texts()))
