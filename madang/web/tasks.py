"""What waits for someone: one shape for every task, whoever's it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from madang.ballots.drafts import rounds_to_repeat
from madang.ballots.keys import standing_keys
from madang.ballots.models import Ballot, Key, SentBack
from madang.ballots.pending import waiting_codes, waiting_keys, waiting_votes
from madang.ballots.reading import next_round, text_digest
from madang.ballots.results import said_result
from madang.ballots.rules.words import LIVE, BallotStatus, Outcome
from madang.ballots.turnout import turnouts
from madang.ballots.wording import OUTCOMES
from madang.calls.hiding import officer
from madang.calls.models import Call, Moderation, Proposal, Reply
from madang.calls.rules.words import CallStatus, ProposalState
from madang.consultation.models import Comment, CommentModeration, CommentRound, Request
from madang.consultation.rules.commenting import CommentState, RoundStatus
from madang.drafting.models import Commitment
from madang.drafting.rules.suggesting import ANSWER_DAYS
from madang.foundation.actors import Actor, Role
from madang.foundation.refusals import Refusal
from madang.foundation.templatetags.madang import spell
from madang.foundation.texts import Text
from madang.letters.unsent import unsent
from madang.members.actions.found import SOURCE
from madang.members.chairs import chair_in, chairs_on
from madang.members.models import CoChair, Forum, Holding, Side, Source, StandIn
from madang.members.pages.forum import SIDES
from madang.monitoring.disputes import disagreements
from madang.monitoring.models import Remark, ReportingPeriod
from madang.monitoring.reading import asked_of
from madang.monitoring.rules.assessing import AssessmentState
from madang.monitoring.rules.words import CommentState as RemarkState
from madang.planning.models import Plan, PlanStatus
from madang.planning.rules.writing import check_can_write
from madang.plans.models import ChangeRequest, PendingChangeKey, PendingEditionKey
from madang.plans.reading import deciding_ballot, edition_ref
from madang.plans.rules.amending import ChangeState
from madang.taskforces.models import Group, Homework
from madang.taskforces.pages.data import with_counts
from madang.web.timeleft import time_left


@dataclass(frozen=True)
class Task:
    """Something to be done, or under way. `mine`: it waits for the reader and for nobody else.

    `act` is the button's word; `minutes` about how long it takes; `note` says who has done what.
    """

    title: str | Promise
    url: str
    act: str | Promise
    about: Text | None = None
    state: str | Promise = ""
    mine: bool = True
    until: datetime | None = None
    left: str = ""
    minutes: int | None = None
    note: str | Promise = ""


def tasks_of(actor: Actor, at: datetime) -> list[Task]:
    """Everything that waits for the actor, what ends first on top; then what waits for others."""
    found: list[Iterable[Task]] = []
    ballots = _live() if actor.roles - {Role.ANONYMOUS} else []
    if actor.has(Role.CO_CHAIR) or actor.has(Role.SECRETARIAT):
        found.append(_disputed(actor))
    if actor.has(Role.CO_CHAIR):
        found += _keys(actor, ballots, at)
    if actor.seats:
        found.append(_for_member(actor, ballots, at))
    if actor.name:
        found += [_to_sort(actor.name), _homework(actor.name), _suggested(actor)]
    if actor.has(Role.SECRETARIAT):
        found += [_to_set_up(), _unsent(at)]
        found += [_to_moderate(actor), _to_answer(at), _asked_again()]
        found.append(_overdue_answers(at))
        found.append(_comments_on_drafts(actor, at))
        found.append(_remarks(actor))
        found.append(_overdue(at))
        found += [_for_secretariat(ballots, at), _to_confirm(actor, ballots, at), _to_publish("")]
        found += [
            _vacant_chairs(actor, at),
            _editions_to_confirm(actor),
            _changes_to_confirm(actor),
        ]
    return sorted(chain(*found), key=_urgency)


def keys_of(actor: Actor, at: datetime) -> list[Task]:
    """What a co-chair's key opens, publishes or changes: that which waits for it first."""
    return sorted(chain(*_keys(actor, _live(), at)), key=_urgency)


def _keys(actor: Actor, ballots: list[Ballot], at: datetime) -> list[Iterable[Task]]:
    side = side_of(actor, at)
    return [_for_chair(actor, ballots, at), _to_publish(side), _to_amend(side)]


def _urgency(task: Task) -> tuple[bool, bool, float]:
    return not task.mine, task.until is None, task.until.timestamp() if task.until else 0


def _live() -> list[Ballot]:
    return list(Ballot.objects.filter(status__in=LIVE).select_related("meeting"))


# --- co-chairs -----------------------------------------------------------------------------------


def side_of(actor: Actor, at: datetime) -> str:
    """The side of the chair an actor sits in, or stands in for; empty where it is none."""
    chair = chair_in(actor, timezone.localdate(at).isoformat())
    return chair.side if chair else ""


def sides_turned(ballot: Ballot) -> set[str]:
    """The sides whose key stands on the text as it is now."""
    keys = Key.objects.filter(what=ballot.ref, voided_at=None, digest=text_digest(ballot))
    return set(keys.values_list("side", flat=True))


def _for_chair(actor: Actor, ballots: list[Ballot], at: datetime) -> Iterator[Task]:
    side = side_of(actor, at)
    for ballot in (b for b in ballots if b.status == BallotStatus.DRAFT):
        turned = sides_turned(ballot)
        assert ballot.opens_at
        yield Task(
            title=_titled(ballot, _("Meeting %(number)s: a ballot in writing waits for keys")),
            about=ballot.question,
            url=reverse("desk.key", args=[ballot.meeting.address]),
            act=_("See the text") if side in turned else _("Read the text and turn my key"),
            state=_("your key is turned") if side in turned else _("waits for your key"),
            mine=side not in turned,
            until=ballot.opens_at,
            left=_left_to_open(ballot.opens_at, at),
            minutes=None if side in turned else 5,
            note=_turned_words(turned),
        )


def _turned_words(turned: set[str]) -> str:
    if not turned:
        return _("Neither key is turned yet.")
    there = [str(SIDES[side]) for side in Side.values if side in turned]
    if len(there) == 2:
        return _("Both keys are turned.")
    missing = next(str(words) for side, words in SIDES.items() if side not in turned)
    return _("Turned: %(there)s. Missing: %(missing)s.") % {"there": there[0], "missing": missing}


def _left_to_open(opens_at: datetime, at: datetime) -> str:
    if opens_at <= at:
        return _("its opening time has passed; it opens when both keys are turned")
    return _("to the opening: %(left)s") % {"left": time_left(opens_at, at)}


def _to_publish(side: str) -> Iterator[Task]:
    """Adopted plans that the two keys have not published; `side` is the reader's, or empty."""
    approved = Ballot.objects.filter(status=BallotStatus.CLOSED, outcome=Outcome.APPROVED)
    numbers = [
        ref.removeprefix("plan:")
        for ref in approved.filter(decides__startswith="plan:").values_list("decides", flat=True)
    ]
    # A plan that was loaded before it was decided is known from a source until it is published.
    waiting = Plan.objects.filter(number__in=[int(n) for n in numbers if n.isdigit()])
    settled = (PlanStatus.PUBLISHED, PlanStatus.WITHDRAWN)
    for plan in waiting.exclude(status__in=settled).order_by("number"):
        ballot = deciding_ballot(plan)
        if ballot is None or ballot.outcome != Outcome.APPROVED:
            continue
        turned = {key.side for key in standing_keys(edition_ref(plan))}
        mine = bool(side) and side not in turned
        yield Task(
            title=_("An adopted plan waits to be published"),
            about=plan.title,
            url=reverse("desk.publish", args=[plan.number]),
            act=_("Read the text and turn my key") if mine else _("See the text"),
            state=_("waits for your key") if mine else _("waits for keys"),
            mine=mine,
            minutes=5 if mine else None,
            note=_turned_words(turned),
        )


def _to_amend(side: str) -> Iterator[Task]:
    """Changes of adopted plans that wait for the reader's key, or for the other side's."""
    waiting = ChangeRequest.objects.filter(state=ChangeState.WAITING)
    for change in waiting.select_related("plan", "commitment").order_by("asked_at", "pk"):
        turned = {key.side for key in standing_keys(change.ref)}
        mine = bool(side) and side not in turned
        yield Task(
            title=_("Commitment %(number)s: a change waits for keys")
            % {"number": change.commitment.number},
            about=change.commitment.title,
            url=reverse("desk.change", args=[change.plan.number, change.number]),
            act=_("Read the text and turn my key") if mine else _("See the text"),
            state=_("waits for your key") if mine else _("your key is turned"),
            mine=mine,
            minutes=5 if mine else None,
            note=_turned_words(turned),
        )


# --- members -------------------------------------------------------------------------------------


def _for_member(actor: Actor, ballots: list[Ballot], at: datetime) -> Iterator[Task]:
    for ballot in (b for b in ballots if b.status == BallotStatus.OPEN):
        assert ballot.closes_at
        entitled = ballot.roll.filter(seat__number__in=actor.seats)
        answered = ballot.votes.filter(seat__number__in=actor.seats).exists()
        if not entitled.exists() or ballot.closes_at <= at:
            continue
        yield Task(
            title=_titled(ballot, _("Meeting %(number)s: vote in writing")),
            about=ballot.question,
            url=reverse("desk.vote", args=[ballot.meeting.address]),
            act=_("Change my answer") if answered else pgettext("button", "Answer"),
            state=_("answered ✓") if answered else _("waits for your answer"),
            mine=not answered,
            until=ballot.closes_at,
            left=time_left(ballot.closes_at, at),
            minutes=None if answered else 2,
            note=_("You may change your answer until the close.") if answered else "",
        )


# --- members of a plan’s groups ------------------------------------------------------------------


def _to_sort(person: str) -> Iterator[Task]:
    """The queues of the groups one works in."""
    mine = Group.objects.filter(members__person__slug=person, members__left_at=None)
    group: Any
    for group in with_counts(mine.filter(plan__withdrawn_at=None)).select_related("plan"):
        if not group.waits:
            continue
        yield Task(
            title=_("Sort proposals of plan %(number)s") % {"number": group.plan.number},
            about=group.name,
            url=reverse("desk.sort", args=[group.plan.number, group.number]),
            act=_("Sort"),
            state=ngettext("%(count)s waits", "%(count)s wait", group.waits)
            % {"count": group.waits},
            minutes=max(1, group.waits // 2),
        )


def _homework(person: str) -> Iterator[Task]:
    """The open homework of the groups one works in."""
    rows = Homework.objects.filter(
        group__members__person__slug=person,
        group__members__left_at=None,
        group__plan__withdrawn_at=None,
        done_at=None,
    )
    for row in rows.select_related("group__plan"):
        yield Task(
            title=_("Homework of your group, due on %(day)s") % {"day": spell(row.due)},
            about=row.task,
            url=reverse("desk.group", args=[row.group.plan.number, row.group.number]),
            act=_("To the group"),
            state=_("under way"),
        )


def _suggested(actor: Actor) -> Iterator[Task]:
    """The drafts one leads on which suggestions wait; one's own wait for others."""
    mine = Commitment.objects.filter(
        co_leads__person__slug=actor.name, co_leads__ended_at=None, withdrawn_at=None
    )
    others = Q(suggestions__fate=None) & ~Q(suggestions__account=actor.account)
    for row in (
        mine.filter(plan__frozen_by=None, plan__withdrawn_at=None)
        .exclude(plan__status=PlanStatus.PUBLISHED)
        .select_related("plan")
        .annotate(
            open=Count("suggestions", filter=others, distinct=True),
            first=Min("suggestions__made_at", filter=others),
        )
    ):
        if row.open:
            yield Task(
                title=_("Suggestions to commitment %(number)s wait for an answer")
                % {"number": row.number},
                about=row.title,
                url=reverse("desk.draft", args=[row.plan.number, row.number]),
                act=_("Read and answer them"),
                state=ngettext("%(count)s waits", "%(count)s wait", row.open) % {"count": row.open},
                until=row.first + timedelta(days=ANSWER_DAYS),
                minutes=3 * row.open,
            )


# --- the secretariat -----------------------------------------------------------------------------


def _overdue(at: datetime) -> Iterator[Task]:
    """Updates that were asked for and are overdue."""
    today = timezone.localdate(at)
    late = ReportingPeriod.objects.filter(
        asked_at__isnull=False, closed_at=None, due_on__lt=today.isoformat()
    )
    count = sum(len(asked_of(period.plan, period)) for period in late.select_related("plan"))
    if count:
        yield Task(
            title=ngettext("%(count)s update is overdue", "%(count)s updates are overdue", count)
            % {"count": count},
            url=reverse("desk.updates"),
            act=_("See which"),
            state=_("public"),
            mine=False,
        )


def _disputed(actor: Actor) -> Iterator[Task]:
    """Updates that members dispute and that stand on no agenda yet."""
    officer = actor.has(Role.SECRETARIAT)
    count = sum(one["meeting"] is None for one in disagreements())
    if count:
        yield Task(
            title=ngettext(
                "%(count)s disagreement offers itself for the next meeting",
                "%(count)s disagreements offer themselves for the next meeting",
                count,
            )
            % {"count": count},
            url=reverse("desk.agenda" if officer else "agenda"),
            act=_("Take them onto an agenda") if officer else _("Read them"),
            state=_("public"),
            mine=False,
        )


def _to_moderate(actor: Actor) -> Iterator[Task]:
    """Proposals that wait for a look, and those that another person asked to hide."""
    held = Proposal.objects.filter(state=ProposalState.RECEIVED).count()
    if held:
        yield Task(
            title=ngettext(
                "%(count)s proposal waits for a look", "%(count)s proposals wait for a look", held
            )
            % {"count": held},
            url=reverse("desk.proposals"),
            act=_("Look at them"),
            state=_("not public yet"),
            minutes=2 * held,
        )
    asked = Moderation.objects.filter(done_at=None).exclude(first=officer(actor))
    for step in asked.select_related("proposal__plan"):
        row = step.proposal
        yield Task(
            title=_("Proposal %(label)s: another person asks that it be hidden")
            % {"label": row.label},
            url=reverse("desk.proposal", args=[row.plan.number, row.number]),
            act=_("Decide"),
            state=_("waits for a second officer"),
            minutes=2,
        )


def _unsent(at: datetime) -> Iterator[Task]:
    """Letters that could not be sent, or that wait far too long: those they are for know nothing."""
    if count := unsent(at).count():
        yield Task(
            title=ngettext(
                "%(count)s letter did not leave", "%(count)s letters did not leave", count
            )
            % {"count": count},
            url=reverse("desk.letters"),
            act=_("See which, and why"),
            state=_("not sent"),
            minutes=2,
        )


def _to_answer(at: datetime) -> Iterator[Task]:
    """Proposals without a published answer; while their call is open there is no hurry."""
    without = Q(proposals__outcome=None) & ~Q(proposals__state=ProposalState.WITHDRAWN)
    plans = Plan.objects.filter(withdrawn_at=None, call__isnull=False).select_related("call")
    counted = plans.annotate(left=Count("proposals", filter=without, distinct=True))
    plan: Any
    for plan in counted.filter(left__gt=0).order_by("number"):
        day = plan.call.answer_by or ""
        until = _end_of(day) if len(day) == 10 else None
        yield Task(
            title=ngettext(
                "%(count)s proposal of plan %(number)s waits for its answer",
                "%(count)s proposals of plan %(number)s wait for their answers",
                plan.left,
            )
            % {"count": plan.left, "number": plan.number},
            about=plan.title,
            url=f"{reverse('desk.replies')}?plan={plan.number}",
            act=_("To the answers"),
            state=_("not answered"),
            mine=plan.call.status in (CallStatus.CLOSED, CallStatus.ENDED),
            until=until,
            left=time_left(until, at) if until else "",
        )


def _asked_again() -> Iterator[Task]:
    """Proposals whose authors asked for another look, until the second answer is published."""
    second = Reply.objects.filter(round=2, published_at__isnull=False).values("proposal")
    asked = Proposal.objects.filter(reexamination__isnull=False, plan__withdrawn_at=None)
    asked = asked.exclude(state=ProposalState.WITHDRAWN).exclude(pk__in=second)
    counts = dict(asked.order_by().values_list("plan").annotate(Count("pk")))
    for plan in Plan.objects.filter(pk__in=counts).order_by("number"):
        yield Task(
            title=ngettext(
                "The author of %(count)s proposal of plan %(number)s asks for another look",
                "The authors of %(count)s proposals of plan %(number)s ask for another look",
                counts[plan.pk],
            )
            % {"count": counts[plan.pk], "number": plan.number},
            about=plan.title,
            url=f"{reverse('desk.replies')}?plan={plan.number}&wait=asked",
            act=_("To the answers"),
            state=_("asked again"),
        )


def _comments_on_drafts(actor: Actor, at: datetime) -> Iterator[Task]:
    """Comments that wait for a look or a second person, and rounds that wait for answers."""
    held = Comment.objects.filter(state=CommentState.RECEIVED).select_related("plan")
    asked = CommentModeration.objects.filter(done_at=None).exclude(first=officer(actor))
    waits = [*held, *(step.comment for step in asked.select_related("comment__plan"))]
    for row in waits:
        yield Task(
            title=_("Comment %(label)s waits for a look") % {"label": row.label},
            url=reverse("desk.comment", args=[row.plan.number, row.number]),
            act=_("Decide"),
            state=_("not public yet")
            if row.state == CommentState.RECEIVED
            else _("waits for a second officer"),
            minutes=2,
        )
    over = CommentRound.objects.filter(status=RoundStatus.CLOSED, plan__withdrawn_at=None)
    gone = Q(comments__answer__published_at__isnull=False)
    gone |= Q(comments__state=CommentState.WITHDRAWN)
    unanswered = Q(comments__isnull=False) & ~gone
    left = over.annotate(left=Count("comments", filter=unanswered)).filter(left__gt=0)
    found: Any
    for found in left.select_related("plan").order_by("plan__number"):
        until = _end_of(found.answer_by)
        yield Task(
            title=ngettext(
                "%(count)s comment on a draft waits for its answer",
                "%(count)s comments on a draft wait for their answers",
                found.left,
            )
            % {"count": found.left},
            about=found.plan.title,
            url=reverse("desk.comments", args=[found.plan.number]) + "#answers",
            act=_("Write the answers"),
            state=_("not answered"),
            until=until,
            left=time_left(until, at),
            minutes=3 * found.left,
        )


def _remarks(actor: Actor) -> Iterator[Task]:
    """Comments on milestones and reports that wait for a look, a second person or an answer."""
    asked = Q(moderations__done_at=None, moderations__isnull=False) & ~Q(
        moderations__first=officer(actor)
    )
    owed = Q(state=RemarkState.PUBLIC, answered_at=None, assessment__state=AssessmentState.PUT_OUT)
    rows = Remark.objects.filter(Q(state=RemarkState.HELD) | asked | owed).distinct()
    if count := rows.count():
        yield Task(
            title=ngettext(
                "%(count)s comment on a milestone or a report waits",
                "%(count)s comments on milestones and reports wait",
                count,
            )
            % {"count": count},
            url=reverse("desk.updates") + "#held",
            act=_("Decide"),
            state=_("waits for a look or an answer"),
            minutes=2 * count,
        )


def _end_of(day: str) -> datetime:
    """When a day ends in the forum's time zone."""
    after = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time())
    return timezone.make_aware(after)


def _to_set_up() -> Iterator[Task]:
    """The forum of an installation that holds none yet, until it has members."""
    empty = Forum.objects.filter(loaded_at=None).exists()
    if empty or (Source.objects.filter(key=SOURCE).exists() and not Holding.objects.exists()):
        yield Task(
            title=_("Set the forum up: name and rules, members, plan"),
            url=reverse("desk.setup"),
            act=_("Set the forum up"),
            state=_("not set up yet"),
            minutes=10,
        )


def _for_secretariat(ballots: list[Ballot], at: datetime) -> Iterator[Task]:
    back = _sent_back([b for b in ballots if b.status == BallotStatus.DRAFT])
    answered = turnouts([b for b in ballots if b.status == BallotStatus.OPEN])
    for ballot in ballots:
        if ballot.status == BallotStatus.DRAFT:
            yield _draft_task(ballot, ballot.pk in back, at)
        elif ballot.status == BallotStatus.KEYED:
            yield _keyed_task(ballot, at)
        else:
            yield _open_task(ballot, answered[ballot.pk], at)
    yield from (_round_task(ballot) for ballot in rounds_to_repeat(at))
    yield from (_plan_task(plan) for plan in plans_to_decide(at) if not _is_being_heard(plan))


def _sent_back(ballots: list[Ballot]) -> set[int]:
    rows = SentBack.objects.filter(ballot__in=ballots).values_list("ballot_id", "digest")
    now = {ballot.pk: ballot.digest for ballot in ballots}
    return {pk for pk, digest in rows if now[pk] == digest}


def _draft_task(ballot: Ballot, sent_back: bool, at: datetime) -> Task:
    assert ballot.opens_at
    words = (
        _("Meeting %(number)s: a co-chair sent the ballot back")
        if sent_back
        else _("Meeting %(number)s: a ballot in writing waits for keys")
    )
    return Task(
        title=_titled(ballot, words),
        about=ballot.question,
        url=reverse("desk.ballot", args=[ballot.meeting.address]),
        act=_("Read the reason and revise") if sent_back else _("See the ballot"),
        state=_("sent back") if sent_back else _("waits for keys"),
        mine=sent_back or ballot.opens_at <= at,
        until=ballot.opens_at,
        left=_left_to_open(ballot.opens_at, at),
        minutes=10 if sent_back else None,
        note=_turned_words(sides_turned(ballot)),
    )


def _keyed_task(ballot: Ballot, at: datetime) -> Task:
    assert ballot.opens_at
    return Task(
        title=_titled(ballot, _("Meeting %(number)s: the ballot opens by itself at its time")),
        about=ballot.question,
        url=reverse("desk.ballot", args=[ballot.meeting.address]),
        act=_("See the ballot"),
        state=_("keys turned"),
        mine=False,
        until=ballot.opens_at,
        left=_left_to_open(ballot.opens_at, at),
    )


def _open_task(ballot: Ballot, answered: tuple[int, int], at: datetime) -> Task:
    assert ballot.closes_at
    given, seats = answered
    return Task(
        title=_titled(ballot, _("Meeting %(number)s: the ballot is open")),
        about=ballot.question,
        url=reverse("desk.ballot", args=[ballot.meeting.address]),
        act=_("See who has not answered"),
        state=_("open"),
        mine=False,
        until=ballot.closes_at,
        left=time_left(ballot.closes_at, at),
        note=_("%(given)s of %(seats)s seats have answered.") % {"given": given, "seats": seats},
    )


def _to_confirm(actor: Actor, ballots: list[Ballot], at: datetime) -> Iterator[Task]:
    """What another officer entered from paper; one's own entries wait for a colleague."""
    for ballot in ballots:
        codes = [one for one in waiting_codes(ballot) if one.entered_by_id != actor.account]
        if codes and ballot.closes_at:
            yield Task(
                title=_("Meeting %(number)s: printed codes wait for a second officer")
                % {"number": ballot.meeting.number},
                about=ballot.question,
                url=reverse("desk.ballot.codes", args=[ballot.meeting.address]),
                act=_("Confirm and print"),
                state=_("waits for a second officer"),
                until=ballot.closes_at,
                left=time_left(ballot.closes_at, at),
                minutes=2,
            )
        entries = [*waiting_keys(ballot), *waiting_votes(ballot)]
        until = ballot.closes_at if ballot.status == BallotStatus.OPEN else ballot.opens_at
        theirs = [entry for entry in entries if entry.entered_by_id != actor.account]
        if theirs and until:
            yield Task(
                title=_titled(
                    ballot,
                    _("Meeting %(number)s: what came on paper waits for a second officer"),
                ),
                about=ballot.question,
                url=reverse("desk.ballot.paper", args=[ballot.meeting.address]),
                act=_("Compare and confirm"),
                state=_("waits for a second officer"),
                until=until,
                left=time_left(until, at),
                minutes=2,
            )


def _round_task(ballot: Ballot) -> Task:
    return Task(
        title=_("Meeting %(number)s: too few answered; a new round can be drafted")
        % {"number": ballot.meeting.number},
        about=ballot.question,
        url=reverse("desk.ballot.round", args=[ballot.meeting.address]),
        act=_("Draft round %(round)s") % {"round": next_round(ballot.meeting)},
        state=OUTCOMES[ballot.outcome or ""],
        minutes=10,
        note=said_result(ballot),
    )


def _titled(ballot: Ballot, words: str) -> str:
    """A task's title: the meeting, and the round where there was one before."""
    title = words % {"number": ballot.meeting.number}
    if ballot.round == 1:
        return title
    return _("%(title)s (round %(round)s)") % {"title": title, "round": ballot.round}


def _editions_to_confirm(actor: Actor) -> Iterator[Task]:
    waiting = PendingEditionKey.objects.filter(confirmed_at=None, dropped_at=None)
    theirs = waiting.exclude(entered_by=actor.account).exclude(plan__status=PlanStatus.PUBLISHED)
    for plan in Plan.objects.filter(pk__in=theirs.values("plan")).order_by("number"):
        yield Task(
            title=_("An approval to publish by document waits for a second officer"),
            about=plan.title,
            url=reverse("desk.publish.paper", args=[plan.number]),
            act=_("Compare and confirm"),
            state=_("waits for a second officer"),
            minutes=2,
        )


def _changes_to_confirm(actor: Actor) -> Iterator[Task]:
    waiting = PendingChangeKey.objects.filter(confirmed_at=None, dropped_at=None)
    theirs = waiting.exclude(entered_by=actor.account).filter(change__state=ChangeState.WAITING)
    for change in ChangeRequest.objects.filter(pk__in=theirs.values("change")).select_related(
        "plan", "commitment"
    ):
        yield Task(
            title=_("An approval of a change by document waits for a second officer"),
            about=change.commitment.title,
            url=reverse("desk.change.paper", args=[change.plan.number, change.number]),
            act=_("Compare and confirm"),
            state=_("waits for a second officer"),
            minutes=2,
        )


def _overdue_answers(at: datetime) -> Iterator[Task]:
    """Requests whose last day is over while an agency still owes an answer."""
    rows = Request.objects.filter(withdrawn_at=None, due_at__lte=at, asked__opinions=None)
    for request in rows.distinct().select_related("plan").order_by("due_at"):
        yield Task(
            title=_("Request %(label)s: agencies have not answered in time")
            % {"label": request.label},
            about=request.plan.title,
            url=reverse("desk.consult.one", args=[request.plan.number, request.number]),
            act=_("See who has answered"),
            state=_("overdue"),
            minutes=2,
        )


def _vacant_chairs(actor: Actor, at: datetime) -> Iterator[Task]:
    """A chair whose key nobody can turn, and a stand-in that waits for another officer."""
    waiting = StandIn.objects.filter(confirmed_at=None, dropped_at=None)
    entered = {one.chair_id: one.entered_by_id for one in waiting}
    there = chairs_on(timezone.localdate(at).isoformat())
    for chair in CoChair.objects.exclude(side__in=there).exclude(seat=None).order_by("-side"):
        by = entered.get(chair.pk)
        yield Task(
            title=_("A co-chair’s chair is vacant: %(side)s") % {"side": SIDES[chair.side]},
            url=reverse("desk.chairs"),
            act=_("Compare and confirm") if by else _("Name a stand-in"),
            state=_("waits for a second officer") if by else _("nobody can turn its key"),
            mine=by != actor.account,
            minutes=2,
        )


def _plan_task(plan: Plan) -> Task:
    return Task(
        title=_("A plan can be put before the forum"),
        about=plan.title,
        url=f"{reverse('desk.ballots.new')}?plan={plan.number}",
        act=_("Draft the ballot"),
        state=_("no ballot yet"),
        minutes=10,
    )


def plans_to_decide(at: datetime) -> list[Plan]:
    """The plans with commitments that are still being written, and that wait for no ballot or round."""
    taken = set(Ballot.objects.filter(status__in=LIVE).values_list("decides", flat=True))
    # What too few answered is put again in a new round, and not at another meeting.
    taken |= {ballot.decides for ballot in rounds_to_repeat(at)}
    written = Commitment.objects.filter(withdrawn_at=None).values("plan")
    plans = Plan.objects.filter(pk__in=written).order_by("number")
    return [plan for plan in plans if plan.ref not in taken and _is_written(plan, at)]


def _is_being_heard(plan: Plan) -> bool:
    """Whether the public is still being asked: a ballot may be drafted then, but is not next."""
    asked = Call.objects.filter(plan=plan, status__in=(CallStatus.ANNOUNCED, CallStatus.OPEN))
    rounds = CommentRound.objects.filter(
        plan=plan, status__in=(RoundStatus.ANNOUNCED, RoundStatus.OPEN)
    )
    return asked.exists() or rounds.exists()


def _is_written(plan: Plan, at: datetime) -> bool:
    today = timezone.localdate(at).isoformat()
    try:
        # An adopted plan is frozen by its ballot: it is not put to the vote again.
        check_can_write(plan.status, frozen_by=plan.frozen_by, starts=plan.starts, today=today)
    except Refusal:
        return False
    return True
