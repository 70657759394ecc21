"""Answering: written, published on one day, told, rated, and looked at again once."""

from datetime import timedelta
from typing import Any

import pytest

from madang.calls.actions.answer import ask_again, rate_reply
from madang.calls.actions.author import withdraw_proposal
from madang.calls.actions.stop_letters import stop_letters
from madang.calls.models import Contact, Proposal, Reply
from madang.calls.replying import author_token, counted, find_by_author_token, spans, unanswered
from madang.config.commands.worker import EVERY
from madang.foundation.actors import ANONYMOUS
from madang.foundation.refusals import NotFound, NotNow, NotValid
from madang.letters import outbox
from madang.letters.models import Letter
from madang.letters.outbox import MOST_A_ROUND, send_due
from madang.planning.models import Plan
from madang.record import log
from madang.record.guard import writing
from tests.makers.calls import CLOSES, a_proposal, an_open_call
from tests.makers.proposal_lists import a_list, an_import
from tests.makers.readers import Reader
from tests.makers.replies import ANSWERED, EN, KO, publish, write


@pytest.fixture
def plan(practice_forum: Any) -> Plan:
    """A plan with a proposal by the form and three of a list, one of those with an address."""
    call = an_open_call()
    a_proposal(call)
    an_import(call.plan)
    return call.plan


def numbered(plan: Plan, number: int) -> Proposal:
    return Proposal.objects.select_related("plan").get(plan=plan, number=number)


def test_what_is_written_is_not_public_and_counts_for_nothing_yet(plan: Plan) -> None:
    write(plan, 1, 2, 3, line="고맙습니다.")

    assert counted(plan) == {"all": 4, "answered": 0, "asked": 0, "written": 3, "left": 4}
    assert numbered(plan, 1).outcome is None and not Letter.objects.filter(kind="proposal.answered")
    entry = log.last("replies.written", about=plan.ref)
    assert entry and log.said(entry)["d"]["numbers"] == "1-3"
    assert KO not in bytes(entry.leaf).decode()


def test_an_answer_written_again_takes_the_place_of_the_first(plan: Plan) -> None:
    write(plan, 1)
    write(plan, 1, outcome="not_in_plan", reason="needs_law", at=ANSWERED + timedelta(hours=1))

    reply = Reply.objects.get()
    assert (reply.outcome, reply.reason, reply.round) == ("not_in_plan", "needs_law", 1)
    assert reply.written_at == ANSWERED + timedelta(hours=1)


def test_all_are_published_on_one_day_with_two_time_stamps(plan: Plan) -> None:
    write(plan, 1, 2)
    write(plan, 3, outcome="not_in_plan", reason="being_done")
    later = ANSWERED + timedelta(days=2)

    publish(plan, later)

    assert {(one.written_at, one.published_at) for one in Reply.objects.all()} == {
        (ANSWERED, later)
    }
    assert [numbered(plan, n).outcome for n in (1, 2, 3, 4)] == [
        "in_plan", "in_plan", "not_in_plan", None,
    ]  # fmt: skip
    assert (counted(plan)["answered"], unanswered(plan)) == (3, 1)
    entry = log.last("replies.published", about=plan.ref)
    assert entry
    said = log.said(entry)["d"]
    assert (said["count"], said["left"]) == (3, 1)
    assert said["outcomes"] == {"in_plan": 2, "not_in_plan": 1}
    with pytest.raises(NotNow, match=r"calls\.no_reply_written"):
        publish(plan, later)


def test_who_withdrew_meanwhile_gets_no_answer(plan: Plan) -> None:
    write(plan, 1, 2)
    withdraw_proposal(numbered(plan, 1), by=ANONYMOUS, at=ANSWERED)
    assert counted(plan)["written"] == 1

    publish(plan)

    entry = log.last("replies.published", about=plan.ref)
    assert entry and log.said(entry)["d"]["numbers"] == "2"
    assert numbered(plan, 1).outcome is None and numbered(plan, 2).outcome == "in_plan"
    assert Reply.objects.get(proposal__number=1).published_at is None
    assert not Letter.objects.filter(kind="proposal.answered", to="citizen@example.kr").exists()


def test_an_answer_to_nothing_but_what_was_withdrawn_is_not_published(plan: Plan) -> None:
    write(plan, 1)
    withdraw_proposal(numbered(plan, 1), by=ANONYMOUS, at=ANSWERED)

    with pytest.raises(NotNow, match=r"calls\.no_reply_written"):
        publish(plan)


def test_authors_are_told_once_with_the_answer_and_their_link(plan: Plan) -> None:
    write(plan, 1, 2, 3, line="먼저 하늘정류장에 답니다.")
    publish(plan)

    letters = {one.to: one for one in Letter.objects.filter(kind="proposal.answered")}
    assert set(letters) == {"citizen@example.kr", "kim@example.kr"}
    body = letters["citizen@example.kr"].body
    assert KO in body and "먼저 하늘정류장에 답니다." in body and EN not in body
    assert f"/answer/{author_token(numbered(plan, 1))}/" in body and "/stop/" in body


def test_whoever_stopped_the_letters_gets_none(plan: Plan) -> None:
    stop_letters(numbered(plan, 1), by=ANONYMOUS, at=CLOSES)
    write(plan, 1, 2)
    publish(plan)

    assert not Letter.objects.filter(kind="proposal.answered", to="citizen@example.kr").exists()


def test_what_is_wrong_writes_nothing(plan: Plan) -> None:
    size = log.size()

    with pytest.raises(NotValid, match=r"calls\.no_proposal_in_plan"):
        write(plan, 1, 99)
    with pytest.raises(NotValid, match=r"calls\.no_answer_reason"):
        write(plan, 1, outcome="not_in_plan")
    with pytest.raises(NotValid, match=r"calls\.row_too_long"):
        write(plan, 1, line="가" * 401)
    with pytest.raises(NotValid, match=r"calls\.nothing_chosen"):
        write(plan)

    assert not Reply.objects.exists() and log.size() == size


def test_a_published_answer_is_not_written_over(plan: Plan) -> None:
    write(plan, 1)
    publish(plan)

    with pytest.raises(NotNow, match=r"calls\.answered_before"):
        write(plan, 1, outcome="partly")


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("ko", "제안 {}을 다시 살펴 답변합니다", "두 번째 답변"),
        ("en", "Proposal {} was looked at again", "second answer"),
    ],
)
def test_an_author_asks_once_and_gets_a_second_answer(
    plan: Plan, language: str, subject: str, words: str
) -> None:
    mine = numbered(plan, 1)
    with writing():
        Contact.objects.filter(proposal=mine).update(language=language)
    with pytest.raises(NotNow, match=r"calls\.not_answered"):
        ask_again(mine, text="다시 살펴 주십시오. 부탁드립니다.", by=ANONYMOUS, at=ANSWERED)
    write(plan, 1)
    publish(plan)
    soon = ANSWERED + timedelta(days=3)
    ask_again(mine, text="다시 살펴 주십시오. 부탁드립니다.", by=ANONYMOUS, at=soon)
    with pytest.raises(NotNow, match=r"calls\.asked_before"):
        ask_again(mine, text="다시 살펴 주십시오. 부탁드립니다.", by=ANONYMOUS, at=soon)
    assert counted(plan)["asked"] == 1

    write(plan, 1, outcome="partly", at=soon)
    publish(plan, soon + timedelta(days=1))

    assert [one.outcome for one in mine.replies.all()] == ["in_plan", "partly"]
    assert numbered(plan, 1).outcome == "partly" and counted(plan)["asked"] == 0
    # The letter says that it is the second answer, and asks for no third.
    letters = Letter.objects.filter(to="citizen@example.kr").order_by("pk")
    first = letters.get(kind="proposal.answered")
    second = letters.get(kind="proposal.answered_again")
    assert second.subject.startswith(subject.format(mine.label)) and words in second.body
    assert first.subject.partition(":")[0] != second.subject.partition(":")[0]
    assert author_token(mine) in second.body and "/stop/" in second.body
    page = Reader(language).get(f"/answer/{author_token(mine)}/").content.decode()
    assert words in page
    entry = log.last("proposal.asked_again", about=mine.ref)
    assert entry and "부탁드립니다" not in bytes(entry.leaf).decode()


def test_an_author_says_whether_it_helped(plan: Plan) -> None:
    mine = numbered(plan, 1)
    with pytest.raises(NotNow, match=r"calls\.not_answered"):
        rate_reply(mine, helped=True, by=ANONYMOUS, at=ANSWERED)
    write(plan, 1)
    publish(plan)

    rate_reply(mine, helped=False, by=ANONYMOUS, at=ANSWERED)
    rate_reply(mine, helped=True, by=ANONYMOUS, at=ANSWERED)

    assert Reply.objects.get().helped is True


def test_every_author_is_told_within_a_quarter_of_an_hour(
    plan: Plan, settings: Any, monkeypatch: Any, mailoutbox: Any
) -> None:
    """Also where one press answers many: the timer's turns carry the letters away."""
    rows = [
        [str(n), f"제목 {n}", f"골목 {n}의 가로등을 고쳐 주세요.", "", f"a{n}@example.kr", "", ""]
        for n in range(200, 200 + MOST_A_ROUND + 30)
    ]
    an_import(plan, a_list(rows))
    Letter.objects.all().delete()
    write(plan, *Proposal.objects.filter(plan=plan).values_list("number", flat=True))
    publish(plan)
    monkeypatch.setattr(outbox, "is_practice", lambda: False)
    settings.MAIL = "smtp://mail.example"

    turns = [
        send_due(ANSWERED + timedelta(seconds=EVERY * turn))
        for turn in range(1, 15 * 60 // EVERY + 1)
    ]

    told = Letter.objects.filter(kind="proposal.answered")
    assert sum(turns) == len(mailoutbox) == told.count() == len(rows) + 2
    assert all(one.sent_at - ANSWERED <= timedelta(minutes=15) for one in told if one.sent_at)
    assert not told.filter(sent_at=None).exists() and turns[0] == MOST_A_ROUND


def test_an_authors_link_cannot_be_made_up(plan: Plan) -> None:
    mine = numbered(plan, 1)
    token = author_token(mine)

    assert find_by_author_token(token) == mine
    for wrong in ("", "1", f"{mine.pk}-", f"{mine.pk + 1}-{token.partition('-')[2]}"):
        with pytest.raises(NotFound, match=r"letters\.link_unknown"):
            find_by_author_token(wrong)


def test_numbers_are_told_in_few_words() -> None:
    assert spans([1, 2, 3, 7, 9, 8, 3]) == "1-3, 7-9" and spans([]) == ""
