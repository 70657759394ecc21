"""The bytes of an entry: canonical JSON (RFC 8785), and salted commitments inside it."""

import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785

MOST_BYTES = 4096
"""The largest leaf, in bytes; what is bigger stands in the record as its SHA-256."""

KEYS = frozenset({"at", "c", "d", "i", "log", "t", "v"})


class BadLeaf(ValueError):
    """Bytes that are not a leaf of this record; the message says why."""


def moment(at: datetime) -> str:
    """A moment as the record writes it: UTC, milliseconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def canonical(value: Any) -> bytes:
    """RFC 8785 bytes of a JSON value without fractions.

    Raises BadLeaf for a fraction: two programs may write it differently.
    """
    if _has_fraction(value):
        raise BadLeaf("a fraction can't stand in the record")
    return rfc8785.dumps(value)


def _has_fraction(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_fraction, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_has_fraction, value))
    return isinstance(value, float)


def commitment(key: bytes, *, field: str, index: int, value: Any) -> str:
    """What stands in the record for a value that may one day be erased.

    Without the key nobody can tell the value from any other; with it anyone can.
    """
    message = canonical({"f": field, "i": index, "v": value})
    return hmac.new(key, message, sha256).hexdigest()


def fresh_key() -> bytes:
    """A salt of 32 random bytes, never derived from another."""
    return secrets.token_bytes(32)


def write_leaf(
    *,
    index: int,
    log: str,
    kind: str,
    at: datetime,
    clear: Mapping[str, Any],
    committed: Mapping[str, str],
) -> bytes:
    """The bytes that are hashed and kept.

    Raises BadLeaf when they would be longer than MOST_BYTES.
    """
    leaf = canonical(
        {"at": moment(at), "c": committed, "d": clear, "i": index, "log": log, "t": kind, "v": 1}
    )
    if len(leaf) > MOST_BYTES:
        raise BadLeaf(f"{kind}: {len(leaf)} bytes, at most {MOST_BYTES}")
    return leaf


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadLeaf("a key stands twice")
    return found


def read_leaf(leaf: bytes) -> dict[str, Any]:
    """Read a leaf back, refusing every byte that its writing would not have made.

    Raises BadLeaf.
    """
    try:
        found = json.loads(leaf.decode("utf-8"), object_pairs_hook=_no_duplicates)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadLeaf("not JSON in UTF-8") from error
    if not isinstance(found, dict) or set(found) != KEYS:
        raise BadLeaf("not the keys of a leaf")
    if canonical(found) != leaf:
        raise BadLeaf("not in canonical form")
    return found
