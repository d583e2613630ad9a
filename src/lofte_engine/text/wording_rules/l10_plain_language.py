"""L10: plain language. A promise to everyone is read by everyone."""

from collections.abc import Iterator

from lofte_engine.text.readability import HEAVY_LIX, LONGEST_GOOD_SENTENCE, readability
from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading

_FEWEST_WORDS = 12


def plain_language(reading: Reading) -> Iterator[Finding]:
    """A sentence has more than 25 words, or LIX of the text is 45 or more.

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One: the longest sentence, or the whole text.

    Notes
    -----
    The limit is taken literally. One pledge is short, so a few long compounds and names can carry an easy sentence
    over it. With fewer than twelve words LIX is not asked at all.

    Examples
    --------
    >>> list(plain_language(Reading("Polisen kontrollerar farten vid skolan varje vecka.")))
    []
    """
    figures = readability(reading.text)
    if figures.longest_sentence > LONGEST_GOOD_SENTENCE:
        yield reading.finding(
            "L10",
            f"Meningen har {figures.longest_sentence} ord; över {LONGEST_GOOD_SENTENCE} är svårt att läsa.",
            "Dela meningen: en mening för vad som görs, en för var och när, en för hur det följs upp.",
            span=figures.longest_span,
        )
    elif figures.words >= _FEWEST_WORDS and figures.lix >= HEAVY_LIX:
        yield reading.finding(
            "L10",
            f"Texten är tung: läsbarhetsindex (LIX) är {figures.lix:.0f}; från {HEAVY_LIX:.0f} är det svårt.",
            "Byt långa ord mot korta: ”kontroller” i stället för ”kontrollverksamhet”, ”göra” i stället "
            "för ”genomföra”.",
        )
