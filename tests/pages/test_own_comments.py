"""One's own comment by a mailed code; what came on paper; the log that tells of both."""

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest

from madang.consultation.actions.answer_comments import answer_comment
from madang.consultation.actions.moderate_comment import ask_comment_hiding, publish_comment
from madang.consultation.actions.own_comment import edit_comment
from madang.consultation.models import Comment, CommentRound
from madang.consultation.rules.commenting import Answer, Fate
from madang.foundation.actors import ANONYMOUS, Role
from madang.letters.models import Letter
from madang.web import middleware
from tests.makers.comments import (
    AFTER,
    DURING,
    FIRST,
    REASON,
    TEXT,
    a_closed_round,
    a_comment,
    an_open_round,
)
from tests.makers.plans import SECRETARY
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page
from tests.pages.test_pasted import MEGABYTE

EMAIL = "citizen@example.kr"
OTHER = "첫 단계의 결과물을 표로도 내려받을 수 있다고 적어 주세요."
PHONE = f"{TEXT} 010-1234-5678"


@pytest.fixture
def now(monkeypatch: Any) -> list[Any]:
    moment = [DURING]
    monkeypatch.setattr(middleware, "_moment", lambda request: moment[0])
    return moment


@pytest.fixture
def found(practice_forum: Any, now: Any) -> CommentRound:
    return an_open_round()


def page_of(row: Comment) -> str:
    return f"/plans/{row.plan.number}/draft/comments/{row.number}/"


def hidden(page: Page, name: str) -> str:
    return next(one for one in page.all("input") if one.get("name") == name)["value"] or ""


def granted(reader: Reader, row: Comment, email: str = EMAIL) -> Page:
    there = f"{page_of(row)}mine/"
    asked = Page(reader.post(there, {"email": email}))
    assert asked.faults == []
    letters = Letter.objects.filter(kind="comment.code_for", to=email).order_by("-pk")
    digits = re.search(r"^    (\d{6})$", letters[0].body if letters else "    000000", re.M)
    assert digits
    typed = {"step": "code", "form": hidden(asked, "form"), "code": digits[1]}
    return Page(reader.post(there, typed))


# --- one's own -----------------------------------------------------------------------------------


def test_its_author_changes_it_and_everyone_sees_what_it_said(
    found: CommentRound, each_reader: Reader
) -> None:
    row = a_comment(found)
    assert f"{page_of(row)}mine/" in " ".join(Page(each_reader.get(page_of(row))).links)
    form = granted(each_reader, row)
    assert form.faults == [] and TEXT in "".join(form.one("textarea", name="text").words)

    typed = {"grant": hidden(form, "grant"), "base": hidden(form, "base")}
    done = each_reader.post(
        f"{page_of(row)}mine/", {**typed, "step": "change", "text": OTHER, "name": ""}
    )

    assert done.status_code == 302
    page = Page(each_reader.get(page_of(row)))
    assert page.faults == [] and OTHER in page.text and TEXT in page.one("details").text
    said = json.loads(each_reader.get(f"{page_of(row)[:-1]}.json").content)
    assert [one["text"] for one in said["earlier"]] == [TEXT]
    assert [step["key"] for step in said["steps"]] == ["received", "public", "edited"]


def test_what_was_taken_out_as_personal_is_not_shown_as_what_it_said(
    found: CommentRound, reader: Reader
) -> None:
    row = a_comment(found, text=PHONE)
    publish_comment(row, by=FIRST, at=DURING)
    fresh = Comment.objects.select_related("plan", "round").get()
    edit_comment(fresh, text=OTHER, name="", base=0, by=ANONYMOUS, at=DURING)

    page = Page(reader.get(page_of(row)))

    assert OTHER in page.text and "010-1234" not in page.html
    assert "010-1234" not in reader.get(f"{page_of(row)[:-1]}.json").content.decode()


def test_withdrawn_its_number_and_way_stay(
    found: CommentRound, each_reader: Reader, now: Any
) -> None:
    row = a_comment(found)
    form = granted(each_reader, row)

    each_reader.post(f"{page_of(row)}mine/", {"step": "withdraw", "grant": hidden(form, "grant")})

    page = Page(each_reader.get(page_of(row)))
    assert page.faults == [] and TEXT not in page.text and row.label in page.text
    base = f"/plans/{row.plan.number}/draft/comments"
    assert TEXT not in each_reader.get(f"{base}.csv").content.decode()
    listed = Page(each_reader.get(f"{base}/?fate=withdrawn"))
    assert row.label in listed.text and listed.faults == []
    assert row.label not in Page(each_reader.get(f"{base}/?fate=waiting")).one("main").text
    # Nobody waits for an answer to it.
    now[0] = AFTER
    a_closed_round(found)
    officer = a_signed_in_client(Role.SECRETARIAT)
    assert TEXT not in Page(officer.get(f"/desk/plans/{row.plan.number}/comments/")).text
    one = Page(officer.get(f"/desk/comments/{row.label}/"))
    assert one.faults == [] and not [f for f in one.all("input") if f.get("name") == "fate"]


def test_another_address_gets_the_same_page_and_no_letter(
    found: CommentRound, reader: Reader
) -> None:
    row = a_comment(found)
    there, before = f"{page_of(row)}mine/", Letter.objects.count()

    known = Page(reader.post(there, {"email": EMAIL}))
    unknown = Page(reader.post(there, {"email": "nobody@example.kr"}))

    assert known.text.replace("citizen", "X") == unknown.text.replace("nobody", "X")
    assert Letter.objects.count() == before + 1


def test_a_grant_opens_this_comment_alone(found: CommentRound, reader: Reader) -> None:
    row, other = a_comment(found), a_comment(found, email="b@example.kr")
    grant = hidden(granted(reader, row), "grant")

    for where, typed in (
        (row, {"step": "withdraw"}),
        (row, {"step": "withdraw", "grant": grant[:-2]}),
        (other, {"step": "withdraw", "grant": grant}),
    ):
        assert reader.post(f"{page_of(where)}mine/", typed).status_code == 400

    assert {one.state for one in Comment.objects.all()} == {"public"}


def test_a_proposals_grant_is_none_for_a_comment_of_the_same_label(
    found: CommentRound, reader: Reader
) -> None:
    from django.core import signing

    from madang.web.pages.by_code import SALT

    row = a_comment(found)
    for tag in ("granted", "granted mine", "granted support"):
        grant = signing.dumps([tag, row.label, EMAIL], salt=SALT)
        answer = reader.post(f"{page_of(row)}mine/", {"step": "withdraw", "grant": grant})
        assert answer.status_code == 400
    assert Comment.objects.get().state == "public"


@pytest.mark.parametrize(
    "text", ["짧다", "가" * 2001, MEGABYTE, f"{TEXT} 900101-1234567", "\u3164" * 40]
)
def test_what_cannot_be_saved_stays_typed(found: CommentRound, reader: Reader, text: str) -> None:
    row = a_comment(found)
    form = granted(reader, row)

    typed = {"grant": hidden(form, "grant"), "base": "0", "step": "change", "text": text}
    answer = reader.post(f"{page_of(row)}mine/", {**typed, "name": "이름"})

    page = Page(answer)
    assert answer.status_code == 400 and page.one("div", role="alert").text
    assert form.faults == page.faults == []
    assert "".join(page.one("textarea", name="text").words).strip() == text.strip()


def test_who_answers_is_told_that_the_comment_changed_after_the_answer_was_written(
    found: CommentRound,
) -> None:
    row, officer = a_comment(found), a_signed_in_client(Role.SECRETARIAT)
    said = Answer(fate=Fate.NOT_TAKEN_UP, reason=REASON)
    answer_comment(row, answer=said, by=SECRETARY, at=DURING)
    desk = f"/desk/comments/{row.label}/"
    assert "고쳤습니다" not in Page(officer.get(desk)).text

    later = DURING + timedelta(hours=1)
    fresh = Comment.objects.select_related("plan", "round").get()
    edit_comment(fresh, text=OTHER, name="", base=0, by=ANONYMOUS, at=later)

    page = Page(officer.get(desk))
    assert page.faults == [] and "답변을 적은 뒤에 쓴 사람이 의견을 고쳤습니다" in page.text


# --- on paper ------------------------------------------------------------------------------------


def test_the_secretariat_enters_what_came_on_paper(found: CommentRound) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    desk = f"/desk/plans/{found.plan.number}/comments/"
    assert f"{desk}new/" in Page(officer.get(desk)).links
    page = Page(officer.get(f"{desk}new/"))
    assert page.faults == []
    typed = {"nonce": hidden(page, "nonce"), "on": "1", "channel": "telephone", "text": TEXT}

    refused = Page(officer.post(f"{desk}new/", {**typed, "said_on": "어제", "name": "이웃"}))
    assert refused.one("div", role="alert").text and refused.faults == []
    assert refused.one("input", name="name")["value"] == "이웃"
    done = officer.post(f"{desk}new/", {**typed, "said_on": "2026-04-10"}, follow=True)
    again = officer.post(f"{desk}new/", {**typed, "said_on": "2026-04-10"}, follow=True)

    receipt = Page(done)
    assert receipt.faults == [] and "전화" in receipt.text and TEXT in receipt.text
    assert done.redirect_chain == again.redirect_chain and Comment.objects.count() == 1


# --- the log -------------------------------------------------------------------------------------


def test_the_plans_log_tells_of_comments_beside_proposals(
    found: CommentRound, each_reader: Reader
) -> None:
    row = a_comment(found, text=PHONE)
    publish_comment(row, by=FIRST, at=DURING)
    ask_comment_hiding(
        Comment.objects.select_related("plan", "round").get(), reason="abuse", note="비밀",
        by=FIRST, at=DURING,
    )  # fmt: skip
    base = f"/plans/{row.plan.number}/moderation"

    page = Page(each_reader.get(f"{base}/"))

    assert page.faults == [] and f"{page_of(row)}" in " ".join(page.links)
    body = each_reader.get(f"{base}.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(body)))
    assert len(lines) == 3 and {line[0] for line in lines[1:]} == {row.label}
    assert "비밀" not in body and "second" not in body
    steps = json.loads(each_reader.get(f"{base}.json").content)["steps"]
    assert [(one["what"], one["state"]) for one in steps] == [
        ("comment", "hidden"),
        ("comment", "public"),
    ]
