"""Jobs: progress, result, refusal, cancel, and being taken up again after a crash."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lofte.core import jobs
from lofte.core.models import Job
from lofte.core.visibility import VISITOR, Viewer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))

    @jobs.job_kind("count")
    def count(progress: jobs.Progress) -> dict[str, Any]:
        for number in range(progress.arguments["to"]):
            progress.step(number + 1, progress.arguments["to"])
        return {"counted": progress.arguments["to"]}

    @jobs.job_kind("refuse")
    def refuse(progress: jobs.Progress) -> None:
        raise jobs.Refused("Filen är tom.")

    @jobs.job_kind("break")
    def break_down(progress: jobs.Progress) -> None:
        raise ZeroDivisionError

    @jobs.job_kind("stop-oneself")
    def stop_oneself(progress: jobs.Progress) -> None:
        jobs.cancel(progress.job)
        progress.step(1, 10)
        raise AssertionError("a cancelled job went on")


def work() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


def test_job_is_a_row_at_once_and_is_done_by_a_worker() -> None:
    job = jobs.start("count", to=3)
    assert job.state == Job.State.WAITING

    work()

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.result == {"counted": 3}
    assert (job.steps_done, job.steps_total) == (3, 3)
    assert job.is_over


def test_unknown_kind_is_an_error_at_once() -> None:
    with pytest.raises(LookupError):
        jobs.start("no-such-kind")
    assert not Job.objects.exists()


def test_refusal_becomes_the_message() -> None:
    job = jobs.start("refuse")

    work()

    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.FAILED, "Filen är tom.")


def test_programming_error_is_told_kindly_and_kept_in_the_queue_table() -> None:
    job = jobs.start("break")

    work()

    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.FAILED, "Något gick fel hos oss. Försök igen.")
    assert "ZeroDivisionError" in DBTaskResult.objects.get().traceback


def test_job_that_is_asked_to_stop_stops_at_its_next_step() -> None:
    job = jobs.start("stop-oneself")

    work()

    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert job.ended_at is not None


def test_job_cancelled_before_it_began_does_nothing() -> None:
    job = jobs.start("count", to=5)
    jobs.cancel(job)

    work()

    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert job.result is None


def crashed(silent_for: dt.timedelta) -> Job:
    """A job that was running when the server died."""
    return Job.objects.create(
        kind="count",
        arguments={"to": 2},
        state=Job.State.RUNNING,
        steps_done=1,
        heartbeat_at=timezone.now() - silent_for,
    )


def test_job_cut_off_by_a_crash_is_begun_again() -> None:
    job = crashed(jobs.SILENT_AFTER + dt.timedelta(minutes=1))

    assert jobs.resume(timezone.now()) == 1
    work()

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.result == {"counted": 2}


def test_job_that_still_gives_signs_of_life_is_left_alone() -> None:
    job = crashed(dt.timedelta(minutes=1))

    assert jobs.resume(timezone.now()) == 0
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_job_taken_up_twice_is_done_once() -> None:
    crashed(jobs.SILENT_AFTER + dt.timedelta(minutes=1))

    jobs.resume(timezone.now())
    assert jobs.resume(timezone.now()) == 0
    work()

    assert Job.objects.filter(state=Job.State.DONE).count() == 1


def test_only_the_owner_sees_a_job() -> None:
    owner = uuid.uuid4()
    jobs.start("count", owner=owner, to=1)
    jobs.start("count", to=1)

    assert Job.objects.visible_to(Viewer(key=owner)).count() == 1
    assert Job.objects.visible_to(Viewer(key=uuid.uuid4())).count() == 0
    assert Job.objects.visible_to(VISITOR).count() == 0


def test_daily_jobs_are_started_by_the_timer_and_wait_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_daily", [])
    jobs.job_kind("sweep", is_daily=True)(lambda progress: "swept")

    first, again = jobs.start_daily(), jobs.start_daily()

    assert [job.kind for job in first] == ["sweep"]
    assert again == []
