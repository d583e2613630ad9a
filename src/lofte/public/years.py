"""Year by year: what a promise said and what was done, beside the same thing in the kommun's other promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lofte.core.states import Delivery
from lofte.core.visibility import Viewer
from lofte.design.pieces import Link, Place, Verdict
from lofte.design.words import number_words, period_words, quoted, strung, woven
from lofte.followup.presenters import rounded
from lofte.followup.queries import Status, latest_versions, statuses
from lofte.followup.verdicts import DAYS_PER, Total
from lofte.followup.years import Apart, Line, ProblemId, Series, Year, whole_days, year_by_year
from lofte.picture.models import ProblemCarried
from lofte.promises.models import CitizenPromise
from lofte.promises.wording import listed, per_words, promised_words, unit_words
from lofte.public import queries
from lofte.public.addresses import address

# A page that read every promise that a kommun ever gave would grow for ever.
MOST_PROMISES = 8


@dataclass(frozen=True)
class Row:
    """A row of the table: a promise, what it said and what was done, or why that can't be compared."""

    promise: Link
    pledge: str
    promised: str
    done: str
    rate: str
    verdict: Verdict | None
    reason: str
    is_here: bool


@dataclass(frozen=True)
class Table:
    """An amount year by year. `per` heads the column of rates; empty when the numbers need none."""

    key: str
    text: str
    per: str
    rows: Sequence[Row]
    without: str


def years(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    here, others = statuses_around(kommun, slug, viewer=viewer)
    municipality = here.promise.municipality
    home = address(here.promise).removesuffix(f"{slug}/")
    request.place = Place(str(municipality), home, home)  # type: ignore[attr-defined]
    known = [status for status in others if status.pledges]
    found = year_by_year(here, known, carried_problems([here, *known]))
    context = {
        "status": here,
        "text": here.text,
        "municipality": municipality,
        "is_constructed": municipality.is_constructed,
        "url": address(here.promise),
        "others": listed([_name(each) for each in known]),
        "unknown": listed([_name(each) for each in others if not each.pledges]),
        "tables": [_table(series, place) for place, series in enumerate(found) if not series.is_alone],
        "alone": list(dict.fromkeys(series.here.pledge.text.text for series in found if series.is_alone)),
    }
    return render(request, "public/years.html", context)


def statuses_around(kommun: str, slug: str, *, viewer: Viewer) -> tuple[Status, list[Status]]:
    """The promise and the kommun's newest others, oldest first, in four queries."""
    public = CitizenPromise.objects.visible_to(viewer).filter(municipality__slug=kommun)
    newest = public.order_by("-starts", "-pk").values("pk")[:MOST_PROMISES]
    versions = latest_versions(public.filter(Q(slug=slug) | Q(pk__in=newest)))
    found = statuses(list(versions.order_by("promise__starts", "promise_id")), viewer=viewer, today=queries.today())
    here = next((each for each in found if each.promise.slug == slug), None)
    if here is None:
        raise Http404
    return here, [each for each in found if each is not here]


def carried_problems(around: Sequence[Status]) -> dict[ProblemId, ProblemId]:
    """Which problem was taken up again from which, between the pictures of these promises."""
    pictures = {status.promise.picture_id for status in around} - {None}
    rows = ProblemCarried.objects.filter(problem__picture__in=pictures) if pictures else ProblemCarried.objects.none()
    links = rows.values_list("problem__picture", "problem__key", "earlier__picture", "earlier__key")
    return {(picture, key): (before, old) for picture, key, before, old in links}


def _table(series: Series, place: int) -> Table:
    here = series.here
    return Table(
        key=f"rad-{place + 1}",
        text=quoted(here.pledge.text.text),
        per=capfirst(per_words(series.per)),
        rows=[_row(year, series) for year in series.years],
        without=listed([_name(status) for status in series.without]),
    )


def _row(year: Year, series: Series) -> Row:
    line = year.line
    said = line.pledge.text.text
    is_shown = year.apart is None
    return Row(
        promise=Link(_name(line.status), address(line.status.promise)),
        pledge="" if year.is_here or said == series.here.pledge.text.text else quoted(said),
        promised=promised_words(line.target) if line.target else _("inget antal"),
        done=_done(line) if is_shown else "",
        rate=_rate(line, series.per) if is_shown else "",
        verdict=_verdict(line) if is_shown or year.is_here else None,
        reason=_reason(year, series.here),
        is_here=year.is_here,
    )


def _name(status: Status) -> str:
    return period_words(status.text.starts, status.text.ends)


def _verdict(line: Line) -> Verdict | None:
    if line.outcome is None:
        return None
    delivery = line.outcome.delivery
    so_far = _("Så långt det är redovisat.") if line.outcome.as_far_as_reported else ""
    return Verdict(delivery.value, capfirst(str(Delivery(delivery).label)), so_far)


def _done(line: Line) -> str:
    """How much, and on which days it was counted: never a number without its period."""
    assert line.outcome is not None
    assert line.target is not None
    total = line.outcome.total
    if total is None:
        return _("ja") if line.outcome.happened else _("nej")
    if line.outcome.share is not None:
        amount = _("{share} %").format(share=rounded(line.outcome.share, 1))
    else:
        amount = strung((number_words(total.number), unit_words(line.target.unit, total.number)))
    return woven(_("{amount}, {when}"), amount=amount, when=_when(total, line))


def _when(total: Total, line: Line) -> str:
    when, whole = period_words(total.first, total.last), whole_days(line)
    if total.days == whole:
        return _("{when} ({days} dagar)").format(when=when, days=number_words(total.days))
    return _("{when} ({days} av {whole} dagar)").format(
        when=when, days=number_words(total.days), whole=number_words(whole)
    )


def _rate(line: Line, per: str) -> str:
    if not per or line.total is None or line.outcome is None or line.outcome.share is not None:
        return ""
    return rounded(line.total.number / Decimal(line.total.days) * DAYS_PER[per], 2)


def _reason(year: Year, here: Line) -> str:
    if year.apart is None:
        return ""
    return woven(_("Kan inte jämföras, eftersom {because}."), because=_because(year.apart, year.line, here))


def _unit(line: Line) -> str:
    return quoted(line.target.unit) if line.target else ""


def _because(apart: Apart, line: Line, here: Line) -> str:
    silent = here if apart == Apart.NO_AMOUNT_HERE else line
    asks_whether = line.target is not None and line.target.kind == "yes_no"
    return {
        Apart.NO_AMOUNT_HERE: _("löftet för {when} inte säger hur mycket").format(when=_name(silent.status)),
        Apart.NO_AMOUNT_THERE: _("löftet för {when} inte säger hur mycket").format(when=_name(silent.status)),
        Apart.OTHER_WORDS: _("det inte går att se av orden om löftena handlar om samma sak"),
        Apart.MEASURED_OTHERWISE: _("löftena mäts på olika sätt"),
        Apart.OTHER_UNIT: woven(_("löftena räknar olika saker: {that} och {this}"), that=_unit(line), this=_unit(here)),
        Apart.OTHER_LENGTH: _("ett tillfälle måste vara olika långt för att räknas"),
        Apart.OTHER_OPTIONS: _("löftena räknar in olika saker"),
        Apart.OTHER_PLACES: _("löftena gäller olika platser"),
        Apart.SAME_DAYS: _("talen delvis räknar samma dagar"),
        Apart.NOT_YET: _("inget är rapporterat än"),
        Apart.NONE_FOUND: _("ingen rapport är hittad"),
        Apart.NO_REPORT: _("det inte är rapporterat"),
        Apart.NO_NUMBER: _("rapporten inte säger om det blev gjort")
        if asks_whether
        else _("rapporten inte säger hur mycket"),
    }[apart]
