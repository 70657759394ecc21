"""The letters of a ballot, and who gets them; each is written in the transaction of its act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from madang.ballots.actions.cast import BallotCast
from madang.ballots.actions.close import BallotClosed
from madang.ballots.actions.open import BallotOpened
from madang.ballots.actions.remind import BallotReminded
from madang.ballots.models import Ballot, RollSeat
from madang.ballots.reading import ballot_at, last_round_before, led_by
from madang.ballots.results import said_again, said_next, said_result
from madang.ballots.wording import OUTCOMES, receipt_number
from madang.foundation.actors import Actor
from madang.foundation.texts import Text
from madang.letters import outbox, texts
from madang.letters.links import issue_link
from madang.letters.models import Letter
from madang.letters.texts import KINDS, Kind
from madang.letters.unsent import unsent
from madang.members.models import Account
from madang.record import log

_ASKED = gettext_lazy(
    "%(question)s\n"
    "\n"
    "Seat %(seat)s: %(person)s\n"
    "Answers are taken until %(closes_at)s.\n"
    "%(again)s"
    "%(mine)s"
    "\n"
    "Your ballot:\n"
    "%(link)s\n"
    "\n"
    "Opening the link votes nothing. It shows whose ballot it is and what is asked; your answer "
    "counts only after you have checked it and typed the number that is then mailed to you. "
    "The link is yours alone: do not pass it on."
)

KINDS.update(
    {
        "ballot.opened": Kind(
            subject=gettext_lazy("Your vote is asked: %(question)s"),
            body=_ASKED,
            opens_a_door=True,
        ),
        "ballot.reminder": Kind(
            subject=gettext_lazy("Not answered yet: %(question)s"),
            body=_ASKED,
            opens_a_door=True,
        ),
        "ballot.code": Kind(
            subject=gettext_lazy("Your number for casting the vote"),
            body=gettext_lazy(
                "Your number for casting the vote of seat %(seat)s is\n"
                "\n"
                "    %(code)s\n"
                "\n"
                "It works once, until %(until)s, and for this question alone:\n"
                "%(question)s\n"
                "\n"
                "Nothing is sent before you type it. If you did not ask for it, tell the "
                "secretariat; without the number nobody votes for you."
            ),
            lasts=timedelta(minutes=30),
            opens_a_door=True,
        ),
        "ballot.receipt": Kind(
            subject=gettext_lazy("Receipt %(number)s: your vote was received"),
            body=gettext_lazy(
                "The vote of seat %(seat)s was received at %(cast_at)s.\n"
                "\n"
                "%(question)s\n"
                "\n"
                "Receipt: %(number)s\n"
                "In the public record: %(entry)s\n"
                "\n"
                "What you answered stands in no letter: it is shown to all at the close, and "
                "to you on your ballot. You may change it until %(closes_at)s; the last answer "
                "counts. If it was not you, tell the secretariat at once."
            ),
        ),
        "ballot.closed": Kind(
            subject=gettext_lazy("%(outcome)s: %(question)s"),
            body=gettext_lazy(
                "%(question)s\n"
                "\n"
                "%(outcome)s. Yes %(yes)s, no %(no)s, abstained %(abstain)s, declared an "
                "interest %(recused)s, not returned %(not_returned)s.\n"
                "\n"
                "%(means)s\n"
                "\n"
                "The count, the rule worked out, and every seat’s answer:\n"
                "%(page)s"
            ),
        ),
    }
)


ASKING = ("ballot.opened", "ballot.reminder")
"""The letters that ask a seat for its vote."""


# --- what follows from an act --------------------------------------------------------------------


def invite(event: BallotOpened, by: Actor, at: datetime) -> None:
    """Ask every seat on the roll for its vote, by a link of its own."""
    if event.opened:
        ballot = ballot_at(event.about)
        _ask(ballot, "ballot.opened", "opened", _readers(ballot), at)


def remind_seats(event: BallotReminded, by: Actor, at: datetime) -> None:
    """Ask again those who have not answered, by a fresh link: the old one is known to them alone."""
    ballot = ballot_at(event.about)
    waited_for = [one for one in _readers(ballot) if one.seat in event.seats]
    _ask(ballot, "ballot.reminder", f"reminded-{event.number}", waited_for, at)


def give_receipt(event: BallotCast, by: Actor, at: datetime) -> None:
    """Confirm a vote to the seat's holder, without saying what it was."""
    ballot = event.place.ballot
    entry = log.this_entry()
    for one in _reading([event.place]):
        number = receipt_number(ballot, event.seat, event.version)
        facts = {
            **_question(ballot),
            "seat": one.seat,
            "number": number,
            "cast_at": at,
            "closes_at": ballot.closes_at,
            "entry": _there(one, "entry", entry),
        }
        _write("ballot.receipt", f"receipt:{event.seat}:{event.version}", ballot, one, facts, at)


def tell_result(event: BallotClosed, by: Actor, at: datetime) -> None:
    """Tell everyone on the roll how it came out."""
    ballot = ballot_at(event.about)
    for one in _readers(ballot):
        with translation.override(one.spoken):
            outcome = str(OUTCOMES[event.outcome])
            means = f"{said_result(ballot)} {said_next(ballot)}".strip()
        page = _there(one, "ballot.round", ballot.meeting.address, ballot.round)
        told = {"outcome": outcome, "means": means, "page": page}
        facts = {**_question(ballot), **event.counts, **told}
        _write("ballot.closed", f"closed:{one.seat}", ballot, one, facts, at)


# --- who reads, and what they are told -----------------------------------------------------------


def unreached_seats(ballot: Ballot, at: datetime) -> set[str]:
    """The seats whose last letter that asked for their vote did not leave."""
    asking = {"kind__in": ASKING, "reason__startswith": f"ballot:{ballot.label}:"}
    stuck = ExpressionWrapper(
        Q(pk__in=unsent(at).filter(**asking).values("pk")), output_field=BooleanField()
    )
    found = Letter.objects.filter(**asking).annotate(stuck=stuck).order_by("written_at", "pk")
    last = {
        reason.rpartition(":")[2]: stuck for reason, stuck in found.values_list("reason", "stuck")
    }
    return {seat for seat, stuck in last.items() if stuck}


@dataclass(frozen=True)
class Reader:
    """A seat's holder with an address to write to."""

    seat: str
    name: Text
    agency: int | None
    account: Account

    @property
    def spoken(self) -> str:
        return self.account.language if self.account.language in dict(settings.LANGUAGES) else "en"


def _readers(ballot: Ballot) -> list[Reader]:
    roll = RollSeat.objects.filter(ballot=ballot, person__account__is_active=True)
    return _reading(roll.select_related("seat", "person__account"))


def _reading(places: Iterable[RollSeat]) -> list[Reader]:
    held = [(place.seat.number, place.person) for place in places if place.person]
    return [
        Reader(seat, person.name, person.agency_id, person.account)
        for seat, person in held
        if hasattr(person, "account") and person.account.is_active
    ]


def _ask(ballot: Ballot, kind: str, why: str, readers: Iterable[Reader], at: datetime) -> None:
    assert ballot.closes_at
    earlier = last_round_before(ballot)
    for one in readers:
        token = issue_link(ballot.ref, f"seat:{one.seat}", ends_at=ballot.closes_at, at=at)
        facts = {
            **_question(ballot),
            "seat": one.seat,
            "person": one.name,
            "closes_at": ballot.closes_at,
            "again": again_line(ballot, earlier, one.spoken),
            "mine": _mine(ballot, one),
            "link": _there(one, "vote", token),
        }
        _write(kind, f"{why}:{one.seat}", ballot, one, facts, at)


def again_line(ballot: Ballot, earlier: Ballot | None, language: str) -> str:
    """That this is a further round, and why, as a paragraph of its own; empty for a first one."""
    if earlier is None:
        return ""
    with translation.override(language):
        return f"\n{said_again(ballot.round, earlier)}\n"


def _mine(ballot: Ballot, one: Reader) -> str:
    """The commitments among the papers that the reader's own agency leads, if any."""
    led = led_by(one.agency, ballot.papers)
    if not led:
        return ""
    with translation.override(one.spoken):
        titles = [Text.of(paper["title"]).say(one.spoken).words for paper in led]
        head = gettext("Your agency leads among the papers:")
    return "\n".join(["", head, *(f"- {title}" for title in titles), ""])


def _question(ballot: Ballot) -> dict[str, Any]:
    return {"question": ballot.question}


def _there(one: Reader, route: str, *args: Any) -> str:
    with translation.override(one.spoken):
        return settings.INSTALLATION.address + reverse(route, args=args)


def _write(
    kind: str, why: str, ballot: Ballot, one: Reader, facts: dict[str, Any], at: datetime
) -> None:
    words = texts.write(kind, one.account.language, facts)
    outbox.post(
        to=one.account.email,
        language=words.language,
        kind=kind,
        reason=f"ballot:{ballot.label}:{why}",
        subject=words.subject,
        body=words.body,
        at=at,
    )
