"""The letter to whoever proposed something: into which candidate a group took it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy, ngettext

from madang.calls.letters import letter_reason, tell_author
from madang.foundation.actors import Actor
from madang.foundation.templatetags.madang import spell
from madang.letters import outbox
from madang.letters.texts import KINDS, Kind
from madang.taskforces.actions.candidates import CandidatesMerged, CandidateSplit
from madang.taskforces.actions.mark import MarkUndone, ProposalMarked, ProposalSettled
from madang.taskforces.models import Candidate, Origin

AFTER = timedelta(hours=1)
"""How long such a letter waits: what a member takes back at once was never said."""

KINDS["proposal.joined"] = Kind(
    subject=gettext_lazy("Proposal %(label)s is part of candidate %(number)s"),
    body=gettext_lazy(
        "%(title)s\n"
        "\n"
        "The group that reads it made your proposal part of a candidate for the plan. %(others)s\n"
        "\n"
        "Candidate %(number)s: %(candidate)s\n"
        "%(candidate_page)s\n"
        "\n"
        "This is not the answer yet. %(answer)s Your proposal keeps its number, its words and its "
        "page:\n"
        "%(page)s"
    ),
)
_ANSWER = gettext_lazy("The answer comes by %(day)s, with its reason.")
_SOME_DAY = gettext_lazy("The answer comes with its reason.")


def tell_joined(
    event: ProposalMarked | ProposalSettled | CandidatesMerged | CandidateSplit,
    by: Actor,
    at: datetime,
) -> None:
    """Tell the authors of what went into a candidate by this act."""
    ref = _candidate_of(event)
    if not ref:
        return
    plan, _dash, number = ref.removeprefix("candidate:").partition("-")
    threads = Origin.objects.filter(
        candidate__plan__number=int(plan), candidate__number=int(number), made_at=at, ended_at=None
    )
    rows = threads.filter(proposal__contact__isnull=False).select_related(
        "proposal__plan__call", "proposal__contact"
    )
    found = list(rows)
    if not found:
        return
    counted = Candidate.objects.annotate(inside=Count("placements")).select_related("plan")
    candidate = counted.get(plan__number=int(plan), number=int(number))
    for thread in found:
        _tell(thread, candidate, at)


def forget_joined(event: MarkUndone, by: Actor, at: datetime) -> None:
    """Unwrite the letter on what was taken back, where it has not left."""
    plan, _dash, number = event.about.removeprefix("proposal:").partition("-")
    ended = Origin.objects.filter(
        proposal__plan__number=int(plan), proposal__number=int(number), ended_at=at, why="undone"
    )
    for thread in ended.select_related("proposal__plan", "candidate"):
        outbox.take_back(letter_reason(thread.proposal, _why(thread)))


def _candidate_of(event: Any) -> str:
    if isinstance(event, CandidatesMerged):
        return event.about
    return (event.into if isinstance(event, CandidateSplit) else event.candidate) or ""


def _why(thread: Origin) -> str:
    return f"joined-{thread.candidate.number}:{thread.made_at.isoformat()}"


def _tell(thread: Origin, candidate: Any, at: datetime) -> None:
    others = candidate.inside - 1
    call = getattr(thread.proposal.plan, "call", None)

    def facts() -> dict[str, Any]:
        language = translation.get_language() or "ko"
        shown = ngettext(
            "%(count)s other proposal lies in it.", "%(count)s other proposals lie in it.", others
        )
        page = reverse("candidate", args=[candidate.plan.number, candidate.number])
        return {
            "number": candidate.number,
            "candidate": candidate.title.say(language).words,
            "candidate_page": settings.INSTALLATION.address + page,
            "others": shown % {"count": others} if others > 0 else "",
            "answer": _ANSWER % {"day": spell(call.answer_by)} if call else str(_SOME_DAY),
        }

    tell_author(thread.proposal, "proposal.joined", _why(thread), facts, at, after=AFTER)
