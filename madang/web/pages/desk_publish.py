"""Publishing an adopted plan: what would be published, and the co-chairs' two keys to it."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from madang.ballots.keys import standing_keys
from madang.ballots.models import Ballot
from madang.ballots.wording import OUTCOMES
from madang.calls.replying import unanswered
from madang.foundation.actors import Actor
from madang.foundation.addresses import address_of
from madang.foundation.refusals import NotFound, Refusal
from madang.planning.models import Plan
from madang.plans.actions.key_document import enter_edition_key
from madang.plans.actions.publish import turn_edition_key
from madang.plans.models import Edition
from madang.plans.pages.data import find_plan
from madang.plans.reading import (
    adopted_versions,
    deciding_ballot,
    edition_digest,
    edition_ref,
    hashes_of,
    is_published,
    waiting_edition_keys,
)
from madang.web.pages.acting import act_and_show
from madang.web.pages.ballot_text import key_places
from madang.web.sentences import sentence
from madang.web.tasks import side_of
from madang.web.typed import moment_of, typed


def publish(request: Any, number: int) -> HttpResponse:
    """What the keys publish; the button turns mine, and the second key publishes."""
    return act_and_show(
        request,
        lambda: _act(request, find_plan(number, request.actor)),
        lambda problem: _page(request, find_plan(number, request.actor), problem),
    )


def _act(request: Any, plan: Plan) -> None:
    ballot = deciding_ballot(plan)
    if ballot is None:
        nearest = [reverse("plan", args=[plan.number])]
        raise NotFound("plans.no_ballot_yet", number=plan.number, nearest=nearest)
    digest = typed(request, "digest", most=64)
    turn_edition_key(plan, ballot=ballot, digest=digest, by=request.actor, at=moment_of(request))


def _page(request: Any, plan: Plan, problem: Refusal | None) -> HttpResponse:
    ballot = deciding_ballot(plan)
    shown: dict[str, Any] = {
        "plan": plan,
        "ballot": ballot,
        "ballot_url": address_of(ballot.ref) if ballot else "",
        "outcome": OUTCOMES.get(ballot.outcome or "") if ballot else None,
        "problem": problem and sentence(problem),
        "published": is_published(plan),
        "unanswered": unanswered(plan),
    }
    if shown["published"]:
        shown |= _published(plan)
    elif ballot is not None:
        shown |= _waiting(plan, ballot, request.actor, moment_of(request))
        shown["may_enter"] = enter_edition_key.open_to(request.actor, plan)
        shown["pending"] = len(waiting_edition_keys(plan))
    return render(
        request, "web/desk_publish.html", shown, status=problem.status if problem else 200
    )


def _published(plan: Plan) -> dict[str, Any]:
    edition = Edition.objects.filter(plan=plan).first()
    if edition is None:
        return {}
    return {
        "edition": edition,
        "papers": edition.papers.select_related("document"),
        "places": key_places(standing_keys(edition.ref)),
    }


def _waiting(plan: Plan, ballot: Ballot, actor: Actor, at: datetime) -> dict[str, Any]:
    """The edition as the keys would publish it; or why it can't be published."""
    try:
        versions = adopted_versions(plan, ballot)
    except Refusal as obstacle:
        return {"obstacle": sentence(obstacle)}
    digest = edition_digest(plan, ballot, hashes_of(versions))
    keys = [key for key in standing_keys(edition_ref(plan)) if key.digest == digest]
    mine = side_of(actor, at)
    turned = mine in {key.side for key in keys}
    return {
        "versions": [
            {
                "number": number,
                "title": version.commitment.title,
                "version": version.number,
                "sha256": version.sha256,
                "url": reverse("commitment", args=[plan.number, number]),
            }
            for number, version in versions.items()
        ],
        "edition_number": int(edition_ref(plan).rpartition("-")[2]),
        "digest": digest,
        "places": key_places(keys),
        "turned": turned,
        "mine": bool(mine) and turn_edition_key.open_to(actor, plan) and not turned,
        "second": len(keys) == 1,
    }
