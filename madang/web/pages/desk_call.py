"""The secretariat's call: a form, a check page that says what it proves, and its later course."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madang.calls.actions.announce import announce_call, revise_call
from madang.calls.actions.record_call import record_call
from madang.calls.actions.window import end_call, extend_call, reopen_call
from madang.calls.models import Call
from madang.calls.pages.data import call_data
from madang.calls.reading import notice_for
from madang.calls.rules.window import (
    MOST_POINTS,
    CallText,
    check_call,
    days_of_notice,
    notice_kept,
)
from madang.calls.rules.words import CallStatus
from madang.calls.words import CALL_STATES, NOTICE_SOURCES
from madang.foundation.refusals import NotValid, Refusal
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.web.pages.desk_plans import find_plan
from madang.web.pages.two_tongues import (
    LINE,
    PROSE,
    Field,
    Values,
    all_typed,
    field,
    limited,
    put,
    text_of,
    where,
)
from madang.web.sentences import sentence
from madang.web.typed import moment_of

MORNING, EVENING = time(9), time(18)
WEEKS_OPEN = 4
"""When a call opens and closes, and for how long, unless the secretariat says otherwise."""


def call(request: Any, number: int) -> HttpResponse:
    """Announce the plan’s call; once it has opened, extend it, end it, open it again."""
    plan = find_plan(number)
    found = Call.objects.filter(plan=plan).select_related("plan").first()
    at = moment_of(request)
    rewritable = found is None or (found.status == CallStatus.ANNOUNCED and at < found.opens_at)
    if request.POST.get("step") in ("extend", "end", "reopen") or not rewritable:
        return _course(request, plan, found)
    return _Form(request, plan, found).answer()


# --- the form and its check page -----------------------------------------------------------------


class _Form:
    """The form of a call; what was typed stays, whatever is wrong with it."""

    def __init__(self, request: Any, plan: Plan, call: Call | None) -> None:
        self.request, self.plan, self.call = request, plan, call
        self.languages: list[str] = list(request.forum.languages)

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self.page(_kept(self.call, self.languages) if self.call else self.suggested())
        values, step = all_typed(self.request), self.request.POST.get("step", "check")
        values["languages"] = " ".join(self.request.POST.getlist("languages"))
        if step == "record":
            return self.record(values)
        if step in ("change", "more"):
            return self.page(values, more=2 if step == "more" else 0)
        try:
            text = self.read(values)
            self.check(text)
            if step != "make":
                return self.check_page(values, text)
            self.make(text)
        except Refusal as problem:
            return self.page(values, problem=problem)
        return HttpResponseRedirect(reverse("desk.call", args=[self.plan.number]))

    def record(self, values: Values) -> HttpResponse:
        """Record a call that was held elsewhere: its days, and by when all were to be answered."""
        days = {"past_from_time": "00:00", "past_to_time": "00:00"}
        try:
            text = CallText(
                opens_at=_moment({**values, **days}, "past_from"),
                # Its last day is part of it.
                closes_at=_moment({**values, **days}, "past_to") + timedelta(days=1),
                answer_by=limited(values, "past_answer_by", 20),
                languages=self.languages,
            )
            by, at = self.request.actor, moment_of(self.request)
            record_call(self.plan, text=text, by=by, at=at)
        except Refusal as problem:
            shown = {**self.suggested(), **values}
            return self.page(shown, problem=problem, recording=True)
        return HttpResponseRedirect(reverse("desk.call", args=[self.plan.number]))

    def make(self, text: CallText) -> None:
        by, at = self.request.actor, moment_of(self.request)
        if self.call:
            revise_call(self.call, text=text, by=by, at=at)
        else:
            announce_call(self.plan, text=text, by=by, at=at)

    def check(self, text: CallText) -> None:
        check_call(
            text,
            announced_at=self.plan.announced_at,
            notice=notice_for(text.opens_at),
            languages=self.languages,
            closing_day=timezone.localdate(text.closes_at).isoformat(),
            at=moment_of(self.request),
        )

    def read(self, values: Values) -> CallText:
        """What was typed, as the act takes it.

        Raises NotValid: web.not_a_moment, web.too_much.
        """

        def texts(name: str) -> list[Text]:
            places = range(1, MOST_POINTS + 1)
            found = [text_of(values, f"{name}-{n}", self.languages, most=LINE) for n in places]
            return [text for text in found if text]

        return CallText(
            opens_at=_moment(values, "opens"),
            closes_at=_moment(values, "closes"),
            answer_by=limited(values, "answer_by", 20),
            invitation=text_of(values, "invitation", self.languages, most=PROSE) or None,
            questions=texts("questions"),
            criteria=texts("criteria"),
            languages=[key for key in values.get("languages", "").split() if key],
            answer_at=text_of(values, "answer_at", self.languages, most=LINE) or None,
            notice_reason=text_of(values, "notice_reason", self.languages, most=LINE) or None,
        )

    def page(
        self,
        values: Values,
        *,
        problem: Refusal | None = None,
        more: int = 0,
        recording: bool = False,
    ) -> HttpResponse:
        def one(name: str, label: Any, rows: int = 0, hint: Any = "") -> Field:
            return field(name, label, values, self.languages, rows=rows, hint=hint, problem=problem)

        def several(name: str, label: Any) -> list[Field]:
            filled = [n for n in range(1, MOST_POINTS + 1) if _filled(values, f"{name}-{n}")]
            count = min(MOST_POINTS, max(max(filled, default=0), 2) + more)
            return [one(f"{name}-{n}", f"{label} {n}") for n in range(1, count + 1)]

        short = problem is not None and problem.code == "calls.notice_short"
        shown = {
            "plan": self.plan,
            "call": self.call,
            "values": values,
            "invitation": one("invitation", _("Invitation"), rows=3),
            "questions": several("questions", _("Question")),
            "criteria": several("criteria", _("Criterion")),
            "answer_at": one("answer_at", _("Where the answers are given")),
            "notice_reason": one("notice_reason", _("Why it can’t wait"))
            if short or _filled(values, "notice_reason")
            else None,
            "languages_chosen": values.get("languages", "").split(),
            "areas": self.plan.areas.all(),
            "zone": timezone.localtime(moment_of(self.request)).tzname(),
            "problem": problem and sentence(problem),
            "where": "past" if recording else where(problem, "opens_on"),
            "recording": recording,
        }
        status = problem.status if problem else 200
        return render(self.request, "web/desk_call_form.html", shown, status=status)

    def check_page(self, values: Values, text: CallText) -> HttpResponse:
        notice = notice_for(text.opens_at)
        draft = Call(plan=self.plan, status=CallStatus.ANNOUNCED, **_columns(text))
        shown = {
            "plan": self.plan,
            "call": call_data(draft),
            "call_state": _("as it will be announced"),
            "areas": self.plan.areas.all(),
            "announced_at": self.plan.announced_at,
            "days": days_of_notice(self.plan.announced_at, text.opens_at),
            "notice": notice,
            "notice_source": NOTICE_SOURCES.get(notice.source),
            "kept": notice_kept(self.plan.announced_at, text.opens_at, notice),
            "window_days": (text.closes_at - text.opens_at).days,
            "revising": self.call is not None,
            "hidden": [
                (name, value)
                for name, value in values.items()
                if name not in ("step", "languages", "t")
            ]
            + [("languages", key) for key in text.languages],
        }
        return render(self.request, "web/desk_call_check.html", shown)

    def suggested(self) -> Values:
        """A window to begin with: late enough for the notice, some weeks long."""
        at = moment_of(self.request)
        begun = self.plan.announced_at or at
        earliest = max(begun + timedelta(days=notice_for(at).days + 1), at + timedelta(days=1))
        opens = timezone.localdate(earliest)
        closes = opens + timedelta(weeks=WEEKS_OPEN)
        return {
            "opens_on": opens.isoformat(),
            "opens_time": f"{MORNING:%H:%M}",
            "closes_on": closes.isoformat(),
            "closes_time": f"{EVENING:%H:%M}",
            "answer_by": (closes + timedelta(days=90)).isoformat(),
            "languages": " ".join(self.languages),
        }


def _columns(text: CallText) -> dict[str, Any]:
    def points(texts: list[Text]) -> list[dict[str, Any]]:
        return [{"key": str(n), "text": one.kept()} for n, one in enumerate(texts, 1)]

    return {
        "opens_at": text.opens_at,
        "closes_at": text.closes_at,
        "invitation": text.invitation,
        "questions": points(text.questions),
        "criteria": points(text.criteria),
        "languages": text.languages,
        "answer_by": text.answer_by,
        "answer_at": text.answer_at,
        "notice_reason": text.notice_reason,
    }


def _filled(values: Values, name: str) -> bool:
    return any(key.startswith(f"{name}-") and value for key, value in values.items())


def _kept(call: Call, languages: list[str]) -> Values:
    """The form of a call as it is."""
    opens, closes = timezone.localtime(call.opens_at), timezone.localtime(call.closes_at)
    values: Values = {
        "opens_on": opens.date().isoformat(),
        "opens_time": f"{opens:%H:%M}",
        "closes_on": closes.date().isoformat(),
        "closes_time": f"{closes:%H:%M}",
        "answer_by": call.answer_by or "",
        "languages": " ".join(call.languages),
    }
    for name in ("invitation", "answer_at", "notice_reason"):
        text = getattr(call, name)
        put(values, name, text.words if text else None, languages)
    for name in ("questions", "criteria"):
        for n, point in enumerate(getattr(call, name), 1):
            put(values, f"{name}-{n}", Text.of(point["text"]).words, languages)
    return values


def _moment(values: Values, name: str) -> datetime:
    """Raises NotValid: web.not_a_moment."""
    try:
        day = date.fromisoformat(values.get(f"{name}_on", ""))
        hour = time.fromisoformat(values.get(f"{name}_time", ""))
        there = datetime.combine(day, hour.replace(tzinfo=None))
        return timezone.make_aware(there).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotValid("web.not_a_moment", field=f"{name}_on") from error


# --- its course ----------------------------------------------------------------------------------


def _course(request: Any, plan: Plan, found: Call | None) -> HttpResponse:
    values, problem = all_typed(request), None
    step = values.get("step", "")
    if request.method == "POST" and found:
        try:
            _act(request, found, step, values)
            return HttpResponseRedirect(reverse("desk.call", args=[plan.number]))
        except Refusal as refusal:
            problem = refusal
    if found is None:
        return HttpResponseRedirect(reverse("desk.call", args=[plan.number]))
    shown = {
        "plan": plan,
        "call": call_data(found),
        "call_state": CALL_STATES[found.status],
        "running": found.status in (CallStatus.ANNOUNCED, CallStatus.OPEN),
        "over": found.status in (CallStatus.CLOSED, CallStatus.ENDED),
        "may_end": found.status != CallStatus.ENDED,
        "count": plan.proposals.count(),
        "forms": _course_forms(request, values, problem, step),
        "values": values,
        "zone": timezone.localtime(moment_of(request)).tzname(),
        "problem": problem and sentence(problem),
        "where": where(problem, f"{step}_on"),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_call.html", shown, status=status)


def _course_forms(
    request: Any, values: Values, problem: Refusal | None, step: str
) -> dict[str, Field]:
    languages = list(request.forum.languages)
    return {
        name: field(
            f"{name}_reason",
            _("Reason"),
            values,
            languages,
            problem=problem if name == step else None,
        )
        for name in ("extend", "end", "reopen")
    }


def _act(request: Any, found: Call, step: str, values: Values) -> None:
    reason = text_of(values, f"{step}_reason", list(request.forum.languages), most=LINE)
    by, at = request.actor, moment_of(request)
    match step:
        case "extend":
            until, day = _moment(values, step), limited(values, "extend_answer_by", 20)
            extend_call(found, until=until, reason=reason, answer_by=day, by=by, at=at)
        case "end":
            end_call(found, reason=reason, by=by, at=at)
        case "reopen":
            until, day = _moment(values, step), limited(values, "reopen_answer_by", 20)
            reopen_call(found, until=until, reason=reason, answer_by=day, by=by, at=at)
        case _:
            raise NotValid("web.nothing_chosen")
