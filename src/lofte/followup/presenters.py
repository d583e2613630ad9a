"""What is read of follow-up: the words for what was promised, done and why not."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from lofte.core.states import Delivery, DeviationReason
from lofte.design.pieces import Pledge, Verdict
from lofte.design.words import month_words, number_words, quoted, strung, woven
from lofte.followup.queries import PledgeStatus, Status
from lofte.followup.verdicts import Outcome
from lofte.promises.text import ActivityText, PledgeText, Promised
from lofte.promises.wording import listed, parties, per_words, promised_words, unit_words


def pledge_views(status: Status) -> list[Pledge]:
    return [pledge_view(pledge, status) for pledge in status.pledges]


def pledge_view(pledge: PledgeStatus, status: Status) -> Pledge:
    latest = pledge.latest
    return Pledge(
        key=pledge.text.key,
        text=pledge.text.text,
        verdict=delivery_verdict(pledge, status),
        parties=parties(pledge.text),
        promised=[promised_words(target) for _activity, target in _targets(pledge.text) if target.kind != "none"],
        done=_done(pledge),
        reason=strung((_reason(latest.reason_code), quoted(latest.reason))) if latest else "",
        next_step=quoted(latest.next_step) if latest else "",
        gaps=_gaps(pledge.text),
    )


def _done(pledge: PledgeStatus) -> list[str]:
    """What the figures add up to; where no number was promised, what the latest report says in words."""
    counted = [words for _activity, target, outcome in pledge.answers if (words := done_words(target, outcome))]
    told = [quoted(report.done) for report in pledge.reports if report.done]
    return counted or told[-1:]


def _targets(pledge: PledgeText) -> list[tuple[ActivityText, Promised]]:
    return [(activity, target) for activity in pledge.activities for target in activity.targets]


def _reason(code: str) -> str:
    return f"{DeviationReason(code).label.capitalize()}." if code else ""


def _gaps(pledge: PledgeText) -> list[str]:
    found = []
    if not pledge.problems:
        found.append(_("Löftet är inte kopplat till något problem i lägesbilden."))
    if all(target.kind == "none" for _activity, target in _targets(pledge)):
        found.append(_("Löftet säger inte hur mycket eller hur ofta."))
    if not pledge.parties:
        found.append(_("Det framgår inte vem som ansvarar."))
    return found


def rounded(value: Decimal, digits: int) -> str:
    return number_words(round(value, digits))


def done_words(target: Promised, outcome: Outcome) -> str:
    """What was done, with the rate when one was promised: "301 kontroller på 245 dagar, 1,23 om dagen"."""
    if outcome.happened is not None:
        return _("ja") if outcome.happened else _("nej")
    if outcome.total is None:
        return ""
    if outcome.share is not None:
        return _("{share} %").format(share=rounded(outcome.share, 1))
    amount = strung((number_words(outcome.total.number), unit_words(target.unit, outcome.total.number)))
    if outcome.rate is None:
        return amount
    sentence = _("{amount} på {days} dagar, {rate} {per}")
    rate = rounded(outcome.rate, 2)
    return woven(sentence, amount=amount, days=outcome.total.days, rate=rate, per=per_words(target.per))


def delivery_verdict(pledge: PledgeStatus, status: Status) -> Verdict:
    outcome = pledge.outcome
    because = str(outcome.because.label) if outcome.because else ""
    note = f"{capfirst(because)}." if because else _note(pledge, status)
    return Verdict(value=outcome.delivery.value, label=capfirst(str(outcome.delivery.label)), because=note)


def _note(pledge: PledgeStatus, status: Status) -> str:
    outcome = pledge.outcome
    if outcome.as_far_as_reported:
        return _("Så långt det är redovisat.")
    if outcome.missed_places:
        return _("Inte i {places}.").format(places=listed(outcome.missed_places))
    if outcome.delivery == Delivery.NOT_REPORTED and status.next_due:
        return _("Nästa rapport kommer i {month}.").format(month=month_words(status.next_due))
    if outcome.delivery == Delivery.ON_TRACK and outcome.is_enough_so_far:
        return _("Det räcker så här långt.")
    if outcome.delivery == Delivery.NOT_KEPT and not (pledge.latest and pledge.latest.reason):
        return _("Inget skäl är lämnat.")
    return ""


def summary(status: Status) -> str:
    """How it goes, as counts of pledges: never a grade, a percentage or a bar."""
    counts = Counter(pledge.outcome.delivery for pledge in status.pledges)
    if not status.pledges:
        return _("Löftet har inga delar att följa.")
    if set(counts) == {Delivery.NOT_REPORTED}:
        return _without_reports(status)
    found = [delivery for delivery in ORDER if counts[delivery]]
    return " ".join(
        _phrase(delivery, counts[delivery], over=status.is_over, is_first=delivery == found[0]) for delivery in found
    )


ORDER = (
    Delivery.KEPT,
    Delivery.ON_TRACK,
    Delivery.PARTLY_KEPT,
    Delivery.DELAYED,
    Delivery.PAUSED,
    Delivery.NOT_STARTED,
    Delivery.NOT_KEPT,
    Delivery.STOPPED,
    Delivery.NOT_REPORTED,
    Delivery.NOT_ASSESSABLE,
)


def _phrase(delivery: Delivery, n: int, *, over: bool, is_first: bool) -> str:
    """ "2 löften går enligt plan." and then "1 är försenat." """
    many = ngettext("{n} löfte", "{n} löften", n).format(n=n) if is_first else str(n)
    return _("{many} {predicate}.").format(many=many, predicate=_predicate(delivery, n, over))


def _predicate(delivery: Delivery, n: int, over: bool) -> str:
    now = {
        Delivery.KEPT: npgettext("antal löften", "är hållet", "är hållna", n),
        Delivery.ON_TRACK: npgettext("antal löften", "går enligt plan", "går enligt plan", n),
        Delivery.PARTLY_KEPT: npgettext("antal löften", "är delvis hållet", "är delvis hållna", n),
        Delivery.DELAYED: npgettext("antal löften", "är försenat", "är försenade", n),
        Delivery.PAUSED: npgettext("antal löften", "är pausat", "är pausade", n),
        Delivery.NOT_STARTED: npgettext("antal löften", "har inte börjat", "har inte börjat", n),
        Delivery.NOT_KEPT: npgettext("antal löften", "är inte hållet", "är inte hållna", n),
        Delivery.STOPPED: npgettext("antal löften", "är avbrutet", "är avbrutna", n),
        Delivery.NOT_REPORTED: npgettext("antal löften", "saknar rapport", "saknar rapport", n),
        Delivery.NOT_ASSESSABLE: npgettext("antal löften", "går inte att bedöma", "går inte att bedöma", n),
    }
    then = {
        Delivery.KEPT: npgettext("antal löften", "hölls", "hölls", n),
        Delivery.PARTLY_KEPT: npgettext("antal löften", "hölls delvis", "hölls delvis", n),
        Delivery.NOT_KEPT: npgettext("antal löften", "hölls inte", "hölls inte", n),
    }
    return (then.get(delivery) if over else None) or now[delivery]


def _without_reports(status: Status) -> str:
    words = [_("Inget är rapporterat än.")]
    if not status.text.has_amounts:
        words.append(_("Löftet har inget antal och inget mått. Därför går det inte att säga säkert om det hålls."))
    return " ".join(words)


def next_report(status: Status) -> str:
    """When to expect to hear more."""
    if status.next_due is None:
        return ""
    return _("i början av {month}").format(month=month_words(status.next_due))
