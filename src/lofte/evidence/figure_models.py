"""Figures: what files say (facts), what we show of them (area figures), what is out (releases), and when more comes."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import AppendOnlyError
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.evidence.models import DataSet
from lofte.evidence.stored import said
from lofte.places.models import Area, Municipality


class Scope(models.TextChoices):
    """Which kind of place a figure is about, seen from the kommun."""

    AREA = "area", _("del av kommunen")
    MUNICIPALITY = "municipality", _("hela kommunen")
    AROUND = "around", _("län eller riket")
    OTHER = "other", _("annan kommun")


class Said(models.Model):
    """What fact and figure share: where, what and when."""

    scope = models.CharField(max_length=12, choices=Scope)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("plats"), max_length=120)
    category = models.CharField(_("vad"), max_length=200)
    group = models.CharField(_("grupp"), max_length=120, blank=True)
    starts = models.DateField(_("från"))
    ends = models.DateField(_("till"))
    unit = models.CharField(_("enhet"), max_length=60, blank=True)
    value = models.DecimalField(_("värde"), max_digits=18, decimal_places=6, null=True, blank=True)
    low = models.DecimalField(_("lägst"), max_digits=18, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(_("högst"), max_digits=18, decimal_places=6, null=True, blank=True)
    n = models.PositiveBigIntegerField(_("antal bakom"), null=True, blank=True)
    is_preliminary = models.BooleanField(_("preliminär"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.place}, {self.category}, {self.starts}"

    @property
    def where(self) -> tuple[str, int | None, str]:
        return self.scope, self.area_id, self.place


class Fact(Said):
    """One cell of a file. Of incidents only area, month and category are kept, never a row an event."""

    data_set = models.ForeignKey(DataSet, models.CASCADE, related_name="facts")
    count = models.PositiveBigIntegerField(_("antal"), null=True, blank=True)
    is_subset = models.BooleanField(_("därav (räknas inte till summan)"), default=False)
    mark = models.CharField(_("märke"), max_length=20, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("data_set_id", "pk")
        indexes = [models.Index(fields=("data_set", "area"), name="fact_area")]
        constraints = [
            models.CheckConstraint(
                name="fact_area_when_about_an_area",
                condition=models.Q(scope="area", area__isnull=False) | ~models.Q(scope="area") & models.Q(area=None),
            ),
        ]

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(data_set__cycle__municipality__in=viewer.municipalities)


class AreaFigure(Said):
    """A figure of a place and a period with its interval, made from facts once and kept as it was made.

    `value` is the count, share or measure; `rate` is per so many residents. One that evidence or a release points to
    is never changed: a new calculation stands beside it.
    """

    class Kind(models.TextChoices):
        COUNT = "count", _("antal")
        SHARE = "share", _("andel")
        MEASURE = "measure", _("mått")

    data_set = models.ForeignKey(DataSet, models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=8, choices=Kind)
    rate = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    rate_low = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    rate_high = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    rate_unit = models.CharField(max_length=40, blank=True)
    method = models.CharField(_("metod"), max_length=300, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    comparison = models.JSONField(_("jämförelse"), default=dict, blank=True)
    is_effort_driven = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("data_set_id", "category", "group", "starts", "pk")
        indexes = [models.Index(fields=("data_set", "area", "category"), name="area_figure_area")]

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(data_set__cycle__municipality__in=viewer.municipalities)


class FigureRelease(models.Model):
    """What is shown to everyone of a data set, after disclosure control. Out, it never changes."""

    data_set = models.ForeignKey(DataSet, models.PROTECT, related_name="releases")
    content = models.JSONField(_("innehåll"))
    # The protected table with its sums, for the register: later releases are tried against it.
    table = models.JSONField(_("tabell"), default=dict, blank=True)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    after = models.PositiveIntegerField(_("tidigare publiceringar när den gjordes"), default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("publicerad"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("data_set_id", "pk")

    def __str__(self) -> str:
        return f"{self.data_set} {self.sha256[:12]}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(published_at__isnull=False) | models.Q(data_set__cycle__municipality__in=viewer.municipalities)

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk and FigureRelease.objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise AppendOnlyError("published figures never change")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        if self.published_at:
            raise AppendOnlyError("published figures never change")
        return super().delete(*args, **kwargs)  # type: ignore[arg-type]


class SourceDate(models.Model):
    """A day when a source publishes, so that "svaret kommer" can say when and from where."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="source_dates")
    source = models.CharField(_("källa"), max_length=120)
    starts = models.DateField(_("siffrorna gäller från"))
    ends = models.DateField(_("siffrorna gäller till"))
    on = models.DateField(_("kommer den"))
    is_exact = models.BooleanField(_("källan har sagt dagen"), default=False)
    is_preliminary = models.BooleanField(_("preliminära siffror"), default=False)
    series = models.SlugField(_("datamängd"), max_length=80, blank=True)
    # Which rule of `source_rules` put the day in; a person's changes stay.
    rule = models.SlugField(max_length=40, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("municipality_id", "on", "source")
        constraints = [
            models.CheckConstraint(
                name="source_date_ends_after_start", condition=models.Q(ends__gte=models.F("starts"))
            ),
            models.UniqueConstraint(
                fields=("municipality", "source", "starts", "ends", "is_preliminary"), name="source_date_once"
            ),
            models.UniqueConstraint(
                fields=("municipality", "rule", "ends"), name="source_date_once_per_rule", condition=~models.Q(rule="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.on}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        """When a source publishes is no secret."""
        return models.Q()

    @property
    def source_words(self) -> str:
        """A source that a rule named is said in the language of the page."""
        return said(self.source)

    def is_past(self, today: dt.date) -> bool:
        return self.on < today


class Likeness(models.Model):
    """Which kommuner a kommun sets itself beside, and why those: Kolada's group, or its own choice."""

    municipality = models.OneToOneField(Municipality, models.CASCADE, related_name="likeness")
    # As they are called in the files, since figures of other kommuner are kept by name.
    places = models.JSONField(_("kommuner"), default=list)
    reason = models.CharField(_("varför just de"), max_length=200)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.municipality}: {', '.join(self.places)}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        """Whom one is compared with is no secret."""
        return models.Q()
