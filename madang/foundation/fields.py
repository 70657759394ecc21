"""Model fields for what every room keeps."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from madang.foundation.dates import PartialDate
from madang.foundation.texts import Text


class TextField(models.JSONField):
    """Words by language as one JSON value; reads and writes `Text`."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Text | None:
        kept = super().from_db_value(value, expression, connection)
        return None if kept is None else Text.of(kept)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.kept() if isinstance(value, Text) else value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        kept = value.kept() if isinstance(value, Text) else value
        return super().get_db_prep_value(kept, connection, prepared)

    def to_python(self, value: Any) -> Any:
        return Text.of(value) if isinstance(value, dict) else value

    def value_to_string(self, obj: Any) -> Any:
        value = self.value_from_object(obj)
        return value.kept() if isinstance(value, Text) else value


def _check_dated(value: str) -> None:
    try:
        PartialDate(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class DatedField(models.CharField):
    """A year, a month or a day as text (`2020`, `2020-03`, `2020-03-22`); empty when not recorded."""

    # For the type checker: what may be put in and what comes out.
    _pyi_private_set_type: str | None  # type: ignore[assignment]
    _pyi_private_get_type: str | None  # type: ignore[assignment]

    default_validators = [_check_dated]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 10, "null": True, "blank": True, **options})
