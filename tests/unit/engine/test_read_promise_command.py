"""`lofte read-promise`: stdout is the answer, stderr one sentence, nothing is written."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lofte.commands.read_promise import main

PROMISE = """Medborgarlöfte 2018 i Eda kommun

Det här ska vi göra

Polisen lovar tillsammans med Eda kommun att minska farten vid skolorna.

- Vi ska kontrollera farten varje vecka.

Eda 2018-02-05

Förnamn Efternamn
Lokalpolisområdeschef
"""


@pytest.fixture
def promise(tmp_path: Path) -> Path:
    path = tmp_path / "promise.txt"
    path.write_text(PROMISE, encoding="utf-8")
    return path


def test_summary_is_read_by_people(promise: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(promise)]) == 0

    shown = capsys.readouterr()
    assert shown.out.startswith("Medborgarlöfte 2018 i Eda kommun\n\nKommun: Eda (1730)\n")
    assert "1. Vi ska kontrollera farten varje vecka. [ansvarig: Polisen, Eda kommun]" in shown.out
    assert "löfte 1 ansvariga: ”Vi” tolkas" in shown.out
    assert "Efternamn" not in shown.out
    assert shown.err == ""


def test_json_is_the_whole_answer(promise: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(promise), "--json"]) == 0

    draft = json.loads(capsys.readouterr().out)
    assert draft["year"] == 2018
    assert draft["text_length"] == len(PROMISE)


def test_bad_input_is_one_sentence_and_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()

    assert main([str(tmp_path / "empty.txt"), "--json", "--save"]) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "Filen är tom. Välj filen där löftet står.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["empty.txt"]


def test_reading_loads_neither_django_nor_file_libraries(promise: Path) -> None:
    heavy = "{'django', 'docx', 'pypdf', 'numpy', 'pandas', 'sklearn'}"
    read = f"from lofte.commands.read_promise import main; main([{str(promise)!r}])"
    code = f"import sys; {read}; print({heavy} & set(sys.modules))"

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")

    assert ended.stdout.rstrip().endswith("set()")
