"""Reads of the statute room."""

from __future__ import annotations

from django.http import Http404

from lofte.parties.access import StaffRequest, may
from lofte.parties.rules import Permission
from lofte.places.models import Municipality


def municipality_or_404(request: StaffRequest, permission: Permission, slug: str) -> Municipality:
    found = Municipality.objects.filter(pk__in=request.viewer.municipalities, slug=slug).first()
    if found is None or not may(request.user, permission, found):
        raise Http404
    return found
