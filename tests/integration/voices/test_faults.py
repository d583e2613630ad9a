"""The power goes while a file with voices is read in: none of it is there, and the job begun again saves all of it."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
from pathlib import Path

import pytest

import killing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("LOFTE_DATABASE")), reason="a file of SQLite is what is torn here"),
]

BEGIN = """
import io
from lofte.commands.terminal import start_django
start_django(needs_tables=False)
from django.core.management import call_command
from django.utils import timezone
from lofte.core import jobs
from lofte.core.models import Job
from lofte.imports import actions as uploads
from lofte.voices import imports
"""
PREPARE = """
call_command("migrate", verbosity=0)
import factories, people, dialogues
where = factories.kommun()
by = people.cast(where).coordinator
dialogues.dialogue(where)
rows = "\\n".join(f"Svar nummer {number}.;19;Kvinna" for number in range(3000))
file = io.BytesIO(("Svar;Ålder;Kön\\n" + rows).encode())
upload = uploads.receive(
    municipality=where.municipality, kind=imports.KIND, name="svar.csv", content=file, by=by.key, now=timezone.now()
)
mapping = {"text": "Svar", "age": "Ålder", "sex": "Kön", imports.DIALOGUE: "2026/trygg", imports.CHANNEL: "import"}
jobs.start(imports.READ, owner=by.key, upload=upload.pk, mapping=mapping, by=str(by.key))
"""
READ = "jobs.run.call(str(Job.objects.get().key))"
AGAIN = "Job.objects.update(state=Job.State.WAITING);" + READ


def counts(var: Path) -> tuple[int, int, int, str]:
    """Voices, people counted, events of it, and what is said of the file."""
    with contextlib.closing(sqlite3.connect(var / "lofte.sqlite3")) as database:
        found: tuple[int, int, int, str] = database.execute(
            "select (select count(*) from voices_contribution), "
            "(select coalesce(sum(count), 0) from voices_participantcount), "
            "(select count(*) from core_event where verb = 'upload.committed'), (select state from imports_upload)"
        ).fetchone()
    return found


def test_file_is_read_in_whole_or_not_at_all(tmp_path: Path) -> None:
    made = killing.ended(tmp_path, BEGIN + PREPARE)
    assert made.returncode == 0, made.stderr

    killed = killing.ended(tmp_path, BEGIN + READ, "import-commit")
    torn = counts(tmp_path)
    again = killing.ended(tmp_path, BEGIN + AGAIN)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert torn == (0, 0, 0, "received")
    assert again.returncode == 0, again.stderr
    assert counts(tmp_path) == (3000, 3000, 1, "committed")
    killing.is_whole(tmp_path)
