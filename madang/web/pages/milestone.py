"""A milestone's page: what was promised, what was said of it and when, and what others say of that."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.calls.words import HIDDEN_FOR
from madang.drafting.models import Milestone
from madang.foundation.answers import Table, answer, said
from madang.foundation.gathering import Gathered
from madang.foundation.refusals import NotFound
from madang.members.models import Agency
from madang.monitoring.disputes import disagreements
from madang.monitoring.models import (
    Evidence,
    ForumView,
    MilestoneReport,
    Opinion,
    Remark,
)
from madang.monitoring.pages.data import STEPS, public, step_data
from madang.monitoring.rules.status import From
from madang.monitoring.rules.words import CommentState, MilestoneStatus, Stance
from madang.monitoring.words import CAUSES, STANCES, STATUSES
from madang.planning.models import DRAFTS
from madang.plans.amended import amended_dates
from madang.plans.models import ChangeRequest

_MINE: dict[str, Any] = {"milestone": OuterRef("pk")}
_ROWS = (
    Milestone.objects.filter(commitment__withdrawn_at=None, commitment__plan__withdrawn_at=None)
    .exclude(commitment__plan__status__in=DRAFTS)
    .select_related("commitment__plan", "agency", "sub_commitment")
    .annotate(
        report_rows=Gathered(
            MilestoneReport.objects.filter(**_MINE).order_by("number"),
            number="number",
            status="status",
            word="status_as_in_source",
            on="said_on",
            text="text",
            done_on="done_on",
            old_due="old_due",
            new_due="new_due",
            cause="cause",
            reason="reason",
            by="reported_by",
            corrects="corrects__number",
            source="source_id",
        ),
        evidence_rows=Gathered(
            Evidence.objects.filter(report__milestone=OuterRef("pk")).order_by(
                "report__number", "position"
            ),
            report="report__number",
            url="url",
            words="words",
            sha256="document__sha256",
            name="document__name",
            opens="opens",
            looked_at="looked_at",
        ),
        opinion_rows=Gathered(
            Opinion.objects.filter(report__milestone=OuterRef("pk"), ended_at=None),
            report="report__number",
            stance="stance",
            seat="seat__number",
            url="url",
            text="text",
            made_at="made_at",
        ),
        view_rows=Gathered(
            ForumView.objects.filter(**_MINE),
            status="status",
            text="text",
            meeting="meeting__address",
            title="meeting__title",
            stated_at="stated_at",
        ),
        comment_rows=Gathered(
            Remark.objects.filter(**_MINE).exclude(state=CommentState.HELD),
            number="number",
            state="state",
            language="language",
            name="name",
            text="text",
            reason="reason",
            made_at="made_at",
        ),
    )
)
"""Milestones with all that was ever said of each: one query."""


def find_row(plan: int, commitment: int, label: str) -> Any:
    """Raises NotFound: monitoring.no_milestone."""
    row = _ROWS.filter(
        commitment__plan__number=plan, commitment__number=commitment, label=label
    ).first()
    if row is None:
        raise NotFound("monitoring.no_milestone", nearest=[reverse("plans")])
    return row


def milestone(request: Any, number: int, commitment: int, label: str, twin: str) -> HttpResponse:
    """`/plans/5/commitments/6/milestones/6.2/`."""
    row = find_row(number, commitment, label)
    data = milestone_data(row, timezone.localdate(request.at))

    def table() -> Table:
        headings = [_("Said on"), _("State"), _("What was said"), _("Old date"), _("New date")]
        headings += [_("Cause"), _("Reason"), _("Evidence"), _("By"), _("Corrected")]
        return Table(f"milestone-{number}-{label}", headings, map(_table_row, data["reports"]))

    extra = {
        **words_for_page(data),
        "history": [for_page(one) for one in reversed(data["reports"])],
        "views_shown": [{**one, "word": STATUSES[one["status"]]} for one in data["views"]],
        "comments_shown": [_comment_words(one) for one in data["comments"]],
        "commented": "commented" in request.GET,
        "twin_list": ("json", "csv"),
    }
    return answer(request, twin, "web/milestone.html", data, table=table, extra=extra)


def milestone_data(row: Any, on: date) -> dict[str, Any]:
    """A milestone as open data: what was promised, where it stands, all that was said of it."""
    plan, commitment = row.commitment.plan, row.commitment
    amended = amended_dates(ChangeRequest.objects.filter(commitment=commitment))
    stands = step_data(STEPS.get(pk=row.pk), on, amended)
    names = _names(row.report_rows)
    return {
        **{key: value for key, value in public(stands).items() if key not in BESIDE},
        "plan": {"number": plan.number, "title": plan.title},
        "commitment": {
            "number": commitment.number,
            "title": commitment.title,
            "url": reverse("commitment", args=[plan.number, commitment.number]),
        },
        "reports": [_report(one, row, names) for one in row.report_rows],
        "views": row.view_rows,
        "comments": [_comment(one) for one in row.comment_rows],
    }


BESIDE = ("plan", "commitment", "commitment_title", "last", "reports", "word")
"""What of a milestone in a list is told otherwise, or more fully, on its own page."""


def _corrected(one: dict[str, Any], rows: Iterable[dict[str, Any]]) -> bool:
    return any(other["corrects"] == one["number"] for other in rows)


def _names(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What the bodies that reported are called."""
    slugs = {one["by"].removeprefix("agency:") for one in rows if one["by"].startswith("agency:")}
    found = Agency.objects.filter(slug__in=slugs) if slugs else Agency.objects.none()
    return {f"agency:{one.slug}": one.name for one in found}


def _report(one: dict[str, Any], row: Any, names: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: value for key, value in one.items() if key not in ("corrects", "by")},
        "word": one["word"] or None,
        "corrected": _corrected(one, row.report_rows),
        "by": {"office": one["by"], "name": names.get(one["by"])},
        "evidence": [
            {key: item[key] or None for key in ("url", "words", "sha256", "name")}
            | {"opens": item["opens"], "looked_at": item["looked_at"]}
            for item in row.evidence_rows
            if item["report"] == one["number"]
        ],
        "opinions": [
            {key: value for key, value in item.items() if key != "report"}
            for item in row.opinion_rows
            if item["report"] == one["number"]
        ],
    }


def _comment(one: dict[str, Any]) -> dict[str, Any]:
    """A comment; of one that is hidden its number and the reason."""
    if one["state"] == CommentState.HIDDEN:
        return {**one, "text": None, "name": None}
    return {**one, "name": one["name"] or None}


# --- in words ------------------------------------------------------------------------------------


def words_for_page(data: dict[str, Any]) -> dict[str, Any]:
    """Where a milestone stands, in words."""
    return {
        "state_word": STATUSES[data["status"]] if data["status"] else "",
        "known_word": STATUSES[data["known"]] if data["known"] else "",
        "by_date": data["rests_on"] == From.DATE,
        "by_clock": data["rests_on"] == From.CLOCK,
    }


def for_page(one: dict[str, Any]) -> dict[str, Any]:
    """A report with its words, and how many said so and not so."""
    stances = [item["stance"] for item in one["opinions"]]
    return {
        **one,
        "state_word": STATUSES[one["status"]] if one["status"] else one["word"],
        "cause_word": CAUSES[one["cause"]] if one["cause"] else "",
        "clock": one["status"] == MilestoneStatus.NO_WORD,
        "confirmed": stances.count(Stance.CONFIRMED),
        "disputed": stances.count(Stance.DISPUTED),
        "opinions": [{**item, "word": STANCES[item["stance"]]} for item in one["opinions"]],
    }


def _comment_words(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "hidden_word": HIDDEN_FOR.get(one["reason"] or "", "")}


def _table_row(one: dict[str, Any]) -> list[Any]:
    shown = [item["url"] or item["sha256"] or said(item["words"]) for item in one["evidence"]]
    return [
        one["on"],
        STATUSES[one["status"]] if one["status"] else one["word"],
        said(one["text"]),
        one["old_due"],
        one["new_due"],
        CAUSES[one["cause"]] if one["cause"] else "",
        said(one["reason"]),
        "; ".join(str(item) for item in shown),
        said(one["by"]["name"]) or one["by"]["office"],
        _("yes") if one["corrected"] else "",
    ]


def agenda(request: HttpRequest, twin: str) -> HttpResponse:
    """What offers itself for the next meeting: updates that members dispute, the oldest first."""
    data = {"disagreements": disagreements()}

    def table() -> Table:
        headings = [_("Plan"), _("Milestone"), _("Title"), _("Said"), _("Disputed on"), _("Link")]
        headings += [_("Meeting")]
        rows = [
            [
                one["plan"],
                one["label"],
                said(one["title"]),
                STATUSES[one["status"]] if one["status"] else "",
                one["disputed_at"].date().isoformat(),
                one["links"][0] if one["links"] else "",
                one["meeting"]["held_on"] if one["meeting"] else "",
            ]
            for one in data["disagreements"]
        ]
        return Table("agenda", headings, rows)

    extra = {
        "rows": [
            {**one, "state_word": STATUSES[one["status"]] if one["status"] else ""}
            for one in data["disagreements"]
        ],
        "twin_list": ("json", "csv"),
    }
    return answer(request, twin, "web/agenda.html", data, table=table, extra=extra)
