"""Statement rounds: short sentences that one agrees with or not, and what many together answered.

Votes may reveal opinions. They are kept only while a round is open, under a number that nobody can follow to a person;
when it closes they are deleted, and what is left is counts that may be shown.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Keyed
from lofte.core.visibility import Viewer, VisibleQuerySet

# What the engine gives a statement that nobody has seen (lofte_engine.opinions.tallies.priorities).
PRIORITY_OF_NEW = 5.0625


def shown(path: str, viewer: Viewer) -> models.Q:
    """A round that is out, in a citizen dialogue that is out; `path` leads to the round."""
    out = {f"{path}is_draft": False, f"{path}dialogue__kind": "citizen", f"{path}dialogue__is_draft": False}
    return models.Q(**out) | models.Q(**{f"{path}dialogue__cycle__municipality__in": viewer.municipalities})


class StatementRound(Keyed):
    """Open for some days. Once closed it holds only what may be shown of the whole."""

    dialogue = models.ForeignKey("voices.Dialogue", models.CASCADE, related_name="rounds")
    title = models.CharField(_("rubrik"), max_length=200)
    opens = models.DateField(_("öppnar"))
    closes = models.DateField(_("stänger"))
    is_draft = models.BooleanField(_("utkast"), default=False)
    with_patterns = models.BooleanField(_("sök åsiktsmönster"), default=False)
    counted_at = models.DateTimeField(_("räknades senast"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("stängdes"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("ungefär hur många som var med"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("dialogue_id", "-opens", "pk")
        constraints = [
            models.UniqueConstraint(fields=("dialogue", "key"), name="round_key_once_per_dialogue"),
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=models.Q(closes__gte=models.F("opens"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue}/{self.key}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return shown("", viewer)

    def is_open(self, today: dt.date) -> bool:
        return not self.is_draft and self.closed_on is None and self.opens <= today <= self.closes

    def is_coming(self, today: dt.date) -> bool:
        return self.closed_on is None and today < self.opens


class RoundStatement(Keyed):
    """One statement. Counts are there once the round is closed, and only those that may be shown."""

    round = models.ForeignKey(StatementRound, models.CASCADE, related_name="statements")
    order = models.PositiveSmallIntegerField(_("ordning"))
    text = models.CharField(_("påstående"), max_length=240)
    priority = models.FloatField(default=PRIORITY_OF_NEW, editable=False)
    agree = models.PositiveIntegerField(_("håller med"), null=True, blank=True)
    disagree = models.PositiveIntegerField(_("håller inte med"), null=True, blank=True)
    passed = models.PositiveIntegerField(_("hoppade över"), null=True, blank=True)
    is_shared = models.BooleanField(_("alla mönster håller med"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("round_id", "order", "pk")
        constraints = [models.UniqueConstraint(fields=("round", "key"), name="round_statement_key_once_per_round")]

    def __str__(self) -> str:
        return f"{self.round}/{self.key}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return shown("round__", viewer)


class RoundVote(models.Model):
    """What somebody answered, while the round is open. No time, no name; never listed, never in a file."""

    class Value(models.IntegerChoices):
        AGREE = 1, _("håller med")
        PASS = 0, _("hoppar över")
        DISAGREE = -1, _("håller inte med")

    statement = models.ForeignKey(RoundStatement, models.CASCADE, related_name="votes")
    voter = models.CharField(_("slumpat nummer"), max_length=32)
    value = models.SmallIntegerField(_("svar"), choices=Value)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("voter", "statement"), name="round_vote_once_per_statement"),
            models.CheckConstraint(name="round_vote_value_known", condition=models.Q(value__in=(-1, 0, 1))),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OpinionPattern(Keyed):
    """A way of answering that many share. How many, roughly, and with what: never who."""

    round = models.ForeignKey(StatementRound, models.CASCADE, related_name="patterns")
    size = models.PositiveIntegerField(_("ungefär hur många"))
    agrees = models.ManyToManyField(RoundStatement, blank=True, related_name="+")
    disagrees = models.ManyToManyField(RoundStatement, blank=True, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("round_id", "-size", "pk")
        constraints = [models.UniqueConstraint(fields=("round", "key"), name="pattern_key_once_per_round")]

    def __str__(self) -> str:
        return f"{self.round}/{self.key}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return shown("round__", viewer)
