"""The open pages: read a dialogue, answer it without an account, and see what the answer led to."""

from __future__ import annotations

import hashlib

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.core.public_forms import TOKEN, Limits, public_form
from lofte.core.visibility import VISITOR, Viewer
from lofte.design.pieces import Place
from lofte.places.models import Municipality
from lofte.places.queries import municipality_or_404
from lofte.voices import presenters, queries
from lofte.voices.answers import cards
from lofte.voices.areas import offered
from lofte.voices.hearing import heard
from lofte.voices.led_to import what_came_of
from lofte.voices.models import Dialogue
from lofte.voices.receiving import DialogueClosed, receive
from lofte.voices.representation import representation
from lofte.voices.voice_forms import ClaimForm, VoiceForm

VOICES_A_PAGE = 10
# A whole school or library may stand behind one address.
MANY = Limits(with_work=300, without_work=40, all_without_work=600)
GUESSES = Limits(with_work=60, without_work=20, all_without_work=300)


def dialogues(request: HttpRequest, kommun: str) -> HttpResponse:
    """What the kommun asks now, what it asked before, and what became of it."""
    municipality = _kommun(request, kommun)
    every = cards(municipality, timezone.localdate())
    shown = {
        "municipality": municipality,
        "is_constructed": municipality.is_constructed,
        "open": [card for card in every if card.is_open],
        "coming": [card for card in every if card.is_coming],
        "earlier": [card for card in every if not card.is_open and not card.is_coming],
    }
    return render(request, "voices/dialogues.html", shown)


def dialogue(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """What was asked, who was heard, what they said and what it led to."""
    found = queries.dialogue_or_404(kommun, cycle, key)
    today = timezone.localdate()
    themes = queries.public_themes(found)
    counts = heard(found)
    came = what_came_of(themes)
    voices = Paginator(queries.public_voices(found), VOICES_A_PAGE)
    voices.count = counts.shown
    page = voices.get_page(request.GET.get("sida"))
    shown = page_of(request, found) | {
        "is_open": found.is_open(today),
        "is_coming": found.is_coming(today),
        "when": presenters.when(found),
        "heard": presenters.heard_sentence(found, counts),
        "tables": presenters.who_was_heard(counts),
        "representation": representation(found, counts.by_age_and_sex, counts.by_area),
        "themes": [presenters.answered(theme, bool(counts.total), came[theme.pk]) for theme in themes],
        "feedback": presenters.feedback(found, themes, today),
        "voices": [presenters.said(voice) for voice in page.object_list],
        "page": page,
        "not_shown": presenters.not_shown(counts),
        "waiting": counts.waiting,
        "rounds": [(each, each.is_open(today)) for each in queries.rounds_of(found, VISITOR)],
        "walks": list(queries.public_walks(found)),
    }
    return render(request, "voices/dialogue.html", shown)


def walk(request: HttpRequest, kommun: str, cycle: str, key: str, walk: str) -> HttpResponse:
    """A safety walk as a table: what was seen, who answers for it, and whether it was done."""
    found = queries.dialogue_or_404(kommun, cycle, key)
    row = queries.walk_or_404(found, walk)
    points = [presenters.point(each) for each in queries.points_of(row, VISITOR)]
    done = presenters.how_many_done(points)
    shown = page_of(request, found) | {"walk": row, "points": points, "walkers": presenters.walkers(row), "done": done}
    return render(request, "voices/walk.html", shown)


def photo(request: HttpRequest, kommun: str, cycle: str, key: str, walk: str, pk: int) -> HttpResponse:
    """A walk's picture, for who may see its point: everyone when the walk is open, else those who work with it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.photo_or_404(queries.any_walk_or_404(kommun, cycle, key, walk, viewer), pk, viewer)
    return HttpResponse(bytes(found.content), content_type="image/jpeg", headers={"Cache-Control": "private"})


@public_form("svara", MANY)
def answer(request: HttpRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    return _answer(request, queries.dialogue_or_404(kommun, cycle, key))


@public_form("medarbetare", MANY)
def staff_answer(request: HttpRequest, kommun: str, cycle: str, key: str, token: str) -> HttpResponse:
    """The closed room of a staff dialogue: whoever has the link may answer, and nobody else knows of it."""
    return _answer(request, queries.staff_dialogue_or_404(kommun, cycle, key, token))


def _answer(request: HttpRequest, found: Dialogue) -> HttpResponse:
    today = timezone.localdate()
    shown = page_of(request, found)
    if not found.is_open(today):
        return render(request, "voices/closed.html", shown | {"is_coming": found.is_coming(today)}, status=410)
    form = VoiceForm(request.POST or None, offered=offered(found))
    if request.method == "POST" and form.is_valid():
        try:
            code = receive(dialogue=found, voice=form.voice(), nonce=_nonce(request), today=today)
        except DialogueClosed:
            return render(request, "voices/closed.html", shown, status=410)
        return render(request, "voices/thanks.html", shown | {"code": code})
    return render(request, "voices/answer.html", shown | {"form": form}, status=422 if form.is_bound else 200)


def _nonce(request: HttpRequest) -> str:
    """One opening of the form is one voice, however many times it is sent."""
    return hashlib.sha256(request.POST[TOKEN].encode()).hexdigest()


@public_form("kvittokod", GUESSES)
def claim(request: HttpRequest, kommun: str) -> HttpResponse:
    """What became of an answer, for who has its code. The code is sent in a form, so no address tells it."""
    municipality = _kommun(request, kommun)
    form = ClaimForm(request.POST or None)
    shown = {"municipality": municipality, "is_constructed": municipality.is_constructed, "form": form}
    if request.method == "POST" and form.is_valid():
        found = queries.receipt(municipality, form.cleaned_data["code"])
        if found is not None:
            page = presenters.receipt_page(found, queries.public_themes(found.dialogue), timezone.localdate())
            return render(request, "voices/receipt.html", shown | {"receipt": page})
        form.add_error("code", _("Koden finns inte här. Kontrollera varje tecken, eller att det är rätt kommun."))
    return render(request, "voices/claim.html", shown, status=422 if form.is_bound else 200)


def page_of(request: HttpRequest, found: Dialogue) -> dict[str, object]:
    municipality = found.cycle.municipality
    _place(request, municipality)
    return {"dialogue": found, "municipality": municipality, "is_constructed": municipality.is_constructed}


def _kommun(request: HttpRequest, slug: str) -> Municipality:
    municipality = municipality_or_404(slug)
    _place(request, municipality)
    return municipality


def _place(request: HttpRequest, municipality: Municipality) -> None:
    # The kommun's own page belongs to a room that this one does not know; its address never changes.
    url = reverse("public:kommun", kwargs={"kommun": municipality.slug})
    request.place = Place(str(municipality), url, url)  # type: ignore[attr-defined]
