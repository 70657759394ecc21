"""The timer: what is due, done by the clock, one failure not stopping the rest."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from madang.foundation.actors import ANONYMOUS, CLOCK
from madang.letters.outbox import post
from madang.members.actions.move_clock import move_clock
from madang.web import timer


def test_a_tick_sends_what_waits(forum: Any, settings: Any, mailoutbox: Any) -> None:
    settings.MAIL = "smtp://mail.example"
    words = {"to": "a@example.org", "language": "en", "kind": "notice", "subject": "s", "body": "b"}
    post(**words, reason="r", at=datetime.now(UTC))

    timer.tick()
    timer.tick()

    assert len(mailoutbox) == 1


def test_each_duty_is_done_by_the_clock_at_one_moment_though_one_fails(
    forum: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[Any] = []

    def fails(by: Any, at: Any) -> None:
        seen.append((by, at))
        raise RuntimeError("broken")

    duties = {"first": fails, "second": lambda by, at: seen.append((by, at))}
    monkeypatch.setattr(timer, "DUE", duties)

    timer.tick()

    assert [by for by, _ in seen] == [CLOCK, CLOCK]
    assert seen[0][1] == seen[1][1]
    assert "first failed" in caplog.text


def test_in_practice_the_timer_goes_by_the_practice_clock(practice_forum: Any) -> None:
    at = datetime.now(UTC)
    move_clock(practice_forum, to=at + timedelta(days=30), by=ANONYMOUS, at=at)

    assert timer.now() - at >= timedelta(days=30)


def test_before_a_forum_is_opened_there_is_nothing_to_do(db: None) -> None:
    timer.tick()
