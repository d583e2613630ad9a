"""Tags and filters that every template has (they are builtins): the words, shapes and parts of the look."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lofte.core import states
from lofte.design import icons, words

register = template.Library()

# The thread comes from above, goes round and through itself: drawn so that one end lies over the other.
KNOT = mark_safe(
    '<svg class="knot" viewBox="0 0 32 36" width="32" height="36" aria-hidden="true" focusable="false">'
    '<path d="M16 0C16 8 26 9 26 18C26 24 21 28 16 28C11 28 6 24 6 18"/>'
    '<path class="casing" d="M16 20V34"/>'
    '<path d="M6 18C6 9 16 8 16 16V36"/></svg>'
)


@register.simple_tag
def knot() -> SafeString:
    return KNOT


@register.simple_tag
def verdict(status: Any, label: str = "") -> SafeString:
    """Shape, word and colour of a state: `{% verdict pledge.verdict.value pledge.verdict.label %}`.

    The word may be left out when `status` is one of the choices of `lofte.core.states`.
    """
    value = str(getattr(status, "value", status) or "")
    return format_html(
        '<span class="verdict tone-{}"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"'
        ' focusable="false">{}</svg><span>{}</span></span>',
        icons.tone(value),
        mark_safe(icons.ICONS.get(value, icons.ICONS["not_assessable"])),
        capfirst(str(label or getattr(status, "label", "") or _known_word(value))),
    )


def _known_word(value: str) -> str:
    if value == "overdue":
        return _("över tiden")
    for axis in (states.Delivery, states.ActivityStatus, states.Effect, states.CausalClaim, states.PeriodState):
        if value in axis.values:
            return str(axis(value).label)
    return value


@register.filter
def number(value: Any) -> str:
    """1 234,5 in Swedish, 1,234.5 in English. What is no number stays as it is."""
    if value is None or value == "":
        return ""
    try:
        return words.number_words(Decimal(str(value)))
    except InvalidOperation:
        return str(value)


@register.filter
def date_words(value: date | None) -> str:
    return words.date_words(value) if value else ""


@register.filter
def month_words(value: date | None) -> str:
    return words.month_words(value) if value else ""


@register.filter
def period_words(starts: Any, ends: date | None = None) -> str:
    """`{{ first|period_words:last }}`, or `{{ period|period_words }}` for something with `starts` and `ends`."""
    if not starts:
        return ""
    return words.period_words(starts, ends) if ends else words.period_words(starts.starts, starts.ends)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Label, hint, control and error of one form field: `{% field form.place %}`."""
    return bound.as_field_group()


@register.inclusion_tag("design/form_errors.html")
def form_errors(form: forms.BaseForm, focus: bool = True) -> dict[str, Any]:
    """Summary above a form that could not be saved: takes the focus and links to each control."""
    return {"form": form, "wrong": [bound for bound in form.visible_fields() if bound.errors], "focus": focus}


@register.simple_block_tag(end_name="endthread_step")
def thread_step(content: str, id: str, title: str, gap: bool = False) -> SafeString:
    """One knot of the thread with its heading: `{% thread_step "loften" _("Gjorde vi det vi lovade?") %}…`."""
    return format_html(
        '<section class="step{}" id="{}" aria-labelledby="{}-rubrik">{}'
        '<div class="step-head"><h2 id="{}-rubrik">{}</h2></div><div class="step-body">{}</div></section>',
        " is-gap" if gap else "",
        id,
        id,
        KNOT,
        id,
        title,
        content,
    )


@register.simple_tag
def swedish() -> SafeString:
    """The `lang` attribute of words that stay Swedish on a page in another language: `<h3{% swedish %}>`."""
    return SafeString("") if (get_language() or "sv").startswith("sv") else mark_safe(' lang="sv"')


@register.filter
def quoted(text: str) -> str:
    """The same for words inside a sentence: `{% blocktranslate with title=promise.title|quoted %}`."""
    return words.quoted(text)


@register.simple_tag
def gap(text: str) -> SafeString:
    """What is missing in the chain, said in a sentence beside a dotted thread."""
    return format_html('<p class="gap"><b>{}</b> {}</p>', _("Glapp i tråden."), text)
