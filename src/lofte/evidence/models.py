"""What a picture rests on: data sets, indicators with their values, and items of evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import ChainLink, Keyed, Sourced
from lofte.core.states import Visibility
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.imports.models import Upload
from lofte.parties.models import Cycle, Organisation
from lofte.places.models import Area
from lofte.voices.models import Dialogue, Theme

# Readers of files that the kommun makes itself; the others read what an authority has published.
OWN_SOURCES = ("incidents", "generic", "survey", "population")


class DataSet(Keyed, Sourced):
    """A table with its definition, publisher, edition and licence.

    One read from a file has its reader in `source` and its facts in rows. Editions of the same table share `series` and
    stand side by side: a later one never changes an earlier.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="data_sets")
    title = models.CharField(_("titel"), max_length=200)
    publisher = models.CharField(_("utgivare"), max_length=120)
    edition = models.CharField(_("utgåva"), max_length=60, blank=True)
    starts = models.DateField(_("från"), null=True, blank=True)
    ends = models.DateField(_("till"), null=True, blank=True)
    licence = models.CharField(_("licens"), max_length=60, blank=True)
    definition = models.TextField(_("så räknas det"), blank=True)
    attribution = models.CharField(_("så anges källan"), max_length=200, blank=True)
    known_from = models.DateField(_("dagen källan gav ut den"), null=True, blank=True)
    is_preliminary = models.BooleanField(_("preliminär"), default=False)
    series = models.SlugField(_("serie"), max_length=80, blank=True)
    source = models.CharField(_("läsare"), max_length=30, blank=True)
    contract = models.CharField(_("slag av tabell"), max_length=30, blank=True)
    is_context_only = models.BooleanField(_("bara sammanhang, räknas aldrig"), default=False)
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="data_sets")
    input_sha256 = models.CharField(_("filens kontrollsumma"), max_length=64, blank=True)
    rows_in = models.PositiveIntegerField(_("rader i filen"), default=0)
    rows_used = models.PositiveIntegerField(_("använda rader"), default=0)
    totals = models.JSONField(_("filens summor"), default=dict, blank=True)
    notes = models.JSONField(_("att tänka på"), default=list, blank=True)
    read_at = models.DateTimeField(_("inläst"), null=True, blank=True)
    # What one must know of to read its figures over time: [{"on": day, "text": what happened}], in order of time.
    marks = models.JSONField(_("märken på tidslinjen"), default=list, blank=True)
    # Boundaries of the areas it is about, small enough for a map: lofte_engine.outlines, with the edition.
    outlines = models.JSONField(_("gränser för kartan"), default=dict, blank=True)
    # How many of those who report did so in each month: {"2026-01": 7}.
    reporters = models.JSONField(_("rapportörer per månad"), default=dict, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("cycle_id", "pk")
        constraints = [models.UniqueConstraint(fields=("cycle", "key"), name="data_set_key_once_per_cycle")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_protected(self) -> bool:
        """Whether its figures pass disclosure control before they are shown: the kommun's own counts do."""
        return self.source in OWN_SOURCES and self.contract in ("counts", "incidents")

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q()


class Indicator(Keyed, Sourced):
    """How a problem is measured ("så mäter vi"): what, in which unit, from which source, which way is better."""

    class Kind(models.TextChoices):
        ACTIVITY_COUNT = "activity_count", _("antal aktiviteter")
        CRIME_RATE = "crime_rate", _("anmälda brott")
        SURVEY_SHARE = "survey_share", _("andel i en undersökning")
        MEASUREMENT = "measurement", _("mätning (till exempel avloppsvatten)")
        CLEARANCE = "clearance", _("uppklarade brott")
        SATISFACTION = "satisfaction", _("nöjdhet")
        NEW_DIALOGUE = "new_dialogue", _("ny dialog")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="indicators")
    name = models.CharField(_("namn"), max_length=200)
    kind = models.CharField(_("slag"), max_length=16, choices=Kind)
    unit = models.CharField(_("enhet"), max_length=60)
    definition = models.TextField(_("så räknas det"), blank=True)
    crime_codes = models.JSONField(_("brottskoder"), default=list, blank=True)
    data_set = models.ForeignKey(DataSet, models.PROTECT, null=True, blank=True, related_name="indicators")
    lower_is_better = models.BooleanField(_("lägre är bättre"), default=True)
    is_effort_driven = models.BooleanField(_("beror mest på hur mycket som kontrolleras"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("cycle_id", "pk")
        constraints = [models.UniqueConstraint(fields=("cycle", "key"), name="indicator_key_once_per_cycle")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q()


class IndicatorValue(Keyed, Sourced):
    """One value of an indicator: period, area, n and interval stand beside the number."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    starts = models.DateField(_("från"))
    ends = models.DateField(_("till"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    value = models.DecimalField(_("värde"), max_digits=14, decimal_places=4)
    low = models.DecimalField(_("lägst"), max_digits=14, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("högst"), max_digits=14, decimal_places=4, null=True, blank=True)
    n = models.PositiveIntegerField(_("antal bakom"), null=True, blank=True)

    class Meta:
        ordering = ("indicator_id", "starts", "pk")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "key"), name="value_key_once_per_indicator"),
            models.CheckConstraint(
                name="value_interval_both_or_none",
                condition=models.Q(low=None, high=None) | models.Q(low__isnull=False, high__isnull=False),
            ),
            models.CheckConstraint(name="value_ends_after_start", condition=models.Q(ends__gte=models.F("starts"))),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.indicator.unit}"


class EvidenceItem(Keyed, Sourced):
    """Underlag: one sentence a picture may rest on, with its kind, n, period and owner.

    `internal_sentence` is for members only. An item that its owner keeps is a pointer: title, owner and date, nothing
    else; the database refuses content in it.
    """

    class Kind(models.TextChoices):
        CITIZEN_DIALOGUE = "citizen_dialogue", _("medborgardialog")
        STAFF_DIALOGUE = "staff_dialogue", _("medarbetardialog")
        CRIMINAL_INTELLIGENCE = "criminal_intelligence", _("kriminalunderrättelse")
        CRIME_STATISTICS = "crime_statistics", _("anmälda brott")
        SURVEY = "survey", _("undersökning")
        SAFETY_WALK = "safety_walk", _("trygghetsvandring")
        INCIDENTS = "incidents", _("kommunens händelser (EST)")
        OFFICIAL_STATISTICS = "official_statistics", _("annan statistik")
        DOCUMENT = "document", _("dokument")
        EARLIER_RESULT = "earlier_result", _("tidigare resultat")

    class Grade(models.TextChoices):
        """How sure the owner of an intelligence summary is of it."""

        CONFIRMED = "confirmed", _("bekräftat av flera källor")
        PROBABLE = "probable", _("troligt")
        POSSIBLE = "possible", _("möjligt")
        UNCERTAIN = "uncertain", _("osäkert")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("slag"), max_length=24, choices=Kind)
    title = models.CharField(_("titel"), max_length=200)
    sentence = models.TextField(_("mening som får visas"), blank=True)
    internal_sentence = models.TextField(_("mening bara för oss"), blank=True)
    visibility = models.CharField(_("vem får se"), max_length=14, choices=Visibility, default=Visibility.INTERNAL)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="evidence")
    on = models.DateField(_("datum"), null=True, blank=True)
    period = models.CharField(_("period"), max_length=60, blank=True)
    n = models.PositiveIntegerField(_("antal bakom"), null=True, blank=True)
    grade = models.CharField(_("hur säkert"), max_length=12, choices=Grade, blank=True)
    limits = models.TextField(_("det här säger underlaget inte"), blank=True)
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, null=True, blank=True, related_name="evidence")
    data_set = models.ForeignKey(DataSet, models.PROTECT, null=True, blank=True, related_name="evidence")
    areas = models.ManyToManyField(Area, blank=True, related_name="evidence")
    # The very figure that the item repeats; protected, so that one can always go back to it.
    figure = models.ForeignKey("evidence.AreaFigure", models.PROTECT, null=True, blank=True, related_name="evidence")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("cycle_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "key"), name="evidence_key_once_per_cycle"),
            models.CheckConstraint(
                name="evidence_pointer_has_no_content",
                condition=~models.Q(visibility=Visibility.HELD_BY_OWNER)
                | models.Q(sentence="", internal_sentence="", limits="", n=None, grade="", owner__isnull=False),
            ),
            # Intelligence comes in as what its owner has released, never as what it was made from.
            models.CheckConstraint(
                name="evidence_intelligence_is_a_summary",
                condition=~models.Q(kind="criminal_intelligence")
                | models.Q(internal_sentence="", dialogue=None, data_set=None, owner__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return ~models.Q(visibility=Visibility.INTERNAL) | models.Q(cycle__municipality__in=viewer.municipalities)


class EvidenceTheme(ChainLink):
    """Voice to evidence: this item says what that theme's voices said."""

    evidence = models.ForeignKey(EvidenceItem, models.CASCADE, related_name="theme_links")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="evidence_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("evidence", "theme"), name="evidence_theme_once")]


# Below what they point to: a room's models are found through this module.
from lofte.evidence.figure_models import AreaFigure, Fact, FigureRelease, Likeness, Scope, SourceDate  # noqa: E402

__all__ = [
    "OWN_SOURCES",
    "AreaFigure",
    "DataSet",
    "EvidenceItem",
    "EvidenceTheme",
    "Fact",
    "FigureRelease",
    "Indicator",
    "IndicatorValue",
    "Likeness",
    "Scope",
    "SourceDate",
]
