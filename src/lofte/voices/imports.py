"""Voices from a spreadsheet: each row is tried first, and the same file read twice gives the same voices.

The reading is done by jobs (`lofte.voices.importing`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lofte.imports.kinds import Column, FileUnreadable, ImportKind, Problem, Report, register
from lofte.places.models import Area, Municipality
from lofte.voices import areas, receiving
from lofte.voices.models import Contribution, Dialogue, ParticipantCount
from lofte.voices.spreadsheet import Sheet
from lofte.voices.voice_forms import LONGEST

# Stand in the mapping beside the columns: which dialogue the voices belong to, and how they came.
DIALOGUE, CHANNEL = "_dialogue", "_channel"
KIND = "voices"
LOOK, TRY, READ = "voices.look-at-file", "voices.try-file", "voices.read-file"
AT_A_TIME = 1000

Known = Mapping[str, str]


def known_words(choices: Iterable[tuple[str, Any]]) -> Known:
    """Both the value and its Swedish words, in any case."""
    return {word.casefold(): value for value, label in choices if value for word in (value, str(label))}


@dataclass(frozen=True)
class Row:
    number: int
    voice: receiving.Voice
    month: dt.date


@register
class Voices(ImportKind):
    name: ClassVar[str] = KIND
    label: ClassVar[str] = _("Svar i en dialog (Excel eller CSV)")  # type: ignore[assignment]
    has_masked_values: ClassVar[bool] = True
    columns: ClassVar[tuple[Column, ...]] = (
        Column("text", _("svaret med egna ord"), ("svar", "text", "kommentar", "fritext", "berätta")),  # type: ignore[arg-type]
        Column("area", _("plats"), ("plats", "var", "område", "kommundel", "ort"), is_required=False),  # type: ignore[arg-type]
        Column("time_band", _("när på dygnet"), ("när", "tid på dygnet"), is_required=False),  # type: ignore[arg-type]
        Column("category", _("vad det gäller"), ("vad", "kategori", "ämne"), is_required=False),  # type: ignore[arg-type]
        Column("feeling", _("hur det känns"), ("känsla", "trygghet", "hur känns det"), is_required=False),  # type: ignore[arg-type]
        Column("on", _("dag"), ("datum", "dag", "tidstämpel", "skapad"), is_required=False),  # type: ignore[arg-type]
        Column("age", _("ålder"), ("ålder", "åldersgrupp"), is_required=False),  # type: ignore[arg-type]
        Column("sex", _("kön"), ("kön",), is_required=False),  # type: ignore[arg-type]
    )


def dialogue_of(municipality: Municipality, mapping: Mapping[str, str]) -> Dialogue:
    cycle, _slash, key = mapping.get(DIALOGUE, "").partition("/")
    rows = Dialogue.objects.filter(cycle__municipality=municipality, cycle__slug=cycle, key=key)
    found: Dialogue | None = rows.select_related("cycle__municipality").first()
    if found is None:
        raise FileUnreadable(gettext("Välj vilken dialog svaren hör till."))
    return found


def guessed(headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Which column is probably which: as last time, else by what such columns are often called."""
    by_word = {heading.casefold(): heading for heading in headings}
    found = {}
    for column in Voices.columns:
        if remembered.get(column.key) in headings:
            found[column.key] = remembered[column.key]
            continue
        hits = (by_word[name] for name in (column.key, *column.often_called) if name in by_word)
        if (first := next(hits, None)) is not None:
            found[column.key] = first
    return found


def report_of(rows: Sequence[Row], problems: Sequence[Problem]) -> Report:
    return Report(len(rows) + len({problem.row for problem in problems}), len(rows), tuple(problems))


def rows_of(
    sheet: Sheet, mapping: Mapping[str, str], dialogue: Dialogue, step: Callable[[int, int], None]
) -> tuple[list[Row], list[Problem]]:
    """The rows that can be used, and what is wrong with the others. `step` is told how many are read, of how many."""
    missing = [heading for key, heading in mapping.items() if key[0] != "_" and heading not in sheet.headings]
    if missing:
        raise FileUnreadable(
            gettext("Filen saknar kolumnen {name}. Välj kolumner igen.").format(name=", ".join(missing))
        )
    if not mapping.get("text"):
        raise FileUnreadable(gettext("Välj vilken kolumn som har svaren."))
    reader = _Reader(sheet.headings, mapping, dialogue)
    used, problems = [], []
    for done, (number, cells) in enumerate(sheet.rows):
        if done % AT_A_TIME == 0:
            step(done, len(sheet.rows))
        found = list(reader.problems(number, cells))
        problems += found
        if not found:
            used.append(reader.row(number, cells))
    step(len(sheet.rows), len(sheet.rows))
    return used, problems


class _Reader:
    """Reads one row. A word it does not know is a problem of that row, never a guess."""

    def __init__(self, headings: list[str], mapping: Mapping[str, str], dialogue: Dialogue) -> None:
        self.at = {key: headings.index(heading) for key, heading in mapping.items() if key[0] != "_"}
        self.headings = mapping
        # Places are known by name all over the kommun, also those that this dialogue does not offer.
        self.places: dict[str, Area] = {area.name.casefold(): area for area in areas.every(dialogue.cycle.municipality)}
        self.known: dict[str, Known] = {
            "area": {name: name for name in self.places},
            "time_band": known_words(Contribution.TimeBand.choices),
            "category": known_words(Contribution.Category.choices),
            "feeling": known_words(Contribution.Feeling.choices),
            "sex": dict(known_words(ParticipantCount.Sex.choices))
            | {"k": "woman", "f": "woman", "kvinnor": "woman", "flicka": "woman", "tjej": "woman"}
            | {"m": "man", "män": "man", "pojke": "man", "kille": "man"},
        }
        self.month = receiving.first_of_month(dialogue.closes or timezone.localdate())
        self.latest = timezone.localdate()

    def cell(self, key: str, cells: list[str]) -> str:
        at = self.at.get(key)
        return cells[at] if at is not None and at < len(cells) else ""

    def problems(self, number: int, cells: list[str]) -> Iterator[Problem]:
        text = self.cell("text", cells)
        if len(text) > LONGEST:
            yield self._problem(number, "text", text, gettext("Svaret är längre än {n} tecken.").format(n=LONGEST))
        if not any(self.cell(key, cells) for key in ("text", "category", "feeling")):
            yield self._problem(number, "text", "", gettext("Raden har inget svar."))
        for key, known in self.known.items():
            given = self.cell(key, cells)
            if given and given.casefold() not in known:
                yield self._problem(
                    number, key, given, gettext("Ordet känns inte igen. Ändra i filen, eller lämna tomt.")
                )
        if (given := self.cell("on", cells)) and self._day(given) is None:
            reason = gettext("Skriv ett datum som har varit, till exempel 2026-05-31.")
            yield self._problem(number, "on", given, reason)
        if (given := self.cell("age", cells)) and band_of(given) is None:
            yield self._problem(number, "age", given, gettext("Skriv åldern med siffror, eller en grupp som 18–24."))

    def _problem(self, number: int, key: str, value: str, reason: str) -> Problem:
        return Problem(number, self.headings.get(key, key), value, reason)

    def row(self, number: int, cells: list[str]) -> Row:
        given = {key: self.cell(key, cells).casefold() for key in self.known}
        voice = receiving.Voice(
            text=self.cell("text", cells),
            area=self.places.get(given["area"]),
            time_band=self.known["time_band"].get(given["time_band"], ""),
            category=self.known["category"].get(given["category"], ""),
            feeling=self.known["feeling"].get(given["feeling"], ""),
            age=band_of(self.cell("age", cells)) or "",
            sex=self.known["sex"].get(given["sex"], ""),
        )
        day = self._day(self.cell("on", cells))
        return Row(number, voice, receiving.first_of_month(day) if day else self.month)

    def _day(self, text: str) -> dt.date | None:
        try:
            day = dt.date.fromisoformat(text[:10])
        except ValueError:
            return None
        return day if day <= self.latest else None


def band_of(text: str) -> str | None:
    """The age band of an age or of a band written in some way; None when it can't be told."""
    return _band(text, get_language() or "sv")


@lru_cache(maxsize=1000)  # a file of a hundred thousand rows has some ninety ages
def _band(text: str, language: str) -> str | None:
    plain = _plain_band(text)
    words = {_plain_band(str(label)): value for value, label in ParticipantCount.Age.choices if value}
    if plain in words or plain in ParticipantCount.Age.values:
        return words.get(plain, plain)
    if not plain.isdecimal() or int(plain) > 120:
        return None
    age = int(plain)
    for band in ParticipantCount.Age.values:
        low, _dash, high = band.partition("-")
        if high and int(low) <= age <= int(high):
            return band
    return str(ParticipantCount.Age.OLDEST)


def _plain_band(text: str) -> str:
    return text.casefold().replace("år", "").replace("–", "-").replace(" ", "")


def store(rows: Sequence[Row], dialogue: Dialogue, channel: str, stamp: str) -> dict[str, Any]:
    """Rows become voices named by file and row: read again, the ones that are there are left alone."""
    known = channel if channel in Contribution.Channel.values else Contribution.Channel.IMPORT.value
    names = {f"fil-{stamp}-{row.number}": row for row in rows}
    there = set(dialogue.contributions.filter(key__startswith=f"fil-{stamp}-").values_list("key", flat=True))
    new = {key: row for key, row in names.items() if key not in there}
    voices = [receiving.contribution(dialogue, row.voice, key, known, row.month) for key, row in new.items()]
    Contribution.objects.bulk_create(voices, batch_size=AT_A_TIME)
    people = Counter((row.month, row.voice.age, row.voice.sex) for row in new.values())
    for (month, age, sex), number in people.items():
        receiving.count(dialogue, month, age, sex, number)
    return {"new": len(voices), "unchanged": len(there), "dialogue": dialogue.key}
