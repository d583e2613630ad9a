"""Read voices from a file: give it, say which column is which, look at every row, and only then save.

The reading itself is a job; the page says how far it has come and can stop it.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.core import jobs
from lofte.core.models import Job
from lofte.imports import actions as uploads
from lofte.imports.kinds import FileUnreadable
from lofte.imports.models import Upload
from lofte.parties.access import StaffRequest, get_or_404, staff_page
from lofte.parties.rules import Permission
from lofte.voices import imports
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
            upload = uploads.receive(
                municipality=dialogue.cycle.municipality, kind=imports.KIND, name=file.name, content=file,
                by=request.user.key, now=timezone.now(),
            )  # fmt: skip
        except FileUnreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            if upload.state != Upload.State.COMMITTED:
                _start(request, imports.LOOK, upload, channel=form.cleaned_data["channel"])
            return redirect(_page(dialogue, upload))
    shown = inside(request, dialogue, _("Läs in en fil")) | {"form": form}
    return render(request, "voices/file.html", shown, status=422 if form.is_bound else 200)


def _start(request: StaffRequest, kind: str, upload: Upload, **arguments: object) -> None:
    jobs.start(kind, owner=request.user.key, upload=upload.pk, **arguments)


def _page(dialogue: Dialogue, upload: Upload) -> str:
    return address("voices_staff:columns", dialogue, pk=upload.pk)


def _upload(request: StaffRequest, dialogue: Dialogue, pk: int) -> Upload:
    return get_or_404(
        request, Permission.PUBLISH, Upload, "municipality",
        municipality=dialogue.cycle.municipality, kind=imports.KIND, pk=pk,
    )  # fmt: skip


@staff_page
def columns(request: StaffRequest, kommun: str, cycle: str, key: str, pk: int) -> HttpResponse:
    """How far a file has come: read, asked about, tried, read in, or refused. The last button saves."""
    dialogue = get_dialogue(request, Permission.PUBLISH, kommun, cycle, key)
    upload = _upload(request, dialogue, pk)
    job = uploads.job_of(upload)
    is_working = job is not None and not job.is_over
    form = None if is_working else _columns_form(request, upload)
    if request.method == "POST" and form is not None and form.is_valid():
        _go_on(request, dialogue, upload, form)
        return redirect(_page(dialogue, upload))
    return _show(request, dialogue, upload, job, form)


def _columns_form(request: StaffRequest, upload: Upload) -> ColumnsForm | None:
    headings = upload.result.get("headings")
    if not headings or upload.state == Upload.State.COMMITTED:
        return None
    remembered = upload.mapping or uploads.suggested_mapping(upload.municipality, upload.kind)
    suggested = imports.guessed(headings, remembered)
    if upload.mapping:  # what was chosen for the trial, also that a column is not there
        suggested = {name: heading for name, heading in suggested.items() if name in upload.mapping}
    return ColumnsForm(request.POST or None, headings=headings, columns=imports.Voices.columns, suggested=suggested)


def _go_on(request: StaffRequest, dialogue: Dialogue, upload: Upload, form: ColumnsForm) -> None:
    """Try the rows; save them when these columns have been tried and somebody says so."""
    mapping = {column: heading for column, heading in form.cleaned_data.items() if heading}
    mapping |= {imports.DIALOGUE: f"{dialogue.cycle.slug}/{dialogue.key}"}
    mapping |= {imports.CHANNEL: upload.result.get("channel", "import")}
    is_tried = mapping == upload.mapping and upload.rows_used > 0
    if "spara" in request.POST and is_tried:
        _start(request, imports.READ, upload, mapping=mapping, by=str(request.user.key))
    else:
        _start(request, imports.TRY, upload, mapping=mapping)


def _show(
    request: StaffRequest, dialogue: Dialogue, upload: Upload, job: Job | None, form: ColumnsForm | None
) -> HttpResponse:
    shown = inside(request, dialogue, _("Läs in en fil")) | {
        "upload": upload,
        "job": job,
        "is_working": job is not None and not job.is_over,
        "is_stopped": job is not None and job.state in (Job.State.FAILED, Job.State.CANCELLED),
        "form": form,
        "is_tried": bool(upload.mapping) and upload.state == Upload.State.TRIED,
        "problems": upload.problems[:MOST_SHOWN],
        "here_url": _page(dialogue, upload),
        "stop_url": address("voices_staff:stop_file", dialogue, pk=upload.pk),
    }
    # Asked by the page itself while it waits: only the part that changes.
    name = "file_state" if request.headers.get("HX-Request") else "columns"
    status = 422 if form is not None and form.is_bound else 200
    return render(request, f"voices/{name}.html", shown, status=status)


@staff_page
@require_POST
def stop(request: StaffRequest, kommun: str, cycle: str, key: str, pk: int) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.PUBLISH, kommun, cycle, key)
    upload = _upload(request, dialogue, pk)
    uploads.stop(upload)
    messages.success(request, _("Läsningen avbryts. Inget från filen sparas."))
    return redirect(_page(dialogue, upload))
