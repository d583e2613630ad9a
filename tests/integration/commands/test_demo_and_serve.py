"""`lofte demo` and `lofte serve`, as programs: what a newcomer meets."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from lofte.core.demo import may_sign_in, read_demo, write_demo

from .conftest import environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("LOFTE_DATABASE")), reason="these programs make their own SQLite file"),
]

ASK_DATABASE = """
import sys
from lofte.commands.terminal import start_django
start_django()
{}
"""


def ask(var: Path, code: str) -> str:
    command = [sys.executable, "-c", ASK_DATABASE.format(code)]
    return subprocess.run(command, env=environment(var), capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """Some of the examples: that all can be read in is tested where they are."""
    folder = tmp_path_factory.mktemp("examples")
    for pattern in ("exempelkoping-*", "strangnas-2019*", "strangnas-regso-*"):
        for path in (checkout / "examples").glob(pattern):
            shutil.copy(path, folder)
    shutil.copytree(checkout / "examples" / "siffror", folder / "siffror")
    return folder


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A var folder where `lofte demo` was run once."""
    var = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "lofte", "demo", "--examples", str(examples)]
    ended = subprocess.run(command, env=environment(var), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    (var / "said.txt").write_text(ended.stdout, encoding="utf-8")
    return var


def test_demo_gives_the_made_up_kommun_figures_that_its_picture_rests_on(demo: Path) -> None:
    found = ask(
        demo,
        """
from lofte.evidence.models import DataSet, EvidenceItem, FigureRelease
item = EvidenceItem.objects.get(key="cyklar-2025")
linked = item.problem_links.exists() and DataSet.objects.get(pk=item.figure.data_set_id).outlines != {}
print(FigureRelease.objects.filter(published_at__isnull=False).count(), int(item.figure.value) == item.n, linked)
""",
    )

    assert found == "1 True True"


def test_demo_keeps_the_pictures_of_the_made_up_kommun_and_only_them(demo: Path) -> None:
    asked = (
        "from lofte.picture.models import PictureVersion as P;"
        "print(sorted({str(p.picture.cycle.municipality.slug) for p in P.objects.all()}))"
    )

    assert ask(demo, asked) == "['exempelkoping']"


def test_demo_fills_the_registers_of_the_made_up_kommun_but_for_the_way_to_reach_it(demo: Path) -> None:
    found = ask(
        demo,
        """
from lofte.statute.models import AssemblyReport, CoordinationFunction, CouncilMember
print(CouncilMember.objects.count(), AssemblyReport.objects.count(), repr(CoordinationFunction.objects.get().contact))
""",
    )

    assert found == "4 1 ''"


def test_demo_prints_sign_ins_with_a_password_of_its_own(demo: Path) -> None:
    said = (demo / "said.txt").read_text("utf-8")

    assert "samordnare@exempelkoping.example" in said
    assert re.search(r"Lösenord för alla: [0-9a-f]{4}(-[0-9a-f]{4}){3}", said)
    assert (demo / "demo.json").stat().st_mode & 0o077 == 0


def test_demo_sign_ins_work_and_know_their_roles(demo: Path) -> None:
    code = (
        "from lofte.parties.models import Membership, User\n"
        "from lofte.core.demo import read_demo\n"
        "from django.conf import settings\n"
        "user = User.objects.get(email='kommunpolis@exempelkoping.example')\n"
        "print(user.check_password(read_demo(settings.VAR)['password']), *Membership.objects.filter(user=user)"
        ".values_list('role', 'organisation__kind').get())"
    )

    assert ask(demo, code) == "True police_editor police"


def test_demo_again_keeps_what_people_changed(demo: Path, examples: Path) -> None:
    ask(
        demo,
        "from lofte.promises.models import CitizenPromise as P; P.objects.filter(slug='2025').update(title='Eget')",
    )
    before = ask(demo, "from lofte.promises.models import CitizenPromise as P; print(P.objects.count())")

    command = [sys.executable, "-m", "lofte", "demo", "--examples", str(examples)]
    ended = subprocess.run(command, env=environment(demo), capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == (demo / "said.txt").read_text("utf-8")
    assert ask(demo, "from lofte.promises.models import CitizenPromise as P; print(P.objects.count())") == before


def test_demo_refuses_a_site_with_sign_ins_of_its_own(demo: Path, examples: Path, tmp_path: Path) -> None:
    for file in demo.glob("lofte.sqlite3*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    command = [sys.executable, "-m", "lofte", "demo", "--examples", str(examples)]

    ended = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert "egna inloggningar" in ended.stderr


def test_demo_sign_ins_open_no_door_where_no_demo_was_made(tmp_path: Path) -> None:
    assert not may_sign_in("samordnare@exempelkoping.example", tmp_path)
    assert may_sign_in("samordnare@kommunen.se", tmp_path)

    first = write_demo(tmp_path, people=[])

    assert may_sign_in("Samordnare@Exempelkoping.example", tmp_path)
    assert write_demo(tmp_path, people=["x"])["password"] == first["password"]
    assert read_demo(tmp_path) == {"password": first["password"], "people": ["x"]}


def test_folder_without_examples_is_a_sentence(program, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ended = program("demo", "--examples", tmp_path)

    assert ended.returncode == 2
    assert "inga exempel" in ended.stderr
    assert not (tmp_path / "lofte.sqlite3").exists()


# --- serve


@pytest.fixture
def site(demo: Path) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """A running `lofte serve` on a free port: the process, its address and what it printed."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "lofte", "serve", "--port", "0", "--processes", "1"],
        env=environment(demo), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Avsluta"):
            break
    yield process, lines[0].split()[-1] if lines else "", lines
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=20)


def children(pid: int) -> dict[int, str]:
    """The child processes of one process, by id, with their command lines."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return {int(each): Path(f"/proc/{each}/cmdline").read_bytes().decode().replace("\0", " ") for each in listed}


def wait_until(is_so, seconds: float = 15) -> bool:  # type: ignore[no-untyped-def]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")


def test_serve_answers_and_prints_what_to_open(site) -> None:  # type: ignore[no-untyped-def]
    _process, address, lines = site

    with urllib.request.urlopen(f"{address}konto/login/", timeout=10) as answer:  # noqa: S310
        assert answer.status == 200
    said = "".join(lines)
    assert f"{address}exempelkoping/" in said
    assert f"{address}strangnas/" in said
    assert "Lösenord för alla:" in said


@linux
def test_serve_ends_its_children_when_told_to(site) -> None:  # type: ignore[no-untyped-def]
    process, _address, _lines = site
    mine = children(process.pid)
    assert len(mine) == 2

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=20) == 0
    assert not [pid for pid in mine if is_running(pid)]


@linux
def test_serve_starts_the_worker_again_when_it_dies(site) -> None:  # type: ignore[no-untyped-def]
    process, _address, _lines = site
    worker = next(pid for pid, words in children(process.pid).items() if "lofte.commands.worker" in words)

    os.kill(worker, signal.SIGKILL)

    def has_new_worker() -> bool:
        return any("lofte.commands.worker" in words and pid != worker for pid, words in children(process.pid).items())

    assert wait_until(has_new_worker)


@linux
def test_children_end_when_serve_is_killed(site) -> None:  # type: ignore[no-untyped-def]
    process, address, _lines = site
    mine = children(process.pid)

    process.kill()

    assert wait_until(lambda: not any(is_running(pid) for pid in mine))
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{address}healthz", timeout=2)  # noqa: S310


def test_serve_says_when_the_port_is_taken(site, demo: Path) -> None:  # type: ignore[no-untyped-def]
    _process, address, _lines = site
    port = address.rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-m", "lofte", "serve"]

    ended = subprocess.run(
        command, env=environment(demo) | {"PORT": port}, capture_output=True, text=True, timeout=20, check=False
    )

    assert ended.returncode == 2
    assert f"Porten {port} går inte att använda" in ended.stderr


def test_serve_without_a_database_is_a_sentence(program) -> None:  # type: ignore[no-untyped-def]
    ended = program("serve")

    assert ended.returncode == 2
    assert ended.stderr.startswith("Databasen finns inte än.")
