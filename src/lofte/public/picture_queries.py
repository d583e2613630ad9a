"""Reads behind the open pages of picture and plan: only what is adopted or decided, and what is done in a place."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404

from lofte.core.visibility import VISITOR
from lofte.picture.models import PictureVersion, SituationPicture
from lofte.places.models import Area, Municipality
from lofte.promises.models import ActionPlan, Activity


def kept_or_404(kommun: str, cycle: str, key: str) -> PictureVersion:
    """An adopted picture with its kept text. One that is only retold from elsewhere has no text of its own."""
    found = (
        PictureVersion.objects.select_related("picture__cycle__municipality")
        .filter(picture__in=SituationPicture.objects.visible_to(VISITOR))
        .filter(picture__cycle__municipality__slug=kommun, picture__cycle__slug=cycle, picture__key=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def kept_of(municipality: Municipality) -> list[PictureVersion]:
    rows = PictureVersion.objects.filter(picture__cycle__municipality=municipality)
    rows = rows.filter(picture__in=SituationPicture.objects.visible_to(VISITOR))
    return list(rows.select_related("picture__cycle__municipality").order_by("-picture__adopted_on", "-pk"))


def plan_or_404(kommun: str, cycle: str, key: str) -> ActionPlan:
    rows = ActionPlan.objects.visible_to(VISITOR).select_related("cycle__municipality", "picture__cycle__municipality")
    found = rows.filter(cycle__municipality__slug=kommun, cycle__slug=cycle, key=key).first()
    if found is None:
        raise Http404
    return found


def plans_of(municipality: Municipality) -> list[ActionPlan]:
    rows = ActionPlan.objects.visible_to(VISITOR).filter(cycle__municipality=municipality)
    return list(rows.select_related("cycle__municipality").order_by("-decided_on", "-pk"))


def done_in(municipality: Municipality, area: str) -> list[Activity]:
    """Promised work that names the place or one in it, of promises that are out; the latest promise first."""
    here = Q(targets__places__area__key=area) | Q(targets__places__area__parent__key=area)
    rows = Activity.objects.visible_to(VISITOR).filter(here, pledge__promise__municipality=municipality)
    return list(
        rows.select_related("pledge__promise__municipality").order_by("-pledge__promise__starts", "pk").distinct()
    )


def shapes_of(municipality: Municipality) -> list[Area]:
    """Kommundelar with a boundary."""
    rows = municipality.areas.filter(geometry__isnull=False, kind=Area.Kind.DISTRICT)
    return list(rows.order_by("name"))
