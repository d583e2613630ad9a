"""The power goes while text is kept, saved or removed, while a picture is adopted, and while a document is made.

Real processes on a real file, killed at named points and at random ones. A few rounds here; LOFTE_LONG=1 makes it 50.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import killing
from killing import environment, is_whole

ROUNDS = 50 if os.environ.get("LOFTE_LONG") == "1" else 2

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("LOFTE_DATABASE")), reason="a file of SQLite is what is torn here"),
]

BEGIN = """
from lofte.commands.terminal import start_django
start_django(needs_tables=False)
from django.core.management import call_command
from django.test.utils import setup_test_environment
setup_test_environment()
from lofte.parties.models import User
from lofte.picture import drafts
from django.http import QueryDict
from people import signed_in
from pictures import DECISION, ROOT, PictureSite, picture_site, post
BASE = ROOT + "lagesbild/"
ITEM = "/arbete/tuna/underlag/2026/nytt/"
PAGES = (BASE + "problem/nytt/", ITEM, "/arbete/tuna/atgardsplan/2026/plan/atgard/ny/")
def who(name):
    return User.objects.get(email=f"{name}@example.se")
def client():
    return signed_in(who("coordinator"))
"""
PREPARE = """
call_command("migrate", verbosity=0)
here = picture_site()
here.fill()
here.hand_over()
drafts.keep(by=who("coordinator"), address=BASE + "problem/nytt/", data=QueryDict("title=Det+gamla"))
"""
# Read from the file itself: what stands there counts.
COUNTS = {
    "state": "SELECT state FROM picture_situationpicture",
    "kept": "SELECT count(*) FROM picture_pictureversion",
    "adopted": "SELECT count(*) FROM core_event WHERE verb = 'picture.adopted'",
    "problems": "SELECT group_concat(title) FROM picture_problem",
    "causes": "SELECT count(*) FROM picture_cause",
    "removed": "SELECT count(*) FROM picture_removedpart",
    "draft": "SELECT fields FROM picture_writtendraft",
    "drafts": "SELECT group_concat(fields, '|') FROM picture_writtendraft WHERE fields LIKE '%Nummer%'",
    "written": "SELECT count(*) FROM core_event WHERE verb = 'picture.written'",
}
ADOPT = 'assert post(client(), BASE + "anta/", **DECISION).status_code == 302'
SAVE = 'assert post(client(), BASE + "problem/problem-1/", title="Det nya", priority=1).status_code == 302'
REMOVE = 'assert client().post(BASE + "ta-bort/problem/problem-1/").status_code == 302'
KEEP = 'drafts.keep(by=who("coordinator"), address=BASE + "problem/nytt/", data=QueryDict("title=Det+nya"))'
DOCUMENT = 'assert client().get(BASE + "lagesbild.pdf").content.startswith(b"%PDF")'
# As the script of the page does it: the same for a part of the picture, evidence and a measure.
WRITE_ON = """
asked = client()
for number in range(10000):
    for page in PAGES:
        kept = asked.post(f"/arbete/utkast/?sida={page}", {"title": f"Nummer {number}", "text": f"Nummer {number}"})
        assert kept.status_code == 200
    post(asked, BASE + "problem/problem-1/", title=f"Nummer {number}", priority=1)
    print(number, flush=True)
"""
READY_TO_ADOPT = """
asked = client()
asked.get(BASE + "anta/")
print("ready", flush=True)
assert asked.post(BASE + "anta/", DECISION).status_code == 302
print("adopted", flush=True)
"""


def run(var: Path, code: str, crash_at: str = "") -> subprocess.CompletedProcess[str]:
    return killing.ended(var, BEGIN + code, crash_at)


def counts(var: Path) -> dict[str, Any]:
    with contextlib.closing(sqlite3.connect(var / "lofte.sqlite3")) as database:
        return {name: (database.execute(query).fetchone() or [None])[0] for name, query in COUNTS.items()}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("prepared")
    ended = run(var, PREPARE)
    assert ended.returncode == 0, ended.stderr
    return var


@pytest.fixture
def var(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "var"))


@pytest.mark.parametrize(
    ("code", "point"),
    [(ADOPT, "picture-adopted"), (SAVE, "part-saved"), (REMOVE, "part-removed"), (KEEP, "draft-kept")],
    ids=["adopt", "save", "remove", "keep"],
)
def test_write_is_whole_or_not_there_at_all(var: Path, code: str, point: str) -> None:
    before = counts(var)

    ended = run(var, code, crash_at=point)

    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert counts(var) == before
    again = run(var, code)
    assert again.returncode == 0, again.stderr
    assert counts(var) != before
    is_whole(var)


def test_adopting_after_a_crash_keeps_one_text_and_tells_once(var: Path) -> None:
    run(var, ADOPT, crash_at="picture-adopted")

    run(var, ADOPT)

    after = counts(var)
    assert (after["state"], after["kept"], after["adopted"]) == ("adopted", 1, 1)


@pytest.mark.parametrize(("code", "point"), [(ADOPT, "picture-adopted"), (KEEP, "draft-kept")], ids=["adopt", "keep"])
def test_many_crashes_at_the_worst_point_leave_what_was(var: Path, code: str, point: str) -> None:
    before = counts(var)

    for _round in range(ROUNDS):
        assert run(var, code, crash_at=point).returncode == -signal.SIGKILL

    assert counts(var) == before
    assert run(var, code).returncode == 0
    is_whole(var)


def test_document_cut_off_while_it_is_made_leaves_nothing_behind(var: Path) -> None:
    before = counts(var)

    for _round in range(ROUNDS):
        ended = run(var, DOCUMENT, crash_at="document-made")
        assert ended.returncode == -signal.SIGKILL, ended.stderr

    assert counts(var) == before
    assert run(var, DOCUMENT).returncode == 0


def test_writing_cut_off_at_random_loses_nothing_that_was_said_to_be_saved(var: Path) -> None:
    chance = random.Random(os.environ.get("LOFTE_SEED", "2026"))
    for _round in range(ROUNDS):
        process = subprocess.Popen(
            [sys.executable, "-c", BEGIN + WRITE_ON], env=environment(var), stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        process.kill()
        said = int((process.communicate()[0].split() or ["0"])[-1])

        after = counts(var)
        assert int(after["problems"].split()[-1]) >= said
        assert after["causes"] == 1
        assert said_in(after["drafts"]) == 3 * [pytest.approx(said, abs=1)]
        is_whole(var)


def said_in(drafts: str) -> list[int]:
    return [int(json.loads(fields)["title"][0].split()[-1]) for fields in drafts.split("|")]


def test_adoption_cut_off_at_random_is_whole_or_not_there_at_all(var: Path, tmp_path: Path) -> None:
    """How many of each came of it is printed: a run where all fell on one side has not tried the other."""
    chance = random.Random(os.environ.get("LOFTE_SEED", "2026"))
    came = {"adopted": 0, "joint_review": 0}
    for number in range(ROUNDS):
        copy = Path(shutil.copytree(var, tmp_path / f"round-{number}"))
        process = subprocess.Popen(
            [sys.executable, "-c", BEGIN + READY_TO_ADOPT], env=environment(copy), stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        said = process.communicate()[0]

        after = counts(copy)
        is_adopted = after["state"] == "adopted"
        assert (after["kept"], after["adopted"]) == (int(is_adopted), int(is_adopted))
        assert is_adopted or "adopted" not in said
        is_whole(copy)
        came[after["state"]] += 1
        shutil.rmtree(copy)
    print(came)
