"""Stopping a proposal's letters: the link shows whose they are, its button stops them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from madang.calls.actions.stop_letters import stop_letters
from madang.calls.models import Contact
from madang.calls.stopping import find_by_stop_token
from madang.web.typed import moment_of


def stop(request: Any, token: str) -> HttpResponse:
    """Opening it stops nothing: programs open links too."""
    found = find_by_stop_token(token)
    contact = Contact.objects.filter(proposal=found).first()
    if request.method == "POST" and contact and not contact.stopped_at:
        stop_letters(found, by=request.actor, at=moment_of(request))
        contact.refresh_from_db()
    stopped = contact is None or contact.stopped_at is not None
    shown = {"label": found.label, "proposal": found, "stopped": stopped, "token": token}
    return render(request, "web/stop.html", shown)
