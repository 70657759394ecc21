"""A milestone's page, what members and anyone say beside the body, and what that offers the agenda."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from madang.foundation.actors import CLOCK, Role
from madang.letters.models import Letter
from madang.members.models import Account
from madang.monitoring.actions.periods import fall_silent
from madang.monitoring.models import (
    Evidence,
    ForumView,
    MilestoneReport,
    Opinion,
    Remark,
    ReportingPeriod,
)
from madang.record import log
from madang.web import middleware
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

STEP = "/plans/1/commitments/3/milestones/3.2/"
WEIGH, AGENDA, DESK = "/desk/weigh/1-3.2/", "/agenda/", "/desk/updates/"
HOSTILE = "<script>x</script>\u202e\u200b=1+1"
pytestmark = pytest.mark.usefixtures("rehearsed_forum")


def a_civil_member(language: str = "ko") -> Reader:
    client = Reader(language)
    rows = Account.objects.filter(person__holdings__seat__number="cso-9")
    client.force_login(rows[0])
    return client


def officer(language: str = "ko") -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, language)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_was_said_and_what_members_say_stand_side_by_side(language):
    answer = Reader(language).get(STEP)

    page = Page(answer)
    assert answer.status_code == 200 and not page.faults
    assert "watch.example" in page.html and "gaon.example/report-line" in page.html
    assert "cso-7" in page.html
    data = Reader(language).get(f"{STEP.rstrip('/')}.json").json()
    assert data["reports"][0]["opinions"][0]["stance"] == "disputed"
    assert data["status"] == "done"
    assert Reader(language).get(f"{STEP.rstrip('/')}.csv").status_code == 200


def test_the_commitments_page_counts_them_and_leads_there():
    page = Reader("en").get("/plans/1/commitments/3/").content.decode()

    assert "Members: 0 say it is so, 1 that it is not" in page
    assert f'href="/en{STEP}"' in page


def test_a_member_disputes_with_a_link_and_it_offers_itself_for_the_agenda():
    step, member = "/desk/weigh/1-2.1/", a_civil_member()
    typed = {"act": "weigh", "stance": "disputed", "text": "목록이 비어 있습니다."}

    refused = member.post(step, typed)
    assert refused.status_code == 400 and "목록이 비어 있습니다." in refused.content.decode()
    assert member.post(step, {**typed, "url": "https://watch.example/x"}).status_code == 302

    offered = Reader("ko").get("/agenda.json").json()["disagreements"]
    assert [(one["label"], one["seats"]) for one in offered] == [
        ("3.2", ["cso-7"]),
        ("2.1", ["cso-9"]),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"act": "weigh"},
        {"act": "weigh", "stance": "maybe"},
        {"act": "weigh", "stance": "disputed", "url": "javascript:alert(1)"},
        {"act": "weigh", "stance": "confirmed", "text": "가" * 301},
        {"act": "weigh", "stance": "confirmed", "report": "999"},
        {"act": "look", "position": "77", "opens": "yes"},
        {"act": "look", "position": "0", "opens": "perhaps"},
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(typed):
    before = log.size()

    answer = a_civil_member().post(WEIGH, typed)

    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()
    assert log.size() == before


def test_a_changed_mind_leaves_the_first_with_its_end():
    member = a_civil_member()
    member.post(WEIGH, {"act": "weigh", "stance": "confirmed"})
    member.post(WEIGH, {"act": "weigh", "stance": "disputed", "url": "https://watch.example/y"})

    mine = Opinion.objects.filter(seat__number="cso-9")
    assert [(one.stance, one.ended_at is None) for one in mine] == [
        ("confirmed", False),
        ("disputed", True),
    ]


def test_the_governments_side_does_not_weigh_its_own_updates():
    client = Reader("ko")
    client.force_login(Account.objects.filter(person__holdings__seat__number="gov-2")[0])

    assert client.post(WEIGH, {"act": "weigh", "stance": "confirmed"}).status_code == 403


def test_whoever_opens_a_link_can_say_that_it_does_not_open():
    a_civil_member().post(WEIGH, {"act": "look", "position": "0", "opens": "no"})

    shown = Evidence.objects.get(report__milestone__label="3.2")
    assert (shown.opens, shown.looked_by) == (False, "cso-9")
    assert "did not open on" in Reader("en").get(STEP).content.decode()
    assert Reader("ko").get(f"{STEP.rstrip('/')}.json").json()["reports"][0]["evidence"][0] == {
        **dict.fromkeys(("words", "sha256", "name")),
        "url": shown.url,
        "opens": False,
        "looked_at": shown.looked_at.isoformat().replace("+00:00", "Z"),
    }


def test_the_forums_view_takes_a_disagreement_off_the_agenda():
    typed = {"meeting": "1", "status": "late", "text-ko": "번호가 아직 나오지 않습니다."}
    page = officer().get("/desk/views/1-3.2/")
    held = [one["value"] for one in Page(page).all("option") if one.get("value")]

    answer = officer().post("/desk/views/1-3.2/", {**typed, "meeting": held[0]})

    assert answer.status_code == 302, answer.content.decode()
    assert ForumView.objects.get().status == "late"
    assert Reader("ko").get("/agenda.json").json()["disagreements"] == []
    assert "번호가 아직 나오지 않습니다." in Reader("ko").get(STEP).content.decode()


@pytest.mark.parametrize("typed", [{}, {"status": "late"}, {"status": "late", "text-ko": "말"}])
def test_half_a_view_is_none(typed):
    answer = officer().post("/desk/views/1-3.2/", typed)

    assert answer.status_code == 400 and not ForumView.objects.exists()


def test_an_update_that_did_not_come_is_overdue_for_everyone():
    waits = "/plans/1/commitments/4/milestones/4.1.1"
    page, told = Reader("en").get(f"{waits}/").content.decode(), "/plans/1/commitments/5/"

    update = Reader("ko").get(f"{waits}.json").json()["update"]
    period = ReportingPeriod.objects.get(asked_at__isnull=False)
    late = (timezone.localdate() - period.due_day).days
    assert update == {"due_on": period.due_on, "days_overdue": late} and late > 0
    assert f"update {late} days overdue" in page
    for address in ("/plans/1/progress/", "/plans/1/commitments/4/", "/agencies/planning/"):
        assert f"update {late} days overdue" in Reader("en").get(address).content.decode(), address
    steps = Reader("ko").get(f"{told.rstrip('/')}.json").json()["milestones"]
    assert [one["update"] for one in steps if one["label"] in ("5.1", "5.2")] == [None, None]


# --- anyone ----------------------------------------------------------------------------------------


def comment(reader: Reader, **typed: str) -> Any:
    given = {"text": "동네에서도 같은 일을 보았습니다.", "name": "", "email": "a@people.example"}
    return reader.post(f"{STEP}comment/", {**given, **typed})


def confirm(reader: Reader, asked: Any, digits: str = "") -> Any:
    form = next(one["value"] for one in Page(asked).all("input") if one.get("name") == "form")
    letter = Letter.objects.filter(kind="milestone.code").latest("pk")
    code = digits or letter.subject.partition(":")[0].split()[-1]
    return reader.post(f"{STEP}comment/", {"step": "code", "form": form, "code": code})


@pytest.mark.parametrize("language", ["ko", "en"])
def test_anyone_comments_by_a_mailed_code(language):
    reader = Reader(language)
    asked = comment(reader, text=f"{HOSTILE} 동네에서도 보았습니다.")
    assert asked.status_code == 200 and not Remark.objects.exists()

    assert confirm(reader, asked).status_code == 302

    page = reader.get(STEP).content.decode()
    assert "동네에서도 보았습니다." in page and "<script>x" not in page
    assert "a@people.example" not in page


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "짧다"},
        {"text": "가" * 1001},
        {"email": "nowhere"},
        {"name": "가" * 61},
        {"text": "제 번호는 900101-1234567 입니다."},
    ],
)
def test_what_is_no_comment_is_said_beside_its_field(typed):
    answer = comment(Reader("ko"), **typed)

    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()
    assert not Remark.objects.exists()


def test_a_wrong_number_keeps_the_words():
    asked = comment(Reader("ko"))

    answer = confirm(Reader("ko"), asked, "000000")

    assert answer.status_code == 400
    assert "동네에서도 같은 일을 보았습니다." in answer.content.decode()


def test_words_outlive_the_number_that_was_mailed_for_them(monkeypatch):
    asked = comment(Reader("ko"))
    later = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(middleware, "_moment", lambda request: later)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)

    answer = confirm(Reader("ko"), asked)

    assert answer.status_code == 409 and not Remark.objects.exists()
    assert "동네에서도 같은 일을 보았습니다." in answer.content.decode()


def test_one_with_a_telephone_number_waits_for_a_look():
    asked = comment(Reader("ko"), text="담당자 전화는 010-1234-5678 입니다.")
    confirm(Reader("ko"), asked)

    held = Remark.objects.get()
    assert held.state == "held" and "010-1234" not in Reader("ko").get(STEP).content.decode()
    assert f"/desk/remarks/{held.pk}/" in officer().get(DESK).content.decode()


# --- the desk --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_desk_shows_the_overdue_first_and_the_queue_of_words(language):
    page = Page(officer(language).get(DESK))

    assert not page.faults
    assert "4.1.1" in page.all("table")[0].text
    report = MilestoneReport.objects.get(milestone__label="2.1")
    name = f"text-{report.pk}-en"
    typed = {
        "act": "translate",
        "part": "text",
        "entry": report.pk,
        "language": "en",
        name: "31 fields were agreed.",
    }
    assert officer(language).post(DESK, typed).status_code == 302
    assert "31 fields were agreed." in Reader("en").get("/plans/1/commitments/2/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"act": "translate", "entry": "999999", "language": "en"},
        {"act": "translate", "entry": "x"},
        {"act": "periods"},
        {"act": "periods", "plan": "1", "starts": "soon", "months": "3"},
        {"act": "periods", "plan": "1", "starts": "2099-01-01", "months": "3"},
        {"act": "close", "entry": "0"},
    ],
)
def test_what_the_desk_can_not_do_is_said(typed):
    answer = officer().post(DESK, typed)

    assert answer.status_code in (400, 404)


def test_a_member_reads_the_desk_and_changes_nothing_there():
    member = a_civil_member()

    assert member.get(DESK).status_code == 200
    assert member.post(DESK, {"act": "close", "entry": "1"}).status_code == 403


def test_no_word_stands_on_the_page_with_what_was_last_said():
    later = ReportingPeriod.objects.select_related("plan").get(asked_at__isnull=False)
    at = datetime.fromisoformat(f"{later.due_on}T03:00:00+00:00").astimezone(UTC)
    fall_silent(later, by=CLOCK, at=at.replace(year=at.year + 1))

    page = Reader("en").get("/plans/1/commitments/4/milestones/4.1.1/").content.decode()
    assert "No word" in page
