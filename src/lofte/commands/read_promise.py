"""`lofte read-promise`: turn a promise in a file into a structured draft."""

import argparse
import json
import re
import sys
from pathlib import Path

from lofte.commands.terminal import BadInput, Parser, start_django
from lofte_engine.errors import DocumentError
from lofte_engine.sources.documents import read_text
from lofte_engine.text.messages import DOCUMENT_MESSAGES, FIELD_NAMES, RHYTHM_NAMES, SCOPE_NAMES
from lofte_engine.text.promise_document import PromiseDocument, read_promise
from lofte_engine.text.promise_evidence import KIND_NAMES

_LONGEST_SHOWN = 200
_FIELD_PART = re.compile(r"(?P<word>[a-z_]+)(?:\[(?P<number>\d+)\])?")


def main(argv: list[str]) -> int:
    """Run the command.

    Parameters
    ----------
    argv : list of str
        What stands after the command's name.

    Returns
    -------
    int
        0 when done, 2 when the file could not be read as a promise.
    """
    given = _parser().parse_args(argv)
    try:
        document = read_promise(read_text(given.file))
    except DocumentError as error:
        print(DOCUMENT_MESSAGES[error.code], file=sys.stderr)
        return 2
    if given.save:
        saved = save(document, source_name=Path(given.file).name)
        print(f"Sparat som utkast: {saved}", file=sys.stderr)
    print(json.dumps(document.as_dict(), ensure_ascii=False, indent=2) if given.json else summary(document))
    return 0


def save(document: PromiseDocument, *, source_name: str) -> str:
    """Keep a document as a draft.

    Parameters
    ----------
    document : PromiseDocument
        What was read.
    source_name : str
        The name of the file.

    Returns
    -------
    str
        How the draft is called.
    """
    if document.municipality is None or document.period is None:
        missing = "vilken kommun det gäller" if document.municipality is None else "vilken tid det gäller"
        raise BadInput(f"Löftet kan inte sparas: dokumentet säger inte {missing}.")
    # Only here: reading a promise must not wait for Django.
    start_django()
    from lofte.promises.from_document import draft_from_document

    return str(draft_from_document(document, source_name=source_name))


def summary(document: PromiseDocument) -> str:
    """A document as a coordinator reads it.

    Parameters
    ----------
    document : PromiseDocument
        What was read.

    Returns
    -------
    str
        Lines in Swedish; what was guessed and what was not placed comes last.
    """
    facts = [f"{label}: {value or 'inte funnet'}" for label, value in _facts(document)]
    parts = [
        [document.title or "Löfte utan rubrik", "", *facts],
        _listed("Problem", document.problems),
        ["Övergripande löfte", f"  {document.overall_pledge or 'inte funnet'}"],
        _listed("Löften", [_pledge(document, number) for number in range(len(document.pledges))]),
        ["Önskat resultat", f"  {document.desired_outcome or 'inte funnet'}"],
        _listed("Underskrifter", [_signer(signer.role, signer.organisation) for signer in document.signers]),
        _listed("Gissat, kontrollera", [f"{_field(name)}: {reason}" for name, reason in document.guessed.items()]),
        _listed("Inte placerat", [_shortened(part.text) for part in document.unplaced]),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _parser() -> argparse.ArgumentParser:
    parser = Parser("read-promise", "Läs ett medborgarlöfte ur en fil (txt, docx eller pdf).")
    parser.add_argument("file", help="filen med löftet")
    parser.add_argument("--json", action="store_true", help="skriv allt som JSON, med textens platser")
    parser.add_argument("--save", action="store_true", help="spara som utkast")
    return parser


def _facts(document: PromiseDocument) -> list[tuple[str, str]]:
    municipality, period, scope = document.municipality, document.period, document.scope
    return [
        ("Kommun", f"{municipality.name} ({municipality.code})" if municipality else ""),
        ("Period", f"{period.first}–{period.last}" if period else ""),
        ("Lägesbildens år", str(document.picture_year or "")),
        ("Underlag", ", ".join(KIND_NAMES[kind] for kind in document.evidence_basis)),
        ("Område", (scope.text or SCOPE_NAMES[scope.kind]) if scope else ""),
        ("Följs upp", RHYTHM_NAMES[document.rhythm] if document.rhythm else ""),
        ("Redovisas", ", ".join(document.report_dates)),
        ("Kanaler", ", ".join(document.channels)),
        ("Undertecknat", _signed(document)),
    ]


def _signed(document: PromiseDocument) -> str:
    signed = document.signed
    return " ".join(str(part) for part in (signed.place, signed.date) if part) if signed else ""


def _field(name: str) -> str:
    """A field as people call it: "signers[0].role" is the role of the first signature."""
    return " ".join(
        f"{FIELD_NAMES[found['word']]} {int(found['number']) + 1}" if found["number"] else FIELD_NAMES[found["word"]]
        for found in _FIELD_PART.finditer(name)
    )


def _listed(heading: str, items: tuple[str, ...] | list[str]) -> list[str]:
    return [heading, *(f"  {number}. {item}" for number, item in enumerate(items, start=1))] if items else []


def _pledge(document: PromiseDocument, number: int) -> str:
    pledge = document.pledges[number]
    parties = ", ".join(party.name for party in pledge.parties) or "ingen nämns"
    return f"{pledge.text} [ansvarig: {parties}]"


def _signer(role: str | None, organisation: str | None) -> str:
    return ", ".join(part for part in (role, organisation) if part) or "utan titel"


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_SHOWN else f"{flat[:_LONGEST_SHOWN]} …"
