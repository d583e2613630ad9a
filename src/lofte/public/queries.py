"""Reads of the open pages. Every one starts from what the viewer may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, StringAgg, Subquery, Value
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from lofte.core.visibility import VISITOR, Viewer
from lofte.followup.models import FrozenReport, Period
from lofte.followup.queries import Status, latest_versions, statuses
from lofte.places.models import Municipality
from lofte.promises.models import CitizenPromise, PlainTwin, PromiseVersion


def today() -> dt.date:
    return timezone.localdate()


def status_or_404(kommun: str, slug: str, *, viewer: Viewer) -> Status:
    """How a promise stands; what the viewer may not see is not there."""
    promises = CitizenPromise.objects.visible_to(viewer).filter(municipality__slug=kommun, slug=slug)
    # Which twins there are is asked with the text, so that they cost no query. So is whether there are others.
    twins = PlainTwin.objects.filter(promise=OuterRef("promise")).order_by().values("promise")
    languages = StringAgg("language", delimiter=Value(" "))
    twin_languages = Subquery(twins.annotate(languages=languages).values("languages"))
    rows = CitizenPromise.objects.visible_to(viewer).filter(municipality__slug=kommun, versions__isnull=False)
    has_others = Exists(rows.exclude(pk=OuterRef("promise")))
    asked = latest_versions(promises).annotate(twin_languages=twin_languages, has_others=has_others)
    found = statuses(list(asked), viewer=viewer, today=today())
    if not found:
        raise Http404
    return found[0]


def period_or_404(status: Status, label: str) -> Period:
    for period in status.periods:
        if period.label == label:
            return period
    raise Http404


def twins(status: Status) -> list[PlainTwin]:
    """The twins there are, by their languages only: the promise's own page leads to them, and says none of them."""
    languages = getattr(status.version, "twin_languages", None) or ""
    known = PlainTwin.Language.values
    return [PlainTwin(language=language) for language in sorted(languages.split(), key=known.index)]


def twin_or_404(status: Status, language: str) -> PlainTwin:
    twin: PlainTwin | None = status.promise.twins.filter(language=language).first()
    if twin is None:
        raise Http404
    return twin


def version_or_404(status: Status, number: int) -> PromiseVersion:
    for version in status.promise.versions.all():
        if version.number == number:
            return version
    raise Http404


@dataclass(frozen=True)
class Stored:
    """A report's stored bytes with what the frame around them says."""

    content: bytes
    sha256: str
    starts: dt.date
    ends: dt.date
    is_final: bool
    municipality: str
    is_constructed: bool


STORED = (
    "content", "sha256", "period__starts", "period__ends", "period__is_final",
    "period__promise__municipality__name", "period__promise__municipality__is_constructed",
)  # fmt: skip
NAMED = ("kommun", "slug", "label", "format", "language")


def stored_parts(**named: str) -> list[Stored]:
    """The stored bytes of a published report and of what came after it, in one query.

    The busiest read of the site: its SQL is put together once, by the same rule of visibility as everywhere else.
    """
    sql, given = _stored_sql(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [named.get(each[1:-1], each) if isinstance(each, str) else each for each in given])
        return [_stored(row) for row in cursor.fetchall()]


@cache
def _stored_sql(vendor: str) -> tuple[str, tuple[Any, ...]]:
    kommun, slug, label, format, language = (f"<{name}>" for name in NAMED)
    rows = FrozenReport.objects.visible_to(VISITOR).filter(
        period__promise__municipality__slug=kommun, period__promise__slug=slug, period__label=label,
        format=format, language=language,
    )  # fmt: skip
    sql, given = rows.order_by("number").values_list(*STORED).query.sql_with_params()
    return sql, tuple(given)


def _stored(row: tuple[Any, ...]) -> Stored:
    content, sha256, starts, ends, is_final, name, is_constructed = row
    kommun = _called(name, get_language() or "")
    return Stored(bytes(content), sha256, _day(starts), _day(ends), bool(is_final), kommun, bool(is_constructed))


@lru_cache(maxsize=600)
def _called(name: str, _language: str) -> str:
    """What a kommun is called in the language of the page."""
    return str(Municipality(name=name))


def _day(value: dt.date | str) -> dt.date:
    """SQLite keeps days as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
