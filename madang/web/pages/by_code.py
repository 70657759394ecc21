"""What one may do without an account by a mailed code: an address, a code, then it is done."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from madang.calls.places import check_place, count_press
from madang.calls.rules.mailboxes import check_email
from madang.foundation.refusals import NotNow, NotValid, Refusal
from madang.letters.codes import LASTS, check_code, send_code
from madang.members.models import normal_email
from madang.web.pages.attached import place_of_request
from madang.web.sentences import sentence
from madang.web.typed import moment_of

SALT = "madang.web.mine"
GRANTED = timedelta(hours=6)
"""How long the form that a code opened can be sent. Ours: whoever is called away loses no words."""
LONGEST = 1_000_000
"""The most characters of a field that are looked at: what was typed comes back as long as it was."""


class ByCode:
    """The way of each: ask an address, mail a code, take it, act.

    The address travels in the form, signed; no cookie is needed. Whether an address is the
    author's is not to be told from outside, so an unknown one gets the same page and no letter.
    `what` is also the name of the page that asks, `kind` that of the letter.
    """

    kind = ""
    steps: tuple[str, ...] = ()
    """What the form sends once the code was right."""

    def __init__(self, request: Any, *, what: str, label: str, here: str) -> None:
        self.request, self.what, self.label, self.here = request, what, label, here
        self.at = moment_of(request)
        self.purpose = f"{what}:{label}"

    def shown(self) -> dict[str, Any]:
        """What each of its pages shows."""
        raise NotImplementedError

    def knows(self, email: str) -> bool:
        """Whether a code is mailed to an address."""
        raise NotImplementedError

    def granted(self, email: str) -> HttpResponse:
        """What comes after the right code; refuses where the address may not."""
        raise NotImplementedError

    def act(self, step: str) -> HttpResponse:
        """One of `steps`, from the form that `granted` gave."""
        raise NotImplementedError

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
        if step in self.steps:
            return self.checked_act(step)
        return self.mail()

    def signed(self, name: str) -> str:
        most = LASTS if name == "form" else GRANTED
        kept = signing.loads(self.request.POST.get(name, "")[:2000], salt=SALT, max_age=most)
        if kept[:2] != [self.what if name == "form" else f"granted {self.what}", self.label]:
            raise signing.BadSignature
        return str(kept[2])

    def grant(self, email: str) -> str:
        """What lets whoever typed the right code act, long enough to write in peace."""
        return signing.dumps([f"granted {self.what}", self.label, email], salt=SALT)

    def ask(self, given: str = "", problem: Refusal | None = None, status: int = 0) -> HttpResponse:
        shown = {**self.shown(), "given": given, "problem": problem and sentence(problem)}
        code = status or (problem.status if problem else 200)
        return render(self.request, f"web/{self.what}.html", shown, status=code)

    def mail(self, given: str = "") -> HttpResponse:
        given = given or self.request.POST.get("email", "")[:LONGEST].replace("\x00", "")
        email, notice = normal_email(given), None
        try:
            check_email(email)
        except NotValid as problem:
            return self.ask(given, problem)
        try:
            place = place_of_request(self.request)
            check_place("code.place", place, self.at)
            send_code(
                email,
                self.purpose,
                kind=self.kind,
                language=get_language() or "ko",
                facts={"label": self.label},
                at=self.at,
                deliver=self.knows(email),
            )
            count_press("code.place", place, self.at)
        except NotNow as too_often:
            if too_often.code.startswith("calls."):
                return self.ask(given, too_often, 429)
            notice = too_often
        return self.ask_code(email, notice=notice)

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
            "what": self.what,
            "form": signing.dumps([self.what, self.label, email], salt=SALT),
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
            return self.granted(email)
        except Refusal as problem:
            return self.ask_code(email, digits=digits, problem=problem)

    def checked_act(self, step: str) -> HttpResponse:
        try:
            self.signed("grant")
        except signing.BadSignature:
            return self.ask(problem=NotValid("web.stale_form"))
        return self.act(step)
