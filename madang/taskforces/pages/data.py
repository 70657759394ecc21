"""The shapes of groups and candidates: one for the page and for the data alike."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Avg, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from madang.calls.models import Endorsement, Proposal
from madang.calls.pages.data import plan_head, row_data
from madang.calls.rules.words import ProposalState
from madang.foundation.actors import Actor
from madang.foundation.gathering import Gathered
from madang.foundation.refusals import NotFound
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.planning.rules.permissions import sees_drafts
from madang.taskforces.models import (
    Candidate,
    CandidateTie,
    Group,
    GroupMeeting,
    GroupMember,
    Homework,
    Placement,
    Score,
)
from madang.taskforces.rules.working import is_late

SHOWN = 50
"""How many proposals stand on the page of a group or a candidate; its table has them all."""


def counted(rows: QuerySet[Any], by: str, *, what: Any = None) -> Subquery:
    """A number beside each row: how many of the rows name it."""
    grouped = rows.order_by().values(by).annotate(number=what or Count("pk")).values("number")
    return Subquery(grouped, output_field=IntegerField())


# --- groups --------------------------------------------------------------------------------------


WAITS = Q(choice=None, proposal__state=ProposalState.PUBLIC)


def with_counts(rows: QuerySet[Group]) -> QuerySet[Group]:
    """Groups with what waits with them, what they sorted, and how many work in them.

    What was withdrawn or hidden before it was sorted waits no more.
    """
    mine = {"group": OuterRef("pk")}
    placed = Placement.objects.filter(**mine)
    return rows.annotate(
        working=counted(GroupMember.objects.filter(**mine, left_at=None), "group"),
        waits=counted(placed.filter(WAITS), "group"),
        apart=counted(placed.filter(WAITS, together=True), "group"),
        done=counted(placed.exclude(choice=None), "group"),
        own=counted(Candidate.objects.filter(**mine), "group"),
    )


def group_line(row: Any, plan: Plan) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "scope": row.scope,
        "members": row.working or 0,
        "waiting": row.waits or 0,
        "together": row.apart or 0,
        "sorted": row.done or 0,
        "candidates": row.own or 0,
        "url": reverse("group", args=[plan.number, row.number]),
    }


def groups_data(plan: Plan) -> dict[str, Any]:
    """The groups of a plan: one query."""
    rows = with_counts(Group.objects.filter(plan=plan))
    return {"plan": plan_head(plan), "groups": [group_line(row, plan) for row in rows]}


# Commitments belong to a room above; they are reached through the group that drafts them.
_DRAFTS = Group.objects.filter(
    pk=OuterRef("pk"), commitments__isnull=False, commitments__withdrawn_at=None
).order_by("commitments__number")
_MINE: dict[str, Any] = {"group": OuterRef("pk")}
_WHOLE_GROUPS = with_counts(Group.objects.all()).annotate(
    meeting_rows=Gathered(
        GroupMeeting.objects.filter(**_MINE),
        number="number",
        held_on="held_on",
        place="place",
        agenda="agenda",
        notes="notes",
    ),
    homework_rows=Gathered(
        Homework.objects.filter(**_MINE),
        number="number",
        task="task",
        due="due",
        given_at="given_at",
        done_at="done_at",
    ),
    draft_rows=Gathered(
        _DRAFTS,
        number="commitments__number",
        title="commitments__title",
    ),
    worker_rows=Gathered(
        GroupMember.objects.filter(**_MINE, left_at=None).order_by("joined_at", "pk"),
        name="person__name",
        organisation="person__organisation",
    ),
    candidate_rows=Gathered(
        Candidate.objects.filter(**_MINE), number="number", title="title", status="status"
    ),
)
"""Groups with who works in them, their counts, meetings, homework, candidates and drafts."""


def find_row(plan: Plan, number: int) -> Any:
    """A group of a plan with everything of it but proposals and members: one query.

    Raises NotFound: taskforces.no_such_group.
    """
    found = _WHOLE_GROUPS.filter(plan=plan, number=number).first()
    if found is None:
        nearest = [reverse("groups", args=[plan.number])]
        raise NotFound("taskforces.no_such_group", number=number, nearest=nearest)
    return found


def lying(**where: Any) -> QuerySet[Placement]:
    """What lies in a group or a candidate, by number, light enough to list."""
    rows = Placement.objects.filter(**where).select_related("proposal__area", "candidate")
    return rows.defer("proposal__text", "proposal__features").order_by("proposal__number")


def placed_data(row: Placement, plan: Plan) -> dict[str, Any]:
    """A proposal with what its group decided; what one member alone said stands nowhere."""
    return {
        **row_data(row.proposal, plan),
        "choice": row.choice,
        "together": row.together,
        "body": row.body or None,
        "candidate": row.candidate.number if row.candidate else None,
        "sorted_at": row.sorted_at,
    }


def reads_drafts(plan: Plan, reader: Actor) -> bool:
    """Whether a reader sees the commitments of a plan that is being made."""
    # Who reads is only asked of a draft, so that public pages stay the same for everyone.
    return not plan.is_draft or sees_drafts(reader)


def group_data(
    row: Any, plan: Plan, *, today: str, most: int | None = None, drafts: bool = False
) -> dict[str, Any]:
    """One of the whole groups with its members, what waits with it and what it sorted; one query
    more. `drafts` is whether the reader sees the commitments it drafts.
    """
    # What waits comes first.
    placed = lying(group=row).order_by(F("sorted_at").desc(nulls_first=True), "proposal__number")
    return {
        "plan": plan_head(plan),
        **group_line(row, plan),
        "workers": row.worker_rows,
        "meetings": row.meeting_rows,
        "homework": [
            {**one, "late": is_late(one["due"], done=one["done_at"] is not None, today=today)}
            for one in row.homework_rows
        ],
        "drafts": [
            {**one, "url": reverse("commitment", args=[plan.number, one["number"]])}
            for one in (row.draft_rows if drafts else ())
        ],
        "proposals": [placed_data(one, plan) for one in placed[:most]],
        "own_candidates": [
            {**one, "url": reverse("candidate", args=[plan.number, one["number"]])}
            for one in row.candidate_rows
        ],
    }


# --- candidates ----------------------------------------------------------------------------------


def with_proposals(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Candidates with how many proposals lie in them and the supports those inherited to them."""
    inside = {"proposal__placement__candidate": OuterRef("pk")}
    by = "proposal__placement__candidate"
    there = {"placement__candidate": OuterRef("pk")}
    return rows.annotate(
        inside=counted(Placement.objects.filter(candidate=OuterRef("pk")), "candidate"),
        verified=counted(Endorsement.objects.filter(**inside, verified=True), by),
        unverified=counted(Endorsement.objects.filter(**inside, verified=False), by),
        elsewhere=counted(
            Proposal.objects.filter(**there),
            "placement__candidate",
            what=Sum("supports_elsewhere"),
        ),
    )


def candidate_line(row: Any, plan: Plan) -> dict[str, Any]:
    """A candidate in a list. Its supports are inherited: each stays with its proposal."""
    return {
        "number": row.number,
        "title": row.title,
        "status": row.status,
        "grade": row.grade,
        "group": {"number": row.group.number, "name": row.group.name},
        "proposals": row.inside or 0,
        "inherited": {
            "verified": row.verified or 0,
            "unverified": row.unverified or 0,
            "elsewhere": row.elsewhere or 0,
        },
        "url": reverse("candidate", args=[plan.number, row.number]),
    }


def candidates_data(plan: Plan) -> dict[str, Any]:
    """Every candidate a plan ever had, by number: one query."""
    rows = with_proposals(Candidate.objects.filter(plan=plan)).select_related("group")
    return {"plan": plan_head(plan), "candidates": [candidate_line(row, plan) for row in rows]}


def ties_of(candidate: Candidate) -> list[dict[str, Any]]:
    """What the candidate came out of and what came out of it: one query."""
    rows = CandidateTie.objects.filter(Q(candidate=candidate) | Q(other=candidate))
    return [
        _tie(row, candidate)
        for row in rows.select_related("candidate", "other").order_by("made_at", "pk")
    ]


def _tie(row: CandidateTie, seen_from: Candidate) -> dict[str, Any]:
    grew = row.candidate_id == seen_from.pk
    there = row.other if grew else row.candidate
    return {
        "kind": row.kind,
        "grew_from": grew,
        "number": there.number,
        "title": there.title,
        "made_at": row.made_at,
    }


def scores_of(candidate: Candidate, criteria: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sheet of scores: each criterion with the mean of the points and how many gave some."""
    given = {
        row["criterion"]: row
        for row in Score.objects.filter(candidate=candidate)
        .values("criterion")
        .annotate(mean=Avg("points"), count=Count("pk"))
        .order_by()
    }
    return [
        {
            "criterion": Text.of(point["text"]),
            "key": point["key"],
            "mean": round(float(given[point["key"]]["mean"]), 1) if point["key"] in given else None,
            "count": given[point["key"]]["count"] if point["key"] in given else 0,
        }
        for point in criteria
    ]
