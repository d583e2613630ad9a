"""Who was heard against who lives here: which groups were missed, and what the reader of the answers must know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lofte.design.words import number_words
from lofte.voices.models import Dialogue, ParticipantCount
from lofte.voices.population import Ages, Population, population_of
from lofte.voices.presenters import capital

if TYPE_CHECKING:
    from lofte_engine.survey import Caution, GroupHeard, Raked

FEWEST = 20
LARGEST_WEIGHT = 5.0
AGE, SEX = "age", "sex"


@dataclass(frozen=True)
class Compared:
    """One group. How many it had is told elsewhere, if it may be."""

    label: str
    share: str
    heard: str


@dataclass(frozen=True)
class Margin:
    caption: str
    column: str
    rows: Sequence[Compared]


@dataclass(frozen=True)
class Representation:
    margins: Sequence[Margin]
    warnings: Sequence[str]
    weighing: str
    source: str


Cells = Mapping[tuple[str, str], int]


def representation(dialogue: Dialogue, cells: Cells) -> Representation | None:
    """`cells` are those who answered, by age and sex.

    None for staff, where nobody has read in who lives here, and where too few have said age or sex.
    """
    last = dialogue.closes or dialogue.cycle.ends
    people = population_of(dialogue.cycle.municipality, last.year)
    if people is None or dialogue.is_for_staff:
        return None
    from lofte_engine.survey import cautions, who_was_heard

    targets = _targets(people)
    heard = _heard(cells, targets)
    margins = {
        name: who_was_heard(heard[name], targets[name])
        for name in targets
        if sum(heard[name].values()) >= FEWEST and len(targets[name]) > 1
    }
    if not margins:
        return None
    raked = _raked(cells, targets)
    return Representation(
        [_margin(name, rows) for name, rows in margins.items()],
        [_warning(each) for each in cautions(list(margins.values()))],
        _weighing(raked),
        _("Folkmängd {year}: {source}.").format(year=people.year, source=people.source),
    )


# --- groups that both have


def _targets(people: Population) -> dict[str, dict[Hashable, float]]:
    """The population in groups that both it and the answers can be added up to."""
    ages: dict[Hashable, float] = {}
    for group in common_ages(list(people.by_age)):
        ages[group] = sum(number for span, number in people.by_age.items() if _is_in(span, group))
    sexes: dict[Hashable, float] = dict(people.by_sex.items())
    return {AGE: ages, SEX: sexes}


def common_ages(spans: Sequence[Ages]) -> list[Ages]:
    """Age groups that begin where both a group of the population and one of the answers begin.

    >>> common_ages([(0, 17), (18, 24), (25, 44), (45, 64), (65, None)])
    [(0, 17), (18, 24), (25, 44), (45, 64), (65, None)]
    """
    both = sorted({start for start, _end in spans} & {start for start, _end in _bands().values()})
    ends: list[int | None] = [start - 1 for start in both[1:]]
    return list(zip(both, [*ends, None], strict=True)) if both else []


def _bands() -> dict[str, Ages]:
    bands: dict[str, Ages] = {}
    for value in ParticipantCount.Age.values:
        low, _dash, high = value.rstrip("+").partition("-")
        if low:
            bands[value] = (int(low), int(high) if high else None)
    return bands


def _is_in(span: Ages, group: Ages) -> bool:
    return span[0] >= group[0] and (group[1] is None or span[0] <= group[1])


def _group_of(band: str, groups: Sequence[Hashable]) -> Hashable | None:
    span = _bands().get(band)
    return next((group for group in groups if span and isinstance(group, tuple) and _is_in(span, group)), None)


def _heard(cells: Cells, targets: Mapping[str, Mapping[Hashable, float]]) -> dict[str, Counter[Hashable]]:
    found: dict[str, Counter[Hashable]] = {AGE: Counter(), SEX: Counter()}
    for (age, sex), number in cells.items():
        group = _group_of(age, list(targets[AGE]))
        if group is not None:
            found[AGE][group] += number
        if sex in targets[SEX]:
            found[SEX][sex] += number
    return found


def _raked(cells: Cells, targets: Mapping[str, Mapping[Hashable, float]]) -> Raked | None:
    """Weights for those who told both age and sex. No voice gets one: who said what is not known.

    They tell how uneven the answers are.
    """
    from lofte_engine.survey import RakingError, rake

    answers: dict[str, list[Hashable]] = {AGE: [], SEX: []}
    for (age, sex), number in sorted(cells.items()):
        group = _group_of(age, list(targets[AGE]))
        if group is not None and sex in targets[SEX]:
            answers[AGE] += [group] * number
            answers[SEX] += [sex] * number
    if len(answers[AGE]) < FEWEST:
        return None
    scale = sum(targets[AGE].values()) / sum(targets[SEX].values())
    wanted = {AGE: targets[AGE], SEX: {sex: number * scale for sex, number in targets[SEX].items()}}
    try:
        return rake(answers, wanted, cap=LARGEST_WEIGHT)
    except RakingError:
        # A group in which nobody answered can't be weighed up; that it was not heard is already said.
        return None


# --- words


def _margin(name: str, rows: Sequence[GroupHeard]) -> Margin:
    people = sum(row.population for row in rows)
    caption, column = {
        AGE: (_("Åldrar bland dem som svarade och bland dem som bor här"), _("Ålder")),
        SEX: (_("Kvinnor och män bland dem som svarade och bland dem som bor här"), _("Kön")),
    }[name]
    return Margin(caption, column, [_compared(row, people) for row in rows])


def _compared(row: GroupHeard, people: float) -> Compared:
    # Nobody and few are one word: otherwise it would tell what the table of counts hides.
    words = {
        "nobody": _("mindre än andra"),
        "fewer": _("mindre än andra"),
        "as_many": _("ungefär som andra"),
        "more": _("mer än andra"),
        "unknown": _("går inte att säga, det kan vara en slump"),
    }
    share = _("{n} procent").format(n=number_words(round(100 * row.population / people)))
    return Compared(capital(label_of(row.group)), share, words[row.verdict])


def label_of(group: Hashable) -> str:
    if not isinstance(group, tuple):
        return str(ParticipantCount.Sex(str(group)).label)
    first, last = group
    if last is None:
        return _("{n} år eller äldre").format(n=first)
    return _("under {n} år").format(n=last + 1) if first == 0 else _("{first}–{last} år").format(first=first, last=last)


def _warning(caution: Caution) -> str:
    if caution.code == "self_selected":
        return _("De som svarade valde själva att göra det. De är inte ett urval av alla som bor här.")
    if caution.code == "few_in_all":
        return _("Färre än hundra har sagt sin ålder eller sitt kön. Skillnader kan vara en slump.")
    named = ", ".join(label_of(group) for group in caution.groups)
    return _("Hördes mindre än andra: {groups}.").format(groups=named)


def _weighing(raked: Raked | None) -> str:
    if raked is None:
        return ""
    n, worth = number_words(len(raked.weights)), number_words(round(raked.effective_n))
    told = _("Vägda efter ålder och kön säger {n} svar ungefär lika mycket som {worth} jämnt fördelade.")
    missed = "" if raked.met else " " + _("Vikterna räcker ändå inte för att det ska stämma med dem som bor här.")
    return told.format(n=n, worth=worth) + missed
