"""What stands around a period: links for those without an account, reminders, late parts, and what is put right."""

import datetime as dt
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.followup.models import Period
from lofte.parties.models import Organisation
from lofte.promises.models import Activity, CitizenPromise


class ReportLink(models.Model):
    """A personal address where somebody without an account reports one activity, or all of one organisation's.

    Only the hash of its token is kept. `key` stands for its holder in reports and in the event log. A reminder carries
    a token of its own, in a row that renews the first one: taking that one back takes them all.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="report_links")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="report_links")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="report_links")
    token_hash = models.CharField(max_length=64, unique=True)
    holder = models.CharField(_("vem länken är till"), max_length=120)
    email = models.EmailField(_("e-post"), blank=True)
    expires_on = models.DateField(_("gäller till"))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(_("använd senast"), null=True, blank=True)
    renews = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="renewals")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("promise_id", "pk")
        constraints = [
            models.CheckConstraint(
                name="link_is_for_activity_or_organisation",
                condition=models.Q(activity__isnull=False, organisation=None)
                | models.Q(activity=None, organisation__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.promise}: {self.holder}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(promise__municipality__in=viewer.municipalities)

    def is_live(self, today: dt.date) -> bool:
        first = self.renews or self
        return first.revoked_at is None and self.revoked_at is None and today <= self.expires_on


class Reminder(models.Model):
    """That somebody was reminded of a period, or the reason why not. The same step is never taken twice."""

    class Step(models.TextChoices):
        BEFORE = "before", _("fjorton dagar innan tiden är slut")
        DUE = "due", _("när rapporten ska komma")
        AFTER_7 = "after-7", _("en vecka efteråt")
        AFTER_21 = "after-21", _("tre veckor efteråt")

    class Skipped(models.TextChoices):
        DONE = "done", _("Det som väntades var redan lämnat.")
        REPLACED = "replaced", _("En senare påminnelse gick i stället.")
        TOO_OLD = "too_old", _("Dagen var förbi sedan länge när påminnelserna gjordes.")
        NOBODY = "nobody", _("Ingen med rätt roll eller personlig länk fanns att påminna.")

    period = models.ForeignKey(Period, models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=8, choices=Step)
    recipient = models.UUIDField(_("till vem (nyckel)"), null=True, blank=True)
    planned_on = models.DateField(_("tänkt dag"))
    made_on = models.DateField(_("gjord den"))
    skipped = models.CharField(_("varför den inte skickades"), max_length=8, choices=Skipped, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("period_id", "planned_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=("period", "step", "recipient"), name="reminder_once_per_person"),
            models.UniqueConstraint(
                fields=("period", "step"), name="reminder_once_for_nobody", condition=models.Q(recipient=None)
            ),
            models.CheckConstraint(
                name="reminder_to_nobody_says_why",
                condition=models.Q(recipient__isnull=False) | ~models.Q(skipped=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.step}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(period__promise__municipality__in=viewer.municipalities)


class LatePart(models.Model):
    """An organisation's part of a published report that has not come yet, with the reason and the new date."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="late_parts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.TextField(_("varför det dröjer"), blank=True)
    until = models.DateField(_("nytt datum"), null=True, blank=True)
    arrived_on = models.DateField(_("kom den"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("period_id", "pk")
        constraints = [models.UniqueConstraint(fields=("period", "organisation"), name="late_part_once")]

    def __str__(self) -> str:
        return f"{self.period}: {self.organisation}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return Period.visible_through("period", viewer)

    @property
    def promise(self) -> CitizenPromise:
        return self.period.promise


class Erratum(models.Model):
    """Said of a published report afterwards: something that was wrong, or an answer that came later."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("rättelse")
        LATER_ANSWER = "later_answer", _("svar som kom senare")

    period = models.ForeignKey(Period, models.CASCADE, related_name="errata")
    kind = models.CharField(_("slag"), max_length=12, choices=Kind, default=Kind.CORRECTION)
    on = models.DateField(_("datum"))
    text = models.TextField(_("det här är rätt"))
    by = models.UUIDField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("period_id", "pk")

    def __str__(self) -> str:
        return f"{self.period}: {self.text[:60]}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return Period.visible_through("period", viewer)
