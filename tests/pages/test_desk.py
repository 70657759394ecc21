"""The desk: what waits for whom, and the road of a ballot from the draft to its opening."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.remind import remind
from madang.ballots.actions.revise import revise_ballot
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Ballot, Key, Reminder, SentBack
from madang.ballots.reading import text_digest
from madang.foundation.actors import CLOCK
from madang.foundation.texts import Text
from madang.letters.models import Letter, LetterStatus
from madang.members.models import Account, CoChair, Holding
from madang.planning.models import Plan
from madang.record import log
from madang.record.guard import writing
from tests.actions.ballots.test_by_document import SCAN
from tests.makers.ballots import (
    CLOSES,
    DRAFTED,
    DURING,
    OPENS,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    account_of,
    again,
    an_open_ballot,
    answer,
    co_chair,
    papers,
    rules_that_ask_for_notice,
    secretary,
)
from tests.makers.preparation import a_commitment, a_plan_in_preparation
from tests.makers.readers import Reader

pytestmark = pytest.mark.usefixtures("practice_forum")
NOON = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
"""12:00 on a Tuesday in the forum's time zone, before any ballot of the makers opens."""


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment of every request; a test moves it by writing into the list."""
    at = [NOON]
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: at[0])
    return at


@pytest.fixture(params=["ko", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def signed_in(account: Account, language: str = "en") -> Reader:
    client = Reader(language)
    client.force_login(account)
    return client


def officer(language: str = "en") -> Reader:
    return signed_in(Account.objects.filter(grants__role="secretariat")[0], language)


def chair(side: str = "civil_society", language: str = "en") -> Reader:
    seat = CoChair.objects.get(side=side).seat
    assert seat
    return signed_in(account_of(seat.number, DRAFTED), language)


def member(seat: str = "cso-9", language: str = "en") -> Reader:
    return signed_in(account_of(seat, DRAFTED), language)


def page(reader: Reader, path: str, status: int = 200) -> str:
    answered = reader.get(path)
    assert answered.status_code == status, answered.content.decode()[:800]
    return answered.content.decode()


def desk_of(ballot: Ballot) -> str:
    return f"/desk/ballots/{ballot.meeting.address}/"


def key_of(ballot: Ballot) -> str:
    return f"/desk/keys/{ballot.meeting.address}/"


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the page's forms, but for the token."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


# --- the desk ------------------------------------------------------------------------------------


def test_nothing_waits_for_one_who_has_nothing_to_do() -> None:
    html = page(member(), "/desk/")

    assert "Nothing waits for you" in html
    assert 'class="task' not in html


def test_a_members_next_thing_is_the_open_ballot_with_its_time_left(now: list[datetime]) -> None:
    an_open_ballot(3)
    now[0] = CLOSES - timedelta(hours=5, minutes=20)

    html = page(member(), "/desk/")

    assert "1 thing waits for you" in html
    assert "5 hours left" in html and "/desk/vote/" in html


def test_the_desk_and_the_public_page_count_the_same_days(now: list[datetime]) -> None:
    ballot = an_open_ballot(3)
    # Four days and some hours: five days of the calendar.
    now[0] = CLOSES - timedelta(days=4, hours=21)

    public = page(member(), f"/meetings/{ballot.meeting.address}/ballot/")

    assert "5 days left" in page(member(), "/desk/") and "5 days left" in public


def test_an_answered_ballot_is_ticked_and_may_still_be_changed(now: list[datetime]) -> None:
    ballot = an_open_ballot()
    answer(ballot, "cso-9", "yes")
    now[0] = DURING + timedelta(hours=1)

    html = page(member(), "/desk/")

    assert "answered ✓" in html and "You may change your answer until the close." in html
    assert "Nothing waits for you" in html


def test_after_the_close_nothing_waits_for_a_member(now: list[datetime]) -> None:
    a_closed_ballot()
    now[0] = CLOSES + timedelta(days=1)

    assert "Nothing waits for you" in page(member(), "/desk/")


def test_a_co_chair_sees_whose_key_is_missing() -> None:
    ballot = a_drafted_ballot()
    turn_key(ballot, digest=text_digest(ballot), by=co_chair("government"), at=DRAFTED)

    mine, others = page(chair("civil_society"), "/desk/"), page(chair("government"), "/desk/")

    assert "Turned: Government. Missing: Civil society." in mine
    assert "waits for your key" in mine and "your key is turned" in others


def test_the_secretariat_sees_drafts_open_ballots_and_plans_to_put_forward(
    now: list[datetime],
) -> None:
    a_plan_in_preparation()
    an_open_ballot(20)
    now[0] = DURING

    html = page(officer(), "/desk/")

    assert "A plan can be put before the forum" in html
    assert "20 of 30 seats have answered." in html


def test_what_was_sent_back_stands_first_for_the_secretariat() -> None:
    ballot = a_drafted_ballot()
    chair().post(key_of(ballot), {"act": "return", "reason": "Too short."})

    html = page(officer(), "/desk/")

    assert "a co-chair sent the ballot back" in html
    assert "Too short." in page(officer(), desk_of(ballot))


# --- drafting ------------------------------------------------------------------------------------


def the_form(reader: Reader) -> dict[str, str]:
    """What stands in the form as it is first opened, a reason chosen."""
    number = Plan.objects.order_by("number").last().number  # type: ignore[union-attr]
    html = page(reader, f"/desk/ballots/new/?plan={number}")
    areas = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', html)
    inputs = re.findall(r'<input class="input"[^>]*name="(\w+)" value="([^"]*)"', html)
    return {**hidden(html), **dict(areas), **dict(inputs), "written_reason": "urgent"}


def test_the_form_begins_with_a_question_and_a_week_from_the_next_working_morning() -> None:
    a_plan_in_preparation()

    form = the_form(officer())

    assert form["question_ko"] == "가온시 새 실행계획을 이 안대로 의결합니까?"
    assert form["question_en"].startswith("Is the New Action Plan of Gaon adopted")
    assert (form["opens_on"], form["opens_time"]) == ("2026-03-04", "09:00")
    assert (form["closes_on"], form["closes_time"]) == ("2026-03-11", "18:00")


def test_on_a_friday_the_next_working_morning_is_monday(now: list[datetime]) -> None:
    a_plan_in_preparation()
    now[0] = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)

    assert the_form(officer())["opens_on"] == "2026-03-09"


def test_the_check_page_shows_everything_and_makes_nothing(language: str) -> None:
    a_plan_in_preparation()
    reader, size = officer(language), log.size()

    html = reader.post("/desk/ballots/new/", the_form(reader)).content.decode()

    assert html.count("<code>") >= 3 and "가온시 새 실행계획을 이 안대로 의결합니까?" in html
    assert "1/2" in html and "gov-1" in html
    assert (log.size(), Ballot.objects.filter(status="draft").count()) == (size, 0)


def test_two_presses_draft_the_ballot_with_the_exact_versions() -> None:
    plan = a_plan_in_preparation()
    reader = officer()
    checked = reader.post("/desk/ballots/new/", the_form(reader)).content.decode()

    answered = reader.post("/desk/ballots/new/", {**hidden(checked), "step": "make"})

    ballot = Ballot.objects.get(decides=plan.ref)
    assert answered["Location"].endswith(f"/meetings/{ballot.meeting.address}/ballot/")
    kept = {v.sha256 for c in plan.commitments.all() for v in c.versions.all()}
    assert {p["sha256"] for p in ballot.papers if p["ref"].startswith("commitment:")} == kept
    assert ballot.status == "draft" and len(kept) == 2


def test_a_commitment_changed_while_checking_is_shown_first() -> None:
    plan = a_plan_in_preparation()
    reader = officer()
    checked = reader.post("/desk/ballots/new/", the_form(reader)).content.decode()
    a_commitment(plan, 3, at=NOON)

    answered = reader.post("/desk/ballots/new/", {**hidden(checked), "step": "make"})

    html = answered.content.decode()
    assert answered.status_code == 409 and "A commitment changed while you were checking" in html
    assert not Ballot.objects.filter(decides=plan.ref).exists()
    again_ = reader.post("/desk/ballots/new/", {**hidden(html), "step": "make"})
    assert again_.status_code == 302


def test_a_second_press_makes_no_second_ballot() -> None:
    plan = a_plan_in_preparation()
    reader = officer()
    form = {**hidden(reader.post("/desk/ballots/new/", the_form(reader)).content.decode())}

    for _ in range(2):
        reader.post("/desk/ballots/new/", {**form, "step": "make"})

    assert Ballot.objects.filter(decides=plan.ref).count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"question_ko": "", "question_en": " "}, "Write the question"),
        ({"written_reason": ""}, "Choose why this is decided in writing"),
        ({"opens_on": "31 March"}, "Choose a day and a time"),
        ({"opens_time": "25:00"}, "Choose a day and a time"),
        ({"closes_on": "0001-01-01"}, "Choose a day and a time"),
        ({"closes_on": "2026-03-04", "closes_time": "08:59"}, "closes before it opens"),
        ({"opens_on": "2026-01-05", "closes_on": "2026-01-06"}, "close in the past"),
        ({"question_ko": "가" * 501}, "too long"),
    ],
    ids=["no question", "no reason", "no day", "no time", "year one", "backwards", "past", "long"],
)
def test_a_wrong_form_comes_back_with_a_sentence_and_all_that_was_typed(
    wrong: dict[str, str], sentence: str
) -> None:
    a_plan_in_preparation()
    reader = officer()
    typed = {**the_form(reader), "question_en": "Shall we?", **wrong}

    answered = reader.post("/desk/ballots/new/", typed)

    html = answered.content.decode()
    assert answered.status_code == 400 and sentence in html
    assert typed["question_ko"] in html and typed["question_en"] in html


SOONER = {
    "ko": "여는 날이 너무 이릅니다. 포럼 규칙에 따라 서면 의결은 여는 날보다 5일 앞서 알려야 합니다. "
    "2026. 3. 8.부터 열 수 있습니다.",
    "en": "The opening is too soon. By the forum’s rules members know of a vote in writing some "
    "days before it opens, and their number is 5: it may open from 8 March 2026 on.",
}


def test_an_opening_sooner_than_the_rules_notice_is_refused_beside_its_field(
    language: str,
) -> None:
    rules_that_ask_for_notice({"days": 5})
    a_plan_in_preparation()
    reader = officer(language)
    typed = {**the_form(reader), "opens_on": "2026-03-07", "question_ko": "의결합니까?"}

    answered = reader.post("/desk/ballots/new/", typed)

    field = answered.content.decode().partition('id="opens_on"')[2].partition("</fieldset>")[0]
    assert answered.status_code == 400
    assert SOONER[language] in field and 'value="2026-03-07"' in field
    assert "의결합니까?" in answered.content.decode()


def test_the_form_begins_with_an_opening_that_the_rules_notice_allows() -> None:
    rules_that_ask_for_notice({"days": 5})
    a_plan_in_preparation()
    reader = officer()

    form = the_form(reader)

    # Five days after Tuesday is a Sunday.
    assert form["opens_on"] == "2026-03-09"
    assert reader.post("/desk/ballots/new/", form).status_code == 200


def test_the_page_of_a_ballot_says_the_notice_and_its_source(language: str) -> None:
    rules_that_ask_for_notice({"days": 5})
    a_drafted_ballot()

    html = page(Reader(language), "/meetings/6/ballot/")

    line = html.partition(
        "서면 의결의 통지" if language == "ko" else "Notice of a vote in writing"
    )[2]
    line = line.partition("</div>")[0]
    assert ("5일" if language == "ko" else "5 days") in line and 'href="#source-1"' in line
    assert ("운영 조례" if language == "ko" else "Ordinance on") in html.partition('id="source-1"')[
        2
    ][:300]


def test_going_back_from_the_check_page_keeps_what_was_typed() -> None:
    a_plan_in_preparation()
    reader = officer()
    typed = {**the_form(reader), "question_en": "Shall we?"}
    checked = hidden(reader.post("/desk/ballots/new/", typed).content.decode())

    html = reader.post("/desk/ballots/new/", {**checked, "step": "change"}).content.decode()

    assert "Shall we?" in html and 'value="urgent" checked' in html


def test_both_desks_say_when_the_plan_reads_otherwise_than_the_papers() -> None:
    plan = a_plan_in_preparation()
    reader = officer()
    checked = reader.post("/desk/ballots/new/", the_form(reader)).content.decode()
    reader.post("/desk/ballots/new/", {**hidden(checked), "step": "make"})
    ballot, words = Ballot.objects.get(decides=plan.ref), "The plan’s texts have changed since"
    assert words not in page(reader, desk_of(ballot))

    a_commitment(plan, 3, at=NOON)

    assert words in page(reader, desk_of(ballot)) and words in page(chair(), key_of(ballot))


def test_where_several_plans_are_written_one_is_chosen_first() -> None:
    plan = a_plan_in_preparation()

    html = page(officer(), "/desk/ballots/new/")

    assert f"?plan={plan.number}" in html and "?plan=2" in html
    assert "<textarea" not in html


@pytest.mark.parametrize("asked", ["1", "99", "x"], ids=["published", "not there", "no number"])
def test_no_other_plan_is_put_before_the_forum(asked: str) -> None:
    a_plan_in_preparation()

    answered = officer().post("/desk/ballots/new/", {"plan": asked, "step": "make"})

    assert not Ballot.objects.filter(status="draft").exists()
    assert "What is put before the forum?" in answered.content.decode()


def test_without_a_plan_to_decide_the_page_says_so() -> None:
    a_drafted_ballot()

    assert "No plan can be put before the forum now" in page(officer(), "/desk/ballots/new/")


# --- revising and dropping -----------------------------------------------------------------------


def test_a_revision_goes_through_its_check_page_and_voids_the_keys() -> None:
    ballot = a_keyed_ballot()
    reader, path = officer(), f"{desk_of(ballot)}revise/"
    form = {**the_revision(page(reader, path)), "question_en": "Another question?"}
    checked = reader.post(path, form).content.decode()

    reader.post(path, {**hidden(checked), "step": "make"})

    now = again(ballot)
    assert (now.status, now.question.words["en"]) == ("draft", "Another question?")
    assert not Key.objects.filter(what=ballot.ref, voided_at=None).exists()


def the_revision(html: str) -> dict[str, str]:
    areas = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', html)
    inputs = re.findall(r'<input class="input"[^>]*name="(\w+)" value="([^"]*)"', html)
    return {**hidden(html), **dict(areas), **dict(inputs), "written_reason": "urgent"}


def test_two_who_revise_at_once_lose_nothing() -> None:
    ballot = a_drafted_ballot()
    reader, path = officer(), f"{desk_of(ballot)}revise/"
    mine = {**the_revision(page(reader, path)), "question_en": "Mine?"}
    checked = hidden(reader.post(path, mine).content.decode())
    revise(ballot, "Theirs?")

    answered = reader.post(path, {**checked, "step": "make"})

    html = answered.content.decode()
    assert answered.status_code == 409
    assert "Mine?" in html and "Theirs?" in html
    assert again(ballot).question.words["en"] == "Theirs?"


def revise(ballot: Ballot, question: str) -> None:
    revise_ballot(
        ballot,
        question=Text({"ko": "다른 질문", "en": question}),
        papers=papers(),
        written_reason="urgent",
        opens_at=OPENS,
        closes_at=CLOSES,
        base=text_digest(ballot),
        by=secretary(),
        at=DRAFTED + timedelta(hours=2),
    )


def test_an_open_ballot_is_neither_revised_nor_dropped(now: list[datetime]) -> None:
    ballot = an_open_ballot()
    now[0] = DURING
    reader = officer()

    assert reader.get(f"{desk_of(ballot)}revise/").status_code == 302
    answered = reader.post(desk_of(ballot), {"act": "annul", "reason": "Enough."})

    assert answered.status_code == 409
    assert "annulled by no one person" in answered.content.decode()
    assert again(ballot).status == "open"


def test_a_ballot_is_dropped_with_a_reason_only() -> None:
    ballot = a_drafted_ballot()
    reader = officer()

    assert reader.post(desk_of(ballot), {"act": "annul"}).status_code == 400
    reader.post(desk_of(ballot), {"act": "annul", "reason": "Merged with another."})

    assert again(ballot).status == "annulled"
    assert "Merged with another." in page(reader, desk_of(ballot))


def test_a_co_chair_drops_nothing() -> None:
    ballot = a_drafted_ballot()

    assert chair().post(desk_of(ballot), {"act": "annul", "reason": "No."}).status_code == 403
    assert "Drop the ballot" not in page(chair(), desk_of(ballot))


# --- keys ----------------------------------------------------------------------------------------


def test_both_co_chairs_turn_their_keys_in_two_presses_each(language: str) -> None:
    ballot = a_drafted_ballot()

    for side in ("government", "civil_society"):
        reader = chair(side, language)
        html = page(reader, key_of(ballot))
        assert (
            "제2차 실행계획을 의결합니까?" in html and "Is the second action plan adopted?" in html
        )
        assert reader.post(key_of(ballot), {**hidden(html), "act": "turn"}).status_code == 302

    assert again(ballot).status == "keyed"


def test_a_text_that_changed_since_it_was_read_is_shown_before_the_key_turns() -> None:
    ballot = a_drafted_ballot()
    reader = chair()
    read = hidden(page(reader, key_of(ballot)))
    revise(ballot, "Is something else adopted?")

    answered = reader.post(key_of(ballot), {**read, "act": "turn"})

    html = answered.content.decode()
    assert answered.status_code == 409 and "What changed since you read it" in html
    assert "<del>Is the second action plan adopted?</del>" in html
    assert "<ins>Is something else adopted?</ins>" in html
    assert not Key.objects.filter(what=ballot.ref).exists()
    assert reader.post(key_of(ballot), {**hidden(html), "act": "turn"}).status_code == 302


@pytest.mark.parametrize("read", ["", "forged:1abc:xyz"], ids=["nothing", "not signed by us"])
def test_a_key_turns_on_nothing_but_what_we_showed(read: str) -> None:
    ballot = a_drafted_ballot()

    answered = chair().post(key_of(ballot), {"act": "turn", "read": read})

    assert answered.status_code == 400
    assert not Key.objects.filter(what=ballot.ref).exists()


def test_what_was_read_of_one_ballot_turns_no_key_on_another() -> None:
    first, second = a_drafted_ballot(), a_drafted_ballot()
    reader = chair()

    read = hidden(page(reader, key_of(first)))

    assert reader.post(key_of(second), {**read, "act": "turn"}).status_code == 400


def test_one_side_turns_one_key() -> None:
    ballot = a_drafted_ballot()
    reader = chair()
    read = hidden(page(reader, key_of(ballot)))

    assert reader.post(key_of(ballot), {**read, "act": "turn"}).status_code == 302
    second = reader.post(key_of(ballot), {**read, "act": "turn"})
    assert second.status_code == 409
    assert "Your side’s key is turned already." in second.content.decode()
    assert Key.objects.filter(what=ballot.ref).count() == 1


def test_who_sits_in_both_chairs_turns_one_key_and_reads_why_not_the_other(language: str) -> None:
    ballot = a_drafted_ballot()
    held = Holding.objects.get(seat=CoChair.objects.get(side="civil_society").seat)
    with writing():
        Holding.objects.filter(pk=held.pk).update(
            person=Holding.objects.get(seat=CoChair.objects.get(side="government").seat).person
        )
    reader = chair("government", language)

    first = reader.post(key_of(ballot), {**hidden(page(reader, key_of(ballot))), "act": "turn"})
    second = reader.post(key_of(ballot), {**hidden(page(reader, key_of(ballot))), "act": "turn"})

    words = (
        "이쪽의 열쇠는 이미 돌렸습니다."
        if language == "ko"
        else "Your side’s key is turned already."
    )
    assert (first.status_code, second.status_code) == (302, 409)
    assert words in second.content.decode()
    assert Key.objects.filter(what=ballot.ref).count() == 1


def test_sending_back_without_a_reason_is_answered_and_keeps_nothing() -> None:
    ballot = a_drafted_ballot()

    answered = chair().post(key_of(ballot), {"act": "return", "reason": " "})

    assert answered.status_code == 400 and "Write the reason." in answered.content.decode()
    assert not SentBack.objects.exists()


def test_the_list_of_keys_tells_mine_from_theirs() -> None:
    a_drafted_ballot()

    html = page(chair(), "/desk/keys/")

    assert "Waits for your key" in html and "Neither key is turned yet." in html


# --- on paper ------------------------------------------------------------------------------------


def colleague() -> Reader:
    return signed_in(Account.objects.filter(grants__role="secretariat").order_by("pk")[1])


def first_officer() -> Reader:
    return signed_in(Account.objects.filter(grants__role="secretariat").order_by("pk")[0])


def a_scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("결재.pdf", SCAN.content)


def entry_of(html: str) -> str:
    return re.findall(r'name="entry" value="(\d+)"', html)[0]


def test_a_key_by_document_is_entered_by_one_and_confirmed_by_another() -> None:
    ballot = a_drafted_ballot()
    path = f"{desk_of(ballot)}paper/"
    form = hidden(page(first_officer(), path))

    sent = {**form, "act": "key", "side": "government", "document": "A-7", "file": a_scan()}
    first_officer().post(path, sent)
    mine, theirs = page(first_officer(), path), page(colleague(), path)
    words = "what came on paper waits for a second officer"
    assert words in page(colleague(), "/desk/") and words not in page(first_officer(), "/desk/")
    assert "It is so: confirm" not in mine and "It is so: confirm" in theirs
    colleague().post(path, {"act": "confirm-key", "entry": entry_of(theirs)})

    assert Key.objects.get(what=ballot.ref).document == "A-7"
    assert "by document A-7" in page(chair(), key_of(ballot))


def test_a_vote_on_paper_is_shown_as_such_after_the_close(now: list[datetime]) -> None:
    ballot = an_open_ballot(20)
    now[0] = DURING + timedelta(hours=1)
    path = f"{desk_of(ballot)}paper/"
    typed = {"seat": "cso-20", "choice": "no", "reason": "Too late.", "document": "L-1"}

    kept = first_officer().post(path, {**typed, "act": "vote"})
    assert kept.status_code == 400 and "Too late." in kept.content.decode()
    first_officer().post(path, {**typed, "channel": "letter", "act": "vote"})
    colleague().post(path, {"act": "confirm-vote", "entry": entry_of(page(colleague(), path))})

    vote = ballot.votes.get(seat__number="cso-20")
    assert (vote.choice, vote.channel, vote.reason) == ("no", "letter", "Too late.")
    assert "on paper" not in page(Reader("en"), "/meetings/6/ballot/")

    close_ballot(ballot, by=CLOCK, at=CLOSES)

    result = page(Reader("en"), "/meetings/6/ballot/")
    line = result.partition('<th scope="row">cso-20</th>')[2].partition("</tr>")[0]
    assert 'No <span class="tag">on paper</span>' in line
    assert result.count('<span class="tag">on paper</span>') == 1
    data = Reader("en").get("/meetings/6/ballot.json").json()
    channels = {vote["seat"]: vote["channel"] for vote in data["votes"]}
    assert channels.pop("cso-20") == "letter" and set(channels.values()) == {"site"}


@pytest.mark.parametrize("entry", ["", "x", "99999", "１", "9" * 12], ids=repr)
def test_an_entry_that_is_not_there_is_answered(entry: str) -> None:
    ballot = a_drafted_ballot()

    answered = officer().post(f"{desk_of(ballot)}paper/", {"act": "confirm-key", "entry": entry})

    assert answered.status_code in (400, 409)


# --- reminding -----------------------------------------------------------------------------------


def test_the_open_ballots_page_names_who_has_not_answered_and_never_how_anyone_did(
    now: list[datetime], language: str
) -> None:
    ballot = an_open_ballot({"cso-1": "no", "gov-1": "yes"})
    now[0] = DURING
    html = page(officer(language), desk_of(ballot))

    missing = html.split('id="turnout"')[1].split("</section>")[0]
    assert "<li>cso-1 " not in missing and "<li>cso-2 " in missing
    assert "촉박" not in html


def test_one_press_reminds_and_the_next_says_why_not_yet(now: list[datetime]) -> None:
    ballot = an_open_ballot(20)
    now[0] = DURING
    reader = officer()

    assert reader.post(desk_of(ballot), {"act": "remind"}).status_code == 302
    html = page(reader, desk_of(ballot))
    assert "Members were reminded less than 12 hours ago" in html and "disabled" in html
    assert reader.post(desk_of(ballot), {"act": "remind"}).status_code == 409
    assert Reminder.objects.filter(ballot=ballot).count() == 1


# --- everywhere ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/ballots/", "/desk/ballots/new/", "/about/states/"]
)
def test_a_page_of_the_desk_speaks_both_languages(path: str, language: str) -> None:
    a_plan_in_preparation()
    a_drafted_ballot()

    html = page(officer(language), path)

    assert f'<html lang="{language}">' in html and html.count("<h1") == 1


@pytest.mark.parametrize(
    "make", [a_drafted_ballot, a_keyed_ballot, an_open_ballot, a_closed_ballot]
)
def test_a_ballot_is_shown_at_the_desk_in_every_state(make: Any, language: str) -> None:
    ballot = make()

    assert page(officer(language), desk_of(ballot)).count("<h1") == 1
    assert page(chair(language=language), key_of(ballot)).count("<h1") == 1


def test_reading_the_desk_changes_nothing() -> None:
    ballot, size = a_drafted_ballot(), log.size()

    for path in ("/desk/", desk_of(ballot), "/desk/ballots/", f"{desk_of(ballot)}revise/"):
        page(officer(), path)
    page(chair(), key_of(ballot))

    assert log.size() == size


def test_an_act_nobody_knows_does_nothing() -> None:
    ballot = a_drafted_ballot()

    assert officer().post(desk_of(ballot), {"act": "open"}).status_code == 400
    assert chair().post(key_of(ballot), {}).status_code == 400


def test_the_states_page_draws_every_act_and_where_it_leads() -> None:
    html = page(Reader("en"), "/about/states/")

    assert html.count("<code>ballot.revise</code>") == 2
    assert html.count("<code>plan.announce</code>") == 4
    assert "Nothing more can be done" in html


# --- seats whose letter did not leave ------------------------------------------------------------


def stuck(*reasons: str) -> None:
    """The mail server refused these letters of the ballot for good."""
    for reason in reasons:
        letter = Letter.objects.get(reason=f"ballot:6-1:{reason}")
        letter.status, letter.problem = LetterStatus.FAILED, "550 no such user"
        letter.save()


def marked(html: str) -> set[str]:
    """The seats beside which the desk says that their letter was not sent."""
    lines = re.findall(r"<li>([a-z]+-[0-9]+)(.*?)</li>", html, re.S)
    return {seat for seat, words in lines if "letter not sent" in words}


def test_a_seat_whose_letter_was_not_sent_is_marked_and_its_code_can_be_printed(
    now: list[datetime],
) -> None:
    now[0], ballot = DURING, an_open_ballot(3)
    stuck("opened:gov-5", "opened:cso-9", "opened:exo-1")

    html = page(officer(), desk_of(ballot))

    # The seat of exo-1 has answered all the same.
    assert marked(html) == {"gov-5", "cso-9"}
    [address] = re.findall(r'href="/en([^"]*codes/[?]seat=gov-5)#ask"', html)
    assert re.findall(r'value="([^"]*)" checked', page(officer(), address)) == ["gov-5"]


def test_a_reminder_that_left_takes_the_mark_away_and_one_that_did_not_sets_it(
    now: list[datetime],
) -> None:
    now[0], ballot = DURING, an_open_ballot(3)
    stuck("opened:gov-5")
    remind(ballot, by=secretary(DURING), at=DURING)
    stuck("reminded-1:cso-9")

    assert marked(page(officer(), desk_of(ballot))) == {"cso-9"}


def test_a_letter_of_another_ballot_marks_no_seat(now: list[datetime]) -> None:
    now[0], ballot = DURING, an_open_ballot(3)
    Letter.objects.filter(reason="ballot:6-1:opened:gov-5").update(
        reason="ballot:6-11:opened:gov-5", status=LetterStatus.FAILED
    )

    assert marked(page(officer(), desk_of(ballot))) == set()


def test_the_marks_ask_no_more_for_many_seats_than_for_one(
    now: list[datetime], django_assert_num_queries: Any
) -> None:
    now[0], ballot = DURING, an_open_ballot(3)
    stuck("opened:gov-5")
    reader, address = officer(), desk_of(ballot)
    page(reader, address)
    with CaptureQueriesContext(connection) as first:
        page(reader, address)
    stuck(*(f"opened:cso-{n}" for n in range(1, 20)))

    with django_assert_num_queries(len(first)):
        page(reader, address)
