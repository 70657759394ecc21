"""Letters about a ballot that is being prepared: to the co-chairs whose keys it waits for, and back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from madang.ballots.actions.draft import BallotDrafted
from madang.ballots.actions.revise import BallotRevised
from madang.ballots.actions.send_back import BallotReturned
from madang.ballots.letters import again_line
from madang.ballots.models import Ballot, SentBack
from madang.ballots.reading import ballot_at, last_round_before, text_digest
from madang.foundation.actors import Actor, Role
from madang.letters import outbox, texts
from madang.letters.texts import KINDS, Kind
from madang.members.models import Account, CoChair, lasting

KINDS.update(
    {
        "ballot.keys_wanted": Kind(
            subject=gettext_lazy("A ballot in writing waits for your key: %(question)s"),
            body=gettext_lazy(
                "%(question)s\n"
                "\n"
                "Opens: %(opens_at)s\n"
                "Closes: %(closes_at)s\n"
                "%(again)s"
                "\n"
                "It opens only with the keys of both co-chairs. Read the exact text, and turn "
                "your key or send it back with a reason:\n"
                "%(page)s\n"
                "\n"
                "Opening the link turns no key."
            ),
        ),
        "ballot.returned": Kind(
            subject=gettext_lazy("Sent back by a co-chair: %(question)s"),
            body=gettext_lazy(
                "%(question)s\n"
                "\n"
                "The co-chair in seat %(seat)s sent this ballot back and wrote:\n"
                "\n"
                "%(reason)s\n"
                "\n"
                "Both keys are void. Revise the text here:\n"
                "%(page)s"
            ),
        ),
    }
)


def ask_for_keys(event: BallotDrafted | BallotRevised, by: Actor, at: datetime) -> None:
    """Tell both co-chairs that a text waits for their keys; once for each text."""
    ballot = ballot_at(event.about)
    facts = {"opens_at": ballot.opens_at, "closes_at": ballot.closes_at}
    why = f"keys:{text_digest(ballot)}"
    _write("ballot.keys_wanted", why, ballot, _chairs(at), "desk.key", facts, at)


def tell_secretariat(event: BallotReturned, by: Actor, at: datetime) -> None:
    """Tell the secretariat why a co-chair sent a ballot back."""
    ballot = ballot_at(event.about)
    kept = SentBack.objects.filter(ballot=ballot).select_related("seat")[0]
    facts = {"seat": kept.seat.number, "reason": kept.reason}
    why = f"returned:{kept.pk}"
    _write("ballot.returned", why, ballot, _officers(), "desk.ballot", facts, at)


def _chairs(at: datetime) -> Iterable[Account]:
    day = timezone.localdate(at).isoformat()
    seats = CoChair.objects.filter(lasting(day, "seat__holdings__"), seat__isnull=False)
    people = seats.values("seat__holdings__person")
    return Account.objects.filter(person__in=people, is_active=True).order_by("pk")


def _officers() -> Iterable[Account]:
    granted = Account.objects.filter(
        grants__role=Role.SECRETARIAT.value, grants__ended_at=None, is_active=True
    )
    return granted.distinct().order_by("pk")


def _write(
    kind: str,
    why: str,
    ballot: Ballot,
    accounts: Iterable[Account],
    route: str,
    facts: dict[str, Any],
    at: datetime,
) -> None:
    earlier = last_round_before(ballot)
    for account in accounts:
        spoken = account.language if account.language in dict(settings.LANGUAGES) else "en"
        with translation.override(spoken):
            page = settings.INSTALLATION.address + reverse(route, args=[ballot.meeting.address])
        all_facts = {
            **facts,
            "again": again_line(ballot, earlier, spoken),
            "question": ballot.question,
            "page": page,
        }
        words = texts.write(kind, account.language, all_facts)
        outbox.post(
            to=account.email,
            language=words.language,
            kind=kind,
            reason=f"ballot:{ballot.label}:{why}:{account.pk}",
            subject=words.subject,
            body=words.body,
            at=at,
        )
