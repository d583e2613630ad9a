"""`lofte-engine opinion-groups`: stdout is the answer, stderr one Swedish sentence, exit 0 or 2."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lofte_engine.cli import main as cli
from lofte_engine.commands.opinion_groups import CAUTIONS, ERRORS, main
from lofte_engine.opinions.votes import VOTES_SENTENCES

KEYS = {"participants", "groups", "group_votes", "consensus", "representative", "priorities", "stability", "warnings"}


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    """Two camps of twenty on ten statements; participant 99 voted once."""
    rng = np.random.default_rng(1)
    opinion = rng.choice([-1, 1], size=10)
    rows = ["timestamp,comment-id,voter-id,vote"]
    for person in range(40):
        side = opinion if person < 20 else -opinion
        cast = np.where(rng.random(10) < 0.1, 0, side)
        rows += [f"{person * 10 + j},{j},{person},{vote}" for j, vote in enumerate(cast)]
    path = tmp_path / "votes.csv"
    path.write_text("\n".join([*rows, "999,0,99,1"]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    path = tmp_path / "comments.csv"
    path.write_text("comment-id,moderated,is-meta\n0,1,true\n1,-1,false\n2,0,false\n", encoding="utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert main([str(argument) for argument in arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    answer: dict[str, Any] = json.loads(shown.out)
    return answer


@pytest.mark.parametrize("mode", ["polis-compat", "robust"])
def test_answer_holds_everything_and_adds_up(
    votes: Path, comments: Path, mode: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asked(capsys, votes, "--comments", comments, "--mode", mode, "--json")

    assert answer.keys() >= KEYS
    assert len(answer["participants"]) == 41
    assert answer["participants"]["99"] is None
    assert answer["groups"] == [{"id": 0, "size": 20}, {"id": 1, "size": 20}]
    assert answer["priorities"]["0"] == 49
    for name, product in answer["consensus"].items():
        shares = [(g[name]["agree"] + 1) / (g[name]["seen"] + 2) for g in answer["group_votes"].values()]
        assert product == pytest.approx(np.prod(shares))
    assert answer["stability"]["ari"] > 0.9
    assert len(answer["warnings"]) == 2


def test_answer_is_the_same_in_any_row_order(votes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = asked(capsys, votes, "--json")
    header, *rows = votes.read_text(encoding="utf-8").splitlines()
    votes.write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")

    assert asked(capsys, votes, "--json") == first


def test_summary_is_read_by_people(votes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(["opinion-groups", str(votes), "--mode", "robust"]) == 0

    shown = capsys.readouterr().out
    assert shown.startswith("40 deltagare, 10 påståenden, antal grupper: 2\n  grupp 0: 20 personer\n")
    assert "Obs! 1 deltagare röstade på för få påståenden" in shown


def test_strict_hides_what_nobody_looked_at(votes: Path, comments: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, votes, "--comments", comments, "--strict", "--json")
    shown = {found["statement"] for group in answer["representative"].values() for found in group}
    assert shown
    assert shown.isdisjoint({"0", "1", "2"})


def test_file_that_turns_signs_and_gives_no_times_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("participant,n-agree,n-disagree,1,2\na,2,0,-1,-1\nb,1,1,1,-1\n", encoding="utf-8")

    answer = asked(capsys, path, "--mode", "polis-compat", "--json")

    assert "Filen anger instämmer som -1; rösterna har vänts." in answer["warnings"]
    assert "Filen säger inte när rösterna lades, så deltagarna läses i nummerordning." in answer["warnings"]


def test_too_few_for_any_group_is_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("comment-id,voter-id,vote\n1,a,1\n", encoding="utf-8")

    answer = asked(capsys, path, "--mode", "robust", "--json")

    assert (answer["groups"], answer["group_votes"], answer["consensus"]) == ([], {}, {})
    assert answer["participants"] == {"a": None}
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.startswith("0 deltagare, 1 påståenden, antal grupper: 0\nObs! Bara 1 deltagare")


def test_replaced_votes_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("comment-id,voter-id,vote\n1,a,1\n1,a,-1\n", encoding="utf-8")

    assert "1 röster ersattes av en senare röst från samma deltagare." in asked(capsys, path, "--json")["warnings"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("comment-id,voter-id,vote\n1,a,ja\n", "Rad 2 i votes.csv har rösten ”ja”; den ska vara 1, 0 eller -1."),
        ("", "Filen votes.csv innehåller inga röster."),
        ("a,b\n1,2\n", ERRORS["unknown_columns"].format(file="votes.csv")),
    ],
)
def test_bad_votes_are_one_sentence_and_two(
    tmp_path: Path, content: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(content, encoding="utf-8")

    assert main([str(path), "--json"]) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == sentence + "\n"


def test_bad_comments_are_named(votes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(votes), "--comments", str(tmp_path / "none.csv")]) == 2
    assert capsys.readouterr().err == "Filen none.csv finns inte.\n"


@pytest.mark.parametrize(
    "arguments", [[], ["votes.csv", "--mode", "best"], ["votes.csv", "--what"], ["votes.csv", "--seed", "-1"]]
)
def test_misuse_is_one_sentence_and_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("Kommandot går inte att förstå")
    assert shown.err.count("\n") == 1


def test_every_code_has_its_sentence() -> None:
    assert ERRORS.keys() == VOTES_SENTENCES.keys()
    assert all(sentence.endswith(".") for sentence in [*ERRORS.values(), *CAUTIONS.values()])
