"""The letters of a consultation; each is written in the transaction of its act."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from madang.consultation.actions.answer import OpinionsGiven
from madang.consultation.actions.ask import BodiesAsked, QuestionWithdrawn
from madang.consultation.actions.delegate import RequestDelegated
from madang.consultation.actions.remind import BodiesReminded
from madang.consultation.models import Asked, Delegate, Request
from madang.consultation.reading import Place, places_of, request_at
from madang.consultation.rules.asking import links_end
from madang.consultation.rules.words import Step
from madang.consultation.words import STANCES
from madang.foundation.actors import Actor
from madang.foundation.templatetags.madang import spell
from madang.letters import outbox, texts
from madang.letters.focal import issue_focal_link, write_to_focal
from madang.letters.links import issue_link
from madang.letters.texts import KINDS, Kind
from madang.members.actions.focal import FocalPointHandedOver, FocalPointsNamed
from madang.members.focal import focal_point_of
from madang.members.models import Agency, FocalPoint
from madang.members.rules.focal import Duty

_ABOUT = gettext_lazy(
    "%(drafts)s\n"
    "\n"
    "Answer by %(due)s, in a minute, without a password. For each draft: accept, accept in part "
    "or decline, with your agency’s own words.\n"
    "%(page)s\n"
    "\n"
    "The same page gives the drafts as a spreadsheet and takes it back. What you answer becomes "
    "public beside the draft, under your agency’s name and not under yours. You can pass the question "
    "on to a colleague, or hand over your post, on the same page.\n"
    "\n"
    "The link is yours alone: do not pass it on. Opening it does nothing by itself."
)


def _begun(first: Promise) -> Promise:
    """A letter that asks, with its first line."""
    return cast(Promise, format_lazy("{}{}", first, _ABOUT))


KINDS.update(
    {
        "consultation.asked": Kind(
            subject=gettext_lazy("By %(due)s: what does %(agency)s say to these drafts?"),
            body=_begun(gettext_lazy("%(agency)s is asked about drafts of: %(plan)s\n\n")),
            opens_a_door=True,
        ),
        "consultation.soon": Kind(
            subject=gettext_lazy("A week left: the answer of %(agency)s by %(due)s"),
            body=_begun(gettext_lazy("%(agency)s has not answered yet about: %(plan)s\n\n")),
            opens_a_door=True,
        ),
        "consultation.overdue": Kind(
            subject=gettext_lazy("Overdue: the answer of %(agency)s was due by %(due)s"),
            body=_begun(
                gettext_lazy(
                    "The answer of %(agency)s about %(plan)s is overdue. Everyone reads so on the "
                    "consultation’s page. An answer that comes now is kept and marked as late.\n\n"
                )
            ),
            opens_a_door=True,
        ),
        "consultation.director": Kind(
            subject=gettext_lazy("Very overdue: the answer of %(agency)s was due by %(due)s"),
            body=gettext_lazy(
                "The forum asked %(agency)s about these drafts of: %(plan)s\n"
                "\n"
                "%(drafts)s\n"
                "\n"
                "No answer came by %(due)s, and none since. Everyone reads so here:\n"
                "%(page)s\n"
                "\n"
                "The focal point of your agency has a link to answer by. This letter comes once."
            ),
        ),
        "consultation.delegated": Kind(
            subject=gettext_lazy("Passed on to you by %(from)s: drafts for %(agency)s to answer"),
            body=_begun(gettext_lazy("%(from)s passed this on to you: drafts of %(plan)s\n\n")),
            opens_a_door=True,
        ),
        "consultation.receipt": Kind(
            subject=gettext_lazy("The answer of %(agency)s was received"),
            body=gettext_lazy(
                "What %(agency)s answered:\n"
                "\n"
                "%(said)s\n"
                "\n"
                "It can be changed by the same link; every answer is kept and the newest counts. "
                "It stands here:\n"
                "%(page)s"
            ),
        ),
        "consultation.withdrawn": Kind(
            subject=gettext_lazy("Withdrawn: the question to %(agency)s"),
            body=gettext_lazy(
                "The question about these drafts of %(plan)s was withdrawn; nothing is asked of "
                "%(agency)s any more.\n"
                "\n"
                "%(drafts)s\n"
                "\n"
                "The reason: %(reason)s"
            ),
        ),
    }
)


# --- what follows from an act --------------------------------------------------------------------


def ask(event: BodiesAsked, by: Actor, at: datetime) -> None:
    """Ask the focal point of every agency, each by a link of its own."""
    request = request_at(event.about)
    _write_to_bodies(request, event.bodies, "consultation.asked", "asked", at)


def remind(event: BodiesReminded, by: Actor, at: datetime) -> None:
    """Ask again those who owe an answer; a very overdue one is told to the director, once."""
    request = request_at(event.about)
    late = at >= request.due_at
    kind = "consultation.overdue" if late else "consultation.soon"
    if event.step == Step.HAND and not late:
        kind = "consultation.asked"
    why = f"{event.step}-{at.isoformat()}"
    _write_to_bodies(request, event.bodies, kind, why, at, owed=True)
    if event.step == Step.VERY_OVERDUE:
        for agency in Agency.objects.filter(slug__in=event.bodies):
            _tell_director(request, agency, at)


def pass_on(event: RequestDelegated, by: Actor, at: datetime) -> None:
    """Give a colleague a link of their own, and say from whom it comes."""
    request = request_at(event.about)
    rows = Delegate.objects.filter(request=request, agency__slug=event.agency, made_at=at)
    sender = FocalPoint.objects.filter(agency__slug=event.agency, email=by.name).first()
    for one in rows.select_related("agency"):
        token = issue_link(request.ref, one.holder, ends_at=links_end(request.due_at), at=at)
        spoken = _spoken(one.language)
        name = sender.name if sender else one.agency.name.say(spoken).words
        told = {**_facts(request, _asked(request, one.agency), spoken), "from": name}
        told |= {"agency": one.agency.name, "page": _there(spoken, "consult", token)}
        _post(one.email, spoken, "consultation.delegated", f"{one.holder}:asked", told, at)


def confirm(event: OpinionsGiven, by: Actor, at: datetime) -> None:
    """Confirm to whoever answered what the agency now says; an entry by an officer to the focal point."""
    request = request_at(event.about)
    agency = Agency.objects.get(slug=event.agency)
    asked = _asked(request, agency)
    for email, language in _answered(asked, by):
        spoken = _spoken(language)
        with translation.override(spoken):
            numbers = {one["commitment"]: STANCES[one["stance"]] for one in event.said}
            said = "\n".join(
                f"- {one.commitment.number}. {one.commitment.title.say(spoken).words}: "
                f"{numbers[one.commitment.number]}"
                for one in asked
                if one.commitment.number in numbers
            )
        page = _there(spoken, "consultation", request.plan.number)
        told = {"agency": agency.name, "said": said, "page": page}
        why = f"{request.ref}:said:{event.agency}:{email}:{at.isoformat()}"
        _post(email, spoken, "consultation.receipt", why, told, at)


def tell_withdrawn(event: QuestionWithdrawn, by: Actor, at: datetime) -> None:
    """Tell the agencies that had not answered that nothing is asked of them any more."""
    request = request_at(event.about)
    owed = [one for one in places_of(request, at) if not one.newest]
    for focal, asked in _by_focal(one.asked for one in owed):
        told = {**_facts(request, asked, _spoken(focal.language)), "reason": event.reason}
        told["agency"] = focal.agency.name
        kind, why = "consultation.withdrawn", f"{request.ref}:withdrawn:{focal.holder}"
        _post(focal.email, _spoken(focal.language), kind, why, told, at)


def ask_successors(event: FocalPointsNamed | FocalPointHandedOver, by: Actor, at: datetime) -> None:
    """Send what is still owed to whoever has just come to a post: the old links have stopped."""
    bodies = {one["agency"] for one in event.posts}
    rows = Request.objects.filter(withdrawn_at=None, asked__agency__slug__in=bodies).distinct()
    for request in rows.select_related("plan"):
        for focal, asked in _by_focal(one.asked for one in _owed(request, bodies, at)):
            if focal.since == at:
                _write_to(focal, request, asked, "consultation.asked", "asked", at)


# --- to whom, and what ---------------------------------------------------------------------------


def _write_to_bodies(
    request: Request, bodies: Iterable[str], kind: str, why: str, at: datetime, owed: bool = False
) -> None:
    found = places_of(request, at)
    wanted = set(bodies)
    asked = [
        one.asked for one in found if one.asked.agency.slug in wanted and (one.is_owed or not owed)
    ]
    for focal, mine in _by_focal(asked):
        _write_to(focal, request, mine, kind, why, at)


def _owed(request: Request, bodies: set[str], at: datetime) -> list[Place]:
    found = places_of(request, at)
    return [one for one in found if one.is_owed and one.asked.agency.slug in bodies]


def _by_focal(asked: Iterable[Asked]) -> list[tuple[FocalPoint, list[Asked]]]:
    """Who is written to about which drafts: one letter to each, however many there are."""
    found: dict[int, tuple[FocalPoint, list[Asked]]] = {}
    for one in asked:
        if focal := focal_point_of(one.agency, one.commitment.ref):
            found.setdefault(focal.pk, (focal, []))[1].append(one)
    return list(found.values())


def _write_to(
    focal: FocalPoint, request: Request, asked: list[Asked], kind: str, why: str, at: datetime
) -> None:
    token = issue_focal_link(request.ref, focal, ends_at=links_end(request.due_at), at=at)
    facts = _facts(request, asked, _spoken(focal.language))
    write_to_focal(focal, kind, f"{request.ref}:{why}", "consult", token, facts, at)


def _tell_director(request: Request, agency: Agency, at: datetime) -> None:
    director = focal_point_of(agency, duty=Duty.DIRECTOR)
    if director is None:
        return
    spoken = _spoken(director.language)
    asked = [one.asked for one in _owed(request, {agency.slug}, at)]
    told = {**_facts(request, asked, spoken), "agency": agency.name}
    told["page"] = _there(spoken, "consultation", request.plan.number)
    why = f"{request.ref}:director:{agency.slug}"
    _post(director.email, spoken, "consultation.director", why, told, at)


def _answered(asked: list[Asked], by: Actor) -> list[tuple[str, str]]:
    """Who gets the receipt, with the language: whoever sent it, or the focal point of the agency."""
    if by.agency:
        delegates = Delegate.objects.filter(email=by.name, agency__slug=by.agency)
        posts = FocalPoint.objects.filter(email=by.name, agency__slug=by.agency, until=None)
        known = posts.first() or delegates.first()
        return [(known.email, known.language)] if known else []
    return [(focal.email, focal.language) for focal, _mine in _by_focal(asked)]


def _asked(request: Request, agency: Agency) -> list[Asked]:
    rows = Asked.objects.filter(request=request, agency=agency)
    return list(rows.select_related("agency", "commitment__plan"))


def _facts(request: Request, asked: Iterable[Asked], spoken: str) -> dict[str, Any]:
    with translation.override(spoken):
        drafts = dict.fromkeys(
            f"- {one.commitment.number}. {one.commitment.title.say(spoken).words}" for one in asked
        )
        return {
            "plan": request.plan.title,
            "drafts": "\n".join(drafts),
            "due": spell(request.due_on),
        }


def _spoken(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else "en"


def _there(spoken: str, route: str, *args: Any) -> str:
    with translation.override(spoken):
        return settings.INSTALLATION.address + reverse(route, args=args)


def _post(
    to: str, spoken: str, kind: str, reason: str, facts: dict[str, Any], at: datetime
) -> None:
    words = texts.write(kind, spoken, facts)
    outbox.post(
        to=to,
        language=words.language,
        kind=kind,
        reason=reason[:200],
        subject=words.subject,
        body=words.body,
        at=at,
    )
