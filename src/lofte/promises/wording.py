"""A signed text in plain words: amounts, places, who is responsible and when it is reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from lofte.design.words import month_words, number_words, quoted, strung, woven
from lofte.promises.text import PledgeText, Promised


def promised_words(target: Promised) -> str:
    """What was promised, in a few words: "minst 8 nya områden", "minst 1 kontroll om dagen"."""
    if target.kind == "none":
        return _("inget antal")
    if target.kind == "yes_no":
        return quoted(target.unit) or _("att det blir gjort")
    least = {"at_least": _("minst"), "exactly": "", "at_most": _("högst")}[target.comparison]
    amount = number_words(target.amount or 0)
    if target.kind == "share":
        amount = _("{share} %").format(share=amount)
    words = [least, amount, unit_words(target.unit, target.amount), per_words(target.per)]
    if target.is_average:
        words.append(_("i genomsnitt"))
    if target.options:
        options = strung(map(quoted, target.options), ", ")
        words.append(woven(_("av något av: {options}"), options=options))
    if target.min_minutes:
        words.append(_("på minst {n} minuter").format(n=target.min_minutes))
    return strung((strung(words), _places(target)), "")


# Plural endings of what promises count, and the ending when it is one. Other words keep the form the promise has.
_ONE = {
    "ingar": "ing", "kontroller": "kontroll", "insatser": "insats", "patruller": "patrull", "tillfällen": "tillfälle",
    "områden": "område", "möten": "möte", "kvällar": "kväll", "platser": "plats", "personer": "person",
    "tillsyner": "tillsyn", "bilder": "bild", "träffar": "träff", "dagar": "dag", "veckor": "vecka", "timmar": "timme",
    "gånger": "gång", "aktiviteter": "aktivitet", "rundor": "runda", "kurser": "kurs", "dialoger": "dialog",
}  # fmt: skip


def unit_words(unit: str, number: Decimal | None) -> str:
    """The unit after its number: "8 kontroller", but "1 kontroll"."""
    noun, _space, rest = unit.partition(" ")
    ending = next((ending for ending in _ONE if noun.lower().endswith(ending)), "")
    if number == 1 and ending:
        unit = f"{noun.removesuffix(ending)}{_ONE[ending]} {rest}".rstrip()
    return quoted(unit)


def per_words(per: str) -> str:
    return {"": "", "day": _("om dagen"), "week": _("i veckan"), "month": _("i månaden"), "year": _("om året")}[per]


def _places(target: Promised) -> str:
    if target.in_each_area and not target.places:
        return _(" i varje kommundel")
    own = [f"{place.name} {number_words(place.amount)}" for place in target.places if place.amount is not None]
    if own:
        return ": " + ", ".join(own)
    if not target.places:
        return ""
    places = listed([place.name for place in target.places])
    return (_(" på var och en av: {places}") if target.in_each_area else _(", bland annat {places}")).format(
        places=places
    )


def parties(pledge: PledgeText) -> list[str]:
    """Who answers for a pledge, with "andra aktörer" when the text says so without naming them."""
    return [*pledge.parties, *([_("andra aktörer")] if pledge.with_others else [])]


def responsible(pledge: PledgeText) -> str:
    return listed(parties(pledge)) or _("det framgår inte")


def listed(names: Sequence[str]) -> str:
    """a, b och c"""
    if len(names) < 2:
        return "".join(names)
    return _("{most} och {last}").format(most=", ".join(names[:-1]), last=names[-1])


def rhythm_words(rhythm: str, report_days: Sequence[str]) -> str:
    """When the work is reported, as a sentence; empty when the text doesn't say."""
    when = {
        "tertial": _("Arbetet följs upp var fjärde månad."),
        "quarter": _("Arbetet följs upp varje kvartal."),
        "half_year": _("Arbetet följs upp varje halvår."),
        "year": _("Arbetet följs upp varje år."),
        "once": _("Arbetet följs upp när löftet är slut."),
    }.get(rhythm, "")
    months = [month_words(dt.date.fromisoformat(day)) for day in report_days]
    reported = _("Det redovisas i {months}.").format(months=listed(months)) if months else ""
    return " ".join(filter(None, [when, reported]))
