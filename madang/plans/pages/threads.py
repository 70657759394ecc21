"""The threads from proposals to commitments: counted, listed, and as one table of every fate."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.calls.models import Proposal, Reply
from madang.calls.pages.data import row_data
from madang.calls.words import NOT_IN_PLAN, OUTCOME_WORDS, STATES
from madang.drafting.models import Commitment, GrownFrom
from madang.foundation.answers import Table, answer, csv_answer, said
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.plans.pages import data as shapes
from madang.taskforces.models import Candidate, Placement
from madang.taskforces.pages.data import counted, lying, placed_data
from madang.taskforces.words import CHOSEN

SHOWN = 100
"""How many proposals stand on a commitment's page of them; its table has them all."""
_STANDING = GrownFrom.objects.filter(ended_at=None, commitment__withdrawn_at=None)
PLANS_WITH_ROAD = shapes.WITH_STAGES.annotate(
    came=counted(Proposal.objects.filter(plan=OuterRef("pk")), "plan"),
    sorted=counted(
        Placement.objects.filter(group__plan=OuterRef("pk")).exclude(choice=None), "group__plan"
    ),
    weighed=counted(Candidate.objects.filter(plan=OuterRef("pk")), "plan"),
)
"""Plans with what is linked on their road."""
INSIDE = counted(
    GrownFrom.objects.filter(ended_at=None, commitment=OuterRef("pk")),
    "commitment",
    what=Count("candidate__placements"),
)
"""How many proposals lie in a commitment."""
STEPS: dict[str, tuple[Promise, str, str]] = {
    "ideas": (gettext_lazy("Proposals"), "proposals", ""),
    "sorted": (gettext_lazy("Proposals sorted by the groups"), "proposals", "?sorted=yes"),
    "candidates": (gettext_lazy("Candidates"), "candidates", ""),
    "commitments": (gettext_lazy("Commitments"), "commitments", ""),
}
"""The steps of the road: their words, and where the rows are that each counts."""


def road_of(plan: Any, commitments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The counts of one of PLANS_WITH_ROAD, from the links themselves; empty where there are none.

    The commitments, as far as they may be read, are a part of it once a proposal lies in one.
    """
    if not plan.weighed:
        return []
    counts = {"ideas": plan.came, "sorted": plan.sorted, "candidates": plan.weighed}
    if any(one["proposals"] for one in commitments):
        counts["commitments"] = len(commitments)
    return [
        {
            "key": key,
            "count": count or 0,
            "about": False,
            "label": in_every_language(STEPS[key][0]),
            "note": None,
            "source": None,
            "url": reverse(STEPS[key][1], args=[plan.number]) + STEPS[key][2],
        }
        for key, count in counts.items()
    ]


def in_every_language(words: Promise) -> Text:
    """Words of the interface as a text, for data that is read in any language."""
    found: dict[str, str | None] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = str(words)
    return Text(found)


# --- the proposals in a commitment ---------------------------------------------------------------


def proposals(request: Any, number: int, commitment: int, twin: str) -> HttpResponse:
    """The proposals inside a commitment, each with the candidate it came through."""
    row = shapes.find_commitment(number, commitment, request.actor)
    data = inside_data(row)

    def table() -> Table:
        headings = [_("Number"), _("Title"), _("State"), _("Candidate"), _("Milestone")]
        rows = [
            [one["label"], one["title"], STATES[one["state"]], one["candidate"], one["milestone"]]
            for one in data["proposals"]
        ]
        return Table(f"plan-{number}-commitment-{commitment}-proposals", headings, rows)

    found = data["proposals"]
    extra = {
        "rows": [{**one, "state_words": STATES[one["state"]]} for one in found[:SHOWN]],
        "count": len(found),
        "more": len(found) > SHOWN,
    }
    return answer(request, twin, "plans/inside.html", data, table=table, extra=extra)


def inside_data(row: Commitment) -> dict[str, Any]:
    """A commitment with its candidates and the proposals in them: two queries."""
    plan = row.plan
    threads = GrownFrom.objects.filter(commitment=row, ended_at=None)
    threads = threads.select_related("candidate", "milestone").order_by("candidate__number")
    led = {one.candidate_id: one for one in threads}
    return {
        "plan": shapes.plan_line(plan),
        "number": row.number,
        "title": row.title,
        "url": reverse("commitment", args=[plan.number, row.number]),
        "candidates": [
            {
                "number": one.candidate.number,
                "title": one.candidate.title,
                "milestone": one.milestone.label if one.milestone else None,
                "url": reverse("candidate", args=[plan.number, one.candidate.number]),
            }
            for one in led.values()
        ],
        "proposals": [
            {**placed_data(one, plan), "milestone": _step(led[one.candidate_id or 0])}
            for one in lying(candidate__in=list(led))
        ],
    }


def _step(thread: GrownFrom) -> str | None:
    return thread.milestone.label if thread.milestone else None


# --- every proposal and its fate -----------------------------------------------------------------

_ANSWERS = Reply.objects.filter(proposal=OuterRef("pk"), published_at__isnull=False)
_FATES: QuerySet[Any] = (
    Proposal.objects.annotate(
        why=Subquery(_ANSWERS.order_by("-round").values("reason")[:1]),
        answered_at=Subquery(_ANSWERS.order_by("-round").values("published_at")[:1]),
    )
    .select_related("area", "placement__group", "placement__candidate")
    .defer("text", "features")
    .order_by("number")
)


def fates(request: Any, number: int) -> HttpResponse:
    """Every proposal of a plan and what became of it, from its number to a milestone."""
    plan = shapes.find_plan(number, request.actor)
    headings = [
        _("Number"),
        _("Title"),
        _("State"),
        _("Received on"),
        _("Group"),
        _("Where it lies"),
        _("Candidate"),
        _("Title of the candidate"),
        _("Commitment"),
        _("Milestone"),
        _("What became of it"),
        _("Reason"),
        _("Answered on"),
        _("Address"),
    ]
    rows = fate_rows(plan, readable=shapes.reads_text(plan, request.actor))
    return csv_answer(Table(f"plan-{number}-fates", headings, rows))


def fate_rows(plan: Plan, *, readable: bool) -> Iterator[list[Any]]:
    """A row for each proposal: two queries for any plan."""
    led: dict[int, list[GrownFrom]] = defaultdict(list)
    if readable:
        threads = _STANDING.filter(commitment__plan=plan).order_by("commitment__number")
        for one in threads.select_related("commitment", "milestone"):
            led[one.candidate_id].append(one)
    for row in _FATES.filter(plan=plan).iterator(chunk_size=500):
        yield _fate(row, plan, led)


def _fate(row: Any, plan: Plan, led: dict[int, list[GrownFrom]]) -> list[Any]:
    one = row_data(row, plan)
    placed: Placement | None = getattr(row, "placement", None)
    candidate = placed.candidate if placed else None
    threads = led.get(candidate.pk, []) if candidate else []
    day = timezone.localdate(row.answered_at).isoformat() if row.answered_at else ""
    return [
        one["label"],
        one["title"],
        STATES[one["state"]],
        one["received"],
        said(placed.group.name) if placed else "",
        CHOSEN.get(placed.choice or "", _("waits")) if placed else "",
        candidate.number if candidate else "",
        said(candidate.title) if candidate else "",
        "; ".join(str(thread.commitment.number) for thread in threads),
        "; ".join(filter(None, map(_step, threads))),
        OUTCOME_WORDS[one["outcome"]],
        NOT_IN_PLAN.get(row.why or "", ""),
        day,
        one["url"],
    ]
