"""What goes out: official figures as they are, own counts after disclosure control, and nothing that changes later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data_files import ROOT, DataSite, bra_workbook, data_site, incidents, three_years, work
from lofte.core.models import AppendOnlyError, Event
from lofte.core.states import Visibility
from lofte.evidence.models import AreaFigure, DataSet, EvidenceItem, FigureRelease
from people import as_nobody, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NORTH, WHOLE = "/tuna/siffror/norr/", "/tuna/siffror/"


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> DataSite:
    settings.MEDIA_ROOT = tmp_path
    settings.VAR = tmp_path
    return data_site()


def read_incidents(here: DataSite, text: str, name: str = "handelser.csv", **values: Any) -> DataSet:
    given = {
        "title": "Skadegörelse",
        "definition": "Rapporterat av skolan.",
        "starts": "2024-01-01",
        "ends": "2026-04-30",
    }
    return here.read_in(name, text, **(given | values))


def prepare(here: DataSite, data_set: DataSet) -> FigureRelease:
    here.coordinator.post(f"{ROOT}data/{data_set.key}/publicera/")
    work()
    return data_set.releases.get(published_at=None)


def publish(here: DataSite, data_set: DataSet) -> FigureRelease:
    release = prepare(here, data_set)
    answer: Any = here.coordinator.post(f"{ROOT}data/{data_set.key}/publicera/", {"publicera": release.pk})
    assert answer.status_code == 302
    release.refresh_from_db()
    return release


def counts(release: FigureRelease) -> dict[tuple[str, str], int | None]:
    """Of January to April, by area and year; None where it is hidden."""
    return {
        (row["area"] or "hela", row["starts"][:4]): None if row["hidden"] else row["n"]
        for row in release.content["figures"]
        if row["ends"].endswith("-04-30")
    }


def test_nothing_is_out_before_somebody_says_so(here: DataSite) -> None:
    prepare(here, read_incidents(here, three_years()))

    assert as_nobody().get(NORTH).status_code == 404
    assert "Inga siffror är publicerade" in as_nobody().get(WHOLE).content.decode()


def test_small_counts_are_hidden_and_so_are_those_that_give_them_away(here: DataSite) -> None:
    release = publish(here, read_incidents(here, three_years()))

    shown = counts(release)
    # Söder had 2 in 2024 and 3 in 2026; Norr is hidden beside them, or the kommun minus Norr would tell.
    assert (shown["soder", "2024"], shown["soder", "2026"]) == (None, None)
    for year in ("2024", "2026"):
        assert None in (shown["norr", year], shown["hela", year])
    assert (shown["norr", "2025"], shown["soder", "2025"], shown["hela", "2025"]) == (7, 9, 16)


def test_neither_rows_nor_checksum_go_out_beside_hidden_counts(here: DataSite) -> None:
    """The number of rows is a sum nobody guards, and a checksum can be tried against guesses."""
    release = publish(here, read_incidents(here, three_years()))

    assert not {"rows_in", "rows_used", "input_sha256"} & set(release.content)


def test_page_shows_what_is_out_and_says_what_is_not(here: DataSite) -> None:
    publish(here, read_incidents(here, three_years()))

    page = as_nobody().get("/tuna/siffror/soder/").content.decode()
    assert "För Söder under januari–april 2026 visas inte antalet händelser av slaget skadegörelse" in page
    assert "9 händelser" in page
    assert "3 händelser" not in page
    assert "Antal under 5 visas inte" in page
    assert "Rapporterat av skolan." in page
    assert "/tuna/siffror/" in as_nobody().get("/tuna/").content.decode()


def test_comparison_never_tells_of_a_hidden_period(here: DataSite) -> None:
    """The mean of earlier years would give the hidden one away."""
    text = three_years() + "2026-04-01;skadegörelse;Söder\n" * 9

    release = publish(here, read_incidents(here, text))

    south = next(row for row in release.content["figures"] if row["area"] == "soder" and row["starts"] == "2026-01-01")
    assert (south["hidden"], south["n"], counts(release)["soder", "2024"]) == (False, 12, None)
    assert south["comparison"] == {}


def test_later_edition_does_not_tell_what_the_first_hid(here: DataSite) -> None:
    """The register: once hidden stays hidden, also when one more period comes."""
    first = read_incidents(here, three_years())
    publish(here, first)
    more = three_years() + "".join(f"2026-0{5 + n % 4}-02;skadegörelse;Norr\n" for n in range(12))

    second = read_incidents(here, more, "nya.csv", ends="2026-08-31", series=first.series)
    release = publish(here, second)

    assert second.series == first.series
    hidden = {(row["area"], row["starts"]) for row in release.content["figures"] if row["hidden"]}
    assert ("soder", "2024-01-01") in hidden
    assert ("soder", "2026-01-01") in hidden


def test_release_made_before_another_went_out_must_be_made_again(here: DataSite) -> None:
    first = read_incidents(here, three_years())
    second = read_incidents(here, three_years() + "2026-04-30;skadegörelse;Norr\n", "nya.csv", series=first.series)
    old = prepare(here, first)
    publish(here, second)

    page = here.coordinator.post(f"{ROOT}data/{first.key}/publicera/", {"publicera": old.pk}, follow=True)

    assert "Förbered på nytt" in page.content.decode()
    old.refresh_from_db()
    assert old.published_at is None


def test_official_figures_go_out_as_the_source_shows_them(here: DataSite) -> None:
    here.read_in("Tuna.xlsx", bra_workbook(damage=3))
    data_set = DataSet.objects.get(contract="counts")

    publish(here, data_set)

    page = as_nobody().get(WHOLE).content.decode()
    assert "I Tuna kommun är 3 händelser av slaget skadegörelsebrott registrerade under 2025." in page
    assert "Källans egna siffror" in page


def test_what_is_out_never_changes(here: DataSite) -> None:
    release = publish(here, read_incidents(here, three_years()))

    release.content = {}
    with pytest.raises(AppendOnlyError):
        release.save()
    with pytest.raises(AppendOnlyError):
        release.delete()
    assert Event.objects.filter(verb="figures.published", is_public=True).count() == 1


def test_only_the_coordinator_publishes(here: DataSite) -> None:
    data_set = read_incidents(here, three_years())

    answer = signed_in(here.people.police_editor).post(f"{ROOT}data/{data_set.key}/publicera/")

    assert answer.status_code == 404


# --- a figure as evidence


def make_evidence(here: DataSite, figure: AreaFigure) -> EvidenceItem:
    here.coordinator.post(f"{ROOT}siffra/{figure.pk}/underlag/")
    return EvidenceItem.objects.get(figure=figure)


def latest(here: DataSite) -> AreaFigure:
    return AreaFigure.objects.get(area=here.north, starts="2026-01-01", is_current=True)


def test_figure_becomes_evidence_with_interval_and_definition(here: DataSite) -> None:
    here.read_in("Tuna.xlsx", bra_workbook())
    figure = AreaFigure.objects.get(category="Skadegörelsebrott", scope="municipality", starts="2025-01-01")

    item = make_evidence(here, figure)

    assert item.sentence.startswith(
        "I Tuna kommun är 498 händelser av slaget skadegörelsebrott registrerade under 2025."
    )
    assert "per 100 000 invånare (osäkerhet" in item.sentence
    assert item.limits.startswith("Så räknas det: Brott som anmälts under året.")
    assert (item.n, item.kind, item.visibility) == (498, "crime_statistics", Visibility.INTERNAL)


def test_figure_that_is_not_out_is_said_to_members_only(here: DataSite) -> None:
    read_incidents(here, three_years())

    item = make_evidence(here, latest(here))

    assert (item.sentence, item.n) == ("", None)
    assert "20 händelser" in item.internal_sentence
    assert list(item.areas.all()) == [here.north]


def test_the_same_figure_gives_one_item(here: DataSite) -> None:
    read_incidents(here, three_years())

    first, second = make_evidence(here, latest(here)), make_evidence(here, latest(here))

    assert first == second


def test_figure_that_evidence_rests_on_is_kept_when_all_are_made_again(here: DataSite) -> None:
    data_set = read_incidents(here, three_years())
    item = make_evidence(here, latest(here))
    kept = item.figure

    here.coordinator.post(f"{ROOT}data/{data_set.key}/rakna-om/")
    work()

    item.refresh_from_db()
    assert item.figure == kept
    kept.refresh_from_db()
    assert (kept.n, kept.is_current) == (20, False)
    assert latest(here) != kept


def test_zero_is_a_figure(here: DataSite) -> None:
    read_incidents(here, incidents(*(f"2024-01-0{n};klotter;Norr" for n in range(1, 8))), ends="2024-12-31")

    assert AreaFigure.objects.get(area=here.south, starts="2024-01-01", ends="2024-04-30").n == 0
