"""What stands around a voice and apart from it: why it was decided so, its first words, its receipt, who was heard."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer, VisibleQuerySet


class ReviewDecision(models.Model):
    """One decision about one voice. A change of mind is a new row; the latest is in force.

    Names the voice by its key, without a foreign key and without its words: the row outlives the voice.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("visas")
        MASK = "mask", _("visas, med något dolt")
        KEEP = "keep", _("sparat, men visas inte")
        HAND_OVER = "hand_over", _("lämnat vidare")
        DELETE = "delete", _("borttaget")

    class Reason(models.TextChoices):
        """Why a voice is not shown, or where it was handed over."""

        PERSON = "person", _("det pekar ut en person")
        HATE = "hate", _("det innehåller hot eller hat")
        OFF_TOPIC = "off_topic", _("det handlar om något annat än dialogen")
        REPEATED = "repeated", _("samma svar har kommit flera gånger")
        ADVERTISEMENT = "advertisement", _("det är reklam")
        SECRECY = "secrecy", _("det rör något som kan vara hemligt")
        EMERGENCY = "emergency", _("det gällde något akut")
        TIP = "tip", _("det var ett tips till polisen")
        CHILD = "child", _("det gällde oro för ett barn")
        FAULT = "fault", _("det var en felanmälan")
        COMPLAINT = "complaint", _("det var ett klagomål")

    WAYS_OUT = (Reason.EMERGENCY, Reason.TIP, Reason.CHILD, Reason.FAULT, Reason.COMPLAINT)
    REASONS_TO_KEEP = (
        Reason.PERSON, Reason.HATE, Reason.OFF_TOPIC, Reason.REPEATED, Reason.ADVERTISEMENT, Reason.SECRECY,
    )  # fmt: skip

    dialogue = models.ForeignKey("voices.Dialogue", models.CASCADE, related_name="decisions")
    voice = models.SlugField(_("svarets namn"), max_length=80)
    kind = models.CharField(_("beslut"), max_length=10, choices=Kind)
    reason = models.CharField(_("skäl"), max_length=14, choices=Reason, blank=True)
    reference = models.CharField(_("gallringsbeslut"), max_length=120, blank=True)
    on = models.DateField(_("dag"))
    by = models.UUIDField(_("vem (nyckel)"), null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("dialogue_id", "pk")
        indexes = [models.Index(fields=("dialogue", "voice"), name="decision_of_voice")]
        constraints = [
            models.CheckConstraint(
                name="decision_not_to_show_has_reason",
                condition=models.Q(kind__in=("publish", "mask"), reason="")
                | ~models.Q(kind__in=("publish", "mask")) & ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="decision_to_delete_has_reference",
                condition=~models.Q(kind="delete") | ~models.Q(reference=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice}: {self.kind}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(dialogue__cycle__municipality__in=viewer.municipalities)


class OriginalText(models.Model):
    """The words as they came, when something was masked. Kept until the day they are destroyed by decision."""

    contribution = models.OneToOneField("voices.Contribution", models.CASCADE, related_name="original")
    text = models.TextField(_("som det kom"))
    delete_after = models.DateField(_("tas bort efter"))

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.contribution)

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(contribution__dialogue__cycle__municipality__in=viewer.municipalities)


class Claim(models.Model):
    """A receipt: the keyed hash of a code that only the contributor has, and the name of their voice."""

    dialogue = models.ForeignKey("voices.Dialogue", models.CASCADE, related_name="claims")
    voice = models.SlugField(_("svarets namn"), max_length=80)
    digest = models.CharField(_("kodens hash"), max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("dialogue", "voice"), name="claim_once_per_voice")]

    def __str__(self) -> str:
        return str(self.pk)


class ParticipantCount(models.Model):
    """How many of an age and sex took part in a month. Counts only: there is no row for a person to join with a voice.

    All cells of a month are made at once, so that not even their order tells who came first.
    """

    class Age(models.TextChoices):
        CHILD = "0-12", _("under 13 år")
        EARLY_TEEN = "13-15", _("13–15 år")
        LATE_TEEN = "16-17", _("16–17 år")
        YOUNG = "18-24", _("18–24 år")
        ADULT = "25-44", _("25–44 år")
        MIDDLE = "45-64", _("45–64 år")
        OLDER = "65-79", _("65–79 år")
        OLDEST = "80+", _("80 år eller äldre")
        UNKNOWN = "", _("ville inte svara")

    class Sex(models.TextChoices):
        WOMAN = "woman", _("kvinna")
        MAN = "man", _("man")
        OTHER = "other", _("annat")
        UNKNOWN = "", _("ville inte svara")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dialogue = models.ForeignKey("voices.Dialogue", models.CASCADE, related_name="participant_counts")
    month = models.DateField(_("månad"))
    age = models.CharField(_("ålder"), max_length=6, choices=Age, blank=True)
    sex = models.CharField(_("kön"), max_length=6, choices=Sex, blank=True)
    count = models.PositiveIntegerField(_("antal"), default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("dialogue", "month", "age", "sex"), name="participant_count_once_per_cell"),
            models.CheckConstraint(name="participant_month_is_coarse", condition=models.Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} {self.month:%Y-%m} {self.age} {self.sex}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(dialogue__cycle__municipality__in=viewer.municipalities)
