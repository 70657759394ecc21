"""The first page: what this is, what stage we are in, whether promises are kept, what one can do."""

from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus
from madang.ballots.turnout import under_way
from madang.calls.models import Proposal
from madang.calls.reading import call_of
from madang.calls.rules.words import CallStatus
from madang.consultation.models import Comment, CommentRound
from madang.consultation.rules.commenting import RoundStatus
from madang.foundation.answers import answer, svg_answer
from madang.foundation.gathering import Gathered
from madang.members.pages.forum import seated_at
from madang.members.pages.seat_chart import draw_seats, seats_to_draw
from madang.monitoring.models import ReviewCode
from madang.monitoring.pages.data import STEPS, step_data
from madang.monitoring.pages.wording import counts
from madang.planning.models import Plan, PlanStatus
from madang.planning.rules.stage import is_over, is_to_come, stage_now
from madang.plans.amended import CHANGES_IN_FORCE, moves_of
from madang.plans.pages import data as shapes
from madang.plans.pages.words import REVIEW_WORDS, STAGES, has_working_title, stages_for_page
from madang.taskforces.pages.data import counted


def home(request: Any, twin: str) -> HttpResponse:
    today = timezone.localdate(request.at).isoformat()
    shown = shapes.WITH_STAGES.filter(shapes.SHOWN, withdrawn_at=None).select_related("call")
    with_calls = shown.annotate(proposed=Subquery(_PROPOSED, output_field=IntegerField()))
    plans = list(
        with_calls.annotate(
            round_rows=_OPEN_DRAFTS, code_rows=_REVIEWED, change_rows=CHANGES_IN_FORCE
        )
    )
    plan = next((one for one in plans if one.status == PlanStatus.PUBLISHED), None)
    seated = seated_at(request.state)
    data: dict[str, Any] = {
        "name": request.forum.name,
        "practice": settings.INSTALLATION.practice,
        "record": {"size": request.state[0], "url": reverse("record")},
        "term": seated.term,
        "as_of": seated.as_of,
        "seats": seated.counts,
        "plan": None,
        "ballots": [_under_way(one) for one in under_way(BallotStatus.OPEN)],
        "drafts": [_open_draft(one, line) for one in plans for line in one.round_rows],
        "calls": [_open_call(one, today) for one in plans if _is_open(one)],
    }
    extra: dict[str, Any] = {
        "json_alone": ("json",),
        "chart": draw_seats(seats_to_draw(seated.classes, [])),
    }
    if plan:
        stages = shapes.stages_of(plan)
        over = is_over(plan.ends, today)
        # A plan that is over is in no stage any more, whatever began last.
        now = None if over else stage_now(stages, today)
        later = [shapes.plan_line(one) for one in reversed(plans) if one.number > plan.number]
        data["plan"] = shapes.plan_line(plan)
        data["totals"] = shapes.totals_of(plan)
        data["results"] = shapes.results_of(plan)
        data["stages"] = stages
        data["stage"] = now
        data["commitments"] = shapes.commitment_heads(plan)
        told = _told(plan, today)
        data["milestones"] = {row["status"]: row["count"] for row in told}
        extra |= {
            "stages": stages_for_page(stages, now, over=over),
            "later": [line for line in later if not _to_come(line, today)],
            "prepared": [line for line in later if _to_come(line, today)],
            "stage_word": STAGES.get(now or "", ""),
            "headline": _headline(data),
            "kept": _kept(plan),
            # Where nobody has said a word of any step, there is nothing to count.
            "told": told if set(data["milestones"]) - {"unknown"} else [],
            "over": over,
            "working": any(has_working_title(line) for line in data["commitments"]),
        }
    return answer(request, twin, "web/home.html", data, extra=extra)


def _under_way(ballot: Ballot) -> dict[str, Any]:
    """An open ballot in a line: what it decides, until when, how many have answered."""
    number = ballot.decides.removeprefix("plan:")
    return {
        "question": ballot.question,
        "round": ballot.round,
        "decides": ballot.decides,
        "plan": int(number) if number.isdigit() else None,
        "closes_at": ballot.closes_at,
        "answered": ballot.answered,  # type: ignore[attr-defined]
        "seats": ballot.seats,  # type: ignore[attr-defined]
        "url": reverse("ballot", args=[ballot.meeting.address]),
    }


_PROPOSED = (
    Proposal.objects.filter(plan=OuterRef("pk"))
    .order_by()
    .values("plan")
    .annotate(count=Count("pk"))
    .values("count")
)
"""How many proposals a plan has."""


_OPEN_DRAFTS = Gathered(
    CommentRound.objects.filter(plan=OuterRef("pk"), status=RoundStatus.OPEN).annotate(
        said=counted(Comment.objects.filter(round=OuterRef("pk")), "round")
    ),
    closes_at="closes_at",
    comments="said",
)
"""A plan's draft that is open to comments."""


def _open_draft(plan: Plan, line: dict[str, Any]) -> dict[str, Any]:
    """A draft that is open to comments in a line: until when, how many there are."""
    return {
        "plan": plan.number,
        "title": plan.title,
        "closes_at": line["closes_at"],
        "comments": line["comments"] or 0,
        "url": reverse("draft", args=[plan.number]),
    }


def _is_open(plan: Plan) -> bool:
    call = call_of(plan)
    return call is not None and call.status == CallStatus.OPEN


def _open_call(plan: Any, today: str) -> dict[str, Any]:
    """A plan’s open call in a line: until when, how many have proposed."""
    closing = timezone.localdate(plan.call.closes_at)
    return {
        "plan": plan.number,
        "title": plan.title,
        "closes_at": plan.call.closes_at,
        "days_left": (closing - date.fromisoformat(today)).days,
        "proposals": plan.proposed or 0,
        "url": reverse("proposals", args=[plan.number]),
        "propose": reverse("propose", args=[plan.number]),
    }


def _to_come(line: dict[str, Any], today: str) -> bool:
    """Whether a plan's period has not begun yet."""
    return is_to_come(line["period"] and line["period"]["from"], today)


def _headline(data: dict[str, Any]) -> dict[str, int | None]:
    counts = {total["key"]: total["count"] for total in data["totals"]}
    return {"ideas": counts.get("ideas"), "promises": len(data["commitments"])}


_REVIEWED = Gathered(
    ReviewCode.objects.filter(
        commitment__plan=OuterRef("pk"), measure__in=("completion", "early_results")
    ),
    measure="measure",
    value="value",
    source="source_id",
    commitment="commitment__number",
)
"""What the independent reviewer found done and changed of a plan."""


def _told(plan: Any, today: str) -> list[dict[str, Any]]:
    """How many milestones stand where by the agencies' own word, the most urgent first."""
    amended, day = moves_of(plan.change_rows), date.fromisoformat(today)
    return counts([step_data(one, day, amended) for one in STEPS.filter(commitment__plan=plan)])


def _kept(plan: Any) -> dict[str, list[dict[str, Any]]]:
    """How many commitments the reviewer found done, and how many had changed something."""
    found: dict[str, Counter[tuple[str, str]]] = {
        "completion": Counter(),
        "early_results": Counter(),
    }
    # A commitment counts once, also where the reviewer coded its parts apart.
    for measure, value, source, _number in {tuple(row.values()) for row in plan.code_rows}:
        found[measure][value, source] += 1
    lines = {
        measure: [
            {"count": count, "word": REVIEW_WORDS.get(value.lower(), value), "source": source}
            for (value, source), count in sorted(
                counted.items(), key=lambda pair: _rank(pair[0][0])
            )
        ]
        for measure, counted in found.items()
    }
    return {"done": lines["completion"], "changed": lines["early_results"]}


def _rank(value: str) -> int:
    """The order of the reviewer's words, the strongest first; unknown words last."""
    order = ("significant", "complete", "substantial", "moderate", "limited", "not started")
    return order.index(value.lower()) if value.lower() in order else len(order)


def emblem(request: HttpRequest) -> HttpResponse:
    """The emblem of seats by itself."""
    seated = seated_at(request.state)  # type: ignore[attr-defined]
    return svg_answer(draw_seats(seats_to_draw(seated.classes, []), standalone=True))
