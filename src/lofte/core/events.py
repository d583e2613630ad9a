"""The event log: one append-only hash chain per organisation. History, feeds, notices and audit are read from it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterator
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from lofte.core.models import ChainHead, Event

FIELDS = (
    "chain", "sequence", "at", "actor", "verb", "target_type", "target_id", "reason_code", "is_public", "salt",
    "content_hash", "previous_hash",
)  # fmt: skip


@transaction.atomic
def record(
    verb: str,
    *,
    chain: str,
    target: models.Model,
    actor: UUID | None = None,
    reason_code: str = "",
    is_public: bool = False,
    content: str = "",
) -> Event:
    """Add a row to a chain, in the same transaction as what it tells of.

    `content` (what changed) is kept only as a salted hash: the log can prove what a text was, never tell it.
    """
    head, _created = ChainHead.objects.select_for_update().get_or_create(chain=chain)
    salt = secrets.token_hex(16)
    event = Event(
        chain=chain,
        sequence=head.sequence + 1,
        at=timezone.now() if actor else _today(),
        actor=actor,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target),
        reason_code=reason_code,
        is_public=is_public,
        salt=salt,
        content_hash=_sha256(salt + content),
        previous_hash=head.row_hash,
    )
    event.row_hash = row_hash(event)
    event.save()
    head.sequence, head.row_hash = event.sequence, event.row_hash
    head.save()
    return event


def _today() -> dt.datetime:
    """What nobody in particular does is logged with the precision of a day."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def row_hash(event: Event) -> str:
    values = {name: getattr(event, name) for name in FIELDS}
    values["at"] = event.at.astimezone(dt.UTC).isoformat()
    values["actor"] = str(event.actor) if event.actor else None
    return _sha256(json.dumps(values, sort_keys=True, ensure_ascii=False))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def broken_rows() -> Iterator[str]:
    """Walk every chain and name each row that was changed, moved or taken away."""
    previous: dict[str, tuple[int, str]] = {}
    for event in Event.objects.order_by("chain", "sequence").iterator():
        sequence, last_hash = previous.get(event.chain, (0, ""))
        where = f"{event.chain} {event.sequence}"
        if event.sequence != sequence + 1:
            yield f"{where}: {sequence + 1} is missing"
        elif event.previous_hash != last_hash:
            yield f"{where}: does not follow the row before it"
        if event.row_hash != row_hash(event):
            yield f"{where}: the row was changed"
        previous[event.chain] = (event.sequence, event.row_hash)
    for head in ChainHead.objects.all():
        if previous.get(head.chain, (0, "")) != (head.sequence, head.row_hash):
            yield f"{head.chain}: the end of the chain is missing"
