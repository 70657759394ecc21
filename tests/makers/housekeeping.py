"""What a database does by itself after a while."""

from django.db import connection


def counted() -> None:
    """Let PostgreSQL count its rows, as its housekeeping does within a minute.

    What it knows of tables emptied after an earlier count misleads it: it takes them for empty.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
