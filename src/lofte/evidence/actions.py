"""Writes to evidence: what people said becomes something that a picture may rest on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lofte.core.events import record
from lofte.core.states import Visibility
from lofte.design.words import date_words, number_words, period_words
from lofte.evidence.forms import ItemForm
from lofte.evidence.models import EvidenceItem, EvidenceTheme
from lofte.parties.models import Cycle, User
from lofte.parties.rules import Permission, require
from lofte.voices.models import Dialogue, Theme
from lofte.voices.queries import chain_of, chain_of_kommun
from lofte.voices.themes import period_of

KINDS = {
    Dialogue.Kind.CITIZEN: EvidenceItem.Kind.CITIZEN_DIALOGUE,
    Dialogue.Kind.STAFF: EvidenceItem.Kind.STAFF_DIALOGUE,
}


@transaction.atomic
def evidence_from_theme(*, theme: Theme, by: User, cycle: Cycle | None = None) -> EvidenceItem:
    """An item that says what a theme's voices said, with how many, when, how they were asked and what it can't tell.

    Internal until somebody opens it. A later cycle may rest on the same theme; in one cycle there is one item.
    """
    dialogue = theme.dialogue
    turn = cycle or dialogue.cycle
    require(by, Permission.EDIT_CYCLE, turn)
    linked = EvidenceTheme.objects.filter(theme=theme, evidence__cycle=turn).select_related("evidence").first()
    if linked is not None:
        return linked.evidence
    # What its voices were counted to, or a number from elsewhere; none when it would tell a small group.
    n = theme.count
    walked = SAFETY_WALK if dialogue.form == Dialogue.Form.WALK else KINDS[Dialogue.Kind(dialogue.kind)]
    item = EvidenceItem.objects.create(
        cycle=turn,
        key=free_key(turn, f"rost-{theme.key}"),
        kind=walked,
        title=theme.label,
        sentence=_sentence(theme, n),
        on=dialogue.closes,
        period=_period(theme),
        n=n,
        limits=_limits(theme),
        dialogue=dialogue,
        visibility=Visibility.INTERNAL,
    )
    item.areas.set(dialogue.areas.all())
    EvidenceTheme.objects.create(evidence=item, theme=theme, created_by=by.key)
    record("evidence.from_theme", chain=chain_of(dialogue), target=item, actor=by.key, content=item.sentence)
    return item


SAFETY_WALK = EvidenceItem.Kind.SAFETY_WALK


def free_key(cycle: Cycle, stem: str) -> str:
    """A short name that no other item of the cycle has."""
    taken = set(cycle.evidence.values_list("key", flat=True))
    number, key = 1, stem[:70]
    while key in taken:
        number += 1
        key = f"{stem[:70]}-{number}"
    return key


def _sentence(theme: Theme, n: int | None) -> str:
    total = theme.dialogue.contributions.count() or theme.dialogue.participants
    if n is None:
        return _("I dialogen ”{title}” sa några: {label}.").format(title=theme.dialogue.title, label=theme.label)
    if total and total >= n:
        return _("I dialogen ”{title}” handlade {n} av {total} svar om det här: {label}.").format(
            title=theme.dialogue.title, n=number_words(n), total=number_words(total), label=theme.label
        )
    return _("I dialogen ”{title}” handlade {n} svar om det här: {label}.").format(
        title=theme.dialogue.title, n=number_words(n), label=theme.label
    )


def _period(theme: Theme) -> str:
    months = period_of(theme)
    if months is not None:
        first, last = months
        return period_words(first, _end_of_month(last))
    dialogue = theme.dialogue
    if dialogue.opens and dialogue.closes:
        return period_words(dialogue.opens, dialogue.closes)
    return date_words(dialogue.closes) if dialogue.closes else ""


def _end_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _limits(theme: Theme) -> str:
    dialogue = theme.dialogue
    channels = sorted({str(voice.get_channel_display()) for voice in theme.contributions.only("channel")})
    how = ", ".join(channels) or str(dialogue.get_form_display())
    said = [
        _("Så samlades svaren in: {how}.").format(how=how),
        _("De som svarade valde det själva och är inget urval."),
        _("Antalet säger inte hur många i kommunen som tycker så."),
    ]
    if theme.contributions.exists():
        said.append(_("Temat är sorterat för hand av en person."))
    return " ".join(said)


@transaction.atomic
def save_item(*, cycle: Cycle, form: ItemForm, by: User) -> EvidenceItem:
    """A new item, or one that is there. Refused with both texts when somebody else saved it meanwhile."""
    require(by, Permission.EDIT_CYCLE, cycle)
    # One writer at a time in a cycle: the check and the save see the same rows.
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    form.check_fresh()
    if form.is_new:
        form.instance.cycle = cycle
        form.instance.key = free_key(cycle, f"underlag-{slugify(form.cleaned_data['title'])}".rstrip("-"))
    item: EvidenceItem = form.save()
    verb = "evidence.added" if form.is_new else "evidence.changed"
    # The cycle stands as target: a title may be people's words, and those never stand in the log.
    record(verb, chain=chain_of_kommun(cycle.municipality), target=cycle, actor=by.key, content=item.key)
    return item
