"""What the worker sees to by itself."""

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from lofte.commands import upkeep
from lofte.exchange.reading import load_file
from lofte.followup.models import FrozenReport, SearchEntry
from lofte.notices.actions import send_once
from lofte.notices.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_letter_whose_time_has_come_is_tried_again() -> None:
    notice = send_once("x", kind="reminder", subject="Dags", body="Hej!", email="a@example.se")
    Notice.objects.filter(pk=notice.pk).update(attempts=2, not_before=timezone.now() - dt.timedelta(minutes=1))

    upkeep.upkeep()

    assert len(mail.outbox) == 1


@pytest.mark.slow
def test_reports_that_were_read_in_are_frozen_and_found_once(checkout: Path) -> None:
    promise = load_file(checkout / "examples/strangnas-2017.json").promise
    load_file(checkout / "examples/lulea-2018.json")

    upkeep.upkeep()
    before = FrozenReport.objects.count(), SearchEntry.objects.count()
    upkeep.upkeep()

    assert promise.periods.filter(stage="published").count() == promise.periods.exclude(frozen=None).distinct().count()
    assert before == (FrozenReport.objects.count(), SearchEntry.objects.count())
    assert before[0] == 5 * 3


def test_a_failure_is_logged_and_the_next_time_comes(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    stop, times = threading.Event(), []

    def fails() -> None:
        times.append(1)
        if len(times) == 2:
            stop.set()
        raise OSError("the database is away")

    monkeypatch.setattr(upkeep, "upkeep", fails)
    upkeep.keep_up(stop, every=0.001)

    assert len(times) == 2
    assert "upkeep failed" in caplog.text
