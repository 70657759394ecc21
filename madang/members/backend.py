"""How Django finds who is signed in."""

from typing import Any

from django.http import HttpRequest

from madang.members.models import Account


class ByAccount:
    """Finds accounts for sessions. Nobody signs in with a password: there is none."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        return None

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, while it is in use."""
        return Account.objects.select_related("person").filter(pk=user_id, is_active=True).first()
