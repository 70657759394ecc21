"""The file that comes with a proposal: taken from a form, shown as a download."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from madang.calls.attaching import check_size, forget_waiting, take_file, waiting_name
from madang.calls.models import Attachment, FileChange, Proposal
from madang.calls.pages.data import shows_text
from madang.calls.places import check_place, count_press, place_of
from madang.calls.reading import find_proposal
from madang.documents.models import Document
from madang.documents.pages.documents import file_answer
from madang.documents.rules.attachments import KINDS, LARGEST
from madang.foundation.bodies import MEGABYTE
from madang.foundation.refusals import Gone, NotFound, NotNow, Refusal
from madang.foundation.templatetags.madang import spell
from madang.web.typed import moment_of


def file_of_form(request: HttpRequest) -> tuple[str, list[Refusal]]:
    """The token of the file that a form goes with, and what is wrong with the one just chosen.

    A file can't be put into a form again, so one that was chosen waits here while the rest is
    mended. A new one takes its place.
    """
    at = moment_of(request)
    token = request.POST.get("file_token", "")[:60]
    if request.POST.get("no_file") == "yes":
        forget_waiting(token)
        token = ""
    token = token if waiting_name(token, at) else ""
    chosen = request.FILES.get("file")
    if chosen is None:
        return token, []
    try:
        fresh = let_wait(request, chosen)
    except Refusal as refusal:
        return token, [refusal]
    forget_waiting(token)
    return fresh, []


def let_wait(request: HttpRequest, chosen: Any) -> str:
    """The token of a file that was just chosen, once it was looked at.

    Raises what `check_size` and `take_file` raise. Raises NotNow: calls.too_many.
    """
    check_size(chosen.size)
    at, place = moment_of(request), place_of_request(request)
    try:
        check_place("attach.place", place, at)
    except NotNow as often:
        raise NotNow(often.code, **{**often.facts, "field": "file"}) from None
    count_press("attach.place", place, at)
    return take_file(str(chosen.name or ""), chosen.read(), at)


def file_shown(token: str, request: HttpRequest) -> dict[str, Any]:
    """What a form says of the file that goes with it."""
    return {
        "token": token,
        "name": waiting_name(token, moment_of(request)),
        "kinds": KINDS,
        "most": LARGEST // MEGABYTE,
    }


def place_of_request(request: HttpRequest) -> str:
    """The hash of where the request comes from; behind a proxy here, of what the proxy says."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and address in ("127.0.0.1", "::1", ""):
        address = forwarded.rpartition(",")[2].strip()
    return place_of(address)


# --- as a download -------------------------------------------------------------------------------


def file(request: HttpRequest, number: int, proposal: int) -> HttpResponse:
    """The file that came with a proposal, as long as everyone may read the proposal.

    Raises NotFound: calls.no_proposal, calls.no_file. Raises Gone: calls.file_withdrawn.
    """
    row = find_proposal(number, proposal)
    here = reverse("proposal", args=[number, proposal])
    if row.plan.is_hidden or row.plan.withdrawn_at:
        raise NotFound("calls.no_proposal", label=row.label, nearest=[reverse("find")])
    if not shows_text(row):
        raise NotFound("calls.no_file", nearest=[here])
    return _download(row, [here])


def desk_file(request: HttpRequest, number: int, proposal: int) -> HttpResponse:
    """The same for whoever has to look at it before it is public.

    Raises NotFound: calls.no_proposal, calls.no_file.
    """
    row = find_proposal(number, proposal)
    answered = _download(row, [reverse("desk.proposal", args=[number, proposal])])
    answered["Cache-Control"] = "no-store"
    return answered


def _download(row: Proposal, nearest: list[str]) -> HttpResponse:
    kept = Attachment.objects.filter(proposal=row).select_related("document").first()
    if kept is None and (last := FileChange.objects.filter(proposal=row).last()):
        raise Gone("calls.file_withdrawn", day=_day(last.changed_at), nearest=nearest)
    if kept is None or kept.document.withdrawn_at:
        raise NotFound("calls.no_file", nearest=nearest)
    answered = file_answer(kept.document)
    # Named after its proposal: what its sender called it is not kept.
    name = f"proposal-{row.label}.{ending_of(kept.document)}"
    answered["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    # It may be hidden tomorrow.
    answered["Cache-Control"] = "public, no-cache"
    return answered


def _day(at: datetime) -> str:
    return str(spell(timezone.localdate(at).isoformat()))


def ending_of(document: Document) -> str:
    return document.name.rpartition(".")[2]
