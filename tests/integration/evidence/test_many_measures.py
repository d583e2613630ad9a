"""A place with very many measures: the page shows a few, leads to each of the others, and stays light."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import Kommun, area, cycle, kommun
from lofte.evidence.measures import MOST_SHOWN, Metric, chosen
from lofte.evidence.models import AreaFigure, DataSet, FigureRelease
from lofte.places.models import Area
from people import as_nobody, cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 480
LIGHT = 60_000
ADDRESSES = ("/arbete/tuna/siffror/2026/plats/norr/", "/tuna/siffror/norr/")


@pytest.fixture
def tuna(db: None) -> Kommun:
    where = kommun()
    data_set = DataSet.objects.create(
        cycle=cycle(where), key="data", title="Händelser", publisher="Tuna", series="data", source="bra_sol",
        contract="counts", definition="Rapporterat.",
    )  # fmt: skip
    figures = [
        figure(data_set, part, number, year)
        for part in (None, area(where, "Norr"))
        for number in range(MANY)
        for year in range(2022, 2026)
    ]
    AreaFigure.objects.bulk_create(figures)
    FigureRelease.objects.create(
        data_set=data_set, content=content(figures), sha256="0" * 64, published_at=timezone.now()
    )
    return where


def figure(data_set: DataSet, part: Area | None, number: int, year: int) -> AreaFigure:
    count = 20 + (number * year) % 17
    return AreaFigure(
        data_set=data_set, area=part, scope="area" if part else "municipality", place=part.name if part else "Tuna",
        category=f"Händelser av slag {number}", starts=dt.date(year, 1, 1), ends=dt.date(year, 12, 31), kind="count",
        unit="händelser", value=count, low=count - 8, high=count + 10, n=count, rate=count / 4, rate_low=count / 5,
        rate_high=count / 3, rate_unit="per 1 000 invånare och år", method="exact residents:2025",
    )  # fmt: skip


def content(figures: list[AreaFigure]) -> dict[str, Any]:
    about = dict.fromkeys(("title", "definition", "attribution", "licence", "edition"), "Data")
    rows = [
        {
            "scope": one.scope, "area": one.area.key if one.area else "", "place": one.place, "category": one.category,
            "group": "", "starts": one.starts.isoformat(), "ends": one.ends.isoformat(), "kind": "count",
            "unit": one.unit, "method": one.method, "is_preliminary": False, "is_effort_driven": False,
            "hidden": False, "value": one.value, "low": one.low, "high": one.high, "n": one.n,
        }
        for one in figures
    ]  # fmt: skip
    told = {"series": "data", "known_from": "", "is_preliminary": False, "notes": [], "control": {"method": ""}}
    return about | told | {"figures": rows}


def reader(tuna: Kommun, address: str) -> Client:
    return signed_in(cast(tuna).coordinator) if address.startswith("/arbete/") else as_nobody()


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_with_very_many_measures_is_light_and_asks_little(tuna: Kommun, address: str) -> None:
    client = reader(tuna, address)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)

    assert len(asked) <= 12
    assert len(gzip.compress(answer.content)) < LIGHT
    assert answer.content.decode().count("<svg xmlns") <= 2 * MOST_SHOWN


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_other_measure_is_one_click_away(tuna: Kommun, address: str) -> None:
    client = reader(tuna, address)
    last = Metric("data", f"Händelser av slag {MANY - 1}", "").key
    first = client.get(address).content.decode()

    asked = client.get(address, {"visa": last}).content.decode()

    assert f'href="?visa={last}#m-{last}"' in first
    assert f'id="m-{last}"' not in first
    assert f'id="m-{last}"' in asked


def test_choice_is_what_is_asked_for_then_what_is_used_then_sums() -> None:
    measures = [Metric("a", name, "") for name in ("Brand", "Stöld", "Totalt", "Våld")] + [Metric("b", "Buller", "")]

    found = chosen(measures, asked=measures[3].key, used={measures[1].key}, most=3)

    assert [measure.category for measure in found] == ["Stöld", "Totalt", "Våld"]


def test_each_data_set_gets_its_turn() -> None:
    measures = [Metric("a", name, "") for name in ("Brand", "Stöld", "Våld")] + [Metric("b", "Buller", "")]

    assert [measure.category for measure in chosen(measures, asked="", used=(), most=2)] == ["Brand", "Buller"]
