"""What the tests of ballots look at, and who comes and goes meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from madang.foundation.actors import Actor
from madang.foundation.refusals import Refusal
from madang.foundation.texts import Text
from madang.members.actors import actor_of
from madang.members.models import Account, Holding, Person, Seat
from madang.record import log
from madang.record.guard import writing

KEPT = ("ballots", "meetings", "letters")


def everything() -> tuple[Any, ...]:
    """All that is kept of ballots, meetings and letters, and where the record ends."""
    models = [model for room in KEPT for model in apps.get_app_config(room).get_models()]
    rows = {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}
    return rows, log.state()


@contextmanager
def refused(code: str) -> Iterator[dict[str, Any]]:
    """That what is done here is refused with this code, changes nothing and records nothing."""
    before, facts = everything(), {}
    with pytest.raises(Refusal) as caught:
        yield facts
    facts.update(caught.value.facts)
    assert caught.value.code == code
    assert everything() == before


def last_entry(kind: str) -> dict[str, Any]:
    """What stands in clear in the record's last entry of a kind."""
    return dict(log.said(recorded(kind)[-1])["d"])


def recorded(kind: str) -> list[Any]:
    """The entries of a kind, from the first."""
    return list(log.entries().filter(kind=kind).order_by("index"))


# No act of the forum changes who sits where yet; a later file will.


def leaves(seat: str, *, last_day: str) -> Account:
    """The holder of a seat leaves it; the account stays."""
    held = Holding.objects.get(seat__number=seat, ends=None)
    with writing():
        Holding.objects.filter(pk=held.pk).update(ends=last_day)
    return Account.objects.get(person=held.person)


def comes(seat: str, *, first_day: str, slug: str = "newcomer") -> Account:
    """Somebody new sits down in a seat."""
    before = Holding.objects.filter(seat__number=seat).first()
    assert before
    with writing():
        person = Person.objects.create(slug=slug, name=Text({"en": slug.title()}))
        account = Account.objects.create(
            email=f"{slug}@forum.example", person=person, key=Account.new_key()
        )
        Holding.objects.create(
            seat=Seat.objects.get(number=seat),
            term=before.term,
            person=person,
            starts=first_day,
            source=before.source,
        )
    return account


def as_of(account: Account, day: str) -> Actor:
    """Who the account is on a day."""
    return actor_of(account, on=day)
