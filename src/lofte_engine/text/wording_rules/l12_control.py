"""L12: only promise what you can do. Nobody decides over what others do."""

import re
from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading

_PEOPLE = (
    r"ung(?:a|dom(?:ar)?)?|barn|elev(?:er)?|invånar(?:e|na)|medborgar(?:e|na)|människor|person(?:er)?|"
    r"flick(?:a|or)|kvinn(?:a|or)|boende|"
    r"besökare|tjej(?:er)?|kill(?:e|ar)|pojk(?:e|ar)|män|äldre|trafikant(?:er)?|förare|kommuninvånare|"
    r"hushåll|villaägare|strängnäsbor?|\w+bor"
)
_HARM = (
    r"\w*narkotika\w*|droger|\w*brott|\w*inbrott|\w*stölder|\w*stöld|\w*våld\w*|\w*skjutning(?:ar)?|"
    r"\w*rån|skadegörelse\w*|\w*olyck(?:a|or)|"
    r"\w*bränder|dödade|skadade|döda|gäng|\w*rattfyll\w*|mobbning|langning|buskörning|klotter|bråk|"
    r"ordningsstörningar|kriminalitet|"
    r"överdoser|sprängningar|hatbrott|trakasserier|misshandel|cykelstölder|offer|brottsoffer"
)
_GONE = (
    r"(?:\w*gäng(?:et|en)?|\w*lig(?:an|or|orna)|\w*langar(?:e|n|na)|ungdomar(?:na)?|killar(?:na)?|grabbar(?:na)?|"
    r"män(?:nen)?|tonåringar(?:na)?|familj(?:en|er|erna)|missbrukar(?:e|na)|personer(?:na)?|hyresgäster(?:na)?|tiggarna|"
    r"de\s(?:som|kriminella)|alla\ssom|narkotikan|knarket|drogerna|våldet|brottsligheten|kriminaliteten|langningen|bråken)"
)
_HARMED = (
    r"(?:(?:be)?st[uå]l(?:en|et|na)|\w*rånad|slagen|skadad|hotad|misshandlad|mobbad|dödad|lurad|skjuten|påkörd|knivskuren|"
    r"förstör[dt]|vandaliser\w+|krossa[dt]|utsatt|drabbad|trakasserad|kränkt|sprängd|uppbruten|uppbrutet)(?:e|a)?"
)
_OUTSIDE = (
    r"\bgaranter(?:a|ar|as|at)\b|\bgaranti\b",
    rf"\bnoll\s(?:\w+\s)?(?:{_HARM})\b|\b0\s(?:{_HARM})\b|\bnollvision\w*|\b(?:till|ner\still)\s(?:noll|0)\b",
    rf"\b(?:ing(?:a|en|et)|inte\s(?:ett|en)\s(?:enda|ena)|aldrig)\s(?:[\w-]+\s){{0,2}}?(?:{_PEOPLE}|"
    rf"{_HARM})\b(?!\s?(?:anmälan|ärende))",
    r"\bing(?:en|a)\s(?=(?:ska|skall|behöver|kommer)\b)|\bing(?:a|en)\sska(?:ll)?\s(?:behöva|känna|"
    r"utsättas|bli|drabbas|våga)\b",
    rf"\bing(?:en|et|a)\s(?:[\w-]+\s){{1,3}}?(?:blir|bli|blivit|är)\s(?:\w+\s)?{_HARMED}\b",
    rf"\b{_GONE}\b[^.;]{{0,80}}?\b(?:ska|skall|måste)\s(?:helt\s)?bort\b",
    r"\b(?:alla|samtliga|varje|var\soch\sen|"
    rf"alltid)\s(?:[\w-]+\s){{0,3}}?(?:(?:{_PEOPLE})\s)?(?:[\w-]+\s){{0,4}}?(?:ska|skall|kommer\satt)\s"
    r"(?:\w+\s){0,2}?(?:känna\ssig|vara\strygg\w*|våga|slippa|kunna\s(?:gå|röra|känna|vistas|leva|bo)|"
    r"trivas|må\sbra|följa\slagen|respektera|sluta)\b",
    r"\b(?:utrota|eliminera|utplåna|avskaffa|utradera)(?:r|s)?\b|\b(?:stopp|sätta\sstopp)\s(?:på|"
    r"för)\s(?:all|allt|alla)\b",
    r"\b(?:stoppa|förhindra|lösa|klara\supp|få\sbort|ta\sbort|ta\salla|sätta\sdit|gripa|lagföra)(?:r|"
    r"s)?\s(?:\w+\s)?(?:all|allt|alla|varje|samtliga)\s(?!nytt\b)(?:[\w-]+\s){0,2}?"
    rf"(?:{_HARM}|{_PEOPLE}|\w*langare|\w*misstänkta|kriminella|\w*brottslingar)\b",
    rf"\b(?:{_HARM})\b[^.;,]{{0,40}}\b(?:ska|skall|kommer\satt)\s(?:helt\s)?(?:upphöra|försvinna|"
    r"vara\sborta|inte\sförekomma|ta\sslut|vara\shelt\sborta|inte\sfinnas)",
    r"\b(?:\w+-?)?(?:narkotika|drog|brotts|vålds|gäng|mobbnings)fri(?:tt|a)?\b",
    r"\b(?:fri|fria|fritt|helt\sutan|befriad\w*)\s(?:från\s)?(?:all\s|alla\s|allt\s)?(?:narkotika|droger|"
    r"brott|våld|gäng|kriminalitet|skadegörelse|mobbning)\b",
    rf"\balla\s(?:{_HARM})\s(?:ska|skall|kommer\satt)\s(?:klaras|lösas|stoppas|förhindras|upptäckas|bort)",
    r"\b(?:helt\s)?(?:utan)\s(?:droger|narkotika|våld|brott|mobbning)\b|\baldrig\s(?:mer|någonsin)\b",
    r"\btrygg\w*\s(?:\w+\s){0,3}?(?:till\s|vara\s)?100\s?(?:%|procent)|\bdu\s(?:alltid\s)?(?:är|ska\svara|ska\skänna\sdig)\s(?:\w+\s)?trygg\b",
    r"\b100\s?(?:%|procent)\w*\s[^.;]{0,30}(?:trygg\w*|uppklar\w*|brott\w*|lös\w*)|\balla\sbrott\s(?:ska|"
    r"kommer)\b|\b(?:helt|alltid)\s(?:trygg|säker)\w*\b",
    r"\b(?:se|ser|ses)\s(?:\w+\s)?till\satt\s(?:alla\s(?:[\w-]+\s){0,2}?(?:känner|är|vågar|mår|"
    rf"följer)\b|ing(?:en|a|et)\b|(?:{_PEOPLE})\s(?:\w+\s){{0,2}}?(?:inte|aldrig|slutar|avstår)\b)",
    r"(?:^|[.]\s)(?:Unga|Ungdomar|Barn|Elever|Föräldrar|Förare|Invånarna|"
    r"Medborgarna)(?:\s[\w-]+){0,4}?\s(?:ska|skall)\s(?:\w+\s){0,2}?(?:inte|sluta|avstå|aldrig|känna|"
    r"följa|respektera|ta\sansvar|vara\strygga)\b",
)
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _OUTSIDE)
# A limit in hours makes it one's own doing: "inget klotter ska sitta kvar mer än 48 timmar".
_OWN_LIMIT = re.compile(
    r"\b(?:inom|mer\sän|längre\sän|över)\s\w+\s(?:timm|dygn|dag|arbetsdag|veck)\w*|\butan\satt\b|\bsvar\b",
    re.IGNORECASE,
)


def control(reading: Reading) -> Iterator[Finding]:
    """A result is promised that nobody controls ("noll inbrott", "alla ska känna sig trygga", "garantera").

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One, at the words that promise too much.

    Notes
    -----
    What stands after *för att* is a purpose and is let through, but for *garantera* and *noll*. A fall by an
    amount is an outcome goal, not a guarantee.

    Examples
    --------
    >>> text = "Det ska vara noll inbrott i Norrby under 2026."
    >>> [text[found.start : found.end] for found in control(Reading(text))]
    ['noll inbrott']
    >>> list(control(Reading("Inget klotter ska sitta kvar mer än 48 timmar.")))
    []
    """
    for number, pattern in enumerate(_PATTERNS):
        for found in pattern.finditer(reading.text):
            _, end = reading.sentence_at(found.start())
            in_purpose = any(first < found.start() < last for first, last in reading.purposes)
            if (in_purpose and number > 1) or _OWN_LIMIT.search(reading.text, found.start(), end):
                continue
            first = found.start() + len(found[0]) - len(found[0].lstrip(". "))
            yield reading.finding(
                "L12",
                "Det här bestämmer varken polisen eller kommunen över, så löftet kan brytas hur väl ni än arbetar.",
                "Lova det ni gör själva (”kontrollera cykelställen varje vecka”) eller en förändring med "
                "mått (”färre än 20 inbrott”).",
                span=(first, found.end()),
            )
            return
