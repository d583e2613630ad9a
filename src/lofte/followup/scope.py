"""What is followed, and which news belong to it: one rule for feeds, calendars and letters alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from lofte.places.models import Area, Municipality
from lofte.promises.models import CitizenPromise, Pledge


@dataclass(frozen=True)
class About:
    """What is followed: a kommun, a part of it, a promise or one pledge.

    News of a part of the kommun are those of promises and pledges that name it or a place in it, and what happens
    there. What is promised for the whole kommun belongs to the kommun.
    """

    municipality: Municipality
    promise: CitizenPromise | None = None
    pledge: Pledge | None = None
    area: Area | None = None

    @property
    def key(self) -> str:
        if self.area is not None:
            return f"{self.municipality.slug}@{self.area.key}"
        text = self.municipality.slug if self.promise is None else str(self.promise)
        return f"{text}#{self.pledge.key}" if self.pledge else text

    @property
    def title(self) -> str:
        if self.area is not None:
            return _("{area}, {kommun}").format(area=self.area.name, kommun=self.municipality)
        if self.pledge is not None:
            return self.pledge.text
        return self.promise.title if self.promise else str(self.municipality)

    def periods(self, path: str = "") -> Q:
        """Reports: each is of a whole promise. `path` leads to the period from what is asked for."""
        if self.area is not None:
            ids = _within(self.area)
            named = Q(pledges__in=_pledges_naming(ids)) | Q(area_links__area__in=ids)
            return Q(**{f"{path}promise__in": CitizenPromise.objects.filter(named).values("pk")})
        return self._of_promise(path)

    def updates(self) -> Q:
        if self.area is not None:
            ids = _within(self.area)
            return Q(promise__in=_promises_for(ids)) | Q(pledge__in=_pledges_naming(ids))
        return self._of_promise() & (Q(pledge=self.pledge) if self.pledge else Q())

    def occasions(self) -> Q:
        if self.area is not None:
            ids = _within(self.area)
            return Q(area__in=ids) | Q(area=None, promise__in=_promises_for(ids))
        return self._of_promise() & (Q(activity__pledge=self.pledge) if self.pledge else Q())

    def _of_promise(self, path: str = "") -> Q:
        if self.promise is not None:
            return Q(**{f"{path}promise": self.promise})
        return Q(**{f"{path}promise__municipality": self.municipality})


def _within(area: Area) -> Any:
    """The area and the places in it."""
    return Area.objects.filter(Q(pk=area.pk) | Q(parent=area.pk)).values("pk")


def _promises_for(ids: Any) -> Any:
    return CitizenPromise.objects.filter(area_links__area__in=ids).values("pk")


def _pledges_naming(ids: Any) -> Any:
    """Never by way of work that nobody sees until it is done."""
    return Pledge.objects.filter(activities__shown_when_done=False, activities__targets__places__area__in=ids).values(
        "pk"
    )
