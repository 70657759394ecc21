"""Drafting and revising a ballot: a form, a check page that shows everything, and only then the act."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from madang.ballots.actions.draft import draft_ballot
from madang.ballots.actions.draft_round import draft_round
from madang.ballots.actions.revise import revise_ballot
from madang.ballots.drafts import check_opening, check_round_after, check_text
from madang.ballots.models import Ballot
from madang.ballots.papers import plan_of, question_papers
from madang.ballots.reading import last_round_before, next_round, rules_on, text_digest
from madang.ballots.results import said_papers, said_result
from madang.ballots.rules.preparing import check_can_revise, notice_days
from madang.ballots.rules.rounds import check_after, compare_papers, split_ref
from madang.ballots.wording import REASONS, WRITTEN_RULE
from madang.documents.files import canonical_digest
from madang.drafting.actions.fix import fix_versions
from madang.foundation.refusals import NotNow, NotValid, Refusal
from madang.foundation.texts import Text
from madang.members.models import Forum
from madang.planning.models import Plan
from madang.plans.changing import change_at, change_papers
from madang.plans.models import ChangeRequest
from madang.web.pages.ballot_text import roll_of, text_shown
from madang.web.pages.desk_ballots import find_held, round_to_follow
from madang.web.sentences import sentence
from madang.web.still_open import still_open
from madang.web.tasks import plans_to_decide
from madang.web.typed import moment_of, typed

LONGEST_QUESTION = 500
MORNING, EVENING = time(9), time(18)
"""When a ballot opens and closes unless the secretariat says otherwise, in the forum's time zone."""
FIELDS = {
    "ballots.no_question": "question",
    "ballots.no_written_reason": "written_reason",
    "ballots.window_backwards": "closes_on",
    "ballots.window_past": "closes_on",
    "web.not_a_moment": "opens_on",
    "ballots.no_roll": "opens_on",
    "ballots.round_opens_early": "opens_on",
    "ballots.notice_short": "opens_on",
}
"""Which field a refusal is about; the first one where it is about none."""


@dataclass(frozen=True)
class Given:
    """What stands in the form, as it was typed."""

    question: dict[str, str]
    written_reason: str = ""
    opens_on: str = ""
    opens_time: str = ""
    closes_on: str = ""
    closes_time: str = ""
    base: str = ""
    papers: str = ""


@dataclass(frozen=True)
class Read:
    """What was typed, as the plain values an act takes."""

    question: Text
    written_reason: str
    opens_at: datetime
    closes_at: datetime


# --- the two pages -------------------------------------------------------------------------------


def new(request: Any) -> HttpResponse:
    """Put a plan before the forum: choose it, write the question, check, draft."""
    if change := _asked_change(request):
        return _on_change(request, change)
    plans = plans_to_decide(moment_of(request))
    plan = _chosen(request, plans)
    if plan is None:
        return _choose(request, plans)
    form = Form(request, plan, papers=lambda: question_papers(plan))
    if request.method != "POST":
        return form.page(_suggested(request, plan))

    def make(read: Read) -> str:
        at = moment_of(request)
        with transaction.atomic():
            fix_versions(plan, by=request.actor, at=at)
            event = draft_ballot(
                Forum.objects.get(pk=1),
                question=read.question,
                decides=plan.ref,
                papers=question_papers(plan),
                written_reason=read.written_reason,
                opens_at=read.opens_at,
                closes_at=read.closes_at,
                by=request.actor,
                at=at,
            )
        return event.about

    return form.answer(make)


def _on_change(request: Any, change: ChangeRequest) -> HttpResponse:
    """Ask the forum about a change of an adopted plan."""
    form = Form(request, None, papers=lambda: change_papers(change), change=change)
    if request.method != "POST":
        spoken = request.forum.languages
        question = {key: change_question(change, key) for key in spoken}
        return form.page(Given(question=question, **_next_week(request)))

    def make(read: Read) -> str:
        return draft_ballot(
            Forum.objects.get(pk=1),
            question=read.question,
            decides=change.ref,
            papers=change_papers(change),
            written_reason=read.written_reason,
            opens_at=read.opens_at,
            closes_at=read.closes_at,
            by=request.actor,
            at=moment_of(request),
        ).about

    return form.answer(make)


def revise(request: Any, address: str) -> HttpResponse:
    """Change a ballot that has not opened; both keys are void with it."""
    found = find_held(address)
    plan = plan_of(found)
    form = Form(request, plan, papers=lambda: _papers_now(found, plan), ballot=found)
    try:
        check_can_revise(found.status)
    except NotNow as problem:
        return (
            redirect("desk.ballot", address) if request.method == "GET" else form.refused(problem)
        )
    if request.method != "POST":
        return form.page(_as_it_is(found))

    def make(read: Read) -> str:
        at = moment_of(request)
        with transaction.atomic():
            if plan:
                fix_versions(plan, by=request.actor, at=at)
            event = revise_ballot(
                found,
                question=read.question,
                papers=_papers_now(found, plan),
                written_reason=read.written_reason,
                opens_at=read.opens_at,
                closes_at=read.closes_at,
                base=typed(request, "base"),
                by=request.actor,
                at=at,
            )
        return event.about

    return form.answer(make)


def again(request: Any, address: str) -> HttpResponse:
    """Put to the vote again what too few answered: the round before, with a new window."""
    found = round_to_follow(address)
    plan = plan_of(found)
    form = Form(request, plan, papers=lambda: _papers_now(found, plan), follows=found)
    at = moment_of(request)
    try:
        if request.method == "POST" and typed(request, "round", 20) != str(form.round):
            raise NotNow("ballots.round_followed")
        check_round_after(found, at=at)
    except NotNow as problem:
        if request.method == "GET":
            raise
        return form.refused(problem)
    if request.method != "POST":
        return form.page(_as_before(request, found))

    def make(read: Read) -> str:
        with transaction.atomic():
            if plan:
                fix_versions(plan, by=request.actor, at=at)
            event = draft_round(
                found,
                question=read.question,
                papers=_papers_now(found, plan),
                written_reason=read.written_reason,
                opens_at=read.opens_at,
                closes_at=read.closes_at,
                by=request.actor,
                at=at,
            )
        return event.about

    return form.answer(make)


# --- the form ------------------------------------------------------------------------------------


class Form:
    """The form of a ballot with its check page; what was typed is never lost."""

    def __init__(
        self,
        request: Any,
        plan: Plan | None,
        *,
        papers: Callable[[], list[dict[str, Any]]],
        ballot: Ballot | None = None,
        follows: Ballot | None = None,
        change: ChangeRequest | None = None,
    ) -> None:
        self.request, self.plan, self.papers, self.ballot = request, plan, papers, ballot
        self.follows, self.change = follows, change
        self.round = next_round(follows.meeting) if follows else None
        self.before = follows or (last_round_before(ballot) if ballot else None)
        self.languages = list(request.forum.languages)

    def answer(self, make: Callable[[Read], str]) -> HttpResponse:
        """What a press of one of the form's buttons comes to."""
        given, step = self.given(), self.request.POST.get("step", "check")
        if step == "change":
            return self.page(given)
        try:
            read = self.read()
            self.check(read)
            if step != "make" or self.papers_changed():
                return self.check_page(given, read, changed=step == "make")
            about = make(read)
        except Refusal as problem:
            return self.page(given, problem)
        return HttpResponseRedirect(reverse("ballot", args=[split_ref(about)[0]]))

    def given(self) -> Given:
        """What was typed, as it came, for showing it again."""
        post = self.request.POST
        plain = {f.name: post.get(f.name, "")[:200] for f in fields(Given) if f.name != "question"}
        question = {key: post.get(f"question_{key}", "")[:4000] for key in self.languages}
        return Given(question=question, **plain)

    def read(self) -> Read:
        """What was typed, as values.

        Raises NotValid: web.unreadable, web.too_much, web.not_a_moment.
        """
        request = self.request
        asked = {key: typed(request, f"question_{key}", LONGEST_QUESTION) for key in self.languages}
        return Read(
            question=Text({key: words or None for key, words in asked.items()}),
            written_reason=typed(request, "written_reason", most=40),
            opens_at=_moment(typed(request, "opens_on", 20), typed(request, "opens_time", 20)),
            closes_at=_moment(typed(request, "closes_on", 20), typed(request, "closes_time", 20)),
        )

    def check(self, read: Read) -> None:
        at = moment_of(self.request)
        window = {"opens_at": read.opens_at, "closes_at": read.closes_at}
        check_text(read.question, read.written_reason, **window, at=at)
        announced = self.ballot.opens_at if self.ballot else None
        check_opening(read.opens_at, at=at, announced=announced)
        if self.before:
            check_after(self.before.closed_at, opens_at=read.opens_at)

    def papers_changed(self) -> bool:
        """Whether the papers are others than the check page showed."""
        return bool(typed(self.request, "papers") != canonical_digest(self.papers()))

    def page(self, given: Given, problem: Refusal | None = None) -> HttpResponse:
        """The form, with what was typed and what is wrong with it."""
        shown = {
            **self._shown(given),
            "questions": list(given.question.items()),
            "reasons": [(str(key), words) for key, words in REASONS.items()],
            "written_rule": WRITTEN_RULE,
            "zone": timezone.localtime(moment_of(self.request)).tzname(),
            "problem": problem and sentence(problem),
            "about": FIELDS.get(problem.code, "question") if problem else "",
        }
        status = problem.status if problem else 200
        return render(self.request, "web/desk_ballot_form.html", shown, status=status)

    def check_page(self, given: Given, read: Read, *, changed: bool) -> HttpResponse:
        """Everything that will be laid before the co-chairs, before it is."""
        draft = Ballot(
            question=read.question,
            decides=self.decides(),
            papers=self.papers(),
            written_reason=read.written_reason,
            opens_at=read.opens_at,
            closes_at=read.closes_at,
        )
        shown = {
            **self._shown(given),
            "text": text_shown(draft, self.languages, roll_of(draft)),
            "papers_said": self.papers_said(draft),
            "still_open": still_open(self.plan, moment_of(self.request)) if self.plan else [],
            "hidden": [*((f"question_{k}", v) for k, v in given.question.items()), *_plain(given)],
            "problem": sentence(NotNow("web.papers_changed")) if changed else "",
        }
        status = 409 if changed else 200
        return render(self.request, "web/desk_ballot_check.html", shown, status=status)

    def decides(self) -> str:
        """The ref of what is put to the vote; empty where nothing is chosen yet."""
        about, held = self.plan or self.change, self.ballot or self.follows
        return about.ref if about else held.decides if held else ""

    def papers_said(self, draft: Ballot) -> str:
        """How the papers differ from those of the round before, where there was one."""
        if self.before is None:
            return ""
        return said_papers(compare_papers(self.before.papers, draft.papers), self.before.round)

    def refused(self, problem: Refusal) -> HttpResponse:
        """The typed text once more, though nothing can come of it any more."""
        return self.page(self.given(), problem)

    def _shown(self, given: Given) -> dict[str, Any]:
        base = text_digest(self.ballot) if self.ballot else ""
        return {
            "given": given,
            "plan": self.plan,
            "change": self.change,
            "ballot": self.ballot,
            "base": base,
            "follows": self.follows,
            "round": self.round,
            "result": said_result(self.follows) if self.follows and self.follows.outcome else "",
        }


def _plain(given: Given) -> list[tuple[str, str]]:
    names = ("written_reason", "opens_on", "opens_time", "closes_on", "closes_time", "base")
    return [(name, getattr(given, name)) for name in names]


def _moment(day: str, clock: str) -> datetime:
    """A day and a time in the forum's time zone as a moment.

    Raises NotValid: web.not_a_moment.
    """
    try:
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
        if local.tzinfo or not 2000 <= local.year < 2200:
            raise ValueError(day)
    except ValueError as error:
        raise NotValid("web.not_a_moment") from error
    return local.replace(tzinfo=timezone.get_current_timezone()).astimezone(UTC)


# --- what the form begins with -------------------------------------------------------------------


def _chosen(request: HttpRequest, plans: list[Plan]) -> Plan | None:
    """The plan that was asked for; the only one, where there is one and none was asked for."""
    asked = request.POST.get("plan") or request.GET.get("plan")
    if asked is None:
        return plans[0] if len(plans) == 1 else None
    return next((plan for plan in plans if str(plan.number) == asked), None)


def _asked_change(request: HttpRequest) -> ChangeRequest | None:
    """The change of an adopted plan that the forum is to be asked about, where one was chosen."""
    asked = request.POST.get("change") or request.GET.get("change") or ""
    return change_at(f"change:{asked[:20]}")


def _choose(request: HttpRequest, plans: list[Plan]) -> HttpResponse:
    return render(request, "web/desk_ballot_choose.html", {"plans": plans})


def _papers_now(ballot: Ballot, plan: Plan | None) -> list[dict[str, Any]]:
    """The plan's commitments as they read now, or the papers it has where there is no such plan."""
    return question_papers(plan) if plan else list(ballot.papers)


def _suggested(request: HttpRequest, plan: Plan) -> Given:
    """A question and a window to begin with."""
    spoken = request.forum.languages  # type: ignore[attr-defined]
    question = {key: suggested_question(plan.title, key) for key in spoken}
    return Given(question=question, **_next_week(request))


def _as_before(request: HttpRequest, earlier: Ballot) -> Given:
    """What the round before asked and why in writing, in a window of its own."""
    asked, spoken = earlier.question.words, request.forum.languages  # type: ignore[attr-defined]
    return Given(
        question={key: asked.get(key) or "" for key in spoken},
        written_reason=earlier.written_reason or "",
        **_next_week(request),
    )


def _next_week(request: HttpRequest) -> dict[str, str]:
    """From the next working morning for a week; later where the rules of today ask for notice."""
    here = timezone.localtime(moment_of(request))
    opens = _working_morning(here, in_days=max(1, notice_days(rules_on(str(here.date()))) or 0))
    closes = opens + timedelta(days=7)
    return {
        "opens_on": opens.date().isoformat(),
        "opens_time": f"{MORNING:%H:%M}",
        "closes_on": closes.date().isoformat(),
        "closes_time": f"{EVENING:%H:%M}",
    }


def _as_it_is(ballot: Ballot) -> Given:
    assert ballot.opens_at and ballot.closes_at
    opens, closes = timezone.localtime(ballot.opens_at), timezone.localtime(ballot.closes_at)
    return Given(
        question={key: ballot.question.words.get(key) or "" for key in ballot.question.words},
        written_reason=ballot.written_reason or "",
        opens_on=opens.date().isoformat(),
        opens_time=f"{opens:%H:%M}",
        closes_on=closes.date().isoformat(),
        closes_time=f"{closes:%H:%M}",
    )


def _working_morning(here: datetime, *, in_days: int) -> datetime:
    """The first one that is at least so many days away."""
    day = here.date() + timedelta(days=in_days)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING)


def suggested_question(title: Text, language: str) -> str:
    """The question on a plan in Korean and English; other languages write their own."""
    name = title.words.get(language) or ""
    if not name:
        return ""
    if language == "ko":
        return f"{name}{_object_particle(name)} 이 안대로 의결합니까?"
    return f"Is the {name} adopted as it stands in the papers?" if language == "en" else ""


def change_question(change: ChangeRequest, language: str) -> str:
    """The question on a change in Korean and English; other languages write their own."""
    name = change.commitment.title.words.get(language) or ""
    if not name:
        return ""
    number = change.commitment.number
    if language == "ko":
        return f"과제 {number} ‘{name}’{_object_particle(name)} 이 안대로 바꾸는 데 찬성하십니까?"
    if language == "en":
        return f"Is commitment {number}, “{name}”, changed as it stands in the papers?"
    return ""


def _object_particle(word: str) -> str:
    """를 after a vowel, 을 after a consonant; 을(를) after what is no Hangul syllable."""
    last = ord(word[-1]) - 0xAC00
    if not 0 <= last < 11172:
        return "을(를)"
    return "을" if last % 28 else "를"
