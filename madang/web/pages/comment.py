"""Commenting on a draft: two fields, a check, a mailed code, a receipt; no account and no script.

It goes the way proposing goes (`propose.py`): what was typed is kept here under a token in the
address, so that a reload, a second press or the way back loses nothing and sends nothing twice.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from madang.calls.models import Intake
from madang.calls.places import check_place, count_press
from madang.calls.rules.mailboxes import probably_meant
from madang.calls.rules.personal import personal_data
from madang.calls.rules.proposing import one_line, whole_text
from madang.calls.words import PERSONAL
from madang.consultation.actions.comment import send_comment, stop_comment_letters
from madang.consultation.comment_letters import about_words, find_by_stop_token
from madang.consultation.comments import is_open, title_of
from madang.consultation.models import Comment, CommentContact, CommentRound
from madang.consultation.pages import data as shapes
from madang.consultation.rules import commenting
from madang.consultation.rules.commenting import Words, problems
from madang.foundation.answers import said
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.letters.codes import BETWEEN, LASTS, check_code, send_code
from madang.members.models import normal_email
from madang.planning.models import Plan
from madang.web.pages.attached import place_of_request
from madang.web.pages.by_code import LONGEST
from madang.web.pages.propose import KEPT, _retry, _too_often
from madang.web.sentences import sentence
from madang.web.typed import moment_of, words_typed

PURPOSE = "comment"
FIELDS = ("on", "text", "email", "name", "agreed", "meant")


@dataclass
class Typed:
    """What stands in the form, as it was typed; `on` is a commitment's number or empty."""

    on: str = ""
    text: str = ""
    email: str = ""
    name: str = ""
    agreed: str = ""
    meant: str = ""

    def words(self, language: str) -> Words:
        number = int(self.on) if self.on.isdecimal() and self.on.isascii() else None
        return Words(text=self.text, language=language, commitment=number, name=self.name)


class Way:
    """One reader's way through the form: the draft, and what was typed under a token."""

    def __init__(self, request: Any, number: int) -> None:
        self.request, self.at = request, moment_of(request)
        self.found = shapes.find_rounds(number)[0]
        self.plan: Plan = self.found.plan
        self.texts = shapes.Texts(self.found)
        self.token = (request.POST.get("t") or request.GET.get("t") or "")[:60]

    @property
    def nonce(self) -> str:
        return _hash(self.token)

    def intake(self) -> Intake | None:
        """What was typed under the token, while it is kept and not sent."""
        rows = Intake.objects.filter(plan=self.plan, ends_at__gt=self.at)
        kept = rows.filter(token_hash=self.nonce).first() if self.token else None
        return kept if kept and kept.fields else None

    def keep(self, given: Typed) -> str:
        """Keep what was typed, under the token it came with where that is still good."""
        rows = Intake.objects.filter(
            plan=self.plan, token_hash=self.nonce, ends_at__gt=self.at
        ).exclude(fields={})
        if self.token and rows.update(fields=vars(given)):
            return self.token
        fresh = secrets.token_urlsafe(24)
        Intake.objects.create(
            token_hash=_hash(fresh),
            plan=self.plan,
            fields=vars(given),
            made_at=self.at,
            ends_at=self.at + KEPT,
        )
        return fresh

    def sent(self) -> Comment | None:
        """The comment that was sent under the token: who sends it again gets the same receipt."""
        rows = Comment.objects.filter(plan=self.plan, nonce=self.nonce) if self.token else None
        return rows.select_related("plan").first() if rows is not None else None

    def to(self, route: str, token: str) -> HttpResponse:
        return HttpResponseRedirect(f"{reverse(route, args=[self.plan.number])}?t={token}")

    def gone(self) -> HttpResponse:
        nearest = [reverse("draft.say", args=[self.plan.number])]
        nearest.append(reverse("draft", args=[self.plan.number]))
        raise NotFound("calls.intake_gone", nearest=nearest)

    def shown(self, given: Typed, **more: Any) -> dict[str, Any]:
        titles = {
            str(one): f"{one}. {said(title_of(self.texts.newest(one)))}"
            for one in self.texts.numbers
            if one in self.texts.first
        }
        return {
            "plan": shapes.draft_head(self.found),
            "round": shapes.round_data(self.found),
            "given": given,
            "token": self.token,
            "places": list(titles.items()),
            "about": titles.get(given.on, ""),
            **more,
        }


def _hash(token: str) -> str:
    # Another word before it than a proposal's has: no token opens the form of the other.
    return sha256(f"comment:{token}".encode()).hexdigest()


def _receipt(sent: Comment) -> HttpResponse:
    address = reverse("draft.comment", args=[sent.plan.number, sent.number])
    return HttpResponseRedirect(f"{address}?receipt=1")


# --- the form ------------------------------------------------------------------------------------


def new(request: Any, number: int) -> HttpResponse:
    """The form; what is wrong is said all at once, and what was typed stays."""
    way = Way(request, number)
    if not is_open(way.found, way.at):
        shown = way.shown(Typed(), typed=words_typed(request))
        status = 409 if request.method == "POST" else 200
        return render(request, "web/comment_closed.html", shown, status=status)
    if request.method != "POST":
        kept = way.intake()
        given = Typed(**kept.fields) if kept else Typed(on=request.GET.get("on", "")[:6])
        return _form(way, given, [])
    given = _given(request)
    wrong = _wrong(given, way)
    if wrong:
        return _form(way, given, wrong)
    return way.to("draft.say.check", way.keep(given))


def _given(request: HttpRequest) -> Typed:
    # Whatever came is shown again; what can't be text at all is left out.
    raw = {name: request.POST.get(name, "")[:LONGEST].replace("\x00", "") for name in FIELDS}
    given = Typed(
        on=raw["on"][:6],
        text=whole_text(raw["text"]),
        email=normal_email(raw["email"]),
        name=one_line(raw["name"]),
        agreed="yes" if raw["agreed"] == "yes" else "",
        meant=raw["meant"][:3],
    )
    if given.meant == "yes":
        given.email = probably_meant(given.email) or given.email
    return given


def _wrong(given: Typed, way: Way) -> list[Refusal]:
    words = given.words(get_language() or "ko")
    found = problems(words, email=given.email, agreed=bool(given.agreed))
    if given.on and words.commitment not in way.texts.first:
        found.insert(0, NotValid("consultation.comment_no_text", number=given.on, field="on"))
    meant = probably_meant(given.email)
    if meant and given.meant != "no" and not any(_field(one) == "email" for one in found):
        found.append(NotValid("calls.email_meant", meant=meant, field="email"))
    return found


def _field(problem: Refusal) -> str:
    return str(problem.facts.get("field") or "text")


def _form(way: Way, given: Typed, wrong: list[Refusal]) -> HttpResponse:
    shown = way.shown(
        given,
        wrong=[(_field(one), sentence(one)) for one in wrong],
        errors={_field(one): sentence(one) for one in reversed(wrong)},
        meant=next((one.facts["meant"] for one in wrong if "meant" in one.facts), ""),
        text_least=commenting.TEXT_LEAST,
        text_most=commenting.TEXT_MOST,
    )
    status = 400 if wrong else 200
    return render(way.request, "web/comment.html", shown, status=status)


# --- the check -----------------------------------------------------------------------------------


def check(request: Any, number: int) -> HttpResponse:
    """What will be sent, once more; the button mails the code and sends nothing yet."""
    way = Way(request, number)
    if sent := way.sent():
        return _receipt(sent)
    kept = way.intake()
    if kept is None:
        return way.gone()
    given = Typed(**kept.fields)
    if request.method != "POST":
        return _check_page(way, given)
    try:
        _mail(way, given)
    except NotNow as problem:
        if problem.code.startswith("letters."):
            return _code_page(way, given, notice=problem)
        return _check_page(way, given, problem)
    return way.to("draft.say.code", way.token)


def _mail(way: Way, given: Typed) -> None:
    """Mail the code, where the place has not sent too much yet.

    Raises NotNow: consultation.comment_not_open, calls.too_many, letters.code_too_soon, letters.code_too_many.
    """
    place = place_of_request(way.request)
    if not is_open(way.found, way.at):
        raise NotNow("consultation.comment_not_open")
    check_place("comment.place", place, way.at)
    check_place("code.place", place, way.at)
    send_code(
        given.email,
        PURPOSE,
        kind="comment.code",
        language=get_language() or "ko",
        facts={"title": way.shown(given)["about"] or said(way.plan.title)},
        at=way.at,
    )
    count_press("code.place", place, way.at)


def _check_page(way: Way, given: Typed, problem: Refusal | None = None) -> HttpResponse:
    found = {one.kind for one in personal_data(given.text, given.name)}
    shown = way.shown(
        given,
        looked_at=[words for kind, words in PERSONAL.items() if kind in found],
        problem=problem and sentence(problem),
    )
    status = _too_often(problem) if problem else 200
    answer = render(way.request, "web/comment_check.html", shown, status=status)
    return _retry(answer, problem)


# --- the code, and the receipt -------------------------------------------------------------------


def code(request: Any, number: int) -> HttpResponse:
    """Take the six digits: with them the comment is sent. Twice is once."""
    way, problem = Way(request, number), None
    digits = request.POST.get("code", "")[:100]
    if request.POST.get("step") == "send":
        problem = _send(way, digits)
    if sent := way.sent():
        return _receipt(sent)
    kept = way.intake()
    if kept is None:
        return way.gone()
    given = Typed(**kept.fields)
    if request.POST.get("step") == "again":
        try:
            _mail(way, given)
        except NotNow as too_often:
            return _code_page(way, given, notice=too_often)
        return way.to("draft.say.code", way.token)
    return _code_page(way, given, digits=digits, problem=problem)


def _send(way: Way, digits: str) -> Refusal | None:
    """Check the code and send: one transaction, in which a second press waits for the first.

    A wrong code is a try that counts, so that transaction ends well; what refuses the act itself
    undoes the code's use too, and the number can be typed again.
    """
    at, place = way.at, place_of_request(way.request)
    try:
        with transaction.atomic():
            rows = Intake.objects.select_for_update().filter(plan=way.plan, ends_at__gt=at)
            kept = rows.filter(token_hash=way.nonce).first()
            # What was sent is forgotten here in the same transaction.
            if kept is None or not kept.fields:
                return None
            given = Typed(**kept.fields)
            check_place("comment.place", place, at)
            try:
                check_code(given.email, PURPOSE, digits, at)
            except Refusal as wrong:
                return wrong
            kept.fields = {}
            kept.save(update_fields=["fields"])
            count_press("comment.place", place, at)
            send_comment(
                CommentRound.objects.get(pk=way.found.pk),
                words=given.words(_spoken(way.found)),
                email=given.email,
                nonce=way.nonce,
                by=way.request.actor,
                at=at,
            )
    except Refusal as refused:
        return refused
    return None


def _spoken(found: CommentRound) -> str:
    language = get_language() or "ko"
    return language if language in found.languages or not found.languages else found.languages[0]


def _code_page(
    way: Way,
    given: Typed,
    *,
    digits: str = "",
    problem: Refusal | None = None,
    notice: Refusal | None = None,
) -> HttpResponse:
    shown = way.shown(
        given,
        digits=digits,
        minutes=int(LASTS.total_seconds() // 60),
        between=int(BETWEEN.total_seconds() // 60),
        problem=problem and sentence(problem),
        notice=notice and sentence(notice),
    )
    refusal = notice or problem
    status = _too_often(refusal) if refusal else 200
    return _retry(render(way.request, "web/comment_code.html", shown, status=status), refusal)


# --- no more letters -----------------------------------------------------------------------------


def stop(request: Any, token: str) -> HttpResponse:
    """The link shows whose letters they are, its button stops them: programs open links too."""
    found = find_by_stop_token(token)
    contact = CommentContact.objects.filter(comment=found).first()
    if request.method == "POST" and contact and not contact.stopped_at:
        stop_comment_letters(found, by=request.actor, at=moment_of(request))
        contact.refresh_from_db()
    shown = {
        "label": found.label,
        "comment": found,
        "about": about_words(found, get_language() or "ko"),
        "stopped": contact is None or contact.stopped_at is not None,
        "token": token,
    }
    return render(request, "web/comment_stop.html", shown)
