"""What the wording check found and people chose to leave, with their reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.promises.models.promise import CitizenPromise


class WordingAnswer(models.Model):
    """A finding that is left on purpose. It holds for the words it was about; other words are asked about anew."""

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="wording_answers")
    pledge_key = models.SlugField(max_length=80)
    rule = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    reason = models.CharField(_("skäl"), max_length=300)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("promise_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=("promise", "pledge_key", "rule", "text_hash"), name="wording_answer_once"),
            models.CheckConstraint(name="wording_answer_has_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"
