"""Ballots of the practice forum in each of their states, through the real actions."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from madang.ballots.actions.cast import cast_vote
from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.draft import draft_ballot
from madang.ballots.actions.draft_round import draft_round
from madang.ballots.actions.open import open_ballot
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Ballot
from madang.ballots.reading import ballot_at, seats_of, text_digest
from madang.documents.models import Document
from madang.foundation.actors import CLOCK, Actor
from madang.foundation.texts import Text
from madang.members.actors import actor_of
from madang.members.models import Account, CoChair, Forum, Holding, RulesVersion, lasting
from madang.record.guard import writing

DRAFTED = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
OPENS = datetime(2026, 3, 8, 15, 0, tzinfo=UTC)
"""Midnight in the forum's time zone, at the beginning of 9 March."""
CLOSES = datetime(2026, 3, 13, 15, 0, tzinfo=UTC)
"""24:00 of 13 March in the forum's time zone."""
DURING = OPENS + timedelta(days=1, hours=10)
AGAIN = CLOSES + timedelta(days=3)
"""When a second round opens; it closes as long after that as a first one."""
AGAIN_CLOSES = AGAIN + (CLOSES - OPENS)
AGAIN_DURING = AGAIN + (DURING - OPENS)
QUESTION = Text({"ko": "제2차 실행계획을 의결합니까?", "en": "Is the second action plan adopted?"})
REASON = "일정이 너무 촉박합니다."


def secretary(at: datetime = DRAFTED) -> Actor:
    """The secretariat of the forum."""
    return actor_of(Account.objects.filter(grants__role="secretariat")[0], on=_day(at))


def co_chair(side: str, at: datetime = DRAFTED) -> Actor:
    """The co-chair of a side, `government` or `civil_society`."""
    return seated(CoChair.objects.get(side=side).seat.number, at)  # type: ignore[union-attr]


def seated(seat: str, at: datetime = DURING) -> Actor:
    """Whoever holds a seat."""
    return actor_of(account_of(seat, at), on=_day(at))


def account_of(seat: str, at: datetime = DURING) -> Account:
    """The account of whoever holds a seat."""
    held = Holding.objects.filter(lasting(_day(at)), seat__number=seat).get()
    return Account.objects.get(person=held.person)


def a_drafted_ballot(
    *,
    at: datetime = DRAFTED,
    opens_at: datetime = OPENS,
    closes_at: datetime = CLOSES,
    **other: Any,
) -> Ballot:
    """A ballot in writing on plan 2, waiting for its keys."""
    asked: dict[str, Any] = {
        "question": QUESTION,
        "decides": "plan:2",
        "papers": papers(),
        "written_reason": "urgent",
        **other,
    }
    event = draft_ballot(
        Forum.objects.get(pk=1),
        **asked,
        opens_at=opens_at,
        closes_at=closes_at,
        by=secretary(at),
        at=at,
    )
    return Ballot.objects.get(meeting__number=event.meeting, meeting__body__forum=1)


def rules_that_ask_for_notice(figure: dict[str, Any] | None) -> None:
    """Let the forum's rules ask for another notice of a vote in writing than they do."""
    version = RulesVersion.objects.get()
    for rule in version.figures:
        rule["figure"] = figure if rule["key"] == "notice-in-writing" else rule["figure"]
    with writing():
        version.save()


def papers() -> list[dict[str, Any]]:
    """Two papers: a file kept here, and the text of a commitment."""
    file = Document.objects.order_by("pk")[0]
    return [
        {"ref": file.ref, "title": file.title.kept(), "sha256": file.sha256},
        {
            "ref": "commitment:1-1",
            "title": {"ko": "첫째 과제", "en": "The first commitment"},
            "sha256": "ab" * 32,
        },
    ]


def a_keyed_ballot(*, at: datetime = DRAFTED + timedelta(hours=1), **other: Any) -> Ballot:
    """A ballot with both co-chairs' keys, waiting for its opening."""
    return with_both_keys(a_drafted_ballot(**other), at=at)


def an_open_ballot(
    answered: int | Mapping[str, str] = 0, *, at: datetime = OPENS, **other: Any
) -> Ballot:
    """An open ballot, and the answers given: so many seats' yes, or `{"gov-1": "no"}`."""
    ballot = a_keyed_ballot(**other)
    open_ballot(ballot, by=CLOCK, at=at)
    if isinstance(answered, int):
        answered = dict.fromkeys(seats_of(ballot)[:answered], "yes")
    for n, (seat, choice) in enumerate(answered.items(), 1):
        answer(ballot, seat, choice, at=at + timedelta(minutes=n))
    return again(ballot)


def a_closed_ballot(
    answered: int | Mapping[str, str] = 20, *, closed_at: datetime = CLOSES, **other: Any
) -> Ballot:
    """A ballot that the clock closed at its time, unless the last answer had closed it before."""
    ballot = an_open_ballot(answered, **other)
    if ballot.status == "open":
        close_ballot(ballot, by=CLOCK, at=closed_at)
    return again(ballot)


def a_next_round(
    ballot: Ballot,
    *,
    at: datetime = CLOSES + timedelta(hours=10),
    opens_at: datetime = AGAIN,
    closes_at: datetime = AGAIN_CLOSES,
    **other: Any,
) -> Ballot:
    """The draft of a round after one that too few answered, asking the same of the same papers."""
    asked: dict[str, Any] = {
        "question": ballot.question,
        "papers": ballot.papers,
        "written_reason": ballot.written_reason,
        "by": secretary(at),
        **other,
    }
    window = {"opens_at": opens_at, "closes_at": closes_at}
    event = draft_round(ballot, **asked, **window, at=at)
    return ballot_at(event.about)


def with_both_keys(ballot: Ballot, *, at: datetime) -> Ballot:
    """A drafted ballot once both co-chairs have turned their keys on it."""
    for side in ("government", "civil_society"):
        turn_key(ballot, digest=text_digest(ballot), by=co_chair(side, at), at=at)
    return again(ballot)


def an_open_round(ballot: Ballot, *, opens_at: datetime = AGAIN, **other: Any) -> Ballot:
    """The round after one that too few answered, open."""
    drafted = a_next_round(ballot, opens_at=opens_at, **other)
    with_both_keys(drafted, at=opens_at - timedelta(hours=5))
    open_ballot(drafted, by=CLOCK, at=opens_at)
    return again(drafted)


def answer(
    ballot: Ballot, seat: str, choice: str, *, at: datetime = DURING, reason: str = ""
) -> Any:
    """A seat's answer by whoever holds it; a no has a reason."""
    return cast_vote(
        ballot,
        seat=seat,
        choice=choice,
        reason=reason or (REASON if choice == "no" else ""),
        nonce=f"{seat}-{choice}-{at.isoformat()}",
        by=seated(seat, at),
        at=at,
    )


def again(ballot: Ballot) -> Ballot:
    """The ballot as it is now."""
    return Ballot.objects.get(pk=ballot.pk)


def _day(at: datetime) -> str:
    return at.date().isoformat()
