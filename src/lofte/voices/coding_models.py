"""Two people who put themes on the same voices without seeing each other's; and themes that the computer proposes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer, VisibleQuerySet


class CodingSample(models.Model):
    """Some reviewed voices, drawn by chance, that two colleagues code each on their own.

    Neither sees the other's codes before `done_on`, the day both have said that they are done.
    """

    dialogue = models.ForeignKey("voices.Dialogue", models.CASCADE, related_name="coding_samples")
    first = models.UUIDField(_("den ena (nyckel)"))
    second = models.UUIDField(_("den andra (nyckel)"))
    made_on = models.DateField(_("drogs den"))
    first_done_on = models.DateField(_("den ena klar"), null=True, blank=True)
    second_done_on = models.DateField(_("den andra klar"), null=True, blank=True)
    done_on = models.DateField(_("båda klara"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("dialogue_id", "-pk")
        constraints = [
            models.CheckConstraint(name="coding_sample_two_people", condition=~models.Q(first=models.F("second"))),
            models.CheckConstraint(
                name="coding_sample_done_when_both_are",
                condition=models.Q(done_on=None) | models.Q(first_done_on__isnull=False, second_done_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} {self.made_on}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(dialogue__cycle__municipality__in=viewer.municipalities)


class SampledVoice(models.Model):
    """A voice of a sample, in the order that both read it. `settled_on` when its theme is decided."""

    sample = models.ForeignKey(CodingSample, models.CASCADE, related_name="rows")
    voice = models.ForeignKey("voices.Contribution", models.CASCADE, related_name="sampled")
    order = models.PositiveSmallIntegerField(_("ordning"))
    settled_on = models.DateField(_("avgjort den"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("sample_id", "order")
        constraints = [models.UniqueConstraint(fields=("sample", "voice"), name="sampled_voice_once_per_sample")]

    def __str__(self) -> str:
        return f"{self.sample} {self.order}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(sample__dialogue__cycle__municipality__in=viewer.municipalities)


class VoiceCode(models.Model):
    """What one of the two put on a voice. Without a theme: none of them fits."""

    row = models.ForeignKey(SampledVoice, models.CASCADE, related_name="codes")
    coder = models.UUIDField(_("vem (nyckel)"))
    theme = models.ForeignKey("voices.Theme", models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("row", "coder"), name="voice_code_once_per_coder")]

    def __str__(self) -> str:
        return f"{self.row}: {self.theme or '–'}"


class SuggestedCode(models.Model):
    """A theme that the computer proposes for a voice, until a person has said yes or no to it."""

    class Answer(models.TextChoices):
        TAKEN = "taken", _("togs")
        OTHER = "other", _("ett annat tema valdes")

    voice = models.OneToOneField("voices.Contribution", models.CASCADE, related_name="suggestion")
    theme = models.ForeignKey("voices.Theme", models.CASCADE, related_name="+")
    because = models.JSONField(_("ord som talar för"), default=list)
    answer = models.CharField(_("svar"), max_length=10, choices=Answer, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.voice}: {self.theme}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(voice__dialogue__cycle__municipality__in=viewer.municipalities)
