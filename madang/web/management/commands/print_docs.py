"""`madang manage print_docs`: write the pages of docs/ that say what the code says."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import madang
from madang.web.management.printed import pages

DOCS = Path(madang.__file__).parents[1] / "docs"


class Command(BaseCommand):
    """Write what has changed, and name it."""

    help = "write the pages of docs/ that come from the code"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not DOCS.is_dir():
            raise CommandError(
                f"There is no folder {DOCS}. docs/ belongs to the repository and is not installed "
                "with the package; print it in a clone, with: make docs"
            )
        for name, text in pages().items():
            path = DOCS / name
            if path.is_file() and path.read_text("utf-8") == text:
                continue
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/{name}")
