"""`lofte-engine check-promise`: look at the wording of a pledge or a whole promise kept as a file."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from lofte_engine.errors import DocumentError
from lofte_engine.sources.documents import read_text
from lofte_engine.text.messages import DOCUMENT_MESSAGES
from lofte_engine.text.readability import readability
from lofte_engine.text.wording import TITLES, CheckedText, Finding, check_text

_KINDS = {"document": "Helt medborgarlöfte", "list": "Lista med löften", "pledge": "Ett löfte"}
_SEVERITIES = {"block": "måste åtgärdas", "warn": "se över", "note": "tips"}
_LONGEST_QUOTE = 70


def main(argv: Sequence[str]) -> int:
    """Check the wording of a file.

    Parameters
    ----------
    argv : sequence of str
        The file, and ``--json`` for the answer as JSON.

    Returns
    -------
    int
        0 whenever the file could be read, with or without findings; 2 otherwise, with one sentence on stderr.

    Examples
    --------
    >>> main(["no such file"])
    2
    """
    parser = argparse.ArgumentParser(
        prog="lofte-engine check-promise", description="Check the wording of a pledge or a whole promise."
    )
    parser.add_argument("file", help="txt, docx or pdf: one pledge, a list of pledges or a whole promise")
    parser.add_argument("--json", action="store_true", help="the answer as JSON")
    options = parser.parse_args(argv)
    try:
        text = read_text(options.file)
    except DocumentError as error:
        print(DOCUMENT_MESSAGES[error.code], file=sys.stderr)
        return 2
    checked = check_text(text)
    print(_as_json(text, checked) if options.json else "\n".join(_lines(text, checked)))
    return 0


def _as_json(text: str, checked: CheckedText) -> str:
    figures = readability(text)
    answer = {
        "kind": checked.kind,
        "findings": [asdict(finding) for finding in checked.findings],
        "overall_pledge": checked.overall_pledge,
        "pledges": checked.pledges,
        "readability": {
            "lix": figures.lix,
            "longest_sentence": figures.longest_sentence,
            "words": figures.words,
            "sentences": figures.sentences,
        },
        "text_length": len(text),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _lines(text: str, checked: CheckedText) -> Iterator[str]:
    figures = readability(text)
    yield f"{_KINDS[checked.kind]}. LIX {figures.lix:.0f}, längsta meningen {figures.longest_sentence} ord."
    for heading, (start, end) in _parts(checked):
        within = [one for one in checked.findings if start <= one.start and one.end <= end]
        yield from ("", f"{heading}: {_quoted(text, start, end)}")
        yield from (line for finding in within for line in _said(text, finding, (start, end)))
        if not within:
            yield "  Inget att anmärka."
    inside = [span for _, span in _parts(checked)]
    around = [one for one in checked.findings if not any(a <= one.start and one.end <= b for a, b in inside)]
    if around:
        yield from ("", "Texten runt löftena")
        yield from (line for finding in around for line in _said(text, finding, None))


def _parts(checked: CheckedText) -> Iterator[tuple[str, tuple[int, int]]]:
    if checked.overall_pledge:
        yield "Övergripande löfte", checked.overall_pledge
    for number, span in enumerate(checked.pledges, start=1):
        yield (f"Löfte {number}" if checked.kind != "pledge" else "Löftet"), span


def _said(text: str, finding: Finding, whole: tuple[int, int] | None) -> Iterator[str]:
    place = "" if (finding.start, finding.end) == whole else f" {_quoted(text, finding.start, finding.end)}"
    yield f"  {finding.rule} {TITLES[finding.rule]} [{_SEVERITIES[finding.severity]}]{place}"
    yield f"     {finding.message}"
    yield f"     {finding.suggestion}"


def _quoted(text: str, start: int, end: int) -> str:
    said = " ".join(text[start:end].split()).strip('”“"')
    return f"”{said}”" if len(said) <= _LONGEST_QUOTE else f"”{said[: _LONGEST_QUOTE - 1].rstrip()}…”"
