"""Single facts of a promise: municipality, period, area, year of the picture, joint assessment."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lofte_engine.text.dates import Period, PeriodFound, find_date_range, find_years
from lofte_engine.text.municipalities import Municipality, find_municipalities
from lofte_engine.text.promise_model import Scope
from lofte_engine.text.spans import CleanText, Span

_VALID = re.compile(r"\b(?:gäller|giltig\w*|löper|avser|period\w*|sträcker\ssig)\b", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:under|för|år|åren|medborgarlöfte\w*|perioden)\s(?=20\d\d)", re.IGNORECASE)
_PICTURE_YEAR = re.compile(
    r"\blägesbild\w*\s(?:(?:för|från|under|avseende|av|gällande)\s)?(?:(?:hösten|våren|året|år|slutet\sav)\s)?(20\d\d)\b"
    r"|\b(20\d\d)\sårs\s(?:\w+\s)?lägesbild",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\b(?:samlade?|gemensam(?:ma|t)?|sammanvägda?)\s(?:\w+\s)?bedömning\w*|\bbedömer\s(?:gemensamt|tillsammans)|"
    r"\bsammanvägda?\sbild\w*|\bgemensamma?\s(?:lägesbild|bild)\w*\s(?:är|visar)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*")
_DISTRICTS = re.compile(
    r"\b(?:samtliga|alla)\s(?:kommun|stads|områdes)delar\b|\bkommunens\s(?:alla|samtliga)\s(?:kommun)?delar\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\bhela\s(?:kommunen|staden|[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?\s(?:kommun|stad))\b", re.IGNORECASE
)
_PLACE_NAME = r"[A-ZÅÄÖ][\w/-]+(?:\s[A-ZÅÄÖ][\w/-]+)*"
_PLACES = re.compile(
    r"\b(?i:område(?:t|n|na)?|stadsdel(?:en|ar|arna)?|kommundel(?:en|ar|arna)?|tätort(?:en|erna)?|platsen)\s?:?\s"
    rf"(?P<names>{_PLACE_NAME}(?:(?:,\s|\soch\s|\ssamt\s){_PLACE_NAME})*)"
)
_TITLE_PLACE = re.compile(
    r"(?:\s[-–—]\s|[,:]\s|\s(?:för|på|i)\s|20\d\d\s)(?P<names>[A-ZÅÄÖ][^\d,:–—]*?)(?=$|\s[-–—]\s|[,:]|\s?\d{4})"
)
_LIST = re.compile(r",\s|\soch\s|\ssamt\s")
_NOT_PLACES = re.compile(
    r"\b(?:medborgarlöfte\w*|löfte\w*|polis\w*|kommun\w*|stad|samverkan|trygg\w*|barn)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fact[Value]:
    """A value, where it stands and why it was guessed.

    Parameters
    ----------
    value : Value
        The value.
    spans : tuple of (int, int)
        Where it stands; empty when nothing says it.
    guess : str or None
        Key of the reason; None when it was read.
    """

    value: Value
    spans: tuple[Span, ...]
    guess: str | None = None


def find_municipality(title: CleanText, body: list[CleanText]) -> Fact[Municipality] | None:
    """The municipality of a promise.

    Parameters
    ----------
    title : CleanText
        The title, empty when there is none.
    body : list of CleanText
        The rest.

    Returns
    -------
    Fact of Municipality or None
        From the title if it names one; else the one most often named as an authority, else by place name.
    """
    in_title = sorted(find_municipalities(title.text), key=lambda mention: not mention.organisation)
    if in_title:
        best = in_title[0]
        said = {
            mention.municipality for text in body for mention in find_municipalities(text.text) if mention.organisation
        }
        sure = best.organisation or best.municipality in said
        guess = None if sure else "municipality_without_authority"
        return Fact(best.municipality, title.spans(best.start, best.end), guess)
    named = [(mention, text) for text in body for mention in find_municipalities(text.text)]
    authorities = [(mention, text) for mention, text in named if mention.organisation]
    counts = Counter(mention.municipality for mention, _ in authorities or named)
    if not counts:
        return None
    chosen = counts.most_common(1)[0][0]
    mention, text = next(found for found in authorities or named if found[0].municipality == chosen)
    guess = "municipality_most_named" if len(counts) > 1 else None
    guess = guess if authorities else "municipality_without_authority"
    return Fact(chosen, text.spans(mention.start, mention.end), guess)


def find_period(title: CleanText, body: list[CleanText], pledges: list[CleanText]) -> Fact[Period] | None:
    """The period of a promise.

    Parameters
    ----------
    title : CleanText
        The title, empty when there is none.
    body : list of CleanText
        Introduction and other running text.
    pledges : list of CleanText
        The promise itself.

    Returns
    -------
    Fact of Period or None
        Dates in the title or in a sentence such as "Löftet gäller …" come first, then years in the title, then
        years in such a sentence. A year found only in other text ("under 2018") is a guess.
    """
    valid = [sentence for text in [*body, *pledges] for sentence in _valid_sentences(text)]
    for texts, find in (([title, *valid], find_date_range), ([title, *valid], find_years)):
        for text in texts:
            found = find(text.text)
            if found:
                return Fact(found.period, text.spans(found.start, found.end))
    return _period_under(pledges, "period_from_pledge") or _period_under(body, "period_from_intro")


def find_picture_year(texts: list[CleanText]) -> Fact[int] | None:
    """The year that the situation picture describes.

    Parameters
    ----------
    texts : list of CleanText
        Situation and introduction.

    Returns
    -------
    Fact of int or None
        Only when it is said: "Lägesbilden för 2017".
    """
    for text in texts:
        found = _PICTURE_YEAR.search(text.text)
        if found:
            group = 1 if found[1] else 2
            return Fact(int(found[group]), text.spans(*found.span(group)))
    return None


def find_joint_assessment(texts: list[CleanText]) -> Fact[str] | None:
    """The sentence with the joint assessment of kommun and police.

    Parameters
    ----------
    texts : list of CleanText
        Situation and introduction.

    Returns
    -------
    Fact of str or None
        The first sentence that speaks of one.
    """
    for text in texts:
        for sentence in _SENTENCE.finditer(text.text):
            if _JOINT.search(sentence[0]):
                return Fact(*text.take(*sentence.span()))
    return None


def find_scope(title: CleanText, texts: list[CleanText], municipality: Municipality | None) -> Fact[Scope] | None:
    """The area a promise covers.

    Parameters
    ----------
    title : CleanText
        The title, empty when there is none.
    texts : list of CleanText
        Introduction, situation and promise.
    municipality : Municipality or None
        The municipality, when known.

    Returns
    -------
    Fact of Scope or None
        Places named in the title win over what the text says; without either the whole municipality is guessed.
    """
    places = _title_places(title)
    if places:
        names, spans = places
        return Fact(Scope("places", ", ".join(names), names), spans, "scope_from_title")
    for kind, pattern in (("all_districts", _DISTRICTS), ("municipality", _WHOLE), ("places", _PLACES)):
        for text in texts:
            found = pattern.search(text.text)
            if found:
                names = tuple(_LIST.split(found["names"])) if kind == "places" else ()
                return Fact(Scope(kind, found[0], names), text.spans(*found.span()))
    return Fact(Scope("municipality", None), (), "scope_not_stated") if municipality else None


def _valid_sentences(text: CleanText) -> Iterator[CleanText]:
    for sentence in _SENTENCE.finditer(text.text):
        if _VALID.search(sentence[0]):
            start, end = sentence.span()
            yield CleanText(text.text[start:end], text.offsets[start:end], text.seams)


def _period_under(texts: list[CleanText], guess: str) -> Fact[Period] | None:
    for text in texts:
        for word in _UNDER.finditer(text.text):
            found: PeriodFound | None = find_years(text.text[word.end() :])
            if found:
                start, end = word.end() + found.start, word.end() + found.end
                return Fact(found.period, text.spans(start, end), guess)
    return None


def _title_places(title: CleanText) -> tuple[tuple[str, ...], tuple[Span, ...]] | None:
    for found in _TITLE_PLACE.finditer(title.text):
        names = found["names"].strip()
        if names and not find_municipalities(names) and not _NOT_PLACES.search(names):
            return tuple(_LIST.split(names)), title.spans(found.start("names"), found.start("names") + len(names))
    return None
