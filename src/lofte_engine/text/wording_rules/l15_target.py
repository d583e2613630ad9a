"""L15: a target worth a promise. Not what was already done, not what was never near."""

import re
from collections.abc import Iterator, Sequence

from lofte_engine.text.spans import Span
from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.numbers import value_of
from lofte_engine.text.wording_rules.reading import Reading

FAR_ABOVE = 10.0

_WHEN = (
    r"(?:i\sfjol|förra\såret|föregående\sår|året\sinnan|året\sföre|fjolåret|tidigare\sår|(?:under\s|år\s|"
    r"i\s)?(?:19|20)\d\d|(?:under\s)?förra\s(?:löftet|perioden))"
)
_DONE = (
    r"(?:blev|var|gjordes|genomfördes|hölls|hade(?:\svi)?|nåddes|nådde(?:\svi)?|startade(?:\svi)?|besökte(?:\svi)?|gjorde\s\w+|genomförde\s\w+|höll\s\w+|"
    r"utfall(?:et)?|resultat(?:et)?|kom\svi\supp\si|"
    r"startades|bildades|besöktes|skedde|hann\s\w+(?:\smed)?|anmäldes|registrerades|inträffade|"
    r"kontrollerades|patrullerade\s\w+)"
)
_N = r"(?P<number>\d{1,3}(?:[ .]\d{3})+|\d+(?:,\d+)?|[^\W\d_]+)"
_EARLIER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WHEN}\s?(?:,\s)?{_DONE}\s(?:det\s|antalet\s|utfallet\s|vi\s|polisen\s|kommunen\s|redan\s|"
        rf"bara\s|sammanlagt\s|totalt\s)*{_N}\b",
        rf"\b{_DONE}\s(?:det\s|antalet\s|vi\s|redan\s)?{_WHEN}\s?:?\s?(?:det\s|till\s)?{_N}\b",
        rf"\((?:{_DONE}\s)?{_WHEN}\s?:\s?{_N}\b",
        rf"\({_N}\s(?:[\w-]+\s)?{_WHEN}\)",
        rf"\b{_WHEN}:\s{_N}\b",
        rf"\b(?:jämfört\smed|mot|från|än|i\sstället\sför)\s(?:de\s)?{_N}\s(?:[\w-]+\s)?(?:under\s)?{_WHEN}\b",
        r"\b(?:förra\sårets|fjolårets|föregående\sårs|(?:19|20)\d\ds?\så?r?s?)\s(?:resultat\s(?:på|var)\s|"
        rf"utfall\s(?:på|var)\s)?{_N}\b",
        rf"\b{_DONE}\s(?:det\s)?{_N}\s(?:[\w-]+\s){{0,2}}?{_WHEN}\b",
    )
)
_SAME_AS_BEFORE = re.compile(
    r"\b(?:lika\s(?:många|mycket|ofta)|samma\s(?:antal|nivå|omfattning|mängd|"
    r"takt))\s(?:[\w-]+\s){0,4}?som\s(?:under\s)?"
    r"(?:i\sfjol|förra\såret|föregående|tidigare|(?:19|20)\d\d|förut|idag|i\sdag|nu|fjolåret|hittills|innan)"
    r"|\bsom\si\sfjol\b|\bsom\sförra\såret\b|\bpå\ssamma\snivå\ssom\b|\bi\ssamma\somfattning\ssom\b|"
    r"\b(?:bibehåll|behåll|upprätthåll)(?:a|er)\s(?:\w+\s)?"
    r"(?:nivån|antalet|dagens\snivå|nuvarande)\b|\b(?:fjolårets|förra\sårets)\snivå\w*|\b(?:precis|liksom)\s(?:som\s)?(?:(?:19|20)\d\d|i\sfjol|förra|tidigare)|\bredan\s(?:uppnått|nått|uppfyllt|klart?)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"\bfrån\s(?:dagens\s|cirka\s|ca\s)?{_N}(?:\s?(?:%|procent|\w+))?(?:\s(?:år\s)?(?:19|"
    r"20)\d\d)?\s(?:ner\s|ned\s|upp\s)?till\b",
    re.IGNORECASE,
)
_NEVER_NEAR = re.compile(
    r"\b(?:tio|tjugo|femtio|hundra)dubbl\w+|\b(?:\d{2,}|tio|tjugo|femtio|hundra)\sgånger\s(?:fler|så\smånga|mer)\b",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:högst|max(?:imalt)?|färre\sän|under|mindre\sän|lägre\sän|som\smest|ner\still|till\shögst)\s$", re.IGNORECASE
)
_LESSEN = re.compile(
    r"\b(?:ned|ner)\s(?:från|till|under)\b|\b(?:minska|sänka|sjunka|halvera|gå\sner|färre|minskas?)\w*\b", re.IGNORECASE
)


def target(reading: Reading) -> Iterator[Finding]:
    """The target was met already, or is ten times what was ever done or more.

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One, at the target or at the words that say so.

    Notes
    -----
    Earlier results come from the fields, or from the text ("2019 blev det 20"). Strängnäs 2019 promised eight new
    areas of neighbourhood watch and got twenty: a later promise of eight would be one that is kept from the start.

    Examples
    --------
    >>> from lofte_engine.text.wording_rules.finding import PledgeFields
    >>> known = PledgeFields(earlier_results=(20.0,))
    >>> text = "Kommunen startar minst 8 nya grannsamverkansområden."
    >>> [text[found.start : found.end] for found in target(Reading(text, known))]
    ['8']
    >>> list(target(Reading(text)))
    []
    """
    earlier = _earlier_in_text(reading.text)
    results = [value for value, _ in earlier] or list(reading.fields.earlier_results)
    same = _SAME_AS_BEFORE.search(reading.text)
    far = _NEVER_NEAR.search(reading.text)
    found = _target(reading, [span for _, span in earlier])
    if found and results:
        yield from _compared(reading, *found, results)
    elif far:
        yield reading.finding(
            "L15",
            "Målet ligger långt från det som gjorts förut.",
            "Sätt ett mål som går att nå, eller skriv vad som gör det möjligt: nya tjänster, fler parter.",
            span=far.span(),
        )
    elif same:
        yield reading.finding(
            "L15",
            "Löftet lovar det som redan görs, så det är hållet från början.",
            "Säg vad som blir annorlunda mot i fjol, eller skriv varför samma nivå räcker.",
            span=same.span(),
        )


def _compared(
    reading: Reading, amount: float, span: Span | None, at_most: bool, results: Sequence[float]
) -> Iterator[Finding]:
    last, best = results[-1], (min(results) if at_most else max(results))
    if (amount >= last) if at_most else (amount <= last):
        yield reading.finding(
            "L15",
            f"Målet är redan nått: förra gången blev det {last:g}.",
            "Sätt ett mål som är bättre än förra gången, eller skriv varför samma nivå räcker.",
            span=span,
        )
    elif (amount * FAR_ABOVE <= best) if at_most else (amount >= FAR_ABOVE * best):
        yield reading.finding(
            "L15",
            f"Målet ligger långt från det som gjorts förut: som bäst {best:g}.",
            "Sätt ett mål som går att nå, eller skriv vad som gör det möjligt: nya tjänster, fler parter.",
            span=span,
        )


def _earlier_in_text(text: str) -> list[tuple[float, Span]]:
    found = {
        match.span("number"): value
        for pattern in (*_EARLIER, _FROM_TO)
        for match in pattern.finditer(text)
        if (value := value_of(match["number"])) is not None
        and not re.fullmatch(r"(?:19|20)\d\d|en|ett", match["number"])
    }
    return [(value, span) for span, value in sorted(found.items())]


def _target(reading: Reading, earlier: Sequence[Span]) -> tuple[float, Span | None, bool] | None:
    """The amount that is promised, where it stands, and whether less is better."""
    known = reading.fields.amount
    agree = [quantity for quantity in reading.quantities if known is not None and quantity.amount == known]
    for quantity in agree or (reading.quantities if known is None else ()):
        is_earlier = any(start <= quantity.start < end for start, end in earlier)
        if quantity.kind in ("count", "share") and quantity.amount is not None and not is_earlier:
            before = reading.text[max(0, quantity.start - 25) : quantity.start]
            by_amount = re.search(r"\bmed\s(?:minst\s)?$", before, re.IGNORECASE)
            if by_amount:
                continue
            return (
                quantity.amount,
                (quantity.start, quantity.end),
                bool(_AT_MOST.search(before) or _lessens(reading, quantity.start)),
            )
    if reading.fields.amount is not None:
        return reading.fields.amount, None, reading.fields.comparison == "at_most"
    return None


def _lessens(reading: Reading, offset: int) -> bool:
    start, _ = reading.sentence_at(offset)
    return bool(_LESSEN.search(reading.text, start, offset))
