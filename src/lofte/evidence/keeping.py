"""Text that is not saved yet, in any form of a shared text: kept while one writes, offered when one comes back.

Where it is kept is a table of a room to the right, which registers itself.
"""

from __future__ import annotations

from typing import Any, Protocol

from django import forms
from django.http import QueryDict

from lofte.parties.access import StaffRequest
from lofte.parties.models import User


class Keeper(Protocol):
    """One text for each person and page."""

    def page(self, request: StaffRequest, form: forms.BaseForm) -> dict[str, Any]: ...

    def keep(self, *, by: User, address: str, data: QueryDict) -> object: ...

    def forget(self, *, by: User, address: str) -> None: ...


_keepers: list[Keeper] = []


def keeps_drafts(keeper: Keeper) -> None:
    _keepers.append(keeper)


def page(request: StaffRequest, form: forms.BaseForm) -> dict[str, Any]:
    """What the page of a form says of text that is kept. What came in and was not saved is kept here and now."""
    if form.is_bound:
        keep(request)
    found: dict[str, Any] = {}
    for keeper in _keepers:
        found |= keeper.page(request, form)
    return found


def keep(request: StaffRequest) -> None:
    """What came in was not saved."""
    for keeper in _keepers:
        keeper.keep(by=request.user, address=request.path, data=request.POST)


def forget(request: StaffRequest) -> None:
    """The text is saved."""
    for keeper in _keepers:
        keeper.forget(by=request.user, address=request.path)
