"""What one may do to a proposal by a mailed code: change or withdraw one's own, support another's."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from madang.calls.actions.author import change_file, edit_proposal, withdraw_proposal
from madang.calls.actions.endorse import endorse_proposal
from madang.calls.attaching import forget_waiting, keep_waiting
from madang.calls.models import Attachment, Contact, Proposal
from madang.calls.pages.data import is_shown, plan_head, shows_text
from madang.calls.reading import find_proposal
from madang.calls.replying import author_token
from madang.calls.rules.proposing import Words, one_line, whole_text
from madang.documents.rules.attachments import KINDS, LARGEST
from madang.foundation.answers import said
from madang.foundation.bodies import MEGABYTE
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.web.pages.attached import ending_of, let_wait
from madang.web.pages.by_code import LONGEST, ByCode
from madang.web.sentences import sentence

SUPPORT, MINE = "support", "mine"


def support(request: Any, number: int, proposal: int, email: str = "") -> HttpResponse:
    """Support a proposal: an address, a code, and it counts once.

    Who was about to propose the same has typed an `email` already.
    """
    steps = _OfProposal(request, number, proposal, SUPPORT)
    return steps.mail(email) if email else steps.answer()


def mine(request: Any, number: int, proposal: int) -> HttpResponse:
    """Change or withdraw one's own proposal: the address that sent it, a code, then the form."""
    return _OfProposal(request, number, proposal, MINE).answer()


class _OfProposal(ByCode):
    """Supporting a proposal, or one's own to change."""

    kind = "proposal.code_for"

    def __init__(self, request: Any, number: int, proposal: int, what: str) -> None:
        self.row = find_proposal(number, proposal)
        if self.row.plan.is_hidden or (what == SUPPORT and not is_shown(self.row)):
            raise NotFound("calls.no_proposal", label=self.row.label, nearest=[reverse("find")])
        here = reverse(f"proposal.{what}", args=[number, proposal])
        super().__init__(request, what=what, label=self.row.label, here=here)
        self.page_of = reverse("proposal", args=[number, proposal])
        self.steps = ("change", "withdraw", "file", "no_file") if what == MINE else ()

    def shown(self) -> dict[str, Any]:
        return {
            "plan": plan_head(self.row.plan),
            "row": self.row,
            "title": self.row.title if is_shown(self.row) else "",
            "answered": self.row.outcome is not None,
            "here": self.here,
            "page_of": self.page_of,
            "crumbs": "calls/crumbs.html",
        }

    def knows(self, email: str) -> bool:
        return self.what == SUPPORT or self._is_author(email)

    def _is_author(self, email: str) -> bool:
        return Contact.objects.filter(proposal=self.row, email=email).exists()

    def granted(self, email: str) -> HttpResponse:
        if self.what == SUPPORT:
            endorse_proposal(self.row, email=email, by=self.request.actor, at=self.at)
            return HttpResponseRedirect(f"{self.page_of}?supported=1")
        if not self._is_author(email):
            raise NotValid("letters.code_wrong")
        if self.row.outcome is not None:
            # It is answered: nothing is changed any more, but it can be asked about.
            return HttpResponseRedirect(reverse("proposal.answer", args=[author_token(self.row)]))
        return self.form(self.grant(email))

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
            "title_only": "yes" if row.title_only else "",
            "base": str(row.version),
        }
        files = Attachment.objects.filter(proposal=row).select_related("document")
        kept_file = files.first()
        shown = {
            **self.shown(),
            "grant": grant,
            "given": kept,
            "areas": [(str(a.position + 1), said(a.text)) for a in row.plan.areas.all()],
            "problem": problem and sentence(problem),
            "where": problem and str(problem.facts.get("field") or "title"),
            "note": row.moderations.filter(state="supplement").last(),
            "file": kept_file,
            "file_kind": ending_of(kept_file.document).upper() if kept_file else "",
            "readable": shows_text(row),
            "kinds": KINDS,
            "most": LARGEST // MEGABYTE,
            "state": row.state,
        }
        status = problem.status if problem else 200
        return render(self.request, "web/mine_form.html", shown, status=status)

    def act(self, step: str) -> HttpResponse:
        post, by = self.request.POST, self.request.actor
        given = {
            name: post.get(name, "")[:LONGEST].replace("\x00", "")
            for name in ("title", "text", "name", "area", "title_only", "base")
        }
        try:
            if step == "withdraw":
                withdraw_proposal(self.row, by=by, at=self.at)
            elif step == "no_file":
                change_file(self.row, file=None, by=by, at=self.at)
            elif step == "file":
                self.exchange()
            else:
                base = int(given["base"]) if given["base"].isdecimal() else 0
                edit_proposal(self.row, words=_words(given, self.row), base=base, by=by, at=self.at)
        except Refusal as problem:
            self.row = find_proposal(self.row.plan.number, self.row.number)
            if step in ("file", "no_file"):
                return self.form(post.get("grant", "")[:2000], None, _at_the_file(problem))
            if step == "withdraw":
                return self.form(post.get("grant", "")[:2000], None, problem)
            if problem.code == "calls.changed_meanwhile":
                given["base"] = str(self.row.version)
            return self.form(post.get("grant", "")[:2000], given, problem)
        return HttpResponseRedirect(self.page_of)

    def exchange(self) -> None:
        """Take the file that was chosen in place of the one before."""
        chosen = self.request.FILES.get("file")
        if chosen is None:
            raise NotValid("calls.no_file_chosen")
        # Where this is refused the file goes on waiting, and is forgotten with its bytes.
        token = let_wait(self.request, chosen)
        file = keep_waiting(token, self.at)
        change_file(self.row, file=file, by=self.request.actor, at=self.at)
        forget_waiting(token)


def _at_the_file(problem: Refusal) -> Refusal:
    problem.facts = {**problem.facts, "field": "file"}
    return problem


def _words(given: dict[str, str], row: Proposal) -> Words:
    area = given["area"]
    return Words(
        title=one_line(given["title"]),
        text=whole_text(given["text"]),
        language=row.language,
        area=int(area) - 1 if area.isdecimal() and len(area) < 4 else None,
        name=one_line(given["name"]),
        joint=row.joint,
        title_only=given["title_only"] == "yes",
    )
