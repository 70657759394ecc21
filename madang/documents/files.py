"""Files under `DATA/files/<sha256>`, each behind its Document row."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import rfc8785
from django.conf import settings


def canonical_digest(value: Any) -> str:
    """The SHA-256 of a JSON value's canonical bytes (RFC 8785)."""
    return sha256(rfc8785.dumps(value)).hexdigest()


def path_of(digest: str) -> Path:
    """Where the bytes with this SHA-256 are."""
    return Path(settings.FILES) / digest


def keep_bytes(content: bytes) -> str:
    """Keep bytes under their SHA-256; the same bytes are kept once."""
    digest = sha256(content).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}.new")
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    return digest


def intact(digest: str) -> bool:
    """Whether the bytes are there and are still those of the hash."""
    path = path_of(digest)
    return path.is_file() and sha256(path.read_bytes()).hexdigest() == digest
