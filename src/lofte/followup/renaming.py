"""A kommun gets a new name. Everything that was published is still found at its old address."""

from __future__ import annotations

from django.db import transaction

from lofte.core.events import record
from lofte.followup.models import Follower, FormerName
from lofte.parties.models import Organisation
from lofte.places.models import RESERVED_SLUGS, Municipality


class NameTaken(ValueError):
    """Another kommun has, or once had, this name in its addresses, or the site needs it for itself."""


@transaction.atomic
def rename(municipality: Municipality, *, slug: str, name: str = "") -> FormerName:
    """Give a kommun another name in its addresses. The old one leads on for ever; a name taken back leads nowhere."""
    locked = Municipality.objects.select_for_update().get(pk=municipality.pk)
    others = FormerName.objects.filter(slug=slug).exclude(municipality=locked)
    if slug in RESERVED_SLUGS or others.exists() or Municipality.objects.filter(slug=slug).exists():
        raise NameTaken(slug)
    FormerName.objects.filter(slug=slug).delete()
    former = FormerName.objects.create(slug=locked.slug, municipality=locked)
    own = locked.organisations.filter(kind=Organisation.Kind.MUNICIPALITY).order_by("pk").first()
    record("municipality.renamed", chain=own.chain if own else locked.slug, target=locked, is_public=True, content=slug)
    locked.slug, locked.name = slug, name or locked.name
    locked.save(update_fields=["slug", "name"])
    for follower in Follower.objects.filter(municipality=locked):
        follower.about = slug + follower.about.removeprefix(former.slug)
        follower.save(update_fields=["about"])
    return former


def lasting_name(municipality: Municipality) -> str:
    """The kommun's first name in addresses: what feeds and calendars know their entries by never changes."""
    first = municipality.former_names.order_by("since", "pk").first()
    return first.slug if first else municipality.slug


def present_name(slug: str) -> str | None:
    """Where a former name leads."""
    return FormerName.objects.filter(slug=slug).values_list("municipality__slug", flat=True).first()
