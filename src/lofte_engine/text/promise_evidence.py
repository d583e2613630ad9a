"""What a picture rests on: the kinds of evidence a promise names."""

import re

from lofte_engine.text.spans import CleanText, Span

KINDS: dict[str, str] = {
    "citizen_dialogue": r"medborgardialog\w*|dialog(?:er|en)?\smed\s(?:medborgar|invånar|boende)\w*|medborgarmöte\w*",
    "children_dialogue": r"barndialog\w*|dialog(?:er|en)?\smed\s(?:barn|unga|ungdomar|elever)\w*"
    r"|barnens\s(?:röster|svar)",
    "staff_dialogue": r"medarbetardialog\w*|medarbetarenkät\w*|dialog(?:er|en)?\smed\smedarbetar\w*",
    "criminal_intelligence": r"kriminalunderrättelse\w*|underrättelse(?:tjänst|verksamhet|information|bild)\w*",
    "safety_survey": r"trygghetsmätning\w*|trygghetsundersökning\w*",
    "ntu": r"\bNTU\b|nationella\strygghetsundersökning\w*",
    "citizen_survey": r"medborgarundersökning\w*",
    "business_survey": r"företagar(?:enkät|dialog)\w*|näringslivs(?:enkät|undersökning)\w*"
    r"|(?:enkät|dialog)\w*\s(?:till|med|bland)\s(?:företag|näringsliv)\w*",
    "youth_survey": r"ungdomsenkät\w*|elevenkät\w*|skolenkät\w*|drogvaneundersökning\w*|\bLUPP\b|\bCAN\b",
    "survey": r"(?:webb|post|trygghets)?enkät(?:er|en|undersökning\w*|svar\w*)?",
    "interviews": r"intervju\w*",
    "safety_walk": r"trygghetsvandring\w*|trygghetsrond\w*",
    "statistics": r"\w*statistik\w*|anmälda\sbrott|antal(?:et)?\sanmälningar",
    "est": r"\bEST\b|effektiv\ssamordning(?:\sför\strygghet)?",
    "ctc": r"\bCTC\b|communities\sthat\scare",
    "damage_reports": r"skaderapport\w*|skadesystem\w*|felanmälan|felanmälningar|skadeanmälningar",
    "wastewater": r"avloppsvatten\w*|avloppsmätning\w*",
    "earlier_promise": r"uppföljning\w*\sav\s(?:tidigare|förra|föregående)[\w\s]{0,12}(?:medborgar)?löfte\w*"
    r"|(?:tidigare|förra\sårets)\smedborgarlöfte\w*",
}
KIND_NAMES: dict[str, str] = {
    "citizen_dialogue": "medborgardialog",
    "children_dialogue": "dialog med barn och unga",
    "staff_dialogue": "medarbetardialog",
    "criminal_intelligence": "polisens kriminalunderrättelse",
    "safety_survey": "trygghetsmätning",
    "ntu": "Nationella trygghetsundersökningen (NTU)",
    "citizen_survey": "medborgarundersökning",
    "business_survey": "företagarenkät",
    "youth_survey": "ungdomsenkät",
    "survey": "enkät",
    "interviews": "intervjuer",
    "safety_walk": "trygghetsvandring",
    "statistics": "statistik",
    "est": "EST",
    "ctc": "Communities That Care (CTC)",
    "damage_reports": "skaderapporter och felanmälan",
    "wastewater": "mätning i avloppsvatten",
    "earlier_promise": "tidigare löfte",
}
_ALL_CAPITALS = frozenset({"ntu", "est", "ctc", "youth_survey"})


def find_evidence(text: CleanText) -> dict[str, list[Span]]:
    """The kinds of evidence named in a text.

    Parameters
    ----------
    text : CleanText
        Introduction and situation; in pledges the same words are things to do.

    Returns
    -------
    dict of str to spans
        Codes of `KINDS` in the order they are first named.

    Notes
    -----
    "trygghetsenkät" counts as a survey, not also as a citizen survey: the longest reading at a place wins.

    Examples
    --------
    >>> from lofte_engine.text.spans import clean
    >>> text = "Bilden bygger på medborgardialoger, NTU och en trygghetsvandring."
    >>> list(find_evidence(clean(text, [(0, len(text))])))
    ['citizen_dialogue', 'ntu', 'safety_walk']
    """
    named = [
        (match.start(), -match.end(), code)
        for code, pattern in KINDS.items()
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text.text, re.IGNORECASE)
        if not (code in _ALL_CAPITALS and len(match[0]) <= 4 and not match[0].isupper())
    ]
    found: dict[str, list[Span]] = {}
    reached = 0
    for start, minus_end, code in sorted(named):
        if start >= reached:
            found.setdefault(code, []).extend(text.spans(start, -minus_end))
            reached = -minus_end
    return found
