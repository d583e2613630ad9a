"""What of a dialogue is in a file for everyone: nothing that points to what may not be seen."""

from __future__ import annotations

from dialogues import dialogue, theme, voice
from factories import Tuna
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
