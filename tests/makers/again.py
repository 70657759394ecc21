"""A state made once in a run, put back row by row whenever it is wanted again.

Loading the forum of Korea and setting its papers takes seconds; every test that reads it would
wait for that. The first one makes the state through the real actions, the others get its rows.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from madang.record import log
from madang.record.guard import appending, writing

Rows = dict[type[Model], list[tuple[Any, ...]]]
_made: dict[str, Rows] = {}


def again(name: str, make: Callable[[], object]) -> None:
    """Bring an empty installation to the state `name`, which `make` makes."""
    assert log.size() == 0, "a state is made from an empty installation"
    if name in _made:
        _put(_made[name])
    else:
        make()
        _made[name] = _take()


def _tables() -> list[type[Model]]:
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model.__module__.startswith("madang.")]


def _names(model: type[Model]) -> list[str]:
    return [connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields]


def _take() -> Rows:
    rows: Rows = {}
    with connection.cursor() as cursor:
        for model in _tables():
            cursor.execute(f"SELECT {', '.join(_names(model))} FROM {model._meta.db_table}")
            rows[model] = cursor.fetchall()
    return rows


def _put(rows: Rows) -> None:
    with transaction.atomic(), writing(), appending(), connection.cursor() as cursor:
        for model, lines in rows.items():
            names = _names(model)
            if model._meta.label == "record.Head":
                # A migration made the head's row, and it is never deleted.
                new = ", ".join(f"{name} = %s" for name in names)
                cursor.execute(f"UPDATE {model._meta.db_table} SET {new}", lines[0])
            elif lines:
                marks = ", ".join(["%s"] * len(names))
                cursor.executemany(
                    f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({marks})",
                    lines,
                )
