"""The page of a ballot."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from madang.ballots.models import Ballot
from madang.foundation.addresses import address_of
from madang.foundation.answers import answer
from madang.foundation.refusals import NotFound
from madang.meetings.pages.meetings import WAYS, find_meeting, meeting_line

CHOICES = ("yes", "no", "abstain", "recused", "not_returned")


def _decided(ref: str) -> dict[str, Any]:
    """What the ballot decides: its ref, its plan's number where it is one, its address."""
    number = ref.removeprefix("plan:")
    plan = int(number) if ref.startswith("plan:") and number.isdigit() else None
    return {"ref": ref, "plan": plan, "url": address_of(ref) or None}


def ballot_data(ballot: Ballot) -> dict[str, Any]:
    """The one shape of a ballot, for its page, its `.json` and, once there is one, its paper.

    What no source gives of a recorded ballot is null: nothing is filled in.
    """
    return {
        "meeting": meeting_line(ballot.meeting),
        "round": ballot.round,
        "status": ballot.status,
        "question": ballot.question,
        "decides": _decided(ballot.decides),
        "way": ballot.way,
        "papers": [],
        "rules": None,
        "opened_at": ballot.starts,
        "closes_at": ballot.ends,
        "window_source": ballot.window_source_id,
        "closed_at": None,
        "roll": None,
        "counts": dict.fromkeys(CHOICES),
        "votes": None,
        "outcome": None,
        "note": ballot.note,
        "source": ballot.source_id,
    }


def ballot(request: HttpRequest, address: str, twin: str) -> HttpResponse:
    meeting = find_meeting(address)
    found = (
        Ballot.objects.filter(meeting=meeting)
        .select_related("meeting__body")
        .order_by("-round")
        .first()
    )
    if found is None:
        nearest = [reverse("meeting", args=[address])]
        raise NotFound("ballots.not_here", address=address, nearest=nearest)
    return answer(request, twin, "ballots/ballot.html", ballot_data(found), extra={"ways": WAYS})
