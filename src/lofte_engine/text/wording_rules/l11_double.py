"""L11: one promise at a time. Of two in one, half may be kept, and nobody can say which word then holds."""

import re
from collections.abc import Iterator, Sequence

from lofte_engine.text.spans import Span
from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.lists import word_set
from lofte_engine.text.wording_rules.reading import Reading
from lofte_engine.text.wording_rules.times import REPORT, inside
from lofte_engine.text.wording_rules.words import ACTIVITY, MODAL, REPORTING, infinitive

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*-?")
_AND = re.compile(r"(?:och|samt|medan)", re.IGNORECASE)
_IN_PARTS = re.compile(r"\bdels\b[^.;]{3,200}?\b(?P<second>dels)\b", re.IGNORECASE)
_SEMICOLON = re.compile(r";(?=\s)")
# A sentence that says itself that it comes on top of another.
_BESIDES = re.compile(r"(?:dessutom|därutöver|utöver\sdetta|utöver\sdet|vidare|samtidigt)\b", re.IGNORECASE)
# "Skadegörelsen med 10 procent och cykelstölderna med 20 procent."
_TWO_CHANGES = re.compile(
    r"\bmed\s(?:minst\s)?\d+\s(?:procent|%)\s(?P<joint>och|samt)\s(?:[\w-]+\s){1,5}?med\s(?:minst\s)?\d+\s(?:procent|%)",
    re.IGNORECASE,
)
_ADVERB = word_set(
    """
    också även dessutom sedan därefter gemensamt tillsammans regelbundet aktivt årligen minst därmed dagligen varje
    år löpande kontinuerligt särskilt då vid behov på plats snabbt att ska skall kommer inte där sig
    """
)
_PARTICLE = word_set(
    "upp in ut fram över om av till med på ner bort igenom ihop ut sig oss dem det den inte också aktivt"
)
# "Gå ut och prata", "finnas på plats och svara": one doing in two words.
_LIGHT = word_set("vara finnas synas gå åka komma stå sitta se ringa fortsätta börja")
_ONE_DOING = word_set("prata tala samtala undervisa svara lyssna synas vara möta träffa följa")
# "Mot inbrott och mot nätverk som begår brott": the same doing, aimed at one thing more.
_PREPOSITION = word_set("mot att för i på med till om av vid hos från mellan under genom")
# Plurals of what is held, which look like verbs: "elever och föräldrar träffar om narkotika".
_NOUN = re.compile(r"\b(?:träffar|lånar)\s(?:om|för|med|i|på)\b", re.IGNORECASE)
# One visit: "besöka krogarna och kontrollera tillstånden".
_DURING_VISIT = word_set("kontrollera inspektera informera granska intervjua")
_NAMED_WORK = re.compile(rf"{ACTIVITY.pattern}|\w{{4,}}(?:n|er)ing(?:ar|en)?\b", re.IGNORECASE)
_IS_DONE = re.compile(r"\b(?:ske|sker|göras|görs|genomföras|genomförs|utföras|utförs)\b", re.IGNORECASE)
_ONE_OF_LIST = re.compile(
    r"\b(?:genom|såsom|till\sexempel|t\.\s?ex|i\sform\sav|bland\sannat|inklusive)\b|[:(]", re.IGNORECASE
)
_SUBORDINATE = word_set("som där när om eftersom innan medan")
_DONE_BY = re.compile(
    r"\s(?:\w+\s){0,2}?(?:vara\s(?:klar|färdig|genomför|slutför)\w*|gälla|pågå|redovisas|följas|"
    r"utvärderas|rapporteras)",
    re.I,
)
_SUBJECT = re.compile(r"\s(?:(?:den|de|lokala)\s)?(?P<name>[^\W\d_]+)(?:\s(?P<second>[^\W\d_]+))?\s(?P<verb>[^\W\d_]+)")
_EITHER = re.compile(r"\beller\b|\bnågot\sav\b|\bnågon\sav\b", re.IGNORECASE)


def double(reading: Reading) -> Iterator[Finding]:
    """Two things that are checked apart stand in one pledge, joined by *och* or *samt* or by a new sentence.

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One, at the word that joins.

    Notes
    -----
    Joined are two clauses with a verb each (by *och*, *samt*, *medan*, "dels … dels" or a semicolon), two amounts
    of different things, or two countable activities. Not joined are two parties, two places, two verbs with one
    object ("planera och genomföra vandringar"), what stands in a clause of purpose or a relative clause, and the
    sentence about follow-up.

    Examples
    --------
    >>> text = "Polisen kontrollerar farten och kommunen lagar belysningen."
    >>> [text[found.start : found.end] for found in double(Reading(text))]
    ['och']
    >>> list(double(Reading("Polisen och kommunen ska planera och hålla fyra vandringar i Norrby och Hulta.")))
    []
    """
    place = _join(reading)
    if place:
        yield reading.finding(
            "L11",
            "Löftet lovar två saker som kan hållas var för sig.",
            "Dela upp det i två löften med var sin ansvarig och var sitt antal.",
            span=place,
        )


def _join(reading: Reading) -> Span | None:
    for pattern, group in ((_IN_PARTS, "second"), (_TWO_CHANGES, "joint")):
        if found := pattern.search(reading.text):
            return found.span(group)
    for start, end in reading.sentences:
        words = list(_WORD.finditer(reading.text, start, end))
        for number, word in enumerate(words):
            if not _AND.fullmatch(word[0]) or not 0 < number < len(words) - 1:
                continue
            told = inside(word.start(), reading.reporting) or inside(words[number + 1].start(), reading.reporting)
            if not told and _parts(reading, words, number, end):
                return word.span()
    return _after_semicolon(reading) or _second_sentence(reading)


def _parts(reading: Reading, words: Sequence[re.Match[str]], number: int, end: int) -> bool:
    return (
        _two_amounts(reading, words[number], end)
        or _two_activities(words, number)
        or _listed_activities(reading, words[number], end)
        or _two_doers(reading, words, number)
        or (not _in_purpose(reading, words, number) and _two_clauses(reading, words, number))
    )


def _in_purpose(reading: Reading, words: Sequence[re.Match[str]], number: int) -> bool:
    """Inside "för att …", unless a new subject and a modal take over after *och*."""
    if not inside(words[number].start(), reading.purposes):
        return False
    following = [word[0].casefold() for word in words[number + 1 : number + 4]]
    return not any(MODAL.fullmatch(word) for word in following)


def _two_clauses(reading: Reading, words: Sequence[re.Match[str]], number: int) -> bool:
    following = number + 1
    while following < len(words) - 1 and words[following][0].casefold() in _ADVERB:
        following += 1
    if words[following][0].casefold() in _PREPOSITION:
        return False
    before = _verb_before(words, number, words[following][0].casefold())
    if before is None:
        return False
    if infinitive(words[following][0]) and following < len(words) - 1:
        return _differs(words, before, number, following)
    return _own_subject(reading.text, words[number].end())


def _verb_before(words: Sequence[re.Match[str]], number: int, second: str) -> int | None:
    """The verb that the one after *och* stands beside.

    An infinitive may stand beside one before a relative clause: "besöka familjer som bor där och lämna …".
    """
    beyond = False
    for at in range(number - 1, -1, -1):
        word = words[at][0].casefold()
        if word in _SUBORDINATE:
            if infinitive(second) != second:
                return None
            beyond = True
        elif beyond and word in ("att", "vill", "kan"):
            return None
        elif infinitive(word) and (infinitive(second) != second or infinitive(word) == word):
            return at
    return None


def _differs(words: Sequence[re.Match[str]], before: int, number: int, following: int) -> bool:
    first, second = infinitive(words[before][0]), infinitive(words[following][0])
    after = next((word[0].casefold() for word in words[following + 1 :]), "")
    between = [word[0].casefold() for word in words[before + 1 : number]]
    shares_object = all(word in _PARTICLE or word in _ADVERB for word in between)
    return not (
        shares_object
        or after in ("den", "det", "dem")
        or first in _LIGHT
        or second in REPORTING
        or second in _ONE_DOING
        or (first in _ONE_DOING and (second, after) == ("ta", "emot"))
        or (first in ("besöka", "stoppa", "stanna") and second in _DURING_VISIT)
    )


def _own_subject(text: str, at: int) -> bool:
    """Whether a subject with its verb follows: "och kommunen lagar", "och belysningen ska ses över"."""
    found = _SUBJECT.match(text, at)
    if not found or _NOUN.search(found[0] + text[found.end() : found.end() + 6]):
        return False
    modal = MODAL.search(text, at)
    if modal and _no_stop(text[at : modal.start()]):
        relative = re.search(r"\bsom\s$", text[: modal.start()], re.IGNORECASE)
        return not relative and not _DONE_BY.match(text, modal.end()) and not REPORT.search(text, at)
    return (
        bool(infinitive(found["verb"]) or infinitive(found["second"] or ""))
        and found["name"].casefold() not in _SUBORDINATE
    )


def _no_stop(text: str) -> bool:
    return not re.search(r"[.;:!?]\s", text) and text.count(" ") < 10


def _two_amounts(reading: Reading, joint: re.Match[str], end: int) -> bool:
    counted = [quantity for quantity in reading.quantities if quantity.kind in ("count", "once") and quantity.unit]
    first = [quantity for quantity in counted if quantity.end <= joint.start()]
    second = [quantity for quantity in counted if joint.end() <= quantity.start < min(joint.end() + 30, end)]
    sentence = reading.sentence_at(joint.start())[0]
    if not (first and second) or first[-1].start < sentence:
        return False
    return _stem(first[-1].unit) != _stem(second[0].unit) and second[0].unit not in ("gånger", "i", "på")


def _two_activities(words: Sequence[re.Match[str]], number: int) -> bool:
    first = words[number - 1][0].casefold()
    following = [word[0].casefold() for word in words[number + 1 : number + 3]]
    second = next((word for word in following if ACTIVITY.fullmatch(word)), None)
    if second is None or not ACTIVITY.fullmatch(first) or following[0].endswith("-"):
        return False
    sentence = " ".join(word[0] for word in words)
    return (
        _stem(first) != _stem(second) and first[-1] in "rnsk" and second[-1] in "rnsk" and not _EITHER.search(sentence)
    )


def _listed_activities(reading: Reading, joint: re.Match[str], end: int) -> bool:
    """Work in a row with commas, all of which is to be done: "sanering, beskärning samt ronder ska ske"."""
    start, _ = reading.sentence_at(joint.start())
    before, after = reading.text[start : joint.start()], reading.text[joint.end() : end].strip()
    sentence = reading.text[start:end]
    if "," not in before or not _IS_DONE.search(after) or _EITHER.search(sentence) or _ONE_OF_LIST.search(before):
        return False
    named = [_NAMED_WORK.match(item.strip()) for item in (*before.split(","), after)]
    return named[-1] is not None and len({_stem(found[0].casefold()) for found in named if found}) > 1


def _two_doers(reading: Reading, words: Sequence[re.Match[str]], number: int) -> bool:
    """Each of two parties does something of its own: "ställer kommunen upp …, och polisen kontrollerar …".

    Without a comma the second party's verb stands right after it, and the first one's between the two.
    """
    joint, following = words[number], words[number + 1]
    start, _ = reading.sentence_at(joint.start())
    after = next((one for one in reading.actors if one.acts and one.start == following.start()), None)
    before = [one for one in reading.actors if one.acts and start <= one.start < joint.start()]
    if not after or not before:
        return False
    verb = next((word[0] for word in words if word.start() >= after.end), "")
    does = infinitive(verb) is not None and infinitive(verb) not in REPORTING
    has_comma = reading.text[joint.start() - 2 : joint.start()] == ", "
    between = [word[0] for word in words[:number] if word.start() >= before[0].end]
    return does and (has_comma or any(infinitive(word) for word in between))


def _stem(word: str) -> str:
    return re.sub(r"(?:arna|erna|orna|ar|er|or|en|et|na|n)$", "", word)


def _after_semicolon(reading: Reading) -> Span | None:
    """Another party with a doing of its own behind a semicolon."""
    for stop in _SEMICOLON.finditer(reading.text):
        start, end = reading.sentence_at(stop.start())
        if _does(reading, (start, stop.start())) and _does(reading, (stop.end(), end)):
            return stop.span()
    return None


def _second_sentence(reading: Reading) -> Span | None:
    promising = [span for span in reading.sentences if _promises(reading, span)]
    if len(promising) > 1:
        return promising[1]
    for number, (start, end) in enumerate(reading.sentences[1:], start=1):
        besides = _BESIDES.match(reading.text, start)
        if besides and _does(reading, (start, end)) and _does(reading, reading.sentences[number - 1]):
            return besides.span()
    return None


def _does(reading: Reading, span: Span) -> bool:
    """Whether somebody does something there, other than telling how it went."""
    start, end = span
    if any(start <= first < end for first, _ in reading.reporting):
        return False
    acts = any(start <= actor.start < end and actor.acts for actor in reading.actors)
    return acts and any(infinitive(word[0]) for word in _WORD.finditer(reading.text, start, end))


def _promises(reading: Reading, span: Span) -> bool:
    """Whether a sentence promises an amount of its own."""
    start, end = span
    counted = any(start <= quantity.start < end and quantity.kind != "change" for quantity in reading.quantities)
    acts = any(start <= actor.start < end and actor.acts for actor in reading.actors)
    reported = any(start <= first < end for first, _ in reading.reporting)
    return counted and not reported and (acts or bool(MODAL.search(reading.text, start, end)))
