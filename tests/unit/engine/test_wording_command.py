"""`lofte-engine check-promise`: the answer on stdout, one sentence on stderr, 0 whenever the file could be read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lofte_engine import cli
from lofte_engine.commands.check_promise import main

PLEDGE = "Insatser ska genomföras i Centrum.\n"


@pytest.fixture
def pledge(tmp_path: Path) -> Path:
    path = tmp_path / "pledge.txt"
    path.write_text(PLEDGE, encoding="utf-8")
    return path


def test_json_holds_findings_with_their_places(pledge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check-promise", str(pledge), "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    owner = next(found for found in answer["findings"] if found["rule"] == "L1")
    assert PLEDGE[owner["start"] : owner["end"]] == "ska genomföras"
    assert set(owner) == {"rule", "severity", "start", "end", "message", "suggestion"}
    assert (owner["severity"], answer["text_length"], answer["kind"]) == ("block", len(PLEDGE), "pledge")
    assert set(answer["readability"]) >= {"lix", "longest_sentence"}


def test_list_is_read_by_people(pledge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(pledge)]) == 0

    shown = capsys.readouterr()
    assert shown.out.startswith("Ett löfte. LIX ")
    assert "L1 Vem som ansvarar [måste åtgärdas] ”ska genomföras”" in shown.out
    assert shown.err == ""


def test_good_list_of_pledges_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.txt"
    good = "Kommunens fältgrupp går till skolan i Norrby varje fredag under 2026 mot klotter. Det redovisas i maj 2026."
    path.write_text(f"- {good}\n- Insatser ska göras.", encoding="utf-8")

    assert main([str(path)]) == 0

    assert "  Inget att anmärka." in capsys.readouterr().out


def test_seed_is_shown_with_its_overall_pledge(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(shared / "seed" / "medborgarlofte-strangnas-2018.txt")]) == 0

    shown = capsys.readouterr().out
    assert "Övergripande löfte: ”Polisen lovar tillsammans med Strängnäs kommun" in shown
    assert "Texten runt löftena" in shown


@pytest.mark.parametrize(("content", "sentence"), [(b"", "Filen är tom."), (b"\x00\x01\x02\x03" * 50, "Filen")])
def test_bad_file_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    (tmp_path / "bad.txt").write_bytes(content)

    assert main([str(tmp_path / "bad.txt"), "--json"]) == 2

    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert shown.err.startswith(sentence)


def test_checking_loads_neither_numbers_nor_file_libraries(pledge: Path) -> None:
    heavy = "{'django', 'docx', 'pypdf', 'numpy', 'scipy', 'pandas', 'sklearn', 'simplemma'}"
    code = (
        f"import sys; from lofte_engine.commands.check_promise import main; main([{str(pledge)!r}]); "
        f"print({heavy} & set(sys.modules))"
    )

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")

    assert ended.stdout.rstrip().endswith("set()")
