"""Closed ballots counted again from the public record, and compared with what the pages show."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from madang.ballots.actions.cast import BallotCast
from madang.ballots.actions.close import BallotClosed
from madang.ballots.models import Ballot
from madang.ballots.reading import answers_of, seats_of
from madang.ballots.rules.tally import decide, read_rules, tally
from madang.ballots.rules.words import BallotStatus
from madang.record import log


@dataclass(frozen=True)
class Miscount:
    """A closed ballot that says something else than the record, and what."""

    ballot: str
    why: str


def miscounts() -> Iterator[Miscount]:
    """Every closed ballot that does not count as its entries do, with the first difference."""
    closed = Ballot.objects.filter(status=BallotStatus.CLOSED).select_related("meeting")
    for ballot in closed.order_by("pk"):
        if why := _difference(ballot):
            yield Miscount(ballot.ref, why)


def _difference(ballot: Ballot) -> str:
    entry = log.last(BallotClosed.KIND, about=ballot.ref)
    if entry is None:
        return "no entry says that it closed"
    said, kept, opened = log.said(entry)["d"], answers_of(ballot), _opened(ballot)
    for seat, choice in opened.items():
        if choice is not None and kept.get(seat) != choice:
            return f"the vote of {seat} is not the one of its entry"
    if unknown := sorted(kept.keys() - opened.keys()):
        return f"the vote of {unknown[0]} has no entry"
    counted = tally(kept, seats_of(ballot))
    decision = decide(counted, read_rules(ballot.rules or []))
    shown = {"counts": ballot.counts, "outcome": ballot.outcome, "detail": ballot.detail}
    again = {
        "counts": asdict(counted),
        "outcome": decision.outcome.value,
        "detail": decision.detail,
    }
    for name, value in again.items():
        if not shown[name] == said[name] == value:
            return f"its {name} are not those of its entry, counted again"
    return ""


def _opened(ballot: Ballot) -> dict[str, Any]:
    """Each seat's last choice by the record; None where its opening was erased."""
    found: dict[str, Any] = {}
    about = log.about(ballot.ref).filter(kind=BallotCast.KIND).order_by("index")
    opened = log.opened(BallotCast.KIND, about=ballot.ref)
    for entry in about:
        shown = opened.get(entry.index)
        choice = shown.openings.get("choice") if shown else None
        found[log.said(entry)["d"]["seat"]] = choice.value if choice else None
    return found
