"""A draft as it will read when it is out: the same text that would be frozen, with nothing reported yet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from lofte.core.visibility import Viewer
from lofte.followup.models import ActivityReport, Figure
from lofte.followup.queries import Figures, Status, is_settled, pledge_status
from lofte.promises.models import CitizenPromise, PromiseVersion
from lofte.promises.text import read
from lofte.promises.versions import canonical_text, content, digest


def as_published(promise: CitizenPromise, *, viewer: Viewer, today: dt.date) -> Status:
    text = canonical_text(content(promise))
    version = PromiseVersion(promise=promise, number=1, content=text, sha256=digest(text))
    values = read(text)
    periods = tuple(promise.periods.all())
    reports = list(ActivityReport.objects.visible_to(viewer).filter(period__promise=promise).select_related("activity"))
    figures: Figures = defaultdict(list)
    for figure in Figure.objects.filter(report__in=reports).select_related("target", "area"):
        figures[figure.report_id].append(figure)
    settled = bool(periods) and is_settled(values, periods, today)
    pledges = tuple(pledge_status(each, values, reports, figures, settled=settled) for each in values.pledges)
    return Status(promise, version, values, periods, pledges, today)
