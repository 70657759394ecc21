"""The secretariat's comments on a draft: the window, moderation, an answer to each."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.calls.hiding import officer
from madang.calls.rules.personal import personal_data
from madang.calls.rules.proposing import whole_text
from madang.calls.words import HIDDEN_FOR, PERSONAL
from madang.consultation.actions.answer_comments import answer_comment, publish_comment_answers
from madang.consultation.actions.comment_round import (
    announce_comments,
    call_off_comments,
    extend_comments,
)
from madang.consultation.actions.moderate_comment import (
    ask_comment_hiding,
    confirm_comment_hiding,
    publish_comment,
    refuse_comment_hiding,
    restore_comment,
    waiting,
)
from madang.consultation.comment_words import COMMENT_STATES, FATES, ROUND_STATES, WINDOW_SOURCES
from madang.consultation.comments import (
    SEEN,
    find_comment,
    newer_versions,
    round_of,
    title_of,
    window_for,
)
from madang.consultation.models import Comment, CommentAnswer, CommentModeration, CommentRound
from madang.consultation.pages.data import round_data
from madang.consultation.rules.commenting import (
    FROM,
    Answer,
    CommentState,
    RoundStatus,
    RoundText,
    long_enough,
)
from madang.foundation.answers import said
from madang.foundation.refusals import NotValid, Refusal
from madang.planning.models import Plan
from madang.web.pages.desk_call import EVENING, MORNING, _filled, _moment
from madang.web.pages.desk_plans import closed_to_writing, find_plan
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

SHOWN = 200
LONGEST = 8_000
ANSWERED_IN = timedelta(days=30)
"""By when comments are answered, counted from the close, unless the secretariat says otherwise."""


def comments(request: Any, number: int) -> HttpResponse:
    """Announce a window; put its close off; see what waits; publish the answers."""
    plan = find_plan(number)
    values, problem, step = all_typed(request), None, ""
    if request.method == "POST":
        step = values.get("step", "")
        try:
            _act(request, plan, step, values)
            return HttpResponseRedirect(reverse("desk.comments", args=[number]))
        except Refusal as refusal:
            problem = refusal
    return _page(request, plan, values, problem, step)


def _act(request: Any, plan: Plan, step: str, values: Values) -> None:
    languages, by, at = list(request.forum.languages), request.actor, moment_of(request)
    found = round_of(plan)
    if step == "announce":
        announce_comments(plan, text=_read(values, languages), by=by, at=at)
        return
    if found is None:
        raise NotValid("web.nothing_chosen")
    match step:
        case "extend":
            reason = text_of(values, "extend_reason", languages, most=LINE)
            extend_comments(found, until=_moment(values, "extend"), reason=reason, by=by, at=at)
        case "call_off":
            reason = text_of(values, "call_off_reason", languages, most=LINE)
            call_off_comments(found, reason=reason, by=by, at=at)
        case "publish":
            publish_comment_answers(found, by=by, at=at)
        case _:
            raise NotValid("web.nothing_chosen")


def _read(values: Values, languages: list[str]) -> RoundText:
    return RoundText(
        opens_at=_moment(values, "opens"),
        closes_at=_moment(values, "closes"),
        answer_by=limited(values, "answer_by", 20),
        invitation=text_of(values, "invitation", languages, most=PROSE) or None,
        short_reason=text_of(values, "short_reason", languages, most=LINE) or None,
    )


def _page(
    request: Any, plan: Plan, values: Values, problem: Refusal | None, step: str
) -> HttpResponse:
    at, found = moment_of(request), round_of(plan)
    live = found is not None and found.status in (RoundStatus.ANNOUNCED, RoundStatus.OPEN)
    window = window_for(at)
    shown = {
        "plan": plan,
        "round": round_data(found) if found else None,
        "round_words": ROUND_STATES[found.status] if found else "",
        "live": live,
        "announced": found is not None and found.status == RoundStatus.ANNOUNCED,
        "entered": found is not None and found.status in SEEN,
        "closed": closed_to_writing(request, plan),
        "window": window,
        "window_source": WINDOW_SOURCES.get(window.source),
        "kept": found is None or long_enough(found.opens_at, found.closes_at, window),
        "forms": _forms(request, values if step else _suggested(at), problem, step),
        "values": values if step else _suggested(at),
        "zone": timezone.localtime(at).tzname(),
        "problem": problem and sentence(problem),
        "where": where(problem, _first_field(step)),
        **(_waiting(found) if found else {}),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_comments.html", shown, status=status)


def _first_field(step: str) -> str:
    return {"extend": "extend_on", "call_off": "call_off_reason", "publish": "answers"}.get(
        step, "opens_on"
    )


def _forms(
    request: Any, values: Values, problem: Refusal | None, step: str
) -> dict[str, Field | None]:
    languages = list(request.forum.languages)

    def one(name: str, label: Any, rows: int = 0) -> Field:
        return field(name, label, values, languages, rows=rows, problem=problem)

    short = problem is not None and problem.code == "consultation.comment_window_short"
    return {
        "invitation": one("invitation", _("Invitation"), rows=3),
        "short_reason": one("short_reason", _("Why it is shorter than the rule asks"))
        if short or _filled(values, "short_reason")
        else None,
        "extend": one("extend_reason", _("Reason")),
        "call_off": one("call_off_reason", _("Reason")),
    }


def _suggested(at: Any) -> Values:
    """A window to begin with: from tomorrow morning, as long as the rule asks."""
    opens = timezone.localdate(at) + timedelta(days=1)
    closes = opens + timedelta(days=window_for(at).days)
    return {
        "opens_on": opens.isoformat(),
        "opens_time": f"{MORNING:%H:%M}",
        "closes_on": closes.isoformat(),
        "closes_time": f"{EVENING:%H:%M}",
        "answer_by": (closes + ANSWERED_IN).isoformat(),
    }


def _waiting(found: CommentRound) -> dict[str, Any]:
    rows = Comment.objects.filter(round=found).select_related("plan", "commitment", "answer")
    asked = CommentModeration.objects.filter(comment__round=found, done_at=None)
    written = rows.filter(answer__isnull=False, answer__published_at=None)
    unanswered = rows.filter(answer=None).exclude(state=CommentState.WITHDRAWN)
    return {
        "all": rows.count(),
        "held": list(rows.filter(state=CommentState.RECEIVED)[:SHOWN]),
        "asked": [
            (step.comment, HIDDEN_FOR.get(step.reason or "", ""))
            for step in asked.select_related("comment__plan")[:SHOWN]
        ],
        "unanswered": list(unanswered[:SHOWN]),
        "written": [(row, FATES[row.answer.fate]) for row in written[:SHOWN]],
        "answered": rows.filter(answer__published_at__isnull=False).count(),
        "may_publish": found.status == RoundStatus.CLOSED,
        "others": list(rows.filter(answer__published_at__isnull=False)[:SHOWN]),
    }


# --- one comment ---------------------------------------------------------------------------------


def comment(request: Any, plan: int, number: int) -> HttpResponse:
    """One comment with all its words: the steps that can be taken now, and the answer."""
    row, values, problem, step = find_comment(plan, number), all_typed(request), None, ""
    if request.method == "POST":
        step = values.get("step", "")
        try:
            _step(request, row, step, values)
            return HttpResponseRedirect(_after(row, step))
        except Refusal as refusal:
            problem = refusal
            row = find_comment(plan, number)
    return _comment_page(request, row, values, problem, step)


def _after(row: Comment, step: str) -> str:
    if step == "answer":
        return reverse("desk.comments", args=[row.plan.number]) + "#answers"
    return reverse("desk.comment", args=[row.plan.number, row.number])


def _step(request: Any, row: Comment, step: str, values: Values) -> None:
    by, at = request.actor, moment_of(request)
    note = whole_text(request.POST.get("note", "")[:LONGEST].replace("\x00", ""))
    match step:
        case "publish":
            publish_comment(row, by=by, at=at)
        case "hide":
            reason = request.POST.get("reason", "")[:40]
            ask_comment_hiding(row, reason=reason, note=note, by=by, at=at)
        case "confirm":
            confirm_comment_hiding(row, by=by, at=at)
        case "refuse":
            refuse_comment_hiding(row, by=by, at=at)
        case "restore":
            restore_comment(row, note=note, by=by, at=at)
        case "answer":
            answer_comment(row, answer=_answer(request, values), by=by, at=at)
        case _:
            raise NotValid("web.nothing_chosen")


def _answer(request: Any, values: Values) -> Answer:
    """What was typed, as the act takes it.

    Raises NotValid: web.too_much, consultation.comment_not_a_newer_version.
    """
    commitment, _dash, version = values.get("changed", "").partition("-")
    numbers = [int(one) for one in (commitment, version) if one.isascii() and one.isdecimal()]
    if values.get("changed") and (len(numbers) != 2 or len(commitment + version) > 12):
        raise NotValid("consultation.comment_not_a_newer_version", field="changed")
    return Answer(
        fate=values.get("fate", "")[:20],
        reason=text_of(values, "reason", list(request.forum.languages)),
        changed=(numbers[0], numbers[1]) if numbers else None,
    )


def _comment_page(
    request: Any, row: Comment, values: Values, problem: Refusal | None, step: str
) -> HttpResponse:
    asked = waiting(row)
    answer = CommentAnswer.objects.filter(comment=row).select_related("version__commitment").first()
    if step != "answer":
        values = _kept(answer, list(request.forum.languages))
    languages = list(request.forum.languages)
    steps = CommentModeration.objects.filter(comment=row, done_at__isnull=False)
    shown = {
        "row": row,
        "plan": row.plan,
        "title": title_of(row.version) if row.version else None,
        "state_words": COMMENT_STATES[row.state],
        "may": {key: row.state in states for key, states in FROM.items()} if not asked else {},
        "asked": asked,
        "asked_words": HIDDEN_FOR.get(asked.reason or "", "") if asked else "",
        "mine": bool(asked and asked.first == officer(request.actor)),
        "found": [(PERSONAL[one.kind], one.words) for one in personal_data(row.text, row.name)],
        "steps": [
            (one, COMMENT_STATES[one.state], HIDDEN_FOR.get(one.reason or "")) for one in steps
        ],
        "reasons": list(HIDDEN_FOR.items()),
        "given_reason": request.POST.get("reason", ""),
        "answer": answer,
        "changed_since": answer is not None
        and row.earlier.filter(changed_at__gt=answer.written_at).exists(),
        "published": answer is not None and answer.published_at is not None,
        "fate_words": FATES[answer.fate] if answer else "",
        "fates": list(FATES.items()),
        "versions": _newer(row.round),
        "reason": field(
            "reason", gettext_lazy("Reason"), values, languages, rows=4, problem=problem
        ),
        "values": values,
        "note": request.POST.get("note", "")[:LONGEST].replace("\x00", ""),
        "given_step": step,
        "problem": problem and sentence(problem),
        "where": where(problem, f"step-{step}"[:20]),
    }
    status = problem.status if problem else 200
    return render(request, "web/desk_comment.html", shown, status=status)


def _newer(found: CommentRound) -> list[tuple[str, str]]:
    """The texts saved since the draft was put out, the newest of each commitment first."""
    words = gettext_lazy("%(number)s. %(title)s, version %(version)s")
    return [
        (
            f"{row.commitment.number}-{row.number}",
            str(words)
            % {
                "number": row.commitment.number,
                "title": said(title_of(row)),
                "version": row.number,
            },
        )
        for row in newer_versions(found)
    ]


def _kept(answer: CommentAnswer | None, languages: list[str]) -> Values:
    values: Values = {"fate": answer.fate if answer else "", "changed": ""}
    if answer and answer.version:
        values["changed"] = f"{answer.version.commitment.number}-{answer.version.number}"
    put(values, "reason", answer.reason.words if answer else None, languages)
    return values
