"""A whole kommun's picture: 40 kommundelar × 12 statements and 60 figures. How long page, PDF and Word take.

    nice -n 10 .venv/bin/python benchmarks/picture.py --rounds 20

Makes a database of its own in a temporary folder, writes the picture as rows, adopts it, and asks for it through the
whole stack of the site (middleware, view, template) as a visitor and as the coordinator, in this process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

PLACES, STATEMENTS, FIGURES, YEARS, PROBLEMS = 40, 12, 60, 8, 40
DRAFT = "/arbete/tuna/lagesbild/2026/lagesbild-2/"


def build() -> None:
    """The rows, as the forms would have made them."""
    import factories
    import people
    from lofte.core.states import Visibility
    from lofte.picture.actions import Decision, adopt, begin
    from lofte.picture.models import SituationPicture

    where = factories.kommun()
    coordinator = people.cast(where).coordinator
    cycle = factories.cycle(where)
    areas = [factories.area(where, f"Kommundel {number:02}") for number in range(PLACES)]
    table = cycle.data_sets.create(key="bra", title="Anmälda brott", publisher="Brå", edition="2026")
    for number in range(FIGURES):
        made = cycle.indicators.create(
            key=f"matt-{number}", name=f"Mått {number}", kind="crime_rate", unit="per 100 000", data_set=table,
            definition="Anmälda brott under året, per 100 000 invånare.",
        )  # fmt: skip
        for year in range(YEARS):
            value = Decimal(900 + 31 * ((number + year) % 17))
            made.values.create(
                key=f"{number}-{year}", starts=dt.date(2018 + year, 1, 1), ends=dt.date(2018 + year, 12, 31),
                value=value, low=value - 40, high=value + 40,
            )  # fmt: skip
    drawn = list(cycle.indicators.all())
    picture = SituationPicture.objects.create(
        cycle=cycle, key="lagesbild", year=2026, state="joint_review", summary="Lugnt på dagarna. " * 40,
        joint_assessment="Kommunen och polisen är överens. " * 40,
    )  # fmt: skip
    for place, area in enumerate(areas):
        item = cycle.evidence.create(
            key=f"enkat-{place}", kind="survey", title=f"Enkäten i {area.name}", sentence="Tre av tio undviker parken.",
            visibility=Visibility.OPEN, on=dt.date(2026, 1, 1), n=120, limits="De som svarade valde det själva.",
        )  # fmt: skip
        item.areas.add(area)
        for number in range(STATEMENTS):
            said = picture.statements.create(
                key=f"utsaga-{place}-{number}", sentence=f"Fler undviker parken på kvällen, punkt {number}. " * 2,
                internal_sentence="Bara för oss.", period="hösten 2025", comparison="hösten 2024", trend="more",
                strength="likely",
            )  # fmt: skip
            said.areas.add(area)
            said.evidence_links.create(evidence=item)
            which = place * STATEMENTS + number
            if which < FIGURES:
                said.figures.create(indicator=drawn[which])
        if place < PROBLEMS:
            problem = picture.problems.create(
                key=f"problem-{place}", title=f"Mörk park i {area.name}", description="Lamporna är trasiga.",
                consequences="Folk går omvägar.", priority=place + 1,
            )  # fmt: skip
            problem.areas.add(area)
            problem.evidence_links.create(evidence=item)
            problem.causes.create(key=f"orsak-{place}", text="Lamporna byts sällan", level="situational")
    decision = Decision("Kommunfullmäktige", dt.date(2026, 2, 28), "§ 12", "KS 2026:7")
    started = time.perf_counter()
    adopt(picture=picture, decision=decision, by=coordinator)
    print(f"adopting: {time.perf_counter() - started:.2f} s")
    begin(cycle=cycle, by=coordinator)


def measure(rounds: int) -> None:
    from django.db import connection
    from django.test import Client

    import people
    from lofte.parties.models import User

    visitor, inside = Client(), people.signed_in(User.objects.get(email="coordinator@example.se"))
    here = "/tuna/lagesbild/2026/lagesbild/"
    work = "/arbete/tuna/lagesbild/2026/lagesbild/"
    asked: list[tuple[str, Client, str, int]] = [
        ("page for everyone", visitor, here, rounds),
        ("page of one kommundel", visitor, f"{here}omrade/{_area()}/", rounds),
        ("overview at work", inside, work, rounds),
        ("read at work", inside, f"{work}las/", rounds),
        ("overview of a draft at work", inside, f"{DRAFT}", rounds),
        ("one place of a draft at work", inside, f"{DRAFT}?plats={_area()}", rounds),
        ("read a draft at work", inside, f"{DRAFT}las/", rounds),
        ("coverage", inside, f"{work}tackning/", rounds),
        ("new statement", inside, f"{DRAFT}utsaga/ny/", rounds),
        ("a problem", inside, f"{DRAFT}problem/problem-0-v2/", rounds),
        ("priorities", inside, f"{DRAFT}ordning/", rounds),
        ("differences", inside, f"{DRAFT}skillnader/", rounds),
        ("register of evidence", inside, "/arbete/tuna/underlag/2026/", rounds),
        ("PDF", visitor, f"{here}lagesbild.pdf", max(3, rounds // 5)),
        ("Word", visitor, f"{here}lagesbild.docx", max(3, rounds // 5)),
        ("JSON", visitor, f"{here}lagesbild.json", rounds),
    ]
    for name, client, address, times in asked:
        queries: list[str] = []

        def count(execute: Any, sql: str, *rest: Any, seen: list[str] = queries) -> Any:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            first = client.get(address)
        assert first.status_code == 200, address
        rounds_taken = [seconds(partial(client.get, address)) for _round in range(times)]
        waited, used = ([row[which] for row in rounds_taken] for which in (0, 1))
        size = len(first.content) / 1024
        print(
            f"{name}: median {statistics.median(waited) * 1000:.0f} ms, p95 {p95(waited) * 1000:.0f} ms, "
            f"processor {statistics.median(used) * 1000:.0f} ms, p95 {p95(used) * 1000:.0f} ms, "
            f"{len(queries)} queries, {size:.0f} kB"
        )


def _area() -> str:
    from lofte.places.models import Area

    return Area.objects.order_by("pk")[0].key


def seconds(do: Callable[[], object]) -> tuple[float, float]:
    """As the one who waits sees it, and what this process used."""
    started, used = time.perf_counter(), time.process_time()
    do()
    return time.perf_counter() - started, time.process_time() - used


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(0.95 * len(values)))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    root = Path(__file__).resolve().parents[1]
    sys.path += [str(root / "tests"), str(root / "src")]
    with tempfile.TemporaryDirectory(prefix="lofte-picture-") as var:
        os.environ["LOFTE_VAR"] = var
        from lofte.commands.terminal import start_django

        start_django(needs_tables=False)
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        build()
        measure(given.rounds)


if __name__ == "__main__":
    main()
