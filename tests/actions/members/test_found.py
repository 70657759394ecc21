"""Setting up a forum in an installation that holds none."""

import pytest

from madang.ballots.rules.tally import read_rules
from madang.foundation.actors import LOADER
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.foundation.texts import Text
from madang.members.actions.found import found_forum
from madang.members.actions.open import open_forum
from madang.members.models import Account, Forum, RoleGrant, RulesVersion, Seat, Term
from madang.record import log
from madang.record.log import the_log
from tests.makers.forums import EXAMPLES, NAME, OPENED, SOMEONE, an_open_forum, load_file
from tests.makers.lists import FOUNDED, SECRETARY, a_founded_forum, a_founding
from tests.makers.new_forum import OFFICER


def test_the_seats_stand_as_the_rules_say_and_the_rules_can_be_counted_by():
    an_open_forum()

    forum = a_founded_forum()

    assert forum.loaded_at == FOUNDED
    assert Seat.objects.count() == 30 == forum.body.seats
    assert Term.objects.get().seats[2] == {
        "class": "civil_society",
        "count": 22,
        "source": "founding",
    }
    rules = read_rules(RulesVersion.objects.get().figures)
    assert (rules.quorum.needed(30), rules.tie, rules.early_close) == (16, "rejects", True)
    said = log.said(log.entries()[0])
    assert (said["t"], said["d"]["seats"]["government"]) == ("forum.founded", 6)


def test_a_rule_nobody_decided_stays_open():
    an_open_forum()

    given = a_founding(rules={"majority": "two-thirds-roll"})
    found_forum(Forum.objects.get(pk=1), given=given, by=SECRETARY, at=FOUNDED)

    with pytest.raises(NotValid) as refused:
        read_rules(RulesVersion.objects.get().figures)
    assert refused.value.facts == {"rule": "quorum"}


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"name": Text({"ko": None, "en": None})}, "no_forum_name"),
        ({"seats": {}}, "no_seats"),
        ({"seats": {"government": 301}}, "too_many_seats"),
        ({"rules": {"quorum": "all of us"}}, "unknown_rule"),
        ({"in_force_from": "2026"}, "not_a_day"),
        ({"in_force_from": "2026-02-30"}, "not_a_day"),
        ({"source": ""}, "no_source"),
    ],
)
def test_what_is_missing_is_refused_and_nothing_is_kept(other, code):
    forum, size = an_open_forum(), log.size()

    with pytest.raises(NotValid) as refused:
        found_forum(forum, given=a_founding(**other), by=SECRETARY, at=FOUNDED)

    assert refused.value.code == f"members.{code}"
    assert (log.size(), Seat.objects.count()) == (size, 0)


def test_a_forum_is_set_up_once_and_a_loaded_one_never(forum):
    with pytest.raises(NotNow):
        found_forum(forum, given=a_founding(), by=SECRETARY, at=FOUNDED)


def test_nobody_but_the_secretariat_sets_it_up():
    forum = an_open_forum()

    for actor in (SOMEONE, LOADER):
        with pytest.raises(NotAllowed):
            found_forum(forum, given=a_founding(), by=actor, at=FOUNDED)


def test_an_installation_opens_with_an_account_that_can_sign_in():
    open_forum(
        the_log(),
        name=NAME,
        log="a/record",
        practice=False,
        officer="Office@Sample.example",
        by=LOADER,
        at=OPENED,
    )

    account = Account.objects.get()
    assert (account.email, account.person, account.language) == (OFFICER, None, "ko")
    assert RoleGrant.objects.get().role == "secretariat"


def test_a_file_that_knows_the_first_account_gives_it_its_person():
    email = "bok-jian@practice.example"
    open_forum(
        the_log(), name=NAME, log="a/record", practice=True, officer=email, by=LOADER, at=OPENED
    )

    load_file(EXAMPLES / "practice.yaml")

    account = Account.objects.get(email=email)
    assert account.person.slug == "bok-jian"
    assert account.grants.filter(role="secretariat").count() == 1
