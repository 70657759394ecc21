"""What belongs to a row, read with it: one query, however many kinds of things belong to it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import DateTimeField, Exists, Func, JSONField, QuerySet, Subquery

from madang.foundation.fields import TextField
from madang.foundation.texts import Text


class _Shared(Subquery):
    """A subquery that threads may share: making the SQL counts a query's joins in the query itself."""

    def as_sql(self, *args: Any, **options: Any) -> Any:
        alone: Any = super(_Shared, self.copy())
        return alone.as_sql(*args, **options)


class There(_Shared, Exists):
    """Whether another query has any row; like Gathered, for a queryset at the top of a module."""


class Gathered(_Shared):
    """The rows of another query as one column: a list of dicts, in that query's order.

    `Gathered(Area.objects.filter(plan=OuterRef("pk")), text="text", source="source_id")` gives
    `[{"text": …, "source": …}, …]`, never null. Values come as the model would give them; bytes
    cannot travel so.

    Building one costs more than asking it, so it stands in a queryset at the top of a module.
    """

    empty_result_set_value = "[]"

    def __init__(self, rows: QuerySet[Any], **paths: str | Func) -> None:
        packed = rows.values(packed=_Packed(*paths.values()))
        super().__init__(packed, output_field=JSONField())
        values = packed.query.annotations["packed"].get_source_expressions()
        self.names = list(paths)
        self.readings = [
            (n, r) for n, one in enumerate(values) if (r := _reading(one.output_field))
        ]

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **options: Any) -> Any:
        template = (
            "(SELECT COALESCE(JSONB_AGG(packed), '[]') FROM (%(subquery)s) gathered)"
            if connection.vendor == "postgresql"
            else "(SELECT JSON_GROUP_ARRAY(JSON(packed)) FROM (%(subquery)s) gathered)"
        )
        return super().as_sql(compiler, connection, *args, template=template, **options)

    def get_db_converters(self, connection: Any) -> list[Any]:
        return [*super().get_db_converters(connection), self._read]

    def _read(self, rows: list[list[Any]], *_: Any) -> list[dict[str, Any]]:
        for row in rows:
            for place, reading in self.readings:
                row[place] = None if row[place] is None else reading(row[place])
        return [dict(zip(self.names, row, strict=True)) for row in rows]


class _Packed(Func):
    """Values as one JSON array. Django's own asks each new connection whether it knows JSON."""

    function = "JSON_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **options)


def _reading(field: Any) -> Callable[[Any], Any] | None:
    """How a field's value is read back from JSON; None where it is there as it was."""
    if isinstance(field, TextField):
        return _text
    if isinstance(field, JSONField):
        return _unpacked
    return _moment if isinstance(field, DateTimeField) else None


def _text(value: Any) -> Text | None:
    kept = _unpacked(value)
    return None if kept is None else Text.of(kept)


def _unpacked(value: Any) -> Any:
    # SQLite keeps JSON as text, so it comes as a string inside the string.
    return json.loads(value) if isinstance(value, str) else value


def _moment(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
