"""Reads of the register: the items of a cycle with their age, and where each is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.core.visibility import Viewer
from lofte.evidence.models import EvidenceItem
from lofte.parties.access import StaffRequest, get_or_404
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission

OLD_MONTHS = 24


@dataclass(frozen=True)
class Age:
    """How old an item is, in words; `is_old` when it is past what the act takes for a fresh picture (two years)."""

    text: str
    is_old: bool = False


@dataclass(frozen=True)
class Row:
    item: EvidenceItem
    age: Age
    areas: Sequence[str]
    uses: int


def cycle_or_404(request: StaffRequest, permission: Permission, kommun: str, slug: str) -> Cycle:
    return get_or_404(request, permission, Cycle, "municipality", municipality__slug=kommun, slug=slug)


def item_or_404(request: StaffRequest, permission: Permission, kommun: str, cycle: str, key: str) -> EvidenceItem:
    return get_or_404(
        request, permission, EvidenceItem, "cycle__municipality", "owner",
        cycle__municipality__slug=kommun, cycle__slug=cycle, key=key,
    )  # fmt: skip


def register(cycle: Cycle, viewer: Viewer, today: dt.date) -> list[Row]:
    items = (
        EvidenceItem.objects.visible_to(viewer)
        .filter(cycle=cycle)
        .select_related("owner")
        .prefetch_related("areas")
        .annotate(
            uses=Count("problem_links", distinct=True)
            + Count("cause_links", distinct=True)
            + Count("statement_links", distinct=True)
        )
    )
    return [Row(item, age_of(item, today), [area.name for area in item.areas.all()], item.uses) for item in items]


def age_of(item: EvidenceItem, today: dt.date) -> Age:
    if item.on is None:
        return Age(_("ingen dag angiven"))
    months = whole_months(item.on, today)
    if months < 1:
        return Age(_("mindre än en månad gammalt"))
    if months < OLD_MONTHS:
        return Age(ngettext("{n} månad gammalt", "{n} månader gammalt", months).format(n=months))
    years = months // 12
    return Age(ngettext("{n} år gammalt", "{n} år gammalt", years).format(n=years), is_old=True)


def whole_months(earlier: dt.date, later: dt.date) -> int:
    """Months that have passed in full: from 31 January to 28 February is none, to 1 March one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
