"""`lofte rename`: a kommun gets another name in its addresses, and the old ones lead on."""

from __future__ import annotations

from django.utils.text import slugify

from lofte.commands.terminal import BadInput, Parser, start_django


def main(argv: list[str]) -> int:
    parser = Parser("rename", "Byt en kommuns namn i adresserna. De gamla adresserna leder vidare, för alltid.")
    parser.add_argument("kommun", metavar="KOMMUN", help="som den heter i adressen nu, till exempel tuna")
    parser.add_argument("new", metavar="NYTT", help="som den ska heta i adressen")
    parser.add_argument("--name", metavar="NAMN", default="", help="kommunens namn, om det också ändras")
    given = parser.parse_args(argv)
    if not given.new or slugify(given.new) != given.new:
        raise BadInput(f"{given.new!r} går inte i en adress. Skriv små bokstäver a–z, siffror och bindestreck.")
    start_django()
    from lofte.followup.renaming import NameTaken, rename
    from lofte.places.models import Municipality

    found = Municipality.objects.filter(slug=given.kommun).first()
    if found is None:
        raise BadInput(f"Ingen kommun heter {given.kommun} i adressen.")
    try:
        rename(found, slug=given.new, name=given.name)
    except NameTaken:
        raise BadInput(f"{given.new} är upptaget: en annan kommun eller webbplatsen själv har det.") from None
    print(f"/{given.kommun}/ leder nu till /{given.new}/.")
    return 0
