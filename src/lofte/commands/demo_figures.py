"""Figures of the constructed kommun: the files beside the examples, read in and published as its coordinator would."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lofte.commands.terminal import BadInput
from lofte.core.demo import DOMAIN

if TYPE_CHECKING:
    from lofte.evidence.models import DataSet
    from lofte.parties.models import Cycle, User

COORDINATOR = f"samordnare@{DOMAIN}"


def load_figures(folder: Path) -> int:
    """Each file that is not read in yet; how many data sets are new. Only a constructed kommun gets any."""
    return sum(_load(path) for path in sorted(folder.glob("*.toml")))


def _load(path: Path) -> int:
    from lofte.parties.models import Cycle, User

    told = tomllib.loads(path.read_text(encoding="utf-8"))
    cycle = Cycle.objects.filter(
        municipality__slug=told["municipality"], municipality__is_constructed=True, slug=told["cycle"]
    ).first()
    by = User.objects.filter(email=COORDINATOR).first()
    if cycle is None or by is None:
        return 0
    known = set(cycle.data_sets.exclude(source="").values_list("title", flat=True))
    new = [each for each in told["files"] if each["title"] not in known]
    for each in new:
        data_set = _read_in(path.parent / each["name"], each, cycle, by)
        if each.get("is_published"):
            _publish(data_set, by)
        _point(data_set, each.get("evidence", ()))
    return len(new)


def _read_in(path: Path, told: dict[str, Any], cycle: Cycle, by: User) -> DataSet:
    from django.utils import timezone

    from lofte.evidence.data_actions import IMPORT
    from lofte.evidence.imports import KIND
    from lofte.evidence.models import DataSet
    from lofte.imports import actions as uploads

    with path.open("rb") as file:
        upload = uploads.receive(
            municipality=cycle.municipality, kind=KIND, name=path.name, content=file, by=by.key, now=timezone.now()
        )
    said = ("title", "definition", "publisher", "licence", "known_from", "edition", "starts", "ends")
    values = {name: str(told[name]) for name in said if name in told}
    _work(IMPORT, by, upload=upload.pk, cycle=cycle.pk, by=str(by.key), values=values)
    data_set = DataSet.objects.select_related("cycle__municipality").get(upload=upload)
    data_set.marks = [{"on": str(mark["on"]), "text": mark["text"]} for mark in told.get("marks", ())]
    data_set.save(update_fields=["marks"])
    return data_set


def _publish(data_set: DataSet, by: User) -> None:
    from lofte.evidence.data_actions import RELEASE
    from lofte.evidence.figure_actions import publish_release

    _work(RELEASE, by, data_set=data_set.pk)
    publish_release(release=data_set.releases.get(published_at=None), by=by)


def _work(kind: str, owner: User, **arguments: Any) -> None:
    """Do a job here and now: no worker runs yet."""
    from lofte.core import jobs
    from lofte.core.models import Job

    job: Job = Job.objects.create(kind=kind, owner=owner.key, arguments=arguments)
    jobs.run.call(str(job.key))
    job.refresh_from_db()
    if job.state != Job.State.DONE:
        raise BadInput(job.message)


def _point(data_set: DataSet, pairs: Any) -> None:
    """Items of evidence that already say a figure in words get the figure itself behind them."""
    from lofte.evidence.models import EvidenceItem

    for pair in pairs:
        figures = data_set.figures.filter(category=pair["category"], starts__year=pair["year"], ends__month=12)
        figure = figures.filter(starts__month=1, area__key=pair["area"] or None).first()
        if figure is not None:
            EvidenceItem.objects.filter(
                cycle__municipality=data_set.cycle.municipality,
                cycle__slug=pair["cycle"],
                key=pair["item"],
                figure=None,
            ).update(figure=figure)
