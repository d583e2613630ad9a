"""The authorities' own files, as recorded: each ends as a data set with the totals that the source says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from data_files import work
from factories import area, cycle, kommun
from lofte.evidence.models import AreaFigure, DataSet, Fact
from lofte.places.models import Area, Municipality
from people import cast, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.VAR = tmp_path


def read_in(path: Path, name: str, code: str, *areas: str) -> DataSet:
    where = kommun(name.translate(str.maketrans("åäö", "aao")), code)
    Municipality.objects.filter(code=code).update(name=name)
    for each in areas:
        area(where, each)
    cycle(where)
    client = signed_in(cast(where).coordinator)
    root = f"/arbete/{where.municipality.slug}/siffror/2026/fil/"
    with path.open("rb") as file:
        page = client.post(root, {"file": file})
    work()
    _say_yes(client, page.headers["Location"])
    return DataSet.objects.get()


def _say_yes(client: Client, address: str) -> None:
    form = client.get(address).context["form"]
    answer = client.post(f"{address}las-in/", {name: form[name].value() or "" for name in form.fields})
    assert answer.status_code == 302
    work()


def test_reported_crime_of_lulea_and_boden(shared: Path) -> None:
    data_set = read_in(shared / "data/sources/bra_sol_2026-08_lulea_boden.csv", "Luleå", "2580")

    assert data_set.totals == {"Luleå kommun": 652, "Boden": 225}
    assert (data_set.rows_in, data_set.rows_used, data_set.is_preliminary) == (78, 78, True)
    totals = Fact.objects.filter(category__startswith="Total").values_list("scope", "count")
    assert sorted(totals) == [("municipality", 652), ("other", 225)]


def test_population_of_sweden_counts_everyone_and_keeps_our_own(shared: Path) -> None:
    path = shared / "data/places/regso_foreign_born.csv"

    data_set = read_in(path, "Strängnäs", "0486", "Mariefred", "Åkers styckebruk")

    assert data_set.totals["2023"] == 10_551_707
    assert set(Fact.objects.values_list("place", flat=True)) == {"Mariefred", "Åkers styckebruk"}
    assert AreaFigure.objects.count() == 0


def test_kolada_extract_of_one_indicator(shared: Path) -> None:
    data_set = read_in(shared / "data/sources/values_n00945.csv", "Stockholm", "0180")

    assert data_set.rows_in == data_set.rows_used == Fact.objects.count()
    assert AreaFigure.objects.filter(scope="municipality").exists()


def test_pxweb_answer_becomes_a_population(shared: Path) -> None:
    read_in(shared / "data/sources/pxwebapi2_tab638_data.json", "Stockholm", "0180")

    assert list(Fact.objects.filter(scope="municipality").values_list("count", flat=True)) == [984_748, 988_943]


def test_notices_of_the_police_are_context_and_never_a_figure(shared: Path) -> None:
    data_set = read_in(shared / "data/sources/api_response_recorded_2026-08-22.json", "Stockholm", "0180")

    assert (data_set.is_context_only, data_set.rows_used) == (True, 500)
    assert not Fact.objects.exists()
    assert not AreaFigure.objects.exists()


def test_boundaries_of_the_country_give_our_own_areas(shared: Path) -> None:
    where = kommun("Trosa", "0488")
    cycle(where)
    client = signed_in(cast(where).coordinator)
    with (shared / "data/places/regso_2025_simplified25m_epsg3006.parquet").open("rb") as file:
        address = client.post("/arbete/trosa/siffror/2026/fil/", {"file": file}).headers["Location"]
    work()
    client.post(f"{address}las-in/")
    work()

    areas = where.municipality.areas.all()
    assert {each.kind for each in areas} == {Area.Kind.REGSO}
    assert {each.code[:4] for each in areas} == {"0488"}
    assert all(each.geometry for each in areas)
