"""The register of where things were told of, and whether what was put out is still there."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from lofte.core.events import record
from lofte.core.jobs import Progress
from lofte.core.visibility import Viewer
from lofte.followup.models import Publication
from lofte.followup.wording import of_promise
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.promises.actions import chain_of
from lofte.promises.models import CitizenPromise

Ask = Callable[[str], str]
AGAIN = dt.timedelta(hours=20)
MOST, PAUSE = 500, 1.0
# Once can be the net's fault; twice is told.
TOLD_AFTER, MOST_TOLD = 2, 5


def check_links(progress: Progress, *, ask: Ask, pause: float = PAUSE) -> dict[str, int]:
    """Ask each address once a day, one at a time. Turned off by LOFTE_CHECK_LINKS."""
    if not settings.CHECK_LINKS:
        return {"asked": 0}
    now = timezone.now()
    urls = _due(now)
    for number, url in enumerate(urls):
        if number:
            time.sleep(pause)
        state = ask(url)
        failed = state in (Publication.Link.GONE, Publication.Link.NO_ANSWER)
        rows = Publication.objects.filter(url=url)
        rows.update(link=state, checked_at=now, fails=F("fails") + 1 if failed else 0)
        progress.step(number + 1, len(urls))
    return {"asked": len(urls)}


def _due(now: dt.datetime) -> list[str]:
    """Those that were asked longest ago; what is told of in two places is asked once."""
    rows = Publication.objects.exclude(url="").filter(Q(checked_at=None) | Q(checked_at__lt=now - AGAIN))
    found = rows.order_by(F("checked_at").asc(nulls_first=True), "pk").values_list("url", flat=True)
    return list(dict.fromkeys(found))[:MOST]


def dead(viewer: Viewer) -> list[Publication]:
    """What has not answered twice running, in the kommuner that somebody works in."""
    rows = Publication.objects.visible_to(viewer).filter(fails__gte=TOLD_AFTER)
    return list(rows.select_related(*RELATED).order_by("-on", "-pk")[:MOST_TOLD])


def of(promise: CitizenPromise, viewer: Viewer) -> list[Publication]:
    """The whole register of a promise, what does not answer first."""
    rows = Publication.objects.visible_to(viewer).filter(promise=promise).select_related(*RELATED)
    return sorted(rows.order_by("-on", "-pk"), key=lambda row: row.fails < TOLD_AFTER)


RELATED = ("promise__municipality", "promise__cycle", "update", "period")


def url_of(row: Publication) -> str:
    """Where staff look after it."""
    if row.update is not None:
        return of_promise(row.promise, "followup:put_out", key=row.update.key)
    assert row.period is not None
    return of_promise(row.promise, "followup:put_out_report", label=row.period.label)


@transaction.atomic
def remove(*, publication: Publication, by: User) -> None:
    """It is not there any more, or was written down wrong."""
    require(by, Permission.TELL, publication.promise)
    promise, channel = publication.promise, publication.channel
    publication.delete()
    record("publication.removed", chain=chain_of(promise), target=promise, actor=by.key, content=channel)
