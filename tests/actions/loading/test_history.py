"""A plan loads with what was reported of its milestones, in the source's words and in ours."""

import json
from collections import Counter

import pytest

from madang.drafting.models import Commitment, Milestone
from madang.foundation.actors import LOADER
from madang.loading.actions.load import load_forum
from madang.members.models import Forum
from madang.monitoring.models import Evidence, MilestoneReport
from madang.plans.models import AmendmentRule
from tests.makers import united_states
from tests.makers.forums import LOADED, a_checked_file, a_loaded_forum, an_open_forum
from tests.makers.readers import Reader
from tests.pages.reading import Page

HISTORY = """
            history:
              - {on: "2026-03-02", word: On Track, source: charter}
              - on: "2026-04"
                word: Parked
                text: {en: Nobody knows., fr: null}
                source: charter
              - on: "2026-05-01"
                status: late
                cause: budget
                reason: {en: No money this year., fr: null}
                new_due: "2027-03"
                evidence:
                  - {url: "https://works.example/note"}
                  - {words: {en: "A note on the wall.", fr: null}}
                source: charter
"""
PLAN = """
madang: 1
languages: [en, fr]
sources: {charter: {title: {en: Willowmere Charter, fr: Charte de Willowmere}, dated: "2023-05"}}
forum:
  name: {en: Willowmere, fr: null}
  body: forum
  bodies: [{slug: forum, name: {en: Willowmere, fr: null}, source: charter}]
  seat_classes: []
amendment_rules:
  - key: amendment-window
    title: {en: Changes, fr: null}
    figure: {years: 1}
    from: "2022"
    source: charter
plans:
  - number: 1
    title: {en: First, fr: null}
    status: published
    status_words: {On Track: on_track}
    source: charter
    commitments:
      - number: 1
        title: {en: Lamps, fr: null}
        source: charter
        milestones:
          - label: "1.1"
            title: {en: Light them, fr: null}
            due: "2026-04-30"
            source: charter"""


@pytest.fixture
def loaded(tmp_path):
    file = tmp_path / "history.yaml"
    file.write_text(PLAN + HISTORY, "utf-8")
    return a_loaded_forum(file)


def test_a_foreign_word_stands_beside_ours_and_one_that_fits_none_stays_as_it_is(loaded):
    said = MilestoneReport.objects.values_list("said_on", "status", "status_as_in_source")

    assert list(said) == [
        ("2026-03-02", "on_track", "On Track"),
        ("2026-04", None, "Parked"),
        ("2026-05-01", "late", ""),
    ]


def test_a_moved_date_keeps_the_old_one_and_evidence_its_link(loaded):
    late = MilestoneReport.objects.get(number=3)

    assert (late.old_due, late.new_due) == ("2026-04-30", "2027-03")
    assert Milestone.objects.get().due == "2026-04-30"
    assert (late.reported_by, late.source_id) == ("loader", "charter")
    assert list(late.evidence.values_list("url", flat=True)) == ["https://works.example/note", ""]


def test_a_rule_about_changes_is_kept_with_its_days(loaded):
    rule = AmendmentRule.objects.get()

    assert (rule.key, rule.figure, rule.starts) == ("amendment-window", {"years": 1}, "2022")


@pytest.mark.skipif(
    not united_states.DATA.is_dir(), reason="the United States' tracker is not in ../shared/data"
)
def test_the_united_states_fifth_plan_loads_into_an_installation_of_its_own(db):
    loaded_from(united_states.DATA)

    reports = MilestoneReport.objects.order_by("milestone", "number")
    assert Commitment.objects.count() == 36
    assert reports.count() == 127
    words = Counter(reports.values_list("status_as_in_source", "status"))
    assert words["Complete", "done"] == 35
    [(nothing, count)] = [(word, n) for (word, status), n in words.items() if status is None]
    assert (nothing.split(" (")[0], count) == ("No Trackable", 6)
    assert stepped_back() == ["on_track"]
    assert Evidence.objects.exclude(url="").count() > 100


def loaded_from(folder):
    content = json.dumps(united_states.a_forum_file(folder)).encode()
    an_open_forum()
    file = a_checked_file(content)
    load_forum(Forum.objects.get(pk=1), file=file, content=content, by=LOADER, at=LOADED)


def stepped_back():
    """The states that followed on "done"."""
    reports = MilestoneReport.objects.order_by("milestone", "number")
    return [
        one.status
        for one in reports
        if one.number > 1
        and reports.get(milestone=one.milestone_id, number=one.number - 1).status == "done"
        and one.status != "done"
    ]


def test_a_tracker_s_plan_loads_with_a_step_back_and_a_word_that_fits_none(db):
    loaded_from(united_states.EXCERPT)

    reports = MilestoneReport.objects.order_by("milestone__label", "number")
    assert list(reports.values_list("milestone__label", "status_as_in_source", "status")) == [
        ("1.1", "Not Started", "not_started"),
        ("1.1", "In Progress", "on_track"),
        ("1.1", "Complete", "done"),
        ("1.2", "On Track", "on_track"),
        ("1.2", "Complete", "done"),
        ("1.2", "On Track", "on_track"),
        ("2.1", "No Trackable Progress (waiting for the new office)", None),
        ("2.2", "On Track", "on_track"),
    ]
    assert stepped_back() == ["on_track"]
    assert [one.said_on for one in reports[:3]] == ["2031-03-01", "2031-09-01", "2032-03-01"]
    proof = Evidence.objects.exclude(url="").get()
    assert (proof.report.milestone.label, proof.url) == ("1.1", "https://lamps.example/count")
    page = Page(Reader("en").get("/plans/5/commitments/2/"))
    assert "No Trackable Progress" in page.text and "fits none of our words" in page.text


def test_the_korean_whistleblowers_milestones_stand_with_their_dates_and_source(korea):
    steps = Milestone.objects.filter(commitment__identifiers__value="KR0056")

    assert [(one.label, one.starts, one.due, one.source_id) for one in steps] == [
        ("6.1", "2020-09-01", "2023-08-31", "ogp-data"),
        ("6.2", "2020-09-01", "2023-08-31", "ogp-data"),
    ]
    assert not MilestoneReport.objects.exists(), "nobody recorded where they stand"
