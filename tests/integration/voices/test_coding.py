"""Two people code the same voices, each on their own; then they see how alike they read, and settle the rest."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from dialogues import dialogue, theme, voice
from factories import TODAY, Tuna
from lofte.core.models import Event
from lofte.voices import coding, coding_queries
from lofte.voices.coding_presenters import shown
from lofte.voices.models import CodingSample, Contribution, Dialogue, SampledVoice, Theme, VoiceCode
from lofte.voices.queries import to_sort
from people import Cast, signed_in

WORK = "/arbete/tuna/dialoger/2026/trygg/"
NUMBER = 40


@pytest.fixture
def light(open_dialogue: Dialogue) -> Theme:
    return theme(open_dialogue, "Mörkt", key="morkt")


@pytest.fixture
def traffic(open_dialogue: Dialogue) -> Theme:
    return theme(open_dialogue, "Trafik", key="trafik")


@pytest.fixture
def sample(open_dialogue: Dialogue, people: Cast, light: Theme, traffic: Theme) -> CodingSample:
    for number in range(NUMBER):
        voice(open_dialogue, f"Svar nummer {number}.", visibility="open", decision="publish")
    return coding.begin(
        dialogue=open_dialogue, by=people.coordinator, colleague=people.police_editor, number=NUMBER, today=TODAY
    )


def coded(sample: CodingSample, people: Cast, first: list[Theme | None], second: list[Theme | None]) -> CodingSample:
    rows = list(coding_queries.rows_of(sample))
    for who, given in ((people.coordinator, first), (people.police_editor, second)):
        coding.code(sample=sample, by=who, chosen=dict(zip(rows, given, strict=True)))
        coding.finish(sample=sample, by=who, today=TODAY)
    return CodingSample.objects.get(pk=sample.pk)


def fill(client: Client, url: str, key: str) -> None:
    """Put one theme on all voices of a page, page by page, and say that one is done."""
    while names := re.findall(r'<select name="(rad-\d+)"', client.get(url).text):
        if "Jag är klar" in client.get(url).text:
            break
        client.post(url, dict.fromkeys(names, key))
    client.post(url, {"klar": "1"})


def test_two_code_page_by_page_and_see_each_others_only_when_both_are_done(
    sample: CodingSample, people: Cast, light: Theme
) -> None:
    one, two = signed_in(people.coordinator), signed_in(people.police_editor)
    url = f"{WORK}kodning/{sample.pk}/"

    fill(one, url, "trafik")
    waiting, unmarked = one.get(url).text, two.get(url).text
    fill(two, url, "morkt")

    assert "Du är klar. När police_editor också är det" in waiting
    assert "selected" not in re.sub(r'<option value="" selected>', "", unmarked)
    assert "Trafik" not in waiting
    for client in (one, two):
        assert "Ni satte samma tema på 0 av 40 svar." in client.get(url).text
    assert CodingSample.objects.get().done_on == TODAY


def test_nobody_gets_pairs_before_both_are_done(sample: CodingSample, people: Cast) -> None:
    rows = list(coding_queries.rows_of(sample))
    coding.code(sample=sample, by=people.coordinator, chosen=dict.fromkeys(rows))
    coding.finish(sample=sample, by=people.coordinator, today=TODAY)

    with pytest.raises(coding_queries.NotBothDone):
        coding_queries.pairs(CodingSample.objects.get())


def test_agreed_themes_count_and_the_rest_is_settled_together(
    sample: CodingSample, people: Cast, light: Theme, traffic: Theme
) -> None:
    done = coded(sample, people, [light] * 20 + [traffic] * 20, [light] * 18 + [traffic] * 22)
    client = signed_in(people.police_editor)
    url = f"{WORK}kodning/{sample.pk}/"
    page = client.get(url).text
    differing = [pair for pair in coding_queries.pairs(done) if not pair.is_agreed]

    client.post(url, {f"rad-{pair.row.pk}": key for pair, key in zip(differing, ("morkt", "-"), strict=True)})

    assert "Ni satte samma tema på 38 av 40 svar. Ni läser svaren på samma sätt." in page
    assert "enigheten 0,90 (Cohens kappa; osäkerhet: mellan 0,77 och 1,00" in page
    assert (light.contributions.count(), traffic.contributions.count()) == (19, 20)
    assert not SampledVoice.objects.filter(settled_on=None).exists()
    assert "Allt är avgjort." in client.get(url).text
    assert Event.objects.filter(verb="coding.settled").exists()


def test_few_voices_of_a_theme_give_no_figure_for_it(
    sample: CodingSample, people: Cast, light: Theme, traffic: Theme
) -> None:
    done = coded(sample, people, [light] * 4 + [traffic] * 36, [light] * 4 + [traffic] * 36)

    rows = {row.label: row for row in shown(coding_queries.pairs(done), [light, traffic]).rows}

    assert (rows["Mörkt"].number, rows["Mörkt"].kappa) == ("färre än 5", "för få för att säga")
    assert rows["Trafik"].kappa == "1,00 (mellan 1,00 och 1,00)"


@pytest.mark.parametrize(
    ("same", "begins"),
    [(40, "Ni läser svaren på samma sätt."), (34, "Svaren är för få"), (20, "Ni läser svaren olika")],
)
def test_words_follow_the_interval(
    sample: CodingSample, people: Cast, light: Theme, traffic: Theme, same: int, begins: str
) -> None:
    both: list[Theme | None] = [light if number % 2 else traffic for number in range(NUMBER)]
    other = {light: traffic, traffic: light}
    second = [each if number < same else other[each] for number, each in enumerate(both) if each]
    done = coded(sample, people, both, list(second))

    assert shown(coding_queries.pairs(done), [light, traffic]).advice.startswith(begins)


def test_one_and_the_same_theme_on_all_gives_no_figure(sample: CodingSample, people: Cast, light: Theme) -> None:
    done = coded(sample, people, [light] * NUMBER, [light] * NUMBER)

    assert shown(coding_queries.pairs(done), [light]).figure.startswith("Ni satte ett och samma tema på alla svar.")


def test_voices_that_are_coded_are_not_sorted_meanwhile(sample: CodingSample, people: Cast) -> None:
    before = to_sort(sample.dialogue, only_unsorted=True).count()
    signed_in(people.police_editor).post(f"{WORK}kodning/{sample.pk}/avbryt/")

    assert (before, to_sort(sample.dialogue, only_unsorted=True).count()) == (0, NUMBER)
    assert not VoiceCode.objects.exists()


def test_only_the_two_code_and_only_until_they_are_done(sample: CodingSample, people: Cast) -> None:
    rows = list(coding_queries.rows_of(sample))
    coding.code(sample=sample, by=people.coordinator, chosen=dict.fromkeys(rows))
    coding.finish(sample=sample, by=people.coordinator, today=TODAY)
    third = signed_in(people.neighbour)

    with pytest.raises(coding.NotYours):
        coding.code(sample=sample, by=people.coordinator, chosen={rows[0]: None})
    assert third.get(f"{WORK}kodning/{sample.pk}/").status_code == 404


def test_one_is_not_done_before_all_is_coded(sample: CodingSample, people: Cast) -> None:
    page = signed_in(people.coordinator).post(f"{WORK}kodning/{sample.pk}/", {"klar": "1"}, follow=True).text

    assert "Några svar är inte kodade än." in page
    assert CodingSample.objects.get().first_done_on is None


def test_sample_holds_only_what_is_reviewed_and_a_voice_taken_away_leaves_it(
    sample: CodingSample, open_dialogue: Dialogue
) -> None:
    unread = voice(open_dialogue, "Ingen har läst det här.")
    gone = coding_queries.rows_of(sample)[0]
    Contribution.objects.filter(pk=gone.voice_id).update(visibility="internal", decision="keep")

    assert unread not in coding_queries.to_code(open_dialogue)
    assert gone not in coding_queries.rows_of(sample)


def test_too_few_reviewed_voices_are_said(open_dialogue: Dialogue, people: Cast, light: Theme) -> None:
    given = {"colleague": str(people.police_editor.key), "number": "50"}
    answer = signed_in(people.coordinator).post(f"{WORK}kodning/ny/", given)

    assert answer.status_code == 422
    assert "Det behövs minst 10 granskade svar utan tema." in answer.text


def test_codebook_of_another_dialogue_is_taken_over_once(open_dialogue: Dialogue, here: Tuna, people: Cast) -> None:
    other = dialogue(here.kommun, key="forra")
    theme(other, "Mörkt", definition="Allt om lampor.", answer="used", answer_text="Vi byter dem.")
    client = signed_in(people.coordinator)

    for _each in range(2):
        client.post(f"{WORK}kodbok/", {"source": str(other.pk)})

    taken = open_dialogue.themes.get()
    assert (taken.label, taken.definition, taken.answer, taken.visibility) == (
        "Mörkt",
        "Allt om lampor.",
        "",
        "internal",
    )
    assert "Allt om lampor." in client.get(f"{WORK}kodbok/").text
