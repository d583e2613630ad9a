"""What forms have whose words others read: a look for persons before anything is saved."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from lofte.voices.screening import Hint, to_ask_about

NO_PERSON = "no_person"

if TYPE_CHECKING:
    _Form = forms.BaseForm
else:
    _Form = object


class PersonCheck(_Form):
    """Asks once about what may point to a person, and refuses what always does.

    A form names the fields in `screened` and calls `look_for_persons` when its other fields are there. The page shows
    the box that answers, `no_person`, after them.
    """

    screened: ClassVar[tuple[str, ...]] = ()
    found: dict[str, list[Hint]]

    def known_places(self) -> Collection[str]:
        """Names of places, and of organisations there, that are no names of people."""
        return ()

    def look_for_persons(self) -> None:
        texts = {name: str(self.data.get(self.add_prefix(name)) or "") for name in self.screened}
        self.found = {name: found for name, text in texts.items() if (found := self._hints(text))}
        if self.found:
            self.fields[NO_PERSON] = forms.BooleanField(
                label=_("Jag har läst texten: den pekar inte ut någon person"), required=False
            )

    def _hints(self, text: str) -> list[Hint]:
        found = to_ask_about(text)
        return to_ask_about(text, self.known_places()) if any(hint.kind == "name" for hint in found) else found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, found in self.found.items():
            must_go = [hint for hint in found if hint.must_go]
            words = ", ".join(dict.fromkeys(f"{hint.word}: {hint.said}" for hint in must_go or found))
            if must_go:
                self.add_error(
                    name, _("Det här ser ut att peka ut en person ({words}). Ta bort det.").format(words=words)
                )
            elif not cleaned.get(NO_PERSON):
                text = _("Det här kan peka ut en person ({words}). Ta bort det, eller kryssa i rutan sist.")
                self.add_error(name, text.format(words=words))
        return cleaned
