"""The example files as such: each reads in and comes out byte for byte, every fact of a real kommun has a source, and
the reference tells of all they may hold."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from example_files import CHECKOUT, EXAMPLES, MADE_UP, NAMES, REAL, Record, all_records, record, text
from lofte.core.records import Spec
from lofte.exchange.reading import load_file
from lofte.exchange.schema import problems_in, schema
from lofte.exchange.sections import OF_CYCLE, OF_PROMISE
from lofte.exchange.writing import as_text, export, inside
from lofte.parties.records import CYCLE
from lofte.places.geojson import read as read_geojson
from lofte.promises.models import CitizenPromise
from lofte.promises.records import PROMISE

REFERENCE = CHECKOUT / "docs" / "reference"
INTERNAL = {"internal_sentence", "planned_hours", "hours_spent", "printed_name"}


def loaded(name: str) -> CitizenPromise:
    """A file read into an empty database, after those whose lessons it takes up."""
    slugs = {row["lesson"].partition("/")[0] for row in record(name).get("lessons_taken_up", [])}
    for slug in sorted(slugs):
        load_file(EXAMPLES / f"{name.partition('-')[0]}-{slug}.json")
    found = load_file(EXAMPLES / f"{name}.json")
    assert found.is_new
    return found.promise


# --- the files as such


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_file_comes_out_as_it_was_read(name: str) -> None:
    promise = loaded(name)

    assert as_text(export(promise, viewer=inside(promise))) == text(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_reading_again_adds_nothing(name: str) -> None:
    promise = loaded(name)

    again = load_file(EXAMPLES / f"{name}.json")

    assert (again.is_new, again.promise.pk) == (False, promise.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_visitor_gets_a_file_of_the_format_without_internal_attributes(name: str) -> None:
    given = export(loaded(name))

    assert problems_in(given) == []
    assert not {key for key, _value in members(given)} & INTERNAL


@pytest.mark.django_db
def test_all_files_live_together() -> None:
    promises = [load_file(EXAMPLES / f"{name}.json").promise for name in NAMES]

    for name, promise in zip(NAMES, promises, strict=True):
        assert as_text(export(promise, viewer=inside(promise))) == (EXAMPLES / f"{name}.json").read_text(
            encoding="utf-8"
        )


@pytest.mark.parametrize("name", NAMES)
def test_an_id_stands_once_in_a_file_among_things_of_its_kind(name: str) -> None:
    found: dict[str, list[str]] = {}
    for spec, row in rows(record(name)):
        if spec.is_keyed:
            found.setdefault(spec.model.__name__, []).append(row["id"])

    assert {kind: twice(ids) for kind, ids in found.items() if twice(ids)} == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_source_that_is_named_is_listed(name: str) -> None:
    given = record(name)
    listed = {source["id"] for source in given["cycle"].get("source_list", [])}
    named = {key for _spec, row in rows(given) for key in row.get("sources", [])}

    assert named == listed


@pytest.mark.parametrize("name", REAL)
def test_every_fact_of_a_real_kommun_has_a_source(name: str) -> None:
    bare = [
        f"{spec.model.__name__} {row.get('id') or row.get('label') or row.get('role') or ''}"
        for spec, row in rows(record(name))
        if "sources" in spec.fields and not row.get("sources")
    ]

    assert bare == []


def test_only_exempelkoping_is_made_up() -> None:
    assert MADE_UP == ["exempelkoping-2025", "exempelkoping-2026"]
    assert {record(name)["municipality"]["code"] for name in MADE_UP} == {"9999"}
    assert "9999" not in {record(name)["municipality"]["code"] for name in REAL}


@pytest.mark.parametrize("name", REAL)
def test_words_of_a_real_promise_are_marked_as_ours(name: str) -> None:
    """Only the promise of 2018, a public document, is quoted."""
    promise = record(name)["promise"]
    quoted = name == "strangnas-2018"

    assert all(pledge.get("is_summary", False) is not quoted for pledge in promise.get("pledges", []))
    assert "short_line" not in promise or promise["short_line_is_later"]


@pytest.mark.parametrize("name", NAMES)
def test_no_count_below_five_and_no_name(name: str) -> None:
    given = record(name)

    assert all(row.get("count", 5) >= 5 for spec, row in rows(given) if spec.model.__name__ == "Theme")
    assert "printed_name" not in {key for key, _value in members(given)}


def test_a_kommun_means_the_same_by_an_id_in_all_its_files() -> None:
    known: dict[tuple[str, str, str], Record] = {}
    for _name, given in all_records():
        for section in ("organisations", "areas"):
            for row in given.get(section, []):
                assert known.setdefault((given["municipality"]["code"], section, row["id"]), row) == row


def test_readme_tells_of_every_file() -> None:
    told = set(re.findall(r"^\| `([^`]+)`", (EXAMPLES / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE))

    files = {path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*") if path.is_file()}
    assert told == files - {"README.md"}


def test_areas_of_strangnas() -> None:
    path = EXAMPLES / "strangnas-regso-2025.geojson"
    found = read_geojson(path.read_bytes())

    assert not found.problems
    assert [outline.code for outline in found.outlines] == [f"0486R{number:03}" for number in range(1, 13)]
    assert (found.edition, "CC0" in found.source, path.stat().st_size < 80_000) == ("regso-2025", True, True)


# --- the format's description


def test_schema_in_the_reference_is_the_one_that_checks() -> None:
    kept = (REFERENCE / "medborgarlofte-1.schema.json").read_text(encoding="utf-8")

    assert kept == json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def test_reference_tells_of_every_member_and_every_value() -> None:
    told = set(re.findall(r"`([^`\n]+)`", (REFERENCE / "medborgarlofte-1.md").read_text(encoding="utf-8")))
    told |= {word.rstrip("[]") for word in told} | {word.split(".")[-1].rstrip("[]") for word in told}
    wanted = set(schema()["properties"])
    for definition in schema()["$defs"].values():
        wanted |= set(definition["properties"])
        wanted |= {value for each in definition["properties"].values() for value in each.get("enum", []) if value}

    assert wanted - told == set()


def test_snippets_of_the_reference_are_right() -> None:
    told = (REFERENCE / "medborgarlofte-1.md").read_text(encoding="utf-8")
    parts = re.findall(r"<!-- (\w+) -->\n```json\n(.+?)```", told, flags=re.DOTALL)
    whole = re.findall(r"(?<!-->\n)```json\n(.+?)```", told, flags=re.DOTALL)

    assert len(parts) >= 12
    assert [problems_in(json.loads(each)) for each in whole] == [[] for _each in whole]
    for kind, snippet in parts:
        checker = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": schema()["$defs"]})
        assert not list(checker.iter_errors(json.loads(snippet))), snippet


# --- walking through a file


def rows(given: Record) -> Iterator[tuple[Spec, Record]]:
    """Every row of a file with what describes it."""
    yield from inner(CYCLE, given["cycle"])
    yield from inner(PROMISE, given["promise"])
    for name, child in {**OF_CYCLE, **OF_PROMISE}.items():
        for row in given.get(name, []):
            yield from inner(child.spec, row)


def inner(spec: Spec, row: Record) -> Iterator[tuple[Spec, Record]]:
    yield spec, row
    for name, child in spec.children.items():
        for each in row.get(name, []):
            yield from inner(child.spec, each)


def members(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield key, held
            yield from members(held)
    elif isinstance(value, list):
        for each in value:
            yield from members(each)


def twice(ids: list[str]) -> list[str]:
    return sorted({each for each in ids if ids.count(each) > 1})
