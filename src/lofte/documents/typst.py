"""The one way to PDF: a Typst template, data as JSON, and a document that a screen reader can read or none at all."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from lofte.core.faults import crash_point

TEMPLATES = Path(__file__).parent / "templates" / "typst"
FONT_PACKAGE = "fontpkg_source_sans_3"


class DocumentRefused(RuntimeError):
    """Typst would not make the document: it breaks PDF/UA, or its template is wrong."""


def compile(template: str, data: dict[str, Any], *, made_at: dt.datetime) -> bytes:
    """An accessible PDF (PDF/UA-1). The same template, data and time always give the same bytes."""
    return _compile(template, data, format="pdf", timestamp=int(made_at.timestamp()), pdf_standards=["ua-1"])[0]


def pictures(template: str, data: dict[str, Any], *, ppi: float = 96) -> list[bytes]:
    """The same pages as PNG, for previews."""
    return _compile(template, data, format="png", ppi=ppi)


def _compile(template: str, data: dict[str, Any], **options: Any) -> list[bytes]:
    try:
        made = typst.compile(
            TEMPLATES / f"{template}.typ",
            root=TEMPLATES,
            font_paths=fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            **options,
        )
    except RuntimeError as error:  # TypstError is one, and so is a template that is not there
        raise DocumentRefused(f"{template}: {getattr(error, 'diagnostic', '') or error}") from error
    crash_point("document-made")
    if made is None:
        raise DocumentRefused(f"{template}: nothing was made")
    return made if isinstance(made, list) else [made]


@cache
def fonts() -> typst.Fonts:
    """Source Sans 3 from its package, then what Typst carries itself. Never the machine's own fonts."""
    spec = importlib.util.find_spec(FONT_PACKAGE)
    folders: list[Path] = [Path(spec.origin).parent / "files"] if spec and spec.origin else []
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def qr_code(address: str) -> str:
    """An address as an SVG picture that a phone can read."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
    return drawn.getvalue().decode("utf-8")
