"""Those who follow by e-mail without an account, and where a piece of news was put out."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.states import PUBLIC_PROMISE_STATES
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.followup.models import Period, Update
from lofte.places.models import Area, Municipality
from lofte.promises.models import CitizenPromise, Pledge


class Follower(models.Model):
    """An address that gets news of a kommun, a part of it, a promise or one pledge. Leaving takes the row away."""

    class Pace(models.TextChoices):
        WEEK = "week", _("högst ett brev i veckan")
        DAY = "day", _("samma dag som något händer")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-post"))
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="followers")
    promise = models.ForeignKey(CitizenPromise, models.CASCADE, null=True, blank=True, related_name="followers")
    pledge = models.ForeignKey(Pledge, models.CASCADE, null=True, blank=True, related_name="followers")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="followers")
    # What is followed, in one word that can be unique: tuna, tuna/2026, tuna/2026#trafik, tuna@centrum.
    about = models.CharField(max_length=250)
    pace = models.CharField(_("hur ofta"), max_length=4, choices=Pace, default=Pace.WEEK)
    language = models.CharField(max_length=5, default="sv")
    asked_on = models.DateField(_("bad om det den"))
    confirmed_at = models.DateTimeField(_("bekräftat"), null=True, blank=True)
    told_at = models.DateTimeField(_("har fått nytt till och med"), null=True, blank=True)
    refused_on = models.DateField(_("adressen tar inte emot brev sedan"), null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("email", "about"), name="follower_once"),
            models.CheckConstraint(
                name="follower_of_pledge_names_promise",
                condition=models.Q(pledge=None) | models.Q(promise__isnull=False),
            ),
            models.CheckConstraint(
                name="follower_of_area_or_promise", condition=models.Q(area=None) | models.Q(promise=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class UpdatePhoto(models.Model):
    """A picture to an update, without where, when or with what it was taken, and what it shows in words."""

    update = models.OneToOneField(Update, models.CASCADE, related_name="photo")
    content = models.BinaryField(_("bild (JPEG)"))
    width = models.PositiveSmallIntegerField(_("bredd"))
    height = models.PositiveSmallIntegerField(_("höjd"))
    text = models.CharField(_("det här visar bilden"), max_length=200)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.update.key} {self.width} × {self.height}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(update__promise__state__in=PUBLIC_PROMISE_STATES) | models.Q(
            update__promise__municipality__in=viewer.municipalities
        )


class Publication(models.Model):
    """Where a report or an update was put out besides here: channel, date, address, and whether it still answers."""

    class Link(models.TextChoices):
        WORKS = "works", _("svarar")
        GONE = "gone", _("finns inte kvar")
        NO_ANSWER = "no_answer", _("svarar inte")
        NOT_ASKED = "not_asked", _("prövas inte")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="publications")
    update = models.ForeignKey(Update, models.CASCADE, null=True, blank=True, related_name="publications")
    period = models.ForeignKey(Period, models.CASCADE, null=True, blank=True, related_name="publications")
    channel = models.CharField(_("var"), max_length=60)
    on = models.DateField(_("datum"))
    url = models.URLField(_("adress"), max_length=500, blank=True)
    by = models.UUIDField(null=True)
    link = models.CharField(_("länken"), max_length=9, choices=Link, blank=True)
    checked_at = models.DateTimeField(_("prövad"), null=True, blank=True)
    fails = models.PositiveSmallIntegerField(_("gånger i rad utan svar"), default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("promise_id", "-on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="publication_of_update_or_report",
                condition=models.Q(update__isnull=False, period=None) | models.Q(update=None, period__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.on}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(promise__municipality__in=viewer.municipalities)
