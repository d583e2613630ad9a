"""Pages for review and themes: what waits, one decision at a time, sorting, and the answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.voices import coding_queries, queries, reviewing, screening, suggesting, themes
from lofte.voices.forms import DeleteForm, NewThemeForm, ReviewForm, SortForm, ThemeForm
from lofte.voices.models import Contribution, Dialogue
from lofte.voices.presenters import address
from lofte.voices.staff_views import get_dialogue, inside

ROWS_A_PAGE = 25


@staff_page
def queue(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """What waits for a decision, what was handed over and waits to be deleted, and what is decided."""
    dialogue = get_dialogue(request, Permission.PUBLISH, kommun, cycle, key)
    waiting = queries.waiting(dialogue)
    decided = Paginator(queries.decided(dialogue), ROWS_A_PAGE).get_page(request.GET.get("sida"))
    shown = inside(request, dialogue, _("Granska")) | {
        "waiting": [_line(voice) for voice in waiting[:ROWS_A_PAGE]],
        "waiting_count": waiting.count(),
        "handed_over": [_line(voice) for voice in queries.handed_over(dialogue)],
        "decided": [_line(voice) for voice in decided.object_list],
        "page": decided,
    }
    return render(request, "voices/queue.html", shown)


def _line(voice: Contribution) -> dict[str, object]:
    return {
        "voice": voice,
        "url": address("voices_staff:review", voice.dialogue, voice=voice.key),
        "hints": sorted({hint.word for hint in screening.hints(voice.text)}),
    }


@staff_page
def review(request: StaffRequest, kommun: str, cycle: str, key: str, voice: str) -> HttpResponse:
    """One voice with what to look at, and the decision. Then the next one."""
    dialogue = get_dialogue(request, Permission.PUBLISH, kommun, cycle, key)
    found = queries.voice_or_404(dialogue, voice, request.viewer)
    if found.decision == Contribution.Decision.HAND_OVER:
        return _delete(request, dialogue, found)
    hints = screening.hints(found.text)
    if request.method == "POST" and "maskera" in request.POST:
        return _mask_one(request, dialogue, found, hints)
    proposal = {"text": screening.masked(found.text)}
    proposal["decision"] = "publish" if proposal["text"] == found.text else "mask"
    form = ReviewForm(request.POST or None, came_as=found.text, initial=proposal)
    if request.method == "POST" and form.is_valid():
        _decide(request, found, form)
        return _next(request, dialogue)
    shown = _review_page(request, dialogue, found) | {
        "form": form,
        "left": _left(hints, str(form["text"].value() or "")),
    }
    return render(request, "voices/review.html", shown, status=422 if form.is_bound else 200)


def _mask_one(
    request: StaffRequest, dialogue: Dialogue, voice: Contribution, hints: list[screening.Hint]
) -> HttpResponse:
    """Take one finding out of the proposal. Nothing is saved: the page comes again as it was written so far."""
    number = request.POST["maskera"]
    if not (number.isdecimal() and int(number) < len(hints)):
        raise Http404
    text = screening.without(request.POST.get("text", ""), hints[int(number)].said)
    written = {name: request.POST.get(name, "") for name in ReviewForm.base_fields}
    form = ReviewForm(came_as=voice.text, initial=written | {"text": text, "decision": "mask"})
    shown = _review_page(request, dialogue, voice) | {"form": form, "left": _left(hints, text)}
    return render(request, "voices/review.html", shown)


def _left(hints: list[screening.Hint], text: str) -> list[tuple[int, screening.Hint]]:
    """Findings that still stand in what would be shown, each words once."""
    first = {hint.said: number for number, hint in reversed(list(enumerate(hints)))}
    return [
        (n, hint)
        for n, hint in enumerate(hints)
        if first[hint.said] == n and screening.without(text, hint.said) != text
    ]


def _review_page(request: StaffRequest, dialogue: Dialogue, voice: Contribution) -> dict[str, object]:
    shown = inside(request, dialogue, _("Ett svar"))
    shown["crumbs"] = [*shown["crumbs"], Link(_("Granska"), address("voices_staff:queue", dialogue))]
    return shown | {
        "voice": voice,
        "pieces": list(screening.marked(voice.text)),
        "hints": sorted({hint.word for hint in screening.hints(voice.text)}),
        "waiting": queries.waiting(dialogue).count(),
    }


def _decide(request: StaffRequest, voice: Contribution, form: ReviewForm) -> None:
    given, today = form.cleaned_data, timezone.localdate()
    decision = given["decision"]
    if decision == Contribution.Decision.PUBLISH:
        reviewing.publish(voice=voice, by=request.user, today=today)
    elif decision == Contribution.Decision.MASK:
        reviewing.mask(voice=voice, by=request.user, today=today, text=given["text"])
    elif decision == Contribution.Decision.KEEP:
        reviewing.keep(voice=voice, by=request.user, today=today, reason=given["reason"])
    else:
        reviewing.hand_over(voice=voice, by=request.user, today=today, way=given["way"])


def _next(request: StaffRequest, dialogue: Dialogue) -> HttpResponse:
    following = queries.waiting(dialogue).first()
    if following is None:
        messages.success(request, _("Sparat. Alla svar är granskade."))
        return redirect(address("voices_staff:queue", dialogue))
    messages.success(request, _("Sparat. Här är nästa."))
    return redirect(address("voices_staff:review", dialogue, voice=following.key))


def _delete(request: StaffRequest, dialogue: Dialogue, voice: Contribution) -> HttpResponse:
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reviewing.delete(
            voice=voice, by=request.user, today=timezone.localdate(), reference=form.cleaned_data["reference"]
        )
        messages.success(request, _("Texten är borttagen. Loggen säger att svaret lämnades vidare, inte vad det sa."))
        return redirect(address("voices_staff:queue", dialogue))
    last = queries.latest_of(voice)
    shown = _review_page(request, dialogue, voice) | {"form": form, "last": last}
    return render(request, "voices/delete.html", shown, status=422 if form.is_bound else 200)


@staff_page
def sort(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Put voices under themes: Tab to a voice, the first letters of a theme, Tab to the next."""
    dialogue = get_dialogue(request, Permission.PUBLISH, kommun, cycle, key)
    every = "alla" in request.GET
    rows = list(queries.to_sort(dialogue, only_unsorted=not every)[:ROWS_A_PAGE])
    if request.method == "POST":
        # The voices that stood on the page that was sent, also if others have come or been sorted since.
        rows = [row for row in queries.to_sort(dialogue, only_unsorted=False) if row.key in request.POST]
    offered = queries.themes_of(dialogue, request.viewer)
    form = SortForm(request.POST or None, voices=rows, themes=offered, proposed=suggesting.waiting(rows))
    if request.method == "POST" and form.is_valid():
        moved = themes.sort(dialogue=dialogue, by=request.user, chosen=form.chosen())
        messages.success(request, ngettext("{n} svar är sorterat.", "{n} svar är sorterade.", moved).format(n=moved))
        return redirect(f"{address('voices_staff:sort', dialogue)}{'?alla' if every else ''}")
    shown = inside(request, dialogue, _("Sortera i teman")) | {
        "form": form, "rows": form.rows(), "themes": offered, "every": every, "new": NewThemeForm(),
        "job": coding_queries.suggestion_job(dialogue),
        "unsorted": queries.to_sort(dialogue, only_unsorted=True).count(),
    }  # fmt: skip
    return render(request, "voices/sort.html", shown, status=422 if form.is_bound else 200)


@staff_page
def new_theme(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    form = NewThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = themes.make_theme(dialogue=dialogue, label=form.cleaned_data["label"], by=request.user)
        messages.success(request, _("Temat ”{label}” finns nu.").format(label=made.label))
        place = "voices_staff:sort" if "sortera" in request.POST else "voices_staff:dialogue"
        return redirect(address(place, dialogue))
    shown = inside(request, dialogue, _("Nytt tema")) | {"form": form}
    return render(request, "voices/new_theme.html", shown, status=422 if form.is_bound else 200)


@staff_page
def theme(request: StaffRequest, kommun: str, cycle: str, key: str, theme: str) -> HttpResponse:
    """Name a theme, show it, and say what became of it."""
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    found = queries.theme_or_404(dialogue, theme, request.viewer)
    initial = {
        "label": found.label, "definition": found.definition, "is_open": found.visibility == "open",
        "answer": found.answer, "answer_text": found.answer_text,
    }  # fmt: skip
    form = ThemeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        themes.save_theme(theme=found, by=request.user, today=timezone.localdate(), **form.cleaned_data)
        messages.success(request, _("Sparat. Svaret syns på dialogens sida och för dem som har en kvittokod."))
        return redirect(address("voices_staff:dialogue", dialogue))
    voices = queries.published_in(found)
    shown = inside(request, dialogue, found.label) | {"form": form, "theme": found, "voices": voices[:5]}
    return render(request, "voices/theme.html", shown, status=422 if form.is_bound else 200)
