"""The tour: one plan after another through the practice forum, in twelve stops of about a minute."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.ballots.models import Ballot, Vote
from madang.ballots.rules.words import BallotStatus
from madang.ballots.turnout import under_way
from madang.consultation.models import CommentRound
from madang.consultation.rules.commenting import RoundStatus
from madang.foundation.actors import Role
from madang.foundation.gathering import There
from madang.letters.models import Letter
from madang.members.models import (
    Account,
    CoChair,
    Holding,
    Person,
    RoleGrant,
    Side,
    lasting,
)
from madang.monitoring.models import ReportingPeriod
from madang.planning.models import Plan
from madang.web.pages.practice_ballots import CLOSE, OPENING, STEPS, hours_of
from madang.web.typed import moment_of


@dataclass(frozen=True)
class Place:
    """Where to look: an address of this site, and what is there."""

    url: str
    words: str | Promise


@dataclass
class Stop:
    """A stop of the tour: what happens, whose role it is, whom to be for it, where to look.

    `answers` is the address of the ballot whose other seats may answer here; `hours` are the
    hours of ballots that the clock can be taken to.
    """

    title: str | Promise
    happens: str | Promise
    role: str | Promise
    be: Person | None = None
    then: str = ""
    look: list[Place] = field(default_factory=list)
    answers: str = ""
    hours: list[tuple[str, str | Promise]] = field(default_factory=list)


@dataclass
class _Found:
    """What the practice forum has for the tour now."""

    plans: list[Any]
    open: Ballot | None
    closed: Ballot | None
    secretary: Person | None
    chair: Person | None
    member: Person | None
    letter: int | None
    hours: list[str]


def tour(request: HttpRequest) -> HttpResponse:
    """The whole cycle on the practice forum; a real forum only says where that is."""
    shown: dict[str, Any] = {"stops": []}
    if settings.INSTALLATION.practice and request.forum.practice:  # type: ignore[attr-defined]
        answered = request.GET.get("answered", "")
        shown |= {
            "stops": _stops(_find(request)),
            "answered": int(answered) if answered.isdecimal() and len(answered) < 4 else None,
            "here": reverse("tour"),
        }
    return render(request, "web/tour.html", shown)


_PLANS: Any = (
    Plan.objects.filter(withdrawn_at=None)
    .annotate(
        heard=There(
            CommentRound.objects.filter(plan=OuterRef("pk")).exclude(
                status__in=(RoundStatus.ANNOUNCED, RoundStatus.CALLED_OFF)
            )
        ),
        asked=There(ReportingPeriod.objects.filter(plan=OuterRef("pk"), asked_at__isnull=False)),
    )
    .order_by("number")
)
"""The plans; whether comments on its draft were taken, and whether updates were asked for."""


def _find(request: HttpRequest) -> _Found:
    at = moment_of(request)
    held = under_way(BallotStatus.KEYED, BallotStatus.OPEN, BallotStatus.CLOSED)
    open_now = next((one for one in held if one.status == BallotStatus.OPEN), None)
    closed = [one for one in held if one.status == BallotStatus.CLOSED]
    accounts = _people(open_now, timezone.localdate(at).isoformat())
    member = accounts["member"]
    letter = open_now and member and _letter(open_now, member)
    return _Found(
        plans=list(_PLANS.all()),
        open=open_now,
        closed=closed[-1] if closed else None,
        letter=letter.pk if letter else None,
        hours=sorted(hours_of(held, at)),
        **{role: account.person if account else None for role, account in accounts.items()},
    )


def _people(ballot: Ballot | None, on: str) -> dict[str, Account | None]:
    """One of the secretariat, the co-chair of civil society, and a member: one query.

    The member is one of civil society whose answer is waited for; any where no vote is open.
    """
    chairs = CoChair.objects.filter(
        side=Side.CIVIL_SOCIETY, seat__holdings__person=OuterRef("person")
    )
    staff = RoleGrant.objects.filter(
        account=OuterRef("pk"), role=Role.SECRETARIAT.value, ended_at=None
    )
    held = Holding.objects.filter(
        lasting(on),
        person=OuterRef("person"),
        seat__seat_class__side="civil_society",
        seat__cochair=None,
    )
    if ballot:
        held = held.exclude(seat__in=Vote.objects.filter(ballot=ballot).values("seat"))
    wanted = {"secretary": Exists(staff), "chair": Exists(chairs), "member": Exists(held)}
    known = Account.objects.filter(is_active=True, person__isnull=False).annotate(**wanted)
    rows = known.filter(Q(secretary=True) | Q(chair=True) | Q(member=True))
    people = list(rows.select_related("person").order_by("pk"))
    return {role: next((one for one in people if getattr(one, role)), None) for role in wanted}


def _letter(ballot: Ballot, member: Account) -> Letter | None:
    """The newest letter that asks the member for an answer to the ballot."""
    asked = Letter.objects.filter(to=member.email, reason__startswith=f"ballot:{ballot.label}:")
    return asked.filter(kind__in=("ballot.opened", "ballot.reminder")).first()


def _way(*parts: str) -> str:
    """The address made of these parts, in the page's language, where it leads somewhere."""
    address = reverse("home") + "".join(f"{part}/" for part in parts)
    try:
        resolve(address)
    except Resolver404:
        return ""
    return address


def _places(*found: tuple[str, str | Promise]) -> list[Place]:
    return [Place(url, words) for url, words in found if url]


def _plan(found: _Found, number: int, *more: str) -> str:
    known = any(plan.number == number for plan in found.plans)
    return _way("plans", str(number), *more) if known else ""


def _has(found: _Found, number: int, what: str) -> bool:
    """Whether a plan was `heard` or its bodies were `asked`."""
    return any(plan.number == number and getattr(plan, what) for plan in found.plans)


def _ballot(ballot: Ballot | None) -> str:
    return reverse("ballot.round", args=[ballot.meeting.address, ballot.round]) if ballot else ""


def _stops(found: _Found) -> list[Stop]:
    return [
        _forum(),
        _carried_out(found),
        _told(found),
        _disputed(found),
        _changed(found),
        _afternoon(found),
        _direction(found),
        _commitments(found),
        _keys(found),
        _vote(found),
        _result(found),
        _record(found),
    ]


def _forum() -> Stop:
    return Stop(
        _("The forum and its seats"),
        _(
            "Thirty seats: two by office, six of government, twenty-two of civil society. Two "
            "co-chairs, one of each side, sit among them. Rules and terms stand beside the chart, "
            "each figure with its source."
        ),
        _("Anyone"),
        look=_places((_way("forum"), _("The seats")), (_way("forum", "rules"), _("The rules"))),
    )


def _carried_out(found: _Found) -> Stop:
    return Stop(
        _("Plan 1 is being carried out"),
        _(
            "Each commitment has lead agencies and milestones with an output and a date. What "
            "nobody has recorded stands as not recorded; it is never taken for nothing."
        ),
        _("Anyone"),
        look=_places(
            (_plan(found, 1), _("Plan 1")),
            (_plan(found, 1, "commitments", "1"), _("Its first commitment")),
            (_plan(found, 1, "timeline"), _("Dates, announced and actual")),
        ),
    )


def _told(found: _Found) -> Stop:
    return Stop(
        _("A ministry tells where its promise stands"),
        _(
            "Each body gets a letter with a link of its own: a choice and a sentence are an update, "
            "without a password. Done needs evidence, late a cause and a new date; the old date "
            "stays beside it. Thirty days after an update was due, the clock says “no word”."
        ),
        _("Focal point"),
        look=_places(
            (
                f"{_way('practice', 'letters')}#asked" if _has(found, 1, "asked") else "",
                _("The letters that ask: open one, and its link"),
            ),
            (_plan(found, 1, "progress"), _("All milestones, late first")),
            (_plan(found, 1, "promised-done-changed"), _("Promised, done, changed")),
        ),
    )


def _disputed(found: _Found) -> Stop:
    return Stop(
        _("A member says that it is not so"),
        _(
            "Members from civil society confirm or dispute an update, with a link; anyone comments. "
            "What is disputed offers itself for the next meeting, where the forum states its own "
            "view. Nothing is averaged: what each one says stands side by side."
        ),
        _("Member"),
        be=found.member,
        then=_way("desk", "updates"),
        look=_places(
            (
                _plan(found, 1, "commitments", "3", "milestones", "3.2"),
                _("A step that its body calls done, and a member does not"),
            ),
            (_way("agenda"), _("What offers itself for the next meeting")),
        ),
    )


def _changed(found: _Found) -> Stop:
    return Stop(
        _("A promise changes in the open"),
        _(
            "An adopted commitment changes only by a request with a reason, before and after side "
            "by side, and both co-chairs’ keys. One such change is in force, another waits for a "
            "key: turn it, and both dates stand on the commitment’s page."
        ),
        _("Co-chair"),
        be=found.chair,
        then=_way("desk"),
        look=_places(
            (_plan(found, 1, "changes"), _("What was changed of plan 1, why and by whom")),
            (_plan(found, 1, "commitments", "2"), _("A commitment with both its dates")),
            (_plan(found, 1, "assessments"), _("The self-assessment that lies open for comments")),
        ),
    )


def _afternoon(found: _Found) -> Stop:
    return Stop(
        _("Two people, one afternoon"),
        _(
            "The call of plan 3 is open: anyone proposes, without an account. The secretariat takes "
            "over a list from a spreadsheet, sends each body its sheet, reads the answers back row "
            "by row, and publishes them all on one day. No ministry and no member signs in, and "
            "each proposal’s page tells what became of it."
        ),
        _("Secretariat"),
        be=found.secretary,
        then=f"{reverse('desk.replies')}?plan=3" if _plan(found, 3) else reverse("desk.replies"),
        look=_places(
            (_plan(found, 3, "proposals", "new"), _("Propose something yourself")),
            (_plan(found, 3, "proposals"), _("The proposals of plan 3")),
            (_plan(found, 1, "proposals"), _("Those of plan 1, all answered")),
            (_plan(found, 1, "how-it-was-made"), _("How they became plan 1")),
        ),
    )


def _direction(found: _Found) -> Stop:
    earlier = found.closed if found.closed != found.open else None
    return Stop(
        _("Plan 2 gets its direction"),
        _(
            "The secretariat writes the areas, the visions and the timeline, and in an earlier vote "
            "the forum decided that the plan be built on them: its result is here. Plan 2 is before "
            "the forum now, so its text stands still; on plan 3 you can write a direction yourself."
        ),
        _("Secretariat"),
        be=found.secretary,
        then=_way("desk", "plans") or _way("desk"),
        look=_places(
            (_plan(found, 2), _("Plan 2")),
            (_plan(found, 2, "timeline"), _("Its timeline")),
            (_ballot(earlier), _("The vote that was closed last, with its result")),
        ),
    )


def _commitments(found: _Found) -> Stop:
    return Stop(
        _("Its commitments are written"),
        _(
            "Seven commitments, in Korean and English, each with the problem, what will be done, "
            "who leads and by when. Every wording is known by its hash, so nobody can vote on one "
            "text and publish another."
        ),
        _("Secretariat"),
        be=found.secretary,
        then=_way("desk", "plans", "2") or _plan(found, 2, "commitments"),
        look=_places(
            (_plan(found, 2, "commitments"), _("The commitments of plan 2")),
            (_plan(found, 2, "commitments", "4"), _("One of them: a register of algorithms")),
            (_plan(found, 2, "consultation"), _("What two agencies said to its drafts")),
            (
                _plan(found, 2, "draft", "comments") if _has(found, 2, "heard") else "",
                _("What citizens said to the draft, and what became of each comment"),
            ),
            (_way("practice", "letters"), _("The letters: an agency’s leads to its own page")),
        ),
    )


def _keys(found: _Found) -> Stop:
    return Stop(
        _("Two co-chairs turn their keys"),
        _(
            "A vote in writing opens only when both co-chairs have turned their key on the very "
            "text: question, papers, rules, roll and window. Any change makes both keys void. "
            "Drafting another vote as the secretariat shows it from the start."
        ),
        _("Co-chair"),
        be=found.chair,
        then=_way("desk", "keys"),
        look=_places(
            (_ballot(found.open), _("The vote on plan 2, with its row of keys")),
            (_way("about", "states"), _("The states of a vote")),
        ),
    )


def _vote(found: _Found) -> Stop:
    letter, address = found.letter, found.open.meeting.address if found.open else ""
    return Stop(
        _("A member votes"),
        _(
            "Choose yes, no with a reason, or abstain; or declare an interest. Then a number comes "
            "by mail and confirms the vote: here it stands among the letters. The receipt names "
            "the entry in the record. Until the close the vote can be changed."
        ),
        _("Member"),
        be=found.member,
        then=(address and _way("desk", "vote", address)) or _way("desk"),
        look=_places(
            (
                reverse("practice.letter", args=[letter]) if letter else "",
                _("The letter with the member’s own link"),
            ),
            (_way("practice", "letters"), _("All letters, the newest first: the number is there")),
        ),
    )


def _result(found: _Found) -> Stop:
    return Stop(
        _("The others answer, and the vote is counted"),
        _(
            "Let the other seats answer. With the last answer the vote closes, for the rules say "
            "so; else it closes at its time. The result shows every seat, the rule in words and "
            "numbers, and each reason as it was given."
        ),
        _("The clock"),
        answers=found.open.meeting.address if found.open else "",
        hours=[(key, STEPS[key]) for key in (OPENING, CLOSE) if key in found.hours],
        look=_places((_ballot(found.open or found.closed), _("The vote and its result"))),
    )


def _record(found: _Found) -> Stop:
    newest = _ballot(found.closed or found.open)
    adopted = found.closed is not None and found.closed.decides.startswith("plan:")
    return Stop(
        _("Publish the plan, and check it all yourself"),
        _(
            "An adopted plan is published by both co-chairs, each turning a key on the very text "
            "that was voted on. Every step of this tour stands in the record, so that none can be "
            "changed or taken out in silence. Count the votes again from the data; on the machine "
            "itself, “madang verify” checks it all."
        ),
        _("Co-chairs, then anyone"),
        be=found.chair if adopted else None,
        then=_way("desk", "publish", "2") or _way("desk"),
        look=_places(
            (_way("record"), _("The record")),
            (f"{newest.rstrip('/')}.json" if newest else "", _("The vote as data")),
            (_way("data"), _("Everything as data")),
        ),
    )
