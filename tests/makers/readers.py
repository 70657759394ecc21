"""Readers: clients that read the site in a language, some of them signed in."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from madang.foundation.actors import Role
from madang.members.models import Account, CoChair, Person
from madang.planning.models import Plan
from madang.record.guard import writing
from madang.taskforces.models import Group, GroupMember

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
        case Role.GROUP_MEMBER:
            return someone_of_a_group()
        case _:
            found = everyone.filter(grants__role=role.value)
    return found.distinct()[0]


def someone_of_a_group(group: Group | None = None) -> Account:
    """Someone who works in a group, one of the first plan unless it is given, and has no seat."""
    with writing():
        person, _ = Person.objects.get_or_create(slug="helper", defaults={"name": {"ko": "도움"}})
        account, _ = Account.objects.get_or_create(
            email="helper@example.kr", defaults={"person": person, "key": "k"}
        )
        plan = Plan.objects.order_by("pk")[0]
        group = group or Group.objects.filter(plan=plan).first()
        group = group or Group.objects.create(
            plan=plan, number=1, name={"ko": "분과", "en": "Group"}
        )
        now = datetime.now(UTC)
        GroupMember.objects.get_or_create(
            group=group, person=person, left_at=None, defaults={"joined_at": now}
        )
    return account


def a_signed_in_client(role: Role, language: str = "ko") -> Reader:
    """A reader in the role; the forum must be one whose file brings accounts, as practice does."""
    client = Reader(language)
    if role is not Role.ANONYMOUS:
        client.force_login(an_account(role))
    return client
