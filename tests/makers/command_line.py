"""The command line as a person runs it: a process of its own, an installation in a folder."""

import os
import subprocess
import sys
from pathlib import Path

# What this test run set for itself says nothing to an installation of its own.
_OURS = (
    "DATABASE_URL",
    "MADANG_DATA",
    "DJANGO_SETTINGS_MODULE",
    "MAIL_URL",
    "LC_ALL",
    "LC_MESSAGES",
)


def ours_alone() -> dict[str, str]:
    """The environment without what this test run set for itself."""
    return {key: value for key, value in os.environ.items() if key not in _OURS}


def madang(*words: str | Path, language: str = "C") -> subprocess.CompletedProcess[str]:
    """Run one command; its exit code, and what it said."""
    return subprocess.run(
        [sys.executable, "-m", "madang.config.cli", *map(str, words)],
        env={**ours_alone(), "LANG": f"{language}.UTF-8", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def an_installation(data: Path, *more: str) -> Path:
    """A folder with an installation made by `madang init`."""
    answers = ["--name-en", "Forum under test", "--email", "desk@forum.example"]
    made = madang("init", "--data", data, *answers, *more)
    assert made.returncode == 0, made.stderr
    return data
