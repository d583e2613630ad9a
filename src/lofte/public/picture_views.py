"""Så ser det ut här: the adopted picture and the decided plan for everyone, as page, PDF, Word and JSON."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.design.pieces import Link, Place
from lofte.documents.blocks import WORD
from lofte.picture import documents as picture_documents
from lofte.picture.models import PictureVersion
from lofte.picture.presenters import name_of
from lofte.picture.reading import read, record_of
from lofte.picture.word_templates import template_of
from lofte.places.models import Municipality
from lofte.places.queries import municipality_or_404
from lofte.promises import plan_documents
from lofte.promises.models import ActionPlan
from lofte.public import picture_queries
from lofte.public.addresses import address
from lofte.public.maps import area_map

NO_AREA = "00"


def of(kept: PictureVersion, name: str = "picture", **more: str) -> str:
    cycle = kept.picture.cycle
    where = {"kommun": cycle.municipality.slug, "cycle": cycle.slug, "key": kept.picture.key}
    return reverse(f"open_picture:{name}", kwargs=where | more)


def of_plan(plan: ActionPlan, name: str = "plan") -> str:
    where = {"kommun": plan.cycle.municipality.slug, "cycle": plan.cycle.slug, "key": plan.key}
    return reverse(f"open_picture:{name}", kwargs=where)


def _page(request: HttpRequest, municipality: Municipality) -> dict[str, Any]:
    url = reverse("public:kommun", kwargs={"kommun": municipality.slug})
    request.place = Place(str(municipality), url, url)  # type: ignore[attr-defined]
    every = reverse("open_picture:all", kwargs={"kommun": municipality.slug})
    return {"municipality": municipality, "is_constructed": municipality.is_constructed, "every_url": every}


def every(request: HttpRequest, kommun: str) -> HttpResponse:
    """All adopted pictures and decided plans of a kommun, the latest first."""
    municipality = municipality_or_404(kommun)
    shown = _page(request, municipality) | {
        "pictures": [(name_of(kept.picture), of(kept), kept.picture) for kept in picture_queries.kept_of(municipality)],
        "plans": [(plan.title, of_plan(plan), plan) for plan in picture_queries.plans_of(municipality)],
    }
    return render(request, "public/pictures.html", shown)


def picture(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """The text as it was kept when it was adopted."""
    kept = picture_queries.kept_or_404(kommun, cycle, key)
    text = read(record_of(kept.picture, kept), kept.sha256)
    shown = _page(request, kept.picture.cycle.municipality) | {
        "text": text,
        "name": name_of(kept.picture),
        "area_url": of(kept, "area", area=NO_AREA).removesuffix(f"{NO_AREA}/"),
        "map": area_map(picture_queries.shapes_of(kept.picture.cycle.municipality)),
        "files": [
            Link(_("PDF"), of(kept, "pdf")),
            Link(_("Word"), of(kept, "word")),
            Link(_("Öppna data (JSON)"), of(kept, "json")),
        ],
    }
    return render(request, "public/picture.html", shown)


def area(request: HttpRequest, kommun: str, cycle: str, key: str, area: str) -> HttpResponse:
    """One place: first what is being done there, then what is known of it."""
    kept = picture_queries.kept_or_404(kommun, cycle, key)
    municipality = kept.picture.cycle.municipality
    text = read(record_of(kept.picture, kept), kept.sha256)
    name = text.areas.get(area) or municipality.areas.filter(key=area).values_list("name", flat=True).first()
    if name is None:
        raise Http404
    lines = [line for section in text.sections if section.key == area for line in section.lines]
    items = [item for item in text.items if area in item.areas]
    shown = _page(request, municipality) | {
        "name": name,
        "picture_name": name_of(kept.picture),
        "picture_url": of(kept),
        "done": [(each.text, address(_promise(each))) for each in picture_queries.done_in(municipality, area)],
        "lines": lines,
        "problems": [problem for problem in text.problems if area in problem.areas],
        "items": items,
        "is_gap": not lines and not items,
    }
    return render(request, "public/area.html", shown)


def _promise(activity: Any) -> Any:
    return activity.pledge.promise


def picture_pdf(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    from lofte.documents.blocks import pdf

    kept = picture_queries.kept_or_404(kommun, cycle, key)
    body = pdf(picture_documents.paper_of(kept.picture, kept, settings.BASE_URL + of(kept)))
    return _file(body, "application/pdf", f"{kommun}-lagesbild-{cycle}-{key}.pdf", "inline")


def picture_word(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    from lofte.documents.blocks import word

    kept = picture_queries.kept_or_404(kommun, cycle, key)
    paper = picture_documents.paper_of(kept.picture, kept, settings.BASE_URL + of(kept))
    body = word(paper, template_of(kept.picture.cycle.municipality))
    return _file(body, WORD, f"{kommun}-lagesbild-{cycle}-{key}.docx", "attachment")


def picture_json(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Byte for byte what the checksum is made of."""
    kept = picture_queries.kept_or_404(kommun, cycle, key)
    return _json(kept.content)


def plan(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    found = picture_queries.plan_or_404(kommun, cycle, key)
    shown = _page(request, found.cycle.municipality) | {
        "text": plan_documents.read_plan(found),
        "files": [
            Link(_("PDF"), of_plan(found, "plan_pdf")),
            Link(_("Word"), of_plan(found, "plan_word")),
            Link(_("Öppna data (JSON)"), of_plan(found, "plan_json")),
        ],
    }
    return render(request, "public/plan.html", shown)


def plan_pdf(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    from lofte.documents.blocks import pdf

    found = picture_queries.plan_or_404(kommun, cycle, key)
    body = pdf(plan_documents.paper_of(found, settings.BASE_URL + of_plan(found)))
    return _file(body, "application/pdf", f"{kommun}-atgardsplan-{cycle}-{key}.pdf", "inline")


def plan_word(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    from lofte.documents.blocks import word

    found = picture_queries.plan_or_404(kommun, cycle, key)
    paper = plan_documents.paper_of(found, settings.BASE_URL + of_plan(found))
    body = word(paper, template_of(found.cycle.municipality))
    return _file(body, WORD, f"{kommun}-atgardsplan-{cycle}-{key}.docx", "attachment")


def plan_json(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    return _json(plan_documents.as_json(picture_queries.plan_or_404(kommun, cycle, key)))


def _json(text: str) -> HttpResponse:
    response = HttpResponse(text.encode("utf-8"), content_type="application/json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _file(body: bytes, kind: str, name: str, disposition: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response
