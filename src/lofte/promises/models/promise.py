"""Medborgarlöfte: the whole document, who gives it and where it holds."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import Sourced
from lofte.core.states import PUBLIC_PROMISE_STATES, PromiseState
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import CooperationAgreement, Cycle, Organisation
from lofte.picture.models import SituationPicture
from lofte.places.models import Area, Municipality

SHORT_LINE_LENGTH = 70


class Rhythm(models.TextChoices):
    TERTIAL = "tertial", _("var fjärde månad")
    QUARTER = "quarter", _("varje kvartal")
    HALF_YEAR = "half_year", _("varje halvår")
    YEAR = "year", _("varje år")
    ONCE = "once", _("en gång, när löftet är slut")
    CUSTOM = "custom", _("på bestämda datum")
    NONE = "none", _("inte bestämt")


class CitizenPromise(Sourced):
    """Medborgarlöfte: the whole document. Its rows are the working copy; what was signed stands in `PromiseVersion`."""

    class Adoption(models.TextChoices):
        SIGNED_LETTER = "signed_letter", _("undertecknat brev")
        APPENDIX = "appendix", _("bilaga till samverkansöverenskommelsen")
        BOARD_DECISION = "board_decision", _("beslut i kommunstyrelsen")
        COUNCIL_PROPOSAL = "council_proposal", _("förslag från rådet")
        UNKNOWN = "unknown", _("vet inte")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("alla")
        CHILDREN = "children", _("barn och unga")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="promises")
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="promises")
    slug = models.SlugField(_("adress"), max_length=80)
    title = models.CharField(_("titel"), max_length=200)
    short_line = models.CharField(
        _("kort version"), max_length=SHORT_LINE_LENGTH, blank=True, validators=[MaxLengthValidator(SHORT_LINE_LENGTH)]
    )
    short_line_is_later = models.BooleanField(_("kort version gjord i efterhand"), default=False)
    state = models.CharField(max_length=16, choices=PromiseState, default=PromiseState.DRAFT, editable=False)
    starts = models.DateField(_("gäller från"))
    ends = models.DateField(_("gäller till"))
    audience = models.CharField(_("löftet ges till"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    covers_municipality = models.BooleanField(_("hela kommunen"), default=True)
    areas = models.ManyToManyField(Area, through="PromiseArea", blank=True, related_name="promises")
    parties = models.ManyToManyField(Organisation, through="PromiseParty", related_name="promises")
    picture = models.ForeignKey(SituationPicture, models.PROTECT, null=True, blank=True, related_name="promises")
    agreement = models.ForeignKey(CooperationAgreement, models.PROTECT, null=True, blank=True, related_name="promises")
    intro = models.TextField(_("inledning"), blank=True)
    overall_pledge = models.TextField(_("övergripande löfte, ordagrant"), blank=True)
    overall_pledge_is_summary = models.BooleanField(_("återgivet med egna ord"), default=False)
    desired_outcome = models.TextField(_("det här ska vi åstadkomma tillsammans"), blank=True)
    rhythm = models.CharField(_("redovisas"), max_length=10, choices=Rhythm, default=Rhythm.NONE)
    report_days = models.JSONField(_("dagar då rapport ska komma"), default=list, blank=True)
    channels = models.JSONField(_("går att följa på"), default=list, blank=True)
    followed_up_by = models.ManyToManyField(
        Organisation, blank=True, related_name="follow_ups", verbose_name=_("vem som följer upp")
    )
    adoption = models.CharField(_("antogs som"), max_length=20, choices=Adoption, default=Adoption.UNKNOWN)
    proposed_by = models.CharField(_("föreslaget av"), max_length=120, blank=True)
    decided_by = models.CharField(_("beslutat av"), max_length=120, blank=True)
    decided_on = models.DateField(_("beslutat den"), null=True, blank=True)
    extends_slug = models.SlugField(_("förlänger"), max_length=80, blank=True)
    renewal = models.TextField(_("får förlängas om"), blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("municipality_id", "-starts", "slug")
        constraints = [
            models.UniqueConstraint(fields=("municipality", "slug"), name="promise_slug_once_per_municipality"),
            models.CheckConstraint(name="promise_ends_after_start", condition=models.Q(ends__gte=models.F("starts"))),
        ]
        indexes = [models.Index(fields=("municipality", "state"), name="promise_by_state")]

    def __str__(self) -> str:
        return f"{self.municipality.slug}/{self.slug}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(state__in=PUBLIC_PROMISE_STATES) | models.Q(municipality__in=viewer.municipalities)

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_PROMISE_STATES


class PromiseParty(models.Model):
    """Who promises, in the order the document names them."""

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="party_links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="promise_links")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("promise_id", "order")
        constraints = [models.UniqueConstraint(fields=("promise", "organisation"), name="promise_party_once")]


class PromiseArea(models.Model):
    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="area_links")
    area = models.ForeignKey(Area, models.PROTECT, related_name="promise_links")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("promise_id", "order")
        constraints = [models.UniqueConstraint(fields=("promise", "area"), name="promise_area_once")]
