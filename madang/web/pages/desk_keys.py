"""The co-chairs' keys: read the exact text, turn the key on it, or send it back."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madang.ballots.actions.send_back import return_ballot
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Ballot, Key
from madang.ballots.papers import papers_outdated, plan_of
from madang.ballots.reading import text_of
from madang.ballots.rules.words import BallotStatus
from madang.ballots.wording import STATES
from madang.foundation.refusals import NotValid, Refusal
from madang.web.pages.acting import act_and_show
from madang.web.pages.ballot_text import (
    beside_the_last,
    changes,
    key_places,
    read_form,
    roll_of,
    text_shown,
)
from madang.web.pages.desk_ballots import find_held
from madang.web.pages.words import PARTS
from madang.web.sentences import sentence
from madang.web.still_open import still_open
from madang.web.tasks import keys_of, side_of
from madang.web.typed import moment_of, typed

SALT = "madang.web.keys"


def keys(request: Any) -> HttpResponse:
    """What waits for my key, and what waits for the other side's."""
    found = keys_of(request.actor, moment_of(request))
    shown = {
        "mine": [task for task in found if task.mine],
        "waiting": [task for task in found if not task.mine],
    }
    return render(request, "web/desk_keys.html", shown)


def key(request: Any, address: str) -> HttpResponse:
    """The exact text that will go out; one button approves it, the other sends it back."""
    return act_and_show(
        request,
        lambda: _act(request, find_held(address)),
        lambda problem: _page(request, find_held(address), problem),
    )


def _act(request: Any, found: Ballot) -> None:
    at = moment_of(request)
    match request.POST.get("act"):
        case "turn":
            turn_key(found, digest=_read(request, found)["digest"], by=request.actor, at=at)
        case "return":
            return_ballot(found, reason=typed(request, "reason"), by=request.actor, at=at)
        case _:
            raise NotValid("web.nothing_chosen")


def _read(request: HttpRequest, found: Ballot) -> dict[str, Any]:
    """What the co-chair read, as it was signed when it was shown.

    Raises NotValid: web.stale_form, where it is not what we showed of this ballot.
    """
    try:
        read: dict[str, Any] = signing.loads(request.POST.get("read", ""), salt=SALT)
    except signing.BadSignature as error:
        raise NotValid("web.stale_form") from error
    if read["ballot"] != found.ref:
        raise NotValid("web.stale_form")
    return read


def _changed(request: HttpRequest, found: Ballot, now: dict[str, Any]) -> list[dict[str, Any]]:
    """What reads differently than when the form was shown, for a form that comes back."""
    try:
        read = _read(request, found)
    except NotValid:
        return []
    return [
        {"part": PARTS[change.what], "before": change.before, "after": change.after}
        for change in changes(read, now)
    ]


def _page(request: Any, found: Ballot, problem: Refusal | None) -> HttpResponse:
    roll = roll_of(found)
    now = read_form(found, text_of(found), roll)
    turned = Key.objects.filter(what=found.ref).select_related("person", "seat", "file")
    places = key_places(turned, now["digest"] if _waits(found) else found.digest)
    side = side_of(request.actor, moment_of(request))
    plan = plan_of(found) if found.status == BallotStatus.DRAFT else None
    shown = {
        "ballot": found,
        "status": STATES[found.status],
        "text": text_shown(found, request.forum.languages, roll),
        **beside_the_last(found),
        "outdated": found.status == BallotStatus.DRAFT and papers_outdated(found),
        "still_open": still_open(plan, moment_of(request)) if plan else [],
        "digest": now["digest"],
        "read": signing.dumps(now, salt=SALT, compress=True),
        "places": places,
        "turned": any(place.key for place in places if place.side == side),
        "others": [place for place in places if place.side != side],
        "waits": _waits(found),
        "may_turn": found.status == BallotStatus.DRAFT,
        "changed": _changed(request, found, now) if request.method == "POST" else [],
        "given": request.POST.get("reason", ""),
        "field": "reason" if request.POST.get("act") == "return" else "turn",
        "problem": problem and sentence(problem),
    }
    return render(request, "web/desk_key.html", shown, status=problem.status if problem else 200)


def _waits(found: Ballot) -> bool:
    return found.status in (BallotStatus.DRAFT, BallotStatus.KEYED)
