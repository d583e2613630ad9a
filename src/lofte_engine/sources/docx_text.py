"""The lines of a Word document, in the order one reads them."""

import re
from collections.abc import Iterator
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING_STYLE = re.compile(r"heading|rubrik|title", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|punkt|numrera", re.IGNORECASE)
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "\u2011"}
_LONG_LINE = 60


def lines_of(document: Any) -> Iterator[str]:
    """Lines of a document; an empty line parts paragraphs.

    Parameters
    ----------
    document : docx.document.Document
        An opened document.

    Yields
    ------
    str
        Headers, body and footers. Short paragraphs stay together, so that a signature is one block.
    """
    sections = list(document.sections)
    for section in sections[:1]:
        yield from _blocks(section.header._element)
        yield ""
    yield from _blocks(document.element.body)
    for section in sections[:1]:
        yield ""
        yield from _blocks(section.footer._element)


def _blocks(parent: Any) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{_WORD}p":
            yield from _paragraph(element)
        elif element.tag == f"{_WORD}tbl":
            yield ""
            yield from _table(element)
            yield ""
        elif element.tag == f"{_WORD}sdt":
            for content in element.iterchildren(f"{_WORD}sdtContent"):
                yield from _blocks(content)


def _paragraph(element: Any) -> Iterator[str]:
    text = "".join(_pieces(element)).strip("\n")
    style = _style(element)
    if _HEADING_STYLE.search(style) and text.strip():
        yield from ("", text, "")
    elif text.strip() and _is_list_item(element, style):
        yield f"• {text}"
    else:
        yield text
        if len(text) > _LONG_LINE or text.endswith((".", ":", "!", "?", "”", '"')):
            yield ""
    for box in element.iter(f"{_WORD}txbxContent"):
        # Word writes a text box twice, the second time for old readers.
        if not any(ancestor.tag == f"{_COMPATIBILITY}Fallback" for ancestor in box.iterancestors()):
            yield ""
            yield from _blocks(box)
            yield ""


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in (f"{_WORD}txbxContent", f"{_WORD}pPr", f"{_WORD}rPr", f"{_WORD}del"):
            yield from _pieces(child)


def _style(element: Any) -> str:
    found = element.find(f"{_WORD}pPr/{_WORD}pStyle")
    return "" if found is None else str(found.get(f"{_WORD}val"))


def _is_list_item(element: Any, style: str) -> bool:
    return element.find(f"{_WORD}pPr/{_WORD}numPr") is not None or bool(_LIST_STYLE.search(style))


def _table(element: Any) -> Iterator[str]:
    for row in element.iter(f"{_WORD}tr"):
        cells = [[line for line in _blocks(cell) if line.strip()] for cell in row.iterchildren(f"{_WORD}tc")]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
            yield "\t".join(" ".join(cell[0].split()) for cell in filled)
        else:
            # A table used for layout: each cell is read on its own, as signatures side by side are.
            for cell in filled:
                yield from ("", *cell)
