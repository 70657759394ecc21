"""An adopted plan changes by a request with a reason and both co-chairs' keys, and in no other way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madang.ballots.keys import standing_keys
from madang.drafting.actions.write import write_commitment
from madang.drafting.rules.draft import Step
from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotAllowed, NotFound, NotNow, NotValid
from madang.foundation.texts import Text
from madang.letters.models import Letter
from madang.meetings.models import AgendaItem, Meeting
from madang.members.models import Body, Forum, Source
from madang.plans.actions.amend import apply_change, decide_change, drop_change
from madang.plans.actions.due import papers_due
from madang.plans.models import AmendmentRule, ChangeRequest, Edition
from madang.plans.pages.change_data import difference
from madang.record import log
from madang.record.guard import writing
from tests.makers.ballots import co_chair, seated, secretary
from tests.makers.changes import (
    REASON,
    a_change,
    as_drafted,
    in_force,
    key_change,
    later,
    the_commitment,
)
from tests.makers.editions import KEYED
from tests.makers.plans import base_of

pytestmark = pytest.mark.usefixtures("practice_forum")


def editions():
    return Edition.objects.filter(plan__number=1)


def test_the_text_of_an_adopted_plan_is_not_edited():
    row = the_commitment()
    with pytest.raises(NotNow, match=r"planning\.published"):
        write_commitment(
            row.plan,
            number=1,
            draft=as_drafted(row, description=Text({"ko": "다른 글", "en": None})),
            base=base_of(row),
            by=secretary(),
            at=KEYED,
        )


def test_asking_changes_nothing_but_keeps_before_and_after():
    row = the_commitment()
    before, steps = base_of(row), list(row.milestones.values_list("label", "due"))

    change = a_change(row)

    assert base_of(row) == before == change.base.sha256
    assert list(row.milestones.values_list("label", "due")) == steps
    [moved] = difference(change)
    assert (moved["before"], moved["after"]) == (steps[-1][1], "2027-11-30")
    entry = log.said(log.about(change.ref)[0])["d"]
    assert (entry["before"], entry["after"]) == (before, change.sha256)


def test_both_co_chairs_are_asked_for_their_keys():
    a_change()

    letters = Letter.objects.filter(kind="change.keys_wanted")
    assert letters.count() == 2
    assert all("/desk/plans/1/changes/1/" in letter.body for letter in letters)


def test_with_both_keys_the_commitment_has_a_new_version_and_the_plan_a_new_edition():
    row = the_commitment()
    was, last = editions().get(), row.milestones.last()

    change = in_force(a_change(row))

    last.refresh_from_db()
    assert last.due == "2027-11-30"
    assert base_of(row) == change.sha256 == change.version.sha256
    edition = editions().get(number=2)
    assert (change.state, change.edition) == ("in_force", edition)
    assert edition.adopted_by == was.adopted_by
    others = set(was.versions.exclude(commitment=row))
    assert set(edition.versions.all()) == {*others, change.version}
    assert log.about(row.ref).filter(kind="commitment.amended").count() == 1
    assert papers_due(CLOCK, KEYED) == 1


def test_a_changed_text_keeps_what_its_paragraphs_go_back_to_and_says_what_changed_them():
    row = the_commitment()
    words = row.description.words["ko"]
    with writing():
        row.origins = {"description/ko": [["candidate:1-1"]]}
        row.save(update_fields=["origins"])
    before = Text({**row.description.words, "ko": f"새 첫 문단입니다.\n\n{words}"})

    change = in_force(a_change(row, draft=as_drafted(row, description=before)))

    row.refresh_from_db()
    assert row.origins["description/ko"] == [[change.ref], ["candidate:1-1"]]
    assert change.version.because == [change.ref]


def test_one_key_alone_changes_nothing_and_no_side_has_two():
    change = a_change()
    key_change(change, "government")

    with pytest.raises(NotNow, match=r"ballots\.key_turned"):
        key_change(change, "government")
    with pytest.raises(NotNow, match=r"plans\.change_keys_missing"):
        apply_change(change, by=co_chair("government"), at=KEYED)
    assert editions().count() == 1


@pytest.mark.parametrize("who", ["secretariat", "member", "clock"])
def test_nobody_but_a_co_chair_turns_a_key(who):
    change = a_change()
    actor = {"secretariat": secretary(), "member": seated("cso-5"), "clock": CLOCK}[who]
    with pytest.raises(NotAllowed):
        key_change(change, "government", by=actor)


def test_a_key_is_good_for_the_text_that_was_read():
    with pytest.raises(NotNow, match=r"ballots\.text_changed"):
        key_change(a_change(), "government", digest="0" * 64)


@pytest.mark.parametrize(
    ("given", "refused", "code"),
    [
        ({"reason": Text({"ko": "짧다", "en": None})}, NotValid, "plans.no_change_reason"),
        ({"kind": "refresh"}, NotNow, "plans.no_refresh"),
        ({"kind": "\x01"}, NotValid, "plans.no_change_kind"),
        ({"decided_by": "meeting:99"}, NotValid, "plans.no_such_decision"),
        ({"decided_by": "nonsense"}, NotValid, "plans.no_such_decision"),
        ({"base": "0" * 64}, NotNow, "drafting.changed_meanwhile"),
        ({"by": co_chair}, NotAllowed, "record.not_allowed"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_kept(given, refused, code):
    given = {key: value("government") if callable(value) else value for key, value in given.items()}
    with pytest.raises(refused, match=code):
        a_change(**given)
    assert not ChangeRequest.objects.exists()


def test_a_change_that_changes_nothing_is_none():
    row = the_commitment()
    with pytest.raises(NotNow, match=r"drafting\.nothing_changed"):
        a_change(row, draft=as_drafted(row))


def test_a_milestone_is_not_taken_out_and_a_new_one_gets_the_next_label():
    row = the_commitment()
    steps = later(row)
    with pytest.raises(NotValid, match=r"plans\.step_taken_out"):
        a_change(row, draft=as_drafted(row, steps=steps[1:]))

    new = Step(None, Text({"ko": "새 단계", "en": "A new step"}), Text(), due="2027-12")
    in_force(a_change(row, draft=as_drafted(row, steps=[*steps, new])))

    labels = list(row.milestones.values_list("label", flat=True))
    assert labels[-1] == f"1.{len(labels)}"


def test_one_change_of_a_commitment_waits_at_a_time():
    a_change()
    with pytest.raises(NotNow, match=r"plans\.change_waits"):
        a_change()
    assert a_change(the_commitment(2)).number == 2


def test_a_refused_change_stays_with_its_reason_and_its_keys_are_void():
    change = a_change()
    key_change(change, "government")

    drop_change(change, reason=REASON, by=co_chair("civil_society"), at=KEYED)

    change.refresh_from_db()
    assert (change.state, change.dropped_for) == ("dropped", REASON)
    with pytest.raises(NotNow, match=r"plans\.change_settled"):
        key_change(change, "civil_society")
    assert a_change().number == 2


def rule(key, figure):
    with writing():
        AmendmentRule.objects.all().delete()
        AmendmentRule.objects.create(
            key=key, title=REASON, figure=figure, starts="2020", source=Source.objects.all()[0]
        )


def test_where_the_rules_want_a_meeting_the_keys_wait_for_one():
    rule("decided-by", {"word": "meeting"})
    change = a_change()
    with pytest.raises(NotNow, match=r"plans\.change_wants_meeting"):
        key_change(change, "government")

    named(change, a_sitting(KEYED))

    assert in_force(change).state == "in_force"


def a_sitting(at, *, about=(), body=None):
    """A sitting of the forum on the day of a moment, with something on its agenda."""
    own = Forum.objects.get(pk=1).body
    with writing():
        held = Meeting.objects.create(
            body=body or own,
            number=99,
            address="99",
            title=REASON,
            way="sitting",
            starts=f"{at:%Y-%m-%d}",
            ends=f"{at:%Y-%m-%d}",
        )
        for number, ref in enumerate(about, 1):
            AgendaItem.objects.create(
                meeting=held, number=number, about=ref, title=REASON, put_at=at
            )
    return held


def named(change, meeting, at=KEYED):
    decide_change(change, decided_by=meeting.ref, by=secretary(), at=at)


@pytest.mark.parametrize(
    ("days", "about", "code"),
    [
        (-1, (), "plans.meeting_before"),
        (1, (), "plans.meeting_ahead"),
        (0, ("change:1-7", ""), "plans.meeting_without_it"),
    ],
)
def test_a_meeting_before_the_request_or_without_it_decided_nothing_of_it(days, about, code):
    meeting = a_sitting(KEYED + timedelta(days=days), about=about)
    with pytest.raises(NotNow, match=code):
        a_change(decided_by=meeting.ref)
    change = a_change()

    with pytest.raises(NotNow, match=code):
        named(change, meeting)

    assert ChangeRequest.objects.get().decided_by == ""


def test_another_bodys_meeting_or_one_in_writing_is_none_of_the_forum_s():
    written = Meeting.objects.filter(way="in_writing")[0]
    body = Body.objects.get(pk=Forum.objects.get(pk=1).body_id)
    with writing():
        body.pk, body.slug = None, "another"
        body.save()
    other = a_sitting(KEYED, body=body)

    with pytest.raises(NotNow, match=r"plans\.other_meeting"):
        a_change(decided_by=other.ref)
    with pytest.raises(NotNow, match=r"plans\.meeting_in_writing"):
        a_change(decided_by=written.ref)


@pytest.mark.parametrize("about", ["change:1-1", "commitment:1-1", "milestone:1-1.1"])
def test_the_meeting_that_had_it_is_named_once_and_the_keys_are_turned_on_that(about):
    change = a_change()
    key_change(change, "government")
    meeting = a_sitting(KEYED, about=(about,))

    named(change, meeting)

    assert standing_keys(change.ref) == []
    with pytest.raises(NotNow, match=r"plans\.change_decided"):
        named(ChangeRequest.objects.get(), meeting)
    assert in_force(change).decided_by == meeting.ref


def test_a_meeting_that_was_named_before_this_was_asked_does_not_meet_the_rule():
    change, earlier = a_change(), a_sitting(KEYED - timedelta(days=9))
    rule("decided-by", {"word": "meeting"})
    with writing():
        ChangeRequest.objects.update(decided_by=earlier.ref)

    with pytest.raises(NotNow, match=r"plans\.meeting_before"):
        key_change(change, "government")


def test_a_request_meets_the_text_that_stands_when_it_is_put_in_force():
    row = the_commitment()
    change = a_change(row)
    with writing():
        type(row).objects.filter(pk=row.pk).update(note=REASON, ends="2028")

    with pytest.raises(NotNow, match=r"plans\.change_outdated"):
        key_change(change, "government")


def test_two_changes_after_one_another_each_make_an_edition():
    row = the_commitment()
    in_force(a_change(row))
    in_force(a_change(row, draft=as_drafted(row, steps=later(row, "2027-12-15"))))

    assert [edition.number for edition in editions()] == [3, 2, 1]
    assert row.versions.count() == 3


def test_a_commitment_that_is_not_there_cannot_be_changed():
    row = the_commitment()
    row.number = 99
    with pytest.raises((NotFound, NotNow)):
        a_change(row, draft=replace(as_drafted(row), title=REASON), base="x")


def test_a_change_asked_for_after_the_last_day_says_so(monkeypatch):
    rule("amendment-window", {"years": 1})
    first = editions().get()
    with writing():
        Edition.objects.filter(pk=first.pk).update(
            loaded_from=None, published_at=KEYED - timedelta(days=366)
        )
    assert a_change().late
    with writing():
        Edition.objects.filter(pk=first.pk).update(published_at=KEYED - timedelta(days=364))
    assert not a_change(the_commitment(2)).late


DAYS = {"before": (364, False), "on the last day": (365, False), "after": (366, True)}


def a_plan_of_four_years(published_days_ago):
    plan, source = the_commitment().plan, Source.objects.all()[0]
    with writing():
        type(plan).objects.filter(pk=plan.pk).update(starts="2026-01", ends="2029-12")
        Edition.objects.filter(plan=plan).update(
            loaded_from=None, published_at=KEYED - timedelta(days=published_days_ago)
        )
        AmendmentRule.objects.all().delete()
        for key, years in (("amendment-window", 1), ("midterm-refresh", 2)):
            AmendmentRule.objects.create(
                key=key, title=REASON, figure={"years": years}, starts="2020", source=source
            )


@pytest.mark.parametrize(("days", "late"), DAYS.values(), ids=DAYS)
@pytest.mark.parametrize(("kind", "more"), [("amendment", 0), ("refresh", 365)])
def test_each_kind_of_change_has_the_last_day_of_its_own_rule(kind, more, days, late):
    a_plan_of_four_years(days + more)

    assert a_change(kind=kind).late is late


def test_a_refresh_midway_is_put_in_force_as_one():
    a_plan_of_four_years(700)

    change = in_force(a_change(kind="refresh"))

    assert (change.kind, change.state, change.late) == ("refresh", "in_force", False)
    assert change.edition == editions().get(number=2)
