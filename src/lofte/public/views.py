"""The open pages: fetch what the viewer may see, hand plain values to the template."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.core.visibility import VISITOR, Viewer
from lofte.design.pieces import Link, Place
from lofte.design.words import period_words
from lofte.evidence.points import has_released
from lofte.followup import occasions
from lofte.followup.models import FrozenReport, Update
from lofte.followup.presenters import summary
from lofte.followup.queries import Status, effect_verdicts, latest_versions, statuses
from lofte.followup.scope import About
from lofte.places.models import Municipality
from lofte.places.queries import municipality_or_404
from lofte.promises.models import CitizenPromise
from lofte.promises.proof import is_whole
from lofte.public import easy, frozen, presenters, queries, why
from lofte.public.addresses import address
from lofte.public.chain import chain_of
from lofte.public.maps import area_map
from lofte.public.reports import heading, report_page
from lofte.voices.answers import Card, cards

PROMISES_A_PAGE = 20
DIALOGUES_SHOWN = 5
FILES = {
    FrozenReport.Format.JSON.value: "application/json; charset=utf-8",
    FrozenReport.Format.PDF.value: "application/pdf",
}


def start(request: HttpRequest) -> HttpResponse:
    """All kommuner with promises here, the real ones first."""
    viewer = _viewer(request)
    public = CitizenPromise.objects.visible_to(viewer)
    kommuner = Municipality.objects.filter(pk__in=public.values("municipality")).order_by("is_constructed", "name")
    return render(request, "public/start.html", {"kommuner": [_card(kommun) for kommun in kommuner]})


def _card(kommun: Municipality) -> Link:
    name = _("{kommun} (påhittad)").format(kommun=kommun) if kommun.is_constructed else str(kommun)
    return Link(name, reverse("public:kommun", kwargs={"kommun": kommun.slug}))


def kommun(request: HttpRequest, kommun: str) -> HttpResponse:
    """What the kommun promises now, what it promised before, and when the next report comes."""
    municipality = municipality_or_404(kommun)
    _place(request, municipality)
    viewer = _viewer(request)
    promises = CitizenPromise.objects.visible_to(viewer).filter(municipality=municipality)
    page = Paginator(latest_versions(promises).order_by("-promise__starts", "promise__slug"), PROMISES_A_PAGE).get_page(
        request.GET.get("sida")
    )
    found = statuses(list(page.object_list), viewer=viewer, today=queries.today())
    context = {
        "municipality": municipality,
        "is_constructed": municipality.is_constructed,
        "running": [_row(status) for status in found if not status.is_over],
        "earlier": [_row(status) for status in found if status.is_over],
        "page": page,
        "occasions": occasions.told(
            occasions.coming_about(About(municipality), viewer, queries.today()), names_promise=True
        ),
        "dialogues": _dialogues(municipality),
        **_areas(municipality),
        "has_figures": has_released(municipality, viewer),
    }
    return render(request, "public/kommun.html", context)


def _areas(municipality: Municipality) -> dict[str, bool]:
    """Whether there are parts of the kommun to follow, and a map of them: one query for both."""
    drawn = Count("pk", filter=Q(geometry__isnull=False))
    counted = municipality.areas.aggregate(areas=Count("pk"), drawn=drawn)
    return {"has_areas": counted["areas"] > 0, "has_map": counted["drawn"] > 0}


def _dialogues(municipality: Municipality) -> list[Card]:
    """Those one can answer or will be able to, those that owe an answer, and the newest of the rest."""
    every = cards(municipality, queries.today())
    first = [card for card in every if card.is_open or card.is_coming or card.is_overdue]
    return (first + [card for card in every if card not in first])[:DIALOGUES_SHOWN]


def _row(status: Status) -> dict[str, object]:
    return {
        "url": address(status.promise),
        "title": status.text.title,
        "line": status.text.short_line or status.text.title,
        "text": status.text,
        "where": presenters.where(status),
        "summary": summary(status),
        "next": "" if status.is_over else presenters.next_news(status),
    }


def promise(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    viewer = _viewer(request)
    status = queries.status_or_404(kommun, slug, viewer=viewer)
    _place(request, status.promise.municipality)
    chain = chain_of(status.promise, viewer=viewer)
    rows = status.promise
    signed = list(rows.sign_offs.select_related("organisation"))
    context = _page(status) | {
        "first": presenters.first_screen(status, queries.twins(status)),
        "pledges": presenters.pledges(status, chain),
        "effect": presenters.effect_answer(effect_verdicts(rows), status),
        "cause": presenters.cause_answer(list(rows.cause_verdicts.select_related("goal")), status),
        "plans": presenters.plans(status),
        "updates": presenters.updates(Update.objects.visible_to(viewer).filter(promise=rows)[:3]),
        "reports": presenters.reports(status),
        "is_whole": is_whole(status.version, signed),
        "signatures": presenters.signatures(signed),
        # What is over has lessons, and nothing left to come along to: never both queries.
        "occasions": [] if status.is_over else occasions.told(occasions.coming(rows, viewer, status.today)),
        "lessons": presenters.lessons(rows.lessons.all()) if status.is_over else [],
        "problems": list(chain.problems.values()),
        "reasons": why.reasons(status, chain),
        "gaps": why.gaps(status, chain),
    }
    return render(request, "public/promise.html", context)


def why_page(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    """Varför just det här? The whole chain as text and picture."""
    viewer = _viewer(request)
    status = queries.status_or_404(kommun, slug, viewer=viewer)
    _place(request, status.promise.municipality)
    chain = chain_of(status.promise, viewer=viewer, whole=True)
    context = _page(status) | {"steps": why.steps(status, chain), "gaps": why.gaps(status, chain)}
    return render(request, "public/why.html", context)


def report(request: HttpRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    """A published report is served from its stored bytes; one that is not kept as bytes is made from the rows."""
    language = "en" if request.path.startswith("/en/") else "sv"
    parts = queries.stored_parts(kommun=kommun, slug=slug, label=label, format="html", language=language)
    if parts:
        return frozen.page(request, parts, kommun=kommun, slug=slug, label=label)
    viewer = _viewer(request)
    status = queries.status_or_404(kommun, slug, viewer=viewer)
    _place(request, status.promise.municipality)
    period = queries.period_or_404(status, label)
    name = f"{heading(period)} {period_words(period.starts, period.ends)}"
    shown = report_page(status, period) | {
        "card_title": f"{name}, {status.promise.municipality}",
        "page_url": settings.BASE_URL + address(status.promise, "report", label=label),
        "card_url": settings.BASE_URL + address(status.promise, "report_card", label=label),
    }
    return render(request, "public/report.html", _page(status) | shown)


def report_easy(request: HttpRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    """The same report in short sentences; one that was frozen before there was a twin is told from the rows."""
    parts = queries.stored_parts(kommun=kommun, slug=slug, label=label, format="html", language=easy.EASY)
    if parts:
        return frozen.page(request, parts, kommun=kommun, slug=slug, label=label)
    status = queries.status_or_404(kommun, slug, viewer=VISITOR)
    _place(request, status.promise.municipality)
    period = queries.period_or_404(status, label)
    page = {"kommun": kommun, "slug": slug, "label": label, "is_easy": True}
    with override("sv"):
        body = render_to_string("public/report_easy.html", easy.easy_page(status, period))
    title = _("Lättläst rapport {period}").format(period=period_words(period.starts, period.ends))
    shown = _page(status) | page | {"here": body, "title": title}
    return render(request, "public/report_frozen.html", shown)


def report_file(request: HttpRequest, kommun: str, slug: str, label: str, format: str) -> HttpResponse:
    """What was frozen, byte for byte."""
    parts = queries.stored_parts(kommun=kommun, slug=slug, label=label, format=format, language="sv")
    if not parts:
        raise Http404
    return frozen.stored(parts[0], FILES[format], request)


def check(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    """Recompute the hash of the text in force and say how anyone can do the same."""
    viewer = _viewer(request)
    status = queries.status_or_404(kommun, slug, viewer=viewer)
    _place(request, status.promise.municipality)
    versions = presenters.versions(list(status.promise.versions.prefetch_related("sign_offs__organisation")))
    stated = presenters.signatures(status.promise.sign_offs.filter(version=None).select_related("organisation"))
    return render(request, "public/check.html", _page(status) | {"versions": versions, "stated": stated})


def text(request: HttpRequest, kommun: str, slug: str, number: int) -> HttpResponse:
    """The canonical text itself, byte for byte what the hash is made of."""
    status = queries.status_or_404(kommun, slug, viewer=_viewer(request))
    version = queries.version_or_404(status, number)
    return HttpResponse(version.content.encode("utf-8"), content_type="application/json; charset=utf-8")


def twin(request: HttpRequest, kommun: str, slug: str, language: str) -> HttpResponse:
    """The promise in easy Swedish or another language, on one page."""
    status = queries.status_or_404(kommun, slug, viewer=_viewer(request))
    _place(request, status.promise.municipality)
    found = queries.twin_or_404(status, language)
    is_older = found.source_sha256 != status.version.sha256
    return render(request, "public/twin.html", _page(status) | {"twin": found, "is_older": is_older})


def kommun_map(request: HttpRequest, kommun: str) -> HttpResponse:
    municipality = municipality_or_404(kommun)
    _place(request, municipality)
    areas = municipality.areas.filter(geometry__isnull=False).order_by("name")
    context = {"municipality": municipality, "is_constructed": municipality.is_constructed, "map": area_map(areas)}
    return render(request, "public/map.html", context)


def health(request: HttpRequest) -> HttpResponse:
    """For a watchman: the process answers and the database can be read."""
    Municipality.objects.exists()
    return HttpResponse("ok\n", content_type="text/plain")


def _page(status: Status) -> dict[str, object]:
    return {
        "status": status,
        "text": status.text,
        "municipality": status.promise.municipality,
        "is_constructed": status.promise.municipality.is_constructed,
        "url": address(status.promise),
    }


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _place(request: HttpRequest, municipality: Municipality) -> None:
    url = reverse("public:kommun", kwargs={"kommun": municipality.slug})
    request.place = Place(str(municipality), url, url)  # type: ignore[attr-defined]
