"""The power goes at the worst moment: real processes on a real file, killed at named points and at random ones.

Three random rounds by default; LOFTE_LONG=1 makes it a hundred.
"""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import killing
from killing import environment, is_whole

ROUNDS = 100 if os.environ.get("LOFTE_LONG") == "1" else 3

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
from lofte.followup.actions import add_update, lock_and_publish, send_for_review
from lofte.followup.models import Period
from lofte.notices.actions import send_once, send_waiting
from lofte.notices.models import Notice
from lofte.parties.models import Cycle, User
from lofte.promises.actions import publish_read_promise
from lofte.promises.models import CitizenPromise
TODAY = dt.date(2026, 9, 10)
"""

PREPARE = """
call_command("migrate", verbosity=0)
import factories, people
tuna = factories.tuna()
cast = people.cast(tuna.kommun)
factories.report(tuna.late, tuna.checks, 5)
send_for_review(period=tuna.late, by=cast.coordinator)
draft = factories.promise(tuna.kommun, factories.cycle(tuna.kommun, 2025, Cycle.Mode.FOLLOW))
factories.target(factories.activity(factories.pledge(draft, "trafik", "Polisen gör kontroller."), "Kontrollera"))
send_once("reminder/1", kind="reminder", subject="Rapporten", body="Den ska komma nu.", email="x@example.se")
"""

# Read from the file itself: what stands there counts, and a process of Django's takes a second to start.
COUNTS = {
    "draft": "SELECT state FROM promises_citizenpromise WHERE slug = '2025'",
    "versions": "SELECT count(*) FROM promises_promiseversion v JOIN promises_citizenpromise p ON p.id = v.promise_id"
    " WHERE p.slug = '2025'",
    "changes": "SELECT count(*) FROM promises_promisestatechange",
    "period": "SELECT stage FROM followup_period WHERE label = '2026-T2'",
    "frozen": "SELECT count(*) FROM followup_frozenreport",
    "published": "SELECT count(*) FROM core_event WHERE verb = 'period.published'",
    "active": "SELECT count(*) FROM core_event WHERE verb = 'promise.active'",
    "updates": "SELECT count(*) FROM followup_update",
    "told": "SELECT count(*) FROM core_event WHERE verb = 'update.added'",
    "notice": "SELECT state FROM notices_notice",
    "jobs": "SELECT group_concat(state) FROM core_job",
}

PUBLISH_PROMISE = 'publish_read_promise(CitizenPromise.objects.get(slug="2025"), by=None, today=TODAY)'
PUBLISH_REPORT = (
    'lock_and_publish(period=Period.objects.get(label="2026-T2"),'
    ' by=User.objects.get(email="police_editor@example.se"), today=TODAY)'
)
SEND = "send_waiting()"
MANY_UPDATES = """
promise, by = CitizenPromise.objects.get(slug="2026"), User.objects.get(email="coordinator@example.se")
for number in range(10000):
    add_update(promise=promise, by=by, on=TODAY, text=f"Nytt {number}")
    print(number, flush=True)
"""


def run(var: Path, code: str, crash_at: str = "") -> subprocess.CompletedProcess[str]:
    return killing.ended(var, BEGIN + code, crash_at)


def counts(var: Path) -> dict[str, Any]:
    with contextlib.closing(sqlite3.connect(var / "lofte.sqlite3")) as database:
        return {name: database.execute(query).fetchone()[0] for name, query in COUNTS.items()}


def mails(var: Path) -> int:
    """The file backend writes one file a message, or several after each other in one."""
    return sum(path.read_text("utf-8").count("Message-ID:") for path in (var / "mail").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("prepared")
    ended = run(var, PREPARE)
    assert ended.returncode == 0, ended.stderr
    return var


@pytest.fixture
def var(prepared: Path, tmp_path: Path) -> Path:
    """A copy of its own of a site with a draft, a report in review and a notice that waits."""
    return Path(shutil.copytree(prepared, tmp_path / "var"))


def killed(var: Path, code: str, point: str) -> None:
    ended = run(var, code, crash_at=point)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def test_promise_is_published_whole_or_not_at_all(var: Path) -> None:
    before = counts(var)

    killed(var, PUBLISH_PROMISE, "publish-read-promise")

    assert counts(var) == before
    assert run(var, PUBLISH_PROMISE).returncode == 0
    after = counts(var)
    assert (after["draft"], after["versions"], after["changes"], after["active"]) == ("active", 1, 1, 1)
    is_whole(var)


def test_report_is_published_whole_or_not_at_all(var: Path) -> None:
    before = counts(var)

    killed(var, PUBLISH_REPORT, "publish-report")

    assert counts(var) == before
    assert run(var, PUBLISH_REPORT).returncode == 0
    after = counts(var)
    # Frozen as JSON, HTML in two languages, PDF and the easy-to-read twin.
    assert (after["period"], after["frozen"], after["published"]) == ("published", 5, 1)
    is_whole(var)


def test_notice_is_sent_after_a_crash_before_it_was_taken(var: Path) -> None:
    killed(var, SEND, "notice-before-claim")
    assert (counts(var)["notice"], mails(var)) == ("waiting", 0)

    run(var, SEND)

    assert (counts(var)["notice"], mails(var)) == ("sent", 1)


def test_notice_is_not_sent_twice_after_a_crash_between_send_and_save(var: Path) -> None:
    killed(var, SEND, "notice-after-send")
    assert (counts(var)["notice"], mails(var)) == ("sending", 1)

    later = "Notice.objects.update(claimed_at=timezone.now() - dt.timedelta(hours=1)); send_waiting()"
    for _again in range(2):
        run(var, later)

    assert (counts(var)["notice"], mails(var)) == ("unsure", 1)


def test_worker_that_dies_in_a_job_takes_it_up_when_it_starts_again(var: Path) -> None:
    first = worker(var, "notice-before-claim")
    assert first.wait(timeout=30) == -signal.SIGKILL
    assert counts(var)["jobs"] == "running"

    second = worker(var)
    try:
        assert wait_until(lambda: counts(var)["jobs"] == "done")
    finally:
        second.terminate()
        second.wait(timeout=30)

    assert (counts(var)["notice"], mails(var)) == ("sent", 1)


def worker(var: Path, crash_at: str = "") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "lofte.commands.worker"],
        env=environment(var, crash_at), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.2)
    return False


def test_writes_cut_off_at_random_leave_whole_chains(var: Path) -> None:
    chance = random.Random(os.environ.get("LOFTE_SEED", "2026"))
    for _round in range(ROUNDS):
        process = subprocess.Popen(
            [sys.executable, "-c", BEGIN + MANY_UPDATES], env=environment(var), stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        said = process.communicate()[0].count("\n")

        after = counts(var)
        assert after["updates"] == after["told"]
        assert after["updates"] > said
        is_whole(var)
