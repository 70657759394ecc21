"""One's own comment, changed or withdrawn with a trace; and what came on paper."""

from datetime import timedelta
from typing import Any

import pytest

from madang.consultation.actions.answer_comments import answer_comment, publish_comment_answers
from madang.consultation.actions.comment import enter_comment
from madang.consultation.actions.moderate_comment import ask_comment_hiding, publish_comment
from madang.consultation.actions.own_comment import edit_comment, withdraw_comment
from madang.consultation.models import Comment, CommentAnswer, CommentModeration, CommentRound
from madang.consultation.rules.commenting import Answer, Fate, Words
from madang.foundation.actors import ANONYMOUS
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.letters.models import Letter
from madang.record import log
from tests.makers.comments import (
    AFTER,
    CLOSES,
    DURING,
    FIRST,
    REASON,
    TEXT,
    a_closed_round,
    a_comment,
    an_announced_round,
    an_open_round,
    rewrite,
)
from tests.makers.plans import SECRETARY, both

DAY = timedelta(days=1)
OTHER = "첫 단계의 결과물을 표로도 내려받을 수 있다고 적어 주세요."


@pytest.fixture
def found(practice_forum: Any) -> CommentRound:
    return an_open_round()


def now(row: Comment) -> Comment:
    return Comment.objects.select_related("plan", "round").get(pk=row.pk)


def change(row: Comment, text: str = OTHER, *, base: int = 0, at: Any = DURING + DAY) -> Any:
    return edit_comment(now(row), text=text, name="", base=base, by=ANONYMOUS, at=at)


def withdraw(row: Comment, at: Any = DURING + DAY) -> Any:
    return withdraw_comment(now(row), by=ANONYMOUS, at=at)


def test_its_author_changes_it_and_what_it_said_stays(found: CommentRound) -> None:
    row = a_comment(found)

    change(row)

    row = now(row)
    assert (row.text, row.edits, row.state) == (OTHER, 1, "public")
    [was] = row.earlier.all()
    assert (was.number, was.text, was.held) == (1, TEXT, False)
    entry = log.last("comment.edited", about=row.ref)
    assert entry and OTHER not in bytes(entry.leaf).decode()


def test_what_may_be_personal_now_waits_for_a_look_again(found: CommentRound) -> None:
    row = a_comment(found)

    change(row, f"{OTHER} 010-1234-5678")

    assert (now(row).state, now(row).published_at) == ("received", DURING)
    publish_comment(now(row), by=FIRST, at=DURING + 2 * DAY)
    assert (now(row).state, now(row).published_at) == ("public", DURING)


def test_what_cannot_be_changed(found: CommentRound) -> None:
    row, asked = a_comment(found), a_comment(found, email="b@example.kr")
    ask_comment_hiding(asked, reason="abuse", note="", by=FIRST, at=DURING)
    refused = {
        "consultation.comment_changed_meanwhile": lambda: change(row, base=1),
        "calls.nothing_changed": lambda: change(row, TEXT),
        "calls.hiding_waits": lambda: change(asked),
        "consultation.comment_not_open": lambda: change(row, at=CLOSES),
        "consultation.comment_text_short": lambda: change(row, "짧다"),
    }

    for code, act in refused.items():
        with pytest.raises((NotNow, NotValid), match=code.replace(".", r"\.")):
            act()

    assert now(row).edits == 0 and not now(row).earlier.exists()


def test_its_author_withdraws_it_and_nothing_waits_for_it_any_more(found: CommentRound) -> None:
    row = a_comment(found)
    ask_comment_hiding(row, reason="abuse", note="", by=FIRST, at=DURING)
    rewrite(found.plan, at=DURING + DAY, title=both("내려받을 수 있는 결과물"))
    said = Answer(fate=Fate.TAKEN_UP, reason=REASON, changed=(1, 2))
    answer_comment(now(row), answer=said, by=SECRETARY, at=DURING + DAY)

    withdraw(row)

    assert now(row).state == "withdrawn"
    assert not CommentAnswer.objects.exists()
    assert not CommentModeration.objects.filter(done_at=None).exists()
    assert log.last("comment.withdrawn", about=row.ref)
    for act in (lambda: change(row), lambda: withdraw(row)):
        with pytest.raises(NotNow, match=r"consultation\.comment_not_in_this_state"):
            act()
    with pytest.raises(NotNow, match=r"consultation\.comment_not_in_this_state"):
        answer_comment(now(row), answer=said, by=SECRETARY, at=AFTER)


def test_after_the_close_it_can_be_withdrawn_until_it_is_answered(found: CommentRound) -> None:
    row, other = a_comment(found), a_comment(found, email="b@example.kr")
    rewrite(found.plan, at=AFTER, title=both("내려받을 수 있는 결과물"))
    closed = a_closed_round(found)
    answer_comment(now(row), answer=Answer(Fate.TAKEN_UP, REASON, (1, 2)), by=SECRETARY, at=AFTER)
    told = publish_comment_answers(closed, by=SECRETARY, at=AFTER)
    assert told.left == 1

    with pytest.raises(NotNow, match=r"consultation\.comment_answered_before"):
        withdraw(row, AFTER)
    withdraw(other, AFTER)

    assert (now(row).state, now(other).state) == ("public", "withdrawn")


# --- entered -------------------------------------------------------------------------------------


def enter(found: CommentRound, **other: Any) -> Any:
    given: dict[str, Any] = {
        "words": Words(text=TEXT, language="ko", commitment=1),
        "channel": "paper",
        "said_on": "2026-04-10",
        "nonce": "entered",
        "by": SECRETARY,
        "at": DURING,
        **other,
    }
    return enter_comment(found, **given)


def test_what_came_on_paper_is_entered_on_the_day_it_came(found: CommentRound) -> None:
    enter(found)

    row = Comment.objects.get()
    assert (row.channel, row.said_on, row.state) == ("paper", "2026-04-10", "public")
    assert not hasattr(row, "contact") and not Letter.objects.filter(kind="comment.received")
    entry = log.last("comment.received", about=row.ref)
    assert entry and (log.said(entry)["d"]["channel"], log.said(entry)["d"]["by"]) == (
        "paper",
        "secretariat",
    )
    with pytest.raises(NotNow, match=r"consultation\.comment_sent_before"):
        enter(found)


def test_whoever_leaves_an_address_is_written_to(found: CommentRound) -> None:
    enter(found, email="grandmother@example.kr")

    assert Letter.objects.get(kind="comment.received").to == "grandmother@example.kr"


def test_what_was_late_in_the_post_is_entered_after_the_close(found: CommentRound) -> None:
    closed = a_closed_round(found)

    enter(closed, at=AFTER)

    assert Comment.objects.get().said_on == "2026-04-10"


BAD = {
    "calls.no_channel": {"channel": "form"},
    "consultation.comment_came_outside": {"said_on": "2026-04-07"},
    "consultation.comment_no_text": {"words": Words(text=TEXT, language="ko", commitment=9)},
    "calls.email_no_at": {"email": "nobody"},
    "consultation.comment_text_short": {"words": Words(text="짧다", language="ko")},
}


@pytest.mark.parametrize(("code", "other"), BAD.items(), ids=BAD)
def test_what_cannot_be_entered(found: CommentRound, code: str, other: Any) -> None:
    with pytest.raises(NotValid, match=code.replace(".", r"\.")):
        enter(found, **other)
    for day in ("", "2026-4-9", "2026-04", "2026-04-12", "2999-01-01"):
        with pytest.raises(NotValid, match=r"consultation\.comment_came_outside"):
            enter(found, said_on=day)

    assert not Comment.objects.exists()


def test_nobody_but_the_secretariat_enters_and_not_before_it_opens(practice_forum: Any) -> None:
    announced = an_announced_round()

    with pytest.raises(NotAllowed):
        enter(announced, by=ANONYMOUS)
    with pytest.raises(NotNow, match=r"consultation\.comment_not_opened_yet"):
        enter(announced)
