"""A result as a plain sentence with its uncertainty: Swedish, or another language through a `Voice`.

The sentences say what was counted, how sure it is, and what differs from before. They never say why: that is another
question, answered elsewhere and only with a comparison behind it. A test looks for words that do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lofte_engine.voice import (
    HIDDEN,
    MINUS,
    MONTHS,
    NO_BREAK,
    SWEDISH,
    Voice,
    _,
    capital,
    number,
    period_name,
    plainly,
    sized,
    uncertain,
)

if TYPE_CHECKING:
    from lofte_engine.rates.comparisons import Comparison
    from lofte_engine.rates.counts import Estimate

__all__ = [
    "HIDDEN", "MINUS", "MONTHS", "NO_BREAK", "SWEDISH", "WARNINGS", "Voice", "among_many", "compared", "counted",
    "differs", "earlier", "events", "measured", "moved", "number", "per_person", "period_name", "plainly", "rated",
    "sized", "uncertain", "warned",
]  # fmt: skip

_SMALL = (
    _("noll"), _("ett"), _("två"), _("tre"), _("fyra"), _("fem"), _("sex"), _("sju"), _("åtta"), _("nio"), _("tio"),
    _("elva"), _("tolv"),
)  # fmt: skip


WARNINGS: dict[str, str] = {
    "effort_driven": _(
        "Sådana brott upptäcks mest när polisen letar efter dem. Antalet visar arbetet lika mycket som problemet."
    ),
    "few_events": _("Det är så få händelser att nästa period kan se helt annorlunda ut."),
    "no_denominator": _("Det finns ingen befolkning att räkna mot."),
    "residents_mislead": _("Många som vistas här bor någon annanstans. Antal per invånare blir missvisande."),
    "preliminary": _("Siffrorna är preliminära och kommer att räknas om."),
    "few_reporters": _("Alla som brukar rapportera har inte gjort det. Antalet kan vara för lågt."),
    "not_same_season": _("Bara samma del av året är jämförd. Övriga perioder är inte med."),
    "no_events_before": _("Åren före fanns inga sådana händelser att jämföra med."),
    "population_of_another_year": _("Befolkningen är från ett annat år än händelserna."),
    "not_shown": _("Antalet visas inte, så att ingen ska kunna kännas igen."),
}

# Words that say why something happened; none of them may stand in a sentence made here.
CAUSAL = re.compile(
    r"\b(led(?:er|de|a|d)? till|lett till|på grund av|tack vare|ber(?:or|odde|ott|o) på|orsak\w*|g(?:ör|jorde|jort) att"
    r"|medför\w*|resulter\w*|påverka\w*|bidr(?:ar|og|agit|a)|följd av|därför att|eftersom|effekt\w*|verkan|verkade"
    r"|förklar\w*|genom att|hjälpt\w*|hjälper|framkalla\w*|drivs av|drev|fick till|skapa\w*)\b",
    re.IGNORECASE,
)


def events(count: int, voice: Voice = SWEDISH) -> str:
    """A count of events with the right form of the word.

    Examples
    --------
    >>> events(0), events(1), events(12)
    ('ingen händelse', '1 händelse', '12 händelser')
    """
    _, ngettext = voice.text, voice.plural
    if count == 0:
        return _("ingen händelse")
    return ngettext("{n} händelse", "{n} händelser", count).format(n=voice.number(count, 0))


def counted(count: int | None, *, place: str, period: str, category: str = "", voice: Voice = SWEDISH) -> str:
    """How many events there were.

    Parameters
    ----------
    count : int or None
        None where it is not shown.
    place : str
    period : str
        As in `period_name`.
    category : str
        Empty for all kinds.
    voice : Voice

    Returns
    -------
    str

    Examples
    --------
    >>> counted(1, place="Norr", period="2024-T1", category="stöld")
    'I Norr är 1 händelse av slaget stöld registrerad under januari–april 2024.'
    >>> counted(None, place="Norr", period="2024")
    'För Norr under 2024 visas inte antalet händelser, så att ingen ska kunna kännas igen.'
    """
    _, ngettext = voice.text, voice.plural
    kind = _(" av slaget {category}").format(category=category) if category else ""
    told = {"place": place, "when": period_name(period), "kind": kind}
    if count is None:
        return _(
            "För {place} under {when} visas inte antalet händelser{kind}, så att ingen ska kunna kännas igen."
        ).format(**told)
    return ngettext(
        "I {place} är {events}{kind} registrerad under {when}.",
        "I {place} är {events}{kind} registrerade under {when}.",
        max(count, 1),
    ).format(events=events(count, voice), **told)


def measured(
    value: float | None,
    *,
    what: str,
    place: str,
    period: str,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    voice: Voice = SWEDISH,
) -> str:
    """A share or another measure with its interval.

    Parameters
    ----------
    value : float or None
        None where it is not shown.
    what : str
        The name of the measure.
    place, period : str
        As in `counted`.
    unit : str
        Such as "procent".
    low, high : float or None
        The interval.
    voice : Voice

    Returns
    -------
    str

    Examples
    --------
    >>> measured(22, what="Otrygg ute", place="Norr", period="2024", unit="procent", low=18, high=26)
    'Otrygg ute, Norr: 22 procent 2024 (osäkerhet 18–26).'
    >>> measured(None, what="Otrygg ute", place="Norr", period="2024", unit="procent")
    'Otrygg ute, Norr: värdet för 2024 visas inte, så att ingen ska kunna kännas igen.'
    """
    _ = voice.text
    told = {"what": what, "place": place, "when": period_name(period)}
    if value is None:
        return _("{what}, {place}: värdet för {when} visas inte, så att ingen ska kunna kännas igen.").format(**told)
    said = f"{plainly(value, voice)} {unit}".strip()
    if low is None or high is None:
        return _("{what}, {place}: {value} {when}.").format(value=said, **told)
    within = uncertain(low, high, voice)
    return _("{what}, {place}: {value} {when} ({uncertainty}).").format(value=said, uncertainty=within, **told)


def rated(estimate: Estimate, *, voice: Voice = SWEDISH) -> str:
    """A rate with its interval, or why there is none.

    Parameters
    ----------
    estimate : Estimate
        From `lofte_engine.rates.rate`.
    voice : Voice

    Returns
    -------
    str

    Examples
    --------
    >>> from lofte_engine.rates import Estimate
    >>> rated(Estimate(1.5, 0.78, 2.62, 0.95, "per 1 000", "", 12)).replace(NO_BREAK, " ")
    'Det motsvarar 1,5 per 1 000 invånare och år (osäkerhet 0,78–2,6).'
    """
    _ = voice.text
    if estimate.estimate is None or estimate.low is None or estimate.high is None:
        if "no_denominator" in estimate.warnings:
            return _("Inget antal per invånare ges: det finns ingen befolkning att räkna mot.")
        if "few_events" in estimate.warnings:
            return _("Inget antal per invånare ges: färre än fem händelser är för få.")
        return _("Inget antal per invånare ges: området har för få invånare.")
    unit = f"{estimate.unit.replace(' ', NO_BREAK)} {_('invånare och år')}"
    return per_person(estimate.estimate, estimate.low, estimate.high, unit=unit, voice=voice)


def per_person(value: float, low: float | None, high: float | None, *, unit: str, voice: Voice = SWEDISH) -> str:
    """A rate that is given.

    Examples
    --------
    >>> per_person(1.5, 0.78, 2.62, unit="per 1 000 invånare")
    'Det motsvarar 1,5 per 1 000 invånare (osäkerhet 0,78–2,6).'
    """
    _ = voice.text
    said = f"{voice.sized(value)} {unit}"
    if low is None or high is None:
        return _("Det motsvarar {rate}.").format(rate=said)
    return _("Det motsvarar {rate} ({uncertainty}).").format(rate=said, uncertainty=uncertain(low, high, voice))


def compared(comparison: Comparison, *, years: int = 3, voice: Voice = SWEDISH) -> str:
    """One period beside the same part of the years before.

    Parameters
    ----------
    comparison : Comparison
        From `lofte_engine.rates.against_same_season`.
    years : int
        How many years it is set beside.
    voice : Voice

    Returns
    -------
    str

    Examples
    --------
    >>> from lofte_engine.rates import Count, compare
    >>> compared(compare(Count(30, 10_000), Count(15, 10_000)), years=1)
    'Det är fler än samma tid året före: 2,0 gånger så många (osäkerhet 1,0–4,0).'
    >>> compared(compare(Count(9, 10_000), Count(11, 10_000)), years=1)
    'Det går inte att se någon säker skillnad mot samma tid året före (0,82 gånger så många, osäkerhet 0,30–2,2).'
    """
    ratio = comparison.ratio
    before = earlier(years, voice=voice)
    return differs(
        comparison.direction, ratio.estimate, ratio.low, ratio.high, before=before,
        is_effort_driven="effort_driven" in ratio.warnings, voice=voice,
    )  # fmt: skip


def differs(
    direction: str,
    ratio: float | None,
    low: float | None,
    high: float | None,
    *,
    before: str,
    is_effort_driven: bool = False,
    voice: Voice = SWEDISH,
) -> str:
    """What a comparison of counts says.

    Parameters
    ----------
    direction : {"higher", "lower", "not_clear", "not_judged"}
    ratio, low, high : float or None
        How many times as many, with its interval.
    before : str
        What it is set beside, as from `earlier`.
    is_effort_driven : bool
        Such counts are not compared.
    voice : Voice

    Returns
    -------
    str

    Examples
    --------
    >>> differs("lower", 0.5, 0.3, 0.8, before="året före")
    'Det är färre än året före: 0,50 gånger så många (osäkerhet 0,30–0,80).'
    """
    _ = voice.text
    if is_effort_driven:
        return f"{_('Talet jämförs inte med {before}.').format(before=before)} {_(WARNINGS['effort_driven'])}"
    if direction == "not_judged" or low is None or high is None:
        return _("Det finns för få händelser för att jämföra med {before}.").format(before=before)
    if ratio is None:
        return _("Det fanns inga sådana händelser {before}.").format(before=before)
    is_same = direction == "not_clear" and round(ratio, 1) == 1
    times = _("ungefär lika många") if is_same else _("{ratio} gånger så många").format(ratio=voice.sized(ratio))
    told = {"before": before, "times": times, "uncertainty": uncertain(low, high, voice)}
    if direction == "not_clear":
        text = _("Det går inte att se någon säker skillnad mot {before} ({times}, {uncertainty}).")
    elif direction == "higher":
        text = _("Det är fler än {before}: {times} ({uncertainty}).")
    else:
        text = _("Det är färre än {before}: {times} ({uncertainty}).")
    return text.format(**told)


def moved(direction: str, *, before: str, period: str, voice: Voice = SWEDISH) -> str:
    """What a measure was before, and whether the difference is larger than its uncertainty.

    Parameters
    ----------
    direction : {"higher", "lower", "not_clear", "not_judged"}
    before : str
        The earlier value with its unit.
    period : str
        When that was, as in `period_name`.
    voice : Voice

    Returns
    -------
    str

    Examples
    --------
    >>> moved("not_clear", before="25 procent", period="2022")
    '2022 var det 25 procent. Skillnaden ryms inom osäkerheten.'
    """
    _ = voice.text
    told = {
        "higher": _("Det är mer nu, och osäkerheterna överlappar inte."),
        "lower": _("Det är mindre nu, och osäkerheterna överlappar inte."),
        "not_clear": _("Skillnaden ryms inom osäkerheten."),
        "not_judged": _("Utan känd osäkerhet går skillnaden inte att bedöma."),
    }
    first = _("{when} var det {value}.").format(when=capital(period_name(period)), value=before)
    return f"{first} {told[direction]}"


def among_many(comparisons: int, *, voice: Voice = SWEDISH) -> str:
    """Why a difference that looks clear alone is not believed.

    Examples
    --------
    >>> among_many(40)
    'Bland 40 jämförelser ser några alltid ut att vara mer än en slump.'
    """
    _ = voice.text
    text = _("Bland {n} jämförelser ser några alltid ut att vara mer än en slump.")
    return text.format(n=voice.number(comparisons, 0))


def earlier(years: int, *, is_whole: bool = False, mean: float | None = None, voice: Voice = SWEDISH) -> str:
    """The years before, in words.

    Parameters
    ----------
    years : int
    is_whole : bool
        Whole years, rather than the same part of each.
    mean : float, optional
        How many there were then.
    voice : Voice

    Examples
    --------
    >>> earlier(1), earlier(3), earlier(2, is_whole=True, mean=6.5)
    ('samma tid året före', 'samma tid de tre åren före', 'de två åren före, då snittet var 6,5')
    """
    _ = voice.text
    if years == 1:
        told, then = _("året före") if is_whole else _("samma tid året före"), _("{before}, då det var {n}")
    else:
        many = _(_SMALL[years]) if years < len(_SMALL) else voice.number(years, 0)
        told = (_("de {many} åren före") if is_whole else _("samma tid de {many} åren före")).format(many=many)
        then = _("{before}, då snittet var {n}")
    return told if mean is None else then.format(before=told, n=plainly(mean, voice))


def warned(words: str, *, voice: Voice = SWEDISH) -> list[str]:
    """What whoever reads a figure must know.

    Parameters
    ----------
    words : str
        Stable words with spaces between, as in ``rates.parquet``.
    voice : Voice

    Returns
    -------
    list of str
        One sentence each.

    Examples
    --------
    >>> warned("preliminary")
    ['Siffrorna är preliminära och kommer att räknas om.']
    """
    return [voice.text(WARNINGS[word]) for word in words.split()]
