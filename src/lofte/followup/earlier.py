"""What came of earlier promises, for the editor of the next one."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from lofte.core.states import PUBLIC_PROMISE_STATES
from lofte.core.visibility import VISITOR
from lofte.followup.queries import PledgeStatus, Status, latest_versions, statuses
from lofte.promises.earlier import Earlier, reads_earlier
from lofte.promises.models import CitizenPromise
from lofte.promises.text import ActivityText
from lofte.promises.wording import promised_words

# Older ones say less of what can be done next year, and a page reads no more than it needs.
MOST_PROMISES = 4


@reads_earlier
def earlier_of(promise: CitizenPromise) -> list[Earlier]:
    """What everyone may read of the kommun's latest promises that ended before this one begins, oldest first."""
    before = CitizenPromise.objects.filter(
        municipality=promise.municipality_id, state__in=PUBLIC_PROMISE_STATES, ends__lt=promise.starts
    ).exclude(pk=promise.pk)
    newest = list(before.order_by("-ends", "-pk").values_list("pk", flat=True)[:MOST_PROMISES])
    versions = latest_versions(CitizenPromise.objects.filter(pk__in=newest)).order_by("promise__ends", "promise_id")
    found = statuses(list(versions), viewer=VISITOR, today=timezone.localdate())
    return [row for status in found for pledge in status.pledges for row in _rows(status, pledge)]


def _rows(status: Status, pledge: PledgeStatus) -> Iterator[Earlier]:
    for activity, target, outcome in pledge.answers:
        yield Earlier(
            slug=status.promise.slug, starts=status.text.starts, ends=status.text.ends, pledge=pledge.text.text,
            activity=_activity(activity, pledge), promised=promised_words(target), kind=target.kind, unit=target.unit,
            per=target.per, done=outcome.total.number if outcome.total else None,
            verdict=str(outcome.delivery.label),
        )  # fmt: skip


def _activity(activity: ActivityText, pledge: PledgeStatus) -> str:
    return activity.text if activity.text != pledge.text.text else ""
