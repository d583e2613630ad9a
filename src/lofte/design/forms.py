"""How every form of the site renders and speaks: in the design system, and in plain words when something is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own clock, in hours and minutes."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DesignField(BoundField):
    """A field of any form here, allauth's too. Knows which markup its control needs and how to say what is wrong.

    Placeholders are taken away: they vanish when one types, and are hard to read.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if type(field.widget) is forms.DateInput:
            field.widget = DateInput(field.widget.attrs)
        if type(field.widget) is forms.TimeInput:
            field.widget = TimeInput(field.widget.attrs)
        field.widget.attrs.pop("placeholder", None)
        standard = _standard_errors(field)
        field.error_messages |= {
            code: text
            for code, text in _plain_errors(field, str(self.label)).items()
            if field.error_messages.get(code) == standard.get(code)
        }

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        control = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if not control.is_hidden:
            built["class"] = f"ds-input {control.attrs.get('class', '')}".strip()
        return built

    @property
    def is_choice_group(self) -> bool:
        return isinstance(self.field.widget, forms.RadioSelect)

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def focus_id(self) -> str:
        """The control that a link of the error summary leads to: the first one of a group."""
        if self.is_choice_group and self.subwidgets:
            return str(self.subwidgets[0].id_for_label)
        return str(self.id_for_label or self.auto_id)


class Renderer(TemplatesSetting):
    """FORM_RENDERER of the project."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"
    bound_field_class = DesignField


def _plain_errors(field: forms.Field, label: str) -> dict[str, str]:
    errors: dict[str, str] = {"required": _required(field, label.strip())}
    if isinstance(field, forms.IntegerField):
        errors["invalid"] = _("Skriv ett tal med siffror, till exempel 12.")
    elif isinstance(field, forms.DateField):
        errors["invalid"] = _("Skriv ett datum som finns, till exempel 2019-05-31.")
    elif isinstance(field, forms.TimeField):
        errors["invalid"] = _("Skriv ett klockslag, till exempel 18.30.")
    elif isinstance(field, forms.EmailField):
        errors["invalid"] = _("Skriv en e-postadress, till exempel namn@example.se.")
    elif isinstance(field, forms.URLField):
        errors["invalid"] = _("Skriv en webbadress, till exempel https://www.example.se.")
    elif isinstance(field, forms.ChoiceField):
        errors["invalid_choice"] = _("Välj något i listan.")
    elif isinstance(field, forms.FileField):
        errors["empty"] = _("Filen är tom. Välj en annan fil.")
    return errors


def _required(field: forms.Field, label: str) -> str:
    if label.endswith("?"):
        return _("Svara på frågan ”%(label)s”.") % {"label": label}
    if isinstance(field, forms.BooleanField):
        return _("Kryssa i rutan ”%(label)s”.") % {"label": label}
    # A label begins with a capital; inside a sentence only an abbreviation keeps it.
    what = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    if isinstance(field, forms.ChoiceField | forms.FileField):
        return _("Välj %(what)s.") % {"what": what}
    return _("Fyll i %(what)s.") % {"what": what}


def _standard_errors(field: forms.Field) -> dict[str, Any]:
    """Django's own texts for this kind of field: only those are replaced, never what a form's author wrote."""
    standard: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        standard.update(getattr(kind, "default_error_messages", {}))
    return standard
