"""Following by mail: asked for, confirmed by a button, told only of changes, stopped at one press."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from madang.foundation.actors import CLOCK
from madang.letters.following import sweep_following
from madang.letters.models import Following, Letter
from madang.monitoring import due
from madang.monitoring.telling import tell_reported
from tests.makers.changes import REASON, a_change, in_force
from tests.makers.forums import FORUMS, a_loaded_forum
from tests.makers.promises import a_focal_point, a_milestone, the_period
from tests.makers.readers import Reader
from tests.pages.reading import Page

ASK = "/plans/1/commitments/1/follow/"
ON = datetime(2026, 4, 10, 3, 0, tzinfo=UTC)
EMAIL = "someone@naver.com"


@pytest.fixture
def carried_out(db):
    return a_loaded_forum(FORUMS / "carried-out.yaml")


def ask(reader, email=EMAIL, path=ASK, **other):
    return reader.post(path, {"email": email, **other})


def link():
    letter = Letter.objects.filter(kind="follow.confirm").latest("id")
    return re.search(r"https?://[^/]+((?:/en)?/f/[^\s]+)", letter.body)[1]


def a_follower(reader, path=ASK):
    ask(reader, path=path)
    reader.post(link(), {"act": "start"})
    return Following.objects.get(email=EMAIL)


def tell(*labels):
    event = SimpleNamespace(about="commitment:1-1", steps=[{"label": one} for one in labels])
    tell_reported(event, CLOCK, ON)


def told():
    return list(Letter.objects.filter(kind="follow.reported"))


def test_nothing_is_sent_before_the_button_and_opening_the_link_presses_nothing(
    carried_out, reader
):
    assert ask(reader).status_code == 200
    assert reader.get(link()).status_code == 200

    tell("1.2")

    assert Following.objects.get().confirmed_at is None
    assert told() == []


def test_a_follower_hears_of_a_moved_date_with_its_reason_and_can_stop(carried_out, reader):
    a_follower(reader)

    tell("1.2")

    [letter] = told()
    assert letter.subject == ("과제 1: 1.2 켜다: 계획대로 → 늦어짐 (2025. 12. 31. → 2026. 6. 30.)")
    assert "예산" in letter.body and "돈이 모자란다." in letter.body
    stop = re.search(r"(/f/\S+)", letter.body)[1]
    assert Following.objects.exists(), "opening stops nothing"
    reader.get(stop)
    assert Following.objects.exists()
    reader.post(stop, {"act": "stop"})
    assert not Following.objects.exists()
    tell("1.2")
    assert len(told()) == 1
    assert "지웠습니다" in Page(reader.get(stop)).text


def test_a_follower_hears_that_no_word_came(forum, reader):
    a_milestone("1.2", due="2026-12-31")
    a_focal_point("lamps")
    a_follower(reader)
    the_period()

    assert due.silent_due(CLOCK, datetime(2026, 5, 23, 3, 0, tzinfo=UTC)) == 1

    [letter] = told()
    assert "1.2" in letter.subject and "소식 없음" in letter.subject


def test_what_changes_nothing_brings_no_letter(carried_out, reader):
    a_follower(reader)

    tell("1.3")

    assert told() == []


def test_who_follows_the_plan_and_the_commitment_hears_once(carried_out, reader):
    a_follower(reader)
    ask(reader, path="/plans/1/follow/")
    Following.objects.update(confirmed_at=ON)

    tell("1.1", "1.2")

    assert len(told()) == 1


def test_the_answer_is_the_same_for_one_who_follows_already(carried_out, reader):
    first = Page(ask(reader)).text
    Following.objects.update(confirmed_at=ON, asked_at=ON)

    assert Page(ask(reader)).text == first
    assert Letter.objects.filter(kind="follow.confirm").count() == 1


def test_an_address_is_not_flooded(carried_out, reader):
    for _ in range(3):
        ask(reader)
    assert Letter.objects.filter(kind="follow.confirm").count() == 1
    for path in (
        "/plans/1/follow/",
        "/plans/1/commitments/2/follow/",
        "/plans/1/commitments/3/follow/",
    ):
        ask(reader, path=path)
    now = Following.objects.first().asked_at
    Following.objects.bulk_create(
        Following(about=f"commitment:9-{n}", email=EMAIL, language="ko", asked_at=now)
        for n in range(5)
    )
    before = Letter.objects.count()
    Following.objects.filter(about="commitment:1-1").delete()
    ask(reader)
    assert Letter.objects.count() == before


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "전자우편"),
        ("nobody", "@"),
        ("a@b", "주소"),
        ("x" * 400 + "@b.example", ""),
        ("a\x00b@c.example", ""),
        ("name@gmial.com", "gmail.com"),
    ],
)
def test_a_wrong_address_gets_a_sentence_and_stays_in_the_field(carried_out, reader, email, words):
    answer = ask(reader, email)

    page = Page(answer)
    assert answer.status_code == 400
    assert words in page.text
    assert page.one("input", name="email").get("value") is not None
    assert not Following.objects.exists()


def test_an_old_link_has_ended_and_fills_the_field_for_another(carried_out, reader):
    ask(reader)
    Following.objects.update(asked_at=datetime.now(UTC) - timedelta(days=8))

    page = Page(reader.get(link()))

    assert page.one("input", name="email")["value"] == EMAIL
    reader.post(link(), {"act": "start"})
    assert Following.objects.get().confirmed_at is None


def test_an_address_that_never_pressed_is_forgotten(carried_out, reader):
    ask(reader)
    assert sweep_following(datetime.now(UTC) + timedelta(days=29)) == 0
    assert sweep_following(datetime.now(UTC) + timedelta(days=31)) == 1


@pytest.mark.parametrize("token", ["1-0000", "x", "1", "99999999999999999-abc"])
def test_a_link_that_was_never_given_is_unknown(carried_out, reader, token):
    assert reader.get(f"/f/{token}/").status_code == 404


def test_a_change_of_the_text_is_told_in_the_follower_s_language(practice_forum):
    english = Reader("en")
    ask(english)
    english.post(link(), {"act": "start"})

    in_force(a_change())

    letter = Letter.objects.get(kind="follow.amended")
    assert letter.language == "en"
    assert REASON.words["en"] in letter.body
    assert "/en/plans/1/changes/1/" in letter.body


def test_due_dates_are_a_calendar_and_what_happened_is_a_feed(carried_out, reader):
    dates = reader.get("/plans/1/commitments/1.ics").content.decode()
    news = ElementTree.fromstring(reader.get("/plans/1/progress.atom").content)

    assert dates.count("BEGIN:VEVENT") == 2, "what is done is due no more"
    assert "DTSTART;VALUE=DATE:20260630" in dates
    titles = [one.text for one in news.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles[1] == "1.2 켜다: 늦어짐 (2026-06-30)"
    assert len(titles) == 1 + 5
    assert reader.get("/plans/1/commitments/3.ics").status_code == 200
    assert reader.get("/plans/9/progress.atom").status_code == 404
