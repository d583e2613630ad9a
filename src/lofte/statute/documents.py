"""What the act asks for as papers: the answer sheet for Brå, the grant appendix, and everything in one ZIP."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from html import escape

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lofte.design.words import date_words
from lofte.documents.blocks import Block, Paper, pdf, word
from lofte.picture import documents as picture_documents
from lofte.picture.models import PictureVersion, SituationPicture
from lofte.picture.reading import read
from lofte.picture.word_templates import template_of
from lofte.places.models import Municipality
from lofte.promises import plan_documents
from lofte.promises.models import ActionPlan
from lofte.statute.checking import Finding, findings
from lofte.statute.facts import facts
from lofte.statute.queries import latest_kept, latest_plan
from lofte.statute.wording import STATE_WORDS

# The enquiry's subjects, each with the requirements that answer it. The questions are asked in our own words.
SUBJECTS = (
    ("Lägesbild", ("BFL-03", "BFL-04", "BFL-05", "BFL-06", "BFL-07", "BFL-08", "BFL-09", "BFL-13")),
    ("Åtgärdsplan", ("BFL-02", "BFL-10", "BFL-11", "BFL-12", "BFL-14", "BFL-15")),
    ("Överenskommelser", ("BFL-17", "BFL-18", "BFL-19")),
    ("Råd", ("BFL-20", "BFL-21", "BFL-22", "BFL-23")),
    ("Samordningsfunktion", ("BFL-24", "BFL-25", "BFL-26", "BFL-27")),
    ("Ledning", ("BFL-28", "BFL-29", "BFL-30")),
)


def as_rows(found: Sequence[Finding]) -> list[dict[str, object]]:
    """The thirty as `lofte statute KOMMUN --json` gives them."""
    return [
        {
            "id": row.requirement.id,
            "section": row.requirement.section,
            "type": row.requirement.kind.value,
            "state": row.state.value,
            "evidence": list(row.evidence),
            "due": row.due.isoformat() if row.due else None,
        }
        for row in found
    ]


def answer_sheet(municipality: Municipality, today: dt.date) -> Paper:
    """Answers to copy into the enquiry, subject by subject, each with what shows it or that it is missing."""
    with translation.override("sv"):
        found = {row.requirement.id: row for row in findings(facts(municipality, today), today)}
        return _paper(municipality, _("Svarsblad till Brås årliga enkät"), today, list(_answers(found)))


def _answers(found: dict[str, Finding]) -> Iterator[Block]:
    yield Block("p", _("Svaren är hämtade ur det som finns i Löfte. Listan säger inte om kommunen följer lagen."))
    for subject, ids in SUBJECTS:
        yield Block("h2", subject)
        head = [_("Krav"), _("Läge"), _("Det här visar det")]
        yield Block("table", _("Lag (2023:196), med våra ord"), head=head, rows=[_answer(found[each]) for each in ids])


def _answer(row: Finding) -> list[str]:
    due = _(", senast {day}").format(day=date_words(row.due)) if row.due else ""
    what = f"{row.requirement.section} {row.requirement.words}"
    return [what, f"{STATE_WORDS[row.state]}{due}", "; ".join(row.evidence[:5]) or "–"]


def grant_appendix(municipality: Municipality, today: dt.date) -> Paper:
    """Which picture and plan an application rests on, with decisions and measures; what is missing is said."""
    with translation.override("sv"):
        kept, plan = latest_kept(municipality), latest_plan(municipality)
        blocks = [*_of_picture(kept), *_of_plan(plan)]
        return _paper(municipality, _("Bilaga till ansökan om statsbidrag"), today, blocks)


def _of_picture(kept: PictureVersion | None) -> Iterator[Block]:
    yield Block("h2", _("Lägesbild"))
    if kept is None:
        yield Block("gap", _("Ingen lägesbild är antagen."))
        return
    text = read(json.loads(kept.content), kept.sha256)
    yield Block("p", text.decision)
    yield Block("list", lines=[problem.title for problem in text.problems])
    yield Block("note", _("Kontrollsumma: {sum}").format(sum=kept.sha256))


def _of_plan(plan: ActionPlan | None) -> Iterator[Block]:
    yield Block("h2", _("Åtgärdsplan"))
    if plan is None:
        yield Block("gap", _("Ingen åtgärdsplan är beslutad."))
        return
    text = plan_documents.read_plan(plan)
    yield Block("p", text.decision)
    rows = [[each.text, *_costs(each)] for each in text.measures]
    yield Block("table", _("Åtgärder"), head=[_("Åtgärd"), _("Problem"), _("Ansvarar"), _("Kostar")], rows=rows)
    if text.cost:
        yield Block("p", text.cost)


def _costs(measure: plan_documents.ReadMeasure) -> list[str]:
    told = dict(measure.facts)
    return [told.get(name, "–") for name in (_("Problem"), _("Ansvarar"), _("Kostar"))]


def _paper(municipality: Municipality, title: str, today: dt.date, blocks: list[Block]) -> Paper:
    banner = [_("{kommun} är påhittad.").format(kommun=municipality)] if municipality.is_constructed else []
    return Paper(
        title=title,
        eyebrow=f"{municipality} · {date_words(today)}",
        author=str(municipality),
        made_at=dt.datetime.combine(today, dt.time(), dt.UTC),
        foot=f"{title}, {municipality}, {today.isoformat()}",
        url=settings.BASE_URL + reverse("open_picture:all", kwargs={"kommun": municipality.slug}),
        blocks=blocks,
        banner=banner,
        keywords=[str(municipality), "2023:196"],
        words={"page": _("Sida"), "of": _("av"), "read_on": _("Läs mer på")},
    )


def bundle(municipality: Municipality, today: dt.date) -> bytes:
    """Picture, plan and the list of the thirty as PDF, Word and JSON, with an index that also names what is missing."""
    files = dict(_files(municipality, today))
    missing = [name for name, is_there in _wanted(municipality) if not is_there]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {"index.html": _index(municipality, today, list(files), missing), **files}.items():
            # The same day and rows give the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (today.year, today.month, today.day, 0, 0, 0)), body)
    return packed.getvalue()


def _wanted(municipality: Municipality) -> list[tuple[str, bool]]:
    with translation.override("sv"):
        return [
            (_("antagen lägesbild"), latest_kept(municipality) is not None),
            (_("beslutad åtgärdsplan"), latest_plan(municipality) is not None),
        ]


def _files(municipality: Municipality, today: dt.date) -> Iterator[tuple[str, bytes]]:
    kept, plan, own = latest_kept(municipality), latest_plan(municipality), template_of(municipality)
    if kept is not None:
        url = settings.BASE_URL + reverse("open_picture:picture", kwargs=_where(kept.picture))
        paper = picture_documents.paper_of(kept.picture, kept, url)
        yield "lagesbild.pdf", pdf(paper)
        yield "lagesbild.docx", word(paper, own)
        yield "lagesbild.json", kept.content.encode("utf-8")
    if plan is not None:
        url = settings.BASE_URL + reverse("open_picture:plan", kwargs=_where(plan))
        paper = plan_documents.paper_of(plan, url)
        yield "atgardsplan.pdf", pdf(paper)
        yield "atgardsplan.docx", word(paper, own)
        yield "atgardsplan.json", plan_documents.as_json(plan).encode("utf-8")
    yield "svarsblad.pdf", pdf(answer_sheet(municipality, today))
    yield "bilaga.pdf", pdf(grant_appendix(municipality, today))
    rows = as_rows(findings(facts(municipality, today), today))
    yield "lagkrav.json", json.dumps(rows, ensure_ascii=False, indent=2).encode("utf-8")


def _where(row: ActionPlan | SituationPicture) -> dict[str, str]:
    cycle, key = row.cycle, row.key
    return {"kommun": cycle.municipality.slug, "cycle": cycle.slug, "key": key}


def _index(municipality: Municipality, today: dt.date, names: Sequence[str], missing: Sequence[str]) -> bytes:
    links = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in names)
    gaps = "".join(f"<li>Saknas: {escape(name)}</li>" for name in missing)
    title = f"Brottsförebyggande arbete, {municipality}, {today.isoformat()}"
    page = (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1><ul>{links}</ul><ul>{gaps}</ul></body></html>\n"
    )
    return page.replace("<ul></ul>", "").encode("utf-8")
