"""Whether somebody has just shown who they are: password and second factor, or a passkey, within ten minutes."""

from __future__ import annotations

import time
from enum import StrEnum

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

FRESH = 10 * 60
# A clock that was set back makes old proofs lie in the future; two servers may differ by some seconds.
CLOCKS_DIFFER = 60
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Needed(StrEnum):
    """What is still to be shown before one can sign on screen."""

    SECOND_FACTOR = "second_factor"  # none is set up on the account
    PASSWORD = "password"  # noqa: S105 the name of a step
    CODE = "code"
    NOTHING = ""


def needed(request: HttpRequest, now: float | None = None) -> Needed:
    """The next thing to show. A recovery code is for finding back into an account, not for signing."""
    if not is_mfa_enabled(request.user, types=list(SECOND_FACTORS)):
        return Needed.SECOND_FACTOR
    here = now if now is not None else time.time()
    records = get_authentication_records(request, request.user)
    shown = [each for each in records if here - FRESH <= each.get("at", 0) <= here + CLOCKS_DIFFER]
    if any(_is_passkey(each) for each in shown):
        return Needed.NOTHING
    if not any(each.get("method") == "password" for each in shown):
        return Needed.PASSWORD
    if not any(each.get("method") == "mfa" and each.get("type") in SECOND_FACTORS for each in shown):
        return Needed.CODE
    return Needed.NOTHING


def has_codes(request: HttpRequest) -> bool:
    """Whether the account has an app with codes; otherwise its second factor is a key."""
    return bool(is_mfa_enabled(request.user, types=[Authenticator.Type.TOTP]))


def _is_passkey(shown: dict[str, object]) -> bool:
    """Signing in with a passkey alone: the device has asked for face, finger or code."""
    return bool(
        shown.get("method") == "mfa" and shown.get("type") == Authenticator.Type.WEBAUTHN and shown.get("passwordless")
    )
