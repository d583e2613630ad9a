"""What staff put first beside what citizens put first: two orders of the same list, and how alike they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from lofte.design.words import number_words
from lofte.voices.models import Contribution, Dialogue
from lofte.voices.presenters import capital
from lofte.voices.small_groups import SMALLEST_SHOWN

FEWEST = 20
_SEED = 1


@dataclass(frozen=True)
class Placed:
    """One thing, with its place in either order; too few to tell says so."""

    label: str
    staff: str
    citizens: str


@dataclass(frozen=True)
class Comparison:
    sentence: str
    rows: Sequence[Placed]
    detail: str = ""


def compared(staff: Dialogue) -> Comparison:
    """The staff dialogue against all citizen dialogues of its year that are out."""
    ours, theirs = _counts(staff), _counts_of_citizens(staff)
    n_ours, n_theirs = sum(ours.values()), sum(theirs.values())
    if min(n_ours, n_theirs) < FEWEST:
        few = _("Minst {n} på varje sida behöver ha sagt vad deras svar gäller. Så är det inte än.")
        return Comparison(few.format(n=FEWEST), [])
    places = [_places(ours), _places(theirs)]
    words = {value: str(label) for value, label in Contribution.Category.choices}
    named = sorted(ours.keys() | theirs.keys(), key=lambda each: (-theirs.get(each, 0), -ours.get(each, 0), each))
    rows = [Placed(capital(words[each]), _place(places[0], each), _place(places[1], each)) for each in named]
    counted = _("{ours} svar från medarbetare och {theirs} från medborgare säger vad de gäller.")
    detail = counted.format(ours=number_words(n_ours), theirs=number_words(n_theirs))
    return Comparison(*_said(ours, theirs, rows, detail))


def _counts(dialogue: Dialogue) -> dict[str, int]:
    return dict(dialogue.contributions.exclude(category="").order_by().values_list("category").annotate(n=Count("pk")))


def _counts_of_citizens(staff: Dialogue) -> dict[str, int]:
    rows = Contribution.objects.filter(
        dialogue__cycle=staff.cycle, dialogue__kind=Dialogue.Kind.CITIZEN, dialogue__is_draft=False
    )
    return dict(rows.exclude(category="").order_by().values_list("category").annotate(n=Count("pk")))


def _places(counts: Mapping[str, int]) -> dict[str, int]:
    """First, second …; things as common as each other share a place. What few named has none."""
    enough = {each: number for each, number in counts.items() if number >= SMALLEST_SHOWN}
    return {each: 1 + sum(other > number for other in enough.values()) for each, number in enough.items()}


def _place(places: Mapping[str, int], each: str) -> str:
    return _("plats {n}").format(n=places[each]) if each in places else _("färre än 5 svar")


def _said(
    ours: Mapping[str, int], theirs: Mapping[str, int], rows: Sequence[Placed], detail: str
) -> tuple[str, Sequence[Placed], str]:
    import numpy as np

    from lofte_engine.ranking import RankingInputError, rank_agreement

    try:
        found = rank_agreement(ours, theirs, rng=np.random.default_rng(_SEED))
    except RankingInputError:
        return _("Alla saker är lika vanliga på den ena sidan, så ordningen går inte att jämföra."), rows, detail
    if found.low > 0:
        sentence = _("Medarbetare och medborgare sätter i stort sett samma saker först.")
    elif found.high < 0:
        sentence = _("Medarbetare och medborgare sätter olika saker först.")
    else:
        sentence = _("Det går inte att säga om medarbetare och medborgare sätter samma saker först.")
    likeness = _("Likhet i ordning: {tau} (osäkerhet: mellan {low} och {high}; 1 är samma ordning, −1 omvänd).").format(
        tau=_signed(found.tau), low=_signed(found.low), high=_signed(found.high)
    )
    return sentence, rows, f"{detail} {likeness}"


def _signed(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").replace("-", "−")
