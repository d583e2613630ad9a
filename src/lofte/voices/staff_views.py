"""Pages for those who hold dialogues: the list, the dialogue, its days, its paper, and typing in voices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, frame, get_or_404, may, staff_page
from lofte.parties.rules import Permission
from lofte.places.models import Municipality
from lofte.places.queries import municipality_or_404
from lofte.voices import actions, areas, codes, comparing, documents, presenters, queries, receiving
from lofte.voices.forms import DialogueForm
from lofte.voices.hearing import heard
from lofte.voices.models import Dialogue
from lofte.voices.presenters import address
from lofte.voices.representation import representation
from lofte.voices.voice_forms import EntryForm

MOST_FORMS = 100


def get_dialogue(request: StaffRequest, permission: Permission, kommun: str, cycle: str, key: str) -> Dialogue:
    return get_or_404(
        request, permission, Dialogue, "cycle__municipality",
        cycle__municipality__slug=kommun, cycle__slug=cycle, key=key,
    )  # fmt: skip


def page(request: StaffRequest, dialogue: Dialogue, *way: Link) -> dict[str, Any]:
    municipality = dialogue.cycle.municipality
    return frame(request, municipality) | {
        "dialogue": dialogue,
        "municipality": municipality,
        "crumbs": [*_list_crumbs(municipality), *way],
        "here": dialogue.title,
        "dialogue_url": address("voices_staff:dialogue", dialogue),
        "may_review": may(request.user, Permission.PUBLISH, dialogue),
    }


def inside(request: StaffRequest, dialogue: Dialogue, here: str) -> dict[str, Any]:
    """A page below the dialogue's own."""
    shown = page(request, dialogue, Link(dialogue.title, address("voices_staff:dialogue", dialogue)))
    return shown | {"here": here}


def _list_crumbs(municipality: Municipality) -> list[Link]:
    every = reverse("voices_staff:dialogues", kwargs={"kommun": municipality.slug})
    return [Link(_("Att göra"), reverse("desk:todo")), Link(_("Dialoger"), every)]


def _kommun(request: StaffRequest, permission: Permission, slug: str) -> Municipality:
    municipality = municipality_or_404(slug)
    if municipality.pk not in request.viewer.municipalities or not may(request.user, permission, municipality):
        raise Http404
    return municipality


@staff_page
def dialogues(request: StaffRequest, kommun: str) -> HttpResponse:
    """Every dialogue of the kommun with its age, what waits in it, and where else it is used."""
    municipality = _kommun(request, Permission.READ_CYCLE, kommun)
    today = timezone.localdate()
    rows = [_row(dialogue, request, today) for dialogue in queries.dialogues_of(municipality, request.viewer)]
    shown = frame(request, municipality) | {
        "municipality": municipality,
        "rows": rows,
        "crumbs": _list_crumbs(municipality)[:1],
        "may_edit": may(request.user, Permission.EDIT_CYCLE, municipality),
    }
    return render(request, "voices/staff_dialogues.html", shown)


def _row(dialogue: Any, request: StaffRequest, today: Any) -> dict[str, Any]:
    themes = queries.themes_of(dialogue, request.viewer)
    return {
        "dialogue": dialogue,
        "url": address("voices_staff:dialogue", dialogue),
        "when": presenters.when(dialogue),
        "age": presenters.age(dialogue, today),
        "is_open": dialogue.is_open(today),
        "is_overdue": queries.is_overdue(dialogue, themes, today),
        "used_in": [cycle.slug for cycle in queries.used_in(dialogue)],
    }


@staff_page
def create(request: StaffRequest, kommun: str) -> HttpResponse:
    municipality = _kommun(request, Permission.EDIT_CYCLE, kommun)
    cycles = queries.cycles_of(municipality, request.viewer)
    form = DialogueForm(request.POST or None, cycles=cycles, offered=areas.of_kommun(municipality))
    if request.method == "POST" and form.is_valid():
        cycle = form.by_slug[form.cleaned_data["cycle"]]
        made = actions.make_dialogue(cycle=cycle, by=request.user, values=form.values())
        messages.success(request, _("Sparat som utkast. Ingen annan ser dialogen än."))
        return redirect(address("voices_staff:dialogue", made))
    shown = frame(request, municipality) | {
        "municipality": municipality, "form": form, "crumbs": _list_crumbs(municipality), "has_cycles": bool(cycles),
    }  # fmt: skip
    return render(request, "voices/dialogue_form.html", shown, status=422 if form.is_bound else 200)


@staff_page
def change(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    shown = inside(request, dialogue, _("Ändra"))
    offered = areas.of_kommun(dialogue.cycle.municipality)
    form = DialogueForm(request.POST or None, instance=dialogue, cycles=[], offered=offered)
    if request.method == "POST" and form.is_valid():
        actions.change_dialogue(dialogue=dialogue, by=request.user, values=form.values())
        messages.success(request, _("Sparat."))
        return redirect(address("voices_staff:dialogue", dialogue))
    shown |= {"form": form, "has_cycles": True}
    return render(request, "voices/dialogue_form.html", shown, status=422 if form.is_bound else 200)


@staff_page
def dialogue(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """How far a dialogue has come, and everything one can do with it."""
    found = get_dialogue(request, Permission.READ_CYCLE, kommun, cycle, key)
    today = timezone.localdate()
    themes = queries.themes_of(found, request.viewer)
    counts = heard(found)
    shown = page(request, found) | {
        "is_open": found.is_open(today),
        "when": presenters.when(found),
        "age": presenters.age(found, today),
        "heard": presenters.heard_sentence(found, counts),
        "channels": presenters.channels(counts),
        "representation": representation(found, counts.by_age_and_sex, counts.by_area),
        "waiting": counts.waiting,
        "handed_over": queries.handed_over(found).count(),
        "unsorted": queries.to_sort(found, only_unsorted=True).count(),
        "themes": themes,
        "feedback": presenters.feedback(found, themes, today),
        "rounds": list(queries.rounds_of(found, request.viewer)),
        "walks": list(found.walks.all()),
        "used_in": queries.used_in(found),
        "may_edit": may(request.user, Permission.EDIT_CYCLE, found),
        "answer_url": documents.answer_url(found),
        "page_url": "" if found.is_for_staff or found.is_draft else address("voices:dialogue", found),
    }
    return render(request, "voices/staff_dialogue.html", shown)


@staff_page
def compare(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """What staff put first beside what citizens put first, for those who work with both."""
    found = get_dialogue(request, Permission.READ_CYCLE, kommun, cycle, key)
    if not found.is_for_staff:
        raise Http404
    shown = inside(request, found, _("Jämför med medborgarna")) | {"comparison": comparing.compared(found)}
    return render(request, "voices/compare.html", shown)


@staff_page
@require_POST
def let_out(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    actions.open_dialogue(dialogue=dialogue, by=request.user)
    told = _("Nu kan de som har länken svara.") if dialogue.is_for_staff else _("Nu syns dialogen för alla.")
    messages.success(request, told)
    return redirect(address("voices_staff:dialogue", dialogue))


@staff_page
@require_POST
def renew_link(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    if not dialogue.is_for_staff:
        raise Http404
    actions.renew_link(dialogue=dialogue, by=request.user)
    messages.success(request, _("Länken är ny. Den gamla fungerar inte längre."))
    return redirect(address("voices_staff:dialogue", dialogue))


@staff_page
def poster(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    return _pdf(documents.poster(dialogue, timezone.now()), f"affisch-{dialogue.key}.pdf")


@staff_page
def answers_poster(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """What the themes that everyone may see led to, for the notice board."""
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    themes = queries.public_themes(dialogue)
    made = documents.answers(dialogue, themes, timezone.localdate(), timezone.now())
    return _pdf(made, f"svar-{dialogue.key}.pdf")


@staff_page
def paper(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Forms to print, each with its own kvittokod on a slip to tear off."""
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    wanted = request.GET.get("antal", "1")
    number = min(int(wanted), MOST_FORMS) if wanted.isdecimal() and int(wanted) else 1
    made = documents.paper(dialogue, [codes.new_code() for _each in range(number)], timezone.now())
    return _pdf(made, f"blankett-{dialogue.key}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@staff_page
def entry(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Type in voices from paper, one after another: after each the cursor stands in the first field again."""
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    if dialogue.is_draft:
        raise Http404
    today = timezone.localdate()
    pile = request.session.get(_pile(dialogue), {})
    initial = {"channel": "paper", "on": today, "nonce": receiving.new_nonce()} | pile.get("kept", {})
    form = EntryForm(request.POST or None, initial=initial, offered=areas.offered(dialogue), today=today)
    if request.method == "POST" and form.is_valid():
        if _enter(request, dialogue, form):
            return redirect(address("voices_staff:entry", dialogue))
        form.add_code_taken()
    shown = inside(request, dialogue, _("Skriv in svar")) | {"form": form, "entered": pile.get("entered", 0)}
    return render(request, "voices/entry.html", shown, status=422 if form.is_bound else 200)


def _pile(dialogue: Dialogue) -> str:
    return f"voices.entry.{dialogue.pk}"


def _enter(request: StaffRequest, dialogue: Dialogue, form: EntryForm) -> bool:
    try:
        made = form.enter(dialogue, request.user)
    except receiving.CodeTaken:
        return False
    pile = request.session.get(_pile(dialogue), {})
    entered = pile.get("entered", 0) + (made is not None)
    request.session[_pile(dialogue)] = {"kept": form.kept(), "entered": entered}
    return True
