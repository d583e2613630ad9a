"""Train the tagger of names that the personal-data screen uses, and measure it on news that it has not seen.

    .venv/bin/python tools/train_name_tagger.py ../shared/data --folds 5      # measure: each fifth set aside in turn
    .venv/bin/python tools/train_name_tagger.py ../shared/data                # train on all and write the weights

The corpus is klintan/swedish-ner-corpus (CC BY 4.0). People who write to their kommun do not write as newspapers.
So each sentence is also seen in small letters, now and then with other names; and beside the news stand made-up
sentences of that sort (`name_tagger_sentences.txt`) and notices of the Police, which name nobody. In some copies a name
is in no list, so that the tagger learns to tell names that it does not know. The same seed gives the same weights.
"""

import argparse
import json
import random
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from screen_lists import COLLOQUIAL, CORPUS, TARGET, police_texts, police_words  # noqa: E402

from lofte_engine.text.screen.names import BITS, least, marginals, place_of  # noqa: E402
from lofte_engine.text.screen.words import WORD, case_of, describe, features, lists  # noqa: E402

SEED = 20180101
PENALTY = 1.0
ITERATIONS = 120
SMALLEST_WEIGHT = 0.004
# For a word with a capital, one in small letters, and one in small letters where others have capitals: a name that is
# missed costs more than a word that is marked in vain.
THRESHOLDS = (0.1, 0.04, 0.3)
SHARE_NAMES_SMALL = 0.3
SHARE_SWAPPED = 0.3
SHARE_UNLISTED = 0.35
SHARE_UNLISTED_INVENTED = 0.5
SENTENCES = ROOT / "tools" / "name_tagger_sentences.txt"
COPIES = 16
NOTICE_COUNT = 2500
LONGEST_NOTICE = 40


@dataclass(frozen=True)
class Sentence:
    words: tuple[str, ...]
    labels: tuple[bool, ...]
    unlisted: bool = False


def corpus(data: Path) -> list[Sentence]:
    sentences: list[Sentence] = []
    words: list[str] = []
    labels: list[bool] = []
    for line in [*(data / CORPUS).read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.rsplit(None, 1)
        if len(parts) == 2:
            found = WORD.findall(parts[0].replace("\xad", ""))
            words += found
            labels += [parts[1] == "PER"] * len(found)
        elif not parts and words:
            sentences.append(Sentence(tuple(words), tuple(labels)))
            words, labels = [], []
    return sentences


def small(sentence: Sentence) -> Sentence:
    return replace(sentence, words=tuple(word.lower() for word in sentence.words))


def names_small(sentence: Sentence) -> Sentence:
    pairs = zip(sentence.words, sentence.labels, strict=True)
    return replace(sentence, words=tuple(word.lower() if named else word for word, named in pairs))


def swapped(sentence: Sentence, rng: random.Random, names: tuple[list[str], list[str]]) -> Sentence:
    """With other names: the last of two or more is a last name."""
    words = list(sentence.words)
    for at, named in enumerate(sentence.labels):
        if named and words[at][0].isalpha():
            follows = at > 0 and sentence.labels[at - 1]
            chosen = rng.choice(names[1] if follows or rng.random() < 0.25 else names[0]).capitalize()
            words[at] = chosen + ("s" if words[at].endswith("s") and not follows and rng.random() < 0.5 else "")
    return replace(sentence, words=tuple(words))


def augmented(sentences: Iterable[Sentence], rng: random.Random) -> list[Sentence]:
    held = lists()
    names = (sorted(held.first_names), sorted(held.last_names))
    made: list[Sentence] = []
    for sentence in sentences:
        made += [sentence, small(sentence)]
        if any(sentence.labels):
            if rng.random() < SHARE_NAMES_SMALL:
                made.append(names_small(sentence))
            if rng.random() < SHARE_SWAPPED:
                other = swapped(sentence, rng, names)
                hidden = rng.random() < SHARE_UNLISTED
                made += [replace(small(other), unlisted=hidden), replace(names_small(other), unlisted=hidden)]
    return made


def invented(rng: random.Random) -> list[Sentence]:
    """The made-up sentences, each filled several times."""
    held = lists()
    first, last = sorted(held.first_names), sorted(held.last_names)
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    made: list[Sentence] = []
    for line in (line for line in lines if line and not line.startswith("#")):
        for _ in range(COPIES if "{" in line else 2):
            words: list[str] = []
            labels: list[bool] = []
            for piece in re.findall(r"\{\w+\}s?|[^{}]+", line.replace("{whole}", "{first} {last}")):
                slot = re.fullmatch(r"\{(\w+)\}(s?)", piece)
                text = rng.choice(first if slot[1] == "first" else last).title() + slot[2] if slot else piece
                found = WORD.findall(text)
                words += found
                labels += [bool(slot)] * len(found)
            sentence = Sentence(tuple(words), tuple(labels), rng.random() < SHARE_UNLISTED_INVENTED)
            made.append(small(sentence) if line == line.lower() or rng.random() < 0.3 else sentence)
    return made


def notices(texts: Iterable[str], rng: random.Random) -> list[Sentence]:
    chosen = rng.sample(sorted(texts), NOTICE_COUNT)
    cut = (tuple(WORD.findall(text)[:LONGEST_NOTICE]) for text in chosen)
    sentences = [Sentence(words, (False,) * len(words)) for words in cut if words]
    return [small(each) if rng.random() < 0.6 else each for each in sentences]


class Seen:
    """Which words are known to somebody who has not read the sentence at hand."""

    def __init__(self, texts: Iterable[str], sentences: Iterable[Sentence]) -> None:
        self.texts = texts
        self.police = police_words(texts) | frozenset(COLLOQUIAL.split())
        self.counts = Counter(word for each in sentences for word in each.words if word.islower())

    def rows(self, sentence: Sentence, *, training: bool) -> list[list[int]]:
        own = Counter(word for word in sentence.words if word.islower()) if training else Counter[str]()
        held = lists()
        words = []
        for word, named in zip(sentence.words, sentence.labels, strict=True):
            described = describe(word, held)
            low = described.low
            hidden = sentence.unlisted and named
            known = not hidden and (low in self.police or self.counts[low] > own[low])
            words.append(replace(described, known=known, listed="-" if hidden else described.listed))
        return [[place_of(feature) for feature in row] for row in features(words)]


def matrix(rows: Iterable[list[int]]) -> csr_matrix:
    indices: list[int] = []
    ends = [0]
    for row in rows:
        indices += row
        ends.append(len(indices))
    ones = np.ones(len(indices), np.float64)
    return csr_matrix((ones, np.array(indices, np.int32), np.array(ends)), shape=(len(ends) - 1, 1 << BITS))


class Chains:
    """Sentences side by side, so that forward-backward takes one step for all of them at once."""

    def __init__(self, labels: Sequence[Sequence[bool]]) -> None:
        lengths = np.array([len(each) for each in labels])
        self.inside = np.arange(lengths.max()) < lengths[:, None]
        self.truth = np.zeros(self.inside.shape)
        self.truth[self.inside] = np.concatenate([np.asarray(each, float) for each in labels])
        pairs = self.inside[:, 1:]
        before, after = self.truth[:, :-1][pairs].astype(int), self.truth[:, 1:][pairs].astype(int)
        self.moves = np.bincount(before * 2 + after, minlength=4).reshape(2, 2).astype(float)

    def loss(self, odds: np.ndarray, moves: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        """Negative log likelihood, and its slope in the odds and in the moves."""
        count, longest = self.inside.shape
        held = np.zeros(self.inside.shape)
        held[self.inside] = odds
        forward = np.zeros((longest, count, 2))
        backward = np.zeros((longest, count, 2))
        forward[0, :, 1] = held[:, 0]
        for at in range(1, longest):
            stepped = np.logaddexp(forward[at - 1, :, :1] + moves[0], forward[at - 1, :, 1:] + moves[1])
            stepped[:, 1] += held[:, at]
            forward[at] = np.where(self.inside[:, at, None], stepped, forward[at - 1])
        total = np.logaddexp(forward[-1, :, 0], forward[-1, :, 1])
        for at in range(longest - 2, -1, -1):
            ahead = backward[at + 1].copy()
            ahead[:, 1] += held[:, at + 1]
            stepped = np.logaddexp(moves[:, 0] + ahead[:, :1], moves[:, 1] + ahead[:, 1:])
            backward[at] = np.where(self.inside[:, at + 1, None], stepped, 0)
        chances = np.exp(forward[:, :, 1] + backward[:, :, 1] - total).T
        ahead = backward[1:].copy()
        ahead[:, :, 1] += held[:, 1:].T
        joint = forward[:-1, :, :, None] + moves + ahead[:, :, None, :] - total[:, None, None]
        expected = (np.exp(joint) * self.inside[:, 1:].T[:, :, None, None]).sum(axis=(0, 1))
        seen = float((held * self.truth).sum() + (self.moves * moves).sum())
        return float(total.sum()) - seen, (chances - self.truth)[self.inside], expected - self.moves


def train(sentences: Sequence[Sentence], seen: Seen, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights and moves with the highest penalised likelihood (L-BFGS)."""
    rng = random.Random(seed)  # noqa: S311
    shown = augmented(sentences, rng) + invented(rng) + notices(seen.texts, rng)
    table = matrix(row for each in shown for row in seen.rows(each, training=True))
    chains = Chains([each.labels for each in shown])
    turned = table.T.tocsr()

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights, moves = values[:-4], values[-4:].reshape(2, 2)
        cost, by_odds, by_moves = chains.loss(table @ weights, moves)
        slope = np.concatenate([turned @ by_odds + PENALTY * weights, by_moves.ravel()])
        return cost + PENALTY / 2 * float(weights @ weights), slope

    best = minimize(loss, np.zeros((1 << BITS) + 4), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    print(f"loss {best.fun:.1f} after {best.nit} steps", file=sys.stderr)
    weights = np.where(np.abs(best.x[:-4]) < SMALLEST_WEIGHT, 0, best.x[:-4])
    return weights, best.x[-4:].reshape(2, 2)


def quantised(weights: np.ndarray) -> tuple[np.ndarray, float]:
    scale = float(np.abs(weights).max()) / 127
    return np.round(weights / scale).astype(np.int8), scale


def chances(sentences: Sequence[Sentence], seen: Seen, weights: np.ndarray, moves: np.ndarray) -> list[list[float]]:
    held = tuple(map(tuple, moves.tolist()))
    return [marginals((matrix(seen.rows(each, training=False)) @ weights).tolist(), held) for each in sentences]


def marked(sentence: Sentence, found: Sequence[float]) -> list[bool]:
    words = [describe(word, lists()) for word in sentence.words]
    case = case_of(words)
    return [chance >= least(word, case, THRESHOLDS) for word, chance in zip(words, found, strict=True)]


def measure(data: Path, folds: int, only: int) -> None:
    sentences = corpus(data)
    order = list(range(len(sentences)))
    random.Random(SEED).shuffle(order)  # noqa: S311
    texts = police_texts(data)
    tallies = {"as written": np.zeros(7), "in small letters": np.zeros(7)}
    for fold in range(only or folds):
        aside = [sentences[number] for number in order[fold::folds]]
        rest = [sentences[number] for at, number in enumerate(order) if at % folds != fold]
        seen = Seen(texts, rest)
        weights, moves = train(rest, seen, SEED)
        whole, scale = quantised(weights)
        for name, form in (("as written", lambda each: each), ("in small letters", small)):
            held_out = [form(each) for each in aside]
            for each, found in zip(held_out, chances(held_out, seen, whole * scale, moves), strict=True):
                tallies[name] += tally(each.labels, marked(each, found))
        for name, counts in tallies.items():
            print(f"fold {fold + 1}, {name}: {said(counts)}", flush=True)


def tally(truth: Sequence[bool], found: Sequence[bool]) -> np.ndarray:
    """Words: in names, marked, both; then names in one piece: there, marked, those of them that overlap."""
    true_spans, found_spans = runs(truth), runs(found)
    met = sum(any(found[start:end]) for start, end in true_spans)
    right = sum(any(truth[start:end]) for start, end in found_spans)
    both = sum(a and b for a, b in zip(truth, found, strict=True))
    return np.array([sum(truth), sum(found), both, len(true_spans), met, len(found_spans), right])


def runs(labels: Sequence[bool]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff([0, *map(int, labels), 0]))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def said(counts: np.ndarray) -> str:
    words, marks, both, names, met, spans, right = counts
    shares = f"recall {both / words:.3f}, precision {both / marks:.3f}"
    return (
        f"words {shares} of {words:.0f}; names recall {met / names:.3f}, precision {right / spans:.3f} of {names:.0f}"
    )


def write(data: Path) -> None:
    sentences = corpus(data)
    texts = police_texts(data)
    weights, moves = train(sentences, Seen(texts, sentences), SEED)
    whole, scale = quantised(weights)
    told = {"scale": scale, "moves": moves.round(6).tolist(), "thresholds": THRESHOLDS}
    (TARGET / "name_tagger.json").write_text(json.dumps(told) + "\n", encoding="utf-8")
    path = TARGET / "name_tagger.bin"
    path.write_bytes(zlib.compress(whole.tobytes(), 9))
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, {np.count_nonzero(whole)} weights")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, default=0, help="measure so many of the folds")
    asked = parser.parse_args()
    if asked.folds:
        measure(asked.data, asked.folds, asked.only)
    else:
        write(asked.data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
