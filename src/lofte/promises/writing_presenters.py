"""What the editor shows: the text so far, what the check says of it, what is missing, and what one can do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.core.states import PromiseState
from lofte.design.pieces import Fact, Link
from lofte.design.words import period_words
from lofte.promises import checking, signing
from lofte.promises.checking import Hit
from lofte.promises.earlier import earlier_results
from lofte.promises.models import Activity, CitizenPromise, Goal, Pledge, Rhythm, Target
from lofte.promises.plans import goal_text, plan_words
from lofte.promises.readiness import blockers, pledges_of
from lofte.promises.states import AMENDABLE, TO_SIGN
from lofte.promises.text import Place, Promised
from lofte.promises.wording import listed, promised_words
from lofte_engine.text.wording import PledgeFields


def address(promise: CitizenPromise, name: str, **more: str | int) -> str:
    where: dict[str, str | int] = {"kommun": promise.municipality.slug, "slug": promise.slug}
    return reverse(f"promises:{name}", kwargs=where | more)


@dataclass(frozen=True)
class Row:
    """Something in a list of the editor, with the way to where it is changed and what the check says of it."""

    text: str
    url: str
    notes: Sequence[str] = ()
    key: str = ""
    blocking: int = 0
    open: int = 0


@dataclass(frozen=True)
class Part:
    title: str
    url: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Move:
    """A button: what it says, what it sends, and what it leads to."""

    text: str
    to: str
    note: str = ""
    is_main: bool = False


@dataclass(frozen=True)
class Overview:
    state: str
    line: str
    moves: Sequence[Move]
    missing: Sequence[Link]
    parts: Sequence[Part]
    pledges: Sequence[Row]
    goals: Sequence[Row]
    signers: Sequence[Row]
    documents: Sequence[Link]
    ways: Sequence[Link]
    amendment: str = ""

    @property
    def is_ready(self) -> bool:
        return not self.missing


def overview(promise: CitizenPromise) -> Overview:
    amendment = signing.open_amendment(promise)
    missing = blockers(promise)
    return Overview(
        state=str(PromiseState(promise.state).label),
        line=promise.short_line or promise.title,
        moves=_moves(promise, is_ready=not missing),
        missing=[Link(each.text, _where(promise, each.section, each.key)) for each in missing],
        parts=[_basics(promise), _text(promise), _follow(promise)],
        pledges=_pledges(promise),
        goals=[_goal(goal) for goal in promise.goals.select_related("indicator", "promise__municipality")],
        signers=[
            Row(each.role, "", [str(each.organisation)], key=str(each.pk))
            for each in promise.signature_requests.select_related("organisation")
        ],
        documents=_documents(promise),
        ways=_ways(promise),
        amendment=amendment.reason if amendment else "",
    )


def _where(promise: CitizenPromise, section: str, key: str) -> str:
    if section in ("pledge", "goal"):
        return address(promise, section, key=key)
    if section == "signers":
        return f"{address(promise, 'write')}#undertecknare"
    return address(promise, "part", part={"basics": "grunden", "text": "texten"}[section])


def _moves(promise: CitizenPromise, *, is_ready: bool) -> list[Move]:
    """What one can do with the text as it stands. A text that lacks something isn't offered to be frozen."""
    if signing.pending(promise) is not None:
        return [
            Move(
                _("Öppna texten för ändring"), "oppna", _("Alla underskrifter faller. Texten får en ny kontrollsumma.")
            )
        ]
    freeze = [Move(_("Frys texten och be om underskrift"), "frys", is_main=True)] if is_ready else []
    if promise.state == PromiseState.DRAFT:
        review = Move(_("Skicka till gemensam granskning"), "joint_review", is_main=True)
        return [review, *(replace(each, is_main=False) for each in freeze)]
    if promise.state == PromiseState.JOINT_REVIEW:
        return [*freeze, Move(_("Tillbaka till utkast"), "draft")]
    return freeze if signing.open_amendment(promise) else []


def _ways(promise: CitizenPromise) -> list[Link]:
    ways = []
    if promise.state in TO_SIGN or signing.pending(promise) is not None:
        ways.append(Link(_("Till underskrifterna"), address(promise, "sign")))
    if promise.is_public:
        where = {"kommun": promise.municipality.slug, "slug": promise.slug}
        ways.append(Link(_("Se löftet som andra ser det"), reverse("public:promise", kwargs=where)))
        if promise.state in AMENDABLE and not signing.open_amendment(promise):
            ways.append(Link(_("Ändra, förläng eller avbryt löftet"), address(promise, "amend")))
    return ways


def _documents(promise: CitizenPromise) -> list[Link]:
    return [
        Link(_("PDF att läsa eller skriva under"), address(promise, "draft_pdf")),
        Link(_("Word i den nationella mallen"), address(promise, "word")),
        Link(_("Affisch med QR-kod"), address(promise, "poster")),
    ]


def _basics(promise: CitizenPromise) -> Part:
    areas = [link.area.name for link in promise.area_links.select_related("area")]
    where = listed(areas) or (_("hela kommunen") if promise.covers_municipality else _("Inte skrivet än"))
    parties = [link.organisation.name for link in promise.party_links.select_related("organisation")]
    return Part(
        _("Grunden"),
        address(promise, "part", part="grunden"),
        [
            Fact(_("Kort version"), promise.short_line or _("Inte skriven än")),
            Fact(_("Lovar"), listed(parties) or _("Inte skrivet än")),
            Fact(_("Gäller"), f"{period_words(promise.starts, promise.ends)}, {where}"),
        ],
    )


def _text(promise: CitizenPromise) -> Part:
    return Part(
        _("Texten"),
        address(promise, "part", part="texten"),
        [
            Fact(_("Övergripande löfte"), promise.overall_pledge or _("Inte skrivet än")),
            Fact(_("Det här ska vi åstadkomma"), promise.desired_outcome or _("Inte skrivet än")),
        ],
    )


def _follow(promise: CitizenPromise) -> Part:
    rhythm = str(Rhythm(promise.rhythm).label)
    return Part(
        _("Uppföljning och beslut"),
        address(promise, "part", part="uppfoljning"),
        [
            Fact(_("Redovisas"), rhythm),
            Fact(_("Bygger på lägesbild"), str(promise.picture.year) if promise.picture else _("Ingen vald")),
        ],
    )


def _pledges(promise: CitizenPromise) -> list[Row]:
    answers = checking.answers_of(promise)
    earlier = earlier_results(promise)
    rows = []
    for pledge in pledges_of(promise):
        found = checking.hits_of(pledge, answers=answers, earlier=earlier)
        amounts = [promised_words(promised(t)) for a in pledge.activities.all() for t in a.targets.all()]
        parties = listed([link.organisation.name for link in pledge.party_links.all()])
        notes = [parties or _("Ingen ansvarig är skriven"), *amounts]
        rows.append(
            Row(
                pledge.text, address(promise, "pledge", key=pledge.key), notes, pledge.key,
                blocking=sum(hit.is_blocking for hit in found),
                open=sum(not hit.is_blocking and hit.is_open and hit.severity == "warn" for hit in found),
            )
        )  # fmt: skip
    return rows


def _goal(goal: Goal) -> Row:
    return Row(goal.text, address(goal.promise, "goal", key=goal.key), plan(goal), goal.key)


def plan(goal: Goal) -> list[str]:
    """How a goal will be judged, as everyone will read it."""
    return plan_words(goal_text(goal))


def activities(pledge: Pledge) -> list[Row]:
    return [
        Row(
            each.text,
            address(pledge.promise, "activity", key=each.key),
            [*(_promised(each)), *([_("Visas först när den är gjord")] if each.shown_when_done else [])],
            each.key,
        )
        for each in pledge.activities.prefetch_related("targets__places__area")
    ]


def _promised(activity: Activity) -> list[str]:
    return [promised_words(promised(target)) for target in activity.targets.all()] or [_("Det står inte hur mycket")]


def targets(activity: Activity) -> list[Row]:
    assert activity.pledge is not None
    return [
        Row(
            promised_words(promised(each)),
            address(activity.pledge.promise, "target", key=activity.key, target=each.key),
            key=each.key,
        )
        for each in activity.targets.prefetch_related("places__area")
    ]


def promised(target: Target) -> Promised:
    """A row of the working copy as the values that a frozen text gives."""
    return Promised(
        key=target.key,
        kind=target.kind,
        comparison=target.comparison,
        amount=target.amount,
        unit=target.unit,
        per=target.per,
        is_average=target.is_average,
        in_each_area=target.in_each_area,
        min_minutes=target.min_minutes,
        options=tuple(target.options),
        places=tuple(Place(place.area.key, place.area.name, place.amount) for place in target.places.all()),
    )


@dataclass(frozen=True)
class Piece:
    """A stretch of the text, marked when something was found about these words."""

    text: str
    is_marked: bool = False
    is_blocking: bool = False


@dataclass(frozen=True)
class Check:
    """The wording check of one pledge: its text with the words marked, and the findings in the order that matters."""

    pieces: Sequence[Piece]
    hits: Sequence[Hit]
    is_empty: bool = False

    @property
    def blocking(self) -> list[Hit]:
        return [hit for hit in self.hits if hit.is_blocking]

    @property
    def open(self) -> list[Hit]:
        return [hit for hit in self.hits if not hit.is_blocking and hit.is_open and hit.severity == "warn"]

    @property
    def notes(self) -> list[Hit]:
        return [hit for hit in self.hits if not hit.is_blocking and hit.is_open and hit.severity == "note"]

    @property
    def answered(self) -> list[Hit]:
        return [hit for hit in self.hits if not hit.is_open]


def check(pledge: Pledge) -> Check:
    return _check(pledge.text, checking.hits_of(pledge, earlier=earlier_results(pledge.promise)))


def check_of_text(promise: CitizenPromise, pledge: Pledge | None, text: str, parties: Sequence[str]) -> Check:
    """The check of words that aren't saved yet, with what is known beside them."""
    fields = checking.fields_of(pledge, earlier_results(promise)) if pledge else _of_promise(promise)
    chosen = [each for each in parties if each.isdecimal()]
    names = promise.municipality.organisations.filter(pk__in=chosen).values_list("name", flat=True)
    found = checking.hits(
        text,
        replace(fields, responsible=tuple(names)),
        pledge_key=pledge.key if pledge else "",
        answers=checking.answers_of(promise),
    )
    return _check(text, found)


def _of_promise(promise: CitizenPromise) -> PledgeFields:
    return PledgeFields(
        starts=promise.starts,
        ends=promise.ends,
        areas=tuple(link.area.name for link in promise.area_links.select_related("area")),
        covers_municipality=promise.covers_municipality,
        reported="" if promise.rhythm == Rhythm.NONE else str(Rhythm(promise.rhythm).label),
    )


def _check(text: str, found: list[Hit]) -> Check:
    """Marks never lie over each other: where two findings are about the same words, the graver one marks them."""
    pieces, at = [], 0
    for hit in sorted((h for h in found if h.words and h.is_open), key=lambda h: (h.start, not h.is_blocking)):
        if hit.start < at:
            continue
        pieces.append(Piece(text[at : hit.start]))
        pieces.append(Piece(text[hit.start : hit.end], is_marked=True, is_blocking=hit.is_blocking))
        at = hit.end
    pieces.append(Piece(text[at:]))
    return Check([piece for piece in pieces if piece.text], found, is_empty=not text.strip())
