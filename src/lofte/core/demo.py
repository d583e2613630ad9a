"""Whether this installation is a demonstration, and the sign-ins that work only there.

`lofte demo` makes the people of the constructed kommun and writes a password of its own for them beside the database.
Their addresses end in a name that nobody can own (RFC 2606), so a copied database opens no door elsewhere.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

DOMAIN = "exempelkoping.example"


def demo_file(var: Path) -> Path:
    return var / "demo.json"


def read_demo(var: Path) -> dict[str, Any] | None:
    """What `lofte demo` wrote: password, e-mail addresses and kommuner; None when this is no demonstration."""
    try:
        found = json.loads(demo_file(var).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return found if isinstance(found, dict) else None


def write_demo(var: Path, **values: Any) -> dict[str, Any]:
    """Keep what is told; the password is made once, and the file can be read by its owner only."""
    kept = {"password": new_password(), **(read_demo(var) or {}), **values}
    beside = demo_file(var).with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False, indent=1)
    beside.replace(demo_file(var))
    return kept


def new_password() -> str:
    return "-".join(secrets.token_hex(2) for _each in range(4))


def may_sign_in(email: str, var: Path) -> bool:
    """The constructed kommun's people can sign in only where the demonstration was made."""
    return not email.lower().endswith(f"@{DOMAIN}") or read_demo(var) is not None
