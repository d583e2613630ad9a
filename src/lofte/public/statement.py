"""Tillgänglighetsredogörelse (act 2018:1937, 13 §) with a way to say what does not work."""

from __future__ import annotations

import hashlib

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lofte.core.public_forms import public_form
from lofte.notices.actions import send_once
from lofte.public import queries


class FeedbackForm(forms.Form):
    text = forms.CharField(
        label=_("Vad fungerar inte?"),
        help_text=_("Skriv gärna på vilken sida det hände."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.EmailField(
        label=_("Din e-post"), required=False, help_text=_("Bara om du vill ha svar. Vi använder den inte till annat.")
    )


@public_form("tillganglighet")
def statement(request: HttpRequest) -> HttpResponse:
    """What works, what does not, and a form whose text goes to the site's mailbox."""
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _send(form.cleaned_data["text"], form.cleaned_data["email"])
        return redirect(f"{reverse('public:accessibility')}?tack#sag-till")
    context = {"form": form, "is_sent": "tack" in request.GET}
    return render(request, "public/statement.html", context, status=422 if form.is_bound else 200)


def _send(text: str, email: str) -> None:
    """To the mailbox of the site; the same text sent twice a day is one message."""
    body = f"{text}\n\nSvar till: {email}" if email else text
    key = hashlib.sha256(f"{queries.today()}{body}".encode()).hexdigest()[:24]
    send_once(
        f"tillganglighet:{key}",
        kind="accessibility_feedback",
        subject="Tillgänglighet: någon har sagt till",
        body=body,
        email=settings.CONTACT_EMAIL or settings.DEFAULT_FROM_EMAIL,
    )
