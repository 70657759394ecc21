"""Many at once: one seat in sixteen windows, votes against the close, two workers."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.draft import draft_ballot
from madang.ballots.actions.due import close_due, open_due
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Ballot, Key, RollSeat, Vote
from madang.ballots.reading import answers_of, text_digest
from madang.foundation.actors import CLOCK
from madang.foundation.refusals import Refusal
from madang.letters.models import Letter
from madang.meetings.models import Meeting
from madang.members.models import Forum
from madang.record import acting, log
from madang.record.guard import writing
from madang.record.verify import Verdict, verify
from tests.actions.ballots.looking import recorded
from tests.makers.ballots import (
    CLOSES,
    DRAFTED,
    DURING,
    OPENS,
    QUESTION,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    a_next_round,
    again,
    an_open_ballot,
    co_chair,
    seated,
    secretary,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("practice_forum"),
]
WINDOWS = 16
ROUNDS = 500
"""Rounds of votes against the close."""
VOTERS = ("gov-1", "gov-2", "cso-1")
TICK = timedelta(microseconds=1)


def at_once(acts: list[Callable[[], Any]]) -> list[str]:
    """What each of the acts was answered, all begun at the same moment."""
    return in_rounds([acts])[0]


def in_rounds(rounds: list[list[Callable[[], Any]]]) -> list[list[str]]:
    """What the acts of each round were answered: one thread a place, all begun together each time."""
    together = Barrier(len(rounds[0]), timeout=300)

    def run(place: int) -> list[str]:
        try:
            return [answer_to(acts[place]) for acts in rounds]
        finally:
            connection.close()

    def answer_to(act: Callable[[], Any]) -> str:
        together.wait()
        try:
            act()
        except Refusal as refused:
            return refused.code
        except Exception as error:
            return type(error).__name__
        return "accepted"

    with ThreadPoolExecutor(len(rounds[0])) as pool:
        answers = list(pool.map(run, range(len(rounds[0]))))
    return [list(one) for one in zip(*answers, strict=True)]


# --- one seat -------------------------------------------------------------------------------------


def casts_of_one_seat(ballot: Ballot, nonces: list[str], cast: Any = cast_vote) -> list[str]:
    """The answers to as many casts by one seat as there are nonces, at once."""
    by = seated("gov-1")

    def one(nonce: str) -> Callable[[], Any]:
        return lambda: cast(ballot, seat="gov-1", choice="yes", nonce=nonce, by=by, at=DURING)

    return at_once([one(nonce) for nonce in nonces])


def faults_of(ballot: Ballot, answers: list[str], *, votes: int) -> list[str]:
    """What is wrong after casts of one seat of which so many should have become a vote."""
    kept = list(Vote.objects.filter(ballot=ballot).order_by("version"))
    said = [log.said(entry)["d"] for entry in recorded("ballot.cast")]
    expected = Counter(accepted=votes)
    if len(answers) > votes:
        expected["ballots.already_cast"] = len(answers) - votes
    checks = {
        f"answered {Counter(answers)}": Counter(answers) == expected,
        "the versions are not dense": [v.version for v in kept] == list(range(1, votes + 1)),
        "not exactly one counts": answers_of(ballot) == {"gov-1": "yes"},
        "not one entry a vote": [d["version"] for d in said] == [v.version for v in kept],
        "the record does not verify": verify().verdict is Verdict.FINE,
    }
    return [fault for fault, fine in checks.items() if not fine]


def test_sixteen_windows_of_one_seat_leave_sixteen_versions_of_which_one_counts():
    ballot = an_open_ballot()

    answers = casts_of_one_seat(ballot, [f"n-{n}" for n in range(WINDOWS)])

    assert faults_of(ballot, answers, votes=WINDOWS) == []


def test_one_form_sent_sixteen_times_is_one_vote_one_entry_and_one_receipt():
    ballot = an_open_ballot()
    before = Letter.objects.count()

    answers = casts_of_one_seat(ballot, ["the same"] * WINDOWS)

    assert faults_of(ballot, answers, votes=1) == []
    assert Letter.objects.count() == before + 1


@pytest.mark.parametrize(
    ("nonces", "votes"),
    [([f"n-{n}" for n in range(WINDOWS)], WINDOWS), (["the same"] * WINDOWS, 1)],
    ids=["sixteen forms", "one form sixteen times"],
)
def test_a_cast_that_looks_and_then_writes_without_a_lock_is_caught(nonces, votes):
    """What `faults_of` is worth: the same harness on the mistake that it is there to find."""
    ballot = an_open_ballot()
    looked = Barrier(WINDOWS)

    def hasty(ballot, *, seat, choice, nonce, by, at):
        fits = not Vote.objects.filter(ballot=ballot, nonce=nonce).exists()
        version = Vote.objects.filter(ballot=ballot).count() + 1
        connection.close()
        looked.wait(timeout=30)
        if fits:
            place = RollSeat.objects.get(ballot=ballot, seat__number=seat).seat
            with writing():
                Vote.objects.create(
                    ballot=ballot,
                    seat=place,
                    version=version,
                    choice=choice,
                    cast_at=at,
                    nonce=nonce,
                )

    answers = casts_of_one_seat(ballot, nonces, cast=hasty)

    assert "IntegrityError" in answers
    assert faults_of(ballot, answers, votes=votes) != []


# --- votes against the close ----------------------------------------------------------------------


def many_like(pattern: Ballot, count: int) -> list[Ballot]:
    """So many open ballots like this one, each another meeting's, with the seats that vote here."""
    meeting = Meeting.objects.get(pk=pattern.meeting_id)
    last = Meeting.objects.order_by("-number")[0].number
    fields = {f.attname: getattr(meeting, f.attname) for f in Meeting._meta.fields}
    asked = {f.attname: getattr(pattern, f.attname) for f in Ballot._meta.fields}
    with writing():
        meetings = Meeting.objects.bulk_create(
            Meeting(**{**fields, "id": None, "number": n, "address": f"again-{n}"})
            for n in range(last + 1, last + 1 + count)
        )
        ballots = Ballot.objects.bulk_create(
            Ballot(**{**asked, "id": None, "meeting_id": one.pk}) for one in meetings
        )
        RollSeat.objects.bulk_create(
            RollSeat(ballot=ballot, seat_id=place.seat_id, person_id=place.person_id)
            for place in pattern.roll.filter(seat__number__in=VOTERS)
            for ballot in ballots
        )
    return list(Ballot.objects.filter(pk__gte=ballots[0].pk).select_related("meeting"))


def votes_against_the_close(
    pattern: Ballot, count: int, close: Any = close_ballot
) -> tuple[list[str], Counter[str]]:
    """What went wrong in so many rounds of three votes against the close, and all answers."""
    actors = {seat: seated(seat) for seat in VOTERS}
    ballots, chance = many_like(pattern, count), Random(790)

    def late_vote(ballot: Ballot, seat: str) -> None:
        by = actors[seat]
        cast_vote(ballot, seat=seat, choice="yes", nonce=seat, by=by, at=CLOSES - TICK)

    def after(wait: float, act: Callable[..., Any], *of: Any, **how: Any) -> Callable[[], Any]:
        return lambda: (time.sleep(wait), act(*of, **how))

    def a_while() -> float:
        return chance.choice((0, 0, 0.001, 0.002, 0.004))

    rounds = [
        [
            after(a_while(), close, ballot, by=CLOCK, at=CLOSES),
            *(after(a_while(), late_vote, ballot, seat) for seat in VOTERS),
        ]
        for ballot in ballots
    ]
    wrong, met = [], Counter()
    for ballot, (closed, *answers) in zip(ballots, in_rounds(rounds), strict=True):
        wrong += lost_votes(ballot, answers) if closed == "accepted" else [f"closed: {closed}"]
        met.update(answers)
    return wrong, met


def lost_votes(ballot: Ballot, answers: list[str]) -> list[str]:
    """Votes that were accepted and do not count, or count and were not accepted."""
    ballot = again(ballot)
    found = list(log.about(ballot.ref))
    (close,) = (entry.index for entry in found if entry.kind == "ballot.closed")
    entries = {
        log.said(entry)["d"]["seat"]: entry.index for entry in found if entry.kind == "ballot.cast"
    }
    counted = answers_of(ballot)
    wrong = [
        f"{seat} {answer}: entry {entries.get(seat)}, close {close}"
        for seat, answer in zip(VOTERS, answers, strict=True)
        if (answer == "accepted") != (seat in counted)
        or (answer == "accepted") != (entries.get(seat, close) < close)
        or answer not in ("accepted", "ballots.closed")
    ]
    if ballot.counts["yes"] != len(counted):
        wrong.append(f"{ballot.counts['yes']} counted of {len(counted)} kept")
    return wrong


def test_a_vote_against_the_close_is_refused_or_counted_and_never_accepted_and_lost(
    monkeypatch, capsys
):
    pattern = an_open_ballot()
    monkeypatch.setattr(acting, "followers", [])
    began = time.monotonic()

    wrong, met = votes_against_the_close(pattern, ROUNDS)

    with capsys.disabled():
        took = time.monotonic() - began
        print(f"\nvotes against the close: {ROUNDS} rounds in {took:.0f} s, {dict(met)}")
    assert wrong == []
    assert met.total() == ROUNDS * len(VOTERS)
    assert met["accepted"] and met["ballots.closed"], "the two never met"


def test_a_close_that_counts_before_it_locks_is_caught(monkeypatch):
    """What `lost_votes` is worth: in the same rounds, a count taken before the last vote."""
    pattern = an_open_ballot()
    monkeypatch.setattr(acting, "followers", [])
    counted = {}

    def hasty(ballot, *, by, at):
        counted[ballot.pk] = answers_of(ballot)
        time.sleep(0.02)
        close_ballot(ballot, by=by, at=at)

    monkeypatch.setattr("madang.ballots.actions.close.answers_of", lambda one: counted[one.pk])

    wrong, met = votes_against_the_close(pattern, 10, close=hasty)

    assert met["accepted"], "the two never met"
    assert any("counted of" in fault for fault in wrong)


# --- keys, workers, numbers -----------------------------------------------------------------------


def test_both_sides_turn_their_keys_at_once_and_the_ballot_is_keyed():
    ballot = a_drafted_ballot()
    digest = text_digest(ballot)
    chairs = [co_chair(side) for side in ("government", "civil_society")] * 4

    answers = at_once(
        [lambda by=by: turn_key(ballot, digest=digest, by=by, at=DRAFTED) for by in chairs]
    )

    assert Counter(answers)["accepted"] == 2
    assert set(answers) <= {"accepted", "ballots.key_turned", "ballots.not_waiting_for_keys"}
    assert again(ballot).status == "keyed"
    assert Key.objects.filter(what=ballot.ref).count() == 2


def test_two_workers_open_and_close_a_ballot_once():
    ballot = a_keyed_ballot()

    opened = at_once([lambda: open_due(CLOCK, OPENS)] * 4)
    closed = at_once([lambda: close_due(CLOCK, CLOSES)] * 4)

    assert set(opened + closed) == {"accepted"}
    assert again(ballot).status == "closed"
    assert [len(recorded(f"ballot.{did}")) for did in ("opened", "closed")] == [1, 1]


def test_officers_who_draft_the_next_round_at_once_make_one():
    first = a_closed_ballot(3)

    answers = at_once([lambda: a_next_round(first)] * WINDOWS)

    assert Counter(answers) == {"accepted": 1, "ballots.round_followed": WINDOWS - 1}
    rounds = Ballot.objects.filter(meeting=first.meeting).values_list("round", flat=True)
    assert sorted(rounds) == [1, 2]
    assert len(recorded("ballot.drafted")) == 2
    assert verify().verdict is Verdict.FINE


def test_meetings_drafted_at_once_are_numbered_one_after_another():
    forum, by = Forum.objects.get(), secretary()
    asked = {"question": QUESTION, "decides": "plan:9", "papers": [], "written_reason": "urgent"}
    before = Meeting.objects.filter(body=forum.body).order_by("-number")[0].number

    answers = at_once(
        [lambda: draft_ballot(forum, **asked, opens_at=OPENS, closes_at=CLOSES, by=by, at=DRAFTED)]
        * 8
    )

    assert answers == ["accepted"] * 8
    numbers = Meeting.objects.filter(body=forum.body, number__gt=before).values_list(
        "number", flat=True
    )
    assert sorted(numbers) == list(range(before + 1, before + 9))
