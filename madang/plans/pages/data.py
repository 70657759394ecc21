"""The shapes of plans and commitments: one for the page, `.json` and the papers alike."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus
from madang.drafting.models import Commitment, Identifier, Lead, Milestone, SubCommitment
from madang.foundation.actors import ANONYMOUS, Actor
from madang.foundation.addresses import address_of
from madang.foundation.answers import said
from madang.foundation.refusals import Gone, NotFound
from madang.foundation.texts import Text
from madang.members.models import Agency
from madang.planning.models import Plan, PlanStatus, StageKey
from madang.planning.rules.permissions import sees_drafts


def words(kept: Any) -> Text | None:
    """A text that stands inside a JSON document."""
    return Text.of(kept) if kept else None


def _span(row: Any, source: str | None = None) -> dict[str, Any] | None:
    if not (row.starts or row.ends):
        return None
    return {"from": row.starts, "to": row.ends, "source": source}


def _by(rows: Iterable[Any], key: str) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def _withdrawn(row: Plan | Commitment) -> dict[str, str]:
    """What was at an address that is gone, since when, and why."""
    on = timezone.localdate(row.withdrawn_at).isoformat()
    return {"title": said(row.title), "on": on, "why": said(row.reason)}


SHOWN = ~Q(status=PlanStatus.PREPARING)
"""The plans that everyone sees. Public lists hold no others, whoever reads them."""


def is_shown(plan: Plan, reader: Actor) -> bool:
    """Whether a reader sees the plan: a draft is for members and the secretariat."""
    # Who reads is only asked of a draft, so that public pages stay the same for everyone.
    return not plan.is_draft or sees_drafts(reader)


def find_plan(number: int, reader: Actor = ANONYMOUS) -> Plan:
    """The plan of a number, where the reader may see it.

    Raises NotFound: plans.not_here, Gone: plans.withdrawn.
    """
    plan = Plan.objects.filter(number=number).first()
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
        here=Count("commitments", filter=Q(commitments__withdrawn_at=None))
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


def totals_of(plan: Plan) -> list[dict[str, Any]]:
    """The counts on the plan's way, as sources give them."""
    return [
        {**total, "label": words(total["label"]), "note": words(total["note"])}
        for total in plan.totals
    ]


def _claims(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**claim, "note": words(claim.get("note"))} for claim in claims]


def stages_of(plan: Plan) -> list[dict[str, Any]]:
    """Every stage of the cycle in order, also those of which nothing is recorded.

    `announced` and `actual` are the dates shown first; where sources disagree, the others are in
    `announced_also` and `actual_also`.
    """
    known = {stage.key: stage for stage in plan.stages.all()}
    found = []
    for key in StageKey.values:
        stage = known.get(key)
        announced = _claims(stage.announced) if stage else []
        actual = _claims(stage.actual) if stage else []
        found.append(
            {
                "key": key,
                "text": stage.text if stage else None,
                "announced": announced[0] if announced else None,
                "actual": actual[0] if actual else None,
                "announced_also": announced[1:],
                "actual_also": actual[1:],
            }
        )
    return found


LEADS = {
    "slug": "leads__agency__slug",
    "name": "leads__agency__name",
    "as_in_source": "leads__as_in_source",
    "unit": "leads__unit",
    "part": "leads__sub_commitment__label",
    "source": "leads__source",
}
"""A lead agency's facts and where the joined query finds them."""


def with_leads(rows: QuerySet[Commitment]) -> list[tuple[Commitment, list[dict[str, Any]]]]:
    """Commitments with their plan, vision and lead agencies, by number: one query.

    The join gives a commitment once for each of its lead agencies.
    """
    inside = {"commitment": OuterRef("pk")}
    joined = rows.select_related("plan", "vision").annotate(
        **{f"lead_{key}": F(path) for key, path in LEADS.items()},
        has_identifiers=Exists(Identifier.objects.filter(**inside)),
        has_milestones=Exists(Milestone.objects.filter(**inside)),
        has_review=Exists(Commitment.objects.filter(pk=OuterRef("pk"), review_codes__isnull=False)),
    )
    found: dict[int, tuple[Commitment, list[dict[str, Any]]]] = {}
    row: Any
    for row in joined.order_by("number", "leads__sub_commitment__position", "leads__position"):
        leads = found.setdefault(row.pk, (row, []))[1]
        if row.lead_slug:
            leads.append({key: getattr(row, f"lead_{key}") for key in LEADS})
    return list(found.values())


def _identifier(identifier: Identifier, labels: dict[int, str]) -> dict[str, Any]:
    return {
        "scheme": identifier.scheme,
        "value": identifier.value,
        "part": labels.get(identifier.sub_commitment_id or 0),
        "note": identifier.note,
        "source": identifier.source_id,
        "url": f"/ogp/{identifier.value}",
    }


def _agencies_of(leads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # An agency that leads the whole and a part of it is named once.
    return list(
        {lead["slug"]: {"slug": lead["slug"], "name": lead["name"]} for lead in leads}.values()
    )


def _recorded(row: Any, leads: list[dict[str, Any]]) -> dict[str, bool]:
    """Which facts of a commitment are recorded here."""
    return {
        "lead_agencies": bool(leads),
        "identifiers": row.has_identifiers,
        "period": bool(row.starts or row.ends),
        "description": bool(row.description),
        "milestones": row.has_milestones,
        "review": row.has_review,
    }


def commitment_head(row: Commitment, leads: list[dict[str, Any]]) -> dict[str, Any]:
    """A commitment in a list: number, title, vision, agencies, and which facts are recorded."""
    return {
        "number": row.number,
        "title": row.title,
        "translations": {"title": row.title.kinds},
        "vision": row.vision.text if row.vision else None,
        "vision_key": row.vision.key if row.vision else None,
        "lead_agencies": _agencies_of(leads),
        "recorded": _recorded(row, leads),
        "source": row.source_id,
        "url": reverse("commitment", args=[row.plan.number, row.number]),
    }


def commitment_heads(plan: Plan) -> list[dict[str, Any]]:
    """The plan's commitments, in the order of their numbers: one query."""
    rows = Commitment.objects.filter(plan=plan, withdrawn_at=None)
    return [commitment_head(row, leads) for row, leads in with_leads(rows)]


def commitment_lines(plan: Plan) -> list[dict[str, Any]]:
    """The same with parts and outside identifiers: three queries for any plan."""
    inside: dict[str, Any] = {"commitment__plan": plan}
    subs = _by(SubCommitment.objects.filter(**inside), "commitment_id")
    identifiers = _by(Identifier.objects.filter(**inside), "commitment_id")
    rows = Commitment.objects.filter(plan=plan, withdrawn_at=None)
    return [_line(row, leads, subs[row.pk], identifiers[row.pk]) for row, leads in with_leads(rows)]


def _line(
    row: Commitment,
    leads: list[dict[str, Any]],
    subs: list[SubCommitment],
    identifiers: list[Identifier],
) -> dict[str, Any]:
    labels = {sub.pk: sub.label for sub in subs}
    outside = [_identifier(identifier, labels) for identifier in identifiers]
    return {
        **commitment_head(row, leads),
        "leads": leads,
        "sub_commitments": [
            {
                "label": sub.label,
                "title": sub.title,
                "identifiers": [found for found in outside if found["part"] == sub.label],
                "source": sub.source_id,
            }
            for sub in subs
        ],
        "identifiers": outside,
    }


def commitments_data(plan: Plan) -> dict[str, Any]:
    return {"plan": plan_line(plan), "commitments": commitment_lines(plan)}


def _visions(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "key": vision.key,
            "text": vision.text,
            "as_in_source": vision.as_in_source,
            "note": vision.note,
            "source": vision.source_id,
        }
        for vision in plan.visions.all()
    ]


def find_plan_with_papers(
    number: int, reader: Actor = ANONYMOUS
) -> tuple[Plan, dict[str, Any] | None]:
    """The plan and its newest edition with its papers: one query.

    Raises NotFound: plans.not_here, Gone: plans.withdrawn.
    """
    joined = Plan.objects.filter(number=number).annotate(
        edition=F("editions__number"),
        adopted_by=F("editions__adopted_by"),
        edition_sha256=F("editions__sha256"),
        loaded_from=F("editions__loaded_from"),
        published_at=F("editions__published_at"),
        **{f"ballot_{key}": Subquery(_DECIDED.values(key)[:1]) for key in _OF_BALLOT},
        language=F("editions__papers__language"),
        sha256=F("editions__papers__document__sha256"),
        size=F("editions__papers__document__size"),
    )
    rows = list(joined.order_by("-edition", "-language"))
    if not rows or rows[0].withdrawn_at or not is_shown(rows[0], reader):
        find_plan(number, reader)  # says which of them it is
    first: Any = rows[0]
    if first.edition is None:
        return first, None
    papers = [
        {
            "language": row.language,
            "sha256": row.sha256,
            "size": row.size,
            "url": reverse("plan.paper", args=[number, row.language]),
        }
        for row in rows
        if row.edition == first.edition and row.sha256
    ]
    return first, {
        "number": first.edition,
        "adopted_by": first.adopted_by,
        "ballot": _ballot_of(first),
        "loaded_from": first.loaded_from,
        "published_at": first.published_at,
        "sha256": first.edition_sha256,
        "papers": papers,
    }


_OF_BALLOT = ("outcome", "closed_at", "counts")
_DECIDED = (
    Ballot.objects.annotate(
        key=Concat(Value("ballot:"), "meeting__address", output_field=CharField())
    )
    .filter(key=OuterRef("editions__adopted_by"), status=BallotStatus.CLOSED)
    .order_by("-round")
)
"""The ballot held here that adopted an edition; of one known from a source nothing was counted."""


def _ballot_of(row: Any) -> dict[str, Any] | None:
    """The ballot that adopted the edition of a joined row, where there was one."""
    if not row.adopted_by:
        return None
    return {
        "url": address_of(row.adopted_by) or None,
        **{key: getattr(row, f"ballot_{key}") for key in _OF_BALLOT},
    }


def _adoption(plan: Plan, edition: dict[str, Any] | None) -> dict[str, Any] | None:
    """How the plan was adopted: here, by the ballot of its edition; else what a source says."""
    ballot = edition and edition["ballot"]
    if not (edition and ballot and ballot["closed_at"]):
        return plan.adoption
    day = timezone.localdate(ballot["closed_at"]).isoformat()
    on = {"from": day, "to": day, "source": None}
    return {"ballot": edition["adopted_by"], "on": on, "note": None}


def plan_data(plan: Plan, edition: dict[str, Any] | None = None) -> dict[str, Any]:
    """The plan at a glance: direction, visions, stages, commitments, papers."""
    return {
        **plan_line(plan),
        "summary": plan.summary,
        "direction_note": plan.direction_note,
        "areas": [{"text": area.text, "source": area.source_id} for area in plan.areas.all()],
        "visions": _visions(plan),
        "stages": stages_of(plan),
        "totals": totals_of(plan),
        "adoption": _adoption(plan, edition),
        "before_forum": plan.frozen_by,
        "edition": edition,
        "links": _links(plan),
        "missing": [words(sentence) for sentence in plan.missing],
        "commitments": commitment_heads(plan),
        "source": plan.source_id,
    }


def timeline_data(plan: Plan) -> dict[str, Any]:
    return {"plan": plan_line(plan), "stages": stages_of(plan)}


def made_data(plan: Plan) -> dict[str, Any]:
    """How the commitments came about: the totals on the way, as sources give them."""
    titles = Commitment.objects.filter(plan=plan, withdrawn_at=None)
    return {
        "plan": plan_line(plan),
        "totals": totals_of(plan),
        "stages": stages_of(plan),
        "commitments": [
            {
                "number": row.number,
                "title": row.title,
                "url": reverse("commitment", args=[plan.number, row.number]),
            }
            for row in titles
        ],
    }


def find_commitment(
    plan: int, number: int, reader: Actor = ANONYMOUS
) -> tuple[Commitment, list[dict[str, Any]]]:
    """The commitment of a number in a plan, with its lead agencies: one query.

    Raises NotFound: plans.not_here, plans.no_commitment; Gone: plans.withdrawn,
    plans.commitment_withdrawn.
    """
    found = with_leads(Commitment.objects.filter(plan__number=plan, number=number))
    if not (found and is_shown(found[0][0].plan, reader)) or found[0][0].plan.withdrawn_at:
        find_plan(plan, reader)
        nearest = [reverse("commitments", args=[plan]), reverse("plan", args=[plan])]
        raise NotFound("plans.no_commitment", number=number, plan=plan, nearest=nearest)
    row, leads = found[0]
    if row.withdrawn_at:
        raise Gone("plans.commitment_withdrawn", number=number, plan=plan, **_withdrawn(row))
    return row, leads


def _milestone(step: Milestone, labels: dict[int, str]) -> dict[str, Any]:
    return {
        "label": step.label,
        "part": labels.get(step.sub_commitment_id or 0),
        "title": step.title,
        "output": step.output,
        "from": step.starts,
        "due": step.due,
        "agency": {"slug": step.agency.slug, "name": step.agency.name} if step.agency else None,
        "source": step.source_id,
    }


def _review(row: Commitment, labels: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "measure": code.measure,
            "value": code.value,
            "text": code.text,
            "part": labels.get(code.sub_commitment_id or 0),
            "source": code.source_id,
        }
        for code in row.review_codes.all()
    ]


def commitment_data(row: Commitment, leads: list[dict[str, Any]]) -> dict[str, Any]:
    """One commitment, with everything known about it; null where nothing is."""
    subs = list(row.sub_commitments.all())
    labels = {sub.pk: sub.label for sub in subs}
    return {
        **_line(row, leads, subs, list(row.identifiers.all())),
        "plan": plan_line(row.plan),
        "description": row.description,
        "problem": row.problem,
        "template": {key: words(text) for key, text in row.template.items()},
        "period": _span(row, row.period_source_id),
        "milestones": [
            _milestone(step, labels) for step in row.milestones.select_related("agency")
        ],
        "review": _review(row, labels),
        "note": row.note,
    }


def agencies_data() -> dict[str, Any]:
    """Agencies with the number of commitments each leads."""
    shown = ~Q(leads__commitment__plan__status=PlanStatus.PREPARING)
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
    """What an agency promised, plan by plan, newest first, and its milestones."""
    standing = Lead.objects.filter(agency=agency, commitment__withdrawn_at=None)
    leads = standing.exclude(commitment__plan__status=PlanStatus.PREPARING).select_related(
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
    steps = (
        Milestone.objects.filter(commitment_id__in=list(seen))
        .select_related("commitment__plan", "agency")
        .order_by("-commitment__plan__number", "commitment__number", "position")
    )
    return {
        **_agency(agency),
        "commitments": list(seen.values()),
        "milestones": [
            {**_milestone(step, {}), "agency": None, "plan": step.commitment.plan.number}
            for step in steps
            if step.agency_id in (None, agency.pk)
        ],
    }
