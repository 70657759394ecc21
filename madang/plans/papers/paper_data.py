"""What a plan's papers are set from: the plan's page and all its commitments, with their sources."""

from typing import Any

from madang.ballots.models import Ballot
from madang.ballots.rules.rounds import split_ref
from madang.ballots.rules.words import BallotStatus
from madang.drafting.models import Commitment, Milestone
from madang.members.models import SeatClass, Source, Term
from madang.members.pages.data import shown_term
from madang.plans.models import Edition
from madang.plans.pages.data import WHOLE_PLANS, commitment_lines, plan_data


def paper_data(edition: Edition) -> dict[str, Any]:
    """The edition's plan, whole; the number of queries does not grow with it."""
    rest = _rest(edition)
    return {
        **plan_data(WHOLE_PLANS.get(pk=edition.plan_id)),
        "edition": {
            "number": edition.number,
            "sha256": edition.sha256,
            "adopted_by": edition.adopted_by,
            "loaded_from": edition.loaded_from,
            "published_at": edition.published_at,
        },
        "commitments": [
            {**line, **rest[line["number"]]} for line in commitment_lines(edition.plan)
        ],
        "adopted": _adopted(edition),
        "sources": {source.key: source for source in Source.objects.all()},
        "seats": _seats(),
    }


def _adopted(edition: Edition) -> dict[str, Any] | None:
    """The ballot held here that adopted the edition: its meeting, round, close and counts."""
    address, round = split_ref(edition.adopted_by or "")
    held = Ballot.objects.filter(meeting__address=address, round=round, status=BallotStatus.CLOSED)
    ballot = held.select_related("meeting").first()
    if ballot is None:
        return None
    return {
        "meeting": ballot.meeting.number,
        "round": ballot.round,
        "closed_at": ballot.closed_at,
        "counts": ballot.counts,
    }


def _rest(edition: Edition) -> dict[int, dict[str, Any]]:
    """By number, what a row of the plan does not hold of a commitment."""
    rows = Commitment.objects.filter(plan=edition.plan, withdrawn_at=None).prefetch_related(
        "milestones__agency", "review_codes__sub_commitment"
    )
    return {
        row.number: {
            "description": row.description,
            "problem": row.problem,
            "period": {"from": row.starts, "to": row.ends, "source": row.period_source_id}
            if row.starts or row.ends
            else None,
            "milestones": [_milestone(step) for step in row.milestones.all()],
            "review": [
                {
                    "measure": code.measure,
                    "value": code.value,
                    "text": code.text,
                    "part": code.sub_commitment.label if code.sub_commitment else None,
                    "source": code.source_id,
                }
                for code in row.review_codes.all()
            ],
            "note": row.note,
        }
        for row in rows
    }


def _milestone(step: Milestone) -> dict[str, Any]:
    return {
        "label": step.label,
        "numbered_here": step.numbered_here,
        "title": step.title,
        "output": step.output,
        "from": step.starts,
        "due": step.due,
        "agency": step.agency.name if step.agency else None,
        "source": step.source_id,
    }


def _seats() -> dict[str, Any] | None:
    """The seats of the term the seat chart shows: its first day and how many each side has."""
    term = shown_term(list(Term.objects.all()))
    if term is None:
        return None
    sides = dict(SeatClass.objects.values_list("key", "side"))
    counts = {"government": 0, "civil_society": 0}
    for seats in term.seats:
        counts[sides[seats["class"]]] += seats["count"]
    return {"term": term.number, "from": term.starts, "source": term.source_id, **counts}
