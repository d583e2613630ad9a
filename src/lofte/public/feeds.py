"""Following without an account: Atom and iCalendar, per kommun, part of it and promise."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from lofte.core.feeds import AtomFeed, Entry, noon, tag
from lofte.core.models import Event
from lofte.core.visibility import VISITOR
from lofte.design.words import period_words
from lofte.followup import occasions
from lofte.followup.calendar import period_state
from lofte.followup.models import Occasion, Period, Update
from lofte.followup.renaming import lasting_name
from lofte.followup.scope import About
from lofte.places.queries import area_or_404, municipality_or_404
from lofte.public import queries
from lofte.public.addresses import address
from lofte.voices.answers import answer_entries

ENTRIES = 30


@dataclass(frozen=True)
class Followed:
    """What a feed or calendar is about, under its title and address."""

    title: str
    url: str
    what: About
    # The first name the kommun had in addresses: entries are known by it for ever.
    lasting: str

    @property
    def name(self) -> str:
        return self.what.municipality.slug

    def lasting_key(self, key: str) -> str:
        return key.replace(f":/{self.name}/", f":/{self.lasting}/", 1)


class News(AtomFeed):
    """Published reports, updates and answers to dialogues, newest first; entries keep their tag: id for ever."""

    def get_object(self, request: HttpRequest, kommun: str, slug: str = "", area: str = "") -> Followed:
        return followed(kommun, slug, area)

    def subtitle(self, about: Followed) -> str:
        return _("Rapporter och nytt om löftena.")

    def author_name(self, about: Followed) -> str:
        """Who speaks: a feed without an author is not a valid one (RFC 4287, 4.1.1)."""
        return str(about.what.municipality)

    def feed_guid(self, about: Followed) -> str:
        return about.lasting_key(tag(about.url))

    def items(self, about: Followed) -> list[Entry]:
        return entries(about)


def followed(kommun: str, slug: str = "", area: str = "") -> Followed:
    """What a visitor may follow: feeds are public, so they are always made as for a visitor."""
    if slug:
        status = queries.status_or_404(kommun, slug, viewer=VISITOR)
        promise = status.promise
        what = About(promise.municipality, promise)
        return Followed(status.text.title, address(promise), what, lasting_name(promise.municipality))
    municipality = municipality_or_404(kommun)
    lasting = lasting_name(municipality)
    if area:
        what = About(municipality, area=area_or_404(municipality, area))
        title = _("Medborgarlöften i {place}").format(place=what.title)
        return Followed(title, reverse("public:area", args=[kommun, area]), what, lasting)
    title = _("Medborgarlöften i {kommun}").format(kommun=municipality)
    return Followed(title, f"/{municipality.slug}/", About(municipality), lasting)


def entries(about: Followed) -> list[Entry]:
    what = about.what
    published = Period.objects.visible_to(VISITOR).filter(what.periods(), published_on__isnull=False)
    published = published.filter(stage=Period.Stage.PUBLISHED).select_related("promise__municipality")
    news = Update.objects.visible_to(VISITOR).filter(what.updates()).select_related("promise__municipality")
    found = [_report(period) for period in published.order_by("-published_on")[:ENTRIES]]
    found += [_update(update) for update in news.order_by("-on", "-pk")[:ENTRIES]]
    found += [_occasion(row) for row in _occasions(about).order_by("-told_at", "-pk")[:ENTRIES]]
    if what.promise is None and what.area is None:
        found += answer_entries(ENTRIES, cycle__municipality=what.municipality)
    found = [replace(entry, key=about.lasting_key(entry.key)) for entry in found]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[:ENTRIES]


def _report(period: Period) -> Entry:
    url = address(period.promise, "report", label=period.label)
    title = _("Rapport för {period}").format(period=period_words(period.starts, period.ends))
    text = period.summary or _("Rapporten om löftet är publicerad.")
    return Entry(tag(url), title, text, url, noon(period.published_on or period.ends), "report")


def _update(update: Update) -> Entry:
    # The name was given before an update had a page of its own, and stays.
    name = f"{address(update.promise)}#nytt"
    url = address(update.promise, "update", key=update.key)
    return Entry(tag(f"{name}-{update.key}"), _("Nytt sedan sist"), update.text, url, noon(update.on), "update")


def _occasion(row: Occasion) -> Entry:
    title, text = occasions.news_words(row)
    key = tag(f"{address(row.promise)}#tillfalle-{row.key}")
    return Entry(key, title, text, occasions.url_of(row), row.told_at, "occasion")


def json_feed(request: HttpRequest, kommun: str, slug: str = "", area: str = "") -> HttpResponse:
    """The same entries as JSON Feed 1.1, for those who build pages."""
    about = followed(kommun, slug, area)
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.title,
        "home_page_url": settings.BASE_URL + about.url,
        "feed_url": settings.BASE_URL + request.path,
        "language": get_language(),
        "items": [_json_item(entry) for entry in entries(about)],
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False, indent=1), content_type="application/feed+json; charset=utf-8"
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _json_item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.key,
        "url": settings.BASE_URL + entry.url,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": entry.at.isoformat(),
        "tags": [entry.category],
    }


def calendar(request: HttpRequest, kommun: str, slug: str = "", area: str = "") -> HttpResponse:
    """The days when reports are to come and when they came, and when anyone may come along."""
    about = followed(kommun, slug, area)
    periods = Period.objects.visible_to(VISITOR).filter(about.what.periods(), due__isnull=False)
    body = _calendar(about, list(periods.select_related("promise__municipality").order_by("due", "pk")))
    for row in _occasions(about):
        body.add_component(_occasion_event(row, about))
    return HttpResponse(body.to_ical(), content_type="text/calendar; charset=utf-8")


def _calendar(about: Followed, periods: list[Period]) -> Calendar:
    today = queries.today()
    made = Calendar()
    made.add("prodid", "-//lofte//medborgarlofte//SV")
    made.add("version", "2.0")
    made.add("x-wr-calname", about.title)
    moved = _times_moved(periods)
    for period in periods:
        event = _event(period, today)
        event.add("uid", f"{about.lasting}-{period.promise.slug}-{period.label}@lofte")
        event.add("sequence", max(moved[str(period)], 1 if period.late_until else 0))
        made.add_component(event)
    return made


def _occasions(about: Followed) -> QuerySet[Occasion]:
    rows = Occasion.objects.visible_to(VISITOR).filter(about.what.occasions())
    return rows.select_related("promise__municipality", "area")


def _occasion_event(row: Occasion, about: Followed) -> Any:
    """In UTC, so that no program has to know when Sweden puts its clocks forward."""
    event = CalendarEvent()
    event.add("uid", f"{about.lasting}-{row.promise.slug}-tillfalle-{row.key}@lofte")
    event.add("sequence", row.sequence)
    event.add("status", "CANCELLED" if row.is_cancelled else "CONFIRMED")
    event.add("dtstamp", row.told_at.astimezone(dt.UTC))
    event.add("dtstart", row.starts_at.astimezone(dt.UTC))
    if row.ends_at is not None:
        event.add("dtend", row.ends_at.astimezone(dt.UTC))
    event.add("summary", _("Inställt: {what}").format(what=row.title) if row.is_cancelled else row.title)
    event.add("location", occasions.place_words(row))
    event.add("description", row.cancelled_because if row.is_cancelled else row.how)
    event.add("url", settings.BASE_URL + occasions.url_of(row))
    return event


def _times_moved(periods: list[Period]) -> Counter[str]:
    """How often each report has got a new day: a calendar program takes up a change only when this has grown."""
    rows = Event.objects.filter(verb="period.delayed", target_type=Period._meta.label_lower)
    return Counter(rows.filter(target_id__in=[str(each) for each in periods]).values_list("target_id", flat=True))


def _event(period: Period, today: dt.date) -> Any:
    event = CalendarEvent()
    url = address(period.promise, "report", label=period.label)
    day = period.late_until or period.due
    event.add("dtstamp", noon(period.published_on or day or period.ends).astimezone(dt.UTC))
    event.add("dtstart", day)
    event.add("dtend", (day or period.ends) + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    words = period_words(period.starts, period.ends)
    event.add("summary", _("{promise}: rapport för {period}").format(promise=period.promise.title, period=words))
    event.add("description", _("Läge: {state}.").format(state=period_state(period, today).label))
    event.add("url", settings.BASE_URL + url)
    return event
