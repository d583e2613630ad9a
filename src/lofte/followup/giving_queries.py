"""Reads around a report: links, late parts, errata and where things were put out."""

from __future__ import annotations

import datetime as dt

from lofte.core.visibility import Viewer
from lofte.followup.in_force import as_in_force
from lofte.followup.links import LIVES_AFTER
from lofte.followup.models import Erratum, LatePart, Period, Publication, ReportLink, Update
from lofte.followup.reporting import Line
from lofte.parties.models import Organisation
from lofte.promises.models import Activity, CitizenPromise


def links_of(promise: CitizenPromise, viewer: Viewer) -> list[ReportLink]:
    """Each holder's first link; those that reminders carried are the same link."""
    rows = ReportLink.objects.visible_to(viewer).filter(promise=promise, renews=None)
    return list(rows.select_related("organisation", "activity").order_by("revoked_at", "-pk"))


def activities_of(promise: CitizenPromise, viewer: Viewer) -> list[Activity]:
    rows = Activity.objects.visible_to(viewer).filter(pledge__promise=promise).select_related("pledge__promise")
    found = rows.prefetch_related(
        "party_links__organisation",
        "pledge__party_links__organisation",
        "pledge__promise__party_links__organisation",
    )
    return as_in_force(promise, found.order_by("pledge__order", "order", "pk"))


def organisations_of(activities: list[Activity]) -> list[Organisation]:
    """Those that answer for something in the promise."""
    return list({party.pk: party for each in activities for party in parties_of(each)}.values())


def parties_of(activity: Activity) -> list[Organisation]:
    """Who answers for an activity, in the order of the document (`rules.answering_for` says the same in a set)."""
    links = list(activity.party_links.all())
    if not links and activity.pledge is not None:
        links = list(activity.pledge.party_links.all()) or list(activity.pledge.promise.party_links.all())  # type: ignore[arg-type]
    return [link.organisation for link in links]


def last_useful_day(promise: CitizenPromise, today: dt.date) -> dt.date:
    """Until when a new link may be of use: some weeks after the last report."""
    due = [period.due for period in promise.periods.all() if period.due]
    return max([promise.ends, today, *due]) + LIVES_AFTER


def missing_parties(lines: list[Line]) -> list[Organisation]:
    """Whose part has not come. Work that nobody sees until it is done is never asked for in public."""
    missing = [line for line in lines if line.report is None and not line.activity.shown_when_done]
    first = [parties[0] for line in missing if (parties := parties_of(line.activity))]
    return list({party.pk: party for party in first}.values())


def late_parts(period: Period, viewer: Viewer) -> list[LatePart]:
    rows = LatePart.objects.visible_to(viewer).filter(period=period)
    return list(rows.select_related("organisation", "period__promise__municipality"))


def errata(period: Period, viewer: Viewer) -> list[Erratum]:
    return list(Erratum.objects.visible_to(viewer).filter(period=period))


def publications(about: Update | Period, viewer: Viewer) -> list[Publication]:
    """Where one update or report was told of, the latest first."""
    end = {"update": about} if isinstance(about, Update) else {"period": about}
    return list(Publication.objects.visible_to(viewer).filter(**end))


def update_of(promise: CitizenPromise, key: str, viewer: Viewer) -> Update | None:
    return Update.objects.visible_to(viewer).filter(promise=promise, key=key).select_related("pledge").first()
