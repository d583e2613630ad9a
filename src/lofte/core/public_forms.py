"""Public forms without a cookie: where the post comes from, when the form was opened, and some work by the sender.

    @public_form("feedback")
    def feedback(request): …          and in the template: {% include "core/public_form_fields.html" %}

The same-origin check takes the place of the CSRF cookie. Nobody is asked to solve anything: with JavaScript the browser
does a little arithmetic (altcha), without it fewer posts an hour are taken. No IP address is kept.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import altcha
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

TOKEN, TRAP, SOLUTION = "form_token", "webbplats", "altcha"
FASTEST, SLOWEST = dt.timedelta(seconds=2), dt.timedelta(hours=24)
HOUR = 3600
CHALLENGE_LIVES = dt.timedelta(hours=1)
# About half a second on a phone; the server checks an answer in a millisecond.
ALGORITHM, COST, HARDEST = "PBKDF2/SHA-256", 1000, 1000

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Limits:
    """How many posts an hour are taken: from one visitor who did the work, from one who didn't, and from all such."""

    with_work: int = 20
    without_work: int = 3
    all_without_work: int = 60


class Refused(Exception):
    """The post is not taken; the message is a Swedish sentence that says what to do."""

    def __init__(self, code: str, sentence: str, status: int = 403, wait: int = 0) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.status, self.wait = code, sentence, status, wait


@dataclass(frozen=True)
class PublicForm:
    """What the page needs: a token that says when it was opened, and where to ask for work to do."""

    name: str

    @property
    def token(self) -> str:
        return signing.dumps({"form": self.name, "nonce": secrets.token_hex(8)}, salt="lofte.public-form")

    @property
    def challenge_url(self) -> str:
        return reverse("core:altcha")


def public_form(name: str, limits: Limits = Limits()) -> Callable[[View], View]:
    """A view whose POST needs no cookie. `request.public_form` holds what its template needs."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.public_form = PublicForm(name)  # type: ignore[attr-defined]
            if request.method == "POST":
                try:
                    check(request, name, limits)
                except Refused as refusal:
                    return refused(request, refusal)
            response = view(request, *args, **kwargs)
            # The token in the page is one opening of the form: no cache may hand it to the next visitor.
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return guarded

    return decorate


def check(request: HttpRequest, name: str, limits: Limits) -> None:
    """Every reason to say no, in order of how little it costs to find out."""
    check_origin(request)
    check_token(request.POST.get(TOKEN, ""), name)
    if request.POST.get(TRAP):
        raise Refused("trap", _("Fältet som skulle lämnas tomt är ifyllt. Töm det och skicka igen."))
    did_work = is_solved(request.POST.get(SOLUTION, ""))
    visitor = visitor_of(request)
    if did_work:
        take(f"{name}:work:{visitor}", limits.with_work)
    else:
        take(f"{name}:plain:{visitor}", limits.without_work)
        take(f"{name}:plain", limits.all_without_work)


# --- where it comes from


def check_origin(request: HttpRequest) -> None:
    """The post must come from one of our own pages. Browsers say so themselves, and pages can't make them lie."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site != "same-origin":
        raise _foreign()
    if origin is not None:
        if origin not in own_origins(request):
            raise _foreign()
    elif site is None and _origin_of(request.headers.get("Referer", "")) not in own_origins(request):
        raise _foreign()


def own_origins(request: HttpRequest) -> set[str]:
    return {f"{request.scheme}://{request.get_host()}", settings.BASE_URL}


def _origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _foreign() -> Refused:
    return Refused("origin", _("Formuläret skickades inte från den här webbplatsen. Öppna sidan här och skicka igen."))


# --- when the form was opened


def check_token(token: str, name: str) -> None:
    try:
        opened = signing.loads(token, salt="lofte.public-form", max_age=SLOWEST)
    except signing.SignatureExpired:
        raise Refused(
            "old", _("Sidan har varit öppen i mer än ett dygn. Kopiera din text, ladda om sidan och skicka igen.")
        ) from None
    except signing.BadSignature:
        opened = None
    if not isinstance(opened, dict) or opened.get("form") != name:
        raise Refused("token", _("Formuläret är inte helt. Kopiera din text, ladda om sidan och skicka igen."))
    if _is_younger(token, FASTEST):
        raise Refused(
            "fast",
            _("Det gick lite för fort. Vänta några sekunder och skicka igen."),
            429,
            int(FASTEST.total_seconds()),
        )


def _is_younger(token: str, age: dt.timedelta) -> bool:
    try:
        signing.loads(token, salt="lofte.public-form", max_age=age)
    except signing.SignatureExpired:
        return False
    return True


# --- the sender's work


def work_secret() -> str:
    return salted_hmac("lofte.altcha", "v2", algorithm="sha256").hexdigest()


@never_cache
@require_GET
def challenge(request: HttpRequest) -> HttpResponse:
    """A piece of work for the sender's browser. Signed, so that nothing is kept about it here."""
    made = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=secrets.randbelow(HARDEST // 2) + HARDEST // 2,
        expires_at=timezone.now() + CHALLENGE_LIVES,
        hmac_secret=work_secret(),
        hmac_key_secret=f"{work_secret()}:key",
    )
    return JsonResponse(made.to_dict())


def is_solved(solution: str) -> bool:
    """Whether the work was done, and not already used for another post."""
    if not solution or len(solution) > 5000:
        return False
    try:
        result = altcha.verify_solution(solution, work_secret(), hmac_key_secret=f"{work_secret()}:key")
        if not result.verified:
            return False
        once = altcha.Payload.from_base64(solution).challenge.signature
    except (AttributeError, KeyError, TypeError, ValueError):  # not made by our browser part
        return False
    return bool(cache.add(f"altcha:{once}", 1, int(CHALLENGE_LIVES.total_seconds())))


# --- how often


def visitor_of(request: HttpRequest) -> str:
    """Something that tells visitors apart for a day: a keyed hash of the address, whose key is thrown away."""
    return hmac.new(_salt_of_the_day(), network_of(request).encode(), hashlib.sha256).hexdigest()[:32]


def _salt_of_the_day() -> bytes:
    key = f"public-form-salt:{timezone.localdate()}"
    return bytes.fromhex(str(cache.get_or_set(key, lambda: secrets.token_hex(16), 24 * HOUR)))


def network_of(request: HttpRequest) -> str:
    """The address, or for IPv6 the network that one household has. Behind a proxy: what the proxy saw."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{parsed}/{32 if parsed.version == 4 else 64}", strict=False))


def take(what: str, limit: int) -> None:
    """Count one post; refuse when the hour's share is used."""
    now = timezone.now()
    key = f"public-form:{what}:{now:%Y%m%d%H}"
    cache.add(key, 0, HOUR)
    try:
        count = cache.incr(key)
    except ValueError:  # it went out of the cache between the two lines
        count = 1
    if count > limit:
        wait = HOUR - now.minute * 60 - now.second
        sentence = _(
            "Det har kommit ovanligt många svar. Vänta en stund och skicka igen. Backa så finns din text kvar."
        )
        raise Refused("often", sentence, 429, wait)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    response = render(request, "core/public_form_refused.html", {"refusal": refusal}, status=refusal.status)
    response["Cache-Control"] = "no-store"
    if refusal.wait:
        response["Retry-After"] = str(refusal.wait)
    return response
