"""How a promise says that it will be followed up: channels, rhythm and dates."""

import re
from dataclasses import dataclass, field

from lofte_engine.text.dates import find_months
from lofte_engine.text.spans import CleanText, Span

_CHANNEL = re.compile(
    r"(?:sociala\smedier"
    r"|(?:(?:polisens|kommunens|stadens|\w+s\skommuns)\s)?(?:facebook|instagram|youtube)(?:[\s-]?sid(?:a|an|or|orna))?"
    r"|(?:[\w-]+\.)+(?:se|nu|com|org|net)(?:/[\w/.-]*\w)?"
    r"|(?:(?:polisens|kommunens|stadens|kommunernas|parternas|våra|\w+s\skommuns)\s)?(?:respektive\s)?"
    r"(?:webbplats(?:er|en|erna)?|webbsid(?:a|or|an|orna)|hemsid(?:a|or|an|orna))"
    r"|lokal(?:tidning(?:en|ar|arna)?|press(?:en)?|radion?)|(?:lokala\s)?medi(?:a|er)|nyhetsbrev(?:et)?"
    r"|anslagstavl(?:a|or|an)|medborgarmöte(?:n|t)?|öppna?\smöten?|informationsblad|affisch(?:er)?)",
    re.IGNORECASE,
)
_RHYTHMS: dict[str, str] = {
    "weekly": r"varje\svecka|veckovis|en\sgång\s(?:i|per)\sveckan?",
    "monthly": r"varje\smånad|månadsvis|månatlig\w*|en\sgång\s(?:i|per)\smånad(?:en)?",
    "quarterly": r"kvartal\w*|var\stredje\smånad|fyra\sgånger\s(?:per|om|under)\s(?:året|år)",
    "tertial": r"\w*tertial\w*|var\sfjärde\smånad|tre\sgånger\s(?:per|om|under)\s(?:året|år)",
    "half_yearly": r"halvår\w*|var\s(?:sjätte|6:e)\smånad|(?:två|2)\sgånger\s(?:per|om|under)\s(?:året|år)",
    "yearly": r"årsvis|årlig(?:en|t|a)?|varje\sår|(?:en|1)\sgång\s(?:per|om)\s(?:året|år)",
    "final": r"slutredovis\w*|slutrapport\w*|slutuppfölj\w*|när\s(?:perioden|löftet)\sär\sslut|"
    r"i\sslutet\sav\s(?:året|perioden)|efter\sperioden",
}
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*")
_REPORTING = re.compile(
    r"\b(?:följ|redovis|rapport|uppfölj|återkoppl|presenter|publicer|utvärder|avstäm)", re.IGNORECASE
)


@dataclass(slots=True)
class FollowUpFound:
    """What was found, each with its places.

    Parameters
    ----------
    channels : dict of str to spans
        As written, in reading order.
    rhythm : tuple of (str, spans) or None
        The first rhythm named, as a code.
    months : dict of str to spans
        Report months as "2018-05".
    guessed_months : set of str
        Months whose year stands nowhere.
    """

    channels: dict[str, list[Span]] = field(default_factory=dict)
    rhythm: tuple[str, list[Span]] | None = None
    months: dict[str, list[Span]] = field(default_factory=dict)
    guessed_months: set[str] = field(default_factory=set)


def read_follow_up(text: CleanText, year: int | None, *, only_reporting: bool = False) -> FollowUpFound:
    """Read channels, rhythm and report months.

    Parameters
    ----------
    text : CleanText
        The section on follow-up, or the whole promise when there is none.
    year : int or None
        First year of the promise, for months without a year.
    only_reporting : bool, optional
        Read only sentences that speak of following up or reporting.

    Returns
    -------
    FollowUpFound
        Empty fields where nothing is said.

    Examples
    --------
    >>> from lofte_engine.text.spans import clean
    >>> text = "Arbetet följs upp tertialvis och redovisas på polisen.se i maj 2018."
    >>> found = read_follow_up(clean(text, [(0, len(text))]), 2018)
    >>> list(found.channels), found.rhythm[0], list(found.months)
    (['polisen.se'], 'tertial', ['2018-05'])
    """
    found = FollowUpFound()
    for sentence in _SENTENCE.finditer(text.text):
        if only_reporting and not _REPORTING.search(sentence[0]):
            continue
        _read_sentence(text, sentence.start(), sentence.end(), year, found)
    return found


def _read_sentence(text: CleanText, start: int, end: int, year: int | None, found: FollowUpFound) -> None:
    for channel in re.finditer(rf"(?<![\w.-])(?:{_CHANNEL.pattern})(?![\w-])", text.text[start:end], re.IGNORECASE):
        spans = text.spans(start + channel.start(), start + channel.end())
        name = channel[0].lower() if "." in channel[0] else channel[0]
        known = next((other for other in found.channels if other.casefold() == name.casefold()), name)
        found.channels.setdefault(known, []).extend(spans)
    if found.rhythm is None:
        found.rhythm = _rhythm(text, start, end)
    if not _REPORTING.search(text.text, start, end):
        return
    for month in find_months(text.text[start:end], year):
        found.months.setdefault(month.month, []).extend(text.spans(start + month.start, start + month.end))
        if month.guessed:
            found.guessed_months.add(month.month)


def _rhythm(text: CleanText, start: int, end: int) -> tuple[str, list[Span]] | None:
    named = [
        (match.start(), match.end(), code)
        for code, pattern in _RHYTHMS.items()
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text.text[start:end], re.IGNORECASE)
    ]
    if not named:
        return None
    first, last, code = min(named)
    return code, list(text.spans(start + first, start + last))
