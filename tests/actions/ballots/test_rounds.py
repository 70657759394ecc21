"""A second round: what makes one, what of the first counts in it, and what nobody can do with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from madang.ballots.actions.annul import annul_ballot
from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.draft_round import draft_round
from madang.ballots.actions.open import open_ballot
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.drafts import rounds_to_repeat
from madang.ballots.models import Ballot, Key, RollSeat, Vote
from madang.ballots.papers import papers_of
from madang.ballots.reading import ballot_at, last_round_before, seats_of, text_digest
from madang.ballots.rules.permissions import MAY
from madang.ballots.wording import receipt_number
from madang.drafting.actions.fix import fix_versions
from madang.drafting.actions.write import write_commitment
from madang.drafting.models import Commitment
from madang.drafting.rules.draft import Draft
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads
from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotAllowed
from madang.foundation.texts import Text
from madang.letters.models import Letter, TaskLink
from madang.meetings.models import Meeting
from madang.planning.models import Plan
from madang.plans.actions.due import decisions_due
from madang.plans.actions.publish import turn_edition_key
from madang.plans.models import Edition
from madang.plans.papers.decision_data import decision_data
from madang.plans.papers.paper_data import paper_data
from madang.plans.reading import adopted_versions, edition_digest, hashes_of
from madang.record import log
from madang.record.guard import writing
from madang.record.verify import Verdict, verify
from tests.actions.ballots.looking import comes, last_entry, leaves, recorded, refused
from tests.actions.ballots.test_prepare import revised
from tests.makers.ballots import (
    AGAIN,
    AGAIN_CLOSES,
    AGAIN_DURING,
    CLOSES,
    DRAFTED,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    a_next_round,
    account_of,
    again,
    an_open_ballot,
    an_open_round,
    answer,
    co_chair,
    rules_that_ask_for_notice,
    seated,
    secretary,
    with_both_keys,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
AFTER = CLOSES + timedelta(hours=10)


def a_short_round(**other: Any) -> Ballot:
    """A first round that too few answered."""
    return a_closed_ballot(5, **other)


def plan_2() -> Plan:
    return Plan.objects.get(number=2)


def on_the_plan() -> dict[str, Any]:
    """What a ballot lays before the forum of plan 2 as it reads now."""
    fix_versions(plan_2(), by=secretary(), at=DRAFTED)
    return {"decides": "plan:2", "papers": papers_of(plan_2())}


def closed(ballot: Ballot, answered: int = 20, *, at: Any = AGAIN_CLOSES) -> Ballot:
    """A round that was answered by so many yes and closed at its time."""
    for seat in seats_of(ballot)[:answered]:
        answer(ballot, seat, "yes", at=AGAIN_DURING)
    close_ballot(ballot, by=CLOCK, at=at)
    return again(ballot)


# --- what makes one ------------------------------------------------------------------------------


def test_a_second_round_asks_the_same_meeting_again():
    first = a_short_round()

    second = a_next_round(first)

    assert (second.meeting, second.round, second.status) == (first.meeting, 2, "draft")
    assert (second.decides, second.way) == (first.decides, first.way)
    assert (second.ref, first.ref) == ("ballot:6.2", "ballot:6")
    assert Meeting.objects.filter(number=7, body=first.meeting.body).count() == 0
    assert again(first).outcome == "no_quorum"


def test_the_record_names_the_round_and_the_one_it_follows():
    a_next_round(a_short_round())

    said = last_entry("ballot.drafted")

    assert (said["about"], said["round"], said["after"]) == ("ballot:6.2", 2, "ballot:6")
    assert verify().verdict == Verdict.FINE


def test_refs_of_rounds_lead_to_the_rounds():
    first = a_short_round()
    second = a_next_round(first)

    assert (ballot_at("ballot:6"), ballot_at("ballot:6.2")) == (first, second)
    assert (last_round_before(first), last_round_before(second)) == (None, first)


def test_the_meeting_lasts_from_the_first_opening_to_the_last_close():
    second = a_next_round(a_short_round())
    assert (second.meeting.starts, second.meeting.ends) == ("2026-03-09", "2026-03-22")

    annul_ballot(second, reason="이유", language="ko", by=secretary(), at=AFTER)

    now = Meeting.objects.get(pk=second.meeting_id)
    assert (now.starts, now.ends) == ("2026-03-09", "2026-03-14")


@pytest.mark.parametrize("who", ["government", "civil_society", "member", "clock"])
def test_the_secretariat_alone_drafts_one(who):
    first = a_short_round()
    by = {"member": lambda: seated("cso-9"), "clock": lambda: CLOCK}.get(
        who, lambda: co_chair(who, AFTER)
    )()

    with pytest.raises(NotAllowed):
        a_next_round(first, by=by)

    assert Ballot.objects.filter(meeting=first.meeting).count() == 1
    assert set(MAY["ballot.draft_round"][0]) == set(MAY["ballot.draft"][0])


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (a_drafted_ballot, "ballots.round_not_over"),
        (a_keyed_ballot, "ballots.round_not_over"),
        (an_open_ballot, "ballots.round_not_over"),
        (lambda: a_closed_ballot(20), "ballots.round_decided"),
        (lambda: a_closed_ballot(dict.fromkeys(_seats(20), "no")), "ballots.round_decided"),
        (lambda: a_closed_ballot(_tie()), "ballots.round_tied"),
    ],
    ids=["drafted", "keyed", "open", "approved", "rejected", "a tie"],
)
def test_nothing_but_a_round_that_too_few_answered_is_followed(make, code):
    ballot = make()

    with refused(code):
        a_next_round(ballot)


def _seats(count: int) -> list[str]:
    return [
        "exo-1",
        "exo-2",
        *(f"gov-{n}" for n in range(1, 7)),
        *(f"cso-{n}" for n in range(1, 23)),
    ][:count]


def _tie() -> dict[str, str]:
    return {seat: "yes" if n % 2 else "no" for n, seat in enumerate(_seats(16))}


def test_an_annulled_first_round_is_followed_by_none():
    ballot = a_drafted_ballot()
    annul_ballot(ballot, reason="이유", language="ko", by=secretary(), at=AFTER)

    with refused("ballots.round_annulled"):
        a_next_round(again(ballot))


def test_after_an_annulled_second_round_comes_a_third():
    first = a_short_round()
    annul_ballot(a_next_round(first), reason="이유", language="ko", by=secretary(), at=AFTER)

    third = a_next_round(first, at=AFTER + timedelta(hours=1))

    assert (third.round, third.ref) == (3, "ballot:6.3")
    assert last_round_before(third) == first


def test_one_round_is_followed_once():
    first = a_short_round()
    a_next_round(first)

    with refused("ballots.round_followed"):
        a_next_round(first)


def test_a_round_without_a_quorum_is_followed_again_and_again():
    first = a_short_round()
    second = closed(an_open_round(first), answered=5)
    assert second.outcome == "no_quorum"
    with refused("ballots.round_followed"):
        a_next_round(first, at=AGAIN_CLOSES, opens_at=AGAIN_CLOSES)

    later = AGAIN_CLOSES + timedelta(days=1)
    third = a_next_round(second, at=later, opens_at=later, closes_at=later + timedelta(days=5))

    assert (third.round, last_round_before(third)) == (3, second)


@pytest.mark.parametrize("make", [a_drafted_ballot, an_open_ballot, a_closed_ballot])
def test_what_another_meeting_has_taken_up_since_is_not_asked_here_again(make):
    first = a_short_round()
    window = {"opens_at": AGAIN, "closes_at": AGAIN_CLOSES}
    more = {
        a_drafted_ballot: {"at": AFTER},
        an_open_ballot: {"at": AGAIN},
        a_closed_ballot: {"at": AGAIN, "closed_at": AGAIN_CLOSES},
    }
    make(**window, **more[make])

    with refused("ballots.asked_elsewhere"):
        a_next_round(
            first,
            at=AGAIN_CLOSES,
            opens_at=AGAIN_CLOSES + timedelta(days=1),
            closes_at=AGAIN_CLOSES + timedelta(days=9),
        )


def test_what_another_meeting_asked_before_does_not_stand_in_the_way():
    a_short_round()
    later = {"opens_at": AGAIN, "closes_at": AGAIN_CLOSES, "at": AGAIN, "closed_at": AGAIN_CLOSES}

    newest = a_short_round(**later)

    assert rounds_to_repeat(AGAIN_CLOSES) == [newest]


def test_what_became_of_old_rounds_is_asked_at_once(django_assert_max_num_queries):
    second = closed(an_open_round(a_short_round()), answered=5)

    with django_assert_max_num_queries(3):  # one for all rounds; the last one anew, and its plan
        assert rounds_to_repeat(AGAIN_CLOSES) == [second]


def test_a_round_opens_when_the_one_before_has_closed_and_not_sooner():
    first = a_short_round()
    with refused("ballots.round_opens_early"):
        a_next_round(first, opens_at=CLOSES - timedelta(minutes=1))
    second = a_next_round(first)

    with refused("ballots.round_opens_early"):
        revised(second, opens_at=CLOSES - timedelta(minutes=1), closes_at=AGAIN_CLOSES, at=AFTER)


def test_a_new_round_is_given_notice_of_its_own():
    first = a_short_round()
    rules_that_ask_for_notice({"days": 3})

    # It was written on 14 March, the day on which the round before it closed.
    with refused("ballots.notice_short") as facts:
        a_next_round(first, opens_at=AGAIN - timedelta(microseconds=1))

    assert (facts["days"], str(facts["earliest"])) == (3, "2026-03-17")
    assert a_next_round(first).opens_at == AGAIN


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"question": Text({"ko": None, "en": None})}, "ballots.no_question"),
        ({"written_reason": "because"}, "ballots.no_written_reason"),
        ({"closes_at": AGAIN}, "ballots.window_backwards"),
        ({"at": AGAIN_CLOSES}, "ballots.window_past"),
    ],
)
def test_a_round_that_could_not_be_voted_on_is_refused(other, code):
    first = a_short_round()

    with refused(code):
        a_next_round(first, **other)


def test_a_meeting_has_no_round_twice_whatever_the_program_does():
    second = a_next_round(a_short_round())
    second.pk = None

    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        second.save(force_insert=True)


# --- nothing of the first counts in the second ---------------------------------------------------


def test_both_keys_are_turned_anew():
    first = a_short_round()

    second = a_next_round(first)

    assert Key.objects.filter(what=first.ref, voided_at=None).count() == 2
    assert Key.objects.filter(what=second.ref).count() == 0
    assert text_digest(second) != first.digest
    turn_key(second, digest=text_digest(second), by=co_chair("government", AFTER), at=AFTER)
    with refused("ballots.not_keyed"):
        open_ballot(second, by=CLOCK, at=AGAIN)


def test_answers_of_the_first_round_do_not_count():
    first = a_short_round()
    second = an_open_round(first)

    done = closed(second, answered=16)

    assert done.counts["yes"] == 16
    assert Vote.objects.filter(ballot=first).count() == 5
    seat = seats_of(first)[0]
    assert Vote.objects.filter(ballot=done, seat__number=seat).get().version == 1
    assert receipt_number(done, seat, 1) == f"6-2-{seat}-1"


def test_the_roll_is_that_of_the_day_it_opens():
    first = a_short_round()
    leaves("cso-22", last_day="2026-03-14")
    newcomer = comes("cso-22", first_day="2026-03-15")

    second = an_open_round(first)

    held = RollSeat.objects.get(ballot=second, seat__number="cso-22")
    assert held.person == newcomer.person
    assert RollSeat.objects.get(ballot=first, seat__number="cso-22").person != held.person
    with refused("ballots.closed"):
        cast_vote(
            first,
            seat="cso-9",
            choice="yes",
            nonce="late",
            by=seated("cso-9"),
            at=AGAIN_DURING,
        )


# --- letters and links ---------------------------------------------------------------------------


def letter(kind: str, seat: str = "cso-9") -> Letter:
    return Letter.objects.filter(kind=kind, to=account_of(seat).email).latest("pk")


def test_the_letters_of_a_second_round_say_which_it_is_and_are_letters_of_their_own():
    first = a_short_round()
    before = Letter.objects.filter(kind="ballot.opened").count()
    second = an_open_round(first)

    assert Letter.objects.filter(kind="ballot.opened").count() == 2 * before
    words = {
        "ko": "2회차",
        "en": "This is round 2. In round 1 only 5 of 30 seats answered",
    }
    asked = letter("ballot.opened")
    assert words[account_of("cso-9").language] in asked.body
    assert asked.reason == "ballot:6-2:opened:cso-9"
    assert not any(
        word in one.body
        for one in Letter.objects.filter(reason__startswith="ballot:6-1:opened")
        for word in words.values()
    )
    assert TaskLink.objects.filter(task=second.ref).count() == 30
    answer(second, "cso-9", "yes", at=AGAIN_DURING)
    assert "6-2-cso-9-1" in letter("ballot.receipt").subject
    chairs = Letter.objects.filter(kind="ballot.keys_wanted", reason__startswith="ballot:6-2:")
    assert chairs.count() == 2
    assert all(words["ko"] in one.body or words["en"] in one.body for one in chairs)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_letter_about_the_result_says_what_it_means_and_leads_to_its_own_round(language):
    with writing():
        type(account_of("cso-9")).objects.update(language=language)
    a_short_round()

    body = letter("ballot.closed").body

    assert "/meetings/6/ballot/1/" in body
    means = {
        "ko": "30자리 가운데 5자리만 답해 의사정족수 16자리에",
        "en": "Only 5 of 30 seats answered and 16 were needed",
    }
    assert means[language] in body


# --- the plan's text between the rounds ----------------------------------------------------------


def rewritten(number: int, *, at: Any) -> None:
    """A commitment of plan 2 reads otherwise from here on."""
    commitment = Commitment.objects.get(plan=plan_2(), number=number)
    draft = Draft(title=Text({"ko": "다시 쓴 과제", "en": "Written anew"}))
    base = fingerprint(as_it_reads(commitment))
    write_commitment(plan_2(), number=number, draft=draft, base=base, by=secretary(at), at=at)


def test_the_text_is_given_back_between_the_rounds_and_frozen_with_the_second_key():
    first = a_short_round(**on_the_plan())
    assert plan_2().frozen_by is None

    second = a_next_round(first)
    assert plan_2().frozen_by is None
    with_both_keys(second, at=AFTER)
    assert plan_2().frozen_by == "ballot:6.2"
    open_ballot(second, by=CLOCK, at=AGAIN)
    closed(second, answered=5)

    assert plan_2().frozen_by is None
    told = [
        (log.said(one)["t"], log.said(one)["d"]["ballot"])
        for one in [*recorded("plan.frozen"), *recorded("plan.thawed")]
    ]
    assert sorted(told) == [
        ("plan.frozen", "ballot:6"),
        ("plan.frozen", "ballot:6.2"),
        ("plan.thawed", "ballot:6"),
        ("plan.thawed", "ballot:6.2"),
    ]


def test_a_text_that_changed_between_the_rounds_needs_new_papers():
    first = a_short_round(**on_the_plan())
    rewritten(1, at=AFTER)

    second = a_next_round(first)  # with the papers of the first
    with refused("ballots.papers_outdated"):
        turn_key(second, digest=text_digest(second), by=co_chair("government", AFTER), at=AFTER)

    fix_versions(plan_2(), by=secretary(), at=AFTER)
    revised(second, papers=papers_of(plan_2()), opens_at=AGAIN, closes_at=AGAIN_CLOSES, at=AFTER)
    assert with_both_keys(again(second), at=AFTER).status == "keyed"


def test_what_a_second_round_adopts_is_published_by_that_round():
    first = a_short_round(**on_the_plan())
    rewritten(1, at=AFTER)
    fix_versions(plan_2(), by=secretary(), at=AFTER)
    second = closed(an_open_round(first, papers=papers_of(plan_2())))
    assert (second.outcome, plan_2().frozen_by) == ("approved", "ballot:6.2")

    digest = edition_digest(plan_2(), second, hashes_of(adopted_versions(plan_2(), second)))
    for side in ("government", "civil_society"):
        who = co_chair(side, AGAIN_CLOSES)
        turn_edition_key(plan_2(), ballot=second, digest=digest, by=who, at=AGAIN_CLOSES)

    edition = Edition.objects.get(plan=plan_2())
    assert edition.adopted_by == "ballot:6.2"
    assert last_entry("plan.published")["ballot"] == "ballot:6.2"
    assert (paper_data(edition)["adopted"] or {})["round"] == 2
    assert verify().verdict == Verdict.FINE
    with refused("ballots.round_decided"):
        draft_round(
            second,
            question=second.question,
            papers=second.papers,
            written_reason="urgent",
            opens_at=AGAIN_CLOSES,
            closes_at=AGAIN_CLOSES + timedelta(days=5),
            by=secretary(AGAIN_CLOSES),
            at=AGAIN_CLOSES,
        )


def test_each_round_has_its_decision_paper_and_its_own_way_through_the_record():
    first = a_short_round()
    second = closed(an_open_round(first))

    assert decisions_due(CLOCK, AGAIN_CLOSES) == 2

    about = [(log.said(one)["d"]["about"]) for one in recorded("decision.fixed")]
    assert about == ["ballot:6", "ballot:6.2"]
    for ballot in (first, second):
        kinds = [entry["kind"] for entry in decision_data(ballot)["entries"]]
        assert kinds.count("ballot.drafted") == kinds.count("ballot.closed") == 1
