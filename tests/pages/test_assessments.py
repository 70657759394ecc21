"""A self-assessment from its first button to its publishing, and what stands in it."""

from datetime import UTC, datetime, timedelta

import pytest

from madang.foundation.actors import Role
from madang.letters.models import Letter
from madang.monitoring.models import Assessment
from madang.record import log
from tests.makers.changes import a_change, in_force
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

pytestmark = pytest.mark.usefixtures("practice_forum")
DESK = "/desk/plans/1/assessments/"
ONE = f"{DESK}1/"
PUBLIC = "/plans/1/assessments/1/"
SUMMARY = {"summary-ko": "절반을 마쳤습니다.", "summary-en": "Half of it is done."}
AT = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on(monkeypatch):
    """The day on which the pages are read; a test moves it on."""
    now = {"at": AT}
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: now["at"])
    return now


@pytest.fixture
def office():
    return a_signed_in_client(Role.SECRETARIAT)


def save(office, **typed):
    base = Page(office.get(ONE)).one("input", name="base")["value"]
    return office.post(ONE, {"act": "save", "base": base, **typed})


def test_from_the_first_button_to_the_published_page(office, on):
    in_force(a_change())
    assert office.post(DESK, {"kind": "half_year"})["Location"] == ONE
    assert Reader("ko").get(PUBLIC).status_code == 404, "a draft is nobody else's"
    save(office, **SUMMARY, **{"note-1-ko": "어려웠습니다.", "note-1-en": "It was hard."})
    office.post(ONE, {"act": "put_out"})

    for language, words in (("ko", "절반을 마쳤습니다."), ("en", "Half of it is done.")):
        page = Page(Reader(language).get(PUBLIC))
        assert words in page.text
        assert "1 January 2026 – 30 June 2026" in page.text or language == "ko"
    data = Reader("ko").get("/plans/1/assessments/1.json").json()
    assert (data["state"], data["read_until"]) == ("put_out", "2026-09-15")
    assert data["facts"]["commitments"][0]["changes"] == [1]
    assert data["notes"]["1"]["en"] == "It was hard."

    assert office.post(ONE, {"act": "publish"}).status_code == 409
    on["at"] = AT + timedelta(days=15)
    assert office.post(ONE, {"act": "publish"}).status_code == 302
    row = Assessment.objects.get()
    assert row.state == "published"
    late = Reader("en").post(
        f"{PUBLIC}comment/", {"text": "Too late, sadly.", "email": "a@b.example"}
    )
    assert late.status_code == 409 and "Too late, sadly." in late.content.decode()
    assert not Letter.objects.filter(kind="assessment.code").exists()
    entry = log.said(log.about("assessment:1-1").filter(kind="assessment.published")[0])["d"]
    assert entry["sha256"] == row.sha256 == data["sha256"]


def test_what_was_put_out_reads_the_same_whatever_happens_after(office):
    office.post(DESK, {"kind": "mid_term"})
    save(office, **SUMMARY)
    office.post(ONE, {"act": "put_out"})
    before = Reader("ko").get("/plans/1/assessments/1.json").json()["facts"]

    in_force(a_change())

    assert Reader("ko").get("/plans/1/assessments/1.json").json()["facts"] == before
    assert office.post(ONE, {"act": "put_out"}).status_code == 409


def test_it_does_not_go_out_without_a_summary_in_both_languages(office):
    office.post(DESK, {"kind": "mid_term"})
    save(office, **{"summary-ko": "절반을 마쳤습니다."})

    answer = office.post(ONE, {"act": "put_out"})

    assert answer.status_code == 409
    assert "en" in Page(answer).text
    assert Assessment.objects.get().state == "draft"


def test_two_who_write_at_once_lose_nothing(office):
    office.post(DESK, {"kind": "mid_term"})
    base = Page(office.get(ONE)).one("input", name="base")["value"]
    save(office, **{"summary-ko": "먼저 쓴 글"})

    answer = office.post(ONE, {"act": "save", "base": base, "summary-ko": "나중에 쓴 글"})

    assert answer.status_code == 409
    assert "나중에 쓴 글" in Page(answer).text
    assert Assessment.objects.get().summary.words["ko"] == "먼저 쓴 글"


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"kind": "weekly"}, 400), ({"kind": ""}, 400), ({"kind": "x" * 500}, 400)],
)
def test_what_is_no_kind_begins_nothing(office, typed, status):
    assert office.post(DESK, typed).status_code == status
    assert not Assessment.objects.exists()


def test_the_same_days_are_reported_once(office):
    office.post(DESK, {"kind": "mid_term"})

    assert office.post(DESK, {"kind": "mid_term"}).status_code == 409
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("words", ["가" * 6001, "<script>alert(1)</script>\u202e", "x" * 25_000])
def test_hostile_and_long_words(office, words):
    office.post(DESK, {"kind": "mid_term"})

    answer = save(office, **{"summary-ko": words, "note-1-ko": words[:100]})

    assert answer.status_code == (302 if len(words) < 6000 else 400)
    assert not Page(office.get(ONE)).inline


def test_the_list_shows_what_was_put_out_and_nothing_else(office):
    office.post(DESK, {"kind": "mid_term"})
    assert Reader("ko").get("/plans/1/assessments.json").json()["assessments"] == []
    save(office, **SUMMARY)
    office.post(ONE, {"act": "put_out"})
    office.post(DESK, {"kind": "end_of_term"})

    [one] = Reader("ko").get("/plans/1/assessments.json").json()["assessments"]

    assert (one["number"], one["kind"]) == (1, "mid_term")
