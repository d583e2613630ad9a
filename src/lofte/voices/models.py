"""Citizen and staff dialogues, what was said in them, and the themes that people made of it."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Keyed, Sourced
from lofte.core.states import Visibility
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import Cycle
from lofte.places.models import Area

OPEN_OR_INTERNAL = [(v.value, v.label) for v in (Visibility.OPEN, Visibility.INTERNAL)]


def only_swedish() -> list[str]:
    return ["sv"]


class Dialogue(Keyed, Sourced):
    """Belongs to the cycle it was held in; pictures of later cycles may rest on it too, with its age shown.

    A draft is seen by members only; so is a staff dialogue, which is answered through a link that can be renewed.
    """

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
    question = models.TextField(_("det här frågar vi om"), blank=True)
    languages = models.JSONField(_("språk"), default=only_swedish, blank=True)
    audience = models.CharField(_("vilka"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    level = models.CharField(_("delaktighet"), max_length=12, choices=Level, blank=True)
    can_influence = models.TextField(_("det här går att påverka"), blank=True)
    opens = models.DateField(_("öppnar"), null=True, blank=True)
    closes = models.DateField(_("stänger"), null=True, blank=True)
    feedback_on = models.DateField(_("svar senast"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("antal deltagare"), null=True, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="dialogues")
    is_draft = models.BooleanField(_("utkast"), default=False)
    link_version = models.PositiveSmallIntegerField(_("länkens nummer"), default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("cycle_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "key"), name="dialogue_key_once_per_cycle"),
            models.CheckConstraint(
                name="dialogue_closes_after_it_opens",
                condition=models.Q(opens=None) | models.Q(closes=None) | models.Q(closes__gte=models.F("opens")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}/{self.key}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(kind=cls.Kind.CITIZEN, is_draft=False) | models.Q(cycle__municipality__in=viewer.municipalities)

    @property
    def is_for_staff(self) -> bool:
        return self.kind == self.Kind.STAFF

    def is_open(self, today: dt.date) -> bool:
        """Whether one can answer. One without its days was held elsewhere, and only its results are here."""
        if self.is_draft or self.opens is None or self.closes is None:
            return False
        return self.opens <= today <= self.closes

    def is_coming(self, today: dt.date) -> bool:
        return self.opens is not None and self.closes is not None and today < self.opens


class Theme(Keyed, Sourced):
    """What many said, under one name, with how many said it and what became of it."""

    class Answer(models.TextChoices):
        USED = "used", _("togs med")
        PARKED = "parked", _("väntar")
        NOT_OURS = "not_ours", _("inte vår fråga")
        NO = "no", _("nej, därför att")

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="themes")
    label = models.CharField(_("tema"), max_length=160)
    definition = models.TextField(_("när temat gäller"), blank=True)
    count = models.PositiveIntegerField(_("antal svar"), null=True, blank=True)
    share = models.DecimalField(_("andel (procent)"), max_digits=5, decimal_places=1, null=True, blank=True)
    answer = models.CharField(_("svar"), max_length=10, choices=Answer, blank=True)
    answer_text = models.TextField(_("svar i ord"), blank=True)
    answered_on = models.DateField(_("besvarat den"), null=True, blank=True)
    visibility = models.CharField(max_length=14, choices=OPEN_OR_INTERNAL, default=Visibility.INTERNAL)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("dialogue_id", "pk")
        constraints = [models.UniqueConstraint(fields=("dialogue", "key"), name="theme_key_once_per_dialogue")]

    def __str__(self) -> str:
        return f"{self.dialogue}/{self.key}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(visibility=Visibility.OPEN) | models.Q(dialogue__cycle__municipality__in=viewer.municipalities)


class Contribution(Keyed):
    """One voice. Nothing is public before review; only the month is kept of when it came.

    `text` is what may be read: when something was masked, the words as they came stand in `OriginalText`.
    """

    class Channel(models.TextChoices):
        PHONE = "phone", _("telefonen eller webben")
        PAPER = "paper", _("papper")
        STREET = "street", _("på torget")
        MEETING = "meeting", _("möte")
        IMPORT = "import", _("fil")

    class TimeBand(models.TextChoices):
        MORNING = "morning", _("på morgonen")
        DAY = "day", _("på dagen")
        EVENING = "evening", _("på kvällen")
        NIGHT = "night", _("på natten")
        ALWAYS = "always", _("hela tiden")

    class Category(models.TextChoices):
        LIGHT = "light", _("ljus och mörker")
        TRAFFIC = "traffic", _("trafik")
        THEFT = "theft", _("stöld och inbrott")
        DAMAGE = "damage", _("skräp och skadegörelse")
        DISTURBANCE = "disturbance", _("bråk och störande ljud")
        DRUGS = "drugs", _("droger och alkohol")
        VIOLENCE = "violence", _("hot och våld")
        HATE = "hate", _("att inte bli väl bemött")
        LEISURE = "leisure", _("något att göra")
        GOOD = "good", _("något som är bra")
        OTHER = "other", _("något annat")

    class Feeling(models.TextChoices):
        VERY_SAFE = "very_safe", _("mycket trygg")
        SAFE = "safe", _("ganska trygg")
        NEITHER = "neither", _("varken trygg eller otrygg")
        UNSAFE = "unsafe", _("ganska otrygg")
        VERY_UNSAFE = "very_unsafe", _("mycket otrygg")

    class Decision(models.TextChoices):
        """The latest of its review decisions, kept here so that the queue is one index away."""

        PUBLISH = "publish", _("visa för alla")
        MASK = "mask", _("dölj något och visa för alla")
        KEEP = "keep", _("spara, men visa inte")
        HAND_OVER = "hand_over", _("lämna vidare")

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="contributions")
    text = models.TextField(_("svar"), blank=True)
    channel = models.CharField(_("kom genom"), max_length=10, choices=Channel)
    month = models.DateField(_("månad"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    time_band = models.CharField(_("när"), max_length=10, choices=TimeBand, blank=True)
    category = models.CharField(_("vad det gäller"), max_length=12, choices=Category, blank=True)
    feeling = models.CharField(_("hur det känns"), max_length=12, choices=Feeling, blank=True)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="contributions")
    visibility = models.CharField(max_length=14, choices=OPEN_OR_INTERNAL, default=Visibility.INTERNAL)
    decision = models.CharField(_("beslut"), max_length=10, choices=Decision, blank=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("dialogue_id", "pk")
        indexes = [models.Index(fields=("dialogue", "decision"), name="contribution_queue")]
        constraints = [
            models.UniqueConstraint(fields=("dialogue", "key"), name="contribution_key_once_per_dialogue"),
            models.CheckConstraint(name="contribution_month_is_coarse", condition=models.Q(month__day=1)),
            models.CheckConstraint(
                name="contribution_shown_as_decided",
                condition=models.Q(decision="")
                | models.Q(decision__in=("publish", "mask"), visibility=Visibility.OPEN)
                | models.Q(decision__in=("keep", "hand_over"), visibility=Visibility.INTERNAL),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue}/{self.key}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        shown = models.Q(visibility=Visibility.OPEN, dialogue__kind=Dialogue.Kind.CITIZEN, dialogue__is_draft=False)
        return shown | models.Q(dialogue__cycle__municipality__in=viewer.municipalities)


__all__ = [
    "Claim",
    "CodingSample",
    "Contribution",
    "Dialogue",
    "OpinionPattern",
    "OriginalText",
    "ParticipantCount",
    "ReviewDecision",
    "RoundStatement",
    "RoundVote",
    "SafetyWalk",
    "SampledVoice",
    "StatementRound",
    "SuggestedCode",
    "Theme",
    "VoiceCode",
    "WalkPhoto",
    "WalkPoint",
]

from lofte.voices.around_models import Claim, OriginalText, ParticipantCount, ReviewDecision  # noqa: E402
from lofte.voices.coding_models import CodingSample, SampledVoice, SuggestedCode, VoiceCode  # noqa: E402
from lofte.voices.round_models import OpinionPattern, RoundStatement, RoundVote, StatementRound  # noqa: E402
from lofte.voices.walk_models import SafetyWalk, WalkPhoto, WalkPoint  # noqa: E402
