"""From a file to a public page: read, correct, look, publish."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from factories import Tuna
from lofte.core.models import Event
from lofte.followup.models import Period
from lofte.parties.models import Cycle, Organisation, Role
from lofte.places.models import Municipality
from lofte.promises.models import CitizenPromise, Pledge
from people import Cast, as_nobody, person, signed_in

UPLOAD = reverse("desk:upload")
TEXT = """Medborgarlöfte 2025 i Strängnäs kommun

Situationen idag
Lägesbilden för 2024 visar oro för buskörning i centrum. Det bygger på medborgardialoger och medarbetardialoger.

Det här ska vi göra
Polisen och Strängnäs kommun lovar att under 2025 arbeta för lugnare kvällar i centrum.
- Polisen ska göra minst åtta trafikkontroller i centrum.
- Strängnäs kommun ska byta lamporna i parken.

Det här ska vi åstadkomma tillsammans
Vi vill att fler ska våga gå ut på kvällen.

Följ med i hur det går!
Arbetet följs upp tertialvis och redovisas på polisen.se i maj och september 2025 samt januari 2026.
"""


@pytest.fixture
def coordinator(db: None) -> Client:
    """A coordinator in the kommun that the documents are about."""
    kommun = Municipality.objects.create(name="Strängnäs", code="0486", slug="strangnas")
    own = Organisation.objects.create(municipality=kommun, key="kommunen", kind="municipality", name="Strängnäs kommun")
    return signed_in(person("strangnas", own, Role.COORDINATOR))


def send(client: Client, content: bytes | str, name: str = "lofte.txt", kommun: str = "strangnas") -> Any:
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, raw)
    where = Municipality.objects.get(slug=kommun).pk
    return client.post(UPLOAD, {"municipality": where, "file": file}, follow=True)


def correction(page: Any) -> dict[str, str]:
    """What the browser would send back: every control of the form as it stands."""
    form = page.context["form"]
    sent: dict[str, Any] = {"antal": str(len(form.pledges))}
    for part in form.forms:
        for field in part:
            value = field.value()
            if value is not None and value is not False:
                sent[field.html_name] = value
    return sent


def test_document_becomes_a_form_with_what_was_read(coordinator: Client) -> None:
    page = send(coordinator, TEXT)

    assert page.redirect_chain[-1][0] == reverse("promises:correct", args=["strangnas", "2025"])
    assert "Polisen ska göra minst åtta trafikkontroller i centrum." in page.text
    assert "Vi vill att fler ska våga gå ut på kvällen." in page.text
    assert CitizenPromise.objects.get().state == "draft"


def test_guesses_and_what_was_left_over_are_shown(coordinator: Client) -> None:
    page = send(coordinator, "Sida 3 av 4, bilaga KS 4711\n\n" + TEXT)

    assert "stycke i filen hamnade ingenstans" in page.text
    assert "KS 4711" in page.text
    assert "Gissat:" in page.text or "är gissad" in page.text


def test_file_to_public_page(coordinator: Client) -> None:
    page = send(coordinator, TEXT)
    given = correction(page) | {"short_line": "Lugnare kvällar i centrum"}
    given |= {"lofte0-kind": "count", "lofte0-amount": "8", "lofte0-unit": "trafikkontroller"}

    looked = coordinator.post(page.request["PATH_INFO"], given, follow=True)
    published = coordinator.post(reverse("desk:publish", args=["strangnas", "2025"]), follow=True)
    public = as_nobody().get(reverse("public:promise", args=["strangnas", "2025"]))

    assert "Så här kommer andra att läsa löftet." in looked.text
    assert "minst 8 trafikkontroller" in looked.text
    assert "Löftet är publicerat" in published.text
    assert public.status_code == 200
    assert "Lugnare kvällar i centrum" in public.text
    assert "gjord i efterhand" in public.text
    assert Event.objects.filter(verb="promise.active", is_public=True).exists()


def test_periods_of_an_old_promise_are_not_called_missing(coordinator: Client) -> None:
    page = send(coordinator, TEXT)
    coordinator.post(page.request["PATH_INFO"], correction(page) | {"short_line": "Lugnare kvällar"})

    coordinator.post(reverse("desk:publish", args=["strangnas", "2025"]))

    stages = dict(Period.objects.values_list("label", "stage"))
    assert stages == {"2025-T1": "none_found", "2025-T2": "none_found", "2025-T3": "none_found"}


def test_draft_is_seen_by_nobody_else(coordinator: Client) -> None:
    send(coordinator, TEXT)

    assert as_nobody().get(reverse("public:promise", args=["strangnas", "2025"])).status_code == 404


def test_publishing_needs_a_short_line(coordinator: Client) -> None:
    send(coordinator, TEXT)

    page = coordinator.post(reverse("desk:publish", args=["strangnas", "2025"]))

    assert page.status_code == 422
    assert "Skriv den korta versionen först." in page.text
    assert CitizenPromise.objects.get().state == "draft"


def test_pledges_are_added_and_removed_without_javascript(coordinator: Client) -> None:
    page = send(coordinator, TEXT)
    address = page.request["PATH_INFO"]
    given = correction(page) | {"short_line": "Lugnare kvällar", "lofte1-text": "Kommunen byter alla lampor."}

    added = coordinator.post(address, given | {"nytt-lofte": "1"})
    written = correction(added) | {"lofte2-text": "Vi möts varje månad.", "lofte2-kind": "none"}
    removed = coordinator.post(address, written | {"ta-bort": "0"})
    coordinator.post(address, correction(removed))

    assert added.status_code == 200
    assert "Kommunen byter alla lampor." in added.text
    pledges = CitizenPromise.objects.get().pledges.all()
    assert [pledge.text for pledge in pledges] == ["Kommunen byter alla lampor.", "Vi möts varje månad."]
    assert [pledge.activities.get().text for pledge in pledges] == [pledge.text for pledge in pledges]


def test_a_party_the_reader_missed_is_added(coordinator: Client) -> None:
    page = send(coordinator, TEXT)
    address = page.request["PATH_INFO"]

    added = coordinator.post(address, correction(page) | {"ny-part": "Parkbostäder", "lagg-till-part": "1"})
    bolaget = Organisation.objects.get(name="Parkbostäder")
    given = correction(added) | {"short_line": "Lugnt", "lofte1-parties": [str(bolaget.pk)]}
    coordinator.post(address, given)

    assert list(Pledge.objects.get(key="lofte-2").parties.all()) == [bolaget]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"short_line": ""}, "Fyll i kort version."),
        ({"short_line": "x" * 71}, "70 tecken"),
        ({"ends": "2024-01-01"}, "Slutet kommer före början."),
        ({"lofte0-text": ""}, "Fyll i löfte."),
        ({"lofte0-kind": "count", "lofte0-unit": "möten"}, "Skriv antalet, eller välj ”Inget antal”."),
        ({"lofte0-kind": "count", "lofte0-amount": "3"}, "Skriv vad som räknas"),
        ({"rhythm": "custom"}, "Skriv minst en dag då rapport ska komma."),
        ({"rhythm": "custom", "report_days": "första maj"}, "Skriv datum som 2026-05-01"),
        ({"antal": "0"}, "Lägg till minst ett löfte."),
    ],
)
def test_mistakes_are_said_and_nothing_is_lost(coordinator: Client, given: dict[str, str], sentence: str) -> None:
    page = send(coordinator, TEXT)
    sent = correction(page) | {"short_line": "Lugnare kvällar", "desired_outcome": "Det här behåller jag."} | given

    refused = coordinator.post(page.request["PATH_INFO"], sent)

    assert refused.status_code == 422
    assert sentence in refused.text
    assert "Det här behåller jag." in refused.text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "tom.txt", "Filen är tom. Välj filen där löftet står."),
        (bytes(range(256)) * 20, "bild.txt", "Filen innehåller inte text."),
        (
            "Recept på pannkakor. Vispa mjöl, mjölk och ägg. Stek i smör." * 5,
            "recept.txt",
            "Inget löfte hittades i texten.",
        ),
        ("{", "lofte.json", "Filen är inte JSON"),
        (TEXT.replace("Strängnäs", "Eskilstuna"), "fel.txt", "Filen handlar om Eskilstuna"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(
    coordinator: Client, content: bytes | str, name: str, sentence: str
) -> None:
    page = send(coordinator, content, name)

    assert page.status_code == 422
    assert sentence in page.text
    assert not CitizenPromise.objects.exists()
    assert not Cycle.objects.exists()


def test_a_file_over_twenty_megabytes_is_refused_unread(coordinator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lofte.desk.forms.MAX_BYTES", 100)

    page = send(coordinator, TEXT)

    assert page.status_code == 422
    assert "högst 20 MB" in page.text


def test_a_document_without_a_year_gets_this_year_as_a_guess(coordinator: Client, today: dt.date) -> None:
    page = send(coordinator, TEXT.replace("2025", "").replace("2024", "").replace("2026", ""))

    assert "Perioden står inte i filen." in page.text
    assert CitizenPromise.objects.get().starts == dt.date(today.year, 1, 1)


def test_a_draft_can_be_thrown_away(coordinator: Client) -> None:
    send(coordinator, TEXT)
    address = reverse("desk:discard", args=["strangnas", "2025"])

    asked = coordinator.get(address)
    coordinator.post(address)

    assert "Ta bort utkastet?" in asked.text
    assert not CitizenPromise.objects.exists()
    assert not Cycle.objects.exists()
    assert Event.objects.filter(verb="promise.discarded").exists()


@pytest.fixture
def example(checkout: Path) -> bytes:
    return (checkout / "examples" / "strangnas-2019.json").read_bytes()


def test_promise_in_our_own_format_is_read_looked_at_and_published(coordinator: Client, example: bytes) -> None:
    looked = send(coordinator, example, "strangnas-2019.json")
    hidden = as_nobody().get(reverse("public:promise", args=["strangnas", "2019"]))
    coordinator.post(reverse("desk:publish", args=["strangnas", "2019"]))

    promise = CitizenPromise.objects.get()
    assert looked.status_code == 200
    assert "Fler" in looked.text
    assert hidden.status_code == 404
    assert promise.state == json.loads(example)["promise"]["state"]
    assert promise.periods.count() == len(json.loads(example)["periods"])


def test_the_same_file_again_leads_to_the_public_page(coordinator: Client, example: bytes) -> None:
    send(coordinator, example, "strangnas-2019.json")
    coordinator.post(reverse("desk:publish", args=["strangnas", "2019"]))

    again = send(coordinator, example, "strangnas-2019.json")

    assert again.redirect_chain[-1][0] == reverse("public:promise", args=["strangnas", "2019"])
    assert CitizenPromise.objects.count() == 1


def test_a_json_draft_can_be_thrown_away_too(coordinator: Client, example: bytes) -> None:
    send(coordinator, example, "strangnas-2019.json")

    coordinator.post(reverse("desk:discard", args=["strangnas", "2019"]))

    assert not CitizenPromise.objects.exists()


def test_a_published_promise_is_not_corrected(here: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).get(reverse("promises:correct", args=["tuna", "2026"]))

    assert page.status_code == 404


def test_the_seed_document_in_the_browser(coordinator: Client, shared: Path) -> None:
    page = send(coordinator, (shared / "seed" / "medborgarlofte-strangnas-2018.txt").read_bytes())
    coordinator.post(
        page.request["PATH_INFO"], correction(page) | {"short_line": "Unga ska inte dras in i kriminalitet"}
    )
    coordinator.post(reverse("desk:publish", args=["strangnas", "2018"]))

    public = as_nobody().get(reverse("public:promise", args=["strangnas", "2018"]))

    assert "Unga ska inte dras in i kriminalitet" in public.text
    assert Pledge.objects.count() == 3
