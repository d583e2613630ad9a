"""Text that is not saved yet: kept on the server while one writes, until it is saved or thrown away."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse

from lofte.core.faults import crash_point
from lofte.evidence.forms import never_kept
from lofte.parties.access import StaffRequest
from lofte.parties.models import User
from lofte.picture.models import WrittenDraft

MOST_CHARACTERS = 100_000
NOT_KEPT = ("csrfmiddlewaretoken",)


def keep(*, by: User, address: str, data: QueryDict) -> WrittenDraft | None:
    """One row for a person and page, written whole: what was kept before stays until the new text is there.

    None when it is more than a form can hold.
    """
    left_out = {*NOT_KEPT, *never_kept(data)}
    fields = {name: values for name, values in data.lists() if name not in left_out}
    if sum(len(str(value)) for values in fields.values() for value in values) > MOST_CHARACTERS:
        return None
    crash_point("draft-kept")
    draft, _made = WrittenDraft.objects.update_or_create(
        owner=by.key, address=address[:300], defaults={"fields": fields}
    )
    return draft


def page(request: StaffRequest, form: forms.BaseForm) -> dict[str, Any]:
    """Where text is kept while one writes, and what was kept last time: offered, or filled in when asked for."""
    draft = None if form.is_bound else kept(by=request.user, address=request.path)
    if draft is not None and "utkast" in request.GET:
        fill(form, draft)
        draft = None
    return {"draft_url": f"{reverse('picture:draft')}?{urlencode({'sida': request.path})}", "draft": draft}


def kept(*, by: User, address: str) -> WrittenDraft | None:
    return WrittenDraft.objects.filter(owner=by.key, address=address).first()


def forget(*, by: User, address: str) -> None:
    WrittenDraft.objects.filter(owner=by.key, address=address).delete()


def fill(form: forms.BaseForm, draft: WrittenDraft) -> None:
    """Put the kept text in an unsent form, its stamp too: who saved meanwhile is still seen."""
    for name, field in form.fields.items():
        values: list[Any] = draft.fields.get(form.add_prefix(name), [])
        if isinstance(field, forms.ModelMultipleChoiceField):
            form.initial[name] = values
        elif isinstance(field, forms.BooleanField):
            form.initial[name] = bool(values)
        elif values:
            form.initial[name] = values[-1]
