"""What comes on paper or by telephone: entered by one officer, confirmed by a second.

Keys and votes of a ballot, and keys to a plan's edition; and the files of approvals, which are
for the desk alone.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madang.ballots.actions.key_document import confirm_key, enter_key
from madang.ballots.actions.vote_document import ON_PAPER, confirm_vote, drop_entry, enter_vote
from madang.ballots.models import Ballot
from madang.ballots.pending import waiting_keys, waiting_votes
from madang.ballots.reading import text_digest
from madang.ballots.rules.words import BallotStatus, Choice
from madang.ballots.wording import CHOICES, SIDES, STATES
from madang.documents.models import Document
from madang.documents.pages.documents import file_answer
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.planning.models import Plan
from madang.plans.actions.amend import check_can_key
from madang.plans.actions.key_change_document import (
    confirm_change_key,
    drop_change_entry,
    enter_change_key,
    waiting_change_keys,
)
from madang.plans.actions.key_document import (
    confirm_edition_key,
    drop_edition_entry,
    enter_edition_key,
)
from madang.plans.changing import change_digest, find_change
from madang.plans.models import ChangeRequest
from madang.plans.pages.data import find_plan
from madang.plans.reading import (
    adopted_versions,
    deciding_ballot,
    edition_digest,
    hashes_of,
    waiting_edition_keys,
)
from madang.web.pages.acting import act_and_show, entry_of_form, upload_of
from madang.web.pages.desk_ballots import check_same_round, find_held
from madang.web.pages.words import CHANNELS
from madang.web.sentences import sentence
from madang.web.typed import moment_of, typed


def paper(request: Any, address: str) -> HttpResponse:
    """The entries of a ballot that wait for a second officer, and a form for one more."""
    return act_and_show(
        request,
        lambda: _act(request, find_held(address)),
        lambda problem: _page(request, find_held(address), problem),
    )


def edition_paper(request: Any, number: int) -> HttpResponse:
    """The approvals of a plan's next edition by document."""
    return act_and_show(
        request,
        lambda: _act_on_edition(request, find_plan(number, request.actor)),
        lambda problem: _edition_page(request, find_plan(number, request.actor), problem),
    )


def change_paper(request: Any, number: int, change: int) -> HttpResponse:
    """The approvals of a change of an adopted plan by document."""

    def found() -> ChangeRequest:
        return find_change(find_plan(number, request.actor), change)

    return act_and_show(
        request,
        lambda: _act_on_change(request, found()),
        lambda problem: _change_page(request, found(), problem),
    )


def file(request: HttpRequest, sha256: str) -> HttpResponse:
    """The file of an approval, for those who have to compare it.

    Raises NotFound: documents.not_here.
    """
    row = Document.objects.filter(sha256=sha256, withdrawn_at=None).first()
    if row is None:
        raise NotFound("documents.not_here")
    answered = file_answer(row)
    answered["Cache-Control"] = "no-store"
    return answered


def _act(request: Any, found: Ballot) -> None:
    check_same_round(request, found)
    who = {"by": request.actor, "at": moment_of(request)}
    document = typed(request, "document")
    match request.POST.get("act"):
        case "key":
            side, digest = typed(request, "side", 20), typed(request, "digest", 64)
            file = upload_of(request)
            enter_key(found, side=side, digest=digest, document=document, file=file, **who)
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
            confirm_key(found, entry=entry_of_form(request), **who)
        case "confirm-vote":
            confirm_vote(found, entry=entry_of_form(request), **who)
        case "drop-key":
            drop_entry(found, what="key", entry=entry_of_form(request), **who)
        case "drop-vote":
            drop_entry(found, what="vote", entry=entry_of_form(request), **who)
        case _:
            raise NotValid("web.nothing_chosen")


def _act_on_edition(request: Any, plan: Plan) -> None:
    who = {"by": request.actor, "at": moment_of(request)}
    ballot = deciding_ballot(plan)
    if ballot is None:
        raise NotNow("plans.no_ballot_yet", number=plan.number)
    match request.POST.get("act"):
        case "key":
            enter_edition_key(
                plan,
                ballot=ballot,
                side=typed(request, "side", 20),
                digest=typed(request, "digest", 64),
                document=typed(request, "document"),
                file=upload_of(request),
                **who,
            )
        case "confirm-key":
            confirm_edition_key(plan, ballot=ballot, entry=entry_of_form(request), **who)
        case "drop-key":
            drop_edition_entry(plan, entry=entry_of_form(request), **who)
        case _:
            raise NotValid("web.nothing_chosen")


def _act_on_change(request: Any, found: ChangeRequest) -> None:
    who = {"by": request.actor, "at": moment_of(request)}
    match request.POST.get("act"):
        case "key":
            enter_change_key(
                found,
                side=typed(request, "side", 20),
                digest=typed(request, "digest", 64),
                document=typed(request, "document"),
                file=upload_of(request),
                **who,
            )
        case "confirm-key":
            confirm_change_key(found, entry=entry_of_form(request), **who)
        case "drop-key":
            drop_change_entry(found, entry=entry_of_form(request), **who)
        case _:
            raise NotValid("web.nothing_chosen")


def _page(request: Any, found: Ballot, problem: Refusal | None) -> HttpResponse:
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


def _edition_page(request: Any, plan: Plan, problem: Refusal | None) -> HttpResponse:
    digest, obstacle = _edition_now(plan)
    shown = {
        "plan": plan,
        "digest": digest,
        "obstacle": obstacle,
        "keys": waiting_edition_keys(plan) if digest else [],
        "me": request.actor.account,
        "sides": list(SIDES.items()),
        "side_words": SIDES,
        "given": request.POST,
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_edition_paper.html", shown, status=status)


def _change_page(request: Any, found: ChangeRequest, problem: Refusal | None) -> HttpResponse:
    digest, obstacle = _change_now(request, found)
    shown = {
        "plan": found.plan,
        "change": found,
        "digest": digest,
        "obstacle": obstacle,
        "keys": waiting_change_keys(found),
        "me": request.actor.account,
        "sides": list(SIDES.items()),
        "side_words": SIDES,
        "given": request.POST,
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_change_paper.html", shown, status=status)


def _change_now(request: Any, found: ChangeRequest) -> tuple[str, str]:
    """What a key to the change signs; or why none can be turned."""
    try:
        return check_can_key(found, change_digest(found), moment_of(request)), ""
    except Refusal as refused:
        return "", sentence(refused)


def _edition_now(plan: Plan) -> tuple[str, str]:
    """What a key to the plan's next edition signs; or why there is nothing to sign."""
    ballot = deciding_ballot(plan)
    try:
        if ballot is None:
            raise NotNow("plans.no_ballot_yet", number=plan.number)
        return edition_digest(plan, ballot, hashes_of(adopted_versions(plan, ballot))), ""
    except Refusal as refused:
        return "", sentence(refused)
