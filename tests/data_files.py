"""Files as kommuner have them, and a kommun with two kommundelar to read them into."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from factories import Kommun, cycle, kommun
from lofte.evidence.models import DataSet
from lofte.imports.models import Upload
from lofte.parties.models import Cycle
from lofte.places.models import Area
from people import Cast, cast, signed_in

ROOT = "/arbete/tuna/siffror/2026/"
# Two squares in SWEREF 99 TM, side by side west of Strängnäs.
WEST = [[[590000, 6580000], [600000, 6580000], [600000, 6590000], [590000, 6590000], [590000, 6580000]]]
EAST = [[[600000, 6580000], [610000, 6580000], [610000, 6590000], [600000, 6590000], [600000, 6580000]]]
HEAD = "Datum;Händelsetyp;Kommundel"


def work() -> None:
    """Let the worker do everything that waits."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


@dataclass
class DataSite:
    """Tuna with Norr and Söder. `give` uploads as the coordinator and lets the worker look at it."""

    kommun: Kommun
    cycle: Cycle
    people: Cast
    coordinator: Client
    north: Area
    south: Area

    def give(self, name: str, content: bytes | str) -> Upload:
        raw = content.encode() if isinstance(content, str) else content
        answer: Any = self.coordinator.post(f"{ROOT}fil/", {"file": SimpleUploadedFile(name, raw)})
        assert answer.status_code == 302, answer.content.decode()
        work()
        return Upload.objects.latest("pk")

    def page(self, upload: Upload) -> str:
        return f"{ROOT}fil/{upload.pk}/"

    def take_in(self, upload: Upload, **values: Any) -> None:
        """Say yes on the page of a file, with what the form suggests unless told otherwise."""
        form = self.coordinator.get(self.page(upload)).context["form"]
        suggested = {name: form[name].value() or "" for name in form.fields} if form else {}
        answer: Any = self.coordinator.post(f"{self.page(upload)}las-in/", suggested | values)
        assert answer.status_code == 302, answer.content.decode()
        work()

    def read_in(self, name: str, content: bytes | str, **values: Any) -> DataSet:
        upload = self.give(name, content)
        self.take_in(upload, **values)
        return DataSet.objects.filter(upload=upload).latest("pk")


def data_site() -> DataSite:
    where = kommun()
    people = cast(where)
    north, south = (
        Area.objects.create(
            municipality=where.municipality, key=key, name=name, kind=Area.Kind.DISTRICT, edition="2026",
            geometry={"type": "Polygon", "coordinates": ring},
        )
        for key, name, ring in (("norr", "Norr", WEST), ("soder", "Söder", EAST))
    )  # fmt: skip
    return DataSite(where, cycle(where), people, signed_in(people.coordinator), north, south)


def incidents(*rows: str) -> str:
    return "\n".join((HEAD, *rows)) + "\n"


def three_years(category: str = "skadegörelse") -> str:
    """January to April three years: Norr 6, 7 and 20, Söder 2, 9 and 3."""
    many = {2024: (6, 2), 2025: (7, 9), 2026: (20, 3)}
    return incidents(*(
        f"{year}-0{1 + at % 4}-1{at % 9};{category};{place}"
        for year, both in many.items()
        for place, number in zip(("Norr", "Söder"), both, strict=True)
        for at in range(number)
    ))  # fmt: skip


def bra_workbook(name: str = "Tuna kommun", damage: int = 498) -> bytes:
    """Brå's layout: a sheet of reported crime with pairs a year, one about narcotics, and one of NTU."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        for sheet_name, rows in (
            (
                "2 Skadegörelsebrott",
                [
                    [name, 512, "1 423,5", damage, 1466],
                    ["Södermanlands län", 4100, 1401.2, 4090, 1399],
                    ["Hela riket", "190 112", 1805, 188000, 1780],
                ],
            ),
            (
                "3 Narkotikabrott",
                [[name, 100, 290, 260, 760], ["Hela riket", 120000, 1100, 121000, 1110]],
            ),
        ):
            sheet = book.add_worksheet(sheet_name)
            sheet.write(0, 0, f"{sheet_name[2:]}. Antal anmälda brott och antal per 100 000 invånare")
            sheet.merge_range(1, 1, 1, 2, "2024")
            sheet.merge_range(1, 3, 1, 4, "2025 prel.")
            sheet.write_row(2, 0, ["Region", "Antal", "Antal per 100 000", "Antal", "Antal per 100 000"])
            for at, row in enumerate(rows, 3):
                sheet.write_row(at, 0, row)
        ntu = book.add_worksheet("Misshandel-NTU")
        ntu.write(0, 0, "Utsatthet för misshandel. Andel i procent")
        ntu.write_row(1, 0, ["Region", "2021/2022", "2023/2024"])
        ntu.write_row(2, 0, [name, "3,4", 2.9])
        ntu.write_row(3, 0, ["Hela riket", 3.5, 3.0])
    return kept.getvalue()


def kolada_reply(code: str = "9001") -> bytes:
    """A share with its margin, two years, and reported violence."""
    cells = [("N07609", 2022, 31.0), ("N07657", 2022, 4.0), ("N07609", 2024, 22.0), ("N07657", 2024, 4.0)]
    cells += [("N07403", 2023, 800.0), ("N07403", 2024, 850.0)]
    values = [
        {"kpi": kpi, "municipality": code, "period": year, "values": [{"gender": "T", "status": "", "value": value}]}
        for kpi, year, value in cells
    ]  # fmt: skip
    return json.dumps({"count": len(values), "values": values}).encode()


def shared_file(shared: Path, name: str) -> bytes:
    return (shared / "data" / name).read_bytes()
