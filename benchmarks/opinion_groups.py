"""How fast and how right opinion groups are; prints the table of opinion_groups.md.

    OPENBLAS_NUM_THREADS=1 python benchmarks/opinion_groups.py [--data ../shared/data/opinion_groups]

The comparison with red-dwarf, the public Python port of Polis, needs it in the same environment. It must not be
installed in the project's own; a throw-away one does, since the engine's groups need nothing but numpy:

    uv venv var/red-dwarf && uv pip install --python var/red-dwarf/bin/python red-dwarf==0.4.0
    OPENBLAS_NUM_THREADS=1 PYTHONPATH=src var/red-dwarf/bin/python benchmarks/opinion_groups.py
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from lofte_engine.opinions import UNSEEN, Cast, opinion_groups, read_comments, read_votes, votes_from
from lofte_engine.opinions.clusters import rand_index
from lofte_engine.opinions.robust import robust_groups

HERE = Path(__file__).resolve().parent
REPEATS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "data" / "opinion_groups")
    data = parser.parse_args().data
    print(f"Load when started: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n")
    print("| what | figure |\n| --- | --- |")
    parts: list[Callable[[], list[str]]] = [
        lambda: published_groups(data),
        lambda: against_red_dwarf(data),
        large_conversations,
        no_structure,
        camps,
    ]
    for part in parts:
        for line in part():
            print(f"| {line} |", flush=True)


def published_groups(data: Path) -> list[str]:
    folder = data / "scoop-hivemind.biodiversity"
    comments = read_comments(folder / "comments.csv")
    votes = read_votes(folder / "votes.csv", comments).votes
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as rows:
        published = {row["participant"]: row["group-id"] for row in csv.DictReader(rows)}
    found = opinion_groups(votes, comments, mode="polis-compat", rng=np.random.default_rng(1))
    pairs = [
        (label, int(published[person]))
        for person, label in zip(found.participants, found.labels.tolist(), strict=True)
        if label >= 0 and published[person]
    ]
    mine, theirs = (np.array(side) for side in zip(*pairs, strict=True))
    return [f"biodiversity, cold start: adjusted Rand index | {rand_index(mine, theirs):.3f} ({len(pairs)} people)"]


def against_red_dwarf(data: Path) -> list[str]:
    """Both start from the votes as a list in memory and end with groups, consensus and representative statements."""
    if importlib.util.find_spec("reddwarf") is None:
        return ["red-dwarf | not installed here"]
    from reddwarf.implementations.polis import run_pipeline  # type: ignore[import-not-found,unused-ignore]

    folder = data / "scoop-hivemind.biodiversity"
    comments = read_comments(folder / "comments.csv")
    with (folder / "votes.csv").open(encoding="utf-8", newline="") as file:
        by_time = sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))
    # red-dwarf refuses votes that were changed later; both get the latest only.
    rows = list({(row["voter-id"], row["comment-id"]): row for row in by_time}.values())
    log = [Cast(r["voter-id"], r["comment-id"], int(r["vote"]), float(r["timestamp"])) for r in rows]
    theirs = [
        {
            "participant_id": int(r["voter-id"]),
            "statement_id": int(r["comment-id"]),
            "vote": int(r["vote"]),
            "modified": int(r["timestamp"]),
        }
        for r in rows
    ]
    hidden = [int(name) for name in comments.hidden()]

    def ours(mode: str) -> object:
        generator = np.random.default_rng(1)
        return opinion_groups(votes_from(log), comments, mode=mode, rng=generator)  # type: ignore[arg-type]

    red_dwarf = lambda: run_pipeline(votes=theirs, mod_out_statement_ids=hidden, random_state=1)  # noqa: E731
    runs: dict[str, Callable[[], object]] = {
        "red-dwarf": red_dwarf,
        "polis-compat": lambda: ours("polis-compat"),
        "robust": lambda: ours("robust"),
    }
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(REPEATS + 1):
        for name, run in runs.items():  # in turns, so that a busy moment hits all of them
            start = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - start)
    median = {name: statistics.median(times[1:]) for name, times in taken.items()}
    return [
        f"biodiversity, red-dwarf 0.4.0, median of {REPEATS} | {median['red-dwarf']:.3f} s",
        *(
            f"biodiversity, {mode}, in turns with it | {median[mode]:.3f} s, "
            f"{median['red-dwarf'] / median[mode]:.1f} times faster"
            for mode in ("polis-compat", "robust")
        ),
    ]


def large_conversations() -> list[str]:
    """The command on a file, from start to end; memory is its largest resident set (Linux)."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for n, m, seen in ((2_000, 200, 1.0), (33_000, 500, 0.1)):
            path = Path(folder) / f"{n}.csv"
            write_log(path, n, m, seen)
            for mode in ("polis-compat", "robust"):
                seconds, busy, megabytes, groups = run_command(path, mode)
                lines.append(
                    f"`votes.csv`, {n} × {m}, {seen:.0%} filled, {mode} | {seconds:.1f} s ({busy:.1f} s of CPU), "
                    f"{megabytes:.0f} MB, "
                    f"{groups} groups (4 were made)"
                )
    return lines


def write_log(path: Path, n: int, m: int, seen: float) -> None:
    rng = np.random.default_rng(3)
    leaning = rng.normal(0, 1.2, (4, m)) + rng.normal(0, 0.7, m)
    agrees = rng.random((n, m)) < 1 / (1 + np.exp(-leaning[rng.integers(4, size=n)]))
    votes = np.where(rng.random((n, m)) < 0.15, 0, np.where(agrees, 1, -1))
    rows, columns = np.nonzero(rng.random((n, m)) < seen)
    order = rng.permutation(len(rows))
    with path.open("w", encoding="utf-8") as file:
        file.write("timestamp,datetime,comment-id,voter-id,vote\n")
        file.writelines(
            f"{1_567_382_954_698 + k},Sun Sep 01 17:09:14 PDT 2019,{j},{i},{votes[i, j]}\n"
            for k, (i, j) in enumerate(zip(rows[order], columns[order], strict=True))
        )


def run_command(path: Path, mode: str) -> tuple[float, float, float, int]:
    """Seconds, seconds of CPU, megabytes and number of groups."""
    # VmHWM and not getrusage, which starts from the size of the process that forked.
    program = (
        "import re, sys; from pathlib import Path; from lofte_engine.cli import main; code = main(sys.argv[1:]);"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1], file=sys.stderr);"
        "sys.exit(code)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, "opinion-groups", str(path), "--mode", mode, "--json"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent / "src")},
    )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, busy, int(ended.stderr) / 1024, len(json.loads(ended.stdout)["groups"])


def no_structure() -> list[str]:
    """200 random matrices of each kind. The last three are scales, not chance: people differ, but without gaps."""
    lines = []
    for name in (
        "every vote even chances",
        "every statement its own chances",
        "a scale of readiness to agree",
        "a left-right scale, normal",
        "a left-right scale, even from one extreme to the other",
    ):
        ones = 0
        for seed in range(200):
            rng = np.random.default_rng(seed)
            n, m, seen = int(rng.integers(25, 400)), int(rng.integers(5, 80)), rng.uniform(0.2, 1)
            person, statement, pull = rng.normal(size=(n, 1)), rng.normal(size=(1, m)), rng.normal(size=(1, m))
            tendency = {
                "every vote even chances": 0 * person,
                "every statement its own chances": statement,
                "a scale of readiness to agree": person + statement,
                "a left-right scale, normal": 1.5 * person * pull + statement,
                "a left-right scale, even from one extreme to the other": rng.uniform(-2.5, 2.5, (n, 1)) * pull
                + statement,
            }[name]
            agrees = rng.random((n, m)) < 1 / (1 + np.exp(-tendency))
            votes = np.where(rng.random((n, m)) < 0.15, 0, np.where(agrees, 1, -1))
            votes = np.where(rng.random((n, m)) < seen, votes, UNSEEN).astype(np.int8)
            ones += int(robust_groups(votes, rng).labels.max() == 0)
        lines.append(f"robust, no groups made ({name}): says one group | {ones} of 200")
    return lines


def camps() -> list[str]:
    """Camps whose members agree, with probability p, with their camp's own view of each statement."""
    lines = []
    for n, m, seen in ((120, 30, 0.7), (500, 60, 0.3), (1_000, 100, 0.3)):
        for agreement in (0.7, 0.8, 0.9):
            right = []
            for k in (2, 3, 4, 6):
                for seed in range(5):
                    rng = np.random.default_rng(seed)
                    camp = np.arange(n) % k
                    view = rng.choice([-1, 1], size=(k, m))[camp]
                    votes = np.where(rng.random((n, m)) < agreement, view, -view)
                    votes = np.where(rng.random((n, m)) < 0.1, 0, votes)
                    votes = np.where(rng.random((n, m)) < seen, votes, UNSEEN).astype(np.int8)
                    right.append(int(robust_groups(votes, rng).labels.max() + 1 == k))
            shares = ", ".join(f"{k} camps {sum(right[i * 5 : i * 5 + 5])}/5" for i, k in enumerate((2, 3, 4, 6)))
            lines.append(f"robust, {n} × {m}, {seen:.0%} filled, agreement {agreement:.0%}: finds | {shares}")
    return lines


if __name__ == "__main__":
    main()
