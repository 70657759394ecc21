"""Letters about keys: whose is asked for, whose is void, and what came back; and of printed codes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from madang.ballots.actions.annul import BallotAnnulled
from madang.ballots.actions.draft import BallotDrafted
from madang.ballots.actions.open import BallotOpened
from madang.ballots.actions.print_codes import CodesPrinted
from madang.ballots.actions.revise import BallotRevised
from madang.ballots.actions.send_back import BallotReturned
from madang.ballots.actions.turn_key import KeyTurned
from madang.ballots.keys import voided_now
from madang.ballots.letters import again_line
from madang.ballots.models import Ballot, Key, RollSeat, SentBack
from madang.ballots.reading import ballot_at, last_round_before
from madang.ballots.wording import SIDES
from madang.foundation.actors import Actor, Role
from madang.foundation.texts import Text
from madang.letters import outbox, texts
from madang.letters.texts import KINDS, Kind
from madang.members.chairs import chairs_on
from madang.members.models import Account
from madang.record import log

WHY_VOID = {
    "ballot.revised": gettext_lazy("The secretariat changed the text."),
    "ballot.returned": gettext_lazy("A co-chair sent the ballot back to the secretariat."),
    "ballot.annulled": gettext_lazy("The secretariat dropped the ballot before it opened."),
    "ballot.opened": gettext_lazy(
        "At the time of opening the roll, the rules or the text were no longer what both keys had "
        "approved, or the window was over. It waits for both keys anew."
    ),
    "key.turned": gettext_lazy(
        "The roll, the rules or the text have changed since, and the other side’s key was turned "
        "on what it says now."
    ),
}
"""Why the keys that an act ended are void, by the kind of its event."""
ENDS_KEYS = BallotRevised | BallotReturned | BallotAnnulled | BallotOpened | KeyTurned

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
        "ballot.key_void": Kind(
            subject=gettext_lazy("Your key is void: %(question)s"),
            body=gettext_lazy(
                "%(question)s\n"
                "\n"
                "The key turned for the side %(side)s at %(turned_at)s is void. %(why)s\n"
                "\n"
                "What it says now, and where a key can be turned anew while it waits for keys:\n"
                "%(page)s\n"
                "\n"
                "Opening the link turns no key."
            ),
        ),
        "ballot.code_printed": Kind(
            subject=gettext_lazy("A printed code was made for your vote: %(question)s"),
            body=gettext_lazy(
                "%(question)s\n"
                "\n"
                "The secretariat printed a sheet for seat %(seat)s, with a link and a code that "
                "confirms one vote until %(closes_at)s. Two officers asked for it; the note of who "
                "wanted it is filed under %(document)s.\n"
                "\n"
                "If you did not ask for it, tell the secretariat at once: the code can be made "
                "void. A vote confirmed with it is shown as such, you get its receipt by mail, and "
                "until the close you may answer anew; the last answer counts.\n"
                "\n"
                "Your ballot, signed in:\n"
                "%(page)s"
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
    """Tell the co-chairs that a text waits for their keys.

    Whose key the same act made void is told so, and reads there what is asked: not twice.
    """
    ballot = ballot_at(event.about)
    told = {key.side for key in voided_now(ballot.ref, at)}
    facts = {
        "question": ballot.question,
        "opens_at": ballot.opens_at,
        "closes_at": ballot.closes_at,
        "again": _again(ballot),
    }
    asked = chairs_of({"government", "civil_society"} - told, at)
    # One letter an act: a text that comes back after another one is asked for anew.
    why = f"{_named(ballot)}:keys:{log.this_entry()}"
    write_to(asked, "ballot.keys_wanted", why, facts, page=("desk.key", _where(ballot)), at=at)


def _again(ballot: Ballot) -> Text | str:
    """That it is a further round, in each language; nothing for a first one."""
    if (earlier := last_round_before(ballot)) is None:
        return ""
    return Text({key: again_line(ballot, earlier, key) for key, _ in settings.LANGUAGES})


def tell_keys_void(event: ENDS_KEYS, by: Actor, at: datetime) -> None:
    """Tell whoever turned a key that it is void, and who sits in that chair now."""
    ballot = ballot_at(event.about)
    for key in voided_now(ballot.ref, at):
        facts = {"question": ballot.question, **void_facts(key, WHY_VOID[event.KIND])}
        why, page = f"{_named(ballot)}:key-void:{key.pk}", ("desk.key", _where(ballot))
        write_to(holders_of(key, at), "ballot.key_void", why, facts, page=page, at=at)


def tell_secretariat(event: BallotReturned, by: Actor, at: datetime) -> None:
    """Tell the secretariat why a co-chair sent a ballot back."""
    ballot = ballot_at(event.about)
    kept = SentBack.objects.filter(ballot=ballot).select_related("seat")[0]
    facts = {"question": ballot.question, "seat": kept.seat.number, "reason": kept.reason}
    why, page = f"{_named(ballot)}:returned:{kept.pk}", ("desk.ballot", _where(ballot))
    write_to(_officers(), "ballot.returned", why, facts, page=page, at=at)


def tell_printed(event: CodesPrinted, by: Actor, at: datetime) -> None:
    """Tell the holder of each seat that a sheet with a code was printed for it."""
    ballot = ballot_at(event.about)
    rows = RollSeat.objects.filter(ballot=ballot, seat__number__in=event.seats)
    for row in rows.select_related("seat", "person__account"):
        facts = {
            "question": ballot.question,
            "seat": row.seat.number,
            "closes_at": ballot.closes_at,
            "document": event.document,
        }
        why = f"{_named(ballot)}:printed:{log.this_entry()}"
        accounts = Account.objects.filter(person=row.person, is_active=True)
        page = ("desk.vote", _where(ballot))
        write_to(accounts, "ballot.code_printed", why, facts, page=page, at=at)


# --- who is told ---------------------------------------------------------------------------------


def chairs_of(sides: Iterable[str], at: datetime) -> list[Account]:
    """The accounts of who sits in the sides' chairs, or stands in for one."""
    chairs = chairs_on(timezone.localdate(at).isoformat())
    people = [chairs[side].person for side in sides if side in chairs]
    return list(Account.objects.filter(person__in=people, is_active=True).order_by("pk"))


def holders_of(key: Key, at: datetime) -> list[Account]:
    """Whoever turned a key, and who would turn that side's key now."""
    turned = Account.objects.filter(person=key.person, is_active=True)
    return list({account.pk: account for account in [*turned, *chairs_of([key.side], at)]}.values())


def _officers() -> Iterable[Account]:
    granted = Account.objects.filter(
        grants__role=Role.SECRETARIAT.value, grants__ended_at=None, is_active=True
    )
    return granted.distinct().order_by("pk")


# --- what they are told --------------------------------------------------------------------------


def void_facts(key: Key, why: Any) -> dict[str, Any]:
    """What a letter about a void key says of it."""
    return {"side": SIDES[key.side], "turned_at": key.turned_at, "why": why}


def write_to(
    accounts: Iterable[Account],
    kind: str,
    why: str,
    facts: dict[str, Any],
    *,
    page: tuple[str, Sequence[Any]],
    at: datetime,
) -> None:
    """Write a letter of a kind to each account, once for a reason; `page` is a route and its parts."""
    route, parts = page
    for account in accounts:
        spoken = account.language if account.language in dict(settings.LANGUAGES) else "en"
        with translation.override(spoken):
            there = settings.INSTALLATION.address + reverse(route, args=parts)
        words = texts.write(kind, account.language, {**facts, "page": there})
        outbox.post(
            to=account.email,
            language=words.language,
            kind=kind,
            reason=f"{why}:{account.pk}",
            subject=words.subject,
            body=words.body,
            at=at,
        )


def _named(ballot: Ballot) -> str:
    return f"ballot:{ballot.label}"


def _where(ballot: Ballot) -> list[str]:
    return [ballot.meeting.address]
