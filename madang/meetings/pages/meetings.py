"""The pages of meetings."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.foundation.addresses import address_of
from madang.foundation.answers import Table, answer, said
from madang.foundation.refusals import NotFound
from madang.meetings.models import AgendaItem, Meeting
from madang.meetings.rules.agenda import may_be_held
from madang.meetings.words import STANDS

WAYS = {"in_writing": gettext_lazy("in writing"), "sitting": gettext_lazy("in a sitting")}


def meeting_line(meeting: Meeting) -> dict[str, Any]:
    """A meeting as a row; `held` is null where no source gives its dates."""
    held = None
    if meeting.starts or meeting.ends:
        held = {"from": meeting.starts, "to": meeting.ends, "source": meeting.held_source_id}
    return {
        "number": meeting.number,
        "address": meeting.address,
        "body": {"slug": meeting.body.slug, "name": meeting.body.name},
        "title": meeting.title,
        "way": meeting.way,
        "held": held,
        "note": meeting.note,
        "source": meeting.source_id,
        "url": reverse("meeting", args=[meeting.address]),
    }


def ballots_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The meeting's ballots, round by round, and where each stands: its outcome, or else its state."""
    return [
        {
            "round": ballot.round,
            "question": ballot.question,
            "status": ballot.status,
            "stands": ballot.outcome or ballot.status,
            "opens_at": ballot.opens_at,
            "closes_at": ballot.closes_at,
            "url": reverse("ballot.round", args=[meeting.address, ballot.round]),
        }
        for ballot in sorted(meeting.ballots.all(), key=lambda ballot: ballot.round)
    ]


def agenda_of(meeting: Meeting) -> list[dict[str, Any]]:
    """What stands on a meeting's agenda, and how the forum saw it there; what was taken off not."""
    rows = AgendaItem.objects.filter(meeting=meeting, taken_off_at=None)
    return [
        {
            "number": row.number,
            "title": row.title,
            "about": row.about or None,
            "url": address_of(row.about) or None,
            # A room above hangs what the forum found on the item.
            "views": [
                {"status": view.status, "text": view.text, "stated_at": view.stated_at}
                for view in row.views.all()
            ],
        }
        for row in rows.prefetch_related("views")
    ]


def find_meeting(address: str) -> Meeting:
    """Raises NotFound: meetings.not_here."""
    meeting = Meeting.objects.filter(address=address).select_related("body").first()
    if meeting is None:
        raise NotFound("meetings.not_here", address=address, nearest=[reverse("meetings")])
    return meeting


def meetings(request: HttpRequest, twin: str) -> HttpResponse:
    rows = Meeting.objects.select_related("body").prefetch_related("ballots")
    data = {"meetings": [{**meeting_line(row), "ballots": ballots_of(row)} for row in rows]}

    def table() -> Table:
        headings = [_("Meeting"), _("Body"), _("Title"), _("How"), _("From"), _("To")]
        headings += [_("Ballot"), _("Source")]
        return Table("meetings", headings, map(_row, data["meetings"]))

    extra = {"ways": WAYS, "stands": STANDS}
    return answer(request, twin, "meetings/meetings.html", data, table=table, extra=extra)


def _row(line: dict[str, Any]) -> list[Any]:
    held = line["held"] or {}
    return [
        line["number"],
        said(line["body"]["name"]),
        said(line["title"]),
        WAYS[line["way"]],
        held.get("from"),
        held.get("to"),
        ", ".join(str(STANDS[ballot["stands"]]) for ballot in line["ballots"]),
        line["source"],
    ]


def meeting(request: Any, address: str, twin: str) -> HttpResponse:
    row = find_meeting(address)
    ballots = ballots_of(row)
    url = reverse("ballot", args=[address]) if ballots else None
    data = {**meeting_line(row), "ballots": ballots, "ballot_url": url}
    data["agenda"] = agenda_of(row)
    today = timezone.localdate(request.at).isoformat()
    extra = {"ways": WAYS, "stands": STANDS, "to_come": may_be_held(row.starts, today)}
    return answer(request, twin, "meetings/meeting.html", data, extra=extra)


def short(request: HttpRequest, address: str) -> HttpResponse:
    """`/m/7`."""
    return HttpResponsePermanentRedirect(reverse("meeting", args=[find_meeting(address).address]))
