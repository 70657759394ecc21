"""What comes on paper or by telephone: entered by one officer, confirmed by a second."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from madang.ballots.actions.key_document import confirm_key, enter_key
from madang.ballots.actions.vote_document import ON_PAPER, confirm_vote, drop_entry, enter_vote
from madang.ballots.models import Ballot
from madang.ballots.pending import waiting_keys, waiting_votes
from madang.ballots.reading import text_digest
from madang.ballots.rules.words import BallotStatus, Choice
from madang.ballots.wording import CHOICES, SIDES, STATES
from madang.foundation.refusals import NotValid, Refusal
from madang.web.pages.desk_ballots import check_same_round, find_held
from madang.web.pages.words import CHANNELS
from madang.web.sentences import sentence
from madang.web.typed import moment_of, typed


def paper(request: Any, address: str) -> HttpResponse:
    """The entries that wait for a second officer, and a form for one more."""
    found = find_held(address)
    if request.method != "POST":
        return _page(request, found)
    try:
        check_same_round(request, found)
        _act(request, found)
    except Refusal as problem:
        return _page(request, find_held(address), problem=problem)
    return redirect("desk.ballot.paper", address)


def _act(request: Any, found: Ballot) -> None:
    who = {"by": request.actor, "at": moment_of(request)}
    document = typed(request, "document")
    match request.POST.get("act"):
        case "key":
            side, digest = typed(request, "side", 20), typed(request, "digest", 64)
            enter_key(found, side=side, digest=digest, document=document, **who)
        case "vote":
            enter_vote(
                found,
                seat=typed(request, "seat", 20),
                choice=typed(request, "choice", 20),
                reason=typed(request, "reason", 4000),
                channel=typed(request, "channel", 20),
                document=document,
                **who,
            )
        case "confirm-key":
            confirm_key(found, entry=_entry(request), **who)
        case "confirm-vote":
            confirm_vote(found, entry=_entry(request), **who)
        case "drop-key":
            drop_entry(found, what="key", entry=_entry(request), **who)
        case "drop-vote":
            drop_entry(found, what="vote", entry=_entry(request), **who)
        case _:
            raise NotValid("web.nothing_chosen")


def _entry(request: Any) -> int:
    asked = typed(request, "entry", 12)
    if not (asked.isascii() and asked.isdigit()):
        raise NotValid("web.nothing_chosen")
    return int(asked)


def _page(request: Any, found: Ballot, *, problem: Refusal | None = None) -> HttpResponse:
    draft, is_open = found.status == BallotStatus.DRAFT, found.status == BallotStatus.OPEN
    roll = found.roll.select_related("seat", "person") if is_open else []
    shown = {
        "ballot": found,
        "status": STATES[found.status],
        "draft": draft,
        "open": is_open,
        "digest": text_digest(found) if draft else "",
        "keys": waiting_keys(found) if draft else [],
        "votes": waiting_votes(found) if is_open else [],
        "me": request.actor.account,
        "sides": list(SIDES.items()),
        "side_words": SIDES,
        "roll": list(roll),
        "choices": [(str(key), CHOICES[key]) for key in Choice],
        "choice_words": CHOICES,
        "channels": [(str(key), CHANNELS[key]) for key in ON_PAPER],
        "channel_words": CHANNELS,
        "given": request.POST,
        "problem": problem and sentence(problem),
    }
    return render(request, "web/desk_paper.html", shown, status=problem.status if problem else 200)
