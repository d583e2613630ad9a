"""Lägesbild: the agreed picture, its problems and their causes, each resting on evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import AppendOnlyError, ChainLink, Keyed, Sourced
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.evidence.models import EvidenceItem, Indicator
from lofte.parties.models import Cycle, Organisation
from lofte.places.models import Area


class SituationPicture(Keyed, Sourced):
    """One version of the picture. A new edition is a new row; an adopted one never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("utkast")
        JOINT_REVIEW = "joint_review", _("gemensam granskning")
        ADOPTED = "adopted", _("antagen")
        STATED = "stated", _("återgiven ur ett dokument")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="pictures")
    version = models.PositiveIntegerField(default=1)
    year = models.PositiveIntegerField(_("år som bilden gäller"), null=True, blank=True)
    state = models.CharField(max_length=14, choices=State, default=State.DRAFT)
    is_joint = models.BooleanField(_("gemensam"), default=True)
    summary = models.TextField(_("situationen idag"), blank=True)
    joint_assessment = models.TextField(_("samlad bedömning"), blank=True)
    adopted_by = models.CharField(_("antagen av"), max_length=120, blank=True)
    adopted_on = models.DateField(_("antagen den"), null=True, blank=True)
    minutes_reference = models.CharField(_("protokoll §"), max_length=60, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("cycle_id", "version")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "key", "version"), name="picture_version_once_per_cycle"),
            models.CheckConstraint(
                name="picture_adopted_has_body_and_date",
                condition=~models.Q(state="adopted") | (~models.Q(adopted_by="") & models.Q(adopted_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} v{self.version}"

    @property
    def is_writable(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.JOINT_REVIEW)

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(state__in=(cls.State.ADOPTED, cls.State.STATED)) | models.Q(
            cycle__municipality__in=viewer.municipalities
        )


class Problem(Keyed, Sourced):
    """Who, what, where, when, how, how many, with which consequences."""

    picture = models.ForeignKey(SituationPicture, models.CASCADE, related_name="problems")
    title = models.CharField(_("problem"), max_length=200)
    description = models.TextField(_("beskrivning"), blank=True)
    who = models.CharField(_("vilka"), max_length=200, blank=True)
    when = models.CharField(_("när"), max_length=200, blank=True)
    how = models.CharField(_("hur"), max_length=300, blank=True)
    how_many = models.CharField(_("hur många"), max_length=200, blank=True)
    consequences = models.TextField(_("följder"), blank=True)
    priority = models.PositiveSmallIntegerField(_("ordning"), null=True, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="problems")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("picture_id", "priority", "pk")
        constraints = [models.UniqueConstraint(fields=("picture", "key"), name="problem_key_once_per_picture")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(picture__state__in=("adopted", "stated")) | models.Q(
            picture__cycle__municipality__in=viewer.municipalities
        )


class ProblemEvidence(ChainLink):
    """Evidence to problem."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="problem_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("problem", "evidence"), name="problem_evidence_once")]


class Cause(Keyed, Sourced):
    """Why the problem is there: a node of the cause tree."""

    class Level(models.TextChoices):
        UNDERLYING = "underlying", _("bakomliggande")
        SITUATIONAL = "situational", _("situationell")

    class Factor(models.TextChoices):
        RISK = "risk", _("riskfaktor")
        PROTECTIVE = "protective", _("skyddsfaktor")

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="causes")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    text = models.CharField(_("orsak"), max_length=300)
    level = models.CharField(_("nivå"), max_length=12, choices=Level, default=Level.UNDERLYING)
    factor = models.CharField(_("slag"), max_length=12, choices=Factor, default=Factor.RISK)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("problem_id", "pk")
        constraints = [models.UniqueConstraint(fields=("problem", "key"), name="cause_key_once_per_problem")]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(problem__picture__state__in=("adopted", "stated")) | models.Q(
            problem__picture__cycle__municipality__in=viewer.municipalities
        )


class CauseEvidence(ChainLink):
    """Evidence to cause."""

    cause = models.ForeignKey(Cause, models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="cause_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("cause", "evidence"), name="cause_evidence_once")]


class Statement(Keyed, Sourced):
    """One sentence of the picture: where, when, compared with what, which way, how sure. No area means everywhere.

    What may be published and what is only for members are two sentences; a visitor never gets the second.
    """

    class Trend(models.TextChoices):
        MORE = "more", _("mer än förut")
        UNCHANGED = "unchanged", _("ungefär som förut")
        LESS = "less", _("mindre än förut")
        UNKNOWN = "unknown", _("vi vet inte")

    class Strength(models.TextChoices):
        INDICATION = "indication", _("tecken på")
        LIKELY = "likely", _("troligt")
        ESTABLISHED = "established", _("klarlagt")

    picture = models.ForeignKey(SituationPicture, models.CASCADE, related_name="statements")
    sentence = models.TextField(_("mening som får visas"), blank=True)
    internal_sentence = models.TextField(_("mening bara för oss"), blank=True)
    period = models.CharField(_("tid"), max_length=120, blank=True)
    comparison = models.CharField(_("jämfört med"), max_length=200, blank=True)
    trend = models.CharField(_("utveckling"), max_length=12, choices=Trend, default=Trend.UNKNOWN)
    strength = models.CharField(_("hur säkert"), max_length=12, choices=Strength, default=Strength.INDICATION)
    areas = models.ManyToManyField(Area, blank=True, related_name="statements")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("picture_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=("picture", "key"), name="statement_key_once_per_picture"),
            models.CheckConstraint(
                name="statement_says_something", condition=~models.Q(sentence="", internal_sentence="")
            ),
        ]

    def __str__(self) -> str:
        return self.sentence or self.internal_sentence

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        is_out = models.Q(picture__state__in=("adopted", "stated")) & ~models.Q(sentence="")
        return is_out | models.Q(picture__cycle__municipality__in=viewer.municipalities)


class StatementEvidence(ChainLink):
    """Evidence to statement."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="statement_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("statement", "evidence"), name="statement_evidence_once")]


class StatementFigure(ChainLink):
    """Figure to statement, by reference: the indicator's own values are drawn; the frozen text keeps what they were.

    No area means the values of the whole kommun.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="statement_links")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("statement_id", "pk")
        constraints = [
            models.UniqueConstraint(fields=("statement", "indicator", "area"), name="statement_figure_once"),
            # To a database two rows without an area differ.
            models.UniqueConstraint(
                fields=("statement", "indicator"), name="statement_figure_once_of_all", condition=models.Q(area=None)
            ),
        ]


class Criterion(Keyed):
    """What decides which problem comes first, written down before anybody scores."""

    picture = models.ForeignKey(SituationPicture, models.CASCADE, related_name="criteria")
    name = models.CharField(_("kriterium"), max_length=120)
    description = models.TextField(_("så bedömer vi det"), blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("picture_id", "pk")
        constraints = [models.UniqueConstraint(fields=("picture", "key"), name="criterion_key_once_per_picture")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(picture__state__in=("adopted", "stated")) | models.Q(
            picture__cycle__municipality__in=viewer.municipalities
        )


class Score(models.Model):
    """What one party says of one problem by one criterion, 1 (little) to 5 (much)."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="scores")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("poäng"))
    scored_by = models.UUIDField(_("vem (nyckel)"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("problem_id", "criterion_id", "organisation_id")
        constraints = [
            models.UniqueConstraint(fields=("problem", "criterion", "organisation"), name="score_once_per_party"),
            models.CheckConstraint(name="score_is_one_to_five", condition=models.Q(value__gte=1, value__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.value}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(problem__picture__state__in=("adopted", "stated")) | models.Q(
            problem__picture__cycle__municipality__in=viewer.municipalities
        )


class PictureVersion(models.Model):
    """The picture as it was adopted: its canonical text and hash. Kept for ever, never changed."""

    picture = models.OneToOneField(SituationPicture, models.PROTECT, related_name="frozen")
    content = models.TextField()
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    frozen_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.picture} {self.sha256[:12]}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise AppendOnlyError("an adopted picture never changes")
        super().save(force_insert=True)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("an adopted picture never changes")
