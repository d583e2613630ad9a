"""Forms for a file of figures: the file, which column is which, and which activity each word means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lofte.followup.imports import NOT_COUNTED, WORD, ActivityReports, name_of
from lofte.followup.models import Period
from lofte.promises.models import Activity


class FiguresFileForm(forms.Form):
    file = forms.FileField(
        label=_("Filen"), allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        help_text=_("Excel eller CSV, högst 20 MB. En rad för varje sak som gjordes, och en rubrik över varje kolumn."),
    )  # fmt: skip


class FiguresForm(forms.Form):
    """Columns first. When the one that says what was done is chosen, each of its words gets an activity."""

    covers_from = forms.DateField(label=_("Räknat från och med"))
    covers_to = forms.DateField(label=_("Räknat till och med"))

    def __init__(
        self,
        *args: Any,
        period: Period,
        headings: Sequence[str],
        suggested: Mapping[str, str],
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        self.period, self.today = period, today
        kwargs["initial"] = {"covers_from": period.starts, "covers_to": min(period.ends, today)}
        super().__init__(*args, **kwargs)
        offered = [("", gettext("Finns inte i filen")), *((each, each) for each in headings)]
        for column in ActivityReports.columns:
            self.fields[column.key] = forms.ChoiceField(
                label=capfirst(str(column.label)), required=column.is_required, choices=offered,
                initial=suggested.get(column.key, ""),
            )  # fmt: skip
        self.order_fields([*(column.key for column in ActivityReports.columns), "covers_from", "covers_to"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("covers_from"), given.get("covers_to")
        if last and last > self.today:
            self.add_error(
                "covers_to", gettext("Det datumet har inte varit än. Räkna till och med i dag eller tidigare.")
            )
        if first and last and last < first:
            self.add_error("covers_to", gettext("Slutet kommer före början. Byt plats på datumen eller rätta dem."))
        if first and first < self.period.promise.starts:
            self.add_error("covers_from", gettext("Löftet gällde inte så tidigt."))
        return given

    def columns(self) -> dict[str, str]:
        return {column.key: self.cleaned_data[column.key] for column in ActivityReports.columns}


class WordsForm(forms.Form):
    """Which activity each word of the file means."""

    def __init__(
        self,
        *args: Any,
        words: Sequence[str],
        guesses: Mapping[str, str],
        activities: Sequence[Activity],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.words = list(words)
        offered = [(NOT_COUNTED, gettext("Räknas inte")), *((name_of(each), each.text) for each in activities)]
        for number, word in enumerate(self.words):
            self.fields[f"ord{number}"] = forms.ChoiceField(label=word, choices=offered, initial=guesses[word])

    @property
    def is_answered(self) -> bool:
        return any(f"ord{number}" in self.data for number in range(len(self.words)))

    def meanings(self) -> dict[str, str]:
        return {WORD + word: self.cleaned_data[f"ord{number}"] for number, word in enumerate(self.words)}
