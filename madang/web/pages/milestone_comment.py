"""Commenting on a milestone or a report without an account: the words, an address, a mailed code.

The words travel in the form, signed, so that no cookie is needed; the address is not kept.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from madang.calls.places import check_place, count_press
from madang.calls.rules.mailboxes import check_email
from madang.calls.rules.proposing import one_line, whole_text
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.letters.codes import LASTS, check_code, send_code
from madang.letters.texts import KINDS, Kind
from madang.members.models import normal_email
from madang.monitoring.actions.comment import comment_on, comment_on_assessment
from madang.monitoring.assessing import find_assessment
from madang.monitoring.reading import find_step
from madang.monitoring.rules.assessing import AssessmentState, check_lies_open
from madang.monitoring.rules.commenting import LEAST, MOST, check_comment
from madang.monitoring.words import ASSESSMENT_KINDS
from madang.web.pages.attached import place_of_request
from madang.web.sentences import sentence
from madang.web.typed import moment_of

SALT = "madang.web.milestone_comment"
LONGEST = 20_000
KINDS["milestone.code"] = Kind(
    subject=gettext_lazy("%(code)s: your number for the comment on step %(label)s"),
    body=gettext_lazy(
        "Your number for the comment on step %(label)s is\n"
        "\n"
        "    %(code)s\n"
        "\n"
        "It works once, until %(until)s. If you did not write a comment, you need do nothing: "
        "nothing is kept of it."
    ),
    lasts=LASTS,
    opens_a_door=True,
)
KINDS["assessment.code"] = Kind(
    subject=gettext_lazy("%(code)s: your number for the comment on report %(label)s"),
    body=gettext_lazy(
        "Your number for the comment on the self-assessment %(label)s is\n"
        "\n"
        "    %(code)s\n"
        "\n"
        "It works once, until %(until)s. If you did not write a comment, you need do nothing: "
        "nothing is kept of it."
    ),
    lasts=LASTS,
    opens_a_door=True,
)
FIELDS = ("text", "name", "email")


@dataclass(frozen=True)
class About:
    """What is commented on: its act, the purpose and the kind of its code, its addresses, its words.

    `check` refuses before anything is mailed what the act would refuse.
    """

    send: Callable[..., Any]
    purpose: str
    kind: str
    label: str
    here: str
    page_of: str
    shown: dict[str, Any]
    check: Callable[[], None] = lambda: None


def comment(request: Any, number: int, commitment: int, label: str) -> HttpResponse:
    """`/plans/5/commitments/6/milestones/6.2/comment/`."""
    step = find_step(number, label)
    if step.commitment.number != commitment:
        raise NotFound("monitoring.no_milestone", nearest=[reverse("plans")])
    plan, found = step.commitment.plan, step.commitment
    args = [plan.number, found.number, step.label]
    about = About(
        send=partial(comment_on, step),
        purpose=f"milestone:{plan.number}-{step.label}",
        kind="milestone.code",
        label=step.label,
        here=reverse("milestone.comment", args=args),
        page_of=reverse("milestone", args=args),
        shown={
            "plan": plan,
            "label": step.label,
            "over": found.title,
            "title": step.title,
            "crumb": _("Milestone %(label)s") % {"label": step.label},
        },
    )
    return _Steps(request, about).answer()


def assessment_comment(request: Any, number: int, assessment: int) -> HttpResponse:
    """`/plans/1/assessments/1/comment/`, while the report lies open."""
    row = find_assessment(number, assessment)
    if row.state == AssessmentState.DRAFT:
        raise NotFound("monitoring.no_assessment", plan=number, number=assessment)
    args = [number, assessment]
    about = About(
        send=partial(comment_on_assessment, row),
        check=partial(check_lies_open, row.state, row.read_until, localdate(moment_of(request))),
        purpose=f"assessment:{number}-{assessment}",
        kind="assessment.code",
        label=f"{number}-{assessment}",
        here=reverse("assessment.comment", args=args),
        page_of=reverse("plan.assessment", args=args),
        shown={
            "plan": row.plan,
            "label": f"{number}-{assessment}",
            "over": row.plan.title,
            "title_word": ASSESSMENT_KINDS[row.kind],
            "crumb": ASSESSMENT_KINDS[row.kind],
        },
    )
    return _Steps(request, about).answer()


class _Steps:
    """Write, mail the code, take it."""

    def __init__(self, request: Any, about: About) -> None:
        self.request, self.about, self.at = request, about, moment_of(request)

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self.write({})
        if self.request.POST.get("step") == "code":
            try:
                given = self.opened()
            except signing.BadSignature:
                return self.write({}, NotValid("web.stale_form", field="text"))
            return self.take(given)
        given = {
            name: self.request.POST.get(name, "")[:LONGEST].replace("\x00", "") for name in FIELDS
        }
        return self.mail(given)

    def opened(self) -> dict[str, str]:
        # However old: the code ends by itself, and the words stay for another.
        packed = self.request.POST.get("form", "")[: 5 * LONGEST]
        purpose, given = signing.loads(packed, salt=SALT)
        if purpose != self.about.purpose:
            raise signing.BadSignature
        return dict(given)

    def write(self, given: dict[str, str], problem: Refusal | None = None) -> HttpResponse:
        field = str(problem.facts.get("field") or "email") if problem else ""
        shown = {
            **self.shown(given),
            "least": LEAST,
            "most": MOST,
            "problem": problem and sentence(problem),
            "field": field if field in FIELDS else "email",
        }
        status = problem.status if problem else 200
        return render(self.request, "web/milestone_comment.html", shown, status=status)

    def shown(self, given: dict[str, str]) -> dict[str, Any]:
        about = self.about
        return {**about.shown, "given": given, "here": about.here, "page_of": about.page_of}

    def mail(self, given: dict[str, str]) -> HttpResponse:
        text, name = whole_text(given["text"]), one_line(given["name"])
        email = normal_email(given["email"])
        try:
            self.about.check()
            check_comment(text, name)
            check_email(email)
        except Refusal as problem:
            return self.write(given, problem)
        kept = {
            "text": text,
            "name": name,
            "email": email,
            "nonce": given.get("nonce") or secrets.token_urlsafe(16),
            "language": get_language() or "ko",
        }
        try:
            place = place_of_request(self.request)
            check_place("code.place", place, self.at)
            send_code(
                email,
                self.about.purpose,
                kind=self.about.kind,
                language=kept["language"],
                facts={"label": self.about.label},
                at=self.at,
            )
            count_press("code.place", place, self.at)
        except NotNow as too_often:
            if too_often.code.startswith("calls."):
                return self.write(given, too_often)
            return self.ask_code(kept, notice=too_often)
        return self.ask_code(kept)

    def ask_code(
        self,
        given: dict[str, str],
        problem: Refusal | None = None,
        notice: Refusal | None = None,
    ) -> HttpResponse:
        shown = {
            **self.shown(given),
            "form": signing.dumps([self.about.purpose, given], salt=SALT),
            "minutes": int(LASTS.total_seconds() // 60),
            "digits": self.request.POST.get("code", "")[:20],
            "problem": problem and sentence(problem),
            "notice": notice and sentence(notice),
        }
        status = 429 if notice else problem.status if problem else 200
        return render(self.request, "web/milestone_code.html", shown, status=status)

    def take(self, given: dict[str, str]) -> HttpResponse:
        try:
            check_code(
                given["email"], self.about.purpose, self.request.POST.get("code", "")[:100], self.at
            )
            self.about.send(
                text=given["text"],
                name=given["name"],
                language=given["language"],
                nonce=given["nonce"],
                by=self.request.actor,
                at=self.at,
            )
        except Refusal as problem:
            if problem.code != "monitoring.commented_before":
                return self.ask_code(given, problem)
        return HttpResponseRedirect(f"{self.about.page_of}?commented=1#comments")
