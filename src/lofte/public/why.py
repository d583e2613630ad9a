"""Därför lovar vi det här: the whole chain as steps, with every gap said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lofte.core.states import Visibility
from lofte.design.pieces import Knot, Strand
from lofte.design.words import date_words, number_words, period_words, quoted, strung, woven
from lofte.evidence.models import EvidenceItem
from lofte.followup.presenters import delivery_verdict
from lofte.followup.queries import Status
from lofte.public.addresses import address
from lofte.public.chain import Chain
from lofte.voices.models import Dialogue

SHOWN = 3


@dataclass(frozen=True)
class Step:
    """A knot of the page, with the name its links lead to."""

    key: str
    knot: Knot


def steps(status: Status, chain: Chain) -> list[Step]:
    """Voice → evidence → problem → cause → goal → measure → promise → activity → report → verdict → lesson."""
    return [
        _step("roster", _("Det här sade människor"), _voices(chain)),
        _step("underlag", _("Underlag"), _evidence(chain)),
        _step("problem", _("Problem"), _problems(chain)),
        _step("orsak", _("Orsaker"), _causes(chain)),
        _step("mal", _("Mål"), _goals(status)),
        _step("atgard", _("Kommunens åtgärdsplan"), _measures(chain)),
        Step("loften", Knot(_("Löften"), _pledges(status), is_here=True)),
        _step("aktivitet", _("Aktiviteter"), _activities(status)),
        _step("rapport", _("Rapporter"), _reports(status)),
    ]


def _step(key: str, kind: str, items: Sequence[Strand]) -> Step:
    return Step(key, Knot(kind, items, "" if items else str(MISSING[key])))


MISSING = {
    "roster": gettext_lazy("Inget svar från dialogen är kopplat till det här löftet."),
    "underlag": gettext_lazy("Här finns inget underlag att visa."),
    "problem": gettext_lazy("Löftet är inte kopplat till något problem."),
    "orsak": gettext_lazy("Problemet är beskrivet, ingen orsak är undersökt."),
    "mal": gettext_lazy("Löftet har inget mått."),
    "atgard": gettext_lazy("Löftet är inte kopplat till kommunens åtgärdsplan."),
    "aktivitet": gettext_lazy("Det står inte vad som ska göras."),
    "rapport": gettext_lazy("Inget är rapporterat än."),
}


def gaps(status: Status, chain: Chain) -> list[str]:
    """What is missing between what was said and what was promised."""
    return [step.knot.gap for step in steps_back(status, chain) if step.knot.gap]


def steps_back(status: Status, chain: Chain) -> list[Step]:
    return [step for step in steps(status, chain) if step.key in ("roster", "underlag", "problem", "orsak", "mal")]


def reasons(status: Status, chain: Chain) -> list[Knot]:
    """The short way back, for the promise's own page: the first few of each, and how many more there are."""
    return [replace(step.knot, items=_first(step.knot.items)) for step in steps_back(status, chain)]


def _first(items: Sequence[Strand]) -> list[Strand]:
    shown = [Strand(item.text) for item in items[:SHOWN]]
    more = len(items) - len(shown)
    return [*shown, Strand(_("och {n} till").format(n=more))] if more else shown


def _voices(chain: Chain) -> list[Strand]:
    found = []
    themes = [theme for rows in chain.themes.values() for theme in rows]
    for dialogue in chain.dialogues:
        found.append(Strand(quoted(dialogue.title), _participants(dialogue)))
        for theme in {theme.pk: theme for theme in themes if theme.dialogue_id == dialogue.pk}.values():
            found.append(Strand(quoted(f"”{theme.label}”"), _counted(theme.count, theme.share)))
    return found


def _participants(dialogue: Dialogue) -> str:
    if dialogue.participants is None:
        return str(dialogue.get_form_display())
    n = dialogue.participants
    people = ngettext("{n} deltagare", "{n} deltagare", n).format(n=number_words(n))
    when = f", {period_words(dialogue.opens, dialogue.closes)}" if dialogue.opens and dialogue.closes else ""
    return f"{dialogue.get_form_display()}, {people}{when}"


def _counted(count: int | None, share: object) -> str:
    parts = []
    if count is not None:
        parts.append(ngettext("{n} svar", "{n} svar", count).format(n=number_words(count)))
    if share is not None:
        parts.append(_("{share} procent").format(share=number_words(share)))  # type: ignore[arg-type]
    return ", ".join(parts)


def _evidence(chain: Chain) -> list[Strand]:
    return [Strand(quoted(item.title), _what_it_says(item)) for item in chain.all_evidence]


def _what_it_says(item: EvidenceItem) -> str:
    if item.visibility == Visibility.HELD_BY_OWNER:
        when = f", {date_words(item.on)}" if item.on else ""
        return _("Finns hos ägaren ({owner}){when}. Innehållet visas inte här.").format(owner=item.owner, when=when)
    parts = [quoted(item.sentence)]
    if item.n is not None:
        parts.append(
            ngettext("{n} svar eller händelse bakom.", "{n} svar eller händelser bakom.", item.n).format(
                n=number_words(item.n)
            )
        )
    if item.period:
        parts.append(quoted(f"{item.period}."))
    if item.limits:
        parts.append(woven(_("Tänk på: {limits}"), limits=quoted(item.limits)))
    return strung(parts)


def _problems(chain: Chain) -> list[Strand]:
    return [Strand(quoted(problem.title), quoted(problem.description)) for problem in chain.problems.values()]


def _causes(chain: Chain) -> list[Strand]:
    return [
        Strand(quoted(cause.text), strung((str(cause.get_level_display()), "·", quoted(cause.problem.title))))
        for causes in chain.causes.values()
        for cause in causes
    ]


def _goals(status: Status) -> list[Strand]:
    return [Strand(quoted(goal.text), _baseline(goal.baseline, goal.baseline_period)) for goal in status.text.goals]


def _baseline(value: object, period: str) -> str:
    if value is None:
        return ""
    when = woven(" ({period})", period=quoted(period)) if period else ""
    return woven(_("Läget när vi började: {value}{when}"), value=number_words(value), when=when)  # type: ignore[arg-type]


def _measures(chain: Chain) -> list[Strand]:
    return [Strand(quoted(measure.text)) for measure in chain.measures.values()]


def _pledges(status: Status) -> list[Strand]:
    return [Strand(quoted(pledge.text.text), verdict=delivery_verdict(pledge, status)) for pledge in status.pledges]


def _activities(status: Status) -> list[Strand]:
    return [
        Strand(quoted(activity.text), ", ".join(activity.parties))
        for pledge in status.text.pledges
        for activity in pledge.activities
        if activity.text != pledge.text
    ]


def _reports(status: Status) -> Sequence[Strand]:
    return [
        Strand(
            period_words(period.starts, period.ends),
            quoted(period.summary),
            address(status.promise, "report", label=period.label),
        )
        for period in status.periods
        if period.stage == "published"
    ]
