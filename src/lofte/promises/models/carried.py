"""What one cycle planned and did not spend, and what the next made of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lofte.core.models import ChainLink
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import Cycle
from lofte.promises.models.plan import Measure
from lofte.promises.models.pledge import Activity

LONGEST_REASON = 300


class ActivityCarried(ChainLink):
    """Activity to next cycle: a measure of its plan, or left with a reason. Never both."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="activities_taken_up")
    earlier = models.ForeignKey(Activity, models.CASCADE, related_name="carried")
    measure = models.OneToOneField(Measure, models.CASCADE, null=True, blank=True, related_name="carried_from")
    reason = models.CharField(_("skäl"), max_length=LONGEST_REASON, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("cycle", "earlier"), name="activity_carried_once_per_cycle"),
            models.CheckConstraint(
                name="activity_carried_or_left_with_reason",
                condition=Q(measure__isnull=False, reason="") | Q(measure=None) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.earlier)

    @classmethod
    def visible(cls, viewer: Viewer) -> Q:
        return Q(cycle__municipality__in=viewer.municipalities)
