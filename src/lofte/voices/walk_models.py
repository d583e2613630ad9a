"""Trygghetsvandring: where people walked, what they saw, who answers for it and when it was done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Keyed
from lofte.core.states import Visibility
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import Organisation
from lofte.places.models import Area

OPEN_OR_INTERNAL = [(v.value, v.label) for v in (Visibility.OPEN, Visibility.INTERNAL)]


class SafetyWalk(Keyed):
    """One walk. Those who took part are a number, never names."""

    dialogue = models.ForeignKey("voices.Dialogue", models.CASCADE, related_name="walks")
    title = models.CharField(_("rubrik"), max_length=200)
    on = models.DateField(_("dag"))
    route = models.TextField(_("väg"), blank=True)
    participants = models.PositiveIntegerField(_("antal deltagare"), null=True, blank=True)
    visibility = models.CharField(_("vem får se"), max_length=14, choices=OPEN_OR_INTERNAL, default=Visibility.INTERNAL)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "pk")
        constraints = [models.UniqueConstraint(fields=("dialogue", "key"), name="walk_key_once_per_dialogue")]

    def __str__(self) -> str:
        return f"{self.dialogue}/{self.key}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return shown("", viewer)


def shown(path: str, viewer: Viewer) -> models.Q:
    """A walk that is open, in a citizen dialogue that is out; `path` leads to the walk."""
    out = {f"{path}visibility": Visibility.OPEN, f"{path}dialogue__kind": "citizen", f"{path}dialogue__is_draft": False}
    return models.Q(**out) | models.Q(**{f"{path}dialogue__cycle__municipality__in": viewer.municipalities})


class WalkPoint(models.Model):
    """What was seen at one point, what the one who answers for it says, and what one saw when one came back."""

    class Kind(models.TextChoices):
        LIGHT = "light", _("ljus")
        SIGHT = "sight", _("sikt")
        GREENERY = "greenery", _("växter")
        WEAR = "wear", _("slitage")
        TRAFFIC = "traffic", _("trafik")
        GOOD = "good", _("något som är bra")
        OTHER = "other", _("annat")

    class Revisit(models.TextChoices):
        MENDED = "mended", _("det är åtgärdat")
        PARTLY = "partly", _("det är delvis åtgärdat")
        SAME = "same", _("det är som förut")

    walk = models.ForeignKey(SafetyWalk, models.CASCADE, related_name="points")
    order = models.PositiveSmallIntegerField(_("ordning"))
    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    text = models.TextField(_("det här såg vi"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="walk_points")
    answer = models.TextField(_("svar från den som ansvarar"), blank=True)
    done_on = models.DateField(_("åtgärdat den"), null=True, blank=True)
    revisited_on = models.DateField(_("återbesök den"), null=True, blank=True)
    revisit = models.CharField(_("vid återbesöket"), max_length=10, choices=Revisit, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("walk_id", "order", "pk")
        constraints = [
            models.UniqueConstraint(fields=("walk", "order"), name="walk_point_order_once_per_walk"),
            models.CheckConstraint(
                name="walk_point_revisit_has_day_and_finding",
                condition=models.Q(revisited_on=None, revisit="")
                | models.Q(revisited_on__isnull=False) & ~models.Q(revisit=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.walk} {self.order}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return shown("walk__", viewer)


class WalkPhoto(models.Model):
    """A picture of the place, without where, when or with what it was taken, and what it shows in words."""

    point = models.OneToOneField(WalkPoint, models.CASCADE, related_name="photo")
    content = models.BinaryField(_("bild (JPEG)"))
    width = models.PositiveSmallIntegerField(_("bredd"))
    height = models.PositiveSmallIntegerField(_("höjd"))
    text = models.CharField(_("det här visar bilden"), max_length=200)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.point} {self.width} × {self.height}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return shown("point__walk__", viewer)
