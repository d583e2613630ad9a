"""A report judges a rate on its own days and a count by the pace so far."""

from pathlib import Path

import pytest
from django.test import Client

from lofte.exchange.reading import load_file

pytestmark = pytest.mark.django_db


def pledges(client: Client, page: str) -> dict[str, tuple[str, str]]:
    shown = client.get(page).context["pledges"]
    return {pledge.key: (pledge.verdict.label, " ".join(pledge.done)) for pledge in shown}


def test_lulea_2018_one_check_a_day_in_two_reports_that_overlap(client: Client, checkout: Path) -> None:
    """May–July 71 checks, May–December 301: 0.77 and 1.23 a day, never added (the police wrote 0.78)."""
    promise = load_file(checkout / "examples/lulea-2018.json").promise
    first, last = promise.periods.filter(stage="published").order_by("ends")

    summer = pledges(client, f"/lulea/{promise.slug}/rapport/{first.label}/")
    whole = pledges(client, f"/lulea/{promise.slug}/rapport/{last.label}/")
    key = next(key for key, (_label, done) in whole.items() if "301" in done)

    assert (summer[key][0], whole[key][0]) == ("Inte hållet", "Hållet")
    assert "0,77 om dagen" in summer[key][1]
    assert "1,23 om dagen" in whole[key][1]


def test_a_third_of_a_count_after_a_third_of_the_year_is_on_track(client: Client, checkout: Path) -> None:
    load_file(checkout / "examples/exempelkoping-2025.json")
    load_file(checkout / "examples/exempelkoping-2026.json")

    labels = {
        label for label, done in pledges(client, "/exempelkoping/2026/rapport/2026-T1/").values() if "40 " in done
    }

    assert labels == {"Enligt plan"}


def test_each_answer_says_which_days_it_is_about(client: Client, checkout: Path) -> None:
    """A rate may be kept over the year and not in its last months: both pages are right, and the report says why."""
    load_file(checkout / "examples/exempelkoping-2025.json")

    shown = client.get("/exempelkoping/2025/rapport/2025-T3/").context["pledges"]
    told = {pledge.verdict.because.split(". ")[0] for pledge in shown}
    evenings = next(pledge for pledge in shown if "om dagen" in str(pledge.done) or "i veckan" in str(pledge.done))

    assert all(each.startswith("Gäller ") for each in told)
    assert "Gäller hela löftets tid, 2025" in told
    assert evenings.verdict.because.startswith("Gäller september–december 2025. Löftets sida räknar alla rapporter.")
