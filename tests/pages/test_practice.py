"""What a practice forum alone has: being anyone, the clock, everyone's letters."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from madang.letters.models import Letter
from madang.members.models import Account, Forum
from madang.record import log
from madang.record.guard import writing
from tests.makers.readers import Reader

SEOUL = ZoneInfo("Asia/Seoul")
ADDRESSES = [
    ("get", "/practice/"),
    ("post", "/practice/continue/"),
    ("post", "/practice/clock/"),
    ("get", "/practice/letters/"),
    ("get", "/practice/letters/1/"),
]


def ahead() -> timedelta:
    return timedelta(seconds=Forum.objects.get().clock_ahead)


def signed_in(reader: Reader) -> str | None:
    found = reader.session.get("_auth_user_id")
    return Account.objects.get(pk=found).email if found else None


# --- nowhere else --------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_a_real_forum_has_none_of_it(
    forum: Any, english_reader: Reader, method: str, path: str
) -> None:
    response = getattr(english_reader, method)(path, {"person": "ada-quillfeather", "step": "day"})

    assert response.status_code == 404
    assert "This exists in a practice forum alone." in response.content.decode()
    assert signed_in(english_reader) is None


@pytest.mark.parametrize("says", ["settings", "forum"])
def test_settings_and_forum_must_both_say_practice(
    practice_forum: Any, settings: Any, reader: Reader, says: str
) -> None:
    if says == "settings":
        with writing():
            Forum.objects.update(practice=False)
    else:
        settings.INSTALLATION = replace(settings.INSTALLATION, practice=False)

    response = reader.post("/practice/continue/", {"person": "kim-doran"})

    assert (response.status_code, signed_in(reader)) == (404, None)


# --- being anyone --------------------------------------------------------------------------------


def test_everyone_with_an_account_is_there_once_in_their_group(
    practice_forum: Any, english_reader: Reader
) -> None:
    page = english_reader.get("/practice/").content.decode()

    groups = re.split(r"<h3>", page)[1:]
    named = [re.findall(r'name="person" value="([^"]+)"', group) for group in groups]
    assert [re.match(r"[\w -]+", group)[0] for group in groups] == [
        "Co-chairs",
        "Government",
        "Civil society",
        "Secretariat and administration",
    ]
    assert [len(people) for people in named] == [2, 7, 21, 3]
    assert named[0] == ["do-hanbit", "won-narae"]
    assert len({slug for people in named for slug in people}) == Account.objects.count()


def test_one_press_makes_one_that_person(practice_forum: Any, reader: Reader) -> None:
    size = log.size()

    response = reader.post("/practice/continue/", {"person": "kim-doran"})

    assert response["Location"] == "/desk/"
    assert signed_in(reader) == "kim-doran@practice.example"
    assert log.size() == size


def test_one_press_more_makes_one_someone_else(practice_forum: Any, reader: Reader) -> None:
    reader.post("/practice/continue/", {"person": "kim-doran"})
    before = reader.session.session_key

    reader.post("/practice/continue/", {"person": "bok-jian", "next": "/record/"})

    assert signed_in(reader) == "bok-jian@practice.example"
    assert reader.session.session_key != before


@pytest.mark.parametrize("slug", ["", "nobody", "kim-doran\x00", "가" * 500])
def test_nobody_else_can_be_continued_as(practice_forum: Any, reader: Reader, slug: str) -> None:
    response = reader.post("/practice/continue/", {"person": slug})

    assert response.status_code in (400, 404)
    assert signed_in(reader) is None


def test_the_page_costs_the_same_for_any_number_of_people(
    practice_forum: Any, reader: Reader, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        reader.get("/practice/")


# --- the clock -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "least", "most"), [("day", 1, 1), ("week", 7, 7), ("month", 28, 31)]
)
def test_a_step_moves_the_clock_for_everyone(
    practice_forum: Any, reader: Reader, step: str, least: int, most: int
) -> None:
    response = reader.post("/practice/clock/", {"step": step})

    assert response["Location"] == "/practice/"
    assert (
        timedelta(days=least) <= ahead() + timedelta(seconds=2) <= timedelta(days=most, seconds=4)
    )
    assert log.said(log.entries()[0])["t"] == "clock.moved"


def test_a_day_is_gone_to_in_its_morning(practice_forum: Any, english_reader: Reader) -> None:
    day = timezone.localdate() + timedelta(days=40)

    english_reader.post("/practice/clock/", {"date": day.isoformat()})

    there = (timezone.now() + ahead() + timedelta(seconds=1)).astimezone(SEOUL)
    assert (there.date(), there.hour, there.minute) == (day, 9, 0)


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("2020-01-01", "only goes forwards"),
        ("0001-01-01", "only goes forwards"),
        ("9999-12-31", "at most 10 years"),
        ("", "Choose a step or a day."),
        ("2027-02-30", "Choose a step or a day."),
        ("tomorrow", "Choose a step or a day."),
    ],
)
def test_a_day_that_can_not_be_gone_to_is_kept_and_explained(
    practice_forum: Any, english_reader: Reader, date: str, sentence: str
) -> None:
    size = log.size()

    response = english_reader.post("/practice/clock/", {"date": date})

    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page and f'value="{date}"' in page
    assert (ahead(), log.size()) == (timedelta(0), size)


def test_the_clock_never_goes_back_after_it_went_on(practice_forum: Any, reader: Reader) -> None:
    reader.post("/practice/clock/", {"step": "month"})

    tomorrow = timezone.localdate() + timedelta(days=1)
    response = reader.post("/practice/clock/", {"date": tomorrow.isoformat()})

    assert response.status_code == 400
    assert ahead() > timedelta(days=20)


# --- letters -------------------------------------------------------------------------------------


def test_letters_are_shown_to_everyone_and_lead_in(
    practice_forum: Any, english_reader: Reader
) -> None:
    english_reader.post("/signin/", {"email": "tae-gaeul@practice.example"})
    stranger = Reader("en")

    listed = stranger.get("/practice/letters/").content.decode()
    letter = stranger.get(f"/practice/letters/{Letter.objects.get().pk}/").content.decode()

    assert "tae-gaeul@practice.example" in listed
    code = re.search(r"\d{6}", letter)
    link = re.search(r'href="http://[^/"]+(/en/in/[^"]+)"', letter)
    assert code and link
    stranger.post(link[1])
    assert signed_in(stranger) == "tae-gaeul@practice.example"


def test_the_sign_in_page_shows_the_way_to_the_letters(practice_forum: Any, reader: Reader) -> None:
    response = reader.post("/signin/", {"email": "kim-doran@practice.example"})

    assert 'href="/practice/letters/"' in response.content.decode()


def test_before_the_first_letter_the_list_says_how_to_get_one(
    practice_forum: Any, english_reader: Reader
) -> None:
    assert (
        "No letter has been written yet."
        in english_reader.get("/practice/letters/").content.decode()
    )


@pytest.mark.parametrize("number", ["999999999", "0", "x", "99999999999999999999"])
def test_a_letter_that_is_not_there_is_not_found(
    practice_forum: Any, reader: Reader, number: str
) -> None:
    assert reader.get(f"/practice/letters/{number}/").status_code == 404


def test_a_letters_words_are_words_and_nothing_else(practice_forum: Any, reader: Reader) -> None:
    reader.post("/signin/", {"email": "kim-doran@practice.example"})
    Letter.objects.update(subject="<b>x</b>", body="<script>alert(1)</script> https://a.example/")

    page = reader.get(f"/practice/letters/{Letter.objects.get().pk}/").content.decode()

    assert "<script>" not in page and "<b>x" not in page
