"""Forms that render themselves in the design system, and say what is wrong in plain words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DesignField(BoundField):
    """Knows which kind of markup its control needs."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if not (widget or self.field.widget).is_hidden:
            own = (widget or self.field.widget).attrs.get("class", "")
            built["class"] = f"ds-input {own}".strip()
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
        if self.is_choice_group:
            return str(self.subwidgets[0].id_for_label) if self.subwidgets else str(self.auto_id)
        return str(self.id_for_label or self.auto_id)


class Renderer(TemplatesSetting):
    """FORM_RENDERER of the project: every form, allauth's too, comes out in the design system."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"
    bound_field_class = DesignField


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PlainWordsMixin:
    """Dates get the browser's calendar; errors name the field and say what to do."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field.widget) is forms.DateInput:
                field.widget = DateInput(field.widget.attrs)
            field.error_messages |= {
                code: text for code, text in _plain_errors(field).items() if _is_untouched(field, code)
            }


class Form(PlainWordsMixin, forms.Form):
    """Base class of the project's forms."""


class ModelForm(PlainWordsMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Base class of the project's forms that fill a model."""


def _plain_errors(field: forms.Field) -> dict[str, str | Promise]:
    errors: dict[str, str | Promise] = {"required": _required(field)}
    if isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
        errors["invalid"] = _("Skriv ett tal med siffror, till exempel 12.")
    elif isinstance(field, forms.DateField):
        errors["invalid"] = _("Skriv ett datum som finns, till exempel 2019-05-31.")
    elif isinstance(field, forms.EmailField):
        errors["invalid"] = _("Skriv en e-postadress, till exempel namn@example.se.")
    elif isinstance(field, forms.URLField):
        errors["invalid"] = _("Skriv en webbadress, till exempel https://www.example.se.")
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        errors["invalid_choice"] = _("Välj något i listan.")
    elif isinstance(field, forms.FileField):
        errors["empty"] = _("Filen är tom. Välj en annan fil.")
    return errors


def _required(field: forms.Field) -> str | Promise:
    label = str(field.label or "").strip()
    if not label:
        return _("Det här behöver fyllas i.")
    if label.endswith("?"):
        return _("Svara på frågan ”%(label)s”.") % {"label": label}
    what = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    if isinstance(field, forms.BooleanField):
        return _("Kryssa i rutan ”%(label)s”.") % {"label": label}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField):
        return _("Välj %(what)s.") % {"what": what}
    return _("Fyll i %(what)s.") % {"what": what}


def _is_untouched(field: forms.Field, code: str) -> bool:
    """Whether the form's author left the text of this error to us."""
    standard: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        standard.update(getattr(cls, "default_error_messages", {}))
    return field.error_messages.get(code) == standard.get(code)
