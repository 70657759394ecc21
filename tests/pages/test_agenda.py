"""What members dispute is taken onto the agenda of a dated meeting, and the forum's view hangs on it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from madang.foundation.actors import Role
from madang.meetings.models import AgendaItem, Meeting
from madang.record import log
from madang.record.guard import writing
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

DESK = "/desk/agenda/"
ITEM = {"act": "put", "item-ko": "다음 부름의 날짜", "item-en": "When the next call opens"}
TAKE = {"act": "take", "step": "1-3.2"}
pytestmark = pytest.mark.usefixtures("rehearsed_forum")


def officer(language: str = "ko") -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, language)


def day(ahead: int) -> str:
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def called(ahead: int = 7) -> Meeting:
    """A meeting that was called for a day from now."""
    answer = officer().post(DESK, {"act": "call", "held_on": day(ahead)})
    assert answer.status_code == 302, answer.content.decode()
    return Meeting.objects.get(starts=day(ahead), way="sitting")


def test_a_disagreement_is_taken_onto_the_agenda_of_a_dated_meeting_and_everyone_reads_it():
    meeting = called()

    assert officer().post(DESK, {**TAKE, "meeting": meeting.address}).status_code == 302

    page = Reader("en").get(f"/meetings/{meeting.address}/").content.decode()
    assert "/plans/1/commitments/3/milestones/3.2/" in page and "To be held" in page
    [item] = Reader("en").get(f"/meetings/{meeting.address}.json").json()["agenda"]
    assert item["about"] == "milestone:1-3.2" and item["views"] == []
    [offered] = Reader("en").get("/agenda.json").json()["disagreements"]
    assert offered["meeting"]["held_on"] == day(7)
    said = [log.said(entry)["t"] for entry in log.entries()[:2]]
    assert said == ["agenda.put", "meeting.called"]


def test_the_desk_leads_there_until_it_stands_on_an_agenda():
    assert DESK in Page(officer().get("/desk/")).links
    assert "offers itself for the next meeting" in officer("en").get("/desk/").content.decode()
    meeting = called()

    officer().post(DESK, {**TAKE, "meeting": meeting.address})

    assert "offers itself for the next meeting" not in officer("en").get("/desk/").content.decode()


def test_what_the_forum_found_in_that_meeting_hangs_on_its_item():
    meeting = called(0)
    officer().post(DESK, {**TAKE, "meeting": meeting.address})
    form = officer().get("/desk/views/1-3.2/").content.decode()
    assert f'value="{meeting.address}" selected' in form

    typed = {"meeting": meeting.address, "status": "late", "text-en": "No number comes yet."}
    assert officer("en").post("/desk/views/1-3.2/", typed).status_code == 302

    [item] = Reader("en").get(f"/meetings/{meeting.address}.json").json()["agenda"]
    assert [one["status"] for one in item["views"]] == ["late"]
    assert (
        "No number comes yet." in Reader("en").get(f"/meetings/{meeting.address}/").content.decode()
    )


def test_a_vote_in_writing_has_no_agenda():
    with writing():
        ahead = Meeting.objects.filter(way="in_writing").latest("pk")
        Meeting.objects.filter(pk=ahead.pk).update(starts=day(3), ends=day(9))

    answer = officer("en").post(DESK, {**ITEM, "meeting": ahead.address})

    assert answer.status_code == 409 and "has no agenda" in answer.content.decode()
    assert not AgendaItem.objects.filter(meeting=ahead).exists()


def test_anything_else_is_put_on_it_and_taken_off_again_and_keeps_its_number():
    meeting = called()
    for words in (ITEM, {**ITEM, "item-ko": "둘째"}):
        assert officer().post(DESK, {**words, "meeting": meeting.address}).status_code == 302

    off = {"act": "off", "meeting": meeting.address, "number": "1"}
    assert officer().post(DESK, off).status_code == 302

    assert [one.number for one in AgendaItem.objects.filter(taken_off_at=None)] == [2]
    assert officer().post(DESK, off).status_code == 409
    shown = Reader("ko").get(f"/meetings/{meeting.address}/").content.decode()
    assert "둘째" in shown and "다음 부름의 날짜" not in shown


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"act": "call", "held_on": "2020-01-01"}, 400),
        ({"act": "call", "held_on": "다음 달"}, 400),
        ({"act": "call", "held_on": "2099-13-01"}, 400),
        ({"act": "call", "held_on": "9" * 4000}, 400),
        ({**ITEM, "item-ko": "<script>x</script>" * 30}, 400),
        ({**ITEM, "item-ko": "", "item-en": ""}, 400),
        ({**TAKE, "step": "1-99.9"}, 404),
        ({**TAKE, "step": "\x00"}, 404),
        ({"act": "off", "number": "99"}, 404),
        ({**ITEM, "meeting": "no-such"}, 400),
        ({"act": "dance"}, 400),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(typed, status):
    meeting = called()
    before = log.size()

    answer = officer().post(DESK, {"meeting": meeting.address, **typed})

    page = Page(answer)
    assert answer.status_code == status and not page.faults
    assert 'role="alert"' in page.html
    assert log.size() == before
    if typed["act"] == "put" and typed.get("item-en"):
        assert typed["item-en"] in page.html


def test_twice_is_said_and_an_agenda_stands_once_its_day_is_over():
    meeting = called()
    take = {**TAKE, "meeting": meeting.address}
    officer().post(DESK, take)

    assert officer().post(DESK, take).status_code == 409
    assert officer().post(DESK, {"act": "call", "held_on": day(7)}).status_code == 409
    with writing():
        Meeting.objects.filter(pk=meeting.pk).update(starts=day(-1))
    late = officer().post(DESK, {**ITEM, "meeting": meeting.address})
    assert late.status_code == 409 and "다음 부름의 날짜" in late.content.decode()
