"""What the page says of how alike two people coded: in words first, then theme by theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lofte.voices.coding_queries import Pair
from lofte.voices.models import Theme
from lofte.voices.small_groups import SMALLEST_SHOWN
from lofte_engine.text.agreement import Agreement, cohens_kappa

# Under this the interval is too narrow (lofte_engine.text.agreement).
FEWEST_FOR_INTERVAL = 30


@dataclass(frozen=True)
class CodeRow:
    """One theme: on how many voices either of the two put it, and how alike they were in that."""

    label: str
    number: str
    kappa: str


@dataclass(frozen=True)
class AgreementShown:
    sentence: str
    figure: str
    advice: str
    rows: Sequence[CodeRow]


def shown(pairs: Sequence[Pair], themes: Sequence[Theme]) -> AgreementShown:
    if not pairs:
        return AgreementShown(_("Inget av svaren finns kvar att jämföra."), "", "", [])
    found = cohens_kappa([pair.first for pair in pairs], [pair.second for pair in pairs])
    same = sum(pair.is_agreed for pair in pairs)
    sentence = _("Ni satte samma tema på {same} av {n} svar.")
    rows = [_row(theme, pairs) for theme in themes]
    return AgreementShown(sentence.format(same=same, n=found.texts), _figure(found), _advice(found), rows)


def _figure(found: Agreement) -> str:
    if found.kappa is None or found.interval is None:
        return _("Ni satte ett och samma tema på alla svar. Då går det inte att säga vad slumpen skulle ha gett.")
    told = _(
        "Utan det som slumpen ger är enigheten {kappa} (Cohens kappa; osäkerhet: mellan {low} och {high}; "
        "0 är som slumpen, 1 är helt eniga)."
    )
    low, high = found.interval
    words = told.format(kappa=number(found.kappa), low=number(low), high=number(high))
    if found.texts < FEWEST_FOR_INTERVAL:
        words += " " + _("Svaren är färre än 30, så osäkerheten är större än så.")
    return words


def _advice(found: Agreement) -> str:
    if found.interval is None:
        return ""
    if found.is_enough:
        return _("Ni läser svaren på samma sätt. En av er kan sortera resten.")
    if found.is_enough is False:
        return _(
            "Ni läser svaren olika. Skriv tydligare i kodboken när varje tema gäller, och koda ett nytt urval innan ni "
            "sorterar resten."
        )
    return _(
        "Svaren är för få för att säga om ni läser dem tillräckligt lika. Gå igenom det ni var oense om, skriv in det "
        "i kodboken och koda ett urval till."
    )


def _row(theme: Theme, pairs: Sequence[Pair]) -> CodeRow:
    """Each theme against all others. On few voices the figure says nothing, so it is not there."""
    first, second = [pair.first == theme for pair in pairs], [pair.second == theme for pair in pairs]
    used = sum(a or b for a, b in zip(first, second, strict=True))
    if used < SMALLEST_SHOWN:
        return CodeRow(theme.label, _("färre än {n}").format(n=SMALLEST_SHOWN), _("för få för att säga"))
    found = cohens_kappa(first, second)
    if found.kappa is None or found.interval is None:
        return CodeRow(theme.label, str(used), _("samma på alla"))
    told = _("{kappa} (mellan {low} och {high})")
    low, high = found.interval
    return CodeRow(theme.label, str(used), told.format(kappa=number(found.kappa), low=number(low), high=number(high)))


def number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")
