"""`lofte demo`: a database with all examples and the people of the constructed kommun. Safe to run again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lofte.commands.demo_figures import load_figures
from lofte.commands.demo_people import PEOPLE, make_people
from lofte.commands.demo_registers import load_registers
from lofte.commands.import_files import oldest_first, parsed, refused
from lofte.commands.terminal import BadInput, Parser, say, start_django
from lofte.core.demo import read_demo, write_demo

if TYPE_CHECKING:
    from lofte.places.models import Municipality

CHECKOUT = Path(__file__).resolve().parents[3]
AREA_KINDS = ("regso", "deso", "district", "city_area")


def main(argv: list[str]) -> int:
    parser = Parser("demo", "Förbered databasen, läs in alla exempel och gör inloggningar för den påhittade kommunen.")
    parser.add_argument("--examples", metavar="MAPP", type=Path, default=CHECKOUT / "examples", help="mapp med exempel")
    given = parser.parse_args(argv)
    files = example_files(given.examples)
    start_django(needs_tables=False)
    from django.conf import settings

    refuse_real_site(settings.VAR)
    migrate()
    new = load_examples(files, settings.VAR)
    areas = sum(map(load_areas_of, sorted(given.examples.glob("*.geojson"))))
    people = make_people(settings.VAR)
    figures = load_figures(given.examples / "siffror")
    registers = load_registers(given.examples / "exempelkoping-register.toml")
    say(
        f"{len(files)} exempel ({new} nya), {areas} nya områden, {people} inloggningar för den påhittade kommunen, "
        f"{figures} nya datamängder, {registers} nya rader i den påhittade kommunens register."
    )
    for line in signs_in(settings.VAR):
        print(line)
    return 0


def example_files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.json"))
    if not files:
        raise BadInput(f"Det finns inga exempel i {folder}. Ange var de finns: lofte demo --examples MAPP")
    return files


def refuse_real_site(var: Path) -> None:
    """A database that holds somebody's own promises must not get invented people and kommuner."""
    from django.db import connection

    if read_demo(var) is not None or "promises_citizenpromise" not in connection.introspection.table_names():
        return
    from lofte.parties.models import Membership

    if Membership.objects.exists():
        raise BadInput(
            "Här finns redan en webbplats med egna inloggningar. Prova i en annan mapp: LOFTE_VAR=… lofte demo"
        )


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def load_examples(files: list[Path], var: Path) -> int:
    """Each new file whole, oldest cycle first; how many were new. What is there is left as people have made it."""
    from lofte.exchange.reading import FileRefused, load

    known: dict[str, str] = (read_demo(var) or {}).get("files", {})
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    missing = [path for path in files if not is_there(path)]
    for path in set(files) - set(missing):
        if known.get(path.name, sums[path.name]) != sums[path.name]:
            say(f"{path.name} är ändrad sedan den lästes in. För att börja om: ta bort {var} och kör lofte demo.")
            sums[path.name] = known[path.name]
    for path, record in oldest_first([(path, parsed(path)) for path in missing]):
        try:
            load(record)
        except FileRefused as refusal:
            raise refused(path, refusal.problems) from None
    keep_made_up_decisions()
    write_demo(var, files=sums)
    return len(missing)


def keep_made_up_decisions() -> None:
    """The example is all there is of a made-up kommun's picture and plan. Real ones are only retold."""
    from lofte.picture.models import SituationPicture
    from lofte.picture.versions import freeze
    from lofte.promises import plan_editing
    from lofte.promises.models import ActionPlan

    made_up = SituationPicture.objects.filter(cycle__municipality__is_constructed=True)
    for picture in made_up.filter(state=SituationPicture.State.ADOPTED, frozen=None):
        freeze(picture)
    plans = ActionPlan.objects.filter(cycle__municipality__is_constructed=True, decided_on__isnull=False, frozen=None)
    for plan in plans.select_related("cycle__municipality"):
        plan_editing.freeze(plan)


def is_there(path: Path) -> bool:
    """Whether the promise of a file is in the database, whatever has become of it since."""
    from lofte.promises.models import CitizenPromise

    try:
        record = json.loads(path.read_bytes())
        code, slug = record["municipality"]["code"], record["promise"]["slug"]
    except (ValueError, TypeError, KeyError):
        return False  # reading it in will say what is wrong
    return CitizenPromise.objects.filter(municipality__code=code, slug=slug).exists()


def load_areas_of(path: Path) -> int:
    """Boundaries beside the examples. The file's name says kommun and kind: strangnas-regso-2025.geojson."""
    from lofte.places.geojson import NotGeoJson, load_areas, read

    municipality, kind = area_file(path)
    if municipality is None:
        say(f"{path.name}: kommunen finns inte bland exemplen, områdena lästes inte in.")
        return 0
    try:
        collection = read(path.read_bytes())
    except NotGeoJson as refusal:
        raise refused(path, [str(refusal)]) from None
    return load_areas(collection, municipality=municipality, kind=kind).new


def area_file(path: Path) -> tuple[Municipality | None, str]:
    from lofte.places.models import Municipality

    slug, *rest = path.stem.split("-")
    kind = next((part for part in rest if part in AREA_KINDS), "district")
    return Municipality.objects.filter(slug=slug).first(), kind


def signs_in(var: Path) -> list[str]:
    """The demo sign-ins as lines to print."""
    told: dict[str, Any] = read_demo(var) or {}
    if not told.get("people"):
        return []
    width = max(len(person.email) for person in PEOPLE)
    lines = [f"  {person.email:{width}}  {person.name}" for person in PEOPLE if person.email in told["people"]]
    return ["Logga in som (bara i den här provmiljön):", *lines, f"Lösenord för alla: {told['password']}"]
