"""Write the parts of a picture: text, statements, problems with their causes, and what decides the order."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.evidence.forms import areas_of
from lofte.evidence.part_pages import save_or_show
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.picture import actions, queries
from lofte.picture.forms import (
    CauseForm,
    CriterionForm,
    PicturePartForm,
    ProblemForm,
    ScoreForm,
    StatementForm,
    TextForm,
)
from lofte.picture.models import Cause, Problem, SituationPicture, Statement
from lofte.picture.views import at_place, of, page


def _picture(request: StaffRequest, kommun: str, cycle: str, key: str) -> SituationPicture:
    return queries.picture_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)


def _save_or_show(
    request: StaffRequest, picture: SituationPicture, form: PicturePartForm, title: str, *, then: str = "",
    remove_url: str = "", ways: tuple[Link, ...] = (),
) -> HttpResponse:  # fmt: skip
    shown = page(request, picture) | {"title": title, "remove_url": remove_url, "ways": ways}
    save = partial(actions.save_part, picture=picture, form=form, by=request.user)
    return save_or_show(request, form, save=save, then=then or of(picture), shown=shown)


@staff_page
def text(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    picture = _picture(request, kommun, cycle, key)
    form = TextForm(request.POST or None, picture=picture, instance=picture)
    return _save_or_show(request, picture, form, _("Situationen idag och samlad bedömning"))


@staff_page
def new_statement(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    picture = _picture(request, kommun, cycle, key)
    place = request.GET.get("plats", "")
    begun_at = areas_of(picture.cycle.municipality).filter(key=place) if place else ()
    form = StatementForm(request.POST or None, picture=picture, areas=[area.pk for area in begun_at])
    return _save_or_show(request, picture, form, _("Ny utsaga"), then=at_place(picture, place))


@staff_page
def statement(request: StaffRequest, kommun: str, cycle: str, key: str, part: str) -> HttpResponse:
    picture = _picture(request, kommun, cycle, key)
    row = queries.part_or_404(picture, "utsaga", part)
    assert isinstance(row, Statement)
    form = StatementForm(request.POST or None, picture=picture, instance=row)
    remove_url = of(picture, "remove", kind="utsaga", part=part)
    then = at_place(picture, next((area.key for area in row.areas.all()), ""))
    return _save_or_show(request, picture, form, _("Ändra utsagan"), then=then, remove_url=remove_url)


@staff_page
def new_problem(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    picture = _picture(request, kommun, cycle, key)
    form = ProblemForm(request.POST or None, picture=picture)
    return _save_or_show(request, picture, form, _("Nytt problem"))


@staff_page
def problem(request: StaffRequest, kommun: str, cycle: str, key: str, part: str) -> HttpResponse:
    picture = _picture(request, kommun, cycle, key)
    row = queries.part_or_404(picture, "problem", part)
    form = ProblemForm(request.POST or None, picture=picture, instance=row)
    ways = (Link(_("Lägg till en orsak"), of(picture, "new_cause", part=part)),)
    remove_url = of(picture, "remove", kind="problem", part=part)
    return _save_or_show(request, picture, form, _("Ändra problemet"), remove_url=remove_url, ways=ways)


@staff_page
def new_cause(request: StaffRequest, kommun: str, cycle: str, key: str, part: str) -> HttpResponse:
    picture = _picture(request, kommun, cycle, key)
    row = queries.part_or_404(picture, "problem", part)
    if not isinstance(row, Problem):
        raise Http404
    form = CauseForm(request.POST or None, picture=picture, problem=row)
    return _save_or_show(request, picture, form, _("Ny orsak till: {problem}").format(problem=row.title))


@staff_page
def cause(request: StaffRequest, kommun: str, cycle: str, key: str, part: str) -> HttpResponse:
    picture = _picture(request, kommun, cycle, key)
    row = queries.part_or_404(picture, "orsak", part)
    if not isinstance(row, Cause):
        raise Http404
    form = CauseForm(request.POST or None, picture=picture, problem=row.problem, instance=row)
    remove_url = of(picture, "remove", kind="orsak", part=part)
    return _save_or_show(request, picture, form, _("Ändra orsaken"), remove_url=remove_url)


@staff_page
def new_criterion(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    picture = _picture(request, kommun, cycle, key)
    form = CriterionForm(request.POST or None, picture=picture)
    return _save_or_show(request, picture, form, _("Nytt kriterium"), then=of(picture, "priorities"))


@staff_page
def criterion(request: StaffRequest, kommun: str, cycle: str, key: str, part: str) -> HttpResponse:
    picture = _picture(request, kommun, cycle, key)
    row = queries.part_or_404(picture, "kriterium", part)
    form = CriterionForm(request.POST or None, picture=picture, instance=row)
    remove_url = of(picture, "remove", kind="kriterium", part=part)
    return _save_or_show(
        request, picture, form, _("Ändra kriteriet"), then=of(picture, "priorities"), remove_url=remove_url
    )


@staff_page
def priorities(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """What decides the order, one's own scores, and where the parties see it differently."""
    picture = _picture(request, kommun, cycle, key)
    party = queries.own_party(request, picture)
    if party is None:
        raise Http404
    criteria = queries.criteria_of(picture, request.viewer)
    problems = queries.problems_of(picture, request.viewer)
    own = queries.scores_by(picture, party)
    form = ScoreForm(request.POST or None, problems=problems, criteria=criteria, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            actions.score(picture=picture, organisation=party, given=form.given(), by=request.user)
            messages.success(request, _("Sparat."))
        except actions.NotWritable as refusal:
            messages.error(request, str(refusal))
        return redirect(of(picture, "priorities"))
    rows = queries.weighed(picture, request.viewer, problems)
    shown = page(request, picture) | {
        "form": form,
        "party": party,
        "criteria": criteria,
        "rows": rows,
        "parties": [name for name, _mean in rows[0].means] if rows else [],
    }
    return render(request, "picture/priorities.html", shown, status=422 if form.is_bound else 200)


@staff_page
def remove(request: StaffRequest, kommun: str, cycle: str, key: str, kind: str, part: str) -> HttpResponse:
    """Ask first, then take the part away."""
    picture = _picture(request, kommun, cycle, key)
    row = queries.part_or_404(picture, kind, part)
    if request.method == "POST":
        try:
            actions.remove(picture=picture, part=row, by=request.user)
            messages.success(request, _("Borttaget."))
        except actions.NotWritable as refusal:
            messages.error(request, str(refusal))
        return redirect(of(picture))
    return render(request, "picture/remove.html", page(request, picture) | {"row": row})
