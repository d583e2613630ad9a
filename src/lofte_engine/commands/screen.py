"""`lofte-engine screen`: find personal data in a text kept as a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from lofte_engine.errors import DocumentError
from lofte_engine.sources.documents import read_text
from lofte_engine.text.messages import DOCUMENT_MESSAGES
from lofte_engine.text.screen import Finding, mask, screen

KINDS = {
    "personnummer": "personnummer",
    "samordningsnummer": "samordningsnummer",
    "phone": "telefonnummer",
    "email": "e-postadress",
    "plate": "registreringsnummer",
    "address": "gatuadress",
    "name": "namn",
}
CERTAINTIES = {"certain": "säkert", "likely": "troligt", "possible": "kanske"}
NOTHING = "Inget hittades. Läs ändå igenom texten: en person kan pekas ut utan namn och nummer."


def main(argv: Sequence[str]) -> int:
    """Find personal data in a file.

    Parameters
    ----------
    argv : sequence of str
        The file, ``--json`` for the answer as JSON, ``--mask`` for the text with what was found taken out.

    Returns
    -------
    int
        0 whenever the file could be read; 2 otherwise, with one Swedish sentence on standard error.

    Examples
    --------
    >>> main(["no such file"])
    2
    """
    parser = argparse.ArgumentParser(
        prog="lofte-engine screen",
        description="Find personal data in free text. It marks and proposes; a person decides.",
        epilog="Method and measured figures: docs/methods/personal-data-screen.md",
    )
    parser.add_argument("file", help="txt, docx or pdf")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="findings as JSON, with places in code points")
    form.add_argument("--mask", action="store_true", help="the text with all that was found taken out")
    options = parser.parse_args(argv)
    try:
        text = read_text(options.file)
    except DocumentError as error:
        print(DOCUMENT_MESSAGES[error.code], file=sys.stderr)
        return 2
    findings = screen(text)
    if options.json:
        print(json.dumps({"findings": [asdict(each) for each in findings], "text_length": len(text)}, indent=1))
    elif options.mask:
        print(mask(text, findings))
    else:
        print("\n".join(_lines(text, findings)))
    return 0


def _lines(text: str, findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        yield NOTHING
    for each in findings:
        row = text.count("\n", 0, each.start) + 1
        said = " ".join(text[each.start : each.end].split())
        yield f"Rad {row}: {KINDS[each.kind]} ({CERTAINTIES[each.certainty]}) ”{said}”"
