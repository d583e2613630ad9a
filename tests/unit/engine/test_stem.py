"""Swedish stems: the forms of a word meet, and PostgreSQL says the same."""

import json
from pathlib import Path

import pytest
from django.db import connection

from lofte_engine.text.stem import WORD, stem, stems, words


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("trafikkontrollerna", "trafikkontroll"),
        ("Trafikkontroller", "trafikkontroll"),
        ("trygghetens", "trygg"),
        ("jaktkarlarne", "jaktkarl"),
        ("skolans", "skolan"),
        ("buss", "buss"),
        ("bils", "bil"),
        ("friskt", "frisk"),
        ("arbetslöst", "arbetslös"),
        ("respektfullt", "respektfull"),
        ("öl", "öl"),
        ("", ""),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_letters_written_in_two_parts_are_the_same_letter() -> None:
    assert stem("kva\u0308llar") == stem("kvällar") == "kväll"


def test_common_words_are_left_out() -> None:
    assert words("Det är mörkt på gården") == ["mörkt", "gården"]
    assert stems("och i på") == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="compared with PostgreSQL's own stemmer")
@pytest.mark.django_db
def test_every_word_of_the_examples_is_as_postgresql_has_it(checkout: Path) -> None:
    text = " ".join(path.read_text("utf-8") for path in (checkout / "examples").glob("*.json"))
    given = sorted({word.lower() for word in WORD.findall(str(json.dumps(text, ensure_ascii=False))) if word.isalpha()})

    with connection.cursor() as cursor:
        cursor.execute("SELECT word, ts_lexize('swedish_stem', word) FROM unnest(%s::text[]) AS word", [given])
        differing = [(word, theirs) for word, theirs in cursor.fetchall() if theirs and theirs[0] != stem(word)]

    assert len(given) > 1000
    assert differing == []
