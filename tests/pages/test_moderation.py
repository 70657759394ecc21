"""Moderation, an author's changes and support, on the pages."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest

from madang.calls.actions.enter import enter_proposal
from madang.calls.actions.moderate import ask_supplement
from madang.calls.models import Call, Endorsement, Moderation, Proposal
from madang.foundation.actors import Role
from madang.letters.models import Letter
from madang.members.models import Account, RoleGrant
from madang.record import log
from madang.record.guard import writing
from madang.web import middleware
from tests.makers.calls import DURING, TEXT, TITLE, a_proposal, an_open_call, some_words
from tests.makers.plans import SECRETARY
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

PHONE = f"{TEXT} 010-1234-5678로 연락 주십시오."


@pytest.fixture
def now(monkeypatch: Any) -> list[Any]:
    moment = [DURING]
    monkeypatch.setattr(middleware, "_moment", lambda request: moment[0])
    return moment


@pytest.fixture
def call(practice_forum: Any, now: Any) -> Call:
    return an_open_call()


@pytest.fixture(params=["ko", "en"])
def officer(request: Any, call: Call) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, request.param)


def another_officer(language: str) -> Reader:
    """A second person of the secretariat."""
    with writing():
        account = Account.objects.create(email="second@example.kr", key=Account.new_key())
        RoleGrant.objects.create(account=account, role="secretariat", granted_at=DURING)
    client = Reader(language)
    client.force_login(account)
    return client


def desk(row: Proposal) -> str:
    return f"/desk/proposals/{row.label}/"


def public(row: Proposal) -> str:
    return f"/plans/{row.plan.number}/proposals/{row.number:04d}/"


def code() -> str:
    letter = Letter.objects.filter(kind="proposal.code_for").order_by("-pk")[0]
    found = re.search(r"^    (\d{6})$", letter.body, re.M)
    assert found
    return found[1]


def hidden(page: Page, name: str) -> str:
    return next(one["value"] for one in page.all("input") if one.get("name") == name)


# --- the secretariat -----------------------------------------------------------------------------


def test_what_waits_is_listed_looked_at_and_published(officer: Reader, call: Call) -> None:
    row = a_proposal(call, text=PHONE)

    listed = Page(officer.get("/desk/proposals/"))
    page = Page(officer.get(desk(row)))
    assert any(link.endswith(desk(row)) for link in listed.links) and listed.faults == []
    assert "010-1234-5678" in page.text and page.faults == [] and page.ids_twice == []
    assert officer.post(desk(row), {"step": "publish"}).status_code == 302

    assert "010-1234-5678" in Page(Reader(officer.language).get(public(row))).text


def test_the_desk_says_what_waits_and_for_whom(officer: Reader, call: Call) -> None:
    row, held = a_proposal(call), a_proposal(call, text=PHONE, email="b@example.kr")
    other = another_officer(officer.language)
    officer.post(desk(row), {"step": "hide", "reason": "abuse"})

    mine, theirs = Page(officer.get("/desk/")), Page(other.get("/desk/"))

    assert held.state == "received"
    assert not any(link.endswith(desk(row)) for link in mine.links)
    assert any(link.endswith(desk(row)) for link in theirs.links)
    for page in (mine, theirs):
        assert any(link.endswith("/desk/proposals/") for link in page.links)


def test_two_persons_hide_and_a_tombstone_stays(officer: Reader, call: Call) -> None:
    row = a_proposal(call)
    other = another_officer(officer.language)

    officer.post(desk(row), {"step": "hide", "reason": "abuse", "note": "비공개 메모"})
    own = officer.post(desk(row), {"step": "confirm"})
    assert own.status_code == 409 and Page(own).faults == []
    assert other.post(desk(row), {"step": "confirm"}).status_code == 302

    reader = Reader(officer.language)
    page, data = Page(reader.get(public(row))), reader.get(public(row)[:-1] + ".json").json()
    assert page.faults == [] and TITLE not in page.text and TEXT not in page.text
    assert row.label in page.text
    assert (data["state"], data["hidden_for"], data["title"]) == ("hidden", "abuse", None)
    listed = reader.get(f"/plans/{row.plan.number}/proposals.csv").content.decode()
    assert row.label in listed and TITLE not in listed
    assert "비공개 메모" not in page.html + listed


def test_the_log_of_moderation_tells_steps_and_offices_and_no_names(
    officer: Reader, call: Call
) -> None:
    row = a_proposal(call)
    officer.post(desk(row), {"step": "hide", "reason": "advertising", "note": "비밀 메모"})
    reader, there = Reader(officer.language), f"/plans/{row.plan.number}/moderation"

    page = Page(reader.get(f"{there}/"))
    table = reader.get(f"{there}.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))

    assert page.faults == [] and row.label in page.text
    assert [cells[0] for cells in rows[1:]] == [row.label] and rows[1][5] == "secretariat"
    assert "비밀 메모" not in page.html + table


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"step": "hide"}, 400),
        ({"step": "hide", "reason": "boring"}, 400),
        ({"step": "ask"}, 400),
        ({"step": "ask", "note": "가" * 501}, 400),
        ({"step": "restore", "note": "왜"}, 409),
        ({"step": "publish"}, 409),
        ({"step": "confirm"}, 409),
        ({"step": "explode"}, 400),
        ({}, 400),
        ({"step": "ask", "note": "널\x00"}, 302),
    ],
)
def test_a_step_out_of_turn_is_a_sentence(typed: dict[str, str], status: int, call: Call) -> None:
    row, officer = a_proposal(call), a_signed_in_client(Role.SECRETARIAT)
    size = log.size()

    answer = officer.post(desk(row), typed)

    assert answer.status_code == status
    if status != 302:
        assert Page(answer).faults == [] and Page(answer).ids_twice == [] and log.size() == size


# --- by hand -------------------------------------------------------------------------------------


def test_what_came_on_paper_is_entered_once_and_its_receipt_is_a_card(
    officer: Reader, call: Call
) -> None:
    form = Page(officer.get("/desk/proposals/new/"))
    typed = {
        "nonce": hidden(form, "nonce"),
        "plan": str(call.plan.number),
        "channel": "workshop",
        "proposed_on": "2026-03-24",
        "title": TITLE,
        "text": TEXT,
        "joint": "김가상\n\n이가상",
        "title_only": "yes",
    }

    sent = [officer.post("/desk/proposals/new/", typed) for _ in range(2)]

    row = Proposal.objects.get()
    assert {one["Location"] for one in sent} == {sent[0]["Location"]}
    assert (row.channel, row.joint, row.title_only) == ("workshop", ["김가상", "이가상"], True)
    assert row.label in Page(officer.get(sent[0]["Location"])).text


@pytest.mark.parametrize(
    "other",
    [
        {"title": ""},
        {"text": "짧다"},
        {"channel": "x"},
        {"proposed_on": "x"},
        {"email": "a@b"},
        {"area": "9"},
    ],
)
def test_what_is_wrong_on_the_form_is_said_and_kept(other: dict[str, str], call: Call) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    typed = {
        "channel": "paper",
        "proposed_on": "2026-03-24",
        "title": TITLE,
        "text": TEXT,
        "name": "가온 모임",
        **other,
    }

    answer = officer.post("/desk/proposals/new/", typed)

    page = Page(answer)
    assert answer.status_code == 400 and page.faults == [] and not Proposal.objects.exists()
    assert page.one("input", name="name")["value"] == "가온 모임"


def test_without_a_call_there_is_nothing_to_enter(practice_forum: Any) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)

    assert officer.get("/desk/proposals/new/").status_code == 404


# --- support -------------------------------------------------------------------------------------


def test_support_counts_by_a_mailed_code(call: Call, each_reader: Reader) -> None:
    row = a_proposal(call)
    there = f"{public(row)}support/"
    asked = Page(each_reader.post(there, {"email": "friend@example.kr"}))
    typed = {"step": "code", "form": hidden(asked, "form"), "code": code()}

    done = each_reader.post(there, typed)
    again = each_reader.post(there, typed)

    assert done.status_code == 302 and Endorsement.objects.count() == 1
    page = Page(each_reader.get(done["Location"]))
    assert (
        page.faults == []
        and ("주소를 확인한 1명" if each_reader.language == "ko" else "1 person") in page.text
    )
    assert again.status_code == 409 and Endorsement.objects.count() == 1


def test_support_of_what_is_not_public_is_not_there(call: Call, reader: Reader) -> None:
    row = a_proposal(call, text=PHONE)

    assert reader.get(f"{public(row)}support/").status_code == 404


# --- one's own -----------------------------------------------------------------------------------


def granted(reader: Reader, row: Proposal, email: str = "citizen@example.kr") -> Page:
    there = f"{public(row)}mine/"
    asked = Page(reader.post(there, {"email": email}))
    return Page(reader.post(there, {"step": "code", "form": hidden(asked, "form"), "code": code()}))


def test_its_author_changes_it_and_everyone_sees_what(call: Call, each_reader: Reader) -> None:
    row = a_proposal(call)
    form = granted(each_reader, row)
    assert form.faults == [] and form.one("input", name="title")["value"] == TITLE

    done = each_reader.post(
        f"{public(row)}mine/",
        {
            "step": "change",
            "grant": hidden(form, "grant"),
            "base": hidden(form, "base"),
            "title": TITLE,
            "text": f"{TEXT} 밤에도 필요합니다.",
        },
    )

    page = Page(each_reader.get(done["Location"]))
    assert page.faults == [] and "밤에도 필요합니다." in " ".join(
        one.text for one in page.all("ins")
    )
    assert Proposal.objects.get().version == 2


def test_its_author_has_only_the_title_shown_and_shows_the_text_again(
    call: Call, each_reader: Reader, now: list[Any]
) -> None:
    row = a_proposal(call)
    for tick in ({"title_only": "yes"}, {}):
        form = granted(each_reader, row)
        assert ("checked" in form.one("input", name="title_only").attributes) == (not tick)
        hides = {"grant": hidden(form, "grant"), "base": hidden(form, "base"), **tick}

        done = each_reader.post(
            f"{public(row)}mine/", {**hides, "step": "change", "title": TITLE, "text": TEXT}
        )

        page = Page(each_reader.get(done["Location"]))
        assert page.faults == [] and TITLE in page.text
        assert (TEXT in page.html) == (not tick)
        now[0] += timedelta(minutes=2)


def test_its_author_withdraws_it_and_the_page_stays(call: Call, reader: Reader) -> None:
    row = a_proposal(call)
    form = granted(reader, row)

    reader.post(f"{public(row)}mine/", {"step": "withdraw", "grant": hidden(form, "grant")})

    page = Page(reader.get(public(row)))
    assert page.faults == [] and TITLE not in page.text and row.label in page.text


def test_another_address_gets_the_same_page_and_no_letter(call: Call, reader: Reader) -> None:
    row = a_proposal(call)
    there = f"{public(row)}mine/"
    before = Letter.objects.count()

    known = Page(reader.post(there, {"email": "citizen@example.kr"}))
    unknown = Page(reader.post(there, {"email": "nobody@example.kr"}))

    assert known.text.replace("citizen", "X") == unknown.text.replace("nobody", "X")
    assert Letter.objects.count() == before + 1
    guess = {"step": "code", "form": hidden(unknown, "form"), "code": "123456"}
    assert reader.post(there, guess).status_code == 400


def test_no_grant_no_change(call: Call, reader: Reader) -> None:
    row, other = a_proposal(call), a_proposal(call, email="b@example.kr")
    form = granted(reader, row)
    grant = hidden(form, "grant")

    for typed in (
        {"step": "withdraw"},
        {"step": "withdraw", "grant": "made-up"},
        {"step": "withdraw", "grant": grant[:-2]},
    ):
        assert reader.post(f"{public(row)}mine/", typed).status_code == 400
    assert (
        reader.post(f"{public(other)}mine/", {"step": "withdraw", "grant": grant}).status_code
        == 400
    )

    assert {one.state for one in Proposal.objects.all()} == {"public"}


def test_what_is_taken_out_as_personal_does_not_come_back_as_a_difference(
    call: Call, reader: Reader, officer: Reader
) -> None:
    row = a_proposal(call, text=PHONE)
    officer.post(desk(row), {"step": "publish"})
    form = granted(reader, row)

    reader.post(
        f"{public(row)}mine/",
        {
            "step": "change",
            "grant": hidden(form, "grant"),
            "base": hidden(form, "base"),
            "title": TITLE,
            "text": TEXT,
        },
    )

    for tail in ("", ".json"):
        address = public(row) if not tail else public(row)[:-1] + tail
        assert "010-1234-5678" not in reader.get(address).content.decode()


def test_who_is_asked_for_more_reads_what(call: Call, reader: Reader, now: list[Any]) -> None:
    row = a_proposal(call)
    ask_supplement(row, note="어느 정류장입니까?", by=SECRETARY, at=DURING)
    now[0] += timedelta(minutes=2)

    assert TITLE in Page(reader.get(public(row))).text
    assert "어느 정류장입니까?" in granted(reader, row).text
    assert Moderation.objects.get().state == "supplement"


def test_joint_proposers_stand_on_the_page(call: Call, reader: Reader) -> None:
    enter_proposal(
        call,
        words=some_words(name="가온 모임", joint=["김가상", "이가상"]),
        channel="paper",
        proposed_on="2026-03-24",
        nonce="x",
        by=SECRETARY,
        at=DURING,
    )

    text = Page(reader.get(public(Proposal.objects.get()))).text
    assert all(name in text for name in ("가온 모임", "김가상", "이가상"))
