"""What a ballot stands on: the roll and the rules of a day, the text its keys sign, its answers."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Max, OuterRef, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from madang.ballots.models import Ballot, Vote
from madang.ballots.rules.rounds import split_ref
from madang.ballots.rules.words import BallotStatus
from madang.documents.files import canonical_digest
from madang.drafting.models import Lead
from madang.meetings.models import Meeting
from madang.members.models import Holding, RulesVersion, Seat, lasting
from madang.record import log

BALLOT_RULES = ("quorum", "majority", "tie", "early-close", "notice-in-writing", "reminders")
"""The rules a ballot freezes; others of the forum's rules do not bear on it."""


def roll_on(day: str) -> list[Holding]:
    """Who sits in which seat on a day (`2026-11-23`), in the order of the seats; each seat once.

    Where a source gives years alone, one holder's end and the next one's start may both take in
    the day: then it is the one who came last.
    """
    held = Holding.objects.filter(lasting(day)).select_related("seat__seat_class", "person")
    came = F("starts").asc(nulls_first=True)
    ordered = held.order_by("seat__seat_class__position", "seat__position", came, "pk")
    return list({holding.seat_id: holding for holding in ordered}.values())


def rules_on(day: str) -> list[dict[str, Any]]:
    """The figures in force on a day that bear on a ballot; empty where no rules are recorded."""
    version = RulesVersion.objects.filter(in_force_from__lte=day).order_by("-in_force_from").first()
    figures = version.figures if version else []
    return [figure for figure in figures if figure["key"] in BALLOT_RULES]


def roll_digest(roll: Iterable[Holding]) -> str:
    """The hash of a roll: which seats, held by whom."""
    return canonical_digest([[h.seat.number, h.person.slug if h.person else None] for h in roll])


def text_digest(ballot: Ballot) -> str:
    """What a key signs: question, papers, rules, roll and window, as they are on the day it opens.

    Any change of any of them is another text, and a key turned on the old one is void.
    """
    return canonical_digest(text_of(ballot))


def text_of(ballot: Ballot) -> dict[str, Any]:
    """The parts of what a key signs, as the JSON value that is hashed."""
    assert ballot.opens_at and ballot.closes_at
    day = timezone.localdate(ballot.opens_at).isoformat()
    return {
        "question": ballot.question.kept(),
        "decides": ballot.decides,
        "papers": ballot.papers,
        "written_reason": ballot.written_reason,
        "rules": rules_on(day),
        "roll": roll_digest(roll_on(day)),
        "window": [ballot.opens_at.isoformat(), ballot.closes_at.isoformat()],
    }


def counting_votes(ballot: Ballot | OuterRef) -> models.QuerySet[Vote]:
    """The vote of each seat that counts: its last one."""
    newest = Window(RowNumber(), partition_by=[F("seat")], order_by=F("version").desc())
    return Vote.objects.filter(ballot=ballot).annotate(place=newest).filter(place=1)


def last_votes(ballot: Ballot) -> list[Vote]:
    """The votes that count, with their seats."""
    return list(counting_votes(ballot).select_related("seat__seat_class"))


def answers_of(ballot: Ballot) -> dict[str, str]:
    """Each seat's choice that counts, by the seat's number."""
    return {vote.seat.number: vote.choice for vote in last_votes(ballot)}


def seats_of(ballot: Ballot) -> list[str]:
    """The numbers of the seats on the roll."""
    return list(ballot.roll.values_list("seat__number", flat=True))


def ballot_at(ref: str) -> Ballot:
    """The ballot a ref stands for: `ballot:7` the first round, `ballot:7.2` the second."""
    address, round = split_ref(ref)
    found = Ballot.objects.select_related("meeting__body")
    return found.get(meeting__address=address, round=round)


def last_round_before(ballot: Ballot) -> Ballot | None:
    """The round before this one that was held; None for the first."""
    before = Ballot.objects.filter(meeting=ballot.meeting_id, round__lt=ballot.round)
    return before.filter(status=BallotStatus.CLOSED).order_by("-round").first()


def next_round(meeting: Meeting) -> int:
    """The number of the round that would come next; one that was annulled keeps its own."""
    last = Ballot.objects.filter(meeting=meeting).aggregate(most=Max("round"))["most"]
    return (last or 0) + 1


def led_by(agency: int | None, papers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The papers that are commitments the agency leads, itself or through a part of it."""
    if agency is None:
        return []
    leads = Lead.objects.filter(models.Q(agency=agency) | models.Q(agency__parent=agency))
    led = leads.values_list("commitment__plan__number", "commitment__number")
    refs = {f"commitment:{plan}-{number}" for plan, number in led}
    return [paper for paper in papers if paper["ref"] in refs]


def all_answered(ballot: Ballot) -> bool:
    """Whether no seat of the roll is waited for any more."""
    answered = Vote.objects.filter(ballot=ballot).values("seat")
    return not ballot.roll.exclude(seat__in=answered).exists()


def last_vote(ballot: Ballot, seat: Seat) -> Vote | None:
    """The vote of a seat that counts so far."""
    return Vote.objects.filter(ballot=ballot, seat=seat).order_by("-version").first()


def entry_of(ballot: Ballot, seat: str, version: int) -> int | None:
    """The number of the record's entry of a vote."""
    for entry in log.about(ballot.ref).filter(kind="ballot.cast"):
        clear = log.said(entry)["d"]
        if (clear["seat"], clear["version"]) == (seat, version):
            return entry.index
    return None
