"""A form field for a photo: what comes out of it is drawn anew and tells nothing but what it shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lofte.voices.photos import Photo, PhotoIsHeic, PhotoTooLarge, PhotoUnreadable, cleaned


class PhotoField(forms.FileField):
    """Never required: a form with a photo asks for its words beside it."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self, **given: Any) -> None:
        told = _("Ta inte med människor eller bilskyltar. Var och när bilden togs tas bort ur den.")
        super().__init__(**{"required": False, "allow_empty_file": True, "help_text": told, **given})

    def clean(self, data: Any, initial: Any = None) -> Photo | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return cleaned(file, file.size)
        except PhotoTooLarge:
            raise forms.ValidationError(
                gettext("Bilden är för stor. Den får ha högst 20 MB och 60 megapixlar.")
            ) from None
        except PhotoIsHeic:
            told = gettext(
                "Bilden är i formatet HEIC, som inte går att läsa här. Öppna den i telefonen, ta en skärmbild av den "
                "och välj skärmbilden. Vill du slippa det nästa gång: på iPhone, välj Inställningar, Kamera, Format "
                "och Mest kompatibelt."
            )
            raise forms.ValidationError(told) from None
        except PhotoUnreadable:
            raise forms.ValidationError(
                gettext("Bilden går inte att läsa. Välj en bild i JPEG, PNG eller WebP.")
            ) from None
