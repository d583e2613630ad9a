"""A document as a row of blocks: one list of words becomes an accessible PDF and a Word file with the same content."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from lofte.documents import typst

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_BYTES, MOST_UNPACKED = 3_000_000, 30_000_000


class TemplateRefused(ValueError):
    """The kommun's Word template can't be used; the message is Word's or the template language's own words."""


@dataclass(frozen=True)
class Block:
    """One piece: `kind` is h2, h3, p, note, gap, list, table or figure. A figure's drawing is SVG with its alt text."""

    kind: str
    text: str = ""
    lines: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    svg: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Paper:
    """A whole document in Swedish. `made_at` is when its text was kept: the same text always gives the same bytes."""

    title: str
    eyebrow: str
    author: str
    made_at: dt.datetime
    foot: str
    url: str
    blocks: Sequence[Block]
    banner: Sequence[str] = ()
    keywords: Sequence[str] = ()
    words: dict[str, str] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        told = asdict(self)
        del told["made_at"]
        return told | {"address": self.url.partition("://")[2].strip("/") or self.url}


def pdf(paper: Paper) -> bytes:
    """PDF/UA-1, tagged: headings, lists, tables with header rows, alt texts and language."""
    return typst.compile("blocks", paper.data(), made_at=paper.made_at)


def word(paper: Paper, template: bytes | None = None) -> bytes:
    """The same words in the kommun's own template, or in the one that comes with the program.

    Raises TemplateRefused when the template isn't Word or says something that can't be filled in.
    """
    import docx.opc.exceptions
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    given = template if template is not None else default_template()
    check_size(given)
    # A template is written by people: it may read the words it is given and reach nothing else.
    environment = SandboxedEnvironment(autoescape=True)
    try:
        made = DocxTemplate(io.BytesIO(given))
        made.render(paper.data(), environment, autoescape=True)
    except (TemplateError, KeyError, ValueError, TypeError, docx.opc.exceptions.PackageNotFoundError) as error:
        raise TemplateRefused(str(error)) from error
    if template is None:
        for table in made.docx.tables:
            _fit(table)
    properties = made.docx.core_properties
    properties.title, properties.author, properties.language = paper.title, paper.author, "sv-SE"
    properties.keywords = ", ".join(paper.keywords)
    properties.created = properties.modified = paper.made_at.astimezone(dt.UTC).replace(tzinfo=None)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def check_size(template: bytes) -> None:
    """A Word file is a ZIP: neither it nor what it unpacks to may be large."""
    if len(template) > MOST_BYTES:
        raise TemplateRefused(f"the file is larger than {MOST_BYTES} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
    except zipfile.BadZipFile as error:
        raise TemplateRefused("the file is not a Word document (.docx)") from error
    if unpacked > MOST_UNPACKED:
        raise TemplateRefused("the file unpacks to more than a document can need")


def default_template() -> bytes:
    """Real headings, lists and tables; a kommun puts its own letterhead and styles around them in Word."""
    import docx
    from docx.shared import Cm

    made = docx.Document()
    _swedish(made)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer.paragraphs[0].text = "{{ foot }} · {{ address }}"
    made.add_paragraph("{{ eyebrow }}", style="Subtitle")
    made.add_heading("{{ title }}", level=1)
    _each(made, "line", "banner", "{{ line }}", "Intense Quote")
    made.add_paragraph("{%p for block in blocks %}")
    for kind, style in (("h2", "Heading 2"), ("h3", "Heading 3"), ("p", "Normal"), ("gap", "Quote")):
        _when(made, kind, "{{ block.text }}", style)
    _when(made, "note", "{{ block.text }}", "Caption")
    made.add_paragraph("{%p if block.kind == 'list' %}")
    _each(made, "line", "block.lines", "{{ line }}", "List Bullet")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p if block.kind in ('table', 'figure') and block.rows %}")
    made.add_paragraph("{{ block.text }}", style="Caption")
    _table(made)
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _swedish(made: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "sv-SE")
    for name in ("Heading 1", "Heading 2", "Heading 3", "Subtitle", "Caption", "Quote", "Intense Quote"):
        made.styles[name].font.color.rgb = RGBColor(0x17, 0x19, 0x1B)
    made.styles["Caption"].font.bold = False


def _each(made: Any, name: str, of: str, text: str, style: str) -> None:
    made.add_paragraph(f"{{%p for {name} in {of} %}}")
    made.add_paragraph(text, style=style)
    made.add_paragraph("{%p endfor %}")


def _when(made: Any, kind: str, text: str, style: str) -> None:
    made.add_paragraph(f"{{%p if block.kind == '{kind}' %}}")
    made.add_paragraph(text, style=style)
    made.add_paragraph("{%p endif %}")


def _table(made: Any) -> None:
    """A table as wide as its head, whose first row is a header row and stands again on the next page."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    table = made.add_table(rows=4, cols=3, style="Table Grid")
    for row, texts in (
        (0, ("{%tc for name in block.head %}", "{{ name }}", "{%tc endfor %}")),
        (2, ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")),
    ):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            cell.text = text
    table.rows[0].cells[1].paragraphs[0].runs[0].bold = True
    for row, told in ((0, "w:tblHeader"), (0, "w:cantSplit"), (2, "w:cantSplit")):
        properties = table.rows[row]._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn(told), {qn("w:val"): "true"}))
    for cell in (table.rows[0].cells[1], table.rows[2].cells[1]):
        cell.paragraphs[0].runs[0].font.size = Pt(10)
    table.rows[1].cells[0].text = "{%tr for row in block.rows %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"


def _fit(table: Any) -> None:
    """Columns over the width of the page, the first with room for names: how many there are is known only now."""
    from docx.shared import Cm

    share = 16 / (len(table.columns) + 0.6)
    for number, column in enumerate(table.columns):
        width = Cm(share * (1.6 if number == 0 else 1))
        column.width = width
        for cell in column.cells:
            cell.width = width
