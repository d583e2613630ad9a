"""How a goal will be judged, in sentences that everyone may read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lofte.core.states import Because
from lofte.design.words import number_words
from lofte.evidence.source_calendar import answer_words
from lofte.promises.models import Goal
from lofte.promises.text import GoalText


def plan_words(goal: GoalText) -> list[str]:
    """The plan that was set before anyone signed: measure, comparison, margin, smallest change, and when one knows."""
    if goal.no_answer_because:
        because = Because(goal.no_answer_because).label
        told = _("Det kan inte bedömas, därför att {because}.").format(because=because)
        return [told, *([goal.no_answer_text] if goal.no_answer_text else [])]
    return [
        sentence
        for sentence in (_measured(goal), _compared(goal), _margin(goal), _smallest(goal), _when(goal))
        if sentence
    ]


def _measured(goal: GoalText) -> str:
    if not goal.measure:
        return ""
    told = _("Så mäter vi: {name} ({unit}).").format(name=goal.measure, unit=goal.unit)
    if goal.baseline is not None:
        when = f" ({goal.baseline_period})" if goal.baseline_period else ""
        told += " " + _("Läget när vi började: {value}{when}.").format(value=number_words(goal.baseline), when=when)
    return told


def _compared(goal: GoalText) -> str:
    if not goal.design:
        return ""
    if goal.design == Goal.Design.NONE:
        return _("Ingen jämförelse är planerad. Därför går det inte att säga varför det blev som det blev.")
    told = _("Vi jämför {design}.").format(design=Goal.Design(goal.design).label)
    return f"{told} {goal.comparison}".strip()


def _margin(goal: GoalText) -> str:
    if goal.margin is None:
        return ""
    margin = f"{number_words(goal.margin)} {_apart(goal)}".strip()
    return _("En skillnad på högst {margin} räknas som oförändrat.").format(margin=margin)


def _smallest(goal: GoalText) -> str:
    if goal.smallest_change is None:
        return goal.smallest_change_basis
    change = f"{number_words(goal.smallest_change)} {_apart(goal)}".strip()
    told = _("Den minsta ändring vi kan se är ungefär {change} ({basis}).")
    return told.format(change=change, basis=goal.smallest_change_basis)


def _apart(goal: GoalText) -> str:
    """The unit of a difference: between 40 and 35 percent there are five percentage points."""
    return _("procentenheter") if goal.unit == "procent" else goal.unit


def _when(goal: GoalText) -> str:
    return answer_words(goal.answer_on) if goal.answer_on else ""


def goal_text(goal: Goal) -> GoalText:
    """A row of the working copy as the values that a frozen text gives."""
    return GoalText(
        key=goal.key,
        kind=goal.kind,
        text=goal.text,
        pledge=goal.pledge.key if goal.pledge else "",
        indicator=goal.indicator.key if goal.indicator else "",
        baseline=goal.baseline_value,
        baseline_period=goal.baseline_period,
        target=goal.target_value,
        margin=goal.margin,
        answer_on=goal.answer_on,
        measure=goal.indicator.name if goal.indicator else "",
        unit=goal.indicator.unit if goal.indicator else "",
        design=goal.design,
        comparison=goal.comparison,
        smallest_change=goal.smallest_change,
        smallest_change_basis=goal.smallest_change_basis,
        no_answer_because=goal.no_answer_because,
        no_answer_text=goal.no_answer_text,
    )
