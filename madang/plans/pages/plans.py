"""The pages of plans and their commitments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from madang.ballots.wording import OUTCOMES
from madang.documents.pages.documents import file_answer
from madang.drafting.rules.draft import TEMPLATE
from madang.drafting.words import PARTS
from madang.foundation.answers import Table, answer, asked, said
from madang.foundation.paging import page_of
from madang.foundation.refusals import NotFound
from madang.planning.models import PlanStatus
from madang.planning.rules.stage import is_over, is_to_come, stage_now
from madang.plans.models import Paper
from madang.plans.pages import change_data, changes, opinions, threads, written
from madang.plans.pages import data as shapes
from madang.plans.pages.funnel import draw_funnel
from madang.plans.pages.milestone_chart import draw_both, draw_milestones
from madang.plans.pages.words import (
    RECORDED,
    STAGES,
    codes_for_page,
    has_working_title,
    stages_for_page,
)


def plans(request: HttpRequest, twin: str) -> HttpResponse:
    data = shapes.plans_data()

    def table() -> Table:
        headings = [_("Plan"), _("Title"), _("From"), _("To"), _("Commitments"), _("Source")]
        return Table("plans", headings, [_plan_row(plan) for plan in data["plans"]])

    return answer(request, twin, "plans/plans.html", data, table=table)


def _plan_row(plan: dict[str, Any]) -> list[Any]:
    period = plan["period"] or {}
    total = next((t["count"] for t in plan["totals"] if t["key"] == "commitments"), None)
    return [
        plan["number"],
        said(plan["title"]),
        period.get("from"),
        period.get("to"),
        total,
        plan["source"],
    ]


def plan(request: Any, number: int, twin: str) -> HttpResponse:
    found = shapes.find_plan(number, request.actor, shapes.WHOLE_PLANS)
    data = shapes.plan_data(found, shapes.newest_edition(found), request.actor)
    extra = {
        "stages": _stages(request, data.get("plan", data), data["stages"]),
        "working": any(map(has_working_title, data["commitments"])),
        "ballot_url": shapes.ballot_url(data["adoption"] and data["adoption"]["ballot"]),
        "undecided": _undecided(data, request.at),
        "deciding_url": shapes.ballot_url(data["before_forum"]),
        "as_in_source": any(one["as_in_source"] or one["note"] for one in data["visions"]),
        "facts": RECORDED,
        "outcome": _outcome(data["edition"]),
    }

    def table() -> Table:
        headings = [_("Number"), _("Title"), _("Heading"), _("In the source"), _("Note")]
        rows = [_known_row(line, data["visions"]) for line in data["commitments"]]
        return Table(f"plan-{number}", [*headings, *RECORDED.values()], rows)

    return answer(request, twin, "plans/plan.html", data, table=table, extra=extra)


def _known_row(line: dict[str, Any], visions: list[dict[str, Any]]) -> list[Any]:
    """What is known of a commitment, and the heading it stands under as the source has it."""
    vision = next((one for one in visions if one["key"] == line["vision_key"]), {})
    heading = [said(vision.get(key)) for key in ("text", "as_in_source", "note")]
    facts = [_("recorded") if line["recorded"][key] else _("not recorded") for key in RECORDED]
    return [line["number"], said(line["title"]), *heading, *facts]


def _stages(
    request: Any, plan: dict[str, Any], stages: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    today = timezone.localdate(request.at).isoformat()
    ends = plan["period"] and plan["period"]["to"]
    # Without a known end nobody can say that a plan is still in a stage.
    now = stage_now(stages, today) if ends and not is_over(ends, today) else None
    return stages_for_page(stages, now, over=is_over(ends, today))


def _undecided(data: dict[str, Any], at: datetime) -> bool:
    """Whether the forum's decision is still to come: the plan is being made here, or lies ahead."""
    if data["status"] in (PlanStatus.PREPARING, PlanStatus.ANNOUNCED, PlanStatus.BEFORE_FORUM):
        return True
    begins = data["period"] and data["period"]["from"]
    return is_to_come(begins, timezone.localdate(at).isoformat())


def _outcome(edition: dict[str, Any] | None) -> Any:
    """The outcome in words of the ballot held here that adopted the edition."""
    ballot = edition and edition["ballot"]
    return OUTCOMES.get(ballot["outcome"]) if ballot else None


def timeline(request: Any, number: int, twin: str) -> HttpResponse:
    data = shapes.timeline_data(shapes.find_plan(number, request.actor, shapes.WITH_STAGES))

    def table() -> Table:
        headings = [
            _("Stage"),
            _("Announced or actual"),
            _("From"),
            _("To"),
            _("Source"),
            _("Note"),
            _("Of something else"),
        ]
        return Table(f"plan-{number}-timeline", headings, _claims(data["stages"]))

    extra = {"stages": _stages(request, data.get("plan", data), data["stages"])}
    return answer(request, twin, "plans/timeline.html", data, table=table, extra=extra)


def _claims(stages: list[dict[str, Any]]) -> list[list[Any]]:
    rows = []
    for stage in stages:
        for kind, word in (("announced", _("announced")), ("actual", _("actual"))):
            for claim in [stage[kind], *stage[f"{kind}_also"]]:
                if claim:
                    told = [claim["source"], said(claim["note"]), said(claim["of"])]
                    rows.append([STAGES[stage["key"]], word, claim["from"], claim["to"], *told])
    return rows


def made(request: Any, number: int, twin: str) -> HttpResponse:
    plan_row = shapes.find_plan(number, request.actor, threads.PLANS_WITH_ROAD)
    data = shapes.made_data(plan_row, request.actor, inside=threads.INSIDE)
    data["road"] = threads.road_of(plan_row, data["commitments"])
    steps = data["road"] or data["totals"]

    def table() -> Table:
        headings = [_("Count"), pgettext("approximate", "About"), _("What"), _("Source"), _("Note")]
        rows = [
            [
                t["count"],
                _("about") if t["about"] else "",
                said(t["label"]),
                t["source"],
                said(t["note"]),
            ]
            for t in [*data["road"], *data["totals"]]
        ]
        return Table(f"plan-{number}-how-it-was-made", headings, rows)

    def drawing(**options: Any) -> str:
        return draw_funnel(steps, data["commitments"], **options)

    funnel = drawing()
    extra = {
        "funnel": funnel,
        "undrawn": not funnel,
        "stages": _stages(request, data.get("plan", data), data["stages"]),
    }
    return answer(
        request,
        twin,
        "plans/made.html",
        data,
        table=table,
        drawing=lambda: drawing(standalone=True),
        extra=extra,
    )


def paper(request: Any, number: int, language: str) -> HttpResponse:
    """The plan's PDF in a language, from its newest edition."""
    found = (
        Paper.objects.filter(
            edition__plan=shapes.find_plan(number, request.actor), language=language
        )
        .select_related("document")
        .order_by("-edition__number")
        .first()
    )
    if found is None:
        raise NotFound("plans.no_paper")
    return file_answer(found.document, attached=False)


def commitments(request: Any, number: int, twin: str) -> HttpResponse:
    """A plan's commitments: some at a time on a page, all of them in the data and the table."""
    plan_row = shapes.find_plan(number, request.actor)
    data = shapes.commitments_data(plan_row, request.actor)
    lines = data["commitments"]
    agencies = {a["slug"]: a["name"] for line in lines for a in line["lead_agencies"]}
    visions = {line["vision_key"]: line["vision"] for line in lines if line["vision_key"]}
    chosen = asked(request, {"agency": agencies, "vision": visions})
    data["commitments"] = [line for line in lines if _chosen(line, chosen)]

    def table() -> Table:
        headings = [
            _("Number"),
            _("Title"),
            _("Title in English"),
            _("Vision"),
            _("Lead agencies"),
            _("Identifiers"),
            _("Source"),
        ]
        return Table(
            f"plan-{number}-commitments", headings, map(_commitment_row, data["commitments"])
        )

    extra = {
        "agencies": agencies,
        "visions": visions,
        "chosen": chosen,
        "all": len(lines),
        "working": any(map(has_working_title, lines)),
        **page_of(data["commitments"], request.GET, chosen),
    }
    filters = ("agency", "vision")
    return answer(
        request, twin, "plans/commitments.html", data, table=table, filters=filters, extra=extra
    )


def _chosen(line: dict[str, Any], chosen: dict[str, str]) -> bool:
    if "vision" in chosen and line["vision_key"] != chosen["vision"]:
        return False
    slugs = {agency["slug"] for agency in line["lead_agencies"]}
    return "agency" not in chosen or chosen["agency"] in slugs


def _commitment_row(line: dict[str, Any]) -> list[Any]:
    return [
        line["number"],
        said(line["title"]),
        line["title"].words.get("en"),
        said(line["vision"]),
        "; ".join(said(agency["name"]) for agency in line["lead_agencies"]),
        "; ".join(identifier["value"] for identifier in line["identifiers"]),
        line["source"],
    ]


@dataclass(frozen=True)
class Told:
    """What became of a commitment, as the room above knows it, for the commitment's page.

    `steps` are its milestones with where each stands; `data` is open data, `extra` for the page.
    """

    steps: list[dict[str, Any]]
    data: dict[str, Any]
    extra: dict[str, Any]


def commitment(
    request: Any, number: int, commitment: int, twin: str, *, told: Callable[[Any], Told]
) -> HttpResponse:
    """A commitment with everything known about it; `told` says what became of it."""
    whole = shapes.WHOLE_COMMITMENTS.annotate(
        inside=threads.INSIDE,
        change_rows=change_data.OF_COMMITMENT,
        suggested=written.SUGGESTED,
        opinion_rows=opinions.OF_COMMITMENT,
    )
    row: Any = shapes.find_commitment(number, commitment, request.actor, whole)
    became = told(row)
    data = {
        **shapes.commitment_data(row),
        **became.data,
        "proposals": row.inside or 0,
        "amendments": [change_data.change_line(number, one) for one in row.change_rows],
        "suggestions": row.suggested or 0,
        "origins": row.origins,
        "opinions": row.opinion_rows,
    }

    def table() -> Table:
        headings = [
            _("Milestone"),
            _("Title"),
            _("Output"),
            _("From"),
            _("Due"),
            _("Source"),
            _("First promised"),
            _("State"),
            _("Since"),
            _("Number"),
        ]
        keys = ("from", "due", "source", "promised", "state_word", "since")
        rows = [
            [
                m["label"],
                said(m["title"]),
                said(m["output"]),
                *(m[key] for key in keys),
                _("number given here") if m["numbered_here"] else None,
            ]
            for m in became.steps
        ]
        return Table(f"plan-{number}-commitment-{commitment}", headings, rows)

    on = timezone.localdate(request.at)

    def drawing() -> str:
        return draw_milestones(became.steps, as_of=on, standalone=True) if became.steps else ""

    codes = codes_for_page(data["review"])
    extra = {
        "answers": [
            {"label": PARTS[key], "text": data["template"][key]}
            for key in TEMPLATE
            if key in data["template"]
        ],
        "came": written.origins_shown(row),
        "opinions_shown": opinions.opinions_shown(data["opinions"]),
        "chart": draw_both(became.steps, as_of=on) if became.steps else "",
        "changes": [changes.for_page(line) for line in data["amendments"]],
        "steps": became.steps,
        **became.extra,
        "undrawn": not data["milestones"],
        "done": [code for code in codes if code["measure"] == "completion"],
        "changed": [code for code in codes if code["measure"] == "early_results"],
        "design": [c for c in codes if c["measure"] not in ("completion", "early_results")],
    }
    return answer(
        request,
        twin,
        "plans/commitment.html",
        data,
        table=table,
        drawing=drawing,
        extra=extra,
    )
