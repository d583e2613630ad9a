"""Nytt sedan sist."""

import pytest
from django.urls import reverse

from factories import Tuna
from lofte.followup.models import Update
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
