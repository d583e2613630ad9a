"""The pages where two organisations write together."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factories import Tuna, problem
from factories import picture as a_picture
from lofte.core.states import PromiseState
from lofte.picture.models import Cause, WrittenDraft
from lofte.places.models import Area
from lofte.promises.models import CitizenPromise, PromiseVersion, Target, WordingAnswer
from people import Cast, signed_in

VAGUE = "Insatser ska genomföras för att värna tryggheten."


def url(name: str, slug: str = "2027", **more: str) -> str:
    return reverse(f"promises:{name}", kwargs={"kommun": "tuna", "slug": slug, **more})


@pytest.fixture
def coordinator(people: Cast) -> Client:
    return signed_in(people.coordinator)


@pytest.fixture
def police(people: Cast) -> Client:
    return signed_in(people.police_editor)


def sent(client: Client, path: str, **changed: Any) -> Any:
    """Post the form of a page as a browser would: what stands in it, with some of it changed."""
    form = client.get(path).context["form"]
    data = {}
    for name in form.fields:
        value = form.fields[name].prepare_value(form[name].value())
        if value not in (None, False, ""):
            data[form.add_prefix(name)] = value
    return client.post(path, {name: value for name, value in (data | changed).items() if value is not None})


def test_a_new_promise_in_a_new_year(coordinator: Client, here: Tuna) -> None:
    given = {"cycle": "", "starts": "2030-02-01", "ends": "2030-12-31", "short_line": "Lugnt"}

    answer = coordinator.post(reverse("promises:begin", kwargs={"kommun": "tuna"}), given)

    made = CitizenPromise.objects.get(slug="2030")
    assert answer.headers["Location"] == url("write", slug="2030")
    assert (made.cycle.previous_slug, made.title) == ("2026", "Medborgarlöfte 2030 i Tuna kommun")
    assert [str(each) for each in made.signature_requests.all()] == [
        "Lokalpolisområdeschef, Polisen",
        "Kommundirektör, Tuna kommun",
    ]


def test_a_second_promise_of_a_year_has_an_address_of_its_own(coordinator: Client, here: Tuna) -> None:
    given = {"cycle": str(here.promise.cycle.pk), "starts": "2026-06-01", "ends": "2026-12-31"}

    coordinator.post(reverse("promises:begin", kwargs={"kommun": "tuna"}), given)

    assert here.promise.cycle.promises.filter(slug="2026-2").exists()


def test_the_promise_ends_after_it_begins(coordinator: Client) -> None:
    given = {"starts": "2030-12-31", "ends": "2030-01-01"}

    answer = coordinator.post(reverse("promises:begin", kwargs={"kommun": "tuna"}), given)

    assert answer.status_code == 422


def test_everything_stands_on_one_page(coordinator: Client, draft: CitizenPromise) -> None:
    told = coordinator.get(url("write")).content.decode()

    assert "Utkast" in told
    assert "minst 8 kontroller" in told
    assert "Frys texten" in told


def test_the_basics_are_saved_with_parties_in_their_order_and_new_places(
    coordinator: Client, draft: CitizenPromise, here: Tuna
) -> None:
    known = Area.objects.create(municipality=here.kommun.municipality, key="norr", name="Norr", kind="district")
    parties = [here.kommun.housing.pk, here.kommun.own.pk, here.kommun.police.pk]

    answer = sent(
        coordinator,
        url("part", part="grunden"),
        parties=parties,
        areas="norr\nStationstorget",
        covers_municipality=None,
    )

    assert answer.status_code == 302
    assert [link.organisation.key for link in draft.party_links.all()] == ["polisen", "kommunen", "bostadsbolaget"]
    assert [link.area.kind for link in draft.area_links.all()] == ["district", "place"]
    assert draft.area_links.all()[0].area == known
    draft.refresh_from_db()
    assert not draft.covers_municipality


def test_a_place_is_not_named_after_a_group(coordinator: Client, draft: CitizenPromise) -> None:
    answer = sent(coordinator, url("part", part="grunden"), areas="Torget med kriminella invandrare")

    assert answer.status_code == 422
    assert "invandrare" in answer.context["form"].errors["areas"][0]
    assert not Area.objects.filter(name__startswith="Torget").exists()


def test_a_measure_of_a_goal_is_not_named_after_a_group(coordinator: Client, draft: CitizenPromise) -> None:
    given = {"kind": "outcome", "text": "Färre", "new_indicator": "Brott av romer", "new_unit": "antal"}

    answer = coordinator.post(url("new_goal"), given)

    assert "new_indicator" in answer.context["form"].errors


def test_a_short_line_has_at_most_seventy_characters(coordinator: Client, draft: CitizenPromise) -> None:
    answer = sent(coordinator, url("part", part="grunden"), short_line="x" * 71)

    assert answer.status_code == 422


def test_an_unknown_part_is_not_there(coordinator: Client, draft: CitizenPromise) -> None:
    assert coordinator.get(url("part", part="annat")).status_code == 404


def test_the_other_partys_text_is_never_written_over_unseen(
    coordinator: Client, police: Client, draft: CitizenPromise
) -> None:
    path = url("part", part="texten")
    stale = police.get(path).context["form"].initial["stampel"]
    sent(coordinator, path, intro="Kommunens inledning")

    clash = police.post(path, {"intro": "Polisens inledning", "stampel": stale})

    told = clash.content.decode()
    assert clash.status_code == 409
    assert "Kommunens inledning" in told
    assert "Polisens inledning" in told
    draft.refresh_from_db()
    assert draft.intro == "Kommunens inledning"


def test_after_having_seen_both_texts_one_may_save(coordinator: Client, police: Client, draft: CitizenPromise) -> None:
    path = url("part", part="texten")
    stale = police.get(path).context["form"].initial["stampel"]
    sent(coordinator, path, intro="Kommunens inledning")
    clash = police.post(path, {"intro": "Polisens inledning", "stampel": stale})
    stamp = re.search(r'name="stampel" value="(\w+)"', clash.content.decode())
    assert stamp is not None

    police.post(path, {"intro": "Bådas inledning", "stampel": stamp[1]})

    draft.refresh_from_db()
    assert draft.intro == "Bådas inledning"


def test_what_is_written_in_a_pledge_is_kept_until_it_is_saved(coordinator: Client, draft: CitizenPromise) -> None:
    page = url("pledge", key="trafik-2027")
    coordinator.post(f"/arbete/utkast/?sida={page}", {"text": "Halva meningen", "stampel": "gammal"})

    assert "Hämta texten" in coordinator.get(page).text
    form = coordinator.get(f"{page}?utkast=ja").context["form"]
    assert (form["text"].value(), form["stampel"].value()) == ("Halva meningen", "gammal")
    sent(coordinator, page, text="Polisen gör minst nio kontroller i centrum under 2027.")
    assert not WrittenDraft.objects.exists()


def test_text_of_a_part_that_was_published_meanwhile_is_kept(coordinator: Client, draft: CitizenPromise) -> None:
    page = url("pledge", key="trafik-2027")
    draft.state = PromiseState.PUBLISHED
    draft.save()

    coordinator.post(page, {"text": "Nya ord"})

    assert WrittenDraft.objects.get().fields["text"] == ["Nya ord"]


def test_two_who_save_different_parts_do_not_meet(coordinator: Client, police: Client, draft: CitizenPromise) -> None:
    stale = police.get(url("part", part="texten")).context["form"].initial["stampel"]
    sent(coordinator, url("part", part="grunden"), short_line="Annat")

    answer = police.post(url("part", part="texten"), {"intro": "Nytt", "stampel": stale})

    assert answer.status_code == 302


def test_the_same_words_saved_twice_are_no_clash(coordinator: Client, police: Client, draft: CitizenPromise) -> None:
    path = url("part", part="texten")
    stale = police.get(path).context["form"].initial["stampel"]
    sent(coordinator, path, intro="Samma")

    told = CitizenPromise.objects.get(pk=draft.pk)
    given = {"intro": "Samma", "overall_pledge": told.overall_pledge, "stampel": stale}

    assert police.post(path, given).status_code == 302


def test_a_pledge_is_tied_to_problem_and_cause(coordinator: Client, draft: CitizenPromise, people: Cast) -> None:
    found = problem(a_picture(draft.cycle), "Buskörning")
    cause = Cause.objects.create(problem=found, key="orsak", text="Lång raksträcka")

    sent(coordinator, url("pledge", key="trafik-2027"), problems=[found.pk], causes=[cause.pk])

    link = draft.pledges.get().problem_links.get()
    assert (link.problem, link.created_by) == (found, people.coordinator.key)
    assert draft.pledges.get().cause_links.get().cause == cause


def test_a_pledge_is_added_checked_and_removed(coordinator: Client, draft: CitizenPromise) -> None:
    answer = coordinator.post(url("new_pledge"), {"text": VAGUE})
    told = coordinator.get(answer.headers["Location"]).content.decode()

    assert answer.headers["Location"] == url("pledge", key="lofte-1")
    assert "Måste rättas före underskrift" in told
    assert '<mark class="blocks">ska genomföras</mark>' in told
    assert coordinator.post(url("pledge", key="lofte-1"), {"ta-bort": "fraga"}).status_code == 302
    assert draft.pledges.count() == 2
    coordinator.post(url("pledge", key="lofte-1"), {"ta-bort": "ja"})
    assert draft.pledges.count() == 1


def test_what_is_written_is_checked_without_being_saved(coordinator: Client, draft: CitizenPromise, here: Tuna) -> None:
    given = {"text": VAGUE, "ursprung": "trafik-2027"}

    without = coordinator.post(url("check"), given).content.decode()
    with_party = coordinator.post(url("check"), given | {"parties": [here.kommun.police.pk]}).content.decode()

    assert "Vem som ansvarar" in without
    assert "Vem som ansvarar" not in with_party
    assert draft.pledges.get().text != VAGUE


def test_a_finding_is_answered_with_one_click_until_the_words_change(
    coordinator: Client, draft: CitizenPromise, people: Cast
) -> None:
    draft.pledges.update(text="Polisen värnar lugnet i centrum under 2027.")
    hit = next(
        hit for hit in coordinator.get(url("pledge", key="trafik-2027")).context["check"].open if hit.rule == "L5"
    )

    coordinator.post(url("answer", key="trafik-2027"), {"rule": "L5", "hash": hit.text_hash, "skal": "Medvetet val"})

    kept = WordingAnswer.objects.get()
    check = coordinator.get(url("pledge", key="trafik-2027")).context["check"]
    assert (kept.rule, kept.reason, kept.by) == ("L5", "Medvetet val", people.coordinator.key)
    assert [hit.rule for hit in check.answered] == ["L5"]
    draft.pledges.update(text="Polisen främjar lugnet i centrum under 2027.")
    assert [hit.rule for hit in coordinator.get(url("pledge", key="trafik-2027")).context["check"].answered] == []


def test_what_blocks_cannot_be_answered_away(coordinator: Client, draft: CitizenPromise) -> None:
    draft.pledges.update(text=VAGUE)
    draft.pledges.get().party_links.all().delete()
    blocking = coordinator.get(url("pledge", key="trafik-2027")).context["check"].blocking[0]

    coordinator.post(
        url("answer", key="trafik-2027"), {"rule": blocking.rule, "hash": blocking.text_hash, "skal": "Nej"}
    )

    assert not WordingAnswer.objects.exists()


def test_a_police_intervention_waits_until_it_is_done(coordinator: Client, draft: CitizenPromise, here: Tuna) -> None:
    path = url("new_activity", key="trafik-2027")
    for kind, party in (
        ("intervention", here.kommun.police),
        ("intervention", here.kommun.own),
        ("activity", here.kommun.police),
    ):
        coordinator.post(path, {"text": f"{kind} {party}", "kind": kind, "parties": [party.pk], "shown": "regel"})

    rows = draft.pledges.get().activities.exclude(key="trafik-2027").order_by("pk")
    assert [row.shown_when_done for row in rows] == [True, False, False]
    assert [row.key for row in rows] == ["aktivitet-1", "aktivitet-2", "aktivitet-3"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"kind": "count", "amount": "8", "unit": "besök"}, ("count", 8, "")),
        ({"kind": "rate", "amount": "1,5", "unit": "besök", "per": "week"}, ("rate", 1.5, "week")),
        ({"kind": "yes_no", "amount": "8", "unit": "Rådet möts", "per": "week"}, ("yes_no", None, "")),
        ({"kind": "none", "amount": "8"}, ("none", None, "")),
    ],
)
def test_every_kind_of_amount_keeps_what_belongs_to_it(
    coordinator: Client, draft: CitizenPromise, given: dict[str, str], kept: tuple[str, float | None, str]
) -> None:
    answer = coordinator.post(url("new_target", key="trafik-2027"), {"comparison": "at_least", **given})

    assert answer.status_code == 302
    made = Target.objects.get(activity__pledge__promise=draft, key="mangd-1")
    assert (made.kind, made.amount, made.per) == kept


def test_a_share_of_another_amount_and_places_with_their_own(coordinator: Client, draft: CitizenPromise) -> None:
    whole = Target.objects.get(activity__pledge__promise=draft)
    path = url("new_target", key="trafik-2027")
    coordinator.post(
        path, {"kind": "share", "comparison": "at_least", "amount": "20", "unit": "unga", "share_of": whole.pk}
    )
    given = {"kind": "count", "comparison": "at_least", "amount": "800", "unit": "turer", "in_each_area": "on"}
    coordinator.post(path, given | {"places": "Norr: 800\nSöder: 400,5\nÖster", "options": "till fots\npå cykel"})

    share = Target.objects.get(key="mangd-1")
    several = Target.objects.get(key="mangd-2")
    assert share.share_of == whole
    assert [(place.area.name, place.amount) for place in several.places.all()] == [
        ("Norr", 800),
        ("Söder", 400.5),
        ("Öster", None),
    ]
    assert several.options == ["till fots", "på cykel"]
    written = coordinator.get(url("target", key="trafik-2027", target="mangd-2")).content.decode()
    assert "Norr: 800\nSöder: 400,5\nÖster" in written


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "count", "unit": "besök"},
        {"kind": "count", "amount": "8"},
        {"kind": "count", "amount": "-1", "unit": "besök"},
        {"kind": "rate", "amount": "8", "unit": "besök"},
        {"kind": "share", "amount": "8", "unit": "besök"},
        {"kind": "count", "amount": "8", "unit": "besök", "places": "Norr: många"},
    ],
)
def test_an_amount_that_lacks_something_is_refused(
    coordinator: Client, draft: CitizenPromise, given: dict[str, str]
) -> None:
    answer = coordinator.post(url("new_target", key="trafik-2027"), {"comparison": "at_least", **given})

    assert answer.status_code == 422


def test_a_goal_with_a_new_measure_has_its_plan_shown(coordinator: Client, draft: CitizenPromise) -> None:
    given = {
        "kind": "outcome", "text": "Färre inbrott", "new_indicator": "Anmälda inbrott", "new_unit": "brott",
        "new_kind": "crime_rate", "design": "own_years", "comparison": "2023–2026", "margin": "3",
        "answer_on": "2028-03-01",
    }  # fmt: skip

    answer = coordinator.post(url("new_goal"), given)

    told = coordinator.get(answer.headers["Location"]).content.decode()
    assert "Så mäter vi: Anmälda inbrott (brott)." in told
    assert "Svaret kommer 1 mars 2028." in told
    assert draft.cycle.indicators.get().name == "Anmälda inbrott"


def test_freezing_from_the_page_leads_to_the_signatures(coordinator: Client, draft: CitizenPromise) -> None:
    answer = coordinator.post(url("state"), {"till": "frys"})

    assert answer.headers["Location"] == url("sign")
    assert PromiseVersion.objects.filter(promise=draft).exists()


def test_freezing_too_early_leads_to_what_is_missing(coordinator: Client, draft: CitizenPromise) -> None:
    draft.signature_requests.all().delete()

    answer = coordinator.post(url("state"), {"till": "frys"}, follow=True)

    assert "2 saker saknas innan det kan skrivas under" in answer.content.decode()


def test_a_text_that_lacks_something_is_not_offered_to_be_frozen(coordinator: Client, draft: CitizenPromise) -> None:
    assert "Frys texten" in coordinator.get(url("write")).content.decode()
    draft.signature_requests.all().delete()

    assert "Frys texten" not in coordinator.get(url("write")).content.decode()


@pytest.mark.parametrize("wanted", ["joint_review", "draft", "oppna", "published", "nonsens", ""])
def test_no_button_leads_out_of_the_table(coordinator: Client, draft: CitizenPromise, wanted: str) -> None:
    coordinator.post(url("state"), {"till": wanted})

    draft.refresh_from_db()
    assert draft.state in ("draft", "joint_review")


def test_saving_tells_that_signatures_fell(coordinator: Client, draft: CitizenPromise, sign_for: Any) -> None:
    sign_for("polisen")

    answer = sent(coordinator, url("part", part="texten"), intro="Nytt")

    told = coordinator.get(answer.headers["Location"]).content.decode()
    assert "1 underskrift gäller inte längre" in told


def test_what_the_other_removed_meanwhile_is_said(coordinator: Client, police: Client, draft: CitizenPromise) -> None:
    from lofte.promises.editing import NotWritable
    from lofte.promises.pledge_forms import PledgeForm

    row = draft.pledges.get()
    form = PledgeForm({"text": "x"}, promise=draft, instance=row)
    coordinator.post(url("pledge", key="trafik-2027"), {"ta-bort": "ja"})

    with pytest.raises(NotWritable, match="tagit bort"):
        form.again(draft)


def test_files_are_made_of_the_draft_and_say_so(coordinator: Client, draft: CitizenPromise) -> None:
    pdf, word, poster = (coordinator.get(url(name)) for name in ("draft_pdf", "word", "poster"))

    assert pdf.content.startswith(b"%PDF")
    assert poster.content.startswith(b"%PDF")
    assert word.content.startswith(b"PK")


def test_word_has_the_five_headings_the_pledge_and_a_line_for_each_signer(
    coordinator: Client, draft: CitizenPromise, frozen: PromiseVersion
) -> None:
    import io

    import docx

    made = docx.Document(io.BytesIO(coordinator.get(url("word")).content))

    headings = [each.text for each in made.paragraphs if (each.style.name or "") == "Heading 2"]  # type: ignore[union-attr]
    text = "\n".join(each.text for each in made.paragraphs)
    assert headings == [
        "Situationen idag",
        "Det här ska vi göra",
        "Det här ska vi åstadkomma tillsammans",
        "Följ med i hur det går!",
        "Underskrifter",
    ]
    assert "minst 8 kontroller" in text
    assert "Lokalpolisområdeschef, Polisen" in text
    assert frozen.sha256[:4] in made.sections[0].footer.paragraphs[0].text
