"""After sending: moderation, an author's changes, support, and what is entered by hand."""

from datetime import timedelta
from typing import Any

import pytest

from madang.calls.actions.author import edit_proposal, withdraw_proposal
from madang.calls.actions.endorse import endorse_proposal, person_of
from madang.calls.actions.enter import enter_proposal
from madang.calls.actions.moderate import (
    ask_hiding,
    ask_supplement,
    confirm_hiding,
    publish_proposal,
    refuse_hiding,
    restore_proposal,
)
from madang.calls.actions.window import close_call
from madang.calls.models import Call, Endorsement, Moderation, Proposal
from madang.calls.pages.data import promised
from madang.foundation.actors import ANONYMOUS, CLOCK, Actor, Role
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.letters.models import Letter
from madang.record import log
from tests.makers.calls import CLOSES, DURING, TEXT, a_call, a_proposal, an_open_call, some_words

FIRST = Actor(roles=frozenset({Role.SECRETARIAT}), account=1, name="first")
SECOND = Actor(roles=frozenset({Role.SECRETARIAT}), account=2, name="second")
PHONE = f"{TEXT} 010-1234-5678로 연락 주십시오."
DAY = timedelta(days=1)


@pytest.fixture
def call(practice_forum: Any) -> Call:
    return an_open_call()


def now(row: Proposal) -> Proposal:
    return Proposal.objects.select_related("plan__call").get(pk=row.pk)


def leaf(kind: str, row: Proposal) -> Any:
    entry = log.last(kind, about=row.ref)
    assert entry
    return log.said(entry)


# --- moderation ----------------------------------------------------------------------------------


def test_what_waited_for_a_look_is_published_and_its_author_told(call: Call) -> None:
    row = a_proposal(call, text=PHONE)

    publish_proposal(row, by=FIRST, at=DURING + DAY)

    assert (now(row).state, now(row).published_at) == ("public", DURING + DAY)
    assert len(leaf("proposal.published", row)["d"]["sha256"]) == 64
    assert Letter.objects.filter(kind="proposal.published").count() == 1
    with pytest.raises(NotNow, match=r"calls\.not_in_this_state"):
        publish_proposal(row, by=FIRST, at=DURING)


def test_hiding_takes_two_persons(call: Call) -> None:
    row = a_proposal(call)
    ask_hiding(row, reason="abuse", note="둘째 문장", by=FIRST, at=DURING)
    assert now(row).state == "public"

    with pytest.raises(NotNow, match=r"calls\.same_person"):
        confirm_hiding(row, by=FIRST, at=DURING)
    with pytest.raises(NotNow, match=r"calls\.hiding_waits"):
        ask_hiding(row, reason="abuse", note="", by=SECOND, at=DURING)
    confirm_hiding(row, by=SECOND, at=DURING + DAY)

    step = Moderation.objects.get(proposal=row)
    assert (now(row).state, step.reason, step.done_at) == ("hidden", "abuse", DURING + DAY)
    assert leaf("proposal.hidden", row)["d"]["reason"] == "abuse"
    assert "note" in leaf("proposal.hiding_asked", row)["c"]
    assert "둘째 문장" not in str(leaf("proposal.hiding_asked", row))
    assert "모욕" in Letter.objects.get(kind="proposal.hidden").body


def test_what_was_asked_to_be_hidden_can_be_left_and_that_stays_on_record(call: Call) -> None:
    row = a_proposal(call)
    ask_hiding(row, reason="advertising", note="", by=FIRST, at=DURING)

    refuse_hiding(row, by=SECOND, at=DURING)

    step = Moderation.objects.get(proposal=row)
    assert (now(row).state, step.state, step.reason) == ("public", "public", "advertising")
    with pytest.raises(NotNow, match=r"calls\.no_hiding_waits"):
        confirm_hiding(row, by=SECOND, at=DURING)


def test_a_hidden_proposal_is_shown_again_with_a_reason(call: Call) -> None:
    row = a_proposal(call)
    ask_hiding(row, reason="repeated", note="", by=FIRST, at=DURING)
    confirm_hiding(row, by=SECOND, at=DURING)

    with pytest.raises(NotValid, match=r"calls\.note_missing"):
        restore_proposal(row, note="", by=FIRST, at=DURING)
    restore_proposal(row, note="잘못 가렸습니다.", by=FIRST, at=DURING)

    assert now(row).state == "public" and Moderation.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "boring", "ABUSE"])
def test_no_other_reason_hides(reason: str, call: Call) -> None:
    with pytest.raises(NotValid, match=r"calls\.no_hiding_reason"):
        ask_hiding(a_proposal(call), reason=reason, note="", by=FIRST, at=DURING)


def test_a_citizen_moderates_nothing(call: Call) -> None:
    row = a_proposal(call, text=PHONE)

    with pytest.raises(NotAllowed):
        publish_proposal(row, by=ANONYMOUS, at=DURING)


def test_while_an_author_is_asked_for_more_the_answers_time_stands_still(call: Call) -> None:
    row = a_proposal(call)
    ask_supplement(row, note="어느 정류장입니까?", by=FIRST, at=DURING)
    assert now(row).state == "supplement"
    assert "어느 정류장입니까?" in Letter.objects.get(kind="proposal.supplement_asked").body

    words = some_words(text=f"{TEXT} 가온역 앞입니다.")
    edit_proposal(row, words=words, base=1, by=ANONYMOUS, at=DURING + 6 * DAY)

    steps = [(s.state, s.done_at) for s in Moderation.objects.filter(proposal=row)]
    assert now(row).state == "public"
    assert promised(now(row), steps)["answered"] == "2026-09-06"


def test_nobody_is_asked_who_left_no_address(call: Call) -> None:
    row = by_hand(call)

    with pytest.raises(NotNow, match=r"calls\.no_author"):
        ask_supplement(row, note="무엇입니까?", by=FIRST, at=DURING)


# --- an author's own -----------------------------------------------------------------------------


def test_a_change_is_a_version_and_leaves_the_one_before(call: Call) -> None:
    row = a_proposal(call)

    edit_proposal(row, words=some_words(title="새 제목입니다"), base=1, by=ANONYMOUS, at=DURING)

    assert (now(row).title, now(row).version) == ("새 제목입니다", 2)
    assert [one.number for one in now(row).versions.all()] == [2, 1]
    assert leaf("proposal.edited", row)["d"]["version"] == 2


def test_a_change_that_may_be_personal_waits_for_a_look(call: Call) -> None:
    row = a_proposal(call)

    edit_proposal(row, words=some_words(text=PHONE), base=1, by=ANONYMOUS, at=DURING)

    assert (now(row).state, now(row).published_at) == ("received", None)
    assert leaf("proposal.edited", row)["d"]["sha256"] is None


def test_two_windows_lose_nothing_and_nothing_changed_is_no_version(call: Call) -> None:
    row = a_proposal(call)
    edit_proposal(row, words=some_words(title="먼저 고친 제목"), base=1, by=ANONYMOUS, at=DURING)

    with pytest.raises(NotNow, match=r"calls\.changed_meanwhile"):
        edit_proposal(row, words=some_words(title="나중 제목"), base=1, by=ANONYMOUS, at=DURING)
    with pytest.raises(NotNow, match=r"calls\.nothing_changed"):
        edit_proposal(
            row, words=some_words(title="먼저 고친 제목"), base=2, by=ANONYMOUS, at=DURING
        )

    assert now(row).title == "먼저 고친 제목" and now(row).versions.count() == 2


def test_after_the_close_a_text_is_withdrawn_and_not_changed(call: Call) -> None:
    row = a_proposal(call)
    close_call(call, by=CLOCK, at=CLOSES)

    with pytest.raises(NotNow, match=r"calls\.edited_too_late"):
        edit_proposal(row, words=some_words(title="늦은 제목"), base=1, by=ANONYMOUS, at=CLOSES)
    withdraw_proposal(row, by=ANONYMOUS, at=CLOSES)

    assert now(row).state == "withdrawn" and now(row).title
    with pytest.raises(NotNow):
        withdraw_proposal(row, by=ANONYMOUS, at=CLOSES)


def test_withdrawing_settles_what_waited(call: Call) -> None:
    row = a_proposal(call)
    ask_hiding(row, reason="abuse", note="", by=FIRST, at=DURING)

    withdraw_proposal(row, by=ANONYMOUS, at=DURING)

    assert not Moderation.objects.filter(done_at=None).exists()


# --- support -------------------------------------------------------------------------------------


def test_an_address_counts_once_and_is_not_kept(call: Call) -> None:
    row = a_proposal(call)
    endorse_proposal(row, email="friend@example.kr", by=ANONYMOUS, at=DURING)

    with pytest.raises(NotNow, match=r"calls\.endorsed_before"):
        endorse_proposal(row, email="friend@example.kr", by=ANONYMOUS, at=DURING)
    with pytest.raises(NotNow, match=r"calls\.own_proposal"):
        endorse_proposal(row, email="citizen@example.kr", by=ANONYMOUS, at=DURING)

    [kept] = Endorsement.objects.all()
    assert kept.verified and kept.person == person_of("friend@example.kr")
    assert "friend" not in str(leaf("proposal.endorsed", row))


def test_what_is_not_public_is_not_supported(call: Call) -> None:
    row = a_proposal(call, text=PHONE)

    with pytest.raises(NotNow, match=r"calls\.not_in_this_state"):
        endorse_proposal(row, email="friend@example.kr", by=ANONYMOUS, at=DURING)


# --- by hand -------------------------------------------------------------------------------------


def by_hand(call: Call, **other: Any) -> Proposal:
    given: dict[str, Any] = {
        "words": some_words(joint=["김가상", "이가상"], title_only=True),
        "channel": "paper",
        "proposed_on": "2026-03-24",
        "nonce": "by-hand",
        "by": FIRST,
        "at": DURING,
    }
    enter_proposal(call, **{**given, **other})
    return Proposal.objects.latest("pk")


def test_what_came_on_paper_is_entered_with_its_day_and_its_authors(call: Call) -> None:
    row = by_hand(call)

    assert (row.channel, row.proposed_on, row.joint) == (
        "paper",
        "2026-03-24",
        ["김가상", "이가상"],
    )
    assert row.title_only and not hasattr(row, "contact")
    assert leaf("proposal.received", row)["d"]["by"] == "secretariat"


def test_an_address_on_paper_is_not_confirmed_but_written_to(call: Call) -> None:
    row = by_hand(call, email="paper@example.kr")

    assert row.contact.verified_at is None
    assert Letter.objects.get(kind="proposal.received").to == "paper@example.kr"


WRONG = {
    "before the call": ({"proposed_on": "2026-03-01"}, "calls.came_outside"),
    "in the future": ({"proposed_on": "2026-04-20"}, "calls.came_outside"),
    "no day": ({"proposed_on": ""}, "calls.came_outside"),
    "half a day": ({"proposed_on": "2026-03-24x"}, "calls.came_outside"),
    "no way": ({"channel": "form"}, "calls.no_channel"),
    "half an address": ({"email": "a@b"}, "calls.email_shape"),
}


@pytest.mark.parametrize(("other", "code"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused(other: dict[str, Any], code: str, call: Call) -> None:
    with pytest.raises(NotValid) as refused:
        by_hand(call, **other)

    assert refused.value.code == code and not Proposal.objects.exists()


def test_a_late_post_is_entered_after_the_close(call: Call) -> None:
    close_call(call, by=CLOCK, at=CLOSES)

    assert by_hand(call, proposed_on="2026-04-20", at=CLOSES + DAY).number == 1


def test_nothing_comes_before_the_call(practice_forum: Any) -> None:
    with pytest.raises(NotNow, match=r"calls\.not_opened_yet"):
        by_hand(a_call())


def test_entering_it_twice_enters_it_once(call: Call) -> None:
    by_hand(call)

    with pytest.raises(NotNow, match=r"calls\.sent_before"):
        by_hand(call)
