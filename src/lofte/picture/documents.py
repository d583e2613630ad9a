"""The picture as a file: PDF, Word and JSON from the same kept text as the page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lofte.documents.blocks import Block, Paper
from lofte.picture.figures import Figure
from lofte.picture.models import PictureVersion, SituationPicture
from lofte.picture.presenters import name_of
from lofte.picture.reading import Line, ReadProblem, Text, read, record_of
from lofte.picture.versions import canonical_text, content


def paper_of(picture: SituationPicture, frozen: PictureVersion | None, url: str) -> Paper:
    """What PDF and Word show. The picture is a Swedish document, whoever opens it."""
    with translation.override("sv"):
        text = read(record_of(picture, frozen), frozen.sha256 if frozen else "")
        return Paper(
            title=name_of(picture),
            eyebrow=text.kommun,
            author=text.kommun,
            made_at=frozen.frozen_at if frozen else timezone.now(),
            foot=_foot(picture, text),
            url=url,
            blocks=list(blocks(text)),
            banner=_banner(picture, frozen),
            keywords=[_("lägesbild"), text.kommun],
            words={"page": _("Sida"), "of": _("av"), "read_on": _("Läs mer på")},
        )


def as_json(picture: SituationPicture, frozen: PictureVersion | None) -> str:
    """The canonical text itself: with it anyone can compute the checksum."""
    return frozen.content if frozen else canonical_text(content(picture))


def _foot(picture: SituationPicture, text: Text) -> str:
    name = f"{name_of(picture)}, {text.kommun}"
    return _("{name} · kontrollsumma {sum}").format(name=name, sum=text.sha256[:16]) if text.sha256 else name


def _banner(picture: SituationPicture, frozen: PictureVersion | None) -> list[str]:
    told = []
    if picture.cycle.municipality.is_constructed:
        told.append(_("{kommun} är påhittad. Bilden är ett exempel.").format(kommun=picture.cycle.municipality))
    if frozen is None and picture.is_writable:
        told.append(_("Utkast. Texten kan ändras."))
    return told


def blocks(text: Text) -> Iterator[Block]:
    """The headings and the order of the page."""
    if text.decision:
        yield Block("p", text.decision)
    yield Block("h2", _("Situationen idag"))
    yield from _paragraphs(text.summary, _("Inte skrivet än."))
    for section in text.sections:
        yield Block("h2", section.name)
        for line in section.lines:
            yield from _line(line)
    yield Block("h2", _("Problemen och varför de finns"))
    for problem in text.problems:
        yield from _problem(problem)
    if not text.problems:
        yield Block("gap", _("Inga problem är beskrivna."))
    yield from _priorities(text)
    yield Block("h2", _("Samlad bedömning"))
    yield from _paragraphs(text.joint_assessment, _("Inte skriven än."))
    yield Block("h2", _("Det här bygger bilden på"))
    yield from _items(text)
    if text.sha256:
        yield Block("note", _("Kontrollsumma: {sum}").format(sum=text.sha256))


def _paragraphs(words: str, otherwise: str) -> Iterator[Block]:
    found = [each.strip() for each in words.replace("\r", "").split("\n\n") if each.strip()]
    yield from (Block("p", each) for each in found)
    if not found:
        yield Block("gap", otherwise)


def _line(line: Line) -> Iterator[Block]:
    yield Block("p", line.sentence)
    told = " · ".join(line.facts)
    rests = _("Underlag: {items}").format(items=", ".join(line.evidence)) if line.evidence else ""
    yield Block("note", ". ".join(each for each in (told, rests) if each))
    yield from (_figure(each) for each in line.figures)


def _figure(each: Figure) -> Block:
    source = _("Källa: {source}.").format(source=each.source) if each.source else ""
    title = f"{each.title} ({each.unit})."
    caption = " ".join(part for part in (title, each.definition, each.caution, source) if part)
    rows = [[value.period, value.words, value.interval or "–"] for value in each.values]
    head = [_("Tid"), each.unit, _("Osäkerhet")]
    return Block("figure", caption, head=head, rows=rows, svg=each.drawing, alt=each.alt)


def _problem(problem: ReadProblem) -> Iterator[Block]:
    yield Block("h3", problem.title)
    if problem.facts:
        yield Block("list", lines=[f"{term}: {words}" for term, words in problem.facts])
    if problem.causes:
        yield Block("p", _("Orsaker:"))
        yield Block("list", lines=[_cause(each.text, each.words, each.depth) for each in problem.causes])
    else:
        yield Block("gap", _("Ingen orsak är undersökt."))
    if problem.evidence:
        yield Block("note", _("Underlag: {items}").format(items=", ".join(problem.evidence)))
    else:
        yield Block("gap", _("Inget underlag är kopplat hit."))


def _cause(text: str, words: str, depth: int) -> str:
    said = f"{text} ({words})"
    return _("bidrar till orsaken ovanför: {cause}").format(cause=said) if depth else said


def _priorities(text: Text) -> Iterator[Block]:
    if not text.named:
        return
    yield Block("h2", _("Vem har sett vad?"))
    rows = [[row.name, *row.cells] for row in text.named]
    yield Block(
        "table", _("Antal underlag av varje slag som nämner problemet"), head=[_("Problem"), *text.sources], rows=rows
    )
    if not text.weighed:
        return
    yield Block("h3", _("Så räknade vi"))
    yield Block(
        "p",
        _(
            "Varje part satte 1 (lite) till 5 (mycket) för varje kriterium. Talen är medelvärden. "
            "De bestämmer inte ordningen: den kom parterna överens om."
        ),
    )
    if text.criteria:
        yield Block("list", lines=[": ".join(each for each in pair if each) for pair in text.criteria])
    rows = [[row.name, *row.cells] for row in text.weighed]
    yield Block("table", _("Medelpoäng från varje part"), head=[_("Problem"), *text.parties], rows=rows)


def _items(text: Text) -> Iterator[Block]:
    if not text.items:
        yield Block("gap", _("Här finns inget underlag att visa."))
        return
    lines = []
    for item in text.items:
        limits = _("Det här säger underlaget inte: {limits}").format(limits=item.limits) if item.limits else ""
        told = f"{item.title} ({' · '.join(item.facts)})"
        lines.append(" ".join(each for each in (told, item.sentence, limits) if each))
    yield Block("list", lines=lines)
