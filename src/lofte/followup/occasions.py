"""Så kan du vara med: which occasions there are, and how they are told of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from lofte.core.visibility import Viewer
from lofte.design import pieces
from lofte.design.words import clock_words, quoted, weekday_words
from lofte.followup import giving_queries
from lofte.followup.models import Occasion, ReportLink
from lofte.followup.scope import About
from lofte.followup.wording import of_promise
from lofte.parties.access import may
from lofte.parties.models import User
from lofte.parties.rules import Permission
from lofte.places.models import Municipality
from lofte.promises.models import Activity, CitizenPromise
from lofte.voices import areas

SHOWN = 5


def coming(promise: CitizenPromise, viewer: Viewer, today: dt.date) -> list[Occasion]:
    """What is still to come, the next one first. Cancelled ones stand there until their day."""
    rows = Occasion.objects.visible_to(viewer).filter(promise=promise, on__gte=today)
    return list(rows.select_related("area").order_by("on", "starts", "pk"))


def coming_about(what: About, viewer: Viewer, today: dt.date) -> list[Occasion]:
    """The next ones of a kommun or a part of it, whichever promise they belong to."""
    rows = Occasion.objects.visible_to(viewer).filter(what.occasions(), on__gte=today)
    return list(rows.select_related("area", "promise__municipality").order_by("on", "starts", "pk")[:SHOWN])


def all_of(promise: CitizenPromise, viewer: Viewer, today: dt.date) -> list[Occasion]:
    """For those who look after them: what waits, what is to come with the next one first, and what has been."""
    rows = Occasion.objects.visible_to(viewer).filter(promise=promise).select_related("area", "activity")
    every = list(rows.order_by("on", "starts", "pk"))
    coming = [row for row in every if row.on >= today]
    return sorted(coming, key=lambda row: not row.is_waiting) + [row for row in reversed(every) if row.on < today]


def of_link(link: ReportLink, activities: Iterable[Activity], today: dt.date) -> list[Occasion]:
    """Those still to come of what the holder of a link answers for, also what still waits to be let out."""
    rows = Occasion.objects.filter(promise=link.promise_id, activity__in=list(activities), on__gte=today)
    return list(rows.select_related("area", "activity__pledge", "promise").order_by("on", "starts", "pk"))


def open_work(promise: CitizenPromise, user: User, viewer: Viewer) -> list[Activity]:
    """What this person may invite people to: nothing that is shown only when it is done."""
    rows = [each for each in giving_queries.activities_of(promise, viewer) if not each.shown_when_done]
    return [each for each in rows if may(user, Permission.REPORT_ACTIVITY, each)]


def area_choices(municipality: Municipality) -> list[tuple[str, str]]:
    return [("", _("Välj inte")), *((area.key, area.name) for area in areas.of_kommun(municipality))]


def told(rows: Iterable[Occasion], *, names_promise: bool = False) -> list[pieces.Occasion]:
    return [piece(row, names_promise=names_promise) for row in rows]


def piece(row: Occasion, *, names_promise: bool = False) -> pieces.Occasion:
    return pieces.Occasion(
        key=row.key,
        title=row.title,
        when=when_words(row),
        starts_at=row.starts_at,
        place=quoted(place_words(row)),
        how=row.how,
        is_cancelled=row.is_cancelled,
        because=row.cancelled_because,
        promise=pieces.Link(row.promise.title, url_of(row)) if names_promise else None,
    )


def url_of(row: Occasion) -> str:
    """Where everyone reads of it."""
    return f"{of_promise(row.promise, 'public:promise')}#vara-med"


def when_words(row: Occasion) -> str:
    """tisdag 5 maj 2026 klockan 18.00–19.30"""
    clock = clock_words(row.starts, row.ends)
    return _("{day} klockan {clock}").format(day=weekday_words(row.on), clock=clock)


def place_words(row: Occasion) -> str:
    """The place as it is written, and the part of the kommun when the place doesn't say it."""
    area = row.area.name if row.area and row.area.name.lower() not in row.place.lower() else ""
    return ", ".join(filter(None, (row.place, area)))


def news_words(row: Occasion) -> tuple[str, str]:
    """Heading and text of an occasion in feeds and letters."""
    title = _("Inställt: {what}") if row.is_cancelled else _("Så kan du vara med: {what}")
    because = row.cancelled_because if row.is_cancelled else row.how
    sentence = _("{when}, {place}.").format(when=when_words(row), place=place_words(row))
    return title.format(what=row.title), f"{sentence[:1].upper()}{sentence[1:]} {because}".strip()
