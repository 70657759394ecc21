"""Publishing an adopted plan: what would be published, and the co-chairs' two keys to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from madang.ballots.keys import standing_keys
from madang.ballots.models import Ballot, Key
from madang.ballots.wording import OUTCOMES, SIDES
from madang.foundation.actors import Actor
from madang.foundation.addresses import address_of
from madang.foundation.refusals import NotFound, Refusal
from madang.members.models import CoChair
from madang.planning.models import Plan
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
)
from madang.web.sentences import sentence
from madang.web.typed import moment_of, typed


def publish(request: Any, number: int) -> HttpResponse:
    """What the keys publish; the button turns mine, and the second key publishes."""
    plan = find_plan(number, request.actor)
    ballot = deciding_ballot(plan)
    if request.method != "POST":
        return _page(request, plan, ballot)
    try:
        if ballot is None:
            nearest = [reverse("plan", args=[number])]
            raise NotFound("plans.no_ballot_yet", number=number, nearest=nearest)
        digest = typed(request, "digest", most=64)
        turn_edition_key(
            plan, ballot=ballot, digest=digest, by=request.actor, at=moment_of(request)
        )
    except Refusal as problem:
        return _page(request, find_plan(number, request.actor), ballot, problem=problem)
    return redirect("desk.publish", number)


def _page(
    request: Any, plan: Plan, ballot: Ballot | None, *, problem: Refusal | None = None
) -> HttpResponse:
    shown: dict[str, Any] = {
        "plan": plan,
        "ballot": ballot,
        "ballot_url": address_of(ballot.ref) if ballot else "",
        "outcome": OUTCOMES.get(ballot.outcome or "") if ballot else None,
        "problem": problem and sentence(problem),
        "published": is_published(plan),
    }
    if shown["published"]:
        shown |= _published(plan)
    elif ballot is not None:
        shown |= _waiting(plan, ballot, request.actor)
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
        "places": _places(standing_keys(edition.ref)),
    }


def _waiting(plan: Plan, ballot: Ballot, actor: Actor) -> dict[str, Any]:
    """The edition as the keys would publish it; or why it can't be published."""
    try:
        versions = adopted_versions(plan, ballot)
    except Refusal as obstacle:
        return {"obstacle": sentence(obstacle)}
    digest = edition_digest(plan, ballot, hashes_of(versions))
    keys = [key for key in standing_keys(edition_ref(plan)) if key.digest == digest]
    mine = CoChair.objects.filter(seat__number__in=actor.seats).values_list("side", flat=True)
    turned = {key.side for key in keys} & set(mine)
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
        "places": _places(keys),
        "turned": bool(turned),
        "mine": bool(mine) and turn_edition_key.open_to(actor, plan) and not turned,
        "second": len(keys) == 1,
    }


def _places(keys: list[Key]) -> list[dict[str, Any]]:
    """The row of keys: a place for each side, with the key that stands in it."""
    found = {key.side: key for key in keys}
    return [{"words": words, "key": found.get(side)} for side, words in SIDES.items()]
