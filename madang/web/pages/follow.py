"""Following a commitment, a plan, or calls for proposals by mail: an address, a button in the
letter, one press to stop."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from madang.calls.letters import CALLS
from madang.calls.rules.mailboxes import check_email, probably_meant
from madang.drafting.models import Commitment
from madang.foundation.addresses import address_of
from madang.foundation.refusals import NotValid, Refusal
from madang.foundation.texts import Text
from madang.letters.following import ask_to_follow, confirm, find_following, is_ended, stop
from madang.letters.models import Following
from madang.members.models import normal_email
from madang.planning.models import Plan
from madang.plans.pages.data import find_commitment, find_plan
from madang.web.sentences import sentence
from madang.web.typed import moment_of, typed

CALLS_TITLE = Text({"ko": "제안 공모", "en": "Calls for proposals"})


def plan(request: Any, number: int) -> HttpResponse:
    """Be told of every commitment of a plan."""
    found: Plan = find_plan(number, request.actor)
    return _ask(request, found.ref, found.title, reverse("plan.progress", args=[number]))


def commitment(request: Any, number: int, commitment: int) -> HttpResponse:
    """Be told of one commitment."""
    row = find_commitment(number, commitment, request.actor)
    page = reverse("commitment", args=[number, commitment])
    return _ask(request, row.ref, row.title, page)


def calls(request: Any) -> HttpResponse:
    """Be told when a call for proposals opens."""
    return _ask(request, CALLS, CALLS_TITLE, reverse("plans"))


def _ask(request: Any, about: str, title: Text, page: str) -> HttpResponse:
    shown: dict[str, Any] = {"title": title, "page": page, "about": about}
    shown["of_calls"] = about == CALLS
    if request.method != "POST":
        return render(request, "web/follow.html", shown)
    email = request.POST.get("email", "")[:300].replace("\x00", "")
    try:
        address = _address(request)
        at = moment_of(request)
        ask_to_follow(about, title, address, get_language() or "ko", at)
    except Refusal as problem:
        meant = problem.facts.get("meant", "")
        shown |= {"problem": sentence(problem), "email": email, "meant": meant}
        return render(request, "web/follow.html", shown, status=problem.status)
    return render(request, "web/follow.html", {**shown, "asked": address})


def _address(request: Any) -> str:
    """Raises NotValid: what `check_email` raises, calls.email_meant, web.unreadable, web.too_much."""
    email = normal_email(typed(request, "email", 300))
    check_email(email)
    meant = probably_meant(email)
    match request.POST.get("meant", ""):
        case "yes" if meant:
            return meant
        case "no":
            return email
    if meant:
        raise NotValid("calls.email_meant", meant=meant, field="email")
    return email


def follow(request: Any, token: str) -> HttpResponse:
    """The page of the letters' link: it starts them, and later stops them. Opening it does nothing."""
    row, at = find_following(token), moment_of(request)
    if row and request.method == "POST":
        match typed(request, "act", 10):
            case "start" if not is_ended(row, at):
                confirm(row, at)
                row.refresh_from_db()
            case "stop":
                stop(row)
                row = None
            case "start":
                pass
            case _:
                raise NotValid("web.nothing_chosen")
    shown: dict[str, Any] = {"row": row, "token": token}
    if row:
        shown |= _about(row) | {"ended": is_ended(row, at)}
    return render(request, "web/following.html", shown)


def _about(row: Following) -> dict[str, Any]:
    """What is followed, its page, and where one asks for it anew."""
    if row.about == CALLS:
        return {"title": CALLS_TITLE, "page": reverse("plans"), "again": reverse("calls.follow")}
    kind, _colon, key = row.about.partition(":")
    plan, _dash, number = key.partition("-")
    page = address_of(row.about)
    if kind == "plan":
        found: Plan | Commitment | None = Plan.objects.filter(number=int(plan)).first()
        again = reverse("follow.plan", args=[int(plan)])
    else:
        found = Commitment.objects.filter(plan__number=int(plan), number=int(number)).first()
        again = reverse("follow.commitment", args=[int(plan), int(number)])
    return {"title": found.title if found else None, "page": page, "again": again}
