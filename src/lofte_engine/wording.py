"""A result as a plain Swedish sentence with its uncertainty.

The sentences say what was counted, how sure it is, and what differs from before. They never say why: that is another
question, answered elsewhere and only with a comparison behind it. A test looks for words that do.
"""

from __future__ import annotations

import math
import re

from lofte_engine.rates.comparisons import Comparison
from lofte_engine.rates.counts import EFFORT_DRIVEN, FEW_EVENTS, NO_DENOMINATOR, Estimate

NO_BREAK = "\u00a0"
MINUS = "\u2212"
HIDDEN = "visas inte"

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_TERTIALS = {"T1": "januari–april", "T2": "maj–augusti", "T3": "september–december"}
_SMALL = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")

WARNINGS: dict[str, str] = {
    "effort_driven": "Sådana brott upptäcks mest när polisen letar efter dem. Antalet visar arbetet lika mycket som "
    "problemet.",
    "few_events": "Det är så få händelser att nästa period kan se helt annorlunda ut.",
    "no_denominator": "Det finns ingen befolkning att räkna mot.",
    "residents_mislead": "Många som vistas här bor någon annanstans. Antal per invånare blir missvisande.",
    "preliminary": "Siffrorna är preliminära och kommer att räknas om.",
    "few_reporters": "Alla som brukar rapportera har inte gjort det. Antalet kan vara för lågt.",
    "not_same_season": "Bara samma del av året är jämförd. Övriga perioder är inte med.",
    "no_events_before": "Åren före fanns inga sådana händelser att jämföra med.",
    "population_of_another_year": "Befolkningen är från ett annat år än händelserna.",
    "not_shown": "Antalet visas inte, så att ingen ska kunna kännas igen.",
}

# Words that say why something happened; none of them may stand in a sentence made here.
CAUSAL = re.compile(
    r"\b(led(?:er|de|a|d)? till|lett till|på grund av|tack vare|ber(?:or|odde|ott|o) på|orsak\w*|g(?:ör|jorde|jort) att"
    r"|medför\w*|resulter\w*|påverka\w*|bidr(?:ar|og|agit|a)|följd av|därför att|eftersom|effekt\w*|verkan|verkade"
    r"|förklar\w*|genom att|hjälpt\w*|hjälper|framkalla\w*|drivs av|drev|fick till|skapa\w*)\b",
    re.IGNORECASE,
)


def number(value: float, decimals: int = 0) -> str:
    """A number as it is written in Swedish.

    Parameters
    ----------
    value : float
    decimals : int
        How many, always shown.

    Returns
    -------
    str
        Decimal comma, thousands apart by a space that does not break, a real minus sign.

    Raises
    ------
    ValueError
        For a value that is no number.

    Examples
    --------
    >>> number(12345.678, 1).replace(NO_BREAK, " "), number(-0.04, 1), number(5)
    ('12 345,7', '0,0', '5')
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written")
    text = f"{abs(value):,.{decimals}f}".replace(",", NO_BREAK).replace(".", ",")
    return MINUS + text if value < 0 and text.strip("0,") else text


def sized(value: float) -> str:
    """A number with two figures that matter: 0,034 · 1,5 · 23 · 1 230.

    Examples
    --------
    >>> sized(0.0342), sized(1.54), sized(23.4), sized(0)
    ('0,034', '1,5', '23', '0')
    """
    if value == 0:
        return "0"
    return number(value, min(6, max(0, 1 - math.floor(math.log10(abs(value))))))


def events(count: int) -> str:
    """A count of events with the right form of the word.

    Examples
    --------
    >>> events(0), events(1), events(12)
    ('ingen händelse', '1 händelse', '12 händelser')
    """
    if count == 0:
        return "ingen händelse"
    return f"{number(count)} händelse{'' if count == 1 else 'r'}"


def period_name(code: str) -> str:
    """A period in words.

    Parameters
    ----------
    code : str
        ``2024``, ``2024-T1`` or ``2024-03``.

    Returns
    -------
    str

    Examples
    --------
    >>> period_name("2024"), period_name("2024-T1"), period_name("2024-03")
    ('2024', 'januari–april 2024', 'mars 2024')
    """
    year, _, part = code.partition("-")
    if not part:
        return year
    return f"{_TERTIALS[part] if part in _TERTIALS else MONTHS[int(part) - 1]} {year}"


def counted(count: int | None, *, place: str, period: str, category: str = "") -> str:
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
    kind = f" av slaget {category}" if category else ""
    when = period_name(period)
    if count is None:
        return f"För {place} under {when} visas inte antalet händelser{kind}, så att ingen ska kunna kännas igen."
    form = "registrerad" if count < 2 else "registrerade"
    return f"I {place} är {events(count)}{kind} {form} under {when}."


def rated(estimate: Estimate) -> str:
    """A rate with its interval, or why there is none.

    Parameters
    ----------
    estimate : Estimate
        From `lofte_engine.rates.rate`.

    Returns
    -------
    str

    Examples
    --------
    >>> rated(Estimate(1.5, 0.78, 2.62, 0.95, "per 1 000", "", 12)).replace(NO_BREAK, " ")
    'Det motsvarar 1,5 per 1 000 invånare och år (osäkerhet 0,78–2,6).'
    """
    if estimate.estimate is None or estimate.low is None or estimate.high is None:
        if NO_DENOMINATOR in estimate.warnings:
            return "Inget antal per invånare ges: det finns ingen befolkning att räkna mot."
        if FEW_EVENTS in estimate.warnings:
            return "Inget antal per invånare ges: färre än fem händelser är för få."
        return "Inget antal per invånare ges: området har för få invånare."
    unit = estimate.unit.replace(" ", NO_BREAK)
    return f"Det motsvarar {sized(estimate.estimate)} {unit} invånare och år ({_range(estimate.low, estimate.high)})."


def compared(comparison: Comparison, *, years: int = 3) -> str:
    """One period beside the same part of the years before.

    Parameters
    ----------
    comparison : Comparison
        From `lofte_engine.rates.against_same_season`.
    years : int
        How many years it is set beside.

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
    before = earlier(years)
    if EFFORT_DRIVEN in ratio.warnings:
        return f"Talet jämförs inte med {before}. {WARNINGS[EFFORT_DRIVEN]}"
    if comparison.direction == "not_judged" or ratio.low is None or ratio.high is None:
        return f"Det finns för få händelser för att jämföra med {before}."
    if ratio.estimate is None:
        return f"Det fanns inga sådana händelser {before}."
    times = f"{sized(ratio.estimate)} gånger så många"
    if comparison.direction == "not_clear":
        within = _range(ratio.low, ratio.high)
        return f"Det går inte att se någon säker skillnad mot {before} ({times}, {within})."
    word = "fler" if comparison.direction == "higher" else "färre"
    return f"Det är {word} än {before}: {times} ({_range(ratio.low, ratio.high)})."


def earlier(years: int) -> str:
    """The years before, in words.

    Examples
    --------
    >>> earlier(1), earlier(3)
    ('samma tid året före', 'samma tid de tre åren före')
    """
    if years == 1:
        return "samma tid året före"
    return f"samma tid de {_SMALL[years] if years < len(_SMALL) else number(years)} åren före"


def warned(words: str) -> list[str]:
    """What whoever reads a figure must know.

    Parameters
    ----------
    words : str
        Stable words with spaces between, as in ``rates.parquet``.

    Returns
    -------
    list of str
        One sentence each.

    Examples
    --------
    >>> warned("preliminary")
    ['Siffrorna är preliminära och kommer att räknas om.']
    """
    return [WARNINGS[word] for word in words.split()]


def _range(low: float, high: float) -> str:
    return f"osäkerhet {sized(low)}–{sized(high) if math.isfinite(high) else 'obegränsat'}"
