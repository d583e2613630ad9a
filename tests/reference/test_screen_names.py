"""The tagger of names on texts as people write them, and on the news it was trained on.

Figures on unseen news are measured by `tools/train_name_tagger.py --folds 5`, since the shipped weights have
seen all there is.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lofte_engine.text.screen import screen

# Half of them stand in no list of the tagger.
FIRST = ["anna", "mohammed", "kerstin", "leyla", "tarik", "tuulikki", "bahareh", "eyvor"]
LAST = ["lindgren", "hassan", "berglund", "nilsson", "tjärnberg", "haapaniemi", "vejseli", "rönnbäck"]


def shares(texts: list[tuple[str, list[tuple[int, int]]]]) -> tuple[float, float]:
    """Names that were met, and findings that met one."""
    names = met = found = right = 0
    for text, spans in texts:
        marked = [(each.start, each.end) for each in screen(text) if each.kind == "name"]
        names, found = names + len(spans), found + len(marked)
        met += sum(any(a < end and start < b for a, b in marked) for start, end in spans)
        right += sum(any(a < end and start < b for start, end in spans) for a, b in marked)
    return met / names, right / found


def filled(line: str, rng: random.Random, case: Callable[[str], str]) -> tuple[str, list[tuple[int, int]]]:
    text, spans = "", []
    for piece in re.split(r"(\{\w+\})", line):
        if not piece.startswith("{"):
            text += piece
            continue
        name = {"{first}": [FIRST], "{last}": [LAST], "{whole}": [FIRST, LAST]}[piece]
        written = " ".join(case(rng.choice(part)) for part in name)
        spans.append((len(text), len(text) + len(written)))
        text += written
    return text, spans


@pytest.mark.slow
@pytest.mark.parametrize("is_small", [True, False])
def test_most_names_in_informal_texts_are_found_and_most_findings_are_names(checkout: Path, is_small: bool) -> None:
    lines = (checkout / "tests" / "data" / "informal_voices.txt").read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines if line and line[0] != "#" and (line == line.lower()) == is_small]
    rng = random.Random(20180101)

    recall, precision = shares([filled(line, rng, str.lower if is_small else str.title) for line in chosen * 20])

    assert recall > 0.8
    assert precision > 0.8


@pytest.mark.slow
def test_names_in_the_news_it_was_trained_on_are_found(shared: Path) -> None:
    """No measure of what it can do, but of whether weights, lists and code still belong together."""
    texts: list[tuple[str, list[tuple[int, int]]]] = [("", [])]
    lines = (shared / "data" / "names" / "train_corpus.txt").read_text(encoding="utf-8").splitlines()[:30_000]
    for line in lines:
        word, _space, tag = line.rpartition("\t")
        text, spans = texts[-1]
        if not line.strip():
            texts.append(("", []))
        elif word:
            named = [(len(text), len(text) + len(word))] if tag == "PER" else []
            texts[-1] = (f"{text}{word} ", spans + named)

    recall, precision = shares(texts)

    assert recall > 0.97
    assert precision > 0.85
