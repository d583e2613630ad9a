"""Reads of the dialogues. Every one for a page starts from who looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from lofte.core.states import Visibility
from lofte.core.visibility import VISITOR, Viewer
from lofte.parties.models import Cycle, Organisation
from lofte.places.models import Municipality
from lofte.voices import codes
from lofte.voices.models import (
    Claim,
    Contribution,
    Dialogue,
    ReviewDecision,
    RoundStatement,
    RoundVote,
    SafetyWalk,
    SampledVoice,
    StatementRound,
    Theme,
    WalkPhoto,
    WalkPoint,
)

SHOWN = (ReviewDecision.Kind.PUBLISH, ReviewDecision.Kind.MASK)


def chain_of(dialogue: Dialogue) -> str:
    """The event chain that tells of a dialogue: that of the kommun's own organisation."""
    return chain_of_kommun(dialogue.cycle.municipality)


def chain_of_kommun(municipality: Municipality) -> str:
    owner = municipality.organisations.filter(kind=Organisation.Kind.MUNICIPALITY).order_by("pk").first()
    return owner.chain if owner else municipality.slug


# --- for everyone


def dialogue_or_404(kommun: str, cycle: str, key: str) -> Dialogue:
    """A citizen dialogue that is out, whoever looks: what is not for everyone has its own pages."""
    return _one(Dialogue.objects.visible_to(VISITOR), kommun, cycle, key)


def staff_dialogue_or_404(kommun: str, cycle: str, key: str, token: str) -> Dialogue:
    """A staff dialogue, for who has its link."""
    rows = Dialogue.objects.filter(kind=Dialogue.Kind.STAFF, is_draft=False)
    found = _one(rows, kommun, cycle, key)
    if not codes.opens_with(found, token):
        raise Http404
    return found


def _one(rows: QuerySet[Dialogue], kommun: str, cycle: str, key: str) -> Dialogue:
    where = {"cycle__municipality__slug": kommun, "cycle__slug": cycle, "key": key}
    found = rows.select_related("cycle__municipality").filter(**where).first()
    if found is None:
        raise Http404
    return found


def open_to_everyone(municipality: Municipality) -> QuerySet[Dialogue]:
    rows = Dialogue.objects.visible_to(VISITOR).filter(cycle__municipality=municipality)
    return rows.select_related("cycle__municipality").order_by("-closes", "-cycle__starts", "key")


def public_themes(dialogue: Dialogue) -> list[Theme]:
    """Open themes, the most common first; those whose number is not told stand last."""
    themes = Theme.objects.visible_to(VISITOR).filter(dialogue=dialogue)
    return sorted(themes, key=lambda theme: (theme.count is None, -(theme.count or 0), theme.pk))


def public_voices(dialogue: Dialogue) -> QuerySet[Contribution]:
    rows = Contribution.objects.visible_to(VISITOR).filter(dialogue=dialogue).exclude(text="")
    return rows.select_related("area", "theme").order_by("-month", "-key")


def public_walks(dialogue: Dialogue) -> QuerySet[SafetyWalk]:
    return SafetyWalk.objects.visible_to(VISITOR).filter(dialogue=dialogue)


def walk_or_404(dialogue: Dialogue, key: str) -> SafetyWalk:
    found = public_walks(dialogue).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def any_walk_or_404(kommun: str, cycle: str, key: str, walk: str, viewer: Viewer) -> SafetyWalk:
    where = {"dialogue__cycle__municipality__slug": kommun, "dialogue__cycle__slug": cycle, "dialogue__key": key}
    found: SafetyWalk | None = SafetyWalk.objects.visible_to(viewer).filter(**where, key=walk).first()
    if found is None:
        raise Http404
    return found


def points_of(walk: SafetyWalk, viewer: Viewer) -> QuerySet[WalkPoint]:
    rows = WalkPoint.objects.visible_to(viewer).filter(walk=walk)
    return rows.select_related("area", "owner", "photo", "walk__dialogue__cycle__municipality").defer("photo__content")


def photo_or_404(walk: SafetyWalk, pk: int, viewer: Viewer) -> WalkPhoto:
    found: WalkPhoto | None = WalkPhoto.objects.visible_to(viewer).filter(point__walk=walk, point=pk).first()
    if found is None:
        raise Http404
    return found


# --- statement rounds


def rounds_of(dialogue: Dialogue, viewer: Viewer) -> QuerySet[StatementRound]:
    return StatementRound.objects.visible_to(viewer).filter(dialogue=dialogue)


def round_or_404(dialogue: Dialogue, key: str, viewer: Viewer) -> StatementRound:
    found: StatementRound | None = rounds_of(dialogue, viewer).filter(key=key).first()
    if found is None:
        raise Http404
    found.dialogue = dialogue  # with its cycle and kommun, which are known already
    return found


def statement_or_404(round: StatementRound, key: str, viewer: Viewer) -> RoundStatement:
    rows = RoundStatement.objects.visible_to(viewer).filter(round=round, key=key)
    found: RoundStatement | None = rows.select_related("round__dialogue__cycle__municipality").first()
    if found is None:
        raise Http404
    return found


def answered_by(round: StatementRound, voter: str) -> dict[str, int]:
    """What this person has answered: statement to value."""
    rows = RoundVote.objects.filter(statement__round=round, voter=voter)
    return dict(rows.values_list("statement__key", "value"))


def statements_of(round: StatementRound) -> dict[str, RoundStatement]:
    """Every statement of a round that is out, by its key: asked for once a vote."""
    return {each.key: each for each in round.statements.all()}


def next_statement(statements: Mapping[str, RoundStatement], seen: Container[str]) -> RoundStatement | None:
    """One that is not seen, drawn by how much there is to learn from asking it."""
    import numpy as np

    from lofte_engine.opinions import draw_statement

    left = {key: each for key, each in statements.items() if key not in seen}
    drawn = draw_statement({key: each.priority for key, each in left.items()}, np.random.default_rng())
    return left[drawn] if drawn else None


def voters(round: StatementRound) -> int:
    return RoundVote.objects.filter(statement__round=round).values("voter").distinct().count()


def is_counted(round: StatementRound) -> bool:
    """A closed round is counted when its votes are gone."""
    return not RoundVote.objects.filter(statement__round=round).exists()


# --- what became of a voice


@dataclass(frozen=True)
class Receipt:
    """What the one with a kvittokod may know of their voice."""

    dialogue: Dialogue
    decision: ReviewDecision | None
    theme: Theme | None


def receipt(municipality: Municipality, code: str) -> Receipt | None:
    if not codes.is_code(code):
        return None
    claims = Claim.objects.filter(dialogue__cycle__municipality=municipality, digest=codes.digest_of(code))
    claim = claims.select_related("dialogue__cycle__municipality").first()
    if claim is None:
        return None
    decisions = ReviewDecision.objects.filter(dialogue=claim.dialogue, voice=claim.voice)
    voice = Contribution.objects.filter(dialogue=claim.dialogue, key=claim.voice).select_related("theme").first()
    theme = voice.theme if voice and voice.theme and voice.theme.visibility == Visibility.OPEN else None
    return Receipt(claim.dialogue, decisions.last(), theme)


# --- for those who work with it


def dialogues_of(municipality: Municipality, viewer: Viewer) -> QuerySet[Dialogue]:
    """With how many voices there are and how many wait; the newest first."""
    rows: QuerySet[Dialogue] = Dialogue.objects.visible_to(viewer).filter(cycle__municipality=municipality)
    counted = rows.annotate(voice_count=Count("contributions"), waiting_count=Count("contributions", filter=IN_QUEUE))
    return counted.select_related("cycle__municipality").order_by("-cycle__starts", "-opens", "key")


def used_in(dialogue: Dialogue) -> list[Cycle]:
    """Later cycles whose evidence rests on this dialogue."""
    cycles = Cycle.objects.filter(evidence__dialogue=dialogue).exclude(pk=dialogue.cycle_id)
    return list(cycles.distinct().order_by("starts"))


def cycles_of(municipality: Municipality, viewer: Viewer) -> list[Cycle]:
    return list(Cycle.objects.visible_to(viewer).filter(municipality=municipality).order_by("-starts"))


# What has no words needs no review; what came in a file as open was reviewed where it came from.
IN_QUEUE = Q(contributions__decision="", contributions__visibility=Visibility.INTERNAL) & ~Q(contributions__text="")


def waiting(dialogue: Dialogue) -> QuerySet[Contribution]:
    rows = dialogue.contributions.filter(decision="", visibility=Visibility.INTERNAL).exclude(text="")
    return rows.select_related("area").order_by("pk")


def handed_over(dialogue: Dialogue) -> QuerySet[Contribution]:
    return dialogue.contributions.filter(decision=Contribution.Decision.HAND_OVER).order_by("pk")


def decided(dialogue: Dialogue) -> QuerySet[Contribution]:
    rows = dialogue.contributions.exclude(decision="").exclude(decision=Contribution.Decision.HAND_OVER)
    return rows.select_related("area").order_by("-pk")


def voice_or_404(dialogue: Dialogue, key: str, viewer: Viewer) -> Contribution:
    rows = Contribution.objects.visible_to(viewer).filter(dialogue=dialogue, key=key)
    found: Contribution | None = rows.select_related("dialogue__cycle__municipality", "area").first()
    if found is None:
        raise Http404
    return found


def latest_of(voice: Contribution) -> ReviewDecision | None:
    return ReviewDecision.objects.filter(dialogue=voice.dialogue_id, voice=voice.key).last()


def published_in(theme: Theme) -> QuerySet[Contribution]:
    return theme.contributions.filter(decision__in=SHOWN).exclude(text="").order_by("pk")


def theme_or_404(dialogue: Dialogue, key: str, viewer: Viewer) -> Theme:
    found: Theme | None = Theme.objects.visible_to(viewer).filter(dialogue=dialogue, key=key).first()
    if found is None:
        raise Http404
    return found


def walk_of_staff_or_404(dialogue: Dialogue, key: str, viewer: Viewer) -> SafetyWalk:
    found: SafetyWalk | None = SafetyWalk.objects.visible_to(viewer).filter(dialogue=dialogue, key=key).first()
    if found is None:
        raise Http404
    return found


def point_or_404(walk: SafetyWalk, pk: int, viewer: Viewer) -> WalkPoint:
    found = points_of(walk, viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def themes_of(dialogue: Dialogue, viewer: Viewer) -> list[Theme]:
    rows = Theme.objects.visible_to(viewer).filter(dialogue=dialogue)
    return list(rows.annotate(sorted_count=Count("contributions")).order_by("-sorted_count", "pk"))


def to_sort(dialogue: Dialogue, *, only_unsorted: bool) -> QuerySet[Contribution]:
    """Voices with words that stay here; what was handed over belongs to somebody else.

    Those that two people are coding are left alone until both are done.
    """
    rows = dialogue.contributions.exclude(text="").exclude(decision=Contribution.Decision.HAND_OVER)
    rows = rows.exclude(pk__in=SampledVoice.objects.filter(sample__done_on=None).values("voice"))
    if only_unsorted:
        rows = rows.filter(theme=None)
    return rows.select_related("area", "theme").order_by("pk")


def is_overdue(dialogue: Dialogue, themes: Sequence[Theme], today: dt.date) -> bool:
    """The day for answers is past, and some theme (or the whole dialogue) has none."""
    if dialogue.feedback_on is None or today <= dialogue.feedback_on:
        return False
    return not themes or any(not theme.answer for theme in themes)
