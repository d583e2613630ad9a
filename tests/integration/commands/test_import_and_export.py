"""Files in and out: `lofte import`, `lofte export`, `lofte due` and `lofte verify`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from lofte.core.states import PromiseState
from lofte.followup.models import FrozenReport, Period
from lofte.promises.models import CitizenPromise, PromiseVersion


def test_import_reads_a_file_in(lofte: Callable, example: Path) -> None:
    answer = lofte("import", example, "--json")

    assert answer.code == 0
    assert answer.json == [{"file": str(example), "promise": "strangnas/2019", "is_new": True, "saved": True}]
    assert CitizenPromise.objects.get().slug == "2019"


def test_import_again_changes_nothing(lofte: Callable, example: Path) -> None:
    lofte("import", example)

    answer = lofte("import", example)

    assert answer.code == 0
    assert "fanns redan" in answer.out
    assert CitizenPromise.objects.count() == 1


def test_dry_run_saves_nothing(lofte: Callable, example: Path) -> None:
    answer = lofte("import", "--dry-run", example)

    assert answer.code == 0
    assert "inget är sparat" in answer.out
    assert not CitizenPromise.objects.exists()


def test_one_bad_file_stops_all(lofte: Callable, example: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"format": "medborgarlofte/1"}), encoding="utf-8")

    answer = lofte("import", example, bad)

    assert answer.code == 2
    assert str(bad) in answer.err
    assert "municipality saknas" in answer.err
    assert not CitizenPromise.objects.exists()


def test_missing_file_is_a_sentence(lofte: Callable, tmp_path: Path) -> None:
    answer = lofte("import", tmp_path / "gone.json")

    assert answer.code == 2
    assert "går inte att öppna" in answer.err


def test_export_goes_to_stdout_or_a_file(lofte: Callable, example: Path, tmp_path: Path) -> None:
    lofte("import", example)

    to_screen = lofte("export", "strangnas/2019")
    to_file = lofte("export", "strangnas/2019", "-o", tmp_path / "out.json")

    assert to_screen.json["promise"]["slug"] == "2019"
    assert to_file.out == ""
    assert (tmp_path / "out.json").read_text("utf-8") == to_screen.out


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_exported_file_is_read_in_as_the_same_record(lofte: Callable, checkout: Path, tmp_path: Path) -> None:
    files = sorted((checkout / "examples").glob("exempelkoping-*.json"))
    assert lofte("import", *files).code == 0
    written = []
    for promise in CitizenPromise.objects.all():
        written.append(tmp_path / f"{str(promise).replace('/', '-')}.json")
        lofte("export", "--internal", promise, "-o", written[-1])
    call_command("flush", verbosity=0, interactive=False)

    answer = lofte("import", *written, "--json")

    assert [row["is_new"] for row in answer.json] == [True] * len(written)
    for row in answer.json:
        assert lofte("export", "--internal", row["promise"]).out == Path(row["file"]).read_text("utf-8")


def test_export_of_a_draft_needs_internal(lofte: Callable, example: Path) -> None:
    lofte("import", example)
    CitizenPromise.objects.update(state=PromiseState.DRAFT)

    assert lofte("export", "strangnas/2019").code == 2
    assert lofte("export", "--internal", "strangnas/2019").code == 0


def test_export_of_unknown_promise_names_those_that_exist(lofte: Callable, example: Path) -> None:
    lofte("import", example)

    answer = lofte("export", "strangnas/1999")

    assert answer.code == 2
    assert "strangnas/2019" in answer.err


def test_due_lists_what_should_have_come(lofte: Callable, example: Path) -> None:
    lofte("import", example)
    Period.objects.filter(label="2019-T1").update(stage=Period.Stage.OPEN)

    answer = lofte("due", "--on", "2019-05-01", "--json")

    assert answer.json == [
        {"promise": "strangnas/2019", "period": "2019-T1", "due": "2019-05-01", "state": "collecting"}
    ]
    assert lofte("due", "--on", "2019-04-30", "--json").json == []
    assert lofte("due", "--on", "2019-06-15", "--json").json[0]["state"] == "missing"


def test_due_leaves_out_what_is_published(lofte: Callable, example: Path) -> None:
    lofte("import", example)
    Period.objects.update(stage=Period.Stage.PUBLISHED)

    assert lofte("due", "--on", "2030-01-01", "--json").json == []


def test_due_follows_the_rhythm_when_no_period_is_opened(lofte: Callable, example: Path) -> None:
    lofte("import", example)
    CitizenPromise.objects.update(rhythm="tertial")
    Period.objects.all().delete()

    rows = lofte("due", "--on", "2030-01-01", "--json").json

    assert [row["due"] for row in rows] == ["2019-05-01", "2019-09-01", "2020-01-01"]
    assert {row["state"] for row in rows} == {"missing"}


def test_verify_finds_nothing_wrong_in_the_examples(lofte: Callable, checkout: Path) -> None:
    lofte("import", *sorted((checkout / "examples").glob("exempelkoping-*.json")))

    answer = lofte("verify", "--json")

    assert answer.code == 0
    assert answer.json["wrong"] == []
    assert answer.json["checked"]["versions"] > 0


def test_verify_names_what_was_changed_afterwards(lofte: Callable, example: Path) -> None:
    lofte("import", example)
    PromiseVersion.objects.update(content="{}")
    FrozenReport.objects.create(period=Period.objects.first(), format="json", content=b"changed", sha256="0" * 64)

    answer = lofte("verify")

    assert answer.code == 1
    assert "strangnas/2019, lydelse 1: texten stämmer inte" in answer.out
    assert "(json): filen stämmer inte" in answer.out


@pytest.mark.parametrize("flag", [[], ["--save"]])
def test_read_promise_reads_the_seed(lofte: Callable, shared: Path, flag: list[str]) -> None:
    answer = lofte("read-promise", shared / "seed/medborgarlofte-strangnas-2018.txt", "--json", *flag)

    assert answer.code == 0
    assert answer.json["municipality"]["code"] == "0486"
    assert CitizenPromise.objects.count() == len(flag)
