"""The act (2023:196): what a person has confirmed about a requirement that no stored row can answer alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.places.models import Municipality


class Attestation(models.Model):
    """Somebody says that a requirement is met, or does not apply, with what shows it. The latest one counts."""

    class Answer(models.TextChoices):
        ATTESTED = "attested", _("uppfyllt")
        NOT_APPLICABLE = "not_applicable", _("gäller inte oss")
        WITHDRAWN = "withdrawn", _("inte uppfyllt längre")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="attestations")
    requirement = models.CharField(_("krav"), max_length=6)
    answer = models.CharField(_("svar"), max_length=14, choices=Answer)
    evidence = models.TextField(_("det här visar det"))
    on = models.DateField(_("datum"))
    attested_by = models.UUIDField(_("vem (nyckel)"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("municipality_id", "requirement", "on", "pk")
        constraints = [
            models.CheckConstraint(name="attestation_says_what_shows_it", condition=~models.Q(evidence="")),
        ]

    def __str__(self) -> str:
        return f"{self.municipality.slug} {self.requirement}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(municipality__in=viewer.municipalities)
