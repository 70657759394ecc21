"""Compile the translations when the package is built or installed for development.

The compiled catalogues are not kept in git; run by hand, this file makes them anew.
"""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_messages(root: Path) -> list[Path]:
    """Write a `.mo` beside every `.po` of the package; fuzzy entries stay out of it."""
    compiled = []
    for source in sorted((root / "madang" / "locale").glob("**/*.po")):
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        compiled.append(target)
    return compiled


class MessagesHook(BuildHookInterface[Any]):
    """Called by hatchling for the wheel, the source archive and the editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_messages(Path(self.root))


if __name__ == "__main__":
    for path in compile_messages(Path(__file__).parent):
        print(path)
