"""Rounds: a question that too few answered may be put again, at the same meeting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from madang.ballots.rules.words import BallotStatus, Outcome
from madang.foundation.refusals import NotNow, NotValid

ROOM = "ballot:"


def ref_of(address: str, round: int) -> str:
    """The ref of a meeting's round: `ballot:8`, and from the second on `ballot:8.2`.

    A dot stands in no meeting's address, so no ref means two rounds.
    """
    return f"{ROOM}{address}" if round == 1 else f"{ROOM}{address}.{round}"


def split_ref(ref: str) -> tuple[str, int]:
    """The meeting's address and the round that a ballot's ref stands for."""
    address, _dot, round = ref.removeprefix(ROOM).partition(".")
    return address, int(round) if round.isdecimal() else 1


def check_new_round(
    status: str, outcome: str | None, detail: str, *, followed: bool, elsewhere: bool
) -> None:
    """Whether a new round may follow this one: only where too few answered, so nothing is decided.

    A tie is decided: the rules say what it means. So is a rejection; who wants to ask again makes
    a new ballot, at a meeting of its own. An annulled round was never put to anybody, so it ends
    nothing: a round after it follows the one before it. `followed` is whether such a round is
    there already, `elsewhere` whether another meeting has taken up the question since.

    Source: none of the rules that we have seen says anything; that a vote without a quorum is
    repeated and not reopened is this software's own rule.

    Raises NotNow: ballots.round_not_over, ballots.round_annulled, ballots.round_recorded,
    ballots.round_tied, ballots.round_decided, ballots.round_followed, ballots.asked_elsewhere.
    """
    if status != BallotStatus.CLOSED:
        raise NotNow(_NOT_CLOSED.get(status, "ballots.round_not_over"))
    if outcome != Outcome.NO_QUORUM:
        raise NotNow("ballots.round_tied" if detail == "tie" else "ballots.round_decided")
    if followed:
        raise NotNow("ballots.round_followed")
    if elsewhere:
        raise NotNow("ballots.asked_elsewhere")


_NOT_CLOSED: Mapping[str, str] = {
    BallotStatus.ANNULLED: "ballots.round_annulled",
    BallotStatus.RECORDED: "ballots.round_recorded",
}


def check_after(closed_at: datetime | None, *, opens_at: datetime) -> None:
    """Raises NotValid: ballots.round_opens_early, before the round before it closed."""
    if closed_at and opens_at < closed_at:
        raise NotValid("ballots.round_opens_early")


@dataclass(frozen=True)
class PapersChange:
    """What the papers of a round are beside those of the round before, by their refs."""

    changed: list[str]
    added: list[str]
    dropped: list[Mapping[str, Any]]

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.dropped)


def compare_papers(
    before: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]
) -> PapersChange:
    """Which papers read otherwise than in the round before, which are new, which are gone."""
    then, present = {p["ref"]: p for p in before}, {p["ref"]: p for p in now}
    return PapersChange(
        changed=[
            ref for ref in present if ref in then and present[ref]["sha256"] != then[ref]["sha256"]
        ],
        added=[ref for ref in present if ref not in then],
        dropped=[paper for ref, paper in then.items() if ref not in present],
    )
