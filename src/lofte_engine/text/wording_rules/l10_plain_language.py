"""L10: plain language. A promise to everyone is read by everyone."""

from collections.abc import Iterator

from lofte_engine.text.readability import HEAVY_LIX, LONGEST_GOOD_SENTENCE, readability
from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading

# One-sided 95 %.
_SURELY = 1.645
_FEWEST_WORDS = 12


def plain_language(reading: Reading) -> Iterator[Finding]:
    """A sentence has more than 25 words, or the text is surely heavier than LIX 45.

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
    One pledge is too short for an exact LIX. It is called heavy only when the lower end of the one-sided 95 %
    interval is above the limit, so that a few long compounds and names in a short sentence pass. With fewer than
    twelve words it is not asked at all.

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
    elif figures.words >= _FEWEST_WORDS and figures.lix - _SURELY * figures.lix_error > HEAVY_LIX:
        yield reading.finding(
            "L10",
            f"Texten är tung: läsbarhetsindex (LIX) är {figures.lix:.0f}, och över {HEAVY_LIX:.0f} är svårt för många.",
            "Byt långa ord mot korta: ”kontroller” i stället för ”kontrollverksamhet”, ”göra” i stället "
            "för ”genomföra”.",
        )
