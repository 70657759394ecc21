"""The secretariat's second officer."""

import pytest

from madang.foundation.actors import LOADER, Role
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.members.actions.grant import grant_account
from madang.members.actions.open import open_forum
from madang.members.actors import actor_of
from madang.members.models import Account, Forum
from madang.record import log
from madang.record.log import the_log
from tests.makers.forums import NAME, OPENED, SOMEONE
from tests.makers.lists import FOUNDED, SECRETARY
from tests.makers.new_forum import OFFICER


@pytest.fixture(autouse=True)
def opened(db):
    open_forum(
        the_log(), name=NAME, log="a/record", practice=False, officer=OFFICER, by=LOADER, at=OPENED
    )


def grant(email, by=SECRETARY):
    return grant_account(Forum.objects.get(pk=1), email=email, by=by, at=FOUNDED)


def test_a_second_officer_can_sign_in_and_stands_without_address_in_the_record():
    event = grant("Second@Sample.example")

    account = Account.objects.get(email="second@sample.example")
    assert actor_of(account, on="2026-01-07").has(Role.SECRETARIAT)
    assert event.officers == 2
    assert b"sample.example" not in bytes(log.entries()[0].leaf)


def test_one_officer_never_makes_a_third():
    grant("second@sample.example")

    with pytest.raises(NotNow) as refused:
        grant("third@sample.example")

    assert refused.value.code == "members.officers_complete"


@pytest.mark.parametrize(
    ("email", "code"),
    [("", "officer_email"), ("nobody", "officer_email"), (OFFICER, "officer_there")],
)
def test_what_is_no_colleague_is_refused(email, code):
    with pytest.raises(NotValid) as refused:
        grant(email)

    assert refused.value.code == f"members.{code}"


def test_nobody_else_names_officers():
    for actor in (SOMEONE, LOADER):
        with pytest.raises(NotAllowed):
            grant("second@sample.example", by=actor)
