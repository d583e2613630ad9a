"""The headings of a promise, in the national template and as kommuner vary them."""

import re
from enum import StrEnum
from functools import cache


class SectionKind(StrEnum):
    """What a section of a promise is about."""

    PREAMBLE = "preamble"
    INTRO = "intro"
    SITUATION = "situation"
    PLEDGES = "pledges"
    OUTCOME = "outcome"
    FOLLOW_UP = "follow_up"
    SIGNATURE = "signature"
    OTHER = "other"


LONGEST_HEADING = 12

_PROMISE = r"(?:medborgar|barn|ungdoms|trygghets|områdes)?löfte(?:n|t|na)?"
_VARIANTS: dict[SectionKind, str] = {
    SectionKind.INTRO: rf"""
        (?:bakgrund|inledning|underlag(?:et)?|parter(?:na)?|giltighetstid)
        |om\s{_PROMISE}|vad\sär\sett?\s{_PROMISE}
        |så(?:\shär)?\shar\s(?:vi\stagit\sfram\s)?{_PROMISE}(?:\s(?:tagits\sfram|kommit\still))?
        |så(?:\shär)?\shar\svi\stagit\sfram\s{_PROMISE}""",
    SectionKind.SITUATION: r"""
        (?:situationen|läget|så(?:\shär)?\sser\s(?:det|läget)\sut|hur\sser\s(?:det|läget)\sut|nuläge(?:t)?)
            (?:\s(?:i\sdag|idag|nu|just\snu|hos\soss))?(?:\si(?:\s\S+){1,3})?
        |(?:(?:den\s)?(?:lokala?|gemensamma?|vår)\s)?(?:lägesbild(?:en)?|problembild(?:en)?)(?:\s(?:för\s)?20\d\d)?
        |bakgrund\soch\slägesbild|problembeskrivning(?:en)?|nulägesbeskrivning|problem(?:en)?
        |det\shär\s(?:har\s(?:vi\ssett|ni\s(?:sagt|berättat)(?:\sför\soss)?)|vet\svi|ser\svi)
        |det\shär\sär\sproblemen|vad\shar\s(?:vi\ssett|ni\ssagt)""",
    SectionKind.PLEDGES: rf"""
        (?:det\shär|detta|så(?:\shär)?|vad)\s(?:ska|skall|kommer|tänker)\svi\s(?:att\s)?göra(?:\s(?:åt\sdet|tillsammans))?
        |(?:det\shär|detta)\sgör\svi|så\sgör\svi
        |(?:det\shär|detta|vad|därför)\slovar\s(?:vi|polisen|polisen\soch\skommunen)(?:\s(?:dig|er|varandra))?
        |vi\slovar(?:\s(?:dig|er|att))*
        |(?:vårt?|våra|vårt\sgemensamma|våra\sgemensamma|det\sövergripande|övergripande|gemensamma?)\s{_PROMISE}
            (?:\still(?:\s\S+){{1,3}})?
        |(?:{_PROMISE})(?:\soch\s(?:aktiviteter|åtgärder|insatser))?
        |(?:våra\s|planerade\s|gemensamma\s)?(?:aktiviteter|åtgärder|insatser)
        |det\shär\shar\svi\skommit\söverens\som""",
    SectionKind.OUTCOME: r"""
        (?:det\shär|detta|vad)\s(?:ska|skall|vill)\svi\s(?:åstadkomma|uppnå|nå)(?:\s(?:tillsammans|med(?:\s\S+){1,3}))?
        |(?:våra?\s|gemensamma?\s|övergripande\s)?(?:mål|målet|målen|effektmål|målsättning|vision)
            (?:\smed(?:\s\S+){1,3})?
        |(?:önskat|förväntat)\s(?:resultat|läge)|önskad\seffekt|förväntade\seffekter|syfte(?:t)?(?:\soch\smål)?
        |dit\svill\svi(?:\snå)?""",
    SectionKind.FOLLOW_UP: rf"""
        följ\s(?:med\si(?:\s\S+){{1,5}}|(?:arbetet|löftet|oss|upp)(?:\s\S+){{0,4}})
        |(?:hur\s)?uppföljning(?:en)?(?:\s(?:och\s(?:återkoppling|kommunikation|redovisning|utvärdering)|av(?:\s\S+){{1,4}}))?
        |så(?:\shär)?\s(?:följer\svi\supp|kan\sdu\sfölja|följs)(?:\s\S+){{0,5}}
        |återkoppling(?:en)?|redovisning(?:en)?|utvärdering(?:en)?|hur\sgår\sdet
        |hur\s{_PROMISE}\sföljs\supp|hur\sföljer\svi\supp(?:\s\S+){{0,4}}""",
    SectionKind.SIGNATURE: r"(?:underskrift(?:er)?|undertecknande|undertecknas\sav|undertecknat\sav|signaturer)",
    SectionKind.OTHER: r"""
        kontakt(?:a\soss|\soss|uppgifter|personer)?|bilag(?:a|or)(?:\s.*)?|fakta(?:ruta)?|ordlista|läs\smer.*
        |källor|mer\sinformation|innehåll(?:sförteckning)?|tillgänglighet""",
}
# A broken line can happen to hold one of these words alone, so they need air around them.
_NOT_IN_TITLES = re.compile(
    r"\b(?:är|utgår|går|har|ska|skall|tas|lovar|vill|innebär|bygger|kommer|gäller|handlar|följs|finns|blir|kan|"
    r"redovisas|beskriver|utvärderas|togs|visar)\b"
)
_TITLE_WORD = re.compile(rf"\b{_PROMISE}\b")
_NUMBERED_PROMISE = re.compile(rf"{_PROMISE}\s(?:nr\s|nummer\s)?\d{{1,2}}\b(?!\s?[-–]).*")
_ORNAMENT = re.compile(r"^[\s#*_=>\-–—•]*(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=\D))?|[\s#*_=:.!?…\-–—]+$")


def normalise(line: str) -> str:
    """A line as headings are compared: lower case, no numbering, ornaments or end marks.

    Parameters
    ----------
    line : str
        A line with single spaces.

    Returns
    -------
    str
        What is left to compare.

    Examples
    --------
    >>> normalise("## 2. FÖLJ MED I HUR DET GÅR!")
    'följ med i hur det går'
    """
    return _ORNAMENT.sub("", line).casefold()


def section_of(line: str) -> SectionKind | None:
    """The section that a heading opens.

    Parameters
    ----------
    line : str
        A line with single spaces.

    Returns
    -------
    SectionKind or None
        None when the line is no heading that is known here.

    Examples
    --------
    >>> section_of("DET HÄR SKA VI GÖRA")
    <SectionKind.PLEDGES: 'pledges'>
    >>> section_of("Så här ser det ut:")
    <SectionKind.SITUATION: 'situation'>
    >>> section_of("Polisen ska patrullera.") is None
    True
    """
    bare = normalise(line)
    if not bare or bare.count(" ") >= LONGEST_HEADING:
        return None
    return next((kind for kind, pattern in _patterns().items() if pattern.fullmatch(bare)), None)


def is_title(line: str) -> bool:
    """Whether a line can be the title of a promise.

    Parameters
    ----------
    line : str
        A line with single spaces.

    Returns
    -------
    bool
        True for a line without a verb that names a promise.

    Examples
    --------
    >>> is_title("Medborgarlöfte 2018 i Strängnäs kommun")
    True
    >>> is_title("Medborgarlöftet är en del av polisens arbete")
    False
    """
    bare = normalise(line)
    return (
        bare.count(" ") <= LONGEST_HEADING
        and not line.rstrip().endswith((".", ",", ";", ":"))
        and "löfte" in bare
        and bool(_TITLE_WORD.search(bare))
        and not _NOT_IN_TITLES.search(bare)
        and not is_numbered_promise(line)
    )


def is_numbered_promise(line: str) -> bool:
    """Whether a line heads one of several numbered promises in the same document.

    Parameters
    ----------
    line : str
        A line with single spaces.

    Returns
    -------
    bool
        True for "Löfte 1: Trafik" and "Medborgarlöfte 2".

    Examples
    --------
    >>> is_numbered_promise("Löfte 1: Trafik"), is_numbered_promise("Medborgarlöfte 2018")
    (True, False)
    """
    return bool(_NUMBERED_PROMISE.fullmatch(normalise(line)))


def is_weak(line: str) -> bool:
    """Whether a heading is so short that a broken line of running text can look like it.

    Parameters
    ----------
    line : str
        A line that `section_of` knows.

    Returns
    -------
    bool
        True for "Uppföljning", "Mål" and "Lägesbilden för 2017".
    """
    bare = normalise(line)
    return " " not in bare or bare.startswith(("lägesbild", "problembild"))


@cache
def _patterns() -> dict[SectionKind, re.Pattern[str]]:
    return {kind: re.compile(variants, re.VERBOSE) for kind, variants in _VARIANTS.items()}
