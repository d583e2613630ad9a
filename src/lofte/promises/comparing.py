"""What differs between two texts of a promise, as people read it: old words struck out, new ones marked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lofte.design.words import date_words, number_words
from lofte.promises.text import ActivityText, GoalText, PledgeText, PromiseText
from lofte.promises.wording import listed, promised_words, responsible

WORDS = re.compile(r"\s+|[^\s]+")
KEPT, GONE, ADDED = "kept", "gone", "added"


@dataclass(frozen=True)
class Stretch:
    """Words that stayed, went or came."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One place of the text that reads differently."""

    where: str
    before: str
    after: str

    @property
    def stretches(self) -> list[Stretch]:
        return stretches(self.before, self.after)


def stretches(before: str, after: str) -> list[Stretch]:
    """Word by word. Joined, what is kept and gone is the old text, and what is kept and added the new one."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    found = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Stretch(KEPT, "".join(old[a:b])))
            continue
        if b > a:
            found.append(Stretch(GONE, "".join(old[a:b])))
        if d > c:
            found.append(Stretch(ADDED, "".join(new[c:d])))
    return found


def changes(before: PromiseText, after: PromiseText) -> list[Change]:
    """Every place that reads differently, in the order of the text."""
    pairs = [*_paired("", _whole(before), _whole(after))]
    pairs += _rows(before.pledges, after.pledges, _pledge, _("Löfte"))
    pairs += _rows(before.goals, after.goals, _goal, _("Mål"))
    return [change for change in pairs if change.before != change.after]


def _whole(text: PromiseText) -> dict[str, str]:
    return {
        _("Kort version"): text.short_line,
        _("Titel"): text.title,
        _("Lovar"): listed(text.parties),
        _("Gäller från"): date_words(text.starts),
        _("Gäller till"): date_words(text.ends),
        _("Var"): listed(text.areas) or (_("hela kommunen") if text.covers_municipality else ""),
        _("Inledning"): text.intro,
        _("Övergripande löfte"): text.overall_pledge,
        _("Det här ska vi åstadkomma"): text.desired_outcome,
        _("Går att följa på"): listed(text.channels),
    }


def _pledge(pledge: PledgeText) -> dict[str, str]:
    told = {"": pledge.text, _("Ansvarig"): responsible(pledge), _("Delområde"): pledge.theme}
    for activity in pledge.activities:
        told |= _activity(activity)
    return told


def _activity(activity: ActivityText) -> dict[str, str]:
    amounts = "; ".join(promised_words(target) for target in activity.targets)
    days = "–".join(date_words(day) for day in (activity.starts, activity.ends) if day)
    words = ". ".join(filter(None, [activity.text.rstrip("."), amounts, listed(activity.parties), days]))
    return {f"{_('Aktivitet')} {activity.key}": words}


def _goal(goal: GoalText) -> dict[str, str]:
    numbers = {
        _("Läget när vi började"): goal.baseline,
        _("Målvärde"): goal.target,
        _("Räknas som oförändrat"): goal.margin,
    }
    told = {"": goal.text} | {name: number_words(value) for name, value in numbers.items() if value is not None}
    return told | ({_("Svaret kommer"): date_words(goal.answer_on)} if goal.answer_on else {})


def _rows[Row: PledgeText | GoalText](
    before: Sequence[Row], after: Sequence[Row], told: Callable[[Row], dict[str, str]], name: str
) -> Iterator[Change]:
    """Rows by their key: those that are there now in their order, then those that were taken away."""
    old, new = {row.key: row for row in before}, {row.key: row for row in after}
    for number, key in enumerate([*new, *(key for key in old if key not in new)], start=1):
        first = told(old[key]) if key in old else {}
        second = told(new[key]) if key in new else {}
        yield from _paired(f"{name} {number}", first, second)


def _paired(where: str, before: dict[str, str], after: dict[str, str]) -> Iterable[Change]:
    for name in dict.fromkeys([*after, *before]):
        told = ", ".join(filter(None, [where, name[:1].lower() + name[1:] if where else name]))
        yield Change(told, before.get(name, ""), after.get(name, ""))
