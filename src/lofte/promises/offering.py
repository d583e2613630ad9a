"""Which problems, causes and measures a part of a promise may be tied to.

Those of the version that is in use. What the part is tied to already stays to be seen and unticked, whichever version
it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from lofte.picture.models import Cause, Problem, SituationPicture
from lofte.picture.queries import in_use
from lofte.promises.models import CitizenPromise, Measure
from lofte.promises.plan_queries import plan_in_use


class Offer:
    """What one promise is offered. `chosen` are the rows a part is tied to already."""

    def __init__(self, promise: CitizenPromise) -> None:
        self.picture = _picture(promise)
        self.plan = plan_in_use(promise.cycle)

    def problems(self, chosen: Iterable[int | None]) -> models.QuerySet[Problem]:
        return Problem.objects.filter(Q(picture=self.picture) | _any_of(chosen))

    def causes(self, chosen: Iterable[int | None]) -> models.QuerySet[Cause]:
        return Cause.objects.filter(Q(problem__picture=self.picture) | _any_of(chosen)).select_related("problem")

    def measures(self, chosen: Iterable[int | None]) -> models.QuerySet[Measure]:
        return Measure.objects.filter(Q(plan=self.plan) | _any_of(chosen))

    def label(self, row: Problem | Cause | Measure) -> str:
        """A row of another version says so: it may read the same as one of this version."""
        return str(row) if self._is_current(row) else _("{text} (ur en annan version)").format(text=row)

    def _is_current(self, row: Problem | Cause | Measure) -> bool:
        if isinstance(row, Measure):
            return self.plan is not None and row.plan_id == self.plan.pk
        problem = row.problem if isinstance(row, Cause) else row
        return self.picture is not None and problem.picture_id == self.picture.pk


def _any_of(chosen: Iterable[int | None]) -> Q:
    return Q(pk__in=[pk for pk in chosen if pk is not None])


def _picture(promise: CitizenPromise) -> SituationPicture | None:
    """The one in use; or a later one, a draft, that the promise says it rests on."""
    used, named = in_use(promise.cycle), promise.picture
    if named is None or named.cycle_id != promise.cycle_id:
        return used
    return named if used is None or named.version > used.version else used
