"""Answering: who waits, one answer for one or many, the sheets, and all published on one day."""

from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from madang.calls.actions.answer import publish_replies, write_replies
from madang.calls.models import Contact, Proposal, Reexamination, Reply
from madang.calls.replying import counted, draft_of, spans, waiting_replies, written_digest
from madang.calls.rules.proposing import one_line
from madang.calls.rules.replying import (
    LINE_MOST,
    Answer,
    Draft,
    check_answer,
    check_line,
    disposition_of,
)
from madang.calls.rules.words import NotInPlan, Outcome, ProposalState
from madang.calls.words import DISPOSITIONS, NOT_IN_PLAN, OUTCOMES
from madang.consultation.models import Opinion
from madang.consultation.reading import opinions_on
from madang.consultation.words import SAID
from madang.drafting.models import Commitment
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.members.models import Agency
from madang.planning.models import Area, Plan
from madang.taskforces.models import Candidate, Origin
from madang.taskforces.rules.weighing import STANDING
from madang.web.pages.two_tongues import Values, all_typed, field, limited, text_of, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of

PAGE = 50
MOST_CHOSEN = 200
"""How many proposals one answer goes to at once; more come as a sheet."""
WAITS = {
    "unanswered": _("without an answer"),
    "written": _("written, not published"),
    "asked": _("asked again"),
    "answered": _("answered"),
}


def find_plan(request: Any) -> Plan:
    """The plan of `?plan=`, else the newest that has proposals.

    Raises NotFound: calls.no_call.
    """
    given = request.POST.get("plan") or request.GET.get("plan", "")
    plans = Plan.objects.filter(withdrawn_at=None).order_by("-number")
    if given.isascii() and given.isdigit() and len(given) < 6:
        found = plans.filter(number=int(given)).first()
    else:
        found = plans.filter(proposals__isnull=False).first() or plans.first()
    if found is None:
        raise NotFound("calls.no_call", number=given[:6] or 1, nearest=[reverse("desk")])
    return found


def replies(request: Any) -> HttpResponse:
    """The counter, and the proposals that wait, to be chosen."""
    plan = find_plan(request)
    chosen = _filters(request)
    rows = _rows(plan, chosen)
    count = rows.count()
    # What was sorted into one candidate is answered together, so it is shown whole.
    size = MOST_CHOSEN if chosen.get("candidate") else PAGE
    last = max(1, ceil(count / size))
    page = min(max(1, _number(request.GET.get("page", "1"), 1)), last)
    shown_rows = list(rows.select_related("area", "plan")[(page - 1) * size : page * size])
    shown = {
        "plan": plan,
        "plans": Plan.objects.filter(proposals__isnull=False).distinct().order_by("-number"),
        "counted": counted(plan),
        "waits": [
            (key, words, _link(plan, {**chosen, "wait": key})) for key, words in WAITS.items()
        ],
        "chosen": chosen,
        "q": chosen.get("q", ""),
        "candidate": chosen.get("candidate", ""),
        "areas": plan.areas.all(),
        "rows": [_row(row, shown_rows) for row in shown_rows],
        "checked": bool(chosen.get("candidate")),
        "count": count,
        "page": page,
        "last": last,
        "before": _link(plan, {**chosen, "page": str(page - 1)}),
        "after": _link(plan, {**chosen, "page": str(page + 1)}),
        "agencies": Agency.objects.all(),
    }
    return render(request, "web/desk_replies.html", shown)


def _filters(request: Any) -> dict[str, str]:
    chosen = {key: request.GET.get(key, "")[:100] for key in ("wait", "area", "q", "candidate")}
    chosen = {key: value for key, value in chosen.items() if value and "\x00" not in value}
    wait = chosen.get("wait", "")
    return {**chosen, "wait": wait if wait in WAITS else "unanswered"}


def _number(given: str, otherwise: int) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else otherwise


def area_of(plan: Plan, given: str) -> Area | None:
    """The area that stands in this place among the plan's, counted from 1."""
    areas = list(plan.areas.all())
    number = _number(given, 0)
    return areas[number - 1] if 0 < number <= len(areas) else None


def _link(plan: Plan, chosen: dict[str, str]) -> str:
    told = {"plan": plan.number, **chosen}
    return f"{reverse('desk.replies')}?{urlencode(told)}"


def _rows(plan: Plan, chosen: dict[str, str]) -> Any:
    rows = Proposal.objects.filter(plan=plan).exclude(state=ProposalState.WITHDRAWN)
    written = Reply.objects.filter(proposal__plan=plan, published_at=None).values("proposal")
    match chosen["wait"]:
        case "unanswered":
            rows = rows.filter(outcome=None).exclude(pk__in=written)
        case "written":
            rows = rows.filter(pk__in=written)
        case "asked":
            second = Reply.objects.filter(round=2, published_at__isnull=False).values("proposal")
            rows = rows.filter(reexamination__isnull=False).exclude(pk__in=second)
        case _:
            rows = rows.filter(outcome__isnull=False)
    if area := chosen.get("area"):
        rows = rows.filter(area=area_of(plan, area))
    if candidate := chosen.get("candidate"):
        threads = Origin.objects.filter(candidate__number=_number(candidate, 0), ended_at=None)
        rows = rows.filter(pk__in=threads.values("proposal"))
    for word in chosen.get("q", "").split()[:5]:
        rows = rows.filter(title__icontains=word) | rows.filter(text__icontains=word)
    return rows.order_by("number").defer("features")


def _row(row: Proposal, rows: list[Proposal]) -> dict[str, Any]:
    return {
        "number": row.number,
        "label": row.label,
        "title": row.title,
        "start": row.text[:140],
        "language": row.language,
        "area": row.area.text if row.area else None,
        "outcome": OUTCOMES.get(row.outcome or ""),
    }


# --- one answer -----------------------------------------------------------------------------------


def write(request: Any) -> HttpResponse:
    """One answer for those that were chosen: typed, seen as its author will, saved."""
    return _Form(request, find_plan(request)).answer()


class _Form:
    """The form of an answer; what was typed stays, whatever is wrong with it."""

    def __init__(self, request: Any, plan: Plan) -> None:
        self.request, self.plan = request, plan
        self.languages = list(request.forum.languages)

    def answer(self) -> HttpResponse:
        values = all_typed(self.request)
        try:
            rows = self.rows()
        except Refusal as problem:
            return self.page(values, [], problem=problem)
        if self.request.method != "POST":
            return self.page(self.values_of(rows), rows)
        step = self.request.POST.get("step", "check")
        if step == "change":
            return self.page(values, rows)
        try:
            drafts = self.read(values, rows)
            if step != "save":
                return self.preview(values, rows, drafts)
            write_replies(
                self.plan,
                drafts=drafts,
                base=values.get("base", ""),
                by=self.request.actor,
                at=moment_of(self.request),
            )
        except Refusal as problem:
            return self.page(values, rows, problem=problem)
        return HttpResponseRedirect(_link(self.plan, {"wait": "written"}))

    def rows(self) -> list[Proposal]:
        """The proposals that were chosen.

        Raises NotValid: calls.nothing_chosen, calls.too_many_chosen, calls.no_proposal_in_plan.
        """
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        given = list(dict.fromkeys(" ".join(data.getlist("numbers")).replace(",", " ").split()))
        if not given:
            raise NotValid("calls.nothing_chosen", field="main")
        if len(given) > MOST_CHOSEN:
            raise NotValid("calls.too_many_chosen", most=MOST_CHOSEN, field="main")
        numbers = [_number(one.removeprefix(f"{self.plan.number}-"), 0) for one in given]
        rows = Proposal.objects.filter(plan=self.plan, number__in=numbers).order_by("number")
        found = list(rows.select_related("plan", "area").defer("features"))
        there = {row.number for row in found}
        for number, one in zip(numbers, given, strict=True):
            if number not in there:
                raise NotValid("calls.no_proposal_in_plan", value=one[:40], field="main")
        return found

    def values_of(self, rows: list[Proposal]) -> Values:
        """What is written already, where it is one and the same for all that were chosen."""
        replies = list(waiting_replies(self.plan).filter(proposal__in=rows))
        values: Values = {f"line-{one.proposal.number}": one.line for one in replies}
        values["base"] = written_digest(self.plan, [row.number for row in rows])
        told = {
            (one.outcome, one.reason, str(one.text.kept()), one.place, one.subject, one.agency_id)
            for one in replies
        }
        if len(told) == 1 and len(replies) == len(rows):
            one = replies[0]
            values |= {
                "outcome": one.outcome,
                "reason": one.reason or "",
                "place": one.place,
                "subject": one.subject,
                "agency": one.agency.slug if one.agency else "",
                **{f"text-{key}": one.text.words.get(key) or "" for key in self.languages},
            }
        return values

    def read(self, values: Values, rows: list[Proposal]) -> list[Draft]:
        """Raises NotValid: what is wrong with the answer."""
        answer = Answer(
            outcome=values.get("outcome", ""),
            reason=values.get("reason") or None,
            text=text_of(values, "text", self.languages),
            agency=values.get("agency", ""),
            place=one_line(limited(values, "place", 400)),
            subject=values.get("subject", "")[:80],
        )
        check_answer(answer, set(Agency.objects.values_list("slug", flat=True)))
        if answer.subject and answer.subject not in dict(_subjects(self.plan)):
            raise NotValid("calls.no_subject", value=answer.subject[:40], field="subject")
        drafts = []
        for row in rows:
            line = one_line(values.get(f"line-{row.number}", ""))
            check_line(line)
            drafts.append(Draft(row.number, answer, line))
        return drafts

    def page(
        self, values: Values, rows: list[Proposal], *, problem: Refusal | None = None
    ) -> HttpResponse:
        clash = problem and problem.code == "calls.reply_written_meanwhile"
        if clash:
            # The form stands on what the other wrote from now on, so that it can be saved.
            values = {**values, "base": written_digest(self.plan, [row.number for row in rows])}
        shown = {
            "plan": self.plan,
            "theirs": _theirs(self.plan, rows) if clash else [],
            "rows": [{"row": row, "line": values.get(f"line-{row.number}", "")} for row in rows],
            "values": values,
            "outcomes": OUTCOMES.items(),
            "reasons": NOT_IN_PLAN.items(),
            "agencies": Agency.objects.all(),
            "subjects": _subjects(self.plan),
            "text": field(
                "text",
                _("The answer"),
                values,
                self.languages,
                rows=6,
                hint=_("At least 40 characters. Everyone reads it."),
                problem=problem,
            ),
            "most_line": LINE_MOST,
            "opinions": [(one, SAID[one.stance]) for one in _opinions(self.plan, rows, values)],
            "asked": Reexamination.objects.filter(proposal__in=rows).select_related("proposal"),
            "problem": problem and sentence(problem),
            "where": "theirs" if clash else where(problem, "main"),
        }
        status = problem.status if problem else 200
        return render(self.request, "web/desk_reply.html", shown, status=status)

    def preview(self, values: Values, rows: list[Proposal], drafts: list[Draft]) -> HttpResponse:
        answer = drafts[0].answer
        agency = Agency.objects.get(slug=answer.agency)
        contacts = Contact.objects.filter(proposal__in=rows, stopped_at=None).count()
        shown = {
            "plan": self.plan,
            "pairs": list(zip(rows, drafts, strict=True)),
            "answer": answer,
            "agency": agency,
            "outcome_words": OUTCOMES[Outcome(answer.outcome)],
            "reason_words": NOT_IN_PLAN[NotInPlan(answer.reason)] if answer.reason else "",
            "legal": DISPOSITIONS[disposition_of(answer.outcome, answer.reason)],
            "subject": dict(_subjects(self.plan)).get(answer.subject, ""),
            "contacts": contacts,
            "hidden": [
                (name, value)
                for name, value in values.items()
                if name not in ("step", "numbers", "plan")
            ],
            "numbers": " ".join(str(row.number) for row in rows),
        }
        return render(self.request, "web/desk_reply_check.html", shown)


def _theirs(plan: Plan, rows: list[Proposal]) -> list[dict[str, Any]]:
    """What stands written to these proposals, the same answer to several told once."""
    told: list[tuple[Answer, list[Reply]]] = []
    for one in waiting_replies(plan).filter(proposal__in=rows).order_by("proposal__number"):
        answer = draft_of(one).answer
        same = next((replies for found, replies in told if found == answer), None)
        if same is None:
            told.append((answer, same := []))
        same.append(one)
    return [
        {
            "row": replies[0],
            "numbers": spans(one.proposal.number for one in replies),
            "outcome": OUTCOMES[answer.outcome],
            "reason": NOT_IN_PLAN[answer.reason] if answer.reason else "",
            "subject": dict(_subjects(plan)).get(answer.subject, ""),
            "lines": [one for one in replies if one.line],
        }
        for answer, replies in told
    ]


def _opinions(plan: Plan, rows: list[Proposal], values: Values) -> list[Opinion]:
    """What agencies said of the drafts that these proposals are part of, or the one they are told of."""
    threads = Q(grown_from__candidate__placements__proposal__in=rows)
    kind, _sep, key = values.get("subject", "").partition(f":{plan.number}-")
    number = _number(key, 0)
    if kind == "candidate":
        threads |= Q(grown_from__candidate__number=number)
    found = Q(threads, grown_from__ended_at=None)
    if kind == "commitment":
        found |= Q(number=number)
    drafts = Commitment.objects.filter(found, plan=plan, withdrawn_at=None).distinct()
    return opinions_on(*drafts)


def _subjects(plan: Plan) -> list[tuple[str, str]]:
    """The commitments an answer may name, and the candidates that stand, by their refs."""
    language = get_language() or "ko"
    rows = Commitment.objects.filter(plan=plan, withdrawn_at=None).order_by("number")
    commitments = [
        (f"commitment:{plan.number}-{one.number}", f"{one.number}. {one.title.say(language).words}")
        for one in rows
    ]
    standing = Candidate.objects.filter(plan=plan, status__in=STANDING).order_by("number")
    candidates = [
        (
            f"candidate:{plan.number}-{one.number}",
            _("Candidate %(number)s") % {"number": one.number}
            + f". {one.title.say(language).words}",
        )
        for one in standing
    ]
    return commitments + candidates


# --- published together ---------------------------------------------------------------------------


def publish(request: Any) -> HttpResponse:
    """What would be published, and the one press that does it."""
    plan = find_plan(request)
    problem = None
    if request.method == "POST":
        try:
            if "plan" not in request.POST:
                raise NotValid("web.nothing_chosen")
            publish_replies(plan, by=request.actor, at=moment_of(request))
            return HttpResponseRedirect(_link(plan, {"wait": "answered"}))
        except Refusal as refusal:
            problem = refusal
    rows = waiting_replies(plan)
    by_outcome = dict.fromkeys(OUTCOMES, 0)
    numbers = []
    for outcome, number in rows.values_list("outcome", "proposal__number"):
        by_outcome[outcome] += 1
        numbers.append(number)
    told = counted(plan)
    first = rows.filter(round=1).count()
    addresses = rows.filter(
        proposal__contact__isnull=False, proposal__contact__stopped_at=None
    ).count()
    shown = {
        "plan": plan,
        "outcomes": [(OUTCOMES[key], count) for key, count in by_outcome.items() if count],
        "count": len(numbers),
        "numbers": spans(numbers),
        "addresses": addresses,
        "without": len(numbers) - addresses,
        "after": told["answered"] + first,
        "all": told["all"],
        "left": told["left"] - first,
        "problem": problem and sentence(problem),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_replies_publish.html", shown, status=status)
