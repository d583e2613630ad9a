"""The picture as a whole: its versions, how far it has come, what it covers, and the decision that adopts it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.design.pieces import Link
from lofte.evidence.queries import cycle_or_404
from lofte.evidence.views import crumbs
from lofte.parties.access import StaffRequest, frame, may, staff_page
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission
from lofte.picture import actions, comments, presenters, queries
from lofte.picture.forms import AdoptForm
from lofte.picture.models import SituationPicture
from lofte.picture.reading import as_read
from lofte.picture.versions import changes


def of(picture: SituationPicture, name: str = "picture", **more: str) -> str:
    """The address of a page of this picture."""
    where = {"kommun": picture.cycle.municipality.slug, "cycle": picture.cycle.slug, "key": picture.key}
    return reverse(f"picture:{name}", kwargs=where | more)


def at_place(picture: SituationPicture, place: str) -> str:
    """The overview, where the statements of a place are shown."""
    return f"{of(picture)}?{urlencode({'plats': place})}#utsagor"


def of_cycle(cycle: Cycle) -> str:
    return reverse("picture:pictures", kwargs={"kommun": cycle.municipality.slug, "cycle": cycle.slug})


def page(request: StaffRequest, picture: SituationPicture, *way: Link, is_below: bool = True) -> dict[str, Any]:
    """What every page of a picture shows: the way here, and whether the text may be written in."""
    every = Link(_("Lägesbilder"), of_cycle(picture.cycle))
    own = [Link(presenters.name_of(picture), of(picture))] if is_below else []
    return frame(request, picture.cycle.municipality) | {
        "picture": picture,
        "name": presenters.name_of(picture),
        "picture_url": of(picture),
        "is_writable": picture.is_writable and may(request.user, Permission.EDIT_CYCLE, picture),
        "may_adopt": may(request.user, Permission.PUBLISH, picture),
        "crumbs": crumbs(picture.cycle, every, *own, *way),
    }


@staff_page
def pictures(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    """Every version of a cycle's picture, and the way to begin a new one."""
    permission = Permission.EDIT_CYCLE if request.method == "POST" else Permission.READ_CYCLE
    found = cycle_or_404(request, permission, kommun, cycle)
    if request.method == "POST":
        try:
            made = actions.begin(cycle=found, by=request.user)
        except actions.NotWritable as refusal:
            messages.error(request, str(refusal))
            return redirect(of_cycle(found))
        messages.success(request, _("Nu finns ett utkast. Bara ni ser det."))
        return redirect(of(made))
    rows = queries.pictures_of(found, request.viewer)
    shown = frame(request, found.municipality) | {
        "cycle": found,
        "rows": [(presenters.name_of(row), of(row), row) for row in rows],
        "may_write": may(request.user, Permission.EDIT_CYCLE, found),
        "may_begin": may(request.user, Permission.EDIT_CYCLE, found) and not any(row.is_writable for row in rows),
        "crumbs": crumbs(found),
    }
    return render(request, "picture/pictures.html", shown)


@staff_page
def picture(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """The overview: every part, what is missing, and what to do next."""
    found = queries.picture_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    return render(request, "picture/picture.html", page(request, found, is_below=False) | _whole(request, found))


def _whole(request: StaffRequest, found: SituationPicture) -> dict[str, Any]:
    problems = queries.problems_of(found, request.viewer)
    places = queries.places_of(found, request.viewer)
    chosen = presenters.chosen_place(places, request.GET.get("plats"))
    statements = queries.statements_of(found, request.viewer, chosen.key if chosen else None)
    without = queries.without_evidence(found, request.viewer)
    open_talk = comments.unsettled(found, request.viewer)
    return {
        "statements": [presenters.statement_row(row, open_talk.get(f"utsaga/{row.key}", 0)) for row in statements],
        "problems": [
            (row, queries.tree(row), presenters.talk_words(open_talk.get(f"problem/{row.key}", 0))) for row in problems
        ],
        "removed": queries.removed_of(found, request.viewer) if found.is_writable else [],
        "places": places,
        "shown_place": chosen,
        "missing": presenters.missing(found, problems, has_statements=bool(places), without=without),
        "frozen": queries.frozen_of(found),
        "has_before": queries.before(found) is not None,
        "disputed": [each for each in queries.weighed(found, request.viewer, problems) if each.is_disputed],
    }


@staff_page
def read(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """The picture as it will be read, without what is only for members: this is what the body adopts."""
    found = queries.picture_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    files = [
        Link(_("PDF"), of(found, "pdf")),
        Link(_("Word"), of(found, "word")),
        Link(_("Öppna data (JSON)"), of(found, "json")),
    ]
    shown = page(request, found) | {"text": as_read(found, queries.frozen_of(found)), "files": files}
    return render(request, "picture/read.html", shown)


@staff_page
def coverage(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Which area has which kind of evidence, and where there is none."""
    found = queries.picture_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    rows = queries.coverage(found, request.viewer)
    shown = page(request, found) | {
        "rows": [(row, list(zip(presenters.columns(), row.counts, strict=True))) for row in rows],
        "columns": presenters.columns(),
        "gaps": [row.name for row in rows[1:] if row.is_gap],
    }
    return render(request, "picture/coverage.html", shown)


@staff_page
def differences(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """What differs from the version before."""
    found = queries.picture_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    earlier = queries.before(found)
    if earlier is None:
        raise Http404
    shown = page(request, found) | {"earlier": presenters.name_of(earlier), "rows": changes(earlier, found)}
    return render(request, "picture/differences.html", shown)


@staff_page
@require_POST
def state(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """To joint review, or back to draft."""
    found = queries.picture_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    try:
        actions.move_to(picture=found, after=request.POST.get("till", ""), by=request.user)
    except actions.NotWritable as refusal:
        messages.error(request, str(refusal))
    return redirect(of(found))


@staff_page
def adopt(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Write down the decision; after it nothing changes."""
    found = queries.picture_or_404(request, Permission.PUBLISH, kommun, cycle, key)
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.adopt(picture=found, decision=actions.Decision(**form.cleaned_data), by=request.user)
        except actions.NotWritable as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Lägesbilden är antagen. Den ändras aldrig mer."))
        return redirect(of(found))
    shown = page(request, found) | {"form": form}
    return render(request, "picture/adopt.html", shown, status=422 if form.is_bound else 200)
