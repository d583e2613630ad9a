"""Who may do what. Each permission is a sentence of small predicates; templates and views ask for it by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from lofte.parties.models import Membership, Role, User
from lofte.places.models import Municipality


class Permission(StrEnum):
    WORK_IN = "parties.work_in"
    READ_CYCLE = "parties.read_cycle"
    EDIT_CYCLE = "parties.edit_cycle"
    REPORT = "followup.report"
    REPORT_ACTIVITY = "followup.report_activity"
    TELL = "followup.tell"
    REVIEW = "followup.review"
    PUBLISH = "promises.publish"
    SIGN = "promises.sign"
    READ_FILE = "promises.read_file"


@dataclass(frozen=True)
class Standing:
    """A role that a person has in an organisation of a kommun."""

    municipality_id: int
    organisation_id: int
    role: str


def standings(user: User) -> tuple[Standing, ...]:
    """Every role of a person; read once a request."""
    cached: tuple[Standing, ...] | None = getattr(user, "_standings", None)
    if cached is None:
        rows = Membership.objects.filter(user=user).values_list(
            "organisation__municipality_id", "organisation_id", "role"
        )
        cached = tuple(Standing(*row) for row in rows)
        user._standings = cached  # type: ignore[attr-defined]
    return cached


def roles_in(user: User, municipality_id: int) -> frozenset[str]:
    """The roles a person has in a kommun."""
    return frozenset(each.role for each in standings(user) if each.municipality_id == municipality_id)


def _kommun(target: Any) -> int:
    """The kommun that something belongs to. A promise, cycle or organisation knows it; a kommun is it."""
    if isinstance(target, Municipality):
        return target.pk
    for path in (("municipality_id",), ("promise", "municipality_id"), ("cycle", "municipality_id")):
        value = target
        for step in path:
            value = getattr(value, step, None)
            if value is None:
                break
        if value is not None:
            return int(value)
    raise LookupError(f"{target!r} belongs to no kommun")


def _has(*roles: Role) -> Any:
    def has_role(user: User, target: Any) -> bool:
        return bool(user.is_authenticated and roles_in(user, _kommun(target)).intersection(roles))

    return rules.predicate(has_role)


is_member = _has(*Role)
is_coordinator = _has(Role.COORDINATOR)
is_police_editor = _has(Role.POLICE_EDITOR)
is_reporter = _has(Role.REPORTER, Role.CONTRIBUTOR)
is_signer = _has(Role.SIGNER)
is_council = _has(Role.COUNCIL)

rules.add_perm(Permission.WORK_IN, is_member)
rules.add_perm(Permission.READ_CYCLE, is_coordinator | is_police_editor | is_signer | is_council)
rules.add_perm(Permission.EDIT_CYCLE, is_coordinator | is_police_editor)
rules.add_perm(Permission.REPORT, is_coordinator | is_police_editor | is_reporter)
# Which of the activities a person may report stands in lofte.followup.rules.
rules.add_perm(Permission.TELL, is_coordinator | is_police_editor)
rules.add_perm(Permission.REVIEW, is_coordinator | is_police_editor)
rules.add_perm(Permission.PUBLISH, is_coordinator)
rules.add_perm(Permission.SIGN, is_signer)
rules.add_perm(Permission.READ_FILE, is_coordinator)


def require(user: Any, permission: Permission, target: Any) -> None:
    """Stop here unless the person may do it."""
    if not rules.has_perm(permission, user, target):
        raise PermissionDenied
