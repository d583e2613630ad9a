"""Search: what everyone may read, and for those who lead the work what only they may. One index, the same answers.

The index follows the event log. It is brought up to date by the worker, never by somebody who only reads.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db import models, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.core.models import Event
from lofte.core.visibility import VISITOR
from lofte.design.words import period_words
from lofte.followup.models import ActivityReport, Erratum, Period, Update
from lofte.followup.search_models import SearchEntry, SearchMark, SearchWord
from lofte.picture.models import SituationPicture
from lofte.places.models import Municipality
from lofte.promises.models import CitizenPromise
from lofte.promises.text import read
from lofte.promises.versions import in_force
from lofte_engine.text.stem import stems

Kind, Audience = SearchEntry.Kind, SearchEntry.Audience
LONGEST_STEM, MOST_WORDS = 60, 8
# A word in the title tells more of what the page is about than one in the text.
TITLE_WEIGHT = 5
# From this length a word also finds the words that begin with it: trafik finds trafikkontroll.
SHORTEST_BEGINNING = 4
# And from this length the words that end with it: belysning finds gatubelysning, which has three letters more at least.
# A long stem is kept backwards too, so that an end is found as a beginning is, in the same index.
SHORTEST_END, SHORTEST_COMPOUND, BACKWARDS = 5, 8, "<"
# A word weighs more than the end of a longer one.
WORD_WEIGHT, END_WEIGHT = 2, 1
VISIBLE: dict[str, type[models.Model]] = {
    Kind.PROMISE: CitizenPromise,
    Kind.REPORT: Period,
    Kind.PICTURE: SituationPicture,
    Kind.UPDATE: Update,
}


@dataclass
class Page:
    """Something to be found: where it stands and its words."""

    kind: str
    of: int
    audience: str
    municipality_id: int
    title: str
    page: str
    where: dict[str, str]
    parts: list[str]
    on: dt.date | None

    @property
    def text(self) -> str:
        return "\n".join(part.strip() for part in self.parts if part and part.strip())


# --- asking


def find(
    text: str, *, leads: frozenset[int] = frozenset(), kommun: Municipality | None = None
) -> QuerySet[SearchEntry]:
    """Entries that hold every word, the best first. `leads` are the kommuner whose inner pages may be shown."""
    asked = list(dict.fromkeys(stem[:LONGEST_STEM] for stem in stems(text)))[:MOST_WORDS]
    if not asked:
        return SearchEntry.objects.none()
    rows = SearchEntry.objects.filter(_may_see(leads)).select_related("municipality")
    if kommun is not None:
        rows = rows.filter(municipality=kommun)
    for stem in asked:
        rows = rows.filter(pk__in=SearchWord.objects.filter(_matches(stem)).values("entry"))
    any_of_them = Q()
    for stem in asked:
        any_of_them |= _matches(stem)
    found = SearchWord.objects.filter(any_of_them, entry=OuterRef("pk")).order_by().values("entry")
    score = found.annotate(score=Sum("weight")).values("score")
    return rows.annotate(score=Subquery(score)).order_by("-score", models.F("on").desc(nulls_last=True), "pk")


def _matches(stem: str) -> Q:
    found = Q(stem__startswith=stem) if len(stem) >= SHORTEST_BEGINNING else Q(stem=stem)
    return found | Q(stem__startswith=_backwards(stem)) if len(stem) >= SHORTEST_END else found


def _backwards(stem: str) -> str:
    return f"{BACKWARDS}{stem[::-1]}"[:LONGEST_STEM]


def meets(asked: str, stem: str) -> bool:
    """Whether a stem that is asked for finds this one: the same rule as in the index, for marking words in a text."""
    if asked == stem:
        return True
    begins = len(asked) >= SHORTEST_BEGINNING and stem.startswith(asked)
    return begins or (len(asked) >= SHORTEST_END and len(stem) >= SHORTEST_COMPOUND and stem.endswith(asked))


def _may_see(leads: frozenset[int]) -> Q:
    """What is open is asked for again by its own rule: an index that is behind never shows what was taken away."""
    still_open = Q()
    for kind, model in VISIBLE.items():
        rows = model._default_manager.all().visible_to(VISITOR)  # type: ignore[attr-defined]
        still_open |= Q(kind=kind, of__in=rows.values("pk"))
    mine = Q(municipality__in=leads)
    return (Q(audience=Audience.OPEN) & still_open & ~mine) | (Q(audience=Audience.LEADERS) & mine)


# --- keeping the index


def catch_up() -> int:
    """Index what the log says has changed since last, and what never was indexed; how many promises and pictures."""
    mark, _new = SearchMark.objects.get_or_create(pk=1)
    last = Event.objects.aggregate(last=models.Max("pk"))["last"] or 0
    promises, pictures = _changed(mark.event)
    for promise in promises:
        index_promise(promise)
    for picture in pictures:
        _keep({Kind.PICTURE: [picture.pk]}, _picture_pages(picture))
    for kind, model in VISIBLE.items():
        SearchEntry.objects.filter(kind=kind).exclude(of__in=model._default_manager.values("pk")).delete()
    if last != mark.event:
        SearchMark.objects.filter(pk=1).update(event=last)
    return len(promises) + len(pictures)


def _changed(since: int) -> tuple[list[CitizenPromise], list[SituationPicture]]:
    """Something was told of a kommun in the log: its promises and pictures are few, and are all read anew.

    So is everything when no stem is kept backwards: the index is from before that was done.
    """
    chains = Event.objects.filter(pk__gt=since).order_by().values_list("chain", flat=True).distinct()
    kommuner = {chain.partition("/")[0] for chain in chains}
    known = SearchEntry.objects.filter(audience=Audience.LEADERS)
    if not SearchWord.objects.filter(stem__startswith=BACKWARDS).exists():
        known = SearchEntry.objects.none()
    new = ~Q(pk__in=known.filter(kind=Kind.PROMISE).values("of"))
    promises = CitizenPromise.objects.filter(new | Q(municipality__slug__in=kommuner))
    new = ~Q(pk__in=known.filter(kind=Kind.PICTURE).values("of"))
    pictures = SituationPicture.objects.filter(new | Q(cycle__municipality__slug__in=kommuner))
    return list(promises.select_related("municipality")), list(pictures.select_related("cycle__municipality"))


def index_promise(promise: CitizenPromise) -> None:
    """The promise with its reports and updates, whole."""
    rows: dict[str, list[int]] = {
        Kind.PROMISE: [promise.pk],
        Kind.REPORT: list(promise.periods.values_list("pk", flat=True)),
        Kind.UPDATE: list(promise.updates.values_list("pk", flat=True)),
    }
    _keep(rows, (*_promise_pages(promise), *_report_pages(promise), *_update_pages(promise)))


@transaction.atomic
def _keep(rows: dict[str, list[int]], pages: Iterable[Page]) -> None:
    for kind, keys in rows.items():
        SearchEntry.objects.filter(kind=kind, of__in=keys).delete()
    for page in pages:
        entry = SearchEntry.objects.create(
            kind=page.kind, of=page.of, audience=page.audience, municipality_id=page.municipality_id,
            title=page.title[:300], text=page.text, on=page.on, page=page.page, where=page.where,
        )  # fmt: skip
        weights = Counter(stem[:LONGEST_STEM] for stem in stems(page.text))
        for stem in stems(page.title):
            weights[stem[:LONGEST_STEM]] += TITLE_WEIGHT
        ends = {_backwards(stem): END_WEIGHT * n for stem, n in weights.items() if len(stem) >= SHORTEST_COMPOUND}
        kept = ({stem: WORD_WEIGHT * n for stem, n in weights.items()} | ends).items()
        SearchWord.objects.bulk_create(SearchWord(entry=entry, stem=each, weight=n) for each, n in kept)


def _promise_pages(promise: CitizenPromise) -> Iterator[Page]:
    """Everyone finds the text in force; those who lead find what is being written."""
    where = {"slug": promise.slug}
    version = in_force(promise) if promise.is_public else None
    if version is not None:
        text = read(version.content)
        parts = [text.short_line, text.overall_pledge, text.intro, text.desired_outcome, *text.parties, *text.areas]
        for pledge in text.pledges:
            parts += [pledge.text, *(each.text for each in pledge.activities)]
        yield _page(promise, Kind.PROMISE, promise.pk, Audience.OPEN, text.title, "public:promise", where, parts)
    parts = [promise.short_line, promise.overall_pledge, promise.intro, promise.desired_outcome]
    for row in promise.pledges.prefetch_related("activities"):
        parts += [row.text, *(each.text for each in row.activities.all())]
    page = "public:promise" if promise.is_public else "promises:write"
    yield _page(promise, Kind.PROMISE, promise.pk, Audience.LEADERS, promise.title, page, where, parts)


def _report_pages(promise: CitizenPromise) -> Iterator[Page]:
    everything = ActivityReport.objects.filter(period__promise=promise)
    told = set(everything.visible_to(VISITOR).values_list("pk", flat=True))
    errata = Erratum.objects.filter(period__promise=promise)
    for period in promise.periods.all():
        reports = [each for each in everything.select_related("activity") if each.period_id == period.pk]
        said = [each.text for each in errata if each.period_id == period.pk]
        is_out = period.stage == Period.Stage.PUBLISHED
        if not (reports or period.summary or is_out):
            continue
        where = {"slug": promise.slug, "label": period.label}
        title = _report_title(promise, period)
        if is_out and promise.is_public:
            parts = [period.summary, *_words_of([each for each in reports if each.pk in told]), *said]
            yield _page(promise, Kind.REPORT, period.pk, Audience.OPEN, title, "public:report", where, parts, period)
        parts = [period.summary, *_words_of(reports), *said]
        page = "public:report" if is_out else "followup:period"
        yield _page(promise, Kind.REPORT, period.pk, Audience.LEADERS, title, page, where, parts, period)


def _report_title(promise: CitizenPromise, period: Period) -> str:
    with override("sv"):
        name = period_words(period.starts, period.ends)
        return _("Rapport för {name}: {promise}").format(name=name, promise=promise.title)


def _words_of(reports: list[ActivityReport]) -> list[str]:
    return [
        part for each in reports for part in (each.activity.text, each.done, each.reason, each.noticed, each.next_step)
    ]


def _update_pages(promise: CitizenPromise) -> Iterator[Page]:
    audiences = (Audience.OPEN, Audience.LEADERS) if promise.is_public else ()
    for update in promise.updates.all():
        where = {"slug": promise.slug, "key": update.key}
        for audience in audiences:
            made = _page(
                promise, Kind.UPDATE, update.pk, audience, promise.title, "public:update", where, [update.text]
            )
            made.on = update.on
            yield made


def _picture_pages(picture: SituationPicture) -> Iterator[Page]:
    """A picture that is adopted is read with the promise that rests on it; others only by those who write it."""
    parts = [picture.summary, picture.joint_assessment]
    for problem in picture.problems.prefetch_related("causes"):
        parts += [problem.title, problem.description, problem.who, problem.consequences]
        parts += [cause.text for cause in problem.causes.all()]
    cycle = picture.cycle
    with override("sv"):
        title = _("Lägesbild {year}, {kommun}").format(year=picture.year or cycle.slug, kommun=cycle.municipality)
    found = Page(
        Kind.PICTURE, picture.pk, Audience.LEADERS, cycle.municipality_id, title, "picture:picture",
        {"cycle": cycle.slug, "key": picture.key}, parts, picture.adopted_on,
    )  # fmt: skip
    yield found
    promise = picture.promises.visible_to(VISITOR).order_by("starts", "pk").first()
    if promise is not None and SituationPicture.objects.visible_to(VISITOR).filter(pk=picture.pk).exists():
        yield replace(found, audience=Audience.OPEN, page="public:why", where={"slug": promise.slug})


def _page(
    promise: CitizenPromise,
    kind: str,
    of: int,
    audience: str,
    title: str,
    page: str,
    where: dict[str, str],
    parts: list[str],
    period: Period | None = None,
) -> Page:
    day = period.ends if period else promise.starts
    return Page(kind, of, audience, promise.municipality_id, title, page, where, parts, day)
