"""`lofte import FILE…`: read promises in; all the files or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lofte.commands.terminal import BadInput, Parser, answer, say, start_django

if TYPE_CHECKING:
    from lofte.exchange.reading import Loaded

Parsed = tuple[Path, dict[str, Any]]


class _DryRun(Exception):
    """Rolls everything back when the files were only to be tried."""


def main(argv: list[str]) -> int:
    parser = Parser("import", "Läs in löften i formatet medborgarlofte/1. Går en fil inte att läsa ändras ingenting.")
    parser.add_argument("files", metavar="FIL", nargs="+", type=Path, help="en eller flera filer")
    parser.add_argument("--dry-run", action="store_true", help="provläs filerna, spara inget")
    parser.add_argument("--json", action="store_true", help="svara med JSON")
    given = parser.parse_args(argv)
    start_django()
    loaded = read_in(given.files, is_dry_run=given.dry_run)
    rows = [
        {"file": str(path), "promise": str(each.promise), "is_new": each.is_new, "saved": not given.dry_run}
        for path, each in loaded
    ]
    if given.json:
        answer(rows)
        return 0
    for path, each in loaded:
        print(f"{each.promise}: {_told(is_new=each.is_new, is_dry_run=given.dry_run)} ({path})")
    return 0


def _told(*, is_new: bool, is_dry_run: bool) -> str:
    if not is_new:
        return "fanns redan, likadant"
    return "går att läsa in, inget är sparat" if is_dry_run else "inläst"


def read_in(paths: list[Path], *, is_dry_run: bool = False) -> list[tuple[Path, Loaded]]:
    """Read files in, oldest cycle first: a later one may take up the lessons of an earlier one."""
    from django.db import transaction

    from lofte.exchange.reading import FileRefused, load

    loaded = []
    try:
        with transaction.atomic():
            for path, record in oldest_first([(path, parsed(path)) for path in paths]):
                try:
                    loaded.append((path, load(record)))
                except FileRefused as refusal:
                    raise refused(path, refusal.problems) from None
            if is_dry_run:
                raise _DryRun
    except _DryRun:
        say("Provläsning: inget är sparat.")
    return loaded


def oldest_first(files: list[Parsed]) -> list[Parsed]:
    return sorted(files, key=lambda file: (file[1]["cycle"]["starts"], file[1]["promise"]["starts"]))


def parsed(path: Path) -> dict[str, Any]:
    from lofte.exchange.reading import MAX_BYTES, FileRefused, parse

    try:
        with path.open("rb") as file:
            return parse(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise BadInput(f"Filen {path} går inte att öppna: {error.strerror}.") from None
    except FileRefused as refusal:
        raise refused(path, refusal.problems) from None


def refused(path: Path, problems: list[str]) -> BadInput:
    return BadInput("\n".join([f"{path} lästes inte in, och inget är sparat.", *(f"  {text}" for text in problems)]))
