"""Give the secretariat its second officer: what comes on paper takes two."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.foundation.actors import Actor, Role
from madang.foundation.refusals import NotNow, NotValid
from madang.members.models import Account, Forum, RoleGrant, normal_email
from madang.members.rules.permissions import MAY
from madang.members.rules.roll import is_email
from madang.record.acting import action
from madang.record.events import Event

MOST_OFFICERS = 2
"""Up to how many officers one of them may add another: afterwards nobody makes a second self."""


@dataclass(frozen=True, kw_only=True)
class AccountGranted(Event):
    """An account was given the secretariat's role. Its address stands here as a commitment."""

    KIND: ClassVar[str] = "account.granted"
    COMMITTED: ClassVar[frozenset[str]] = frozenset({"email"})

    role: str
    officers: int
    email: str


@action("account.grant", may=MAY)
def grant_account(forum: Forum, *, email: str, by: Actor, at: datetime) -> AccountGranted:
    """Give an address the secretariat's role, while it has one officer only.

    Raises NotNow: members.officers_complete. Raises NotValid: members.officer_email,
    members.officer_there, members.officer_is_member.
    """
    address, role = normal_email(email), Role.SECRETARIAT.value
    officers = RoleGrant.objects.filter(role=role, ended_at=None)
    if not is_email(address):
        raise NotValid("members.officer_email", field="email")
    if officers.filter(account__email=address).exists():
        raise NotValid("members.officer_there", field="email")
    if officers.count() >= MOST_OFFICERS:
        raise NotNow("members.officers_complete", most=MOST_OFFICERS)
    account = Account.objects.filter(email=address).first()
    if account and account.person and account.person.holdings.exists():
        raise NotValid("members.officer_is_member", field="email")
    account = account or Account.objects.create(
        email=address, language=forum.languages[0], key=Account.new_key()
    )
    RoleGrant.objects.create(account=account, role=role, granted_at=at)
    return AccountGranted(about="forum", role=role, officers=officers.count(), email=address)
