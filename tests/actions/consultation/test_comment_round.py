"""The window for comments: announced by the secretariat, opened and closed by the clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from madang.consultation import comment_due
from madang.consultation.actions.comment_round import (
    announce_comments,
    call_off_comments,
    close_comments,
    extend_comments,
    open_comments,
)
from madang.consultation.comments import versions_put_out
from madang.consultation.models import CommentRound
from madang.drafting.models import CommitmentVersion
from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.record import log
from madang.record.guard import writing
from tests.makers.comments import (
    ANNOUNCED,
    CLOSES,
    DURING,
    OPENS,
    a_closed_round,
    a_draft_plan,
    a_round_text,
    an_announced_round,
    an_open_round,
    rewrite,
    the_round,
)
from tests.makers.plans import (
    SECRETARY,
    a_plan_begun,
    a_written_commitment,
    an_announced_plan,
    both,
)

DAY = timedelta(days=1)


@pytest.fixture
def plan(practice_forum: Any) -> Plan:
    return a_draft_plan()


def said(kind: str, found: CommentRound) -> Any:
    entry = log.last(kind, about=found.ref)
    assert entry
    return log.said(entry)


def test_a_window_says_how_long_it_is_and_how_long_the_rule_asks_for(plan: Plan) -> None:
    found = an_announced_round(plan)

    assert (found.status, found.ref) == ("announced", f"comments:{plan.number}-1")
    assert found.languages == ["ko", "en"]
    assert said("comments.announced", found)["d"]["days"] == {"open": 14, "asked": 14}


def test_a_shorter_window_needs_a_reason_that_stands_in_the_record(plan: Plan) -> None:
    closes = CLOSES - timedelta(minutes=1)
    with pytest.raises(NotValid, match=r"consultation\.comment_window_short") as refusal:
        an_announced_round(plan, closes_at=closes)
    assert refusal.value.facts["days"] == 13 and not CommentRound.objects.exists()

    found = an_announced_round(plan, closes_at=closes, short_reason=both("의회 일정에 맞춥니다."))

    assert found.short_reason
    assert "reason" in said("comments.announced", found)["c"]


def test_the_reason_of_a_window_long_enough_is_not_kept(plan: Plan) -> None:
    assert an_announced_round(plan, short_reason=both("까닭")).short_reason is None


def test_a_plan_nobody_knows_of_gets_no_window(practice_forum: Any) -> None:
    plan = a_plan_begun()
    a_written_commitment(plan)

    with pytest.raises(NotNow, match=r"consultation\.comment_plan_not_announced"):
        announce_comments(plan, text=a_round_text(), by=SECRETARY, at=ANNOUNCED)


def test_a_plan_without_a_commitment_gets_no_window(practice_forum: Any) -> None:
    with pytest.raises(NotNow, match=r"consultation\.comment_nothing_written"):
        announce_comments(an_announced_plan(), text=a_round_text(), by=SECRETARY, at=ANNOUNCED)


def test_there_is_one_window_at_a_time_also_for_the_database(plan: Plan) -> None:
    found = an_announced_round(plan)
    with pytest.raises(NotNow, match=r"consultation\.comment_there_is_one"):
        an_announced_round(plan)

    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        found.pk, found.number = None, 2
        found.save(force_insert=True)


def test_after_one_is_over_there_may_be_another(plan: Plan) -> None:
    a_closed_round(an_open_round(plan))
    again = a_round_text(opens_at=CLOSES + DAY, closes_at=CLOSES + 15 * DAY, answer_by="2026-06-30")

    announce_comments(plan, text=again, by=SECRETARY, at=CLOSES + timedelta(hours=1))

    assert the_round(plan).number == 2


def test_the_clock_puts_each_text_before_the_public_as_it_reads_then(plan: Plan) -> None:
    found = an_announced_round(plan)
    version = rewrite(plan, at=ANNOUNCED + DAY, title=both("다시 쓴 과제"))
    assert comment_due.open_due(CLOCK, OPENS - timedelta(seconds=1)) == 0

    assert comment_due.open_due(CLOCK, OPENS) == 1

    found = the_round(plan)
    put = versions_put_out(found)
    assert {number: row.number for number, row in put.items()} == {1: version}
    assert said("comments.opened", found)["d"]["texts"] == 1
    rewrite(plan, at=DURING, title=both("또 다시 쓴 과제"))
    assert versions_put_out(found)[1].number == version


def test_a_text_that_has_no_version_gets_one_when_it_is_put_out(practice_forum: Any) -> None:
    plan = Plan.objects.get(number=2)
    assert not CommitmentVersion.objects.filter(commitment__plan=plan).exists()

    found = an_open_round(plan)

    put = versions_put_out(found)
    assert len(put) == plan.commitments.count() > 5
    assert {row.number for row in put.values()} == {1}


def test_nobody_but_the_clock_opens_and_closes(plan: Plan) -> None:
    found = an_announced_round(plan)
    with pytest.raises(NotAllowed):
        open_comments(found, by=SECRETARY, at=OPENS)
    open_comments(found, by=CLOCK, at=OPENS)
    with pytest.raises(NotAllowed):
        close_comments(found, by=SECRETARY, at=CLOSES)

    assert comment_due.close_due(CLOCK, CLOSES - timedelta(seconds=1)) == 0
    assert comment_due.close_due(CLOCK, CLOSES) == 1
    assert (the_round(plan).status, the_round(plan).closed_at) == ("closed", CLOSES)


def test_the_close_is_put_off_with_a_reason_and_never_brought_forward(plan: Plan) -> None:
    found = an_open_round(plan)
    reason = both("휴일이 겹쳤습니다.", "Holidays fell into it.")
    with pytest.raises(NotValid, match=r"consultation\.comment_not_later"):
        extend_comments(found, until=CLOSES, reason=reason, by=SECRETARY, at=DURING)
    with pytest.raises(NotValid, match=r"consultation\.comment_no_reason"):
        extend_comments(found, until=CLOSES + DAY, reason=Text({}), by=SECRETARY, at=DURING)

    extend_comments(found, until=CLOSES + DAY, reason=reason, by=SECRETARY, at=DURING)

    assert the_round(plan).closes_at == CLOSES + DAY
    entry = said("comments.extended", found)
    assert entry["d"]["before"] == CLOSES.isoformat() and "reason" in entry["c"]
    assert comment_due.close_due(CLOCK, CLOSES) == 0


def test_what_is_over_is_not_put_off_though_the_clock_is_late(plan: Plan) -> None:
    with pytest.raises(NotNow, match=r"consultation\.comment_not_open"):
        extend_comments(
            an_open_round(plan), until=CLOSES + DAY, reason=both("까닭"), by=SECRETARY, at=CLOSES
        )


def test_what_has_not_opened_is_called_off_and_what_has_is_not(plan: Plan) -> None:
    found = an_announced_round(plan)

    call_off_comments(found, reason=both("초안이 늦어집니다."), by=SECRETARY, at=OPENS - DAY)

    assert the_round(plan).status == "called_off"
    assert comment_due.open_due(CLOCK, OPENS) == 0
    opened = an_open_round(plan)
    with pytest.raises(NotNow, match=r"consultation\.comment_opened_before"):
        call_off_comments(opened, reason=both("까닭"), by=SECRETARY, at=DURING)
