"""Following by e-mail without an account: asked for twice, told in one letter, left with one click."""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from lofte.followup.models import Follower
from lofte.followup.scope import About
from lofte.notices.models import Notice

SALT = "lofte.follower"
CONFIRM_WITHIN = dt.timedelta(days=7)
MOST_REFUSED = 3
WEEK = dt.timedelta(days=7)
RELATED = ("municipality", "promise__municipality", "pledge", "area")


def about(follower: Follower) -> About:
    return About(follower.municipality, follower.promise, follower.pledge, follower.area)


def token_of(follower: Follower, purpose: str) -> str:
    """Signed by the server, so that nothing has to be kept: who leaves is gone, with every address that was sent."""
    return signing.dumps({"f": str(follower.key), "p": purpose}, salt=SALT)


def follower_of(token: str, purpose: str) -> Follower | None:
    """Whom a letter's address is for. An address to confirm with works for a week, one to leave by for ever."""
    try:
        given = signing.loads(token, salt=SALT, max_age=CONFIRM_WITHIN if purpose == "confirm" else None)
    except signing.BadSignature:
        return None
    if given.get("p") != purpose:
        return None
    rows = Follower.objects.select_related(*RELATED)
    return rows.filter(key=given["f"]).first()


@transaction.atomic
def ask(*, what: About, email: str, pace: str, language: str, today: dt.date) -> Follower | None:
    """Somebody asks to follow. Nothing is sent to them but one question, until they have said yes by letter.

    None when they follow already: the page then says the same as to everyone, so that nobody can find out who does.
    """
    address = email.strip().lower()
    found = Follower.objects.select_for_update().filter(email=address, about=what.key).first()
    if found is not None:
        if found.confirmed_at and not found.refused_on:
            return None
        found.pace, found.asked_on, found.refused_on = pace, today, None
        found.save(update_fields=["pace", "asked_on", "refused_on"])
        return found
    try:
        with transaction.atomic():
            return Follower.objects.create(
                email=address, municipality=what.municipality, promise=what.promise, pledge=what.pledge, area=what.area,
                about=what.key, pace=pace, language=language, asked_on=today,
            )  # fmt: skip
    except IntegrityError:  # the same address asked twice at once
        return None


@transaction.atomic
def confirm(follower: Follower) -> None:
    """From now on; what happened before is on the page."""
    locked = Follower.objects.select_for_update().get(pk=follower.pk)
    if locked.confirmed_at is None or locked.refused_on is not None:
        locked.confirmed_at = locked.told_at = timezone.now()
        locked.refused_on = None
        locked.save(update_fields=["confirmed_at", "told_at", "refused_on"])


def leave(follower: Follower) -> None:
    """The address is taken away, and with it the letters that still wait and the texts of those that were sent."""
    with transaction.atomic():
        Notice.objects.filter(key__startswith=prefix_of(follower)).delete()
        Follower.objects.filter(pk=follower.pk).delete()


def prefix_of(follower: Follower) -> str:
    return f"follow:{follower.key}:"


def forget_unconfirmed(today: dt.date) -> int:
    """Addresses that nobody said yes for are not kept."""
    old = Follower.objects.filter(confirmed_at=None, asked_on__lt=today - CONFIRM_WITHIN)
    count = old.count()
    for follower in old:
        leave(follower)
    return count


def mark_refused(today: dt.date) -> int:
    """An address whose server has said no three times running gets no more letters."""
    count = 0
    for follower in Follower.objects.filter(confirmed_at__isnull=False, refused_on=None):
        letters = Notice.objects.filter(key__startswith=prefix_of(follower), kind="digest").order_by("-created_at")
        last = list(letters.values_list("state", flat=True)[:MOST_REFUSED])
        if len(last) == MOST_REFUSED and set(last) == {Notice.State.FAILED}:
            follower.refused_on = today
            follower.save(update_fields=["refused_on"])
            count += 1
    return count


def to_be_told(now: dt.datetime) -> list[Follower]:
    """Those whose letter may go now: a week after the last one, or a day for those who want it at once."""
    rows = Follower.objects.filter(confirmed_at__isnull=False, refused_on=None)
    found = rows.select_related(*RELATED)
    return [follower for follower in found if _is_time(follower, now)]


def _is_time(follower: Follower, now: dt.datetime) -> bool:
    if follower.pace == Follower.Pace.DAY or follower.told_at is None:
        return True
    return now - follower.told_at >= WEEK
