"""The accessibility statement and its form: what people write reaches the site's mailbox, without a cookie."""

import datetime as dt

import pytest
from django.test import Client

from lofte.core import public_forms
from lofte.notices.models import Notice

pytestmark = pytest.mark.django_db
PAGE = "/om/tillganglighet/"


@pytest.fixture(autouse=True)
def _people_may_be_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_forms, "FASTEST", dt.timedelta(seconds=-1))


def send(client: Client, **values: str) -> object:
    token = client.get(PAGE).wsgi_request.public_form.token  # type: ignore[attr-defined]
    return client.post(PAGE, {"form_token": token, **values}, headers={"origin": "http://testserver"})


def test_what_people_write_becomes_a_message(client: Client) -> None:
    response = send(client, text="Kartan går inte att läsa", email="")

    assert response.status_code == 302  # type: ignore[attr-defined]
    assert Notice.objects.get().body == "Kartan går inte att läsa"
    assert "Tack" in client.get(f"{PAGE}?tack").text
    assert not client.cookies


def test_empty_form_says_what_to_do_and_keeps_the_rest(client: Client) -> None:
    response = send(client, text="", email="nagon@exempel.example")

    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "nagon@exempel.example" in response.text  # type: ignore[attr-defined]
    assert not Notice.objects.exists()


def test_post_from_another_site_is_refused(client: Client) -> None:
    token = client.get(PAGE).wsgi_request.public_form.token  # type: ignore[attr-defined]

    response = client.post(PAGE, {"form_token": token, "text": "x"}, headers={"origin": "https://annan.example"})

    assert response.status_code == 403
    assert not Notice.objects.exists()
