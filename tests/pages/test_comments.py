"""A draft before the public on the pages: read by all, commented without an account, answered."""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from madang.calls.models import Intake
from madang.calls.rules.limits import LIMITS
from madang.calls.rules.proposing import one_line, whole_text
from madang.consultation.actions.answer_comments import answer_comment, publish_comment_answers
from madang.consultation.actions.moderate_comment import (
    ask_comment_hiding,
    confirm_comment_hiding,
    refuse_comment_hiding,
    restore_comment,
)
from madang.consultation.comment_letters import stop_token
from madang.consultation.models import Comment, CommentAnswer, CommentRound
from madang.consultation.rules.answering import Answer as SaidTo
from madang.consultation.rules.commenting import Answer, Fate
from madang.foundation.actors import Role
from madang.foundation.refusals import NotValid
from madang.letters.models import Letter
from madang.planning.models import Plan
from madang.record import log
from madang.record.guard import writing
from madang.web import middleware
from tests.makers.comments import (
    AFTER,
    CLOSES,
    DURING,
    FIRST,
    REASON,
    SECOND,
    TEXT,
    a_closed_round,
    a_comment,
    a_draft_plan,
    an_announced_round,
    an_open_round,
    rewrite,
    the_round,
)
from tests.makers.consultation import a_request, says
from tests.makers.forgetting import forget_everything
from tests.makers.plans import CANARY, SECRETARY, both
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page, body_of
from tests.pages.test_hostile_words import COLLECTIONS, corpus
from tests.pages.test_pasted import CLEAN, MEGABYTE, PASTED, RIGHT_TO_LEFT, TURNED
from tests.pages.test_queries import asked_by
from tests.pages.test_writing import entries, public_addresses

EMAIL = "citizen@example.kr"
GOOD = {"on": "1", "text": TEXT, "email": EMAIL, "agreed": "yes"}
LATER = "뒤에고친글"
"""Words that stand in what was written after the draft was put out."""


@pytest.fixture
def now(monkeypatch: Any) -> list[Any]:
    """The moment of every request; a test moves it."""
    moment = [DURING]
    monkeypatch.setattr(middleware, "_moment", lambda request: moment[0])
    return moment


@pytest.fixture
def found(practice_forum: Any, now: Any) -> CommentRound:
    return an_open_round()


def base(found: CommentRound) -> str:
    return f"/plans/{found.plan.number}/draft"


def path(answer: Any) -> str:
    """Where an answer leads, without the language."""
    assert answer.status_code == 302, answer.content.decode()[:500]
    return str(answer["Location"]).removeprefix("/en")


def token_of(address: str) -> str:
    return urlsplit(address).query.removeprefix("t=")


def to_check(reader: Reader, found: CommentRound, **other: str) -> str:
    return path(reader.post(f"{base(found)}/comments/new/", {**GOOD, **other}))


def to_code(reader: Reader, found: CommentRound, **other: str) -> str:
    token = token_of(to_check(reader, found, **other))
    return path(reader.post(f"{base(found)}/comments/new/check/", {"t": token}))


def code_in_mail() -> str:
    letter = Letter.objects.filter(kind="comment.code").order_by("-pk")[0]
    digits = re.search(r"^    (\d{6})$", letter.body, re.M)
    assert digits
    return digits[1]


def sent(reader: Reader, found: CommentRound, **other: str) -> Any:
    typed = {"t": token_of(to_code(reader, found, **other)), "step": "send", "code": code_in_mail()}
    return reader.post(f"{base(found)}/comments/new/code/", typed)


def answered(found: CommentRound, row: Comment) -> int:
    """Close the window, change the text for a comment, and publish that; the new version."""
    found = a_closed_round(found)
    version = rewrite(found.plan, description=both(f"{CANARY} 내용을 {LATER} 함께 정한다."))
    given = Answer(fate=Fate.TAKEN_UP, reason=REASON, changed=(1, version))
    answer_comment(row, answer=given, by=SECRETARY, at=AFTER)
    publish_comment_answers(found, by=SECRETARY, at=AFTER)
    return version


# --- who reads what ------------------------------------------------------------------------------


def shown_to_strangers(word: str, number: int) -> list[str]:
    stranger = Reader("ko")
    addresses = [*public_addresses(number), *entries()]
    return [one for one in addresses if word.encode() in body_of(stranger.get(one))]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_comment_sent_just_after_the_close_is_given_back(
    found: CommentRound, now: Any, language: str
) -> None:
    reader, here = Reader(language), f"{base(found)}/comments/new/"
    now[0] = CLOSES

    assert reader.get(here).status_code == 200 and not Page(reader.get(here)).all("textarea")
    page = Page(answer := reader.post(here, GOOD))

    assert answer.status_code == 409 and page.faults == [] and page.inline == []
    (typed,) = page.all("textarea")
    assert typed.text == TEXT and "readonly" in typed.attributes
    assert not Intake.objects.exists()


def test_nothing_of_a_draft_is_read_before_the_window_opens(practice_forum: Any, now: Any) -> None:
    found = an_announced_round(a_draft_plan())

    assert shown_to_strangers(CANARY, found.plan.number) == []
    page = Page(Reader("ko").get(f"{base(found)}/"))
    assert page.all("form") == [] and not any("/new/" in link for link in page.links)
    assert Reader("ko").get(f"{base(found)}/1/").status_code == 404


def test_while_it_is_open_everyone_reads_what_was_put_out_and_nothing_later(
    found: CommentRound,
) -> None:
    rewrite(found.plan, at=DURING, title=both(f"{LATER} 과제"), description=both(LATER))
    a_comment(found)

    assert shown_to_strangers(LATER, found.plan.number) == []
    shown = shown_to_strangers(CANARY, found.plan.number)
    ours = [f"{base(found)}{tail}" for tail in ("/", ".json", ".csv", "/1/", "/1.json", "/1.csv")]
    form = f"{base(found)}/comments/new/"
    assert {one.removeprefix("/en") for one in shown} == {*ours, form}
    letters = [one.subject + one.body for one in Letter.objects.all()]
    assert letters and all(LATER not in one for one in letters)


def test_with_the_answers_the_changed_text_is_read_with_the_comment_behind_it(
    found: CommentRound, each_reader: Reader
) -> None:
    row = a_comment(found)
    version = answered(found, row)
    rewrite(found.plan, at=AFTER, description=both("아직 아무도 모르는 글"))

    page = Page(each_reader.get(f"{base(found)}/1/"))

    assert [one.text for one in page.all("ins")] == [LATER]
    assert row.label in page.text and TEXT in page.text
    assert REASON.words[each_reader.language] in page.text
    data = json.loads(each_reader.get(f"{base(found)}/1.json").content)
    assert (data["version"], data["first_version"]) == (version, 1)
    assert data["because_of"] == [1]
    assert "아직 아무도" not in json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize("tail", ["", "1/", "comments/", "comments/1/", "comments/new/"])
def test_every_page_is_whole_in_both_languages(
    found: CommentRound, each_reader: Reader, tail: str
) -> None:
    answered(found, a_comment(found))

    page = Page(each_reader.get(f"{base(found)}/{tail}"))

    assert page.faults == [] and page.ids_twice == [] and page.inline == []
    assert page.language == each_reader.language
    assert len(page.html.encode()) < 30_000


def test_pages_ask_the_database_little_and_as_often_for_many_comments(found: CommentRound) -> None:
    a_comment(found)
    tails = ("/", ".json", "/1/", "/comments/", "/comments.csv", "/comments/1/")
    more = [f"/plans/{found.plan.number}/co-creation/", "/", f"/plans/{found.plan.number}/"]
    addresses = [*(f"{base(found)}{tail}" for tail in tails), *more]
    few = {one: len(asked_by(one)) for one in addresses}
    for n in range(15):
        a_comment(found, email=f"c{n}@example.kr", commitment=1 if n % 2 else None)

    assert {one: len(asked_by(one)) for one in addresses} == few
    assert max(few.values()) <= 6, few


# --- the way -------------------------------------------------------------------------------------


def test_it_takes_two_fields_one_tick_one_code_and_four_presses(
    found: CommentRound, each_reader: Reader
) -> None:
    home = Page(each_reader.get("/"))
    assert any(link.endswith(f"{base(found)}/") for link in home.links)
    text = Page(each_reader.get(f"{base(found)}/1/"))
    assert any(link.endswith(f"{base(found)}/comments/new/?on=1") for link in text.links)

    form = Page(each_reader.get(f"{base(found)}/comments/new/?on=1"))
    assert 'value="1" selected' in form.html
    outside = [one for one in form.all("input", "textarea") if "details" not in one.inside]
    asked = [one.get("name") for one in outside if one.get("type") not in ("hidden", "checkbox")]
    assert asked == ["text", "email"]

    done = sent(each_reader, found)

    kept = Comment.objects.get()
    assert path(done) == f"{base(found)}/comments/1/?receipt=1"
    assert (kept.text, kept.language, kept.version.number) == (TEXT, each_reader.language, 1)  # type: ignore[union-attr]
    receipt = Page(each_reader.get(path(done)))
    assert receipt.faults == [] and kept.label in receipt.text and "22" in receipt.text
    assert f"{base(found)}/comments/1/" in receipt.text
    assert Intake.objects.get().fields == {}


def test_a_second_press_gives_the_same_receipt(found: CommentRound, reader: Reader) -> None:
    typed = {"t": token_of(to_code(reader, found)), "step": "send", "code": code_in_mail()}
    first = reader.post(f"{base(found)}/comments/new/code/", typed)
    size = log.size()

    again = [
        reader.post(f"{base(found)}/comments/new/code/", typed),
        reader.get(f"{base(found)}/comments/new/code/?t={typed['t']}"),
        reader.get(f"{base(found)}/comments/new/check/?t={typed['t']}"),
    ]

    assert {path(one) for one in again} == {path(first)}
    assert (Comment.objects.count(), log.size()) == (1, size)


@pytest.mark.parametrize(
    "other",
    [
        {"text": "짧다"},
        {"text": "가" * 2001},
        {"text": ""},
        {"text": f"{TEXT} 900101-1234567"},
        {"email": "no address"},
        {"email": "citizen@gmial.com"},
        {"agreed": ""},
        {"on": "9"},
        {"on": "abc"},
        {"name": "가" * 61},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    found: CommentRound, each_reader: Reader, other: dict[str, str]
) -> None:
    answer = each_reader.post(f"{base(found)}/comments/new/", {**GOOD, **other})

    page = Page(answer)
    assert answer.status_code == 400 and page.faults == []
    summary = page.one("div", class_="error-summary")
    assert len(summary.text) > 5
    assert page.one("textarea").text == {**GOOD, **other}["text"]
    assert page.one("input", name="email")["value"] == {**GOOD, **other}["email"]
    assert (Intake.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_wrong_code_sends_nothing_and_the_right_one_does(
    found: CommentRound, reader: Reader
) -> None:
    token = token_of(to_code(reader, found))
    right = code_in_mail()
    wrong = "000000" if right != "000000" else "000001"

    answer = reader.post(
        f"{base(found)}/comments/new/code/", {"t": token, "step": "send", "code": wrong}
    )

    assert answer.status_code == 400 and not Comment.objects.exists()
    typed = {"t": token, "step": "send", "code": right}
    path(reader.post(f"{base(found)}/comments/new/code/", typed))
    assert Comment.objects.count() == 1


def test_a_token_of_a_proposal_opens_no_comment(found: CommentRound, reader: Reader) -> None:
    token = token_of(to_check(reader, found))

    other = reader.get(f"/plans/{found.plan.number}/proposals/new/check/?t={token}")

    assert other.status_code == 404


def test_after_the_close_the_form_says_since_when_and_keeps_the_code_unused(
    found: CommentRound, reader: Reader, now: list[Any]
) -> None:
    now[0] = CLOSES.replace(hour=CLOSES.hour) - (CLOSES - DURING) / 1000
    token, digits = token_of(to_code(reader, found)), code_in_mail()
    now[0] = CLOSES

    late = reader.post(
        f"{base(found)}/comments/new/code/", {"t": token, "step": "send", "code": digits}
    )

    assert late.status_code == 409 and not Comment.objects.exists()
    page = Page(reader.get(f"{base(found)}/comments/new/"))
    assert page.all("textarea") == []


def test_one_place_sends_so_many_an_hour(
    found: CommentRound, reader: Reader, monkeypatch: Any
) -> None:
    monkeypatch.setitem(LIMITS, "comment.place", replace(LIMITS["comment.place"], most=1))
    sent(reader, found)
    token = token_of(to_check(reader, found, email="b@example.kr"))

    answer = reader.post(f"{base(found)}/comments/new/check/", {"t": token})

    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0


@pytest.mark.parametrize(
    "words", ["<script>x</script>", "\u202e거꾸로 쓴 글입니다", "=SUM(A1) 열 글자가 넘는"]
)
def test_hostile_words_are_words_everywhere(
    found: CommentRound, reader: Reader, words: str
) -> None:
    sent(reader, found, text=f"{words} {TEXT}", name=words[:60])

    for tail in ("/1/", "/comments/", "/comments/1/"):
        page = Page(reader.get(f"{base(found)}{tail}"))
        assert page.faults == [] and page.inline == [] and "\u202e" not in page.html
    table = body_of(reader.get(f"{base(found)}/comments.csv")).decode()
    assert not re.search(r"(^|,)\"?=SUM", table)


# --- moderation ----------------------------------------------------------------------------------


def test_a_hidden_comment_leaves_its_number_its_reason_and_its_answer(
    found: CommentRound, each_reader: Reader
) -> None:
    row = a_comment(found, name="시끄러운 사람")
    ask_comment_hiding(row, reason="abuse", note="", by=FIRST, at=DURING)
    confirm_comment_hiding(row, by=SECOND, at=DURING)
    answered(found, row)

    for tail in ("/1/", "/comments/", "/comments/1/", "/comments.json", "/comments.csv"):
        answer = each_reader.get(f"{base(found)}{tail}")
        body = body_of(answer).decode()
        assert answer.status_code == 200 and row.label in body, tail
        assert TEXT not in body and "시끄러운" not in body, tail
        assert REASON.words[each_reader.language] in body or tail == "/comments.csv"


@pytest.fixture
def officer(found: CommentRound) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, "ko")


def test_the_desk_hides_with_two_and_answers_with_the_text_that_changed(
    found: CommentRound, officer: Reader
) -> None:
    row, other = a_comment(found), a_comment(found, email="b@example.kr", commitment=None)
    here = f"/desk/comments/{row.label}/"
    officer.post(here, {"step": "hide", "reason": "abuse", "note": "메모"})
    assert officer.post(here, {"step": "confirm"}).status_code == 409
    officer.post(here, {"step": "refuse"})
    a_closed_round(found)
    version = rewrite(found.plan, description=both(f"{CANARY} 고친 글"))
    typed = {"step": "answer", "fate": "partly", "changed": "", "reason-ko": REASON.words["ko"]}

    wrong = officer.post(here, typed)

    page = Page(wrong)
    assert wrong.status_code == 400 and page.faults == []
    assert REASON.words["ko"] in page.text and 'value="partly" checked' in page.html
    path(officer.post(here, {**typed, "changed": f"1-{version}"}))
    path(
        officer.post(
            f"/desk/comments/{other.label}/",
            {"step": "answer", "fate": "not_taken_up", "reason-ko": REASON.words["ko"]},
        )
    )
    desk = f"/desk/plans/{found.plan.number}/comments/"
    assert path(officer.post(desk, {"step": "publish"})) == desk
    assert CommentAnswer.objects.filter(published_at__isnull=False).count() == 2
    assert Letter.objects.filter(kind="comment.answered").count() == 2


def test_the_desk_announces_a_window_and_keeps_what_was_typed(
    practice_forum: Any, now: list[Any]
) -> None:
    plan = a_draft_plan()
    officer = a_signed_in_client(Role.SECRETARIAT, "ko")
    desk = f"/desk/plans/{plan.number}/comments/"
    form = Page(officer.get(desk))
    assert "마당이 정한 기간" in form.text and "two weeks" not in form.text
    typed = {
        one["name"]: one.get("value") or ""
        for one in form.all("input")
        if one.get("name") not in (None, "csrfmiddlewaretoken")
    }
    short = {**typed, "closes_on": typed["opens_on"], "invitation-ko": "읽어 주십시오."}

    refused = officer.post(desk, {**short, "step": "announce"})

    page = Page(refused)
    assert refused.status_code == 400 and page.faults == [] and "14" in page.text
    assert page.one("textarea", name="invitation-ko").text == "읽어 주십시오."
    assert page.one("input", name="short_reason-ko")
    assert path(officer.post(desk, {**typed, "step": "announce"})) == desk
    assert the_round(plan).status == "announced"
    for step in ("extend", "call_off", "publish", "", "announce"):
        answer = officer.post(desk, {"step": step})
        assert 400 <= answer.status_code < 500 and Page(answer).faults == []
    off = {"step": "call_off", "call_off_reason-ko": "초안이 늦어집니다."}
    path(officer.post(desk, off))
    assert the_round(plan).status == "called_off"


# --- letters, the summary, the way ---------------------------------------------------------------


def test_the_stop_link_shows_and_its_button_stops(found: CommentRound, each_reader: Reader) -> None:
    row = a_comment(found)
    address = f"/stop/comment/{stop_token(row)}/"

    assert row.label in Page(each_reader.get(address)).text
    row.contact.refresh_from_db()
    assert row.contact.stopped_at is None
    assert Page(each_reader.post(address, {})).all("button") == []
    row.contact.refresh_from_db()
    assert row.contact.stopped_at is not None
    assert each_reader.get("/stop/comment/1-abc/").status_code == 404


def test_the_summary_counts_what_is_kept(found: CommentRound, each_reader: Reader) -> None:
    row = a_comment(found)
    a_comment(found, email="b@example.kr", commitment=None)
    answered(found, row)
    address = f"/plans/{found.plan.number}/co-creation"

    data = json.loads(each_reader.get(f"{address}.json").content)

    assert data["comments"]["all"] == 2 and data["comments"]["on_the_whole"] == 1
    assert data["comments"]["fates"] == {"waiting": 1, "taken_up": 1}
    assert [one["commitment"] for one in data["comments"]["changed"]] == [1]
    assert Page(each_reader.get(f"{address}/")).faults == []
    assert body_of(each_reader.get(f"{address}.csv"))


def test_a_member_reads_how_a_draft_came_to_be_and_a_stranger_does_not(
    found: CommentRound,
) -> None:
    answered(found, a_comment(found))
    address = f"/plans/{found.plan.number}/commitments/1/how-it-came-to-be"
    assert Reader("ko").get(f"{address}.json").status_code == 404

    data = json.loads(a_signed_in_client(Role.MEMBER, "ko").get(f"{address}.json").content)

    assert [one["key"] for one in data["steps"]] == ["written", "comments", "answers"]
    comments = data["steps"][1]
    assert (comments["from"], comments["to"]) == ("2026-04-08", "2026-04-22")
    assert comments["body"]["en"] == "The public"


def test_its_page_tells_what_happened_to_a_comment_and_names_nobody(
    found: CommentRound, each_reader: Reader
) -> None:
    row = a_comment(found)
    ask_comment_hiding(row, reason="abuse", note="", by=FIRST, at=DURING)
    refuse_comment_hiding(row, by=SECOND, at=DURING)
    ask_comment_hiding(row, reason="repeated", note="메모입니다", by=FIRST, at=DURING)
    confirm_comment_hiding(row, by=SECOND, at=DURING)
    restore_comment(row, note="다시 보니 다른 말입니다.", by=FIRST, at=AFTER)

    data = json.loads(each_reader.get(f"{base(found)}/comments/1.json").content)

    assert [(step["key"], step["reason"]) for step in data["steps"]] == [
        ("received", None),
        ("public", None),
        ("hidden", "repeated"),
        ("public", None),
    ]
    page = Page(each_reader.get(f"{base(found)}/comments/1/"))
    assert len([one for one in page.all("li") if "ol" in one.inside]) >= 4
    for word in ("first", "second", "메모입니다", "다른 말입니다"):
        assert word not in page.text


@pytest.mark.parametrize("name", COLLECTIONS)
def test_strings_collected_to_break_programs_break_nothing(
    name: str, found: CommentRound, reader: Reader
) -> None:
    row, officer = a_comment(found), a_signed_in_client(Role.SECRETARIAT)
    desk = f"/desk/plans/{found.plan.number}/comments/"
    typed = ("on", "text", "email", "name", "agreed", "meant", "t", "code", "fate", "changed")
    more = ("reason", "note", "reason-ko", "reason-en", "invitation-ko", "short_reason-ko")
    dates = ("opens_on", "opens_time", "closes_on", "answer_by", "extend_on", "extend_reason-ko")
    every = corpus(name)
    for words in every[:: max(1, len(every) // 20)]:
        given = words.encode("utf-8", "replace").decode()[:1500]
        form = dict.fromkeys((*typed, *more, *dates), given)
        for reading, address, step in (
            (reader, f"{base(found)}/comments/new/", ""),
            (reader, f"{base(found)}/comments/new/code/", "send"),
            (officer, f"/desk/comments/{row.label}/", "hide"),
            (officer, f"/desk/comments/{row.label}/", "answer"),
            (officer, desk, "announce"),
            (officer, desk, "extend"),
        ):
            answer = reading.post(address, {**form, "step": step})
            assert 400 <= answer.status_code < 500, (given[:60], address, step)
            assert Page(answer).faults == [], given[:60]
    kept = [whole_text(words)[:2000] for words in every if len(whole_text(words)) > 9]
    for n, words in enumerate(kept[:: max(1, len(kept) // 15)]):
        try:
            a_comment(found, text=words, name=one_line(words)[:60], email=f"h{n}@example.kr")
        except NotValid:
            continue
    for tail in ("/1/", "/comments/"):
        page = Page(reader.get(f"{base(found)}{tail}"))
        assert page.faults == [] and page.all("script", "iframe", "img") == []


# --- what is pasted into a comment and into its answer ---------------------------------------------


def comments(found: CommentRound, words: str) -> tuple[Any, str]:
    """Someone comments; what came back first, and what was kept once the code was typed."""
    reader = Reader("ko")
    first = reader.post(f"{base(found)}/comments/new/", {**GOOD, "text": words})
    if first.status_code != 302:
        return first, ""
    sent(reader, found, text=words)
    return first, Comment.objects.get().text


def answers(found: CommentRound, words: str) -> tuple[Any, str]:
    """The secretariat answers a comment; what came back, and what was kept."""
    row = a_comment(found)
    a_closed_round(found)
    form = {"step": "answer", "fate": "not_taken_up", "reason-ko": words}
    first = a_signed_in_client(Role.SECRETARIAT).post(f"/desk/comments/{row.label}/", form)
    kept = CommentAnswer.objects.first()
    return first, kept.reason.words["ko"] if kept else ""


@pytest.mark.parametrize("write", [comments, answers])
@pytest.mark.parametrize(
    "typed, kept",
    [
        (PASTED, CLEAN),
        (RIGHT_TO_LEFT, RIGHT_TO_LEFT),
        (TURNED, "여기서 방향을 뒤집는 글자가 들어 있는 글입니다."),
    ],
)
def test_what_was_pasted_is_kept_as_people_read_it(
    write: Any, typed: str, kept: str, found: CommentRound
) -> None:
    answer, read = write(found, typed)

    assert (answer.status_code, read) == (302, kept)


@pytest.mark.parametrize("write", [comments, answers])
def test_a_megabyte_gets_a_sentence_and_comes_back_as_it_was_typed(
    write: Any, found: CommentRound
) -> None:
    answer, read = write(found, MEGABYTE)

    page = Page(answer)
    assert (answer.status_code, read, page.faults) == (400, "", [])
    assert page.one("div", role="alert").text and MEGABYTE in page.html
    # A browser would triple it otherwise, and the door would turn it away.
    assert 'enctype="multipart/form-data"' in page.html


def test_many_long_comments_stay_within_what_a_page_may_weigh(
    found: CommentRound, each_reader: Reader
) -> None:
    long = "긴 의견입니다. " * 220
    rows = [
        a_comment(found, text=long[:2000], email=f"c{n}@example.kr", name="가" * 60)
        for n in range(40)
    ]
    found = a_closed_round(found)
    version = rewrite(found.plan, description=both(LATER))
    reason = both("가" * 800, "long " * 160)
    for row in rows:
        given = Answer(fate=Fate.PARTLY, reason=reason, changed=(1, version))
        answer_comment(row, answer=given, by=SECRETARY, at=AFTER)
    publish_comment_answers(found, by=SECRETARY, at=AFTER)

    for tail in ("/1/", "/comments/", "/comments/1/"):
        answer = each_reader.get(f"{base(found)}{tail}")
        assert len(answer.content) <= 100_000, tail
    assert len(json.loads(each_reader.get(f"{base(found)}/1.json").content)["comments"]) == 40
    assert long[:2000].strip() in Page(each_reader.get(f"{base(found)}/comments/1/")).text


def test_the_agencies_that_were_asked_stand_in_the_summary_and_on_the_way(
    practice_forum: Any, each_reader: Reader
) -> None:
    request = a_request(5, 6)
    says(request, "finance", SaidTo(5, "decline", "2028년 예산에 아직 담기지 않았습니다."))

    heard = json.loads(each_reader.get("/plans/2/co-creation.json").content)
    came = json.loads(each_reader.get("/plans/2/commitments/5/how-it-came-to-be.json").content)

    assert [(one["slug"], one["asked"], one["stances"]) for one in heard["agencies"]] == [
        ("finance", 2, {"decline": 1}),
        ("audit", 2, {}),
    ]
    steps = [one for one in came["steps"] if one["key"] == "consultation"]
    assert {one["body"]["en"]: (one["from"], one["to"]) for one in steps} == {
        "Finance Bureau": ("2026-03-02", "2026-03-05"),
        "Audit Office": ("2026-03-02", None),
    }
    with writing():
        Plan.objects.filter(number=2).update(status="announced", announced_at=DURING)
    # No act did this, so the page that is remembered would be shown again.
    forget_everything()
    unread = json.loads(Reader("ko").get("/plans/2/co-creation.json").content)
    assert [(one["answered"], one["stances"]) for one in unread["agencies"]] == [(1, {}), (0, {})]
    with writing():
        Plan.objects.filter(number=2).update(status="recorded")
    forget_everything()
    for address in ("/plans/2/co-creation/", "/plans/2/commitments/5/how-it-came-to-be/"):
        assert Page(each_reader.get(address)).faults == []
