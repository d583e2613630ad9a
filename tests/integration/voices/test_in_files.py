"""What of a dialogue is in a file for everyone: nothing that points to what may not be seen."""

from __future__ import annotations

import json

from dialogues import dialogue, statement_round, theme, voice
from factories import TODAY, Tuna, cycle, promise
from lofte.exchange.reading import load
from lofte.exchange.schema import problems_in
from lofte.exchange.writing import export, inside


def test_open_voice_does_not_name_the_theme_that_only_we_see(here: Tuna) -> None:
    asked = dialogue(here.kommun, here.promise.cycle)
    ours = theme(asked, "Arbetsnamn", key="arbetsnamn", visibility="internal")
    voice(asked, "Det är mörkt.", visibility="open", decision="publish", theme=ours)

    for_everyone, for_us = export(here.promise), export(here.promise, viewer=inside(here.promise))

    assert "Det är mörkt." in str(for_everyone)
    assert "arbetsnamn" not in str(for_everyone)
    assert problems_in(for_everyone) == []
    assert for_us["dialogues"][0]["contributions"][0]["theme"] == "arbetsnamn"


def test_open_walk_is_in_the_file_without_how_many_walked(here: Tuna) -> None:
    asked = dialogue(here.kommun, here.promise.cycle)
    walk = asked.walks.create(key="v1", title="Runt stationen", on=TODAY, participants=3, visibility="open")
    walk.points.create(order=1, kind="light", text="Lampan.", owner=here.kommun.own, done_on=TODAY)
    asked.walks.create(key="v2", title="Bara vi", on=TODAY)

    for_everyone, for_us = export(here.promise), export(here.promise, viewer=inside(here.promise))

    assert problems_in(for_everyone) == problems_in(for_us) == []
    assert for_everyone["dialogues"][0]["walks"] == [
        {"id": "v1", "title": "Runt stationen", "on": "2026-09-10", "visibility": "open",
         "points": [{"kind": "light", "text": "Lampan.", "done_on": "2026-09-10", "owner": "kommunen"}]},
    ]  # fmt: skip
    assert {walk["id"]: walk.get("participants") for walk in for_us["dialogues"][0]["walks"]} == {"v1": 3, "v2": None}


def test_dialogue_with_round_and_walk_comes_out_as_it_was_read(here: Tuna) -> None:
    small = promise(here.kommun, cycle(here.kommun, 2024))
    asked = dialogue(here.kommun, small.cycle)
    made = statement_round(asked, "Lampor.", "Bussar.", closed_on=TODAY, participants=40, with_patterns=True)
    first, second = made.statements.all()
    first.agree, first.is_shared = 30, True
    first.save()
    pattern = made.patterns.create(key="m1", size=20)
    pattern.agrees.add(first)
    pattern.disagrees.add(second)
    walk = asked.walks.create(key="v1", title="Runt stationen", on=TODAY, participants=12, visibility="open")
    walk.points.create(order=1, kind="light", text="Lampan.", owner=here.kommun.own)
    written = export(small, viewer=inside(small))

    again = load(json.loads(json.dumps(written)))

    # The file says the same as what is here already: read in under another name, it came out alike.
    assert not again.is_new
