"""The adopted picture and the decided plan as page, PDF, Word and JSON: the same words in all."""

import datetime as dt
import io
import json
import re
from decimal import Decimal

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

from factories import activity, pledge, promise, publish, target
from lofte.documents.blocks import TemplateRefused, default_template, word
from lofte.evidence.models import DataSet, Indicator, IndicatorValue
from lofte.picture import word_templates
from lofte.picture.models import WordTemplate
from lofte.picture.versions import digest
from lofte.places.models import Area
from pictures import DECISION, PictureSite, post

ROOT = "/tuna/lagesbild/2026/lagesbild/"
PLAN = "/tuna/atgardsplan/2026/plan/"
SAID = (
    "Lugnt på dagarna.", "Fler undviker parken.", "Mörk park", "Folk går omvägar.", "Lamporna är trasiga", "Enkäten",
    "Hur många det drabbar", "Vi är överens.", "1 234,5",
)  # fmt: skip


@pytest.fixture
def adopted(here: PictureSite) -> PictureSite:
    """A picture with every kind of part, a figure among them, and a plan that is decided on it."""
    here.fill()
    drawn = figures(here)
    here.picture.statements.get(key="utsaga-1").figures.create(indicator=drawn)
    problem, criterion = here.picture.problems.get(), here.picture.criteria.get()
    here.coordinator.post(f"{here.url}ordning/", {f"p{problem.pk}-k{criterion.pk}": "4"})
    here.coordinator.post("/arbete/tuna/atgardsplan/2026/")
    post(here.coordinator, "/arbete/tuna/atgardsplan/2026/plan/atgard/ny/", text="Byta lamporna",
         problems=[problem.pk], organisation=here.kommun.own.pk, cost_sek=120000)  # fmt: skip
    here.hand_over()
    here.adopt()
    post(here.coordinator, "/arbete/tuna/atgardsplan/2026/plan/beslut/", **DECISION)
    return here


def figures(here: PictureSite) -> Indicator:
    table = DataSet.objects.create(cycle=here.cycle, key="bra", title="Anmälda brott", publisher="Brå", edition="2026")
    made = Indicator.objects.create(
        cycle=here.cycle, key="skada", name="Skadegörelse", kind="crime_rate", unit="per 100 000", data_set=table
    )
    for year, value in ((2024, "900"), (2025, "1234.5")):
        IndicatorValue.objects.create(
            indicator=made, key=str(year), starts=dt.date(year, 1, 1), ends=dt.date(year, 12, 31), value=Decimal(value),
            low=Decimal(value) - 50, high=Decimal(value) + 50,
        )  # fmt: skip
    return made


def text_of_pdf(body: bytes) -> str:
    pages = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return " ".join(pages.replace("\u00a0", " ").replace("\u202f", " ").split())


def text_of_word(body: bytes) -> str:
    opened = docx.Document(io.BytesIO(body))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return plain("\n".join([*(each.text for each in opened.paragraphs), *cells]))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_page_pdf_and_word_say_the_same(adopted: PictureSite) -> None:
    visitor = Client()
    told = {
        "page": plain(visitor.get(ROOT).text),
        "pdf": text_of_pdf(visitor.get(f"{ROOT}lagesbild.pdf").content),
        "word": text_of_word(visitor.get(f"{ROOT}lagesbild.docx").content),
    }

    assert {name: [each for each in SAID if each not in text] for name, text in told.items()} == {
        name: [] for name in told
    }


def test_json_is_what_the_checksum_is_made_of(adopted: PictureSite) -> None:
    body = Client().get(f"{ROOT}lagesbild.json").text

    assert digest(body) == adopted.picture.frozen.sha256
    assert digest(body) in Client().get(ROOT).text
    values = json.loads(body)["indicators"][0]["values"]
    assert [each["value"] for each in values] == [900, 1234.5]


def test_pdf_has_language_title_headings_alt_text_and_tags(adopted: PictureSite) -> None:
    body = Client().get(f"{ROOT}lagesbild.pdf").content
    opened = PdfReader(io.BytesIO(body))
    root = opened.trailer["/Root"]

    assert str(root["/Lang"]).startswith("sv")
    assert opened.metadata is not None
    assert opened.metadata.title == "Lägesbild 2026, version 1"
    assert root["/MarkInfo"]["/Marked"]
    assert len(opened.outline) > 0
    assert {"/H1", "/H2", "/H3", "/L", "/Table", "/TH", "/Figure"} <= tags(root["/StructTreeRoot"], set())


def tags(node: object, found: set[str]) -> set[str]:
    """The names of everything in the structure tree."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for each in node:
            tags(each, found)
    elif isinstance(node, DictionaryObject):
        found.add(str(node.get("/S", "")))
        if str(node.get("/S", "")) == "/Figure":
            assert node["/Alt"]
        if "/K" in node:
            tags(node["/K"], found)
    return found


def test_word_has_real_headings_a_header_row_and_the_language(adopted: PictureSite) -> None:
    opened = docx.Document(io.BytesIO(Client().get(f"{ROOT}lagesbild.docx").content))

    styles = {paragraph.style.name for paragraph in opened.paragraphs if paragraph.style}
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet"} <= styles
    assert opened.core_properties.title == "Lägesbild 2026, version 1"
    assert opened.core_properties.language == "sv-SE"
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in opened.tables)
    assert set(re.findall('w:lang w:val="([^"]+)"', opened.styles.element.xml)) == {"sv-SE"}


def test_word_gives_the_first_column_room_for_names(adopted: PictureSite) -> None:
    opened = docx.Document(io.BytesIO(Client().get(f"{ROOT}lagesbild.docx").content))

    first, *others = [column.width or 0 for column in opened.tables[0].columns]

    assert others
    assert all(first > width for width in others)


def test_figure_keeps_its_values_when_a_new_edition_comes(adopted: PictureSite) -> None:
    IndicatorValue.objects.filter(key="2025").update(value=77)

    assert "1 234,5" in plain(Client().get(ROOT).text)
    adopted.begin()
    assert "1 234,5" not in plain(adopted.coordinator.get(f"{adopted.url}las/").text)


def test_a_draft_has_no_open_page(here: PictureSite) -> None:
    here.fill()

    assert Client().get(ROOT).status_code == 404
    assert "Utkast" in text_of_pdf(here.officer.get(f"{here.url}lagesbild.pdf").content)


def test_area_page_begins_with_what_is_done_there(adopted: PictureSite) -> None:
    north = Area.objects.get(name="Norr")
    made = promise(adopted.kommun, adopted.cycle, picture=adopted.picture)
    target(activity(pledge(made, "ljus", "Vi byter lamporna."), "Byta lampor i Norr"), north)
    publish(made)

    page = Client().get(f"{ROOT}omrade/{north.key}/").text

    assert "Byta lampor i Norr" in page
    assert page.index("Det här görs här") < page.index("Fler undviker parken.")


def test_area_that_nobody_spoke_of_is_a_gap(adopted: PictureSite) -> None:
    quiet = Area.objects.get(name="Centrum")

    page = Client().get(f"{ROOT}omrade/{quiet.key}/").text

    assert "För Centrum finns inget underlag att visa." in page


def test_plan_says_the_same_on_page_in_pdf_and_in_word(adopted: PictureSite) -> None:
    said = ("Byta lamporna", "Mörk park", "120 000 kr", "§ 12", "KS 2026:7")
    told = [
        plain(Client().get(PLAN).text),
        text_of_pdf(Client().get(f"{PLAN}atgardsplan.pdf").content),
        text_of_word(Client().get(f"{PLAN}atgardsplan.docx").content),
    ]

    assert [[each for each in said if each not in text] for text in told] == [[], [], []]
    assert digest(Client().get(f"{PLAN}atgardsplan.json").text) in told[0]


def test_plan_names_no_problem_of_a_picture_that_is_not_adopted(here: PictureSite) -> None:
    here.fill()
    here.coordinator.post("/arbete/tuna/atgardsplan/2026/")
    post(here.coordinator, "/arbete/tuna/atgardsplan/2026/plan/atgard/ny/", text="Byta lamporna",
         problems=[here.picture.problems.get().pk])  # fmt: skip
    post(here.coordinator, "/arbete/tuna/atgardsplan/2026/plan/beslut/", **DECISION)

    page = Client().get(PLAN).text

    assert "Byta lamporna" in page
    assert "Mörk park" not in page


def test_list_shows_what_is_adopted_and_decided(adopted: PictureSite) -> None:
    page = Client().get("/tuna/lagesbild/").text

    assert ROOT in page
    assert PLAN in page


# --- the kommun's own template


def own_template(text: str = "Tuna kommun, brevhuvud") -> bytes:
    made = docx.Document(io.BytesIO(default_template()))
    made.sections[0].header.paragraphs[0].text = text
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def upload(site: PictureSite, content: bytes) -> int:
    file = io.BytesIO(content)
    file.name = "mall.docx"
    return site.coordinator.post("/arbete/tuna/mallar/word/", {"file": file}).status_code


def test_own_template_is_used_for_the_picture(adopted: PictureSite) -> None:
    assert upload(adopted, own_template()) == 302

    made = docx.Document(io.BytesIO(Client().get(f"{ROOT}lagesbild.docx").content))

    assert made.sections[0].header.paragraphs[0].text == "Tuna kommun, brevhuvud"
    assert "Fler undviker parken." in "\n".join(each.text for each in made.paragraphs)


@pytest.mark.parametrize(
    "content",
    [b"inte Word", own_template("{{ title"), own_template("{{ ''.__class__.__mro__[1].__subclasses__() }}")],
    ids=["no Word", "broken tag", "reaches out"],
)
def test_template_that_cannot_be_filled_in_is_refused_and_not_kept(here: PictureSite, content: bytes) -> None:
    assert upload(here, content) == 422
    assert not WordTemplate.objects.exists()


def test_words_with_signs_of_markup_come_out_as_they_are() -> None:
    from dataclasses import replace

    paper = replace(word_templates.TRIAL, title="A & B <c> {{ d }}")

    assert "A & B <c> {{ d }}" in text_of_word(word(paper))


def test_a_large_template_is_refused() -> None:
    with pytest.raises(TemplateRefused, match="larger"):
        word(word_templates.TRIAL, b"x" * 3_000_001)
