"""Writes of the statute room: what somebody confirms."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lofte.core.events import record
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.places.models import Municipality
from lofte.statute.models import Attestation
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
