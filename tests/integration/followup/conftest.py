"""A kommun in its year, the cast, and the day it is."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import TODAY, Tuna, tuna
from people import Cast, cast


@pytest.fixture
def here(db: None) -> Tuna:
    return tuna()


@pytest.fixture
def people(here: Tuna) -> Cast:
    return cast(here.kommun)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    return TODAY
