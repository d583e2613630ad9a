"""Place, date and signers at the end of a promise; the names of persons are found but not copied."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lofte_engine.text.dates import find_day
from lofte_engine.text.headings import SectionKind
from lofte_engine.text.lines import Heading, Line, ends_sentence
from lofte_engine.text.municipalities import find_municipalities
from lofte_engine.text.spans import CleanText, Span, clean, join

_ROLE_WORD = (
    r"(?:\w*(?:direktör|chef|chefen|ordförande|kommunalråd|polismästare|kommunpolis|samordnare|strateg|"
    r"förvaltare|föreståndare|sekreterare|rektor|ledare|ansvarig)|vd|verkställande\sdirektör|polisintendent)"
)
_ROLE = re.compile(
    rf"(?:(?:tf\.?|t\.f\.|tillförordnad|biträdande|ställföreträdande|vice|lokal)\s)?"
    rf"(?:kommunstyrelsens?\s|kommunfullmäktiges?\s|nämndens\s)?(?:[1-3]:e\svice\s)?{_ROLE_WORD}"
    r"(?:\s(?:i\s)?(?:lokalpolisområdet?|polisområde|polisregion|lpo)\s[\w/-]+(?:[\s/][A-ZÅÄÖ][\w-]+)?)?",
    re.IGNORECASE,
)
_POLICE_ROLE = re.compile(r"polis|lpo", re.IGNORECASE)
_MUNICIPAL_ROLE = re.compile(r"kommun", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"polis|kommun|\bstad\b|\bab\b|bolag|region|förening|fastighet|räddningstjänst|trafik|bostäder|stiftelse|"
    r"myndighet|förvaltning|nämnd|område|centrum|råd\b",
    re.IGNORECASE,
)
_LETTERS = r"[^\W\d_]"
_NAME = re.compile(rf"{_LETTERS}[\w.'’-]*(?:\s(?:(?:af|von|de|van|der|la)\s)?{_LETTERS}[\w.'’-]*){{1,3}}")
_PARTICLES = frozenset({"af", "von", "de", "van", "der", "la"})
_LABEL = re.compile(
    r"(?:ort\soch\sdatum|ort|datum|plats|namnförtydligande|namn|titel|befattning|underskrift|för|undertecknat|"
    r"undertecknas)\s*:?\s*",
    re.IGNORECASE,
)
_NOT_A_PLACE = re.compile(
    r"\b(?:beslut\w*|antag\w*|gäll\w*|giltig\w*|uppdater\w*|revider\w*|publicer\w*|senast|från|till|under|dnr|"
    r"diarie\w*|version|period\w*|uppföljning\w*|löfte\w*|utskriv\w*|möte\w*|i|av|och)\b",
    re.IGNORECASE,
)
# A line is not broken over more lines than this.
_MOST_BROKEN = 3
_CELL = re.compile(r"\S(?:[^\t\n\r]*?\S)??(?=\t|[^\S\n\r]{3,}|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Signed:
    """Where and when a promise was signed.

    Parameters
    ----------
    place : str or None
        The place as written.
    date : date or None
        The day.
    """

    place: str | None
    date: date | None


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs, by office; the name of the person is never kept.

    Parameters
    ----------
    role : str or None
        The title as written.
    organisation : str or None
        Whom the signer speaks for.
    """

    role: str | None
    organisation: str | None


@dataclass(slots=True)
class SignatureFound:
    """The signature part with the places of every value.

    Parameters
    ----------
    signed : Signed or None
        Place and date.
    signers : list of Signer
        In reading order.
    spans : dict of str to spans
        Keys such as "signed.date" and "signers[0].role"; "labels" for words that only name a value.
    guessed : dict of str to str
        Fields that were concluded, with the key of the reason.
    """

    signed: Signed | None = None
    signers: list[Signer] = field(default_factory=list)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    guessed: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Entry:
    parts: dict[str, list[CleanText]] = field(default_factory=dict)


def signature_lines(lines: list[Line], headings: list[Heading]) -> set[int]:
    """The numbers of the lines that belong to signatures.

    Parameters
    ----------
    lines : list of Line
        The lines of the document.
    headings : list of Heading
        What `find_headings` found among them.

    Returns
    -------
    set of int
        From the line with place and date, or from the first name or title, to the next known heading.
    """
    starts = [0, *(after for _, after, _, _ in headings)]
    ends = [*(first for first, _, _, _ in headings), len(lines)]
    kinds: list[SectionKind | None] = [None, *(section for _, _, _, section in headings)]
    found: set[int] = set()
    for start, end, kind in zip(starts, ends, kinds, strict=True):
        if kind is SectionKind.OTHER:
            continue
        first = start if kind is SectionKind.SIGNATURE else _first_signature_line(lines, start, end)
        found.update(range(first, end))
    return found


def read_signatures(source: str, pieces: list[tuple[Span, bool]]) -> SignatureFound:
    """Read place, date and signers.

    Parameters
    ----------
    source : str
        The text as read.
    pieces : list of (span, bool)
        The signature lines in reading order, each with whether a blank line stands before it.

    Returns
    -------
    SignatureFound
        Roles and organisations; of names only where they stand.

    Notes
    -----
    A signer is a name, a title and an organisation in any order; a new one begins when one of these comes a
    second time, or after a blank line when the title is known. Two columns are read one after the other. A
    chief of police signs for *Polisen*; a bare name of a municipality means its *kommun*. Both are guesses.

    Examples
    --------
    >>> text = "Strängnäs 2018-02-05\\nFörnamn Efternamn\\nKommundirektör"
    >>> found = read_signatures(text, [((0, 20), True), ((21, 38), False), ((39, 53), False)])
    >>> found.signed.place, found.signers[0].role, found.spans["signers[0].name"]
    ('Strängnäs', 'Kommundirektör', [(21, 38)])
    """
    found = SignatureFound()
    entries = [_Entry()]
    for cell, gap in _cells(source, pieces):
        if found.signed is None and _read_place_and_date(cell, found):
            continue
        if gap and "role" in entries[-1].parts:
            entries.append(_Entry())
        for part in _parts(cell, found):
            _enter(part, entries)
    for entry in entries:
        if "role" in entry.parts or "name" in entry.parts:
            _add_signer(entry, found)
    return found


def _first_signature_line(lines: list[Line], start: int, end: int) -> int:
    dated = next((at for at in range(start, end) if _is_place_and_date(lines, at)), None)
    titled = next((at for at in range(start, end) if _is_titled(lines, at, start)), None)
    while titled is not None and titled > start and _precedes_title(lines, titled - 1, start):
        titled -= 1
    return min(at for at in (dated, titled, end) if at is not None)


def _precedes_title(lines: list[Line], at: int, start: int) -> bool:
    """A name, whole or broken over lines, or a rule to write on."""
    text = lines[at].text
    broken = at > start and lines[at - 1].text.endswith("-") and not lines[at].after_blank
    rest_of_word = broken and " " not in text
    return not _says(text) or _is_name(text) or rest_of_word or (text.endswith("-") and _one_word(text[:-1]))


def _is_place_and_date(lines: list[Line], at: int) -> bool:
    """On one line, or broken over up to three."""
    for after in range(at + 1, min(at + _MOST_BROKEN, len(lines)) + 1):
        if any(line.after_blank for line in lines[at + 1 : after]):
            return False
        text = _joined(lines[at:after])
        if find_day(text):
            return _place_and_date(text) is not None
    return False


def _joined(lines: list[Line]) -> str:
    return re.sub(r"(?<=[^\W\d])[-\u2010] (?=[^\W\d])", "", " ".join(line.text for line in lines))


def _is_titled(lines: list[Line], at: int, start: int) -> bool:
    """A line that is nothing but a title, perhaps with a name and an organisation."""
    after = at + 1
    last = min(at + _MOST_BROKEN, len(lines))
    while after < last and lines[after - 1].text.endswith("-") and not lines[after].after_blank:
        after += 1
    text = _joined(lines[at:after])
    if not text[:1].isupper() or text.endswith((".", ":", ";")) or len(text.split()) > 10:
        return False
    pieces = [piece for piece in re.split(r"\t|\s*,\s*|\s{3,}", text) if piece]
    roles = [bool(_ROLE.fullmatch(piece)) for piece in pieces]
    others = [piece for piece, is_role in zip(pieces, roles, strict=True) if not is_role]
    known = all(_is_name(piece) or _is_organisation(piece) or (roles[0] and _one_word(piece)) for piece in others)
    if not any(roles) or not known:
        return False
    above = lines[at - 1].text if at > start else ""
    apart = lines[at].after_blank or ends_sentence(above) or _is_name(above) or _is_organisation(above)
    return apart or not _says(above) or (at - 1 > start and lines[at - 2].text.endswith("-"))


def _place_and_date(text: str) -> tuple[str, date] | None:
    """The place and the day of a line that holds nothing else."""
    label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    day = find_day(rest)
    if not day or rest[day[2] :].strip(" ."):
        return None
    place = re.sub(r"[\s,]*(?:\bden)?\s*$", "", rest[: day[1]], flags=re.IGNORECASE)
    plain = not _NOT_A_PLACE.search(place) and re.fullmatch(rf"(?:{_LETTERS}[\w-]*(?:\s[\w-]+){{0,2}})?", place)
    return (place, day[0]) if plain and (place[:1].isupper() or not place) else None


def _read_place_and_date(cell: CleanText, found: SignatureFound) -> bool:
    answer = _place_and_date(cell.text)
    if not answer:
        return False
    place, day = answer
    at = cell.text.index(place)
    day_at = find_day(cell.text)
    found.signed = Signed(place or None, day)
    if at:
        found.spans.setdefault("labels", []).extend(cell.spans(0, at))
    if place:
        found.spans["signed.place"] = list(cell.spans(at, at + len(place)))
    if day_at:
        between = cell.take(at + len(place), day_at[1])[1]
        found.spans.setdefault("labels", []).extend(between)
        found.spans["signed.date"] = list(cell.spans(day_at[1], day_at[2]))
    return True


def _cells(source: str, pieces: list[tuple[Span, bool]]) -> Iterator[tuple[CleanText, bool]]:
    """Cells in reading order, column by column where the page has two, with whether air stands before."""
    rows = _rows(source, _unbroken(source, pieces))
    at = 0
    while at < len(rows):
        width = len(rows[at][0])
        after = at + 1
        while width > 1 and after < len(rows) and len(rows[after][0]) == width:
            after += 1
        for column in range(width):
            for number, (cells, gap) in enumerate(rows[at:after]):
                yield cells[column], gap or (number == 0 and column > 0)
        at = after


def _unbroken(source: str, pieces: list[tuple[Span, bool]]) -> Iterator[tuple[Span, bool]]:
    """Lines, where a word or a place and its date broken over two lines is one."""
    at = 0
    while at < len(pieces):
        (start, end), gap = pieces[at]
        last = min(at + _MOST_BROKEN, len(pieces)) - 1
        while at < last and not pieces[at + 1][1] and _goes_on(source, (start, end), pieces[at + 1][0]):
            at += 1
            end = pieces[at][0][1]
        yield (start, end), gap
        at += 1


def _goes_on(source: str, first: Span, second: Span) -> bool:
    if source[first[1] - 1] in "-\u2010" and source[first[1] - 2].isalpha():
        return True
    return not find_day(source[slice(*first)]) and bool(_place_and_date(clean(source, [(first[0], second[1])]).text))


def _rows(source: str, pieces: Iterator[tuple[Span, bool]]) -> list[tuple[list[CleanText], bool]]:
    rows = []
    for (start, end), gap in pieces:
        if re.search(r"[\n\r]", source[start:end]):
            spans = [(start, end)]
        else:
            spans = [found.span() for found in _CELL.finditer(source, start, end)]
        rows.append(([clean(source, [span]) for span in spans], gap))
    return rows


def _parts(cell: CleanText, found: SignatureFound) -> Iterator[tuple[str, CleanText]]:
    """The name, title and organisation that a cell holds, each with its place."""
    label = _LABEL.match(cell.text)
    named = label is not None and (":" in label[0] or label.end() == len(cell.text) or label[0].casefold() == "för ")
    begin = label.end() if label and named else 0
    if begin:
        found.spans.setdefault("labels", []).extend(cell.take(0, begin)[1])
    titled = False
    for piece in re.finditer(r"[^,]+", cell.text[begin:]):
        for kind, text in _classified(_cut(cell, begin + piece.start(), begin + piece.end()), titled=titled):
            titled = titled or kind == "role"
            yield kind, text


def _classified(piece: CleanText, *, titled: bool) -> Iterator[tuple[str, CleanText]]:
    role = _ROLE.search(piece.text)
    if role and (role.start() == 0 or _is_name(piece.text[: role.start()].strip())):
        if role.start():
            yield "name", _cut(piece, 0, role.start())
        yield "role", _cut(piece, *role.span())
        rest = _cut(piece, role.end(), len(piece.text))
        if rest.text:
            yield ("organisation" if _is_organisation(rest.text) else "name"), rest
    elif _is_organisation(piece.text) or (titled and _one_word(piece.text)):
        yield "organisation", piece
    elif _is_name(piece.text) or _one_word(piece.text):
        # An unknown word of its own is held back as a name: better an organisation missed than a name shown.
        yield "name", piece


def _enter(part: tuple[str, CleanText], entries: list[_Entry]) -> None:
    kind, text = part
    if kind in entries[-1].parts:
        entries.append(_Entry())
    entries[-1].parts[kind] = [text]


def _add_signer(entry: _Entry, found: SignatureFound) -> None:
    number = len(found.signers)
    for kind, pieces in entry.parts.items():
        found.spans[f"signers[{number}].{kind}"] = list(join(pieces).spans())
    role = entry.parts["role"][0].text if "role" in entry.parts else None
    organisation = entry.parts["organisation"][0].text if "organisation" in entry.parts else None
    named, reason = _organisation(role, organisation)
    if reason:
        found.guessed[f"signers[{number}].organisation"] = reason
    if role is None:
        found.guessed[f"signers[{number}]"] = "signer_without_role"
    found.signers.append(Signer(role, named))


def _organisation(role: str | None, written: str | None) -> tuple[str | None, str | None]:
    if written is not None:
        places = find_municipalities(written)
        if places and len(written) == places[0].end and not places[0].organisation:
            if role and not _MUNICIPAL_ROLE.match(role) and _POLICE_ROLE.search(role):
                return "Polisen", "organisation_from_role"
            return f"{places[0].municipality.name} kommun", "organisation_from_place"
        return written, None
    if role and _POLICE_ROLE.search(role):
        return "Polisen", "organisation_from_role"
    if role and _MUNICIPAL_ROLE.search(role):
        return "kommunen", "organisation_from_role"
    return None, None


def _cut(piece: CleanText, start: int, end: int) -> CleanText:
    text = piece.text[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    return CleanText(piece.text[start:end], piece.offsets[start:end], piece.seams)


def _is_name(text: str) -> bool:
    words = text.split()
    capitals = all(word[0].isupper() for word in words if word not in _PARTICLES)
    return bool(_NAME.fullmatch(text)) and capitals and not _is_organisation(text) and not _ROLE.search(text)


def _is_organisation(text: str) -> bool:
    # A surname can be the name of a municipality ("Berg"), so a bare one must be all there is.
    places = find_municipalities(text)
    is_place = any(place.organisation or place.end - place.start == len(text) for place in places)
    return is_place or bool(_ORGANISATION.search(text))


def _one_word(text: str) -> bool:
    return text[:1].isupper() and " " not in text and text.isalpha()


def _says(text: str) -> bool:
    return any(character.isalpha() for character in text)
