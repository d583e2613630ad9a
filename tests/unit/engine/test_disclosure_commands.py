"""`lofte-engine protect` and `attack`: stdout is the answer, stderr one sentence, exit 2 on bad input."""

import json

import pytest

from lofte_engine.cli import main

TABLE = "area,period,count\nNorr,2026T1,3\nSöder,2026T1,9\nVäster,2026T1,20\n"
HIERARCHY = "dimension,code,parent\narea,Norr,Kommunen\narea,Söder,Kommunen\narea,Väster,Kommunen\nperiod,2026T1,2026\n"


@pytest.fixture
def files(tmp_path):
    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


def protected(folder, *more):
    return main(["protect", str(folder / "table.csv"), "--dimensions", "area,period", *map(str, more)])


def test_protect_then_attack(files, capsys):
    folder = files(table=TABLE, hierarchy=HIERARCHY)

    assert protected(folder, "--hierarchy", folder / "hierarchy.csv", "-o", folder / "out.csv", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["cells"], answer["hidden"], answer["threshold"]) == (8, 4, 5)
    assert "small" not in answer
    assert (folder / "out.csv").read_text().splitlines()[:3] == [
        "area,area_within,period,period_within,count,note",
        "Norr,Kommunen,2026T1,2026,,",
        "Norr,Kommunen,2026,,,",
    ]

    assert main(["attack", str(folder / "out.csv"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["told"], answer["hidden"]) == (0, 4)
    assert answer["cells"][0] == {
        "area": "Norr", "period": "2026T1", "low": 0, "high": 12, "kind": "hidden", "told": False,
    }  # fmt: skip


def test_without_output_the_table_is_the_answer(files, capsys):
    assert protected(files(table=TABLE)) == 0

    shown = capsys.readouterr()
    assert shown.out.startswith("area,area_within,period,period_within,count,note\nNorr,Totalt,2026T1,Totalt,,\n")
    assert shown.err == "4 av 8 rutor är dolda.\n"


def test_json_without_output_holds_the_rows(files, capsys):
    assert protected(files(table=TABLE), "--json", "--threshold", 3) == 0

    rows = json.loads(capsys.readouterr().out)["rows"]
    assert rows[0] == {"area": "Norr", "period": "2026T1", "count": 3}


def test_swedish_file(files, capsys):
    """BOM, semicolons, hard space as thousands, a dash for zero."""
    table = "\ufeffarea;period;count\nNorr;2026T1;1\u00a0203\nSöder;2026T1;-\nVäster;2026T1;20,0\n"

    assert protected(files(table=table), "--json") == 0

    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["count"] for row in rows if row["period"] == "Totalt"] == [1203, 0, 20, 1223]


def test_windows_1252(files, capsys):
    assert protected(files(table=TABLE.encode("cp1252")), "--json") == 0

    assert "Söder" in capsys.readouterr().out


def test_earlier_release(files, capsys):
    later = TABLE + "Norr,2026T2,7\nSöder,2026T2,2\nVäster,2026T2,11\n"
    folder = files(table=TABLE, hierarchy=HIERARCHY)
    protected(folder, "--hierarchy", folder / "hierarchy.csv", "-o", folder / "first.csv")
    folder = files(table=later, hierarchy=HIERARCHY + "period,2026T2,2026\n")

    code = protected(
        folder, "--hierarchy", folder / "hierarchy.csv", "--earlier", folder / "first.csv", "-o", folder / "second.csv"
    )
    assert code == 0
    capsys.readouterr()

    assert main(["attack", str(folder / "second.csv"), "--against", str(folder / "first.csv")]) == 0
    shown = capsys.readouterr()
    assert "← röjd" not in shown.out
    assert shown.err.startswith("0 av ")


def test_earlier_release_that_told_everything(files, capsys):
    folder = files(table=TABLE, careless="area,area_within,count\nNorr,K,3\nSöder,K,9\nVäster,K,20\n")

    assert protected(folder, "--earlier", folder / "careless.csv") == 0

    assert "går redan att räkna ut ur tidigare utgåvor" in capsys.readouterr().err


def test_attack_finds_what_was_hidden_alone(files, capsys):
    folder = files(published="area,count\nNorr,\nSöder,9\nVäster,..\nÖster,0\nTotalt,12\n")

    assert main(["attack", str(folder / "published.csv")]) == 0

    assert capsys.readouterr().out == "Norr: 1–2 ← röjd\nVäster: 1–2 ← röjd\n"


def test_attack_with_a_hierarchy_of_its_own(files, capsys):
    folder = files(
        published="area,period,count\nNorr,2026T1,\nSöder,2026T1,9\nVäster,2026T1,20\nKommunen,2026T1,32\n",
        hierarchy=HIERARCHY,
    )

    code = main(["attack", str(folder / "published.csv"), "--hierarchy", str(folder / "hierarchy.csv")])

    assert code == 0
    assert capsys.readouterr().out == "Norr · 2026T1: 3–3 ← röjd\n"


def test_attack_says_when_it_knows_no_sums(files, capsys):
    folder = files(published="area,count\nNorr,\nSöder,9\n")

    assert main(["attack", str(folder / "published.csv"), "--json"]) == 0

    shown = capsys.readouterr()
    assert json.loads(shown.out)["narrowest"] is None
    assert "Ange --hierarchy" in shown.err


def test_revised_cells_survive_the_file(files, capsys):
    folder = files(table=TABLE.replace("Väster,2026T1,20", "Väster,2026T1,30"))
    protected(folder, "-o", folder / "first.csv")
    files(table=TABLE.replace("Väster,2026T1,20", "Väster,2026T1,31"))
    protected(folder, "--earlier", folder / "first.csv", "-o", folder / "second.csv")
    capsys.readouterr()

    assert "reviderad" in (folder / "second.csv").read_text()
    assert main(["attack", str(folder / "second.csv"), "--against", str(folder / "first.csv"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["told"] == 0


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("area,count\nNorr,3\n", "saknar kolumnen ”period”"),
        ("area,period\nNorr,T1\n", "saknar kolumnen ”count”"),
        ("area,area,period,count\nNorr,Norr,T1,3\n", "två kolumner som heter ”area”"),
        ("area,period,count\nNorr,T1,tre\n", "Rad 2 i"),
        ("area,period,count\nNorr,T1,3.5\n", "”3.5” är inte ett antal"),
        ("area,period,count\nNorr,T1,\n", "”” är inte ett antal"),
        ("area,period,count\nNorr,T1,12345678901\n", "är inte ett antal"),
        ("area,period,count\nNorr,T1,-3\n", "mindre än noll"),
        ("area,period,count\n,T1,3\n", "kolumnen ”area” är tom"),
        ("area,period,count\nA|B,T1,3\n", "kolumnen ”area” är tom eller har tecknet |"),
        ("area,period,count\nNorr,T1,3\nNorr,T1,4\n", "Rad 3 i"),
        ("area,period,count\nNorr,T1,3\nTotalt,T1,4\n", "Delarna blir 3"),
        ("area,period,count\nNorr,T1,3,9\n", "fler värden"),
        ("area,period,count\n", "har inga rader"),
        ("", "saknar kolumnen"),
        (b"area\0", "inte en textfil"),
        ('area,period,count\n"Norr,T1,3\n' + "x" * 200_000, "inte en textfil"),
    ],
)
def test_bad_table_is_one_sentence(files, capsys, table, sentence):
    assert protected(files(table=table), "--json") == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert sentence in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--hierarchy", "nowhere.csv"], "går inte att öppna"),
        (["--hierarchy", "cycle.csv"], "i sig själv"),
        (["--hierarchy", "other.csv"], "inte en av tabellens indelningar"),
        (["--earlier", "nowhere.csv"], "går inte att öppna"),
        (["--earlier", "other_axes.csv"], "indelad efter ”kön”"),
        (["--earlier", "finer.csv"], "mindre delar"),
        (["--threshold", "0"], "Tröskeln måste vara minst 1"),
        (["--dimensions", ","], "Skriv vilka kolumner"),
        (["-o", "no/such/folder.csv"], "Det går inte att skriva"),
    ],
)
def test_bad_argument_is_one_sentence(files, capsys, monkeypatch, arguments, sentence):
    folder = files(
        table=TABLE,
        cycle="dimension,code,parent\narea,Norr,Söder\narea,Söder,Norr\n",
        other="dimension,code,parent\nkön,K,alla\n",
        other_axes="kön,count\nK,9\n",
        finer="area,area_within,count\nNorr 1,Norr,9\n",
    )
    monkeypatch.chdir(folder)

    assert protected(folder, *arguments) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert sentence in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("published", "sentence"),
    [
        ("area,count\nNorr,9\nTotalt,3\n", "går inte ihop"),
        ("area,count\n", "har inga rader"),
        ("area\nNorr\n", "saknar kolumnen"),
        ("area,count\nNorr,x\n", "inte ett antal"),
    ],
)
def test_bad_published_table_is_one_sentence(files, capsys, published, sentence):
    assert main(["attack", str(files(published=published) / "published.csv")]) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert sentence in shown.err
