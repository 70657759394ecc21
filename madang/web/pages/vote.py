"""Voting: one's ballot by the mailed link or from the desk, checked, confirmed by a code, received.

Opening a page shows; only the last button votes. Between the steps the answers travel in the
form, signed, so the mailed link needs no cookie of its own, and a form sent twice is one vote.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from madang.ballots.actions.cast import cast_vote
from madang.ballots.models import Ballot, RollSeat, Vote
from madang.ballots.pages.ballots import find_ballot, find_rounds
from madang.ballots.pages.data import decided, papers_beside, papers_data, round_after
from madang.ballots.reading import ballot_at, entry_of, last_round_before, last_vote, led_by
from madang.ballots.results import said_again
from madang.ballots.rules.closing import LONGEST_REASON, check_answer, check_can_cast
from madang.ballots.rules.words import BallotStatus, Choice
from madang.ballots.wording import CHOICES, REASONS, WRITTEN_RULE, receipt_number
from madang.foundation.actors import Actor, Role
from madang.foundation.refusals import Gone, NotAllowed, NotFound, NotNow, NotValid, Refusal
from madang.letters.codes import LASTS, check_code, send_code
from madang.letters.links import known_link
from madang.letters.printed import check_printed, looks_printed, printed_codes
from madang.members.actors import actor_of
from madang.members.models import Account
from madang.members.pages.figures import figure_words
from madang.web.sentences import sentence
from madang.web.timeleft import time_left
from madang.web.typed import moment_of, typed

SALT = "madang.web.vote"
MOST_TYPED = 100_000
"""What is read of a reason, in characters: more than may be sent, so that nothing typed is lost."""


@dataclass(frozen=True)
class Booth:
    """Where one seat votes: its ballot, its holder, and the address it was entered by.

    `known` is whether the holder has signed in: the mailed link alone may have been passed on,
    so it shows that the seat has answered and not what.
    """

    ballot: Ballot
    row: RollSeat
    account: Account
    by: Actor
    address: str
    known: bool = False
    stranger: bool = False

    @property
    def seat(self) -> str:
        return self.row.seat.number

    @property
    def purpose(self) -> str:
        return f"ballot:{self.ballot.label}:{self.seat}"


@dataclass(frozen=True)
class Answers:
    """What was chosen and typed; `nonce` makes a form sent twice one vote."""

    choice: str = ""
    reason: str = ""
    nonce: str = ""


# --- two ways in ---------------------------------------------------------------------------------


def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Enter by the mailed link. It outlives the close to say what was sent."""
    link = known_link(token)
    if not link.task.startswith("ballot:"):
        raise NotFound("letters.link_unknown")
    if link.revoked_at:
        raise Gone("letters.link_revoked")
    ballot = ballot_at(link.task)
    row = _roll(ballot).filter(seat__number=link.holder.removeprefix("seat:")).first()
    account = _account(row)
    if row is None or account is None:
        raise NotAllowed("ballots.not_on_the_roll")
    signed_in = request.user if request.user.is_authenticated else None
    booth = Booth(
        ballot=ballot,
        row=row,
        account=account,
        by=_for_the_seat(actor_of(account, on=_today(request)), row),
        address=reverse("vote", args=[token]),
        known=signed_in == account,
        stranger=bool(signed_in and signed_in != account),
    )
    return _enter(request, booth)


def at_desk(request: Any, address: str) -> HttpResponse:
    """Enter as whoever is signed in."""
    ballot = find_ballot(address)
    row = _roll(ballot).filter(person__account=request.user.pk).first()
    if row is None:
        if ballot.opens_at and not ballot.opened_at:
            raise NotNow("ballots.not_open_yet")
        raise NotAllowed("ballots.not_on_the_roll")
    booth = Booth(
        ballot=ballot,
        row=row,
        account=request.user,
        by=_for_the_seat(actor_of(request.user, on=_today(request)), row),
        address=reverse("desk.vote", args=[address]),
        known=True,
    )
    return _enter(request, booth)


def _roll(ballot: Ballot) -> Any:
    rows = RollSeat.objects.filter(ballot=ballot)
    return rows.select_related("seat__seat_class", "person__account")


def _account(row: RollSeat | None) -> Account | None:
    found = getattr(row.person, "account", None) if row and row.person else None
    return found if found and found.is_active else None


def _for_the_seat(actor: Actor, row: RollSeat) -> Actor:
    # The roll was frozen at the opening: whoever sat there then votes, though another sits there now.
    return replace(actor, seats=frozenset({row.seat.number}), roles=actor.roles | {Role.MEMBER})


def _today(request: HttpRequest) -> str:
    return timezone.localdate(moment_of(request)).isoformat()


# --- the steps -----------------------------------------------------------------------------------


def _enter(request: HttpRequest, booth: Booth) -> HttpResponse:
    at = moment_of(request)
    step = typed(request, "step", most=20) if request.method == "POST" else ""
    try:
        check_can_cast(booth.ballot.status, closes_at=_closes(booth), at=at)
    except NotNow as over:
        return _over(request, booth, over)
    if step == "check":
        return _check(request, booth, at)
    if step in ("change", "again", "cast"):
        return _go_on(request, booth, step, at)
    return _form(request, booth, at)


def _closes(booth: Booth) -> datetime:
    assert booth.ballot.closes_at
    return booth.ballot.closes_at


def _check(request: HttpRequest, booth: Booth, at: datetime) -> HttpResponse:
    """Show the answers before anything is sent, and mail the code that will send them."""
    given = Answers(choice=request.POST.get("choice", "")[:20], nonce=secrets.token_urlsafe(16))
    try:
        given = replace(given, reason=_reason(request))
        check_answer(given.choice, given.reason)
    except NotValid as problem:
        left = replace(given, reason=request.POST.get("reason", "").replace("\x00", ""))
        return _form(request, booth, at, given=left, problem=problem)
    return _mail_code(request, booth, given, at)


def _reason(request: HttpRequest) -> str:
    return typed(request, "reason", most=MOST_TYPED).replace("\r\n", "\n")


def _mail_code(request: HttpRequest, booth: Booth, given: Answers, at: datetime) -> HttpResponse:
    facts = {"seat": booth.seat, "question": booth.ballot.question}
    try:
        send_code(
            booth.account.email,
            booth.purpose,
            kind="ballot.code",
            language=booth.account.language,
            facts=facts,
            at=at,
        )
    except NotNow as too_often:
        return _confirm(request, booth, given, notice=too_often)
    return _confirm(request, booth, given)


def _go_on(request: HttpRequest, booth: Booth, step: str, at: datetime) -> HttpResponse:
    try:
        given = _opened(typed(request, "form", most=MOST_TYPED), booth)
    except (NotValid, signing.BadSignature):
        return _form(request, booth, at, problem=NotValid("web.stale_form"))
    if step == "change":
        return _form(request, booth, at, given=given)
    if step == "again":
        return _mail_code(request, booth, given, at)
    return _cast(request, booth, given, at)


def _cast(request: HttpRequest, booth: Booth, given: Answers, at: datetime) -> HttpResponse:
    """Vote. The code is used up before the act: a refusal inside it would undo the count of tries."""
    if sent := _sent(booth, given):
        return _receipt(request, booth, sent)
    code = request.POST.get("code", "")[:100]
    printed = looks_printed(code)
    try:
        if printed:
            check_printed(booth.ballot.ref, booth.row.seat.ref, code, at)
        else:
            check_code(booth.account.email, booth.purpose, code, at)
    except Refusal as problem:
        if sent := _sent(booth, given):
            # The same form was sent twice at once, and its other copy used the code up.
            return _receipt(request, _again(booth), sent)
        return _confirm(request, booth, given, code=code, problem=problem)
    try:
        cast_vote(
            booth.ballot,
            seat=booth.seat,
            choice=given.choice,
            reason=given.reason,
            printed=printed,
            nonce=given.nonce,
            by=booth.by,
            at=at,
        )
    except NotNow as over:
        # Another tab sent the same form, or the ballot closed, in this very moment.
        if not (sent := _sent(booth, given)):
            return _over(request, _again(booth), over, given=given)
    sent = sent or _sent(booth, given)
    assert sent
    return _receipt(request, _again(booth), sent)


def _sent(booth: Booth, given: Answers) -> Vote | None:
    votes = Vote.objects.filter(ballot=booth.ballot, seat=booth.row.seat)
    return votes.filter(nonce=given.nonce).first()


def _again(booth: Booth) -> Booth:
    return replace(booth, ballot=ballot_at(booth.ballot.ref))


# --- what travels in the form --------------------------------------------------------------------


def _sealed(booth: Booth, given: Answers) -> str:
    kept = [booth.purpose, given.choice, given.reason, given.nonce]
    return signing.dumps(kept, salt=SALT, compress=True)


def _opened(form: str, booth: Booth) -> Answers:
    """Raises BadSignature, also for a form of another seat or ballot."""
    purpose, choice, reason, nonce = signing.loads(form, salt=SALT)
    if purpose != booth.purpose:
        raise signing.BadSignature
    return Answers(choice, reason, nonce)


# --- the pages -----------------------------------------------------------------------------------


def _shown(booth: Booth) -> dict[str, Any]:
    """What stands on every page of a booth: whose it is, and what is asked."""
    ballot = booth.ballot
    return {
        "ballot": ballot,
        "question": ballot.question,
        "meeting": ballot.meeting,
        "seat": booth.row.seat,
        "holder": booth.row.person,
        "account": booth.account,
        "stranger": booth.stranger,
        "action": booth.address,
        "closes_at": ballot.closes_at,
        "choices": CHOICES,
    }


def _form(
    request: HttpRequest,
    booth: Booth,
    at: datetime,
    *,
    given: Answers = Answers(),
    problem: Refusal | None = None,
) -> HttpResponse:
    ballot, person = booth.ballot, booth.row.person
    earlier = last_round_before(ballot)
    first = led_by(person.agency_id if person else None, ballot.papers)
    shown = {
        **_shown(booth),
        "decides": decided(ballot.decides),
        "why_in_writing": REASONS.get(ballot.written_reason or ""),
        "written_rule": WRITTEN_RULE,
        "again": said_again(ballot.round, earlier) if earlier else "",
        **papers_beside(papers_data(ballot.papers), ballot, earlier),
        "first": papers_data(first),
        "figures": [{**rule, "words": figure_words(rule["figure"])} for rule in ballot.rules or []],
        "left": time_left(_closes(booth), at),
        "sent": _told(booth),
        "given": given,
        "offered": [
            (key.value, CHOICES[key.value]) for key in (Choice.YES, Choice.NO, Choice.ABSTAIN)
        ],
        "most": LONGEST_REASON,
        "problem": problem and sentence(problem),
        "field": "choice-yes" if problem and problem.code == "ballots.no_choice" else "reason",
    }
    return render(request, "web/vote.html", shown, status=problem.status if problem else 200)


def _confirm(
    request: HttpRequest,
    booth: Booth,
    given: Answers,
    *,
    code: str = "",
    problem: Refusal | None = None,
    notice: Refusal | None = None,
) -> HttpResponse:
    shown = {
        **_shown(booth),
        "given": given,
        "form": _sealed(booth, given),
        "code": code,
        "printed": printed_codes(booth.ballot.ref, booth.row.seat.ref, moment_of(request)).exists(),
        "minutes": int(LASTS.total_seconds() // 60),
        "problem": problem and sentence(problem),
        "notice": notice and sentence(notice),
    }
    status = problem.status if problem else 200
    if notice and notice.code == "letters.code_too_many":
        status = 429
    return render(request, "web/vote_check.html", shown, status=status)


def _receipt(request: HttpRequest, booth: Booth, vote: Vote) -> HttpResponse:
    shown = {
        **_shown(booth),
        "sent": _told(replace(booth, known=True), vote),
        "closed": booth.ballot.status == BallotStatus.CLOSED,
        "last": booth.ballot.closed_at == vote.cast_at,
    }
    return render(request, "web/vote_receipt.html", shown)


def _over(
    request: HttpRequest, booth: Booth, why: Refusal, *, given: Answers | None = None
) -> HttpResponse:
    """The ballot takes no answer: what was sent, and what was typed too late, is not lost."""
    if given is None and request.method == "POST":
        given = _typed_late(request, booth)
    if given and (sent := _sent(booth, given)):
        return _receipt(request, booth, sent)
    late = given if given and (given.choice or given.reason) else None
    shown = {**_shown(booth), "why": sentence(why), "sent": _told(booth), "late": late}
    if booth.ballot.status == BallotStatus.CLOSED:
        shown["later"] = round_after(booth.ballot, find_rounds(booth.ballot.meeting.address))
    return render(
        request, "web/vote_over.html", shown, status=why.status if request.method == "POST" else 200
    )


def _typed_late(request: HttpRequest, booth: Booth) -> Answers:
    try:
        return _opened(request.POST.get("form", ""), booth)
    except signing.BadSignature:
        typed_in = request.POST.get("reason", "")[:MOST_TYPED].replace("\x00", "")
        return Answers(choice=request.POST.get("choice", "")[:20], reason=typed_in)


def _told(booth: Booth, vote: Vote | None = None) -> dict[str, Any] | None:
    """What was sent from the seat; the choice only to its holder, or once it is known to all."""
    vote = vote or last_vote(booth.ballot, booth.row.seat)
    if vote is None:
        return None
    open_to_all = booth.ballot.status == BallotStatus.CLOSED
    return {
        "number": receipt_number(booth.ballot, booth.seat, vote.version),
        "at": vote.cast_at,
        "entry": entry_of(booth.ballot, booth.seat, vote.version),
        "choice": CHOICES[vote.choice] if booth.known or open_to_all else None,
        "reason": vote.reason if booth.known or open_to_all else "",
    }
