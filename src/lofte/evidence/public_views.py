"""What is out about a kommun and its parts, for everyone: read from frozen releases only."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lofte.core.visibility import VISITOR
from lofte.design.pieces import Link, Place
from lofte.evidence.figure_presenters import rest, sections
from lofte.evidence.measures import ASKED, Metric, chosen, measures_in, used_measures
from lofte.evidence.points import WHOLE, released_areas, released_points
from lofte.evidence.queries import source_dates
from lofte.places.models import Area, Municipality
from lofte.places.queries import municipality_or_404


def places(request: HttpRequest, kommun: str) -> HttpResponse:
    """The whole kommun's figures, and the way to those of its parts."""
    municipality = municipality_or_404(kommun)
    return _page(request, municipality, None)


def place(request: HttpRequest, kommun: str, area: str) -> HttpResponse:
    municipality = municipality_or_404(kommun)
    part: Area | None = municipality.areas.filter(key=area).first()
    if part is None or part.key not in released_areas(municipality, VISITOR):
        raise Http404
    return _page(request, municipality, part)


def _page(request: HttpRequest, municipality: Municipality, part: Area | None) -> HttpResponse:
    url = reverse("public:kommun", kwargs={"kommun": municipality.slug})
    request.place = Place(str(municipality), url, url)  # type: ignore[attr-defined] # read by the page's frame
    names = {area.key: area.name for area in municipality.areas.all()}
    parts = [
        Link(names[key], reverse("figures:place", args=[municipality.slug, key]))
        for key in released_areas(municipality, VISITOR)
        if key in names
    ]
    context = {
        "municipality": municipality,
        "is_constructed": municipality.is_constructed,
        "name": part.name if part else str(municipality),
        "area": part,
        "own": _measures(request, municipality, part),
        "parts": sorted(parts, key=lambda link: link.text),
        "whole_url": reverse("figures:places", args=[municipality.slug]),
        "coming": source_dates(municipality, VISITOR),
        "whole": WHOLE,
    }
    return render(request, "evidence/public_place.html", context)


def _measures(request: HttpRequest, municipality: Municipality, part: Area | None) -> dict[str, Any]:
    points = released_points(municipality, part, VISITOR)
    measures = measures_in(points)
    some = chosen(measures, asked=request.GET.get(ASKED, ""), used=used_measures(municipality))
    return {
        "sections": sections(point for point in points if Metric.of(point) in some),
        "rest": rest([each for each in measures if each not in some], ASKED),
    }
