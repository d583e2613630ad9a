"""Telling somebody something, once."""

from __future__ import annotations

import datetime as dt
import email.message
import hashlib
import logging
import smtplib
from collections.abc import Callable, Mapping
from email.message import Message
from email.policy import Policy
from email.policy import default as default_policy
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.core import jobs
from lofte.core.faults import crash_point
from lofte.core.models import Job
from lofte.notices.models import Notice

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 6
SENDING = "notices.send"
# Kinds whose letters carry a secret address: the text is forgotten when it has left, or never will.
SECRET = frozenset({"report_link"})
Headers = Callable[[Notice], Mapping[str, str]]
_headers: dict[str, Headers] = {}
# What SMTP bears (RFC 5321), with room to spare.
LONGEST_LINE = 900
# Longer than any mail server may take; a row that has been claimed for so long has nobody who sends it.
SILENT_AFTER = dt.timedelta(minutes=10)


@transaction.atomic
def send_once(
    key: str,
    *,
    kind: str,
    subject: str,
    body: str,
    recipient: UUID | None = None,
    email: str = "",
    not_before: dt.datetime | None = None,
) -> Notice:
    """Write a notice and have it sent when the transaction is committed. The same key again changes nothing."""
    values = {"kind": kind, "subject": subject, "body": body, "recipient": recipient, "email": email}
    notice, is_new = Notice.objects.get_or_create(key=key, defaults={**values, "not_before": not_before})
    if is_new and not Job.objects.filter(kind=SENDING, state=Job.State.WAITING).exists():
        jobs.start(SENDING)
    return notice


def send_waiting(progress: jobs.Progress | None = None) -> dict[str, int]:
    """Send what waits; how many left and how many did not."""
    mark_unsure(timezone.now())
    counts = {"sent": 0, "not_sent": 0}
    for done, pk in enumerate(due(timezone.now())):
        if progress:
            progress.step(done)
        notice = claim(pk)
        if notice is not None:
            counts["sent" if deliver(notice) else "not_sent"] += 1
    return counts


def due(now: dt.datetime) -> list[int]:
    waiting = Notice.objects.filter(state=Notice.State.WAITING).exclude(not_before__gt=now)
    return list(waiting.values_list("pk", flat=True))


def claim(pk: int) -> Notice | None:
    """Take a notice to send; None when somebody else was first. Committed before the mail leaves."""
    crash_point("notice-before-claim")
    claimed = Notice.objects.filter(pk=pk, state=Notice.State.WAITING).update(
        state=Notice.State.SENDING, claimed_at=timezone.now()
    )
    return Notice.objects.get(pk=pk) if claimed else None


def deliver(notice: Notice) -> bool:
    """Hand one claimed notice to the mail server, and keep how it went."""
    address = address_of(notice)
    if not address:
        return _failed(notice, _("Mottagaren finns inte längre."), is_final=True)
    try:
        message(notice, address).send()
    except smtplib.SMTPRecipientsRefused:
        return _failed(notice, _("Mottagarens server säger nej till adressen."), is_final=True)
    except (smtplib.SMTPException, OSError) as error:
        logger.warning("notice %s was not sent: %s", notice.pk, error)
        return _failed(notice, _("E-postservern svarade inte som den skulle."))
    crash_point("notice-after-send")
    notice.state, notice.sent_at, notice.problem = Notice.State.SENT, timezone.now(), ""
    _forget(notice)
    notice.save(update_fields=["state", "sent_at", "problem", "body"])
    return True


def _forget(notice: Notice) -> None:
    if notice.kind in SECRET:
        notice.body = ""


def headers_of(kind: str) -> Callable[[Headers], Headers]:
    """Register what makes the extra headers of a kind of notice (List-Unsubscribe)."""

    def register(headers: Headers) -> Headers:
        _headers[kind] = headers
        return headers

    return register


def _failed(notice: Notice, problem: str, *, is_final: bool = False) -> bool:
    """Try again later, each time after a longer while; give up after some hours."""
    notice.attempts += 1
    is_over = is_final or notice.attempts >= MOST_ATTEMPTS
    notice.state = Notice.State.FAILED if is_over else Notice.State.WAITING
    notice.not_before = timezone.now() + dt.timedelta(minutes=4**notice.attempts)
    notice.problem = problem
    if is_over:
        _forget(notice)
    notice.save(update_fields=["attempts", "state", "not_before", "problem", "body"])
    return False


def mark_unsure(now: dt.datetime) -> int:
    """Rows that were being sent when the server died: whether the mail left is not known, so it is not sent again."""
    lost = Notice.objects.filter(state=Notice.State.SENDING, claimed_at__lt=now - SILENT_AFTER)
    return lost.update(state=Notice.State.UNSURE, problem=_("Servern stannade medan brevet skickades."))


@transaction.atomic
def send_again(notice: Notice) -> None:
    """Somebody decided that an unsure or failed notice is to be sent after all."""
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state not in (Notice.State.UNSURE, Notice.State.FAILED):
        return
    locked.state, locked.attempts, locked.not_before = Notice.State.WAITING, 0, None
    locked.save(update_fields=["state", "attempts", "not_before"])
    jobs.start(SENDING)


def address_of(notice: Notice) -> str:
    """A person's present address, asked for when the mail leaves: an address that was taken away gets no mail."""
    if notice.recipient is None:
        return notice.email
    user = get_user_model()._default_manager.filter(key=notice.recipient, is_active=True).first()
    return str(getattr(user, "email", "")) if user else ""


def message(notice: Notice, address: str) -> EmailMessage:
    """The Message-ID follows from the key: if a mail should leave twice, the reader's program sees it is the same."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {
        "Message-ID": f"<{hashlib.sha256(notice.key.encode()).hexdigest()[:32]}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    if notice.kind in _headers:
        headers |= _headers[notice.kind](notice)
    return Letter(subject=notice.subject, body=notice.body, to=[address], headers=headers)


class Letter(EmailMessage):
    """A letter whose headers stay in one piece.

    Folded at 78 characters a long address is encoded as words, and List-Unsubscribe would lead nowhere.
    """

    def message(self, policy: Policy[Message[str, str]] | None = None) -> email.message.EmailMessage:
        return super().message(policy=(policy or default_policy).clone(max_line_length=LONGEST_LINE))
