"""The wording of a commitment: its whole text as the bytes that are hashed and compared."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785


def wording(parts: Mapping[str, Any]) -> bytes:
    """A commitment's text as canonical JSON (RFC 8785), the same on every machine."""
    return rfc8785.dumps(dict(parts))


def fingerprint(text: bytes) -> str:
    return sha256(text).hexdigest()
