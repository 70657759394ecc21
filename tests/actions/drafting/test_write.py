"""Writing commitments: numbers, versions, clashes, and when it is too late."""

import pytest

from madang.drafting.actions.withdraw import withdraw_commitment
from madang.drafting.actions.write import write_commitment
from madang.drafting.models import Commitment, CommitmentVersion, SubCommitment
from madang.drafting.rules.draft import Step
from madang.drafting.rules.wording import fingerprint
from madang.drafting.versions import as_it_reads, read_version
from madang.foundation.actors import ANONYMOUS, CLOCK
from madang.foundation.refusals import NotAllowed, NotFound, NotNow, NotValid
from madang.foundation.texts import Text
from madang.members.models import Source
from madang.planning.actions.freeze import freeze_plan, thaw_plan
from madang.planning.models import Plan
from madang.record import log
from madang.record.guard import writing
from tests.makers.plans import (
    CANARY,
    SECRETARY,
    WRITTEN,
    a_draft,
    a_plan_begun,
    a_written_commitment,
    base_of,
    both,
)

pytestmark = pytest.mark.usefixtures("forum")


def write(plan, number, base, **other):
    return write_commitment(
        plan, number=number, draft=a_draft(**other), base=base, by=SECRETARY, at=WRITTEN
    )


def last_entry():
    return log.said(log.entries()[0])


def test_a_new_commitment_gets_the_next_number_and_its_first_version():
    plan = a_plan_begun()

    first, second = a_written_commitment(plan), a_written_commitment(plan, title=both("둘째"))

    assert (first.number, second.number) == (1, 2)
    version = second.versions.get()
    assert (version.number, version.sha256) == (1, fingerprint(bytes(version.text)))
    assert bytes(version.text) == as_it_reads(second)
    assert read_version(version)["title"]["ko"] == "둘째"


def test_a_new_milestone_is_never_called_like_a_part():
    plan = a_plan_begun()
    row = a_written_commitment(plan)
    with writing():
        source = Source.objects.all()[0]
        SubCommitment.objects.create(commitment=row, label="1.2", position=0, source=source)
    kept = Step("1.1", both("첫 단계"), both("결과물"))

    write(plan, row.number, base_of(row), steps=[kept, Step(None, both("새 단계"), both(None))])

    assert [step.label for step in row.milestones.all()] == ["1.1", "1.3"]


def test_every_save_is_a_version_and_an_entry():
    plan = a_plan_begun()
    row = a_written_commitment(plan)

    write(plan, row.number, base_of(row), title=both("고친 제목"))

    assert [v.number for v in row.versions.all()] == [2, 1]
    said = last_entry()
    assert (said["t"], said["d"]["version"]) == ("commitment.written", 2)
    assert said["d"]["sha256"] == row.versions.all()[0].sha256


def test_the_record_holds_a_drafts_hash_and_none_of_its_words():
    plan = a_plan_begun()
    row = a_written_commitment(plan)
    withdraw_commitment(plan, number=row.number, reason=both(CANARY), by=SECRETARY, at=WRITTEN)

    assert all(CANARY.encode() not in bytes(entry.leaf) for entry in log.entries())


def test_two_people_who_write_at_once_lose_nothing():
    plan = a_plan_begun()
    row = a_written_commitment(plan)
    base = base_of(row)
    write(plan, row.number, base, title=both("먼저 저장한 제목"))
    size = log.size()

    with pytest.raises(NotNow, match=r"drafting\.changed_meanwhile"):
        write(plan, row.number, base, title=both("나중 제목"))

    row.refresh_from_db()
    assert row.title.words["ko"] == "먼저 저장한 제목"
    assert log.size() == size
    write(plan, row.number, base_of(row), title=both("나중 제목"))
    assert [read_version(v)["title"]["ko"] for v in row.versions.all()][:2] == [
        "나중 제목",
        "먼저 저장한 제목",
    ]


def test_a_form_sent_twice_saves_once():
    plan = a_plan_begun()
    row = a_written_commitment(plan)
    base = base_of(row)
    write(plan, row.number, base, title=both("한 번"))

    with pytest.raises(NotNow, match=r"drafting\.nothing_changed"):
        write(plan, row.number, base, title=both("한 번"))
    with pytest.raises(NotNow, match=r"drafting\.written_already"):
        write(plan, None, None, title=both("한 번"))

    assert (Commitment.objects.filter(plan=plan).count(), row.versions.count()) == (1, 2)


def test_milestones_keep_their_labels_and_none_is_given_twice():
    plan = a_plan_begun()
    steps = [Step(None, both(words), both("")) for words in ("하나", "둘")]
    row = a_written_commitment(plan, steps=steps)

    write(plan, row.number, base_of(row), steps=[Step("1.1", both("하나"), both(""))])
    added = [Step(None, both("셋"), both("")), Step("1.1", both("하나"), both(""))]
    write(plan, row.number, base_of(row), steps=added)

    assert [(m.label, m.title.words["ko"]) for m in row.milestones.all()] == [
        ("1.3", "셋"),
        ("1.1", "하나"),
    ]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        pytest.param({"title": Text({})}, "drafting.no_title", id="no title"),
        pytest.param({"leads": ["nobody"]}, "drafting.no_agency", id="an agency not on the list"),
        pytest.param({"vision": "gone"}, "drafting.no_vision", id="a vision taken out"),
        pytest.param({"starts": "soon"}, "planning.not_a_date", id="a day that is none"),
    ],
)
def test_a_refused_save_changes_nothing_and_records_nothing(other, code):
    plan = a_plan_begun()
    row = a_written_commitment(plan)
    before, size = as_it_reads(row), log.size()

    with pytest.raises(NotValid) as refused:
        write(plan, row.number, base_of(row), **other)

    assert refused.value.code == code
    assert (as_it_reads(row), log.size()) == (before, size)


def test_only_the_secretariat_writes():
    plan = a_plan_begun()

    for actor in (ANONYMOUS, CLOCK):
        with pytest.raises(NotAllowed):
            write_commitment(plan, number=None, draft=a_draft(), base=None, by=actor, at=WRITTEN)


def test_while_its_text_is_before_the_forum_nobody_writes():
    plan = a_plan_begun()
    row = a_written_commitment(plan)
    freeze_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)

    with pytest.raises(NotNow, match=r"planning\.before_forum"):
        write(plan, row.number, base_of(row), title=both("늦은 제목"))
    with pytest.raises(NotNow, match=r"planning\.before_forum"):
        withdraw_commitment(plan, number=1, reason=both("이유"), by=SECRETARY, at=WRITTEN)

    thaw_plan(plan, ballot="ballot:8", by=CLOCK, at=WRITTEN)
    write(plan, row.number, base_of(row), title=both("다시 쓴 제목"))


def test_what_has_begun_or_is_published_is_not_rewritten():
    plan = Plan.objects.get(number=1)

    with pytest.raises(NotNow, match=r"planning\.(history|published)"):
        write(plan, 1, None)


def test_a_withdrawn_commitment_keeps_its_number_and_its_reason():
    plan = a_plan_begun()
    row = a_written_commitment(plan)

    withdraw_commitment(plan, number=1, reason=both("합쳤습니다."), by=SECRETARY, at=WRITTEN)

    row.refresh_from_db()
    assert (row.withdrawn_at, row.reason.words["ko"]) == (WRITTEN, "합쳤습니다.")
    assert a_written_commitment(plan).number == 2
    with pytest.raises(NotFound, match=r"drafting\.no_commitment"):
        write(plan, 1, base_of(row), title=both("다시"))


def test_a_text_from_a_source_is_kept_as_the_version_before(a_text_from_a_source):
    plan, row = a_text_from_a_source

    write(plan, row.number, base_of(row), title=both("새 제목"))

    assert [v.number for v in row.versions.all()] == [2, 1]


@pytest.fixture
def a_text_from_a_source():
    """A commitment without a version, of a plan known from a source that has not begun."""
    from madang.record.guard import writing

    plan = Plan.objects.get(number=1)
    with writing():
        plan.status, plan.starts, plan.ends = "recorded", "2032", "2033"
        plan.save()
        CommitmentVersion.objects.filter(commitment__plan=plan).delete()
    return plan, Commitment.objects.get(plan=plan, number=1)
