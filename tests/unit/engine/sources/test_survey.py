"""Trygghetsmätning: the table, and what is doubtful in it."""

from pathlib import Path

import pytest

from lofte_engine.sources.recognise import recognise
from lofte_engine.sources.survey import read_survey_responses, read_survey_table

HEAD = "Undersökning;År;Område;Frågenr;Fråga;Svarsalternativ;Andel (%);Antal svar;Svarsfrekvens;KI nedre;KI övre\n"
ROW = "Trygghetsmätning;2025;Norr;12;Hur trygg?;Trygg;61,5;240;48;56,1;66,9\n"
PART = ROW.replace("61,5", "0,6").replace("56,1;66,9", "0,5;0,7")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="cp1252")
    return path


def test_table_is_recognised_and_read(tmp_path: Path) -> None:
    path = write(tmp_path / "survey.csv", HEAD + ROW)

    data = read_survey_table(path, publisher="Polisregion Öst")

    assert recognise(path) == "survey"
    row = data.table.to_pylist()[0]
    assert (row["share"], row["n_answers"], row["ci_low"], row["ci_high"]) == (61.5, 240, 56.1, 66.9)
    assert data.checked.warnings == ()


@pytest.mark.parametrize(
    ("rows", "warning"),
    [
        ([ROW, ROW.replace("Trygg;61,5", "Otrygg;55,5").replace("56,1;66,9", "50;60")], "mer än 100 procent"),
        ([ROW.replace(";240;", ";7;")], "färre än 10 svar"),
        ([ROW.replace(";48;", ";31;")], "lägst 31 procent"),
        ([ROW.replace("56,1;66,9", ";")], "saknar osäkerhetsintervall"),
        ([PART, PART.replace(";12;", ";13;")], "delar av ett"),
    ],
)
def test_doubt_is_told(tmp_path: Path, rows: list[str], warning: str) -> None:
    data = read_survey_table(write(tmp_path / "survey.csv", HEAD + "".join(rows)))

    assert any(warning in told for told in data.checked.warnings), data.checked.warnings


def test_answers_one_by_one_check_weights_and_strata(tmp_path: Path) -> None:
    head = "respid;fråga;svar;vikt;stratum;populationsstorlek\n"
    text = head + "1;12;Ja;40;A;100\n1;13;Nej;41;A;100\n2;12;Ja;20;A;100\n3;12;Ja;0;A;100\n"

    data = read_survey_responses(write(tmp_path / "responses.csv", text))

    assert data.checked.rejects["reason"].to_pylist() == ["är inte över noll"]
    assert any("annan vikt" in told for told in data.checked.warnings)
    assert any("blir 60, men där bor 100" in told for told in data.checked.warnings)


def test_answers_without_strata_say_so(tmp_path: Path) -> None:
    data = read_survey_responses(write(tmp_path / "responses.csv", "respid;fråga;svar;vikt\n1;12;Ja;40\n2;12;Ja;40\n"))

    assert any("stratum" in told for told in data.checked.warnings)
