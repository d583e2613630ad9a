"""Names of people in a text: a small tagger that looks at each word, its form and its neighbours.

A linear-chain conditional random field with two labels (name, other) over hashed features. The weights come with the
package; `tools/train_name_tagger.py` makes them.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from lofte_engine.text.screen.finding import Certainty, Finding
from lofte_engine.text.screen.words import OUTSIDE, WORD, Word, around, beside, case_of, describe, lists, own

BITS = 19
_MASK = (1 << BITS) - 1
_DISTANCES = (-2, -1, 1, 2)
_BETWEEN = re.compile(r"[^\S\n]*|[^\S\n]*-[^\S\n]*")
_CERTAIN, _LIKELY = 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Model:
    """A trained tagger.

    Parameters
    ----------
    weights : memoryview
        One signed byte for each hash of a feature.
    scale : float
        What a weight of one is worth, in log odds.
    moves : tuple of tuple of float
        ``moves[i][j]``: log weight of label j after label i; 1 is a name.
    thresholds : tuple of float
        Marginal probability from which a word is marked, see `least`.
    """

    weights: memoryview
    scale: float
    moves: tuple[tuple[float, float], tuple[float, float]]
    thresholds: tuple[float, float, float]


def place_of(feature: str) -> int:
    """Where the weight of a feature stands.

    Parameters
    ----------
    feature : str

    Returns
    -------
    int
        Its hash, below ``2**BITS``.
    """
    return zlib.crc32(feature.encode()) & _MASK


@cache
def model() -> Model:
    """The tagger that comes with the package.

    Returns
    -------
    Model
        Read once.
    """
    folder = files("lofte_engine.text").joinpath("data/screen")
    told = json.loads(folder.joinpath("name_tagger.json").read_text(encoding="utf-8"))
    weights = zlib.decompress(folder.joinpath("name_tagger.bin").read_bytes())
    (a, b), (c, d) = told["moves"]
    capital, small, small_among_capitals = told["thresholds"]
    held = memoryview(weights).cast("b")
    return Model(held, told["scale"], ((a, b), (c, d)), (capital, small, small_among_capitals))


def find_names(text: str) -> list[Finding]:
    """Names of people.

    Parameters
    ----------
    text : str
        Any text; lines are read one by one.

    Returns
    -------
    list of Finding
        Of the kind ``name``, in reading order. First name and last name side by side are one finding.

    Notes
    -----
    The probability that a word belongs to a name is its marginal in the chain (forward–backward). It is marked from a
    low threshold: for a reviewer a name that is missed costs more than a word that is marked in vain.

    References
    ----------
    Lafferty, McCallum & Pereira, *Conditional Random Fields*, ICML 2001.

    Examples
    --------
    >>> text = "Ring Fatima Lindgren på kvällen."
    >>> [text[found.start : found.end] for found in find_names(text)]
    ['Fatima Lindgren']
    """
    found: list[Finding] = []
    at = 0
    for line in text.split("\n"):
        found.extend(_in_line(line, at, text))
        at += len(line) + 1
    return found


def probabilities(words: Sequence[Word]) -> list[float]:
    """How probable it is that each word belongs to a name.

    Parameters
    ----------
    words : sequence of Word
        One line.

    Returns
    -------
    list of float
        Marginal probabilities, as many as there are words.
    """
    scale = model().scale
    return marginals([score * scale for score in _scores(words)], model().moves)


def least(word: Word, case: str, thresholds: tuple[float, float, float]) -> float:
    """How probable a name must be to be marked.

    Parameters
    ----------
    word : Word
    case : str
        From `case_of`: where others have capitals, small letters say that it is no name.
    thresholds : tuple of float
        With a capital; in small letters; in small letters on a line where words inside a sentence have capitals.
    """
    capital, small, small_among_capitals = thresholds
    if word.shape != "x":
        return capital
    return small_among_capitals if case == "c" else small


def marginals(odds: Sequence[float], moves: tuple[tuple[float, float], tuple[float, float]]) -> list[float]:
    """Forward–backward over a chain of two labels.

    Parameters
    ----------
    odds : sequence of float
        Log odds of label 1 against label 0 for each word.
    moves : tuple of tuple of float
        Log weights from label to label.

    Returns
    -------
    list of float
        Marginal probabilities of label 1.

    Examples
    --------
    >>> [round(p, 3) for p in marginals([0.0, 2.0], ((0.0, 0.0), (0.0, 0.0)))]
    [0.5, 0.881]
    """
    ((m00, m01), (m10, m11)) = tuple(tuple(math.exp(move) for move in row) for row in moves)
    lifts = [math.exp(max(-40.0, min(40.0, value))) for value in odds]
    forward: list[tuple[float, float]] = []
    zero, one = 1.0, 1.0
    for number, lift in enumerate(lifts):
        if number:
            zero, one = zero * m00 + one * m10, zero * m01 + one * m11
        one *= lift
        total = zero + one
        zero, one = zero / total, one / total
        forward.append((zero, one))
    answer = [0.0] * len(lifts)
    zero, one = 1.0, 1.0
    for at in range(len(lifts) - 1, -1, -1):
        first, second = forward[at]
        answer[at] = second * one / (first * zero + second * one)
        lifted = one * lifts[at]
        zero, one = m00 * zero + m01 * lifted, m10 * zero + m11 * lifted
        total = zero + one
        zero, one = zero / total, one / total
    return answer


def _in_line(line: str, offset: int, text: str) -> Iterator[Finding]:
    places = list(WORD.finditer(line))
    if not places:
        return
    shouted = line.upper() == line
    words = [_described(place[0].lower() if shouted else place[0]) for place in places]
    case = case_of(words)
    chances = probabilities(words)
    start, end, most = -1, -1, 0.0
    for place, word, chance in zip(places, words, chances, strict=True):
        if chance < least(word, case, model().thresholds) or not word.low[0].isalpha():
            continue
        first, last = offset + place.start(), offset + place.end()
        if start >= 0 and _BETWEEN.fullmatch(text, end, first):
            end, most = last, max(most, chance)
            continue
        if start >= 0:
            yield _finding(start, end, most)
        start, end, most = first, last, chance
    if start >= 0:
        yield _finding(start, end, most)


def _finding(start: int, end: int, chance: float) -> Finding:
    certainty: Certainty = "certain" if chance >= _CERTAIN else "likely" if chance >= _LIKELY else "possible"
    return Finding("name", start, end, certainty)


@lru_cache(maxsize=50_000)
def _described(word: str) -> Word:
    return describe(word, lists())


def _scores(words: Sequence[Word]) -> Iterator[int]:
    case = case_of(words)
    lent = [_lent(word) for word in words]
    outside = _lent(OUTSIDE)
    for at in range(len(words)):
        score = lent[at][0] + _worth(around(words, at, case))
        for place, distance in enumerate(_DISTANCES, start=1):
            beyond = at + distance
            score += (lent[beyond] if 0 <= beyond < len(words) else outside)[place]
        yield score


@lru_cache(maxsize=50_000)
def _lent(word: Word) -> tuple[int, ...]:
    """What a word adds to itself and to the words beside it."""
    return (_worth(own(word)), *(_worth(beside(word, distance)) for distance in _DISTANCES))


def _worth(named: tuple[str, ...]) -> int:
    weights = model().weights
    return sum(weights[place_of(feature)] for feature in named)
