"""A ballot as members and readers see it: before, during and after, by both ways in."""

import hashlib
import hmac
import html
import re
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import rfc8785
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.ballots.models import Ballot, Vote
from madang.ballots.papers import papers_of
from madang.ballots.rules.tally import decide, read_rules, tally
from madang.drafting.actions.fix import fix_versions
from madang.letters.codes import check_code
from madang.letters.links import revoke_links
from madang.letters.models import Letter
from madang.members.actions.change_member import pass_seat, sitting
from madang.members.models import Account, Seat
from madang.record import log
from madang.web import middleware
from madang.web.pages import vote as voting
from tests.makers.ballots import (
    CLOSES,
    DRAFTED,
    DURING,
    REASON,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    account_of,
    again,
    an_open_ballot,
    answer,
    secretary,
)
from tests.makers.editions import the_plan
from tests.makers.forgetting import forget_everything
from tests.makers.preparation import a_plan_in_preparation
from tests.makers.readers import Reader
from tests.pages.reading import Page

SEAT = "cso-22"
PAGE = "/meetings/6/ballot/"
MIXED = {
    **dict.fromkeys(("exo-1", "exo-2", "gov-1", "gov-2", "gov-3"), "yes"),
    **{f"cso-{n}": "yes" for n in range(1, 10)},
    "gov-4": "no",
    "cso-10": "no",
    "cso-11": "abstain",
    "cso-12": "recused",
}


@pytest.fixture(autouse=True)
def _forum(practice_forum: Any) -> None:
    pass


class Clock:
    """The moment at which pages are read."""

    def __init__(self) -> None:
        self.at: datetime = DURING

    def on(self, **some: float) -> None:
        self.at += timedelta(**some)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(middleware, "_moment", lambda request: clock.at)
    return clock


class Booth:
    """A member at the ballot, by the mailed link or from the desk."""

    def __init__(self, way: str, seat: str = SEAT) -> None:
        self.reader, self.account = Reader("en"), account_of(seat)
        self.address = "/desk/vote/6/" if way == "desk" else self.link
        if way == "desk":
            self.reader.force_login(self.account)

    @property
    def link(self) -> str:
        body = Letter.objects.get(kind="ballot.opened", to=self.account.email).body
        found = re.search(r"http://[^/]+(?:/en)?(/v/\S+)", body)
        assert found
        return found[1]

    def look(self) -> Any:
        return self.reader.get(self.address)

    def send(self, step: str, **typed: str) -> Any:
        return self.reader.post(self.address, {"step": step, **typed})

    def check(self, choice: str, reason: str = "") -> str:
        """Choose; the sealed form of the check page."""
        response = self.send("check", choice=choice, reason=reason)
        assert response.status_code == 200, Page(response).text
        return form_of(response)

    @property
    def code(self) -> str:
        letters = Letter.objects.filter(kind="ballot.code", to=self.account.email)
        found = re.search(r"^ {4}(\d{6})$", letters[0].body, re.M)
        assert found
        return found[1]

    def vote(self, choice: str, reason: str = "") -> Any:
        return self.send("cast", form=self.check(choice, reason), code=self.code)


@pytest.fixture(params=["link", "desk"])
def booth(request: pytest.FixtureRequest) -> Booth:
    an_open_ballot(20)
    return Booth(request.param)


def form_of(response: Any) -> str:
    found = re.search(r'name="form" value="([^"]*)"', response.content.decode())
    assert found
    return html.unescape(found[1])


def shown(response: Any) -> str:
    return Page(response).text


def votes() -> list[tuple[str, str]]:
    rows = Vote.objects.filter(seat__number=SEAT).order_by("version")
    return list(rows.values_list("choice", "reason"))


# --- from the letter to the receipt --------------------------------------------------------------


def test_three_presses_lead_from_the_ballot_to_the_receipt(booth: Booth) -> None:
    assert "The ballot of seat cso-22" in shown(booth.look())

    received = booth.vote("yes")

    entry = log.last("ballot.cast", about="ballot:6")
    assert entry
    page = Page(received)
    assert "6-1-cso-22-1" in page.text
    assert "You may change it until 14 March 2026 00:00 KST" in page.text
    assert f"/en/record/{entry.index}/" in page.links
    assert votes() == [("yes", "")]


def test_nothing_is_chosen_before_the_member_chooses(booth: Booth) -> None:
    page = Page(booth.look())

    radios = [one for one in page.all("input") if one.get("type") == "radio"]
    assert [one["value"] for one in radios] == ["yes", "no", "abstain", "recused"]
    assert not [one for one in radios if "checked" in one.attributes]


def test_opening_and_checking_vote_nothing(booth: Booth) -> None:
    before = log.state()

    booth.look()
    response = booth.send("check", choice="yes", reason="")

    assert "Not sent yet." in shown(response)
    assert (log.state(), votes()) == (before, [])


def test_the_last_of_several_answers_counts(booth: Booth, clock: Clock) -> None:
    booth.vote("yes")
    clock.on(minutes=2)

    received = booth.vote("no", REASON)

    assert "6-1-cso-22-2" in shown(received)
    assert votes() == [("yes", ""), ("no", REASON)]


def test_an_interest_is_declared_without_a_reason(booth: Booth) -> None:
    assert booth.vote("recused").status_code == 200
    assert votes() == [("recused", "")]


def test_a_form_sent_again_gives_the_same_receipt(booth: Booth) -> None:
    form = booth.check("yes")
    code = booth.code
    first = booth.send("cast", form=form, code=code)
    size = log.size()

    second = booth.send("cast", form=form, code=code)

    assert shown(first) == shown(second)
    assert (votes(), log.size()) == ([("yes", "")], size)


def test_a_form_sent_twice_at_once_gives_the_same_receipt_though_its_code_is_used_up(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, answered = booth.check("yes"), []
    code = booth.code

    def while_the_other_copy_is_served(*asked: Any) -> None:
        monkeypatch.setattr(voting, "check_code", check_code)
        answered.append(booth.send("cast", form=form, code=code))
        check_code(*asked)

    monkeypatch.setattr(voting, "check_code", while_the_other_copy_is_served)

    answered.append(booth.send("cast", form=form, code=code))

    assert [response.status_code for response in answered] == [200, 200]
    assert shown(answered[0]) == shown(answered[1])
    assert votes() == [("yes", "")]


def test_the_answer_can_be_changed_on_the_check_page(booth: Booth) -> None:
    form = booth.check("no", REASON)

    page = Page(booth.send("change", form=form))

    assert "checked" in page.one("input", id="choice-no").attributes
    assert REASON in page.text


def test_the_last_seat_reads_that_its_answer_closed_the_ballot() -> None:
    an_open_ballot(29)

    received = Booth("link").vote("yes")

    assert "the ballot closed with your answer" in shown(received)


def test_every_page_on_the_way_is_whole(booth: Booth, clock: Clock) -> None:
    asked = booth.look()
    refused = booth.send("check", choice="no", reason="")
    checked = booth.send("check", choice="yes", reason="")
    received = booth.send("cast", form=form_of(checked), code=booth.code)
    clock.at = CLOSES
    over = booth.look()

    for response in (asked, refused, checked, received, over):
        page = Page(response)
        levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4")]
        assert page.faults == []
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert "public" not in response["Cache-Control"]


# --- what goes wrong -----------------------------------------------------------------------------


def test_a_no_needs_a_reason(booth: Booth) -> None:
    response = booth.send("check", choice="no", reason="  ")

    assert response.status_code == 400
    assert "Write why you vote no." in shown(response)
    assert "checked" in Page(response).one("input", id="choice-no").attributes
    assert not Letter.objects.filter(kind="ballot.code").exists()


@pytest.mark.parametrize("choice", ["", "maybe"])
def test_without_a_choice_what_was_typed_is_kept(booth: Booth, choice: str) -> None:
    response = booth.send("check", choice=choice, reason="그래도 이유는 이렇습니다.")

    assert response.status_code == 400
    assert "Choose one: yes, no, abstain" in shown(response)
    assert "그래도 이유는 이렇습니다." in shown(response)


@pytest.mark.parametrize("more", ["x" * 2001, "x\x00y"], ids=["too long", "no text"])
def test_a_reason_that_cannot_be_taken_is_kept_in_the_form(booth: Booth, more: str) -> None:
    response = booth.send("check", choice="no", reason=more)

    assert response.status_code == 400
    assert more.replace("\x00", "") in response.content.decode()


def test_a_wrong_code_sends_nothing_and_keeps_the_answer(booth: Booth) -> None:
    form = booth.check("no", REASON)
    wrong = "000000" if booth.code != "000000" else "111111"

    response = booth.send("cast", form=form, code=wrong)

    assert response.status_code == 400
    assert "The number is not the right one." in shown(response)
    assert REASON in shown(response)
    assert votes() == []
    assert booth.send("cast", form=form_of(response), code=booth.code).status_code == 200


def test_an_old_code_sends_nothing_and_a_new_one_can_be_had(booth: Booth, clock: Clock) -> None:
    form = booth.check("yes")
    clock.on(minutes=31)
    old = booth.send("cast", form=form, code=booth.code)

    assert "The number is no longer valid." in shown(old)
    again = booth.send("again", form=form)

    assert booth.send("cast", form=form_of(again), code=booth.code).status_code == 200
    assert votes() == [("yes", "")]


def test_a_code_works_for_one_seat_alone(booth: Booth) -> None:
    other = Booth("link", "cso-21")
    other.check("yes")

    response = booth.send("cast", form=booth.check("yes"), code=other.code)

    # The chance that two codes are the same is one in a million.
    assert response.status_code == 400
    assert votes() == []


def test_the_form_of_another_seat_is_not_taken(booth: Booth) -> None:
    foreign = Booth("link", "cso-21").check("yes")
    booth.check("no", REASON)

    response = booth.send("cast", form=foreign, code=booth.code)

    assert (response.status_code, votes()) == (400, [])
    assert "Nothing was sent" in shown(response)


def test_after_the_close_a_form_left_open_sends_nothing_and_loses_nothing(
    booth: Booth, clock: Clock
) -> None:
    booth.vote("yes")
    clock.on(minutes=2)
    form = booth.check("no", REASON)
    clock.at = CLOSES

    response = booth.send("cast", form=form, code=booth.code)

    assert response.status_code == 409
    assert "The ballot is closed." in shown(response)
    assert "6-1-cso-22-1" in shown(response)
    assert REASON in shown(response)
    assert votes() == [("yes", "")]


def test_after_the_close_the_page_says_what_was_sent(booth: Booth, clock: Clock) -> None:
    nothing = Booth("link", "cso-21")
    booth.vote("yes")
    clock.at = CLOSES

    assert "6-1-cso-22-1" in shown(booth.look())
    assert "Nothing was sent from this seat." in shown(nothing.look())


def test_of_two_tabs_with_two_answers_the_last_sent_counts_and_each_receipt_says_so(
    booth: Booth, clock: Clock
) -> None:
    yes, no = booth.check("yes"), booth.check("no", REASON)

    first = shown(booth.send("cast", form=no, code=booth.code))
    clock.on(minutes=2)
    again = form_of(booth.send("again", form=yes))
    second = shown(booth.send("cast", form=again, code=booth.code))
    # The first tab once more: it is the vote it was, and no third one.
    third = shown(booth.send("cast", form=no, code=booth.code))

    assert votes() == [("no", REASON), ("yes", "")]
    for receipt, number in ((first, 1), (second, 2), (third, 1)):
        assert f"6-1-cso-22-{number}" in receipt and "the last answer counts" in receipt
    letters = Letter.objects.filter(kind="ballot.receipt", to=booth.account.email)
    assert sorted(letters.values_list("reason", flat=True)) == [
        f"ballot:6-1:receipt:cso-22:{number}" for number in (1, 2)
    ]
    clock.at = CLOSES
    assert "6-1-cso-22-2" in shown(booth.look())


# --- whose ballot --------------------------------------------------------------------------------


def test_someone_elses_link_shows_whose_ballot_it_is() -> None:
    an_open_ballot()
    booth = Booth("link")
    booth.reader.force_login(account_of("cso-1"))

    page = shown(booth.look())

    assert "The ballot of seat cso-22" in page
    assert "You are signed in as someone else" in page


def test_a_mailed_link_does_not_tell_what_was_answered() -> None:
    an_open_ballot()
    booth = Booth("link")
    booth.vote("no", REASON)

    page = shown(booth.look())

    assert "6-1-cso-22-1" in page
    assert REASON not in page


def test_a_revoked_link_says_so() -> None:
    an_open_ballot()
    booth = Booth("link")
    revoke_links("ballot:6", f"seat:{SEAT}", DURING)

    response = booth.look()

    assert response.status_code == 410
    assert "has been used or revoked" in shown(response)


def test_who_has_no_seat_on_the_roll_has_no_booth() -> None:
    an_open_ballot()
    reader = Reader("en")
    reader.post("/practice/continue/", {"person": _secretary()})

    response = reader.get("/desk/vote/6/")

    assert response.status_code == 403
    assert "You are not on this ballot’s roll" in shown(response)


NO_SEAT = {
    "ko": "로그인했지만 지금은 포럼에서 맡은 자리나 직책이 없습니다.",
    "en": "You are signed in, and you hold no seat and no office in the forum now.",
}


def fallen_vacant(seat: str, *, by: Any) -> Account:
    """The account of whoever left a seat before the ballot opened; nobody follows."""
    account, row = account_of(seat), Seat.objects.get(number=seat)
    held = sitting(row)
    assert held
    pass_seat(row, holding=held.pk, day="2026-03-05", to=None, by=by, at=DRAFTED)
    return account


@pytest.mark.parametrize("language", ["ko", "en"])
def test_whose_seat_fell_vacant_before_the_opening_reads_it_and_casts_nothing(
    language: str,
) -> None:
    account = fallen_vacant("cso-22", by=secretary())
    ballot = an_open_ballot(3)
    reader = Reader(language)
    reader.force_login(account)

    answers = [
        reader.get("/desk/vote/6/"),
        reader.post("/desk/vote/6/", {"step": "check", "choice": "yes"}),
    ]

    for answered in answers:
        assert answered.status_code == 403
        assert NO_SEAT[language] in shown(answered)
    assert ballot.votes.filter(seat__number="cso-22").count() == 0
    assert not ballot.roll.filter(seat__number="cso-22").exists()
    assert not Letter.objects.filter(kind="ballot.opened", to=account.email).exists()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_whose_seat_fell_vacant_while_the_ballot_is_open_answers_by_the_link(
    language: str,
) -> None:
    ballot = an_open_ballot(3)
    booth, seat = Booth("link"), Seat.objects.get(number=SEAT)
    held = sitting(seat)
    assert held
    pass_seat(seat, holding=held.pk, day="2026-03-10", to=None, by=secretary(DURING), at=DURING)
    reader = Reader(language)
    reader.force_login(booth.account)

    assert NO_SEAT[language] in shown(reader.get("/desk/vote/6/"))
    assert "6-1-cso-22-1" in shown(booth.vote("yes"))
    assert ballot.votes.filter(seat__number=SEAT).count() == 1


# --- my agency's commitments ----------------------------------------------------------------------


def test_what_the_members_own_agency_leads_comes_first_in_the_booth(
    booth_of_the_plan: tuple[str, set[str]],
) -> None:
    html, others = booth_of_the_plan
    first, _, rest = html.partition("All papers")

    mine = first.partition("Led by your agency")[2]
    assert mine and not any(title in mine for title in others)
    assert all(title in rest for title in others)


@pytest.fixture
def booth_of_the_plan() -> tuple[str, set[str]]:
    """The booth of a government member whose agency leads one commitment, and the others' titles."""
    plan = the_plan()
    fix_versions(plan, by=secretary(), at=DRAFTED)
    an_open_ballot(decides=plan.ref, papers=papers_of(plan))
    account = account_of("gov-1")
    assert account.person
    led = set(
        plan.commitments.filter(leads__agency=account.person.agency).values_list(
            "number", flat=True
        )
    )
    others = plan.commitments.exclude(number__in=led)
    titles = {row.title.words["en"] for row in others}
    assert led and titles
    return shown(Booth("desk", "gov-1").look()), titles


def test_a_member_without_an_agency_finds_the_papers_in_their_order() -> None:
    plan = the_plan()
    fix_versions(plan, by=secretary(), at=DRAFTED)
    an_open_ballot(decides=plan.ref, papers=papers_of(plan))

    assert "Led by your agency" not in shown(Booth("desk", "cso-3").look())


def _secretary() -> str:
    from madang.members.models import Account

    person = Account.objects.filter(grants__role="secretariat")[0].person
    assert person
    return person.slug


# --- the ballot's page ---------------------------------------------------------------------------


def test_before_the_opening_the_page_has_text_window_and_keys(each_reader: Reader) -> None:
    a_drafted_ballot()
    drafted = Page(each_reader.get(PAGE))
    data = each_reader.get("/meetings/6/ballot.json").json()

    assert drafted.faults == []
    assert [key["side"] for key in data["keys"]] == []
    assert (data["status"], data["votes"], data["outcome"]) == ("draft", None, None)


def test_the_row_of_keys_is_public() -> None:
    a_keyed_ballot()

    data = Reader("en").get("/meetings/6/ballot.json").json()

    assert [key["side"] for key in data["keys"]] == ["government", "civil_society"]
    assert "Do Hanbit" in shown(Reader("en").get(PAGE))


def test_before_the_close_no_representation_tells_a_choice(clock: Clock) -> None:
    ballot = an_open_ballot(MIXED)
    size, reader = log.size(), Reader("en")

    data = reader.get("/meetings/6/ballot.json").json()
    assert set(data["counts"].values()) == {None}
    assert (data["votes"], data["outcome"], data["threshold"]) == (None, None, None)
    assert data["turnout"]["answered"] == len(MIXED)
    everywhere = [PAGE, "/meetings/6/ballot.json", "/meetings/6/ballot.csv", "/meetings/6/"]
    everywhere += [f"/record/{n}{end}" for n in range(size) for end in ("/", ".json")]
    everywhere += [f"/practice/letters/{letter.pk}/" for letter in Letter.objects.all()]
    for address in everywhere:
        assert REASON not in reader.get(address).content.decode(), address
    assert log.opened("ballot.cast", about=ballot.ref) == {}


def test_no_representation_differs_by_what_was_answered() -> None:
    """Two ballots answered by the same seats, otherwise, look the same until they close."""
    seen = []
    for choice in ("yes", "recused"):
        an_open_ballot(dict.fromkeys(("gov-1", "cso-1"), choice))
        address = "/meetings/6/ballot" if choice == "yes" else "/meetings/7/ballot"
        reader = Reader("en")
        table = reader.get(f"{address}.csv").content
        turnout = reader.get(f"{address}.json").json()["turnout"]
        drawing = re.search(
            r"<svg class=\"seat-chart\".*?</svg>", reader.get(f"{address}/").content.decode()
        )
        assert drawing
        seen.append((table, turnout, drawing[0]))

    assert seen[0] == seen[1]


def closed(**other: Any) -> tuple[Ballot, dict[str, Any]]:
    ballot = a_closed_ballot(MIXED, **other)
    return ballot, Reader("en").get("/meetings/6/ballot.json").json()


def test_the_result_begins_with_its_word(clock: Clock) -> None:
    closed()

    page = Page(Reader("en").get(PAGE))

    assert page.faults == []
    assert page.all("h1")[0].text.startswith("Approved")
    assert "17 of 29 returned; more than 14.5 needed → quorate" in page.text
    assert "14 yes; more than 8.5 of the 17 answers returned needed → enough" in page.text
    assert REASON in page.text


@pytest.mark.parametrize("make", [a_drafted_ballot, an_open_ballot, a_closed_ballot])
def test_the_reason_for_writing_stands_with_its_dated_rule_and_its_source(make: Any) -> None:
    make(written_reason="minor")

    data = Reader("en").get("/meetings/6/ballot.json").json()
    english, korean = shown(Reader("en").get(PAGE)), shown(Reader("ko").get(PAGE))

    rule = data["written_rule"]
    assert (data["written_reason"], rule["as_of"]) == ("minor", "2013")
    for words, language in ((english, "en"), (korean, "ko")):
        assert rule["words"][language] in words
        assert rule["source"][language] in words
    assert "Article 5(2) (as it read in 2013" in english
    assert "제5조 제2항 (2013년의 글" in korean


def test_the_booth_says_the_rule_behind_the_reason_for_writing(booth: Booth) -> None:
    assert "Article 5(2) (as it read in 2013" in shown(booth.look())


COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
PLACE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def test_the_seats_of_the_result_are_told_apart_by_shapes_and_not_by_colours_alone() -> None:
    closed()
    html = Reader("en").get(PAGE).content.decode()
    chart = html.partition('class="seat-chart"')[2].partition("</svg>")[0]

    drawn: dict[tuple[str, str], set[str]] = {}
    for seat, answer_, shape in re.findall(r"<g><title>([^:<]+): ([^<]+)</title>(.*?)</g>", chart):
        # Neither where it stands nor in which colour: what is left are the shapes.
        shapes = PLACE.sub("", COLOUR.sub("", shape))
        side = "civil_society" if seat.startswith("cso") else "government"
        drawn.setdefault((side, answer_), set()).add(shapes)

    assert {answer_ for _side, answer_ in drawn} == {
        "Yes",
        "No",
        "Abstain",
        "Interest declared",
        "Not returned",
    }
    assert all(len(shapes) == 1 for shapes in drawn.values())
    assert len({shape for shapes in drawn.values() for shape in shapes}) == len(drawn)


def test_the_data_can_be_counted_again() -> None:
    ballot, data = closed()

    answers = {vote["seat"]: vote["choice"] for vote in data["votes"]}
    roll = [seat["seat"] for seat in data["roll"]]
    counted = tally(answers, roll)
    decision = decide(counted, read_rules(data["rules"]))

    assert data["counts"] == {**Counter(answers.values()), "not_returned": 12}
    assert data["counts"] == {key: getattr(counted, key) for key in data["counts"]}
    assert data["outcome"] == decision.outcome == ballot.outcome
    assert "Together142111230" in shown(Reader("en").get(PAGE)).replace(" ", "")


def test_every_vote_opens_what_the_record_committed_to() -> None:
    _, data = closed()
    reader = Reader("en")

    for vote in data["votes"]:
        leaf = reader.get(f"/record/{vote['entry']}.json").json()["says"]
        assert (leaf["d"]["seat"], leaf["d"]["version"]) == (vote["seat"], vote["version"])
        assert vote["openings"].keys() == leaf["c"].keys() - {"actor"}
        for field, opened in vote["openings"].items():
            said = rfc8785.dumps({"f": field, "i": vote["entry"], "v": opened["value"]})
            again = hmac.new(bytes.fromhex(opened["key"]), said, hashlib.sha256).hexdigest()
            assert again == leaf["c"][field]
            assert opened["value"] == vote[field]


def test_the_record_opens_choice_and_reason_at_the_close_and_never_who_cast_them() -> None:
    _, data = closed()
    index = next(vote["entry"] for vote in data["votes"] if vote["choice"] == "no")

    openings = Reader("en").get(f"/record/{index}.json").json()["openings"]

    assert openings["reason"]["value"] == REASON
    assert openings["actor"] == {"open": True}
    assert log.opening(index, "actor") is None
    shown_choice = log.opening(index, "choice")
    assert shown_choice
    assert shown_choice.value == "no"


@pytest.mark.parametrize(
    ("answers", "word", "sentence"),
    [
        (
            dict.fromkeys(list(MIXED)[:10], "yes"),
            "No quorum",
            "Only 10 of 30 seats answered and 16 were needed",
        ),
        (
            {seat: "yes" if n % 2 else "no" for n, seat in enumerate(list(MIXED)[:16])},
            "Rejected",
            "Yes and no were equal, 8 each; under the rules a tie rejects.",
        ),
        (dict.fromkeys(MIXED, "no"), "Rejected", "too few of them said yes"),
    ],
    ids=["too few answered", "as many for as against", "more against"],
)
def test_every_outcome_has_its_word_and_its_sentence(
    answers: dict[str, str], word: str, sentence: str
) -> None:
    a_closed_ballot(answers)

    page = Page(Reader("en").get(PAGE))

    assert page.all("h1")[0].text.startswith(word)
    assert sentence in page.text


@pytest.mark.parametrize(
    "make",
    [
        a_drafted_ballot,
        lambda: a_drafted_ballot(decides=a_plan_in_preparation().ref),
        a_keyed_ballot,
        lambda: an_open_ballot(20),
        lambda: a_closed_ballot(MIXED),
    ],
    ids=["drafted", "drafted on a draft", "keyed", "open", "closed"],
)
@pytest.mark.parametrize("address", [PAGE, "/meetings/6/", "/meetings/"])
def test_a_page_needs_few_queries_in_every_state(make: Any, address: str) -> None:
    make()
    forget_everything()

    with CaptureQueriesContext(connection) as captured:
        response = Reader("ko").get(address)

    assert response.status_code == 200
    assert len(captured) <= 6, "\n".join(query["sql"] for query in captured.captured_queries)


def test_what_is_decided_is_said_in_words_before_its_text_may_be_read(
    each_reader: Reader,
) -> None:
    plan = a_plan_in_preparation()
    a_drafted_ballot(decides=plan.ref)
    page = Page(each_reader.get(PAGE))

    words = f"Plan {plan.number}" if each_reader.language == "en" else f"제{plan.number}차 계획"
    assert words in page.text and plan.ref not in page.text
    assert not any(link.endswith(f"/plans/{plan.number}/") for link in page.links)


def test_a_meeting_and_the_list_say_where_the_ballot_stands() -> None:
    an_open_ballot()
    reader = Reader("en")

    assert "The ballot is open until 14 March 2026 00:00 KST." in shown(reader.get("/meetings/6/"))
    listed = {row["address"]: row for row in reader.get("/meetings.json").json()["meetings"]}
    assert listed["6"]["ballots"][0]["stands"] == "open"


def test_the_page_answers_both_languages_and_an_answer_after_it(each_reader: Reader) -> None:
    ballot = an_open_ballot(3)
    before = each_reader.get(PAGE)["ETag"]

    answer(again(ballot), SEAT, "yes")

    assert each_reader.get(PAGE)["ETag"] != before
