"""One measure over the parts of a kommun and beside others: map with its table, marks, and kommuner like it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from data_files import ROOT, DataSite, data_site, incidents, work
from lofte.evidence.measures import Metric
from lofte.evidence.models import AreaFigure, DataSet, Likeness
from people import as_nobody

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE = "Område;År;Folkmängd\nNorr;2025;4 000\nSöder;2025;2 000\n"


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> DataSite:
    settings.MEDIA_ROOT = tmp_path
    settings.VAR = tmp_path
    return data_site()


def whole_year(north: int, south: int) -> str:
    return incidents(*(f"2025-0{1 + at % 9}-11;klotter;Norr" for at in range(north)),
                     *(f"2025-0{1 + at % 9}-12;klotter;Söder" for at in range(south)))  # fmt: skip


@pytest.fixture
def data_set(here: DataSite) -> DataSet:
    here.read_in("folk.csv", PEOPLE, definition="Folkbokförda.")
    return here.read_in("handelser.csv", whole_year(20, 3), title="Händelser", definition="Rapporterat.",
                        starts="2025-01-01", ends="2025-12-31")  # fmt: skip


def address(data_set: DataSet, category: str = "klotter") -> str:
    return f"{ROOT}matt/{Metric(data_set.series, category, '').key}/"


def test_map_shows_rates_and_hatches_what_has_none(here: DataSite, data_set: DataSet) -> None:
    page = here.coordinator.get(address(data_set)).content.decode()

    assert "<title>Norr: 5</title>" in page
    assert "<title>Söder: visas inte</title>" in page
    assert 'class="place none"' in page
    assert "Gränser: 2026." in page
    assert '<th scope="row">Söder</th><td>3 händelser</td>' in page


def test_area_without_a_figure_stands_in_the_map_by_name(here: DataSite, data_set: DataSet) -> None:
    AreaFigure.objects.filter(data_set=data_set, area__key="soder", category="klotter").update(
        area=here.kommun.municipality.areas.create(key="oster", name="Öster")
    )

    page = here.coordinator.get(address(data_set)).content.decode()

    assert "<title>Söder: visas inte</title>" in page


def test_what_is_out_keeps_its_boundaries_and_draws_no_map_of_what_is_hidden(here: DataSite, data_set: DataSet) -> None:
    here.coordinator.post(f"{ROOT}data/{data_set.key}/publicera/")
    work()
    release = data_set.releases.get()
    here.coordinator.post(f"{ROOT}data/{data_set.key}/publicera/", {"publicera": release.pk})
    here.kommun.municipality.areas.update(geometry=None)

    page = as_nobody().get(f"/tuna/siffror/matt/{Metric(data_set.series, 'klotter', '').key}/").content.decode()

    assert ">3 händelser" not in page
    assert '<th scope="row">Söder</th><td>visas inte</td>' in page
    assert 'class="place' not in page  # Norr is hidden too, or the kommun minus Norr would tell
    assert (release.content["outlines"]["edition"], set(release.content["outlines"]["paths"])) == (
        "2026", {"norr", "soder"}
    )  # fmt: skip


def test_no_map_where_the_edition_of_the_boundaries_is_unknown(here: DataSite) -> None:
    here.kommun.municipality.areas.update(edition="")

    data_set = here.read_in("h.csv", whole_year(20, 9), definition="Rapporterat.", starts="2025-01-01",
                            ends="2025-12-31")  # fmt: skip

    assert data_set.outlines == {}
    assert 'class="place' not in here.coordinator.get(address(data_set)).content.decode()


def test_mark_stands_in_the_chart_and_can_be_taken_away(here: DataSite, data_set: DataSet) -> None:
    marks = f"{ROOT}data/{data_set.key}/marken/"
    here.coordinator.post(marks, {"on": "2025-10-01", "text": "Nytt system för anmälan"})

    page = here.coordinator.get(f"{ROOT}plats/norr/").content.decode()
    here.coordinator.post(marks, {"bort": "0"})

    assert 'class="mark"' in page
    assert "1 oktober 2025: Nytt system för anmälan" in page
    data_set.refresh_from_db()
    assert data_set.marks == []


def test_kommuner_like_one_are_chosen_and_stand_by_name_and_never_by_size(here: DataSite, data_set: DataSet) -> None:
    values = {("municipality", "Tuna kommun"): 20, ("other", "Bergby"): 30, ("other", "Almby"): 10,
              ("other", "Storstad"): 50, ("around", "Hela riket"): 25}  # fmt: skip
    for (scope, place), value in values.items():
        AreaFigure.objects.create(
            data_set=data_set, scope=scope, place=place, category="Otrygg", kind="share", unit="procent", value=value,
            low=value - 4, high=value + 4, starts=dt.date(2025, 1, 1), ends=dt.date(2025, 12, 31),
        )  # fmt: skip
    before = here.coordinator.get(address(data_set, "Otrygg")).content.decode()
    here.coordinator.post(f"{ROOT}jamforbara/", {"places": ["Bergby", "Almby"], "reason": "Koladas grupp 2025"})

    page = here.coordinator.get(address(data_set, "Otrygg")).content.decode()

    assert "Bergby" not in before
    order = [page.index(f'<th scope="row">{name}</th>') for name in ("Tuna kommun", "Almby", "Bergby", "Hela riket")]
    assert order == sorted(order)
    assert "Storstad" not in page
    assert "Koladas grupp 2025" in page
    assert Likeness.objects.get().places == ["Bergby", "Almby"]
