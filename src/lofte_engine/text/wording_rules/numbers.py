"""Numbers as Swedish writes them, in digits and in words."""

import re

_ONES = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_TEENS = ("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_ABOUT = {"dussin": 12, "tiotal": 10, "tjugotal": 20, "trettiotal": 30, "fyrtiotal": 40, "femtiotal": 50}
_ABOUT |= {"hundratal": 100, "tusental": 1000, "par": 2}


def _words() -> dict[str, int]:
    below_ten = {**{word: value for value, word in enumerate(_ONES)}, "ett": 1}
    small = {**below_ten, **{word: 10 + value for value, word in enumerate(_TEENS)}, "aderton": 18}
    for tens, word in enumerate(_TENS, start=2):
        small[word] = 10 * tens
        small |= {word + one: 10 * tens + value for one, value in below_ten.items() if value}
    hundreds = {"hundra": 100, **{f"{one}hundra": 100 * value for one, value in below_ten.items() if value}}
    mixed = {hundred + rest: h + r for hundred, h in hundreds.items() for rest, r in small.items() if r}
    thousands = {"tusen": 1000, **{f"{one}tusen": 1000 * value for one, value in below_ten.items() if value}}
    return {**small, **hundreds, **mixed, **thousands}


WORDS = _words()
ABOUT = _ABOUT
DIGITS = re.compile(r"\d{1,3}(?:[ .\u00a0]\d{3})+(?!\d)|\d+(?:[,.]\d+)?")


def value_of(written: str) -> float | None:
    """The value of one written number.

    Parameters
    ----------
    written : str
        One word or one group of digits.

    Returns
    -------
    float or None
        None when it is no number.

    Examples
    --------
    >>> value_of("tjugofem"), value_of("1 200"), value_of("0,5"), value_of("Tvåhundra")
    (25.0, 1200.0, 0.5, 200.0)
    >>> value_of("flera") is None
    True
    """
    word = written.casefold()
    if word in WORDS:
        return float(WORDS[word])
    if not DIGITS.fullmatch(word):
        return None
    if re.fullmatch(r"\d{1,3}(?:[ .\u00a0]\d{3})+", word):
        return float(re.sub(r"\D", "", word))
    return float(word.replace(",", "."))
