"""After publication: open an amendment, stop a promise, and mask what may not stand in it by law."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.core.events import record
from lofte.core.records import Spec
from lofte.core.states import PromiseState
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.promises.actions import chain_of, set_state
from lofte.promises.models import Amendment, CitizenPromise, PromiseVersion
from lofte.promises.proof import MASKED
from lofte.promises.records import PROMISE
from lofte.promises.signing import lock, open_amendment, pending
from lofte.promises.states import AMENDABLE, IllegalMove, check_move
from lofte.promises.versions import canonical_text, content, digest, in_force, is_in_step, keep

MASK = "[maskerat]"


class NotAmended(ValueError):
    """Nothing was changed; the message is a Swedish sentence."""


@transaction.atomic
def open_for_change(*, promise: CitizenPromise, by: User, kind: Amendment.Kind, reason: str) -> Amendment:
    """Begin a change of a promise that is out. Everyone goes on reading the text in force until all have signed."""
    require(by, Permission.EDIT_CYCLE, promise)
    locked = lock(promise)
    if locked.state not in AMENDABLE:
        raise IllegalMove(locked.state, PromiseState.REVISED)
    if open_amendment(locked) is not None:
        raise NotAmended(_("En ändring är redan öppnad."))
    amendment = Amendment.objects.create(promise=locked, kind=kind, reason=reason, opened_by=by.key)
    record("amendment.opened", chain=chain_of(locked), target=locked, actor=by.key, content=reason)
    return amendment


@transaction.atomic
def give_up(*, promise: CitizenPromise, by: User) -> None:
    """Close an amendment that came to nothing. The working copy must say what the text in force says."""
    require(by, Permission.EDIT_CYCLE, promise)
    locked = lock(promise)
    amendment, version = open_amendment(locked), in_force(locked)
    if amendment is None:
        raise NotAmended(_("Ingen ändring är öppen."))
    if pending(locked) is not None:
        raise NotAmended(_("Texten väntar på underskrift. Öppna den för ändring först."))
    if version is None or not is_in_step(locked, version):
        raise NotAmended(_("Texten skiljer sig från den som gäller. Ändra tillbaka den först."))
    amendment.closed_at = timezone.now()
    amendment.save(update_fields=["closed_at"])
    record("amendment.given_up", chain=chain_of(locked), target=locked, actor=by.key)


@transaction.atomic
def stop(*, promise: CitizenPromise, by: User, reason: str) -> PromiseVersion:
    """Break a promise off, with a public reason. The text stays as it was signed."""
    require(by, Permission.PUBLISH, promise)
    locked = lock(promise)
    check_move(locked.state, PromiseState.STOPPED)
    if open_amendment(locked) is not None:
        raise NotAmended(_("En ändring är öppen. Avsluta den först."))
    version = in_force(locked)
    if version is None:
        raise NotAmended(_("Löftet har ingen text som gäller."))
    kept = keep(locked, version.content, kind=PromiseVersion.Kind.STOP, reason=reason)
    set_state(locked, PromiseState.STOPPED, by=by.key, reason=reason)
    promise.state = locked.state
    return kept


@transaction.atomic
def mask(*, promise: CitizenPromise, by: User, words: str, reason: str) -> int:
    """Take words out of every text of a promise, by decision. The hash that was signed stays, and that it was done.

    The one exit from "what was signed never changes". Returns in how many texts the words stood.
    """
    require(by, Permission.PUBLISH, promise)
    locked = lock(promise)
    if pending(locked) is not None:
        raise NotAmended(_("En text väntar på underskrift. Öppna den för ändring och rätta den i stället."))
    current = in_force(locked)
    is_same = current is not None and is_in_step(locked, current)
    touched = 0
    wanted = unicodedata.normalize("NFC", words)
    for version in PromiseVersion.everything.filter(promise=locked).select_for_update():
        masked = canonical_text(_masked_record(json.loads(version.content), wanted))
        if masked != version.content and version.is_unchanged:
            version.content, version.masked_sha256, version.masking_reason = masked, digest(masked), reason
            version.save(update_fields=["content", "masked_sha256", "masking_reason"])
            record(MASKED, chain=chain_of(locked), target=locked, actor=by.key, content=version.masked_sha256)
            touched += 1
    if not touched:
        raise NotAmended(_("Orden står inte i någon text av löftet. Skriv dem precis som de står."))
    _mask_rows(PROMISE, locked, words)
    for twin in locked.twins.all():
        twin.line, twin.text = _masked(twin.line, words), _masked(twin.text, words)
        twin.save(update_fields=["line", "text"])
    if is_same and current is not None:
        current.refresh_from_db()
        if canonical_text(content(lock(locked))) != current.content:
            raise NotAmended(_("Orden hör till något annat än löftets text, till exempel ett namn på en organisation."))
    record(
        "promise.masked", chain=chain_of(locked), target=locked, actor=by.key, is_public=locked.is_public,
        content=reason,
    )  # fmt: skip
    return touched


def _masked_record(value: Any, words: str, name: str = "") -> Any:
    """A record with the words taken out of what people wrote; names of things and chosen values stay."""
    if isinstance(value, dict):
        return {key: _masked_record(inner, words, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_masked_record(inner, words, name) for inner in value]
    return value.replace(words, MASK) if isinstance(value, str) and name in WRITTEN else value


def _is_written(spec: Spec, name: str) -> bool:
    """Whether people write this in words of their own."""
    column = spec.column(name)
    is_text = isinstance(column, models.CharField | models.TextField | models.JSONField)
    return is_text and not column.choices and not isinstance(column, models.SlugField) and name != "sources"


# What people write, by its name in the record.
WRITTEN = frozenset(name for spec in PROMISE.walk() for name in spec.fields if _is_written(spec, name))


def _mask_rows(spec: Spec, row: models.Model, words: str) -> None:
    """The working copy says what the masked text says."""
    changed = []
    for name in spec.fields + spec.internal:
        value: Any = getattr(row, name)
        masked = _masked(value, words) if _is_written(spec, name) else value
        if masked != value:
            setattr(row, name, masked)
            changed.append(name)
    if changed:
        row.save(update_fields=changed)
    for child in spec.children.values():
        for inner in getattr(row, child.related).all():
            _mask_rows(child.spec, inner, words)


def _masked(value: Any, words: str) -> Any:
    if isinstance(value, str):
        return value.replace(words, MASK)
    if isinstance(value, list):
        return [_masked(each, words) for each in value]
    return value
