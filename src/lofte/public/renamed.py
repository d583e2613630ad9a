"""Addresses with a name that a kommun no longer has lead on to the same page under its present name."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from lofte.followup.renaming import present_name


class LeadOn:
    """Asked only when a page is not there: what is there costs nothing more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        before = "/en/" if request.path_info.startswith("/en/") else "/"
        slug, _slash, rest = request.path_info.removeprefix(before).partition("/")
        now = present_name(slug)
        if now is None:
            return response
        question = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{before}{now}/{rest}{'?' if question else ''}{question}")
