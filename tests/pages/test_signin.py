"""Signing in: a mailed code or link, one answer for every address, twelve hours."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from madang.letters.models import Letter, MailedCode, TaskLink
from madang.members.models import Account
from madang.record import log
from madang.record.guard import writing
from tests.makers.readers import Reader

ADA = "kim-doran@practice.example"
NOBODY = "nobody@elsewhere.example"


@pytest.fixture(autouse=True)
def _forum(practice_forum: Any) -> None:
    pass


def ask(reader: Reader, email: str = ADA, **other: str) -> Any:
    return reader.post("/signin/", {"email": email, "next": "", **other})


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


def mailed() -> dict[str, str]:
    """The code and the link's path in the newest letter."""
    body = Letter.objects.all()[0].body
    code, path = re.search(r"^ {4}(\d{6})$", body, re.M), re.search(r"http://[^/]+(/\S+)", body)
    assert code and path
    return {"code": code[1], "path": path[1]}


def type_code(reader: Reader, response: Any, code: str) -> Any:
    return reader.post("/signin/code/", {"form": hidden(response, "form"), "code": code})


def who(reader: Reader) -> int | None:
    found = reader.session.get("_auth_user_id")
    return int(found) if found else None


def the_account() -> Account:
    return Account.objects.get(email=ADA)


def a_minute_later() -> None:
    MailedCode.objects.update(sent_at=timezone.now() - timedelta(minutes=2))


# --- the way in ----------------------------------------------------------------------------------


def test_a_code_from_the_mail_signs_in(each_reader: Reader) -> None:
    response = ask(each_reader)

    done = type_code(each_reader, response, mailed()["code"])

    prefix = "/en" if each_reader.language == "en" else ""
    assert (done.status_code, done["Location"]) == (302, f"{prefix}/desk/")
    assert who(each_reader) == the_account().pk


def test_the_address_is_asked_for_again_in_no_address(reader: Reader) -> None:
    response = ask(reader)

    assert response.status_code == 200
    assert ADA in response.content.decode()
    assert "?" not in response.request["PATH_INFO"]
    assert reader.cookies.keys() == {django_settings.CSRF_COOKIE_NAME}


def test_an_address_may_be_typed_in_any_case_and_with_spaces(reader: Reader) -> None:
    ask(reader, "  Kim-Doran@PRACTICE.example ")

    assert Letter.objects.get().to == ADA


def test_the_letter_is_in_the_language_of_the_account(english_reader: Reader) -> None:
    ask(english_reader)

    assert Letter.objects.get().language == "ko"
    assert mailed()["path"].startswith("/in/")


def test_signing_in_leads_on_to_where_one_was_going(reader: Reader) -> None:
    response = ask(reader, next="/record/?kind=forum.opened")

    done = type_code(reader, response, mailed()["code"])

    assert done["Location"] == "/record/?kind=forum.opened"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "\t//e",
    ],
)
def test_signing_in_never_leads_elsewhere(reader: Reader, elsewhere: str) -> None:
    response = ask(reader, next=elsewhere)

    done = type_code(reader, response, mailed()["code"])

    assert done["Location"] == "/desk/"


def test_a_session_has_a_fresh_key_and_lasts_twelve_hours(reader: Reader) -> None:
    reader.force_login(Account.objects.exclude(email=ADA)[0])
    before = reader.session.session_key

    type_code(reader, ask(reader), mailed()["code"])

    session = Session.objects.get(session_key=reader.session.session_key)
    assert session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    lasts = session.expire_date - timezone.now()
    assert timedelta(hours=11, minutes=59) < lasts <= timedelta(hours=12)


def test_the_cookie_is_for_this_site_alone(reader: Reader) -> None:
    type_code(reader, ask(reader), mailed()["code"])

    cookie = reader.cookies[django_settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")


def test_a_code_signs_in_once(reader: Reader, english_reader: Reader) -> None:
    response = ask(reader)
    code = mailed()["code"]
    type_code(reader, response, code)

    again = type_code(english_reader, response, code)

    assert again.status_code == 409
    assert who(english_reader) is None


def test_a_wrong_code_is_kept_in_its_field_and_explained(english_reader: Reader) -> None:
    response = ask(english_reader)
    wrong = f"{(int(mailed()['code']) + 1) % 10**6:06d}"

    refused = type_code(english_reader, response, wrong)

    page = refused.content.decode()
    assert refused.status_code == 400
    assert f'value="{wrong}"' in page
    assert 'role="alert"' in page and 'aria-invalid="true"' in page
    assert "The number is not the right one." in page
    assert type_code(english_reader, refused, mailed()["code"]).status_code == 302


@pytest.mark.parametrize("form", ["", "nonsense", "W10:1abc:def", "\x00"])
def test_a_form_that_is_not_ours_starts_anew(reader: Reader, form: str) -> None:
    response = reader.post("/signin/code/", {"form": form, "code": "123456"})

    assert response.status_code == 400
    assert who(reader) is None


def test_the_code_page_by_itself_leads_to_the_beginning(reader: Reader) -> None:
    assert reader.get("/signin/code/")["Location"] == "/signin/"


@pytest.mark.parametrize(
    "email",
    [
        "",
        "   ",
        "ada",
        "ada@",
        "@example.org",
        "a b@example.org",
        "a\x00@b.kr",
        "a@b.kr\nBcc: c@d.kr",
    ],
)
def test_what_is_no_address_is_kept_and_explained(english_reader: Reader, email: str) -> None:
    response = ask(english_reader, email)

    assert response.status_code == 400
    assert not MailedCode.objects.exists()


def test_a_mistyped_address_stays_in_its_field(english_reader: Reader) -> None:
    page = ask(english_reader, 'ada"<script>').content.decode()

    assert 'value="ada&quot;&lt;script&gt;"' in page
    assert "This is not an e-mail address." in page


@pytest.mark.parametrize("length", [243, 300, 5000], ids=["one too many", "too many", "endless"])
def test_an_address_longer_than_any_is_refused(reader: Reader, length: int) -> None:
    domain = ".".join(["d" * 60] * (length // 61) + ["d" * (length % 61)])

    assert ask(reader, f"ada.love@{domain}.kr").status_code == 400


def test_someone_signed_in_is_led_past_the_door(reader: Reader) -> None:
    reader.force_login(the_account())

    assert reader.get("/signin/?next=/plans/")["Location"] == "/plans/"


def test_a_form_from_elsewhere_is_refused() -> None:
    reader = Reader("en", enforce_csrf_checks=True)

    assert ask(reader).status_code == 403
    assert not MailedCode.objects.exists()


# --- one answer for every address ----------------------------------------------------------------


def bare(response: Any, email: str) -> tuple[Any, ...]:
    """A response without what differs from one asking to the next."""
    page = response.content.decode().replace(email, "someone@example.org")
    page = re.sub(r'(name="(?:csrfmiddlewaretoken|form)" value=")[^"]*', r"\1", page)
    page = re.sub(r"\d+ seconds", "some seconds", page)
    return response.status_code, dict(response.headers) | {"Content-Length": None}, page


def kept() -> tuple[int, int]:
    return MailedCode.objects.count(), TaskLink.objects.count()


def switch_off(email: str) -> None:
    with writing():
        Account.objects.filter(email=email).update(is_active=False)


@pytest.mark.parametrize(
    "unknown", [NOBODY, "myeong-seah@practice.example"], ids=["unknown", "switched off"]
)
def test_a_known_and_an_unknown_address_get_the_same_answer_and_the_same_work(
    english_reader: Reader, unknown: str
) -> None:
    switch_off("myeong-seah@practice.example")

    known = bare(ask(english_reader, ADA), ADA)
    after_known = kept()
    other = bare(ask(Reader("en"), unknown), unknown)

    assert other == known
    assert after_known == (1, 1) and kept() == (2, 2)
    assert list(Letter.objects.values_list("to", flat=True)) == [ADA]


def test_asking_too_often_tells_nothing_either(english_reader: Reader) -> None:
    for email in (ADA, NOBODY):
        ask(english_reader, email)

    known, other = (bare(ask(english_reader, email), email) for email in (ADA, NOBODY))

    assert known[0] == 429
    assert known[1].pop("Retry-After") and other[1].pop("Retry-After")
    assert known == other


def test_guessing_codes_tells_nothing_either(english_reader: Reader) -> None:
    answers: dict[str, list[Any]] = {ADA: [], NOBODY: []}
    for email, found in answers.items():
        response = ask(english_reader, email)
        right = Letter.objects.all()[0].body if email == ADA else ""
        guess = "000000" if "000000" not in right else "111111"
        found += [bare(type_code(english_reader, response, guess), email) for _ in range(7)]

    assert answers[ADA] == answers[NOBODY]
    assert [status for status, *_ in answers[ADA]] == [400] * 5 + [409] * 2


def test_signing_in_leaves_no_trace_in_the_public_record(reader: Reader) -> None:
    size = log.size()

    type_code(reader, ask(reader), mailed()["code"])
    reader.post("/signout/")

    assert log.size() == size


# --- the link ------------------------------------------------------------------------------------


def test_opening_the_link_shows_whose_it_is_and_does_nothing(english_reader: Reader) -> None:
    ask(english_reader)
    path = mailed()["path"]

    pages = [english_reader.get(path) for _ in range(3)]

    assert [page.status_code for page in pages] == [200] * 3
    assert "Kim Doran" in pages[0].content.decode() and ADA in pages[0].content.decode()
    assert who(english_reader) is None
    assert pages[0]["Cache-Control"] == "no-store"


def test_the_links_button_signs_in_once(reader: Reader, english_reader: Reader) -> None:
    ask(reader)
    path = mailed()["path"]

    done, again = reader.post(path), english_reader.post(path)

    assert (done["Location"], who(reader)) == ("/desk/", the_account().pk)
    assert (again.status_code, who(english_reader)) == (410, None)


def test_signing_in_by_the_code_ends_the_link(reader: Reader) -> None:
    response = ask(reader)
    letter = mailed()
    type_code(reader, response, letter["code"])

    assert Reader("ko").get(letter["path"]).status_code == 410


def test_a_link_ends_after_thirty_minutes(reader: Reader) -> None:
    ask(reader)
    TaskLink.objects.update(ends_at=timezone.now())

    assert reader.post(mailed()["path"]).status_code == 410
    assert who(reader) is None


def test_a_link_for_another_task_does_not_sign_in(reader: Reader) -> None:
    ask(reader)
    TaskLink.objects.update(task="ballot:7-1")

    assert reader.post(mailed()["path"]).status_code == 404


def test_a_link_of_an_account_switched_off_is_unknown(reader: Reader) -> None:
    ask(reader)
    switch_off(ADA)

    assert reader.post(mailed()["path"]).status_code == 404


def test_an_unknown_link_is_explained(english_reader: Reader) -> None:
    response = english_reader.get("/in/nonsense/")

    assert response.status_code == 404
    assert "This link is not known here." in response.content.decode()


# --- inside, and out again -----------------------------------------------------------------------


def test_the_desk_says_who_one_is(english_reader: Reader) -> None:
    english_reader.force_login(the_account())

    page = english_reader.get("/desk/").content.decode()

    for words in ("Kim Doran", "cso-2", "Member", "Nothing waits for you."):
        assert words in page


def test_the_desk_of_nobody_leads_to_the_door(english_reader: Reader) -> None:
    assert english_reader.get("/desk/")["Location"] == "/en/signin/?next=/en/desk/"


def test_signing_out_ends_the_session(reader: Reader) -> None:
    reader.force_login(the_account())

    reader.post("/signout/")

    assert who(reader) is None
    assert not Session.objects.exists()
    assert reader.get("/desk/").status_code == 302


def test_signing_out_is_a_press_never_a_link(reader: Reader) -> None:
    reader.force_login(the_account())

    assert reader.get("/signout/").status_code == 405
    assert who(reader) == the_account().pk


def test_an_account_switched_off_is_out_at_once(reader: Reader) -> None:
    reader.force_login(the_account())

    switch_off(ADA)

    assert reader.get("/desk/").status_code == 302


def test_a_new_key_ends_every_session(reader: Reader) -> None:
    reader.force_login(the_account())

    with writing():
        Account.objects.filter(email=ADA).update(key=Account.new_key())

    assert reader.get("/desk/").status_code == 302


# --- for programs --------------------------------------------------------------------------------


def test_the_plain_addresses_answer(reader: Reader) -> None:
    assert reader.get("/healthz").content == b"ok\n"
    assert reader.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert reader.get("/favicon.ico")["Location"] == "/static/favicon.svg"


def test_a_real_forum_lets_search_engines_read_all_that_is_public(
    reader: Reader, settings: Any
) -> None:
    settings.INSTALLATION = replace(settings.INSTALLATION, practice=False)

    lines = reader.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /en/signin/" in lines and "Disallow: /" not in lines
