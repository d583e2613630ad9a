"""Read a file in: give it, say what the columns mean, look at every row, say yes. The reading itself is a job."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.core.models import Job
from lofte.design.pieces import Link
from lofte.evidence import data_actions, queries
from lofte.evidence.data_forms import KINDS, DataSetForm, MeaningForm, StatisticsFileForm
from lofte.evidence.imports import KIND
from lofte.evidence.models import DataSet
from lofte.evidence.views import crumbs
from lofte.imports import actions as uploads
from lofte.imports.kinds import FileUnreadable
from lofte.imports.models import Upload
from lofte.parties.access import StaffRequest, frame, get_or_404, may, staff_page
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission

MOST_SHOWN = 50


def figures_url(cycle: Cycle) -> str:
    return reverse("evidence:figures", kwargs={"kommun": cycle.municipality.slug, "cycle": cycle.slug})


def upload_url(cycle: Cycle, upload: Upload, name: str = "file") -> str:
    where = {"kommun": cycle.municipality.slug, "cycle": cycle.slug, "pk": upload.pk}
    return reverse(f"evidence:{name}", kwargs=where)


def inside(request: StaffRequest, cycle: Cycle, here: str) -> dict[str, Any]:
    """A page below the list of data sets."""
    return frame(request, cycle.municipality) | {
        "cycle": cycle,
        "municipality": cycle.municipality,
        "crumbs": crumbs(cycle, Link(_("Siffror"), figures_url(cycle))),
        "here": here,
        "may_edit": may(request.user, Permission.EDIT_CYCLE, cycle),
    }


def _upload(request: StaffRequest, permission: Permission, cycle: Cycle, pk: int) -> Upload:
    return get_or_404(request, permission, Upload, "municipality", municipality=cycle.municipality, kind=KIND, pk=pk)


@staff_page
def figures(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    """Every data set of the cycle with its edition, and the ways on."""
    found = queries.cycle_or_404(request, Permission.READ_CYCLE, kommun, cycle)
    shown = inside(request, found, "") | {
        "crumbs": crumbs(found),
        "data_sets": queries.data_sets_of(found, request.viewer),
        "areas": queries.areas_with_figures(found.municipality, request.viewer),
        "waiting": queries.waiting_files(found.municipality, request.viewer),
    }
    return render(request, "evidence/figures.html", shown)


@staff_page
def give(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    form = StatisticsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = data_actions.give(
                municipality=found.municipality, name=file.name, content=file, by=request.user, now=timezone.now()
            )
        except FileUnreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(upload_url(found, upload))
    shown = inside(request, found, _("Läs in en fil")) | {"form": form}
    return render(request, "evidence/give_file.html", shown, status=422 if form.is_bound else 200)


@staff_page
def file(request: StaffRequest, kommun: str, cycle: str, pk: int) -> HttpResponse:
    """How far a file has come: read, asked about, tried, read in, or refused with a reason."""
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    upload = _upload(request, Permission.EDIT_CYCLE, found, pk)
    job = uploads.job_of(upload)
    if (job is None or job.is_over) and _must_be_asked(upload):
        return redirect(upload_url(found, upload, "meaning"))
    return _show_file(request, found, upload, job, None)


def _must_be_asked(upload: Upload) -> bool:
    """Whether nobody has said yet what the columns mean."""
    is_unknown = upload.state == Upload.State.TRIED and upload.result.get("source") == "generic"
    return is_unknown and not upload.result.get("tables") and not upload.mapping.get("mapping")


def _show_file(
    request: StaffRequest, cycle: Cycle, upload: Upload, job: Job | None, form: DataSetForm | None
) -> HttpResponse:
    is_working = job is not None and not job.is_over
    if form is None and not is_working:
        form = _data_set_form(cycle, upload, None)
    shown = inside(request, cycle, _("Läs in en fil")) | {
        "upload": upload,
        "job": job,
        "is_working": is_working,
        "form": form,
        "tables": upload.result.get("tables", []),
        "problems": upload.problems[:MOST_SHOWN],
        "data_sets": list(upload.data_sets.select_related("cycle__municipality")),
        "can_mean": bool(upload.result.get("kinds")),
    }
    # Asked by the page itself while it waits: only the part that changes.
    name = "file_state" if request.headers.get("HX-Request") else "file"
    status = 422 if form is not None and form.is_bound else 200
    return render(request, f"evidence/{name}.html", shown, status=status)


def _data_set_form(cycle: Cycle, upload: Upload, data: Any) -> DataSetForm | None:
    tables = upload.result.get("tables", [])
    if not tables or upload.state == Upload.State.COMMITTED or not upload.rows_used:
        return None
    return DataSetForm(data, told=tables[0], editions=queries.own_series(cycle.municipality))


@staff_page
@require_POST
def take_in(request: StaffRequest, kommun: str, cycle: str, pk: int) -> HttpResponse:
    """Yes: read it in."""
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    upload = _upload(request, Permission.EDIT_CYCLE, found, pk)
    form = _data_set_form(found, upload, request.POST)
    if form is not None and not form.is_valid():
        return _show_file(request, found, upload, uploads.job_of(upload), form)
    if form is None and not upload.result.get("areas"):
        raise Http404
    data_actions.begin_import(
        upload=upload, cycle=found, values=form.cleaned_data if form is not None else {}, by=request.user
    )
    return redirect(upload_url(found, upload))


@staff_page
@require_POST
def stop(request: StaffRequest, kommun: str, cycle: str, pk: int) -> HttpResponse:
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    upload = _upload(request, Permission.EDIT_CYCLE, found, pk)
    data_actions.stop(upload=upload, by=request.user)
    messages.success(request, _("Läsningen avbryts. Inget från filen sparas."))
    return redirect(upload_url(found, upload))


@staff_page
@require_POST
def look_again(request: StaffRequest, kommun: str, cycle: str, pk: int) -> HttpResponse:
    """After a cancel, or when the kommun's areas have come in since."""
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    upload = _upload(request, Permission.EDIT_CYCLE, found, pk)
    data_actions.look(upload=upload, by=request.user, mapping=upload.mapping.get("mapping", ""))
    return redirect(upload_url(found, upload))


@staff_page
def meaning(request: StaffRequest, kommun: str, cycle: str, pk: int) -> HttpResponse:
    """A file of one's own: first what a row is, then what each column is."""
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    upload = _upload(request, Permission.EDIT_CYCLE, found, pk)
    told = upload.result.get("kinds")
    if not told or upload.state == Upload.State.COMMITTED:
        raise Http404
    shown = inside(request, found, _("Vad betyder kolumnerna?")) | {"upload": upload}
    kind = request.GET.get("slag", "")
    if kind not in told:
        ways = [Link(str(label), f"?slag={name}") for name, label in KINDS if name in told]
        return render(request, "evidence/meaning_kind.html", shown | {"ways": ways})
    form = MeaningForm(request.POST or None, kind=kind, told=told[kind], headings=upload.result["headings"])
    if request.method == "POST" and form.is_valid():
        data_actions.look(upload=upload, by=request.user, mapping=form.mapping(upload.name))
        return redirect(upload_url(found, upload))
    status = 422 if form.is_bound else 200
    return render(request, "evidence/meaning.html", shown | {"form": form}, status=status)


def data_set_or_404(request: StaffRequest, permission: Permission, kommun: str, cycle: str, key: str) -> DataSet:
    found = queries.cycle_or_404(request, permission, kommun, cycle)
    return get_or_404(request, permission, DataSet, "cycle__municipality", cycle=found, key=key)
