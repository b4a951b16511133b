"""The arithmetic of the log: canonical values, salted digests of fields, hashes of entries.

Pure functions; the models store what they give. A digest binds one field's values before and
after, so that a value can be erased later while the entry's hash still holds.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from stocktake.lib.compactjson import to_canonical_json

GENESIS = ""
"""The hash before the first entry."""

_SALT_BYTES = 12
_DIGEST_BYTES = 24


def canonical(value: Any) -> bytes:
    """Write a JSON value in the one form that is hashed."""
    return b"null" if value is None else to_canonical_json(value)


@lru_cache(maxsize=1000)
def written_name(field: str) -> bytes:
    """Write the name of a field in canonical form."""
    return to_canonical_json(field)


def new_salts(fields: int) -> list[str]:
    """Give one random salt (96 bits, base64) for each field."""
    return _texts(secrets.token_bytes(_SALT_BYTES * fields), _SALT_BYTES)


def field_digest(salt: str, field: str, before: Any, after: Any) -> str:
    """Give the digest (192 bits of SHA-256, base64) of one field's change."""
    return written_digests([(salt, canonical(field), canonical(before), canonical(after))])[0]


def written_digests(fields: Iterable[tuple[str, bytes, bytes, bytes]]) -> list[str]:
    """Give the digests of some fields' changes.

    Args:
        fields: salt, name, value before and value after of each, written in canonical form.
    """
    raw = [
        hashlib.sha256(b"%b\n[%b,%b,%b]" % (salt.encode(), name, before, after)).digest()[
            :_DIGEST_BYTES
        ]
        for salt, name, before, after in fields
    ]
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
    return hashlib.sha256(told).hexdigest()


def _texts(raw: bytes, size: int) -> list[str]:
    """Write pieces of some bytes each, a multiple of three, in base64 without padding."""
    text = base64.urlsafe_b64encode(raw).decode()
    width = size // 3 * 4
    return [text[start : start + width] for start in range(0, len(text), width)]
