"""You said, we did: from a theme to the problem it became, and on to the pledges and measures, as they stand today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.core.visibility import VISITOR
from lofte.design.pieces import Verdict
from lofte.design.words import date_words, strung, woven
from lofte.evidence.models import EvidenceItem
from lofte.followup.presenters import delivery_verdict, done_words
from lofte.followup.queries import PledgeStatus, Status, latest_versions, statuses
from lofte.picture.models import Problem
from lofte.promises.models import CitizenPromise, Measure
from lofte.public import queries
from lofte.public.addresses import address
from lofte.voices.led_to import LedTo, tells_what_came
from lofte.voices.models import Theme


@dataclass(frozen=True)
class Link:
    """A theme's problem, with one measure against it when there is one that everyone may read."""

    theme: int
    picture: int
    key: str
    title: str
    measure: str
    plan: tuple[str, str, str] | None


@tells_what_came
def led_to(themes: Sequence[Theme]) -> Mapping[int, Sequence[LedTo]]:
    """In five queries however many they are. What nobody may read outside is left out, whoever looks."""
    links = _links(themes)
    if not links:
        return {}
    pictures = {link.picture for link in links}
    promises = CitizenPromise.objects.visible_to(VISITOR).filter(picture__in=pictures)
    found = statuses(
        list(latest_versions(promises).order_by("-promise__starts", "promise_id")), viewer=VISITOR,
        today=queries.today(),
    )  # fmt: skip
    by_theme: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_theme[link.theme].append(link)
    return {theme: _told(mine, found) for theme, mine in by_theme.items()}


def _links(themes: Sequence[Theme]) -> list[Link]:
    """Through evidence that everyone may read, to problems of pictures that everyone may read."""
    open_items = EvidenceItem.objects.visible_to(VISITOR)
    open_measures = Measure.objects.visible_to(VISITOR).filter(pk=OuterRef("measure_links__measure"))
    plan = "measure_links__measure__plan"
    rows = (
        Problem.objects.visible_to(VISITOR)
        .filter(evidence_links__evidence__in=open_items, evidence_links__evidence__theme_links__theme__in=themes)
        .annotate(theme=F("evidence_links__evidence__theme_links__theme"), is_open=Exists(open_measures))
        .order_by("priority", "pk", "measure_links__pk")
        .values_list(
            "theme", "picture", "key", "title", "is_open", "measure_links__measure__text",
            f"{plan}__cycle__municipality__slug", f"{plan}__cycle__slug", f"{plan}__key",
        )
    )  # fmt: skip
    found = [
        Link(theme, picture, key, title, text if is_open else "", where if is_open else None)
        for theme, picture, key, title, is_open, text, *rest in rows
        for where in [(rest[0], rest[1], rest[2])]
    ]
    return list(dict.fromkeys(found))


def _told(links: Sequence[Link], found: Sequence[Status]) -> list[LedTo]:
    """Pledges first, then measures of the plan; a problem that led to neither is told of as such."""
    told: dict[tuple[str, str], LedTo] = {}
    for link in links:
        for status in found:
            for pledge in status.pledges:
                if status.promise.picture_id == link.picture and link.key in pledge.text.problems:
                    told[status.promise.slug, pledge.text.key] = _pledge(pledge, status)
    for link in links:
        if link.measure and link.plan:
            told["measure", link.measure] = LedTo(_("Åtgärd i åtgärdsplanen"), link.measure, _plan_url(*link.plan))
    return list(told.values()) or [
        LedTo(_("Problem i lägesbilden"), title, done=_("Inget löfte är kopplat till det."))
        for title in dict.fromkeys(link.title for link in links)
    ]


def _plan_url(kommun: str, cycle: str, key: str) -> str:
    return reverse("open_picture:plan", kwargs={"kommun": kommun, "cycle": cycle, "key": key})


def _pledge(pledge: PledgeStatus, status: Status) -> LedTo:
    done = [done_words(target, outcome) for _activity, target, outcome in pledge.answers if outcome.total]
    verdict = delivery_verdict(pledge, status)
    return LedTo(
        kind=_("Löfte"),
        text=pledge.text.text,
        url=f"{address(status.promise)}#{pledge.text.key}",
        verdict=Verdict(verdict.value, verdict.label, verdict.because),
        done=woven(_("Gjort: {done}."), done=strung(done, "; ")) if done else "",
        on=_on(pledge),
    )


def _on(pledge: PledgeStatus) -> str:
    """The day its newest report came out, or the last day it tells of where nobody wrote that down."""
    latest = pledge.latest
    if latest is None:
        return ""
    if latest.period.published_on:
        return _("Så stod det i rapporten {day}.").format(day=date_words(latest.period.published_on))
    return _("Redovisat till och med {day}.").format(day=date_words(latest.covers_to))
