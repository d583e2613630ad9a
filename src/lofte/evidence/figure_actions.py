"""Writes about figures: one becomes evidence, a release goes out, and a day is put in the source calendar."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.core.events import record
from lofte.core.states import Visibility
from lofte.evidence.actions import free_key
from lofte.evidence.data_forms import SourceDateForm
from lofte.evidence.models import AreaFigure, DataSet, EvidenceItem, FigureRelease, SourceDate
from lofte.evidence.points import of_figure
from lofte.evidence.source_rules import coming_days
from lofte.evidence.wording import interval_words, method_words, sentences, span_words, what_words
from lofte.parties.models import Cycle, User
from lofte.parties.rules import Permission, require
from lofte.places.models import Municipality
from lofte.voices.queries import chain_of_kommun

KINDS = {
    "incidents": EvidenceItem.Kind.INCIDENTS,
    "survey_answers": EvidenceItem.Kind.SURVEY,
    "counts": EvidenceItem.Kind.CRIME_STATISTICS,
}


class Outdone(ValueError):
    """Something else of the same table went out since this release was made; it has to be made again."""


@transaction.atomic
def evidence_from_figure(*, figure: AreaFigure, cycle: Cycle, by: User) -> EvidenceItem:
    """An item that repeats a figure with its interval and definition, and points to it. One a figure and cycle.

    A figure that disclosure control has not let out says its sentence to members only.
    """
    require(by, Permission.EDIT_CYCLE, cycle)
    known = cycle.evidence.filter(figure=figure).first()
    if known is not None:
        return known
    may_show = is_shown(figure)
    with override("sv"):
        point = of_figure(figure)
        title = f"{what_words(point)}, {point.place}, {span_words(point.span)}"[:200]
        said = " ".join([*sentences(point), *_uncertainty(figure)])
        limits = " ".join(
            (_("Så räknas det: {text}").format(text=figure.data_set.definition), method_words(figure.method))
        )
        period = span_words(point.span)
    item = EvidenceItem.objects.create(
        cycle=cycle,
        key=free_key(cycle, f"siffra-{slugify(title)}"),
        kind=_kind(figure.data_set),
        title=title,
        sentence=said if may_show else "",
        internal_sentence="" if may_show else said,
        on=figure.data_set.known_from or timezone.localdate(),
        period=period,
        n=figure.n if may_show else None,
        limits=limits.strip(),
        data_set=figure.data_set,
        figure=figure,
        visibility=Visibility.INTERNAL,
    )
    if figure.area is not None:
        item.areas.add(figure.area)
    record(
        "evidence.from_figure", chain=chain_of_kommun(cycle.municipality), target=cycle, actor=by.key, content=item.key
    )
    return item


def _uncertainty(figure: AreaFigure) -> list[str]:
    """Of a count without a rate, whose sentence says no interval."""
    point = of_figure(figure)
    if point.rate is not None or figure.kind != AreaFigure.Kind.COUNT or not interval_words(point):
        return []
    return [_("Osäkerhet: {between}.").format(between=interval_words(point))]


def _kind(data_set: DataSet) -> EvidenceItem.Kind:
    if data_set.source in ("bra_indicators", "bra_sol") and data_set.contract == "indicators":
        return EvidenceItem.Kind.SURVEY
    return KINDS.get(data_set.contract, EvidenceItem.Kind.OFFICIAL_STATISTICS)


def is_shown(figure: AreaFigure) -> bool:
    """Whether everyone may read the figure: official ones, and those that a release shows."""
    data_set = figure.data_set
    if not data_set.is_protected:
        return figure.value is not None
    out = data_set.releases.filter(published_at__isnull=False).order_by("-published_at", "-pk").first()
    area = figure.area.key if figure.area else ""
    wanted = (figure.scope, area, figure.category, figure.group, figure.starts.isoformat(), figure.ends.isoformat())
    names = ("scope", "area", "category", "group", "starts", "ends")
    rows = out.content["figures"] if out is not None else []
    return any(not row["hidden"] and tuple(row[name] for name in names) == wanted for row in rows)


@transaction.atomic
def publish_release(*, release: FigureRelease, by: User) -> FigureRelease:
    """Let a release out, once. Refused when another of the same series went out after it was made."""
    data_set = release.data_set
    require(by, Permission.PUBLISH, data_set.cycle)
    # One at a time in a kommun: the register must hold all that is out.
    Municipality.objects.select_for_update().get(pk=data_set.cycle.municipality_id)
    locked = FigureRelease.objects.select_for_update().get(pk=release.pk)
    if locked.published_at:
        return locked
    out = FigureRelease.objects.filter(
        data_set__cycle__municipality=data_set.cycle.municipality, data_set__series=data_set.series,
        published_at__isnull=False,
    )  # fmt: skip
    if out.count() != locked.after:
        raise Outdone
    locked.published_at = timezone.now()
    locked.save(update_fields=["published_at"])
    record(
        "figures.published", chain=chain_of_kommun(data_set.cycle.municipality), target=data_set.cycle, actor=by.key,
        is_public=True, content=locked.sha256,
    )  # fmt: skip
    return locked


@transaction.atomic
def save_source_date(*, municipality: Municipality, form: SourceDateForm, by: User) -> SourceDate:
    require(by, Permission.EDIT_CYCLE, municipality)
    form.instance.municipality = municipality
    row = form.save()
    record("source_date.saved", chain=chain_of_kommun(municipality), target=row, actor=by.key, content=str(row))
    return row


@transaction.atomic
def fill_calendar(*, municipality: Municipality, by: User, today: dt.date) -> int:
    """Put in the days that the sources' rules give; how many were new. What a person has changed stays as it is."""
    require(by, Permission.EDIT_CYCLE, municipality)
    new = keep_by_rule(municipality, today)
    if new:
        record(
            "source_date.by_rule", chain=chain_of_kommun(municipality), target=municipality, actor=by.key,
            content=str(new),
        )  # fmt: skip
    return new


def keep_by_rule(municipality: Municipality, today: dt.date) -> int:
    """A day by rule is put in once: changed by hand, or also put in by hand, it is not put in again."""
    there = SourceDate.objects.filter(municipality=municipality)
    known = set(there.exclude(rule="").values_list("rule", "ends"))
    by_hand = set(there.values_list("source", "starts", "ends", "is_preliminary"))
    rows = [
        SourceDate(
            municipality=municipality, source=rule.source, starts=starts, ends=ends, on=on, rule=rule.key,
            is_preliminary=rule.is_preliminary, series=rule.series,
        )
        for rule, starts, ends, on in coming_days(today)
        if (rule.key, ends) not in known and (rule.source, starts, ends, rule.is_preliminary) not in by_hand
    ]  # fmt: skip
    return len(SourceDate.objects.bulk_create(rows))
