"""Readers: clients that read the site in a language, some of them signed in."""

from typing import Any

from django.test import Client

from madang.foundation.actors import Role
from madang.members.models import Account, CoChair

HOST = "127.0.0.1:8000"
"""What a browser at the machine itself sends; Django's own client sends none."""


class Reader(Client):
    """A client that reads in one language: `get("/plans/")` is `/en/plans/` for an English reader."""

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(**{"HTTP_HOST": HOST, **options})
        self.language = language

    def generic(self, method: str, path: str, *args: Any, **options: Any) -> Any:
        prefix = "" if self.language == "ko" or path.startswith("/en/") else f"/{self.language}"
        return super().generic(method, f"{prefix}{path}", *args, **options)


def an_account(role: Role) -> Account:
    """Someone of the loaded forum who has the role now."""
    everyone = Account.objects.order_by("pk")
    chairs = CoChair.objects.values("seat__holdings__person")
    match role:
        case Role.CO_CHAIR:
            found = everyone.filter(person__in=chairs)
        case Role.MEMBER:
            found = everyone.filter(person__holdings__isnull=False).exclude(person__in=chairs)
        case _:
            found = everyone.filter(grants__role=role.value)
    return found.distinct()[0]


def a_signed_in_client(role: Role, language: str = "ko") -> Reader:
    """A reader in the role; the forum must be one whose file brings accounts, as practice does."""
    client = Reader(language)
    if role is not Role.ANONYMOUS:
        client.force_login(an_account(role))
    return client
