"""What is reported is the text that holds. A change that nobody has signed yet stands in the rows, and is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from lofte.promises.models import Activity, CitizenPromise, Pledge, Target
from lofte.promises.signing import open_amendment
from lofte.promises.text import ActivityText, Promised, read
from lofte.promises.versions import in_force

SAID = tuple(field.name for field in fields(Promised) if field.name not in ("key", "places", "share_of", "options"))


def as_in_force(promise: CitizenPromise, activities: Iterable[Activity]) -> list[Activity]:
    """These activities as the text in force says them; one that only an unsigned change knows is not among them.

    The rows are never saved from here. Work that is shown only when done stands outside the text, and is kept.
    """
    rows = list(activities)
    version = in_force(promise) if open_amendment(promise) is not None else None
    if version is None:
        return rows
    said = {(pledge.key, each.key): each for pledge in read(version.content).pledges for each in pledge.activities}
    return [row for row in rows if row.shown_when_done or _restated(row, said.get((_pledge_key(row), row.key)))]


def pledges_in_force(promise: CitizenPromise) -> list[Pledge]:
    """The pledges that the text in force knows, in its words."""
    rows = list(promise.pledges.all())
    version = in_force(promise) if open_amendment(promise) is not None else None
    if version is None:
        return rows
    said = {pledge.key: pledge.text for pledge in read(version.content).pledges}
    for row in rows:
        row.text = said.get(row.key, row.text)
    return [row for row in rows if row.key in said]


def _pledge_key(activity: Activity) -> str:
    return activity.pledge.key if activity.pledge else ""


def _restated(row: Activity, said: ActivityText | None) -> bool:
    """Put the signed words and amounts in place of those being written; False when nothing is signed of it."""
    if said is None:
        return False
    row.text = said.text
    promised = {each.key: each for each in said.targets}
    targets = row.targets.all()
    kept = [_with(target, promised[target.key]) for target in targets if target.key in promised]
    if hasattr(row, "_prefetched_objects_cache") and "targets" in row._prefetched_objects_cache:
        targets._result_cache = kept  # the questions are made from what was fetched with the activity
    return True


def _with(target: Target, promised: Promised) -> Target:
    for name in SAID:
        setattr(target, name, getattr(promised, name))
    target.options = list(promised.options)
    return target
