"""Posting an update: what it keeps, who may, what it refuses, ten minutes to correct."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from madang.documents.keeping import Kept
from madang.documents.models import Document
from madang.foundation.actors import ANONYMOUS, CLOCK
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.letters.models import Letter
from madang.monitoring.actions.periods import close_period
from madang.monitoring.actions.update import translate_update
from madang.monitoring.models import MilestoneReport
from madang.record import log
from tests.makers.plans import SECRETARY
from tests.makers.promises import (
    LAMPS,
    TOLD,
    a_focal_point,
    a_milestone,
    an_entry,
    last_report,
    tell,
    the_period,
)

LINK = ("https://lamps.example/minutes",)
PDF = Kept("ab" * 32, "application/pdf", ".pdf", 14)
SOON = TOLD + timedelta(minutes=9)


@pytest.fixture(autouse=True)
def period(forum):
    a_milestone("1.1")
    a_milestone("1.2")
    a_milestone("2.1")
    a_focal_point("lamps")
    return the_period()


def test_an_update_is_kept_with_its_day_its_body_and_its_words(period):
    tell(an_entry("on_track", links=LINK))

    report = last_report()
    assert (report.status, report.said_on, report.period) == ("on_track", "2026-04-10", period)
    assert (report.reported_by, report.language) == ("agency:lamps", "en")
    assert report.text.words == {"en": "Two meetings were held."}
    assert [one.url for one in report.evidence.all()] == list(LINK)


def test_the_record_has_the_statuses_and_dates_in_clear_and_a_hash_of_the_rest():
    tell(an_entry("late", cause="budget", new_due="2026-09-30"))

    said = log.said(log.entries()[0])
    assert said["t"] == "update.posted"
    assert said["d"]["steps"] == [
        {"label": "1.1", "number": 1, "status": "late", "old": "2026-06-30", "new": "2026-09-30"}
    ]
    assert (said["d"]["by"], said["d"]["period"]) == ("agency:lamps", "1-1")
    assert "Two meetings" not in str(said)


def test_a_moved_date_leaves_the_milestones_own_where_it_was():
    tell(an_entry("late", cause="budget", new_due="2026-09-30"))
    later = TOLD + timedelta(days=1)
    tell(an_entry("late", cause="law", new_due="2026-12", base=1), at=later)

    report = last_report()
    assert report.milestone.due == "2026-06-30"
    assert (report.old_due, report.new_due) == ("2026-09-30", "2026-12")


def test_unchanged_says_again_what_was_said():
    tell(an_entry("late", cause="budget", new_due="2026-09-30", reason="No money yet."))
    tell(an_entry("unchanged", base=1), at=TOLD + timedelta(days=1))

    report = last_report()
    assert (report.number, report.status, report.cause, report.new_due) == (
        2,
        "late",
        "budget",
        None,
    )
    assert report.reason.words == {"en": "No money yet."}


def test_a_file_becomes_a_document_everyone_can_read():
    tell(an_entry("done", files=(PDF,)))

    kept = Document.objects.get(evidence__report=last_report())
    assert (kept.name, kept.public, kept.about) == ("evidence-1.1.pdf", True, "milestone:1-1.1")
    assert last_report().done_on == "2026-04-10"


def test_a_correction_keeps_the_files_of_what_it_corrects():
    tell(an_entry("done", files=(PDF,)))
    tell(an_entry("done", text="Better said.", base=1), correcting=True, nonce="again", at=SOON)

    assert last_report().evidence.get().document.sha256 == PDF.sha256


def test_a_refusal_names_the_milestone_it_is_about():
    with pytest.raises(NotValid, match="no_evidence") as problem:
        tell(an_entry("on_track"), an_entry("done", label="1.2"))

    assert problem.value.facts["step"] == "1.2"
    assert not MilestoneReport.objects.exists()


def test_another_bodys_milestone_is_not_told_of():
    stranger = replace(LAMPS, agency="works-2")

    with pytest.raises(NotAllowed, match="not_your_step"):
        tell(an_entry(), by=stranger)


def test_the_body_above_answers_for_its_division():
    tell(an_entry(), by=replace(LAMPS, agency="works"))

    assert last_report().reported_by == "agency:works"


@pytest.mark.parametrize("by", [ANONYMOUS, CLOCK], ids=["anyone", "the clock"])
def test_nobody_else_posts(by):
    with pytest.raises(NotAllowed, match="not_allowed"):
        tell(an_entry(), by=by)


def test_two_at_once_lose_nothing():
    tell(an_entry("on_track"))

    with pytest.raises(NotNow, match="changed_meanwhile"):
        tell(an_entry("on_track"), nonce="another", at=SOON)
    assert MilestoneReport.objects.count() == 1


def test_a_form_sent_twice_is_one_update():
    tell(an_entry())

    with pytest.raises(NotNow, match="posted_before"):
        tell(an_entry(base=1))


def test_a_closed_period_takes_nothing_and_says_since_when(period):
    close_period(period, by=SECRETARY, at=TOLD - timedelta(hours=1))

    with pytest.raises(NotNow, match="period_closed") as problem:
        tell(an_entry(), period=period)
    assert problem.value.facts["day"].text == "2026-04-10"


def test_nothing_chosen_is_nothing_told():
    with pytest.raises(NotValid, match="nothing_told"):
        tell()


# --- ten minutes -----------------------------------------------------------------------------------


def correct(at: datetime, **other):
    return tell(an_entry("not_started", base=1), correcting=True, nonce="again", at=at, **other)


def test_a_correction_stands_in_its_place_and_what_it_corrects_stays():
    tell(an_entry("on_track"))
    correct(SOON)

    (counts,) = MilestoneReport.objects.counting()
    assert (counts.number, counts.status, counts.corrects.status) == (2, "not_started", "on_track")


def test_after_ten_minutes_it_stays_as_it_is():
    tell(an_entry("on_track"))

    with pytest.raises(NotNow, match="too_late_to_correct"):
        correct(TOLD + timedelta(minutes=10))


def test_nobody_corrects_anothers_update():
    tell(an_entry("on_track"))

    with pytest.raises(NotNow, match="nothing_to_correct"):
        correct(SOON, by=replace(LAMPS, agency="works"))


# --- who hears of it -------------------------------------------------------------------------------


def test_the_poster_gets_a_receipt_and_the_other_contact_a_notice():
    a_focal_point("lamps", duty="director")
    tell(an_entry("late", cause="budget", new_due="2026-09-30"))

    told = {
        one.to: one for one in Letter.objects.filter(kind__in=("update.received", "update.notice"))
    }
    assert told["focal.lamps@office.example"].kind == "update.received"
    assert "/u/" in told["focal.lamps@office.example"].body
    assert told["director.lamps@office.example"].kind == "update.notice"
    assert "Late" in told["director.lamps@office.example"].body


# --- in another language ---------------------------------------------------------------------------


def test_a_translation_stands_beside_the_original():
    tell(an_entry())
    translate_update(last_report(), language="fr", words="Deux réunions.", by=SECRETARY, at=SOON)

    text = last_report().text
    assert text.words == {"en": "Two meetings were held.", "fr": "Deux réunions."}
    assert text.kinds == {"fr": "working"}


def test_the_reason_is_translated_too():
    tell(an_entry(status="late", cause="budget", reason="No money yet.", new_due="2031-03"))
    words = {"language": "fr", "words": "Pas d'argent.", "part": "reason"}
    translate_update(last_report(), **words, by=SECRETARY, at=SOON)

    assert last_report().reason.words == {"en": "No money yet.", "fr": "Pas d'argent."}
    assert last_report().text.words == {"en": "Two meetings were held."}


@pytest.mark.parametrize(
    ("language", "words", "code"),
    [
        pytest.param("en", "Other", "nothing_to_translate", id="the original is not written over"),
        pytest.param("fr", "", "text_missing", id="no words"),
        pytest.param("fr", "é" * 901, "text_long", id="too many"),
    ],
)
def test_what_is_no_translation(language, words, code):
    tell(an_entry())

    with pytest.raises(NotValid, match=code):
        translate_update(last_report(), language=language, words=words, by=SECRETARY, at=SOON)
