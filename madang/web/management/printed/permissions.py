"""`docs/permissions.md`: the `MAY` tables in words, and what each act leaves in the record."""

from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import madang
from madang.record.acting import ACTIONS
from madang.web.management.printed.tables import table

PACKAGE = Path(madang.__file__).parent

HEAD = """# Who may do what

Printed from the code by `make docs`; an installation shows the same at `/about/permissions/`.

Whatever is kept is changed by an act, and by nothing else ([ADR 0003](adr/0003-acts.md)). Of an
act's lines one must hold; in a line everything must. Reading is open to everyone; which address
takes which method from whom is in [routes.md](routes.md).
"""


def page() -> str:
    for path in sorted(PACKAGE.glob("*/actions/*.py")):
        import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    headings = ("Act", "What it does", "Who", "Entry", "Room")
    return (
        f"{HEAD}\n{table(headings, [_row(name, act) for name, act in sorted(ACTIONS.items())])}\n"
    )


def _row(name: str, act: Any) -> list[str]:
    lines = [" and ".join(map(_says, line)) for line in act.lines]
    entry = get_type_hints(act.do)["return"].KIND
    room = act.do.__module__.split(".")[1]
    return [f"`{name}`", _says(act.do), "; or ".join(lines), f"`{entry}`", f"`{room}`"]


def _says(function: Any) -> str:
    """What a function says of itself in the first line of its docstring."""
    return (function.__doc__ or function.__name__).strip().split("\n")[0].removesuffix(".")
