"""The promise in plain words and other languages, and questions about whom it reaches: beside the text, never in it."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from factories import TODAY
from lofte.desk.actions import publish_signed
from lofte.exchange.reading import load
from lofte.exchange.writing import export, inside
from lofte.promises.amending import mask
from lofte.promises.models import CitizenPromise, PerspectiveAnswer, PlainTwin, PromiseVersion, SignOff
from people import Cast, as_nobody, signed_in

EASY = {"line": "Lugnare kvällar", "text": "Polisen stoppar bilar.\n\nDe gör det åtta gånger."}


@pytest.fixture
def coordinator(people: Cast) -> Client:
    return signed_in(people.coordinator)


def url(name: str, **more: str) -> str:
    return reverse(f"promises:{name}", kwargs={"kommun": "tuna", "slug": "2027", **more})


def test_the_twin_begins_with_the_words_of_the_promise(coordinator: Client, draft: CitizenPromise) -> None:
    told = coordinator.get(url("twin", language="sv-ll")).content.decode()

    assert "– Polisen gör minst åtta trafikkontroller" in told


def test_a_twin_says_when_its_source_has_changed(coordinator: Client, draft: CitizenPromise) -> None:
    coordinator.post(url("twin", language="sv-ll"), EASY)
    assert "Löftets text har ändrats" not in coordinator.get(url("twin", language="sv-ll")).content.decode()
    draft.pledges.update(text="Något annat")

    assert "Löftets text har ändrats" in coordinator.get(url("twins")).content.decode()
    assert "Läsbarhetsindex (LIX) är" in coordinator.get(url("twin", language="sv-ll")).content.decode()


def test_a_twin_voids_no_signature(
    coordinator: Client, draft: CitizenPromise, sign_for: Callable[[str], SignOff]
) -> None:
    sign_for("polisen")

    coordinator.post(url("twin", language="ar"), {"line": "x", "text": "y"})
    coordinator.post(url("perspectives"), {"heard": "yes"})

    assert draft.sign_offs.count() == 1


@pytest.mark.parametrize(("language", "text", "status"), [("xx", "y", 404), ("en", "y" * 2501, 422), ("en", "", 422)])
def test_what_is_no_twin_is_refused(
    coordinator: Client, draft: CitizenPromise, language: str, text: str, status: int
) -> None:
    answer = coordinator.post(f"{url('twins')}{language}/", {"line": "x", "text": text})

    assert answer.status_code == status
    assert not PlainTwin.objects.exists()


def test_a_twin_is_taken_away(coordinator: Client, draft: CitizenPromise) -> None:
    coordinator.post(url("twin", language="en"), EASY)
    coordinator.post(url("twin", language="en"), {"ta-bort": "ja"})

    assert not PlainTwin.objects.exists()


@pytest.fixture
def out(coordinator: Client, draft: CitizenPromise, people: Cast, sign_for: Callable[[str], SignOff]) -> CitizenPromise:
    """Published, with an easy twin and an Arabic one."""
    sign_for("polisen")
    sign_for("kommunen")
    publish_signed(promise=draft, by=people.coordinator, today=TODAY)
    coordinator.post(url("twin", language="sv-ll"), EASY)
    coordinator.post(url("twin", language="ar"), {"line": "x", "text": "y"})
    draft.refresh_from_db()
    return draft


def test_everyone_finds_the_twins_from_the_promise(out: CitizenPromise) -> None:
    page = as_nobody().get("/tuna/2027/").content.decode()
    easy = as_nobody().get("/tuna/2027/sprak/sv-ll/").content.decode()

    assert 'href="/tuna/2027/sprak/sv-ll/" lang="sv"' in page
    assert "<p>De gör det åtta gånger.</p>" in easy
    assert "Löftet har ändrats" not in easy
    assert 'dir="rtl"' in as_nobody().get("/tuna/2027/sprak/ar/").content.decode()
    assert as_nobody().get("/tuna/2027/sprak/so/").status_code == 404


def test_everyone_sees_that_the_source_is_newer(out: CitizenPromise) -> None:
    PlainTwin.objects.update(source_sha256="0" * 64)

    assert (
        "Löftet har ändrats sedan den här texten skrevs" in as_nobody().get("/tuna/2027/sprak/sv-ll/").content.decode()
    )


def test_masking_reaches_the_twins(out: CitizenPromise, people: Cast) -> None:
    PlainTwin.objects.filter(language="sv-ll").update(text="I centrum.")

    mask(promise=out, by=people.coordinator, words="centrum", reason="Beslut")

    assert "centrum" not in PlainTwin.objects.get(language="sv-ll").text


def test_twins_follow_the_file_and_come_back(out: CitizenPromise) -> None:
    written = export(out, viewer=inside(out))
    SignOff.everything.filter(promise=out).delete()
    out.delete()

    again = load(json.loads(json.dumps(written))).promise

    assert export(again, viewer=inside(again))["twins"] == written["twins"]
    assert [twin["language"] for twin in written["twins"]] == ["sv-ll", "ar"]


def test_answers_are_kept_and_taken_back(coordinator: Client, draft: CitizenPromise) -> None:
    coordinator.post(url("perspectives"), {"heard": "partly", "heard-mer": "Få pojkar", "reaches": "yes"})
    assert [str(each) for each in PerspectiveAnswer.objects.all()] == [
        f"{draft} heard: partly",
        f"{draft} reaches: yes",
    ]

    coordinator.post(url("perspectives"), {"reaches": "no"})

    assert [(each.question, each.answer) for each in PerspectiveAnswer.objects.all()] == [("reaches", "no")]


def test_a_promise_to_children_asks_about_them_first_and_says_so(coordinator: Client, out: CitizenPromise) -> None:
    CitizenPromise.objects.update(audience="children")
    assert coordinator.get(url("perspectives")).context["form"].rows[0][0].name == "children_heard"
    version = PromiseVersion.objects.get(promise=out)
    content = version.content.replace('"ends"', '"audience":"children","ends"', 1)
    PromiseVersion.objects.filter(pk=version.pk).update(content=content)

    assert "Löfte till barn och unga" in as_nobody().get("/tuna/2027/").content.decode()
