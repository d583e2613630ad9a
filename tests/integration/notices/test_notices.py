"""Telling somebody something, once: keys, retries, addresses, and what a crash leaves behind."""

import datetime as dt
import smtplib
import uuid
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from lofte.core.models import Job
from lofte.core.visibility import VISITOR, Viewer
from lofte.notices import actions
from lofte.notices.actions import mark_unsure, send_again, send_once, send_waiting
from lofte.notices.models import Notice
from lofte.parties.models import User

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = {"kind": "reminder", "subject": "Rapporten för maj–augusti", "body": "Den ska komma i början av september."}


def tell(key: str = "reminder/tuna/2026-T2", **more: Any) -> Notice:
    return send_once(key, **{**TOLD, "email": "samordnare@example.se", **more})


@pytest.fixture
def broken_server(monkeypatch: pytest.MonkeyPatch) -> Any:
    def breaks_with(error: Exception) -> None:
        def send(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
            raise error

        monkeypatch.setattr(EmailMessage, "send", send)

    return breaks_with


def test_notice_is_sent_by_the_worker_once() -> None:
    notice = tell()

    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    send_waiting()

    notice.refresh_from_db()
    assert notice.state == Notice.State.SENT
    assert [message.to for message in mail.outbox] == [["samordnare@example.se"]]


def test_same_key_tells_nothing_new() -> None:
    first, second = tell(), tell(subject="Något annat")

    send_waiting()

    assert first == second
    assert [message.subject for message in mail.outbox] == [TOLD["subject"]]


def test_notice_of_a_rolled_back_transaction_is_never_sent() -> None:
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)

    send_waiting()

    assert mail.outbox == []
    assert not Job.objects.exists()


def test_person_is_reached_at_the_address_they_have_when_it_leaves() -> None:
    user = User.objects.create_user("gammal@example.se", name="Samordnaren")
    tell(email="", recipient=user.key)
    User.objects.update(email="ny@example.se")

    send_waiting()

    assert mail.outbox[0].to == ["ny@example.se"]


def test_person_who_is_gone_gets_nothing_and_it_is_said() -> None:
    notice = tell(email="", recipient=uuid.uuid4())

    send_waiting()

    notice.refresh_from_db()
    assert (notice.state, notice.problem) == (Notice.State.FAILED, "Mottagaren finns inte längre.")
    assert mail.outbox == []


def test_notice_waits_for_its_time() -> None:
    notice = tell(not_before=timezone.now() + dt.timedelta(hours=1))

    send_waiting()
    assert mail.outbox == []

    Notice.objects.filter(pk=notice.pk).update(not_before=timezone.now())
    send_waiting()
    assert len(mail.outbox) == 1


def test_server_that_does_not_answer_is_tried_again_later_and_then_given_up(broken_server: Any) -> None:
    broken_server(ConnectionRefusedError())
    notice = tell()
    waits = []

    for _attempt in range(actions.MOST_ATTEMPTS):
        send_waiting()
        notice.refresh_from_db()
        assert notice.not_before is not None
        waits.append(notice.not_before - timezone.now())
        Notice.objects.update(not_before=None)

    assert waits == sorted(waits)
    assert notice.state == Notice.State.FAILED
    assert "svarade inte" in notice.problem
    assert send_waiting() == {"sent": 0, "not_sent": 0}


def test_address_that_is_refused_is_not_tried_again(broken_server: Any) -> None:
    broken_server(smtplib.SMTPRecipientsRefused({}))
    notice = tell()

    send_waiting()

    notice.refresh_from_db()
    assert notice.state == Notice.State.FAILED


def test_row_left_in_the_middle_is_unsure_and_not_sent_on_its_own() -> None:
    notice = tell()
    Notice.objects.update(state=Notice.State.SENDING, claimed_at=timezone.now() - dt.timedelta(hours=1))

    send_waiting()

    notice.refresh_from_db()
    assert notice.state == Notice.State.UNSURE
    assert mail.outbox == []

    send_again(notice)
    send_waiting()
    assert len(mail.outbox) == 1


def test_row_that_is_being_sent_now_is_left_alone() -> None:
    tell()
    Notice.objects.update(state=Notice.State.SENDING, claimed_at=timezone.now())

    assert mark_unsure(timezone.now()) == 0


def test_sent_notice_is_not_sent_again_by_asking() -> None:
    notice = tell()
    send_waiting()

    send_again(notice)
    send_waiting()

    assert len(mail.outbox) == 1


def test_message_id_follows_from_the_key() -> None:
    one, same, other = (actions.message(Notice(key=key), "x@example.se") for key in ("a", "a", "b"))

    assert one.message()["Message-ID"] == same.message()["Message-ID"] != other.message()["Message-ID"]
    assert one.message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("given", [{"email": ""}, {"recipient": uuid.uuid4()}])
def test_notice_has_one_recipient(given: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        tell(**given)


def test_only_the_recipient_sees_a_notice() -> None:
    key = uuid.uuid4()
    tell(email="", recipient=key)
    tell("another")

    assert Notice.objects.visible_to(Viewer(key=key)).count() == 1
    assert Notice.objects.visible_to(Viewer(key=uuid.uuid4())).count() == 0
    assert Notice.objects.visible_to(VISITOR).count() == 0
