"""Comments: sent once, moderated by two, answered with a reason and the text that changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from madang.calls.rules.limits import LIMITS
from madang.consultation.actions.answer_comments import answer_comment, publish_comment_answers
from madang.consultation.actions.comment import send_comment, stop_comment_letters
from madang.consultation.actions.moderate_comment import (
    ask_comment_hiding,
    confirm_comment_hiding,
    publish_comment,
    refuse_comment_hiding,
    restore_comment,
)
from madang.consultation.comment_letters import find_by_stop_token, stop_token
from madang.consultation.comments import text_digest, versions_put_out
from madang.consultation.models import Comment, CommentAnswer, CommentRound
from madang.consultation.rules.commenting import Answer, Fate, Words
from madang.drafting.models import Commitment
from madang.foundation.actors import ANONYMOUS
from madang.foundation.addresses import address_of
from madang.foundation.refusals import NotFound, NotNow, NotValid
from madang.letters.models import Letter
from madang.record import log
from madang.record.guard import writing
from tests.makers.comments import (
    AFTER,
    CLOSES,
    DURING,
    FIRST,
    REASON,
    SECOND,
    TEXT,
    a_closed_round,
    a_comment,
    an_open_round,
    rewrite,
    the_round,
)
from tests.makers.plans import CANARY, SECRETARY, a_plan_begun, a_written_commitment, both

PHONE = f"{TEXT} 010-1234-5678로 연락 주십시오."
DAY = timedelta(days=1)


@pytest.fixture
def found(practice_forum: Any) -> CommentRound:
    return an_open_round()


def now(row: Comment) -> Comment:
    return Comment.objects.select_related("plan", "round").get(pk=row.pk)


def said(kind: str, row: Any) -> Any:
    entry = log.last(kind, about=row.ref)
    assert entry
    return log.said(entry)


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


# --- sending -------------------------------------------------------------------------------------


def test_a_comment_is_public_at_once_about_the_text_as_the_public_reads_it(
    found: CommentRound,
) -> None:
    rewrite(found.plan, at=DURING - DAY, title=both("아직 아무도 읽지 않은 제목"))

    row = a_comment(found)

    assert (row.number, row.state, row.published_at) == (1, "public", DURING)
    assert row.version and row.version.number == 1
    entry = said("comment.received", row)["d"]
    assert (entry["commitment"], entry["version"], entry["by"]) == (1, 1, "anonymous")
    assert entry["sha256"] == text_digest(TEXT)
    [letter] = letters("comment.received")
    assert "의견" in letter.subject and f"{CANARY} 과제" in letter.body
    assert "아직 아무도" not in letter.body


def test_what_may_be_personal_waits_for_a_look(found: CommentRound) -> None:
    row = a_comment(found, text=PHONE)

    assert (row.state, row.published_at) == ("received", None)
    entry = said("comment.received", row)
    assert entry["d"]["sha256"] is None and "words" in entry["c"]
    publish_comment(row, by=FIRST, at=DURING + DAY)
    assert (now(row).state, now(row).published_at) == ("public", DURING + DAY)
    assert len(letters("comment.published")) == 1
    with pytest.raises(NotNow, match=r"consultation\.comment_not_in_this_state"):
        publish_comment(row, by=FIRST, at=DURING + DAY)


def test_one_may_comment_on_the_whole_draft(found: CommentRound) -> None:
    row = a_comment(found, commitment=None)

    assert (row.commitment, row.version) == (None, None)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"commitment": 2}, "consultation.comment_no_text"),
        ({"text": "짧다"}, "consultation.comment_text_short"),
        ({"text": "가" * 2001}, "consultation.comment_text_long"),
        ({"text": "\u200b \u00a0" * 30}, "consultation.comment_text_missing"),
        ({"text": f"{TEXT} 900101-1234567"}, "calls.resident_number"),
        ({"name": "가" * 61}, "calls.name_long"),
    ],
)
def test_what_is_no_comment_is_refused_and_nothing_is_kept(
    found: CommentRound, other: Any, code: str
) -> None:
    size = log.size()

    with pytest.raises(NotValid) as refusal:
        a_comment(found, **other)

    assert refusal.value.code == code
    assert (Comment.objects.count(), log.size()) == (0, size)


def test_the_same_sending_is_one_comment_also_for_the_database(found: CommentRound) -> None:
    row = a_comment(found)
    words = Words(text=TEXT, language="ko", commitment=1)
    with pytest.raises(NotNow, match=r"consultation\.comment_sent_before"):
        send_comment(found, words=words, email="a@b.kr", nonce=row.nonce, by=ANONYMOUS, at=DURING)

    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        row.pk, row.number = None, 2
        row.save(force_insert=True)


def test_at_the_close_it_is_over_though_the_clock_is_late(found: CommentRound) -> None:
    a_comment(found, at=CLOSES - timedelta(seconds=1))
    with pytest.raises(NotNow, match=r"consultation\.comment_not_open"):
        a_comment(found, at=CLOSES)


def test_one_address_sends_so_many_a_day_and_no_more(found: CommentRound) -> None:
    for n in range(LIMITS["comment.address"].most):
        a_comment(found, at=DURING + timedelta(minutes=n))

    with pytest.raises(NotNow, match=r"calls\.too_many"):
        a_comment(found, at=DURING + timedelta(hours=1))
    a_comment(found, email="other@example.kr", at=DURING + timedelta(hours=1))
    a_comment(found, at=DURING + DAY)


# --- moderation ----------------------------------------------------------------------------------


def test_two_persons_hide_a_comment_and_its_number_stays(found: CommentRound) -> None:
    row = a_comment(found)
    ask_comment_hiding(row, reason="abuse", note="욕설", by=FIRST, at=DURING)
    assert now(row).state == "public"
    with pytest.raises(NotNow, match=r"calls\.same_person"):
        confirm_comment_hiding(row, by=FIRST, at=DURING)

    confirm_comment_hiding(row, by=SECOND, at=DURING + DAY)

    assert now(row).state == "hidden"
    assert said("comment.hidden", row)["d"]["reason"] == "abuse"
    assert all("욕설".encode() not in bytes(entry.leaf) for entry in log.entries())
    assert len(letters("comment.hidden")) == 1
    restore_comment(row, note="다시 읽어 보니 괜찮습니다.", by=FIRST, at=DURING + DAY)
    assert now(row).state == "public"


def test_what_was_asked_may_be_left_and_asked_again(found: CommentRound) -> None:
    row = a_comment(found)
    with pytest.raises(NotNow, match=r"consultation\.comment_no_hiding_waits"):
        refuse_comment_hiding(row, by=SECOND, at=DURING)
    ask_comment_hiding(row, reason="abuse", note="", by=FIRST, at=DURING)
    with pytest.raises(NotNow, match=r"calls\.hiding_waits"):
        ask_comment_hiding(row, reason="abuse", note="", by=SECOND, at=DURING)

    refuse_comment_hiding(row, by=SECOND, at=DURING)
    ask_comment_hiding(row, reason="repeated", note="", by=FIRST, at=DURING)

    assert now(row).state == "public" and row.moderations.count() == 2


def test_only_a_reason_of_the_policy_hides(found: CommentRound) -> None:
    with pytest.raises(NotValid, match=r"calls\.no_hiding_reason"):
        ask_comment_hiding(a_comment(found), reason="ugly", note="", by=FIRST, at=DURING)


# --- answers -------------------------------------------------------------------------------------


def answer(row: Comment, fate: Fate, changed: Any = None, **other: Any) -> None:
    given = Answer(fate=fate, reason=other.pop("reason", REASON), changed=changed)
    answer_comment(row, answer=given, by=SECRETARY, at=other.pop("at", AFTER))


def test_what_was_taken_up_names_the_text_that_changed_and_it_becomes_public(
    found: CommentRound,
) -> None:
    row, other = a_comment(found), a_comment(found, email="other@example.kr")
    found = a_closed_round(found)
    version = rewrite(found.plan, description=both(f"{CANARY} 누구나 내려받을 수 있다."))
    answer(row, Fate.TAKEN_UP, (1, version))
    hidden = said("comment.answer_written", row)
    assert "answer" in hidden["c"] and "answer" not in hidden["d"]
    assert versions_put_out(found, changed=True) == {} and letters("comment.answered") == []

    publish_comment_answers(found, by=SECRETARY, at=AFTER + DAY)

    put = versions_put_out(found, changed=True)
    assert {n: one.number for n, one in put.items()} == {1: version}
    entry = said("comments.answered", found)["d"]
    assert (entry["count"], entry["fates"], entry["left"]) == (1, {"taken_up": 1}, 1)
    [letter] = letters("comment.answered")
    assert REASON.words["ko"] in letter.body and f"/stop/comment/{stop_token(row)}/" in letter.body
    with pytest.raises(NotNow, match=r"consultation\.comment_answered_before"):
        answer(row, Fate.PARTLY, (1, version))
    with pytest.raises(NotNow, match=r"consultation\.comment_no_answer_written"):
        publish_comment_answers(found, by=SECRETARY, at=AFTER + DAY)

    answer(other, Fate.NOT_TAKEN_UP, at=AFTER + 2 * DAY)
    publish_comment_answers(found, by=SECRETARY, at=AFTER + 2 * DAY)
    assert said("comments.answered", found)["d"]["left"] == 0
    assert len(letters("comment.answered")) == 2


def test_the_paragraph_that_was_written_for_a_comment_goes_back_to_it(
    found: CommentRound,
) -> None:
    row, other = a_comment(found), a_comment(found, email="other@example.kr")
    found = a_closed_round(found)
    first = rewrite(found.plan, description=both(f"{CANARY} 내용.\n\n의견을 듣고 더한 말."))
    answer(row, Fate.TAKEN_UP, (1, first))
    answer(other, Fate.NOT_TAKEN_UP)
    before = Commitment.objects.get(plan=found.plan, number=1).origins

    publish_comment_answers(found, by=SECRETARY, at=AFTER + DAY)

    origins = Commitment.objects.get(plan=found.plan, number=1).origins
    assert before == {} and set(origins) == {"description/ko"}
    assert row.ref in origins["description/ko"][1] and other.ref not in str(origins)
    assert address_of(row.ref).endswith(f"/draft/comments/{row.number}/")


def test_a_text_no_answer_names_stays_with_its_writers(found: CommentRound) -> None:
    row = a_comment(found)
    found = a_closed_round(found)
    first = rewrite(found.plan, description=both("먼저 고친 글"))
    rewrite(found.plan, at=AFTER + DAY, description=both("나중에 고친 글"))
    answer(row, Fate.PARTLY, (1, first))

    publish_comment_answers(found, by=SECRETARY, at=AFTER + 2 * DAY)

    assert [one.number for one in versions_put_out(found, changed=True).values()] == [first]


@pytest.mark.parametrize(
    ("fate", "changed", "reason", "code"),
    [
        ("", None, REASON, "consultation.comment_no_fate"),
        (Fate.TAKEN_UP, None, REASON, "consultation.comment_no_change"),
        (Fate.PARTLY, (1, 1), REASON, "consultation.comment_not_a_newer_version"),
        (Fate.PARTLY, (9, 2), REASON, "consultation.comment_not_a_newer_version"),
        (Fate.NOT_TAKEN_UP, (1, 2), REASON, "consultation.comment_change_without_fate"),
        (Fate.NOT_TAKEN_UP, None, both("안 됩니다."), "consultation.comment_reason_short"),
        (Fate.NOT_TAKEN_UP, None, both(""), "consultation.comment_reason_short"),
        (Fate.NOT_TAKEN_UP, None, both("가" * 801), "consultation.comment_reason_long"),
    ],
)
def test_an_answer_that_says_too_little_or_what_is_not_so_is_refused(
    found: CommentRound, fate: Any, changed: Any, reason: Any, code: str
) -> None:
    row = a_comment(found)
    rewrite(found.plan, at=DURING + DAY, description=both("고친 글"))
    size = log.size()

    with pytest.raises(NotValid) as refusal:
        answer(row, fate, changed, reason=reason)

    assert refusal.value.code == code
    assert (CommentAnswer.objects.count(), log.size()) == (0, size)


def test_a_comment_on_the_whole_draft_may_be_taken_up_elsewhere(found: CommentRound) -> None:
    row = a_comment(found, commitment=None)

    answer(row, Fate.TAKEN_UP)

    assert CommentAnswer.objects.get().version is None


def test_an_answer_is_written_over_until_it_is_published_and_out_after_the_close(
    found: CommentRound,
) -> None:
    row = a_comment(found)
    answer(row, Fate.NOT_TAKEN_UP, at=DURING)
    answer(
        row, Fate.NOT_TAKEN_UP, at=DURING, reason=both("다시 쓴 까닭은 스무 글자가 넘어야 합니다.")
    )

    assert CommentAnswer.objects.count() == 1
    with pytest.raises(NotNow, match=r"consultation\.comment_still_open"):
        publish_comment_answers(found, by=SECRETARY, at=DURING)


def test_a_commitment_written_after_the_opening_may_be_what_changed(found: CommentRound) -> None:
    row = a_comment(found)
    a_written_commitment(found.plan, at=DURING + DAY, title=both("새로 생긴 과제"))

    answer(row, Fate.PARTLY, (2, 1))

    assert CommentAnswer.objects.get().version.commitment.number == 2  # type: ignore[union-attr]


# --- letters -------------------------------------------------------------------------------------


def test_one_press_stops_the_letters_and_another_link_opens_nothing(found: CommentRound) -> None:
    row, other = a_comment(found), a_comment(found, email="other@example.kr")
    assert find_by_stop_token(stop_token(row)) == row
    for token in ("", "1", f"{row.pk}-", f"{row.pk}-{stop_token(other).partition('-')[2]}"):
        with pytest.raises(NotFound, match=r"letters\.link_unknown"):
            find_by_stop_token(token)

    stop_comment_letters(row, by=ANONYMOUS, at=DURING)

    found = a_closed_round(found)
    answer(row, Fate.NOT_TAKEN_UP)
    answer(other, Fate.NOT_TAKEN_UP)
    publish_comment_answers(found, by=SECRETARY, at=AFTER)
    assert [one.to for one in letters("comment.answered")] == ["other@example.kr"]


def test_no_address_and_no_word_of_a_held_comment_stands_in_the_record(
    found: CommentRound,
) -> None:
    a_comment(found, text=PHONE, name="조용한 사람")

    for entry in log.entries():
        for secret in ("citizen@example.kr", "조용한 사람", "010-1234", TEXT[:12]):
            assert secret.encode() not in bytes(entry.leaf)


def test_another_plan_counts_its_own_comments(found: CommentRound) -> None:
    a_comment(found)
    assert a_comment(found, email="b@example.kr").label == f"{found.plan.number}-2"
    assert a_plan_begun().comments.count() == 0 and the_round(found.plan).comments.count() == 2
