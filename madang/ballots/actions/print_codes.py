"""Codes on paper for seats whose mail is slow: one officer asks, another confirms and prints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from madang.ballots.models import Ballot, PendingCodes, RollSeat
from madang.ballots.pending import officer, waiting
from madang.ballots.rules.permissions import MAY
from madang.ballots.rules.preparing import check_can_print, check_paper
from madang.foundation.actors import Actor
from madang.foundation.refusals import NotNow, NotValid
from madang.letters.printed import Sheet, keep_sheet, revoke_printed
from madang.members.rules.standing_in import check_second_officer
from madang.record.acting import action
from madang.record.events import Event


@dataclass(frozen=True, kw_only=True)
class CodesAsked(Event):
    """An officer asked for printed codes for some seats; `document` is the note of who wanted them."""

    KIND: ClassVar[str] = "codes.asked"

    seats: list[str]
    document: str


@dataclass(frozen=True, kw_only=True)
class CodesPrinted(Event):
    """Codes were printed for these seats, as two officers wanted it. The codes stand nowhere."""

    KIND: ClassVar[str] = "codes.printed"

    seats: list[str]
    document: str


@dataclass(frozen=True, kw_only=True)
class CodesRevoked(Event):
    """A seat's printed code was made void."""

    KIND: ClassVar[str] = "codes.revoked"

    seat: str


@action("codes.ask", may=MAY)
def ask_codes(
    ballot: Ballot, *, seats: Iterable[str], document: str, by: Actor, at: datetime
) -> CodesAsked:
    """Ask for printed codes for seats of the roll; another officer confirms it and prints.

    Whoever holds a sheet can vote for its seat, so no officer makes one alone (SECURITY §6: what
    speaks for a member takes two). Against two who agree there are four things to be seen: the
    record names the seats, the holder is told by mail at once and gets the receipt, the result
    shows that a printed code was used, and the holder may answer anew.

    Raises NotNow: ballots.not_open_yet, ballots.closed, ballots.codes_asked. Raises NotValid:
    ballots.codes_no_seat, ballots.codes_no_address, ballots.no_document.
    """
    assert ballot.closes_at
    check_can_print("codes.ask", ballot.status, closes_at=ballot.closes_at, at=at)
    check_paper("codes.ask", ballot.status, document)
    asked = _on_roll(ballot, seats)
    asked_before = PendingCodes.objects.filter(**waiting(ballot)).values_list("seats", flat=True)
    for seat in {seat for before in asked_before for seat in before} & set(asked):
        raise NotNow("ballots.codes_asked", seat=seat)
    PendingCodes.objects.create(
        ballot=ballot,
        seats=asked,
        document=document.strip(),
        entered_by_id=officer(by),
        entered_at=at,
    )
    return CodesAsked(about=ballot.ref, seats=asked, document=document.strip())


@action("codes.print", may=MAY)
def print_codes(
    ballot: Ballot, *, entry: int, sheets: Mapping[str, Sheet], by: Actor, at: datetime
) -> CodesPrinted:
    """Make the sheets good that another officer asked for. They end with the ballot.

    `sheets` has a fresh sheet for each seat: made outside, since nothing of them may stand in
    what this act says. A seat's printed code before it is void.

    Raises NotNow: ballots.nothing_pending, ballots.not_open_yet, ballots.closed. Raises
    NotAllowed: members.own_entry.
    """
    found = PendingCodes.objects.filter(**waiting(ballot), pk=entry).first()
    if found is None:
        raise NotNow("ballots.nothing_pending")
    assert ballot.closes_at
    check_can_print("codes.print", ballot.status, closes_at=ballot.closes_at, at=at)
    check_second_officer(found.entered_by_id, by.account)
    for seat in found.seats:
        keep_sheet(ballot.ref, f"seat:{seat}", sheets[seat], ends_at=ballot.closes_at, at=at)
    found.confirmed_by_id, found.confirmed_at = by.account, at
    found.save()
    return CodesPrinted(about=ballot.ref, seats=found.seats, document=found.document)


@action("codes.revoke", may=MAY)
def revoke_codes(ballot: Ballot, *, seat: str, by: Actor, at: datetime) -> CodesRevoked:
    """Make a seat's printed code void: a sheet was lost, or nobody asked for it.

    Raises NotNow: ballots.no_printed_code.
    """
    if not revoke_printed(ballot.ref, f"seat:{seat}", at):
        raise NotNow("ballots.no_printed_code")
    return CodesRevoked(about=ballot.ref, seat=seat)


def _on_roll(ballot: Ballot, seats: Iterable[str]) -> list[str]:
    """The seats asked for, in the roll's order, each with someone who can sign in."""
    asked = set(seats)
    if not asked:
        raise NotValid("ballots.codes_no_seat", field="seats")
    able = RollSeat.objects.filter(ballot=ballot, person__account__is_active=True)
    found = [seat for seat in able.values_list("seat__number", flat=True) if seat in asked]
    for seat in sorted(asked - set(found)):
        raise NotValid("ballots.codes_no_address", seat=seat[:20], field="seats")
    return found
