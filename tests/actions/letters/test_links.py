"""Task links: one task of one holder, until an end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from madang.foundation.refusals import Gone, NotFound
from madang.letters.links import find_link, issue_link, revoke_links, sweep_links
from madang.letters.models import TaskLink

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
CLOSES = AT + timedelta(days=6)


def issue(holder: str = "seat:gov-3", task: str = "ballot:7-1") -> str:
    return issue_link(task, holder, ends_at=CLOSES, at=AT)


def test_a_link_leads_to_its_task_and_holder() -> None:
    found = find_link(issue(), AT)

    assert (found.task, found.holder) == ("ballot:7-1", "seat:gov-3")


def test_a_token_is_long_and_never_kept() -> None:
    token = issue()

    assert len(token) == 32
    kept: Any = TaskLink.objects.values().get()
    assert token not in map(str, kept.values())


@pytest.mark.parametrize("token", ["", "nonsense", "가", "a" * 4000])
def test_a_token_nobody_has_is_unknown(token: str) -> None:
    with pytest.raises(NotFound) as refused:
        find_link(token, AT)

    assert refused.value.code == "letters.link_unknown"


def test_a_link_ends_at_its_end() -> None:
    token = issue()
    find_link(token, CLOSES - timedelta(seconds=1))

    with pytest.raises(Gone) as refused:
        find_link(token, CLOSES)

    assert refused.value.code == "letters.link_ended"
    assert "15:00 KST" in refused.value.facts["time"]


def test_revoking_ends_the_links_of_one_holder_for_one_task() -> None:
    ended = [issue(), issue()]
    others = [issue(holder="seat:gov-4"), issue(task="ballot:7-2")]

    assert revoke_links("ballot:7-1", "seat:gov-3", AT) == 2

    for token in ended:
        with pytest.raises(Gone, match="link_revoked"):
            find_link(token, AT)
    for token in others:
        find_link(token, AT)


def test_a_link_is_revoked_once() -> None:
    issue()
    revoke_links("ballot:7-1", "seat:gov-3", AT)

    assert revoke_links("ballot:7-1", "seat:gov-3", AT) == 0


def test_links_are_forgotten_thirty_days_after_their_end() -> None:
    issue()
    last_day = CLOSES + timedelta(days=30)

    assert sweep_links(last_day) == 0
    assert sweep_links(last_day + timedelta(seconds=1)) == 1
