"""GLOSSARY.md: one Swedish term, one identifier, and a word for every model."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `([^|`]+)` \|", flags=re.MULTILINE)


@pytest.fixture(scope="module")
def rows(checkout: Path) -> list[tuple[str, str, str]]:
    return [tuple(cell.strip() for cell in row) for row in ROW.findall((checkout / "GLOSSARY.md").read_text("utf-8"))]


def test_glossary_has_rows(rows: list[tuple[str, str, str]]) -> None:
    assert len(rows) > 100


def test_no_swedish_term_stands_twice(rows: list[tuple[str, str, str]]) -> None:
    counted = Counter(swedish.lower() for swedish, _, _ in rows)

    assert [term for term, number in counted.items() if number > 1] == []


def test_no_identifier_stands_twice(rows: list[tuple[str, str, str]]) -> None:
    counted = Counter(identifier for _, _, identifier in rows)

    assert [name for name, number in counted.items() if number > 1] == []


def test_every_model_has_a_word(rows: list[tuple[str, str, str]]) -> None:
    named = {identifier for _, _, identifier in rows}
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("lofte.")}

    assert models - named == set()
