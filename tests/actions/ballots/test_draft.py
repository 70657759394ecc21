from datetime import timedelta

import pytest

from madang.ballots.actions.draft import draft_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.models import Ballot
from madang.ballots.reading import text_digest
from madang.documents.files import canonical_digest
from madang.foundation.actors import ANONYMOUS, CLOCK, LOADER
from madang.foundation.texts import Text
from madang.meetings.models import Meeting
from madang.members.models import Forum, Holding, RulesVersion
from madang.record.guard import writing
from tests.actions.ballots.looking import last_entry, refused
from tests.makers.ballots import (
    CLOSES,
    DRAFTED,
    OPENS,
    QUESTION,
    a_closed_ballot,
    a_drafted_ballot,
    again,
    co_chair,
    papers,
    rules_that_ask_for_notice,
    seated,
    secretary,
    with_both_keys,
)

pytestmark = pytest.mark.usefixtures("practice_forum")
LATER = timedelta(days=30)


def highest():
    return Meeting.objects.filter(body=Forum.objects.get().body).order_by("-number")[0].number


def test_a_draft_is_the_next_meeting_of_the_forum_in_writing():
    before = highest()

    ballot = a_drafted_ballot()

    assert (ballot.meeting.number, ballot.round, ballot.status) == (before + 1, 1, "draft")
    assert (ballot.meeting.way, ballot.meeting.body) == ("in_writing", Forum.objects.get().body)
    assert (ballot.opens_at, ballot.closes_at) == (OPENS, CLOSES)
    assert (ballot.rules, ballot.counts, ballot.outcome, ballot.roll.count()) == (None,) * 3 + (0,)


def test_what_was_drafted_stands_in_the_record_by_its_hash():
    ballot = a_drafted_ballot()

    assert last_entry("ballot.drafted") == {
        "about": ballot.ref,
        "by": secretary().label,
        "meeting": ballot.meeting.number,
        "digest": text_digest(ballot),
        "papers": canonical_digest([paper["sha256"] for paper in papers()]),
        "opens_at": OPENS.isoformat(),
        "closes_at": CLOSES.isoformat(),
    }


def test_numbers_follow_one_another_and_none_is_given_twice():
    first = a_closed_ballot().meeting.number
    second = a_drafted_ballot(opens_at=OPENS + LATER, closes_at=CLOSES + LATER).meeting.number
    third = a_drafted_ballot(opens_at=OPENS + LATER, closes_at=CLOSES + LATER).meeting.number

    assert (second, third) == (first + 1, first + 2)


WITHOUT = {
    "no question": ({"question": Text({})}, "ballots.no_question"),
    "an empty question": ({"question": Text({"ko": "", "en": ""})}, "ballots.no_question"),
    "no reason for writing": ({"written_reason": ""}, "ballots.no_written_reason"),
    "a reason of one's own": ({"written_reason": "easier"}, "ballots.no_written_reason"),
    "a close before the opening": (
        {"opens_at": CLOSES, "closes_at": OPENS},
        "ballots.window_backwards",
    ),
    "a close at the opening": ({"closes_at": OPENS}, "ballots.window_backwards"),
    "a window in the past": (
        {"opens_at": DRAFTED - timedelta(days=2), "closes_at": DRAFTED},
        "ballots.window_past",
    ),
}


@pytest.mark.parametrize(("given", "code"), WITHOUT.values(), ids=WITHOUT)
def test_a_draft_that_lacks_something_is_refused(given, code):
    with refused(code):
        a_drafted_ballot(**given)


def test_where_no_rules_are_recorded_nothing_can_be_put_to_the_vote():
    with writing():
        RulesVersion.objects.all().update(figures=[])

    with refused("ballots.rule_not_recorded") as facts:
        a_drafted_ballot()
    assert facts == {"rule": "quorum"}


@pytest.mark.parametrize("rule", ["quorum", "majority", "tie"])
def test_a_rule_that_nobody_has_seen_is_not_filled_in(rule):
    version = RulesVersion.objects.get()
    for figure in version.figures:
        figure["figure"] = None if figure["key"] == rule else figure["figure"]
    with writing():
        version.save()

    with refused("ballots.rule_not_recorded") as facts:
        a_drafted_ballot()
    assert facts == {"rule": rule}


NOTICE = {
    "as many days before as the rules ask": ({"days": 7}, OPENS, ""),
    "a day too late": ({"days": 8}, OPENS, "ballots.notice_short"),
    # 15:00 in UTC is midnight of the next day in Seoul.
    "the last moment of the day before": (
        {"days": 7},
        OPENS - timedelta(microseconds=1),
        "ballots.notice_short",
    ),
    "no notice asked for": ({"days": 0}, DRAFTED, ""),
    "a figure that nobody has seen": (None, DRAFTED, ""),
    "a figure that is no number of days": ({"word": "soon"}, OPENS, "ballots.rule_not_understood"),
}


@pytest.mark.parametrize(("figure", "opens_at", "code"), NOTICE.values(), ids=NOTICE)
def test_a_ballot_opens_no_sooner_than_its_notice_is_over(figure, opens_at, code):
    rules_that_ask_for_notice(figure)

    if code:
        with refused(code):
            a_drafted_ballot(opens_at=opens_at)
    else:
        assert a_drafted_ballot(opens_at=opens_at).opens_at == opens_at


def test_a_notice_is_judged_when_the_opening_is_written_and_no_key_comes_too_late_for_it():
    rules_that_ask_for_notice({"days": 7})
    ballot = a_drafted_ballot()

    with_both_keys(ballot, at=OPENS - timedelta(minutes=1))
    open_ballot(ballot, by=CLOCK, at=OPENS)

    assert again(ballot).status == "open"


def test_rules_that_come_into_force_after_the_opening_do_not_count_yet():
    with writing():
        RulesVersion.objects.all().update(in_force_from="2026-03-10")

    with refused("ballots.rule_not_recorded"):
        a_drafted_ballot()


def test_rules_are_those_of_the_day_of_opening_in_the_time_zone_of_the_forum():
    # The opening is still 8 March in UTC and already the 9th in Seoul.
    with writing():
        RulesVersion.objects.all().update(in_force_from="2026-03-09")

    assert a_drafted_ballot().status == "draft"


def test_a_forum_without_members_on_that_day_votes_on_nothing():
    by = secretary()
    with writing():
        Holding.objects.all().update(ends="2026-03-08")

    with refused("ballots.no_roll"):
        draft_ballot(
            Forum.objects.get(),
            question=QUESTION,
            decides="plan:2",
            papers=[],
            written_reason="urgent",
            opens_at=OPENS,
            closes_at=CLOSES,
            by=by,
            at=DRAFTED,
        )


OTHERS = {
    "nobody": lambda: ANONYMOUS,
    "a member": lambda: seated("gov-1"),
    "a co-chair": lambda: co_chair("government"),
    "the clock": lambda: CLOCK,
    "the command line": lambda: LOADER,
}


@pytest.mark.parametrize("who", OTHERS.values(), ids=OTHERS)
def test_the_secretariat_alone_drafts(who, monkeypatch):
    monkeypatch.setattr("tests.makers.ballots.secretary", lambda at: who())

    with refused("record.not_allowed") as facts:
        a_drafted_ballot()
    assert facts == {"act": "ballot.draft"}


def test_one_meeting_has_one_ballot_a_round():
    ballot = a_drafted_ballot()

    assert Ballot.objects.filter(meeting=ballot.meeting).count() == 1
