"""Every real promise fits in the editor: saved as it stands, or written from nothing, it gives the same file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from lofte.core.records import Record
from lofte.exchange.reading import load, parse
from lofte.exchange.writing import as_text, export, inside
from lofte.parties.models import Organisation, Role, User
from lofte.promises.editing import save_part
from lofte.promises.goal_forms import GoalForm
from lofte.promises.models import CitizenPromise, Goal, Pledge, Target
from lofte.promises.part_forms import PartForm
from lofte.promises.pledge_forms import ActivityForm, PledgeForm, TargetForm
from lofte.promises.promise_forms import PROMISE_PARTS
from people import person

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*.json"))
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def draft_of(path: Path) -> CitizenPromise:
    """The promise of an example before anyone had signed or reported anything."""
    record = parse(path.read_bytes())
    later = ("signatures", "periods", "updates", "effect_verdicts", "cause_verdicts", "lessons", "lessons_taken_up")
    record = {name: value for name, value in record.items() if name not in later}
    record["promise"]["state"] = "draft"
    return load(record).promise


def coordinator_of(promise: CitizenPromise) -> User:
    first = promise.municipality.organisations.filter(kind=Organisation.Kind.MUNICIPALITY).first()
    return person("samordnare", first or promise.municipality.organisations.all()[0], Role.COORDINATOR)


def as_sent(form: PartForm) -> QueryDict:
    """What a browser sends of a form when nothing is changed."""
    data = QueryDict(mutable=True)
    for name, field in form.fields.items():
        value = field.prepare_value(form.initial.get(name))
        if value in (None, False, "") or value == []:
            continue
        data.setlist(name, [str(each) for each in value] if isinstance(value, list) else [str(value)])
    return data


def forms_of(promise: CitizenPromise) -> Iterator[tuple[type[PartForm], dict[str, Any]]]:
    """Every part of a promise, in the order one would write it."""
    for form in PROMISE_PARTS.values():
        yield form, {"instance": promise}
    for pledge in promise.pledges.all():
        yield PledgeForm, {"instance": pledge}
        for activity in pledge.activities.all():
            yield ActivityForm, {"instance": activity, "pledge": pledge}
            for target in activity.targets.all():
                yield TargetForm, {"instance": target, "activity": activity}
    for goal in promise.goals.all():
        yield GoalForm, {"instance": goal}


def saved(form: PartForm, promise: CitizenPromise, by: User) -> Any:
    done = save_part(promise=promise, by=by, form=form)
    assert done.is_done, (form.part, done.form.errors, done.differences)
    return done.row


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_saved_as_it_stands_nothing_changes(path: Path) -> None:
    promise = draft_of(path)
    by = coordinator_of(promise)
    before = file_of(promise)

    for kind, given in forms_of(promise):
        form = kind(promise=promise, **given)
        saved(kind(as_sent(form), promise=promise, **given), promise, by)

    assert file_of(promise) == before


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_written_from_nothing_it_gives_the_same_file(path: Path) -> None:
    promise = draft_of(path)
    by = coordinator_of(promise)
    before = file_of(promise)
    sent = [(kind, given, as_sent(kind(promise=promise, **given))) for kind, given in forms_of(promise)]
    empty(promise)

    made: dict[int, Any] = {}
    for kind, given, data in sent:
        data["stampel"] = ""
        if kind in PROMISE_PARTS.values():
            form = kind(promise=promise, instance=promise)
            data["stampel"] = form.initial["stampel"]
            saved(kind(data, promise=promise, instance=promise), promise, by)
            continue
        above = {name: made[id(given[name])] for name in ("pledge", "activity") if name in given}
        _point_to_new_rows(data, promise)
        made[id(given["instance"])] = saved(kind(data, promise=promise, **above), promise, by)

    assert file_of(promise) == before


def empty(promise: CitizenPromise) -> None:
    Goal.objects.filter(promise=promise).delete()
    # Keys of rows that are pointed to are kept here, since their numbers are gone with them.
    promise.old_keys = {  # type: ignore[attr-defined]
        "pledge": {str(row.pk): row.key for row in Pledge.objects.filter(promise=promise)},
        "share_of": {str(row.pk): row.key for row in Target.objects.filter(activity__pledge__promise=promise)},
    }
    Target.objects.filter(activity__pledge__promise=promise, share_of__isnull=False).delete()
    promise.pledges.all().delete()
    promise.area_links.all().delete()
    promise.party_links.all().delete()
    for name in ("short_line", "intro", "overall_pledge", "desired_outcome"):
        setattr(promise, name, "")
    promise.save()


def _point_to_new_rows(data: QueryDict, promise: CitizenPromise) -> None:
    for name, model, path in (("pledge", Pledge, "promise"), ("share_of", Target, "activity__pledge__promise")):
        if name in data:
            key = promise.old_keys[name][data[name]]  # type: ignore[attr-defined]
            data[name] = str(model._default_manager.get(**{path: promise, "key": key}).pk)


def file_of(promise: CitizenPromise) -> str:
    """The file. The smallest change that could be seen is computed when a goal is saved; old promises have none."""
    record: Record = export(CitizenPromise.objects.get(pk=promise.pk), viewer=inside(promise))
    for goal in record["promise"].get("goals", []):
        goal.pop("smallest_change", None)
        goal.pop("smallest_change_basis", None)
    return as_text(record)
