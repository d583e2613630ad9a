"""Reads of samples that two people code. Nobody gets the other's codes before both are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from lofte.core.models import Job
from lofte.core.states import Visibility
from lofte.core.visibility import Viewer
from lofte.parties.models import Role, User
from lofte.voices.models import CodingSample, Contribution, Dialogue, SampledVoice, Theme, VoiceCode
from lofte.voices.queries import to_sort

SUGGEST = "voices.suggest-codes"


class NotBothDone(RuntimeError):
    """One of the two is still coding: until then nobody sees what the other put."""


@dataclass(frozen=True)
class Pair:
    """One voice with what each of the two put on it; None when they found that no theme fits."""

    row: SampledVoice
    first: Theme | None
    second: Theme | None

    @property
    def is_agreed(self) -> bool:
        return self.first == self.second


def sample_or_404(dialogue: Dialogue, pk: int, viewer: Viewer) -> CodingSample:
    rows = CodingSample.objects.visible_to(viewer).filter(dialogue=dialogue, pk=pk)
    found: CodingSample | None = rows.select_related("dialogue__cycle__municipality").first()
    if found is None:
        raise Http404
    return found


def samples_of(dialogue: Dialogue, viewer: Viewer) -> list[CodingSample]:
    return list(CodingSample.objects.visible_to(viewer).filter(dialogue=dialogue).order_by("-pk"))


def waiting_for(coder: User, viewer: Viewer) -> list[CodingSample]:
    """Samples that a person has not said that they are done with."""
    mine = Q(first=coder.key, first_done_on=None) | Q(second=coder.key, second_done_on=None)
    rows = CodingSample.objects.visible_to(viewer).filter(mine)
    return list(rows.select_related("dialogue__cycle__municipality").order_by("made_on", "pk"))


def to_code(dialogue: Dialogue) -> QuerySet[Contribution]:
    """Voices that a sample is drawn from: reviewed and shown, for the two may not both read what is not."""
    return to_sort(dialogue, only_unsorted=True).filter(visibility=Visibility.OPEN)


def rows_of(sample: CodingSample) -> QuerySet[SampledVoice]:
    """The voices of a sample. One that was taken away from view meanwhile is no longer in it."""
    rows = sample.rows.filter(voice__visibility=Visibility.OPEN).exclude(voice__text="")
    return rows.select_related("voice").order_by("order")


def own_codes(sample: CodingSample, coder: UUID) -> dict[int, Theme | None]:
    """What one person has put: row to theme."""
    codes = VoiceCode.objects.filter(row__sample=sample, coder=coder).select_related("theme")
    return {code.row_id: code.theme for code in codes}


def pairs(sample: CodingSample) -> list[Pair]:
    """Both people's codes side by side, voice by voice."""
    if sample.done_on is None:
        raise NotBothDone
    first, second = own_codes(sample, sample.first), own_codes(sample, sample.second)
    rows = [row for row in rows_of(sample) if row.pk in first and row.pk in second]
    return [Pair(row, first[row.pk], second[row.pk]) for row in rows]


def colleagues(dialogue: Dialogue, but: User) -> list[User]:
    """Others who may work with the kommun's dialogues."""
    rows = User.objects.filter(
        is_active=True,
        memberships__organisation__municipality=dialogue.cycle.municipality,
        memberships__role__in=(Role.COORDINATOR, Role.POLICE_EDITOR),
    )
    return list(rows.exclude(pk=but.pk).distinct().order_by("name", "pk"))


def names(keys: Sequence[UUID]) -> dict[UUID, str]:
    return {user.key: str(user) for user in User.objects.filter(key__in=keys)}


def with_codebooks(dialogue: Dialogue, viewer: Viewer) -> list[Dialogue]:
    """Other dialogues of the kommun whose themes could be used here too, the newest first."""
    rows = Dialogue.objects.visible_to(viewer).filter(cycle__municipality=dialogue.cycle.municipality)
    found = rows.exclude(pk=dialogue.pk).filter(themes__isnull=False).distinct()
    return list(found.select_related("cycle__municipality").order_by("-cycle__starts", "key"))


def suggestion_job(dialogue: Dialogue) -> Job | None:
    """The last time that themes were asked for."""
    return Job.objects.filter(kind=SUGGEST, arguments__dialogue=dialogue.pk).order_by("-pk").first()
