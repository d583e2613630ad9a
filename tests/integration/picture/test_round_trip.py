"""Two versions of a picture, with every kind of part, go to a file and come back the same."""

from factories import pledge, promise, publish
from lofte.exchange.reading import load, parse
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
