"""Reads about places that every room shares."""

from django.http import Http404

from lofte.places.models import Municipality


def municipality_or_404(slug: str) -> Municipality:
    found = Municipality.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
