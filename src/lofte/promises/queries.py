"""Reads of the editor and the signing page. Every one starts from the viewer."""

from __future__ import annotations

from django.http import Http404

from lofte.parties.access import StaffRequest, get_or_404
from lofte.parties.rules import Permission
from lofte.promises.models import (
    Activity,
    CitizenPromise,
    Goal,
    Pledge,
    PromiseVersion,
    SignatureRequest,
    SignOff,
    Target,
)


def promise_or_404(request: StaffRequest, permission: Permission, kommun: str, slug: str) -> CitizenPromise:
    return get_or_404(
        request, permission, CitizenPromise, "municipality", "cycle", municipality__slug=kommun, slug=slug
    )


def pledge_or_404(promise: CitizenPromise, key: str) -> Pledge:
    return _found(promise.pledges.filter(key=key).first())


def goal_or_404(promise: CitizenPromise, key: str) -> Goal:
    return _found(promise.goals.filter(key=key).first())


def activity_or_404(promise: CitizenPromise, key: str) -> Activity:
    rows = Activity.objects.filter(pledge__promise=promise, key=key).select_related("pledge")
    return _found(rows.first())


def target_or_404(activity: Activity, key: str) -> Target:
    return _found(activity.targets.filter(key=key).first())


def request_or_404(promise: CitizenPromise, pk: int) -> SignatureRequest:
    return _found(promise.signature_requests.filter(pk=pk).select_related("organisation", "promise").first())


def sign_off_or_404(promise: CitizenPromise, pk: int) -> SignOff:
    rows = SignOff.everything.filter(promise=promise, pk=pk)
    found: SignOff | None = rows.select_related("organisation", "promise").first()
    return _found(found)


def version_or_404(promise: CitizenPromise, number: int) -> PromiseVersion:
    return _found(PromiseVersion.everything.filter(promise=promise, number=number).first())


def _found[Row](row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
