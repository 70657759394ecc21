"""The decision paper of a ballot, as a file."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from madang.ballots.decisions import decision_name
from madang.ballots.pages.ballots import find_ballot
from madang.documents.models import Document
from madang.documents.pages.documents import file_answer
from madang.foundation.refusals import NotFound


def decision(
    request: HttpRequest, address: str, language: str, round: int | None = None
) -> HttpResponse:
    """The paper of a round of the meeting's ballot, of the newest unless one is asked for.

    Raises NotFound: ballots.no_decision_paper, meetings.not_here, ballots.not_here.
    """
    ballot = find_ballot(address, round)
    name = decision_name(ballot, language)
    found = Document.objects.filter(about=ballot.ref, name=name, withdrawn_at=None).first()
    if found is None:
        nearest = [reverse("ballot.round", args=[address, ballot.round])]
        raise NotFound("ballots.no_decision_paper", nearest=nearest)
    return file_answer(found, attached=False)
