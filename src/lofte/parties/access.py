"""The way in to every page for those who work here: who asks, what they may see, and what they may do with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from lofte.core.visibility import Viewer
from lofte.design.pieces import Place
from lofte.parties.models import User
from lofte.parties.rules import Permission
from lofte.places.models import Municipality


class StaffRequest(HttpRequest):
    """A request to a staff page: `staff_page` has seen to it that somebody is signed in."""

    user: User
    viewer: Viewer
    place: Place


def staff_page[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Only for those who have signed in; others are sent to sign in and back. Never kept by a cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return login_required(never_cache(guarded))  # type: ignore[return-value]


def get_or_404[Row: models.Model](
    request: StaffRequest, permission: Permission, model: type[Row], *related: str, **lookup: Any
) -> Row:
    """Fetch a row and ask for the right to it in one step. What is not yours is not there."""
    rows: Any = model._default_manager.all()
    found: Row | None = rows.visible_to(request.viewer).select_related(*related).filter(**lookup).first()
    if found is None or not may(request.user, permission, found):
        raise Http404
    return found


def municipality_or_404(request: StaffRequest, permission: Permission, slug: str) -> Municipality:
    """A kommun where the person works and has the permission."""
    found = Municipality.objects.filter(pk__in=request.viewer.municipalities, slug=slug).first()
    if found is None or not may(request.user, permission, found):
        raise Http404
    return found


def may(user: User, permission: Permission, target: Any) -> bool:
    return bool(rules.has_perm(permission, user, target))


def frame(request: StaffRequest, municipality: Municipality) -> dict[str, Any]:
    """What the page's frame says of the kommun that the page is about."""
    request.place = Place(str(municipality), f"/{municipality.slug}/")
    return {"place": request.place, "is_constructed": municipality.is_constructed}
