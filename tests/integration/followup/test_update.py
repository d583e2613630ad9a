"""Nytt sedan sist."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from factories import Tuna, pledge
from lofte.followup.models import Update
from lofte.promises.amending import open_for_change
from lofte.promises.models import Amendment
from people import Cast, as_nobody, signed_in

WHERE = {"kommun": "tuna", "slug": "2026"}
ADDRESS = "followup:update"


def test_an_update_is_read_by_everyone_at_once(here: Tuna, people: Cast) -> None:
    given = {"text": "Nu är alla lampor i parken bytta.", "on": "2026-09-09", "pledge": "ljus"}

    page = signed_in(people.coordinator).post(reverse(ADDRESS, kwargs=WHERE), given)

    update = Update.objects.get()
    assert page.headers["Location"] == reverse("public:promise", kwargs=WHERE)
    assert (update.text, update.pledge) == ("Nu är alla lampor i parken bytta.", here.promise.pledges.get(key="ljus"))
    assert "Nu är alla lampor i parken bytta." in as_nobody().get(page.headers["Location"]).text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": "", "on": "2026-09-09"}, "Svara på frågan ”Vad har hänt?”."),
        ({"text": "Ja.", "on": "2026-09-11"}, "Det datumet har inte varit än."),
        ({"text": "Ja.", "on": "2026-09-09", "pledge": "finns-inte"}, "Välj något i listan."),
    ],
)
def test_mistakes_have_their_sentences(here: Tuna, people: Cast, given: dict[str, str], sentence: str) -> None:
    page = signed_in(people.coordinator).post(reverse(ADDRESS, kwargs=WHERE), given)

    assert page.status_code == 422
    assert sentence in page.text


def test_the_key_of_an_update_is_never_taken(here: Tuna, people: Cast) -> None:
    Update.objects.create(promise=here.promise, key="nytt-2", on="2026-09-01", text="Inläst.")

    signed_in(people.coordinator).post(reverse(ADDRESS, kwargs=WHERE), {"text": "Nytt.", "on": "2026-09-09"})

    assert set(here.promise.updates.values_list("key", flat=True)) == {"nytt-2", "nytt-3"}


def phone_photo() -> SimpleUploadedFile:
    """As a phone gives it: with where and when it was taken."""
    drawn = Image.new("RGB", (3000, 2000), "green")
    told = Image.Exif()
    told[0x0110], told[0x0132] = "Telefon 12", "2026:09:01 21:00:00"
    made = io.BytesIO()
    drawn.save(made, "JPEG", exif=told)
    return SimpleUploadedFile("IMG_1.jpg", made.getvalue(), "image/jpeg")


def test_update_with_a_photo_is_seen_by_all_and_tells_no_more_than_it_shows(here: Tuna, people: Cast) -> None:
    given = {"text": "Nu är lamporna bytta.", "on": "2026-09-01", "photo_text": "Nya lampor längs gången."}

    signed_in(people.coordinator).post(reverse(ADDRESS, kwargs=WHERE), given | {"photo": phone_photo()})

    page = Client().get("/tuna/2026/nytt/nytt-1/")
    assert 'alt="Nya lampor längs gången."' in page.text
    photo = Client().get("/tuna/2026/nytt/nytt-1/foto.jpg")
    assert photo.headers["Content-Type"] == "image/jpeg"
    seen = Image.open(io.BytesIO(photo.content))
    assert (max(seen.size), dict(seen.getexif())) == (1600, {})
    assert b"Telefon" not in photo.content


def test_a_photo_needs_words(here: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).post(
        reverse(ADDRESS, kwargs=WHERE), {"text": "Nu är lamporna bytta.", "on": "2026-09-01", "photo": phone_photo()}
    )

    assert page.status_code == 422
    assert "Skriv vad bilden visar." in page.text
    assert not here.promise.updates.exists()


def test_photo_of_a_hidden_promise_is_not_there(here: Tuna, people: Cast) -> None:
    given = {"text": "Bytta.", "on": "2026-09-01", "photo_text": "Lampor."}
    signed_in(people.coordinator).post(reverse(ADDRESS, kwargs=WHERE), given | {"photo": phone_photo()})
    here.promise.state = "draft"
    here.promise.save()

    assert Client().get("/tuna/2026/nytt/nytt-1/foto.jpg").status_code == 404


def test_pledges_of_an_unsigned_change_are_not_offered(here: Tuna, people: Cast) -> None:
    open_for_change(promise=here.promise, by=people.coordinator, kind=Amendment.Kind.AMENDMENT, reason="Mer behövs.")
    pledge(here.promise, "nytt", "Vi bygger en skridskobana.")

    page = signed_in(people.coordinator).get(reverse(ADDRESS, kwargs=WHERE))

    assert "Polisen gör minst åtta trafikkontroller." in page.text
    assert "skridskobana" not in page.text
