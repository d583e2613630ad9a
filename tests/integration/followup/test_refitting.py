"""Extension and early stop: what is open follows the promise's days, what was reported never moves."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import Tuna, report
from lofte.core.states import PromiseState
from lofte.followup.models import Period
from lofte.followup.refitting import as_they_should_be, refit_periods
from lofte.promises.models import PromiseStateChange

Row = tuple[str, str, str, bool]


def rows(here: Tuna) -> list[Row]:
    found = here.promise.periods.order_by("starts")
    return [(p.label, p.ends.isoformat(), p.due.isoformat() if p.due else "", p.is_final) for p in found]


def extend(here: Tuna, ends: dt.date) -> None:
    here.promise.ends, here.promise.state = ends, PromiseState.EXTENDED
    here.promise.save()


def stop(here: Tuna, on: dt.date) -> None:
    here.promise.state = PromiseState.STOPPED
    here.promise.save()
    change = PromiseStateChange.objects.create(promise=here.promise, before="active", after="stopped", by=None)
    noon = timezone.make_aware(dt.datetime.combine(on, dt.time(12)))
    PromiseStateChange.objects.filter(pk=change.pk).update(at=noon)


def test_extension_adds_periods_and_moves_the_final_one(here: Tuna) -> None:
    extend(here, dt.date(2027, 6, 30))

    refit_periods(here.promise)

    assert rows(here)[2:] == [
        ("2026-T3", "2026-12-31", "2027-01-01", False),
        ("2027-T1", "2027-04-30", "2027-05-01", False),
        ("2027-T2", "2027-06-30", "2027-09-01", True),
    ]


def test_a_second_time_changes_nothing(here: Tuna) -> None:
    extend(here, dt.date(2027, 6, 30))
    refit_periods(here.promise)

    assert not refit_periods(here.promise).is_needed


def test_early_stop_cuts_the_open_period_and_drops_those_after(here: Tuna) -> None:
    stop(here, dt.date(2026, 6, 15))

    refit_periods(here.promise)

    assert rows(here) == [
        ("2026-T1", "2026-04-30", "2026-05-01", False),
        ("2026-T2", "2026-06-15", "2026-09-01", True),
    ]


def test_what_was_published_never_moves(here: Tuna) -> None:
    here.promise.periods.filter(label="2026-T2").update(stage=Period.Stage.PUBLISHED, published_on=dt.date(2026, 9, 1))
    stop(here, dt.date(2026, 6, 15))

    refit_periods(here.promise)

    assert rows(here)[1] == ("2026-T2", "2026-08-31", "2026-09-01", False)


def test_a_period_with_a_report_is_not_dropped(here: Tuna) -> None:
    report(here.promise.periods.get(label="2026-T3"), here.checks, 1)
    stop(here, dt.date(2026, 6, 15))

    refit_periods(here.promise)

    assert [label for label, *_ in rows(here)] == ["2026-T1", "2026-T2", "2026-T3"]


def test_a_period_that_was_read_from_a_file_is_left_alone(here: Tuna) -> None:
    here.promise.periods.all().delete()
    Period.objects.create(
        promise=here.promise, label="maj-juli", starts=dt.date(2026, 5, 1), ends=dt.date(2026, 7, 31), sources=["sida"]
    )

    refit_periods(here.promise)

    assert set(here.promise.periods.values_list("label", flat=True)) == {"maj-juli", "2026-T3"}


@pytest.mark.parametrize("state", [PromiseState.CLOSED, PromiseState.FINAL_REPORT])
def test_a_promise_that_is_over_keeps_its_periods(here: Tuna, state: PromiseState) -> None:
    here.promise.state, here.promise.ends = state, dt.date(2027, 12, 31)
    here.promise.save()

    assert not refit_periods(here.promise).is_needed


def test_the_list_follows_the_new_days_before_anything_is_written(here: Tuna) -> None:
    extend(here, dt.date(2027, 4, 30))

    listed = [period.label for period in as_they_should_be(here.promise)]

    assert listed == ["2026-T1", "2026-T2", "2026-T3", "2027-T1"]
    assert here.promise.periods.count() == 3
