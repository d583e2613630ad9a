"""Kommun, local police area, and the areas of a kommun in the edition they were drawn."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Keyed
from lofte.core.visibility import Viewer, VisibleQuerySet

# Addresses that the site needs for itself; no kommun may take them.
RESERVED_SLUGS = frozenset(
    ("en", "konto", "arbete", "om", "static", "media", "api", "sok", "healthz", "favicon", "robots", "sitemap")
)


def genitive(name: str) -> str:
    """Enköpings, but Strängnäs, Luleå and Falu: how a kommun's name stands before the word."""
    irregular = {"Falun": "Falu", "Habo": "Habo"}
    return irregular.get(name) or (name if name[-1].lower() in "aeiouyåäösxz" else f"{name}s")


class LocalPoliceArea(models.Model):
    """Lokalpolisområde: one can hold several kommuner."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("namn"), max_length=120)
    region = models.CharField(_("polisregion"), max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """Kommun. One that is constructed (Exempelköping) is shown under a banner and never indexed."""

    slug = models.SlugField(unique=True)
    code = models.CharField(_("kommunkod"), max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")])
    name = models.CharField(_("namn"), max_length=80)
    local_police_area = models.ForeignKey(LocalPoliceArea, models.PROTECT, null=True, blank=True)
    is_constructed = models.BooleanField(_("påhittad"), default=False)
    mailbox = models.EmailField(_("funktionsbrevlåda"), blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(name="municipality_slug_not_reserved", condition=~models.Q(slug__in=RESERVED_SLUGS))
        ]

    def __str__(self) -> str:
        return _("{genitive} kommun").format(genitive=genitive(self.name), name=self.name)


class Area(Keyed):
    """A kommundel, RegSO, place or polygon of a kommun; every one carries its edition and source."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("kommundel")
        REGSO = "regso", _("RegSO")
        DESO = "deso", _("DeSO")
        CITY_AREA = "city_area", _("stadsområde")
        PLACE = "place", _("plats")
        POLYGON = "polygon", _("område på karta")
        LOCAL_POLICE_AREA = "local_police_area", _("lokalpolisområde")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="areas")
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    name = models.CharField(_("namn"), max_length=120)
    code = models.CharField(_("kod"), max_length=20, blank=True)
    edition = models.CharField(_("utgåva"), max_length=40, blank=True)
    source = models.CharField(_("källa"), max_length=300, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    also_in = models.JSONField(_("ligger också i (kommunkoder)"), default=list, blank=True)
    geometry = models.JSONField(_("gräns (GeoJSON, SWEREF 99 TM)"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("municipality_id", "kind", "name")
        constraints = [models.UniqueConstraint(fields=("municipality", "key"), name="area_key_once_per_municipality")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q()
