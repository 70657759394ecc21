"""The tour, and what a practice forum alone does with a vote: the others answer, the clock goes on."""

import re
from dataclasses import replace
from typing import Any

import pytest

from madang.ballots.models import Ballot, Vote
from madang.ballots.reading import answers_of
from madang.foundation.actors import Role
from madang.letters.models import Letter
from madang.members.models import Account, Forum, Holding
from madang.record import log
from madang.record.guard import writing
from madang.record.verify import Verdict, verify
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page
from tests.pages.test_queries import AT_MOST, asked_by

STOPS = 12


def the_open_one() -> Ballot:
    return Ballot.objects.get(status="open")


def latest() -> Ballot:
    return Ballot.objects.exclude(status="recorded").latest("pk")


def be(reader: Reader, slug: str) -> Account:
    reader.post("/practice/continue/", {"person": slug})
    return Account.objects.get(person__slug=slug)


def tour_of(reader: Reader) -> Page:
    response = reader.get("/tour/")
    assert response.status_code == 200
    return Page(response)


# --- the tour ------------------------------------------------------------------------------------


def test_it_has_twelve_stops_and_every_place_is_there(
    rehearsed_forum: Any, each_reader: Reader
) -> None:
    page = tour_of(each_reader)

    assert (page.faults, page.inline, page.ids_twice) == ([], [], [])
    stops = [one for one in page.all("h2") if (one.get("id") or "").startswith("stop-")]
    assert len(stops) == STOPS
    for link in page.links:
        if link.startswith("/"):
            assert each_reader.get(link).status_code in (200, 302), link


def test_each_person_of_the_tour_is_one_press_away(rehearsed_forum: Any, reader: Reader) -> None:
    html = tour_of(reader).html
    forms = re.findall(r'action="/practice/continue/">(.*?)</form>', html, re.S)

    assert len(forms) == 7
    for form in forms:
        slug = re.search(r'name="person" value="([^"]+)"', form)[1]
        then = re.search(r'name="next" value="([^"]+)"', form)
        there = reader.post(
            "/practice/continue/", {"person": slug, "next": then[1] if then else ""}
        )
        assert there.status_code == 302
        assert reader.get(there["Location"]).status_code == 200, there["Location"]


def test_the_member_of_the_tour_still_has_a_vote_and_a_letter(
    rehearsed_forum: Any, english_reader: Reader
) -> None:
    page = tour_of(english_reader)
    slugs = re.findall(r'name="person" value="([^"]+)"', page.html)

    seat = Holding.objects.get(person__slug=slugs[-1]).seat
    assert not Vote.objects.filter(ballot=the_open_one(), seat=seat).exists()
    assert any(re.fullmatch(r"/en/practice/letters/\d+/", link) for link in page.links)


def test_the_tour_of_a_real_forum_leads_to_its_neighbour(korea: Any, settings: Any) -> None:
    there = "http://127.0.0.1:8001"
    settings.INSTALLATION = replace(settings.INSTALLATION, neighbour=there)

    for language, path in (("ko", "/tour/"), ("en", "/en/tour/")):
        page = tour_of(Reader(language))
        assert f"{there}{path}" in page.links
        assert page.all("form") == []


def test_before_anything_is_rehearsed_the_tour_still_stands(
    practice_forum: Any, reader: Reader
) -> None:
    assert tour_of(reader).faults == []


def test_the_whole_tour_can_be_walked(rehearsed_forum: Any, english_reader: Reader) -> None:
    reader, ballot = english_reader, the_open_one()
    here = reader.post("/practice/continue/", press(reader, "Kim Doran"))["Location"]
    address = here.removeprefix("/en")
    assert address == f"/desk/vote/{ballot.meeting.address}/"

    checked = reader.post(address, {"step": "check", "choice": "yes"}).content.decode()
    form = re.search(r'name="form" value="([^"]+)"', checked)[1]
    newest = f"/practice/letters/{Letter.objects.latest('pk').pk}/"
    assert newest in reader.get("/practice/letters/").content.decode()
    code = re.search(r"\b\d{6}\b", Page(reader.get(newest)).text)[0]
    reader.post(address, {"step": "cast", "form": form, "code": code})
    assert answers_of(ballot)["cso-2"] == "yes"

    then = reader.post("/practice/others-answer/", {"next": "/en/tour/#stop-10"})["Location"]
    assert then == "/en/tour/?answered=9#stop-10"
    assert "The others have answered and the vote is closed." in Page(reader.get(then)).text
    result = f"/meetings/{ballot.meeting.address}/ballot/"
    assert "Approved" in (Page(reader.get(result)).heading or "")
    there = reader.post("/practice/continue/", press(reader, "Won Narae"))["Location"]
    assert (there, reader.get(there).status_code) == ("/en/desk/publish/2/", 200)
    assert reader.get(f"/record/{log.size() - 1}/").status_code == 200
    assert verify().verdict == Verdict.FINE


def press(reader: Reader, name: str) -> dict[str, str]:
    """What the last button of the tour with this name sends."""
    forms = re.findall(r"<form.*?</form>", tour_of(reader).html, re.S)
    form = [form for form in forms if f"Continue as {name}" in form][-1]
    then = re.search(r'name="next" value="([^"]+)"', form)
    return {
        "person": re.search(r'name="person" value="([^"]+)"', form)[1],
        "next": then[1] if then else "",
    }


# --- the other seats -----------------------------------------------------------------------------


def test_everyone_but_oneself_answers_at_one_press(
    rehearsed_forum: Any, english_reader: Reader
) -> None:
    be(english_reader, "kim-doran")
    size = log.size()

    response = english_reader.post("/practice/others-answer/")

    assert response["Location"] == "/en/practice/?answered=9#ballots"
    assert (
        "9 seats answered just now." in english_reader.get("/practice/?answered=9").content.decode()
    )
    assert set(answers_of(the_open_one())) == set(
        the_open_one().roll.exclude(seat__number="cso-2").values_list("seat__number", flat=True)
    )
    assert log.size() == size + 9


def test_who_has_no_seat_hears_the_last_answer_close_the_vote(
    rehearsed_forum: Any, reader: Reader
) -> None:
    response = reader.post("/practice/others-answer/", {"next": "/tour/#stop-10"})

    ballot = latest()
    assert response["Location"] == "/tour/?answered=10#stop-10"
    assert (ballot.status, ballot.outcome) == ("closed", "approved")
    assert ballot.counts["not_returned"] == 0
    assert verify().verdict == Verdict.FINE


def test_some_may_be_left(rehearsed_forum: Any, reader: Reader) -> None:
    reader.post("/practice/others-answer/", {"leave": "3"})

    assert len(answers_of(the_open_one())) == 27


def test_the_others_answer_in_their_own_language_and_not_all_alike(
    rehearsed_forum: Any, reader: Reader
) -> None:
    reader.post("/practice/others-answer/")

    answered = Vote.objects.filter(ballot=latest(), nonce__startswith="others-")
    assert len({vote.choice for vote in answered}) > 1
    assert all(vote.reason for vote in answered if vote.choice == "no")


def test_with_no_vote_open_nobody_answers(practice_forum: Any, reader: Reader) -> None:
    size = log.size()

    response = reader.post("/practice/others-answer/")

    assert response["Location"] == "/practice/?answered=0#ballots"
    assert log.size() == size


@pytest.mark.parametrize("says", ["settings", "forum"])
def test_nobody_answers_for_others_in_a_real_forum(
    rehearsed_forum: Any, settings: Any, reader: Reader, says: str
) -> None:
    if says == "settings":
        with writing():
            Forum.objects.update(practice=False)
    else:
        settings.INSTALLATION = replace(settings.INSTALLATION, practice=False)
    size = log.size()

    response = reader.post("/practice/others-answer/")

    assert (response.status_code, log.size()) == (404, size)


# --- the clock -----------------------------------------------------------------------------------


def test_the_clock_goes_to_the_close_and_the_result_is_there_at_once(
    rehearsed_forum: Any, reader: Reader
) -> None:
    response = reader.post("/practice/clock/", {"step": "close", "next": "/tour/#stop-10"})

    ballot = latest()
    assert response["Location"] == "/tour/#stop-10"
    assert (ballot.status, ballot.outcome) == ("closed", "approved")
    assert ballot.closed_at >= ballot.closes_at
    assert reader.get("/practice/").content.count(b'value="close"') == 0


def test_without_an_open_vote_there_is_no_close_to_go_to(
    practice_forum: Any, reader: Reader
) -> None:
    assert reader.post("/practice/clock/", {"step": "close"}).status_code == 400


# --- the first page ------------------------------------------------------------------------------


def test_the_first_page_says_that_the_forum_is_deciding(
    rehearsed_forum: Any, english_reader: Reader
) -> None:
    page = Page(english_reader.get("/"))

    assert "The forum is deciding plan 2 in writing until" in page.text
    assert "20 of 30 have answered." in page.text
    assert f"/en/meetings/{the_open_one().meeting.address}/ballot/" in page.links
    assert "/en/tour/" in page.links


def test_the_plan_before_the_forum_leads_to_its_ballot(
    rehearsed_forum: Any, english_reader: Reader
) -> None:
    page = Page(english_reader.get("/plans/2/"))

    assert "The forum is deciding on this plan." in page.text
    assert f"/en/meetings/{the_open_one().meeting.address}/ballot/" in page.links
    assert "missing there" not in page.text, "its own headings come from no source"


def test_a_plan_whose_call_is_open_is_not_called_unrecorded(
    rehearsed_forum: Any, english_reader: Reader
) -> None:
    page = Page(english_reader.get("/plans/3/"))

    assert "The forum has not decided on this plan yet." in page.text
    assert "Its commitments come out of the proposals; none is public yet." in page.text


@pytest.mark.parametrize("address", ["/", "/tour/"])
def test_it_needs_few_queries(rehearsed_forum: Any, address: str) -> None:
    asked = asked_by(address)

    assert len(asked) <= AT_MOST, "\n".join(asked)


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ["공고됨: 개요는 누구나", "포럼에 부침, 누구나 봄", "의결되어 공표됨"]),
        (
            "/en",
            ["announced: everyone sees its outline", "put before the forum, seen", "adopted and"],
        ),
    ],
)
def test_the_desk_says_how_far_each_of_the_three_plans_is(
    prefix: str, words: list[str], rehearsed_forum: Any
) -> None:
    shown = Page(a_signed_in_client(Role.SECRETARIAT).get(f"{prefix}/desk/plans/")).text
    at = [shown.index(said) for said in words]
    assert at == sorted(at)
