"""Typing in where there may be no network: the page keeps answers on the device and sends them when it can."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.voices import areas, receiving
from lofte.voices.models import Dialogue
from lofte.voices.presenters import address
from lofte.voices.staff_views import get_dialogue, inside
from lofte.voices.voice_forms import EntryForm

TAKEN = 201
JSON = "application/json"


@staff_page
def street(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """The form; with a script it is sent answer by answer in the background, without one as any form."""
    dialogue = _out(request, kommun, cycle, key)
    today = timezone.localdate()
    initial = {"channel": "street", "on": today, "nonce": receiving.new_nonce()}
    form = EntryForm(request.POST or None, initial=initial, offered=areas.offered(dialogue), today=today)
    if request.method == "POST" and form.is_valid() and _is_entered(request, dialogue, form):
        if request.headers.get("Accept") == JSON:
            return JsonResponse({}, status=TAKEN)
        return redirect(address("voices_staff:street", dialogue))
    if request.method == "POST" and request.headers.get("Accept") == JSON:
        return JsonResponse({"problem": _first_problem(form)}, status=422)
    shown = inside(request, dialogue, _("På torget")) | {
        "form": form,
        "worker_url": address("voices_staff:street_worker", dialogue),
    }
    return render(request, "voices/street.html", shown, status=422 if form.is_bound else 200)


@staff_page
def worker(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """The script that opens the page without a network. Where it stands says which page it may open."""
    _out(request, kommun, cycle, key)
    script = f'importScripts("{static("lofte/built/street-worker.js")}");\n'
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


def _out(request: StaffRequest, kommun: str, cycle: str, key: str) -> Dialogue:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    if dialogue.is_draft:
        raise Http404
    return dialogue


def _is_entered(request: StaffRequest, dialogue: Dialogue, form: EntryForm) -> bool:
    try:
        form.enter(dialogue, request.user)
    except receiving.CodeTaken:
        form.add_code_taken()
        return False
    return True


def _first_problem(form: EntryForm) -> str:
    return next(str(messages[0]) for messages in form.errors.values())
