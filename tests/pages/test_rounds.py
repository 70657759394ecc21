"""A second round on every page: drafted, voted on, shown beside the first, and published by name."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.ballots.actions.annul import annul_ballot
from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.models import Ballot
from madang.ballots.papers import question_papers
from madang.ballots.reading import ballot_at, seats_of
from madang.drafting.actions.fix import fix_versions
from madang.foundation.actors import CLOCK
from madang.foundation.addresses import address_of
from madang.letters.models import Letter
from madang.meetings.models import Meeting
from madang.planning.models import Plan
from madang.plans.actions.due import decisions_due, papers_due
from madang.plans.models import Edition
from madang.record import log
from madang.record.verify import Verdict, verify
from tests.makers.ballots import (
    AGAIN,
    AGAIN_CLOSES,
    AGAIN_DURING,
    CLOSES,
    DRAFTED,
    a_closed_ballot,
    a_next_round,
    account_of,
    again,
    an_open_ballot,
    an_open_round,
    answer,
    secretary,
    with_both_keys,
)
from tests.makers.forgetting import forget_everything
from tests.makers.preparation import a_commitment, a_plan_in_preparation
from tests.makers.readers import Reader
from tests.pages.reading import Page, body_of
from tests.pages.test_desk import chair, hidden, member, officer, page

pytestmark = pytest.mark.usefixtures("practice_forum")
BALLOT = "/meetings/6/ballot/"
FIRST, SECOND = f"{BALLOT}1/", f"{BALLOT}2/"
FORM = "/desk/ballots/6/round/"
AFTER = CLOSES + timedelta(hours=10)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment of every request; a test moves it by writing into the list."""
    at = [AFTER]
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: at[0])
    return at


def shown(path: str, language: str = "en") -> str:
    response = Reader(language).get(path)
    assert response.status_code == 200, path
    return str(Page(response).text)


def the_round(reader: Reader) -> dict[str, str]:
    """What stands in the form of a new round as it is first opened."""
    html = page(reader, FORM)
    areas = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', html)
    inputs = re.findall(r'<input class="input"[^>]*name="(\w+)" value="([^"]*)"', html)
    reason = re.findall(r'name="written_reason" value="(\w+)" checked', html)
    return {**hidden(html), **dict(areas), **dict(inputs), "written_reason": reason[0]}


def closed(ballot: Ballot, answered: int) -> Ballot:
    for seat in seats_of(ballot)[:answered]:
        answer(ballot, seat, "yes", at=AGAIN_DURING)
    close_ballot(ballot, by=CLOCK, at=AGAIN_CLOSES)
    return again(ballot)


def two_rounds(answered: int = 20) -> tuple[Ballot, Ballot]:
    """A round that too few answered, and the one after it, closed."""
    first = a_closed_ballot(5)
    return first, closed(an_open_round(first), answered)


# --- the pages of the rounds ---------------------------------------------------------------------


def test_the_meetings_address_shows_the_newest_round_and_each_has_its_own() -> None:
    two_rounds()

    newest, first, second = shown(BALLOT), shown(FIRST), shown(SECOND)

    assert "Approved — " in newest and "Approved — " in second
    assert "No quorum — " in first
    links = set(Page(Reader("en").get(BALLOT)).links)
    assert f"/en{FIRST}" in links
    assert f"/en{SECOND}" in set(Page(Reader("en").get(FIRST)).links)


def test_the_first_rounds_page_stays_as_it_was_but_for_the_way_on() -> None:
    first = a_closed_ballot(5)
    before = Reader("en").get(f"{FIRST[:-1]}.json").json()

    an_open_round(first)

    after = Reader("en").get(f"{FIRST[:-1]}.json").json()
    assert [one["round"] for one in before.pop("rounds")] == [1]
    assert [one["round"] for one in after.pop("rounds")] == [1, 2]
    del before["meeting"], after["meeting"]  # it lasts longer now
    assert after == before


@pytest.mark.parametrize("path", ["/meetings/6/ballot.json", "/meetings/6/ballot/2.json"])
def test_the_data_names_its_round_and_all_the_others(path: str) -> None:
    two_rounds()

    data = Reader("en").get(path).json()

    assert (data["round"], data["ref"], data["outcome"]) == (2, "ballot:6.2", "approved")
    assert [(one["round"], one["stands"], one["url"]) for one in data["rounds"]] == [
        (1, "no_quorum", f"/en{FIRST}"),
        (2, "approved", f"/en{SECOND}"),
    ]


def test_each_rounds_table_is_its_own() -> None:
    two_rounds()

    one, two = (body_of(Reader("en").get(f"{path[:-1]}.csv")).decode() for path in (FIRST, SECOND))

    assert (one.count(",Yes,"), two.count(",Yes,")) == (5, 20)


@pytest.mark.parametrize(("ref", "path"), [("ballot:6", FIRST), ("ballot:6.2", SECOND)])
def test_the_record_leads_from_an_act_to_its_round(ref: str, path: str) -> None:
    two_rounds()

    assert address_of(ref) == path
    assert verify().verdict == Verdict.FINE
    for entry in log.about(ref):
        html = Reader("ko").get(f"/record/?before={entry.index + 1}").content.decode()
        assert f'<a href="{path}"><code>{ref}</code></a>' in html


@pytest.mark.parametrize("number", [3, 99])
def test_a_round_that_is_not_there_is_not_found_and_leads_to_what_is(number: int) -> None:
    two_rounds()

    response = Reader("en").get(f"{BALLOT}{number}/")

    assert response.status_code == 404
    assert f"This meeting’s ballot has no round {number}." in Page(response).text
    assert f"/en{BALLOT}" in Page(response).links


def test_each_round_keeps_its_decision_paper() -> None:
    two_rounds()
    decisions_due(CLOCK, AGAIN_CLOSES)

    files = [body_of(Reader("en").get(f"{path}decision-ko.pdf")) for path in (FIRST, SECOND)]

    assert files[0] != files[1]
    assert body_of(Reader("en").get(f"{BALLOT}decision-ko.pdf")) == files[1]
    for path in (FIRST, SECOND):
        assert f"/en{path}decision-ko.pdf" in Page(Reader("en").get(path)).links


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_meeting_and_its_list_name_both_rounds(language: str) -> None:
    two_rounds()
    place = "" if language == "ko" else "/en"

    words = shown("/meetings/6/", language)
    links = Page(Reader(language).get("/meetings/")).links

    assert {"ko": "2회차", "en": "round 2"}[language] in words
    assert {f"{place}{FIRST}", f"{place}{BALLOT}"} <= set(links)


STATES: dict[str, Any] = {
    "no quorum": lambda: a_closed_ballot(5),
    "a draft": lambda: a_next_round(a_closed_ballot(5)),
    "open": lambda: an_open_round(a_closed_ballot(5)),
    "annulled": lambda: annul_ballot(
        a_next_round(a_closed_ballot(5)), reason="이유", language="ko", by=secretary(), at=AFTER
    ),
    "adopted": lambda: two_rounds(),
    "no quorum again": lambda: two_rounds(5),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("path", [BALLOT, FIRST, "/meetings/6/", "/meetings/"])
def test_a_page_needs_few_queries_whatever_the_rounds(state: str, path: str) -> None:
    STATES[state]()
    for language in ("ko", "en"):
        assert Page(Reader(language).get(path)).faults == []
    forget_everything()

    with CaptureQueriesContext(connection) as captured:
        response = Reader("ko").get(path)

    assert response.status_code == 200
    assert len(captured) <= 6, "\n".join(query["sql"] for query in captured.captured_queries)


# --- what each result says -----------------------------------------------------------------------


SEATS = ["exo-1", "exo-2", *(f"gov-{n}" for n in range(1, 7)), *(f"cso-{n}" for n in range(1, 23))]
SAID: dict[str, Any] = {
    "no quorum": (
        dict.fromkeys(SEATS[:10], "yes"),
        {
            "en": ("Only 10 of 30 seats answered and 16 were needed", "in a new round"),
            "ko": ("30자리 가운데 10자리만 답해 의사정족수 16자리에", "새 회차에"),
        },
    ),
    "a tie": (
        {seat: "yes" if n % 2 else "no" for n, seat in enumerate(SEATS[:20])},
        {
            "en": (
                "Yes and no were equal, 10 each; under the rules a tie rejects.",
                "a new ballot",
            ),
            "ko": ("찬성과 반대가 각각 10자리로 같았습니다.", "새 회의에서 새 의결"),
        },
    ),
    "too few yes": (
        dict.fromkeys(SEATS[:20], "no"),
        {
            "en": ("20 of 30 seats answered, but too few of them said yes: 0.", "a new ballot"),
            "ko": ("찬성이 0자리로 의결정족수에 미치지 못했습니다", "새 회의에서 새 의결"),
        },
    ),
    "enough": (
        dict.fromkeys(SEATS[:20], "yes"),
        {
            "en": (
                "20 of 30 seats answered, and enough of them said yes: 20.",
                "is published once",
            ),
            "ko": ("찬성 20자리로 의결정족수를 채웠습니다", "공표 열쇠"),
        },
    ),
    "nobody left": (
        dict.fromkeys(SEATS, "recused"),
        {
            "en": ("Every seat declared an interest", "in a new round"),
            "ko": ("모든 자리가 회피하여", "새 회차에"),
        },
    ),
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("state", SAID)
def test_a_result_is_said_in_words_and_numbers_with_what_comes_next(
    state: str, language: str
) -> None:
    answers, said = SAID[state]
    a_closed_ballot(answers)

    words = shown(BALLOT, language)

    for sentence in said[language]:
        assert sentence in words
    letters = Letter.objects.filter(kind="ballot.closed", language=language)
    assert all(said[language][0] in letter.body for letter in letters)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_second_round_says_why_it_is_there_and_the_first_what_became_of_it(
    language: str,
) -> None:
    two_rounds()

    first, second = shown(FIRST, language), shown(SECOND, language)

    assert {
        "en": "the question was put again in round 2",
        "ko": "같은 물음을 2회차에 다시 부쳤습니다",
    }[language] in first
    assert {
        "en": "This is round 2. In round 1 only 5 of 30 seats answered",
        "ko": "이번은 2회차입니다. 1회차에는 30자리 가운데 5자리만 답하여",
    }[language] in second
    assert {"en": "This is round", "ko": "이번은"}[language] not in first


@pytest.mark.parametrize("language", ["ko", "en"])
def test_papers_that_changed_between_the_rounds_are_named(language: str) -> None:
    first = a_closed_ballot(5)
    kept, reworded = first.papers
    added = {"ref": "commitment:1-2", "title": {"ko": "새 과제", "en": "New"}, "sha256": "cd" * 32}
    an_open_round(first, papers=[{**reworded, "sha256": "ef" * 32}, added])

    words, data = shown(BALLOT, language), Reader(language).get("/meetings/6/ballot.json").json()

    assert {
        "en": "The papers are not those of round 1: reworded 1, new 1, dropped 1.",
        "ko": "글이 바뀐 것 1건, 새로 들어온 것 1건, 빠진 것 1건",
    }[language] in words
    for word in {
        "en": ("reworded since round 1", "new since round 1", "No longer among them"),
        "ko": ("1회차 이후 글이 바뀜", "1회차 이후 새로 들어옴", "빠진 자료"),
    }[language]:
        assert word in words
    change = data["papers_changed"]
    assert (change["changed"], change["added"]) == ([reworded["ref"]], ["commitment:1-2"])
    assert [one["ref"] for one in change["dropped"]] == [kept["ref"]]
    voting = shown_to("cso-9", "/desk/vote/6/", language)
    assert {"en": "reworded 1", "ko": "글이 바뀐 것 1건"}[language] in voting


def test_papers_that_did_not_change_are_said_to_be_the_same() -> None:
    an_open_round(a_closed_ballot(5))

    assert "The papers are the same as in round 1." in shown(BALLOT)


def shown_to(seat: str, path: str, language: str = "en") -> str:
    response = member(seat, language).get(path)
    assert response.status_code == 200
    return str(Page(response).text)


# --- the desk ------------------------------------------------------------------------------------


def test_after_a_round_that_too_few_answered_the_next_one_is_the_secretariats_next_thing() -> None:
    a_closed_ballot(5)

    desk, ballot = page(officer(), "/desk/"), page(officer(), "/desk/ballots/6/")

    assert "Meeting 6: too few answered; a new round can be drafted" in desk
    assert "/en/desk/ballots/6/round/" in desk and "/en/desk/ballots/6/round/" in ballot
    assert "?plan=2" not in desk
    assert "/round/" not in page(chair(), "/desk/ballots/6/")
    assert "/round/" not in page(chair(), "/desk/")


@pytest.mark.parametrize("answered", [20, dict.fromkeys(SEATS[:20], "no")], ids=["yes", "no"])
def test_after_a_decision_no_new_round_is_offered(answered: Any) -> None:
    a_closed_ballot(answered)

    for path in ("/desk/", "/desk/ballots/", "/desk/ballots/6/"):
        assert "/round/" not in page(officer(), path)
    refused = officer().get(FORM)
    assert refused.status_code == 409
    assert "so this is decided" in Page(refused).text


def test_the_form_begins_with_what_the_first_round_asked_and_a_window_of_its_own() -> None:
    first = a_closed_ballot(5)

    form = the_round(officer())

    assert form["question_ko"] == first.question.words["ko"]
    assert form["written_reason"] == first.written_reason
    assert (form["opens_on"], form["opens_time"]) == ("2026-03-16", "09:00")
    assert (form["closes_on"], form["closes_time"]) == ("2026-03-23", "18:00")
    assert "Only 5 of 30 seats answered" in page(officer(), FORM)


def test_two_presses_draft_the_round_and_a_third_makes_no_other() -> None:
    a_closed_ballot(5)
    reader = officer()
    checked = reader.post(FORM, the_round(reader))
    assert checked.status_code == 200 and Ballot.objects.filter(meeting__address="6").count() == 1
    send = {**hidden(checked.content.decode()), "step": "make"}

    first, second = reader.post(FORM, send), reader.post(FORM, send)

    assert first["Location"] == f"/en{BALLOT}"
    assert ballot_at("ballot:6.2").status == "draft"
    assert (second.status_code, Ballot.objects.filter(meeting__address="6").count()) == (409, 2)
    assert "there is a newer round" in Page(second).text
    assert Meeting.objects.filter(body__forum=1).count() == Meeting.objects.get(address="6").number


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"question_ko": "", "question_en": " "}, "Write the question"),
        ({"opens_on": "31 March"}, "Choose a day and a time"),
        ({"closes_on": "2026-03-16", "closes_time": "08:59"}, "closes before it opens"),
        ({"opens_on": "2026-03-13"}, "A new round opens only after the one before it closed"),
    ],
)
def test_a_wrong_round_comes_back_with_a_sentence_and_all_that_was_typed(
    wrong: dict[str, str], sentence: str
) -> None:
    a_closed_ballot(5)
    reader = officer()

    answered = reader.post(FORM, {**the_round(reader), "question_en": "Shall we now?", **wrong})

    html = answered.content.decode()
    assert answered.status_code == 400 and sentence in html
    assert ("Shall we now?" in html) or "question_en" in wrong
    assert Ballot.objects.filter(meeting__address="6").count() == 1


def test_a_form_opened_on_the_first_round_does_nothing_to_the_second() -> None:
    second = a_next_round(a_closed_ballot(5))
    reader = officer()

    late = reader.post("/desk/ballots/6/", {"act": "annul", "reason": "stale"})
    assert late.status_code == 400 and "The form was too old" in Page(late).text
    assert again(second).status == "draft"
    form = hidden(page(reader, "/desk/ballots/6/"))
    reader.post("/desk/ballots/6/", {**form, "act": "annul", "reason": "now"})
    assert again(second).status == "annulled"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_desks_name_the_round(language: str, now: list[datetime]) -> None:
    words = {"ko": "2회차", "en": "ound 2"}[language]
    first = a_closed_ballot(5)
    second = a_next_round(first)
    for reader, path in (
        (chair(language=language), "/desk/"),
        (chair(language=language), "/desk/keys/"),
        (chair(language=language), "/desk/keys/6/"),
        (officer(language), "/desk/"),
        (officer(language), "/desk/ballots/"),
        (officer(language), "/desk/ballots/6/"),
        (officer(language), "/desk/ballots/6/paper/"),
        (officer(language), "/desk/ballots/6/revise/"),
    ):
        html = page(reader, path)
        assert words in html or path.endswith("revise/"), path
    an_open_round_of(second)
    now[0] = AGAIN_DURING
    assert words in page(member(language=language), "/desk/")
    assert words in page(member(language=language), "/desk/vote/6/")


def an_open_round_of(drafted: Ballot) -> Ballot:
    with_both_keys(drafted, at=AGAIN - timedelta(hours=5))
    open_ballot(drafted, by=CLOCK, at=AGAIN)
    return again(drafted)


# --- the mailed link -----------------------------------------------------------------------------


def link_of(seat: str, round: int) -> str:
    letter = Letter.objects.get(
        kind="ballot.opened",
        to=account_of(seat).email,
        reason=f"ballot:6-{round}:opened:{seat}",
    )
    found = re.search(r"http://[^/]+(?:/en)?(/v/\S+)", letter.body)
    assert found
    return found[1]


def test_the_old_link_shows_the_first_round_and_the_new_one_votes_in_the_second(
    now: list[datetime],
) -> None:
    second = an_open_round(a_closed_ballot({**dict.fromkeys(SEATS[:3], "yes"), "cso-9": "yes"}))
    now[0] = AGAIN_DURING
    old, new, reader = link_of("cso-9", 1), link_of("cso-9", 2), Reader("en")

    late = Page(reader.get(old)).text
    assert "The ballot is closed" in late and "6-1-cso-9-1" in late
    assert "The question was put again in round 2." in late
    reader.post(old, {"step": "check", "choice": "no", "reason": "x"})
    assert "Round 2" in Page(reader.get(new)).text
    checked = reader.post(new, {"step": "check", "choice": "yes"}).content.decode()
    code = re.search(r"^ {4}(\d{6})$", Letter.objects.filter(kind="ballot.code")[0].body, re.M)
    assert code
    form = hidden(checked)["form"]
    receipt = reader.post(new, {"step": "cast", "form": form, "code": code[1]})

    assert "6-2-cso-9-1" in Page(receipt).text
    assert second.votes.count() == 1


def test_a_form_of_the_first_round_votes_in_no_other(now: list[datetime]) -> None:
    first = an_open_ballot()
    now[0] = CLOSES - timedelta(days=1)
    reader = Reader("en")
    link = link_of("cso-9", 1)
    form = hidden(reader.post(link, {"step": "check", "choice": "yes"}).content.decode())["form"]
    close_ballot(first, by=CLOCK, at=CLOSES)
    second = an_open_round(again(first))
    now[0] = AGAIN_DURING

    reader.post(link_of("cso-9", 2), {"step": "cast", "form": form, "code": "000000"})

    assert second.votes.count() == 0


# --- the whole way -------------------------------------------------------------------------------


def test_from_a_round_too_few_answered_to_a_plan_that_names_the_second(
    now: list[datetime],
) -> None:
    plan = a_plan_in_preparation()
    fix_versions(plan, by=secretary(), at=DRAFTED)
    a_closed_ballot(5, decides=plan.ref, papers=question_papers(plan))
    assert Plan.objects.get(pk=plan.pk).frozen_by is None
    a_commitment(plan, 3, at=AFTER)  # given back, so it is written on

    reader = officer()
    checked = reader.post(FORM, the_round(reader)).content.decode()
    assert "reworded 0, new 1, dropped 0" in checked
    reader.post(FORM, {**hidden(checked), "step": "make"})
    second = ballot_at("ballot:6.2")
    for side in ("government", "civil_society"):
        key = chair(side)
        form = hidden(page(key, "/desk/keys/6/"))
        assert "This is round 2" in page(key, "/desk/keys/6/")
        assert key.post("/desk/keys/6/", {**form, "act": "turn"}).status_code == 302
    assert again(second).status == "keyed"
    assert Plan.objects.get(pk=plan.pk).frozen_by == "ballot:6.2"
    second = again(second)
    assert second.opens_at and second.closes_at
    open_ballot(second, by=CLOCK, at=second.opens_at)
    now[0] = second.opens_at + timedelta(days=1)
    for seat in seats_of(second)[:20]:
        answer(second, seat, "yes", at=now[0])
    close_ballot(second, by=CLOCK, at=second.closes_at)
    now[0] = second.closes_at + timedelta(hours=1)

    publish = f"/desk/publish/{plan.number}/"
    for side in ("government", "civil_society"):
        key = chair(side)
        assert key.post(publish, hidden(page(key, publish))).status_code == 302
    papers_due(CLOCK, now[0])

    assert Edition.objects.get(plan=plan).adopted_by == "ballot:6.2"
    data = Reader("en").get(f"/plans/{plan.number}.json").json()
    assert (data["edition"]["adopted_by"], data["edition"]["ballot"]["round"]) == ("ballot:6.2", 2)
    assert data["edition"]["ballot"]["outcome"] == "approved"
    for language, words in (("ko", ("2회차", "가결")), ("en", ("round 2", "Approved"))):
        shows = Page(Reader(language).get(f"/plans/{plan.number}/"))
        assert all(word in shows.text for word in words)
        assert any(link.endswith(BALLOT) for link in shows.links)
    assert verify().verdict == Verdict.FINE
