"""Writes to the picture: two organisations make it together, a body adopts it, and then it never changes."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from lofte.core.events import record
from lofte.core.faults import crash_point
from lofte.evidence.forms import Refused
from lofte.parties.models import Cycle, Organisation, User
from lofte.parties.rules import Permission, require, standings
from lofte.picture.copying import copy_into
from lofte.picture.forms import PicturePartForm
from lofte.picture.models import (
    Cause,
    Criterion,
    PictureVersion,
    Problem,
    RemovedPart,
    Score,
    SituationPicture,
    Statement,
)
from lofte.picture.undo import CannotPutBack, keep_rows
from lofte.picture.undo import put_back as restore
from lofte.picture.versions import freeze
from lofte.voices.queries import chain_of_kommun

State = SituationPicture.State
# Adopting is a decision with its own action; from there no way leads back.
MOVES = {State.DRAFT: (State.JOINT_REVIEW,), State.JOINT_REVIEW: (State.DRAFT,)}


class NotWritable(Refused):
    """The picture is adopted or told of in a document; or it may not take this step."""


@dataclass(frozen=True)
class Decision:
    """What a body decided, when, and where that is written."""

    body: str
    on: dt.date
    minutes_reference: str
    registry_number: str


@contextmanager
def writing(picture: SituationPicture, by: User) -> Iterator[SituationPicture]:
    """The picture, locked and allowed to be written in, until the block ends."""
    require(by, Permission.EDIT_CYCLE, picture)
    with transaction.atomic():
        locked = SituationPicture.objects.select_for_update().get(pk=picture.pk)
        if not locked.is_writable:
            raise NotWritable(_("Lägesbilden är antagen och ändras aldrig. Börja på en ny version."))
        yield locked


@transaction.atomic
def begin(*, cycle: Cycle, by: User, year: int | None = None) -> SituationPicture:
    """An empty picture, or a new version that begins as a copy of the cycle's last one, or of the cycle before."""
    require(by, Permission.EDIT_CYCLE, cycle)
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    last = cycle.pictures.order_by("version").last()
    if last is not None and last.is_writable:
        raise NotWritable(_("Det finns redan en lägesbild som inte är antagen. Skriv klart den först."))
    carried = last or _of_cycle_before(cycle)
    version = last.version + 1 if last else 1
    taken = set(cycle.pictures.values_list("key", flat=True))
    key = next(key for key in _names("lagesbild") if key not in taken)
    picture = SituationPicture.objects.create(
        cycle=cycle, key=key, version=version, year=year or cycle.starts.year,
        summary=carried.summary if carried else "",
    )  # fmt: skip
    if last is not None:
        copy_into(picture, last=last, by=by)
    _tell("picture.begun", picture, by)
    return picture


def _of_cycle_before(cycle: Cycle) -> SituationPicture | None:
    before = SituationPicture.objects.filter(
        cycle__municipality=cycle.municipality_id, cycle__slug=cycle.previous_slug, cycle__starts__lt=cycle.starts
    )
    return before.order_by("version").last() if cycle.previous_slug else None


def save_part(*, picture: SituationPicture, form: PicturePartForm, by: User) -> models.Model:
    """Save one part. Refused with both texts when somebody else saved the same part meanwhile."""
    with writing(picture, by) as locked:
        if not form.is_new and not type(form.instance)._default_manager.filter(pk=form.instance.pk).exists():
            raise NotWritable(_("Någon har tagit bort den här delen medan du skrev."))
        form.check_fresh()
        if form.is_new:
            form.place(locked, free_key(locked, form.stem))
        row: models.Model = form.save()
        form.link(row, by)
        crash_point("part-saved")
        _tell("picture.written", locked, by, content=str(getattr(row, "key", form.stem)))
        return row


def remove(*, picture: SituationPicture, part: Statement | Problem | Cause | Criterion, by: User) -> None:
    """Take a part away, with what stands under it. What a measure or a promise rests on stays."""
    with writing(picture, by) as locked:
        key = part.key
        try:
            with transaction.atomic():
                keep_rows(locked, part, by)
                part.delete()
        except models.ProtectedError:
            raise NotWritable(_("En åtgärd eller ett löfte bygger på det här. Ta bort den kopplingen först.")) from None
        crash_point("part-removed")
        _tell("picture.written", locked, by, content=f"- {key}")


def put_back(*, picture: SituationPicture, removed: RemovedPart, by: User) -> None:
    """Undo a deletion: the part comes back with everything that stood under it."""
    with writing(picture, by) as locked:
        try:
            restore(removed)
        except CannotPutBack as refusal:
            raise NotWritable(str(refusal)) from None
        _tell("picture.written", locked, by, content="+")


def score(
    *, picture: SituationPicture, organisation: Organisation, given: Mapping[tuple[int, int], int], by: User
) -> None:
    """What one's own party says of each problem by each criterion: {(problem, criterion): 1–5}. Missing: no opinion."""
    with writing(picture, by) as locked:
        if organisation.pk not in own_organisations(by):
            raise NotWritable(_("Var och en sätter poäng för sin egen organisation."))
        Score.objects.filter(problem__picture=locked, organisation=organisation).delete()
        problems = set(locked.problems.values_list("pk", flat=True))
        criteria = set(locked.criteria.values_list("pk", flat=True))
        for (problem, criterion), value in given.items():
            if problem in problems and criterion in criteria:
                Score.objects.create(
                    problem_id=problem, criterion_id=criterion, organisation=organisation, value=value, scored_by=by.key
                )
        _tell("picture.scored", locked, by)


def own_organisations(user: User) -> frozenset[int]:
    return frozenset(each.organisation_id for each in standings(user))


def move_to(*, picture: SituationPicture, after: str, by: User) -> None:
    """Between draft and joint review."""
    with writing(picture, by) as locked:
        if after not in MOVES.get(State(locked.state), ()):
            raise NotWritable(_("Någon hann före: lägesbilden har ett annat läge nu."))
        SituationPicture.objects.filter(pk=locked.pk).update(state=after)
        picture.state = after
        _tell(f"picture.{after}", locked, by)


def adopt(*, picture: SituationPicture, decision: Decision, by: User) -> PictureVersion:
    """The decision of a body: the text is kept with its hash, and nothing in it can be written any more."""
    require(by, Permission.PUBLISH, picture)
    with writing(picture, by) as locked:
        if locked.state != State.JOINT_REVIEW:
            raise NotWritable(_("Lämna lägesbilden till gemensam granskning först."))
        locked.state = State.ADOPTED
        locked.adopted_by, locked.adopted_on = decision.body, decision.on
        locked.minutes_reference = decision.minutes_reference
        locked.registry_number = decision.registry_number
        locked.save()
        frozen = freeze(locked)
        crash_point("picture-adopted")
        _tell("picture.adopted", locked, by, content=frozen.sha256, is_public=True)
        return frozen


def _tell(verb: str, picture: SituationPicture, by: User, *, content: str = "", is_public: bool = False) -> None:
    chain = chain_of_kommun(picture.cycle.municipality)
    record(verb, chain=chain, target=picture, actor=by.key, content=content, is_public=is_public)


def free_key(picture: SituationPicture, stem: str) -> str:
    """A key that is used once in the cycle's file, whichever version it stands in."""
    of_cycle = {"picture__cycle": picture.cycle_id}
    taken = {
        *Statement.objects.filter(**of_cycle).values_list("key", flat=True),
        *Problem.objects.filter(**of_cycle).values_list("key", flat=True),
        *Criterion.objects.filter(**of_cycle).values_list("key", flat=True),
        *Cause.objects.filter(problem__picture__cycle=picture.cycle_id).values_list("key", flat=True),
    }
    return next(key for number in itertools.count(1) if (key := f"{stem}-{number}") not in taken)


def _names(stem: str) -> Iterator[str]:
    return itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
