"""The shapes of plans and commitments: one for the page, `.json` and the papers alike."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from madang.ballots.models import Ballot, ref_in_sql
from madang.ballots.rules.rounds import split_ref
from madang.ballots.rules.words import BallotStatus
from madang.calls.models import Proposal
from madang.calls.rules.words import ProposalState
from madang.consultation.models import CommentRound, Request
from madang.consultation.rules.commenting import RoundStatus
from madang.drafting.models import Commitment, Identifier, Lead, Milestone, SubCommitment
from madang.foundation.actors import ANONYMOUS, Actor
from madang.foundation.answers import said
from madang.foundation.gathering import Gathered, There
from madang.foundation.refusals import Gone, NotFound
from madang.foundation.texts import Text
from madang.members.models import Agency
from madang.planning.models import DRAFTS, Area, Plan, PlanStatus, Stage, StageKey, Vision
from madang.planning.rules.permissions import sees_drafts
from madang.plans.models import Edition, Paper
from madang.taskforces.models import Candidate, Group


def words(kept: Any) -> Text | None:
    """A text that stands inside a JSON document."""
    return Text.of(kept) if kept else None


def _span(row: Any, source: str | None = None) -> dict[str, Any] | None:
    if not (row.starts or row.ends):
        return None
    return {"from": row.starts, "to": row.ends, "source": source}


def _withdrawn(row: Plan | Commitment) -> dict[str, str]:
    """What was at an address that is gone, since when, and why."""
    on = timezone.localdate(row.withdrawn_at).isoformat()
    return {"title": said(row.title), "on": on, "why": said(row.reason)}


SHOWN = ~Q(status=PlanStatus.PREPARING)
"""The plans that everyone sees. Public lists hold no others, whoever reads them."""


def is_shown(plan: Plan, reader: Actor) -> bool:
    """Whether a reader sees the plan: one that is not announced is for members and the secretariat."""
    # Who reads is only asked of a draft, so that public pages stay the same for everyone.
    return not plan.is_hidden or sees_drafts(reader)


def reads_text(plan: Plan, reader: Actor) -> bool:
    """Whether a reader sees the plan's commitments, which stay drafts until they are decided on."""
    return not plan.is_draft or sees_drafts(reader)


def _readable(plan: Plan, reader: Actor) -> QuerySet[Commitment]:
    """The plan's standing commitments, where the reader may see them."""
    rows = Commitment.objects.filter(plan=plan, withdrawn_at=None)
    return rows if reads_text(plan, reader) else rows.none()


PLANS = Plan.objects.all()
WITH_STAGES = PLANS.annotate(
    stage_rows=Gathered(
        Stage.objects.filter(plan=OuterRef("pk")),
        key="key",
        text="text",
        announced="announced",
        actual="actual",
    )
)
PROPOSED = Proposal.objects.filter(plan=OuterRef("pk")).exclude(state=ProposalState.WITHDRAWN)


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of these rows a plan has, within the query for the plan."""
    counted = rows.order_by().values("plan").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


WHOLE_PLANS = WITH_STAGES.annotate(
    round_rows=Gathered(
        CommentRound.objects.filter(plan=OuterRef("pk"))
        .exclude(status=RoundStatus.CALLED_OFF)
        .order_by("-number"),
        status="status",
        opens_at="opens_at",
        closes_at="closes_at",
    ),
    proposed=_count(PROPOSED),
    unanswered=_count(PROPOSED.filter(outcome=None)),
    grouped=_count(Group.objects.filter(plan=OuterRef("pk"))),
    candidates_made=_count(Candidate.objects.filter(plan=OuterRef("pk"))),
    consults=There(Request.objects.filter(plan=OuterRef("pk"))),
    area_rows=Gathered(Area.objects.filter(plan=OuterRef("pk")), text="text", source="source_id"),
    vision_rows=Gathered(
        Vision.objects.filter(plan=OuterRef("pk")),
        key="key",
        text="text",
        as_in_source="as_in_source",
        note="note",
        source="source_id",
    ),
)
"""Plans with the rows of their areas, visions and stages, and how many proposals wait."""


def find_plan(number: int, reader: Actor = ANONYMOUS, among: QuerySet[Plan, Any] = PLANS) -> Any:
    """The plan of a number, where the reader may see it.

    Raises NotFound: plans.not_here, Gone: plans.withdrawn.
    """
    plan = among.filter(number=number).first()
    if plan is None or not is_shown(plan, reader):
        nearest = [reverse("plans")]
        raise NotFound("plans.not_here", number=number, nearest=nearest)
    if plan.withdrawn_at:
        raise Gone("plans.withdrawn", number=number, **_withdrawn(plan))
    return plan


def _links(plan: Plan) -> list[dict[str, Any]]:
    return [{**link, "title": words(link["title"])} for link in plan.links]


def plan_line(plan: Plan) -> dict[str, Any]:
    """A plan as a row of the list."""
    return {
        "number": plan.number,
        "title": plan.title,
        "identifier": plan.identifier,
        "period": _span(plan, plan.period_source_id),
        "status": plan.status,
        "url": reverse("plan", args=[plan.number]),
    }


def plans_data() -> dict[str, Any]:
    """All plans, newest first, with their totals."""
    plans = Plan.objects.filter(SHOWN, withdrawn_at=None).annotate(
        here=Count(
            "commitments",
            filter=Q(commitments__withdrawn_at=None) & ~Q(status__in=DRAFTS),
        )
    )
    # Counting groups the rows, and grouping drops the order of the table.
    plans = plans.order_by("-number")
    return {
        "plans": [
            {
                **plan_line(plan),
                "summary": plan.summary,
                "totals": totals_of(plan),
                "commitments_here": plan.here,
                "links": _links(plan),
                "source": plan.source_id,
            }
            for plan in plans
        ]
    }


_RESULTS = ("done", "changed")
"""The keys of the totals that say what became of a plan."""


def totals_of(plan: Plan) -> list[dict[str, Any]]:
    """The counts on the plan's way, as sources give them."""
    return [_total(total) for total in plan.totals if total["key"] not in _RESULTS]


def results_of(plan: Plan) -> dict[str, dict[str, Any] | None]:
    """What the independent reviewer found of the plan as a whole; null where no source says it."""
    found = {total["key"]: _total(total) for total in plan.totals}
    return {key: found.get(key) for key in _RESULTS}


def _total(total: dict[str, Any]) -> dict[str, Any]:
    return {**total, "label": words(total["label"]), "note": words(total["note"])}


def _claims(kind: str, claims: list[dict[str, Any]]) -> dict[str, Any]:
    """The date of a stage that is shown first, and the others; one of another thing is never first."""
    texts = ("of", "note")
    told = [{**claim, **{key: words(claim.get(key)) for key in texts}} for claim in claims]
    first = next((claim for claim in told if not claim["of"]), None)
    return {kind: first, f"{kind}_also": [claim for claim in told if claim is not first]}


def stages_of(plan: Any) -> list[dict[str, Any]]:
    """Every stage of the cycle in order, also those of which nothing is recorded.

    The plan is one of WITH_STAGES.

    `announced` and `actual` are the dates shown first; where sources disagree, the others are in
    `announced_also` and `actual_also`. Of those, `of` says which are the dates of another thing.
    """
    known = {stage["key"]: stage for stage in plan.stage_rows}
    found = []
    for key in StageKey.values:
        stage = known.get(key)
        found.append(
            {
                "key": key,
                "text": stage["text"] if stage else None,
                **_claims("announced", stage["announced"] if stage else []),
                **_claims("actual", stage["actual"] if stage else []),
            }
        )
    return found


_INSIDE: dict[str, Any] = {"commitment": OuterRef("pk")}
# Codes belong to a room above; they are reached through the commitment they are about.
_REVIEWED = Commitment.objects.filter(pk=OuterRef("pk"), review_codes__isnull=False)
_KNOWN = Commitment.objects.select_related("vision").annotate(
    lead_rows=Gathered(
        Lead.objects.filter(**_INSIDE).order_by(
            F("sub_commitment__position").asc(nulls_first=True), "position"
        ),
        slug="agency__slug",
        name="agency__name",
        as_in_source="as_in_source",
        unit="unit",
        part="sub_commitment__label",
        source="source_id",
    ),
    identifier_rows=Gathered(
        Identifier.objects.filter(**_INSIDE),
        scheme="scheme",
        value="value",
        part="sub_commitment__label",
        note="note",
        source="source_id",
    ),
)
_PARTS = Gathered(
    SubCommitment.objects.filter(**_INSIDE), label="label", title="title", source="source_id"
)
_HEADS = _KNOWN.annotate(
    has_milestones=There(Milestone.objects.filter(**_INSIDE)), has_review=There(_REVIEWED)
)
_LINES = _HEADS.annotate(part_rows=_PARTS)
_WITH_PLAN = Commitment.objects.select_related("plan")
WHOLE_COMMITMENTS = _KNOWN.select_related("plan").annotate(
    part_rows=_PARTS,
    milestone_rows=Gathered(
        Milestone.objects.filter(**_INSIDE),
        label="label",
        part="sub_commitment__label",
        title="title",
        output="output",
        starts="starts",
        due="due",
        agency="agency__slug",
        agency_name="agency__name",
        source="source_id",
    ),
    review_rows=Gathered(
        _REVIEWED.order_by("review_codes__position"),
        measure="review_codes__measure",
        value="review_codes__value",
        text="review_codes__text",
        part="review_codes__sub_commitment__label",
        source="review_codes__source_id",
    ),
)
"""Commitments with everything known about them."""


def _agencies_of(leads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # An agency that leads the whole and a part of it is named once.
    return list(
        {lead["slug"]: {"slug": lead["slug"], "name": lead["name"]} for lead in leads}.values()
    )


def _recorded(row: Any, *, milestones: bool, review: bool) -> dict[str, bool]:
    """Which facts of a commitment are recorded here."""
    return {
        "lead_agencies": bool(row.lead_rows),
        "identifiers": bool(row.identifier_rows),
        "period": bool(row.starts or row.ends),
        "description": bool(row.description),
        "milestones": milestones,
        "review": review,
    }


def _head(row: Any, plan: Plan, *, milestones: bool, review: bool) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "translations": {"title": row.title.kinds},
        "vision": row.vision.text if row.vision else None,
        "vision_key": row.vision.key if row.vision else None,
        "lead_agencies": _agencies_of(row.lead_rows),
        "recorded": _recorded(row, milestones=milestones, review=review),
        "source": row.source_id,
        "url": reverse("commitment", args=[plan.number, row.number]),
    }


def _parts(row: Any) -> dict[str, Any]:
    """The lead agencies, parts and outside identifiers of a commitment."""
    outside = [{**found, "url": f"/ogp/{found['value']}"} for found in row.identifier_rows]
    return {
        "leads": row.lead_rows,
        "sub_commitments": [
            {
                "label": part["label"],
                "title": part["title"],
                "identifiers": [found for found in outside if found["part"] == part["label"]],
                "source": part["source"],
            }
            for part in row.part_rows
        ],
        "identifiers": outside,
    }


def _standing(
    plan: Plan, among: QuerySet[Commitment], reader: Actor
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The plan's commitments in the order of their numbers, each with its head: one query."""
    rows = among.filter(plan=plan, withdrawn_at=None)
    row: Any
    for row in rows if reads_text(plan, reader) else rows.none():
        yield row, _head(row, plan, milestones=row.has_milestones, review=row.has_review)


def commitment_heads(plan: Plan, reader: Actor = ANONYMOUS) -> list[dict[str, Any]]:
    """Each commitment's number, title, vision, agencies, and which facts are recorded."""
    return [head for _, head in _standing(plan, _HEADS, reader)]


def commitment_lines(plan: Plan, reader: Actor = ANONYMOUS) -> list[dict[str, Any]]:
    """The same with parts and outside identifiers."""
    return [{**head, **_parts(row)} for row, head in _standing(plan, _LINES, reader)]


def commitments_data(plan: Plan, reader: Actor = ANONYMOUS) -> dict[str, Any]:
    return {"plan": plan_line(plan), "commitments": commitment_lines(plan, reader)}


_EDITIONS = Edition.objects.annotate(
    ballot_rows=Gathered(
        Ballot.objects.annotate(at=ref_in_sql()).filter(
            at=OuterRef("adopted_by"), status=BallotStatus.CLOSED
        ),
        outcome="outcome",
        closed_at="closed_at",
        counts="counts",
        round="round",
    ),
    paper_rows=Gathered(
        Paper.objects.filter(edition=OuterRef("pk")),
        language="language",
        sha256="document__sha256",
        size="document__size",
    ),
)
"""Editions with their papers and the round held here that adopted them.

Of a ballot known from a source nothing was counted.
"""


def newest_edition(plan: Plan) -> dict[str, Any] | None:
    """The plan's newest edition with its papers: one query; None where it has none."""
    found: Any = _EDITIONS.filter(plan=plan).first()
    if found is None:
        return None
    papers = [
        {**paper, "url": reverse("plan.paper", args=[plan.number, paper["language"]])}
        for paper in found.paper_rows
    ]
    return {
        "number": found.number,
        "adopted_by": found.adopted_by,
        "ballot": _ballot_of(found),
        "loaded_from": found.loaded_from,
        "published_at": found.published_at,
        "sha256": found.sha256,
        "papers": papers,
    }


def ballot_url(ref: str | None) -> str | None:
    """The page of the ballot that decides a plan or adopted it: always its meeting's newest round."""
    if not (ref and ref.startswith("ballot:")):
        return None
    return reverse("ballot", args=[split_ref(ref)[0]])


def _ballot_of(edition: Any) -> dict[str, Any] | None:
    """The ballot that adopted the edition, where there was one."""
    if not edition.adopted_by:
        return None
    held = edition.ballot_rows or [dict.fromkeys(("outcome", "closed_at", "counts", "round"))]
    return {"url": ballot_url(edition.adopted_by), **held[0]}


def _adoption(plan: Plan, edition: dict[str, Any] | None) -> dict[str, Any] | None:
    """How the plan was adopted: here, by the ballot of its edition; else what a source says."""
    ballot = edition and edition["ballot"]
    if not (edition and ballot and ballot["closed_at"]):
        return plan.adoption
    day = timezone.localdate(ballot["closed_at"]).isoformat()
    on = {"from": day, "to": day, "source": None}
    return {"ballot": edition["adopted_by"], "on": on, "note": None}


def plan_data(
    plan: Any, edition: dict[str, Any] | None = None, reader: Actor = ANONYMOUS
) -> dict[str, Any]:
    """One of WHOLE_PLANS at a glance: direction, visions, stages, commitments, papers."""
    return {
        **plan_line(plan),
        "summary": plan.summary,
        "direction_note": plan.direction_note,
        "areas": plan.area_rows,
        "visions": plan.vision_rows,
        "stages": stages_of(plan),
        "totals": totals_of(plan),
        "adoption": _adoption(plan, edition),
        "before_forum": plan.frozen_by,
        "edition": edition,
        "links": _links(plan),
        "missing": [words(sentence) for sentence in plan.missing],
        "draft": _draft(plan),
        "commitments": commitment_heads(plan, reader),
        "proposals": {"all": plan.proposed, "unanswered": plan.unanswered},
        "groups": plan.grouped,
        "candidates": plan.candidates_made,
        "consulted": plan.consults,
        "source": plan.source_id,
    }


def _draft(plan: Any) -> dict[str, Any] | None:
    """The plan's newest window for comments on its draft, where it has one."""
    if not plan.round_rows:
        return None
    return {**plan.round_rows[0], "url": reverse("draft", args=[plan.number])}


def timeline_data(plan: Plan) -> dict[str, Any]:
    return {"plan": plan_line(plan), "stages": stages_of(plan)}


def made_data(plan: Plan, reader: Actor = ANONYMOUS, *, inside: Any) -> dict[str, Any]:
    """How the commitments came about: the totals on the way, as sources give them.

    `inside` is the expression that counts the proposals in a commitment.
    """
    titles: QuerySet[Any] = _readable(plan, reader).annotate(inside=inside)
    return {
        "plan": plan_line(plan),
        "totals": totals_of(plan),
        "stages": stages_of(plan),
        "commitments": [
            {
                "number": row.number,
                "title": row.title,
                "proposals": row.inside or 0,
                "url": reverse("commitment", args=[plan.number, row.number]),
            }
            for row in titles
        ],
    }


def find_commitment(
    plan: int, number: int, reader: Actor = ANONYMOUS, among: QuerySet[Commitment] = _WITH_PLAN
) -> Commitment:
    """The commitment of a number in a plan, where the reader may see it.

    Raises NotFound: plans.not_here, plans.no_commitment; Gone: plans.withdrawn,
    plans.commitment_withdrawn.
    """
    row = among.filter(plan__number=plan, number=number).first()
    if not (row and reads_text(row.plan, reader)) or row.plan.withdrawn_at:
        find_plan(plan, reader)
        nearest = [reverse("commitments", args=[plan]), reverse("plan", args=[plan])]
        raise NotFound("plans.no_commitment", number=number, plan=plan, nearest=nearest)
    if row.withdrawn_at:
        raise Gone("plans.commitment_withdrawn", number=number, plan=plan, **_withdrawn(row))
    return row


def _milestone(step: dict[str, Any]) -> dict[str, Any]:
    slug = step["agency"]
    return {
        "label": step["label"],
        "part": step["part"],
        "title": step["title"],
        "output": step["output"],
        "from": step["starts"],
        "due": step["due"],
        "agency": {"slug": slug, "name": step["agency_name"]} if slug else None,
        "source": step["source"],
    }


def commitment_data(row: Any) -> dict[str, Any]:
    """One of WHOLE_COMMITMENTS, with everything known about it; null where nothing is."""
    has = {"milestones": bool(row.milestone_rows), "review": bool(row.review_rows)}
    return {
        **_head(row, row.plan, **has),
        **_parts(row),
        "plan": plan_line(row.plan),
        "description": row.description,
        "problem": row.problem,
        "template": {key: words(text) for key, text in row.template.items()},
        "period": _span(row, row.period_source_id),
        "milestones": [_milestone(step) for step in row.milestone_rows],
        "review": row.review_rows,
        "note": row.note,
    }


def agencies_data() -> dict[str, Any]:
    """Agencies with the number of commitments each leads."""
    shown = ~Q(leads__commitment__plan__status__in=DRAFTS)
    standing = Q(leads__commitment__withdrawn_at=None)
    counted = Count("leads__commitment", distinct=True, filter=shown & standing)
    rows = (
        Agency.objects.select_related("parent").annotate(commitments=counted).order_by("position")
    )
    return {"agencies": [{**_agency(row), "commitments": row.commitments} for row in rows]}


def _agency(agency: Agency) -> dict[str, Any]:
    parent = agency.parent
    return {
        "slug": agency.slug,
        "name": agency.name,
        "parent": {"slug": parent.slug, "name": parent.name} if parent else None,
        "note": agency.note,
        "source": agency.source_id,
        "url": reverse("agency", args=[agency.slug]),
    }


def find_agency(slug: str) -> Agency:
    """Raises NotFound: plans.no_agency."""
    agency = Agency.objects.filter(slug=slug).select_related("parent").first()
    if agency is None:
        raise NotFound("plans.no_agency", slug=slug, nearest=[reverse("agencies")])
    return agency


def agency_data(agency: Agency) -> dict[str, Any]:
    """What an agency promised, plan by plan, newest first."""
    standing = Lead.objects.filter(agency=agency, commitment__withdrawn_at=None)
    leads = standing.exclude(commitment__plan__status__in=DRAFTS).select_related(
        "commitment__plan", "commitment__vision", "sub_commitment"
    )
    seen: dict[Any, dict[str, Any]] = {}
    for lead in sorted(leads, key=lambda one: (-one.commitment.plan.number, one.commitment.number)):
        row = lead.commitment
        line = seen.setdefault(
            row.pk,
            {
                "plan": row.plan.number,
                "number": row.number,
                "title": row.title,
                "vision": row.vision.text if row.vision else None,
                "parts": [],
                "unit": None,
                "as_in_source": None,
                "url": reverse("commitment", args=[row.plan.number, row.number]),
                "source": lead.source_id,
            },
        )
        # An agency may lead the whole and parts of it; each source may tell something else.
        line["unit"] = line["unit"] or lead.unit
        line["as_in_source"] = line["as_in_source"] or lead.as_in_source
        if lead.sub_commitment:
            line["parts"].append(lead.sub_commitment.label)
    return {**_agency(agency), "commitments": list(seen.values())}
