"""Words of the picture's pages: what a version is called, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from lofte.picture.models import Problem, SituationPicture, Statement
from lofte.picture.queries import KNOWLEDGE


def name_of(picture: SituationPicture) -> str:
    if picture.year:
        return _("Lägesbild {year}, version {version}").format(year=picture.year, version=picture.version)
    return _("Lägesbild, version {version}").format(version=picture.version)


def columns() -> list[str]:
    return [str(label) for label, _kinds in KNOWLEDGE]


def missing(picture: SituationPicture, statements: Sequence[Statement], problems: Sequence[Problem]) -> list[str]:
    """What the picture lacks, in sentences. Nothing of it stops anybody."""
    return list(_missing(picture, statements, problems))


def _missing(picture: SituationPicture, statements: Sequence[Statement], problems: Sequence[Problem]) -> Iterator[str]:
    if not statements:
        yield _("Bilden har ingen utsaga än.")
    without = sum(not statement.evidence_links.all() for statement in statements)
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
