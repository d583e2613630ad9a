"""The rules of the wording check, one a file."""

from collections.abc import Callable, Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.l01_owner import owner
from lofte_engine.text.wording_rules.l02_quantity import quantity
from lofte_engine.text.wording_rules.l03_time import time
from lofte_engine.text.wording_rules.l04_follow_up import follow_up
from lofte_engine.text.wording_rules.l05_verb import verb
from lofte_engine.text.wording_rules.l06_area import area
from lofte_engine.text.wording_rules.l07_problem import problem
from lofte_engine.text.wording_rules.l08_comparability import comparability
from lofte_engine.text.wording_rules.l09_definitions import definitions
from lofte_engine.text.wording_rules.l10_plain_language import plain_language
from lofte_engine.text.wording_rules.l11_double import double
from lofte_engine.text.wording_rules.l12_control import control
from lofte_engine.text.wording_rules.l13_stigma import stigma
from lofte_engine.text.wording_rules.l14_effort import effort
from lofte_engine.text.wording_rules.l15_target import target
from lofte_engine.text.wording_rules.reading import Reading

__all__ = ["RULES", "TITLES", "Rule"]

type Rule = Callable[[Reading], Iterator[Finding]]

RULES: dict[str, Rule] = {
    "L1": owner,
    "L2": quantity,
    "L3": time,
    "L4": follow_up,
    "L5": verb,
    "L6": area,
    "L7": problem,
    "L8": comparability,
    "L9": definitions,
    "L10": plain_language,
    "L11": double,
    "L12": control,
    "L13": stigma,
    "L14": effort,
    "L15": target,
}

TITLES: dict[str, str] = {
    "L1": "Vem som ansvarar",
    "L1-enhet": "Vilken enhet som gör det",
    "L2": "Hur mycket",
    "L3": "När",
    "L4": "Mått och redovisning",
    "L5": "Verbet",
    "L6": "Var",
    "L6-kommun": "Plats inom kommunen",
    "L7": "Vilket problem",
    "L8": "Går att jämföra",
    "L9": "Ord som behöver förklaras",
    "L10": "Lätt att läsa",
    "L11": "Ett löfte i taget",
    "L12": "Sådant ni råder över",
    "L13": "Pekar ingen ut",
    "L14": "Antal som följer arbetet",
    "L15": "Ett mål att sträcka sig mot",
}
