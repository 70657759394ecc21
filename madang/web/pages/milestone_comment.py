"""Commenting on a milestone without an account: the words, an address, a mailed code, and it stands.

The words travel in the form, signed, so that no cookie is needed; the address is not kept.
"""

import secrets
from typing import Any

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from madang.calls.places import check_place, count_press
from madang.calls.rules.mailboxes import check_email
from madang.calls.rules.proposing import one_line, whole_text
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.letters.codes import LASTS, check_code, send_code
from madang.letters.texts import KINDS, Kind
from madang.members.models import normal_email
from madang.monitoring.actions.comment import LEAST, MOST, check_comment, comment_on
from madang.monitoring.reading import find_step
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
FIELDS = ("text", "name", "email")


def comment(request: Any, number: int, commitment: int, label: str) -> HttpResponse:
    """`/plans/5/commitments/6/milestones/6.2/comment/`."""
    step = find_step(number, label)
    if step.commitment.number != commitment:
        raise NotFound("monitoring.no_milestone", nearest=[reverse("plans")])
    return _Steps(request, step).answer()


class _Steps:
    """Write, mail the code, take it."""

    def __init__(self, request: Any, step: Any) -> None:
        self.request, self.step, self.at = request, step, moment_of(request)
        plan, commitment = step.commitment.plan, step.commitment
        args = [plan.number, commitment.number, step.label]
        self.here = reverse("milestone.comment", args=args)
        self.page_of = reverse("milestone", args=args)
        self.purpose = f"milestone:{plan.number}-{step.label}"

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
        packed = self.request.POST.get("form", "")[: 5 * LONGEST]
        purpose, given = signing.loads(packed, salt=SALT, max_age=LASTS)
        if purpose != self.purpose:
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
        return {
            "given": given,
            "row": self.step,
            "plan": self.step.commitment.plan,
            "commitment": self.step.commitment,
            "here": self.here,
            "page_of": self.page_of,
        }

    def mail(self, given: dict[str, str]) -> HttpResponse:
        text, name = whole_text(given["text"]), one_line(given["name"])
        email = normal_email(given["email"])
        try:
            check_comment(text, name)
            check_email(email)
        except NotValid as problem:
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
                self.purpose,
                kind="milestone.code",
                language=kept["language"],
                facts={"label": self.step.label},
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
            "form": signing.dumps([self.purpose, given], salt=SALT),
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
                given["email"], self.purpose, self.request.POST.get("code", "")[:100], self.at
            )
            comment_on(
                self.step,
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
        return HttpResponseRedirect(f"{self.page_of}?commented=1#comments")
