"""Figures of a place, of a data set, what goes out, what becomes evidence, and when new ones come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lofte.design.pieces import Link
from lofte.evidence import data_actions, figure_actions, queries
from lofte.evidence.data_forms import SourceDateForm
from lofte.evidence.data_views import data_set_or_404, inside
from lofte.evidence.figure_presenters import rest, sections
from lofte.evidence.measures import ASKED, chosen, own_measures, used_measures
from lofte.evidence.models import DataSet, SourceDate
from lofte.evidence.points import WHOLE, own_points
from lofte.parties.access import StaffRequest, get_or_404, may, staff_page
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission
from lofte.places.models import Area, Municipality


def data_set_url(data_set: DataSet) -> str:
    cycle = data_set.cycle
    return reverse("evidence:data_set", args=[cycle.municipality.slug, cycle.slug, data_set.key])


@staff_page
def place(request: StaffRequest, kommun: str, cycle: str, area: str) -> HttpResponse:
    """The figures of a part of the kommun, with those of the whole kommun after them."""
    found = queries.cycle_or_404(request, Permission.READ_CYCLE, kommun, cycle)
    part = None if area == WHOLE else found.municipality.areas.filter(key=area).first()
    if part is None and area != WHOLE:
        raise Http404
    name = part.name if part else str(found.municipality)
    own = _measures(request, found.municipality, part)
    shown = inside(request, found, name) | {"area": part, "name": name, "own": own}
    if part:
        shown["whole"] = _measures(request, found.municipality, None)
    return render(request, "evidence/place.html", shown)


def _measures(request: StaffRequest, municipality: Municipality, part: Area | None) -> dict[str, Any]:
    """The few measures that the page shows of a place, and the way to the rest."""
    measures = own_measures(municipality, part, request.viewer)
    some = chosen(measures, asked=request.GET.get(ASKED, ""), used=used_measures(municipality))
    points = own_points(municipality, part, request.viewer, [(each.series, each.category, each.group) for each in some])
    return {"sections": sections(points), "rest": rest([each for each in measures if each not in some], ASKED)}


@staff_page
def data_set(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """What a data set is, where its figures stand, and what of it is out."""
    found = data_set_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    job = data_actions.release_job_of(found)
    figures = found.figures.filter(is_current=True)
    releases = list(found.releases.all())
    draft = next((release for release in releases if not release.published_at), None)
    out = [release for release in releases if release.published_at]
    shown = inside(request, found.cycle, found.title) | {
        "data_set": found,
        "figures": figures.count(),
        "areas": queries.areas_of(found),
        "has_whole": figures.filter(area=None).exists(),
        "editions": queries.other_editions(found, request.viewer),
        "job": job,
        "is_working": job is not None and not job.is_over,
        "draft": draft,
        "hidden": sum(row["hidden"] for row in draft.content["figures"]) if draft else 0,
        "shown": sum(not row["hidden"] for row in draft.content["figures"]) if draft else 0,
        "out": out[-1] if out else None,
        "may_publish": may(request.user, Permission.PUBLISH, found.cycle),
    }
    return render(request, "evidence/data_set.html", shown)


@staff_page
@require_POST
def release(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Make what would go out; with `publicera`, let it out."""
    found = data_set_or_404(request, Permission.PUBLISH, kommun, cycle, key)
    draft = found.releases.filter(published_at=None, pk=request.POST.get("publicera") or 0).first()
    if draft is None:
        data_actions.begin_release(data_set=found, by=request.user)
        return redirect(data_set_url(found))
    try:
        figure_actions.publish_release(release=draft, by=request.user)
    except figure_actions.Outdone:
        messages.error(request, _("Andra siffror ur samma tabell har publicerats sedan dess. Förbered på nytt."))
    else:
        messages.success(request, _("Siffrorna är publicerade."))
    return redirect(data_set_url(found))


@staff_page
@require_POST
def again(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Make the figures anew, for example after a new population. Those that something rests on are kept."""
    found = data_set_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    data_actions.begin_figures(data_set=found, by=request.user)
    return redirect(data_set_url(found))


@staff_page
@require_POST
def to_evidence(request: StaffRequest, kommun: str, cycle: str, pk: int) -> HttpResponse:
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    figure = queries.figure_or_404(found, request.viewer, pk)
    item = figure_actions.evidence_from_figure(figure=figure, cycle=found, by=request.user)
    messages.success(request, _("Siffran är nu ett underlag. Läs igenom det."))
    return redirect(reverse("evidence:change", args=[found.municipality.slug, found.slug, item.key]))


# --- when new figures come


@staff_page
def calendar(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    found = queries.cycle_or_404(request, Permission.READ_CYCLE, kommun, cycle)
    today = timezone.localdate()
    rows = queries.source_dates(found.municipality, request.viewer)
    shown = inside(request, found, _("När kommer nya siffror?")) | {
        "coming": [row for row in rows if not row.is_past(today)],
        "past": [row for row in reversed(rows) if row.is_past(today)],
    }
    return render(request, "evidence/calendar.html", shown)


@staff_page
@require_POST
def fill_calendar(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    """Put in the days that the sources usually publish on."""
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    new = figure_actions.fill_calendar(municipality=found.municipality, by=request.user, today=timezone.localdate())
    told = ngettext("{n} dag är inlagd.", "{n} dagar är inlagda.", new).format(n=new)
    messages.success(request, told if new else _("Alla dagar fanns redan."))
    return redirect(reverse("evidence:calendar", args=[kommun, cycle]))


@staff_page
def new_date(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    return _save_date(request, found, None)


@staff_page
def change_date(request: StaffRequest, kommun: str, cycle: str, pk: int) -> HttpResponse:
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    row = get_or_404(request, Permission.EDIT_CYCLE, SourceDate, "municipality", municipality=found.municipality, pk=pk)
    return _save_date(request, found, row)


def _save_date(request: StaffRequest, cycle: Cycle, row: SourceDate | None) -> HttpResponse:
    form = SourceDateForm(request.POST or None, instance=row, editions=queries.own_series(cycle.municipality))
    url = reverse("evidence:calendar", args=[cycle.municipality.slug, cycle.slug])
    if request.method == "POST" and form.is_valid():
        figure_actions.save_source_date(municipality=cycle.municipality, form=form, by=request.user)
        messages.success(request, _("Sparat."))
        return redirect(url)
    shown = inside(request, cycle, _("En dag då siffror kommer"))
    shown |= {"form": form, "crumbs": [*shown["crumbs"], Link(_("När kommer nya siffror?"), url)]}
    return render(request, "evidence/source_date.html", shown, status=422 if form.is_bound else 200)
