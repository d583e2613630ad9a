"""Pages for the codebook and for two people who code the same voices; each sees the other's when both are done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lofte.core import jobs
from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.voices import coding, coding_presenters, coding_queries, queries, suggesting, themes
from lofte.voices.coding_forms import CodeForm, SampleForm, SettleForm, TakeForm
from lofte.voices.models import CodingSample, Dialogue
from lofte.voices.presenters import address
from lofte.voices.staff_views import get_dialogue, inside

ROWS_A_PAGE = 10


@staff_page
def codebook(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """The themes with when each one goes, what is being coded, and a beginning from another dialogue."""
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    others = coding_queries.with_codebooks(dialogue, request.viewer)
    take = TakeForm(request.POST or None, dialogues=others)
    if request.method == "POST" and take.is_valid():
        source = take.by_pk[take.cleaned_data["source"]]
        n = themes.take_codebook(dialogue=dialogue, source=source, by=request.user)
        messages.success(request, ngettext("{n} tema är nytt här.", "{n} teman är nya här.", n).format(n=n))
        return redirect(address("voices_staff:codebook", dialogue))
    shown = inside(request, dialogue, _("Kodbok")) | {
        "themes": queries.themes_of(dialogue, request.viewer),
        "samples": [_sample_line(sample) for sample in coding_queries.samples_of(dialogue, request.viewer)],
        "to_code": coding_queries.to_code(dialogue).count(),
        "fewest": coding.FEWEST,
        "take": take if others else None,
    }
    return render(request, "voices/codebook.html", shown, status=422 if take.is_bound else 200)


def _sample_line(sample: CodingSample) -> dict[str, Any]:
    return {"sample": sample, "url": address("voices_staff:coding", sample.dialogue, pk=sample.pk)}


def _inside(request: StaffRequest, dialogue: Dialogue, here: str) -> dict[str, Any]:
    shown = inside(request, dialogue, here)
    book = address("voices_staff:codebook", dialogue)
    return shown | {"crumbs": [*shown["crumbs"], Link(_("Kodbok"), book)], "codebook_url": book}


@staff_page
def new_coding(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    form = SampleForm(request.POST or None, colleagues=coding_queries.colleagues(dialogue, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            sample = coding.begin(
                dialogue=dialogue, by=request.user, colleague=form.by_key[form.cleaned_data["colleague"]],
                number=form.cleaned_data["number"], today=timezone.localdate(),
            )  # fmt: skip
        except coding.TooFewToCode:
            told = _("Det behövs minst {n} granskade svar utan tema. Granska fler först.")
            form.add_error(None, told.format(n=coding.FEWEST))
        else:
            return redirect(address("voices_staff:coding", dialogue, pk=sample.pk))
    shown = _inside(request, dialogue, _("Koda två och två")) | {"form": form}
    return render(request, "voices/new_coding.html", shown, status=422 if form.is_bound else 200)


@staff_page
def one(request: StaffRequest, kommun: str, cycle: str, key: str, pk: int) -> HttpResponse:
    """The sample as far as it has come for who looks: code, wait for the other, or compare and settle."""
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    sample = coding_queries.sample_or_404(dialogue, pk, request.viewer)
    shown = _inside(request, dialogue, _("Koda två och två")) | {"sample": sample} | _people(request, sample)
    if sample.done_on is not None:
        return _compare(request, sample, shown)
    if shown["is_mine"] and not shown["am_done"]:
        return _code(request, sample, shown)
    return render(request, "voices/coding_wait.html", shown)


def _people(request: StaffRequest, sample: CodingSample) -> dict[str, Any]:
    known = coding_queries.names([sample.first, sample.second])
    gone = _("någon som inte är kvar")
    mine = {sample.first: sample.first_done_on, sample.second: sample.second_done_on}
    me = request.user.key
    return {
        "first_name": _("du") if me == sample.first else known.get(sample.first, gone),
        "second_name": _("du") if me == sample.second else known.get(sample.second, gone),
        "other": known.get(sample.second if me == sample.first else sample.first, gone),
        "is_mine": me in mine,
        "am_done": mine.get(me) is not None,
    }


def _code(request: StaffRequest, sample: CodingSample, shown: dict[str, Any]) -> HttpResponse:
    every = list(coding_queries.rows_of(sample))
    own = coding_queries.own_codes(sample, request.user.key)
    left = [row for row in every if row.pk not in own]
    if request.method == "POST" and "klar" in request.POST:
        return _finish(request, sample)
    rows = left[:ROWS_A_PAGE] or every
    if "alla" in request.GET:
        rows = every
    if request.method == "POST":
        rows = [row for row in every if CodeForm.name_of(row) in request.POST]
    offered = queries.themes_of(sample.dialogue, request.viewer)
    form = CodeForm(request.POST or None, rows=rows, own=own, themes=offered)
    if request.method == "POST" and form.is_valid():
        coding.code(sample=sample, by=request.user, chosen=form.chosen())
        return redirect(address("voices_staff:coding", sample.dialogue, pk=sample.pk))
    shown |= {
        "form": form, "lines": form.lines(), "themes": offered, "done": len(every) - len(left), "number": len(every),
        "left": len(left),
    }  # fmt: skip
    return render(request, "voices/coding.html", shown, status=422 if form.is_bound else 200)


def _finish(request: StaffRequest, sample: CodingSample) -> HttpResponse:
    try:
        coding.finish(sample=sample, by=request.user, today=timezone.localdate())
    except coding.NotAllCoded:
        messages.error(request, _("Några svar är inte kodade än. Koda dem först."))
    return redirect(address("voices_staff:coding", sample.dialogue, pk=sample.pk))


def _compare(request: StaffRequest, sample: CodingSample, shown: dict[str, Any]) -> HttpResponse:
    pairs = coding_queries.pairs(sample)
    offered = queries.themes_of(sample.dialogue, request.viewer)
    form = SettleForm(request.POST or None, pairs=pairs, themes=offered)
    if request.method == "POST" and form.is_valid():
        n = coding.settle(sample=sample, by=request.user, chosen=form.chosen(), today=timezone.localdate())
        messages.success(request, ngettext("{n} svar är avgjort.", "{n} svar är avgjorda.", n).format(n=n))
        return redirect(address("voices_staff:coding", sample.dialogue, pk=sample.pk))
    shown |= {
        "agreement": coding_presenters.shown(pairs, offered),
        "form": form,
        "lines": form.lines(),
        "differed": sum(not pair.is_agreed for pair in pairs),
    }
    return render(request, "voices/coding_result.html", shown, status=422 if form.is_bound else 200)


@staff_page
@require_POST
def stop(request: StaffRequest, kommun: str, cycle: str, key: str, pk: int) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    sample = coding_queries.sample_or_404(dialogue, pk, request.viewer)
    if sample.done_on is not None:
        raise Http404
    coding.stop(sample=sample, by=request.user)
    messages.success(request, _("Kodningen är avbruten. Svaren går att sortera igen."))
    return redirect(address("voices_staff:codebook", dialogue))


@staff_page
@require_POST
def suggest(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Have themes proposed, or stop waiting for them."""
    dialogue = get_dialogue(request, Permission.PUBLISH, kommun, cycle, key)
    job = coding_queries.suggestion_job(dialogue)
    is_working = job is not None and not job.is_over
    if job is not None and is_working and "avbryt" in request.POST:
        jobs.cancel(job)
    elif not is_working:
        suggesting.begin(dialogue=dialogue, by=request.user)
    return redirect(address("voices_staff:sort", dialogue))
