"""Every promise of the examples can be made in the editor: saved as it stands, or written on its pages from nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from browser_forms import opened, send
from lofte.core.records import Record
from lofte.evidence.models import Indicator
from lofte.exchange.reading import load, parse
from lofte.exchange.writing import as_text, export, inside
from lofte.parties.models import CooperationAgreement, Cycle, Organisation, Role, User
from lofte.picture.models import Cause, Problem, SituationPicture
from lofte.promises.editing import save_part
from lofte.promises.goal_forms import GoalForm
from lofte.promises.models import CitizenPromise, Measure, Pledge, Target
from lofte.promises.part_forms import PartForm
from lofte.promises.pledge_forms import ActivityForm, PledgeForm, TargetForm
from lofte.promises.promise_forms import PROMISE_PARTS
from people import person, signed_in

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*.json"))
# What comes when the text is done: signed, reported, judged. It has pages of its own.
LATER = (
    "signatures", "periods", "updates", "occasions", "effect_verdicts", "cause_verdicts", "lessons",
    "lessons_taken_up",
)  # fmt: skip
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def draft_of(path: Path) -> CitizenPromise:
    """The promise of an example before anyone had signed or reported anything."""
    record = {name: value for name, value in parse(path.read_bytes()).items() if name not in LATER}
    record["promise"]["state"] = "draft"
    return load(record).promise


def file_of(promise: CitizenPromise) -> str:
    return as_text(export(promise, viewer=inside(promise)))


def coordinator_of(promise: CitizenPromise) -> User:
    first = promise.municipality.organisations.filter(kind=Organisation.Kind.MUNICIPALITY).first()
    return person("samordnare", first or promise.municipality.organisations.all()[0], Role.COORDINATOR)


# --- saved as it stands


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


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_saved_as_it_stands_nothing_changes(path: Path) -> None:
    promise = draft_of(path)
    by = coordinator_of(promise)
    before = file_of(promise)

    for kind, given in forms_of(promise):
        form = kind(promise=promise, **given)
        done = save_part(promise=promise, by=by, form=kind(as_sent(form), promise=promise, **given))
        assert done.is_done, (kind.part, done.form.errors, done.differences)

    assert file_of(CitizenPromise.objects.get(pk=promise.pk)) == before


# --- written from nothing


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_written_on_the_pages_from_an_empty_year_it_gives_the_hand_written_file(path: Path) -> None:
    written_by_hand = {name: value for name, value in json.loads(path.read_text("utf-8")).items() if name not in LATER}
    promise = draft_of(path)
    file = file_of(promise)
    assert json.loads(file)["promise"] == written_by_hand["promise"] | {"state": "draft"}
    coordinator = signed_in(coordinator_of(promise))
    take_away(promise)

    made = Pages(coordinator, promise.cycle, written_by_hand).write()

    assert file_of(made) == file


def take_away(promise: CitizenPromise) -> None:
    """The year as it was before the promise: dialogues, pictures and plans, and nothing promised."""
    Target.objects.filter(activity__pledge__promise=promise, share_of__isnull=False).delete()
    promise.delete()


class Pages:
    """A coordinator who writes the promise of a file on the editor's pages, one after the other."""

    def __init__(self, client: Client, cycle: Cycle, file: Record) -> None:
        self.client, self.cycle, self.file = client, cycle, file
        self.kommun = cycle.municipality
        self.given: Record = file["promise"]
        self.areas = {row["id"]: row["name"] for row in file.get("areas", [])}
        self.slug = ""

    def write(self) -> CitizenPromise:
        self.begin()
        self.parts()
        for pledge in self.given.get("pledges", []):
            self.pledge(pledge)
        for goal in self.given.get("goals", []):
            self.goal(goal)
        return CitizenPromise.objects.get(municipality=self.kommun, slug=self.slug)

    def url(self, name: str, **more: str) -> str:
        return reverse(f"promises:{name}", kwargs={"kommun": self.kommun.slug, "slug": self.slug, **more})

    def keys(self, model: type[models.Model], names: Iterable[str], **where: Any) -> list[str]:
        return [str(model._default_manager.get(key=name, **where).pk) for name in names]

    def organisations(self, names: Iterable[str]) -> list[str]:
        return self.keys(Organisation, names, municipality=self.kommun)

    def key(self, model: type[models.Model], row: Record, name: str, **where: Any) -> dict[str, str]:
        return {name: self.keys(model, [row[name]], **where)[0]} if name in row else {}

    def places(self, names: Iterable[str]) -> str:
        return "\n".join(self.areas[name] for name in names)

    def save(self, path: str, fields: Record, ticks: dict[str, list[str]], then: str) -> None:
        """Fill in a part. Ticks that are to be named in another order than the page's are saved one after the other."""
        page = opened(self.client, path)
        if all(page.has_order(name, keys) for name, keys in ticks.items() if keys):
            send(
                self.client, path, fields | {name: keys for name, keys in ticks.items() if keys or name in page.values}
            )
            return
        send(self.client, path, fields | {name: [] for name in ticks if name in page.values})
        for number in range(1, max(map(len, ticks.values())) + 1):
            send(self.client, then, {name: keys[:number] for name, keys in ticks.items() if keys})

    def begin(self) -> None:
        values = {name: self.given.get(name, "") for name in ("starts", "ends", "short_line")}
        path = reverse("promises:begin", kwargs={"kommun": self.kommun.slug})
        led_to = send(self.client, path, {"cycle": self.cycle.pk, **values})
        self.slug = led_to.split("/")[-3]

    def parts(self) -> None:
        given = self.given
        basics = picked(given, "title", "short_line_is_later", "covers_municipality", "sources", "audience")
        path = self.url("part", part="grunden")
        basics |= {"areas": self.places(given.get("areas", []))}
        # The police and the kommun stand there from the start. Taken away, they come in the order of the file.
        send(self.client, path, {"parties": []})
        self.save(path, basics, {"parties": self.organisations(given.get("parties", []))}, then=path)
        words = picked(given, "intro", "overall_pledge", "overall_pledge_is_summary", "desired_outcome")
        send(self.client, self.url("part", part="texten"), words)
        follow = {"rhythm": "none"} | picked(
            given, "rhythm", "report_days", "channels", "adoption", "proposed_by", "decided_by", "decided_on",
            "extends_slug", "renewal",
        )  # fmt: skip
        follow |= {"followed_up_by": self.organisations(given.get("followed_up_by", []))}
        follow |= self.key(SituationPicture, given, "picture", cycle=self.cycle)
        follow |= self.key(CooperationAgreement, given, "agreement", cycle=self.cycle)
        send(self.client, self.url("part", part="uppfoljning"), follow)

    def pledge(self, row: Record) -> None:
        fields = picked(
            row, "text", "with_others", "theme", "approach", "group", "age_from", "age_to", "sex", "is_summary",
            "sources",
        )  # fmt: skip
        of_year = {"picture__cycle": self.cycle}
        chain = {
            "problems": self.keys(Problem, row.get("problems", []), **of_year),
            "causes": self.keys(Cause, row.get("causes", []), problem__picture__cycle=self.cycle),
            "measures": self.keys(Measure, row.get("measures", []), plan__cycle=self.cycle),
        }
        ticks = {"parties": self.organisations(row.get("parties", [])), **chain}
        fields |= {"key": row["id"]}
        self.save(self.url("new_pledge"), fields, ticks, then=self.url("pledge", key=row["id"]))
        for activity in row.get("activities", []):
            self.activity(row, activity)

    def activity(self, pledge: Record, row: Record) -> None:
        fields = picked(
            row, "text", "kind", "starts", "ends", "planned_occasions", "cost_sek", "planned_hours", "owner", "sources"
        )
        fields |= self.key(Measure, row, "measure", plan__cycle=self.cycle)
        shown = "gjord" if row.get("shown_when_done") else "nu"
        path = self.url("new_activity", key=pledge["id"])
        fields |= {"key": row["id"], "shown": shown}
        ticks = {"parties": self.organisations(row.get("parties", []))}
        self.save(path, fields, ticks, then=self.url("activity", key=row["id"]))
        for target in row.get("targets", []):
            self.target(row, target)

    def target(self, activity: Record, row: Record) -> None:
        fields = picked(
            row, "kind", "comparison", "amount", "unit", "per", "in_each_area", "is_average", "min_minutes", "options"
        )
        lines = [
            self.areas[place["area"]] + (f": {place['amount']}" if "amount" in place else "")
            for place in row.get("places", [])
        ]
        fields |= self.key(
            Target, row, "share_of", activity__pledge__promise__slug=self.slug, activity__cycle=self.cycle
        )
        fields |= {"key": row["id"], "places": "\n".join(lines)}
        send(self.client, self.url("new_target", key=activity["id"]), fields)

    def goal(self, row: Record) -> None:
        fields = picked(
            row, "kind", "text", "baseline_value", "baseline_period", "target_value", "margin", "answer_on", "design",
            "comparison", "no_answer_because", "no_answer_text", "sources",
        )  # fmt: skip
        fields |= self.key(Pledge, row, "pledge", promise__slug=self.slug, promise__cycle=self.cycle)
        fields |= self.key(Problem, row, "problem", picture__cycle=self.cycle)
        fields |= self.key(Indicator, row, "indicator", cycle=self.cycle)
        send(self.client, self.url("new_goal"), fields | {"key": row["id"]})


def picked(row: Record, *names: str) -> dict[str, Any]:
    """What the file says under these names. What it is silent about stands as the form has it from the start."""
    return {name: row[name] for name in names if name in row}
