"""`lofte due`: the reports that should have been published by a day, and are not; and what a timer does each day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter

from lofte.commands.terminal import BadInput, Parser, answer, say, start_django


@dataclass(frozen=True)
class DueReport:
    promise: str
    period: str
    due: dt.date
    state: str
    word: str


def main(argv: list[str]) -> int:
    parser = Parser(
        "due",
        "Visa rapporter som skulle ha kommit senast en viss dag och som inte är publicerade. Utan --on görs också det"
        " som en klocka ska göra varje dag: löften börjar gälla, perioderna följer löftets tid, påminnelser"
        " och brev till följare skickas, och dagliga arbeten ställs i kö: påståenderundor stängs, och det som bara"
        " sparas till en viss dag tas bort.",
    )
    parser.add_argument("--on", metavar="DATUM", help="till exempel 2018-10-01; då bara visas listan")
    parser.add_argument("--json", action="store_true", help="svara med JSON")
    given = parser.parse_args(argv)
    day = day_given(given.on) if given.on else None
    start_django()
    from django.utils import timezone

    today = timezone.localdate()
    if day is None:
        say(daily_work(today))
    rows = due_reports(day or today)
    if given.json:
        names = ("promise", "period", "due", "state")
        answer([{name: str(getattr(row, name)) for name in names} for row in rows])
        return 0
    for row in rows:
        print(f"{row.due}  {row.promise}  {row.period}  {row.word}")
    if not rows:
        print("Inget väntar.")
    return 0


def daily_work(today: dt.date) -> str:
    """What a timer does each day. Once more the same day changes nothing."""
    from lofte.core.jobs import start_daily
    from lofte.followup.refitting import RUNNING, refit_periods
    from lofte.followup.reminders import make_reminders
    from lofte.promises.actions import begin_what_is_due
    from lofte.promises.models import CitizenPromise
    from lofte.public.letters import send_letters

    begun = begin_what_is_due(today)
    for promise in CitizenPromise.objects.filter(state__in=RUNNING).select_related("municipality"):
        refit_periods(promise)
    made = make_reminders(today)
    sent = sum(1 for reminder in made if not reminder.skipped)
    letters = send_letters()
    daily = len(start_daily())
    reminders = f"{sent} påminnelser, {len(made) - sent} överhoppade med skäl"
    return f"{begun} löften börjar gälla, {reminders}, {letters} brev till följare, {daily} arbeten i kö."


def day_given(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text} är inget datum. Skriv det som 2018-10-01.") from None


def due_reports(day: dt.date) -> list[DueReport]:
    """Reports of public promises, oldest first. Periods that nobody has opened or moved yet follow the rhythm."""
    from django.db.models import Q

    from lofte.core.visibility import VISITOR
    from lofte.followup.calendar import period_state
    from lofte.followup.models import Period
    from lofte.followup.refitting import RUNNING, as_they_should_be
    from lofte.promises.models import CitizenPromise

    public = CitizenPromise.objects.visible_to(VISITOR)
    over = Period.objects.filter(promise__in=public, due__lte=day).exclude(promise__state__in=RUNNING)
    periods = list(over.exclude(stage=Period.Stage.PUBLISHED).select_related("promise__municipality"))
    living = public.filter(Q(state__in=RUNNING) | Q(periods=None)).distinct().select_related("municipality")
    for promise in living.prefetch_related("periods__reports"):
        periods += as_they_should_be(promise)
    rows = []
    for period in periods:
        if period.due is None or period.due > day or period.stage == Period.Stage.PUBLISHED:
            continue
        state = period_state(period, day)
        rows.append(DueReport(str(period.promise), period.label, period.due, state.value, str(state.label)))
    return sorted(rows, key=attrgetter("due", "promise", "period"))
