"""`lofte statute KOMMUN`: the act's thirty requirements, with what was found for each and when it is due."""

from __future__ import annotations

from lofte.commands.due import day_given
from lofte.commands.terminal import BadInput, Parser, answer, start_django


def main(argv: list[str]) -> int:
    parser = Parser("statute", "Visa vad lagen (2023:196) kräver, vad som finns och vad som saknas. Aldrig en procent.")
    parser.add_argument("kommun", metavar="KOMMUN", help="kommunens namn i adressen, till exempel exempelkoping")
    parser.add_argument("--on", metavar="DATUM", help="till exempel 2026-10-01; annars i dag")
    parser.add_argument("--json", action="store_true", help="svara med JSON")
    given = parser.parse_args(argv)
    day = day_given(given.on) if given.on else None
    start_django()
    from django.utils import timezone

    from lofte.places.models import Municipality
    from lofte.statute.checking import findings
    from lofte.statute.documents import as_rows
    from lofte.statute.facts import facts
    from lofte.statute.wording import STATE_WORDS

    municipality = Municipality.objects.filter(slug=given.kommun).first()
    if municipality is None:
        known = ", ".join(Municipality.objects.values_list("slug", flat=True)[:5])
        raise BadInput(f"Kommunen {given.kommun} finns inte här. " + (f"Här finns {known}." if known else ""))
    today = day or timezone.localdate()
    rows = findings(facts(municipality, today), today)
    if given.json:
        answer(as_rows(rows))
        return 0
    for row in rows:
        due = f" (senast {row.due})" if row.due else ""
        print(
            f"{row.requirement.id}  {row.requirement.section:7} {STATE_WORDS[row.state]}{due}: {row.requirement.words}"
        )
    return 0
