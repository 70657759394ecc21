"""Answering for an agency by the mailed link: on the page, by a sheet, or through a colleague.

Opening it does nothing. One press answers every draft for which something was chosen.
"""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from madang.consultation.actions.answer import give_opinions
from madang.consultation.actions.delegate import delegate_request
from madang.consultation.links import Speaker, speaker, speaker_of_post
from madang.consultation.models import Delegate, Request
from madang.consultation.reading import (
    Place,
    answer_of,
    places_of,
    sheet_known,
)
from madang.consultation.rules.answering import MOST, Answer, cleaned
from madang.consultation.rules.words import Channel
from madang.consultation.sheets import sheet_of
from madang.consultation.words import SAID, STANCES, STANDINGS
from madang.foundation.refusals import NotFound, NotNow, NotValid, Refusal
from madang.foundation.sheets import XLSX
from madang.letters.focal import FocalLink
from madang.letters.links import known_link
from madang.members.models import normal_email
from madang.web.pages.focal import FOR_A_BODY, Waiting
from madang.web.pages.opinion_sheets import answers_in, preview, rows_seen, rows_sent
from madang.web.pages.two_tongues import LINE, Values, all_typed, limited, where
from madang.web.sentences import sentence
from madang.web.typed import moment_of
from madang.web.whose import see_that_it_is_theirs

MOST_TYPED = 100_000
"""What is read of one field: more than may be sent, so that nothing typed is lost."""


def consult(request: Any, token: str) -> HttpResponse:
    """The request a link was made for."""
    found = _theirs(request, speaker(token, moment_of(request)))
    return _enter(request, found, reverse("consult", args=[token]))


def of_post(request: Any, token: str, plan: int, number: int) -> HttpResponse:
    """A request by another link of the same post, as the focal point's own page leads to it."""
    here = reverse("consult.of", args=[token, plan, number])
    found = speaker_of_post(token, f"{plan}-{number}", moment_of(request))
    return _enter(request, _theirs(request, found), here)


def sheet(request: Any, token: str, plan: int, number: int) -> HttpResponse:
    """The agency's sheet of a request."""
    label = f"{plan}-{number}"
    found = _theirs(request, _speaker(request, token, label))
    return sheet_answer(found.request, found.agency.slug, label, moment_of(request))


def sheet_answer(request: Request, agency: str, label: str, at: Any) -> HttpResponse:
    """An agency's sheet as a file."""
    places = places_of(request, at, agency)
    content = sheet_of(places, language=get_language() or "ko")
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="opinions-{label}-{agency}.xlsx"'
    return answer


def _theirs(request: Any, found: Speaker) -> Speaker:
    """Raises NotAllowed: web.anothers_link."""
    see_that_it_is_theirs(request, found.actor, found.agency)
    return found


def _speaker(request: Any, token: str, label: str) -> Speaker:
    at = moment_of(request)
    if known_link(token).holder.startswith("delegate:"):
        found = speaker(token, at)
        if found.request.label != label:
            raise NotFound("consultation.no_request", label=label)
        return found
    return speaker_of_post(token, label, at)


def _enter(request: Any, found: Speaker, here: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found, here)
    values = all_typed(request)
    try:
        match values.get("step"):
            case "answer":
                _answer(request, found, values)
            case "read":
                return _page(request, found, here, rows=rows_sent(request))
            case "keep":
                _keep(request, found)
            case "delegate":
                _delegate(request, found, values)
                return HttpResponseRedirect(f"{here}?passed")
            case _:
                raise NotValid("web.nothing_chosen", field="main")
    except NotNow as settled:
        # Pressed twice: the first press did it.
        if settled.code != "consultation.said_already":
            return _page(request, found, here, values=values, problem=settled)
    except Refusal as problem:
        return _page(request, found, here, values=values, problem=problem)
    return HttpResponseRedirect(f"{here}?received")


def _answer(request: Any, found: Speaker, values: Values) -> None:
    """Raises NotValid: web.too_much, and what `give_opinions` raises."""
    places = places_of(found.request, moment_of(request), found.agency.slug)
    given = [answer for one in places if (answer := _typed(values, one.asked.commitment.number))]
    _give(request, found, given, Channel.PAGE)


def _typed(values: Values, number: int) -> Answer | None:
    """What was typed for a draft; none where nothing was."""
    parts = {
        key: limited(values, f"{key}-{number}", MOST_TYPED)
        for key in ("stance", "words", "wording", "reference")
    }
    version = values.get(f"version-{number}", "")
    return cleaned(number, **parts, version=version) if any(parts.values()) else None


def _keep(request: Any, found: Speaker) -> None:
    known = _known(request, found)
    _give(request, found, answers_in(rows_seen(request), known), Channel.SHEET)


def _give(request: Any, found: Speaker, answers: list[Answer], channel: str) -> None:
    give_opinions(
        found.request, answers=answers, channel=channel, by=found.actor, at=moment_of(request)
    )


def _delegate(request: Any, found: Speaker, values: Values) -> None:
    delegate_request(
        found.request,
        name=limited(values, "name", LINE),
        email=normal_email(limited(values, "email", LINE)),
        language=found.language,
        by=found.actor,
        at=moment_of(request),
    )


def _known(request: Any, found: Speaker) -> Any:
    places = places_of(found.request, moment_of(request), found.agency.slug)
    return sheet_known(places, found.request.plan.number)


def _page(
    request: Any,
    found: Speaker,
    here: str,
    *,
    values: Values | None = None,
    problem: Refusal | None = None,
    rows: Any = None,
) -> HttpResponse:
    places = places_of(found.request, moment_of(request), found.agency.slug)
    asked = found.request
    shown = {
        "who": found,
        "asked": asked,
        "plan": asked.plan,
        "agency": found.agency,
        "token": found.token,
        "here": here,
        "sheet": reverse("consult.sheet", args=[found.token, asked.plan.number, asked.number]),
        "items": [draft_item(one, values) for one in places],
        "late": moment_of(request) >= asked.due_at,
        "delegates": Delegate.objects.filter(request=asked, agency=found.agency),
        "received": "received" in request.GET and not problem,
        "passed": "passed" in request.GET and not problem,
        "preview": preview(rows, _known(request, found)) if rows is not None else None,
        "most": MOST,
        "values": values or {},
        "problem": problem and sentence(problem),
        "where": where(problem, "main"),
    }
    return render(request, "web/consult.html", shown, status=problem.status if problem else 200)


def draft_item(place: Place, values: Values | None = None) -> dict[str, Any]:
    """A draft an agency was asked about, with what stands in its fields."""
    number = place.asked.commitment.number
    kept = answer_of(place.newest) if place.newest else Answer(number, "")
    fields = {key: getattr(kept, key) for key in ("stance", "words", "wording", "reference")}
    if values:
        fields = {key: values.get(f"{key}-{number}", "") for key in fields}
    return {
        "draft": place.asked.commitment,
        "number": number,
        "standing": STANDINGS[place.standing],
        "owed": place.is_owed,
        "newest": place.newest,
        "said": SAID[place.newest.stance] if place.newest else "",
        "fields": fields,
        "choices": [(str(one), words, fields["stance"] == one) for one, words in STANCES.items()],
        "version": place.version,
        "changed": place.version != place.asked.version,
        "open": bool(fields["wording"] or fields["reference"]),
    }


def _waiting(link: FocalLink, at: Any) -> list[Waiting]:
    """What an agency was asked in consultations, for its focal point's own page, the newest first."""
    rows = Request.objects.filter(asked__agency=link.focal.agency).distinct()
    found = []
    for request in rows.select_related("plan"):
        places = places_of(request, at, link.focal.agency.slug)
        waits = any(one.is_owed for one in places)
        worst = next((one for one in places if one.is_owed), places[0])
        found.append(
            Waiting(
                title=request.plan.title,
                words=STANDINGS[worst.standing],
                url=reverse("consult.of", args=[link.token, request.plan.number, request.number]),
                waits=waits,
                until=request.due_at if waits else None,
            )
        )
    return found


FOR_A_BODY.append(_waiting)
