"""The one table of moves between the states of a promise. A move that is not here raises IllegalMove."""

from lofte.core.states import PromiseState as S

MOVES: dict[S, frozenset[S]] = {
    S.DRAFT: frozenset({S.JOINT_REVIEW, S.READY}),
    S.JOINT_REVIEW: frozenset({S.DRAFT, S.READY}),
    S.READY: frozenset({S.DRAFT, S.JOINT_REVIEW, S.PARTLY_SIGNED, S.SIGNED}),
    S.PARTLY_SIGNED: frozenset({S.DRAFT, S.JOINT_REVIEW, S.READY, S.SIGNED}),
    S.SIGNED: frozenset({S.DRAFT, S.JOINT_REVIEW, S.READY, S.PARTLY_SIGNED, S.PUBLISHED}),
    S.PUBLISHED: frozenset({S.ACTIVE, S.REVISED, S.EXTENDED, S.STOPPED}),
    S.ACTIVE: frozenset({S.FINAL_REPORT, S.REVISED, S.EXTENDED, S.STOPPED}),
    S.REVISED: frozenset({S.ACTIVE, S.FINAL_REPORT, S.REVISED, S.EXTENDED, S.STOPPED}),
    S.EXTENDED: frozenset({S.ACTIVE, S.FINAL_REPORT, S.REVISED, S.EXTENDED, S.STOPPED}),
    S.STOPPED: frozenset({S.FINAL_REPORT, S.CLOSED}),
    S.FINAL_REPORT: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
}
# While its text waits for signatures, or has them all and is not out.
TO_SIGN: frozenset[S] = frozenset({S.READY, S.PARTLY_SIGNED, S.SIGNED})
# Before it is out the text may be written in. Afterwards only an amendment changes it.
WRITABLE: frozenset[S] = frozenset({S.DRAFT, S.JOINT_REVIEW}) | TO_SIGN
AMENDABLE: frozenset[S] = frozenset({S.PUBLISHED, S.ACTIVE, S.REVISED, S.EXTENDED})
# A promise that was read from an existing, already public document needs no signatures here.
READ_IN: frozenset[S] = frozenset({S.PUBLISHED, S.ACTIVE})


class IllegalMove(ValueError):
    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"a promise cannot go from {before} to {after}")
        self.before, self.after = before, after


def check_move(before: str, after: str) -> None:
    if S(after) not in MOVES[S(before)]:
        raise IllegalMove(before, after)
