"""Whether a text is written in Swedish."""

import re

_COMMON = {
    "sv": "och att det som är för med på av till inte den har ska vi från under i en ett om kommer också",
    "no": "og å det som er for med på av til ikke den har skal vi fra under i en et om kommer også",
    "da": "og at det som er for med på af til ikke den har skal vi fra under i en et om kommer også",
    "en": "and to it which is for with on of not the has shall we from during in a an about will also",
    "de": "und zu es die ist für mit auf von nicht der hat soll wir aus in ein eine über wird auch das",
    "fi": "ja on ei että se hän joka kanssa ovat oli tai kun niin myös jos mutta sekä kuin",
}
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 12
_SMALLEST_SHARE = 0.08
_SAMPLE = 20_000


def is_swedish(text: str) -> bool:
    """Whether a text is Swedish, judged by its commonest small words.

    Parameters
    ----------
    text : str
        The text; its beginning is enough.

    Returns
    -------
    bool
        True when more than one word in twelve is a common Swedish one and no neighbour language fits better.

    Notes
    -----
    A text of fewer than twelve words gives no ground for a no.

    Examples
    --------
    >>> is_swedish("Polisen och kommunen lovar att det ska bli tryggare i centrum under året för alla som bor här.")
    True
    >>> is_swedish("The police and the municipality promise that it will be safer in the centre during the year.")
    False
    """
    words = [word.casefold() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _FEWEST_WORDS:
        return True
    counts = {language: _count(words, frozenset(common.split())) for language, common in _COMMON.items()}
    return counts["sv"] >= _SMALLEST_SHARE * len(words) and counts["sv"] == max(counts.values())


def _count(words: list[str], common: frozenset[str]) -> int:
    return sum(word in common for word in words)
