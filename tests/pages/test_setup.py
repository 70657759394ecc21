"""Setting up a forum of one's own through the pages, in both languages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from madang.ballots.models import Ballot
from madang.foundation.actors import LOADER
from madang.members.actions.open import open_forum
from madang.members.models import Account, Forum, Holding, Person
from madang.planning.models import Plan
from madang.record import log
from madang.record.log import the_log
from tests.makers.forums import NAME, OPENED
from tests.makers.lists import a_founded_forum
from tests.makers.new_forum import OFFICER
from tests.makers.plans import a_written_commitment
from tests.makers.readers import Reader
from tests.makers.sheets import HEADINGS, a_csv, a_spreadsheet, thirty
from tests.pages.reading import Page
from tests.pages.reading import body_of as bytes_of

TYPED = {
    "name-ko": "견본시 열린포럼",
    "name-en": "Sample Open Forum",
    "seats-ex_officio": "2",
    "seats-government": "6",
    "seats-civil_society": "22",
    "quorum": "over-half",
    "majority": "over-half-returned",
    "tie": "reject",
    "early-close": "yes",
    "in_force_from": "2026-01-01",
    "source": "견본시 조례 제1호",
}
MEMBERS, CHECK = "/desk/setup/members/", "/desk/setup/check/"
DIRECTION = "/desk/plans/1/direction/"


def body_of(answer: Any) -> str:
    return bytes_of(answer).decode()


def an_empty_installation() -> None:
    open_forum(
        the_log(),
        name=NAME,
        log="forum.example/record",
        practice=False,
        officer=OFFICER,
        by=LOADER,
        at=OPENED,
    )


def an_officer(language: str) -> Reader:
    client = Reader(language)
    client.force_login(Account.objects.get(email=OFFICER))
    return client


@pytest.fixture(params=["ko", "en"])
def officer(request: Any, db: None) -> Reader:
    """The first account of an installation just made, reading in each language."""
    an_empty_installation()
    return an_officer(request.param)


@pytest.fixture
def founded(officer: Reader) -> Reader:
    a_founded_forum()
    return officer


def a_file(content: bytes, name: str = "list.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def upload(client: Reader, content: bytes) -> Any:
    return client.post(MEMBERS, {"step": "read", "rows": "", "file": a_file(content)})


def form_of(answer: Any) -> dict[str, str]:
    """What the preview's form sends back."""
    page = Page(answer)
    seen = next(one["value"] for one in page.all("input") if one.get("name") == "seen")
    [rows] = page.all("textarea")
    # A browser ends lines its own way.
    return {"seen": seen, "rows": "".join(rows.words).removeprefix("\n").replace("\n", "\r\n")}


def form_of_direction(client: Reader) -> dict[str, str]:
    """What stands in the form of the plan's direction as it is first opened."""
    inputs = Page(client.get(DIRECTION)).all("input")
    return {one["name"]: one.get("value") or "" for one in inputs if one.get("name")}


def register(client: Reader, answer: Any, **other: str) -> Any:
    return client.post(MEMBERS, {**form_of(answer), "step": "register", **other})


def test_the_desk_of_an_empty_installation_leads_to_the_four_steps(officer):
    assert "/desk/setup/" in body_of(officer.get("/desk/"))
    page = body_of(officer.get("/desk/setup/"))

    for step in ("forum", "members", "check"):
        assert f"/desk/setup/{step}/" in page
    assert "/desk/plans/new/" in page


def test_a_forum_of_thirty_is_set_up_from_a_spreadsheet_and_drafts_its_first_ballot(officer):
    presses = [officer.post("/desk/setup/forum/", TYPED)]
    preview = upload(officer, a_spreadsheet([HEADINGS, *thirty()]))
    assert preview.status_code == 200 and Person.objects.count() == 0
    assert "seat-chart" in body_of(preview)
    presses += [preview, register(officer, preview)]
    plan = {"title-ko": "제1차 계획", "starts": "2027", "ends": "2028"}
    presses.append(officer.post("/desk/plans/new/", plan))
    dates = {"stage-call-from": "2026-09"}
    presses.append(officer.post(DIRECTION, {**form_of_direction(officer), **dates, "save": "1"}))
    presses.append(officer.post(CHECK))

    assert [answer.status_code for answer in presses] == [302, 200, 302, 302, 302, 302]
    assert [answer["Location"].endswith(CHECK) for answer in presses[-2:]] == [True, True]
    assert Holding.objects.count() == 30
    # Six presses of buttons and three of links; eight things chosen or typed, a file, the plan's
    # title and a date. Its period is suggested.
    typed = [key for key in TYPED if not key.startswith("name") and key != "in_force_from"]
    assert len(typed) + 1 + 1 + len(dates) <= 12
    assert officer.get("/desk/setup/check/").status_code == 200
    assert "30" in body_of(Reader("en").get("/en/forum/"))

    a_written_commitment(Plan.objects.get())
    ballot = {
        "plan": "1",
        "question_ko": "제1차 계획의 기본 방향을 정하는 안",
        "question_en": "To settle the first plan’s basic direction",
        "written_reason": "minor",
        "opens_on": "2027-03-01",
        "opens_time": "09:00",
        "closes_on": "2027-03-08",
        "closes_time": "18:00",
        "step": "check",
    }
    checked = officer.post("/desk/ballots/new/", ballot)
    assert checked.status_code == 200, body_of(checked)
    papers = next(one["value"] for one in Page(checked).all("input") if one.get("name") == "papers")
    made = officer.post("/desk/ballots/new/", {**ballot, "papers": papers, "step": "make"})

    assert made.status_code == 302, body_of(made)
    assert Ballot.objects.get().meeting.number == 1


def a_plan_begun(officer: Reader, **dates: str) -> None:
    """A first plan, as the step before the last leaves it."""
    officer.post("/desk/plans/new/", {"title-ko": "제1차 계획", "starts": "2027", "ends": "2028"})
    if dates:
        officer.post(DIRECTION, {**form_of_direction(officer), **dates, "save": "1"})


def test_the_last_press_of_the_setup_publishes_the_plan_and_its_dates(founded):
    a_plan_begun(founded, **{"stage-call-from": "2026-09"})
    reader = Reader("en")
    assert reader.get("/plans/1/").status_code == 404
    assert 'tag-now">✓' not in body_of(founded.get("/desk/setup/"))

    assert founded.post(CHECK).status_code == 302

    plan = Plan.objects.get()
    assert plan.status == "announced" and plan.announced_at
    assert "제1차 계획" in body_of(reader.get("/plans/1/"))
    assert log.last("plan.announced", about="plan:1")
    assert "/desk/plans/1/" in body_of(founded.get(CHECK))


def test_publishing_twice_announces_once(founded):
    a_plan_begun(founded, **{"stage-call-from": "2026-09"})
    founded.post(CHECK)
    size = log.size()

    again = founded.post(CHECK)

    assert (again.status_code, log.size()) == (302, size)
    assert "<form" not in body_of(founded.get(CHECK)).partition("<main")[2].partition("</main")[0]


def test_a_plan_without_a_date_is_not_published_and_the_check_says_where_to_write_one(founded):
    a_plan_begun(founded)
    size = log.size()

    answer = founded.post(CHECK)

    assert answer.status_code == 409 and "error-summary" in body_of(answer)
    assert DIRECTION in body_of(answer)
    assert (log.size(), Plan.objects.get().announced_at) == (size, None)


def test_the_period_of_a_first_plan_is_suggested(founded):
    page = Page(founded.get("/desk/plans/new/"))

    years = {
        one["name"]: one["value"]
        for one in page.all("input")
        if one.get("name") in ("starts", "ends")
    }
    assert int(years["ends"]) == int(years["starts"]) + 1


def test_a_later_plan_is_none_of_the_setup(founded):
    a_plan_begun(founded, **{"stage-call-from": "2026-09"})
    founded.post(CHECK)
    founded.post("/desk/plans/new/", {"title-ko": "제2차 계획", "starts": "2029", "ends": "2030"})
    size = log.size()

    assert founded.post(CHECK).status_code == 302
    assert log.size() == size


def test_pressing_twice_registers_once(founded):
    preview = upload(founded, a_csv([HEADINGS, *thirty()]))

    first, second = register(founded, preview), register(founded, preview)

    assert first["Location"] == second["Location"]
    assert Holding.objects.count() == 30


def test_pasted_rows_are_read_too(founded):
    rows = "\n".join("\t".join(row) for row in [HEADINGS, *thirty()])

    preview = founded.post(MEMBERS, {"step": "read", "rows": rows})

    assert register(founded, preview).status_code == 302


def test_rows_that_were_not_shown_are_shown_before_they_are_registered(founded):
    preview = upload(founded, a_csv([HEADINGS, *thirty()]))
    changed = form_of(preview)["rows"].replace("가상5", "딴이름")

    answer = register(founded, preview, rows=changed)

    assert answer.status_code == 200
    assert "딴이름" in body_of(answer)
    assert Person.objects.count() == 0
    assert register(founded, answer).status_code == 302


def test_a_form_nobody_signed_registers_nothing(founded):
    preview = upload(founded, a_csv([HEADINGS, *thirty()]))

    assert register(founded, preview, seen="forged").status_code == 200
    assert Person.objects.count() == 0


def test_a_refused_row_stands_on_top_and_is_mended_in_place(founded):
    rows = thirty()
    rows[20][4] = rows[3][4]
    preview = upload(founded, a_csv([HEADINGS, *rows]))

    page = body_of(preview)
    assert page.index("가상21") < page.index("가상4<")
    assert 'value="register"' not in page
    mended = form_of(preview)
    lines = mended["rows"].split("\r\n")
    lines[21] = lines[21].replace("m4@", "m21@")
    again = founded.post(MEMBERS, {**mended, "rows": "\r\n".join(lines), "step": "again"})

    assert register(founded, again).status_code == 302


def test_one_member_too_many_is_allowed_with_a_note(founded):
    rows = [*thirty(), ["가상31", "", "", "시민사회", "m31@sample.example", ""]]
    preview = upload(founded, a_csv([HEADINGS, *rows]))

    refused = register(founded, preview, note="")
    allowed = register(founded, refused, note="개정 전까지")

    assert (refused.status_code, allowed.status_code) == (400, 302)
    assert Holding.objects.count() == 31


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0 old",
        a_csv([["번호", "소속"], ["1", "견본"]]),
        a_csv([HEADINGS]),
    ],
    ids=["empty", "broken", "old", "other columns", "headings alone"],
)
def test_a_wrong_file_gets_its_sentence_and_nothing_is_kept(founded, content):
    size = log.size()

    answer = upload(founded, content)

    assert answer.status_code == 400
    assert "error-summary" in body_of(answer)
    assert (log.size(), Person.objects.count()) == (size, 0)


def test_what_was_typed_is_kept_when_something_is_missing(officer):
    answer = officer.post("/desk/setup/forum/", {**TYPED, "source": "", "seats-government": "6"})

    assert answer.status_code == 400
    assert 'value="22"' in body_of(answer) and 'value="over-half" selected' in body_of(answer)
    assert Forum.objects.get(pk=1).loaded_at is None


@pytest.mark.parametrize("typed", ["-1", "둘", "1.5", "99999", "²"])
def test_a_number_of_seats_that_is_none_gets_its_sentence(officer, typed):
    answer = officer.post("/desk/setup/forum/", {**TYPED, "seats-government": typed})

    assert answer.status_code == 400
    assert Forum.objects.get(pk=1).loaded_at is None


def test_members_come_after_the_name_and_rules(officer):
    assert "/desk/setup/forum/" in body_of(officer.get(MEMBERS))
    assert upload(officer, a_csv([HEADINGS, *thirty()])).status_code == 409


def test_every_step_reads_before_between_and_after(officer):
    for path in ("/desk/setup/", "/desk/setup/forum/", MEMBERS, "/desk/setup/check/"):
        assert officer.get(path).status_code == 200
    a_founded_forum()
    for path in ("/desk/setup/", "/desk/setup/forum/", MEMBERS, "/desk/setup/check/"):
        assert officer.get(path).status_code == 200
    for public in ("/", "/forum/", "/forum/rules/", "/forum/terms/", "/forum/terms/1/"):
        assert officer.get(public).status_code in (200, 404)
    assert Plan.objects.count() == 0


def test_the_first_officer_names_a_second_and_no_third(officer):
    first = officer.post("/desk/setup/officer/", {"email": "second@sample.example"})
    second = officer.post("/desk/setup/officer/", {"email": "third@sample.example"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert Account.objects.count() == 2


def test_the_second_officer_may_be_named_with_the_rules_or_neither_is_kept(officer):
    wrong = officer.post("/desk/setup/forum/", {**TYPED, "email": OFFICER})
    assert wrong.status_code == 400 and 'href="#email"' in body_of(wrong)
    assert Forum.objects.get(pk=1).loaded_at is None

    right = officer.post("/desk/setup/forum/", {**TYPED, "email": "second@sample.example"})

    assert right.status_code == 302
    assert Account.objects.count() == 2 and Forum.objects.get(pk=1).loaded_at


class Whatever(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        an_empty_installation()
        a_founded_forum()

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(
        st.binary(max_size=300),
        st.sampled_from([b"", b"PK\x03\x04", "성명,구분\n".encode("cp949")]),
    )
    def test_any_file_gets_an_answer_and_never_a_fault(self, content, start):
        answer = upload(an_officer("ko"), start + content)

        assert answer.status_code in (200, 400)
        assert Person.objects.count() == 0
