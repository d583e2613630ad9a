"""When new figures come, and from whom: what lets a plan, a form or an answer say "svaret kommer"."""

from __future__ import annotations

import datetime as dt

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from lofte.design.words import date_words, woven
from lofte.evidence.models import SourceDate
from lofte.evidence.stored import said
from lofte.places.models import Municipality

SHOWN = 4


def source_on(*, municipality: str, day: str) -> Subquery:
    """Who publishes on a row's day, as part of the row's own query; the names are fields of that row."""
    then = SourceDate.objects.filter(municipality=OuterRef(municipality), on=OuterRef(day)).order_by("pk")
    return Subquery(then.values("source")[:1])


def answer_words(day: dt.date, source: str | None = None) -> str:
    """The day, with its source when the calendar knows who publishes then."""
    if not source:
        return _("Svaret kommer {day}.").format(day=date_words(day))
    return woven(_("Svaret kommer {day}, från {source}."), day=date_words(day), source=said(source))


def coming_words(municipality: Municipality, today: dt.date) -> str:
    """The next days of the calendar, for the form where a day is chosen; empty when there are none."""
    coming = SourceDate.objects.filter(municipality=municipality, on__gte=today).order_by("on", "pk")[:SHOWN]
    if not coming:
        return ""
    days = "; ".join(f"{date_words(row.on)} ({row.source_words})" for row in coming)
    return _("I källkalendern: {days}.").format(days=days)
