"""What the pages of a statement round say: results as they may be shown, and the statement one just answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lofte.core.visibility import VISITOR
from lofte.design.words import number_words
from lofte.voices.models import OpinionPattern, RoundStatement, RoundVote, StatementRound
from lofte.voices.presenters import count_words
from lofte.voices.round_results import FEWEST_FOR_PATTERNS, FEWEST_FOR_RESULT


@dataclass(frozen=True)
class Counted:
    """One statement of the result."""

    text: str
    agree: str
    disagree: str
    passed: str


@dataclass(frozen=True)
class Pattern:
    size: str
    agrees: Sequence[str]
    disagrees: Sequence[str]


@dataclass(frozen=True)
class Result:
    """What a closed round showed. Without rows too few took part, or it is not counted yet."""

    sentence: str
    rows: Sequence[Counted]
    patterns: Sequence[Pattern]
    shared: Sequence[str] = ()
    about_patterns: str = ""


@dataclass(frozen=True)
class Earlier:
    key: str
    text: str
    answer: str


def result(round: StatementRound, is_counted: bool) -> Result | None:
    if round.closed_on is None or not is_counted:
        return None
    if round.participants is None:
        few = _("Färre än {n} tog ställning. Därför visas inget resultat.").format(n=FEWEST_FOR_RESULT)
        return Result(few, [], [])
    about = _("Omkring {n} personer tog ställning.").format(n=number_words(round.participants))
    statements = sorted(round.statements.all(), key=lambda row: (-(row.agree or 0), row.order))
    rows = OpinionPattern.objects.visible_to(VISITOR).filter(round=round).prefetch_related("agrees", "disagrees")
    patterns = [_pattern(row) for row in rows]
    shared = [row.text for row in statements if row.is_shared]
    counted = [_counted(row) for row in statements]
    return Result(about, counted, patterns, shared, _about_patterns(round, patterns))


def _counted(row: RoundStatement) -> Counted:
    agree, disagree, passed = (count_words(count) for count in (row.agree, row.disagree, row.passed))
    return Counted(row.text, agree, disagree, passed)


def _pattern(row: OpinionPattern) -> Pattern:
    agrees, disagrees = ([each.text for each in rows.all()] for rows in (row.agrees, row.disagrees))
    return Pattern(_("Omkring {n} personer").format(n=number_words(row.size)), agrees, disagrees)


def _about_patterns(round: StatementRound, patterns: Sequence[Pattern]) -> str:
    """What was looked for and not found is said too."""
    if not round.with_patterns or patterns:
        return ""
    if round.participants is not None and round.participants < FEWEST_FOR_PATTERNS:
        return _("Färre än {n} tog ställning. Därför söktes inga åsiktsmönster.").format(n=FEWEST_FOR_PATTERNS)
    return _("Svaren delar sig inte i tydliga åsiktsmönster.")


def earlier(statements: Mapping[str, RoundStatement], key: str, seen: dict[str, int]) -> Earlier | None:
    """What one just answered, so that it can be changed."""
    found = statements.get(key)
    if found is None or key not in seen:
        return None
    return Earlier(key, found.text, str(RoundVote.Value(seen[key]).label))
