"""Entering a comment for someone: from paper, by telephone, at a meeting."""

import secrets
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from madang.calls.rules.proposing import one_line, whole_text
from madang.calls.words import CHANNELS
from madang.consultation.actions.comment import enter_comment
from madang.consultation.comments import round_of, title_of, versions_put_out
from madang.consultation.models import Comment, CommentRound
from madang.consultation.rules.commenting import BY_HAND, TEXT_MOST, Words, problems
from madang.foundation.answers import said
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.members.models import normal_email
from madang.web.pages.by_code import LONGEST
from madang.web.pages.desk_plans import find_plan
from madang.web.sentences import sentence
from madang.web.typed import moment_of

FIELDS = ("on", "channel", "said_on", "text", "name", "email", "nonce")


def new(request: Any, number: int) -> HttpResponse:
    """The form; its receipt is the comment's own page."""
    plan = find_plan(number)
    found = round_of(plan)
    if found is None:
        nearest = [reverse("desk.comments", args=[number])]
        raise NotFound("consultation.comment_no_draft", number=number, nearest=nearest)
    given = {name: request.POST.get(name, "")[:LONGEST].replace("\x00", "") for name in FIELDS}
    if request.method != "POST":
        today = timezone.localdate(moment_of(request)).isoformat()
        return _page(request, found, {"channel": "paper", "said_on": today}, [])
    words = _words(given)
    wrong = problems(words, email=normal_email(given["email"]) or None)
    if given["on"] and words.commitment is None:
        wrong.append(NotValid("consultation.comment_no_text", number=given["on"][:6], field="on"))
    if not wrong:
        try:
            return _entered(request, found, given, words)
        except Refusal as refusal:
            wrong = [refusal]
    return _page(request, found, given, wrong)


def _words(given: dict[str, str]) -> Words:
    on = given["on"]
    return Words(
        text=whole_text(given["text"]),
        language=get_language() or "ko",
        commitment=int(on) if on.isascii() and on.isdecimal() and len(on) < 6 else None,
        name=one_line(given["name"]),
    )


def _entered(
    request: Any, found: CommentRound, given: dict[str, str], words: Words
) -> HttpResponse:
    nonce = given["nonce"][:64] or secrets.token_urlsafe(24)
    try:
        enter_comment(
            found,
            words=words,
            channel=given["channel"],
            said_on=given["said_on"],
            email=normal_email(given["email"]),
            nonce=nonce,
            by=request.actor,
            at=moment_of(request),
        )
    except NotNow as refusal:
        # A form sent twice has done its work.
        if refusal.code != "consultation.comment_sent_before":
            raise
    kept = Comment.objects.get(plan=found.plan_id, nonce=nonce)
    address = reverse("draft.comment", args=[found.plan.number, kept.number])
    return HttpResponseRedirect(f"{address}?receipt=1")


def _page(
    request: Any, found: CommentRound, given: dict[str, str], wrong: list[Refusal]
) -> HttpResponse:
    def where(one: Refusal) -> str:
        field = str(one.facts.get("field") or "text")
        return "on" if field == "commitment" else field

    shown = {
        "plan": found.plan,
        "given": given,
        "nonce": given.get("nonce", "")[:64] or secrets.token_urlsafe(24),
        "places": [
            (str(number), f"{number}. {said(title_of(version))}")
            for number, version in versions_put_out(found).items()
        ],
        "channels": [(key.value, CHANNELS[key]) for key in BY_HAND],
        "wrong": [(where(one), sentence(one)) for one in wrong],
        "errors": {where(one): sentence(one) for one in reversed(wrong)},
        "most": TEXT_MOST,
    }
    status = wrong[0].status if wrong else 200
    return render(request, "web/desk_comment_new.html", shown, status=status)
