"""Figures from a file into a report: give it, say what its columns and words mean, look, save."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.design.pieces import Link
from lofte.design.words import number_words, period_words
from lofte.followup import imports, wording
from lofte.followup.actions import PeriodClosed
from lofte.followup.import_forms import FiguresFileForm, FiguresForm, WordsForm
from lofte.followup.models import Period
from lofte.followup.reporting import districts, lines
from lofte.followup.views import page_of, period_of
from lofte.imports import actions as uploads
from lofte.imports.kinds import FileUnreadable, Report
from lofte.imports.models import Upload
from lofte.parties.access import StaffRequest, get_or_404, staff_page
from lofte.parties.rules import Permission
from lofte.voices.spreadsheet import Sheet, read

MOST_SHOWN = 50


def _page(request: StaffRequest, period: Period) -> dict[str, Any]:
    name = _("Rapporten för {name}").format(name=period_words(period.starts, period.ends))
    return page_of(request, period, Link(name, wording.period_url(period)))


@staff_page
def give(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    period = period_of(request, Permission.REVIEW, kommun, slug, label)
    if period.stage != Period.Stage.OPEN:
        return redirect(wording.period_url(period))
    form = FiguresFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read(file)
            upload = uploads.receive(
                municipality=period.promise.municipality, kind=imports.KIND, name=file.name, content=file,
                by=request.user.key, now=timezone.now(),
            )  # fmt: skip
        except FileUnreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(wording.of_promise(period.promise, "followup:figures", label=label, pk=upload.pk))
    shown = _page(request, period) | {"form": form}
    return render(request, "followup/figures_file.html", shown, status=422 if form.is_bound else 200)


@staff_page
def figures(request: StaffRequest, kommun: str, slug: str, label: str, pk: int) -> HttpResponse:
    """Nothing is saved before the last button."""
    period = period_of(request, Permission.REVIEW, kommun, slug, label)
    upload = get_or_404(
        request, Permission.REVIEW, Upload, "municipality", municipality=period.promise.municipality, kind=imports.KIND,
        pk=pk,
    )  # fmt: skip
    if period.stage != Period.Stage.OPEN:
        return redirect(wording.period_url(period))
    shown = _page(request, period) | {"upload": upload}
    try:
        if not upload.file:
            raise uploads.RawFileGone(_("Filen är borttagen. Välj den igen."))
        with upload.file.open("rb") as file:
            sheet = read(cast(BinaryIO, file))
        return _figures(request, period, upload, sheet, shown)
    except FileUnreadable as refusal:
        shown |= {"form": FiguresFileForm(), "problem": str(refusal)}
        return render(request, "followup/figures_file.html", shown, status=422)


def _figures(
    request: StaffRequest, period: Period, upload: Upload, sheet: Sheet, shown: dict[str, Any]
) -> HttpResponse:
    remembered = uploads.suggested_mapping(period.promise.municipality, imports.KIND)
    headings = [heading for heading in sheet.headings if heading]
    form = FiguresForm(
        request.POST or None, period=period, headings=headings, today=timezone.localdate(),
        suggested=imports.heading_guesses(headings, remembered),
    )  # fmt: skip
    shown |= {"form": form}
    if not form.is_valid():
        return render(request, "followup/figures.html", shown, status=422 if form.is_bound else 200)
    activities = [line.activity for line in lines(period, request.user, request.viewer)]
    asked = imports.Asked(
        form.cleaned_data["covers_from"], form.cleaned_data["covers_to"], activities,
        districts(period.promise, request.viewer),
    )  # fmt: skip
    found = imports.words_of(sheet, form.cleaned_data["what"])
    guesses = imports.word_guesses(found, remembered, activities)
    words = WordsForm(request.POST, words=found, guesses=guesses, activities=activities)
    if not words.is_answered:
        words = WordsForm(words=found, guesses=guesses, activities=activities)
        meanings = {imports.WORD + word: meaning for word, meaning in guesses.items()}
    elif words.is_valid():
        meanings = words.meanings()
    else:
        return render(request, "followup/figures.html", shown | {"words": words}, status=422)
    mapping = form.columns() | meanings
    if "spara" in request.POST and words.is_bound:
        return _save(request, period, upload, sheet, mapping, asked)
    tallies, report = imports.tally(sheet, mapping, asked)
    return render(request, "followup/figures.html", shown | {"words": words} | _tried(tallies, report))


def _tried(tallies: list[imports.Tally], report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "problems": report.problems[:MOST_SHOWN],
        "tallies": [
            {"text": each.activity.text, "total": number_words(each.total), "places": _places(each)} for each in tallies
        ],
    }


def _places(tally: imports.Tally) -> str:
    told = [f"{area.name} {number_words(number)}" for area, number in tally.by_area.items() if area is not None]
    return ", ".join(told)


def _save(
    request: StaffRequest, period: Period, upload: Upload, sheet: Sheet, mapping: dict[str, str], asked: imports.Asked
) -> HttpResponse:
    try:
        n = imports.read_in(
            upload, period=period, sheet=sheet, mapping=mapping, asked=asked, by=request.user, now=timezone.now()
        )
    except PeriodClosed:
        messages.warning(request, _("Rapporten går inte att ändra längre. Inget är sparat."))
    else:
        done = ngettext("{n} aktivitet har fått siffror ur filen.", "{n} aktiviteter har fått siffror ur filen.", n)
        messages.success(request, done.format(n=n))
    return redirect(wording.period_url(period))
