"""`lofte statute`: the thirty as JSON or as lines, and one sentence for a kommun that is not here."""

import json

import pytest

from factories import kommun
from lofte.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuna() -> None:
    kommun()


def test_json_lists_the_thirty_with_their_six_members(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["statute", "tuna", "--json"])

    rows = json.loads(capsys.readouterr().out)
    assert code == 0
    assert len(rows) == 30
    assert {tuple(row) for row in rows} == {("id", "section", "type", "state", "evidence", "due")}


def test_lines_hold_no_percentage(capsys: pytest.CaptureFixture[str]) -> None:
    main(["statute", "tuna", "--on", "2026-09-10"])

    told = capsys.readouterr().out
    assert told.count("BFL-") >= 30
    assert "%" not in told


def test_unknown_kommun_ends_with_2_and_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["statute", "ingenstans"])

    assert code == 2
    assert "Här finns tuna." in capsys.readouterr().err
