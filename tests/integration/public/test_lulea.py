"""Luleå 2018: two reports that count some days twice. Each is judged on its own days, and they are never added up."""

from pathlib import Path

import pytest
from django.test import Client

from lofte.exchange.reading import load_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lulea(checkout: Path) -> None:
    load_file(checkout / "examples/lulea-2018.json")


def reports(client: Client) -> list[str]:
    page = client.get("/lulea/2018/")
    return [row.link.url for row in page.context["reports"] if row.link]


@pytest.mark.parametrize(
    ("number", "done", "label"),
    [
        (0, "71 trafikkontroller på 92 dagar, 0,77 om dagen", "Inte hållet"),
        (1, "301 trafikkontroller på 245 dagar, 1,23 om dagen", "Hållet"),
    ],
)
def test_checks_each_day(client: Client, number: int, done: str, label: str) -> None:
    page = client.get(reports(client)[number])

    checks = next(each for each in page.context["pledges"] if each.key == "trafikkontroll-varje-dygn")
    assert list(checks.done) == [done]
    assert checks.verdict.label == label
    assert done in page.text


def test_the_two_reports_are_never_added_up(client: Client) -> None:
    texts = [client.get(url).text for url in (*reports(client), "/lulea/2018/")]

    assert not any("372" in text for text in texts)
    assert "Rapporterna räknar delvis samma dagar. Talen går inte att lägga ihop." in texts[1]
    assert "71 trafikkontroller, 0,77 om dagen" in texts[1]
