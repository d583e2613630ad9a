"""What was signed, by whom, and how a promise went from state to state."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Sourced
from lofte.core.states import PromiseState
from lofte.parties.models import Organisation
from lofte.promises.models.promise import CitizenPromise


class PromiseVersion(models.Model):
    """The canonical text of a promise at one moment, with its SHA-256. Never changed, never deleted."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("första lydelsen")
        AMENDMENT = "amendment", _("ändring")
        EXTENSION = "extension", _("förlängning")
        STOP = "stop", _("avbrutet")
        MASKING = "masking", _("maskerad efter beslut")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ORIGINAL)
    reason = models.TextField(_("skäl, offentligt"), blank=True)
    content = models.TextField()
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("promise_id", "number")
        constraints = [models.UniqueConstraint(fields=("promise", "number"), name="promise_version_once")]

    def __str__(self) -> str:
        return f"{self.promise} v{self.number} {self.sha256[:12]}"

    @property
    def is_unchanged(self) -> bool:
        """Whether the kept text still gives the kept hash."""
        return hashlib.sha256(self.content.encode("utf-8")).hexdigest() == self.sha256


class SignOff(Sourced):
    """Who (role), for whom, when, how and on which hash. A printed name is kept internal."""

    class Method(models.TextChoices):
        PAPER = "paper", _("på papper")
        SCREEN = "screen", _("på skärm")
        STATED = "stated", _("enligt dokumentet")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="sign_offs")
    version = models.ForeignKey(PromiseVersion, models.PROTECT, null=True, blank=True, related_name="sign_offs")
    order = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sign_offs")
    role = models.CharField(_("roll"), max_length=120)
    printed_name = models.CharField(_("namnförtydligande (bara för oss)"), max_length=120, blank=True)
    place = models.CharField(_("ort"), max_length=80, blank=True)
    signed_on = models.DateField(_("datum"), null=True, blank=True)
    method = models.CharField(_("sätt"), max_length=8, choices=Method)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, blank=True)

    class Meta:
        ordering = ("promise_id", "order")
        constraints = [
            models.UniqueConstraint(fields=("version", "organisation", "role"), name="sign_off_once_per_version"),
            models.CheckConstraint(
                name="sign_off_is_bound_to_a_hash",
                condition=models.Q(method="stated") | models.Q(version__isnull=False) & ~models.Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}"


class PromiseStateChange(models.Model):
    """A change of state is a row: from, to, when, by whom, why."""

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="state_changes")
    before = models.CharField(max_length=16, choices=PromiseState)
    after = models.CharField(max_length=16, choices=PromiseState)
    at = models.DateTimeField(auto_now_add=True)
    by = models.UUIDField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("promise_id", "pk")

    def __str__(self) -> str:
        return f"{self.promise}: {self.before} → {self.after}"
