"""What forms have whose words others read: a look for words that point a group out, before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from lofte.core.pointing import Pointed, pointed_out, told_of

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

    def look_for_groups(self) -> None:
        texts = {name: str(self.data.get(self.add_prefix(name)) or "") for name in self.screened}
        self.pointed = {name: found for name, text in texts.items() if (found := pointed_out(text))}
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
