"""The archive: every link leads to a file that is there, bytes are those that were frozen, and no server is needed."""

import hashlib
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from lofte.exchange.reading import load_file
from lofte.followup.models import FrozenReport
from lofte.public.archive import file_of, resolved

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def folder(lofte: Any, checkout: Path, tmp_path: Path) -> Path:
    for name in ("strangnas-2018", "strangnas-2019", "lulea-2018"):
        load_file(checkout / f"examples/{name}.json")
    made = tmp_path / "arkiv"
    answer = lofte("archive", made, "strangnas")
    assert answer.code == 0, answer.err
    return made


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_local_link_leads_to_a_file(folder: Path) -> None:
    for page in pages(folder):
        for target in re.findall(r'\b(?:href|src)="([^"]*)"', page.read_text("utf-8")):
            path = unescape(target).partition("#")[0]
            if path and not path.startswith(("http://", "https://", "mailto:", "tel:", "data:")):
                assert (page.parent / path).is_file(), f"{page.relative_to(folder)}: {target}"


def test_the_look_comes_along(folder: Path) -> None:
    page = (folder / "strangnas/2019/index.html").read_text("utf-8")
    [style] = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    sheet = folder / "strangnas/2019" / style

    assert sheet.is_file()
    for target in re.findall(r"url\(([^)]+)\)", sheet.read_text("utf-8")):
        name = target.strip("'\"")
        assert name.startswith(("data:", "#")) or (sheet.parent / name).is_file()


def test_checksums_hold_and_files_are_the_frozen_bytes(folder: Path) -> None:
    sums = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())  # type: ignore[misc]

    assert set(sums) == {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    for name, given in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == given
    frozen = set(FrozenReport.objects.filter(format__in=("json", "pdf")).values_list("sha256", flat=True))
    assert {sums[name] for name in sums if "/rapport/" in name and not name.endswith(".html")} <= frozen
    assert sums["strangnas/2019/rapport/2019-T2/rapport.pdf"] in frozen


def test_it_reads_as_the_site_and_says_what_it_is(folder: Path) -> None:
    text = (folder / "strangnas/2019/rapport/2019-T2/index.html").read_text("utf-8")

    assert "213 trafikkontroller" in text
    assert "Arkivkopia från" in text
    assert f'href="{settings.BASE_URL}/sok/"' in text
    assert "sha256sum -c SHA256SUMS" in (folder / "LÄS-MIG.txt").read_text("utf-8")


def test_english_stands_beside_the_swedish(folder: Path) -> None:
    swedish, english = ((folder / f"{start}strangnas/2019/index.html").read_text("utf-8") for start in ("", "en/"))
    report = (folder / "en/strangnas/2019/rapport/2019-T2/index.html").read_text("utf-8")

    assert 'href="../../en/strangnas/2019/index.html"' in swedish
    assert 'href="../../../strangnas/2019/index.html"' in english
    assert '<html lang="en"' in english
    assert (folder / "READ-ME.txt").is_file()
    assert not (folder / "en/lulea").exists()
    # A file that is the same in both languages is kept once.
    assert 'href="../../../../../strangnas/2019/rapport/2019-T2/rapport.pdf"' in report
    assert not (folder / "en/strangnas/2019/rapport/2019-T2/rapport.pdf").exists()


def test_other_kommuner_stay_on_the_site(folder: Path) -> None:
    assert not (folder / "lulea").exists()
    assert f'href="{settings.BASE_URL}/lulea/"' in (folder / "index.html").read_text("utf-8")


@pytest.mark.parametrize(("words", "told"), [(["finns-inte"], "Ingen kommun heter finns-inte"), ([], "är inte tom")])
def test_bad_input_is_one_sentence(lofte: Any, tmp_path: Path, words: list[str], told: str) -> None:
    folder = tmp_path / "mapp"
    folder.mkdir()
    if not words:
        (folder / "min-fil").touch()

    answer = lofte("archive", folder, *words)

    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/tuna/2026/", "tuna/2026/index.html"),
        ("/tuna/?sida=2", "tuna/index-sida-2.html"),
        ("/tuna/2026/lofte.json", "tuna/2026/lofte.json"),
    ],
)
def test_file_of_an_address(address: str, file: str) -> None:
    assert file_of(address) == file


@pytest.mark.parametrize(
    ("target", "whole"),
    [
        ("/tuna/", "/tuna/"),
        ("?sida=2", "/tuna/2026/?sida=2"),
        ("lofte.pdf", "/tuna/2026/lofte.pdf"),
        ("../2025/", "/tuna/2025/"),
        ("#loften", "/tuna/2026/#loften"),
        ("mailto:a@example.se", "mailto:a@example.se"),
        ("https://example.se/", "https://example.se/"),
    ],
)
def test_address_as_it_stands_in_a_page(target: str, whole: str) -> None:
    assert resolved("/tuna/2026/", target) == whole
