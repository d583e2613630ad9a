"""Search over what is open, and for those who lead the work over what only they may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer
from lofte.design.pieces import Place
from lofte.followup import searching
from lofte.followup.models import SearchEntry
from lofte.parties.models import Role
from lofte.parties.rules import standings
from lofte.places.models import Municipality
from lofte.places.queries import municipality_or_404
from lofte_engine.text.stem import WORD, stem, stems

FOUND_A_PAGE = 20
LONGEST_QUESTION = 200
# How much is shown on each side of the first word that was found.
BEFORE, AFTER = 60, 160
LEADERS = (Role.COORDINATOR, Role.POLICE_EDITOR)


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Sökord"), max_length=LONGEST_QUESTION,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One answer, ready to be read."""

    kind: str
    title: str
    url: str
    excerpt: SafeString
    kommun: str
    is_inner: bool


def search(request: HttpRequest, kommun: str = "") -> HttpResponse:
    """An ordinary GET form: the address of an answer can be kept and sent."""
    municipality = municipality_or_404(kommun) if kommun else None
    asked = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    leads = _leads(request)
    page = Paginator(searching.find(asked, leads=leads, kommun=municipality), FOUND_A_PAGE).get_page(
        request.GET.get("sida")
    )
    context: dict[str, Any] = {
        "asked": asked,
        "form": SearchForm(initial={"q": asked}),
        "municipality": municipality,
        "page": page,
        "rows": [_found(entry, asked) for entry in page.object_list],
    }
    if municipality is not None:
        url = reverse("public:kommun", kwargs={"kommun": municipality.slug})
        request.place = Place(str(municipality), url, url)  # type: ignore[attr-defined]
        context["is_constructed"] = municipality.is_constructed
    response = render(request, "public/search.html", context)
    if leads:
        response["Cache-Control"] = "private, no-store"
    return response


def _leads(request: HttpRequest) -> frozenset[int]:
    """The kommuner where this person leads the work, and so may open what is not out yet."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.is_member:
        return frozenset()
    return frozenset(each.municipality_id for each in standings(request.user) if each.role in LEADERS)  # type: ignore[arg-type]


def _found(entry: SearchEntry, asked: str) -> Found:
    kommun: Municipality = entry.municipality
    return Found(
        kind=SearchEntry.Kind(entry.kind).label.capitalize(),
        title=entry.title,
        url=reverse(entry.page, kwargs={"kommun": kommun.slug} | entry.where),
        excerpt=excerpt(entry.text, asked),
        kommun=str(kommun),
        is_inner=not entry.page.startswith("public:"),
    )


def excerpt(text: str, asked: str) -> SafeString:
    """The words around the first one that was found, with each found word marked."""
    text = text.replace("\n", " · ")
    wanted = set(stems(asked))
    found = [match for match in WORD.finditer(text) if _is_wanted(match.group(), wanted)]
    start = _word_border(text, found[0].start() - BEFORE) if found else 0
    end = _word_border(text, start + BEFORE + AFTER)
    pieces: list[SafeString] = []
    at = start
    for match in found:
        if match.start() >= at and match.end() <= end:
            pieces.append(format_html("{}<mark>{}</mark>", text[at : match.start()], match.group()))
            at = match.end()
    body = format_html("{}{}", format_html_join("", "{}", ((piece,) for piece in pieces)), text[at:end])
    return format_html("{}{}{}", "… " if start else "", body, " …" if end < len(text) else "")


def _is_wanted(word: str, wanted: set[str]) -> bool:
    own = stem(word)
    return any(searching.meets(each, own) for each in wanted)


def _word_border(text: str, place: int) -> int:
    """The nearest place at or after this one where no word is cut."""
    if place <= 0:
        return 0
    following = text.find(" ", place)
    return len(text) if following < 0 or place >= len(text) else following + 1
