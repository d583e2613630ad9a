"""Who was heard in a dialogue, as counts: everything that its page counts is asked for in one question."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, CharField, Count, Expression, F, Max, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from lofte.voices.models import Dialogue, ReviewDecision
from lofte.voices.queries import SHOWN, public_voices, waiting


@dataclass(frozen=True)
class Heard:
    """Counts as they are; what of them may be published is decided by the presenter."""

    total: int
    by_channel: dict[str, int]
    by_area: dict[str, int]
    by_age_and_sex: dict[tuple[str, str], int]
    not_shown: dict[str, int]
    waiting: int
    shown: int

    @property
    def by_age(self) -> dict[str, int]:
        return _added_up(self.by_age_and_sex, 0)

    @property
    def by_sex(self) -> dict[str, int]:
        return _added_up(self.by_age_and_sex, 1)


def heard(dialogue: Dialogue) -> Heard:
    counts = _counts(dialogue)
    by_channel, by_area = Counter[str](), Counter[str]()
    for (channel, area), n in counts["voices"].items():
        by_channel[channel] += n
        if area:
            by_area[area] += n
    gone, not_shown = 0, Counter[str]()
    for (kind, reason), n in counts["decided"].items():
        gone += n if kind == ReviewDecision.Kind.DELETE else 0
        if kind not in SHOWN:
            not_shown[reason] += n
    return Heard(
        total=by_channel.total() + gone,
        by_channel=dict(by_channel),
        by_area=dict(by_area),
        by_age_and_sex=counts["people"],
        not_shown=dict(not_shown),
        waiting=sum(counts["waiting"].values()),
        shown=sum(counts["shown"].values()),
    )


def _counts(dialogue: Dialogue) -> dict[str, dict[tuple[str, str], int]]:
    """By what is counted, and by two words of each: channel and place, decision and reason, age and sex."""
    last = dialogue.decisions.order_by().values("voice").annotate(last=Max("pk")).values("last")
    every = _counted(dialogue.contributions.all(), "voices", F("channel"), Coalesce("area__name", Value("")))
    every = every.union(
        # The decision in force for each voice, also for voices that are gone.
        _counted(ReviewDecision.objects.filter(pk__in=last), "decided", F("kind"), F("reason")),
        _counted(dialogue.participant_counts.all(), "people", F("age"), F("sex"), Sum("count")),
        _counted(waiting(dialogue), "waiting"),
        _counted(public_voices(dialogue), "shown"),
        all=True,
    )
    found: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for what, one, other, n in every.order_by():
        found[what][one, other] = n
    return found


type Words = F | Expression
_NOTHING = Value("", output_field=CharField())


def _counted(
    rows: QuerySet[Any], what: str, one: Words = _NOTHING, other: Words = _NOTHING, n: Aggregate | None = None
) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(what=Value(what, output_field=CharField()), one=one, other=other)
    counted = named.values("what", "one", "other").annotate(n=n or Count("pk"))
    rows_of_counts: QuerySet[Any, Any] = counted.values_list("what", "one", "other", "n")
    return rows_of_counts


def _added_up(cells: dict[tuple[str, str], int], which: int) -> dict[str, int]:
    found = Counter[str]()
    for key, n in cells.items():
        found[key[which]] += n
    return dict(found)
