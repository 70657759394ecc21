"""Finding a proposal again: by its number, by words, or by a letter to the address it came from."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy

from madang.calls.models import Call, Proposal
from madang.calls.pages.data import MOST_WORDS, call_data, plan_head, row_data
from madang.calls.pages.data import SHOWN as READABLE
from madang.calls.places import check_place, count_press
from madang.calls.rules.mailboxes import check_email
from madang.calls.rules.proposing import one_line
from madang.calls.rules.words import CallStatus
from madang.calls.words import CHANNELS, OUTCOME_WORDS
from madang.foundation.refusals import NotNow, NotValid
from madang.letters import outbox, texts
from madang.letters.models import Letter
from madang.letters.texts import KINDS, Kind
from madang.members.models import normal_email
from madang.planning.models import PlanStatus
from madang.web.pages.attached import place_of_request
from madang.web.sentences import sentence
from madang.web.typed import moment_of

SHOWN = 20
MOST_LISTED = 100
LONGEST = 254
LABEL = re.compile(r"([1-9][0-9]{0,4})\s*[-–—]\s*([0-9]{1,9})")
KINDS["proposal.list"] = Kind(
    subject=gettext_lazy("The proposals sent from this address"),
    body=gettext_lazy(
        "Someone, probably you, asked which proposals were sent from this address:\n\n%(list)s"
    ),
)


def find(request: Any) -> HttpResponse:
    """One field: a number, an address or words."""
    if request.method == "POST":
        return _asked(request)
    asked = one_line(request.GET.get("q", ""))[:LONGEST]
    rows = list(_with_words(asked)[: SHOWN + 1]) if asked else []
    return _page(request, asked=asked, rows=rows)


def _asked(request: Any) -> HttpResponse:
    asked = one_line(request.POST.get("asked", "").replace("\x00", ""))[:LONGEST]
    if "@" in asked:
        try:
            _mail_list(request, normal_email(asked), moment_of(request))
        except NotValid as problem:
            return _page(request, asked=asked, problem=sentence(problem), status=problem.status)
        except NotNow as problem:
            return _page(request, asked=asked, problem=sentence(problem), status=429)
        return _page(request, asked=asked, mailed=True)
    if found := _by_number(asked):
        address = reverse("proposal", args=[found.plan.number, found.number])
        return HttpResponseRedirect(address)
    if not asked:
        return HttpResponseRedirect(reverse("find"))
    return HttpResponseRedirect(f"{reverse('find')}?{urlencode({'q': asked})}")


def _by_number(asked: str) -> Proposal | None:
    match = LABEL.fullmatch(asked)
    if not match:
        return None
    plan, number = map(int, match.groups())
    return _known().filter(plan__number=plan, number=number).first()


def _known() -> Any:
    rows = Proposal.objects.exclude(plan__status__in=[PlanStatus.PREPARING, PlanStatus.WITHDRAWN])
    return rows.select_related("plan", "area").defer("features")


def _with_words(asked: str) -> Any:
    """The proposals of every plan that say the words where everyone reads them, newest first.

    Where one was taken over from counts as a word of it: the list shows it.
    """
    rows = _known().filter(READABLE)
    for word in asked.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(title_only=False, text__icontains=word)
            | Q(outside_number=word)
            | Q(platform__icontains=word)
        )
    return rows.order_by("-plan__number", "-number")


def _mail_list(request: HttpRequest, email: str, at: datetime) -> None:
    """Mail the proposals of an address there; whether it has any is not to be told from outside.

    Raises NotValid as `check_email`; NotNow: calls.too_many.
    """
    check_email(email)
    place = place_of_request(request)
    check_place("code.place", place, at)
    count_press("code.place", place, at)
    rows = list(_known().filter(contact__email=email).order_by("-received_at")[:MOST_LISTED])
    listed = "\n\n".join(
        f"{row.label}  {row.title}\n{settings.INSTALLATION.address}"
        f"{reverse('proposal', args=[row.plan.number, row.number])}"
        for row in rows
    )
    words = texts.write("proposal.list", get_language() or "ko", {"list": listed})
    # Once an hour: whoever types another's address can't fill a mailbox with it.
    # Its hash stands for it: an address may be longer than a reason.
    reason = f"proposal.list:{sha256(email.encode()).hexdigest()}:{at:%Y-%m-%dT%H}"
    known = Letter.objects.filter(reason=reason).exists()
    outbox.post(
        to=email,
        language=words.language,
        kind="proposal.list",
        reason=reason,
        subject=words.subject,
        body=words.body,
        at=at,
    )
    if not rows and not known:
        # Written all the same, so that a clock can't tell; nobody sees it.
        outbox.take_back(reason)


def _page(
    request: Any,
    *,
    asked: str = "",
    rows: list[Any] | None = None,
    mailed: bool = False,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    calls = Call.objects.filter(status=CallStatus.OPEN).select_related("plan").order_by("closes_at")
    shown = {
        "asked": asked,
        "rows": [_shown(row) for row in (rows or [])[:SHOWN]],
        "more": len(rows or []) > SHOWN,
        "searched": bool(asked) and not mailed and not problem,
        "mailed": mailed,
        "problem": problem,
        "calls": [{"plan": plan_head(call.plan), "call": call_data(call)} for call in calls],
        "email": settings.INSTALLATION.email,
    }
    return render(request, "web/find.html", shown, status=status)


def _shown(row: Any) -> dict[str, Any]:
    data = row_data(row, row.plan)
    return {
        **data,
        "plan": plan_head(row.plan),
        "outcome_words": OUTCOME_WORDS[data["outcome"]],
        "source_words": CHANNELS.get(data["source"], data["source"]),
        "imported": bool(row.platform),
    }
