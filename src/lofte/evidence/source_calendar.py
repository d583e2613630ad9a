"""When new figures come, and from whom: what lets a plan, a form or an answer say "svaret kommer"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from lofte.design.words import date_words
from lofte.evidence.models import SourceDate
from lofte.places.models import Municipality

SHOWN = 4


def sources_on(municipality: Municipality) -> dict[dt.date, str]:
    """Which source publishes on which day, in the kommun's calendar."""
    rows = SourceDate.objects.filter(municipality=municipality).order_by("on", "pk")
    found: dict[dt.date, list[str]] = {}
    for row in rows:
        found.setdefault(row.on, []).append(row.source)
    return {day: ", ".join(sources) for day, sources in found.items()}


def answer_words(day: dt.date, sources: Mapping[dt.date, str]) -> str:
    """The day, with its source when the calendar knows who publishes then."""
    source = sources.get(day)
    if not source:
        return _("Svaret kommer {day}.").format(day=date_words(day))
    return _("Svaret kommer {day}, från {source}.").format(day=date_words(day), source=source)


def coming_words(municipality: Municipality, today: dt.date) -> str:
    """The next days of the calendar, for the form where a day is chosen; empty when there are none."""
    coming = [(day, source) for day, source in sources_on(municipality).items() if day >= today][:SHOWN]
    if not coming:
        return ""
    days = "; ".join(f"{date_words(day)} ({source})" for day, source in coming)
    return _("I källkalendern: {days}.").format(days=days)
