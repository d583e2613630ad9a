"""A simulated clock through real promises: every due date right, every reminder once, nothing twice."""

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone

from factories import Kommun, Tuna, activity, cycle, kommun, pledge, promise, publish, report, target
from lofte.commands.due import due_reports
from lofte.followup.models import Period, Reminder
from lofte.followup.refitting import refit_periods
from lofte.followup.reminders import make_reminders, planned_days
from lofte.notices.models import Notice
from lofte.parties.models import Role
from lofte.promises.models import CitizenPromise, Rhythm
from people import Cast, person

DAY = dt.timedelta(days=1)
STRANGNAS_DUE = [
    (f"{year + (month == 1)}-{month:02}-01") for year in range(2017, 2024) for month in (5, 9, 1)
]  # fmt: skip


def followed(where: Kommun, slug: str, starts: dt.date, ends: dt.date, rhythm: str) -> CitizenPromise:
    turn = cycle(where, starts.year)
    made = promise(where, turn, slug=slug, starts=starts, ends=ends, rhythm=rhythm)
    work = activity(pledge(made, "trafik", "Polisen gör kontroller.", where.police), "Göra kontroller")
    target(work)
    return publish(made)


def walk(first: dt.date, last: dt.date) -> None:
    """Every day once, and each Monday twice, as when a timer is started by hand too."""
    day = first
    while day <= last:
        make_reminders(day)
        if day.weekday() == 0:
            make_reminders(day)
        day += DAY


@pytest.fixture
def strangnas(db: None) -> Kommun:
    where = kommun("Strangnas", "0486")
    person("officer", where.police, Role.REPORTER)
    person("coordinator", where.own, Role.COORDINATOR)
    return where


@pytest.mark.slow
def test_seven_years_of_tertials_in_strangnas(strangnas: Kommun) -> None:
    for year in range(2017, 2024):
        followed(strangnas, str(year), dt.date(year, 1, 1), dt.date(year, 12, 31), Rhythm.TERTIAL)

    walk(dt.date(2017, 1, 1), dt.date(2024, 3, 1))

    assert sorted(row.due.isoformat() for row in due_reports(dt.date(2024, 3, 1))) == sorted(STRANGNAS_DUE)
    sent = Reminder.objects.filter(skipped="")
    steps = Counter(sent.values_list("period__label", "step"))
    # The officer alone before the due date, then the coordinator too; nobody twice, and no step is left out.
    assert len(steps) == 21 * 4
    assert {step: n for (_label, step), n in steps.items()} == {"before": 1, "due": 2, "after-7": 2, "after-21": 2}
    assert Notice.objects.count() == sent.count() == 21 * 7
    assert all(reminder.made_on == reminder.planned_on for reminder in sent)
    assert all(day.weekday() < 5 and day.month != 7 for day in sent.values_list("made_on", flat=True))


def test_three_months_in_fagersta_give_one_report(strangnas: Kommun) -> None:
    where = kommun("Fagersta", "1982")
    person("fagersta", where.own, Role.COORDINATOR)
    followed(where, "2022-mars-maj", dt.date(2022, 3, 1), dt.date(2022, 5, 31), Rhythm.QUARTER)

    walk(dt.date(2022, 2, 1), dt.date(2022, 9, 1))

    assert [(row.period, row.due.isoformat()) for row in due_reports(dt.date(2022, 9, 1))] == [
        ("2022-03", "2022-06-01")
    ]
    found = [(r.step, r.made_on.isoformat()) for r in Reminder.objects.order_by("made_on")]
    # Nobody owns the activity, so the coordinator is told already before.
    assert found == [
        ("before", "2022-05-17"), ("due", "2022-06-01"), ("after-7", "2022-06-08"), ("after-21", "2022-06-22"),
    ]  # fmt: skip


@pytest.mark.slow
def test_four_years_in_kungsbacka_give_twelve_reports(strangnas: Kommun) -> None:
    where = kommun("Kungsbacka", "1384")
    person("kungsbacka", where.own, Role.COORDINATOR)
    followed(where, "2019-2022", dt.date(2019, 1, 1), dt.date(2022, 12, 31), Rhythm.TERTIAL)

    walk(dt.date(2019, 1, 1), dt.date(2023, 3, 1))

    rows = due_reports(dt.date(2023, 3, 1))
    assert [row.due.isoformat() for row in rows] == [
        f"{year + (month == 1)}-{month:02}-01" for year in range(2019, 2023) for month in (5, 9, 1)
    ]
    assert Reminder.objects.filter(skipped="").count() == 12 * 4


def test_what_is_reported_is_not_asked_for_again(here: Tuna, people: Cast) -> None:
    report(here.late, here.checks, 3)
    report(here.late, here.lamps)

    made = make_reminders(dt.date(2026, 8, 17))

    why = {(r.skipped, r.get_skipped_display()) for r in made if r.period_id == here.late.pk and r.skipped}
    assert ("done", "Det som väntades var redan lämnat.") in why


def test_owner_with_nothing_left_is_skipped_and_the_other_is_told(here: Tuna, people: Cast) -> None:
    report(here.late, here.checks, 3)

    make_reminders(dt.date(2026, 8, 17))

    found = {r.recipient: r.skipped for r in Reminder.objects.filter(period=here.late, step="before")}
    assert found == {people.community_officer.key: "done", people.partner.key: ""}


def test_period_in_review_needs_no_reminder(here: Tuna, people: Cast) -> None:
    here.promise.periods.filter(label="2026-T2").update(stage=Period.Stage.IN_REVIEW)

    make_reminders(dt.date(2026, 9, 1))

    assert set(Reminder.objects.filter(period=here.late, step="due").values_list("skipped", flat=True)) == {"done"}


def test_a_timer_that_was_off_for_a_week_makes_up_for_it_and_no_more(here: Tuna, people: Cast) -> None:
    made = make_reminders(dt.date(2026, 9, 14))

    found = {(r.step, r.skipped) for r in made if r.period_id == here.late.pk}
    assert found == {("before", "too_old"), ("due", "too_old"), ("after-7", "")}


def test_two_steps_on_one_day_are_one_letter(here: Tuna, people: Cast) -> None:
    made = make_reminders(dt.date(2026, 9, 8))

    found = {(r.step, r.skipped) for r in made if r.period_id == here.late.pk}
    assert found == {("before", "too_old"), ("due", "replaced"), ("after-7", "")}


def test_nobody_to_remind_is_said(here: Tuna) -> None:
    made = make_reminders(dt.date(2026, 9, 1))

    assert [r.get_skipped_display() for r in made if r.step == "due" and r.period_id == here.late.pk] == [
        "Ingen med rätt roll eller personlig länk fanns att påminna."
    ]


def test_a_new_date_moves_the_steps_after_it(here: Tuna) -> None:
    period = here.late
    period.late_until = dt.date(2026, 9, 25)

    assert planned_days(period)["after-7"] == dt.date(2026, 10, 2)


@pytest.mark.parametrize(
    ("day", "utc"), [(dt.date(2026, 3, 27), 7), (dt.date(2026, 3, 30), 6), (dt.date(2026, 10, 26), 7)]
)
def test_letters_go_at_eight_by_the_clock_on_the_wall(here: Tuna, people: Cast, day: dt.date, utc: int) -> None:
    here.promise.periods.filter(label="2026-T1").update(
        ends=day + dt.timedelta(days=14), due=day + dt.timedelta(days=15)
    )

    make_reminders(day)

    notice = Notice.objects.filter(key__contains="2026-T1").first()
    assert notice is not None
    assert notice.not_before is not None
    assert notice.not_before.astimezone(dt.UTC).hour == utc


def test_an_extension_is_reminded_of_too(here: Tuna, people: Cast) -> None:
    here.promise.ends, here.promise.state = dt.date(2027, 4, 30), "extended"
    here.promise.save()
    refit_periods(here.promise)

    make_reminders(dt.date(2027, 5, 3))

    assert Reminder.objects.filter(period__label="2027-T1", step="due", skipped="").exists()


def test_the_words_say_what_is_missing_and_where_to_report(here: Tuna, people: Cast) -> None:
    make_reminders(dt.date(2026, 9, 1))

    notice = Notice.objects.get(recipient=people.partner.key)
    assert notice.subject == "Dags att rapportera: maj–augusti 2026"
    assert "- Byta lampor" in notice.body
    assert "Göra trafikkontroller" not in notice.body
    assert "/arbete/tuna/loften/2026/rapport/2026-T2/" in notice.body
    assert timezone.is_aware(notice.not_before)  # type: ignore[arg-type]
