"""Organisations, people with roles in them, the cycle they share and what they have agreed."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Keyed, Sourced
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.places.models import Municipality


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Someone who signs in. Elsewhere people stand by `key`, so that a name can be taken away and no chain breaks."""

    email = models.EmailField(_("e-post"), unique=True)
    name = models.CharField(_("namn eller funktion"), max_length=120)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_active = models.BooleanField(_("får logga in"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(Keyed):
    """A party: the kommun, the police, a housing company. What it signs and does stands in its name."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("kommun")
        POLICE = "police", _("polis")
        HOUSING = "housing", _("bostadsbolag")
        PLACE_PARTNERSHIP = "place_partnership", _("fastighetsägare i samverkan")
        TRANSIT = "transit", _("kollektivtrafik")
        RESCUE = "rescue", _("räddningstjänst")
        ASSOCIATION = "association", _("förening")
        OTHER = "other", _("annan")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="organisations")
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    name = models.CharField(_("namn"), max_length=120)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("municipality_id", "key")
        constraints = [
            models.UniqueConstraint(fields=("municipality", "key"), name="organisation_key_once_per_municipality")
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q()

    @property
    def chain(self) -> str:
        """The name of its hash chain in the event log."""
        return f"{self.municipality.slug}/{self.key}"


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("samordnare")
    POLICE_EDITOR = "police_editor", _("kommunpolis")
    CONTRIBUTOR = "contributor", _("medarbetare")
    REPORTER = "reporter", _("aktivitetsägare")
    SIGNER = "signer", _("undertecknare")
    COUNCIL = "council", _("ledamot i rådet")


class Membership(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("roll"), max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("user", "organisation", "role"), name="membership_role_once_per_user")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"


class Cycle(Sourced):
    """One turn of the work in a kommun, usually a year; `previous_slug` names the turn whose lessons it begins with."""

    class Mode(models.TextChoices):
        WHOLE = "whole", _("hela året")
        FOLLOW = "follow", _("bara följa upp")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="cycles")
    slug = models.SlugField(max_length=80)
    starts = models.DateField(_("börjar"))
    ends = models.DateField(_("slutar"))
    previous_slug = models.SlugField(_("föregående"), max_length=80, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.WHOLE)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("municipality_id", "-starts", "slug")
        constraints = [
            models.UniqueConstraint(fields=("municipality", "slug"), name="cycle_slug_once_per_municipality"),
            models.CheckConstraint(name="cycle_ends_after_start", condition=models.Q(ends__gte=models.F("starts"))),
        ]

    def __str__(self) -> str:
        return f"{self.municipality.slug}/{self.slug}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(municipality__in=viewer.municipalities)


class Source(Keyed):
    """Where a fact of a cycle was read: every stated fact names its source by key."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="source_list")
    title = models.CharField(_("titel"), max_length=300)
    url = models.URLField(_("adress"), max_length=500, blank=True)
    note = models.TextField(_("anmärkning"), blank=True)

    class Meta:
        ordering = ("cycle_id", "pk")
        constraints = [models.UniqueConstraint(fields=("cycle", "key"), name="source_key_once_per_cycle")]

    def __str__(self) -> str:
        return self.title


class CooperationAgreement(Keyed, Sourced):
    """Samverkansöverenskommelse (9 § of the act 2023:196): written, with purposes and areas of co-operation."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="agreements")
    title = models.CharField(_("titel"), max_length=200)
    starts = models.DateField(_("gäller från"), null=True, blank=True)
    ends = models.DateField(_("gäller till"), null=True, blank=True)
    purposes = models.TextField(_("syften"), blank=True)
    subjects = models.JSONField(_("områden för samverkan"), default=list, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    organisations = models.ManyToManyField(Organisation, related_name="agreements", blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("cycle_id", "pk")
        constraints = [models.UniqueConstraint(fields=("cycle", "key"), name="agreement_key_once_per_cycle")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q()
