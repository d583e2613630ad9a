"""The signing key: from the environment, otherwise made once and kept in a file that only its owner can read."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from lofte.config import env


def secret_key(var: Path) -> str:
    given = env.text("LOFTE_SECRET_KEY")
    if given:
        return given
    file = var / "secret_key"
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    var.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was first
        return file.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(get_random_secret_key())
    return file.read_text(encoding="ascii")
