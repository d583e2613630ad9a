"""How much or how often: what can be counted in a pledge."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lofte_engine.text.dates import MONTHS
from lofte_engine.text.spans import Span
from lofte_engine.text.wording_rules.numbers import ABOUT, value_of
from lofte_engine.text.wording_rules.times import BASELINE, RATE, RESPONSE, inside, spans_of


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount and what it is an amount of.

    Parameters
    ----------
    start, end : int
        Where it stands.
    kind : str
        "count", "once" (one meeting, one plan), "rate" (how often), "response" (within 48 hours), "share",
        "change" (half as many, fewer than last year) or "zero" (none of what can be counted).
    amount : float or None
        The number.
    unit : str
        What is counted, in the text's own form; "" when it is not told.
    """

    start: int
    end: int
    kind: str
    amount: float | None = None
    unit: str = ""


_MONTH = "|".join(MONTHS)
_TOKEN = re.compile(r"\d{1,3}(?:[ .\u00a0]\d{3})+(?!\d)|\d+(?:,\d+)?|[^\W\d_]+")
# Numbers that count nothing: dates, hours, ages, roads, grades, telephone numbers, limits.
_NOT_AMOUNTS = re.compile(
    rf"\b\d{{4}}-\d\d(?:-\d\d)?\b|\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?(?!\d|\s?%)\b"
    rf"|\b(?:den\s)?\d{{1,2}}(?::e|:a)?(?:\s?[-–]\s?\d{{1,2}})?\s(?:{_MONTH})\b|\bden\s\d{{1,2}}\b|"
    r"\b\d{1,2}/\d{1,2}\b"
    r"|\b(?:kl|klockan)\.?\s?\d{1,2}(?:[.:]\d\d)?(?:\s?(?:-|–|till|och)\s?(?:kl\.?\s)?\d{1,2}(?:[.:]\d\d)?)?"
    r"|\b\d{1,2}[.:]\d\d(?:\s?[-–]\s?\d{1,2}[.:]\d\d)?\b|\bmellan\s\d\d\soch\s0\d\b|"
    r"\b[012]\d\s?[-–]\s?[012]\d\b(?!\s?\w)"
    r"|(?:\b(?:\d+|\w+ton|tjugo\w*|tolv|elva|tio)\s?(?:[-–]|till|och)\s?)?\b(?:\d+|"
    r"\w+)\s?-?\s?(?:åring\w*|årig\w*|års(?=ålder)|års(?:\sålder\w*)?\b|år\b)"
    r"|\bbrottskod\w*\s\d+(?:(?:,|\soch|\ssamt|\s?[-–])\s?\d+)*|\b(?:åk|årskurs\w*|klass\w*|vecka|veckorna|v|kvartal|tertial|\w*väg|rv|lv|e|punkt|bilaga|steg|nr|nummer|"
    r"linje|buss|löfte|"
    r"kapitel|sida|zon|fas|område|distrikt|agenda|version|etapp)\.?\s?\d+(?:\s?(?:[-–]|och|till)\s?\d+)?\b"
    r"|\bårskurs\w*\s\w+|§+\s?\d+|\b\d+\s?§|\b112\b|\b114\s?14\b|\b116\s?111\b|\b1177\b|\b0\d{1,3}[-\s]\d[\d\s-]+"
    r"|\w+(?:gatan|vägen|gränd|stigen|torget|allén|plan|backen|gata|"
    r"väg)\s\d{1,3}\s?[A-Za-z]?\b(?!\s(?:gånger|ggr|kväll|dag|\w+kontroll))"
    r"|\b\d+(?:,\d+)?\s?(?:promille|‰|km/h|km/tim\w*|km\b|kilometer\w*|meter|m\b|-?(?:väg|gata|zon|sträck)\w*)"
    r"|\b(?:under|över|fyllt|yngre\sän|äldre\sän)\s(?:1[0-9]|2[0-5])\b(?=\s?(?:[.,;]|$)|\s(?:år|som|ska|i|"
    r"på|har)\b)|\böppet\still\s\d\d\b|\b\d+:\d+\b|^\s*\d{1,2}[.)]\s",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:de|dessa|våra|sina|deras|kommunens|stadens|båda|årskurs|åk|köp(?:a|er|t|ande|are)?(?:\sav)?|"
    r"den|det|(?:\d|två|tre|fyra|fem|sju|åtta|nio)\sav(?:\sde)?)\s$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\s?(?:mot\sersättning|och\ssamma|sätt\b|del(?:ar)?\b|gemensam\s)",
    re.IGNORECASE,
)
_DURATION = re.compile(r"[\s-]?(?:minut|mån|kvartal|halvår|termin|årig|veck)\w*", re.IGNORECASE)
_INSIDE = re.compile(r"\b(?:inom|senast|efter)\s(?:\w+\s)?$", re.IGNORECASE)
_AT_LEAST_ONE = re.compile(
    r"\b(?:minst|högst|max|maximalt|åtminstone|ytterligare|precis|exakt|totalt|sammanlagt|lägst|mer\sän)\s$",
    re.IGNORECASE,
)
_ONE_THING = re.compile(
    r"\s(?:(?!gång\b)[\wåäö-]+\s){0,3}?(?P<thing>(?:\w+-?)?(?:vandring|möte|träff|utbildning|föreläsning|"
    r"kampanj|enkät|undersökning|kurs|"
    r"patrull|patrullering|kontroll|besiktning|hundsök|sökning|mätning|inventering|kartläggning|workshop|"
    r"mässa|övning|insats|plan|"
    r"rutin|mötesplats|fritidsgård|telefonlinje|jourtelefon|temadag|temavecka|temakväll|råd|kontor|"
    r"utställning|handbok|"
    r"checklista|broschyr|film|lektion|aktivitetsdag|vecka|dag|kväll|natt|helg|tillsyn|kväll|rond|"
    r"informationsträff|"
    r"fältassistent|fältare|områdespolis|samordnare|kamera|belysningsstolpe|väktarrond|aktion|punktinsats))\b(?!-)",
    re.IGNORECASE,
)
_MAKING = re.compile(
    r"\b(?:h[åa]ll\w*|genomför\w*|gör\w*|göra|anordna\w*|arrangera\w*|bjud\w*|inrätta\w*|starta\w*|"
    r"öppna\w*|ta\s|tar\s|tas\s|upprätta\w*|"
    r"bilda\w*|utbilda\w*|skriv\w*|inför\w*|anställ\w*|skicka\w*|gå\s|går\s|ha\s|har\s|få\s|får\s|sätt\w*|erbjud\w*|"
    r"ge\s|ger\s|"
    r"minst|lägga|lägger|bygg\w*|delta\w*|ordna\w*|planera\w*|utarbeta\w*|visa\w*|göra?s|utför\w*|styra?r?)",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"\b(?:ha|har|få|skapa|med|till|genom|som|av|i|är|vara|bli)\s$", re.IGNORECASE)
_UNIT = re.compile(r"\s?(?:st\.?\s|stycken\s)?(?P<words>(?:[^\W\d_]+(?:-[^\W\d_]+)*\s?){1,4})", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"\w+(?:ade|nde|iga|iska|lla|nna|mma|sta|nya|da|ta|ra|liga|aktiga|fulla)|nya|olika|extra|stora|små|"
    r"sådana|fler|till|"
    r"särskilda|större|mindre|så|kallade|oanmälda|egna|hela",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\s?(?:%|procent\w*)", re.IGNORECASE)
_PART = re.compile(r"\sav\s(?:de\s)?(?:\d+|två|tre|fyra|fem|sex|sju|åtta|nio|tio)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:halvera\w*|fördubbl\w+|dubbelt\sså\s\w+|hälften|en\s(?:tredjedel|fjärdedel|femtedel|tiondel))\b"
    r"|\b(?:fler|färre|mindre|lägre|högre|oftare|bättre|snabbare|tryggare|"
    r"kortare)\b[^.;]{0,60}?\bän\s(?:\w+\s){0,3}?"
    r"(?:(?:19|20)\d\d|i\sfjol|förra\såret|föregående|tidigare|fjolåret|vid|idag|i\sdag|i\s[\w-]+\s20\d\d)"
    r"|\b(?:antalet|andelen)\b[^.;]{0,90}?\b(?:minska|öka|sjunk|stig|bli\s(?:fler|färre))\w*[^.;]{0,40}?"
    r"\b(?:jämfört\smed|i\sförhållande\still|från)\s(?:\w+\s){0,3}?(?:(?:19|20)\d\d|förra|fjol|föregående|i\sfjol)"
    r"|\bvar\s(?:tredje|fjärde|femte|sjätte|tionde)\b(?!\s(?:dag|dygn|vecka|månad|år|kväll|natt|helg))|"
    r"\blika\smånga\b|\b(?:alla|samtliga|varje)\s(?:[\wåäö-]+\s){0,2}?(?:\w*skolor(?:na)?|\w*skola|"
    r"\w*klass(?:er|erna)?|elever|"
    r"\w*butiker(?:na)?|\w*restauranger(?:na)?|krogar(?:na)?|serveringsställen\w*|föreningar|trapphus\w*|"
    r"\w*tunnlar(?:na)?|\w*tunnel)\b"
    r"(?=[^.;]*\b(?:besök\w*|inform\w+|utbild\w+|kontroll\w+|ska\sfå|får|erbjud\w+|inventer\w+|besikt\w+|"
    r"mål\w+|gå\w*\sigenom|rond\w+))"
    r"|\bbesök\w*\s(?:hos\s)?(?:alla|samtliga)\s\w+"
    r"|\b(?:besök\w*|inform\w+|utbild\w+|kontroller\w+|inventer\w+|besikt\w+)\s(?:\w+\s)?(?:alla|samtliga|"
    r"varje)\s(?:[\wåäö-]+\s){0,2}?"
    r"(?:\w*skolor(?:na)?|\w*skola|\w*klass(?:er|erna)?|elever|\w*butiker(?:na)?|\w*restauranger(?:na)?|"
    r"krogar(?:na)?|\w*tunnlar(?:na)?)\b",
    re.IGNORECASE,
)

_ZERO = re.compile(
    r"\b(?:noll|inga|inget)\s(?:nya?\s|nytt\s|fler\s|mer\s)?\w*(?:inbrott|stöld|stölder|rån|bränder|olyckor|olycka|brott|"
    r"skjutningar|anmälningar|sprängningar)\b|\b(?:ingen|inte\s(?:en|ett))\s(?:mer|enda|fler)\s(?!som\b|ska\b)\w+",
    re.IGNORECASE,
)


def find_quantities(text: str, reporting: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """Amounts and frequencies of a pledge.

    Parameters
    ----------
    text : str
        The pledge, lines mended.
    reporting : sequence of (int, int)
        Clauses about follow-up; what is counted there is not promised.

    Returns
    -------
    tuple of Quantity
        In reading order.

    Notes
    -----
    A number counts unless it is a date, an hour, an age, a road, a grade, a telephone number, a speed, the length of
    a period or what was measured before. *En* and *ett* count only before *gång*, after *minst* and the like, and
    before one thing that is either done or not ("en trygghetsvandring", "en handlingsplan").

    Examples
    --------
    >>> [(q.kind, q.amount, q.unit) for q in find_quantities("minst fyra trygghetsvandringar under 2025")]
    [('count', 4.0, 'trygghetsvandringar')]
    >>> find_quantities("ungdomar under 18 år i årskurs 9 kl. 20–02 på väg 55")
    ()
    """
    barred = (*reporting, *spans_of(BASELINE, text))
    not_amounts = spans_of(_NOT_AMOUNTS, text)
    found = list(_numbers(text, barred, not_amounts))
    found += [Quantity(start, end, "rate") for start, end in spans_of(RATE, text, reporting)]
    found += [Quantity(start, end, "response") for start, end in spans_of(RESPONSE, text, reporting)]
    found += [Quantity(start, end, "zero", 0.0) for start, end in spans_of(_ZERO, text, reporting)]
    found += [Quantity(start, end, "change") for start, end in spans_of(_CHANGE, text, reporting)]
    return tuple(sorted(found, key=lambda quantity: (quantity.start, quantity.end)))


def unit_after(text: str, end: int) -> str:
    """The noun that a number counts.

    Parameters
    ----------
    text : str
        The pledge.
    end : int
        Where the number ends.

    Returns
    -------
    str
        The first word that is no adjective, in lower case; "" when no word follows.

    Examples
    --------
    >>> unit_after("minst 8 nya gemensamma krogtillsyner", 7)
    'krogtillsyner'
    """
    found = _UNIT.match(text, end)
    words = found["words"].casefold().split() if found else []
    return next((word for word in words if not _ADJECTIVE.fullmatch(word)), words[0] if words else "")


def _numbers(text: str, barred: Sequence[Span], not_amounts: Sequence[Span]) -> Iterator[Quantity]:
    for token in _TOKEN.finditer(text):
        word = token[0].casefold()
        if inside(token.start(), not_amounts) or inside(token.start(), barred):
            continue
        if word in ("en", "ett"):
            yield from _one(text, token)
        elif word == "hundratals" or word == "tiotals":
            yield Quantity(*token.span(), "count", None, unit_after(text, token.end()))
        elif (amount := value_of(word)) is not None and word != "noll":
            yield from _amount(text, token, amount)


def _amount(text: str, token: re.Match[str], amount: float) -> Iterator[Quantity]:
    start, end = token.span()
    before = text[max(0, start - 40) : start]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(text, end):
        return
    if _SHARE.match(text, end) or _PART.match(text, end):
        yield Quantity(start, end, "share", amount, "procent")
    elif _DURATION.match(text, end):
        # A length of time is an amount of work only when it comes again ("20 minuter i veckan"); RATE finds that.
        return
    elif not _INSIDE.search(before):
        yield Quantity(start, end, "count", amount, unit_after(text, end))


def _one(text: str, token: re.Match[str]) -> Iterator[Quantity]:
    start, end = token.span()
    before = text[max(0, start - 40) : start]
    following = re.match(r"\s([^\W\d_]+)", text[end : end + 40])
    word = following[1].casefold() if following else ""
    if word in ABOUT:
        yield Quantity(start, end, "count", float(ABOUT[word]), unit_after(text, end + 1 + len(word)))
    elif word in ("gång", "timme", "timma") or _AT_LEAST_ONE.search(before):
        yield Quantity(start, end, "once", 1.0, unit_after(text, end))
    elif (thing := _ONE_THING.match(text, end)) and _is_made(text, start, before):
        yield Quantity(start, thing.end(), "once", 1.0, thing["thing"].casefold())


def _is_made(text: str, start: int, before: str) -> bool:
    """Whether the one thing is what is promised: it is made, and is no means to something else."""
    return bool(_MAKING.search(text, max(0, start - 90), start) or not before.strip()) and not _ABSTRACT.search(before)
