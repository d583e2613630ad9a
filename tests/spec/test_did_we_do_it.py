"""Did we do it? What was promised and what was reported, side by side with the answer.

The rule: place, time and group count, not only the number; a missed minimum is *inte hållet*;
*delvis* only where a pledge has several parts or places; what nobody reported can't be judged.
"""

import datetime as dt
from decimal import Decimal

import pytest

from lofte.core.states import Because, Delivery
from lofte.followup.verdicts import Frame, Reported, assess, pledge_outcome, total
from lofte.promises.text import Place, Promised

YEAR = Frame(dt.date(2019, 1, 1), dt.date(2019, 12, 31), is_settled=True)
RUNNING = Frame(dt.date(2019, 1, 1), dt.date(2019, 12, 31), is_settled=False)
AUGUST = dt.date(2019, 8, 31)


def figure(number=None, *, to=YEAR.ends, since=YEAR.starts, **more):
    value = None if number is None else Decimal(number)
    return Reported("t", since, to, number=value, **more)


def at_least(amount, **more):
    return Promised("t", more.pop("kind", "count"), amount=Decimal(amount), **more)


@pytest.mark.parametrize(("done", "answer"), [(7, Delivery.NOT_KEPT), (8, Delivery.KEPT), (20, Delivery.KEPT)])
def test_minimum(done, answer):
    assert assess(at_least(8), [figure(done)], YEAR).delivery == answer


@pytest.mark.parametrize(("done", "answer"), [(2, Delivery.KEPT), (3, Delivery.NOT_KEPT)])
def test_maximum(done, answer):
    assert assess(at_least(2, comparison="at_most"), [figure(done)], YEAR).delivery == answer


@pytest.mark.parametrize(("done", "answer"), [(1, Delivery.NOT_KEPT), (2, Delivery.KEPT), (3, Delivery.NOT_KEPT)])
def test_exact_number(done, answer):
    assert assess(at_least(2, comparison="exactly"), [figure(done)], YEAR).delivery == answer


def test_number_reached_but_named_place_missed_is_partly_kept():
    promised = at_least(4, places=(Place("resecentrum", "resecentrum"), Place("laggesta", "Läggesta")))
    missed = figure(happened=False, area="resecentrum", area_name="resecentrum")

    outcome = assess(promised, [figure(4), missed], YEAR)

    assert (outcome.delivery, outcome.missed_places) == (Delivery.PARTLY_KEPT, ("resecentrum",))


def test_too_few_reported_to_august_and_never_again_is_not_kept_as_far_as_reported():
    outcome = assess(at_least(2), [figure(1, to=AUGUST)], YEAR)

    assert (outcome.delivery, outcome.as_far_as_reported) == (Delivery.NOT_KEPT, True)


def test_enough_reported_to_august_is_kept_without_a_later_report():
    outcome = assess(at_least(8), [figure(16, to=AUGUST)], YEAR)

    assert (outcome.delivery, outcome.as_far_as_reported) == (Delivery.KEPT, False)


def test_every_district_promised_but_no_breakdown_cannot_be_judged():
    outcome = assess(at_least(1, in_each_area=True), [figure(303)], YEAR)

    assert (outcome.delivery, outcome.because) == (Delivery.NOT_ASSESSABLE, Because.NO_BREAKDOWN)


def test_total_below_the_least_of_all_places_is_not_kept_even_without_breakdown():
    places = tuple(Place(name, name) for name in "abc")

    assert assess(at_least(800, in_each_area=True, places=places), [figure(2399)], YEAR).delivery == Delivery.NOT_KEPT


def test_each_area_has_its_own_number():
    promised = at_least(1, in_each_area=True, places=(Place("a", "A", Decimal(52)), Place("b", "B", Decimal(104))))
    figures = [figure(60, area="a", area_name="A"), figure(60, area="b", area_name="B")]

    outcome = assess(promised, figures, YEAR)

    assert (outcome.delivery, outcome.missed_places) == (Delivery.PARTLY_KEPT, ("B",))


@pytest.mark.parametrize(
    ("number", "since", "to", "per_day", "answer"),
    [
        (71, dt.date(2018, 5, 1), dt.date(2018, 7, 31), "0.77", Delivery.NOT_KEPT),
        (301, dt.date(2018, 5, 1), dt.date(2018, 12, 31), "1.23", Delivery.KEPT),
    ],
)
def test_one_check_a_day_is_judged_by_the_rate_of_the_days_reported(number, since, to, per_day, answer):
    """Luleå 2018; the police rounded the first to 0.78."""
    frame = Frame(since, to, is_settled=True)

    outcome = assess(at_least(1, kind="rate", per="day"), [figure(number, since=since, to=to)], frame)

    assert (round(outcome.rate, 2), outcome.delivery) == (Decimal(per_day), answer)


def test_overlapping_reports_are_never_added():
    may = dt.date(2018, 5, 1)
    figures = [figure(71, since=may, to=dt.date(2018, 7, 31)), figure(301, since=may, to=dt.date(2018, 12, 31))]

    assert total(figures).number == 301


def test_reports_that_share_no_day_are_added():
    figures = [figure(3, to=dt.date(2019, 4, 30)), figure(4, since=dt.date(2019, 5, 1), to=AUGUST)]

    assert (total(figures).number, total(figures).days) == (7, 243)


def test_any_of_counts_all_options_together():
    promised = at_least(5, kind="rate", per="week", options=("trafikkontroll", "skolbesök"))
    figures = [figure(200, option="trafikkontroll"), figure(61, option="skolbesök")]

    assert assess(promised, figures, YEAR).delivery == Delivery.KEPT


@pytest.mark.parametrize(("part", "answer"), [(10, Delivery.NOT_KEPT), (11, Delivery.KEPT)])
def test_share_of_another_count(part, answer):
    promised = Promised("t", "share", amount=Decimal(20), share_of="all")
    everything = Reported("all", YEAR.starts, YEAR.ends, number=Decimal(52))

    assert assess(promised, [figure(part), everything], YEAR).delivery == answer


@pytest.mark.parametrize(("happened", "answer"), [(True, Delivery.KEPT), (False, Delivery.NOT_KEPT)])
def test_yes_or_no(happened, answer):
    assert assess(Promised("t", "yes_no"), [figure(happened=happened)], YEAR).delivery == answer


def test_no_amount_cannot_be_judged_when_it_is_over():
    outcome = assess(Promised("t", "none"), [], YEAR)

    assert (outcome.delivery, outcome.because) == (Delivery.NOT_ASSESSABLE, Because.NO_AMOUNT)


def test_no_report_at_all_cannot_be_judged():
    outcome = assess(at_least(8), [], YEAR)

    assert (outcome.delivery, outcome.because) == (Delivery.NOT_ASSESSABLE, Because.NO_REPORT)


@pytest.mark.parametrize(("done", "answer"), [(1, Delivery.DELAYED), (2, Delivery.ON_TRACK), (4, Delivery.KEPT)])
def test_while_it_runs_the_pace_decides(done, answer):
    """Four walks a year: two by the end of August are enough, four are already all."""
    assert assess(at_least(4), [figure(done, to=AUGUST)], RUNNING).delivery == answer


def test_before_any_report_nothing_is_said():
    assert assess(at_least(4), [], RUNNING).delivery == Delivery.NOT_REPORTED


@pytest.mark.parametrize(("status", "done"), [("paused", 3), ("delayed", 3), ("on_track", 1)])
def test_what_the_owner_says_goes_before_the_pace(status, done):
    frame = Frame(RUNNING.starts, RUNNING.ends, is_settled=False, status=status)

    assert assess(at_least(4), [figure(done, to=AUGUST)], frame).delivery == Delivery(status)


def test_stopped_is_stopped():
    frame = Frame(YEAR.starts, YEAR.ends, is_settled=True, status="stopped")

    assert assess(at_least(4), [figure(3)], frame).delivery == Delivery.STOPPED


def parts(*answers):
    kept, frame = at_least(1), YEAR
    made = {
        "kept": assess(kept, [figure(1)], frame),
        "not": assess(kept, [figure(0)], frame),
        "unknown": assess(kept, [], frame),
        "track": assess(at_least(4), [figure(3, to=AUGUST)], RUNNING),
        "late": assess(at_least(4), [figure(0, to=AUGUST)], RUNNING),
    }
    return [(answer, made[answer]) for answer in answers]


@pytest.mark.parametrize(
    ("answers", "answer"),
    [
        (("kept", "kept"), Delivery.KEPT),
        (("kept", "not"), Delivery.PARTLY_KEPT),
        (("not", "not"), Delivery.NOT_KEPT),
        (("kept", "unknown"), Delivery.NOT_ASSESSABLE),
        (("not", "unknown"), Delivery.NOT_KEPT),
        (("kept", "track"), Delivery.ON_TRACK),
        (("track", "late"), Delivery.DELAYED),
        ((), Delivery.NOT_ASSESSABLE),
    ],
)
def test_pledge_of_several_parts(answers, answer):
    assert pledge_outcome(parts(*answers)).delivery == answer
