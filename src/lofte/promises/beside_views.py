"""The pages of what stands beside the signed text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.promises import beside, queries
from lofte.promises.editor_views import of, page
from lofte.promises.models import LONGEST_TWIN, CitizenPromise, PerspectiveAnswer, PlainTwin
from lofte_engine.text.readability import readability


class TwinForm(forms.Form):
    """The promise said again."""

    line = forms.CharField(label=gettext_lazy("Kort version"), max_length=100)
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=LONGEST_TWIN, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("Det som får plats på en sida. En tom rad ger ett nytt stycke."),
    )  # fmt: skip


class PerspectiveForm(forms.Form):
    """One question after the other; none has to be answered."""

    def __init__(self, data: Any = None, *, promise: CitizenPromise) -> None:
        super().__init__(data)
        given = {each.question: each for each in promise.perspectives.all()}
        self.questions = beside.questions_for(promise)
        for question in self.questions:
            known = given.get(question.value)
            self.fields[question.value] = forms.ChoiceField(
                label=question.label, required=False, widget=forms.RadioSelect,
                choices=[("", _("Inte besvarad")), *PerspectiveAnswer.Answer.choices],
                initial=known.answer if known else "",
            )  # fmt: skip
            self.fields[f"{question.value}-mer"] = forms.CharField(
                label=_("Mer om det"), required=False, max_length=300, initial=known.note if known else ""
            )

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[question.value], self[f"{question.value}-mer"]) for question in self.questions]

    def answers(self) -> dict[str, tuple[str, str]]:
        given = self.cleaned_data
        return {each: (given[each], given[f"{each}-mer"]) for each in map(str, self.questions) if given[each]}


def _promise(request: StaffRequest, kommun: str, slug: str) -> CitizenPromise:
    return queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)


@staff_page
def twins(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """Which languages there are, and which of them say an older text."""
    promise = _promise(request, kommun, slug)
    written = {twin.language: twin for twin in promise.twins.all()}
    now = beside.source_of(promise).sha256
    shown = page(request, promise, Link(_("Skriv löftet"), of(promise, "write")))
    shown["languages"] = [
        {
            "name": language.label,
            "url": of(promise, "twin", language=language.value),
            "is_written": language.value in written,
            "is_older": language.value in written and written[language.value].source_sha256 != now,
        }
        for language in PlainTwin.Language
    ]
    return render(request, "promises/twins.html", shown)


@staff_page
def twin(request: StaffRequest, kommun: str, slug: str, language: str) -> HttpResponse:
    promise = _promise(request, kommun, slug)
    if language not in PlainTwin.Language.values:
        raise Http404
    known = promise.twins.filter(language=language).first()
    if request.method == "POST" and "ta-bort" in request.POST:
        beside.remove_twin(promise=promise, by=request.user, language=language)
        messages.success(request, _("Texten är borttagen."))
        return redirect(of(promise, "twins"))
    source = beside.source_of(promise)
    begun = {"line": source.text.short_line, "text": beside.starting_words(source.text)[:LONGEST_TWIN]}
    form = TwinForm(request.POST or None, initial={"line": known.line, "text": known.text} if known else begun)
    if request.method == "POST" and form.is_valid():
        beside.save_twin(promise=promise, by=request.user, language=language, **form.cleaned_data)
        messages.success(request, _("Sparat."))
        return redirect(of(promise, "twin", language=language))
    way = (Link(_("Skriv löftet"), of(promise, "write")), Link(_("Lättläst och andra språk"), of(promise, "twins")))
    shown = page(request, promise, *way) | {
        "form": form, "twin": known, "name": PlainTwin.Language(language).label, "source": source,
        "original": beside.starting_words(source.text), "is_older": known and known.source_sha256 != source.sha256,
        "told": _readability(known) if known and language == PlainTwin.Language.EASY else "",
    }  # fmt: skip
    return render(request, "promises/twin.html", shown, status=422 if form.is_bound else 200)


def _readability(known: PlainTwin) -> str:
    found = readability(known.text)
    return _("Läsbarhetsindex (LIX) är {lix}. Lättläst brukar vara under 30. Den längsta meningen har {n} ord.").format(
        lix=round(found.lix), n=found.longest_sentence
    )


@staff_page
def perspectives(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """Whom the promise reaches: questions to oneself."""
    promise = _promise(request, kommun, slug)
    form = PerspectiveForm(request.POST or None, promise=promise)
    if request.method == "POST" and form.is_valid():
        beside.answer_perspectives(promise=promise, by=request.user, answers=form.answers())
        messages.success(request, _("Sparat."))
        return redirect(of(promise, "perspectives"))
    shown = page(request, promise, Link(_("Skriv löftet"), of(promise, "write"))) | {"form": form}
    return render(request, "promises/perspectives.html", shown, status=422 if form.is_bound else 200)
