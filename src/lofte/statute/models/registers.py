"""The act's small registers (9–13 §§): council, coordination function, reports to fullmäktige, follow-up of the plan.

People stand by function, never by name.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import Organisation
from lofte.places.models import Municipality
from lofte.promises.models import ActionPlan


class Registered(models.Model):
    """A row of a kommun's register; internal until the kommun hands it out."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(municipality__in=viewer.municipalities)


class StrategicCouncil(Registered):
    """Strategiskt råd (10 §): which organisation leads it, and from when to when."""

    name = models.CharField(_("rådets namn"), max_length=120)
    led_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    chair = models.CharField(_("ordförandens funktion"), max_length=120, blank=True)
    starts = models.DateField(_("från"), null=True, blank=True)
    ends = models.DateField(_("till"), null=True, blank=True)

    class Meta:
        ordering = ("municipality_id", "pk")

    def __str__(self) -> str:
        return self.name


class CouncilMember(Registered):
    """A seat in the council: the organisation, the member's function, and whether it is a leading position."""

    council = models.ForeignKey(StrategicCouncil, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.CharField(_("funktion"), max_length=120)
    is_leading = models.BooleanField(_("ledande ställning"), default=False)

    class Meta:
        ordering = ("council_id", "pk")

    def __str__(self) -> str:
        return f"{self.position}, {self.organisation}"


class CouncilMeeting(Registered):
    """A meeting of the council, with where it is written down."""

    council = models.ForeignKey(StrategicCouncil, models.CASCADE, related_name="meetings")
    on = models.DateField(_("datum"))
    subjects = models.TextField(_("frågor"), blank=True)
    minutes_reference = models.CharField(_("protokoll"), max_length=60, blank=True)

    class Meta:
        ordering = ("council_id", "-on", "pk")

    def __str__(self) -> str:
        return f"{self.council} {self.on}"


class CoordinationFunction(Registered):
    """Samordningsfunktion (11–12 §§): which function holds it, its task, and the way to reach it from outside."""

    holder = models.CharField(_("funktion"), max_length=120)
    starts = models.DateField(_("från"))
    ends = models.DateField(_("till"), null=True, blank=True)
    task = models.TextField(_("uppdrag"), blank=True)
    contact = models.CharField(_("öppen kontaktväg"), max_length=200, blank=True)

    class Meta:
        ordering = ("municipality_id", "-starts", "pk")

    def __str__(self) -> str:
        return self.holder


class AssemblyReport(Registered):
    """Rapport till fullmäktige (13 §): what the leading body told, on which day, under which paragraph."""

    body = models.CharField(_("organ som leder arbetet"), max_length=120)
    on = models.DateField(_("datum"))
    about = models.TextField(_("vad rapporten handlade om"), blank=True)
    minutes_reference = models.CharField(_("protokoll §"), max_length=60)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)

    class Meta:
        ordering = ("municipality_id", "-on", "pk")

    def __str__(self) -> str:
        return f"{self.body} {self.on}"


class PlanFollowUp(Registered):
    """Uppföljning av åtgärdsplanen (6 §): of the plan itself, not only of a promise."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="follow_ups")
    on = models.DateField(_("datum"))
    found = models.TextField(_("det här visade den"))
    next_step = models.TextField(_("det här gör vi nu"), blank=True)
    minutes_reference = models.CharField(_("protokoll §"), max_length=60, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)

    class Meta:
        ordering = ("plan_id", "-on", "pk")

    def __str__(self) -> str:
        return f"{self.plan} {self.on}"
