"""Periods and their reports, updates in between, verdicts on effect and cause, and lessons."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import ChainLink, Keyed, Sourced
from lofte.core.states import (
    PUBLIC_PROMISE_STATES,
    ActivityStatus,
    Because,
    CausalClaim,
    DeviationReason,
    Effect,
)
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import Cycle, Organisation
from lofte.picture.models import Problem
from lofte.places.models import Area
from lofte.promises.models import Activity, CitizenPromise, Goal, Pledge, Target


class Period(Sourced):
    """A span of a promise that is to be reported, with its due date. How far it has come follows stage and date."""

    class Stage(models.TextChoices):
        """What people have done with it; `lofte.followup.rules.period_state` adds what the date says."""

        OPEN = "open", _("öppen")
        IN_REVIEW = "in_review", _("granskas")
        LOCKED = "locked", _("låst")
        PUBLISHED = "published", _("publicerad")
        NEVER_CAME = "never_came", _("kom inte")
        NONE_FOUND = "none_found", _("ingen rapport hittad")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="periods")
    label = models.SlugField(_("period"), max_length=40)
    starts = models.DateField(_("från"))
    ends = models.DateField(_("till"))
    due = models.DateField(_("ska komma"), null=True, blank=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.OPEN)
    published_on = models.DateField(_("publicerad den"), null=True, blank=True)
    late_reason = models.TextField(_("varför det dröjer"), blank=True)
    late_until = models.DateField(_("nytt datum"), null=True, blank=True)
    summary = models.TextField(_("sammanfattning"), blank=True)
    is_final = models.BooleanField(_("slutredovisning"), default=False)
    sent_by = models.UUIDField(null=True, blank=True)
    reviewed_by = models.UUIDField(null=True, blank=True)
    is_self_reviewed = models.BooleanField(_("granskad av den som lämnade den"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("promise_id", "starts", "ends")
        constraints = [
            models.UniqueConstraint(fields=("promise", "label"), name="period_label_once_per_promise"),
            models.CheckConstraint(name="period_ends_after_start", condition=models.Q(ends__gte=models.F("starts"))),
        ]
        indexes = [models.Index(fields=("stage", "due"), name="period_by_due")]

    def __str__(self) -> str:
        return f"{self.promise} {self.label}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(promise__state__in=PUBLIC_PROMISE_STATES) | models.Q(
            promise__municipality__in=viewer.municipalities
        )

    @classmethod
    def visible_through(cls, path: str, viewer: Viewer) -> models.Q:
        """The same rule for what hangs on a published period; others' eyes never see it before."""
        public = {f"{path}__stage": cls.Stage.PUBLISHED, f"{path}__promise__state__in": PUBLIC_PROMISE_STATES}
        return models.Q(**public) | models.Q(**{f"{path}__promise__municipality__in": viewer.municipalities})


# Work that is shown only when it is done stays unseen until a report says so; half done is not done.
SHOWN_WORK = models.Q(activity__shown_when_done=False) | models.Q(status=ActivityStatus.DONE)


class ActivityReport(Sourced):
    """What an owner says of one activity for one period. Public only when its period is published."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="reports")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="reports")
    covers_from = models.DateField(_("räknat från"))
    covers_to = models.DateField(_("räknat till"))
    status = models.CharField(_("läge"), max_length=16, choices=ActivityStatus, blank=True)
    done = models.TextField(_("det här gjordes"), blank=True)
    reason_code = models.CharField(_("skäl"), max_length=16, choices=DeviationReason, blank=True)
    reason = models.TextField(_("skäl i ord"), blank=True)
    occasions_spent = models.PositiveIntegerField(_("antal tillfällen"), null=True, blank=True)
    hours_spent = models.PositiveIntegerField(_("nedlagda timmar (bara för oss)"), null=True, blank=True)
    noticed = models.TextField(_("det här märkte människor"), blank=True)
    next_step = models.TextField(_("nästa steg"), blank=True)
    evidence_url = models.URLField(_("mer att läsa"), max_length=500, blank=True)
    reported_for = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.UUIDField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    is_held = models.BooleanField(_("sen del som inte är publicerad än"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("period_id", "activity_id")
        constraints = [
            models.UniqueConstraint(fields=("period", "activity"), name="report_once_per_activity_and_period"),
            models.CheckConstraint(
                name="report_covers_in_order", condition=models.Q(covers_to__gte=models.F("covers_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.activity}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        public = models.Q(period__stage=Period.Stage.PUBLISHED, period__promise__state__in=PUBLIC_PROMISE_STATES)
        public &= models.Q(is_held=False)
        public &= SHOWN_WORK
        return public | models.Q(period__promise__municipality__in=viewer.municipalities)


class Figure(models.Model):
    """One number of a report: of a target, possibly for one place or one of the options.

    `number` None with `happened` set answers a yes/no target or says that a named place was visited or cancelled.
    """

    report = models.ForeignKey(ActivityReport, models.CASCADE, related_name="figures")
    target = models.ForeignKey(Target, models.PROTECT, related_name="figures")
    order = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    option = models.CharField(max_length=80, blank=True)
    number = models.DecimalField(_("antal"), max_digits=12, decimal_places=2, null=True, blank=True)
    happened = models.BooleanField(_("blev av"), null=True, blank=True)
    note = models.CharField(_("anmärkning"), max_length=300, blank=True)

    class Meta:
        ordering = ("report_id", "order")
        constraints = [
            models.CheckConstraint(
                name="figure_says_something",
                condition=models.Q(number__isnull=False) | models.Q(happened__isnull=False),
            ),
            models.UniqueConstraint(fields=("report", "target", "area", "option"), name="figure_once_per_place"),
            # NULL equals nothing: figures without a place need a rule of their own.
            models.UniqueConstraint(
                fields=("report", "target", "option"), name="figure_once_for_the_whole", condition=models.Q(area=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.number if self.number is not None else self.happened}"


class FrozenReport(models.Model):
    """The bytes of a published report, with their hash. Never changed, never deleted.

    What comes afterwards (a late part, a correction, a later answer) is frozen beside it, with the next number.
    """

    class Format(models.TextChoices):
        JSON = "json"
        HTML = "html"
        PDF = "pdf"

    class Part(models.TextChoices):
        REPORT = "report", _("rapport")
        LATE_PART = "late_part", _("del som kom senare")
        ERRATUM = "erratum", _("rättelse eller senare svar")

    period = models.ForeignKey(Period, models.PROTECT, related_name="frozen")
    format = models.CharField(max_length=4, choices=Format)
    language = models.CharField(max_length=5, default="sv")
    part = models.CharField(max_length=10, choices=Part, default=Part.REPORT)
    number = models.PositiveSmallIntegerField(default=1)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("period_id", "number", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("period", "format", "language", "number"), name="frozen_once_per_format_and_part"
            )
        ]
        indexes = [models.Index(fields=("format", "frozen_at"), name="frozen_by_time")]

    def __str__(self) -> str:
        return f"{self.period}.{self.format}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return Period.visible_through("period", viewer)


class Update(Keyed, Sourced):
    """Nytt sedan sist: one to three sentences between the reports."""

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="updates")
    pledge = models.ForeignKey(Pledge, models.SET_NULL, null=True, blank=True, related_name="updates")
    on = models.DateField(_("datum"))
    text = models.TextField(_("vad har hänt"))
    told_at = models.DateTimeField(auto_now_add=True, null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("promise_id", "-on", "pk")
        constraints = [models.UniqueConstraint(fields=("promise", "key"), name="update_key_once_per_promise")]

    def __str__(self) -> str:
        return self.text[:60]

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(promise__state__in=PUBLIC_PROMISE_STATES) | models.Q(
            promise__municipality__in=viewer.municipalities
        )


class EffectVerdict(Sourced):
    """Did the problem change? Whether we did what we promised is never stored: the reports decide it."""

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="effect_verdicts")
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="effect_verdicts")
    value = models.CharField(max_length=16, choices=Effect)
    because = models.CharField(max_length=20, choices=Because, blank=True)
    text = models.TextField(_("i ord"), blank=True)
    next_time = models.TextField(_("så gör vi nästa gång"), blank=True)
    answer_on = models.DateField(_("svaret kommer"), null=True, blank=True)
    decided_on = models.DateField(_("bedömt den"), null=True, blank=True)

    class Meta:
        ordering = ("promise_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=("promise", "goal"), name="effect_once_per_goal"),
            models.UniqueConstraint(fields=("promise",), name="effect_once_for_all", condition=models.Q(goal=None)),
            models.CheckConstraint(
                name="effect_not_assessable_says_why",
                condition=~models.Q(value="not_assessable") | ~models.Q(because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise}: {self.value}"


class CauseVerdict(Sourced):
    """Can we say why? Only with a design may the value say more than that it happened at the same time."""

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="cause_verdicts")
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="cause_verdicts")
    value = models.CharField(max_length=24, choices=CausalClaim)
    because = models.CharField(max_length=20, choices=Because, blank=True)
    design = models.CharField(_("så jämförde vi"), max_length=200, blank=True)
    text = models.TextField(_("i ord"), blank=True)
    decided_on = models.DateField(_("bedömt den"), null=True, blank=True)

    class Meta:
        ordering = ("promise_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=("promise", "goal"), name="cause_verdict_once_per_goal"),
            models.UniqueConstraint(
                fields=("promise",), name="cause_verdict_once_for_all", condition=models.Q(goal=None)
            ),
            models.CheckConstraint(
                name="causal_claim_needs_design",
                condition=~models.Q(
                    value__in=("probable_contribution", "shown_effect", "no_effect_seen", "worse_than_comparison")
                )
                | ~models.Q(design=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise}: {self.value}"


class Lesson(Keyed, Sourced):
    """What to continue, change or stop; carried to the next cycle."""

    class Kind(models.TextChoices):
        CONTINUE = "continue", _("fortsätt")
        CHANGE = "change", _("ändra")
        STOP = "stop", _("sluta")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="lessons")
    pledge = models.ForeignKey(Pledge, models.SET_NULL, null=True, blank=True, related_name="lessons")
    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    text = models.TextField(_("lärdom"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("promise_id", "pk")
        constraints = [models.UniqueConstraint(fields=("promise", "key"), name="lesson_key_once_per_promise")]

    def __str__(self) -> str:
        return self.text[:60]

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(promise__state__in=PUBLIC_PROMISE_STATES) | models.Q(
            promise__municipality__in=viewer.municipalities
        )


class LessonCarried(ChainLink):
    """Lesson to next cycle: to the problem of the next picture that takes it up, or to the cycle as such."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="carried")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="lessons_taken_up")
    problem = models.ForeignKey(Problem, models.CASCADE, null=True, blank=True, related_name="lessons_taken_up")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("lesson", "cycle"), name="lesson_carried_once_per_cycle")]


# Models of this room that stand in files of their own; they point to those above.
from lofte.followup.following_models import Follower, Publication, UpdatePhoto  # noqa: E402
from lofte.followup.giving_models import Erratum, LatePart, Reminder, ReportLink  # noqa: E402
from lofte.followup.occasion_models import Occasion  # noqa: E402
from lofte.followup.search_models import FormerName, SearchEntry, SearchMark, SearchWord  # noqa: E402

__all__ = [
    "ActivityReport",
    "CauseVerdict",
    "EffectVerdict",
    "Erratum",
    "Figure",
    "Follower",
    "FormerName",
    "FrozenReport",
    "LatePart",
    "Lesson",
    "LessonCarried",
    "Occasion",
    "Period",
    "Publication",
    "Reminder",
    "ReportLink",
    "SearchEntry",
    "SearchMark",
    "SearchWord",
    "Update",
    "UpdatePhoto",
]
