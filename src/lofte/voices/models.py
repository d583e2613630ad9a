"""Citizen and staff dialogues, what was said in them, and the themes that people made of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Keyed, Sourced
from lofte.core.states import Visibility
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import Cycle
from lofte.places.models import Area

OPEN_OR_INTERNAL = [(v.value, v.label) for v in (Visibility.OPEN, Visibility.INTERNAL)]


class Dialogue(Keyed, Sourced):
    """Belongs to the cycle it was held in; pictures of later cycles may rest on it too, with its age shown."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen", _("medborgardialog")
        STAFF = "staff", _("medarbetardialog")

    class Form(models.TextChoices):
        SURVEY = "survey", _("enkät")
        STREET = "street", _("torgmätning")
        INTERVIEW = "interview", _("intervjuer")
        MEETING = "meeting", _("möte")
        COUNCIL = "council", _("rådslag")
        FOCUS_GROUP = "focus_group", _("fokusgrupp")
        WALK = "walk", _("trygghetsvandring")
        WEB = "web", _("på webben")
        MIXED = "mixed", _("flera sätt")

    class Level(models.TextChoices):
        """Delaktighetstrappan."""

        INFORMATION = "information", _("information")
        CONSULTATION = "consultation", _("konsultation")
        DIALOGUE = "dialogue", _("dialog")
        INFLUENCE = "influence", _("inflytande")
        CO_DECISION = "co_decision", _("medbeslutande")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("alla")
        CHILDREN = "children", _("barn och unga")
        STAFF = "staff", _("medarbetare")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="dialogues")
    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    form = models.CharField(_("form"), max_length=12, choices=Form)
    title = models.CharField(_("rubrik"), max_length=200)
    audience = models.CharField(_("vilka"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    level = models.CharField(_("delaktighet"), max_length=12, choices=Level, blank=True)
    can_influence = models.TextField(_("det här går att påverka"), blank=True)
    opens = models.DateField(_("öppnar"), null=True, blank=True)
    closes = models.DateField(_("stänger"), null=True, blank=True)
    feedback_on = models.DateField(_("svar senast"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("antal deltagare"), null=True, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="dialogues")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("cycle_id", "pk")
        constraints = [models.UniqueConstraint(fields=("cycle", "key"), name="dialogue_key_once_per_cycle")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(kind=cls.Kind.CITIZEN) | models.Q(cycle__municipality__in=viewer.municipalities)


class Theme(Keyed, Sourced):
    """What many said, under one name, with how many said it and what became of it."""

    class Answer(models.TextChoices):
        USED = "used", _("togs med")
        PARKED = "parked", _("väntar")
        NOT_OURS = "not_ours", _("inte vår fråga")
        NO = "no", _("nej, därför att")

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="themes")
    label = models.CharField(_("tema"), max_length=160)
    count = models.PositiveIntegerField(_("antal svar"), null=True, blank=True)
    share = models.DecimalField(_("andel (procent)"), max_digits=5, decimal_places=1, null=True, blank=True)
    answer = models.CharField(_("svar"), max_length=10, choices=Answer, blank=True)
    answer_text = models.TextField(_("svar i ord"), blank=True)
    visibility = models.CharField(max_length=14, choices=OPEN_OR_INTERNAL, default=Visibility.INTERNAL)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("dialogue_id", "pk")
        constraints = [models.UniqueConstraint(fields=("dialogue", "key"), name="theme_key_once_per_dialogue")]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(visibility=Visibility.OPEN) | models.Q(dialogue__cycle__municipality__in=viewer.municipalities)


class Contribution(Keyed):
    """One voice. Nothing is public before review; only the month is kept of when it came."""

    class Channel(models.TextChoices):
        PHONE = "phone", _("telefonen eller webben")
        PAPER = "paper", _("papper")
        STREET = "street", _("på torget")
        MEETING = "meeting", _("möte")
        IMPORT = "import", _("fil")

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="contributions")
    text = models.TextField(_("svar"))
    channel = models.CharField(_("kom genom"), max_length=10, choices=Channel)
    month = models.DateField(_("månad"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="contributions")
    visibility = models.CharField(max_length=14, choices=OPEN_OR_INTERNAL, default=Visibility.INTERNAL)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("dialogue_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=("dialogue", "key"), name="contribution_key_once_per_dialogue"),
            models.CheckConstraint(name="contribution_month_is_coarse", condition=models.Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(visibility=Visibility.OPEN, dialogue__kind=Dialogue.Kind.CITIZEN) | models.Q(
            dialogue__cycle__municipality__in=viewer.municipalities
        )
