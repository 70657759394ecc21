"""Signing in by a mailed code or link, and out again. There are no passwords."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from madang.foundation.refusals import Gone, NotFound, NotNow, NotValid, Refusal
from madang.letters.codes import BETWEEN, LASTS, MOST_AN_HOUR, check_code, send_code
from madang.letters.links import find_link, issue_link, revoke_links
from madang.members.models import Account, normal_email
from madang.web.sentences import sentence
from madang.web.typed import moment_of, typed, way_on

TASK = "signin"
SALT = "madang.web.signin"
_fits = MaxLengthValidator(254)
MOST_NEXT = 500
"""Characters of the address to go to afterwards; none of ours is longer."""


def signin(request: HttpRequest) -> HttpResponse:
    """Ask for an address; then mail a code to it, if anyone here has it.

    Whoever asks gets the same answer for every address: the same page, and the same work.
    """
    if request.method == "POST":
        return _mail_code(request)
    way = request.GET.get("next", "")[:MOST_NEXT]
    if request.user.is_authenticated:
        return HttpResponseRedirect(way_on(way))
    return _ask_address(request, way=way)


def code(request: HttpRequest) -> HttpResponse:
    """Take the six digits. The address travels in the form, signed, so no cookie is needed."""
    if request.method != "POST":
        return redirect("signin")
    try:
        form = typed(request, "form", most=8000)
        email, way = signing.loads(form, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return _ask_address(request, problem=NotValid("web.stale_form"))
    given = typed(request, "code", most=100)
    try:
        _enter(request, _account_of(email, given, moment_of(request)))
    except Refusal as problem:
        return _ask_code(request, email, way, given=given, problem=problem)
    return HttpResponseRedirect(way_on(way))


def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show whose link it is; only its button signs in, and only once."""
    at = moment_of(request)
    found = find_link(token, at)
    account = _holder_of(found.holder) if found.task == TASK else None
    if account is None:
        raise NotFound("letters.link_unknown")
    if request.method != "POST":
        return render(request, "web/signin_link.html", {"account": account, "token": token})
    if not revoke_links(TASK, found.holder, at):
        raise Gone("letters.link_revoked")
    auth.login(request, account)
    return redirect("desk")


def signout(request: HttpRequest) -> HttpResponse:
    """End the session here and now; from a page that was refused, open that page again."""
    way = typed(request, "next", most=MOST_NEXT)
    auth.logout(request)
    return HttpResponseRedirect(way_on(way)) if way else redirect("home")


def _mail_code(request: HttpRequest) -> HttpResponse:
    given, way = typed(request, "email"), typed(request, "next", most=MOST_NEXT)
    try:
        email = _checked(given)
    except NotValid as problem:
        return _ask_address(request, way=way, given=given, problem=problem)
    try:
        _send(email, moment_of(request))
    except NotNow as too_often:
        response = _ask_code(request, email, way, notice=too_often)
        response["Retry-After"] = str(too_often.facts["seconds"])
        return response
    return _ask_code(request, email, way)


def _checked(given: str) -> str:
    email = normal_email(given)
    if not email:
        raise NotValid("web.email_missing")
    try:
        validate_email(email)
        _fits(email)
    except ValidationError as error:
        raise NotValid("web.not_an_email") from error
    return email


def _send(email: str, at: datetime) -> None:
    account = Account.objects.filter(email=email, is_active=True).first()
    language = account.language if account else translation.get_language() or "ko"
    with transaction.atomic():
        # An unknown address gets a link too, which nobody learns of, so that the work is the same.
        holder = f"account:{account.pk if account else 0}"
        token = issue_link(TASK, holder, ends_at=at + LASTS, at=at)
        send_code(
            email,
            TASK,
            kind="signin",
            language=language,
            facts={"link": _address_of(token, language)},
            at=at,
            deliver=account is not None,
        )


def _address_of(token: str, language: str) -> str:
    with translation.override("ko" if language == "ko" else "en"):
        return settings.INSTALLATION.address + reverse("signin.link", args=[token])


def _account_of(email: str, given: str, at: datetime) -> Account:
    check_code(email, TASK, given, at)
    account = Account.objects.filter(email=email, is_active=True).first()
    if account is None:
        raise NotValid("letters.code_wrong")
    return account


def _holder_of(holder: str) -> Account | None:
    people = Account.objects.select_related("person")
    return people.filter(pk=int(holder.removeprefix("account:")), is_active=True).first()


def _enter(request: HttpRequest, account: Account) -> None:
    """Begin a session with a fresh key, and end the links that were on their way."""
    auth.login(request, account)
    revoke_links(TASK, f"account:{account.pk}", moment_of(request))


def _ask_address(
    request: HttpRequest, *, way: str = "", given: str = "", problem: Refusal | None = None
) -> HttpResponse:
    shown = {"next": way, "given": given, "problem": problem and sentence(problem)}
    return render(request, "web/signin.html", shown, status=problem.status if problem else 200)


def _ask_code(
    request: HttpRequest,
    email: str,
    way: str,
    *,
    given: str = "",
    problem: Refusal | None = None,
    notice: Refusal | None = None,
) -> HttpResponse:
    shown: dict[str, Any] = {
        "form": signing.dumps([email, way], salt=SALT),
        "email": email,
        "given": given,
        "problem": problem and sentence(problem),
        "notice": notice and sentence(notice),
        "minutes": int(LASTS.total_seconds() // 60),
        "between": int(BETWEEN.total_seconds() // 60),
        "most": MOST_AN_HOUR,
    }
    status = 429 if notice else problem.status if problem else 200
    return render(request, "web/signin_code.html", shown, status=status)
