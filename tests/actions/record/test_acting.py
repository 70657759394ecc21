from datetime import timedelta

import pytest

from madang.foundation.actors import ANONYMOUS, LOADER
from madang.foundation.refusals import NotAllowed, NotValid
from madang.foundation.texts import Text
from madang.members.actions.move_clock import move_clock
from madang.members.actions.open import open_forum
from madang.members.models import Forum
from madang.record import acting, log
from madang.record.leaf import BadLeaf
from tests.makers.forums import OPENED, SOMEONE, an_open_forum

LATER = OPENED + timedelta(minutes=5)
DAY = 86_400


@pytest.fixture
def practice():
    return an_open_forum(practice=True)


def ahead():
    return Forum.objects.get(pk=1).clock_ahead


def test_an_act_is_done_and_written_down(practice):
    event = move_clock(practice, to=LATER + timedelta(days=1), by=ANONYMOUS, at=LATER)

    assert ahead() == DAY
    entry = log.entries().first()
    assert (entry.index, entry.kind, entry.about, entry.at) == (1, "clock.moved", "forum", LATER)
    assert log.said(entry)["d"] == {"about": "forum", "to": event.to, "by": "anonymous"}


def test_a_refusal_changes_nothing_and_records_nothing(practice):
    before = log.state()

    with pytest.raises(NotValid):
        move_clock(practice, to=LATER, by=ANONYMOUS, at=LATER)

    assert ahead() == 0
    assert log.state() == before


def test_who_may_not_changes_nothing_and_records_nothing():
    forum = an_open_forum(practice=False)

    with pytest.raises(NotAllowed) as refused:
        move_clock(forum, to=LATER + timedelta(days=1), by=LOADER, at=LATER)

    assert refused.value.facts == {"act": "clock.move"}
    assert (ahead(), log.size()) == (0, 1)


def test_the_button_and_the_act_ask_the_same(practice):
    real = Forum(practice=False)

    assert move_clock.open_to(ANONYMOUS, practice)
    assert not move_clock.open_to(ANONYMOUS, real)


def test_an_act_is_judged_on_the_row_as_it_is_and_not_as_the_caller_saw_it(practice):
    practice.clock_ahead = 999
    for n in (1, 2):
        move_clock(practice, to=LATER + timedelta(days=1), by=ANONYMOUS, at=LATER)
        assert ahead() == n * DAY


def test_when_a_follower_fails_nothing_happened(practice, monkeypatch):
    def fail(*args):
        assert log.size() == 2, "the follower hears of it after it was written down"
        raise ZeroDivisionError

    monkeypatch.setattr(acting, "followers", [fail])
    with pytest.raises(ZeroDivisionError):
        move_clock(practice, to=LATER + timedelta(days=1), by=ANONYMOUS, at=LATER)

    assert (ahead(), log.size()) == (0, 1)


def test_what_the_record_cannot_hold_does_not_happen(db):
    long = Text({"en": "x" * 5000})

    with pytest.raises(BadLeaf):
        open_forum(log.the_log(), name=long, log="a/record", practice=False, by=LOADER, at=OPENED)

    assert log.size() == 0
    assert not Forum.objects.exists()


def test_a_name_stands_in_the_record_as_a_commitment_alone(practice):
    move_clock(practice, to=LATER + timedelta(days=1), by=SOMEONE, at=LATER)

    entry = log.entries().first()
    assert SOMEONE.name.encode() not in bytes(entry.leaf)
    assert list(log.said(entry)["c"]) == ["actor"]
    assert entry.openings.get().value == SOMEONE.name


def test_no_act_opens_an_installation_twice(practice):
    with pytest.raises(Exception, match=r"members\.already_open"):
        open_forum(
            log.the_log(), name=Text({"en": "B"}), log="b", practice=False, by=LOADER, at=LATER
        )

    assert log.size() == 1
