"""`lofte-engine opinion-groups`: find opinion groups in votes."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from lofte_engine.opinions import OpinionGroups, VoteFile, VotesError
    from lofte_engine.opinions.representative import Representative
    from lofte_engine.opinions.tallies import SharedGround, Tally

_SEED = 20180101

ERRORS = {
    "not_found": "Filen {file} finns inte.",
    "unreadable": "Filen {file} går inte att öppna.",
    "empty": "Filen {file} innehåller inga röster.",
    "binary": "Filen {file} är varken CSV eller JSON.",
    "spreadsheet": "Filen {file} är ett kalkylblad; spara den som CSV.",
    "bad_json": "Filen {file} ser ut att vara JSON men går inte att läsa.",
    "unknown_columns": "Filen {file} saknar kolumner för röster: comment-id, voter-id och vote, eller participant och "
    "en kolumn per påstående.",
    "unknown_comment_columns": "Filen {file} saknar kolumnerna comment-id och moderated.",
    "short_row": "Rad {row} i {file} har färre celler än rubriken.",
    "missing_id": "Rad {row} i {file} saknar deltagare eller påstående.",
    "bad_vote": "Rad {row} i {file} har rösten ”{value}”; den ska vara 1, 0 eller -1.",
    "bad_time": "Rad {row} i {file} har tiden ”{value}”, som inte går att tolka.",
    "bad_moderation": "Rad {row} i {file} har värdet ”{value}”; moderated ska vara 1, 0 eller -1, is-meta true eller "
    "false.",
    "repeated": "Samma deltagare eller påstående står två gånger i {file}.",
    "too_many": "Filen {file} har fler än 100 000 deltagare eller 10 000 påståenden.",
    "bad_shape": "Filen {file} har inte en rad per deltagare och en kolumn per påstående.",
}
CAUTIONS = {
    "one_group": "Inga tydliga grupper: svaren skiljer sig inte åt så att deltagarna faller isär i grupper.",
    "too_few_for_groups": "Bara {number:.0f} deltagare har röstat tillräckligt, så grupper visas inte.",
    "few_participants": "Bara {number:.0f} deltagare ingår; under 100 är grupper osäkra.",
    "left_out": "{number:.0f} deltagare röstade på för få påståenden för att placeras i en grupp.",
    "small_group": "Grupper med färre än tio personer: {number:.0f}. De ska inte visas, för personer kan kännas igen.",
    "order_dependent": "Grupperna beror på i vilken ordning rösterna lästes (likhet {number:.2f} av 1).",
    "sampled_by_polis": "Polis räknar på ett slumpurval när deltagarna är fler än {number:.0f}; dess grupper går då "
    "inte att återskapa.",
    "all_hidden": "Alla påståenden är avvisade eller handlar om den som röstar, så inget kan forma grupper.",
}
_REPLACED = "{number} röster ersattes av en senare röst från samma deltagare."
_FLIPPED = "Filen anger instämmer som -1; rösterna har vänts."
_UNTIMED = "Filen säger inte när rösterna lades, så deltagarna läses i nummerordning."


class _Misused(Exception):
    """Arguments that cannot be understood."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Misused(message)


def main(argv: Sequence[str]) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str
        Arguments after the command's name.

    Returns
    -------
    int
        0 when done, 2 on bad input (one Swedish sentence on standard error, nothing on standard output).
    """
    # Many small matrices: threads would wait for each other, seven times over on a busy machine of two cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from lofte_engine.opinions import MODES, VotesError

    parser = _Parser(
        prog="lofte-engine opinion-groups",
        description="Find opinion groups in votes on statements.",
        epilog="Method and formats: docs/methods/opinion-groups.md",
    )
    parser.add_argument(
        "votes", type=Path, help="votes.csv, participants-votes.csv or votes.json as Polis exports them"
    )
    parser.add_argument("--comments", type=Path, help="comment-id, moderated, is-meta: what may not shape the groups")
    parser.add_argument("--mode", choices=MODES, default="robust", help="exactly as Polis, or tested (robust)")
    parser.add_argument("--strict", action="store_true", help="leave out statements that nobody has moderated, too")
    parser.add_argument("--seed", type=int, default=_SEED, help="of the random numbers; the same seed, the same answer")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    try:
        asked = parser.parse_args(argv)
        if asked.seed < 0:
            raise _Misused
    except _Misused:
        print(
            "Kommandot går inte att förstå: ange en fil med röster och --mode polis-compat eller robust.",
            file=sys.stderr,
        )
        return 2
    reading = asked.comments or asked.votes
    try:
        import numpy as np

        from lofte_engine.opinions import Comments, opinion_groups, read_comments, read_votes

        comments = read_comments(asked.comments) if asked.comments else Comments()
        reading = asked.votes
        file = read_votes(asked.votes, comments)
        groups = opinion_groups(
            file.votes, comments, mode=asked.mode, rng=np.random.default_rng(asked.seed), strict=asked.strict
        )
    except VotesError as problem:
        print(sentence(problem, reading), file=sys.stderr)
        return 2
    warnings = cautions(groups, file)
    print(json.dumps(answer(groups, warnings), ensure_ascii=False) if asked.json else summary(groups, warnings))
    return 0


def sentence(problem: VotesError, file: Path) -> str:
    """What is wrong, in one Swedish sentence.

    Parameters
    ----------
    problem : VotesError
    file : path
        The file that was read.

    Examples
    --------
    >>> from lofte_engine.opinions import VotesError
    >>> sentence(VotesError("bad_vote", row=3, value="ja"), Path("votes.csv"))
    'Rad 3 i votes.csv har rösten ”ja”; den ska vara 1, 0 eller -1.'
    """
    value = " ".join((problem.value or "").split())
    return ERRORS[problem.code].format(file=file.name, row=problem.row, value=value)


def cautions(groups: OpinionGroups, file: VoteFile) -> list[str]:
    """What the reader must know, in Swedish.

    Parameters
    ----------
    groups : OpinionGroups
    file : VoteFile

    Returns
    -------
    list of str
    """
    said = [CAUTIONS[caution.code].format(number=caution.number) for caution in groups.cautions]
    if file.flipped:
        said.append(_FLIPPED)
    if not file.timed and groups.mode == "polis-compat":
        said.append(_UNTIMED)
    if file.replaced:
        said.append(_REPLACED.format(number=file.replaced))
    return said


def answer(groups: OpinionGroups, warnings: list[str]) -> dict[str, Any]:
    """The groups as one JSON object.

    Parameters
    ----------
    groups : OpinionGroups
    warnings : list of str
        From `cautions`.

    Returns
    -------
    dict
        Groups are numbered from 0 in the order of `groups`; statements and participants go by their ids.
    """
    from lofte_engine.opinions.votes import id_key

    names = groups.statements
    labels = groups.labels.tolist()
    placed = sorted(zip(groups.participants, labels, strict=True), key=lambda pair: id_key(pair[0]))
    ground = groups.ground
    return {
        "mode": groups.mode,
        "participants": {name: None if label < 0 else label for name, label in placed},
        "groups": [{"id": i, "size": size} for i, size in enumerate(groups.sizes)],
        "group_votes": {str(i): _counted(groups.votes, i, names) for i in range(len(groups.sizes))},
        "consensus": dict(zip(names, ground.product.tolist(), strict=True)) if ground else {},
        "consensus_detail": _detailed(ground, names) if ground else {},
        "representative": {
            str(i): [_described(found, names) for found in group] for i, group in enumerate(groups.representative)
        },
        "majority": {side: [_described(found, names) for found in group] for side, group in groups.majority.items()},
        "priorities": dict(zip(names, groups.priorities.tolist(), strict=True)),
        "stability": {
            "method": groups.stability.method,
            "replicates": groups.stability.replicates,
            "ari": groups.stability.rand_index,
            "groups": {str(i): value for i, value in enumerate(groups.stability.groups)},
        },
        "warnings": warnings,
    }


def summary(groups: OpinionGroups, warnings: list[str]) -> str:
    """The groups as a coordinator reads them.

    Parameters
    ----------
    groups : OpinionGroups
    warnings : list of str
        From `cautions`.

    Returns
    -------
    str
        Lines in Swedish.
    """
    n, m = sum(groups.sizes), len(groups.statements)
    lines = [f"{n} deltagare, {m} påståenden, antal grupper: {len(groups.sizes)}"]
    lines += [f"  grupp {i}: {size} personer" for i, size in enumerate(groups.sizes)]
    for i, group in enumerate(groups.representative):
        words = {"agree": "instämmer i", "disagree": "tar avstånd från"}
        lines += [
            f"  grupp {i} {words[f.direction]} påstående {groups.statements[f.statement]} ({f.successes} av {f.trials})"
            for f in group
        ]
    return "\n".join([*lines, *(f"Obs! {warning}" for warning in warnings)])


def _counted(votes: Tally, group: int, names: Sequence[str]) -> dict[str, dict[str, int]]:
    columns = (counts[group].tolist() for counts in (votes.agrees, votes.disagrees, votes.seen))
    return {
        name: {"agree": agree, "disagree": disagree, "seen": seen}
        for name, agree, disagree, seen in zip(names, *columns, strict=True)
    }


def _detailed(ground: SharedGround, names: Sequence[str]) -> dict[str, Any]:
    rows = zip(
        names,
        ground.mean.tolist(),
        ground.lowest.tolist(),
        ground.lowest_from.tolist(),
        ground.lowest_to.tolist(),
        strict=True,
    )
    return {
        name: {"mean": mean, "lowest": lowest, "lowest_interval": [low, high]} for name, mean, lowest, low, high in rows
    }


def _described(found: Representative, names: Sequence[str]) -> dict[str, Any]:
    return {
        "statement": names[found.statement],
        "direction": found.direction,
        "successes": found.successes,
        "trials": found.trials,
        "share": found.share,
        "share_test": found.share_test,
        "ratio": found.ratio,
        "ratio_test": found.ratio_test,
        "best_agree": found.best_agree,
    }
