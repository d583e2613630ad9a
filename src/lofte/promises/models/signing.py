"""What was signed, by whom, and how a promise went from state to state."""

import hashlib
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Sourced
from lofte.core.states import PromiseState
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import Organisation
from lofte.promises.models.promise import CitizenPromise


class ShownVersions(models.Manager["PromiseVersion"]):
    """Texts that hold, or that are to be signed for the first time.

    An amendment that waits for its signatures and a text that was taken back are left out by default: forgetting
    them is never a leak. `PromiseVersion.everything` has them all.
    """

    def get_queryset(self) -> models.QuerySet["PromiseVersion"]:
        return super().get_queryset().filter(SHOWN)


class PromiseVersion(models.Model):
    """The canonical text of a promise at one moment, with its SHA-256. Never changed, never deleted.

    One thing can be taken out of it, by decision: what may not stand there by law. Then `sha256` still tells what was
    signed, and `masked_sha256` what can be read.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("första lydelsen")
        AMENDMENT = "amendment", _("ändring")
        EXTENSION = "extension", _("förlängning")
        STOP = "stop", _("avbrutet")
        MASKING = "masking", _("maskerad efter beslut")

    class Standing(models.TextChoices):
        PENDING = "pending", _("väntar på underskrift")
        PUBLISHED = "published", _("gäller eller har gällt")
        WITHDRAWN = "withdrawn", _("tillbakatagen")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ORIGINAL)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.PUBLISHED, editable=False)
    reason = models.TextField(_("skäl, offentligt"), blank=True)
    content = models.TextField()
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    masked_sha256 = models.CharField(_("kontrollsumma efter maskering"), max_length=64, blank=True)
    masking_reason = models.TextField(_("skäl till maskering, offentligt"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ShownVersions()
    everything = models.Manager()

    class Meta:
        ordering = ("promise_id", "number")
        constraints = [
            models.UniqueConstraint(fields=("promise", "number"), name="promise_version_once"),
            models.CheckConstraint(
                name="version_masking_has_reason",
                condition=models.Q(masked_sha256="") | ~models.Q(masking_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise} v{self.number} {self.sha256[:12]}"

    @property
    def is_kept(self) -> bool:
        """False for a text that was made only to be printed: the working copy as it stands."""
        return not self._state.adding

    @property
    def is_unchanged(self) -> bool:
        """Whether the kept text still gives the kept hash."""
        return hashlib.sha256(self.content.encode("utf-8")).hexdigest() == (self.masked_sha256 or self.sha256)


SHOWN = models.Q(standing=PromiseVersion.Standing.PUBLISHED) | models.Q(
    standing=PromiseVersion.Standing.PENDING, kind=PromiseVersion.Kind.ORIGINAL
)


class SignatureRequest(models.Model):
    """Somebody who is to sign: a role in an organisation. What they answered stands here until they sign."""

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="signature_requests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="signature_requests")
    order = models.PositiveSmallIntegerField()
    role = models.CharField(_("roll"), max_length=120)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.UUIDField(null=True, blank=True)
    decline_reason = models.TextField(_("skäl att inte skriva under"), blank=True)

    class Meta:
        ordering = ("promise_id", "order", "pk")
        constraints = [
            models.UniqueConstraint(fields=("promise", "organisation", "role"), name="signature_request_once"),
            models.CheckConstraint(
                name="signature_request_declined_with_reason",
                condition=models.Q(declined_at=None, decline_reason="")
                | models.Q(declined_at__isnull=False) & ~models.Q(decline_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}"


class SignOffs(VisibleQuerySet["SignOff"]):
    def live(self) -> Self:
        return self.filter(voided_at=None)


class LiveSignOffs(models.Manager["SignOff"]):
    """Signatures that hold, of texts that are shown. `SignOff.everything` has the voided ones too."""

    def get_queryset(self) -> SignOffs:
        shown = models.Q(version=None) | models.Q(version__standing=PromiseVersion.Standing.PUBLISHED)
        first = models.Q(version__standing=PromiseVersion.Standing.PENDING, version__kind=PromiseVersion.Kind.ORIGINAL)
        return SignOffs(self.model, using=self._db).live().filter(shown | first)


class SignOff(Sourced):
    """Who (role), for whom, when, how and on which hash. A printed name and the scan are kept internal.

    A signature that no longer holds stays as a row with when and why it was voided.
    """

    class Method(models.TextChoices):
        PAPER = "paper", _("på papper")
        SCREEN = "screen", _("på skärm")
        EXTERNAL = "external", _("med en tjänst för e-underskrift")
        STATED = "stated", _("enligt dokumentet")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="sign_offs")
    version = models.ForeignKey(PromiseVersion, models.PROTECT, null=True, blank=True, related_name="sign_offs")
    request = models.ForeignKey(
        SignatureRequest, models.SET_NULL, null=True, blank=True, related_name="sign_offs", editable=False
    )
    order = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sign_offs")
    role = models.CharField(_("roll"), max_length=120)
    on_behalf_of = models.CharField(_("på uppdrag av"), max_length=120, blank=True)
    delegation_reference = models.CharField(_("beslut om delegation"), max_length=120, blank=True)
    is_acting = models.BooleanField(_("tillförordnad, tjänsten är vakant"), default=False)
    printed_name = models.CharField(_("namnförtydligande (bara för oss)"), max_length=120, blank=True)
    place = models.CharField(_("ort"), max_length=80, blank=True)
    signed_on = models.DateField(_("datum"), null=True, blank=True)
    method = models.CharField(_("sätt"), max_length=8, choices=Method)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64, blank=True)
    scan = models.FileField(_("inläst papper (bara för oss)"), upload_to="signed-papers", blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True, null=True)
    recorded_by = models.UUIDField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True, editable=False)
    void_reason = models.TextField(blank=True, editable=False)

    objects = LiveSignOffs.from_queryset(SignOffs)()
    everything = SignOffs.as_manager()

    class Meta:
        ordering = ("promise_id", "order")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "organisation", "role"),
                condition=models.Q(voided_at=None),
                name="sign_off_once_per_version",
            ),
            models.UniqueConstraint(
                fields=("version", "request"), condition=models.Q(voided_at=None), name="sign_off_once_per_request"
            ),
            models.CheckConstraint(
                name="sign_off_is_bound_to_a_hash",
                condition=models.Q(method="stated") | models.Q(version__isnull=False) & ~models.Q(sha256=""),
            ),
            models.CheckConstraint(
                name="sign_off_voided_with_reason",
                condition=models.Q(voided_at=None, void_reason="")
                | models.Q(voided_at__isnull=False) & ~models.Q(void_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(voided_at=None)


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


class Amendment(models.Model):
    """A change of a promise that is out: opened with a public reason, closed when it is published or given up."""

    class Kind(models.TextChoices):
        AMENDMENT = PromiseVersion.Kind.AMENDMENT.value, _("ändring")
        EXTENSION = PromiseVersion.Kind.EXTENSION.value, _("förlängning")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="amendments")
    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    reason = models.TextField(_("skäl, offentligt"))
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("promise_id", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("promise",), condition=models.Q(closed_at=None), name="amendment_open_once_per_promise"
            )
        ]

    def __str__(self) -> str:
        return f"{self.promise}: {self.get_kind_display()}"
