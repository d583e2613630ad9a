"""Every text that people meet is in both languages: Swedish in the source, English in django.po."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.safestring import SafeString

from lofte.design.words import quoted, strung, woven

PO = "locale/en/LC_MESSAGES/django.po"
GETTEXT = ("xgettext", "msgmerge", "msguniq", "msgattrib")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!\{)\{\w*\}(?!\})")
TAG = re.compile(r"</?\w+[^>]*>")
# "Strängnäs kommun" is built on the genitive, "Strängnäs municipality" on the name.
OTHER_PLACEHOLDERS = {"{genitive} kommun"}

# Where each function of django.utils.translation takes the text.
TEXT_AT = {"gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0} | {
    "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1
}  # fmt: skip
SWEDISH = re.compile("[åäöÅÄÖ]")
NOT_VISIBLE = re.compile(
    r"""{\#.*?\#}|{%\s*comment\b.*?{%\s*endcomment\s*%}
    |{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}|{%\s*translate\s+".*?"|_\(".*?"\)""",
    re.DOTALL | re.VERBOSE,
)


@pytest.fixture(scope="module")
def source(checkout: Path) -> Path:
    return checkout / "src/lofte"


@pytest.fixture(scope="module")
def english(source: Path) -> Catalog:
    return catalogue(source / PO)


@pytest.fixture(scope="module")
def collected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What `make messages` finds, in a copy of the source."""
    missing = [tool for tool in GETTEXT if not shutil.which(tool)]
    if missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"gettext's {missing[0]} is missing, and CI=true says it must be there")
        pytest.skip(f"gettext's {missing[0]} is not installed")
    copy = tmp_path_factory.mktemp("messages") / "src"
    shutil.copytree(source.parent, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "*.mo"))
    command = [
        sys.executable, "-m", "django", "makemessages", "--settings", "lofte.config.settings", "--locale", "en",
        "--no-location", "--no-obsolete",
    ]  # fmt: skip
    made = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return catalogue(copy / "lofte" / PO)


def catalogue(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale="en", abort_invalid=True)


def messages(found: Catalog) -> list[Message]:
    return [message for message in found if message.id]


def texts(said: str | Iterable[str] | None) -> list[str]:
    """The one text of a message, or its singular and plural."""
    return [said] if isinstance(said, str) else list(said or ())


def names(found: Catalog) -> set[tuple[str, str]]:
    return {(message.context or "", texts(message.id)[0]) for message in messages(found)}


@pytest.mark.slow
def test_every_text_is_collected(collected: Catalog, english: Catalog) -> None:
    assert names(collected) - names(english) == set(), "run `make messages` and translate what is new"


@pytest.mark.slow
def test_no_text_is_kept_that_nobody_says(collected: Catalog, english: Catalog) -> None:
    assert names(english) - names(collected) == set(), "run `make messages`"


def test_every_text_has_an_english_translation(english: Catalog) -> None:
    untranslated = [message.id for message in messages(english) if not all(texts(message.string) or [""])]

    assert untranslated == []


def test_no_translation_is_a_guess(english: Catalog) -> None:
    assert [message.id for message in messages(english) if message.fuzzy] == []


def test_translations_keep_placeholders(english: Catalog) -> None:
    differing = [
        (said, told)
        for message in messages(english)
        for said, told in zip(texts(message.id), texts(message.string), strict=True)
        if sorted(PLACEHOLDER.findall(said)) != sorted(PLACEHOLDER.findall(told)) and said not in OTHER_PLACEHOLDERS
    ]

    assert differing == []


def test_translations_keep_markup_and_outer_spaces(english: Catalog) -> None:
    differing = [
        (said, told)
        for message in messages(english)
        for said, told in zip(texts(message.id), texts(message.string), strict=True)
        if TAG.findall(said) != TAG.findall(told) or outer_spaces(said) != outer_spaces(told)
    ]

    assert differing == []


def outer_spaces(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def test_translations_compile(english: Catalog) -> None:
    write_mo(BytesIO(), english)

    assert [(message.id, errors) for message, errors in english.check()] == []


def test_every_text_that_is_asked_for_is_seen_by_the_collector(source: Path, english: Catalog) -> None:
    """It passes over a call inside an f-string, and one by another name than `_` or the function's own."""
    known = {text for message in messages(english) for text in texts(message.id)}

    assert {asked for file in python_files(source) for asked in asked_for(file)} - known == set()


def test_no_template_says_swedish_outside_a_translation(source: Path) -> None:
    assert [where for file in source.rglob("templates/**/*.html") for where in left_in_template(file)] == []


def test_words_that_stay_swedish_are_marked_on_an_english_page() -> None:
    with translation.override("en"):
        sentence = strung(("Reason:", woven("{what} – {why}", what="R&D", why=quoted("Håll <koll>"))))

    assert sentence == 'Reason: R&amp;D – <span lang="sv">Håll &lt;koll&gt;</span>'


def test_words_are_left_alone_on_a_swedish_page() -> None:
    with translation.override("sv"):
        sentence = strung(("Skäl:", woven("{what} – {why}", what="R&D", why=quoted("Håll <koll>")), ""))

    assert sentence == "Skäl: R&D – Håll <koll>"
    assert not isinstance(sentence, SafeString)


def python_files(source: Path) -> list[Path]:
    return [file for file in source.rglob("*.py") if "migrations" not in file.parts]


def asked_for(file: Path) -> Iterator[str]:
    """Every text that a file gives to a function of django.utils.translation, whatever the file calls it."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"]
    position = {
        name.asname or name.name: TEXT_AT[name.name] for node in imports for name in node.names if name.name in TEXT_AT
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in position:
            given = node.args[position[node.func.id]]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value


def left_in_template(file: Path) -> Iterator[str]:
    bare = NOT_VISIBLE.sub(lambda found: "\n" * found[0].count("\n"), file.read_text(encoding="utf-8"))
    for number, line in enumerate(bare.replace("Löfte", "").split("\n"), 1):
        if SWEDISH.search(line):
            yield f"{file.name}:{number}: {line.strip()}"
