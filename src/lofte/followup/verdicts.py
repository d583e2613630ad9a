"""Did we do it? One table decides, from what was promised and what was reported; nobody sets the answer by hand.

Pure functions on plain values: no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lofte.core.states import ActivityStatus, Because, Delivery
from lofte.promises.text import Place, Promised

FINAL = (Delivery.KEPT, Delivery.PARTLY_KEPT, Delivery.NOT_KEPT, Delivery.NOT_ASSESSABLE, Delivery.STOPPED)
DAYS_PER = {"day": Decimal(1), "week": Decimal(7), "month": Decimal("30.4375"), "year": Decimal("365.25")}


@dataclass(frozen=True)
class Reported:
    """One figure of a published report."""

    target: str
    covers_from: dt.date
    covers_to: dt.date
    number: Decimal | None = None
    happened: bool | None = None
    area: str | None = None
    area_name: str = ""
    option: str = ""
    note: str = ""


@dataclass(frozen=True)
class Frame:
    """The time a target is judged in. `is_settled`: the promise is over and no report is still to come."""

    starts: dt.date
    ends: dt.date
    is_settled: bool
    status: str = ""


@dataclass(frozen=True)
class Total:
    """What the figures add up to, without counting any day twice."""

    number: Decimal
    days: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Outcome:
    """The answer for one target or one pledge, and what it rests on."""

    delivery: Delivery
    because: Because | None = None
    total: Total | None = None
    rate: Decimal | None = None
    missed_places: tuple[str, ...] = ()
    as_far_as_reported: bool = False
    happened: bool | None = None
    share: Decimal | None = None
    is_enough_so_far: bool = False
    parts: tuple[tuple[str, Outcome], ...] = field(default=())


def assess(promised: Promised, figures: Sequence[Reported], frame: Frame) -> Outcome:
    """The answer for one target."""
    mine = [figure for figure in figures if figure.target == promised.key]
    if frame.status == ActivityStatus.STOPPED:
        return Outcome(Delivery.STOPPED, total=total(mine))
    if promised.kind == "none":
        return _without_amount(mine, frame)
    if not mine:
        return _without_figures(frame)
    if promised.kind == "yes_no":
        return _yes_or_no(mine, frame)
    if promised.kind == "share":
        return _share(promised, mine, figures, frame)
    if promised.in_each_area:
        return _in_each_area(promised, mine, frame)
    return _counted(promised, mine, frame)


def total(figures: Iterable[Reported]) -> Total | None:
    """Add figures up without counting any day twice.

    Reports often cover overlapping spans (May–July, then May–December). The figure that reaches farthest wins, the
    longer of two that reach as far; earlier ones are added only when they share no day with those already taken. A
    total is taken before its parts by area or option.
    """
    numbered = [figure for figure in figures if figure.number is not None]
    whole = [figure for figure in numbered if figure.area is None and not figure.option]
    chosen = _disjoint(whole)
    if not whole:
        for part in sorted({(figure.area or "", figure.option) for figure in numbered}):
            chosen += _disjoint([f for f in numbered if (f.area or "", f.option) == part])
    if not chosen:
        return None
    spans = {(figure.covers_from, figure.covers_to) for figure in chosen}
    return Total(
        number=sum((figure.number for figure in chosen if figure.number is not None), Decimal(0)),
        days=sum((last - first).days + 1 for first, last in spans),
        first=min(first for first, _last in spans),
        last=max(last for _first, last in spans),
    )


def _disjoint(figures: list[Reported]) -> list[Reported]:
    chosen: list[Reported] = []
    for figure in sorted(figures, key=lambda f: (f.covers_to, -f.covers_from.toordinal()), reverse=True):
        if all(figure.covers_to < taken.covers_from for taken in chosen):
            chosen.append(figure)
    return chosen


def _without_amount(figures: list[Reported], frame: Frame) -> Outcome:
    if frame.is_settled:
        return Outcome(Delivery.NOT_ASSESSABLE, Because.NO_AMOUNT, total(figures))
    return Outcome(_said(frame), total=total(figures))


def _without_figures(frame: Frame) -> Outcome:
    if frame.is_settled:
        said = _said(frame)
        if said in (Delivery.NOT_KEPT, Delivery.NOT_ASSESSABLE):
            return Outcome(said, Because.NO_REPORT if said == Delivery.NOT_ASSESSABLE else None)
        return Outcome(Delivery.NOT_ASSESSABLE, Because.NO_REPORT)
    return Outcome(_said(frame))


def _said(frame: Frame) -> Delivery:
    """What the owner said last, as far as numbers can't tell it; an owner can't say that a pledge is kept."""
    if not frame.status:
        return Delivery.NOT_REPORTED
    if frame.status in (ActivityStatus.DONE, ActivityStatus.PARTLY_DONE):
        return Delivery.ON_TRACK
    return Delivery(frame.status)


def _yes_or_no(figures: list[Reported], frame: Frame) -> Outcome:
    answered = [figure for figure in figures if figure.happened is not None]
    if not answered:
        return _without_figures(frame)
    last = max(answered, key=lambda figure: figure.covers_to)
    if last.happened:
        return Outcome(Delivery.KEPT, happened=True)
    if not frame.is_settled:
        return Outcome(_running(frame, enough=False), happened=False)
    return Outcome(Delivery.NOT_KEPT, happened=False, as_far_as_reported=last.covers_to < frame.ends)


def _share(promised: Promised, mine: list[Reported], figures: Sequence[Reported], frame: Frame) -> Outcome:
    part = total(mine)
    whole = total(figure for figure in figures if figure.target == promised.share_of)
    if part is None or whole is None or not whole.number or promised.amount is None:
        return _without_figures(frame)
    if (part.first, part.last) != (whole.first, whole.last):
        return Outcome(Delivery.NOT_ASSESSABLE, Because.NO_BREAKDOWN, part)
    share = 100 * part.number / whole.number
    return _against(promised, share, promised.amount, frame, part, share=share)


def _in_each_area(promised: Promised, figures: list[Reported], frame: Frame) -> Outcome:
    """A number asked of every place: without a figure for each, only a total that is too small says something."""
    names = {figure.area: figure.area_name for figure in figures if figure.area}
    wanted = promised.places or tuple(Place(key, name) for key, name in sorted(names.items()) if key)
    asked = {place.key: place.amount if place.amount is not None else promised.amount for place in wanted}
    all_of_it = total(figures)
    if not names:
        least = sum((amount for amount in asked.values() if amount is not None), Decimal(0))
        if all_of_it is not None and all_of_it.number < least and frame.is_settled:
            return Outcome(Delivery.NOT_KEPT, total=all_of_it)
        settled = Outcome(Delivery.NOT_ASSESSABLE, Because.NO_BREAKDOWN, all_of_it)
        return settled if frame.is_settled else Outcome(_running(frame, enough=True), total=all_of_it)
    parts = []
    for place in wanted:
        here = [figure for figure in figures if figure.area == place.key]
        one = replace(promised, amount=asked[place.key], in_each_area=False, places=())
        parts.append((place.name, _counted(one, here, frame) if total(here) else _without_figures(frame)))
    return _of_parts(parts, all_of_it)


def _counted(promised: Promised, figures: list[Reported], frame: Frame) -> Outcome:
    done = total(figures)
    if done is None or promised.amount is None:
        return _without_figures(frame)
    if promised.kind == "rate":
        rate = done.number / done.days * DAYS_PER[promised.per]
        outcome = _against(promised, rate, promised.amount, frame, done, rate=rate)
    else:
        outcome = _against(promised, done.number, _due_by(promised.amount, done, frame), frame, done)
    missed = tuple(f.area_name for f in figures if f.area in {p.key for p in promised.places} and f.happened is False)
    if missed and outcome.delivery == Delivery.KEPT:
        return Outcome(Delivery.PARTLY_KEPT, total=done, rate=outcome.rate, missed_places=missed)
    return outcome


def _due_by(amount: Decimal, done: Total, frame: Frame) -> Decimal:
    """How much of a count should be done by the last day reported, while the promise runs; rounded down."""
    if frame.is_settled or done.last >= frame.ends:
        return amount
    elapsed, length = (done.last - frame.starts).days + 1, (frame.ends - frame.starts).days + 1
    return Decimal(int(amount * elapsed / length))


def _against(
    promised: Promised,
    reached: Decimal,
    wanted: Decimal,
    frame: Frame,
    done: Total,
    *,
    rate: Decimal | None = None,
    share: Decimal | None = None,
) -> Outcome:
    amount = promised.amount or Decimal(0)
    complete = done.days >= (frame.ends - frame.starts).days + 1
    is_count = rate is None and share is None
    if promised.comparison == "at_most":
        enough, certain = reached <= amount, reached > amount and is_count
    elif promised.comparison == "exactly":
        enough, certain = reached == amount if frame.is_settled else reached >= wanted, False
    else:
        # A count once reached stays reached; a rate can still fall.
        enough, certain = reached >= wanted, is_count and reached >= amount
    if certain:
        delivery = Delivery.NOT_KEPT if promised.comparison == "at_most" else Delivery.KEPT
    elif frame.is_settled:
        delivery = Delivery.KEPT if enough else Delivery.NOT_KEPT
    else:
        delivery = _running(frame, enough=enough)
    partial = frame.is_settled and not complete and not certain
    return Outcome(delivery, total=done, rate=rate, share=share, as_far_as_reported=partial, is_enough_so_far=enough)


def _running(frame: Frame, *, enough: bool) -> Delivery:
    """While the promise runs, what the owner says goes before the pace: work is seldom spread evenly over a year."""
    said = _said(frame)
    if said in (Delivery.PAUSED, Delivery.DELAYED, Delivery.NOT_STARTED, Delivery.ON_TRACK):
        return said
    return Delivery.ON_TRACK if enough else Delivery.DELAYED


def pledge_outcome(parts: Sequence[tuple[str, Outcome]]) -> Outcome:
    """The answer for a pledge from those of its targets. *Partly* needs several parts, never a number nearly met."""
    if not parts:
        return Outcome(Delivery.NOT_ASSESSABLE, Because.NO_AMOUNT)
    if len(parts) == 1:
        return parts[0][1]
    return _of_parts(parts, None)


def _of_parts(parts: Sequence[tuple[str, Outcome]], done: Total | None) -> Outcome:
    found = [outcome.delivery for _name, outcome in parts]
    because = next((outcome.because for _name, outcome in parts if outcome.because), None)
    delivery, partial = _joined(found)
    missed = tuple(name for name, outcome in parts if outcome.delivery == Delivery.NOT_KEPT)
    return Outcome(
        delivery,
        because if delivery == Delivery.NOT_ASSESSABLE else None,
        done,
        missed_places=missed if delivery == Delivery.PARTLY_KEPT else (),
        as_far_as_reported=partial or any(outcome.as_far_as_reported for _name, outcome in parts),
        parts=tuple(parts),
    )


def _joined(found: list[Delivery]) -> tuple[Delivery, bool]:
    """One answer from several, and whether it holds only as far as is reported."""
    for only in Delivery:
        if all(each == only for each in found):
            return only, False
    if all(each in FINAL for each in found):
        if Delivery.NOT_ASSESSABLE in found:
            missed = Delivery.NOT_KEPT in found
            return (Delivery.NOT_KEPT, True) if missed else (Delivery.NOT_ASSESSABLE, False)
        return Delivery.PARTLY_KEPT, False
    worst_first = (Delivery.DELAYED, Delivery.PAUSED, Delivery.NOT_STARTED, Delivery.ON_TRACK, Delivery.NOT_REPORTED)
    return next(each for each in worst_first if each in found), False
