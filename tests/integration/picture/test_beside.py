"""Beside the parts: text that is not saved yet, comments, what was taken away, figures, and words that point out."""

from urllib.parse import quote

import pytest

from lofte.evidence.data_forms import DataSetForm
from lofte.evidence.models import Indicator, IndicatorValue
from lofte.parties.models import Cycle
from lofte.picture.models import PartComment, RemovedPart, Score, WrittenDraft
from lofte.places.models import Area
from lofte.voices.forms import NewThemeForm
from pictures import PictureSite, post

DRAFT = "/arbete/utkast/?sida="


def address(here: PictureSite, part: str = "problem/nytt/") -> str:
    return f"{here.url}{part}"


def keep(here: PictureSite, part: str = "problem/nytt/", **values: object) -> int:
    return here.coordinator.post(f"{DRAFT}{quote(address(here, part))}", values).status_code


# --- text that is not saved


def test_text_is_kept_and_offered_when_one_comes_back(here: PictureSite) -> None:
    here.begin()

    assert keep(here, title="Mörk park", evidence=[here.survey.pk]) == 200

    page = here.coordinator.get(address(here))
    assert "Hämta texten" in page.text
    form = here.coordinator.get(f"{address(here)}?utkast=ja").context["form"]
    assert form["title"].value() == "Mörk park"
    assert form["evidence"].value() == [str(here.survey.pk)]


def test_kept_text_is_one_persons_own(here: PictureSite) -> None:
    here.begin()
    keep(here, title="Bara min")

    assert "Hämta texten" not in here.officer.get(address(here)).text
    assert "Bara min" not in here.officer.get(f"{address(here)}?utkast=ja").text


def test_saving_takes_the_kept_text_away(here: PictureSite) -> None:
    here.begin()
    keep(here, title="Mörk park")

    here.write("problem/nytt/", title="Mörk park")

    assert not WrittenDraft.objects.exists()


def test_refused_save_keeps_the_text_also_without_a_script(here: PictureSite) -> None:
    here.begin()

    assert here.write("utsaga/ny/", period="hösten 2025").status_code == 422

    form = here.coordinator.get(f"{address(here, 'utsaga/ny/')}?utkast=ja").context["form"]
    assert form["period"].value() == "hösten 2025"


def test_refused_save_of_too_long_a_text_shows_it_and_keeps_nothing(here: PictureSite) -> None:
    here.begin()

    answer = here.write("problem/nytt/", title="", description="x" * 100_001)

    assert answer.status_code == 422
    assert not WrittenDraft.objects.exists()


def test_text_written_while_the_picture_was_adopted_is_shown_and_kept(here: PictureSite) -> None:
    here.fill()
    here.hand_over()
    stamp = here.coordinator.get(address(here, "problem/problem-1/")).context["form"]["stamp"].value()
    here.adopt()

    answer = here.coordinator.post(address(here, "problem/problem-1/"), {"title": "Mörkare park", "stamp": stamp})

    assert answer.status_code == 409
    assert "ändras aldrig" in answer.text
    assert "Mörkare park" in answer.text
    assert WrittenDraft.objects.get().fields["title"] == ["Mörkare park"]


# --- the same on the forms of the other rooms

ITEM = "/arbete/tuna/underlag/2026/nytt/"
MEASURE = "/arbete/tuna/atgardsplan/2026/plan/atgard/ny/"


@pytest.mark.parametrize(
    ("page", "field"), [(ITEM, "title"), (f"{ITEM[:-5]}enkat/", "sentence"), (MEASURE, "text")],
    ids=["new evidence", "evidence", "measure"],
)  # fmt: skip
def test_every_form_of_a_shared_text_keeps_what_is_written(here: PictureSite, page: str, field: str) -> None:
    here.coordinator.post("/arbete/tuna/atgardsplan/2026/")

    here.coordinator.post(f"{DRAFT}{quote(page)}", {field: "Inte sparat än"})

    assert f'data-keep="{DRAFT}{quote(page, safe="")}"' in here.coordinator.get(page).text
    assert here.coordinator.get(f"{page}?utkast=ja").context["form"][field].value() == "Inte sparat än"


def test_saving_evidence_takes_the_kept_text_away(here: PictureSite) -> None:
    here.coordinator.post(f"{DRAFT}{quote(ITEM)}", {"title": "Enkät"})

    post(here.coordinator, ITEM, kind="survey", title="Enkät", visibility="internal")

    assert not WrittenDraft.objects.exists()


@pytest.mark.parametrize("field", ["sentence", "internal_sentence", "limits", "n", "grade"])
def test_what_is_with_its_owner_is_not_kept_while_one_writes(here: PictureSite, field: str) -> None:
    here.coordinator.post(f"{DRAFT}{quote(ITEM)}", {"visibility": "held_by_owner", "title": "Bilden", field: "HEMLIGT"})

    assert WrittenDraft.objects.get().fields == {"visibility": ["held_by_owner"], "title": ["Bilden"]}


def test_refused_pointer_keeps_no_content(here: PictureSite) -> None:
    refused = post(here.coordinator, ITEM, kind="survey", title="Bilden", visibility="held_by_owner", limits="HEMLIGT")

    assert refused.status_code == 422
    assert "HEMLIGT" not in str(WrittenDraft.objects.get().fields)


def test_of_intelligence_only_what_is_released_is_kept(here: PictureSite) -> None:
    written = {"kind": "criminal_intelligence", "sentence": "Släppt", "internal_sentence": "HEMLIGT"}

    here.coordinator.post(f"{DRAFT}{quote(ITEM)}", written)

    assert "internal_sentence" not in WrittenDraft.objects.get().fields


def test_refused_save_leaves_the_kept_text(here: PictureSite) -> None:
    here.begin()
    keep(here, title="Mörk park, 19900101-0017")

    assert here.write("problem/nytt/", title="Mörk park, 19900101-0017").status_code == 422
    assert WrittenDraft.objects.exists()


def test_kept_text_still_sees_who_saved_meanwhile(here: PictureSite) -> None:
    here.fill()
    part = "problem/problem-1/"
    stamp = here.coordinator.get(address(here, part)).context["form"]["stamp"].value()
    keep(here, part, title="Kommunens ord", stamp=stamp)
    post(here.officer, address(here, part), title="Polisens ord")

    form = here.coordinator.get(f"{address(here, part)}?utkast=ja").context["form"]
    answer = here.coordinator.post(
        address(here, part), {"title": form["title"].value(), "stamp": form["stamp"].value()}
    )

    assert answer.status_code == 409
    assert "Polisens ord" in answer.text


def test_kept_text_can_be_thrown_away(here: PictureSite) -> None:
    here.begin()
    keep(here, title="Mörk park")

    here.coordinator.post(f"{DRAFT}{quote(address(here))}", {"slang": "ja"})

    assert not WrittenDraft.objects.exists()


@pytest.mark.parametrize("page", ["https://example.org/", "/tuna/", ""])
def test_text_is_kept_for_work_pages_only(here: PictureSite, page: str) -> None:
    assert here.coordinator.post(f"{DRAFT}{quote(page)}", {"title": "x"}).status_code == 400


def test_too_long_a_text_is_said_and_not_kept(here: PictureSite) -> None:
    here.begin()

    keep(here, title="x" * 100_001)

    assert not WrittenDraft.objects.exists()


# --- taken away and put back


def test_a_problem_comes_back_with_causes_scores_and_who_linked(here: PictureSite) -> None:
    here.fill()
    problem, criterion = here.picture.problems.get(), here.picture.criteria.get()
    here.coordinator.post(f"{here.url}ordning/", {f"p{problem.pk}-k{criterion.pk}": "5"})
    link = problem.evidence_links.get()
    here.coordinator.post(f"{here.url}ta-bort/problem/problem-1/")
    gone = here.picture.problems.exists()

    here.officer.post(f"{here.url}lagg-tillbaka/{RemovedPart.objects.get().pk}/")

    back = here.picture.problems.get()
    assert not gone
    assert (back.pk, back.title) == (problem.pk, "Mörk park")
    assert back.causes.get().evidence_links.count() == 1
    assert Score.objects.get().value == 5
    kept = back.evidence_links.get()
    assert kept.created_by == link.created_by
    assert f"{kept.created_at:%F %T}" == f"{link.created_at:%F %T}"
    assert not RemovedPart.objects.exists()


def test_a_statement_comes_back_with_its_places(here: PictureSite) -> None:
    here.fill()
    here.coordinator.post(f"{here.url}ta-bort/utsaga/utsaga-1/")

    here.coordinator.post(f"{here.url}lagg-tillbaka/{RemovedPart.objects.get().pk}/")

    assert [area.name for area in here.picture.statements.get(key="utsaga-1").areas.all()] == ["Norr"]


def test_a_cause_does_not_come_back_without_its_problem(here: PictureSite) -> None:
    here.fill()
    here.coordinator.post(f"{here.url}ta-bort/orsak/orsak-1/")
    cause = RemovedPart.objects.get()
    here.coordinator.post(f"{here.url}ta-bort/problem/problem-1/")

    answer = here.coordinator.post(f"{here.url}lagg-tillbaka/{cause.pk}/", follow=True)

    assert "Lägg tillbaka det först" in answer.text
    assert RemovedPart.objects.count() == 2


def test_nothing_comes_back_in_an_adopted_picture(here: PictureSite) -> None:
    here.fill()
    here.coordinator.post(f"{here.url}ta-bort/utsaga/utsaga-1/")
    here.hand_over()
    here.adopt()

    here.coordinator.post(f"{here.url}lagg-tillbaka/{RemovedPart.objects.get().pk}/")

    assert not here.picture.statements.filter(key="utsaga-1").exists()


# --- comments


def test_the_parties_comment_on_a_part_and_settle_it(here: PictureSite) -> None:
    here.fill()
    talk = f"{here.url}kommentarer/problem/problem-1/"
    here.officer.post(talk, {"text": "Gäller det bara helger?"})
    overview = here.coordinator.get(here.url).text
    page = here.coordinator.get(talk).text

    here.coordinator.post(talk, {"klar": PartComment.objects.get().pk})

    assert "1 kommentar" in overview
    assert "Gäller det bara helger?" in page
    assert PartComment.objects.get().organisation == here.kommun.police
    assert PartComment.objects.get().settled_at is not None
    assert "1 kommentar" not in here.officer.get(here.url).text


def test_an_empty_comment_is_refused(here: PictureSite) -> None:
    here.fill()

    assert here.officer.post(f"{here.url}kommentarer/problem/problem-1/", {"text": " "}).status_code == 422


# --- figures


def test_statement_about_one_place_draws_the_values_of_that_place(here: PictureSite) -> None:
    made = Indicator.objects.create(cycle=here.cycle, key="skada", name="Skador", kind="crime_rate", unit="antal")
    for area in (None, Area.objects.get(name="Norr")):
        IndicatorValue.objects.create(
            indicator=made, key=f"v{area and area.pk}", starts="2025-01-01", ends="2025-12-31", value=3, area=area
        )
    here.begin()

    for areas in ([], [Area.objects.get(name="Norr").pk], [Area.objects.get(name="Centrum").pk]):
        here.write("utsaga/ny/", sentence="Fler.", trend="more", strength="likely", areas=areas, figures=[made.pk])

    drawn = [row.figures.get().area for row in here.picture.statements.all()]
    assert drawn == [None, Area.objects.get(name="Norr"), None]


# --- words that point somebody out

STIGMA = "Romerna i Norr begår stölder."


@pytest.mark.parametrize(("part", "field"), [("utsaga/ny/", "sentence"), ("problem/nytt/", "title")])
def test_words_that_point_a_group_out_are_shown_before_they_are_saved(here: PictureSite, part: str, field: str) -> None:
    here.begin()
    values = {field: STIGMA, "trend": "more", "strength": "likely"}

    first = here.write(part, **values)
    second = here.write(part, **values, no_group="on")

    assert first.status_code == 422
    assert "Romerna" in first.text
    assert second.status_code == 302


def test_plain_words_are_saved_at_once(here: PictureSite) -> None:
    here.begin()

    assert (
        here.write("utsaga/ny/", sentence="Fler undviker parken.", trend="more", strength="likely").status_code == 302
    )


@pytest.mark.parametrize(("label", "is_taken"), [(STIGMA, False), ("Mörkt i parken", True)])
def test_theme_that_points_a_group_out_is_no_heading(label: str, is_taken: bool) -> None:
    assert NewThemeForm({"label": label}).is_valid() is is_taken


# --- from the cycle before


def test_a_problem_is_taken_up_again_with_its_chain(here: PictureSite) -> None:
    here.fill()
    earlier = here.picture.problems.get()
    turn = Cycle.objects.create(
        municipality=here.kommun.municipality, slug="2027", starts="2027-01-01", ends="2027-12-31", previous_slug="2026"
    )
    root = "/arbete/tuna/lagesbild/2027/"
    here.coordinator.post(root)
    page = here.officer.get(f"{root}lagesbild/forra/").text

    here.officer.post(f"{root}lagesbild/forra/", {"problem": earlier.pk})

    taken = turn.pictures.get().problems.get()
    assert "Mörk park" in page
    assert (taken.title, taken.priority, taken.carried_from.earlier) == ("Mörk park", None, earlier)
    assert taken.causes.get().text == "Lamporna är trasiga"
    assert taken.evidence_links.get().evidence.cycle == turn
    assert "Inget problem är kvar" in here.officer.get(f"{root}lagesbild/forra/").text


@pytest.mark.parametrize(
    ("page", "field"), [(ITEM, "title"), (MEASURE, "text"), ("/arbete/tuna/atgardsplan/2026/plan/text/", "title")],
    ids=["evidence", "measure", "plan"],
)  # fmt: skip
def test_words_that_point_a_group_out_are_asked_about_in_every_shared_text(
    here: PictureSite, page: str, field: str
) -> None:
    here.coordinator.post("/arbete/tuna/atgardsplan/2026/")
    values = {"kind": "survey", "visibility": "internal", field: "Fler kontroller av romer som stjäl"}

    assert post(here.coordinator, page, **values).status_code == 422
    assert post(here.coordinator, page, **values, no_group="on").status_code == 302


def test_title_of_a_data_set_that_points_a_group_out_is_asked_about() -> None:
    told = {"contract": "counts", "is_own": False}
    data = {"title": "Brott av romer", "definition": "Anmälda brott.", "publisher": "Kommunen"}

    assert "title" in DataSetForm(data, told=told, editions=()).errors
    assert DataSetForm(data | {"no_group": "on"}, told=told, editions=()).is_valid()
