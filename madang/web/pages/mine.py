"""What one may do to a proposal by a mailed code: change or withdraw one's own, support another's."""

from typing import Any

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from madang.calls.actions.author import edit_proposal, withdraw_proposal
from madang.calls.actions.endorse import endorse_proposal
from madang.calls.models import Contact, Proposal
from madang.calls.pages.data import is_shown, plan_head
from madang.calls.places import check_place, count_press
from madang.calls.reading import find_proposal
from madang.calls.replying import author_token
from madang.calls.rules.mailboxes import check_email
from madang.calls.rules.proposing import Words, one_line, whole_text
from madang.foundation.answers import said
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.letters.codes import LASTS, check_code, send_code
from madang.members.models import normal_email
from madang.web.pages.attached import place_of_request
from madang.web.sentences import sentence
from madang.web.typed import moment_of

SALT = "madang.web.mine"
LONGEST = 8_000
"""The most characters of a field that are looked at; far more than any may have."""
SUPPORT, MINE = "support", "mine"


def support(request: Any, number: int, proposal: int, email: str = "") -> HttpResponse:
    """Support a proposal: an address, a code, and it counts once.

    Who was about to propose the same has typed an `email` already.
    """
    steps = _Steps(request, number, proposal, SUPPORT)
    return steps.mail(email) if email else steps.answer()


def mine(request: Any, number: int, proposal: int) -> HttpResponse:
    """Change or withdraw one's own proposal: the address that sent it, a code, then the form."""
    return _Steps(request, number, proposal, MINE).answer()


class _Steps:
    """The way of both: ask an address, mail a code, take it, act.

    The address travels in the form, signed; no cookie is needed. Whether an address is the
    author's is not to be told from outside, so an unknown one gets the same page and no letter.
    """

    def __init__(self, request: Any, number: int, proposal: int, what: str) -> None:
        self.request, self.what = request, what
        self.row = find_proposal(number, proposal)
        if self.row.plan.is_hidden or (what == SUPPORT and not is_shown(self.row)):
            raise NotFound("calls.no_proposal", label=self.row.label, nearest=[reverse("find")])
        self.here = reverse(f"proposal.{what}", args=[number, proposal])
        self.page_of = reverse("proposal", args=[number, proposal])
        self.at = moment_of(request)
        self.purpose = f"{what}:{self.row.label}"

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self.ask()
        step = self.request.POST.get("step", "")
        try:
            email = self.signed("form")
        except signing.BadSignature:
            email = ""
        if step == "code" and email:
            return self.take_code(email)
        if step in ("change", "withdraw") and self.what == MINE:
            return self.act(step)
        return self.mail()

    def signed(self, name: str) -> str:
        kept = signing.loads(self.request.POST.get(name, "")[:2000], salt=SALT, max_age=LASTS)
        if kept[:2] != [self.what if name == "form" else "granted", self.row.label]:
            raise signing.BadSignature
        return str(kept[2])

    # --- the address ---

    def ask(self, given: str = "", problem: Refusal | None = None, status: int = 0) -> HttpResponse:
        shown = {**self.shown(), "given": given, "problem": problem and sentence(problem)}
        code = status or (problem.status if problem else 200)
        return render(self.request, f"web/{self.what}.html", shown, status=code)

    def shown(self) -> dict[str, Any]:
        return {
            "plan": plan_head(self.row.plan),
            "row": self.row,
            "title": self.row.title if is_shown(self.row) else "",
            "answered": self.row.outcome is not None,
            "here": self.here,
            "page_of": self.page_of,
        }

    def mail(self, given: str = "") -> HttpResponse:
        given = given or self.request.POST.get("email", "")[:LONGEST].replace("\x00", "")
        email, notice = normal_email(given), None
        try:
            check_email(email)
        except NotValid as problem:
            return self.ask(given, problem)
        known = self.what == SUPPORT or Contact.objects.filter(proposal=self.row, email=email)
        try:
            place = place_of_request(self.request)
            check_place("code.place", place, self.at)
            send_code(
                email,
                self.purpose,
                kind="proposal.code_for",
                language=get_language() or "ko",
                facts={"label": self.row.label},
                at=self.at,
                deliver=bool(known),
            )
            count_press("code.place", place, self.at)
        except NotNow as too_often:
            if too_often.code.startswith("calls."):
                return self.ask(given, too_often, 429)
            notice = too_often
        return self.ask_code(email, notice=notice)

    # --- the code ---

    def ask_code(
        self,
        email: str,
        *,
        digits: str = "",
        problem: Refusal | None = None,
        notice: Refusal | None = None,
    ) -> HttpResponse:
        shown = {
            **self.shown(),
            "email": email,
            "mine": self.what == MINE,
            "form": signing.dumps([self.what, self.row.label, email], salt=SALT),
            "digits": digits,
            "minutes": int(LASTS.total_seconds() // 60),
            "problem": problem and sentence(problem),
            "notice": notice and sentence(notice),
        }
        status = 429 if notice else problem.status if problem else 200
        return render(self.request, "web/mine_code.html", shown, status=status)

    def take_code(self, email: str) -> HttpResponse:
        digits = self.request.POST.get("code", "")[:100]
        try:
            check_code(email, self.purpose, digits, self.at)
            if self.what == SUPPORT:
                endorse_proposal(self.row, email=email, by=self.request.actor, at=self.at)
                return HttpResponseRedirect(f"{self.page_of}?supported=1")
            if not Contact.objects.filter(proposal=self.row, email=email).exists():
                raise NotValid("letters.code_wrong")
        except Refusal as problem:
            return self.ask_code(email, digits=digits, problem=problem)
        if self.row.outcome is not None:
            # It is answered: nothing is changed any more, but it can be asked about.
            return HttpResponseRedirect(reverse("proposal.answer", args=[author_token(self.row)]))
        return self.form(signing.dumps(["granted", self.row.label, email], salt=SALT))

    # --- one's own ---

    def form(
        self, grant: str, given: dict[str, str] | None = None, problem: Refusal | None = None
    ) -> HttpResponse:
        row = self.row
        kept = given or {
            "title": row.title,
            "text": row.text,
            "name": row.name,
            "area": str(row.area.position + 1) if row.area else "",
            "base": str(row.version),
        }
        shown = {
            **self.shown(),
            "grant": grant,
            "given": kept,
            "areas": [(str(a.position + 1), said(a.text)) for a in row.plan.areas.all()],
            "problem": problem and sentence(problem),
            "where": problem and str(problem.facts.get("field") or "title"),
            "note": row.moderations.filter(state="supplement").last(),
            "state": row.state,
        }
        status = problem.status if problem else 200
        return render(self.request, "web/mine_form.html", shown, status=status)

    def act(self, step: str) -> HttpResponse:
        try:
            self.signed("grant")
        except signing.BadSignature:
            return self.ask(problem=NotValid("web.stale_form"))
        post, by = self.request.POST, self.request.actor
        given = {
            name: post.get(name, "")[:LONGEST].replace("\x00", "")
            for name in ("title", "text", "name", "area", "base")
        }
        try:
            if step == "withdraw":
                withdraw_proposal(self.row, by=by, at=self.at)
            else:
                base = int(given["base"]) if given["base"].isdecimal() else 0
                edit_proposal(self.row, words=_words(given, self.row), base=base, by=by, at=self.at)
        except Refusal as problem:
            self.row = find_proposal(self.row.plan.number, self.row.number)
            if problem.code == "calls.changed_meanwhile":
                given["base"] = str(self.row.version)
            return self.form(post.get("grant", "")[:2000], given, problem)
        return HttpResponseRedirect(self.page_of)


def _words(given: dict[str, str], row: Proposal) -> Words:
    area = given["area"]
    return Words(
        title=one_line(given["title"]),
        text=whole_text(given["text"]),
        language=row.language,
        area=int(area) - 1 if area.isdecimal() and len(area) < 4 else None,
        name=one_line(given["name"]),
        joint=row.joint,
        title_only=row.title_only,
    )
