"""The promise as a Word file in the five headings of the national template, to paste into a kommun's own letter."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lofte.promises.documents import promise_data
from lofte.promises.models import CitizenPromise, PromiseVersion

if TYPE_CHECKING:
    from docx.document import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def promise_docx(promise: CitizenPromise, version: PromiseVersion, url: str) -> bytes:
    """The same words as the PDF, with real headings and lists, so that they keep their shape in another template."""
    import docx

    data = promise_data(promise, version, url)
    made = docx.Document()
    _prepare(made, data)
    made.add_heading(data["title"], level=1)
    if data["short_line"]:
        made.add_paragraph(data["short_line"], style="Subtitle")
    for line in data["banner"]:
        made.add_paragraph(line, style="Intense Quote")
    _facts(made, data["facts"])
    _paragraphs(made, data["intro"])
    words = data["words"]
    _situation(made, data)
    _pledges(made, data)
    made.add_heading(words["achieving"], level=2)
    _paragraphs(made, data["outcome"] or ([] if data["goals"] else [words["no_outcome"]]))
    for goal in data["goals"]:
        _bullets(made, [goal["text"]])
        _paragraphs(made, [goal["plan"]] if goal["plan"] else [])
    made.add_heading(words["following"], level=2)
    _paragraphs(made, [*data["following"], f"{words['read_on']} {data['address']}"])
    _signatures(made, data)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _prepare(made: Document, data: dict[str, Any]) -> None:
    """Swedish, with a title, and the checksum in the foot of every page."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    properties = made.core_properties
    properties.title, properties.author, properties.language = data["title"], data["author"], "sv-SE"
    properties.keywords = ", ".join(data["keywords"])
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "sv-SE")
    for level in (1, 2):
        made.styles[f"Heading {level}"].font.color.rgb = RGBColor(0x17, 0x19, 0x1B)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer.paragraphs[0].text = f"{data['version']} · {data['address']}"


def _facts(made: Document, facts: list[dict[str, str]]) -> None:
    for fact in facts:
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{fact['term']}: ").bold = True
        paragraph.add_run(fact["text"])


def _situation(made: Document, data: dict[str, Any]) -> None:
    words = data["words"]
    made.add_heading(words["situation"], level=2)
    _paragraphs(made, data["situation"])
    if data["problems"]:
        made.add_paragraph(words["problems"])
        _bullets(made, data["problems"])
    if not data["situation"] and not data["problems"]:
        made.add_paragraph(words["no_situation"])


def _pledges(made: Document, data: dict[str, Any]) -> None:
    made.add_heading(data["words"]["doing"], level=2)
    if data["overall"]:
        made.add_paragraph(f"”{data['overall']}”", style="Quote")
    _paragraphs(made, [note for note in (data["overall_note"], data["pledges_note"]) if note])
    for pledge in data["pledges"]:
        made.add_paragraph(pledge["text"], style="List Number")
        for row in pledge["rows"]:
            made.add_paragraph(f"{row['term']}: {row['text']}", style="List Continue")
        for activity in pledge["activities"]:
            made.add_paragraph(activity, style="List Bullet 2")


def _signatures(made: Document, data: dict[str, Any]) -> None:
    words = data["words"]
    made.add_heading(words["signing"], level=2)
    _paragraphs(made, [data["signing_note"]] if data["signing_note"] else [])
    for each in data["signatures"]:
        if each["is_signed"]:
            made.add_paragraph(each["when"])
        else:
            made.add_paragraph(f"{words['place_and_date']}: ______________________________")
            made.add_paragraph(f"{words['signature']}: ______________________________")
        signer = made.add_paragraph()
        if each["role"]:
            signer.add_run(each["role"]).bold = True
            signer.add_run(f", {each['organisation']}")
        else:
            signer.add_run(each["organisation"]).bold = True
        _paragraphs(made, [each["note"]] if each["note"] else [])
    made.add_paragraph(words["no_contract"])


def _paragraphs(made: Document, texts: list[str]) -> None:
    for text in texts:
        made.add_paragraph(text)


def _bullets(made: Document, texts: list[str]) -> None:
    for text in texts:
        made.add_paragraph(text, style="List Bullet")
