"""Reads of the statute room."""

from __future__ import annotations

from lofte.core.visibility import VISITOR
from lofte.parties.access import StaffRequest, get_or_404
from lofte.parties.rules import Permission
from lofte.picture.models import PictureVersion, SituationPicture
from lofte.places.models import Municipality
from lofte.promises.models import ActionPlan


def plan_or_404(request: StaffRequest, permission: Permission, kommun: str, cycle: str, key: str) -> ActionPlan:
    return get_or_404(
        request, permission, ActionPlan, "cycle__municipality",
        cycle__municipality__slug=kommun, cycle__slug=cycle, key=key,
    )  # fmt: skip


def latest_kept(municipality: Municipality) -> PictureVersion | None:
    """The picture in force, with its kept text."""
    rows = PictureVersion.objects.filter(picture__in=SituationPicture.objects.visible_to(VISITOR))
    rows = rows.filter(picture__cycle__municipality=municipality).select_related("picture__cycle__municipality")
    return rows.order_by("picture__adopted_on", "pk").last()


def latest_plan(municipality: Municipality) -> ActionPlan | None:
    """The plan in force."""
    rows = ActionPlan.objects.visible_to(VISITOR).filter(cycle__municipality=municipality)
    return rows.select_related("cycle__municipality").order_by("decided_on", "pk").last()
