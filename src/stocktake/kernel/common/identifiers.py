"""Public identifiers: short, unambiguous when read aloud, never changed and never reused."""

import hashlib
import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""

_LENGTH = 8


def new_public_id(prefix: str) -> str:
    """Make a random identifier such as `A-7QK2M9XD` (40 bits)."""
    return _written(prefix, secrets.randbits(5 * _LENGTH))


def stable_public_id(prefix: str, key: str) -> str:
    """Make the identifier that a key of reference or sample data always gets."""
    digest = hashlib.sha256(f"{prefix}:{key}".encode()).digest()
    return _written(prefix, int.from_bytes(digest[:5], "big"))


def _written(prefix: str, number: int) -> str:
    letters = []
    for _ in range(_LENGTH):
        number, rest = divmod(number, 32)
        letters.append(_ALPHABET[rest])
    return f"{prefix}-{''.join(reversed(letters))}"
