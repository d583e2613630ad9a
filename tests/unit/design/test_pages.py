import logging
import re

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from lofte.design import context, views
from lofte.design.pieces import Place
from lofte.design.storage import StaticStorage


@pytest.fixture
def request_to(rf: RequestFactory) -> HttpRequest:
    return rf.get("/strangnas/finns-inte/")


def test_500_shows_a_code_that_stands_in_the_log(request_to: HttpRequest, caplog: pytest.LogCaptureFixture) -> None:
    with translation.override("sv"), caplog.at_level(logging.ERROR):
        response = views.server_error(request_to)

    code = re.search(r"ange kod <b>([0-9A-F]{4})</b>", response.content.decode())
    assert response.status_code == 500
    assert code
    assert code[1] in caplog.text


def test_404_leads_to_the_promises_of_the_kommun(request_to: HttpRequest) -> None:
    request_to.place = Place("Strängnäs kommun", "/strangnas/")  # type: ignore[attr-defined]

    with translation.override("sv"):
        html = render_to_string("404.html", request=request_to)

    assert '<a href="/strangnas/">Alla löften i Strängnäs kommun</a>' in html


def test_404_without_a_kommun_leads_to_the_start(request_to: HttpRequest) -> None:
    with translation.override("sv"):
        assert '<a href="/">Alla kommuner</a>' in render_to_string("404.html", request=request_to)


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_stand_without_a_request_and_tell_how_to_reach_the_police(template: str) -> None:
    with translation.override("sv"):
        html = render_to_string(template, {"code": "7F3A"})

    assert "Ring 112 om det är akut, annars 114 14." in html
    assert html.count("<h1>") == 1


def test_constructed_content_stands_under_a_banner_and_out_of_search_engines(request_to: HttpRequest) -> None:
    with translation.override("sv"):
        html = render_to_string("base.html", {"is_constructed": True}, request_to)

    assert "<b>Exempelköping är påhittad.</b>" in html
    assert 'content="noindex' in html


@pytest.mark.parametrize(
    ("address", "language", "other"),
    [
        ("/om/komponenter/", "sv", "/en/om/komponenter/"),
        ("/en/om/komponenter/", "en", "/om/komponenter/"),
        ("/ingen/sida/alls/", "sv", "/en/ingen/sida/alls/"),
        ("/en/ingen/sida/alls/", "en", "/ingen/sida/alls/"),
    ],
)
def test_every_address_has_its_twin_in_the_other_language(
    rf: RequestFactory, address: str, language: str, other: str
) -> None:
    with translation.override(language):
        assert context.page(rf.get(address))["alternate_url"] == other


def test_the_gallery_shows_every_part(rf: RequestFactory) -> None:
    with translation.override("sv"):
        html = views.gallery(rf.get("/om/komponenter/")).content.decode()

    for part in ("step-first", "overall", "pledges", "answer", "updates", "knots", "signature", "ds-error-summary"):
        assert f'class="{part}' in html or f" {part}" in html


def test_static_files_keep_their_plain_names_until_they_are_collected() -> None:
    storage = StaticStorage(location="/nonexistent", base_url="/static/")

    assert storage.url("lofte/mark.svg") == "/static/lofte/mark.svg"
