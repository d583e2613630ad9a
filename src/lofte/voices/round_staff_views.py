"""Pages for those who hold a statement round: make it, write its statements, open it, close it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.voices import queries, round_presenters, rounds
from lofte.voices.models import Dialogue, StatementRound
from lofte.voices.presenters import address
from lofte.voices.round_forms import RoundForm, StatementsForm
from lofte.voices.round_results import FEWEST_FOR_PATTERNS
from lofte.voices.staff_views import get_dialogue, inside


@staff_page
def new_round(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    dialogue = _citizens(request, kommun, cycle, key)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = rounds.make_round(dialogue=dialogue, by=request.user, values=form.values())
        messages.success(request, _("Sparat som utkast. Skriv påståendena nu."))
        return redirect(_url(made))
    shown = inside(request, dialogue, _("Ny påståenderunda")) | {"form": form}
    return render(request, "voices/round_form.html", shown, status=422 if form.is_bound else 200)


@staff_page
def change_round(request: StaffRequest, kommun: str, cycle: str, key: str, round: str) -> HttpResponse:
    found = _round(request, kommun, cycle, key, round)
    if found.closed_on is not None:
        raise Http404
    shown = inside(request, found.dialogue, _("Ändra"))
    shown["crumbs"] = [*shown["crumbs"], Link(found.title, _url(found))]
    form = RoundForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        rounds.change_round(round=found, by=request.user, values=form.values())
        messages.success(request, _("Sparat."))
        return redirect(_url(found))
    return render(request, "voices/round_form.html", shown | {"form": form}, status=422 if form.is_bound else 200)


@staff_page
def round(request: StaffRequest, kommun: str, cycle: str, key: str, round: str) -> HttpResponse:
    """How far the round has come, its statements, and what one can do with it."""
    found = _round(request, kommun, cycle, key, round)
    statements = list(found.statements.all())
    # Themes are where statements come from: the first time they stand there to be rewritten.
    labels = [theme.label for theme in queries.themes_of(found.dialogue, request.viewer)]
    form = StatementsForm(request.POST or None, initial={"texts": "" if statements else "\n".join(labels)})
    if request.method == "POST" and form.is_valid() and found.closed_on is None:
        return _add(request, found, form)
    today = timezone.localdate()
    voters = 0 if found.closed_on else queries.voters(found)
    shown = inside(request, found.dialogue, found.title) | {
        "round": found,
        "form": form,
        "statements": statements,
        "is_open": found.is_open(today),
        "voters": voters,
        "may_seek": voters >= FEWEST_FOR_PATTERNS,
        "fewest": FEWEST_FOR_PATTERNS,
        "result": round_presenters.result(found, queries.is_counted(found)),
        "public_url": "" if found.is_draft else address("voices:round", found.dialogue, round=found.key),
    }
    return render(request, "voices/staff_round.html", shown, status=422 if form.is_bound else 200)


def _add(request: StaffRequest, found: StatementRound, form: StatementsForm) -> HttpResponse:
    try:
        added = rounds.add_statements(round=found, by=request.user, texts=form.cleaned_data["texts"])
    except rounds.TooManyStatements:
        messages.error(request, _("En runda har högst {n} påståenden.").format(n=rounds.MOST_STATEMENTS))
    else:
        told = ngettext("{n} påstående är nytt.", "{n} påståenden är nya.", added)
        messages.success(request, told.format(n=added))
    return redirect(_url(found))


@staff_page
@require_POST
def step(request: StaffRequest, kommun: str, cycle: str, key: str, round: str, step: str) -> HttpResponse:
    """Open, close, or look for patterns: one button each."""
    found = _round(request, kommun, cycle, key, round)
    steps: dict[str, Callable[[StaffRequest, StatementRound], str]] = {
        "oppna": _open, "stang": _close, "sok-monster": _seek, "sok-inte-monster": _seek_not,
    }  # fmt: skip
    if step not in steps or found.closed_on is not None:
        raise Http404
    messages.success(request, steps[step](request, found))
    return redirect(_url(found))


def _open(request: StaffRequest, found: StatementRound) -> str:
    if not found.statements.exists():
        return _("Skriv minst ett påstående först.")
    rounds.open_round(round=found, by=request.user)
    return _("Nu syns rundan för alla.")


def _close(request: StaffRequest, found: StatementRound) -> str:
    rounds.close_round(round=found, by=request.user, today=timezone.localdate())
    return _("Rundan är stängd. Svaren räknas och raderas nu.")


def _seek(request: StaffRequest, found: StatementRound) -> str:
    if queries.voters(found) < FEWEST_FOR_PATTERNS:
        return _("Åsiktsmönster söks först när minst {n} har svarat.").format(n=FEWEST_FOR_PATTERNS)
    rounds.seek_patterns(round=found, by=request.user, wanted=True)
    return _("Åsiktsmönster söks när rundan stänger.")


def _seek_not(request: StaffRequest, found: StatementRound) -> str:
    rounds.seek_patterns(round=found, by=request.user, wanted=False)
    return _("Inga åsiktsmönster söks.")


@staff_page
@require_POST
def remove_statement(
    request: StaffRequest, kommun: str, cycle: str, key: str, round: str, statement: str
) -> HttpResponse:
    found = _round(request, kommun, cycle, key, round)
    row = queries.statement_or_404(found, statement, request.viewer)
    try:
        rounds.remove_statement(statement=row, by=request.user)
    except rounds.RoundClosed:
        messages.error(request, _("Rundan är öppen. Påståendet kan redan ha fått svar och tas inte bort."))
    return redirect(_url(found))


def _citizens(request: StaffRequest, kommun: str, cycle: str, key: str) -> Dialogue:
    """Rounds are open to everyone, so a staff dialogue has none."""
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    if dialogue.is_for_staff:
        raise Http404
    return dialogue


def _round(request: StaffRequest, kommun: str, cycle: str, key: str, round: str) -> StatementRound:
    return queries.round_or_404(_citizens(request, kommun, cycle, key), round, request.viewer)


def _url(found: StatementRound) -> str:
    return address("voices_staff:round", found.dialogue, round=found.key)
