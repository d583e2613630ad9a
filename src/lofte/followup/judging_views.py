"""The final report: whether it helped, whether one can say why, and what was learnt."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.core.states import PromiseState
from lofte.design.pieces import Link
from lofte.followup import judging, judging_queries, wording
from lofte.followup.judging import CauseGiven, EffectGiven, IsClosed
from lofte.followup.judging_forms import CauseForm, EffectForm, LessonForm
from lofte.followup.models import Lesson, Period
from lofte.parties.access import StaffRequest, frame, get_or_404, may, staff_page
from lofte.parties.rules import Permission
from lofte.promises.models import CitizenPromise, Goal

WHOLE = 0


def _promise(
    request: StaffRequest, kommun: str, slug: str, permission: Permission = Permission.REVIEW
) -> CitizenPromise:
    found = get_or_404(
        request, permission, CitizenPromise, "municipality", "cycle", municipality__slug=kommun, slug=slug
    )
    if not found.is_public:
        raise Http404
    return found


def _page(request: StaffRequest, promise: CitizenPromise, *way: Link) -> dict[str, Any]:
    return frame(request, promise.municipality) | {
        "promise": promise,
        "crumbs": wording.crumbs(promise, *way, year=may(request.user, Permission.READ_CYCLE, promise)),
        "final_url": wording.of_promise(promise, "followup:final"),
        "public_promise_url": wording.of_promise(promise, "public:promise"),
    }


@staff_page
def final(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """What is said of each goal, the lessons, and the way to the end of the promise."""
    promise = _promise(request, kommun, slug)
    form = LessonForm(request.POST or None, pledges=judging_queries.pledge_choices(promise))
    if request.method == "POST" and form.is_valid():
        return _add_lesson(request, promise, form)
    today = timezone.localdate()
    shown = {
        "goals": judging_queries.goal_rows(promise),
        "lessons": judging_queries.lessons(promise, request.viewer),
        "form": form,
        "left": judging.what_is_left(promise),
        "waiting": judging_queries.waiting_periods(promise, request.viewer),
        "may_publish": may(request.user, Permission.PUBLISH, promise),
        "may_begin": judging.may_begin_final(promise, today),
        "is_final": promise.state == PromiseState.FINAL_REPORT,
        "is_closed": promise.state == PromiseState.CLOSED,
    }
    return render(request, "followup/final.html", _page(request, promise) | shown, status=422 if form.is_bound else 200)


def _add_lesson(request: StaffRequest, promise: CitizenPromise, form: LessonForm) -> HttpResponse:
    given = form.cleaned_data
    pledge = judging_queries.pledge_of(promise, given["pledge"])
    try:
        judging.add_lesson(promise=promise, by=request.user, kind=given["kind"], text=given["text"], pledge=pledge)
    except IsClosed:
        messages.warning(request, _("Löftet är avslutat. Lärdomarna går inte att ändra."))
    else:
        messages.success(request, _("Lärdomen är sparad."))
    return redirect(f"{wording.of_promise(promise, 'followup:final')}#lardomar")


@staff_page
@require_POST
def remove_lesson(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    lesson = get_or_404(
        request, Permission.REVIEW, Lesson, "promise__municipality",
        promise__municipality__slug=kommun, promise__slug=slug, key=key,
    )  # fmt: skip
    try:
        judging.remove_lesson(lesson=lesson, by=request.user)
    except IsClosed:
        messages.warning(request, _("Lärdomen går inte att ta bort. Löftet är avslutat, eller så har den tagits upp."))
    return redirect(f"{wording.of_promise(lesson.promise, 'followup:final')}#lardomar")


@staff_page
def effect(request: StaffRequest, kommun: str, slug: str, goal: int) -> HttpResponse:
    promise, about = _goal(request, kommun, slug, goal)
    before = judging_queries.effect_of(promise, about)
    form = EffectForm(request.POST or None, goal=about, initial=_initial(before, EffectGiven))
    if request.method == "POST" and form.is_valid():
        return _judged(request, promise, lambda: judging.judge_effect(
            promise=promise, goal=about, given=form.given(), by=request.user, today=timezone.localdate()
        ))  # fmt: skip
    return _verdict_page(request, promise, about, form, "followup/effect.html")


@staff_page
def cause(request: StaffRequest, kommun: str, slug: str, goal: int) -> HttpResponse:
    promise, about = _goal(request, kommun, slug, goal)
    before = judging_queries.cause_of(promise, about)
    seen = judging_queries.effect_of(promise, about)
    form = CauseForm(
        request.POST or None, goal=about, effect=seen.value if seen else "", initial=_initial(before, CauseGiven)
    )
    if request.method == "POST" and form.is_valid():
        return _judged(request, promise, lambda: judging.judge_cause(
            promise=promise, goal=about, given=form.given(), by=request.user, today=timezone.localdate()
        ))  # fmt: skip
    return _verdict_page(request, promise, about, form, "followup/cause.html")


def _goal(request: StaffRequest, kommun: str, slug: str, goal: int) -> tuple[CitizenPromise, Goal | None]:
    promise = _promise(request, kommun, slug)
    if goal == WHOLE:
        return promise, None
    found = judging_queries.goal_of(promise, goal)
    if found is None:
        raise Http404
    return promise, found


def _initial(before: Any, given: type[EffectGiven | CauseGiven]) -> dict[str, Any]:
    return {field.name: getattr(before, field.name) for field in fields(given)} if before else {}


def _judged(request: StaffRequest, promise: CitizenPromise, judge: Any) -> HttpResponse:
    try:
        judge()
    except IsClosed:
        messages.warning(
            request, _("Slutredovisningen är publicerad. Bara ett svar som skulle komma senare kan fyllas i.")
        )
    else:
        messages.success(request, _("Sparat."))
    return redirect(wording.of_promise(promise, "followup:final"))


def _verdict_page(
    request: StaffRequest, promise: CitizenPromise, goal: Goal | None, form: forms.Form, template: str
) -> HttpResponse:
    way = Link(_("Slutredovisning"), wording.of_promise(promise, "followup:final"))
    shown = _page(request, promise, way) | {"goal": goal, "form": form}
    return render(request, template, shown, status=422 if form.is_bound else 200)


@staff_page
@require_POST
def begin(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    promise = _promise(request, kommun, slug, Permission.PUBLISH)
    try:
        judging.begin_final(promise=promise, by=request.user, today=timezone.localdate())
    except IsClosed:
        messages.warning(request, _("Löftet gäller fortfarande, eller så är det redan slutredovisat."))
    return redirect(wording.of_promise(promise, "followup:final"))


@staff_page
@require_POST
def close(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    promise = _promise(request, kommun, slug, Permission.PUBLISH)
    try:
        judging.close(promise=promise, by=request.user)
    except ValueError:
        messages.warning(request, _("Löftet går inte att avsluta än."))
    else:
        messages.success(request, _("Löftet är avslutat. Lärdomarna finns kvar till nästa års arbete."))
    return redirect(wording.of_promise(promise, "followup:final"))


@staff_page
@require_POST
def give_up(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    period = get_or_404(
        request, Permission.REVIEW, Period, "promise__municipality", "promise__cycle",
        promise__municipality__slug=kommun, promise__slug=slug, label=label,
    )  # fmt: skip
    try:
        judging.give_up_period(period=period, by=request.user)
    except IsClosed:
        messages.warning(request, _("Rapporten är redan lämnad."))
    return redirect(wording.of_promise(period.promise, "followup:final"))
