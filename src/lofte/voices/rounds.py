"""Writes to statement rounds: make, open, vote, close. Votes are in no event log; who voted is known to nobody."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from lofte.core import jobs
from lofte.core.events import record
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.voices import codes
from lofte.voices.models import Dialogue, RoundStatement, RoundVote, StatementRound
from lofte.voices.queries import chain_of

SALT = "lofte.statement-round"
PASS_LIVES = dt.timedelta(hours=24)
COUNT_EVERY = dt.timedelta(minutes=10)
MOST_STATEMENTS = 200


class RoundClosed(RuntimeError):
    """The round takes no votes today."""


class TooManyStatements(ValueError):
    """A round holds at most `MOST_STATEMENTS` statements."""


@transaction.atomic
def make_round(*, dialogue: Dialogue, by: User, values: dict[str, Any]) -> StatementRound:
    """A draft: nobody else sees it until it is opened."""
    require(by, Permission.EDIT_CYCLE, dialogue)
    key = _free_key(dialogue, values["title"])
    made = StatementRound.objects.create(dialogue=dialogue, key=key, is_draft=True, **values)
    record("round.made", chain=chain_of(dialogue), target=made, actor=by.key, content=made.title)
    return made


def _free_key(dialogue: Dialogue, title: str) -> str:
    """A name that no round of the cycle has: a file names them all side by side."""
    stem = slugify(title)[:40].strip("-") or "runda"
    taken = set(StatementRound.objects.filter(dialogue__cycle=dialogue.cycle).values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


@transaction.atomic
def change_round(*, round: StatementRound, by: User, values: dict[str, Any]) -> None:
    require(by, Permission.EDIT_CYCLE, round.dialogue)
    for name, value in values.items():
        setattr(round, name, value)
    round.save(update_fields=list(values))
    _tell("round.changed", round, by, "\n".join(map(str, values.values())))


@transaction.atomic
def add_statements(*, round: StatementRound, by: User, texts: Sequence[str]) -> int:
    """Statements that are not there already, in the order given; how many were new."""
    require(by, Permission.EDIT_CYCLE, round.dialogue)
    there = {statement.text: statement for statement in round.statements.all()}
    new = [text for text in dict.fromkeys(texts) if text not in there]
    if len(there) + len(new) > MOST_STATEMENTS:
        raise TooManyStatements
    last = max((statement.order for statement in there.values()), default=0)
    RoundStatement.objects.bulk_create(
        RoundStatement(round=round, order=number, key=f"{round.key}-{number}", text=text)
        for number, text in enumerate(new, last + 1)
    )
    _tell("round.statements_added", round, by, "\n".join(new))
    return len(new)


@transaction.atomic
def remove_statement(*, statement: RoundStatement, by: User) -> None:
    """Before the round is open. Afterwards people have answered it."""
    require(by, Permission.EDIT_CYCLE, statement.round.dialogue)
    if not statement.round.is_draft:
        raise RoundClosed
    _tell("round.statement_removed", statement.round, by, statement.text)
    statement.delete()


@transaction.atomic
def open_round(*, round: StatementRound, by: User) -> None:
    require(by, Permission.EDIT_CYCLE, round.dialogue)
    round.is_draft = False
    round.save(update_fields=["is_draft"])
    _tell("round.opened", round, by, round.title)


@transaction.atomic
def seek_patterns(*, round: StatementRound, by: User, wanted: bool) -> None:
    require(by, Permission.EDIT_CYCLE, round.dialogue)
    round.with_patterns = wanted
    round.save(update_fields=["with_patterns"])
    _tell("round.patterns_wanted" if wanted else "round.patterns_not_wanted", round, by, "")


@transaction.atomic
def close_round(*, round: StatementRound, by: User, today: dt.date) -> None:
    """From now on no vote is taken; the worker counts, keeps what may be shown and deletes every vote."""
    require(by, Permission.EDIT_CYCLE, round.dialogue)
    _tell("round.closed", round, by, round.title)
    begin_closing(round, today)


def begin_closing(round: StatementRound, today: dt.date) -> None:
    round.closed_on = today
    round.save(update_fields=["closed_on"])
    jobs.start("voices.close-round", round=round.pk)


def close_due(today: dt.date) -> int:
    """Rounds whose last day has passed, and those whose votes are still there after they closed."""
    rows = StatementRound.objects.filter(closes__lt=today, is_draft=False, closed_on=None)
    left = StatementRound.objects.filter(closed_on__isnull=False, statements__votes__isnull=False).distinct()
    due = [*rows, *left]
    for round in due:
        with transaction.atomic():
            begin_closing(round, round.closed_on or today)
    return len(due)


def _tell(verb: str, round: StatementRound, by: User, content: str) -> None:
    record(verb, chain=chain_of(round.dialogue), target=round, actor=by.key, content=content)


# --- voting


def new_pass(round: StatementRound) -> str:
    """The right to vote once on each statement of a round, for a day. It stands in the page and nowhere else."""
    return signing.dumps({"round": round.pk, "nonce": secrets.token_hex(16)}, salt=SALT)


def voter_of(round: StatementRound, token: str) -> str | None:
    """The number that votes are kept under; None if this is no pass for the round."""
    try:
        given = signing.loads(token, salt=SALT, max_age=PASS_LIVES)
    except signing.BadSignature:
        return None
    if given.get("round") != round.pk:
        return None
    return codes.voter_number(given["nonce"])


@transaction.atomic
def vote(*, statement: RoundStatement, voter: str, value: int, now: dt.datetime) -> None:
    """Take a vote; the same person's later vote on the statement replaces it."""
    round = statement.round
    if not round.is_open(timezone.localdate(now)):
        raise RoundClosed
    # One question, whether it is new or changed.
    given = RoundVote(statement=statement, voter=voter, value=value)
    RoundVote.objects.bulk_create(
        [given], update_conflicts=True, unique_fields=["statement", "voter"], update_fields=["value"]
    )
    _count_now_and_then(round, now)


def _count_now_and_then(round: StatementRound, now: dt.datetime) -> None:
    """What is asked next follows the votes, some minutes behind: one job however many vote at once."""
    due = models.Q(counted_at=None) | models.Q(counted_at__lt=now - COUNT_EVERY)
    if StatementRound.objects.filter(due, pk=round.pk).update(counted_at=now):
        jobs.start("voices.count-round", round=round.pk)
