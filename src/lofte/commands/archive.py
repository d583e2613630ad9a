"""`lofte archive`: the open pages as files that are read without the server, with checksums."""

from __future__ import annotations

from pathlib import Path

from lofte.commands.terminal import BadInput, Parser, say, start_django


def main(argv: list[str]) -> int:
    parser = Parser(
        "archive",
        "Skriv de öppna sidorna som filer som går att läsa utan server: HTML, JSON och PDF, med kontrollsummor.",
    )
    parser.add_argument("folder", metavar="MAPP", type=Path, help="ny eller tom mapp")
    parser.add_argument("kommuner", metavar="KOMMUN", nargs="*", help="bara de här kommunerna; annars alla")
    given = parser.parse_args(argv)
    if given.folder.exists() and (not given.folder.is_dir() or any(given.folder.iterdir())):
        raise BadInput(f"{given.folder} är inte tom. Ange en ny eller tom mapp, så att inget skrivs över.")
    start_django()
    from django.utils import timezone

    from lofte.commands.upkeep import upkeep
    from lofte.places.models import Municipality
    from lofte.public.archive import SUMS, archive

    missing = sorted(set(given.kommuner) - set(Municipality.objects.values_list("slug", flat=True)))
    if missing:
        raise BadInput(f"Ingen kommun heter {missing[0]} i adressen.")
    upkeep()  # reports that were read from files get their bytes first
    count = archive(given.folder, given.kommuner, timezone.localdate())
    say(f"{count} filer. Öppna {given.folder / 'index.html'}. Kontrollera med sha256sum -c {SUMS}.")
    print(given.folder)
    return 0
