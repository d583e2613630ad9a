"""Så kan du vara med: when and where anyone may come along to something that was promised."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Keyed, Sourced
from lofte.core.states import PUBLIC_PROMISE_STATES
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.places.models import Area
from lofte.promises.models import Activity, CitizenPromise


class Occasion(Keyed, Sourced):
    """An occasion of an activity that is open to everyone. Day and clock are those of Sweden, as people read them.

    One that the holder of a personal link has written waits until somebody who runs the follow-up lets it out.
    """

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="occasions")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="occasions", verbose_name=_("aktivitet"))
    title = models.CharField(_("vad det är"), max_length=80)
    on = models.DateField(_("dag"))
    starts = models.TimeField(_("börjar"))
    ends = models.TimeField(_("slutar"), null=True, blank=True)
    place = models.CharField(_("plats"), max_length=160)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("område"))
    how = models.TextField(_("så kan man vara med"))
    is_cancelled = models.BooleanField(_("inställt"), default=False)
    cancelled_because = models.CharField(_("varför det är inställt"), max_length=200, blank=True)
    # Grows with each change: a calendar program takes up a change only then.
    sequence = models.PositiveSmallIntegerField(_("ändrat så många gånger"), default=0)
    is_waiting = models.BooleanField(_("väntar på att släppas ut"), default=False)
    told_at = models.DateTimeField(default=timezone.now)
    by = models.UUIDField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("promise_id", "on", "starts", "pk")
        constraints = [
            models.UniqueConstraint(fields=("promise", "key"), name="occasion_key_once_per_promise"),
            models.CheckConstraint(
                name="occasion_has_a_length", condition=models.Q(ends=None) | ~models.Q(ends=models.F("starts"))
            ),
        ]
        indexes = [models.Index(fields=("promise", "on"), name="occasion_by_day")]

    def __str__(self) -> str:
        return f"{self.promise} {self.key}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        out = models.Q(
            promise__state__in=PUBLIC_PROMISE_STATES, activity__shown_when_done=False, is_waiting=False
        )  # fmt: skip
        return out | models.Q(promise__municipality__in=viewer.municipalities)

    @property
    def starts_at(self) -> dt.datetime:
        return dt.datetime.combine(self.on, self.starts, zone())

    @property
    def ends_at(self) -> dt.datetime | None:
        """An evening that ends after midnight ends the day after."""
        if self.ends is None:
            return None
        day = self.on + dt.timedelta(days=1) if self.ends < self.starts else self.on
        return dt.datetime.combine(day, self.ends, zone())


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
