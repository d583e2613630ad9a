"""Who was heard against who lives here: which groups were missed, and what the reader of the answers must know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lofte.design.words import number_words
from lofte.voices.models import Dialogue, ParticipantCount
from lofte.voices.population import Ages, Population, population_of, population_of_areas
from lofte.voices.presenters import capital

if TYPE_CHECKING:
    from lofte_engine.survey import Caution, GroupHeard, Raked

FEWEST = 20
LARGEST_WEIGHT = 5.0
AGE, SEX, AREA = "age", "sex", "area"


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
    weighings: Sequence[str]
    sources: Sequence[str]


Cells = Mapping[tuple[str, str], int]


def representation(dialogue: Dialogue, cells: Cells, by_area: Mapping[str, int]) -> Representation | None:
    """`cells` are those who answered, by age and sex; `by_area` their answers, by the area that they are about.

    None for staff, where nobody has read in who lives here, and where too few have said age, sex or area.
    """
    if dialogue.is_for_staff:
        return None
    year = (dialogue.closes or dialogue.cycle.ends).year
    parts = [part for part in (_people_heard(dialogue, year, cells), _areas_heard(dialogue, year, by_area)) if part]
    if not parts:
        return None
    return Representation(
        [margin for part in parts for margin in part.margins],
        list(dict.fromkeys(warning for part in parts for warning in part.warnings)),
        [weighing for part in parts for weighing in part.weighings],
        list(dict.fromkeys(source for part in parts for source in part.sources)),
    )


def _people_heard(dialogue: Dialogue, year: int, cells: Cells) -> Representation | None:
    from lofte_engine.survey import cautions, who_was_heard

    people = population_of(dialogue.cycle.municipality, year)
    if people is None:
        return None
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
        [_weighing(raked, _("ålder och kön"))] if raked else [],
        [_source(people.year, people.source)],
    )


def _source(year: int, source: str) -> str:
    return _("Folkmängd {year}: {source}.").format(year=year, source=source)


# --- areas


def _areas_heard(dialogue: Dialogue, year: int, by_area: Mapping[str, int]) -> Representation | None:
    """Answers by the area that they are about, against who lives there. Areas that the dialogue is not about are out.

    Where somebody lives is never asked for, so it can't be joined with age and sex: areas have weights of their own.
    """
    from lofte_engine.survey import cautions, who_was_heard

    if sum(by_area.values()) < FEWEST:
        return None
    people = population_of_areas(dialogue.cycle.municipality, year, by_area.keys())
    if people is None:
        return None
    about = set(dialogue.areas.values_list("name", flat=True))
    targets: dict[Hashable, float] = {
        name: number for name, number in people.by_area.items() if name in about or not about
    }
    heard: dict[Hashable, int] = {name: n for name, n in by_area.items() if name in targets}
    if sum(heard.values()) < FEWEST or len(targets) < 2:
        return None
    rows = who_was_heard(heard, targets)
    warnings = [_warning(each, is_area=True) for each in cautions([rows])]
    warnings.append(_("Platserna är de som svaren handlar om. Den som svarade kan bo någon annanstans."))
    raked = _raked_areas(heard, targets)
    return Representation(
        [_margin(AREA, rows)],
        warnings,
        [_weighing(raked, _("plats"))] if raked else [],
        [_source(people.year, people.source)],
    )


def _raked_areas(heard: Mapping[Hashable, int], targets: Mapping[Hashable, float]) -> Raked | None:
    from lofte_engine.survey import RakingError, rake

    answers = [name for name, number in sorted(heard.items(), key=str) for _each in range(number)]
    try:
        return rake({AREA: answers}, {AREA: targets}, cap=LARGEST_WEIGHT)
    except RakingError:
        # An area that nobody spoke of can't be weighed up; that it was not heard is already said.
        return None


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
        AREA: (_("Platser som svaren handlar om, och hur många som bor där"), _("Plats")),
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
        return str(ParticipantCount.Sex(group).label) if group in ParticipantCount.Sex.values else str(group)
    first, last = group
    if last is None:
        return _("{n} år eller äldre").format(n=first)
    return _("under {n} år").format(n=last + 1) if first == 0 else _("{first}–{last} år").format(first=first, last=last)


def _warning(caution: Caution, *, is_area: bool = False) -> str:
    if caution.code == "self_selected":
        return _("De som svarade valde själva att göra det. De är inte ett urval av alla som bor här.")
    if caution.code == "few_in_all":
        told = _("Färre än hundra har sagt {what}. Skillnader kan vara en slump.")
        return told.format(what=_("vilken plats det gäller") if is_area else _("sin ålder eller sitt kön"))
    named = ", ".join(label_of(group) for group in caution.groups)
    return _("Hördes mindre än andra: {groups}.").format(groups=named)


def _weighing(raked: Raked, by: str) -> str:
    n, worth = number_words(len(raked.weights)), number_words(round(raked.effective_n))
    told = _("Vägda efter {by} säger {n} svar ungefär lika mycket som {worth} jämnt fördelade.")
    missed = "" if raked.met else " " + _("Vikterna räcker ändå inte för att det ska stämma med dem som bor här.")
    return told.format(by=by, n=n, worth=worth) + missed
