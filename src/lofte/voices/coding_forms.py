"""Forms for two coders: draw a sample, put themes on it, settle what differed, begin with another codebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lofte.parties.models import User
from lofte.voices.coding_queries import Pair
from lofte.voices.models import Dialogue, SampledVoice, Theme

NONE_FITS = "-"
SIZES = (30, 50, 100, 200)


class SampleForm(forms.Form):
    colleague = forms.ChoiceField(label=_("Vem kodar tillsammans med dig?"))
    number = forms.TypedChoiceField(
        label=_("Hur många svar?"), coerce=int, choices=[(size, str(size)) for size in SIZES], initial=50,
        help_text=_("De dras med lotten bland granskade svar utan tema. Ju fler, desto säkrare blir måttet."),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(user.key): user for user in colleagues}
        field = self.fields["colleague"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(user)) for key, user in self.by_key.items()]


class _ThemesForm(forms.Form):
    """A list of themes for each voice, answered by the first letters."""

    def __init__(self, *args: Any, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key: dict[str, Theme | None] = {NONE_FITS: None} | {theme.key: theme for theme in themes}
        self.rows: list[SampledVoice] = []
        self.offered = [
            ("", gettext("Välj")), *((theme.key, theme.label) for theme in themes),
            (NONE_FITS, gettext("Inget tema passar")),
        ]  # fmt: skip

    def add(self, row: SampledVoice, label: str, initial: str = "", *, is_required: bool = False) -> None:
        self.rows.append(row)
        name = self.name_of(row)
        self.fields[name] = forms.ChoiceField(
            label=label, required=is_required, choices=self.offered, initial=initial,
            widget=forms.Select(attrs={"aria-describedby": f"id_{name}_text"}),
        )  # fmt: skip

    @staticmethod
    def name_of(row: SampledVoice) -> str:
        return f"rad-{row.pk}"

    def chosen(self) -> dict[SampledVoice, Theme | None]:
        """Those that were answered; the others wait."""
        given = ((row, self.cleaned_data[self.name_of(row)]) for row in self.rows)
        return {row: self.by_key[value] for row, value in given if value}


class CodeForm(_ThemesForm):
    """What one of the two puts on each voice, and has put before."""

    def __init__(self, *args: Any, rows: Sequence[SampledVoice], own: dict[int, Theme | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            theme = own.get(row.pk)
            initial = theme.key if theme else NONE_FITS if row.pk in own else ""
            self.add(row, gettext("Tema"), initial, is_required=True)

    def lines(self) -> list[tuple[SampledVoice, Any]]:
        return [(row, self[self.name_of(row)]) for row in self.rows]


class SettleForm(_ThemesForm):
    """What the two decide where they differed."""

    def __init__(self, *args: Any, pairs: Sequence[Pair], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = [pair for pair in pairs if not pair.is_agreed and pair.row.settled_on is None]
        for pair in self.pairs:
            self.add(pair.row, gettext("Vi enas om"))

    def lines(self) -> list[tuple[Pair, Any]]:
        return [(pair, self[self.name_of(pair.row)]) for pair in self.pairs]


class TakeForm(forms.Form):
    source = forms.ChoiceField(
        label=_("Ta över teman från"), help_text=_("Teman och när de gäller följer med. Svaren på dem gör det inte.")
    )

    def __init__(self, *args: Any, dialogues: Sequence[Dialogue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(each.pk): each for each in dialogues}
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, f"{each.title} ({each.cycle.slug})") for pk, each in self.by_pk.items()]
