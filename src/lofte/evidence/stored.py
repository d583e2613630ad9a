"""Texts that are kept in Swedish in rows, and are ours: said in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext

from lofte.design.words import quoted


def said(text: str) -> str:
    """A stored text in the page's language where it is one of ours; otherwise as it stands, marked as Swedish."""
    if not text:
        return ""
    told = gettext(text)
    return told if told != text else quoted(text)
