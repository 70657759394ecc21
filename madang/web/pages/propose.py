"""Proposing something: three fields, a check, a mailed code, a receipt; no account and no script.

What was typed is kept here under a token in the address, so that a reload, a second press or the
way back loses nothing and sends nothing twice.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from madang.calls.actions.send import send_proposal
from madang.calls.attaching import forget_waiting, keep_waiting
from madang.calls.models import Call, Intake, Proposal
from madang.calls.neighbours import neighbours
from madang.calls.pages.data import call_data, find_plan, plan_head
from madang.calls.places import check_place, count_press
from madang.calls.reading import call_of, is_open
from madang.calls.rules import proposing
from madang.calls.rules.mailboxes import probably_meant
from madang.calls.rules.personal import personal_data
from madang.calls.rules.proposing import Words, each_line, one_line, problems, whole_text
from madang.calls.words import PERSONAL
from madang.foundation.answers import said
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.letters.codes import BETWEEN, LASTS, check_code, send_code
from madang.members.models import normal_email
from madang.planning.models import Plan
from madang.web.pages.attached import file_of_form, file_shown, place_of_request
from madang.web.pages.by_code import LONGEST
from madang.web.pages.mine import support
from madang.web.sentences import sentence
from madang.web.typed import moment_of, words_typed

PURPOSE = "propose"
KEPT = timedelta(days=1)
_ON_ITS_WAY = (
    Intake.objects.select_for_update(of=("self",))
    .select_related("plan__call")
    .only("fields", "plan__number", "plan__status", "plan__withdrawn_at", "plan__call__languages")
    .order_by()
)
"""What was typed, held until it is sent; of its plan and call what is asked before the act."""
FIELDS = ("title", "text", "email", "area", "name", "joint", "title_only", "agreed", "meant")


@dataclass
class Typed:
    """What stands in the form, as it was typed."""

    title: str = ""
    text: str = ""
    email: str = ""
    area: str = ""
    name: str = ""
    joint: str = ""
    """Joint proposers, one a line."""
    title_only: str = ""
    agreed: str = ""
    meant: str = ""
    """`yes`: the address as it was probably meant; `no`: as it was typed."""
    file: str = ""
    """The token of the file that waits to go with it."""

    def words(self, language: str) -> Words:
        area = int(self.area) - 1 if self.area.isdecimal() and len(self.area) < 4 else None
        return Words(
            title=self.title,
            text=self.text,
            language=language,
            area=area,
            name=self.name,
            joint=self.joint.splitlines(),
            title_only=bool(self.title_only),
        )


# --- the form ------------------------------------------------------------------------------------


def new(request: Any, number: int) -> HttpResponse:
    """The form; what is wrong is said all at once, and what was typed stays."""
    plan = find_plan(number)
    call = call_of(plan)
    if not is_open(call, moment_of(request)):
        return _not_open(request, plan, call)
    token = _token(request)
    if request.method != "POST":
        kept = _intake(token, plan, request)
        return _form(request, plan, Typed(**kept.fields) if kept else Typed(), token, [])
    given = _given(request)
    given.file, refused = file_of_form(request)
    wrong = _wrong(given, plan) + refused
    if wrong:
        return _form(request, plan, given, token, wrong)
    return _to("propose.check", plan, _keep(given, plan, token, moment_of(request)))


def _given(request: HttpRequest) -> Typed:
    # Whatever came is shown again; what can't be text at all is left out.
    raw = {name: request.POST.get(name, "")[:LONGEST].replace("\x00", "") for name in FIELDS}
    given = Typed(
        title=one_line(raw["title"]),
        text=whole_text(raw["text"]),
        email=normal_email(raw["email"]),
        area=raw["area"][:4],
        name=one_line(raw["name"]),
        joint="\n".join(each_line(raw["joint"])),
        title_only="yes" if raw["title_only"] == "yes" else "",
        agreed="yes" if raw["agreed"] == "yes" else "",
        meant=raw["meant"][:3],
    )
    if given.meant == "yes":
        given.email = probably_meant(given.email) or given.email
    return given


def _wrong(given: Typed, plan: Any) -> list[Refusal]:
    words = given.words(get_language() or "ko")
    found = problems(words, email=given.email, agreed=bool(given.agreed))
    places = {area["position"] for area in plan.area_rows}
    if given.area and words.area not in places:
        found.append(NotValid("calls.no_area", field="area"))
    meant = probably_meant(given.email)
    if meant and given.meant != "no" and not any(_field(one) == "email" for one in found):
        found.append(NotValid("calls.email_meant", meant=meant, field="email"))
    return found


def _field(problem: Refusal) -> str:
    return str(problem.facts.get("field") or "title")


def _form(request: Any, plan: Any, given: Typed, token: str, wrong: list[Refusal]) -> HttpResponse:
    errors = {_field(one): sentence(one) for one in reversed(wrong)}
    areas = [(str(area["position"] + 1), said(area["text"])) for area in plan.area_rows]
    shown = {
        "plan": plan_head(plan),
        "call": call_data(call_of(plan)),
        "given": given,
        "token": token,
        "wrong": [(_field(one), sentence(one)) for one in wrong],
        "errors": errors,
        "areas": areas,
        "more_open": any((given.area, given.name, given.joint, given.title_only, given.file))
        or bool({"area", "name", "joint", "file"} & errors.keys()),
        "file": file_shown(given.file, request),
        "meant": next((one.facts["meant"] for one in wrong if "meant" in one.facts), ""),
        "title_most": proposing.TITLE_MOST,
        "text_least": proposing.TEXT_LEAST,
        "text_most": proposing.TEXT_MOST,
    }
    return render(request, "web/propose.html", shown, status=400 if wrong else 200)


def _not_open(request: Any, plan: Plan, call: Call | None) -> HttpResponse:
    shown = {"plan": plan_head(plan), "call": call_data(call), "typed": words_typed(request)}
    status = 409 if request.method == "POST" else 200
    return render(request, "web/propose_closed.html", shown, status=status)


# --- the check -----------------------------------------------------------------------------------


def check(request: Any, number: int) -> HttpResponse:
    """What will be sent, once more; the button mails the code and sends nothing yet."""
    plan, token = find_plan(number), _token(request)
    kept = _intake(token, plan, request)
    if sent := _sent(plan, token):
        return _receipt(sent)
    if kept is None:
        return _gone(request, plan)
    given = Typed(**kept.fields)
    if request.method != "POST":
        return _check_page(request, plan, given, token)
    if (chosen := request.POST.get("instead", "")).isdecimal() and len(chosen) < 10:
        # To support what is there: the same address, and a number mailed for that.
        return support(request, plan.number, int(chosen), email=given.email)
    try:
        _mail(request, plan, given)
    except NotNow as problem:
        if problem.code.startswith("letters."):
            return _code_page(request, plan, given, token, notice=problem)
        return _check_page(request, plan, given, token, problem)
    return _to("propose.code", plan, token)


def _mail(request: Any, plan: Plan, given: Typed) -> None:
    """Mail the code, where the place has not sent too much yet.

    Raises NotNow: calls.not_open, calls.too_many, letters.code_too_soon, letters.code_too_many.
    """
    at, place = moment_of(request), place_of_request(request)
    if not is_open(call_of(plan), at):
        raise NotNow("calls.not_open")
    check_place("propose.place", place, at)
    check_place("code.place", place, at)
    send_code(
        given.email,
        PURPOSE,
        kind="proposal.code",
        language=get_language() or "ko",
        facts={"title": given.title},
        at=at,
    )
    count_press("code.place", place, at)


def _check_page(
    request: Any, plan: Any, given: Typed, token: str, problem: Refusal | None = None
) -> HttpResponse:
    areas = {str(area["position"] + 1): said(area["text"]) for area in plan.area_rows}
    joint = given.joint.splitlines()
    found = {one.kind for one in personal_data(given.title, given.text, given.name, *joint)}
    shown = {
        "plan": plan_head(plan),
        "call": call_data(call_of(plan)),
        "given": given,
        "token": token,
        "area": areas.get(given.area, ""),
        "joint": joint,
        "file": file_shown(given.file, request),
        "near": neighbours(plan, given.title, given.text),
        "looked_at": [words for kind, words in PERSONAL.items() if kind in found],
        "problem": problem and sentence(problem),
    }
    answer = render(
        request, "web/propose_check.html", shown, status=_too_often(problem) if problem else 200
    )
    return _retry(answer, problem)


# --- the code, and the receipt -------------------------------------------------------------------


def code(request: Any, number: int) -> HttpResponse:
    """Take the six digits: with them the proposal is sent. Twice is once."""
    token, digits, problem = _token(request), request.POST.get("code", "")[:100], None
    if request.POST.get("step") == "send":
        sent, problem = _send(request, number, token, digits)
        if sent:
            return _receipt(sent)
    plan = find_plan(number, bare=True)
    if sent := _sent(plan, token):
        return _receipt(sent)
    kept = _intake(token, plan, request)
    if kept is None:
        return _gone(request, plan)
    given = Typed(**kept.fields)
    if request.POST.get("step") == "again":
        try:
            _mail(request, plan, given)
        except NotNow as too_often:
            return _code_page(request, plan, given, token, notice=too_often)
        return _to("propose.code", plan, token)
    return _code_page(request, plan, given, token, digits=digits, problem=problem)


def _send(
    request: Any, number: int, token: str, digits: str
) -> tuple[Proposal | None, Refusal | None]:
    """Check the code and send: one transaction, in which a second press waits for the first.

    A wrong code is a try that counts, so that transaction ends well; what refuses the act itself
    undoes the code's use too, and the number can be typed again.
    """
    at, place = moment_of(request), place_of_request(request)
    try:
        with transaction.atomic():
            kept = _ON_ITS_WAY.filter(token_hash=_hash(token), ends_at__gt=at).first()
            # What was sent is forgotten here in the same transaction.
            if kept is None or not kept.fields or kept.plan.number != number:
                return None, None
            given, call = Typed(**kept.fields), call_of(kept.plan)
            if call is None or kept.plan.is_hidden or kept.plan.withdrawn_at:
                return None, None
            check_place("propose.place", place, at)
            try:
                check_code(given.email, PURPOSE, digits, at)
            except Refusal as wrong:
                return None, wrong
            # What was typed stands in the proposal from now on; the address nowhere but there.
            # Before the act, which makes all others wait; where it refuses, this is undone too.
            kept.fields = {}
            kept.save(update_fields=["fields"])
            file = keep_waiting(given.file, at)
            count_press("propose.place", place, at)
            done = send_proposal.to_end(
                call,
                words=given.words(_spoken(call)),
                email=given.email,
                nonce=_hash(token),
                file=file,
                by=request.actor,
                at=at,
            )
            if file:
                forget_waiting(given.file)
    except Refusal as refused:
        return None, refused
    return done.proposal, None


def _code_page(
    request: Any,
    plan: Plan,
    given: Typed,
    token: str,
    *,
    digits: str = "",
    problem: Refusal | None = None,
    notice: Refusal | None = None,
) -> HttpResponse:
    shown = {
        "plan": plan_head(plan),
        "given": given,
        "token": token,
        "digits": digits,
        "minutes": int(LASTS.total_seconds() // 60),
        "between": int(BETWEEN.total_seconds() // 60),
        "problem": problem and sentence(problem),
        "notice": notice and sentence(notice),
    }
    refusal = notice or problem
    status = _too_often(refusal) if refusal else 200
    return _retry(render(request, "web/propose_code.html", shown, status=status), refusal)


# --- what is kept in between ---------------------------------------------------------------------


def _token(request: HttpRequest) -> str:
    return (request.POST.get("t") or request.GET.get("t") or "")[:60]


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _intake(token: str, plan: Plan, request: Any) -> Intake | None:
    """What was typed under a token, while it is kept and not sent."""
    rows = Intake.objects.filter(plan=plan, ends_at__gt=moment_of(request))
    kept = rows.filter(token_hash=_hash(token)).first() if token else None
    return kept if kept and kept.fields else None


def _keep(given: Typed, plan: Plan, token: str, at: datetime) -> str:
    """Keep what was typed, under the token it came with where that is still good."""
    rows = Intake.objects.filter(plan=plan, token_hash=_hash(token), ends_at__gt=at)
    if token and rows.exclude(fields={}).update(fields=vars(given)):
        return token
    fresh = secrets.token_urlsafe(24)
    Intake.objects.create(
        token_hash=_hash(fresh), plan=plan, fields=vars(given), made_at=at, ends_at=at + KEPT
    )
    return fresh


def _sent(plan: Plan, token: str) -> Proposal | None:
    """The proposal that was sent under a token: whoever sends it again gets the same receipt."""
    rows = Proposal.objects.filter(plan=plan, nonce=_hash(token)) if token else None
    return rows.select_related("plan").first() if rows is not None else None


def _receipt(sent: Proposal) -> HttpResponse:
    address = reverse("proposal", args=[sent.plan.number, sent.number])
    return HttpResponseRedirect(f"{address}?receipt=1")


def _to(route: str, plan: Plan, token: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(route, args=[plan.number])}?t={token}")


def _gone(request: Any, plan: Plan) -> HttpResponse:
    nearest = [reverse("propose", args=[plan.number]), reverse("proposals", args=[plan.number])]
    raise NotFound("calls.intake_gone", nearest=nearest)


def _spoken(call: Call) -> str:
    language = get_language() or "ko"
    return language if language in call.languages or not call.languages else call.languages[0]


def _too_often(problem: Refusal) -> int:
    return 429 if "seconds" in problem.facts else problem.status


def _retry(answer: HttpResponse, problem: Refusal | None) -> HttpResponse:
    if problem and "seconds" in problem.facts:
        answer["Retry-After"] = str(problem.facts["seconds"])
    return answer
