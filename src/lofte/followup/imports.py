"""Figures of a report from a spreadsheet, or from the list of occasions that an EST tool writes.

Each row is so many of something that was done, or one of it when the file has no column with numbers. The file is tried
first; reading it again gives the same report, since each activity's figures are put in place of those it had. What is
written about an occasion is left in the file: it may tell of a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lofte.followup import actions
from lofte.followup.actions import FigureGiven
from lofte.followup.models import ActivityReport, Period
from lofte.imports.actions import finish, remember_mapping
from lofte.imports.kinds import Column, FileUnreadable, ImportKind, Problem, Report, register
from lofte.imports.models import Upload
from lofte.parties.models import User
from lofte.places.models import Area
from lofte.promises.actions import chain_of
from lofte.promises.models import Activity, Target
from lofte.voices.spreadsheet import Sheet
from lofte_engine.cell_dates import read_date
from lofte_engine.cells import CellError
from lofte_engine.text.stem import stems

KIND = "activity_reports"
# In a mapping a word of the file stands with this before it, and what it means beside it.
WORD = "="
NOT_COUNTED = "-"
MOST_WORDS = 60
COUNTED = (Target.Kind.COUNT, Target.Kind.RATE, Target.Kind.SHARE)


def _column(key: str, label: Any, often_called: str, *, is_required: bool = False) -> Column:
    return Column(key, label, tuple(often_called.split()), is_required)


@register
class ActivityReports(ImportKind):
    name: ClassVar[str] = KIND
    label: ClassVar[str] = _("Det som gjordes, till en rapport (Excel eller CSV)")  # type: ignore[assignment]
    columns: ClassVar[tuple[Column, ...]] = (
        _column("what", _("vad som gjordes"), "aktivitet insats åtgärd typ kategori händelsetyp vad", is_required=True),
        _column("number", _("antal (annars räknas varje rad som en)"), "antal summa tillfällen"),
        _column("on", _("dag"), "datum dag utförd startdatum händelsedatum"),
        _column("area", _("plats"), "plats område kommundel ort"),
    )


@dataclass
class Tally:
    """What the rows of one activity add up to: by place, where the promise counts by place, and in all."""

    activity: Activity
    by_area: dict[Area | None, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return sum(self.by_area.values(), Decimal(0))

    def add(self, number: Decimal, area: Area | None) -> None:
        self.by_area[area] = self.by_area.get(area, Decimal(0)) + number


@dataclass(frozen=True)
class Asked:
    """Which report the file is for: its days, its activities and the kommun's places."""

    first: dt.date
    last: dt.date
    activities: Sequence[Activity]
    areas: Sequence[Area]


def name_of(activity: Activity) -> str:
    """What an activity is called in a mapping: the same from year to year when the promise keeps its parts."""
    return f"{activity.pledge.key}/{activity.key}" if activity.pledge else activity.key


def words_of(sheet: Sheet, heading: str) -> list[str]:
    """The different words of a column, in the order they come."""
    at = sheet.headings.index(heading)
    found = dict.fromkeys(cells[at].strip() for _number, cells in sheet.rows if at < len(cells) and cells[at].strip())
    if len(found) > MOST_WORDS:
        raise FileUnreadable(
            gettext(
                "Kolumnen {name} har fler än {n} olika ord. Välj en kolumn som säger vilken aktivitet det är."
            ).format(name=heading, n=MOST_WORDS)
        )
    return list(found)


def guessed_activity(word: str, activities: Sequence[Activity]) -> str:
    """The activity that shares most with a word of the file; none when none shares half of the word's stems."""
    wanted = set(stems(word))
    shared = [(len(wanted & set(stems(each.text))), name_of(each)) for each in activities]
    best = max(shared, key=lambda each: each[0], default=(0, ""))
    return best[1] if wanted and best[0] * 2 >= len(wanted) else NOT_COUNTED


def tally(sheet: Sheet, mapping: Mapping[str, str], asked: Asked) -> tuple[list[Tally], Report]:
    """Add the rows up. A row that can't be used is told of, never guessed; one that is not to be counted is used."""
    reader = _Reader(sheet, mapping, asked)
    problems: list[Problem] = []
    for number, cells in sheet.rows:
        problems += reader.take(number, cells)
    used = len(sheet.rows) - len({problem.row for problem in problems})
    return list(reader.tallies.values()), Report(len(sheet.rows), used, tuple(problems))


class _Reader:
    def __init__(self, sheet: Sheet, mapping: Mapping[str, str], asked: Asked) -> None:
        named = {key: mapping[key] for key in ("what", "number", "on", "area") if mapping.get(key)}
        missing = [heading for heading in named.values() if heading not in sheet.headings]
        if missing or "what" not in named:
            name = ", ".join(missing) or gettext("vad som gjordes")
            raise FileUnreadable(gettext("Filen saknar kolumnen {name}. Välj kolumner igen.").format(name=name))
        self.at = {key: sheet.headings.index(heading) for key, heading in named.items()}
        self.named, self.mapping, self.asked = named, mapping, asked
        self.activities = {name_of(each): each for each in asked.activities}
        self.areas = {area.name.casefold(): area for area in asked.areas}
        self.tallies: dict[int, Tally] = {}

    def take(self, row: int, cells: list[str]) -> list[Problem]:
        """Count one row, or say why not."""
        word = self._cell("what", cells)
        chosen = self.mapping.get(WORD + word, "")
        if chosen == NOT_COUNTED:
            return []
        activity = self.activities.get(chosen)
        if activity is None:
            return [self._problem(row, "what", word, gettext("Välj vilken aktivitet ordet hör till."))]
        try:
            number = self._number(cells)
            self._check_day(cells)
            area = self._area(activity, cells)
        except _Unusable as no:
            return [self._problem(row, no.key, self._cell(no.key, cells), str(no))]
        self.tallies.setdefault(activity.pk, Tally(activity)).add(number, area)
        return []

    def _cell(self, key: str, cells: list[str]) -> str:
        at = self.at.get(key)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    def _problem(self, row: int, key: str, value: str, reason: str) -> Problem:
        return Problem(row, self.named.get(key, key), value, reason)

    def _number(self, cells: list[str]) -> Decimal:
        if "number" not in self.at:
            return Decimal(1)
        try:
            number = Decimal("".join(self._cell("number", cells).split()).replace(",", "."))
        except InvalidOperation:
            number = Decimal(-1)
        if not number.is_finite() or number < 0:
            raise _Unusable("number", gettext("Skriv ett tal, noll eller mer."))
        return number

    def _check_day(self, cells: list[str]) -> None:
        if "on" not in self.at:
            return
        try:
            day = read_date(self._cell("on", cells))
        except CellError:
            raise _Unusable("on", gettext("Skriv ett datum, till exempel 2026-05-31.")) from None
        if not self.asked.first <= day <= self.asked.last:
            raise _Unusable("on", gettext("Dagen ligger utanför rapportens tid."))

    def _area(self, activity: Activity, cells: list[str]) -> Area | None:
        """Only asked for where the promise counts by place."""
        name = self._cell("area", cells)
        if not name or not counts_by_place(activity):
            return None
        if name.casefold() not in self.areas:
            raise _Unusable("area", gettext("Platsen finns inte bland kommunens områden."))
        return self.areas[name.casefold()]


class _Unusable(ValueError):
    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def counts_by_place(activity: Activity) -> bool:
    return any(target.in_each_area or target.places.all() for target in activity.targets.all())


def figures(tally: Tally) -> list[FigureGiven]:
    """The figures of the activity's first counted quantity. Places are told apart only when every row named one."""
    targets = sorted(tally.activity.targets.all(), key=lambda each: each.kind not in COUNTED)
    if not targets:
        return []
    target = targets[0]
    if target.kind == Target.Kind.YES_NO:
        return [FigureGiven(target, happened=tally.total > 0)]
    if None in tally.by_area:
        return [FigureGiven(target, tally.total)]
    return [FigureGiven(target, number, area=area) for area, number in tally.by_area.items()]


@transaction.atomic
def read_in(
    upload: Upload,
    *,
    period: Period,
    sheet: Sheet,
    mapping: Mapping[str, str],
    asked: Asked,
    by: User,
    now: dt.datetime,
) -> int:
    """Write the reports of a file: figures and days are put in place, what people have told of already stays."""
    tallies, report = tally(sheet, mapping, asked)
    known = {each.activity_id: each for each in ActivityReport.objects.filter(period=period)}
    for each in tallies:
        actions.save_report(
            period=period, activity=each.activity, by=by, values=_values(known.get(each.activity.pk), asked),
            figures=figures(each),
        )  # fmt: skip
    remember_mapping(period.promise.municipality, KIND, dict(mapping))
    if upload.state != Upload.State.COMMITTED:
        result = {"period": str(period), "reports": len(tallies)}
        finish(upload, report=report, result=result, by=by.key, chain=chain_of(period.promise), now=now)
    return len(tallies)


TOLD = (
    "status",
    "done",
    "reason_code",
    "reason",
    "noticed",
    "next_step",
    "occasions_spent",
    "hours_spent",
    "evidence_url",
)


def _values(before: ActivityReport | None, asked: Asked) -> dict[str, object]:
    told = {name: getattr(before, name) for name in TOLD} if before else {}
    return {**told, "covers_from": asked.first, "covers_to": asked.last}


def heading_guesses(headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Which column is probably which: as last time, else by what such columns are often called."""
    by_word = {heading.casefold(): heading for heading in headings}
    found = {}
    for column in ActivityReports.columns:
        if remembered.get(column.key) in headings:
            found[column.key] = remembered[column.key]
        elif hits := [by_word[name] for name in column.often_called if name in by_word]:
            found[column.key] = hits[0]
    return found


def word_guesses(words: Iterable[str], remembered: Mapping[str, str], activities: Sequence[Activity]) -> dict[str, str]:
    """What each word of the file probably means: as last time, else by the stems it shares with an activity."""
    known = {name_of(each) for each in activities} | {NOT_COUNTED}
    guess = {word: remembered.get(WORD + word, "") for word in words}
    return {word: last if last in known else guessed_activity(word, activities) for word, last in guess.items()}
