"""Suggestions for the next promise: what came of earlier ones, and measures whose effect has been studied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.design.pieces import Link
from lofte.design.words import number_words, period_words
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.promises import queries
from lofte.promises.earlier import Earlier, earlier_results
from lofte.promises.editor_views import of, page
from lofte.promises.known import KnownMeasure, known_measures

FOUND = {
    "less": gettext_lazy("Brotten minskade"),
    "none": gettext_lazy("Ingen ändring syntes"),
    "mixed": gettext_lazy("Olika resultat"),
    "more": gettext_lazy("Brotten ökade"),
}


@dataclass(frozen=True)
class Before:
    """An earlier pledge with its amounts, and the way to write it anew."""

    when: str
    pledge: str
    amounts: Sequence[str]
    url: str


@dataclass(frozen=True)
class Known:
    measure: KnownMeasure
    found: str


@staff_page
def suggestions(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    promise = queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)
    shown = page(request, promise, Link(_("Skriv löftet"), of(promise, "write")))
    shown |= {"before": before(earlier_results(promise), of(promise, "new_pledge")), "known": known("")}
    return render(request, "promises/suggestions.html", shown)


def before(rows: Sequence[Earlier], url: str) -> list[Before]:
    """The latest promise first; the amounts of one pledge together."""
    pledges: dict[tuple[str, str], list[Earlier]] = {}
    for row in rows:
        pledges.setdefault((row.slug, row.pledge), []).append(row)
    found = [
        Before(
            period_words(mine[0].starts, mine[0].ends), text, [_amount(row) for row in mine],
            f"{url}?{urlencode({'text': text})}",
        )
        for (_slug, text), mine in pledges.items()
    ]  # fmt: skip
    return found[::-1]


def _amount(row: Earlier) -> str:
    done = "" if row.done is None else " " + _("Gjort: {n}.").format(n=number_words(row.done))
    what = f"{row.activity.rstrip('.')}. " if row.activity else ""
    return _("{what}Lovat: {promised}.{done} {verdict}.").format(
        what=what, promised=row.promised, done=done, verdict=row.verdict[:1].upper() + row.verdict[1:]
    )


def known(text: str) -> list[Known]:
    """Known measures that touch the same as a text; all of them when nothing is written."""
    return [Known(each, str(FOUND[each.found])) for each in known_measures() if not text or each.is_about(text)]
