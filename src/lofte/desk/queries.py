"""Reads of the desk: the kommuner, cycles and periods a person has. Every one starts from the viewer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from lofte.core.models import Event
from lofte.core.states import PUBLIC_PROMISE_STATES, PromiseState
from lofte.core.visibility import Viewer
from lofte.followup.models import Occasion, Period
from lofte.parties.access import StaffRequest, get_or_404
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission
from lofte.places.models import Municipality
from lofte.promises.models import Activity, CitizenPromise
from lofte.promises.states import WRITABLE

MOST_WAITING = 40
MOST_EVENTS = 8
QUIET_VERBS = (
    "promise.corrected", "promise.discarded", "promise.written", "wording.answered", "promise.signer_asked",
    "promise.signer_removed",
)  # fmt: skip


def kommuner(viewer: Viewer) -> list[Municipality]:
    return list(Municipality.objects.filter(pk__in=viewer.municipalities))


def cycles(viewer: Viewer) -> list[Cycle]:
    """Every cycle of the person's kommuner, the newest first."""
    rows = Cycle.objects.visible_to(viewer).select_related("municipality")
    return list(rows.order_by("municipality__name", "-starts", "slug"))


def cycle_or_404(request: StaffRequest, kommun: str, slug: str) -> Cycle:
    return get_or_404(request, Permission.READ_CYCLE, Cycle, "municipality", municipality__slug=kommun, slug=slug)


def promise_or_404(request: StaffRequest, permission: Permission, kommun: str, slug: str) -> CitizenPromise:
    return get_or_404(
        request, permission, CitizenPromise, "municipality", "cycle", municipality__slug=kommun, slug=slug
    )


def waiting_periods(viewer: Viewer, today: dt.date) -> list[Period]:
    """Periods of public promises that are over or being reviewed, and whose report is not out; the oldest first."""
    due = Q(stage=Period.Stage.IN_REVIEW) | Q(stage=Period.Stage.OPEN, ends__lt=today)
    rows = Period.objects.visible_to(viewer).filter(
        due, promise__municipality__in=viewer.municipalities, promise__state__in=PUBLIC_PROMISE_STATES
    )
    return list(
        rows.select_related("promise__municipality", "promise__cycle")
        .prefetch_related("reports")
        .order_by("due", "pk")[:MOST_WAITING]
    )


def activities_of(periods: Sequence[Period], viewer: Viewer) -> dict[int, list[Activity]]:
    """The activities of these periods' promises, by promise."""
    rows = Activity.objects.visible_to(viewer).filter(pledge__promise__in={period.promise_id for period in periods})
    found: dict[int, list[Activity]] = {period.promise_id: [] for period in periods}
    related = rows.select_related("cycle", "pledge__promise").prefetch_related(
        "party_links", "pledge__party_links", "pledge__promise__party_links"
    )
    for activity in related.order_by("pledge__order", "order", "pk"):
        assert activity.pledge is not None
        found[activity.pledge.promise_id].append(activity)
    return found


def drafts(viewer: Viewer) -> list[CitizenPromise]:
    """Drafts that were read from a file and are not out yet."""
    rows = CitizenPromise.objects.visible_to(viewer).filter(
        state=PromiseState.DRAFT, cycle__mode=Cycle.Mode.FOLLOW, municipality__in=viewer.municipalities
    )
    return list(rows.select_related("municipality", "cycle").order_by("-pk")[:MOST_WAITING])


def being_written(viewer: Viewer) -> list[CitizenPromise]:
    """Promises that are written or signed, and those that are out with a change open."""
    rows = CitizenPromise.objects.visible_to(viewer).filter(
        Q(state__in=WRITABLE, cycle__mode=Cycle.Mode.WHOLE) | Q(amendments__closed_at=None, amendments__isnull=False),
        municipality__in=viewer.municipalities,
    )
    return list(rows.select_related("municipality", "cycle").order_by("-pk").distinct()[:MOST_WAITING])


def with_waiting_occasions(viewer: Viewer) -> list[CitizenPromise]:
    """Promises with an occasion that somebody has written by a personal link and nobody has let out."""
    waiting = Occasion.objects.visible_to(viewer).filter(
        is_waiting=True,
        is_cancelled=False,
        on__gte=timezone.localdate(),
        promise__municipality__in=viewer.municipalities,
    )
    rows = CitizenPromise.objects.visible_to(viewer).filter(pk__in=waiting.values("promise"))
    return list(rows.select_related("municipality", "cycle").order_by("-pk")[:MOST_WAITING])


def events_since(viewer: Viewer, since: dt.datetime) -> list[Event]:
    """What others have done in the person's kommuner, the newest first."""
    here = Q()
    for municipality in kommuner(viewer):
        here |= Q(chain__startswith=f"{municipality.slug}/") | Q(chain=municipality.slug)
    if not here:
        return []
    rows = Event.objects.visible_to(viewer).filter(here, at__gte=since).exclude(verb__in=QUIET_VERBS)
    others = Q(actor=None) | ~Q(actor=viewer.key)
    return list(rows.filter(others).order_by("-at", "-pk")[:MOST_EVENTS])


def promises_named(names: set[str], viewer: Viewer) -> dict[str, CitizenPromise]:
    """Promises by the name they have in the event log: kommun/slug."""
    wanted: Q = Q(pk=None)
    for name in names:
        kommun, _slash, slug = name.partition("/")
        wanted |= Q(municipality__slug=kommun, slug=slug)
    rows = CitizenPromise.objects.visible_to(viewer).filter(wanted).select_related("municipality", "cycle")
    return {str(promise): promise for promise in rows}


def periods_of(promises: Sequence[CitizenPromise], viewer: Viewer) -> dict[tuple[int, str], Period]:
    """Periods by promise and label."""
    rows = Period.objects.visible_to(viewer).filter(promise__in=promises)
    return {(period.promise_id, period.label): period for period in rows}


def running_periods(viewer: Viewer, today: dt.date) -> list[Period]:
    """Periods that one may already write in, though their report is not due."""
    rows = Period.objects.visible_to(viewer).filter(
        promise__municipality__in=viewer.municipalities,
        promise__state__in=PUBLIC_PROMISE_STATES,
        stage=Period.Stage.OPEN,
        starts__lte=today,
        ends__gte=today,
    )
    return list(rows.select_related("promise__municipality").order_by("ends", "pk")[:MOST_WAITING])
