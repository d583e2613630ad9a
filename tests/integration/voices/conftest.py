"""A kommun with an open dialogue, the cast, and the day it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dialogues import dialogue
from factories import TODAY, Tuna, area, tuna
from lofte.core import public_forms
from lofte.core.public_forms import PublicForm
from lofte.voices.models import Dialogue
from people import Cast, cast

OWN = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    return TODAY


@pytest.fixture
def here(db: None) -> Tuna:
    return tuna()


@pytest.fixture
def people(here: Tuna) -> Cast:
    return cast(here.kommun)


@pytest.fixture
def open_dialogue(here: Tuna) -> Dialogue:
    area(here.kommun, "Centrum")
    area(here.kommun, "Strand")
    return dialogue(here.kommun)


@pytest.fixture
def send(monkeypatch: pytest.MonkeyPatch) -> Callable[..., HttpResponse]:
    """Post a public form as a browser that somebody has read the page in, without a cookie."""
    cache.clear()
    monkeypatch.setattr(public_forms, "FASTEST", dt.timedelta(seconds=-1))
    client = Client(enforce_csrf_checks=True)

    def post(path: str, form: str, token: str = "", **fields: Any) -> HttpResponse:
        given = {"form_token": token or PublicForm(form).token, **fields}
        response: Any = client.post(path, given, **OWN)
        assert not client.cookies
        return response

    return post
