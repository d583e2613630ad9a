"""The act's registers in the browser, the plan's own follow-up, and the papers and bundle that come of them."""

import io
import json
import zipfile

import pytest
from django.test import Client
from pypdf import PdfReader

from factories import Tuna, report, tuna
from lofte.core.models import Event
from lofte.parties.models import CooperationAgreement
from lofte.statute.models import CouncilMeeting, StrategicCouncil
from lofte.statute.registers import REGISTERS
from people import cast, signed_in
from pictures import DECISION, PictureSite, picture_site, post

LAW = "/arbete/tuna/lagen/"
PLAN = "/arbete/tuna/atgardsplan/2026/plan/"


@pytest.fixture
def here(db: None) -> PictureSite:
    return picture_site()


def fill(here: PictureSite) -> None:
    """One row in each register but the plan's follow-up, through the forms."""
    client, own, police = here.coordinator, here.kommun.own.pk, here.kommun.police.pk
    client.post(f"{LAW}register/rad/", {"name": "Trygghetsrådet", "led_by": own, "chair": "ordförande"})
    council = StrategicCouncil.objects.get().pk
    for organisation in (own, police):
        client.post(f"{LAW}register/ledamoter/", {"council": council, "organisation": organisation,
                                                  "position": "chef", "is_leading": "on"})  # fmt: skip
    client.post(f"{LAW}register/moten/", {"council": council, "on": "2026-10-01"})
    client.post(f"{LAW}register/samordning/", {"holder": "Samordnare", "starts": "2025-01-01", "task": "Samordna",
                                               "contact": "trygg@tuna.example"})  # fmt: skip
    client.post(f"{LAW}register/rapporter/", {"body": "KS", "on": "2026-09-01", "minutes_reference": "§ 4"})
    client.post(f"{LAW}register/overenskommelser/", {"cycle": here.cycle.pk, "title": "Med polisen",
                                                     "purposes": "Trygghet", "subjects": "Unga\nTrafik"})  # fmt: skip


def test_rows_come_in_by_form_and_stand_on_the_page(here: PictureSite) -> None:
    fill(here)

    page = here.officer.get(f"{LAW}register/").text

    assert all(str(each.title) in page for each in REGISTERS)
    assert "Trygghetsrådet" in page
    assert CooperationAgreement.objects.get().subjects == ["Unga", "Trafik"]
    assert Event.objects.filter(verb="statute.registered").count() == 7


def test_a_row_is_changed_and_taken_away(here: PictureSite) -> None:
    fill(here)
    meeting = CouncilMeeting.objects.get()
    address = f"{LAW}register/moten/{meeting.pk}/"

    here.coordinator.post(address, {"council": meeting.council_id, "on": "2026-10-02", "subjects": "Skolan"})
    meeting.refresh_from_db()
    here.coordinator.post(address, {"ta-bort": "ja"})

    assert (str(meeting.on), meeting.subjects) == ("2026-10-02", "Skolan")
    assert not CouncilMeeting.objects.exists()


def test_another_kommuns_row_is_not_there(here: PictureSite) -> None:
    fill(here)
    pk = StrategicCouncil.objects.get().pk

    assert signed_in(here.people.neighbour).get(f"{LAW}register/rad/{pk}/").status_code == 404


def test_a_council_offers_no_other_kommuns_organisations(here: PictureSite) -> None:
    form = here.coordinator.get(f"{LAW}register/rad/").context["form"]

    assert {each.municipality_id for each in form.fields["led_by"].queryset} == {here.kommun.municipality.pk}


# --- the plan's own follow-up


def test_one_report_serves_promise_and_plan(db: None) -> None:
    site: Tuna = tuna()
    client = signed_in(cast(site.kommun).coordinator)
    plan = site.promise.cycle.action_plans.create(key="plan", title="Planen")
    measure = plan.measures.create(key="m", text="Lugnare trafik")
    plan.measures.create(key="tom", text="Annat")
    measure.pledge_links.create(pledge=site.checks.pledge)
    report(site.late, site.checks, 5)

    page = client.get(f"{LAW}plan/2026/plan/").text

    assert site.checks.text in page
    assert site.late.label in page
    assert "Ingen aktivitet är kopplad till åtgärden." in page


# --- papers


def text_of(body: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())


def adopt_and_decide(here: PictureSite) -> None:
    here.fill()
    here.coordinator.post("/arbete/tuna/atgardsplan/2026/")
    post(here.coordinator, f"{PLAN}atgard/ny/", text="Byta lamporna", problems=[here.picture.problems.get().pk],
         organisation=here.kommun.own.pk, cost_sek=1000)  # fmt: skip
    here.hand_over()
    here.adopt()
    post(here.coordinator, f"{PLAN}beslut/", **DECISION)


def test_answer_sheet_says_what_shows_each_and_no_percentage(here: PictureSite) -> None:
    adopt_and_decide(here)
    fill(here)

    said = text_of(here.officer.get(f"{LAW}svarsblad.pdf").content)

    assert "Trygghetsrådet" in said
    assert "Lägesbild antagen" in said
    assert "%" not in said


def test_appendix_names_decisions_measures_and_costs(here: PictureSite) -> None:
    adopt_and_decide(here)

    said = text_of(here.officer.get(f"{LAW}bilaga.pdf").content)

    assert "KS 2026:7" in said
    assert "Byta lamporna" in said


def packed(client: Client) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(client.get(f"{LAW}allt.zip").content))


def test_bundle_holds_picture_plan_list_and_index(here: PictureSite) -> None:
    adopt_and_decide(here)

    archive = packed(here.coordinator)

    wanted = {"lagesbild.pdf", "lagesbild.docx", "lagesbild.json", "atgardsplan.pdf", "atgardsplan.docx",
              "atgardsplan.json", "svarsblad.pdf", "bilaga.pdf", "lagkrav.json", "index.html"}  # fmt: skip
    assert set(archive.namelist()) == wanted
    assert len(json.loads(archive.read("lagkrav.json"))) == 30
    assert all(name in archive.read("index.html").decode() for name in wanted - {"index.html"})
    assert b"HEMLIG" not in b"".join(archive.read(name) for name in archive.namelist() if name.endswith("json"))


def test_bundle_of_an_empty_kommun_says_what_is_missing(here: PictureSite) -> None:
    index = packed(here.coordinator).read("index.html").decode()

    assert "Saknas: antagen lägesbild" in index
    assert "Saknas: beslutad åtgärdsplan" in index


def test_same_day_gives_the_same_bundle(here: PictureSite) -> None:
    assert here.coordinator.get(f"{LAW}allt.zip").content == here.coordinator.get(f"{LAW}allt.zip").content
