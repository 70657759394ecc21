"""`/u/<token>/`: a focal point tells where the steps of a commitment stand. One page, no password.

Opening it shows; nothing is chosen beforehand; the button posts. For ten minutes what was posted
can be corrected on the same page.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from madang.calls.attaching import check_size, forget_waiting, keep_waiting, take_file, waiting_name
from madang.documents.rules.attachments import KINDS
from madang.drafting.models import Commitment
from madang.foundation.answers import said
from madang.foundation.refusals import NotNow, NotValid, Refusal
from madang.letters.focal import FocalLink, focal_link
from madang.members.actions.focal import hand_over
from madang.members.models import Agency, Forum, normal_email
from madang.members.rules.focal import Duty
from madang.monitoring import letters
from madang.monitoring.actions.update import Entry, post_update
from madang.monitoring.models import MilestoneReport, ReportingPeriod, UpdateDraft
from madang.monitoring.reading import (
    bodies_of,
    find_commitment,
    find_period,
    last_of,
    standing_of,
    steps_of,
)
from madang.monitoring.rules.status import Standing, is_past
from madang.monitoring.rules.updating import CORRECTED_WITHIN, MOST_TEXT, UNCHANGED, Update
from madang.monitoring.rules.words import ENDED, MilestoneStatus
from madang.monitoring.words import CAUSES, CHOICES, STATUSES
from madang.web.pages.two_tongues import LINE, Values, all_typed, limited
from madang.web.sentences import sentence
from madang.web.typed import moment_of
from madang.web.whose import see_that_it_is_theirs

MOST_TYPED = 20_000
"""What is read of a text, in characters: more than may be sent, so that nothing typed is lost."""


@dataclass
class Place:
    """What a link opens: a commitment in a period, and the steps its body answers for."""

    link: FocalLink
    commitment: Commitment
    period: ReportingPeriod
    steps: list[Any]
    language: str
    at: datetime

    @property
    def address(self) -> str:
        return reverse("update", args=[self.link.token])

    @property
    def page_of(self) -> str:
        return reverse("commitment", args=[self.commitment.plan.number, self.commitment.number])

    @property
    def posted(self) -> list[MilestoneReport]:
        """What the body posted here and can still correct."""
        found = (last_of(step) for step in self.steps)
        return [
            one
            for one in found
            if one
            and one.reported_by == self.link.actor.label
            and one.period_id == self.period.pk
            and self.at < one.made_at + CORRECTED_WITHIN
        ]


def update(request: Any, token: str) -> HttpResponse:
    link = update_link(request, token)
    place = _place(link, moment_of(request))
    values = all_typed(request) if request.method == "POST" else {}
    problem: Refusal | None = None
    if request.method == "POST":
        try:
            return _act(request, place, values)
        except Refusal as refusal:
            problem = refusal
            # What another posted meanwhile is shown beside what was typed.
            place = _place(place.link, place.at)
            if problem.code == "monitoring.changed_meanwhile":
                values = {key: value for key, value in values.items() if not key.startswith("base")}
    return _show(request, place, values, problem)


def update_link(request: Any, token: str) -> FocalLink:
    """Raises NotFound and Gone: as `focal_link`. Raises NotAllowed: web.anothers_link."""
    link = focal_link(token, moment_of(request), for_task="update:")
    see_that_it_is_theirs(request, link.actor, link.focal.agency)
    return link


def _place(link: FocalLink, at: datetime) -> Place:
    plan, number, period = (int(part) for part in link.task.removeprefix("update:").split("-"))
    commitment = find_commitment(plan, number)
    steps = steps_of(commitment)
    bodies = bodies_of(steps, list(commitment.leads.select_related("agency")))
    units = Agency.objects.filter(parent=link.focal.agency).values_list("slug", flat=True)
    mine = {link.focal.agency.slug, *units}
    languages = Forum.objects.get(pk=1).languages
    return Place(
        link=link,
        commitment=commitment,
        period=find_period(plan, period),
        steps=[step for step in steps if bodies.get(step.pk) in mine],
        language=link.focal.language if link.focal.language in languages else languages[0],
        at=at,
    )


# --- what is sent --------------------------------------------------------------------------------


def _act(request: Any, place: Place, values: Values) -> HttpResponse:
    asked = values.get("step", "post")
    if asked == "hand-over":
        return _hand_over(request, place, values)
    if asked == "share":
        _share(place, values)
        return HttpResponseRedirect(f"{place.address}?shared=1")
    correcting = asked == "correct"
    _take_files(request, place, values)
    entries = [
        _entry(place, step, values)
        for step in place.steps
        if values.get(f"status-{step.label}") and (correcting or _is_open(step))
    ]
    try:
        post_update(
            place.commitment,
            entries=entries,
            period=place.period,
            language=place.language,
            nonce=limited(values, "nonce", 64),
            correcting=correcting,
            by=place.link.actor,
            at=place.at,
        )
    except NotNow as problem:
        # A form sent twice is one update; its sender sees the same receipt.
        if problem.code != "monitoring.posted_before":
            raise
    UpdateDraft.objects.filter(task=_draft_key(place)).delete()
    for step in place.steps:
        forget_waiting(values.get(f"token-{step.label}", "")[:60])
    return HttpResponseRedirect(f"{place.address}?posted=1")


def _entry(place: Place, step: Any, values: Values) -> Entry:
    def typed(name: str, most: int = MOST_TYPED) -> str:
        try:
            return limited(values, f"{name}-{step.label}", most)
        except Refusal as problem:
            problem.facts |= {"field": name, "step": step.label}
            raise

    base = values.get(f"base-{step.label}", "")
    file = keep_waiting(values.get(f"token-{step.label}", "")[:60], place.at)
    links = tuple(typed("link").split())
    return Entry(
        label=step.label,
        update=Update(
            status=typed("status", 20),
            text=" ".join(typed("text").split()),
            links=links,
            done_on=typed("done_on", LINE),
            new_due=typed("new_due", LINE),
            cause=typed("cause", 40),
            reason=" ".join(typed("reason").split()),
        ),
        base=int(base) if base.isdecimal() and len(base) < 8 else 0,
        files=(file,) if file else (),
    )


def _take_files(request: Any, place: Place, values: Values) -> None:
    """Let the files that were chosen wait, so that none is chosen twice while the rest is mended.

    Raises what `check_size` and `take_file` raise, with the step it is about.
    """
    for step in place.steps:
        chosen = request.FILES.get(f"file-{step.label}")
        if chosen is None:
            continue
        try:
            check_size(chosen.size)
            token = take_file(str(chosen.name or ""), chosen.read(), place.at)
        except Refusal as problem:
            problem.facts["step"] = step.label
            raise
        values[f"token-{step.label}"] = token


def _hand_over(request: Any, place: Place, values: Values) -> HttpResponse:
    email, name = normal_email(limited(values, "email", LINE)), limited(values, "name", LINE)
    focal = place.link.focal
    hand_over(focal, name=name, email=email, by=place.link.actor, at=place.at)
    shown = {"agency": focal.agency, "email": email}
    return render(request, "web/focal_handed_over.html", shown)


# --- a draft inside the body ---------------------------------------------------------------------


def _draft_key(place: Place) -> str:
    return f"{place.link.task}:{place.link.focal.agency.slug}"


def _share(place: Place, values: Values) -> None:
    """Keep what was typed for the body's other contact, and write to them. Nothing is public."""
    me = place.link.focal
    other = Duty.DIRECTOR if me.duty == Duty.FOCAL else Duty.FOCAL
    about = f"commitment:{place.commitment.plan.number}-{place.commitment.number}"
    contact = letters.contact_of(me.agency.slug, about, other)
    if contact is None or contact.email == me.email:
        raise NotValid("monitoring.nobody_to_share_with")
    kept = {
        key: value[:MOST_TYPED] for key, value in values.items() if key.split("-")[0] in DRAFTED
    }
    with transaction.atomic():
        UpdateDraft.objects.update_or_create(
            task=_draft_key(place), defaults={"fields": kept, "by": me.email, "made_at": place.at}
        )
        letters.share_draft(me, contact, place.period, place.steps[0], place.at)


DRAFTED = ("status", "text", "link", "done_on", "new_due", "cause", "reason")


# --- what is shown -------------------------------------------------------------------------------


def _is_open(step: Any) -> bool:
    last = last_of(step)
    return last is None or last.status not in ENDED


def _show(
    request: Any, place: Place, values: Values, problem: Refusal | None = None
) -> HttpResponse:
    posted = place.posted
    correcting = bool(posted) and ("correct" in request.GET or values.get("step") == "correct")
    draft = UpdateDraft.objects.filter(task=_draft_key(place)).first()
    if draft and not values:
        values = dict(draft.fields)
    if correcting and not values:
        values = _as_posted(posted)
    told = {one.milestone_id for one in posted}
    steps = [step for step in place.steps if (step.pk in told if correcting else _is_open(step))]
    step = problem.facts.get("step") if problem else None
    field = problem.facts.get("field", "status") if problem else ""
    closed = place.period.closed_at
    shown = {
        "place": place,
        "commitment": place.commitment,
        "plan": place.commitment.plan,
        "agency": place.link.focal.agency,
        "steps": [_step(one, place, values, problem) for one in steps],
        "correcting": correcting,
        "posted": [] if correcting else [_posted(one) for one in posted],
        "until": min(one.made_at for one in posted) + CORRECTED_WITHIN if posted else None,
        "shared": "shared" in request.GET,
        "draft": draft,
        "causes": CAUSES.items(),
        "most": MOST_TEXT,
        "nonce": values.get("nonce", "")[:64] or secrets.token_urlsafe(16),
        "values": values,
        "closed_on": timezone.localdate(closed).isoformat() if closed else "",
        "problem": problem and sentence(problem),
        "where": _field_id(field, step, steps),
        "kinds": KINDS,
    }
    status = problem.status if problem else 200
    return render(request, "web/update.html", shown, status=status)


def _field_id(field: str, step: str | None, steps: list[Any]) -> str:
    if field in ("name", "email"):
        return field
    label = step or (steps[0].label if steps else "")
    return f"{field}-{label}"


def _step(step: Any, place: Place, values: Values, problem: Refusal | None) -> dict[str, Any]:
    """A step as the form shows it, with what was typed and what is wrong with it."""
    today = timezone.localdate(place.at)
    now, last = standing_of(step, today), last_of(step)
    mine = problem if problem and problem.facts.get("step") == step.label else None
    chosen = values.get(f"status-{step.label}", "")
    token = values.get(f"token-{step.label}", "")[:60]
    name = waiting_name(token, place.at)
    typed = {name: values.get(f"{name}-{step.label}", "") for name in DRAFTED}
    return {
        "label": step.label,
        "title": step.title,
        "due": now.due,
        "promised": now.promised if now.moved else None,
        "last": STATUSES[MilestoneStatus(now.known)] if now.known else None,
        "silent": now.status == MilestoneStatus.NO_WORD,
        "last_on": last.said_on if last else None,
        "base": values.get(f"base-{step.label}") or (last.number if last else 0),
        "choices": [
            (key, words, key == chosen)
            for key, words in CHOICES.items()
            if _is_offered(key, now, today) or key == chosen
        ],
        "past": is_past(now.due, today),
        "error": sentence(mine) if mine else "",
        "field": mine.facts.get("field", "status") if mine else "",
        "token": token if name else "",
        "file_name": name,
        **typed,
    }


def _is_offered(choice: str, now: Standing, today: date) -> bool:
    """Whether a choice can be true: what lies behind its date is late, done or stopped."""
    if choice == UNCHANGED and not now.known:
        return False
    ahead = not is_past(now.due, today)
    return ahead or choice in (MilestoneStatus.LATE, *ENDED)


def _as_posted(reports: list[MilestoneReport]) -> Values:
    """What was posted, as it was typed."""
    values: Values = {"step": "correct"}
    for report in reports:
        label = report.milestone.label
        values |= {
            f"status-{label}": report.status or "",
            f"text-{label}": said(report.text) or "",
            f"done_on-{label}": report.done_on or "",
            f"new_due-{label}": report.new_due or "",
            f"cause-{label}": report.cause or "",
            f"reason-{label}": said(report.reason) or "",
            f"link-{label}": "\n".join(one.url for one in report.evidence.all() if one.url),
        }
    return values


def _posted(report: MilestoneReport) -> dict[str, Any]:
    status = MilestoneStatus(report.status) if report.status else None
    return {
        "label": report.milestone.label,
        "status": STATUSES[status] if status else report.status_as_in_source,
        "new_due": report.new_due,
    }
