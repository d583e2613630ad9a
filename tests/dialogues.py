"""Small plain functions that build dialogues and what was said in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from factories import TODAY, Kommun, Tuna, cycle, picture, problem
from lofte.evidence.models import EvidenceItem, EvidenceTheme
from lofte.parties.models import Cycle
from lofte.picture.models import ProblemEvidence
from lofte.places.models import Area
from lofte.promises.versions import freeze
from lofte.voices.models import Contribution, Dialogue, RoundStatement, StatementRound, Theme


def dialogue(where: Kommun, in_cycle: Cycle | None = None, **given: Any) -> Dialogue:
    """One that is open on the day that tests have, and answered in time."""
    turn = in_cycle or Cycle.objects.filter(municipality=where.municipality).first() or cycle(where)
    values = {
        "cycle": turn,
        "key": "trygg",
        "kind": "citizen",
        "form": "web",
        "title": "Vad gör dig trygg i Tuna?",
        "question": "Berätta var och när det känns tryggt eller otryggt.",
        "can_influence": "Vilka platser vi börjar med.",
        "opens": TODAY - dt.timedelta(days=10),
        "closes": TODAY + dt.timedelta(days=10),
        "feedback_on": TODAY + dt.timedelta(days=60),
        **given,
    }
    return Dialogue.objects.create(**values)


def voice(of: Dialogue, text: str = "Det är mörkt i tunneln.", **given: Any) -> Contribution:
    number = of.contributions.count() + 1
    values = {"key": f"svar-{number}", "channel": "phone", "month": TODAY.replace(day=1), **given}
    return Contribution.objects.create(dialogue=of, text=text, **values)


def theme(of: Dialogue, label: str = "Mörkt i tunneln", **given: Any) -> Theme:
    number = of.themes.count() + 1
    return Theme.objects.create(dialogue=of, label=label, **{"key": f"tema-{number}", "visibility": "open", **given})


def statement_round(of: Dialogue, *texts: str, **given: Any) -> StatementRound:
    """One that is open on the day that tests have."""
    values = {"key": "runda", "title": "Vad är viktigast?", "opens": of.opens, "closes": of.closes, **given}
    made = StatementRound.objects.create(dialogue=of, **values)
    for number, text in enumerate(texts or ("Lamporna går före.", "Bussen går före."), 1):
        RoundStatement.objects.create(round=made, order=number, key=f"{made.key}-{number}", text=text)
    return made


def place(where: Kommun, name: str, inside: Area) -> Area:
    return Area.objects.create(
        municipality=where.municipality, key=name.lower(), name=name, kind=Area.Kind.PLACE, parent=inside
    )


def led_to_a_pledge(here: Tuna, label: str = "Mörkt på gårdarna", **given: Any) -> Theme:
    """It is dark, people said. A problem of the adopted picture rests on it, and the pledge of the lamps on that."""
    said = theme(dialogue(here.kommun), label, **given)
    drawn = picture(here.promise.cycle)
    item = EvidenceItem.objects.create(
        cycle=here.promise.cycle, key="dialog", kind="dialogue", title="Dialogen", visibility="open",
        dialogue=said.dialogue,
    )  # fmt: skip
    EvidenceTheme.objects.create(evidence=item, theme=said)
    dark = problem(drawn, "Mörka gårdar")
    ProblemEvidence.objects.create(problem=dark, evidence=item)
    drawn.state, drawn.adopted_by, drawn.adopted_on = "adopted", "Kommunstyrelsen", TODAY
    drawn.save()
    here.promise.picture = drawn
    here.promise.save()
    here.promise.pledges.get(key="ljus").problem_links.create(problem=dark)
    freeze(here.promise)
    return said
