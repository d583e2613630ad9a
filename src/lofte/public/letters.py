"""Letters to followers: what is new since the last one, in one letter, and none when nothing is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from lofte.core.faults import crash_point
from lofte.core.visibility import VISITOR
from lofte.design.words import period_words
from lofte.followup import following, occasions
from lofte.followup.models import Follower, FrozenReport, Occasion, Update
from lofte.followup.scope import About
from lofte.notices.actions import headers_of, send_once
from lofte.notices.models import Notice
from lofte.public.addresses import address
from lofte.public.answered import changes_told

DIGEST, CONFIRM = "digest", "follow_confirm"


@dataclass(frozen=True)
class Item:
    title: str
    text: str
    url: str
    at: dt.datetime


def ask(follower: Follower) -> None:
    """The one letter that an address gets before it has said yes. Asked again on another day, it goes again."""
    with override(follower.language):
        url = settings.BASE_URL + reverse("public:follow_confirm", args=[following.token_of(follower, "confirm")])
        what = following.about(follower).title
        body = _(
            "Hej!\n\nNågon, förhoppningsvis du, vill få brev om det här:\n{what}\n\nBekräfta inom en vecka:\n{url}\n\n"
            "Var det inte du behöver du inte göra något. Då tas adressen bort."
        )
        send_once(
            f"{following.prefix_of(follower)}ask:{follower.asked_on}",
            kind=CONFIRM,
            subject=_("Bekräfta att du vill följa löftet"),
            body=body.format(what=what, url=url),
            email=follower.email,
        )


def send_letters(now: dt.datetime | None = None) -> int:
    """Write the letters whose time has come. Run again at once it writes none."""
    moment = now or timezone.now()
    following.forget_unconfirmed(timezone.localdate(moment))
    following.mark_refused(timezone.localdate(moment))
    return sum(_tell(follower, moment) for follower in following.to_be_told(moment))


@transaction.atomic
def _tell(follower: Follower, now: dt.datetime) -> bool:
    """The letter and the mark of how far it tells are kept together: after a crash both are there, or neither."""
    locked = Follower.objects.select_for_update().filter(pk=follower.pk).first()
    if locked is None or locked.told_at is None or locked.told_at != follower.told_at:
        return False
    with override(follower.language):
        items = news(following.about(follower), locked.told_at, now)
        if not items:
            return False
        send_once(
            f"{following.prefix_of(follower)}{now.isoformat()}",
            kind=DIGEST,
            subject=_subject(follower, items),
            body=_body(follower, items),
            email=follower.email,
        )
    crash_point("letter-between")
    Follower.objects.filter(pk=follower.pk).update(told_at=now)
    return True


def news(what: About, since: dt.datetime, until: dt.datetime) -> list[Item]:
    """Reports with what came after them, updates and occasions still to come, that were put out in between."""
    frozen = FrozenReport.objects.visible_to(VISITOR).filter(
        what.periods("period__"), format=FrozenReport.Format.JSON, frozen_at__gt=since, frozen_at__lte=until
    )
    told = Update.objects.visible_to(VISITOR).filter(what.updates(), told_at__gt=since, told_at__lte=until)
    open_to_all = Occasion.objects.visible_to(VISITOR).filter(what.occasions(), told_at__gt=since, told_at__lte=until)
    open_to_all = open_to_all.filter(on__gte=timezone.localdate(until))
    found = [_frozen(each) for each in frozen.select_related("period__promise__municipality")]
    found += [_update(each) for each in told.select_related("promise__municipality")]
    found += [_occasion(each) for each in open_to_all.select_related("promise__municipality", "area")]
    return sorted(found, key=lambda item: item.at)


def _frozen(frozen: FrozenReport) -> Item:
    period = frozen.period
    name = period_words(period.starts, period.ends)
    titles = {
        FrozenReport.Part.REPORT.value: _("Rapport för {name}"),
        FrozenReport.Part.LATE_PART.value: _("Det här kom senare till rapporten för {name}"),
        FrozenReport.Part.ERRATUM.value: _("Tillägg till rapporten för {name}"),
    }
    is_report = frozen.part == FrozenReport.Part.REPORT
    text = "\n\n".join(filter(None, [period.summary, *changes_told(period)])) if is_report else ""
    url = address(period.promise, "report", label=period.label)
    return Item(titles[frozen.part].format(name=name), text, url, frozen.frozen_at)


def _update(update: Update) -> Item:
    assert update.told_at is not None
    url = address(update.promise, "update", key=update.key)
    return Item(_("Nytt sedan sist"), update.text, url, update.told_at)


def _occasion(row: Occasion) -> Item:
    title, text = occasions.news_words(row)
    return Item(title, text, occasions.url_of(row), row.told_at)


def _subject(follower: Follower, items: list[Item]) -> str:
    where = following.about(follower).municipality
    if len(items) == 1:
        return _("{title}, {where}").format(title=items[0].title, where=where)
    n = len(items)
    return ngettext("{n} nyhet om löftet, {where}", "{n} nyheter om löftet, {where}", n).format(n=n, where=where)


def _body(follower: Follower, items: list[Item]) -> str:
    lines = [following.about(follower).title, ""]
    for item in items:
        lines += [item.title, *([item.text] if item.text else []), settings.BASE_URL + item.url, ""]
    lines += ["--", _("Du får brevet för att du följer löftet. Sluta följa:"), leave_url(follower)]
    return "\n".join(lines)


def leave_url(follower: Follower) -> str:
    return settings.BASE_URL + reverse("public:unfollow", args=[following.token_of(follower, "leave")])


@headers_of(DIGEST)
def unsubscribe(notice: Notice) -> Mapping[str, str]:
    """One-click unsubscribe (RFC 8058): the reader's own program can show a button."""
    follower = Follower.objects.filter(key=notice.key.split(":")[1]).first()
    if follower is None:
        return {}
    with override(follower.language):
        return {
            "List-Unsubscribe": f"<{leave_url(follower)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
