"""Sending a proposal: its number, its rows, its entry and letter; nothing of its author is public."""

from datetime import timedelta
from typing import Any

import pytest

from madang.calls.actions.send import send_proposal
from madang.calls.actions.stop_letters import stop_letters
from madang.calls.due import sweep_intakes
from madang.calls.models import Contact, Press, Proposal
from madang.calls.places import check_place, count_press, place_of
from madang.calls.reading import text_digest
from madang.calls.rules.limits import LIMITS
from madang.calls.stopping import find_by_stop_token, stop_token
from madang.foundation.actors import ANONYMOUS
from madang.foundation.refusals import NotFound, NotNow, NotValid
from madang.letters.models import Letter
from madang.record import log
from tests.makers.calls import (
    CLOSES,
    DURING,
    TEXT,
    TITLE,
    a_call,
    a_proposal,
    an_open_call,
    some_words,
)

EMAIL = "citizen@example.kr"


def test_a_proposal_has_the_next_number_and_is_public_at_once(practice_forum: Any) -> None:
    call = an_open_call()

    first, second = a_proposal(call), a_proposal(call, email="other@example.kr")

    plan = call.plan.number
    assert (first.label, second.label) == (f"{plan}-0001", f"{plan}-0002")
    assert (first.state, first.published_at, first.received_at) == ("public", DURING, DURING)
    assert first.versions.get().sha256 == text_digest(TITLE, TEXT)
    assert first.contact.email == EMAIL


def test_the_record_holds_the_hash_of_a_public_text_and_nothing_of_its_author(
    practice_forum: Any,
) -> None:
    kept = a_proposal(an_open_call(), name="김가상")

    entry = log.last("proposal.received", about=kept.ref)
    assert entry
    leaf = bytes(entry.leaf).decode()
    assert log.said(entry)["d"]["sha256"] == text_digest(TITLE, TEXT)
    assert log.said(entry)["d"]["by"] == "anonymous"
    for never in (EMAIL, TITLE, "김가상", "citizen"):
        assert never not in leaf


def test_what_may_be_personal_waits_and_stands_in_the_record_as_a_commitment(
    practice_forum: Any,
) -> None:
    kept = a_proposal(an_open_call(), text=f"{TEXT} 010-1234-5678로 연락 주십시오.")

    assert (kept.state, kept.published_at) == ("received", None)
    entry = log.last("proposal.received", about=kept.ref)
    assert entry
    assert log.said(entry)["d"]["sha256"] is None and "words" in log.said(entry)["c"]


def test_the_same_sending_twice_is_refused_and_keeps_one(practice_forum: Any) -> None:
    call = an_open_call()
    given = {"words": some_words(), "email": EMAIL, "by": ANONYMOUS, "at": DURING}
    send_proposal(call, nonce="same", **given)  # type: ignore[arg-type]
    size = log.size()

    with pytest.raises(NotNow, match=r"calls\.sent_before"):
        send_proposal(call, nonce="same", **given)  # type: ignore[arg-type]

    assert (Proposal.objects.count(), log.size()) == (1, size)


def test_nothing_is_taken_before_the_call_opens_or_after_it_closed(practice_forum: Any) -> None:
    with pytest.raises(NotNow, match=r"calls\.not_open"):
        a_proposal(a_call())


def test_nothing_is_taken_at_the_stroke_of_the_close(practice_forum: Any) -> None:
    call = an_open_call()

    a_proposal(call, at=CLOSES - timedelta(seconds=1))
    with pytest.raises(NotNow, match=r"calls\.not_open"):
        a_proposal(call, at=CLOSES, email="late@example.kr")


def test_an_area_of_the_plan_is_kept_and_another_refused(practice_forum: Any) -> None:
    call = an_open_call()

    assert a_proposal(call, area=1).area.text.words["en"] == "Participation"  # type: ignore[union-attr]
    with pytest.raises(NotValid, match=r"calls\.no_area"):
        a_proposal(call, area=7, email="b@example.kr")


def test_what_is_wrong_is_refused_by_the_act_too(practice_forum: Any) -> None:
    call = an_open_call()

    with pytest.raises(NotValid, match=r"calls\.resident_number"):
        a_proposal(call, text=f"{TEXT} 900101-1234567")

    assert not Proposal.objects.exists() and not Letter.objects.exists()


def test_an_address_has_its_limit_a_day(practice_forum: Any) -> None:
    call, most = an_open_call(), LIMITS["propose.address"].most
    for n in range(most):
        a_proposal(call, at=DURING + timedelta(minutes=n))

    with pytest.raises(NotNow, match=r"calls\.too_many"):
        a_proposal(call, at=DURING + timedelta(hours=2))
    a_proposal(call, email="other@example.kr", at=DURING + timedelta(hours=2))
    a_proposal(call, at=DURING + timedelta(days=1, minutes=1))


# --- letters -------------------------------------------------------------------------------------


def test_its_author_is_told_number_page_and_day_of_the_answer(practice_forum: Any) -> None:
    kept = a_proposal(an_open_call())

    letter = Letter.objects.get(kind="proposal.received")
    assert (letter.to, letter.language) == (EMAIL, "ko")
    assert kept.label in letter.subject and "2026. 8. 31." in letter.subject
    for words in (TITLE, f"/plans/{kept.plan.number}/proposals/{kept.number:04d}/", "/stop/"):
        assert words in letter.body


def test_a_letter_speaks_the_authors_language(practice_forum: Any) -> None:
    a_proposal(an_open_call(), language="en")

    letter = Letter.objects.get(kind="proposal.received")
    assert "31 August 2026" in letter.subject and "/en/plans/" in letter.body


def test_a_stopped_author_gets_no_more_letters(practice_forum: Any) -> None:
    from madang.calls.letters import tell_author

    kept = a_proposal(an_open_call())

    stop_letters(kept, by=ANONYMOUS, at=DURING)
    tell_author(kept, "proposal.published", "published", dict, DURING)

    assert Contact.objects.get(proposal=kept).stopped_at == DURING
    assert Letter.objects.count() == 1


def test_a_stop_link_is_for_one_proposal_and_cannot_be_made_up(practice_forum: Any) -> None:
    kept = a_proposal(an_open_call())
    token = stop_token(kept)

    assert find_by_stop_token(token) == kept
    for wrong in ("", "1", f"{kept.pk}-", f"{kept.pk + 1}-{token.partition('-')[2]}", "９-x"):
        with pytest.raises(NotFound, match=r"letters\.link_unknown"):
            find_by_stop_token(wrong)


# --- places --------------------------------------------------------------------------------------


def test_a_place_is_a_hash_and_neighbours_of_the_long_kind_are_one(db: None) -> None:
    assert place_of("203.0.113.7") != place_of("203.0.113.8")
    assert place_of("::ffff:203.0.113.7") == place_of("203.0.113.7")
    assert place_of("2001:db8:1:2::3") == place_of("2001:db8:1:2:ffff::9")
    assert place_of("2001:db8:1:2::3") != place_of("2001:db8:2::3")
    assert place_of("no address") == place_of("")
    assert "203" not in place_of("203.0.113.7")[:4] or len(place_of("203.0.113.7")) == 64


def test_presses_are_counted_by_place_and_forgotten_after_a_day(db: None) -> None:
    here, most = place_of("203.0.113.7"), LIMITS["propose.place"].most
    for n in range(most):
        count_press("propose.place", here, DURING + timedelta(minutes=n))

    with pytest.raises(NotNow, match=r"calls\.too_many"):
        check_place("propose.place", here, DURING + timedelta(minutes=30))
    check_place("propose.place", place_of("203.0.113.8"), DURING + timedelta(minutes=30))
    check_place("propose.place", here, DURING + timedelta(minutes=61))

    assert sweep_intakes(DURING + timedelta(hours=23)) == 0
    assert sweep_intakes(DURING + timedelta(days=1, minutes=most)) == most
    assert not Press.objects.exists()
