"""Two versions of a picture, with every kind of part, go to a file and come back the same."""

import pytest

from factories import pledge, promise, publish
from lofte.evidence.models import EvidenceItem
from lofte.exchange.reading import FileRefused, load, parse
from lofte.exchange.writing import as_text, export, inside
from pictures import PictureSite


def test_a_file_with_two_versions_reads_back_the_same(here: PictureSite) -> None:
    here.fill()
    problem, criterion = here.picture.problems.get(), here.picture.criteria.get()
    here.officer.post(f"{here.url}ordning/", {f"p{problem.pk}-k{criterion.pk}": "4"})
    here.hand_over()
    here.adopt()
    here.begin()
    made = promise(here.kommun, here.cycle, picture=here.picture)
    pledge(made, "ljus", "Kommunen byter lamporna.", here.kommun.own)
    publish(made)

    # Reading what is there compares it with what the file would give; a difference is refused.
    loaded = load(parse(as_text(export(made, viewer=inside(made))).encode()))

    assert not loaded.is_new
    assert here.cycle.pictures.count() == 2


@pytest.mark.parametrize("content", [{"sentence": "Hemligt."}, {"limits": "Hemligt."}, {"n": 7}, {"grade": "probable"}])
def test_a_file_cannot_put_content_in_a_pointer(here: PictureSite, content: dict[str, object]) -> None:
    """What the form refuses, and the database, a file cannot bring in either: nothing of it is kept."""
    here.fill()
    made = promise(here.kommun, here.cycle, picture=here.picture)
    pledge(made, "ljus", "Kommunen byter lamporna.", here.kommun.own)
    record = export(made, viewer=inside(made))
    record["cycle"]["slug"] = "2031"
    record["promise"]["slug"] = "2031"
    record["evidence"].append(
        {"id": "pekare", "kind": "document", "title": "Titel", "visibility": "held_by_owner", "owner": "polisen"}
        | content
    )

    with pytest.raises(FileRefused):
        load(record)

    assert not EvidenceItem.objects.filter(key="pekare").exists()


def test_a_statements_figures_read_back_the_same(here: PictureSite) -> None:
    here.fill()
    drawn = here.cycle.indicators.create(key="skada", name="Skador", kind="crime_rate", unit="antal")
    here.picture.statements.get(key="utsaga-1").figures.create(indicator=drawn)
    made = promise(here.kommun, here.cycle, picture=here.picture)
    pledge(made, "ljus", "Kommunen byter lamporna.", here.kommun.own)

    record = export(made, viewer=inside(made))

    assert record["pictures"][0]["statements"][0]["figures"] == [{"indicator": "skada"}]
    assert not load(parse(as_text(record).encode())).is_new
