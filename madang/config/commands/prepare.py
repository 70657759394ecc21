"""Bring an installation's tables and static files to this version; quick when they are."""

import sys
from pathlib import Path

from madang.config.commands import spoken


def _prepare() -> None:
    from madang.config.cli import start_django
    from madang.config.installation import current_installation

    installation = current_installation()
    start_django(installation.data)

    from django.core.management import call_command

    from madang import __version__

    call_command("migrate", verbosity=0)
    # Static files change with the software, not with the day.
    stamp = installation.data / "static" / ".version"
    state = f"{__version__} {_newest(Path(__file__).parents[2] / 'web' / 'static')}"
    if not stamp.is_file() or stamp.read_text() != state:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(state)


def _newest(folder: Path) -> int:
    return max(int(path.stat().st_mtime) for path in folder.rglob("*"))


if __name__ == "__main__":
    sys.exit(spoken(_prepare))
