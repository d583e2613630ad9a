"""Small plain functions that build dialogues and what was said in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from factories import TODAY, Kommun, cycle
from lofte.parties.models import Cycle
from lofte.places.models import Area
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
