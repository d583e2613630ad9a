"""`lofte due`: the reports that should have been published by a day, and are not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter

from lofte.commands.terminal import BadInput, Parser, answer, start_django


@dataclass(frozen=True)
class DueReport:
    promise: str
    period: str
    due: dt.date
    state: str
    word: str


def main(argv: list[str]) -> int:
    parser = Parser("due", "Visa rapporter som skulle ha kommit senast en viss dag och som inte är publicerade.")
    parser.add_argument("--on", metavar="DATUM", help="till exempel 2018-10-01; annars i dag")
    parser.add_argument("--json", action="store_true", help="svara med JSON")
    given = parser.parse_args(argv)
    day = day_given(given.on) if given.on else None
    start_django()
    from django.utils import timezone

    rows = due_reports(day or timezone.localdate())
    if given.json:
        names = ("promise", "period", "due", "state")
        answer([{name: str(getattr(row, name)) for name in names} for row in rows])
        return 0
    for row in rows:
        print(f"{row.due}  {row.promise}  {row.period}  {row.word}")
    if not rows:
        print("Inget väntar.")
    return 0


def day_given(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text} är inget datum. Skriv det som 2018-10-01.") from None


def due_reports(day: dt.date) -> list[DueReport]:
    """Reports of public promises, oldest first. A promise whose periods nobody has opened yet follows its rhythm."""
    from lofte.core.visibility import VISITOR
    from lofte.followup.calendar import period_state, spans
    from lofte.followup.models import Period
    from lofte.promises.models import CitizenPromise

    public = CitizenPromise.objects.visible_to(VISITOR)
    stored = Period.objects.filter(promise__in=public, due__lte=day).exclude(stage=Period.Stage.PUBLISHED)
    periods = list(stored.select_related("promise__municipality"))
    for promise in public.filter(periods=None).select_related("municipality"):
        coming = spans(promise.rhythm, promise.starts, promise.ends, promise.report_days)
        periods += [
            Period(promise=promise, label=span.label, starts=span.starts, ends=span.ends, due=span.due)
            for span in coming
            if span.due <= day
        ]
    rows = []
    for period in periods:
        state = period_state(period, day)
        assert period.due is not None
        rows.append(DueReport(str(period.promise), period.label, period.due, state.value, str(state.label)))
    return sorted(rows, key=attrgetter("due", "promise", "period"))
