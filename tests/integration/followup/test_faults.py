"""The power goes between a reminder and its letter, and after the letter has left; a copy is taken, and put back."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

import killing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("LOFTE_DATABASE")), reason="a file of SQLite is what is torn here"),
]

BEGIN = """
import datetime as dt
from lofte.commands.terminal import start_django
start_django(needs_tables=False)
from django.core.management import call_command
from django.utils import timezone
from lofte.followup.models import *
from lofte.followup.reminders import make_reminders
from lofte.notices.actions import send_waiting
from lofte.notices.models import Notice
from lofte.public.letters import send_letters
TODAY = dt.date(2026, 9, 1)
"""
PREPARE = """
call_command("migrate", verbosity=0)
import factories, people
from lofte.followup.actions import add_update, lock_and_publish, send_for_review
tuna = factories.tuna()
cast = people.cast(tuna.kommun)
first = tuna.promise.periods.get(label="2026-T1")
factories.report(first, tuna.checks, 5, entered_by=cast.community_officer.key)
send_for_review(period=first, by=cast.police_editor, summary="En lugn vår.")
lock_and_publish(period=first, by=cast.coordinator, today=TODAY)
Follower.objects.create(email="granne@example.se", municipality=tuna.kommun.municipality, promise=tuna.promise,
    about="tuna/2026", pace="day", asked_on=TODAY, confirmed_at=timezone.now(), told_at=timezone.now())
add_update(promise=tuna.promise, by=cast.coordinator, on=TODAY, text="Nu är lamporna bytta.")
"""
REMIND = "make_reminders(TODAY); Notice.objects.update(not_before=None)"
SEND = "send_waiting()"
AN_HOUR_LATER = "Notice.objects.update(claimed_at=timezone.now() - dt.timedelta(hours=1)); send_waiting()"


def run(var: Path, code: str, crash_at: str = "") -> subprocess.CompletedProcess[str]:
    return killing.ended(var, BEGIN + code, crash_at)


def done(var: Path, code: str) -> str:
    ended = run(var, code)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def killed(var: Path, code: str, point: str) -> None:
    ended = run(var, code, crash_at=point)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def ask(var: Path, query: str) -> Any:
    with contextlib.closing(sqlite3.connect(var / "lofte.sqlite3")) as database:
        return database.execute(query).fetchone()[0]


def mails(var: Path) -> int:
    return sum(path.read_text("utf-8").count("Message-ID:") for path in (var / "mail").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("prepared")
    done(var, PREPARE)
    return var


@pytest.fixture
def var(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "var"))


def test_reminder_and_its_letter_are_both_there_or_neither(var: Path) -> None:
    killed(var, REMIND, "reminder-between")
    assert (ask(var, "SELECT count(*) FROM followup_reminder"), ask(var, "SELECT count(*) FROM notices_notice")) == (
        0,
        0,
    )

    done(var, REMIND)
    done(var, REMIND)

    sent = ask(var, "SELECT count(*) FROM followup_reminder WHERE skipped = '' AND step = 'due'")
    assert sent == ask(var, "SELECT count(*) FROM notices_notice") == 4


def test_reminder_that_has_left_is_never_sent_again(var: Path) -> None:
    done(var, REMIND)
    killed(var, SEND, "notice-after-send")
    assert mails(var) == 1

    for _again in range(2):
        done(var, REMIND)
        done(var, AN_HOUR_LATER)

    assert mails(var) == 4
    assert ask(var, "SELECT count(*) FROM notices_notice WHERE state = 'unsure'") == 1


def test_letter_to_a_follower_is_written_once_after_a_crash(var: Path) -> None:
    killed(var, "send_letters()", "letter-between")
    assert ask(var, "SELECT count(*) FROM notices_notice") == 0

    done(var, "send_letters(); send_letters(); send_waiting()")

    assert (ask(var, "SELECT count(*) FROM notices_notice"), mails(var)) == (1, 1)


PAGE = """
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
import hashlib
page = Client().get("/tuna/2026/rapport/2026-T1/")
frozen = FrozenReport.objects.order_by("format", "language")
print(page.status_code, *(hashlib.sha256(bytes(each.content)).hexdigest() == each.sha256 for each in frozen))
print(*(each.sha256 for each in frozen), all(bytes(each.content) in page.content for each in frozen.filter(
    format="html", language="sv")))
"""
EDIT = """
ActivityReport.objects.update(done="Ändrat i efterhand.")
Period.objects.update(summary="Ändrad.")
"""


def test_frozen_bytes_are_the_same_in_a_copy_that_is_put_back(var: Path, tmp_path: Path) -> None:
    before = done(var, PAGE)
    copy = tmp_path / "put-back"
    copy.mkdir()
    with (
        contextlib.closing(sqlite3.connect(var / "lofte.sqlite3")) as database,
        contextlib.closing(sqlite3.connect(copy / "lofte.sqlite3")) as target,
    ):
        database.backup(target)
    done(var, EDIT)

    assert done(copy, PAGE) == before
    assert done(var, PAGE) == before
    assert before.startswith("200 True True True True")
    assert before.rstrip().endswith("True")


def test_frozen_bytes_are_the_same_after_an_upgrade(var: Path) -> None:
    before = done(var, PAGE)

    done(var, 'call_command("migrate", "followup", "0001", verbosity=0); call_command("migrate", verbosity=0)')

    assert done(var, PAGE) == before
