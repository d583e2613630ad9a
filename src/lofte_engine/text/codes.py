"""Suggested codes for short texts, learnt from those that people have coded. It proposes; a person decides.

For the worker: scikit-learn and simplemma are loaded when asked for, never by a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lofte_engine.errors import LofteEngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]{2,}")
_FOLDS = 5
_SEED = 20180101
_REASONS = 3
# Small words that tell nothing of what a text is about.
_SMALL_WORDS = """
och att det som en ett på är av för med den till inte om har de jag vi man så men ni du han hon sig från vid
i kan ska var vara bli eller när där här då nu vad också mycket alla många efter utan mer upp ut in över
under hos oss er mig ha göra få gå komma skola vilja sin vår min din någon ingen annan all denna man ju bara
även än
"""
_SMALL = frozenset(_SMALL_WORDS.split())


class CodesInputError(LofteEngineError):
    """Coded texts from which nothing can be learnt."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code for one text, or none.

    Parameters
    ----------
    code : str or None
        None when the best one is too unsure.
    chance : float
        How probable the best code is.
    best : str
        The best code, also when it is not suggested.
    because : tuple of str
        Words that spoke most for it.
    """

    code: str | None
    chance: float
    best: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Suggestions:
    """Suggestions with how far they held on texts that people had coded.

    Parameters
    ----------
    rows : tuple of Suggestion
        One for each text.
    threshold : float
        Chance from which a code is suggested; over 1 when none would have been right often enough.
    right : float or None
        Share of right ones among those that would have been suggested (cross-validated); None when none would.
    answered : float
        Share of coded texts that would have got a suggestion.
    left_out : tuple of str
        Codes with too few texts to learn from; they are never suggested.
    """

    rows: tuple[Suggestion, ...]
    threshold: float
    right: float | None
    answered: float
    left_out: tuple[str, ...]


def lemmas(text: str) -> list[str]:
    """The words of a text in their base form, without small words.

    Parameters
    ----------
    text : str
        Swedish text.

    Returns
    -------
    list of str
        In reading order.

    Examples
    --------
    >>> lemmas("Lamporna i gångtunneln är trasiga.")
    ['lampa', 'gångtunnel', 'trasig']
    """
    import simplemma

    known = (str(simplemma.lemmatize(word.lower(), lang="sv")).lower() for word in _WORD.findall(text))
    return [word for word in known if word not in _SMALL]


def suggest_codes(
    coded: Sequence[tuple[str, str]], texts: Sequence[str], *, wanted: float = 0.8, fewest: int = 5
) -> Suggestions:
    """Propose a code for each text, and none where it would too often be wrong.

    Parameters
    ----------
    coded : sequence of (str, str)
        Texts and the code that a person gave each.
    texts : sequence of str
        Texts to propose for.
    wanted : float, optional
        Share of the suggestions that should be right.
    fewest : int, optional
        Texts that a code needs to be learnt.

    Returns
    -------
    Suggestions

    Raises
    ------
    CodesInputError
        When fewer than two codes have enough texts, or `wanted` lies outside 0–1.

    Notes
    -----
    TF-IDF on base forms (log frequency, unit length) and multinomial logistic regression with equal weight for each
    code.
    The threshold is the lowest chance at which suggestions for coded texts, each predicted by a model that has not seen
    it (five stratified folds), were right as often as wanted. Topics are never made here: people name them.

    References
    ----------
    Chow, *On optimum recognition error and reject tradeoff*, IEEE Trans. Inf. Theory 16 (1970) 41–46.

    Examples
    --------
    >>> coded = [("trasig lampa", "ljus"), ("mörk tunnel", "ljus"), ("bilar kör", "trafik"), ("moped kör", "trafik")]
    >>> suggest_codes(coded * 3, ["fler lampor i tunneln"]).rows[0].code
    'ljus'
    """
    if not 0 < wanted < 1:
        raise CodesInputError("wanted must lie between 0 and 1")
    counts = Counter(code for _text, code in coded)
    kept = sorted(code for code, count in counts.items() if count >= max(2, fewest))
    if len(kept) < 2:
        raise CodesInputError("at least two codes must have enough coded texts")
    usable = [(lemmas(text), code) for text, code in coded if code in kept]
    known, labels = [words for words, _code in usable], [code for _words, code in usable]
    threshold, right, answered = _tested(known, labels, wanted)
    rows = _predicted(known, labels, [lemmas(text) for text in texts], threshold)
    return Suggestions(tuple(rows), threshold, right, answered, tuple(sorted(set(counts) - set(kept))))


def _model() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    return make_pipeline(
        TfidfVectorizer(analyzer=_as_is, sublinear_tf=True),
        LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000),
    )


def _as_is(words: list[str]) -> list[str]:
    return words


def _tested(known: list[list[str]], labels: list[str], wanted: float) -> tuple[float, float | None, float]:
    import numpy as np
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(min(_FOLDS, min(Counter(labels).values())), shuffle=True, random_state=_SEED)
    chances = cross_val_predict(_model(), known, labels, cv=folds, method="predict_proba")
    codes = np.array(sorted(set(labels)))
    best = chances.max(axis=1)
    hits = codes[chances.argmax(axis=1)] == np.array(labels)
    order = np.argsort(-best, kind="stable")
    return _threshold(best[order], hits[order], wanted)


def _threshold(best: NDArray[np.float64], hits: NDArray[np.bool_], wanted: float) -> tuple[float, float | None, float]:
    """The lowest chance, going down from the surest, at which enough of all above are right."""
    import numpy as np

    shares = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    # Texts with the same chance stand or fall together.
    last_of_its_kind = np.append(best[1:] < best[:-1], True)
    good = np.flatnonzero((shares >= wanted) & last_of_its_kind)
    if not len(good):
        return 1.01, None, 0.0
    at = int(good[-1])
    return float(best[at]), float(shares[at]), (at + 1) / len(best)


def _predicted(known: list[list[str]], labels: list[str], texts: list[list[str]], threshold: float) -> list[Suggestion]:
    if not texts:
        return []
    model = _model().fit(known, labels)
    tfidf, regression = model[0], model[-1]
    table = tfidf.transform(texts)
    chances = regression.predict_proba(table)
    # With two codes there is one row of weights, and it speaks for the second.
    weights = regression.coef_ if len(regression.classes_) > 2 else [-regression.coef_[0], regression.coef_[0]]
    words = tfidf.get_feature_names_out()
    found = []
    for row, chance in zip(table, chances, strict=True):
        at = int(chance.argmax())
        spoke = sorted(((row[0, place] * weights[at][place], words[place]) for place in row.indices), reverse=True)
        because = tuple(str(word) for value, word in spoke[:_REASONS] if value > 0)
        best = str(regression.classes_[at])
        # A text without a known word has no reason for any code.
        is_sure = chance[at] >= threshold and bool(because)
        found.append(Suggestion(best if is_sure else None, float(chance[at]), best, because))
    return found
