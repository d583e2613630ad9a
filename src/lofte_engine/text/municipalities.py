"""The 290 Swedish municipalities and how texts name them."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# These names are also ordinary words or first names: they need "kommun" or "stad" after them.
_ALSO_WORDS = frozenset({"Ale", "Berg", "Eda", "Kil", "Lund", "Mark", "Mora", "Nora", "Sala", "Salem", "Vara"})
_REGION_AND_MUNICIPALITY = "Region Gotland"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality.

    Parameters
    ----------
    code : str
        Statistics Sweden's four-digit code.
    name : str
        The name without "kommun" or "stad".
    """

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where a municipality is named.

    Parameters
    ----------
    municipality : Municipality
        Which one.
    start, end : int
        Where, with "kommun" or "stad" if it follows.
    organisation : bool
        True when "kommun" or "stad" follows: the authority, not only the place.
    """

    municipality: Municipality
    start: int
    end: int
    organisation: bool


@cache
def municipalities() -> dict[str, Municipality]:
    """All municipalities by case-folded name.

    Returns
    -------
    dict of str to Municipality
        290 of them.

    Examples
    --------
    >>> municipalities()["strängnäs"].code
    '0486'
    """
    table = files("lofte_engine.text").joinpath("data/municipalities.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return {row["name"].casefold(): Municipality(row["code"], row["name"]) for row in rows}


def find_municipalities(text: str) -> list[Mention]:
    """Municipalities named in a text.

    Parameters
    ----------
    text : str
        Text with single spaces.

    Returns
    -------
    list of Mention
        In reading order.

    Notes
    -----
    The genitive counts ("Strängnäs kommuns", "Malmö stad", "Göteborgs Stad") and so does upper case. A bare
    name must begin with a capital; names that are also words ("Mark", "Vara") need "kommun" or "stad".

    Examples
    --------
    >>> [(m.municipality.code, m.organisation) for m in find_municipalities("STRÄNGNÄS KOMMUN och Borås")]
    [('0486', True), ('1490', False)]
    >>> find_municipalities("Det kan vara mark.")
    []
    """
    return [mention for found in _pattern().finditer(text) if (mention := _mention(found))]


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((municipality.name for municipality in municipalities().values()), key=len, reverse=True)
    # A hyphen may have been lost where a line was broken.
    alternatives = "|".join(re.escape(name).replace(r"\-", "-?") for name in names)
    return re.compile(
        rf"(?<![\w-])(?:region\s)?(?P<name>{alternatives})(?P<genitive>s?)(?P<authority>\s(?:kommun|stad)s?)?(?![\w-])",
        re.IGNORECASE,
    )


def _mention(found: re.Match[str]) -> Mention | None:
    municipality = _named(found["name"])
    organisation = bool(found["authority"]) or found[0].casefold() == _REGION_AND_MUNICIPALITY.casefold()
    bare_word = municipality.name in _ALSO_WORDS or not found["name"][0].isupper()
    if bare_word and not organisation:
        return None
    start = found.start() if organisation else found.start("name")
    return Mention(municipality, start, found.end(), organisation)


def _named(name: str) -> Municipality:
    known = municipalities().get(name.casefold())
    if known:
        return known
    unhyphenated = name.casefold().replace("-", "")
    return next(m for key, m in municipalities().items() if key.replace("-", "") == unhyphenated)
