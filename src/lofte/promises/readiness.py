"""What must be there before a text is frozen to be signed, each with the way to where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lofte.promises.checking import Hit, answers_of, hits_of
from lofte.promises.models import CitizenPromise, Goal, Pledge


@dataclass(frozen=True)
class Missing:
    """One thing that stands in the way. `section` and `key` say on which part of the editor it is mended."""

    text: str
    section: str
    key: str = ""


class NotReady(ValueError):
    """The text can't be frozen yet."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__("; ".join(each.text for each in missing))
        self.missing = missing


def blockers(promise: CitizenPromise) -> list[Missing]:
    return [*_of_promise(promise), *_of_signing(promise), *_of_pledges(promise), *_of_goals(promise)]


def pledges_of(promise: CitizenPromise) -> list[Pledge]:
    """The pledges with all that the wording check looks at, in a handful of queries."""
    return list(
        promise.pledges.select_related("promise").prefetch_related(
            "party_links__organisation", "problem_links", "activities__targets__places__area",
            "promise__goals__indicator", "promise__area_links__area",
        )
    )  # fmt: skip


def _of_promise(promise: CitizenPromise) -> Iterator[Missing]:
    if not promise.short_line:
        yield Missing(_("Den korta versionen saknas."), "basics")
    if not promise.party_links.exists():
        yield Missing(_("Det står inte vilka som lovar."), "basics")
    if not promise.covers_municipality and not promise.area_links.exists():
        yield Missing(_("Det står inte var löftet gäller."), "basics")
    if not promise.overall_pledge and not promise.pledges.exists():
        yield Missing(_("Löftet har varken ett övergripande löfte eller något löfte på egen rad."), "text")


def _of_signing(promise: CitizenPromise) -> Iterator[Missing]:
    asked = {request.organisation_id for request in promise.signature_requests.all()}
    for link in promise.party_links.select_related("organisation"):
        if link.organisation_id not in asked:
            text = _("Ingen är utsedd att skriva under för {name}.").format(name=link.organisation)
            yield Missing(text, "signers")


def _of_pledges(promise: CitizenPromise) -> Iterator[Missing]:
    answers = answers_of(promise)
    for number, pledge in enumerate(pledges_of(promise), start=1):
        for hit in hits_of(pledge, answers=answers):
            if hit.is_blocking:
                yield Missing(_blocks(number, hit), "pledge", pledge.key)


def _blocks(number: int, hit: Hit) -> str:
    return _("Löfte {number}, {title}: {message}").format(
        number=number, title=hit.title[:1].lower() + hit.title[1:], message=hit.message
    )


def _of_goals(promise: CitizenPromise) -> Iterator[Missing]:
    """Each outcome goal says how it will be judged, or why it never can be: decided before anyone signs."""
    for goal in promise.goals.filter(kind=Goal.Kind.OUTCOME).select_related("indicator"):
        if goal.no_answer_because:
            continue
        for is_there, what in (
            (goal.indicator is not None, _("vilket mått ni använder")),
            (goal.design, _("vad ni jämför med")),
            (goal.margin is not None, _("hur stor skillnad som räknas som oförändrat")),
            (goal.answer_on is not None, _("vilken dag svaret kommer")),
        ):
            if not is_there:
                text = _("Målet ”{goal}” säger inte {what}. Skriv det, eller varför det inte kan bedömas.")
                yield Missing(text.format(goal=goal.text, what=what), "goal", goal.key)
