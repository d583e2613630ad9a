"""From a file to figures in the pages: recognised or mapped, tried, read in by the worker, and shown for a place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from data_files import (
    ROOT,
    DataSite,
    bra_workbook,
    data_site,
    incidents,
    kolada_reply,
    three_years,
    work,
)
from lofte.core import jobs
from lofte.core.models import Event, Job
from lofte.evidence.data_actions import IMPORT
from lofte.evidence.models import AreaFigure, DataSet, Fact
from lofte.imports.models import ColumnMapping, Upload
from people import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> DataSite:
    settings.MEDIA_ROOT = tmp_path
    settings.VAR = tmp_path
    return data_site()


def test_incidents_are_tried_and_nothing_is_saved(here: DataSite) -> None:
    upload = here.give("handelser.csv", three_years() + "i går;klotter;Norr\n2026-01-02;klotter;Öster\n")

    assert upload.state == Upload.State.TRIED
    assert (upload.rows_in, upload.rows_used, upload.rows_rejected) == (49, 47, 2)
    page = here.coordinator.get(here.page(upload)).content.decode()
    assert "47 av 49 rader går att använda" in page
    assert "har en kommundel som inte finns inläst" in page
    assert "i går" not in page
    assert not DataSet.objects.exists()


def test_only_area_month_and_category_of_incidents_are_kept(here: DataSite) -> None:
    here.read_in("handelser.csv", three_years(), definition="Skadegörelse som skolan rapporterat.",
                 starts="2024-01-01", ends="2026-04-30")  # fmt: skip

    facts = Fact.objects.order_by("pk")
    assert sum(fact.count or 0 for fact in facts) == 47
    assert {fact.starts.day for fact in facts} == {1}
    assert {fact.category for fact in facts} == {"skadegörelse"}
    assert {fact.area.name for fact in facts if fact.area} == {"Norr", "Söder"}


def test_figures_compare_the_same_part_of_each_year(here: DataSite) -> None:
    here.read_in("handelser.csv", three_years(), definition="Rapporterat av skolan.", starts="2024-01-01",
                 ends="2026-04-30")  # fmt: skip

    north = AreaFigure.objects.get(area=here.north, starts=dt.date(2026, 1, 1))
    assert (north.n, north.comparison["direction"], north.comparison["mean"]) == (20, "higher", 6.5)
    page = here.coordinator.get(f"{ROOT}plats/norr/").content.decode()
    assert "I Norr är 20 händelser av slaget skadegörelse registrerade under januari–april 2026." in page
    assert (
        "Det är fler än samma tid de två åren före, då snittet var 6,5: 3,1 gånger så många (osäkerhet 1,5–6,7)."
        in page
    )
    south = here.coordinator.get(f"{ROOT}plats/soder/").content.decode()
    assert "Det går inte att se någon säker skillnad mot samma tid de två åren före" in south
    assert "Det är så få händelser" in south


def test_a_period_that_the_file_does_not_cover_gives_no_figure(here: DataSite) -> None:
    here.read_in("handelser.csv", three_years(), definition="Rapporterat.", starts="2024-02-01", ends="2026-04-30")

    starts = set(AreaFigure.objects.values_list("starts", flat=True))
    assert dt.date(2024, 1, 1) not in starts
    assert dt.date(2025, 1, 1) in starts


def test_points_are_placed_and_those_outside_are_told(here: DataSite) -> None:
    rows = [
        "Datum;Typ;lat;lon",
        "2026-03-01;brand;59.38;16.67",
        "2026-03-02;brand;59.38;16.85",
        "2026-03-03;brand;55.6;13",
    ]

    upload = here.give("punkter.csv", "\n".join(rows))
    here.take_in(upload, definition="Bränder.", starts="2026-01-01", ends="2026-04-30")

    assert sorted(Fact.objects.values_list("area__name", "count")) == [("Norr", 1), ("Söder", 1)]
    upload.refresh_from_db()
    assert (upload.rows_in, upload.rows_used) == (3, 2)
    assert "ligger utanför kommunens områden" in upload.problems[0]["reason"]


def test_bra_workbook_becomes_two_data_sets_with_benchmarks(here: DataSite) -> None:
    here.read_in("Tuna.xlsx", bra_workbook(), known_from="2026-04-03")

    assert sorted(DataSet.objects.values_list("series", "is_preliminary")) == [
        ("bra_indicators-counts", True), ("bra_indicators-indicators", False),
    ]  # fmt: skip
    page = here.coordinator.get(f"{ROOT}plats/norr/").content.decode()
    assert "I Tuna kommun är 498 händelser av slaget skadegörelsebrott registrerade under 2025." in page
    assert "Hela riket" in page
    assert "Södermanlands län" in page
    assert "Källa: Brå, Indikatorer för kommuners lägesbild" in page


def test_effort_driven_crime_is_never_said_to_be_more(here: DataSite) -> None:
    here.read_in("Tuna.xlsx", bra_workbook())

    narcotics = AreaFigure.objects.get(category="Narkotikabrott", scope="municipality", starts=dt.date(2025, 1, 1))
    assert narcotics.comparison["direction"] == "not_judged"
    page = here.coordinator.get(f"{ROOT}plats/hela/").content.decode()
    assert "Talet jämförs inte med året före. Sådana brott upptäcks mest när polisen letar efter dem." in page


def test_kolada_share_stands_with_its_interval_and_both_years(here: DataSite) -> None:
    here.read_in("kolada.json", kolada_reply())

    share = AreaFigure.objects.get(category__startswith="NTU", ends=dt.date(2024, 12, 31))
    assert (share.starts, share.value, share.low, share.high) == (dt.date(2023, 1, 1), 22, 18, 26)
    assert share.comparison["direction"] == "lower"
    page = here.coordinator.get(f"{ROOT}plats/hela/").content.decode()
    assert "22 procent 2023–2024 (osäkerhet 18–26)" in page


def test_a_new_edition_stands_beside_the_first(here: DataSite) -> None:
    first = here.read_in("Tuna.xlsx", bra_workbook(), known_from="2026-04-03")
    before = list(first.figures.values_list("pk", "value"))

    here.read_in("Tuna ny.xlsx", bra_workbook(damage=501), known_from="2026-06-01", edition="slutlig")

    assert list(first.figures.values_list("pk", "value")) == before
    page = here.coordinator.get(f"{ROOT}plats/hela/").content.decode()
    assert "Samma tid i andra utgåvor" in page
    assert "3 april 2026, preliminär" in page


def test_rates_need_people_and_come_when_the_population_does(here: DataSite) -> None:
    here.read_in("handelser.csv", three_years(), definition="Rapporterat.", starts="2024-01-01", ends="2026-04-30")
    assert AreaFigure.objects.filter(rate__isnull=False).count() == 0

    here.read_in("folk.csv", "Område;År;Folkmängd\nNorr;2025;4 000\nSöder;2025;2 000\n", definition="Folkbokförda.")

    north = AreaFigure.objects.get(area=here.north, starts=dt.date(2026, 1, 1), is_current=True)
    assert north.rate == 15
    assert north.rate_low < 15 < north.rate_high
    assert north.method == "exact residents:2025"


def test_unknown_file_is_asked_about_once_and_remembered(here: DataSite) -> None:
    def mine(*rows: str) -> str:
        return "\n".join(("När det hände;Sak;Bostadsområde", *rows))

    upload = here.give("egen.csv", mine("2026-03-01;klotter;Norr", "2026-03-05;klotter;Söder"))
    page: Any = here.coordinator.get(here.page(upload))
    assert page.status_code == 302
    meaning = f"{here.page(upload)}kolumner/?slag=incidents"
    assert here.coordinator.get(meaning).status_code == 200
    here.coordinator.post(
        meaning,
        {"occurred_at": "När det hände", "category": "Sak", "district": "Bostadsområde", "crs": "EPSG:4326"},
    )
    work()
    upload.refresh_from_db()
    here.take_in(upload, definition="Klotter.", starts="2026-01-01", ends="2026-04-30")

    again = here.give("egen2.csv", mine("2026-02-01;klotter;Norr"))

    assert Fact.objects.count() == 2
    assert ColumnMapping.objects.get().layout
    assert (again.rows_in, again.rows_used) == (1, 1)


def test_the_same_file_again_changes_nothing(here: DataSite) -> None:
    here.read_in("Tuna.xlsx", content := bra_workbook())

    upload = here.give("Tuna (1).xlsx", content)

    page = here.coordinator.get(here.page(upload)).content.decode()
    assert "Filen är inläst." in page
    assert DataSet.objects.count() == 2


def test_a_file_about_another_kommun_is_refused(here: DataSite) -> None:
    upload = here.give("fel.xlsx", bra_workbook("Grannby kommun"))

    page = here.coordinator.get(here.page(upload)).content.decode()
    assert "Ingen rad i filen gäller Tuna kommun. Den gäller Grannby kommun" in page


def test_a_broken_file_is_refused_with_a_sentence(here: DataSite) -> None:
    upload = here.give("rapport.pdf", b"%PDF-1.7 ...")

    page = here.coordinator.get(here.page(upload)).content.decode()
    assert "Filen är ett dokument" in page


def test_a_cancelled_reading_saves_nothing(here: DataSite) -> None:
    here.coordinator.post(f"{ROOT}fil/", {"file": SimpleUploadedFile("h.csv", three_years().encode())})
    upload = Upload.objects.get()
    here.coordinator.post(f"{here.page(upload)}avbryt/")
    work()

    upload.refresh_from_db()
    assert upload.state == Upload.State.RECEIVED
    assert "Läsningen är avbruten" in here.coordinator.get(here.page(upload)).content.decode()
    here.coordinator.post(f"{here.page(upload)}provlas/")
    work()
    upload.refresh_from_db()
    assert upload.state == Upload.State.TRIED


def test_read_in_leaves_an_event_without_content(here: DataSite) -> None:
    here.read_in("handelser.csv", three_years(), definition="Rapporterat.")

    verbs = list(Event.objects.values_list("verb", flat=True))
    assert verbs == ["data_set.read", "upload.committed"]


def test_free_text_as_category_is_refused(here: DataSite) -> None:
    rows = [f"2026-03-01;Någon slog sönder ruta nummer {n} hos grannen;Norr" for n in range(200)]

    upload = here.give("text.csv", incidents(*rows))

    assert "Fritext läses aldrig in." in here.coordinator.get(here.page(upload)).content.decode()


def test_a_neighbour_sees_nothing_of_it(here: DataSite) -> None:
    upload = here.give("handelser.csv", three_years())
    neighbour = signed_in(here.people.neighbour)

    assert neighbour.get(here.page(upload)).status_code == 404
    assert neighbour.get(f"{ROOT}plats/norr/").status_code == 404


def test_a_job_begun_again_reads_nothing_twice(here: DataSite) -> None:
    data_set = here.read_in("handelser.csv", three_years(), definition="Rapporterat.")

    job = Job.objects.get(kind=IMPORT)
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
    jobs.run.func(str(job.key))

    assert DataSet.objects.get() == data_set


def test_file_and_what_was_told_of_its_rows_go_after_their_days(here: DataSite) -> None:
    upload = here.give("handelser.csv", three_years() + "i går;klotter;Norr\n")
    here.take_in(upload, definition="Rapporterat.")
    path = Path(upload.file.path)

    Upload.objects.update(delete_after=timezone.now())
    jobs.start("imports.delete-raw-files")
    work()

    upload.refresh_from_db()
    assert not path.exists()
    assert (upload.problems, upload.rows_rejected) == ([], 1)
    assert AreaFigure.objects.exists()


def test_very_many_rows_without_a_place_are_all_counted_and_the_first_are_told(here: DataSite) -> None:
    upload = here.give("handelser.csv", incidents(*["2026-03-01;klotter;Öster"] * 250, "2026-03-01;klotter;Norr"))

    assert (upload.rows_in, upload.rows_used, len(upload.problems)) == (251, 1, 200)


def test_how_many_have_reported_stands_beside_the_count(here: DataSite) -> None:
    """Two units report in January and February 2025, one in March and none in April: 5 of 8."""
    rows = ["2025-01-10;klotter;Norr;skolan", "2025-01-11;klotter;Norr;bolaget", "2025-02-10;klotter;Norr;skolan",
            "2025-02-11;klotter;Norr;bolaget", "2025-03-10;klotter;Norr;skolan"]  # fmt: skip
    text = "\n".join(("Datum;Händelsetyp;Kommundel;reporter_unit", *rows))

    data_set = here.read_in("h.csv", text, definition="Klotter.", starts="2025-01-01", ends="2025-04-30")

    assert data_set.reporters == {"2025-01": 2, "2025-02": 2, "2025-03": 1}
    page = here.coordinator.get(f"{ROOT}plats/norr/").content.decode()
    assert "62 procent av rapporterna har kommit" in page
    assert "Alla som brukar rapportera har inte gjort det." in page
