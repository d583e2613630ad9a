"""Åtgärdsplan: what the kommun has decided to do about the problems of the picture."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import AppendOnlyError, ChainLink, Keyed, Sourced
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import Cycle, Organisation
from lofte.picture.models import Cause, Problem, SituationPicture


class ActionPlan(Keyed, Sourced):
    """Åtgärdsplan (5 § of the act 2023:196): decided by a body, on a date, with § and dnr."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="action_plans")
    picture = models.ForeignKey(SituationPicture, models.PROTECT, null=True, blank=True, related_name="action_plans")
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(_("titel"), max_length=200)
    decided_by = models.CharField(_("beslutad av"), max_length=120, blank=True)
    decided_on = models.DateField(_("beslutad den"), null=True, blank=True)
    minutes_reference = models.CharField(_("protokoll §"), max_length=60, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("cycle_id", "version")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "key", "version"), name="action_plan_version_once_per_cycle"),
            models.CheckConstraint(
                name="action_plan_decision_has_body_and_date",
                condition=models.Q(decided_by="", decided_on=None)
                | (~models.Q(decided_by="") & models.Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(decided_on__isnull=False) | models.Q(cycle__municipality__in=viewer.municipalities)


class PlanVersion(models.Model):
    """The plan as it was decided: its canonical text and hash. Kept for ever, never changed."""

    plan = models.OneToOneField(ActionPlan, models.PROTECT, related_name="frozen")
    content = models.TextField()
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    frozen_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.plan} {self.sha256[:12]}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise AppendOnlyError("a decided plan never changes")
        super().save(force_insert=True)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("a decided plan never changes")


class Measure(Keyed, Sourced):
    """Åtgärd: what the plan says will be done about a problem and its cause, and by whom."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="measures")
    text = models.TextField(_("åtgärd"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="measures")
    cost_sek = models.PositiveIntegerField(_("kostnad (kr)"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("plan_id", "pk")
        constraints = [models.UniqueConstraint(fields=("plan", "key"), name="measure_key_once_per_plan")]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(plan__decided_on__isnull=False) | models.Q(plan__cycle__municipality__in=viewer.municipalities)


class MeasureProblem(ChainLink):
    """Problem to measure."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="problem_links")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="measure_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("measure", "problem"), name="measure_problem_once")]


class MeasureCause(ChainLink):
    """Cause to measure: measures act on causes."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="cause_links")
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="measure_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("measure", "cause"), name="measure_cause_once")]
