"""`lofte export PROMISE`: a promise with everything it hangs on, as medborgarlofte/1."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lofte.commands.terminal import BadInput, Parser, say, start_django

if TYPE_CHECKING:
    from lofte.promises.models import CitizenPromise


def main(argv: list[str]) -> int:
    parser = Parser("export", "Skriv ut ett löfte med allt som hör till, i formatet medborgarlofte/1.")
    parser.add_argument("promise", metavar="LÖFTE", help="till exempel strangnas/2018")
    parser.add_argument("--internal", action="store_true", help="ta med utkast och sådant som bara är för oss")
    parser.add_argument("-o", "--output", metavar="FIL", type=Path, help="skriv till en fil i stället för till skärmen")
    given = parser.parse_args(argv)
    start_django()
    from lofte.core.visibility import VISITOR
    from lofte.exchange.writing import as_text, export, inside

    promise = find(given.promise, is_internal=given.internal)
    text = as_text(export(promise, viewer=inside(promise) if given.internal else VISITOR))
    if given.output is None:
        sys.stdout.write(text)
        return 0
    write_whole(given.output, text)
    say(f"{promise} finns nu i {given.output}.")
    return 0


def find(address: str, *, is_internal: bool) -> CitizenPromise:
    """The promise with that address (strangnas/2018); a draft is found only from inside."""
    from lofte.core.visibility import VISITOR
    from lofte.promises.models import CitizenPromise

    kommun, _slash, slug = address.strip("/").partition("/")
    promises = CitizenPromise.objects.select_related("municipality", "cycle").filter(municipality__slug=kommun)
    if not is_internal:
        promises = promises.visible_to(VISITOR)
    promise: CitizenPromise | None = promises.filter(slug=slug).first()
    if promise is None:
        known = ", ".join(str(each) for each in promises[:5])
        raise BadInput(f"Löftet {address} finns inte. " + (f"Här finns {known}." if known else "Skriv kommun/löfte."))
    return promise


def write_whole(path: Path, text: str) -> None:
    """The whole file or nothing: written beside its place and then moved there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BadInput(f"Filen {path} går inte att skriva: {error.strerror}.") from None
