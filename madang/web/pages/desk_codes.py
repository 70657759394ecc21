"""Printed codes: which seats are to get a sheet, the second officer who prints, the sheets."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from madang.ballots.actions.print_codes import ask_codes, print_codes, revoke_codes
from madang.ballots.actions.vote_document import drop_entry
from madang.ballots.models import Ballot, PendingCodes, RollSeat
from madang.ballots.pending import waiting_codes
from madang.ballots.rules.words import BallotStatus
from madang.ballots.turnout import answered_seats
from madang.ballots.wording import STATES
from madang.foundation.qr import draw_qr
from madang.foundation.refusals import NotValid, Refusal
from madang.letters.models import PrintedCode
from madang.letters.printed import DIGITS, TRIES, Sheet, fresh_sheet
from madang.web.pages.acting import act_and_show, entry_of_form
from madang.web.pages.desk_ballots import find_held
from madang.web.sentences import sentence
from madang.web.typed import moment_of, typed


def codes(request: Any, address: str) -> HttpResponse:
    """Which seats wait for a sheet or have one, and a form to ask for more."""
    return act_and_show(
        request,
        lambda: _act(request, find_held(address)),
        lambda problem: _page(request, find_held(address), problem),
    )


def _act(request: Any, found: Ballot) -> HttpResponse | None:
    who = {"by": request.actor, "at": moment_of(request)}
    match request.POST.get("act"):
        case "ask":
            seats = request.POST.getlist("seats")[:200]
            ask_codes(found, seats=seats, document=typed(request, "document"), **who)
        case "print":
            return _print(request, found, **who)
        case "drop":
            drop_entry(found, what="codes", entry=entry_of_form(request), **who)
        case "revoke":
            revoke_codes(found, seat=typed(request, "seat", 20), **who)
        case _:
            raise NotValid("web.nothing_chosen")
    return None


# --- the sheets ----------------------------------------------------------------------------------


def _print(request: Any, found: Ballot, **who: Any) -> HttpResponse:
    """Make the sheets and show them, this once: nothing that is kept could show them again."""
    entry = entry_of_form(request)
    asked = PendingCodes.objects.filter(ballot=found, pk=entry).values_list("seats", flat=True)
    sheets = {seat: fresh_sheet() for seat in asked.first() or []}
    print_codes(found, entry=entry, sheets=sheets, **who)
    rows = _able(found).filter(seat__number__in=sheets)
    shown = {
        "ballot": found,
        "sheets": [_sheet(request, found, row, sheets[row.seat.number]) for row in rows],
    }
    answered = render(request, "web/desk_sheets.html", shown)
    answered["Cache-Control"] = "no-store"
    return answered


def _sheet(request: Any, found: Ballot, row: RollSeat, sheet: Sheet) -> SafeString:
    """A seat's sheet in its holder's language."""
    assert row.person
    spoken = row.person.account.language
    spoken = spoken if spoken in dict(settings.LANGUAGES) else "en"
    with translation.override(spoken):
        address = settings.INSTALLATION.address + reverse("vote", args=[sheet.token])
        half = DIGITS // 2
        shown = {
            "language": spoken,
            "ballot": found,
            "seat": row.seat,
            "holder": row.person,
            "address": address,
            "code": f"{sheet.code[:half]} {sheet.code[half:]}",
            "tries": TRIES,
            "qr": draw_qr(address, title=translation.gettext("The same address as a picture")),
        }
        return mark_safe(render_to_string("web/sheet.html", shown, request))


# --- the page ------------------------------------------------------------------------------------


def _able(found: Ballot) -> Any:
    """The roll's seats whose holders can use a code: they are known here by an address."""
    able = RollSeat.objects.filter(ballot=found, person__account__is_active=True)
    return able.select_related("seat__seat_class", "person__account")


def _page(request: Any, found: Ballot, problem: Refusal | None) -> HttpResponse:
    is_open = found.status == BallotStatus.OPEN
    answered = answered_seats(found)
    shown = {
        "ballot": found,
        "status": STATES[found.status],
        "open": is_open,
        "waiting": waiting_codes(found) if is_open else [],
        "printed": _printed(found, moment_of(request)),
        "me": request.actor.account,
        "seats": [(row, row.seat.number in answered) for row in _able(found)] if is_open else [],
        "chosen": request.POST.getlist("seats") or request.GET.getlist("seat"),
        "given": request.POST,
        "problem": problem and sentence(problem),
        "field": "seats" if problem and problem.facts.get("field") == "seats" else "ask",
    }
    return render(request, "web/desk_codes.html", shown, status=problem.status if problem else 200)


def _printed(found: Ballot, at: Any) -> list[dict[str, Any]]:
    """The printed codes of the ballot with what became of each."""
    rows = PrintedCode.objects.filter(task=found.ref).order_by("-made_at", "holder")
    return [
        {
            "seat": row.holder.removeprefix("seat:"),
            "made_at": row.made_at,
            "used_at": row.used_at,
            "void": row.revoked_at is not None or row.tries >= TRIES,
            "good": not (row.used_at or row.revoked_at or row.tries >= TRIES) and row.ends_at > at,
        }
        for row in rows
    ]
