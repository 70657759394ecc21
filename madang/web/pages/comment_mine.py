"""Change or withdraw one's own comment: the address that sent it, a code, then the form."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from madang.calls.rules.proposing import one_line, whole_text
from madang.consultation.actions.own_comment import edit_comment, withdraw_comment
from madang.consultation.comments import find_comment, is_open
from madang.consultation.models import CommentAnswer, CommentContact
from madang.consultation.pages.data import draft_head
from madang.consultation.rules import commenting
from madang.consultation.rules.commenting import FROM, CommentState
from madang.foundation.refusals import NotFound, NotValid, Refusal
from madang.web.pages.by_code import LONGEST, ByCode
from madang.web.sentences import sentence


def mine(request: Any, number: int, comment: int) -> HttpResponse:
    """The way of one comment's author."""
    return _OfComment(request, number, comment).answer()


class _OfComment(ByCode):
    """One's own comment, to change while the draft is open to comments, or to withdraw."""

    kind = "comment.code_for"
    steps = ("change", "withdraw")

    def __init__(self, request: Any, number: int, comment: int) -> None:
        self.row = find_comment(number, comment)
        if self.row.plan.is_hidden or self.row.plan.withdrawn_at:
            raise NotFound("consultation.comment_no_comment", label=self.row.label, nearest=[])
        here = reverse("comment.mine", args=[number, comment])
        super().__init__(request, what="comment_mine", label=self.row.label, here=here)
        self.page_of = reverse("draft.comment", args=[number, comment])

    def shown(self) -> dict[str, Any]:
        answered = CommentAnswer.objects.filter(comment=self.row, published_at__isnull=False)
        return {
            "plan": draft_head(self.row.round),
            "row": self.row,
            "text": self.row.text if self.row.state == CommentState.PUBLIC else "",
            "over": answered.exists() or self.row.state not in FROM["withdraw"],
            "editable": is_open(self.row.round, self.at),
            "here": self.here,
            "page_of": self.page_of,
            "crumbs": "consultation/crumbs.html",
        }

    def knows(self, email: str) -> bool:
        return CommentContact.objects.filter(comment=self.row, email=email).exists()

    def granted(self, email: str) -> HttpResponse:
        if not self.knows(email):
            raise NotValid("letters.code_wrong")
        return self.form(self.grant(email))

    def form(
        self, grant: str, given: dict[str, str] | None = None, problem: Refusal | None = None
    ) -> HttpResponse:
        row = self.row
        shown = {
            **self.shown(),
            "grant": grant,
            "given": given or {"text": row.text, "name": row.name, "base": str(row.edits)},
            "text_least": commenting.TEXT_LEAST,
            "text_most": commenting.TEXT_MOST,
            "problem": problem and sentence(problem),
            "where": problem and str(problem.facts.get("field") or "text"),
        }
        status = problem.status if problem else 200
        return render(self.request, "web/comment_mine_form.html", shown, status=status)

    def act(self, step: str) -> HttpResponse:
        post, by = self.request.POST, self.request.actor
        given = {
            name: post.get(name, "")[:LONGEST].replace("\x00", "")
            for name in ("text", "name", "base")
        }
        try:
            if step == "withdraw":
                withdraw_comment(self.row, by=by, at=self.at)
            else:
                base = int(given["base"]) if given["base"].isdecimal() else -1
                edit_comment(
                    self.row,
                    text=whole_text(given["text"]),
                    name=one_line(given["name"]),
                    base=base,
                    by=by,
                    at=self.at,
                )
        except Refusal as problem:
            self.row = find_comment(self.row.plan.number, self.row.number)
            if problem.code == "consultation.comment_changed_meanwhile":
                given["base"] = str(self.row.edits)
            # The form that withdraws brings no words along.
            typed = given if step == "change" else None
            return self.form(post.get("grant", "")[:2000], typed, problem)
        return HttpResponseRedirect(self.page_of)
