"""Writes of the statute room: what somebody confirms."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction

from lofte.core.events import record
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.places.models import Municipality
from lofte.statute.models import Attestation
from lofte.statute.registers import RegisterForm
from lofte.voices.queries import chain_of_kommun


@transaction.atomic
def attest(
    *, municipality: Municipality, requirement: str, answer: str, evidence: str, on: dt.date, by: User
) -> Attestation:
    """A new row each time: what was said before stays."""
    require(by, Permission.PUBLISH, municipality)
    said = Attestation.objects.create(
        municipality=municipality, requirement=requirement, answer=answer, evidence=evidence, on=on, attested_by=by.key
    )
    record("statute.attested", chain=chain_of_kommun(municipality), target=said, actor=by.key, content=evidence)
    return said


@transaction.atomic
def keep_row(*, municipality: Municipality, form: RegisterForm, by: User) -> models.Model:
    """A row of one of the registers, new or changed."""
    require(by, Permission.EDIT_CYCLE, municipality)
    row = form.keep()
    _tell("statute.registered", municipality, row, by)
    return row


@transaction.atomic
def remove_row(*, municipality: Municipality, row: models.Model, by: User) -> bool:
    """False when something else rests on the row; then it stays."""
    require(by, Permission.EDIT_CYCLE, municipality)
    name = row._meta.model_name or ""
    try:
        with transaction.atomic():
            row.delete()
    except models.ProtectedError:
        return False
    record("statute.removed", chain=chain_of_kommun(municipality), target=municipality, actor=by.key, content=name)
    return True


def _tell(verb: str, municipality: Municipality, row: models.Model, by: User) -> None:
    # The kommun stands as target: a row's name is words.
    chain = chain_of_kommun(municipality)
    record(verb, chain=chain, target=municipality, actor=by.key, content=f"{row._meta.model_name} {row.pk}")
