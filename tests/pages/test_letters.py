"""What could not be sent is seen at the secretariat's desk: which and why, not what it says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.config.commands import check
from madang.foundation.actors import Role
from madang.letters import unsent
from madang.letters.models import Letter, LetterStatus
from madang.letters.outbox import TOO_LATE
from madang.web import middleware
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
FAILED = {
    "status": LetterStatus.FAILED,
    "tries": 27,
    "problem": "550 5.1.1 <adalbert@example.org>: no such user, see https://mail.example/x?u=17",
}
HERE = "/desk/letters/"


def a_letter(reason: str = "1", *, ago: timedelta = timedelta(days=2), **other: Any) -> Letter:
    written = AT - ago
    words: dict[str, Any] = {
        "to": "adalbert@example.org",
        "language": "ko",
        "kind": "signin",
        "subject": "subject 778899",
        "body": "Your number is 123456: https://forum.example/in/secret-token",
        "written_at": written,
        "next_try_at": written,
    }
    return Letter.objects.create(reason=reason, **{**words, **other})


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_moment", lambda request: AT)


@pytest.fixture
def mailing(practice_forum: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The forum that brings accounts, taken for one whose letters leave; with no letters yet."""
    monkeypatch.setattr(unsent, "is_practice", lambda: False)


@pytest.fixture(params=["ko", "en"])
def officer(request: Any, mailing: None) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, request.param)


def leads_here(page: Page) -> bool:
    return any(link.endswith(HERE) for link in page.links)


def test_nothing_is_told_where_all_left(officer: Reader) -> None:
    a_letter("sent", status=LetterStatus.SENT)
    a_letter("fresh", ago=timedelta(minutes=90))
    a_letter("to leave later", next_try_at=AT + timedelta(hours=1))
    a_letter("long over", ago=timedelta(days=31), **FAILED)

    page = Page(officer.get(HERE))

    assert page.faults == [] and page.all("table") == []
    assert not leads_here(Page(officer.get("/desk/")))


def test_what_failed_or_waits_too_long_is_a_task_and_stands_with_its_reason(
    officer: Reader,
) -> None:
    a_letter("failed", **FAILED)
    a_letter("useless", **{**FAILED, "problem": TOO_LATE})
    a_letter("never tried", ago=timedelta(hours=2))
    a_letter(
        "tried",
        ago=timedelta(hours=3),
        tries=5,
        problem="451 come back later",
        next_try_at=AT + timedelta(minutes=30),
    )

    desk = Page(officer.get("/desk/"))
    page = Page(officer.get(HERE))

    assert leads_here(desk) and ("4통" in desk.text or "4 letters" in desk.text)
    assert page.faults == [] and page.ids_twice == []
    for words in ("27", "550 5.1.1", "451 come back later", "MAIL_URL", "a…@example.org"):
        assert words in page.text
    assert "쓸모가 없어진" in page.text or "of no use any more" in page.text
    assert TOO_LATE not in page.html
    assert page.text.count("로그인 인증번호") + page.text.count("number for signing in") >= 3


def test_neither_a_whole_address_nor_a_word_of_a_letter_is_shown(officer: Reader) -> None:
    a_letter("failed", **FAILED)
    a_letter("waits")

    html = officer.get(HERE).content.decode()

    for secret in ("adalbert", "123456", "778899", "secret-token", "mail.example"):
        assert secret not in html


def test_only_the_secretariat_reads_it(mailing: None) -> None:
    a_letter(**FAILED)

    assert Reader("en").get(HERE).status_code in (302, 403)
    assert a_signed_in_client(Role.MEMBER, "en").get(HERE).status_code == 403
    assert not leads_here(Page(a_signed_in_client(Role.MEMBER, "en").get("/desk/")))


def test_many_are_bounded_and_asked_at_once(officer: Reader) -> None:
    counts = []
    for first, last in ((0, 5), (5, 230)):
        for n in range(first, last):
            a_letter(str(n), **FAILED)
        with CaptureQueriesContext(connection) as asked:
            page = Page(officer.get(HERE))
        counts.append(len(asked))

    assert counts[1] <= counts[0] <= 8
    [body] = page.all("tbody")
    assert page.text.count("550 5.1.1") == 200 and "230" in page.text and body


def test_a_practice_forum_holds_none_back(practice_forum: Any) -> None:
    a_letter()
    secretary = a_signed_in_client(Role.SECRETARIAT, "en")

    assert Page(secretary.get(HERE)).all("table") == []
    assert not leads_here(Page(secretary.get("/desk/")))


def test_the_check_says_what_was_not_sent_and_what_waits(korea: Any, settings: Any) -> None:
    settings.MAIL = ""
    assert list(check._mail()) == [
        (False, "메일 서버가 정해지지 않았습니다(MAIL_URL). 메일 0통이 기다리고 있습니다.")
    ]
    a_letter("failed", **{**FAILED, "problem": "no such domain"})
    a_letter("waits")

    fine, said = zip(*check._mail(), strict=True)

    assert fine == (False, False)
    assert "1통" in said[0] and said[0].endswith("no such domain")
    assert "MAIL_URL" in said[1] and "1통" in said[1]
