"""What is read of calls and proposals by more than one: refs, hashes, the notice that holds."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from madang.calls.models import Call, Proposal
from madang.calls.rules.window import Notice, notice_on, takes_proposals
from madang.documents.files import canonical_digest
from madang.foundation.refusals import NotFound
from madang.members.models import RulesVersion
from madang.planning.models import Plan


def notice_for(opens_at: datetime) -> Notice:
    """The notice that holds for a call that opens then."""
    day = timezone.localdate(opens_at).isoformat()
    version = RulesVersion.objects.filter(in_force_from__lte=day).order_by("-in_force_from").first()
    return notice_on(day, version.figures if version else [])


def call_parts(call: Call) -> dict[str, Any]:
    """What a call says, as plain values."""
    return {
        "opens_at": call.opens_at.isoformat(),
        "closes_at": call.closes_at.isoformat(),
        "answer_by": call.answer_by,
        "answer_at": call.answer_at.kept() if call.answer_at else None,
        "invitation": call.invitation.kept() if call.invitation else None,
        "questions": call.questions,
        "criteria": call.criteria,
        "languages": call.languages,
    }


def call_digest(call: Call) -> str:
    """The hash of what a call says."""
    return canonical_digest(call_parts(call))


def call_of(plan: Plan) -> Call | None:
    """The plan's call, if it has one."""
    return getattr(plan, "call", None)


def is_open(call: Call | None, at: datetime) -> bool:
    """Whether anyone may propose to this call now."""
    return call is not None and takes_proposals(call.status, closes_at=call.closes_at, at=at)


def text_digest(title: str, text: str) -> str:
    """The hash of a proposal's words."""
    return canonical_digest({"title": title, "text": text})


def find_proposal(plan: int, number: int) -> Proposal:
    """Raises NotFound: calls.no_proposal."""
    rows = Proposal.objects.filter(plan__number=plan, number=number)
    found = rows.select_related("plan", "area").first()
    if found is None:
        raise NotFound("calls.no_proposal", label=f"{plan}-{number:04d}")
    return found


_TOLD = Proposal.objects.select_related("plan__call", "contact").only(
    *("number", "state", "title", "version", "plan__number", "plan__call__answer_by"),
    *("contact__email", "contact__language", "contact__stopped_at"),
)
"""Proposals with what a letter to their authors needs."""


def proposal_at(ref: str) -> Proposal:
    """The proposal a ref (`proposal:5-0412`) stands for, with its plan, call and contact."""
    plan, _dash, number = ref.removeprefix("proposal:").partition("-")
    return _TOLD.get(plan__number=int(plan), number=int(number))
