"""Sedan du var här: what others have done since last time, read from the event log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lofte.core.models import Event
from lofte.core.visibility import Viewer
from lofte.design.words import period_words, quoted, woven
from lofte.desk import queries
from lofte.followup.models import Period
from lofte.followup.wording import of_promise
from lofte.parties.models import Cycle
from lofte.promises.models import CitizenPromise

# A session ends when one signs out; then the last two weeks are told.
FIRST_LOOK = dt.timedelta(days=14)
SAME_VISIT = dt.timedelta(minutes=30)
SEEN, SINCE = "desk-seen", "desk-since"

OF_PERIOD = {
    "report.saved": gettext_lazy("En rapport är skriven för {period}: {promise}"),
    "period.in_review": gettext_lazy("Rapporten för {period} väntar på granskning: {promise}"),
    "period.sent_back": gettext_lazy("Rapporten för {period} är skickad tillbaka: {promise}"),
    "period.published": gettext_lazy("Rapporten för {period} är publicerad: {promise}"),
    "period.delayed": gettext_lazy("Rapporten för {period} dröjer, och skälet är berättat: {promise}"),
    "period.found": gettext_lazy("Rapporten för {period} är hittad och förs in: {promise}"),
}
OF_PROMISE = {
    "promise.read": gettext_lazy("Ett löfte är inläst: {promise}"),
    "promise.begun": gettext_lazy("Ett nytt löfte har börjat skrivas: {promise}"),
    "promise.joint_review": gettext_lazy("Ett löfte är öppet för gemensam granskning: {promise}"),
    "promise.ready": gettext_lazy("Ett löfte väntar på underskrift: {promise}"),
    "promise.signed": gettext_lazy("Alla har skrivit under: {promise}"),
    "promise.declined": gettext_lazy("Någon har avstått från att skriva under: {promise}"),
    "promise.signatures_voided": gettext_lazy("Texten ändrades och underskrifterna föll: {promise}"),
    "promise.revised": gettext_lazy("Ett löfte är ändrat: {promise}"),
    "promise.extended": gettext_lazy("Ett löfte är förlängt: {promise}"),
    "promise.masked": gettext_lazy("Ord är maskerade efter beslut: {promise}"),
    "promise.published": gettext_lazy("Ett löfte är publicerat: {promise}"),
    "promise.active": gettext_lazy("Ett löfte gäller nu: {promise}"),
    "promise.final_report": gettext_lazy("Ett löfte är slutredovisat: {promise}"),
    "promise.closed": gettext_lazy("Ett löfte är avslutat: {promise}"),
    "promise.stopped": gettext_lazy("Ett löfte är avbrutet: {promise}"),
    "occasion.added": gettext_lazy("Ett tillfälle att vara med är inskrivet: {promise}"),
    "occasion.cancelled": gettext_lazy("Ett tillfälle att vara med är inställt: {promise}"),
    "update.added": gettext_lazy("Något nytt är berättat: {promise}"),
}


@dataclass(frozen=True)
class News:
    text: str
    url: str
    on: dt.datetime


def last_visit(session: SessionBase, now: dt.datetime) -> dt.datetime:
    """When the person was here last; looking twice within half an hour is one visit."""
    seen = _moment(session.get(SEEN))
    if seen is None or now - seen > SAME_VISIT:
        session[SINCE] = (seen or now - FIRST_LOOK).isoformat()
    session[SEEN] = now.isoformat()
    return _moment(session.get(SINCE)) or now - FIRST_LOOK


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def news(viewer: Viewer, since: dt.datetime) -> list[News]:
    events = queries.events_since(viewer, since)
    promises = queries.promises_named({event.target_id.partition(" ")[0] for event in events}, viewer)
    periods = queries.periods_of(list(promises.values()), viewer)
    return _told_once([item for event in events if (item := _told(event, promises, periods))])


def _told(event: Event, promises: dict[str, CitizenPromise], periods: dict[tuple[int, str], Period]) -> News | None:
    name, _space, label = event.target_id.partition(" ")
    promise = promises.get(name)
    sentence = OF_PERIOD.get(event.verb) if label else OF_PROMISE.get(event.verb)
    if promise is None or sentence is None:
        return None
    period = periods.get((promise.pk, label))
    when = period_words(period.starts, period.ends) if period else label
    text = woven(str(sentence), period=when, promise=quoted(promise.title))
    return News(text, _where(event, promise, label), timezone.localtime(event.at))


def _where(event: Event, promise: CitizenPromise, label: str) -> str:
    if event.verb == "period.published":
        return of_promise(promise, "public:report", label=label)
    if label:
        return of_promise(promise, "followup:period", label=label)
    if promise.is_public:
        return of_promise(promise, "public:promise")
    return of_promise(promise, "desk:preview" if promise.cycle.mode == Cycle.Mode.FOLLOW else "promises:sign")


def _told_once(items: Sequence[News]) -> list[News]:
    """Three saved reports of one period are one piece of news."""
    return list({item.text: item for item in reversed(items)}.values())[::-1]
