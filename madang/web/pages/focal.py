"""A focal point's own page, by a mailed link: what its agency has here, and handing the post over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from madang.drafting.models import Commitment, Lead
from madang.foundation.refusals import NotValid, Refusal
from madang.foundation.texts import Text
from madang.letters.focal import FocalLink, focal_link
from madang.members.actions.focal import hand_over
from madang.members.models import FocalPoint, normal_email
from madang.web.pages.two_tongues import LINE, all_typed, limited, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of
from madang.web.whose import see_that_it_is_theirs


@dataclass(frozen=True)
class Waiting:
    """Something an agency was asked, or said: where it stands, and whether it waits for an answer."""

    title: Text
    words: Any
    url: str
    waits: bool = False
    until: datetime | None = None


FOR_A_BODY: list[Callable[[FocalLink, datetime], list[Waiting]]] = []
"""What else stands on the page, since the start and newest first. A road to focal points adds
its own."""


def focal(request: Any, token: str) -> HttpResponse:
    """Opening it does nothing. Its one button hands over: two fields, and the link stops."""
    at = moment_of(request)
    link = focal_link(token, at)
    see_that_it_is_theirs(request, link.actor, link.focal.agency)
    values, problem = all_typed(request), None
    if request.method == "POST":
        try:
            return _hand_over(request, link, values)
        except Refusal as refusal:
            problem = refusal
    mine = FocalPoint.objects.filter(agency=link.focal.agency, email=link.focal.email, until=None)
    before = FocalPoint.objects.filter(agency=link.focal.agency, until__isnull=False)
    things = [one for told in FOR_A_BODY for one in told(link, at)]
    shown = {
        "focal": link.focal,
        "agency": link.focal.agency,
        "token": token,
        "posts": [_about(one) for one in mine],
        "before": before.order_by("-until")[:20],
        "waiting": [one for one in things if one.waits],
        "done": [one for one in things if not one.waits],
        "commitments": _led(link.focal),
        "values": values,
        "problem": problem and sentence(problem),
        "where": where(problem, "name"),
    }
    return render(request, "web/focal.html", shown, status=problem.status if problem else 200)


def _hand_over(request: Any, link: FocalLink, values: dict[str, str]) -> HttpResponse:
    if values.get("step") != "hand-over":
        raise NotValid("web.nothing_chosen")
    email = normal_email(limited(values, "email", LINE))
    name = limited(values, "name", LINE)
    hand_over(link.focal, name=name, email=email, by=link.actor, at=moment_of(request))
    shown = {"agency": link.focal.agency, "email": email}
    return render(request, "web/focal_handed_over.html", shown)


def _about(post: FocalPoint) -> dict[str, Any]:
    """A post with the commitment it is for, where it is for one alone."""
    plan, _dash, number = post.about.removeprefix("commitment:").partition("-")
    found = None
    if number:
        found = Commitment.objects.filter(plan__number=plan, number=number).first()
    return {"post": post, "commitment": found}


def _led(post: FocalPoint) -> list[dict[str, Any]]:
    """The commitments an agency leads that everyone can read, the newest plan first."""
    rows = Lead.objects.filter(agency=post.agency, commitment__withdrawn_at=None)
    rows = rows.select_related("commitment__plan").order_by(
        "-commitment__plan__number", "commitment__number"
    )
    seen = {lead.commitment_id: lead.commitment for lead in rows}
    return [
        {
            "title": one.title,
            "plan": one.plan,
            "number": one.number,
            "url": reverse("commitment", args=[one.plan.number, one.number]),
        }
        for one in seen.values()
        if not one.plan.is_draft and not one.plan.withdrawn_at
    ]
