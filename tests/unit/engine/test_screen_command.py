"""`lofte-engine screen`: the answer on stdout, one sentence on stderr, 0 whenever the file could be read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lofte_engine import cli

TEXT = "Hej!\nRing Anna Lindgren på 070-174 06 05.\n"


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    path = tmp_path / "voice.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_holds_findings_with_their_places(voice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["screen", str(voice), "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert [set(found) for found in answer["findings"]] == [{"kind", "start", "end", "certainty"}] * 2
    assert [TEXT[found["start"] : found["end"]] for found in answer["findings"]] == ["Anna Lindgren", "070-174 06 05"]


def test_list_is_read_by_people(voice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["screen", str(voice)]) == 0

    assert "Rad 2: telefonnummer (säkert) ”070-174 06 05”" in capsys.readouterr().out


def test_mask_gives_the_text_without_what_was_found(voice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["screen", str(voice), "--mask"]) == 0

    assert capsys.readouterr().out.strip() == "Hej!\nRing […] på […]."


def test_text_without_findings_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "quiet.txt"
    path.write_text("Det är mörkt i tunneln.", encoding="utf-8")

    assert cli.main(["screen", str(path)]) == 0

    assert capsys.readouterr().out.startswith("Inget hittades.")


def test_file_that_cannot_be_read_is_one_sentence_and_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["screen", str(tmp_path / "none.txt"), "--json"]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_command_loads_no_heavy_library(voice: Path) -> None:
    program = (
        "import sys; from lofte_engine import cli; cli.main(['screen', sys.argv[1]]);"
        "print({'scipy', 'sklearn', 'pandas', 'simplemma'} & set(sys.modules), file=sys.stderr)"
    )

    ended = subprocess.run([sys.executable, "-c", program, str(voice)], capture_output=True, text=True)

    assert ended.stderr.strip() == "set()"
