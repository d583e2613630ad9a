"""Who may do what. Each permission is a sentence of small predicates; templates and views ask for it by name."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from lofte.parties.models import Membership, Role, User


class Permission(StrEnum):
    WORK_IN = "parties.work_in"
    EDIT_CYCLE = "parties.edit_cycle"
    REPORT = "followup.report"
    REVIEW = "followup.review"
    PUBLISH = "followup.publish"
    SIGN = "promises.sign"
    READ_FILE = "promises.read_file"


def roles_in(user: User, municipality_id: int) -> frozenset[str]:
    """The roles a person has in a kommun; read once a request."""
    cached: dict[int, set[str]] | None = getattr(user, "_roles", None)
    if cached is None:
        cached = {}
        for kommun, role in Membership.objects.filter(user=user).values_list("organisation__municipality_id", "role"):
            cached.setdefault(kommun, set()).add(role)
        user._roles = cached  # type: ignore[attr-defined]
    return frozenset(cached.get(municipality_id, ()))


def _kommun(target: Any) -> int:
    """The kommun that something belongs to. A promise, cycle or organisation knows it; a kommun is it."""
    for path in (("municipality_id",), ("promise", "municipality_id"), ("cycle", "municipality_id"), ("pk",)):
        value = target
        for step in path:
            value = getattr(value, step, None)
            if value is None:
                break
        if value is not None:
            return int(value)
    raise LookupError(f"{target!r} belongs to no kommun")


def _has(*roles: Role) -> Any:
    @rules.predicate
    def predicate(user: User, target: Any) -> bool:
        return bool(user.is_authenticated and roles_in(user, _kommun(target)).intersection(roles))

    return predicate


is_member = _has(*Role)
is_coordinator = _has(Role.COORDINATOR)
is_police_editor = _has(Role.POLICE_EDITOR)
is_reporter = _has(Role.REPORTER, Role.CONTRIBUTOR)
is_signer = _has(Role.SIGNER)

rules.add_perm(Permission.WORK_IN, is_member)
rules.add_perm(Permission.EDIT_CYCLE, is_coordinator | is_police_editor)
rules.add_perm(Permission.REPORT, is_coordinator | is_police_editor | is_reporter)
rules.add_perm(Permission.REVIEW, is_coordinator | is_police_editor)
rules.add_perm(Permission.PUBLISH, is_coordinator)
rules.add_perm(Permission.SIGN, is_signer)
rules.add_perm(Permission.READ_FILE, is_coordinator)


def require(user: Any, permission: Permission, target: Any) -> None:
    """Stop here unless the person may do it."""
    if not rules.has_perm(permission, user, target):
        raise PermissionDenied
