"""Who may report what: those who run the follow-up report anything, an owner what its own organisation answers for."""

from __future__ import annotations

import rules

from lofte.parties.models import Role, User
from lofte.parties.rules import Permission, is_coordinator, is_police_editor, is_reporter, standings
from lofte.promises.models import Activity


def answering_for(activity: Activity) -> frozenset[int]:
    """The organisations that answer for an activity: those it names, else the pledge's, else all who promise."""
    named = {link.organisation_id for link in activity.party_links.all()}
    if not named and activity.pledge is not None:
        named = {link.organisation_id for link in activity.pledge.party_links.all()}
        if not named:
            named = {link.organisation_id for link in activity.pledge.promise.party_links.all()}
    return frozenset(named)


def _answers_for(user: User, activity: Activity) -> bool:
    own = {each.organisation_id for each in standings(user) if each.role in (Role.REPORTER, Role.CONTRIBUTOR)}
    return bool(own & answering_for(activity))


is_responsible = rules.predicate(_answers_for)

rules.add_perm(Permission.REPORT_ACTIVITY, is_coordinator | is_police_editor | (is_reporter & is_responsible))
