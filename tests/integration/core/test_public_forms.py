"""Posts to public forms without a cookie: what is taken, and every reason to say no."""

import datetime as dt
import json
from typing import Any

import altcha
import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from lofte.config import urls
from lofte.core import public_forms
from lofte.core.public_forms import Limits, PublicForm, public_form, visitor_of

OWN = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}


@public_form("prov", Limits(with_work=2, without_work=1, all_without_work=2))
def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("tack" if request.method == "POST" else request.public_form.token)  # type: ignore[attr-defined]


urlpatterns = [path("prov", view), *urls.urlpatterns]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    cache.clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the time that tokens are judged by."""

    def move(**by: int) -> None:
        moved = dt.timedelta(**by).total_seconds()
        import django.core.signing as signing

        now = signing.time.time
        monkeypatch.setattr(signing, "time", type("clock", (), {"time": staticmethod(lambda: now() + moved)}))

    return move


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def post(browser: Client, headers: dict[str, str] | None = None, **fields: str) -> HttpResponse:
    given = {"form_token": PublicForm("prov").token} | fields
    return browser.post("/prov", given, **(OWN if headers is None else headers))  # type: ignore[arg-type, return-value]


def solution(browser: Client) -> str:
    """What the browser's part of altcha would send."""
    challenge = altcha.Challenge.from_dict(json.loads(browser.get("/altcha").content))
    solved = altcha.solve_challenge(challenge)
    assert solved is not None
    return altcha.Payload(challenge, solved).to_base64()


@pytest.fixture
def quick_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_forms, "COST", 1)
    monkeypatch.setattr(public_forms, "HARDEST", 4)


def test_post_without_cookie_and_javascript_is_taken(browser: Client, clock: Any) -> None:
    token = browser.get("/prov").content.decode()
    clock(seconds=5)

    answer = post(browser, form_token=token)

    assert answer.content == b"tack"
    assert not browser.cookies
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "https://elsewhere.example/prov"},
        {"HTTP_ORIGIN": "http://testserver.elsewhere.example", "HTTP_SEC_FETCH_SITE": "same-origin"},
    ],
)
def test_post_from_elsewhere_is_refused(browser: Client, clock: Any, headers: dict[str, str]) -> None:
    token = PublicForm("prov").token
    clock(seconds=5)

    answer = post(browser, headers, form_token=token)

    assert answer.status_code == 403
    assert "inte från den här webbplatsen" in answer.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "http://testserver"},
        {"HTTP_REFERER": "http://testserver/prov"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
    ],
)
def test_older_browsers_may_tell_it_in_one_way(browser: Client, clock: Any, headers: dict[str, str]) -> None:
    token = PublicForm("prov").token
    clock(seconds=5)

    assert post(browser, headers, form_token=token).status_code == 200


def test_form_that_was_just_opened_is_asked_to_wait(browser: Client) -> None:
    answer = post(browser)

    assert answer.status_code == 429
    assert answer["Retry-After"] == "2"
    assert "för fort" in answer.content.decode()


def test_form_open_for_more_than_a_day_is_refused(browser: Client, clock: Any) -> None:
    token = PublicForm("prov").token
    clock(hours=24, seconds=2)

    answer = post(browser, form_token=token)

    assert answer.status_code == 403
    assert "mer än ett dygn" in answer.content.decode()


@pytest.mark.parametrize("token", ["", "nonsense", PublicForm("another").token, PublicForm("prov").token[:-2] + "xx"])
def test_token_that_is_not_this_forms_is_refused(browser: Client, clock: Any, token: str) -> None:
    clock(seconds=5)

    assert post(browser, form_token=token).status_code == 403


def test_filled_trap_is_refused(browser: Client, clock: Any) -> None:
    token = PublicForm("prov").token
    clock(seconds=5)

    answer = post(browser, form_token=token, webbplats="https://buy.example")

    assert answer.status_code == 403
    assert "lämnas tomt" in answer.content.decode()


def test_without_work_few_posts_an_hour_are_taken(browser: Client, clock: Any) -> None:
    token = PublicForm("prov").token
    clock(seconds=5)

    codes = [post(browser, form_token=token).status_code for _each in range(2)]

    assert codes == [200, 429]


def test_without_work_all_visitors_share_a_limit(browser: Client, clock: Any) -> None:
    token = PublicForm("prov").token
    clock(seconds=5)

    codes = [
        post(browser, OWN | {"REMOTE_ADDR": f"192.0.2.{each}"}, form_token=token).status_code for each in range(1, 4)
    ]

    assert codes == [200, 200, 429]


def test_with_work_more_posts_are_taken(browser: Client, clock: Any, quick_work: None) -> None:
    token = PublicForm("prov").token
    clock(seconds=5)

    answers = [post(browser, form_token=token, altcha=solution(browser)) for _each in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0


def test_work_counts_once(browser: Client, clock: Any, quick_work: None) -> None:
    token, solved = PublicForm("prov").token, solution(browser)
    clock(seconds=5)

    post(browser, form_token=token, altcha=solved)
    post(browser, form_token=token, altcha=solved)

    # Used work is as no work: one such post is taken, the next is not.
    assert post(browser, form_token=token, altcha=solved).status_code == 429


@pytest.mark.parametrize("sent", ["", "not base64", "e30=", "x" * 6000, "bnVsbA==", "W10="])
def test_work_that_was_not_done_is_no_work(sent: str) -> None:
    assert not public_forms.is_solved(sent)


def test_changed_work_is_no_work(browser: Client, quick_work: None) -> None:
    payload = altcha.Payload.from_base64(solution(browser))
    payload.challenge.parameters.key_prefix = ""

    assert not public_forms.is_solved(payload.to_base64())


def test_visitor_is_a_hash_that_changes_with_the_day(rf: Any, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    request = rf.post("/prov", REMOTE_ADDR="192.0.2.7")
    today = visitor_of(request)

    assert "192.0.2" not in today
    assert visitor_of(request) == today
    assert visitor_of(rf.post("/prov", REMOTE_ADDR="192.0.2.8")) != today
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(public_forms.timezone, "localdate", lambda: tomorrow)
    assert visitor_of(request) != today


def test_one_household_is_one_visitor_and_the_proxy_is_believed_only_when_told(rf: Any, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = None
    first, second = rf.post("/", REMOTE_ADDR="2001:db8::1"), rf.post("/", REMOTE_ADDR="2001:db8::2")
    forged = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}

    assert public_forms.network_of(first) == public_forms.network_of(second) == "2001:db8::/64"
    assert public_forms.network_of(rf.post("/", **forged)) == "192.0.2.1/32"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert public_forms.network_of(rf.post("/", **forged)) == "203.0.113.9/32"


def test_nothing_kept_holds_an_address(browser: Client, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    for name in ("add", "incr", "set"):
        real = getattr(cache, name)
        monkeypatch.setattr(
            cache, name, lambda *args, real=real, **more: (kept.append(repr(args)), real(*args, **more))[1]
        )
    token = PublicForm("prov").token
    clock(seconds=5)

    post(browser, form_token=token)

    assert kept
    assert "127.0.0.1" not in " ".join(kept)
