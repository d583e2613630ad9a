"""Reads about places that every room shares."""

from django.http import Http404

from lofte.places.models import Area, Municipality


def municipality_or_404(slug: str) -> Municipality:
    found = Municipality.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def area_or_404(municipality: Municipality, key: str) -> Area:
    """A part of a kommun; its boundary is long, and follows only when it is asked for."""
    found: Area | None = municipality.areas.defer("geometry").filter(key=key).first()
    if found is None:
        raise Http404
    return found
