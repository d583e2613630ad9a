"""Reads about people and their organisations."""

from lofte.core.visibility import Viewer
from lofte.parties.models import Membership, User


def viewer_of(user: User) -> Viewer:
    """What a signed-in person may look at, from the organisations they are members of."""
    memberships = Membership.objects.filter(user=user).select_related("organisation__municipality")
    organisations = [membership.organisation for membership in memberships]
    return Viewer(
        key=user.key,
        municipalities=frozenset(each.municipality_id for each in organisations),
        organisations=frozenset(each.pk for each in organisations),
        chains=frozenset(each.chain for each in organisations),
    )
