"""The comments on the practice forum's second plan: two weeks in the past, each answered."""

from datetime import timedelta
from typing import Any

from madang.config.rehearsed_comments import read_example
from madang.consultation.comments import versions_put_out
from madang.consultation.models import Comment, CommentAnswer, CommentRound
from madang.letters.models import Letter


def test_every_comment_is_answered_and_three_texts_changed(rehearsed_forum: Any) -> None:
    found = CommentRound.objects.get()
    told = read_example()

    assert (found.plan.number, found.status, found.short_reason) == (2, "closed", None)
    assert found.closes_at - found.opens_at >= timedelta(days=14)
    rows = list(Comment.objects.order_by("number"))
    assert [row.text for row in rows] == [one["text"] for one in told["comments"]]
    assert [row.commitment.number if row.commitment else None for row in rows] == [
        one.get("about") for one in told["comments"]
    ]
    assert [row.state for row in rows].count("hidden") == 1
    answers = CommentAnswer.objects.filter(published_at__isnull=False)
    assert answers.count() == len(rows)
    put, changed = versions_put_out(found), versions_put_out(found, changed=True)
    assert sorted(put) == list(range(1, 8)) and sorted(changed) == [1, 3, 6]
    assert all(changed[number].number > put[number].number for number in changed)
    assert Letter.objects.filter(kind="comment.answered").count() == len(rows)


def test_the_invented_comments_are_told_in_both_languages() -> None:
    told = read_example()

    for one in [told["invitation"], *(one["reason"] for one in told["comments"])]:
        assert one["ko"] and one["en"]
