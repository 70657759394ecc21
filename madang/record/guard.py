"""The write guard: what the forum keeps is written inside an action, or not at all.

An execute wrapper on every database connection looks at each statement. A write to a kept
table outside an open action raises, in tests and in production alike. Tables whose model says
`machinery = True` (sessions, delivery of letters, codes) are not kept and not guarded.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.signals import connection_created

_writing: ContextVar[bool] = ContextVar("madang_writing", default=False)
_appending: ContextVar[bool] = ContextVar("madang_appending", default=False)
_GAP = r"(?:\s|/\*.*?\*/|--[^\n]*\n)+"
_WRITES = re.compile(
    rf"\b(?:insert{_GAP}(?:or{_GAP}\w+{_GAP})?into|replace{_GAP}into|merge{_GAP}into"
    rf"|update(?:{_GAP}or{_GAP}\w+)?|delete{_GAP}from|truncate(?:{_GAP}table)?){_GAP}"
    rf"(?:only{_GAP})?(?:[\"`]?\w+[\"`]?\.)?[\"`]?(\w+)",
    re.IGNORECASE | re.DOTALL,
)


class WrittenOutsideAction(Exception):
    """A kept table was about to be written outside an action."""


@contextmanager
def _on(flag: ContextVar[bool]) -> Iterator[None]:
    token = flag.set(True)
    try:
        yield
    finally:
        flag.reset(token)


def writing() -> Any:
    """Open the kept tables for writing. Only `record.acting` and data migrations use this."""
    return _on(_writing)


def appending() -> Any:
    """Open the record's own tables for writing. Only `record.log` uses this."""
    return _on(_appending)


def acting() -> bool:
    """Whether an action is open here and now."""
    return _writing.get()


@cache
def guarded_tables() -> dict[str, ContextVar[bool]]:
    """Each kept table with the flag that opens it."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("madang.") and not getattr(model, "machinery", False):
            own = model._meta.app_label == "record"
            found[model._meta.db_table] = _appending if own else _writing
    return found


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """The execute wrapper."""
    if not isinstance(sql, str):
        sql = sql.as_string(context["cursor"])
    for table in _WRITES.findall(sql):
        flag = guarded_tables().get(table)
        if flag is not None and not flag.get():
            raise WrittenOutsideAction(f"{table} is written outside an action: {sql[:80]}")
    return execute(sql, params, many, context)


def _stand_guard(connection: Any, **_: Any) -> None:
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


def install() -> None:
    """Put the guard on every connection, those already open included."""
    from django.db import connections

    connection_created.connect(_stand_guard, dispatch_uid="madang.guard")
    for connection in connections.all(initialized_only=True):
        _stand_guard(connection)
