"""Löften: the lines of a promise, what they are to change, and the work that is to be done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import ChainLink, Keyed, Sourced
from lofte.core.states import PUBLIC_PROMISE_STATES, Because
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.evidence.models import Indicator
from lofte.parties.models import Cycle, Organisation
from lofte.picture.models import Cause, Problem
from lofte.places.models import Area
from lofte.promises.models.plan import Measure
from lofte.promises.models.promise import CitizenPromise


class Pledge(Keyed, Sourced):
    """Löfte: one line of the promise, as it stands there."""

    class Approach(models.TextChoices):
        PREVENTIVE = "preventive", _("förebyggande")
        REPRESSIVE = "repressive", _("ingripande")
        BOTH = "both", _("både förebyggande och ingripande")

    class Sex(models.TextChoices):
        ALL = "", _("alla")
        WOMEN = "women", _("kvinnor och flickor")
        MEN = "men", _("män och pojkar")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="pledges")
    order = models.PositiveSmallIntegerField()
    theme = models.CharField(_("delområde"), max_length=120, blank=True)
    text = models.TextField(_("löfte"))
    is_summary = models.BooleanField(_("återgivet med egna ord"), default=False)
    approach = models.CharField(_("slag"), max_length=12, choices=Approach, blank=True)
    parties = models.ManyToManyField(Organisation, through="PledgeParty", blank=True, related_name="pledges")
    with_others = models.BooleanField(_("tillsammans med andra aktörer som inte nämns"), default=False)
    group = models.CharField(_("målgrupp"), max_length=120, blank=True)
    age_from = models.PositiveSmallIntegerField(_("från ålder"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("till ålder"), null=True, blank=True)
    sex = models.CharField(_("kön"), max_length=6, choices=Sex, blank=True, default=Sex.ALL)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("promise_id", "order")
        constraints = [
            models.UniqueConstraint(fields=("promise", "key"), name="pledge_key_once_per_promise"),
            models.CheckConstraint(
                name="pledge_ages_in_order",
                condition=models.Q(age_from=None) | models.Q(age_to=None) | models.Q(age_to__gte=models.F("age_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(promise__state__in=PUBLIC_PROMISE_STATES) | models.Q(
            promise__municipality__in=viewer.municipalities
        )


class PledgeParty(models.Model):
    """Who is responsible for a pledge; `owner` is the one named for it, internal."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="party_links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="pledge_links")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("pledge_id", "order")
        constraints = [models.UniqueConstraint(fields=("pledge", "organisation"), name="pledge_party_once")]


class PledgeProblem(ChainLink):
    """Problem to pledge."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="problem_links")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="pledge_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("pledge", "problem"), name="pledge_problem_once")]


class PledgeCause(ChainLink):
    """Cause to pledge."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="cause_links")
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="pledge_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("pledge", "cause"), name="pledge_cause_once")]


class PledgeMeasure(ChainLink):
    """Measure to pledge: the promise is a public selection of the plan's measures."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="measure_links")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="pledge_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("pledge", "measure"), name="pledge_measure_once")]


class Goal(Keyed, Sourced):
    """What is to become different (outcome), be done (output) or how the work is to go (process).

    With the plan for its answer: what it is compared with, how small a change could be seen, when one will know, or
    why one never will. The plan is signed with the rest.
    """

    class Kind(models.TextChoices):
        OUTCOME = "outcome", _("effektmål")
        OUTPUT = "output", _("produktionsmål")
        PROCESS = "process", _("processmål")

    class Design(models.TextChoices):
        OWN_YEARS = "own_years", _("mot våra egna tidigare år")
        SIMILAR = "similar", _("mot liknande kommuner eller områden")
        NONE = "none", _("ingen jämförelse")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="goals")
    pledge = models.ForeignKey(Pledge, models.CASCADE, null=True, blank=True, related_name="goals")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, blank=True, related_name="goals")
    kind = models.CharField(_("slag"), max_length=8, choices=Kind)
    text = models.TextField(_("mål"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="goals")
    baseline_value = models.DecimalField(
        _("läget när vi började"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    baseline_period = models.CharField(_("period för läget"), max_length=60, blank=True)
    target_value = models.DecimalField(_("målvärde"), max_digits=14, decimal_places=4, null=True, blank=True)
    margin = models.DecimalField(
        _("så stor skillnad räknas som oförändrat"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    answer_on = models.DateField(_("svaret kommer"), null=True, blank=True)
    design = models.CharField(_("så jämför vi"), max_length=10, choices=Design, blank=True)
    comparison = models.TextField(_("vad vi jämför med"), blank=True)
    smallest_change = models.DecimalField(
        _("minsta ändring som kan ses"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    smallest_change_basis = models.CharField(_("så är den räknad"), max_length=200, blank=True)
    no_answer_because = models.CharField(_("kan inte bedömas, därför att"), max_length=20, choices=Because, blank=True)
    no_answer_text = models.TextField(_("mer om varför det inte kan bedömas"), blank=True)

    class Meta:
        ordering = ("promise_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=("promise", "key"), name="goal_key_once_per_promise"),
            models.CheckConstraint(
                name="goal_margin_not_negative", condition=models.Q(margin=None) | models.Q(margin__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Activity(Keyed, Sourced):
    """Planned or done work. It serves a pledge, a measure of the plan, or both: one report is enough."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("aktivitet")
        INTERVENTION = "intervention", _("insats")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="activities")
    pledge = models.ForeignKey(Pledge, models.CASCADE, null=True, blank=True, related_name="activities")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="activities")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(_("slag"), max_length=12, choices=Kind, default=Kind.ACTIVITY)
    text = models.TextField(_("aktivitet"))
    parties = models.ManyToManyField(Organisation, through="ActivityParty", blank=True, related_name="activities")
    owner = models.CharField(_("vem som håller i det (bara för oss)"), max_length=120, blank=True)
    shown_when_done = models.BooleanField(_("visas först när det är gjort"), default=False)
    starts = models.DateField(_("från"), null=True, blank=True)
    ends = models.DateField(_("till"), null=True, blank=True)
    cost_sek = models.PositiveIntegerField(_("kostnad (kr)"), null=True, blank=True)
    planned_occasions = models.PositiveIntegerField(_("planerat antal tillfällen"), null=True, blank=True)
    planned_hours = models.PositiveIntegerField(_("planerade timmar (bara för oss)"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("pledge_id", "order", "pk")
        constraints = [
            models.UniqueConstraint(fields=("pledge", "key"), name="activity_key_once_per_pledge"),
            models.CheckConstraint(
                name="activity_serves_pledge_or_measure",
                condition=models.Q(pledge__isnull=False) | models.Q(measure__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        public = models.Q(pledge__promise__state__in=PUBLIC_PROMISE_STATES, shown_when_done=False)
        return public | models.Q(cycle__municipality__in=viewer.municipalities)


class ActivityParty(models.Model):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="party_links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="activity_links")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("activity_id", "order")
        constraints = [models.UniqueConstraint(fields=("activity", "organisation"), name="activity_party_once")]


class Target(Keyed):
    """How much of an activity: every quantity a promise was seen to use, without a free-text escape.

    `amount` is counted in `unit`. With `per` it is a rate (5 a week); with `is_average` the rate is a mean over the
    whole period. `options` makes it any-of; `share_of` makes `amount` a percentage of another target's number;
    `min_minutes` counts only occasions that long; `in_each_area` asks it of every place of the target (or of every
    kommundel when no places are named).
    """

    class Kind(models.TextChoices):
        COUNT = "count", _("antal")
        RATE = "rate", _("antal per tid")
        SHARE = "share", _("andel av ett annat antal")
        YES_NO = "yes_no", _("ja eller nej")
        NONE = "none", _("inget antal")

    class Per(models.TextChoices):
        DAY = "day", _("om dagen")
        WEEK = "week", _("i veckan")
        MONTH = "month", _("i månaden")
        YEAR = "year", _("om året")

    class Comparison(models.TextChoices):
        AT_LEAST = "at_least", _("minst")
        EXACTLY = "exactly", _("precis")
        AT_MOST = "at_most", _("högst")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="targets")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(_("slag"), max_length=8, choices=Kind)
    comparison = models.CharField(max_length=10, choices=Comparison, default=Comparison.AT_LEAST)
    amount = models.DecimalField(_("antal"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("vad som räknas"), max_length=80, blank=True)
    per = models.CharField(_("per"), max_length=6, choices=Per, blank=True)
    is_average = models.BooleanField(_("i genomsnitt"), default=False)
    in_each_area = models.BooleanField(_("i varje område"), default=False)
    min_minutes = models.PositiveSmallIntegerField(_("minst så många minuter"), null=True, blank=True)
    share_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="shares")
    options = models.JSONField(_("något av"), default=list, blank=True)

    class Meta:
        ordering = ("activity_id", "order")
        constraints = [
            models.UniqueConstraint(fields=("activity", "key"), name="target_key_once_per_activity"),
            models.CheckConstraint(
                name="target_amount_fits_kind",
                condition=models.Q(kind__in=("yes_no", "none"), amount=None)
                | models.Q(kind__in=("count", "rate", "share"), amount__isnull=False),
            ),
            models.CheckConstraint(name="target_rate_has_per", condition=~models.Q(kind="rate") | ~models.Q(per="")),
            models.CheckConstraint(
                name="target_share_has_whole",
                condition=models.Q(kind="share", share_of__isnull=False)
                | ~models.Q(kind="share") & models.Q(share_of=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount or ''} {self.unit}".strip()


class TargetPlace(models.Model):
    """A place the target names. `amount` is that place's own number when it has one."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="places")
    area = models.ForeignKey(Area, models.PROTECT, related_name="target_links")
    order = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ("target_id", "order")
        constraints = [models.UniqueConstraint(fields=("target", "area"), name="target_place_once")]
