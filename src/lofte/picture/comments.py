"""What the parties say to each other about a part, and that it is settled."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from lofte.core.events import record
from lofte.core.visibility import Viewer
from lofte.parties.models import Organisation, User
from lofte.parties.rules import Permission, require
from lofte.picture.models import PartComment, SituationPicture
from lofte.voices.queries import chain_of_kommun


@transaction.atomic
def say(*, picture: SituationPicture, about: str, organisation: Organisation, text: str, by: User) -> PartComment:
    require(by, Permission.EDIT_CYCLE, picture)
    said = PartComment.objects.create(
        picture=picture, about=about, organisation=organisation, text=text, written_by=by.key
    )
    record("picture.commented", chain=chain_of_kommun(picture.cycle.municipality), target=picture, actor=by.key)
    return said


@transaction.atomic
def settle(*, comment: PartComment, by: User) -> None:
    """Settled comments stay readable; either party may settle one."""
    require(by, Permission.EDIT_CYCLE, comment.picture)
    comment.settled_at = timezone.now()
    comment.save(update_fields=["settled_at"])


def about(picture: SituationPicture, viewer: Viewer, what: str) -> list[PartComment]:
    rows = PartComment.objects.visible_to(viewer).filter(picture=picture, about=what)
    return list(rows.select_related("organisation").order_by("settled_at", "pk"))


def unsettled(picture: SituationPicture, viewer: Viewer) -> dict[str, int]:
    """How many are open about each part; read once for a page."""
    rows = PartComment.objects.visible_to(viewer).filter(picture=picture, settled_at=None)
    found: dict[str, int] = {}
    for what in rows.values_list("about", flat=True):
        found[what] = found.get(what, 0) + 1
    return found
