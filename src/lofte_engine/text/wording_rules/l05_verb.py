"""L5: the verb. Some verbs promise an attitude, not a deed."""

import re
from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading

_MANNER = (
    r"(?:förebyggande|brottsförebyggande|trygghetsskapande|aktivt|långsiktigt|gemensamt|strategiskt|proaktivt|"
    r"repressivt|tillsammans|kunskapsbaserat)"
)
_TOGETHER = (
    r"(?:samverkan|samarbete\w*|dialog(?:en)?|kontakt(?:en|erna)?|arbete[t]?|\w+sarbetet|\w+darbetet|"
    r"\w+delsarbetet|metoder(?:na)?|arbetssätt\w*|former(?:na)?\sför)"
)
_ALWAYS = {
    "arbeta": (
        r"(?<!\bsom\s)\b(?:arbet|jobb)(?:a|ar|as|at)\s(?:(?!och\s(?:ska|kommer))[\w-]+\s){0,5}?(?:för|mot|"
        r"med|emot|kring)\b"
        rf"|(?<!\bsom\s)\b(?:arbet|jobb)(?:a|ar|as)\s(?:[\w-]+\s)?{_MANNER}\b"
    ),
    "verka": r"\bverka(?:r|s|t)?\s(?:\w+\s){0,3}?(?:för|mot|kring)\b",
    "värna": r"\bvärna(?:r|s|t)?(?:\som)?\b|\bvurma(?:r)?\sför\b",
    "främja": r"\bfrämja(?:r|s|t)?\b",
    "stärka": r"\bstärk(?:a|er|as|s)\b",
    "bidra till": r"\bbidra(?:r|git)?\s(?:[\w-]+\s){0,3}?(?:till|positivt)\b",
    "medverka till": r"\bmedverka(?:r|t)?\s(?:[\w-]+\s){0,2}?(?:till|för\satt)\b",
    "sträva efter": r"\bsträva(?:r|t)?\b|\b(?:efter|till)sträva(?:r|s)?\b",
    "försöka": r"\bförsök(?:a|er|t)\b(?!\s?att\sbegå)",
    "se över": (
        r"\b(?:se|ser|ses)\s(?:[\w-]+\s){0,2}?över\b|\b(?:undersök(?:a|er)|utred(?:a|er))\smöjlighet\w*"
        r"|\bse\spå\smöjlighet\w*|\böverväg(?:a|er)\b"
    ),
    "utveckla samverkan": (
        r"\b(?:vidare|fort)?(?:utveckl|fördjup|intensifier|förbättr|förstärk|stimuler)(?:a|ar|"
        rf"as)\s(?:[\w-]+\s){{0,3}}?{_TOGETHER}\b"
        r"|\böka(?:r|s)?\s(?:(?:den|vår|det|sin)\s)?(?:[\w-]+\s)?(?:samverkan|samarbetet|dialogen|"
        r"kunskapen|medvetenheten)\b"
        r"|\b(?:ha|har|hålla|håller|upprätthålla|föra|för)\s(?:en\s|"
        r"ett\s)?(?:\w+\s(?:och\s\w+\s)?)?(?:dialog|samverkan|samarbete|kontakt)\b"
        rf"|\b{_TOGETHER}\s(?:[\w-]+\s){{0,6}}?(?:utvecklas|stimuleras|fördjupas|förbättras|intensifieras|"
        r"vidareutvecklas)\b"
        r"|\b(?:samverka|samverkar|samarbeta|samarbetar)\s(?:[\w-]+\s){0,3}?(?:för|kring|om|runt|mot)\b"
    ),
    "vilja": (
        r"\b(?:ha|har)\s(?:som\s|en\s)?ambition(?:en)?\b|\bambitionen\sär\b|\b(?:ha|har)\sför\savsikt\b|\bhoppas\b"
        r"|\b(?:göra|gör)\s(?:sitt|vårt|allt)\s(?:bästa|yttersta|vi\skan)\b|\b(?:göra|gör)\svad\s(?:vi|den|de|man)\skan\b|\bengagera(?:r)?\s(?:sig|"
        r"oss)\b|\bverka\saktivt\b|\buppmuntra(?:r|s)?\b|\bunderlätta(?:r|s)?\b|\bmöjliggör(?:a|s|as)?\b"
    ),
    "satsa på": r"\bsatsa(?:r|s)?\s(?:[\w-]+\s){0,3}?(?:på|mer)\b|\bsatsa(?:r|s)?\b(?=\s(?:på|extra|särskilt))",
    "avse": (
        r"\b(?:avser|planerar|tänker|ämnar)\s(?:[\w-]+\s){0,3}?att\b|\bi\smöjligaste\smån\b|\bi\smån\sav\b"
        r"|\bså\slångt\s(?:det\s(?:är|går)|som)\smöjligt\b"
    ),
}
# These only lead in: with an amount after them the pledge can be checked.
_LEADING = {
    "fortsätta": r"\bfortsätt(?:a|er|as|s)\b|\bfortsatt\b",
    "prioritera": (
        r"\bprioritera(?:r|s)?\b|\bfokusera(?:r|s)?\b|\b(?:ha|har|lägg\w*|med|sätta|"
        r"sätter)\s(?:[\w-]+\s)?(?:fokus|tyngdpunkt\w*)\b"
        r"|\buppmärksamma(?:r|s)?\b"
    ),
}
_BETTER = {
    "arbeta": (
        "Säg vad som görs: inte ”arbeta för att minska skadegörelsen” "
        "utan ”kontrollera skolgårdarna varje fredag kväll”."
    ),
    "fortsätta": (
        "Säg vad som görs och hur mycket: inte ”fortsätta med kontroller” utan ”göra minst två kontroller i veckan”."
    ),
    "utveckla samverkan": "Säg vad ni gör ihop: ”träffas varannan vecka för att gå igenom veckans händelser”.",
    "se över": "Säg vad som ska bli gjort: inte ”se över belysningen” utan ”laga trasiga lampor inom fem dagar”.",
}
_BETTER_ELSE = "Byt till ett verb som går att kontrollera: minska, hålla, besöka, laga, kontrollera, öppna."
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in {**_ALWAYS, **_LEADING}.items()}


def verb(reading: Reading) -> Iterator[Finding]:
    """The verb is weak: it promises to try, not to do ("verka för", "fortsätta", "bidra till").

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One for each weak verb, at its place.

    Notes
    -----
    The list is Brå's (*verka för*, *värna om*) with what real promises use. *Fortsätta* and *prioritera* only lead
    in; they pass when the same sentence has an amount. *Satsa på* and *avse att* do not: they promise a wish.

    References
    ----------
    Brå, "Formulera mål": verbs of movement, and verbs to avoid.

    Examples
    --------
    >>> text = "Polisen ska arbeta förebyggande för att minska klottret."
    >>> [text[found.start : found.end] for found in verb(Reading(text))]
    ['arbeta förebyggande för']
    >>> list(verb(Reading("Polisen fortsätter med minst två kontroller i veckan.")))
    []
    """
    taken: list[tuple[int, int]] = []
    for name, pattern in _PATTERNS.items():
        for found in pattern.finditer(reading.text):
            overlaps = any(start < found.end() and found.start() < end for start, end in taken)
            if overlaps or (name in _LEADING and reading.counts_in_sentence(found.start())):
                continue
            taken.append(found.span())
            yield reading.finding(
                "L5",
                f"”{found[0]}” säger vad man vill, inte vad som görs, och går inte att kontrollera.",
                _BETTER.get(name, _BETTER_ELSE),
                span=found.span(),
            )
