"""The arithmetic of the log: canonical values, salted digests of fields, hashes of entries.

Pure functions; the models store what they give. A digest binds one field's values before and
after, so that a value can be erased later while the entry's hash still holds.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

GENESIS = ""
"""The hash before the first entry."""

_SALT_BYTES = 12
_DIGEST_BYTES = 24


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> str:
    """Write a JSON value in the one form that is hashed."""
    return "null" if value is None else _encode(value)


@lru_cache(maxsize=1000)
def written_name(field: str) -> str:
    """Write the name of a field in canonical form."""
    return _encode(field)


def new_salts(fields: int) -> list[str]:
    """Give one random salt (96 bits, base64) for each field."""
    return _texts(secrets.token_bytes(_SALT_BYTES * fields), _SALT_BYTES)


def field_digest(salt: str, field: str, before: Any, after: Any) -> str:
    """Give the digest (192 bits of SHA-256, base64) of one field's change."""
    return written_digests([(salt, canonical(field), canonical(before), canonical(after))])[0]


def written_digests(fields: Iterable[tuple[str, str, str, str]]) -> list[str]:
    """Give the digests of some fields' changes.

    Args:
        fields: salt, name, value before and value after of each, written in canonical form.
    """
    told = (f"{salt}\n[{name},{before},{after}]" for salt, name, before, after in fields)
    raw = (hashlib.sha256(text.encode()).digest()[:_DIGEST_BYTES] for text in told)
    return _texts(b"".join(raw), _DIGEST_BYTES)


def entry_hash(
    *,
    number: int,
    at: str,
    actor_key: str,
    on_behalf_of: str,
    verb: str,
    kind: str,
    object_id: str,
    digests: Mapping[str, str],
    previous_hash: str,
) -> str:
    """Give the hash of an entry (SHA-256, hexadecimal), which covers the one before it."""
    told = canonical(
        [
            number,
            at,
            actor_key,
            on_behalf_of,
            verb,
            kind,
            object_id,
            dict(digests),
            previous_hash,
        ]
    )
    return hashlib.sha256(told.encode()).hexdigest()


def _texts(raw: bytes, size: int) -> list[str]:
    """Write pieces of some bytes each, a multiple of three, in base64 without padding."""
    text = base64.urlsafe_b64encode(raw).decode()
    width = size // 3 * 4
    return [text[start : start + width] for start in range(0, len(text), width)]
