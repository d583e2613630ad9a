"""What forms have whose words others read: a look for words that point a group out, before anything is saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from lofte.core.pointing import Pointed, pointed_out, told_of
from lofte.voices.screening import Hint

NO_GROUP = "no_group"

if TYPE_CHECKING:
    _Form = forms.BaseForm
else:
    _Form = object


class GroupCheck(_Form):
    """Shows what to write instead; leaving the words is a choice, made in a box that comes last.

    A form names the fields in `screened` and calls `look_for_groups` when its other fields are there.
    """

    screened: ClassVar[tuple[str, ...]] = ()
    pointed: dict[str, list[Pointed]]

    def look_for_groups(self, *, asked: Mapping[str, Collection[Hint]] | None = None) -> None:
        """`asked` is what the look for persons asks about: an address is not asked about twice."""
        self.pointed = {}
        for name in self.screened:
            text = str(self.data.get(self.add_prefix(name)) or "")
            known = [text[hint.start : hint.end] for hint in (asked or {}).get(name, ())]
            found = [each for each in pointed_out(text) if not any(each.words in words for words in known)]
            if found:
                self.pointed[name] = found
        if self.pointed:
            self.fields[NO_GROUP] = forms.BooleanField(
                label=_("Jag har läst texten: den pekar inte ut någon grupp"), required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get(NO_GROUP):
            for name, found in self.pointed.items():
                self.add_error(name, f"{told_of(found[0])} " + _("Ändra, eller kryssa i rutan sist."))
        return cleaned
