"""A part of a kommun: what is promised there, where one can come along, what is new, and how to follow it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lofte.core.visibility import VISITOR
from lofte.design.pieces import Place
from lofte.followup import occasions
from lofte.places.models import Municipality
from lofte.places.queries import municipality_or_404
from lofte.public import feeds, picture_queries, queries
from lofte.public.addresses import address
from lofte.voices import areas

NEWS = 5


def every(request: HttpRequest, kommun: str) -> HttpResponse:
    """The parts of a kommun by name."""
    municipality = municipality_or_404(kommun)
    return render(request, "public/areas.html", _page(request, municipality) | {"areas": areas.of_kommun(municipality)})


def one(request: HttpRequest, kommun: str, area: str) -> HttpResponse:
    about = feeds.followed(kommun, area=area)
    municipality, place = about.what.municipality, about.what.area
    done = picture_queries.done_in(municipality, area)
    coming = occasions.coming_about(about.what, VISITOR, queries.today())
    shown = {
        "area": place,
        "done": [(each.text, address(each.pledge.promise), each.pledge.promise.title) for each in done if each.pledge],
        "occasions": occasions.told(coming, names_promise=True),
        # Occasions stand in a list of their own.
        "news": [entry for entry in feeds.entries(about) if entry.category != "occasion"][:NEWS],
    }
    return render(request, "public/area_follow.html", _page(request, municipality) | shown)


def _page(request: HttpRequest, municipality: Municipality) -> dict[str, object]:
    url = reverse("public:kommun", kwargs={"kommun": municipality.slug})
    request.place = Place(str(municipality), url, url)  # type: ignore[attr-defined]
    return {"municipality": municipality, "is_constructed": municipality.is_constructed}
