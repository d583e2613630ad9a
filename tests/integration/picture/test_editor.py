"""The picture from empty to adopted, by both roles, and that it never changes afterwards."""

import pytest
from django.core.exceptions import PermissionDenied

from lofte.core.models import AppendOnlyError, Event
from lofte.parties.queries import viewer_of
from lofte.picture import actions, queries
from lofte.picture.actions import Decision, NotWritable
from lofte.picture.models import PictureVersion, SituationPicture
from lofte.picture.versions import canonical_text, changes, content, digest
from pictures import DECISION, ROOT, PictureSite, post

State = SituationPicture.State


def decision() -> Decision:
    return Decision(**DECISION)  # type: ignore[arg-type] # a date as text is enough here


def test_both_roles_make_a_picture_from_empty_to_adopted(here: PictureSite) -> None:
    here.fill()
    post(here.officer, f"{here.url}problem/nytt/", title="Bråk vid stationen", priority=2)
    here.hand_over()

    answer = here.adopt()

    adopted = here.picture
    assert answer.status_code == 302
    assert (adopted.state, adopted.adopted_by, adopted.minutes_reference) == ("adopted", "Kommunfullmäktige", "§ 12")
    assert [problem.title for problem in adopted.problems.all()] == ["Mörk park", "Bråk vid stationen"]
    assert "Den ändras aldrig" in here.officer.get(here.url).text


def test_links_say_who_made_them(here: PictureSite) -> None:
    here.fill()

    link = here.picture.problems.get().evidence_links.get()

    assert (link.evidence, link.created_by) == (here.survey, here.people.coordinator.key)


def test_a_link_that_stays_keeps_who_made_it(here: PictureSite) -> None:
    here.fill()
    before = here.picture.problems.get().evidence_links.get().pk

    post(here.officer, f"{here.url}problem/problem-1/", title="Mörk park", evidence=[here.survey.pk])

    assert here.picture.problems.get().evidence_links.get().pk == before


def test_statement_needs_a_sentence(here: PictureSite) -> None:
    here.begin()

    assert here.write("utsaga/ny/", trend="more", strength="likely").status_code == 422


def test_a_cause_cannot_stand_under_itself(here: PictureSite) -> None:
    here.fill()
    cause = here.picture.problems.get().causes.get()

    answer = here.write(f"orsak/{cause.key}/", text="Lampor", level="situational", factor="risk", parent=cause.pk)

    assert answer.status_code == 422


def test_two_who_write_the_same_problem_get_both_texts(here: PictureSite) -> None:
    here.fill()
    address = f"{here.url}problem/problem-1/"
    stamp = here.coordinator.get(address).context["form"]["stamp"].value()
    post(here.officer, address, title="Polisens ord")

    answer = here.coordinator.post(address, {"title": "Kommunens ord", "stamp": stamp})

    assert answer.status_code == 409
    assert here.picture.problems.get().title == "Polisens ord"
    assert "Polisens ord" in answer.text
    assert "Kommunens ord" in answer.text


def test_a_part_that_somebody_removed_is_said_so(here: PictureSite) -> None:
    here.fill()
    form = here.coordinator.get(f"{here.url}problem/problem-1/").context["form"]
    data = {"title": "Mörk park", "stamp": form["stamp"].value()}
    written = type(form)(data, picture=here.picture, instance=here.picture.problems.get())
    written.is_valid()
    here.officer.post(f"{here.url}ta-bort/problem/problem-1/")

    with pytest.raises(NotWritable, match="tagit bort"):
        actions.save_part(picture=here.picture, form=written, by=here.people.coordinator)


def test_saving_the_text_leaves_the_state_alone(here: PictureSite) -> None:
    here.fill()
    stale = here.picture
    form = here.coordinator.get(f"{here.url}text/").context["form"]
    written = type(form)({"summary": "Nytt", "stamp": form["stamp"].value()}, picture=stale, instance=stale)
    written.is_valid()
    here.hand_over()

    actions.save_part(picture=stale, form=written, by=here.people.coordinator)

    assert (here.picture.state, here.picture.summary) == (State.JOINT_REVIEW, "Nytt")


# --- adopted


@pytest.fixture
def adopted(here: PictureSite) -> PictureSite:
    here.fill()
    here.hand_over()
    here.adopt()
    return here


def test_adopting_keeps_the_text_with_its_hash(adopted: PictureSite) -> None:
    frozen = PictureVersion.objects.get(picture=adopted.picture)

    assert frozen.sha256 == digest(frozen.content)
    assert frozen.content == canonical_text(content(adopted.picture))
    assert Event.objects.filter(verb="picture.adopted", is_public=True).count() == 1


def test_kept_text_stands_when_the_evidence_changes(adopted: PictureSite) -> None:
    adopted.survey.title = "Enkäten, ny utgåva"
    adopted.survey.save()

    page = adopted.coordinator.get(f"{adopted.url}las/").text

    assert "ny utgåva" not in page


@pytest.mark.parametrize(
    "part", ["text/", "utsaga/ny/", "utsaga/utsaga-1/", "problem/nytt/", "problem/problem-1/", "kriterium/nytt/"]
)
def test_adopted_picture_takes_no_part(adopted: PictureSite, part: str) -> None:
    before = canonical_text(content(adopted.picture))

    answer = adopted.write(
        part, summary="Nytt", sentence="Nytt", title="Nytt", name="Nytt", trend="more", strength="likely"
    )

    assert answer.status_code == 409
    assert canonical_text(content(adopted.picture)) == before


def test_adopted_picture_loses_no_part(adopted: PictureSite) -> None:
    adopted.coordinator.post(f"{adopted.url}ta-bort/problem/problem-1/")

    assert adopted.picture.problems.exists()


@pytest.mark.parametrize("after", [State.DRAFT, State.JOINT_REVIEW, State.ADOPTED])
def test_adopted_picture_has_no_way_back(adopted: PictureSite, after: str) -> None:
    with pytest.raises(NotWritable):
        actions.move_to(picture=adopted.picture, after=after, by=adopted.people.coordinator)


def test_kept_text_cannot_be_saved_or_deleted(adopted: PictureSite) -> None:
    frozen = PictureVersion.objects.get()

    with pytest.raises(AppendOnlyError):
        frozen.save()
    with pytest.raises(AppendOnlyError):
        frozen.delete()


def test_a_draft_is_not_adopted_without_joint_review(here: PictureSite) -> None:
    here.begin()

    with pytest.raises(NotWritable):
        actions.adopt(picture=here.picture, decision=decision(), by=here.people.coordinator)


def test_the_police_cannot_write_down_the_decision(here: PictureSite) -> None:
    here.begin()

    with pytest.raises(PermissionDenied):
        actions.adopt(picture=here.picture, decision=decision(), by=here.people.police_editor)


# --- versions


def test_new_version_is_a_copy_under_names_of_its_own(adopted: PictureSite) -> None:
    adopted.begin()

    first, second = adopted.cycle.pictures.order_by("version")
    assert (second.version, second.state) == (2, State.DRAFT)
    assert second.problems.get().key == "problem-1-v2"
    assert second.problems.get().causes.get().evidence_links.count() == 1
    assert changes(first, second)[-1].what == "Samlad bedömning"


def test_a_second_draft_is_not_begun(here: PictureSite) -> None:
    here.begin()

    here.coordinator.post(ROOT)

    assert here.cycle.pictures.count() == 1


def test_differences_between_two_versions_are_readable(adopted: PictureSite) -> None:
    adopted.begin()
    adopted.write("problem/problem-1-v2/", title="Mörkare park", priority=1)

    page = adopted.coordinator.get(f"{adopted.url}skillnader/").text

    assert "Mörk park" in page
    assert "Mörkare park" in page
    assert "Fler undviker parken." not in page


# --- what decides the order


def test_each_party_scores_for_itself_and_disagreement_is_shown(here: PictureSite) -> None:
    here.fill()
    problem, criterion = here.picture.problems.get(), here.picture.criteria.get()
    name = f"p{problem.pk}-k{criterion.pk}"
    here.coordinator.post(f"{here.url}ordning/", {name: "5"})
    here.officer.post(f"{here.url}ordning/", {name: "2"})

    page = here.coordinator.get(f"{here.url}ordning/").text

    assert problem.scores.count() == 2
    assert "Nej: Hur många det drabbar" in page
    assert "Här ser vi olika på det" in here.officer.get(here.url).text


def test_nobody_scores_for_another_organisation(here: PictureSite) -> None:
    here.fill()

    with pytest.raises(NotWritable):
        actions.score(picture=here.picture, organisation=here.kommun.police, given={}, by=here.people.coordinator)


# --- what it covers


def test_a_kommundel_without_evidence_is_a_gap(here: PictureSite) -> None:
    here.fill()

    rows = {row.name: row for row in queries.coverage(here.picture, viewer_of(here.people.coordinator))}

    assert rows["Centrum"].is_gap
    assert not rows["Norr"].is_gap
    assert "För Centrum finns inget underlag att visa." in here.coordinator.get(f"{here.url}tackning/").text
