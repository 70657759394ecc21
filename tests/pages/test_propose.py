"""Proposing on the pages: four presses, three fields, one tick, one code; nothing lost or doubled."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.calls.actions import send
from madang.calls.actions.window import close_call
from madang.calls.models import Call, Contact, Intake, Proposal
from madang.calls.rules.limits import LIMITS
from madang.foundation.actors import CLOCK
from madang.letters.models import Letter
from madang.record import log
from madang.web import middleware
from tests.makers.calls import CLOSES, DURING, TEXT, TITLE, a_call, an_open_call
from tests.makers.readers import Reader
from tests.pages.reading import Page

EMAIL = "citizen@example.kr"
GOOD = {"title": TITLE, "text": TEXT, "email": EMAIL, "agreed": "yes"}


@pytest.fixture
def now(monkeypatch: Any) -> list[Any]:
    """The moment of every request; a test moves it."""
    moment = [DURING]
    monkeypatch.setattr(middleware, "_moment", lambda request: moment[0])
    return moment


@pytest.fixture
def call(practice_forum: Any, now: Any) -> Call:
    return an_open_call()


def base(call: Call) -> str:
    return f"/plans/{call.plan.number}/proposals"


def path(answer: Any) -> str:
    """Where an answer leads, without the language."""
    assert answer.status_code == 302, answer.content.decode()[:500]
    return str(answer["Location"]).removeprefix("/en")


def to_check(reader: Reader, call: Call, **other: str) -> str:
    return path(reader.post(f"{base(call)}/new/", {**GOOD, **other}))


def token_of(address: str) -> str:
    return urlsplit(address).query.removeprefix("t=")


def code_in_mail(kind: str = "proposal.code") -> str:
    letter = Letter.objects.filter(kind=kind).order_by("-pk")[0]
    found = re.search(r"^    (\d{6})$", letter.body, re.M)
    assert found
    return found[1]


def to_code(reader: Reader, call: Call, **other: str) -> str:
    check = to_check(reader, call, **other)
    return path(reader.post(f"{base(call)}/new/check/", {"t": token_of(check)}))


def sent(reader: Reader, call: Call, **other: str) -> Any:
    code = to_code(reader, call, **other)
    typed = {"t": token_of(code), "step": "send", "code": code_in_mail()}
    return reader.post(f"{base(call)}/new/code/", typed)


# --- the way -------------------------------------------------------------------------------------


def test_the_form_says_what_the_call_asks_and_weighs_by(call: Call, each_reader: Reader) -> None:
    page = Page(each_reader.get(f"{base(call)}/new/"))

    asked = {"ko": "무엇이 문제입니까?", "en": "What is the problem?"}[each_reader.language]
    assert page.html.index(asked) < page.html.index('id="text"')
    weighed = next(link for link in page.links if link.endswith(f"{base(call)}/#call"))
    there = Page(each_reader.get(weighed.removeprefix("/en").partition("#")[0]))
    criterion = {"ko": "여러 사람에게 도움이 되는가", "en": "Does it help many?"}
    assert criterion[each_reader.language] in there.html[there.html.index('id="call"') :]
    assert page.faults == [] and page.ids_twice == []


def test_it_takes_three_fields_one_tick_one_code_and_four_presses(
    call: Call, each_reader: Reader
) -> None:
    home = Page(each_reader.get("/"))
    assert any(link.endswith(f"{base(call)}/new/") for link in home.links)

    form = Page(each_reader.get(f"{base(call)}/new/"))
    outside = [
        one for one in form.all("input", "textarea", "select") if "details" not in one.inside
    ]
    asked = [one.get("name") for one in outside if one.get("type") not in ("hidden", "checkbox")]
    assert asked == ["title", "text", "email"]
    assert [one["name"] for one in outside if one.get("type") == "checkbox"] == ["agreed"]

    check = to_check(each_reader, call)
    page = Page(each_reader.get(check))
    assert TITLE in page.text and EMAIL in page.text and not Proposal.objects.exists()
    code = path(each_reader.post(f"{base(call)}/new/check/", {"t": token_of(check)}))
    page = Page(each_reader.get(code))
    assert [one["name"] for one in page.all("input") if one.get("type") == "text"] == ["code"]

    done = each_reader.post(
        f"{base(call)}/new/code/", {"t": token_of(code), "step": "send", "code": code_in_mail()}
    )

    kept = Proposal.objects.get()
    assert path(done) == f"{base(call)}/{kept.number:04d}/?receipt=1"
    assert (kept.title, kept.text, kept.language) == (TITLE, TEXT, each_reader.language)
    receipt = Page(each_reader.get(path(done)))
    assert receipt.faults == [] and kept.label in receipt.text
    assert f"/p/{kept.label}" in receipt.text
    [drawn] = [one for one in receipt.all("svg") if one.get("class") == "qr"]
    assert drawn["aria-label"]
    for number in ("2026", "31"):
        assert number in receipt.text


def test_no_cookie_is_needed_but_that_of_the_form(call: Call, reader: Reader) -> None:
    sent(reader, call)

    assert "sessionid" not in reader.cookies and not any("sid" in key for key in reader.cookies)


def test_all_that_was_typed_further_is_kept(call: Call, reader: Reader) -> None:
    sent(reader, call, area="2", name="  가온 모임 ")

    kept = Proposal.objects.get()
    assert kept.area and kept.area.position == 1
    assert (kept.name, kept.contact.verified_at) == ("가온 모임", DURING)


def test_who_asks_for_it_has_only_the_title_shown_and_may_name_others(
    call: Call, each_reader: Reader
) -> None:
    more = {"title_only": "yes", "joint": " 나래 모임\n\n 다온 모임 \n"}
    form = Page(each_reader.get(f"{base(call)}/new/"))
    for field in (form.one("input", name="title_only"), form.one("textarea", name="joint")):
        assert "details" in field.inside and "checked" not in field.attributes

    check = to_check(each_reader, call, **more)
    page = Page(each_reader.get(check))
    assert page.faults == [] and "나래 모임, 다온 모임" in page.text
    only = "제목만 공개" if each_reader.language == "ko" else "Only the title"
    assert only in page.text
    back = Page(each_reader.get(f"{base(call)}/new/?t={token_of(check)}"))
    assert "checked" in back.one("input", name="title_only").attributes
    assert "".join(back.one("textarea", name="joint").words).split("\n")[-2:] == [
        "나래 모임",
        "다온 모임",
    ]
    assert "open" in back.all("details")[-1].attributes

    done = sent(each_reader, call, **more)

    kept = Proposal.objects.get()
    assert kept.title_only and kept.joint == ["나래 모임", "다온 모임"]
    for address in (path(done), path(done).partition("?")[0]):
        public = Page(each_reader.get(address))
        assert TITLE in public.text and TEXT not in public.html
        assert "다온 모임" in public.text


def test_without_the_tick_the_text_is_shown(call: Call, reader: Reader) -> None:
    done = sent(reader, call, title_only="")

    assert not Proposal.objects.get().title_only
    assert TEXT in Page(reader.get(path(done))).text


def test_a_telephone_number_of_a_joint_proposer_is_looked_at_first(
    call: Call, reader: Reader
) -> None:
    check = to_check(reader, call, joint="나래 모임 010–1234–5678")

    assert "전화번호" in Page(reader.get(check)).text
    sent(reader, call, joint="나래 모임 010–1234–5678")
    assert Proposal.objects.get().state == "received"


def test_the_way_back_brings_what_was_typed(call: Call, reader: Reader) -> None:
    check = to_check(reader, call)
    form = Page(reader.get(f"{base(call)}/new/?t={token_of(check)}"))

    assert form.one("input", name="title")["value"] == TITLE
    assert form.one("textarea", name="text").text == TEXT
    changed = path(
        reader.post(f"{base(call)}/new/", {**GOOD, "title": "다른 제목", "t": token_of(check)})
    )
    assert changed == check and "다른 제목" in Page(reader.get(check)).text
    assert Intake.objects.count() == 1


# --- twice is once -------------------------------------------------------------------------------


def test_a_second_press_and_a_reload_give_the_same_receipt(call: Call, reader: Reader) -> None:
    code = to_code(reader, call)
    typed = {"t": token_of(code), "step": "send", "code": code_in_mail()}

    first = reader.post(f"{base(call)}/new/code/", typed)
    size = log.size()
    again = [
        reader.post(f"{base(call)}/new/code/", typed),
        reader.post(f"{base(call)}/new/code/", {**typed, "code": "000000"}),
        reader.get(code),
        reader.post(f"{base(call)}/new/check/", {"t": token_of(code)}),
        reader.get(f"{base(call)}/new/check/?t={token_of(code)}"),
    ]

    assert {path(one) for one in [first, *again]} == {path(first)}
    assert (Proposal.objects.count(), log.size()) == (1, size)


def test_what_was_typed_is_forgotten_once_it_is_sent(call: Call, reader: Reader) -> None:
    sent(reader, call)

    assert Intake.objects.get().fields == {}
    assert Contact.objects.get().email == EMAIL


def test_after_a_day_what_was_not_sent_is_gone_with_a_sentence(
    call: Call, reader: Reader, now: list[Any]
) -> None:
    check = to_check(reader, call)
    now[0] += timedelta(days=1)

    for answer in (reader.get(check), reader.post(f"{base(call)}/new/code/", {"t": "x"})):
        assert answer.status_code == 404 and f"{base(call)}/new/" in Page(answer).links


# --- bad input -----------------------------------------------------------------------------------

BAD = {
    "no title": ({"title": ""}, "한 줄 제목을 적어 주세요."),
    "a short text": (
        {"text": "열두 글자만 적었어요."},
        "조금 더 적어 주세요. 20자 이상이면 됩니다(지금 12자).",
    ),
    "no at sign": ({"email": "name.example.kr"}, "전자우편에 @가 없습니다. 예: name@example.kr"),
    "a slip": ({"email": "name@gmial.com"}, "name@gmail.com 맞나요?"),
    "a resident number": (
        {"text": f"{TEXT} 900101-1234567"},
        "주민등록번호로 보이는 숫자가 있습니다. 지워 주세요.",
    ),
    "a long joint name": ({"joint": "나래\n" + "가" * 61}, "이름은 60자까지 적을 수 있습니다."),
    "too many joint names": (
        {"joint": "나래 모임\n" * 21, "title_only": "yes"},
        "공동 제안자는 20명까지 적을 수 있습니다.",
    ),
    "no tick": ({"agreed": ""}, "만 14세 이상"),
}


@pytest.mark.parametrize(("other", "words"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_above_and_at_the_field_and_nothing_is_lost(
    other: dict[str, str], words: str, call: Call, reader: Reader
) -> None:
    answer = reader.post(f"{base(call)}/new/", {**GOOD, **other})

    page = Page(answer)
    assert answer.status_code == 400 and page.faults == [] and page.ids_twice == []
    assert len(re.findall(re.escape(words), page.html)) >= 2 or "a slip" in words
    typed = {**GOOD, **other}
    assert page.one("input", name="title")["value"] == typed["title"]
    assert page.one("textarea", name="text").text == typed["text"]
    assert page.one("input", name="email")["value"] == typed["email"]
    assert page.one("textarea", name="joint").text == " ".join(typed.get("joint", "").split())
    assert ("checked" in page.one("input", name="title_only").attributes) == ("title_only" in typed)
    for link in re.findall(r'class="error-summary".*?</div>', page.html, re.S):
        for target in re.findall(r'href="#([^"]+)"', link):
            assert target in page.ids
    assert not Intake.objects.exists()


def test_everything_wrong_is_said_at_once_in_both_languages(
    call: Call, each_reader: Reader
) -> None:
    page = Page(each_reader.post(f"{base(call)}/new/", {}))

    assert len(re.findall(r'class="error"', page.html)) == 4
    assert ("Write a title" in page.text) == (each_reader.language == "en")


def test_a_slip_in_the_address_is_a_choice(call: Call, reader: Reader) -> None:
    typed = {**GOOD, "email": "name@gmial.com"}
    asked = Page(reader.post(f"{base(call)}/new/", typed))
    assert [one["value"] for one in asked.all("input") if one.get("name") == "meant"] == [
        "yes",
        "no",
    ]

    mended = path(reader.post(f"{base(call)}/new/", {**typed, "meant": "yes"}))
    kept = path(reader.post(f"{base(call)}/new/", {**typed, "meant": "no"}))

    assert "name@gmail.com" in Page(reader.get(mended)).text
    assert "name@gmial.com" in Page(reader.get(kept)).text


def test_a_wrong_code_says_so_and_after_five_there_must_be_another(
    call: Call, reader: Reader
) -> None:
    code = to_code(reader, call)
    right = code_in_mail()
    typed = {"t": token_of(code), "step": "send", "code": f"{(int(right) + 1) % 10**6:06d}"}

    for _ in range(5):
        answer = reader.post(f"{base(call)}/new/code/", typed)
        assert answer.status_code == 400
    over = reader.post(f"{base(call)}/new/code/", {**typed, "code": right})

    assert over.status_code == 409 and not Proposal.objects.exists()


def test_another_number_comes_after_a_minute_and_not_before(
    call: Call, reader: Reader, now: list[Any]
) -> None:
    code = to_code(reader, call)
    again = {"t": token_of(code), "step": "again"}

    soon = reader.post(f"{base(call)}/new/code/", again)
    now[0] += timedelta(minutes=1)
    later = reader.post(f"{base(call)}/new/code/", again)

    assert (soon.status_code, later.status_code) == (429, 302)
    assert soon["Retry-After"] and Letter.objects.filter(kind="proposal.code").count() == 2


def test_after_five_an_hour_from_one_place_the_text_waits(
    call: Call, reader: Reader, now: list[Any]
) -> None:
    for n in range(LIMITS["propose.place"].most):
        now[0] = DURING + timedelta(minutes=2 * n)
        path(sent(reader, call, email=f"c{n}@example.kr"))
    check = to_check(reader, call)

    over = reader.post(f"{base(call)}/new/check/", {"t": token_of(check)})

    page = Page(over)
    assert over.status_code == 429 and over["Retry-After"]
    assert "부터" in page.text and TITLE in page.text
    elsewhere = Reader("ko", REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post(f"{base(call)}/new/check/", {"t": token_of(check)}).status_code == 302


def test_a_close_while_one_types_keeps_the_code_good_and_says_so(
    call: Call, reader: Reader, now: list[Any]
) -> None:
    now[0] = CLOSES - timedelta(minutes=5)
    code = to_code(reader, call)
    close_call(call, by=CLOCK, at=CLOSES)
    now[0] = CLOSES + timedelta(minutes=1)

    late = reader.post(
        f"{base(call)}/new/code/", {"t": token_of(code), "step": "send", "code": code_in_mail()}
    )

    assert late.status_code == 409 and not Proposal.objects.exists()
    assert Page(late).faults == []


def test_what_was_typed_comes_back_where_the_call_closed_meanwhile(
    call: Call, each_reader: Reader, now: list[Any]
) -> None:
    close_call(call, by=CLOCK, at=CLOSES)
    now[0] = CLOSES + timedelta(minutes=1)

    late = each_reader.post(f"{base(call)}/new/", GOOD)

    assert late.status_code == 409 and not Proposal.objects.exists()
    assert TEXT in Page(late).text and Page(late).faults == []


def test_what_looks_personal_is_said_before_it_is_sent(call: Call, each_reader: Reader) -> None:
    check = to_check(each_reader, call, text=f"{TEXT} 010-1234-5678")

    page = Page(each_reader.get(check))
    assert ("전화번호" if each_reader.language == "ko" else "a telephone number") in page.text


def test_before_and_after_the_call_the_form_says_when(
    practice_forum: Any, now: list[Any], each_reader: Reader
) -> None:
    call = a_call()
    now[0] = call.opens_at - timedelta(days=2)
    early = Page(each_reader.get(f"{base(call)}/new/"))
    posted = each_reader.post(f"{base(call)}/new/", GOOD)

    assert early.all("textarea") == [] and f"{base(call)}/" in " ".join(early.links)
    assert posted.status_code == 409 and not Intake.objects.exists()


def test_a_stop_link_shows_and_only_its_button_stops(call: Call, each_reader: Reader) -> None:
    sent(each_reader, call)
    body = Letter.objects.get(kind="proposal.received").body
    address = re.search(r"/stop/[^\s]+", body)
    assert address

    shown = each_reader.get(address[0])
    assert shown.status_code == 200 and Contact.objects.get().stopped_at is None
    for _ in range(2):
        assert Page(each_reader.post(address[0])).faults == []

    assert Contact.objects.get().stopped_at == DURING
    assert log.entries().filter(kind="letters.stopped").count() == 1


@pytest.mark.parametrize(
    "odd",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE calls_proposal; --",
        '=HYPERLINK("http://x")',
        "\u202e거꾸로",
        "\ud83d",
        "\x00널",
        "{{ 7*7 }}%s%(x)s",
        "👩‍👩‍👧‍👦" * 5,
        "가\u0301" * 10,
    ],
)
def test_odd_words_are_words(odd: str, call: Call, reader: Reader) -> None:
    odd = odd.encode("utf-8", "ignore").decode()
    answer = reader.post(
        f"{base(call)}/new/", {**GOOD, "title": f"제목 {odd}"[:60], "text": f"{TEXT} {odd}"}
    )

    page = Page(reader.get(path(answer)))
    assert page.faults == [] and page.all("script") == []


# --- what it costs -------------------------------------------------------------------------------


def test_the_last_press_asks_the_database_little(call: Call, reader: Reader) -> None:
    code = to_code(reader, call)
    typed = {"t": token_of(code), "step": "send", "code": code_in_mail()}

    with CaptureQueriesContext(connection) as captured:
        assert reader.post(f"{base(call)}/new/code/", typed).status_code == 302

    # In the act all others wait: each statement more is a wait of all of them.
    asked = [query["sql"] for query in captured.captured_queries]
    assert len([one for one in asked if not one.startswith(("BEGIN", "SAVEPOINT"))]) <= 21, asked


def test_what_the_act_refuses_leaves_the_number_good(
    call: Call, reader: Reader, monkeypatch: Any
) -> None:
    code = to_code(reader, call)
    typed = {"t": token_of(code), "step": "send", "code": code_in_mail()}
    with monkeypatch.context() as strict:
        strict.setattr(send, "takes_proposals", lambda *args, **facts: False)
        refused = reader.post(f"{base(call)}/new/code/", typed)

    assert refused.status_code == 409 and not Proposal.objects.exists()
    assert Page(refused).faults == [] and Intake.objects.get().fields
    path(reader.post(f"{base(call)}/new/code/", typed))
    assert Proposal.objects.count() == 1
