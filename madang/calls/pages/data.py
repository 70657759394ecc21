"""The shapes of calls and proposals: one for the page and for the data alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from madang.calls.models import Call, Moderation, Proposal, Reply
from madang.calls.reading import call_of
from madang.calls.rules.moderating import stood_still
from madang.calls.rules.proposing import ANSWER_PUBLIC
from madang.calls.rules.replying import WAITING, WITHDRAWN, days_over, fate_of
from madang.calls.rules.words import Channel, Outcome, ProposalState
from madang.foundation.gathering import Gathered
from madang.foundation.refusals import NotFound
from madang.foundation.streams import Pieces, pieces
from madang.foundation.texts import Text
from madang.planning.models import Area, Plan

PAGE = 50
FILTERS = ("area", "outcome", "state", "source", "group", "sorted")
"""What a list of proposals can be chosen by; each is its own key in the address."""
NONE, YES, NO = "none", "yes", "no"
MOST_WORDS = 5
"""How many words of a search count; each must stand in the title or the text."""


NOT_DUE = (ProposalState.SUPPLEMENT, ProposalState.WITHDRAWN)
"""The states in which no answer is due, whatever day it is."""
_PLANS = Plan.objects.select_related("call").annotate(
    area_rows=Gathered(
        Area.objects.filter(plan=OuterRef("pk")), pk="pk", position="position", text="text"
    )
)
"""Plans with their call and the rows of their areas."""


_ASKED = Moderation.objects.filter(
    proposal=OuterRef("proposal"), state=ProposalState.SUPPLEMENT, done_at__isnull=False
)
# Groups belong to a room above; they are reached through the plan they sort for.
_SORTING = Plan.objects.filter(pk=OuterRef("pk"), groups__isnull=False).order_by("groups__number")
FOR_THE_LIST = _PLANS.annotate(
    group_rows=Gathered(_SORTING, number="groups__number", name="groups__name"),
    step_rows=Gathered(
        Moderation.objects.filter(
            Exists(_ASKED),
            proposal__plan=OuterRef("pk"),
            proposal__outcome=None,
            proposal__state__in=[one for one in ProposalState if one not in NOT_DUE],
            done_at__isnull=False,
        ).order_by("proposal", "asked_at", "pk"),
        number="proposal__number",
        state="state",
        done_at="done_at",
    ),
)
"""Plans with their groups, and with the steps of the proposals that wait and whose authors were
asked for more before.
"""


_BARE = Plan.objects.select_related("call").only(
    *("number", "status", "withdrawn_at", "title", "call__status", "call__closes_at"),
    *("call__languages",),
)
"""Plans with as much of their call as the form's last press needs."""


def find_plan(number: int, *, bare: bool = False, among: QuerySet[Plan, Any] = _PLANS) -> Any:
    """The plan of a number, with its call and areas, where everyone knows of it: one query.

    Raises NotFound: calls.no_call.
    """
    plan = (_BARE if bare else among).filter(number=number).first()
    if plan is None or plan.is_hidden or plan.withdrawn_at:
        raise NotFound("calls.no_call", number=number, nearest=[reverse("plans")])
    return plan


def plan_head(plan: Plan) -> dict[str, Any]:
    return {
        "number": plan.number,
        "title": plan.title,
        "status": plan.status,
        "url": reverse("plan", args=[plan.number]),
    }


def call_data(call: Call | None) -> dict[str, Any] | None:
    """A call as everyone reads it."""
    if call is None:
        return None
    return {
        "status": call.status,
        "announced_at": call.announced_at,
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        "closed_at": call.closed_at,
        "invitation": call.invitation,
        "questions": [_point(point) for point in call.questions],
        "criteria": [_point(point) for point in call.criteria],
        "languages": call.languages,
        "answer_by": call.answer_by,
        "answer_at": call.answer_at,
        "notice_reason": call.notice_reason,
        "reason": call.reason,
        "earlier": [_window(one) for one in call.earlier],
    }


def _window(kept: dict[str, Any]) -> dict[str, Any]:
    """A window before it was changed; one that was over before its time has `closed_at`."""
    moments = {key: kept[key] for key in ("closes_at", "closed_at", "changed_at")}
    return {
        **{key: one and datetime.fromisoformat(one) for key, one in moments.items()},
        "answer_by": kept["answer_by"],
        "reason": Text.of(kept["reason"]),
    }


def _point(kept: dict[str, Any]) -> dict[str, Any]:
    return {"key": kept["key"], "text": Text.of(kept["text"])}


# --- the list ------------------------------------------------------------------------------------


SHOWN = Q(state__in=[ProposalState.PUBLIC, ProposalState.SUPPLEMENT], published_at__isnull=False)


def is_shown(row: Proposal) -> bool:
    """Whether everyone reads its words: also while its author is asked for more."""
    standing = row.state in (ProposalState.PUBLIC, ProposalState.SUPPLEMENT)
    return standing and row.published_at is not None


def shows_text(row: Proposal) -> bool:
    """Whether everyone reads all of it, the file that came with it too."""
    return is_shown(row) and not row.title_only


class Facets:
    """How many proposals of a plan there are by each of the filters: one query."""

    def __init__(self, plan: Plan) -> None:
        rows = Proposal.objects.filter(plan=plan).values_list(
            *("area_id", "outcome", "state", "channel", "platform"),
            *("placement__group__number", "placement__choice"),
        )
        self.grouped = [
            (
                {
                    "area": area,
                    "outcome": fate_of(outcome, state),
                    "state": state,
                    "source": platform or channel,
                    "group": str(group) if group else NONE,
                    "sorted": YES if choice else NO,
                },
                count,
            )
            for area, outcome, state, channel, platform, group, choice, count in rows.annotate(
                count=Count("pk")
            ).order_by()
        ]
        self.areas, self.outcomes = self._by("area"), self._by("outcome")
        self.states, self.sources = self._by("state"), self._by("source")
        self.groups, self.sorted = self._by("group"), self._by("sorted")
        self.all = sum(self.states.values())
        self.waiting = self.outcomes[WAITING]
        self.standing_still = sum(
            count
            for one, count in self.grouped
            if one["state"] == ProposalState.SUPPLEMENT and one["outcome"] == WAITING
        )
        # What was withdrawn needs no answer: it is in no count of them.
        self.to_answer = self.all - self.outcomes[WITHDRAWN]

    def _by(self, key: str) -> Counter[Any]:
        found: Counter[Any] = Counter()
        for one, count in self.grouped:
            found[one[key]] += count
        return found

    def count(self, chosen: dict[str, str], areas: dict[str, int]) -> int:
        """How many the filters let through, words aside."""
        wanted: dict[str, Any] = {key: value for key, value in chosen.items() if key in FILTERS}
        if "area" in wanted:
            wanted["area"] = areas.get(wanted["area"])
        return sum(
            count
            for one, count in self.grouped
            if all(one[key] == value for key, value in wanted.items())
        )


def chosen_rows(plan: Plan, chosen: dict[str, str], areas: dict[str, int]) -> QuerySet[Proposal]:
    """The plan's proposals that the filters let through, the newest first."""
    rows = Proposal.objects.filter(plan=plan)
    if place := chosen.get("area"):
        rows = rows.filter(area=areas.get(place))
    if outcome := chosen.get("outcome"):
        gone = Q(state=ProposalState.WITHDRAWN)
        told = Q(outcome=None if outcome == WAITING else outcome) & ~gone
        rows = rows.filter(gone if outcome == WITHDRAWN else told)
    if state := chosen.get("state"):
        rows = rows.filter(state=state)
    if source := chosen.get("source"):
        here = Q(platform="", channel=source) if source in set(Channel) else Q(platform=source)
        rows = rows.filter(here)
    if group := chosen.get("group"):
        nowhere = Q(placement=None)
        rows = rows.filter(nowhere if group == NONE else Q(placement__group__number=int(group)))
    if done := chosen.get("sorted"):
        rows = rows.filter(placement__choice__isnull=done == NO)
    for word in chosen.get("q", "").split()[:MOST_WORDS]:
        rows = rows.filter(_holds(plan, word))
    return rows.order_by("-number")


def _holds(plan: Plan, word: str) -> Q:
    """That a proposal says a word where everyone reads it, or is the one of that number.

    The words of one plan's proposals are read through, one after another: its cost grows with
    their number, and an index of pieces of words costs every proposal that comes in.
    """
    shown = SHOWN
    found = shown & (Q(title__icontains=word) | Q(title_only=False, text__icontains=word))
    digits = word.removeprefix(f"{plan.number}-")
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        found |= Q(number=int(digits))
    return found


def row_data(row: Proposal, plan: Plan) -> dict[str, Any]:
    """A proposal in a list; of what is not public its number and state stand alone."""
    public = is_shown(row)
    return {
        "number": row.number,
        "label": f"{plan.number}-{row.number:04d}",
        "state": row.state,
        "title": row.title if public else None,
        "language": row.language,
        "area": row.area.text if row.area else None,
        "source": row.platform or row.channel,
        "proposed_on": row.proposed_on,
        "received": timezone.localdate(row.received_at).isoformat(),
        "outcome": fate_of(row.outcome, row.state),
        "url": reverse("proposal", args=[plan.number, row.number]),
    }


_ANSWER = Reply.objects.filter(proposal=OuterRef("pk"), published_at__isnull=False).order_by(
    "-round"
)


def fates(rows: QuerySet[Proposal], plan: Plan) -> Pieces:
    """Every proposal with what became of it and why, the newest first, in pieces."""
    told = rows.annotate(
        answer_reason=Subquery(_ANSWER.values("reason")[:1]),
        answered_at=Subquery(_ANSWER.values("published_at")[:1]),
    )
    told = told.select_related("area").defer("features")
    return ([_fate(row, plan) for row in piece] for piece in pieces(told, "number"))


def _fate(row: Any, plan: Plan) -> dict[str, Any]:
    readable = is_shown(row) and not row.title_only
    return {
        **row_data(row, plan),
        "text": row.text if readable else None,
        "outside_number": row.outside_number or None,
        "reason": row.answer_reason,
        "answered_at": row.answered_at,
    }


# --- one proposal --------------------------------------------------------------------------------


def promised(row: Proposal, steps: Iterable[tuple[str, Any]] = ()) -> dict[str, str | None]:
    """The days promised to whoever proposed something: public, and answered.

    While an author is asked for more, the time for the answer stands still: the days that lie
    between asking and what was added come on top.
    """
    call = call_of(row.plan)
    public = row.published_at or row.received_at + timedelta(days=ANSWER_PUBLIC)
    answered = call.answer_by if call else None
    answered = put_off(answered, list(steps))
    return {"public": timezone.localdate(public).isoformat(), "answered": answered}


def put_off(day: str | None, steps: list[tuple[str, Any]]) -> str | None:
    """The day of an answer, later by as long as its time stood still."""
    if not day or not steps:
        return day
    days = stood_still(steps, steps[-1][1]).days
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def overdue(plan: Any, facets: Facets, today: str) -> int:
    """How many answers are overdue, of a plan of FOR_THE_LIST.

    While an author is asked for more none is; and afterwards its day is later.
    """
    call = call_of(plan)
    if call is None or not days_over(call.answer_by, today):
        return 0
    steps: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    for row in plan.step_rows:
        steps[row["number"]].append((row["state"], row["done_at"]))
    later = [put_off(call.answer_by, one) for one in steps.values()]
    in_time = sum(not days_over(day, today) for day in later)
    return facets.waiting - facets.standing_still - in_time


ANSWERED = (Outcome.IN_PLAN, Outcome.PARTLY, Outcome.NOT_IN_PLAN, Outcome.PASSED_ON)
"""The outcomes after which nothing is to be expected any more; one that was joined is under way."""
