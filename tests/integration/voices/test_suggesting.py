"""Themes that the computer proposes: learnt from people, shown as proposals, and nothing until a person says so."""

from __future__ import annotations

import pytest

from dialogues import theme, voice
from lofte.core import jobs
from lofte.core.models import Job
from lofte.voices import proposing
from lofte.voices.models import Dialogue, SuggestedCode
from people import Cast, signed_in

SORT = "/arbete/tuna/dialoger/2026/trygg/teman/sortera/"
LIGHT = ["Lampan är trasig i tunneln.", "Det är mörkt i tunneln.", "Trasiga lampor överallt.", "Mörkt vid lampan."]
TRAFFIC = ["Bilarna kör för fort.", "Mopeder kör på trottoaren.", "Bilar kör mot rött.", "De kör moped fort."]


@pytest.fixture
def sorted_some(open_dialogue: Dialogue) -> Dialogue:
    light, traffic = theme(open_dialogue, "Mörkt", key="morkt"), theme(open_dialogue, "Trafik", key="trafik")
    for text in LIGHT * 3:
        voice(open_dialogue, text, theme=light)
    for text in TRAFFIC * 3:
        voice(open_dialogue, text, theme=traffic)
    return open_dialogue


def test_coordinator_asks_for_proposals_and_takes_one(sorted_some: Dialogue, people: Cast) -> None:
    dark, unlike = voice(sorted_some, "Tunneln är mörk, lampan är trasig."), voice(sorted_some, "Xyz.")
    client = signed_in(people.coordinator)
    client.post(SORT.replace("sortera", "foreslag"))
    waiting = client.get(SORT).text
    jobs.run.call(str(Job.objects.get().key))
    page = client.get(SORT).text

    client.post(SORT, {dark.key: "", f"{dark.key}_forslag": "on", unlike.key: ""})

    assert "Datorn läser det ni har sorterat" in waiting
    assert page.count("Förslag från datorn.") == 1
    assert "Ta förslaget: Mörkt" in page
    assert "checked" not in page
    dark.refresh_from_db()
    assert dark.theme is not None
    assert (dark.theme.key, SuggestedCode.objects.get().answer) == ("morkt", "taken")


def test_proposal_alone_moves_nothing(sorted_some: Dialogue, people: Cast) -> None:
    dark = voice(sorted_some, "Mörkt i tunneln.")
    proposing.suggest(sorted_some)

    signed_in(people.coordinator).post(SORT, {dark.key: ""})

    dark.refresh_from_db()
    assert dark.theme is None
    assert SuggestedCode.objects.get().answer == ""


def test_another_theme_is_remembered_as_a_no(sorted_some: Dialogue, people: Cast) -> None:
    dark = voice(sorted_some, "Mörkt i tunneln.")
    proposing.suggest(sorted_some)

    signed_in(people.coordinator).post(SORT, {dark.key: "trafik"})

    assert SuggestedCode.objects.get().answer == "other"


def test_both_a_theme_and_the_proposal_is_asked_about(sorted_some: Dialogue, people: Cast) -> None:
    dark = voice(sorted_some, "Mörkt i tunneln.")
    proposing.suggest(sorted_some)

    answer = signed_in(people.coordinator).post(SORT, {dark.key: "trafik", f"{dark.key}_forslag": "on"})

    assert answer.status_code == 422
    assert "Välj ett tema eller ta förslaget, inte båda." in answer.text


def test_nothing_is_learnt_from_proposals_that_were_taken(sorted_some: Dialogue) -> None:
    own = theme(sorted_some, "Buller", key="buller")
    for _each in range(6):
        made = voice(sorted_some, "Högt ljud.", theme=own)
        SuggestedCode.objects.create(voice=made, theme=own, answer="taken")

    assert "buller" not in {key for _text, key in proposing._learnt_from(sorted_some)}


def test_too_little_to_learn_from_is_said(open_dialogue: Dialogue, people: Cast) -> None:
    theme(open_dialogue)
    voice(open_dialogue)
    client = signed_in(people.coordinator)
    client.post(SORT.replace("sortera", "foreslag"))
    jobs.run.call(str(Job.objects.get().key))

    assert "Sortera fler först" in client.get(SORT).text
