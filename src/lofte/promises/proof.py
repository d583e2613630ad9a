"""Whether a kept text is the one that was signed: the text, its checksum, its signatures and the event log agree.

Whoever writes in the database can change a text and its checksum alike. The event log holds salted hashes of both, in
a chain, so a forger must rewrite the log from that day on as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from lofte.core.models import Event
from lofte.promises.models import CitizenPromise, PromiseVersion, SignOff
from lofte.promises.versions import digest

SIGNED, MASKED = "promise.signature", "promise.text_masked"
TEXT = "texten stämmer inte med kontrollsumman"
OTHER_TEXT = "underskriften gäller en annan text"
NOT_LOGGED = "underskriften finns inte i händelseloggen"
MASK_NOT_LOGGED = "maskeringen finns inte i händelseloggen"
LOST = "en underskrift i händelseloggen har ingen rad"


def doubts(version: PromiseVersion, rows: Iterable[SignOff] | None = None) -> Iterator[str]:
    """What speaks against a text and its signatures (all of them, or these), in words for those who run the site."""
    if not version.is_unchanged:
        yield TEXT
    if version.masked_sha256 and not is_logged(MASKED, version.promise, version.masked_sha256):
        yield MASK_NOT_LOGGED
    for row in SignOff.everything.filter(version=version).order_by("pk") if rows is None else rows:
        if row.sha256 != version.sha256:
            yield OTHER_TEXT
        # A signature that was read from a file was given elsewhere, and stands in the log of that place.
        if row.recorded_by is not None and not is_logged(SIGNED, version.promise, row.sha256, by=row.recorded_by):
            yield NOT_LOGGED


def is_whole(version: PromiseVersion, rows: Iterable[SignOff]) -> bool:
    """Whether a text and the signatures that hold of it can be shown without a warning."""
    mine = (row for row in rows if row.version_id == version.pk)
    return next(doubts(version, mine), None) is None


def is_logged(verb: str, promise: CitizenPromise, content: str, *, by: UUID | None = None) -> bool:
    """Whether the log tells of this having been done to this very content."""
    events = Event.objects.filter(verb=verb, target_id=str(promise))
    if by is not None:
        events = events.filter(actor=by)
    return any(event.content_hash == digest(event.salt + content) for event in events)


def lost_signatures(promise: CitizenPromise) -> Iterator[str]:
    """Signatures that the log tells of and that are not there: rows are voided, never taken away."""
    known = set(SignOff.everything.filter(promise=promise).values_list("sha256", "recorded_by"))
    for event in Event.objects.filter(verb=SIGNED, target_id=str(promise)).order_by("pk"):
        hashes = {digest(event.salt + sha256) for sha256, by in known if by in (event.actor, None)}
        if event.content_hash not in hashes:
            yield LOST
