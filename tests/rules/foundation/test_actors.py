import pytest

from madang.foundation.actors import CLOCK, LOADER, Actor, Role
from madang.foundation.refusals import Gone, NotAllowed, NotFound, NotNow, NotValid


def actor(*roles, seats=()):
    return Actor(roles=frozenset(roles), seats=frozenset(seats), name="Ada Quillfeather")


@pytest.mark.parametrize(
    ("who", "label"),
    [
        pytest.param(CLOCK, "clock", id="the clock"),
        pytest.param(LOADER, "loader", id="the loader"),
        pytest.param(actor(Role.ANONYMOUS), "anonymous", id="anyone"),
        pytest.param(actor(Role.ANONYMOUS, Role.SECRETARIAT), "secretariat", id="an office"),
        pytest.param(actor(Role.MEMBER, seats=["gov-3"]), "gov-3", id="a seat"),
        pytest.param(
            actor(Role.SECRETARIAT, seats=["gov-3"]), "gov-3", id="a seat before an office"
        ),
    ],
)
def test_the_record_names_an_office_and_never_a_person(who, label):
    assert who.label == label


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(NotValid, 400), (NotAllowed, 403), (NotFound, 404), (NotNow, 409), (Gone, 410)],
)
def test_each_kind_of_refusal_has_its_status(refusal, status):
    refused = refusal("ballots.still_open", seats=3)

    assert refused.status == status
    assert str(refused) == "ballots.still_open {'seats': 3}"
