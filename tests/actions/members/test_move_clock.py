from datetime import timedelta

import pytest

from madang.foundation.actors import ANONYMOUS, CLOCK, LOADER, Actor, Role
from madang.foundation.refusals import NotAllowed, NotValid
from madang.members.actions.move_clock import FURTHEST_DAYS, move_clock
from madang.members.models import Forum
from madang.record import log
from tests.makers.forums import OPENED, an_open_forum

DAY = timedelta(days=1)


def ahead():
    return timedelta(seconds=Forum.objects.get(pk=1).clock_ahead)


def test_the_practice_clock_goes_on_and_adds_up():
    forum = an_open_forum(practice=True)

    move_clock(forum, to=OPENED + DAY, by=ANONYMOUS, at=OPENED)
    move_clock(forum, to=OPENED + 3 * DAY, by=ANONYMOUS, at=OPENED + DAY)

    assert ahead() == 3 * DAY
    assert [entry.kind for entry in log.entries()[:2]] == ["clock.moved"] * 2


@pytest.mark.parametrize(
    ("to", "code"),
    [
        pytest.param(OPENED, "members.clock_only_forwards", id="to now"),
        pytest.param(OPENED - DAY, "members.clock_only_forwards", id="back"),
        pytest.param(
            OPENED + (FURTHEST_DAYS + 1) * DAY, "members.clock_too_far", id="beyond ten years"
        ),
    ],
)
def test_a_clock_that_would_go_back_or_too_far_stays(to, code):
    forum = an_open_forum(practice=True)

    with pytest.raises(NotValid) as refused:
        move_clock(forum, to=to, by=ANONYMOUS, at=OPENED)

    assert (refused.value.code, ahead(), log.size()) == (code, timedelta(), 1)


@pytest.mark.parametrize(
    "by",
    [ANONYMOUS, CLOCK, LOADER, Actor(frozenset({Role.ADMINISTRATOR}))],
    ids=lambda by: by.label,
)
def test_the_clock_of_a_real_forum_is_moved_by_nobody(by):
    forum = an_open_forum(practice=False)

    with pytest.raises(NotAllowed):
        move_clock(forum, to=OPENED + DAY, by=by, at=OPENED)

    assert (ahead(), log.size()) == (timedelta(), 1)
