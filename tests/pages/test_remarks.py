"""Comments on milestones and self-assessments: two persons hide one, and a report answers its own."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from madang.drafting.models import Milestone
from madang.foundation.actors import ANONYMOUS, Role
from madang.letters.models import Letter
from madang.members.models import Account
from madang.monitoring.actions.comment import comment_on, comment_on_assessment
from madang.monitoring.assessing import find_assessment
from madang.monitoring.models import Assessment, Remark, RemarkModeration
from madang.record import log
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

STEP, REPORT = "/plans/1/commitments/3/milestones/3.2/", "/plans/1/assessments/1/"
DESK = "/desk/plans/1/assessments/1/"
WORDS = "보고서에 회의록 이야기가 빠졌습니다."
HOSTILE = "<script>x</script>\u202e\u200b=1+1 {{ 7 }} '; drop table"
pytestmark = pytest.mark.usefixtures("rehearsed_forum")


def officer(first: bool = True) -> Reader:
    client = Reader("ko")
    rows = Account.objects.filter(grants__role="secretariat").distinct().order_by("pk")
    client.force_login(rows[0 if first else 1])
    return client


def on_a_step(text: str = WORDS) -> Remark:
    step = Milestone.objects.get(commitment__plan__number=1, label="3.2")
    comment_on(step, text=text, language="ko", nonce=text[:9], by=ANONYMOUS, at=datetime.now(UTC))
    return Remark.objects.latest("pk")


def on_the_report(text: str = WORDS, **other: Any) -> Remark:
    given = {"text": text, "language": "ko", "nonce": text[:9], "by": ANONYMOUS, **other}
    comment_on_assessment(find_assessment(1, 1), **{"at": datetime.now(UTC), **given})
    return Remark.objects.latest("pk")


def desk(row: Remark) -> str:
    return f"/desk/remarks/{row.pk}/"


# --- hiding --------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [on_a_step, on_the_report])
def test_it_takes_two_persons_to_hide_and_a_reason_of_the_policy(made):
    row = made()
    public = STEP if row.milestone else REPORT
    assert officer().post(desk(row), {"step": "hide"}).status_code == 400

    assert officer().post(desk(row), {"step": "hide", "reason": "abuse"}).status_code == 302
    assert WORDS in Reader("ko").get(public).content.decode()
    assert officer().post(desk(row), {"step": "confirm"}).status_code == 409
    assert officer(first=False).post(desk(row), {"step": "confirm"}).status_code == 302

    shown = Reader("ko").get(public).content.decode()
    assert WORDS not in shown and 'id="comment-1"' in shown
    assert [log.said(entry)["t"] for entry in log.entries()[:2]] == [
        "remark.hidden",
        "remark.hiding_asked",
    ]
    step = RemarkModeration.objects.get()
    assert step.first != step.second and step.reason == "abuse"
    for language in ("ko", "en"):
        page = Page(Reader(language).get("/plans/1/moderation/"))
        assert page.faults == []
        assert [one for one in page.links if f"{public}#comment-1" in one]
    [told] = Reader("en").get("/plans/1/moderation.json").json()["steps"]
    assert told["what"] == ("milestone" if row.milestone else "assessment")
    assert (told["state"], told["reason"]) == ("hidden", "abuse")


def test_what_another_leaves_as_it_is_stays_and_what_was_hidden_comes_back_with_a_reason():
    row = on_a_step()
    officer().post(desk(row), {"step": "hide", "reason": "repeated", "note": "두 번째입니다."})
    assert officer(first=False).post(desk(row), {"step": "refuse"}).status_code == 302
    assert WORDS in Reader("ko").get(STEP).content.decode()

    officer().post(desk(row), {"step": "hide", "reason": "abuse"})
    officer(first=False).post(desk(row), {"step": "confirm"})
    bare = officer().post(desk(row), {"step": "restore"})
    assert bare.status_code == 400
    assert (
        officer().post(desk(row), {"step": "restore", "note": "욕이 아닙니다."}).status_code == 302
    )

    assert WORDS in Reader("ko").get(STEP).content.decode()


def test_one_that_waited_is_published_by_one_after_a_look():
    row = on_a_step("담당자 전화는 010-1234-5678 입니다.")
    assert row.state == "held" and "010-1234" not in Reader("ko").get(STEP).content.decode()
    page = Page(officer().get(desk(row)))
    assert "010-1234-5678" in page.text and not page.faults

    officer().post(desk(row), {"step": "publish"})

    assert "010-1234" in Reader("ko").get(STEP).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"step": "confirm"},
        {"step": "refuse"},
        {"step": "restore", "note": "왜"},
        {"step": "publish"},
        {"step": "hide", "reason": "boring"},
        {"step": "hide", "reason": "abuse", "note": "가" * 501},
        {"step": "answer", "answer-ko": "한 단계에는 답을 쓰지 않습니다."},
    ],
)
def test_what_can_not_be_done_is_said_and_nothing_is_kept(typed):
    row = on_a_step()
    before = log.size()

    answer = officer().post(desk(row), typed)

    assert answer.status_code in (400, 409) and 'role="alert"' in answer.content.decode()
    assert log.size() == before
    if "note" in typed and typed["step"] == "hide":
        assert typed["note"] in answer.content.decode()


def test_the_desk_tells_of_what_waits_and_not_whoever_asked_to_hide_it():
    row, waits = on_a_step(), "/desk/updates/#held"
    assert waits not in Page(officer().get("/desk/")).links

    officer().post(desk(row), {"step": "hide", "reason": "abuse"})

    assert waits not in Page(officer().get("/desk/")).links
    assert waits in Page(officer(first=False).get("/desk/")).links
    assert desk(row) in Page(officer(first=False).get("/desk/updates/")).links


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_desk_page_reads_in_both_languages(language):
    row = on_the_report()

    page = Page(a_signed_in_client(Role.SECRETARIAT, language).get(desk(row)))

    assert not page.faults and WORDS in page.text


# --- a report ------------------------------------------------------------------------------------


def test_anyone_comments_on_a_report_by_a_mailed_code_while_it_lies_open():
    reader, here = Reader("en"), f"{REPORT}comment/"
    typed = {"text": f"{HOSTILE} The minutes are missing.", "name": "", "email": "a@people.example"}
    assert f"/en{here}" in Page(reader.get(REPORT)).links
    asked = reader.post(here, typed)
    form = next(one["value"] for one in Page(asked).all("input") if one.get("name") == "form")
    subject = Letter.objects.filter(kind="assessment.code").latest("pk").subject
    code = subject.partition(":")[0].split()[-1]

    assert reader.post(here, {"step": "code", "form": form, "code": code}).status_code == 302

    page = reader.get(REPORT).content.decode()
    assert "The minutes are missing." in page and "<script>x" not in page
    assert "a@people.example" not in page


def test_after_its_last_day_nothing_more_is_taken():
    report = find_assessment(1, 1)
    over = datetime.fromisoformat(f"{report.read_until}T03:00:00+00:00")

    on_the_report("마지막 날에 쓴 글입니다.", at=over)
    with pytest.raises(Exception, match=r"monitoring\.not_read_now"):
        on_the_report("하루 늦게 쓴 글입니다.", at=over + timedelta(days=1))


def test_a_report_is_published_with_the_answers_and_not_before_all_are_written(monkeypatch):
    row, report = on_the_report(), Assessment.objects.get()
    after = datetime.fromisoformat(f"{report.read_until}T03:00:00+00:00") + timedelta(days=1)
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: after)
    assert officer().post(DESK, {"act": "publish"}).status_code == 409
    empty = officer().post(desk(row), {"step": "answer", "answer-ko": " "})
    assert empty.status_code == 400
    long = officer().post(desk(row), {"step": "answer", "answer-ko": "가" * 2001})
    assert long.status_code == 400 and "가" * 2001 in long.content.decode()

    for words in ("먼저 쓴 답", f"회의록을 덧붙였습니다. {HOSTILE}"):
        assert officer().post(desk(row), {"step": "answer", "answer-ko": words}).status_code == 302
    assert "회의록을 덧붙였습니다." not in Reader("ko").get(REPORT).content.decode()
    assert officer().post(DESK, {"act": "publish"}).status_code == 302

    page = Page(Reader("ko").get(REPORT))
    assert "회의록을 덧붙였습니다." in page.text and not page.inline
    [one] = Reader("ko").get("/plans/1/assessments/1.json").json()["comments"]
    assert one["answer"]["ko"].startswith("회의록을")
    again = officer().post(desk(row), {"step": "answer", "answer-ko": "고친 답"})
    assert again.status_code == 409
