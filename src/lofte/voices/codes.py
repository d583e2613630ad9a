"""Codes that stand in for accounts: the kvittokod of one voice, and the closed link of a staff dialogue.

Both are made from a secret of this installation, so that neither needs to be stored.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.db import connection

from lofte.core.models import ServerSecret
from lofte.voices.models import Dialogue

# Crockford's letters: none that can be read as another when a code is copied from paper.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
LENGTH, GROUP = 12, 4


def new_code() -> str:
    """A code that belongs to no voice yet, for a printed form."""
    return grouped("".join(secrets.choice(LETTERS) for _each in range(LENGTH)))


def code_for(dialogue: Dialogue, nonce: str) -> str:
    """The code of the voice that was sent with this form: the same form sent twice has the same code."""
    made = _keyed("kvittokod", f"{dialogue.pk}:{nonce}")
    return grouped("".join(LETTERS[byte % 32] for byte in made[:LENGTH]))


def key_for(dialogue: Dialogue, nonce: str) -> str:
    """The name of that voice in its dialogue. It tells nothing of the code."""
    return f"svar-{_keyed('svar', f'{dialogue.pk}:{nonce}').hex()[:20]}"


def voter_number(nonce: str) -> str:
    """What the votes of one opening of a statement round are kept under. It can't be followed back."""
    return _keyed("röst", nonce).hex()[:32]


def digest_of(code: str) -> str:
    """What is stored of a code."""
    return _keyed("hash", plain(code)).hex()


def plain(code: str) -> str:
    """A code as it was given: any case, spaces and hyphens as people like, letters that look alike as one."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return letters.translate(ALIKE)


def is_code(code: str) -> bool:
    given = plain(code)
    return len(given) == LENGTH and set(given) <= set(LETTERS)


def grouped(code: str) -> str:
    letters = plain(code)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def link_token(dialogue: Dialogue) -> str:
    """The secret part of a staff dialogue's address; a new link number makes the old one worthless."""
    return _keyed("länk", f"{dialogue.pk}:{dialogue.link_version}").hex()[:24]


def opens_with(dialogue: Dialogue, token: str) -> bool:
    return hmac.compare_digest(link_token(dialogue).encode(), token.encode())


def _keyed(what: str, text: str) -> bytes:
    return hmac.new(_secret(), f"{what}:{text}".encode(), hashlib.sha256).digest()


_kept: dict[str, bytes] = {}


def _secret() -> bytes:
    """Read once a process. Not kept from inside a transaction: what is rolled back was never the secret."""
    if "secret" in _kept:
        return _kept["secret"]
    made, _is_new = ServerSecret.objects.get_or_create(name="voices", defaults={"value": secrets.token_hex(32)})
    secret = bytes.fromhex(made.value)
    if not connection.in_atomic_block:
        _kept["secret"] = secret
    return secret
