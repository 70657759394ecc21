"""A process that has read nothing yet."""

import sys

from django.core.cache import cache
from django.db import connection


def forget_everything() -> None:
    """Forget whatever the process keeps from one request to the next, as one just started."""
    for name, module in list(sys.modules.items()):
        if name.startswith("madang."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear") and value.__module__ == name:
                    value.cache_clear()
    cache.clear()
    # Django's own JSON functions ask each new connection of SQLite whether it knows JSON.
    vars(connection.features).pop("supports_json_field", None)
