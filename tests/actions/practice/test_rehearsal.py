"""The rehearsal of a practice forum: two votes in writing, held in its past by the real acts."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from madang.ballots.keys import standing_keys
from madang.ballots.models import Ballot, RollSeat, Vote
from madang.ballots.reading import last_votes
from madang.ballots.rules.tally import decide, read_rules, tally
from madang.ballots.turnout import turnouts
from madang.calls.models import Call, Proposal, Reply
from madang.calls.replying import counted
from madang.config.commands.rehearse import first_moment
from madang.config.days import play
from madang.config.rehearsal import rehearse
from madang.config.rehearsed_call import sent
from madang.config.rehearsed_updates import begin, read_example, road
from madang.consultation import models as consultation
from madang.consultation.links import speaker
from madang.drafting.actions.fix import fix_versions
from madang.drafting.models import Commitment, CommitmentVersion, Suggestion
from madang.drafting.versions import direction_paper
from madang.foundation.actors import CLOCK
from madang.letters.models import Letter
from madang.members.actors import actor_of
from madang.members.models import Account
from madang.monitoring.due import silent_due
from madang.monitoring.models import Assessment, MilestoneReport, Opinion, ReportingPeriod
from madang.monitoring.rules.status import is_overdue
from madang.planning.models import Plan
from madang.plans.models import ChangeRequest
from madang.record import log
from madang.record.verify import Verdict, verify
from madang.taskforces.models import Candidate, Placement
from tests.actions.practice.test_sorting import seated
from tests.makers.focal import address_in
from tests.makers.plans import SECRETARY

SEOUL = ZoneInfo("Asia/Seoul")
NOON = datetime(2026, 11, 23, 12, tzinfo=SEOUL)


def both() -> tuple[Ballot, Ballot]:
    earlier, present = Ballot.objects.exclude(status="recorded").order_by("pk")
    return earlier, present


def test_an_earlier_vote_is_over_and_the_present_one_is_open(rehearsed_forum: Any) -> None:
    earlier, present = both()

    assert (earlier.status, earlier.outcome, earlier.decides) == (
        "closed",
        "approved",
        "direction:2",
    )
    assert (present.status, present.outcome, present.decides) == ("open", None, "plan:2")
    assert turnouts([earlier, present]) == {earlier.pk: (27, 30), present.pk: (20, 30)}
    assert present.opens_at < datetime.now(UTC) < present.closes_at
    assert present.meeting.number == earlier.meeting.number + 1


def test_the_answers_are_varied_and_one_was_changed(rehearsed_forum: Any) -> None:
    earlier, present = both()

    assert earlier.counts == {"yes": 22, "no": 3, "abstain": 1, "recused": 1, "not_returned": 3}
    assert {vote.choice for vote in last_votes(present)} == {"yes", "no", "abstain", "recused"}
    assert [vote.version for vote in Vote.objects.filter(ballot=earlier, version__gt=1)] == [2]
    reasons = {vote.reason for vote in Vote.objects.exclude(reason="")}
    assert any(reason.isascii() for reason in reasons)
    assert not all(reason.isascii() for reason in reasons)


def test_the_result_can_be_counted_again(rehearsed_forum: Any) -> None:
    earlier, _ = both()
    roll = RollSeat.objects.filter(ballot=earlier).values_list("seat__number", flat=True)
    answers = {vote.seat.number: vote.choice for vote in last_votes(earlier)}

    assert decide(tally(answers, roll), read_rules(earlier.rules)).outcome == earlier.outcome


def test_what_is_voted_on_is_each_commitment_by_its_hash(rehearsed_forum: Any) -> None:
    _, present = both()

    versions = CommitmentVersion.objects.filter(commitment__plan__number=2).order_by("number")
    fixed = {f"commitment:2-{one.commitment.number}": one.sha256 for one in versions}
    papers = {paper["ref"]: paper["sha256"] for paper in present.papers}
    assert papers.pop("plan:2") == direction_paper(Plan.objects.get(number=2))["sha256"]
    assert papers == fixed and len(fixed) == 7


def test_a_wording_that_is_fixed_already_is_not_fixed_again(rehearsed_forum: Any) -> None:
    plan, at = Plan.objects.get(number=2), datetime.now(UTC)
    kept = CommitmentVersion.objects.count()
    secretary = actor_of(Account.objects.filter(grants__role="secretariat")[0], on="2026-11-23")

    event = fix_versions(plan, by=secretary, at=at)

    assert (event.commitments, event.new) == (7, 0)
    assert CommitmentVersion.objects.count() == kept


def test_the_record_is_whole_and_its_moments_go_forwards(rehearsed_forum: Any) -> None:
    entries = list(log.entries().order_by("index"))

    assert verify().verdict == Verdict.FINE
    assert all(before.at <= after.at for before, after in pairwise(entries))
    assert entries[-1].at < datetime.now(UTC)
    assert timedelta(days=39) < datetime.now(UTC) - entries[0].at < timedelta(days=41)
    many = (
        *("ballot.cast", "proposal.received", "proposal.marked"),
        *("group.joined", "group.placed", "candidate.argued", "candidate.scored"),
        *("commitment.tied", "candidate.set_aside", "candidate.written"),
        *("comment.received", "comment.answer_written"),
        *("draft.given_to_group", "draft.lead_named", "draft.grown"),
        *("suggestion.made", "suggestion.answered", "homework.given", "homework.finished"),
        *("group.meeting_called", "group.meeting_noted"),
        *("update.posted", "update.weighed", "evidence.looked", "update.translated"),
    )
    kinds = [entry.kind for entry in entries if entry.kind not in many]
    assert kinds == [
        "forum.opened",
        "forum.loaded",
        *["call.recorded", "proposals.imported"],
        *["group.formed"] * 3,
        *["candidate.opened"] * 21,
        *["replies.written", "replies.published"],
        *["focal.named", "consultation.asked"],
        *["focal.named", "periods.set", "comments.announced"],
        *["plan.directed", "plan.announced", "call.announced", "updates.asked"],
        *["comments.opened", "comment.hiding_asked", "comment.hidden", "comments.closed"],
        *["commitment.written"] * 3,
        "comments.answered",
        *["consultation.delegated", "opinion.given", "opinion.given"],
        "call.opened",
        *["ballot.drafted", "key.turned", "key.turned", "ballot.opened", "ballot.closed"],
        "decision.fixed",
        *["change.requested", "change.keyed", "change.keyed", "commitment.amended"],
        *["assessment.begun", "assessment.written", "assessment.put_out", "group.formed"],
        *["texts.fixed", "ballot.drafted", "key.turned", "key.turned", "plan.frozen"],
        "ballot.opened",
        *["group.formed"] * 4,
        *["candidate.opened"] * 3,
        "consultation.asked",
        *["change.requested", "change.keyed"],
    ]


def test_two_agencies_were_asked_about_the_second_plans_drafts_and_one_declines(
    rehearsed_forum: Any,
) -> None:
    ahead, request = consultation.Request.objects.select_related("plan").order_by("-plan__number")
    said = {
        (one.asked.agency.slug, one.asked.commitment.number): (one.stance, one.late)
        for one in consultation.Opinion.objects.select_related("asked__agency", "asked__commitment")
    }

    assert request.why_shorter is None and request.due_at < datetime.now(UTC)
    assert said == {
        ("digital", 1): ("decline", False),
        ("digital", 3): ("accept", False),
        ("welfare", 1): ("accept", False),
        ("welfare", 3): ("partly", False),
    }
    letter = Letter.objects.filter(
        kind="consultation.asked", to="tak-hanui@practice.example"
    ).earliest("pk")
    assert ahead.plan.number == 3 and ahead.due_at > datetime.now(UTC)
    assert speaker(address_in(letter, "c").split("/")[-2], datetime.now(UTC)).request == request


def test_the_third_plans_call_is_open_and_has_its_proposals(rehearsed_forum: Any) -> None:
    call = Call.objects.get(plan__number=3)

    assert (call.plan.number, call.status, call.notice_reason) == (3, "open", None)
    assert call.opens_at < datetime.now(UTC) < call.closes_at
    kept = list(Proposal.objects.filter(plan__number=3).order_by("number"))
    assert len(kept) == len(sent()) and {row.state for row in kept} == {"public"}
    assert {row.language for row in kept} == {"ko", "en"}
    assert all(row.received_at < datetime.now(UTC) for row in kept)
    assert [row.received_at for row in kept] == sorted(row.received_at for row in kept)


def test_the_first_plans_seventy_proposals_are_brought_over_and_all_answered(
    rehearsed_forum: Any,
) -> None:
    plan = Plan.objects.get(number=1)
    call = Call.objects.get(plan=plan)

    assert (call.status, call.announced_at) == ("closed", None)
    assert counted(plan) == {"all": 70, "answered": 70, "asked": 0, "written": 0, "left": 0}
    first = Proposal.objects.get(plan=plan, number=1)
    assert (first.platform, first.outside_number, first.proposed_on) == (
        "가온시 누리집", "2025-001", "2025-08-04",
    )  # fmt: skip
    reply = Reply.objects.get(proposal=first)
    assert (reply.outcome, reply.subject) == ("in_plan", "commitment:1-1")
    assert first.area and first.area.text.words["en"] == "Fiscal transparency"
    assert not Proposal.objects.filter(plan=plan, area=None).exists()
    assert {row.state for row in Proposal.objects.filter(plan=plan)} == {"public"}
    assert set(Proposal.objects.filter(plan=plan).values_list("channel", flat=True)) == {
        "import", "paper", "telephone", "workshop",
    }  # fmt: skip


def test_its_groups_have_sorted_a_part_and_look_at_one_together(rehearsed_forum: Any) -> None:
    rows = Placement.objects.filter(group__plan__number=3)

    assert rows.filter(choice="join").count() == 7 and rows.filter(choice=None).count() >= 7
    assert rows.get(together=True).group.number == 3
    assert Proposal.objects.filter(plan__number=3, placement=None).count() == 4
    candidate = Candidate.objects.get(plan__number=3, number=1)
    assert candidate.scores.count() == 6 and candidate.arguments.count() == 3


@pytest.mark.parametrize("hour", [0, 12, 23], ids=["at midnight", "at noon", "late at night"])
def test_whenever_it_is_rehearsed_everything_lies_in_the_past(
    practice_forum: Any, hour: int
) -> None:
    now = NOON.replace(hour=hour, minute=0)

    rehearse(now)

    assert log.entries()[0].at < now
    hours = {
        (at.astimezone(SEOUL).hour, at.astimezone(SEOUL).minute)
        for ballot in both()
        for at in (ballot.opens_at, ballot.closes_at)
    }
    assert hours == {(9, 0), (18, 0)}
    voted = [at.astimezone(SEOUL).hour for at in Vote.objects.values_list("cast_at", flat=True)]
    assert min(voted) >= 9 and max(voted) < 18


def test_the_same_moment_gives_the_same_rehearsal(practice_forum: Any) -> None:
    rehearse(NOON)

    given = [(vote.seat.number, vote.choice, vote.cast_at) for vote in Vote.objects.order_by("pk")]
    assert given[0][2] == datetime(2026, 11, 6, 0, 35, tzinfo=UTC)
    assert len(given) == 48
    assert [seat for seat, _, _ in given[:3]] == ["gov-1", "cso-3", "cso-9"]


def test_a_practice_forum_begins_forty_days_ago_at_nine() -> None:
    assert first_moment(NOON, "Asia/Seoul") == datetime(2026, 10, 14, 9, tzinfo=SEOUL)


def test_the_second_plan_was_written_together_and_the_thirds_first_draft_waits(
    rehearsed_forum: Any,
) -> None:
    fates = Suggestion.objects.order_by("commitment__plan__number", "commitment", "number")

    assert list(fates.values_list("commitment__plan__number", "fate")) == [
        (2, "accepted"),
        (2, "accepted"),
        (2, "declined"),
        (2, "partly"),
        (3, None),
    ]
    drafted = Commitment.objects.exclude(group=None).order_by("plan__number", "number")
    sides = ["civil_society", "government"]
    for row in drafted:
        assert sorted(row.co_leads.values_list("side", flat=True)) == sides
    assert [(row.plan.number, row.number) for row in drafted] == [(2, 2), (2, 4), (3, 1)]
    assert drafted[2].origins["problem/ko"] == [["candidate:3-1"], ["candidate:3-1"]]


def test_the_first_plans_steps_stand_where_its_bodies_say(rehearsed_forum: Any) -> None:
    told = [step for one in read_example()["updates"] for step in one["steps"]]
    rows = MilestoneReport.objects.filter(milestone__commitment__plan__number=1)

    assert rows.count() == len(told)
    assert {"done", "late", "on_track", "stopped"} <= set(rows.values_list("status", flat=True))
    late = rows.filter(status="late", milestone__label="2.2").get()
    assert late.new_due > late.old_due and late.cause == "procurement"
    disputed = Opinion.objects.get(stance="disputed")
    assert (disputed.report.milestone.label, disputed.report.status) == ("3.2", "done")


def test_no_word_lies_a_week_ahead_of_the_practice_clock(rehearsed_forum: Any) -> None:
    period = ReportingPeriod.objects.get(asked_at__isnull=False)
    assert is_overdue(period.due_day, timezone.localdate(), answered=False)

    assert silent_due(CLOCK, datetime.now(UTC)) == 0
    assert silent_due(CLOCK, datetime.now(UTC) + timedelta(days=8)) == 1

    silent = MilestoneReport.objects.filter(status="no_word").values_list("milestone__label")
    assert ("4.1.1",) in silent and ("1.2",) not in silent


def test_whoever_starts_later_sees_later_dates(practice_forum: Any) -> None:
    here = datetime.now(SEOUL) + timedelta(days=1000)

    begin(SECRETARY, here)
    play(road(SECRETARY, here, seated))

    late = MilestoneReport.objects.filter(status="late").values_list("new_due", flat=True)
    assert late and all(str(day) > here.date().isoformat()[:7] for day in late)


def test_a_commitment_was_changed_another_change_waits_and_a_report_is_out(
    rehearsed_forum: Any,
) -> None:
    done, waiting = ChangeRequest.objects.order_by("number")

    assert (done.state, waiting.state) == ("in_force", "waiting")
    assert waiting.commitment.milestones.get(label="7.2").due == "2026-12-15"
    assert done.commitment.milestones.get(label="2.3").due == "2027-12-31"
    assert [key.side for key in standing_keys(waiting.ref)] == ["government"]
    assert Assessment.objects.get().state == "put_out"
