"""A proposal's page: the answer on top, and the line of what happened to it since it came in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.db.models import (
    CharField,
    Count,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Concat
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from madang.ballots.models import Ballot, BallotStatus
from madang.ballots.wording import OUTCOMES
from madang.calls.models import (
    Endorsement,
    FileChange,
    Moderation,
    Proposal,
    ProposalVersion,
    Reply,
)
from madang.calls.pages.data import is_shown, plan_head, promised, shows_text
from madang.calls.rules.personal import personal_data
from madang.calls.rules.replying import WAITING, days_over, disposition_of, fate_of
from madang.calls.rules.words import Channel, ProposalState
from madang.calls.words import (
    CHANNELS,
    DISPOSITIONS,
    HIDDEN_FOR,
    NOT_IN_PLAN,
    OUTCOME_WORDS,
    STATES,
)
from madang.consultation.models import Opinion
from madang.consultation.words import SAID
from madang.drafting.models import GrownFrom, Milestone
from madang.drafting.rules.diff import runs_of
from madang.foundation.addresses import address_of
from madang.foundation.answers import answer
from madang.foundation.gathering import Gathered
from madang.foundation.qr import draw_qr
from madang.foundation.refusals import NotFound
from madang.foundation.templatetags.madang import spell
from madang.foundation.texts import Text
from madang.monitoring.models import MilestoneReport
from madang.monitoring.rules.words import MilestoneStatus
from madang.planning.models import Stage, StageKey
from madang.taskforces.models import Origin, Placement
from madang.web.pages.attached import ending_of


@dataclass(frozen=True)
class Stop:
    """A stop on a proposal's way: when, what in words, and where that leads.

    `day` stands where a year, month or day is told rather than a moment. `after` is where it
    stands in the line when its own moment is not known.
    """

    key: str
    at: datetime | None
    words: str | Promise
    about: Text | str | None = None
    url: str = ""
    day: str | None = None
    after: datetime | None = None

    def data(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "at": self.at,
            "day": self.day,
            "words": str(self.words),
            "about": self.about,
            "url": self.url or None,
        }


def proposal(request: Any, number: int, proposal: int, twin: str) -> HttpResponse:
    """`/plans/5/proposals/0412/`; any other way to write the number leads there."""
    here = reverse("proposal.json" if twin else "proposal", args=[number, proposal])
    if not request.path.endswith(here):
        return HttpResponsePermanentRedirect(here)
    row = find_row(number, proposal)
    data, short = trail_data(row), reverse("short.proposal", args=[number, proposal])
    extra = {
        "state_words": STATES[ProposalState(row.state)],
        "outcome_words": OUTCOME_WORDS[data["outcome"]],
        "source_words": CHANNELS.get(data["source"], data["source"]),
        "hidden_words": HIDDEN_FOR.get(data["hidden_for"] or "", ""),
        "receipt": "receipt" in request.GET,
        "supported": "supported" in request.GET,
        "readable": is_shown(row),
        "overdue": data["outcome"] == WAITING
        and days_over(data["promised"]["answered"], timezone.localdate(request.at).isoformat()),
        "sorted_by": _sorted_by(row),
        "twin_list": ("json",),
        "versions_shown": _versions_words(data["versions"]),
        "short": short,
        "file_kind": ending_of(row.attachment.document).upper() if data["file"] else "",
        "qr": draw_qr(settings.INSTALLATION.address + short, title=_("QR code of its address"))
        if "receipt" in request.GET
        else "",
        "reply": _reply_words(data["replies"][-1]) if data["replies"] else None,
        "earlier_replies": [_reply_words(one) for one in data["replies"][:-1]],
    }
    return answer(request, twin, "web/proposal.html", data, extra=extra)


def _count(rows: QuerySet[Any], by: str = "proposal") -> Subquery:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Subquery(counted, output_field=IntegerField())


_MINE = {"proposal": OuterRef("pk")}
_TOLD_LAST = MilestoneReport.objects.counting().filter(milestone=OuterRef("pk")).order_by("-number")
_ROWS = (
    Proposal.objects.annotate(
        verified=_count(Endorsement.objects.filter(**_MINE, verified=True)),
        unverified=_count(Endorsement.objects.filter(**_MINE, verified=False)),
        beside=_count(
            Placement.objects.filter(candidate=OuterRef("placement__candidate")), by="candidate"
        ),
        sorting=Subquery(
            Stage.objects.filter(plan=OuterRef("plan"), key=StageKey.TASK_FORCE).values(
                "announced"
            )[:1]
        ),
        step_rows=Gathered(
            Moderation.objects.filter(**_MINE, done_at__isnull=False),
            state="state",
            reason="reason",
            done_at="done_at",
        ),
        file_rows=Gathered(
            FileChange.objects.filter(**_MINE),
            before="before__sha256",
            after="after__sha256",
            changed_at="changed_at",
        ),
        version_rows=Gathered(
            ProposalVersion.objects.filter(**_MINE),
            number="number",
            title="title",
            text="text",
            sha256="sha256",
            made_at="made_at",
        ),
        # What was taken back at once led nowhere.
        origin_rows=Gathered(
            Origin.objects.filter(**_MINE).exclude(why="undone").order_by("made_at"),
            number="candidate__number",
            title="candidate__title",
            made_at="made_at",
            ended_at="ended_at",
        ),
        grown_rows=Gathered(
            GrownFrom.objects.filter(
                candidate__placements__proposal=OuterRef("pk"),
                ended_at=None,
                commitment__withdrawn_at=None,
            ).order_by("made_at"),
            number="commitment__number",
            title="commitment__title",
            milestone="milestone__label",
            made_at="made_at",
        ),
        ballot_rows=Gathered(
            Ballot.objects.filter(
                status__in=[BallotStatus.CLOSED, BallotStatus.RECORDED],
                decides=Concat(Value("plan:"), Cast(OuterRef("plan__number"), CharField())),
            ).order_by("closed_at", "starts", "pk"),
            address="meeting__address",
            round="round",
            starts="starts",
            ends="ends",
            closed_at="closed_at",
            outcome="outcome",
        ),
        milestone_rows=Gathered(
            Milestone.objects.filter(
                commitment__grown_from__candidate__placements__proposal=OuterRef("pk"),
                commitment__grown_from__ended_at=None,
                commitment__withdrawn_at=None,
            ).annotate(
                status=Subquery(_TOLD_LAST.values("status")[:1]),
                done_on=Subquery(_TOLD_LAST.values("done_on")[:1]),
                told_at=Subquery(_TOLD_LAST.values("made_at")[:1]),
            ),
            commitment="commitment__number",
            label="label",
            title="title",
            status="status",
            done_on="done_on",
            told_at="told_at",
        ),
        opinion_rows=Gathered(
            Opinion.objects.filter(
                newest=True,
                asked__commitment__withdrawn_at=None,
                asked__commitment__grown_from__candidate__placements__proposal=OuterRef("pk"),
                asked__commitment__grown_from__ended_at=None,
            ).order_by("made_at"),
            name="asked__agency__name",
            commitment="asked__commitment__number",
            stance="stance",
            made_at="made_at",
        ),
    )
    .select_related(
        *("plan__call", "area", "reexamination", "placement__group", "placement__candidate"),
        "attachment__document",
    )
    .defer("features")
)
"""Proposals with all that hangs on them."""


def find_row(plan: int, number: int) -> Any:
    """A proposal with all that hangs on it but its answers: one query.

    Raises NotFound: calls.no_proposal.
    """
    found = _ROWS.filter(plan__number=plan, number=number).first()
    if found is None or found.plan.is_hidden or found.plan.withdrawn_at:
        label = f"{plan}-{number:04d}"
        nearest = [reverse("find"), reverse("proposals", args=[plan])] if plan else []
        raise NotFound("calls.no_proposal", label=label, nearest=nearest)
    return found


# --- its shape -----------------------------------------------------------------------------------


def trail_data(row: Any) -> dict[str, Any]:
    """A proposal as everyone reads it; of one that is not public, what may be told of it."""
    public = is_shown(row)
    steps = row.step_rows
    hidden = [step["reason"] for step in steps if step["state"] == ProposalState.HIDDEN]
    replies = list(
        Reply.objects.filter(proposal=row, published_at__isnull=False).select_related("agency")
    )
    return {
        "label": row.label,
        "number": row.number,
        "plan": plan_head(row.plan),
        "state": row.state,
        "hidden_for": hidden[-1] if hidden and row.state == ProposalState.HIDDEN else None,
        "title": row.title if public else None,
        "text": row.text if public and not row.title_only else None,
        "title_only": row.title_only,
        "language": row.language,
        "area": row.area.text if row.area else None,
        "name": row.name or None if public else None,
        "joint": row.joint if public else [],
        "source": row.platform or row.channel,
        "outside_number": row.outside_number or None,
        "proposed_on": row.proposed_on,
        "received_at": row.received_at,
        "published_at": row.published_at,
        "version": row.version,
        "versions": versions_data(row),
        "file": _file(row),
        "file_changes": row.file_rows if shows_text(row) else [],
        "outcome": fate_of(row.outcome, row.state),
        "replies": [_reply(one) for one in replies],
        "promised": promised(row, [(step["state"], step["done_at"]) for step in steps]),
        "supports": {
            "verified": row.verified or 0,
            "unverified": row.unverified or 0,
            "elsewhere": row.supports_elsewhere,
        },
        "stops": [stop.data() for stop in sorted(stops_of(row, steps, replies), key=_when)],
    }


def _file(row: Any) -> dict[str, Any] | None:
    """The file that came with it, where everyone may have it."""
    kept = getattr(row, "attachment", None)
    if kept is None or not shows_text(row):
        return None
    return {
        "url": reverse("proposal.file", args=[row.plan.number, row.number]),
        "media_type": kept.document.media_type,
        "size": kept.document.size,
        "sha256": kept.document.sha256,
    }


def versions_data(row: Any) -> list[dict[str, Any]]:
    """The versions, the newest first, each with what its author changed.

    What was taken out because it may be personal is not shown by way of the difference.
    """
    rows = row.version_rows
    open_to_all = is_shown(row) and not row.title_only
    found = []
    for new, old in zip_longest(rows, rows[1:]):
        told = open_to_all and old is not None
        told = told and not personal_data(new["title"], new["text"], old["title"], old["text"])
        pairs = {key: (old[key], new[key]) for key in ("title", "text")} if told else {}
        found.append(
            {
                **{key: new[key] for key in ("number", "sha256", "made_at")},
                "changes": [
                    {
                        "path": key,
                        "runs": [
                            {"mark": run.mark.value, "words": run.words}
                            for run in runs_of(before, after)
                        ],
                    }
                    for key, (before, after) in pairs.items()
                    if before != after
                ],
            }
        )
    return found


_PARTS = {"title": gettext_lazy("In one line"), "text": gettext_lazy("Text")}


def _versions_words(versions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **one,
            "changes": [{**change, "where": _PARTS[change["path"]]} for change in one["changes"]],
        }
        for one in versions
    ]


def _when(stop: Stop) -> tuple[bool, float]:
    at = stop.at or stop.after
    return at is None, at.timestamp() if at else 0


def _reply(row: Reply) -> dict[str, Any]:
    return {
        "round": row.round,
        "outcome": row.outcome,
        "reason": row.reason,
        "disposition": str(disposition_of(row.outcome, row.reason)),
        "text": row.text,
        "line": row.line or None,
        "place": row.place or None,
        "subject": row.subject or None,
        "agency": {"slug": row.agency.slug, "name": row.agency.name} if row.agency else None,
        "published_at": row.published_at,
    }


def _reply_words(reply: dict[str, Any]) -> dict[str, Any]:
    return {
        **reply,
        "outcome_words": OUTCOME_WORDS[reply["outcome"]],
        "reason_words": NOT_IN_PLAN.get(reply["reason"] or "", ""),
        "legal": DISPOSITIONS[reply["disposition"]],
        "subject_url": address_of(reply["subject"]) if reply["subject"] else "",
        "of_candidate": (reply["subject"] or "").startswith("candidate:"),
    }


def _sorted_by(row: Any) -> str | None:
    """The day announced for the groups' work, where one is."""
    announced = row.sorting or []
    return (announced[0]["to"] or announced[0]["from"]) if announced else None


_TOLD = (ProposalState.SUPPLEMENT, ProposalState.HIDDEN, ProposalState.WITHDRAWN)
"""The steps that are stops of their own; publishing has its own moment."""

# --- the line of stops ---------------------------------------------------------------------------


def stops_of(row: Any, steps: list[dict[str, Any]], replies: list[Reply]) -> Iterator[Stop]:
    """What happened to a proposal, from what is linked to it and nothing else."""
    yield Stop("received", row.received_at, _came(row))
    if row.published_at:
        yield Stop("published", row.published_at, _("Public: everyone can read it"))
    yield from (
        Stop(step["state"], step["done_at"], STATES[step["state"]])
        for step in steps
        if step["state"] in _TOLD
    )
    for change in row.file_rows:
        yield Stop("file", change["changed_at"], _file_words(change))
    yield from _sorting(row)
    for reply in replies:
        words = _("Answered anew") if reply.round > 1 else pgettext("proposal", "Answered")
        yield Stop(
            "answered",
            reply.published_at,
            f"{words}: {OUTCOME_WORDS[reply.outcome]}",
            url="#answer",
        )
    if again := getattr(row, "reexamination", None):
        yield Stop("reexamination", again.asked_at, _("Its author asked for another look"))


def _file_words(change: dict[str, Any]) -> str:
    if not change["after"]:
        return _("Its author took its file away")
    return _("Its author exchanged its file") if change["before"] else _("Its author added a file")


def _came(row: Proposal) -> str:
    if row.platform and row.proposed_on:
        facts = {"place": row.platform, "day": spell(row.proposed_on)}
        return _("Received: proposed on %(day)s at %(place)s and taken over from there") % facts
    if row.platform:
        return _("Received: taken over from %(place)s") % {"place": row.platform}
    return _("Received %(how)s") % {"how": CHANNELS[Channel(row.channel)]}


def _sorting(row: Any) -> Iterator[Stop]:
    """The group it lies with, the candidates it went into, the commitments those became."""
    if placement := getattr(row, "placement", None):
        url = reverse("group", args=[row.plan.number, placement.group.number])
        yield Stop("group", placement.placed_at, _("With the group"), placement.group.name, url)
    for origin in row.origin_rows:
        # How many lie beside it is known of where it lies now.
        beside = 0 if origin["ended_at"] else max(0, (row.beside or 1) - 1)
        others, number = beside, origin["number"]
        words = (
            _("Part of candidate %(number)s, with %(others)s others")
            % {"number": number, "others": others}
            if others
            else _("Part of candidate %(number)s") % {"number": number}
        )
        url = reverse("candidate", args=[row.plan.number, number])
        yield Stop("candidate", origin["made_at"], words, origin["title"], url)
    # A draft is read by few: what grows in it is told once everyone may read it.
    for grown in [] if row.plan.is_draft else row.grown_rows:
        yield _grown(grown, row.plan.number)
    for one in [] if row.plan.is_draft else row.opinion_rows:
        url = reverse("commitment", args=[row.plan.number, one["commitment"]])
        words = _("Consultation: an agency %(said)s") % {"said": SAID[one["stance"]]}
        yield Stop("opinion", one["made_at"], words, one["name"], f"{url}#opinions")
    if not row.plan.is_draft and row.grown_rows:
        yield from _voted(row)
        yield from _done(row)


def _voted(row: Any) -> Iterator[Stop]:
    """The rounds in which the forum voted on the plan that it became a part of.

    Of one that a source alone tells of, the day is what that says.
    """
    for one in row.ballot_rows:
        words = _("Vote on the plan")
        if one["outcome"]:
            words = f"{words}: {OUTCOMES[one['outcome']]}"
        url = reverse("ballot.round", args=[one["address"], one["round"]])
        day = None if one["closed_at"] else one["ends"] or one["starts"]
        grown = max(thread["made_at"] for thread in row.grown_rows)
        yield Stop("vote", one["closed_at"], words, url=url, day=day, after=grown)


def _done(row: Any) -> Iterator[Stop]:
    """That the milestones it leads to are done; of a commitment as a whole, when all of its are."""
    for grown in row.grown_rows:
        number, label = grown["number"], grown["milestone"]
        steps = [
            one
            for one in row.milestone_rows
            if one["commitment"] == number and label in (None, one["label"])
        ]
        if steps and all(one["status"] == MilestoneStatus.DONE for one in steps):
            last = max(steps, key=lambda one: one["told_at"])
            url = reverse("commitment", args=[row.plan.number, number])
            if label:
                words, about = _("Done: milestone %(label)s") % {"label": label}, last["title"]
                url = f"{url}#milestone-{label}"
            else:
                words, about = _("Done: commitment %(number)s") % {"number": number}, grown["title"]
            yield Stop("done", last["told_at"], words, about, url, day=last["done_on"])


def _grown(grown: dict[str, Any], plan: int) -> Stop:
    number, label = grown["number"], grown["milestone"]
    url = reverse("commitment", args=[plan, number])
    if label:
        words = _("In commitment %(number)s, milestone %(label)s") % {
            "number": number,
            "label": label,
        }
        return Stop(
            "milestone", grown["made_at"], words, grown["title"], f"{url}#milestone-{label}"
        )
    words = _("In commitment %(number)s") % {"number": number}
    return Stop("commitment", grown["made_at"], words, grown["title"], url)
