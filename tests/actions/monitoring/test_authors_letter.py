"""The letter to whoever proposed what is done now: once, after the ten minutes, never for nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from madang.calls.models import Contact, Proposal
from madang.drafting.models import GrownFrom
from madang.letters.models import Letter
from madang.members.focal import actor_of_focal
from madang.monitoring.actions.update import Entry, post_update
from madang.monitoring.letters import contact_of
from madang.monitoring.models import MilestoneReport, ReportingPeriod
from madang.monitoring.rules.updating import Update
from madang.monitoring.rules.words import ENDED
from madang.record.guard import writing
from madang.taskforces.models import Origin

pytestmark = pytest.mark.usefixtures("rehearsed_forum")
DONE = Update("done", "다 되었습니다.", links=("https://gaon.example/x",))


@pytest.fixture
def thread() -> GrownFrom:
    """A thread to a milestone that is still open, with an author who left an address."""
    ended = MilestoneReport.objects.filter(status__in=ENDED).values("milestone")
    found = GrownFrom.objects.filter(ended_at=None, commitment__plan__number=1).exclude(
        milestone=None
    )
    row = found.exclude(milestone__in=ended).select_related("commitment__plan", "milestone")[0]
    inside = Origin.objects.filter(candidate=row.candidate, ended_at=None).values("proposal")
    with writing():
        for n, one in enumerate(Proposal.objects.filter(pk__in=inside)):
            email = {"email": f"author{n}@people.example", "language": "ko"}
            Contact.objects.update_or_create(proposal=one, defaults=email)
    return row


def tell(thread: GrownFrom, update: Update, at: datetime, **more: Any) -> None:
    commitment, step = thread.commitment, thread.milestone
    assert step
    slug = step.agency.slug if step.agency else "planning"
    focal = contact_of(slug, commitment.ref)
    assert focal
    last = MilestoneReport.objects.filter(milestone=step).order_by("number").last()
    post_update(
        commitment,
        entries=[Entry(step.label, update, last.number if last else 0)],
        period=ReportingPeriod.objects.select_related("plan").get(asked_at__isnull=False),
        language="ko",
        nonce=f"{at}",
        by=actor_of_focal(focal),
        at=at,
        **more,
    )


def letters() -> Any:
    return Letter.objects.filter(kind="proposal.done")


def test_each_author_gets_one_letter_with_the_thread_once_it_is_done(thread):
    at = datetime.now(UTC)

    tell(thread, DONE, at)

    sent = list(letters())
    assert sent and len({one.to for one in sent}) == len(sent)
    words = sent[0].body
    assert thread.candidate.title.words["ko"] in words
    assert thread.milestone.title.words["ko"] in words
    assert all(one.next_try_at == at + timedelta(minutes=10) for one in sent)


def test_what_is_not_done_sends_nothing(thread):
    tell(
        thread, Update("late", "늦어집니다.", new_due="2099-03", cause="budget"), datetime.now(UTC)
    )

    assert not letters().exists()


def test_a_correction_takes_the_letter_back(thread):
    at = datetime.now(UTC)
    tell(thread, DONE, at)
    late = Update("late", "아직입니다.", new_due="2099-03", cause="budget")

    tell(thread, late, at + timedelta(minutes=3), correcting=True)

    assert not letters().exists()
