"""From votes to what may be shown of them. The engine is imported inside: only a worker comes here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction

from lofte.voices import small_groups
from lofte.voices.models import OpinionPattern, RoundStatement, RoundVote, StatementRound

if TYPE_CHECKING:
    from lofte_engine.opinions import OpinionGroups

FEWEST_FOR_RESULT = 20
FEWEST_FOR_PATTERNS = 100
NEAREST = 10
MOST_OF_THEM = 0.5
_SEED = 1

Votes = list[tuple[str, str, int]]


def count(round: StatementRound) -> int:
    """What should be asked next, from the votes so far; how many votes there are."""
    votes = _votes(round)
    if votes:
        groups = _groups(votes)
        weights = dict(zip(groups.statements, groups.priorities.tolist(), strict=True))
        rows = list(round.statements.filter(key__in=weights))
        for statement in rows:
            statement.priority = weights[statement.key]
        RoundStatement.objects.bulk_update(rows, ["priority"])
    return len(votes)


def close(round: StatementRound) -> int:
    """Keep what may be shown, and delete every vote. Begun again after the votes are gone, it changes nothing."""
    votes = _votes(round)
    people = len({voter for voter, _statement, _value in votes})
    groups = _groups(votes) if round.with_patterns and people >= FEWEST_FOR_PATTERNS else None
    with transaction.atomic():
        if people >= FEWEST_FOR_RESULT:
            round.participants = rounded(people)
            round.save(update_fields=["participants"])
            _keep_counts(round, votes)
        if groups is not None and len(groups.sizes) > 1:
            _keep_patterns(round, groups)
        RoundVote.objects.filter(statement__round=round).delete()
    return people


def rounded(number: int) -> int:
    """A number of people so that nobody can be told by subtraction: down to whole tens."""
    return number // NEAREST * NEAREST


def _votes(round: StatementRound) -> Votes:
    rows = RoundVote.objects.filter(statement__round=round).order_by("voter", "statement")
    return list(rows.values_list("voter", "statement__key", "value"))


def _groups(votes: Votes) -> OpinionGroups:
    import numpy as np

    from lofte_engine.opinions import Cast, Comments, opinion_groups, votes_from

    matrix = votes_from(Cast(*vote) for vote in votes)
    return opinion_groups(matrix, Comments(), mode="robust", rng=np.random.default_rng(_SEED))


def _keep_counts(round: StatementRound, votes: Votes) -> None:
    """Each count that is not too small. How many answered a statement is not kept: it would tell the small ones."""
    counted = Counter((statement, value) for _voter, statement, value in votes)
    rows = list(round.statements.all())
    for row in rows:
        row.agree, row.passed, row.disagree = (small_groups.at_least(counted[row.key, value]) for value in (1, 0, -1))
    RoundStatement.objects.bulk_update(rows, ["agree", "passed", "disagree"])


def _keep_patterns(round: StatementRound, groups: OpinionGroups) -> None:
    """Roughly how many, and which statements tell them apart. Who belongs where is never stored."""
    rows = {row.key: row for row in round.statements.all()}
    for number, (size, found) in enumerate(zip(groups.sizes, groups.representative, strict=True), 1):
        pattern = OpinionPattern.objects.create(round=round, key=f"{round.key}-monster-{number}", size=rounded(size))
        enough = [each for each in found if each.successes >= small_groups.SMALLEST_SHOWN]
        pattern.agrees.set(rows[groups.statements[each.statement]] for each in enough if each.direction == "agree")
        pattern.disagrees.set(
            rows[groups.statements[each.statement]] for each in enough if each.direction == "disagree"
        )
    if groups.ground is not None:
        sure = groups.ground.lowest_from > MOST_OF_THEM
        shared = [name for name, is_shared in zip(groups.statements, sure.tolist(), strict=True) if is_shared]
        round.statements.filter(key__in=shared).update(is_shared=True)
