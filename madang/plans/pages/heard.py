"""Who was heard for a plan, what was said, and what became of it: counted from what is kept."""

from collections import Counter
from typing import Any

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ballots.models import Ballot
from madang.ballots.rules.words import BallotStatus
from madang.ballots.wording import OUTCOMES
from madang.calls.models import Proposal
from madang.calls.reading import call_of
from madang.calls.rules.replying import fate_of
from madang.calls.words import CHANNELS, OUTCOME_WORDS
from madang.consultation.comment_words import FATE_WORDS, WAITING, WITHDRAWN
from madang.consultation.comments import SEEN
from madang.consultation.models import Asked, Comment, CommentRound, Opinion
from madang.consultation.rules.commenting import CommentState
from madang.consultation.words import SAID
from madang.drafting.models import Suggestion
from madang.drafting.words import FATES
from madang.foundation.answers import Table, answer, said
from madang.foundation.gathering import Gathered
from madang.plans.pages import data as shapes
from madang.taskforces.models import Group, GroupMeeting, GroupMember
from madang.taskforces.pages.data import counted

SUGGESTED = {fate or WAITING: words for fate, words in FATES.items()}
"""What became of a suggestion, in words, by the key that stands in the data."""


def ballots_on(of: Any) -> QuerySet[Ballot]:
    """The ballots on a plan's direction or text that were held here; `of` is its number."""
    number = Cast(of, CharField())
    rows = Ballot.objects.filter(status=BallotStatus.CLOSED)
    return rows.filter(
        Q(decides=Concat(Value("plan:"), number)) | Q(decides=Concat(Value("direction:"), number))
    ).order_by("closed_at", "pk")


_HEARD: QuerySet[Any] = shapes.PLANS.select_related("call").annotate(
    group_rows=Gathered(
        Group.objects.filter(plan=OuterRef("pk")).annotate(
            people=counted(GroupMember.objects.filter(group=OuterRef("pk")), "group")
        ),
        number="number",
        name="name",
        people="people",
    ),
    meeting_rows=Gathered(
        GroupMeeting.objects.filter(group__plan=OuterRef("pk")).order_by("held_on", "pk"),
        group="group__number",
        held_on="held_on",
    ),
    suggestion_rows=Gathered(
        Suggestion.objects.filter(commitment__plan=OuterRef("pk"), commitment__withdrawn_at=None)
        .order_by()
        .values("commitment__number", "fate")
        .annotate(count=Count("pk"))
        .order_by("commitment__number", "fate"),
        number="commitment__number",
        fate="fate",
        count="count",
    ),
    round_rows=Gathered(
        CommentRound.objects.filter(plan=OuterRef("pk"), status__in=SEEN).order_by("number"),
        number="number",
        opens_at="opens_at",
        closes_at="closes_at",
    ),
    asked_rows=Gathered(
        Asked.objects.filter(request__plan=OuterRef("pk"), request__withdrawn_at=None)
        .annotate(
            stance=Subquery(
                Opinion.objects.filter(asked=OuterRef("pk"), newest=True).values("stance")[:1]
            )
        )
        .order_by("agency__position", "pk"),
        slug="agency__slug",
        name="agency__name",
        stance="stance",
    ),
    ballot_rows=Gathered(
        ballots_on(OuterRef("number")),
        decides="decides",
        address="meeting__address",
        round="round",
        opened_at="opened_at",
        closed_at="closed_at",
        outcome="outcome",
        counts="counts",
    ),
)
"""Plans with everyone who was asked on their way."""


def heard(request: Any, number: int, twin: str) -> HttpResponse:
    """The summary of a plan's co-creation, made anew from the rows each time."""
    found = shapes.find_plan(number, request.actor, _HEARD)
    today = timezone.localdate(request.at).isoformat()
    data = heard_data(found, whole=shapes.reads_text(found, request.actor), today=today)

    def table() -> Table:
        headings = [_("Who, or what became of it"), _("Count"), _("Address")]
        return Table(f"plan-{number}-co-creation", headings, _lines(data))

    extra = {
        "channels": [
            (CHANNELS.get(key, key), n) for key, n in data["proposals"]["channels"].items()
        ],
        "outcomes": [
            (words, data["proposals"]["outcomes"][key], f"{data['proposals']['url']}?outcome={key}")
            for key, words in OUTCOME_WORDS.items()
            if data["proposals"]["outcomes"].get(key)
        ],
        "fates": [
            (words, data["comments"]["fates"][key], f"{data['comments']['url']}?fate={key}")
            for key, words in FATE_WORDS.items()
            if data["comments"]["fates"].get(key)
        ],
        "asked": [
            {
                **one,
                "said": [
                    (words, one["stances"][key])
                    for key, words in SAID.items()
                    if key in one["stances"]
                ],
                "silent": one["asked"] - one["answered"],
            }
            for one in data["agencies"]
        ],
        "suggested": [
            (words, data["suggestions"]["fates"][key])
            for key, words in SUGGESTED.items()
            if data["suggestions"]["fates"].get(key)
        ],
        "votes": [{**one, "outcome_words": OUTCOMES[one["outcome"]]} for one in data["ballots"]],
        "nobody": not (
            data["proposals"]["all"]
            or data["groups"]
            or data["agencies"]
            or data["suggestions"]["all"]
            or data["comments"]["rounds"]
            or data["ballots"]
        ),
    }
    return answer(request, twin, "plans/heard.html", data, table=table, extra=extra)


def _lines(data: dict[str, Any]) -> list[list[Any]]:
    """The summary as rows: what is counted, how much, where it stands."""
    proposals, comments = data["proposals"], data["comments"]
    rows: list[list[Any]] = [[_("Proposals"), proposals["all"], proposals["url"]]]
    rows += [
        [CHANNELS.get(key, key), n, proposals["url"]] for key, n in proposals["channels"].items()
    ]
    rows += [
        [OUTCOME_WORDS[key], n, f"{proposals['url']}?outcome={key}"]
        for key, n in proposals["outcomes"].items()
    ]
    rows += [[said(one["name"]), one["members"], one["url"]] for one in data["groups"]]
    rows += [
        [f"{said(one['name'])}: {_('Meetings')}", one["meetings"], f"{one['url']}#meetings"]
        for one in data["groups"]
    ]
    rows += [
        [
            _("Suggestions to commitment %(number)s") % {"number": one["commitment"]},
            one["suggestions"],
            one["url"],
        ]
        for one in data["suggestions"]["about"]
    ]
    rows += [[said(one["name"]), one["asked"], one["url"]] for one in data["agencies"]]
    rows.append([_("Comments on the draft"), comments["all"], comments["url"]])
    rows += [
        [FATE_WORDS[key], n, f"{comments['url']}?fate={key}"]
        for key, n in comments["fates"].items()
    ]
    return rows


def heard_data(plan: Any, *, whole: bool, today: str) -> dict[str, Any]:
    """One of _HEARD: who took part, how much was said, what became of it. Two further queries.

    `whole` says whether what drafts say may be read, and so what agencies said to them and what
    members suggested. Meetings are counted until `today`.
    """
    call = call_of(plan)
    met = Counter(one["group"] for one in plan.meeting_rows if one["held_on"] <= today)
    return {
        "plan": shapes.plan_line(plan),
        "call": {"opens_at": call.opens_at, "closes_at": call.closes_at} if call else None,
        "proposals": _proposals(plan),
        "groups": [
            {
                "number": one["number"],
                "name": one["name"],
                "members": one["people"] or 0,
                "meetings": met[one["number"]],
                "url": reverse("group", args=[plan.number, one["number"]]),
            }
            for one in plan.group_rows
        ],
        "agencies": _agencies(plan, whole),
        "suggestions": _suggestions(plan, plan.suggestion_rows if whole else []),
        "comments": _comments(plan),
        "ballots": [_ballot(one) for one in plan.ballot_rows],
    }


def _proposals(plan: Any) -> dict[str, Any]:
    channels: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    rows = Proposal.objects.filter(plan=plan).values_list("channel", "platform", "outcome", "state")
    for channel, platform, outcome, state, count in rows.annotate(count=Count("pk")).order_by():
        channels[platform or channel] += count
        outcomes[fate_of(outcome, state)] += count
    return {
        "all": channels.total(),
        "channels": dict(channels.most_common()),
        "outcomes": dict(outcomes.most_common()),
        "url": reverse("proposals", args=[plan.number]),
    }


def _agencies(plan: Any, whole: bool) -> list[dict[str, Any]]:
    """The agencies that were asked: about how many drafts, and what they said to how many."""
    found: dict[str, dict[str, Any]] = {}
    for row in plan.asked_rows:
        line = found.setdefault(
            row["slug"],
            {
                "slug": row["slug"],
                "name": row["name"],
                "asked": 0,
                "answered": 0,
                "stances": {},
                "url": reverse("consultation", args=[plan.number]),
            },
        )
        line["asked"] += 1
        line["answered"] += row["stance"] is not None
        if row["stance"] and whole:
            line["stances"][row["stance"]] = line["stances"].get(row["stance"], 0) + 1
    return list(found.values())


def _suggestions(plan: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What members and groups suggested for the wording: of which commitments, what became of it."""
    about: Counter[int] = Counter()
    fates: Counter[str] = Counter()
    for row in rows:
        about[row["number"]] += row["count"]
        fates[row["fate"] or WAITING] += row["count"]
    return {
        "all": about.total(),
        "fates": dict(fates),
        "about": [
            {
                "commitment": number,
                "suggestions": count,
                "url": reverse("draft.suggestions", args=[plan.number, number]),
            }
            for number, count in sorted(about.items())
        ],
    }


def _comments(plan: Any) -> dict[str, Any]:
    about: Counter[int | None] = Counter()
    fates: Counter[str] = Counter()
    changed: Counter[int] = Counter()
    rows = Comment.objects.filter(plan=plan, round__status__in=SEEN).values_list(
        "commitment__number", "answer__fate", "state", "answer__version__commitment__number"
    )
    known = Q(answer__published_at__isnull=False)
    counted_rows = rows.annotate(count=Count("pk"), answered=Count("pk", filter=known)).order_by()
    for number, fate, state, became, count, answered in counted_rows:
        about[number] += count
        fates[WITHDRAWN if state == CommentState.WITHDRAWN else WAITING] += count - answered
        if answered:
            fates[fate] += answered
        if answered and became:
            changed[became] += answered

    def line(number: int, count: int) -> dict[str, Any]:
        url = reverse("draft.commitment", args=[plan.number, number])
        return {"commitment": number, "comments": count, "url": url}

    return {
        "all": about.total(),
        "rounds": plan.round_rows,
        "on_the_whole": about[None],
        "about": [line(n, count) for n, count in sorted((n, c) for n, c in about.items() if n)],
        "fates": {key: n for key, n in fates.items() if n},
        "changed": [line(n, count) for n, count in sorted(changed.items())],
        "url": reverse("draft.comments", args=[plan.number]),
    }


def _ballot(one: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: one[key] for key in ("decides", "round", "opened_at", "closed_at", "outcome")},
        "counts": one["counts"],
        "url": reverse("ballot.round", args=[one["address"], one["round"]]),
    }
