"""`lofte-engine verify`: recompute the figures of a picture and compare."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from lofte_engine.commands.picture import Progress, sentence
from lofte_engine.errors import LofteEngineError


def main(argv: Sequence[str]) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str
        Arguments after the command's name.

    Returns
    -------
    int
        0 when all is the same, 1 when something differs, 2 on bad input (one Swedish sentence on standard error).
    """
    parser = argparse.ArgumentParser(
        prog="lofte-engine verify",
        description="Make a picture again from the files it was made of, and tell what differs.",
        epilog="Files and methods: docs/methods/picture-command.md",
    )
    parser.add_argument("folder", type=Path, help="as `lofte-engine picture` wrote it")
    for name in ("events", "areas", "population"):
        parser.add_argument(f"--{name}", type=Path, help="where the file is now, if it has moved")
    parser.add_argument("--backend", choices=("duckdb", "spark"), help="another query engine than then")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    asked = parser.parse_args(argv)
    moved = {name: getattr(asked, name) for name in ("events", "areas", "population") if getattr(asked, name)}
    progress = Progress(sys.stderr)
    try:
        from lofte_engine.picture.verifying import verify_picture

        verdict = verify_picture(asked.folder, inputs=moved, backend=asked.backend, told=progress)
    except LofteEngineError as problem:
        progress.end()
        print(sentence(problem), file=sys.stderr)
        return 2
    progress.end()
    for note in verdict.notes:
        print(note, file=sys.stderr)
    if asked.json:
        answer = {"same": not verdict.differences, "files": verdict.files, "differences": verdict.differences}
        print(json.dumps(answer, ensure_ascii=False))
    else:
        for line in verdict.differences:
            print(line)
        if not verdict.differences:
            print(f"{verdict.files} filer är omräknade. Allt stämmer.")
    return 1 if verdict.differences else 0
