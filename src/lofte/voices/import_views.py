"""Read voices from a file: give it, say which column is which, look at every row, and only then save."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.imports import actions as uploads
from lofte.imports.kinds import FileUnreadable, Report
from lofte.imports.models import Upload
from lofte.parties.access import StaffRequest, get_or_404, staff_page
from lofte.parties.rules import Permission
from lofte.voices import imports, queries, spreadsheet
from lofte.voices.forms import ColumnsForm, FileForm
from lofte.voices.models import Dialogue
from lofte.voices.presenters import address
from lofte.voices.staff_views import get_dialogue, inside

MOST_SHOWN = 50


@staff_page
def give(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.PUBLISH, kommun, cycle, key)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            spreadsheet.read(file)
            upload = uploads.receive(
                municipality=dialogue.cycle.municipality, kind=imports.KIND, name=file.name, content=file,
                by=request.user.key, now=timezone.now(),
            )  # fmt: skip
        except FileUnreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            request.session[_channel(upload)] = form.cleaned_data["channel"]
            return redirect(address("voices_staff:columns", dialogue, pk=upload.pk))
    shown = inside(request, dialogue, _("Läs in en fil")) | {"form": form}
    return render(request, "voices/file.html", shown, status=422 if form.is_bound else 200)


def _channel(upload: Upload) -> str:
    return f"voices.channel.{upload.pk}"


@staff_page
def columns(request: StaffRequest, kommun: str, cycle: str, key: str, pk: int) -> HttpResponse:
    """Choose columns, look at what was found, save. Nothing is saved before the last button."""
    dialogue = get_dialogue(request, Permission.PUBLISH, kommun, cycle, key)
    upload = get_or_404(
        request, Permission.PUBLISH, Upload, "municipality",
        municipality=dialogue.cycle.municipality, kind=imports.KIND, pk=pk,
    )  # fmt: skip
    shown = inside(request, dialogue, _("Läs in en fil")) | {"upload": upload}
    if upload.state == Upload.State.COMMITTED:
        return render(request, "voices/file_done.html", shown)
    try:
        return _columns(request, dialogue, upload, shown)
    except FileUnreadable as refusal:
        return render(request, "voices/file.html", shown | {"form": FileForm(), "problem": str(refusal)}, status=422)


def _columns(request: StaffRequest, dialogue: Dialogue, upload: Upload, shown: dict[str, Any]) -> HttpResponse:
    if not upload.file:
        raise uploads.RawFileGone(_("Filen är borttagen. Välj den igen."))
    with upload.file.open("rb") as file:
        headings = [heading for heading in spreadsheet.read(cast(BinaryIO, file)).headings if heading]
    remembered = uploads.suggested_mapping(upload.municipality, upload.kind)
    form = ColumnsForm(
        request.POST or None, headings=headings, columns=imports.Voices.columns,
        suggested=imports.guessed(headings, remembered),
    )  # fmt: skip
    report: Report | None = None
    if request.method == "POST" and form.is_valid():
        channel = request.session.get(_channel(upload), "import")
        mapping = {column: heading for column, heading in form.cleaned_data.items() if heading}
        mapping |= {imports.DIALOGUE: f"{dialogue.cycle.slug}/{dialogue.key}", imports.CHANNEL: channel}
        report = uploads.dry_run(upload, mapping)
        if "spara" in request.POST and report.rows_used:
            return _commit(request, dialogue, upload)
    shown |= {"form": form, "report": report, "problems": upload.problems[:MOST_SHOWN] if report else []}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "voices/columns.html", shown, status=status)


def _commit(request: StaffRequest, dialogue: Dialogue, upload: Upload) -> HttpResponse:
    done = uploads.commit(upload, by=request.user.key, chain=queries.chain_of(dialogue), now=timezone.now())
    n = done.result.get("new", 0)
    messages.success(request, ngettext("{n} svar är inläst.", "{n} svar är inlästa.", n).format(n=n))
    return redirect(address("voices_staff:dialogue", dialogue))
