"""`lofte` itself: what it answers, where its words go and how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from lofte.cli import COMMANDS, main


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0

    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "manage"])
def test_every_command_has_swedish_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0

    shown = capsys.readouterr().out
    assert shown.startswith(f"användning: lofte {name}")
    assert "options:" not in shown


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["nonsense"], "Kommandot nonsense finns inte."),
        (["import"], "ange FIL"),
        (["export", "strangnas/2019", "--colour"], "--colour känns inte igen."),
        (["serve", "--port", "eight"], "--port kan inte vara 'eight'."),
        (["due", "--on"], "Det saknas ett värde efter --on."),
        (["due", "--on", "31 maj"], "31 maj är inget datum."),
    ],
)
def test_bad_input_is_one_swedish_sentence(given: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(given) == 2

    said = capsys.readouterr()
    assert sentence in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


def test_nothing_given_shows_the_commands_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "read-promise" in capsys.readouterr().out


def test_help_and_reading_a_promise_do_not_wait_for_django() -> None:
    program = (
        "import sys; from lofte.cli import main; main(['--help']); main(['read-promise', 'nofile']); "
        "sys.exit('django' in sys.modules)"
    )

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr


@pytest.mark.slow
def test_empty_database_is_told_in_a_sentence(program, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ended = program("due")

    assert ended.returncode == 2
    assert ended.stderr.startswith("Databasen är tom.")
    assert ended.stdout == ""


@pytest.mark.slow
def test_wrong_setting_is_told_in_a_sentence(program) -> None:  # type: ignore[no-untyped-def]
    ended = program("due", LOFTE_DEBUG="maybe")

    assert ended.returncode == 2
    assert "LOFTE_DEBUG" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_closed_pipe_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m lofte --help | true"

    ended = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)

    assert "Traceback" not in ended.stderr
