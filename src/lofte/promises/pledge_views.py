"""The editor's pages about one pledge, its activities and amounts, and about one goal; and the wording check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.promises import checking, editing, queries, writing_presenters
from lofte.promises.editor_views import of, save_or_show, tell_saved
from lofte.promises.goal_forms import GoalForm
from lofte.promises.models import Activity, CitizenPromise, Goal, Pledge, Target
from lofte.promises.pledge_forms import ActivityForm, PledgeForm, TargetForm
from lofte.promises.suggesting import known

LONGEST_CHECKED = 5000


def _promise(request: StaffRequest, kommun: str, slug: str) -> CitizenPromise:
    return queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)


@staff_page
def new_pledge(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    promise = _promise(request, kommun, slug)
    # Begun from a suggestion: its words stand there to be changed.
    begun: dict[str, Any] = {"text": request.GET["text"][:LONGEST_CHECKED]} if "text" in request.GET else {}
    form = PledgeForm(request.POST or None, promise=promise, **begun)
    then = of(promise, "pledge", key="__key__")
    return save_or_show(request, promise, form, "promises/pledge_part.html", then=then, pledge=None)


@staff_page
def pledge(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    promise = _promise(request, kommun, slug)
    row = queries.pledge_or_404(promise, key)
    if _removes(request):
        return _remove(request, promise, row, of(promise, "write"))
    form = PledgeForm(request.POST or None, promise=promise, instance=row)
    return save_or_show(
        request, promise, form, "promises/pledge_part.html", then=of(promise, "pledge", key="__key__"),
        pledge=row, check=writing_presenters.check(row), activities=writing_presenters.activities(row),
        known=known(row.text),
    )  # fmt: skip


@staff_page
def new_activity(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    promise = _promise(request, kommun, slug)
    row = queries.pledge_or_404(promise, key)
    form = ActivityForm(request.POST or None, promise=promise, pledge=row)
    then = of(promise, "activity", key="__key__")
    return save_or_show(request, promise, form, "promises/activity_part.html", then=then, way=_way(row))


@staff_page
def activity(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    promise = _promise(request, kommun, slug)
    row = queries.activity_or_404(promise, key)
    assert row.pledge is not None
    back = of(promise, "pledge", key=row.pledge.key)
    if _removes(request):
        return _remove(request, promise, row, back)
    form = ActivityForm(request.POST or None, promise=promise, instance=row, pledge=row.pledge)
    return save_or_show(
        request, promise, form, "promises/activity_part.html", then=back, way=_way(row.pledge),
        activity=row, targets=writing_presenters.targets(row),
    )  # fmt: skip


@staff_page
def new_target(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    promise = _promise(request, kommun, slug)
    row = queries.activity_or_404(promise, key)
    form = TargetForm(request.POST or None, promise=promise, activity=row)
    then = of(promise, "activity", key=row.key)
    return save_or_show(request, promise, form, "promises/part.html", then=then, way=_way_of_activity(row))


@staff_page
def target(request: StaffRequest, kommun: str, slug: str, key: str, target: str) -> HttpResponse:
    promise = _promise(request, kommun, slug)
    above = queries.activity_or_404(promise, key)
    row = queries.target_or_404(above, target)
    back = of(promise, "activity", key=above.key)
    if _removes(request):
        return _remove(request, promise, row, back)
    form = TargetForm(request.POST or None, promise=promise, instance=row, activity=above)
    return save_or_show(
        request, promise, form, "promises/part.html", then=back, way=_way_of_activity(above), is_removable=True
    )


@staff_page
def new_goal(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    promise = _promise(request, kommun, slug)
    form = GoalForm(request.POST or None, promise=promise)
    return save_or_show(request, promise, form, "promises/goal_part.html", then=of(promise, "goal", key="__key__"))


@staff_page
def goal(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    promise = _promise(request, kommun, slug)
    row = queries.goal_or_404(promise, key)
    if _removes(request):
        return _remove(request, promise, row, of(promise, "write"))
    form = GoalForm(request.POST or None, promise=promise, instance=row)
    plan = writing_presenters.plan(row)
    then = of(promise, "goal", key="__key__")
    return save_or_show(request, promise, form, "promises/goal_part.html", then=then, goal=row, plan=plan)


def _way(pledge: Pledge) -> tuple[Link, ...]:
    return (Link(_("Löftet"), of(pledge.promise, "pledge", key=pledge.key)),)


def _way_of_activity(activity: Activity) -> tuple[Link, ...]:
    assert activity.pledge is not None
    way = _way(activity.pledge)
    return (*way, Link(_("Aktiviteten"), of(activity.pledge.promise, "activity", key=activity.key)))


def _removes(request: StaffRequest) -> bool:
    return request.method == "POST" and "ta-bort" in request.POST


def _remove(
    request: StaffRequest, promise: CitizenPromise, row: Pledge | Activity | Target | Goal, then: str
) -> HttpResponse:
    """Asked for twice: the first press shows the question beside the button."""
    if request.POST["ta-bort"] != "ja":
        return redirect(f"{request.path}?ta-bort#ta-bort")
    try:
        tell_saved(request, editing.remove(promise=promise, by=request.user, row=row))
    except editing.NotWritable as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    return redirect(then)


@staff_page
@require_POST
def check(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """What the wording check says of the text as it is written so far. Nothing is kept."""
    promise = _promise(request, kommun, slug)
    text = request.POST.get("text", "")[:LONGEST_CHECKED]
    row = promise.pledges.filter(key=request.POST.get("ursprung", "")).first()
    shown: dict[str, Any] = {
        "promise": promise,
        "pledge": row,
        "check": writing_presenters.check_of_text(promise, row, text, request.POST.getlist("parties")),
    }
    return render(request, "promises/check.html", shown)


@staff_page
@require_POST
def answer(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    """Leave a finding on purpose, with a reason."""
    promise = _promise(request, kommun, slug)
    row = queries.pledge_or_404(promise, key)
    given = {name: request.POST.get(name, "").strip() for name in ("rule", "hash", "skal")}
    known = {(hit.rule, hit.text_hash): hit for hit in checking.hits_of(row)}
    hit = known.get((given["rule"], given["hash"]))
    if hit is None:
        messages.error(request, _("Texten har ändrats. Läs vad granskningen säger nu."))
    elif hit.is_blocking:
        messages.error(request, _("Det här behöver rättas innan löftet kan skrivas under."))
    else:
        checking.answer(
            pledge=row, by=request.user, rule=hit.rule, text_hash=hit.text_hash,
            reason=given["skal"][:300] or _("Medvetet val"),
        )  # fmt: skip
    return redirect(f"{of(promise, 'pledge', key=key)}#granskning")
