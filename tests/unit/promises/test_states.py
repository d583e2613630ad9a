"""Every pair of states: allowed exactly where the table says so, and the table is the one in the reference."""

import itertools
import re
from pathlib import Path

import pytest

from lofte.core.states import PUBLIC_PROMISE_STATES
from lofte.core.states import PromiseState as S
from lofte.promises.states import AMENDABLE, MOVES, READ_IN, TO_SIGN, WRITABLE, IllegalMove, check_move

# Written out by hand: a change of the table must be meant, here as there.
ALLOWED = {
    S.DRAFT: "joint_review ready",
    S.JOINT_REVIEW: "draft ready",
    S.READY: "draft joint_review partly_signed signed",
    S.PARTLY_SIGNED: "draft joint_review ready signed",
    S.SIGNED: "draft joint_review ready partly_signed published",
    S.PUBLISHED: "active revised extended stopped",
    S.ACTIVE: "final_report revised extended stopped",
    S.REVISED: "active final_report revised extended stopped",
    S.EXTENDED: "active final_report revised extended stopped",
    S.STOPPED: "final_report closed",
    S.FINAL_REPORT: "closed",
    S.CLOSED: "",
}


@pytest.mark.parametrize(("before", "after"), list(itertools.product(S, S)))
def test_each_pair_is_allowed_or_refused(before: S, after: S) -> None:
    if after in ALLOWED[before].split():
        check_move(before, after)
    else:
        with pytest.raises(IllegalMove) as refusal:
            check_move(before, after)
        assert (refusal.value.before, refusal.value.after) == (before, after)


def test_every_state_is_in_the_table() -> None:
    assert set(MOVES) == set(S)


def test_nothing_that_is_out_goes_back_to_what_is_written() -> None:
    back = {(before, after) for before in PUBLIC_PROMISE_STATES for after in MOVES[before] if after in WRITABLE}

    assert back == set()


def test_only_a_text_that_all_signed_is_published() -> None:
    assert [before for before in S if S.PUBLISHED in MOVES[before]] == [S.SIGNED]


def test_every_state_can_be_reached() -> None:
    found, new = {S.DRAFT}, {S.DRAFT}
    while new:
        new = {after for before in new for after in MOVES[before]} - found
        found |= new

    assert found == set(S)


def test_the_groups_of_states_hold_together() -> None:
    assert TO_SIGN < WRITABLE
    assert not WRITABLE & set(PUBLIC_PROMISE_STATES)
    assert set(PUBLIC_PROMISE_STATES) >= AMENDABLE
    assert set(PUBLIC_PROMISE_STATES) >= READ_IN


def test_the_reference_tells_of_every_move(checkout: Path) -> None:
    told = (checkout / "docs/reference/states.md").read_text(encoding="utf-8")
    table = told.partition("## Before")[0]
    rows = re.findall(r"^\| `(\w+)` \|[^|]+\|([^|]*)\|", table, flags=re.MULTILINE)

    assert {before: set(re.findall(r"`(\w+)`", after)) for before, after in rows} == {
        before.value: {after.value for after in moves} for before, moves in MOVES.items()
    }
