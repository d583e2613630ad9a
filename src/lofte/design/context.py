"""What every page's frame needs: its language, its twin in the other language and the kommun it is about."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    other = next(code for code, _ in settings.LANGUAGES if code != language)
    return {
        "language": language,
        "other_language": other,
        "alternate_url": alternate_url(request.get_full_path(), language, other),
        "place": getattr(request, "place", None),
        "contact": getattr(settings, "CONTACT_EMAIL", ""),
    }


def alternate_url(address: str, language: str, other: str) -> str:
    """The same page in the other language. An address no page answers to only gets the other prefix."""
    translated = translate_url(address, other)
    if translated != address:
        return translated
    bare = address.removeprefix(f"/{language}") if language != settings.LANGUAGE_CODE else address
    return bare if other == settings.LANGUAGE_CODE else f"/{other}{bare}"
