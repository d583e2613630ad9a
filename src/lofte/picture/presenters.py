"""Words of the picture's pages: what a version is called, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.core.states import Visibility
from lofte.picture.models import Problem, SituationPicture, Statement
from lofte.picture.queries import KNOWLEDGE, MOST_TOGETHER, Place


def name_of(picture: SituationPicture) -> str:
    if picture.year:
        return _("Lägesbild {year}, version {version}").format(year=picture.year, version=picture.version)
    return _("Lägesbild, version {version}").format(version=picture.version)


def columns() -> list[str]:
    return [str(label) for label, _kinds in KNOWLEDGE]


def chosen_place(places: Sequence[Place], asked: str | None) -> Place | None:
    """The place whose statements are shown when there are too many to be shown together."""
    if sum(place.statements for place in places) <= MOST_TOGETHER:
        return None
    return next((place for place in places if place.key == asked), places[0])


def missing(
    picture: SituationPicture, problems: Sequence[Problem], *, has_statements: bool, without: int
) -> list[str]:  # fmt: skip
    """What the picture lacks, in sentences. Nothing of it stops anybody. `without`: statements without evidence."""
    return list(_missing(picture, problems, has_statements, without))


def _missing(
    picture: SituationPicture, problems: Sequence[Problem], has_statements: bool, without: int
) -> Iterator[str]:
    if not has_statements:
        yield _("Bilden har ingen utsaga än.")
    if without:
        yield _("Utsagor utan underlag: {n}.").format(n=without)
    if not problems:
        yield _("Inget problem är beskrivet.")
    for problem in problems:
        if not problem.evidence_links.all():
            yield _("Inget underlag är kopplat till problemet ”{problem}”.").format(problem=problem.title)
        if problem.priority is not None and not problem.causes.all():
            yield _("Ingen orsak är undersökt till problemet ”{problem}”.").format(problem=problem.title)
        if not problem.consequences:
            yield _("Det står inte vad problemet ”{problem}” leder till.").format(problem=problem.title)
    if problems and all(problem.priority is None for problem in problems):
        yield _("Problemen har ingen ordning.")
    if not picture.joint_assessment:
        yield _("Den samlade bedömningen är inte skriven.")


@dataclass(frozen=True)
class StatementRow:
    """A statement as plain words: a whole kommun has hundreds of them on one page."""

    key: str
    sentence: str
    internal_sentence: str
    facts: str
    evidence: str
    figures: str
    talk: str


def statement_row(row: Statement, open_comments: int) -> StatementRow:
    where = ", ".join(area.name for area in row.areas.all()) or _("Hela kommunen")
    facts = [where, row.period, row.comparison, str(row.get_trend_display()), str(row.get_strength_display())]
    return StatementRow(
        row.key,
        row.sentence,
        row.internal_sentence,
        " · ".join(fact for fact in facts if fact),
        ", ".join(_cited(link.evidence.title, link.evidence.visibility) for link in row.evidence_links.all()),
        ", ".join(figure.indicator.name for figure in row.figures.all()),
        talk_words(open_comments),
    )


def _cited(title: str, visibility: str) -> str:
    return _("{title} (finns hos ägaren)").format(title=title) if visibility == Visibility.HELD_BY_OWNER else title


def talk_words(open_comments: int) -> str:
    if not open_comments:
        return _("Kommentera")
    return ngettext("{n} kommentar", "{n} kommentarer", open_comments).format(n=open_comments)
