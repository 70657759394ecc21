"""The letters of monitoring: to whoever answers for a milestone, and to whoever proposed it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from madang.calls.letters import tell_author
from madang.calls.models import Proposal
from madang.drafting.models import GrownFrom, Milestone
from madang.foundation.actors import Actor
from madang.foundation.figures import days_on
from madang.foundation.templatetags.madang import spell
from madang.letters import outbox
from madang.letters.focal import issue_focal_link, write_to_focal
from madang.letters.models import Letter
from madang.letters.texts import KINDS, Kind
from madang.members.actions.focal import FocalPointHandedOver, FocalPointsNamed
from madang.members.focal import focal_point_of
from madang.members.models import Agency, FocalPoint
from madang.members.rules.focal import Duty
from madang.monitoring.actions.periods import NoWord, UpdatesAsked
from madang.monitoring.actions.update import UpdatePosted
from madang.monitoring.models import MilestoneReport, ReportingPeriod
from madang.monitoring.reading import (
    asked_of,
    due_now,
    find_period,
    last_of,
    open_period,
    read_steps,
    standing_of,
)
from madang.monitoring.rules.status import REMINDED_BEFORE, derive, is_to_remind, last_day
from madang.monitoring.rules.updating import CORRECTED_WITHIN
from madang.monitoring.rules.words import MilestoneStatus
from madang.monitoring.words import STATUSES
from madang.taskforces.models import Origin

GOOD_FOR = timedelta(days=400)
"""How long a link for an update is known. When its period is over it says so instead of taking one."""
_WAY = gettext_lazy(
    "Here you say where it stands. It takes a minute, and no password:\n"
    "%(page)s\n"
    "\n"
    "Opening the link does nothing by itself. It is yours alone. Has the post passed to someone "
    "else? Hand it over on the same page: a name and an e-mail address are enough."
)
KINDS.update(
    {
        "update.asked": Kind(
            subject=gettext_lazy("Commitment %(number)s: an update, one minute, by %(due_on)s"),
            body=gettext_lazy(
                "Commitment %(number)s of %(plan)s\n%(title)s\n\n%(steps)s\n\n%(way)s"
            ),
            opens_a_door=True,
        ),
        "update.reminded": Kind(
            subject=gettext_lazy("Commitment %(number)s: your update is due by %(due_on)s"),
            body=gettext_lazy(
                "No update has come yet on commitment %(number)s of %(plan)s.\n"
                "%(title)s\n"
                "\n"
                "%(steps)s\n"
                "\n"
                "After %(due_on)s everyone sees that it is overdue.\n"
                "\n"
                "%(way)s"
            ),
            opens_a_door=True,
        ),
        "update.due_soon": Kind(
            subject=gettext_lazy("Step %(label)s is due on %(due)s"),
            body=gettext_lazy(
                "In two weeks a step of commitment %(number)s of %(plan)s is due.\n"
                "\n"
                "%(steps)s\n"
                "\n"
                "If it is done, say so with evidence. If it will be late, say by when, and why: "
                "both dates stay side by side in public.\n"
                "\n"
                "%(way)s"
            ),
            opens_a_door=True,
        ),
        "update.missed": Kind(
            subject=gettext_lazy("Commitment %(number)s: no word since %(due_on)s"),
            body=gettext_lazy(
                "An update on commitment %(number)s of %(plan)s was due on %(due_on)s and has "
                "not come. Everyone now reads “no word” beside:\n"
                "\n"
                "%(steps)s\n"
                "\n"
                "You are written to once, as the director. The next update ends it. You or your "
                "focal point can give it here, in a minute and without a password:\n"
                "%(page)s"
            ),
            opens_a_door=True,
        ),
        "update.received": Kind(
            subject=gettext_lazy("Commitment %(number)s: your update is public"),
            body=gettext_lazy(
                "Your update on commitment %(number)s of %(plan)s is public:\n"
                "\n"
                "%(steps)s\n"
                "\n"
                "%(address)s\n"
                "\n"
                "For ten minutes, until %(until)s, you can correct it here:\n"
                "%(page)s"
            ),
            opens_a_door=True,
        ),
        "update.notice": Kind(
            subject=gettext_lazy("Commitment %(number)s: your body posted an update"),
            body=gettext_lazy(
                "%(agency)s posted an update on commitment %(number)s of %(plan)s:\n"
                "\n"
                "%(steps)s\n"
                "\n"
                "%(address)s\n"
                "\n"
                "You get this as the other contact of your body. If something in it is wrong, it "
                "can be corrected or followed by another update here:\n"
                "%(page)s"
            ),
            opens_a_door=True,
        ),
        "update.shared": Kind(
            subject=gettext_lazy("Commitment %(number)s: a draft update for you to look at"),
            body=gettext_lazy(
                "%(from_name)s wrote an update on commitment %(number)s of %(plan)s and asks you "
                "to look at it before it is posted. It is public only once one of you posts "
                "it.\n"
                "\n"
                "%(page)s"
            ),
            opens_a_door=True,
        ),
        "proposal.done": Kind(
            subject=gettext_lazy("What you proposed in %(label)s is done"),
            body=gettext_lazy(
                "You proposed (%(label)s, %(proposed)s):\n"
                "%(title)s\n"
                "%(way)s\n"
                "\n"
                "This last step is done, its body says (%(done)s):\n"
                "%(said)s\n"
                "\n"
                "The whole thread, from your words to this step, to read and to print:\n"
                "%(page)s\n"
                "The commitment, with its evidence:\n"
                "%(commitment)s"
            ),
        ),
    }
)


# --- who is written to ---------------------------------------------------------------------------


def contact_of(slug: str, commitment: str, duty: str = Duty.FOCAL) -> FocalPoint | None:
    """Who answers in a body for a commitment (`commitment:1-6`); a division without anyone of its
    own is answered for by the body above it.
    """
    found = focal_point_of(slug, commitment, duty)
    if found:
        return found
    mother = Agency.objects.filter(slug=slug).values_list("parent__slug", flat=True).first()
    return focal_point_of(mother, commitment, duty) if mother else None


def task_of(period: ReportingPeriod, commitment: int) -> str:
    """What a link is for: `update:1-6-2` is commitment 6 of plan 1 in its period 2."""
    return f"update:{period.plan.number}-{commitment}-{period.number}"


def _write(
    focal: FocalPoint,
    kind: str,
    why: str,
    period: ReportingPeriod,
    steps: list[Any],
    at: datetime,
    **facts: Any,
) -> None:
    """Write to a contact about milestones of one commitment, unless that letter was written."""
    if Letter.objects.filter(reason=f"{focal.holder}:{why}").exists():
        # A fresh link would be made for a letter that is not written.
        return
    commitment = steps[0].commitment
    task = task_of(period, commitment.number)
    token = issue_focal_link(task, focal, ends_at=at + GOOD_FOR, at=at)
    spoken = focal.language if focal.language in dict(settings.LANGUAGES) else "en"
    with translation.override(spoken):
        told = {
            "number": commitment.number,
            "plan": period.plan.title,
            "title": commitment.title,
            "steps": "\n".join(_line(step) for step in steps),
            "due_on": spell(period.due_on),
            "address": settings.INSTALLATION.address
            + reverse("commitment", args=[period.plan.number, commitment.number]),
            **facts,
        }
        page = settings.INSTALLATION.address + reverse("update", args=[token])
        told["way"] = str(_WAY) % {"page": page}
    write_to_focal(focal, kind, why, "update", token, told, at)


def _line(step: Any) -> str:
    """A milestone in a line: what it is, where it stood when last said, its date."""
    language = translation.get_language() or "ko"
    words = f"{step.label} {step.title.say(language).words}"
    last = last_of(step)
    parts = []
    if last and last.status:
        parts.append(f"{STATUSES[MilestoneStatus(last.status)]}, {spell(last.said_on)}")
    if due := due_now(step):
        parts.append(f"~ {spell(due)}")
    return f"- {words}" + (f" ({'; '.join(parts)})" if parts else "")


# --- asked, reminded, missed ---------------------------------------------------------------------


def ask(event: UpdatesAsked, by: Actor, at: datetime) -> None:
    """Write to everyone who answers for a milestone of the period."""
    period = _period(event.about)
    for (slug, number), steps in asked_of(period.plan, period).items():
        focal = contact_of(slug, f"commitment:{period.plan.number}-{number}")
        if focal:
            _write(focal, "update.asked", f"asked:{task_of(period, number)}", period, steps, at)


def ask_newcomer(event: FocalPointsNamed | FocalPointHandedOver, by: Actor, at: datetime) -> None:
    """Write to whoever was just named what their body still has to tell of."""
    bodies = {one["agency"] for one in event.posts if one["duty"] == Duty.FOCAL}
    waiting = ReportingPeriod.objects.filter(asked_at__isnull=False, closed_at=None)
    for period in waiting.select_related("plan"):
        for (slug, number), steps in asked_of(period.plan, period).items():
            focal = contact_of(slug, f"commitment:{period.plan.number}-{number}")
            if focal and focal.agency.slug in bodies and focal.since == at:
                why = f"asked:{task_of(period, number)}"
                _write(focal, "update.asked", why, period, steps, at)


def remind_due(at: datetime) -> int:
    """Remind those whose update is due within two weeks, once each; how many were due."""
    today, count = timezone.localdate(at), 0
    waiting = ReportingPeriod.objects.filter(asked_at__isnull=False, closed_at=None)
    before = days_on(REMINDED_BEFORE, today)
    until = (today + before).isoformat()
    rows = waiting.filter(due_on__gte=today.isoformat(), due_on__lte=until)
    for period in rows.select_related("plan"):
        # Where there is no more time than that from the first letter on, half of it.
        time = period.due_day - timezone.localdate(_asked(period))
        begins = before if time > before else time / 2
        if today < period.due_day - begins:
            continue
        for (slug, number), steps in asked_of(period.plan, period).items():
            focal = contact_of(slug, f"commitment:{period.plan.number}-{number}")
            if focal:
                why = f"reminded:{task_of(period, number)}"
                _write(focal, "update.reminded", why, period, steps, at)
                count += 1
    return count


def _asked(period: ReportingPeriod) -> datetime:
    assert period.asked_at
    return period.asked_at


def remind_of_dates(at: datetime) -> int:
    """Two weeks before a milestone's own date, write to whoever answers for it, once."""
    today, count = timezone.localdate(at), 0
    waiting = ReportingPeriod.objects.filter(asked_at__isnull=False, closed_at=None)
    for period in waiting.select_related("plan"):
        for (slug, number), steps in asked_of(period.plan, None).items():
            for step in steps:
                due = due_now(step)
                if not due or not is_to_remind(last_day(due), today, answered=False):
                    continue
                focal = contact_of(slug, f"commitment:{period.plan.number}-{number}")
                if focal:
                    why = f"due:{period.plan.number}-{step.label}:{due}"
                    _write(
                        focal,
                        "update.due_soon",
                        why,
                        period,
                        [step],
                        at,
                        label=step.label,
                        due=spell_in(focal, due),
                    )
                    count += 1
    return count


def spell_in(focal: FocalPoint, day: str) -> str:
    """A date in the language in which a contact is written to."""
    with translation.override(
        focal.language if focal.language in dict(settings.LANGUAGES) else "en"
    ):
        return str(spell(day))


def tell_directors(event: NoWord, by: Actor, at: datetime) -> None:
    """Write to the director of each body that gave no word: once a period, and no more."""
    period = _period(event.about)
    for (slug, number), steps in asked_of(period.plan, period).items():
        director = contact_of(slug, f"commitment:{period.plan.number}-{number}", Duty.DIRECTOR)
        if director:
            _write(
                director, "update.missed", f"missed:{task_of(period, number)}", period, steps, at
            )


def _period(ref: str) -> ReportingPeriod:
    plan, _dash, number = ref.removeprefix("period:").partition("-")
    return find_period(int(plan), int(number))


# --- posted --------------------------------------------------------------------------------------


def tell_posted(event: UpdatePosted, by: Actor, at: datetime) -> None:
    """A receipt to whoever posted, and a notice to the body's other contact."""
    if not event.reports:
        return
    commitment = event.reports[0].milestone.commitment
    period = event.reports[0].period or open_period(commitment.plan)
    if period is None or by.agency is None:
        return
    wanted = {report.milestone_id for report in event.reports}
    steps = _steps(wanted)
    why = f"{event.about}:{'-'.join(str(report.pk) for report in event.reports[:3])}"
    agency = Agency.objects.get(slug=by.agency)
    for duty in (Duty.FOCAL, Duty.DIRECTOR):
        focal = contact_of(by.agency, event.about, duty)
        if focal is None:
            continue
        mine = focal.email == by.name
        until = {"until": event.reports[0].made_at + CORRECTED_WITHIN} if mine else {}
        kind = "update.received" if mine else "update.notice"
        _write(focal, kind, f"posted:{why}", period, steps, at, agency=agency.name, **until)


def _steps(keys: Iterable[int]) -> list[Any]:
    return read_steps(Milestone.objects.filter(pk__in=keys).order_by("position"))


def share_draft(
    focal: FocalPoint, director: FocalPoint, period: ReportingPeriod, step: Any, at: datetime
) -> None:
    """Send a draft's link to the director."""
    why = f"shared:{task_of(period, step.commitment.number)}:{at.isoformat()}"
    _write(director, "update.shared", why, period, [step], at, from_name=focal.name)


# --- to whoever proposed it ----------------------------------------------------------------------


def tell_authors(event: UpdatePosted, by: Actor, at: datetime) -> None:
    """Write once to each author whose proposal leads to a milestone that is done now.

    The letter waits until the update can't be corrected any more; a correction takes it back.
    """
    if not event.reports:
        return
    commitment = event.reports[0].milestone.commitment
    steps = _steps(commitment.milestones.values_list("pk", flat=True))
    whole = derive([standing_of(step, timezone.localdate(at)) for step in steps])
    for report in event.reports:
        threads = _threads(report.milestone)
        if event.corrected:
            _take_back(threads, report.milestone)
        if report.status == MilestoneStatus.DONE:
            # A thread that leads to no one milestone ends where the whole commitment is done.
            if whole.state == MilestoneStatus.DONE:
                threads |= _threads(report.milestone, whole=True)
            for thread in threads:
                for proposal in authors_of(thread.candidate_id):
                    _tell_done(proposal, thread, report, at)


def _threads(step: Milestone, *, whole: bool = False) -> set[GrownFrom]:
    rows = GrownFrom.objects.filter(commitment=step.commitment, ended_at=None)
    return set(rows.filter(milestone=None if whole else step).select_related("candidate"))


def authors_of(candidate: int) -> Iterable[Proposal]:
    """The proposals inside a candidate whose authors can be written to."""
    inside = Origin.objects.filter(candidate=candidate, ended_at=None).values("proposal")
    rows = Proposal.objects.filter(pk__in=inside, contact__isnull=False, contact__stopped_at=None)
    return rows.select_related("plan", "contact").defer("features")


def _take_back(threads: Iterable[GrownFrom], step: Milestone) -> None:
    for thread in threads:
        for proposal in authors_of(thread.candidate_id):
            outbox.take_back(f"{proposal.ref}:done:{step.label}")


def _tell_done(
    proposal: Proposal, thread: GrownFrom, report: MilestoneReport, at: datetime
) -> None:
    step = report.milestone

    def facts() -> dict[str, Any]:
        language = translation.get_language() or "ko"
        commitment = step.commitment
        way = [thread.candidate.title, commitment.title, step.title]
        return {
            "proposed": spell(proposal.proposed_on) if proposal.proposed_on else "",
            "way": "\n".join(f"→ {title.say(language).words}" for title in way),
            "said": report.text.say(language).words if report.text else "",
            "done": spell(report.done_on) if report.done_on else "",
            "commitment": settings.INSTALLATION.address
            + reverse("commitment", args=[commitment.plan.number, commitment.number])
            + f"#milestone-{step.label}",
        }

    why = f"done:{step.label}"
    tell_author(proposal, "proposal.done", why, facts, at, after=CORRECTED_WITHIN)
