"""The record's append-only triggers, lifted: for clearing a table, and for telling lies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from madang.record.guard import appending, writing

TABLES = ("record_entry", "record_node", "record_opening", "record_head")


@contextmanager
def lifted() -> Iterator[None]:
    """Let the record be changed, as only someone with the database in hand could."""
    with _sqlite() if connection.vendor == "sqlite" else _postgres(), writing(), appending():
        yield


@contextmanager
def _sqlite() -> Iterator[None]:
    marks = ", ".join(["%s"] * len(TABLES))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",
            TABLES,
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        try:
            yield
        finally:
            for _, sql in triggers:
                cursor.execute(sql)


@contextmanager
def _postgres() -> Iterator[None]:
    with connection.cursor() as cursor:
        # A table can't be altered while the foreign keys of this transaction wait to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield
        finally:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
