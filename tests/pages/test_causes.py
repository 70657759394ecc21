"""What a draft is changed for: chosen where it is written, told by paragraph and by version."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.consultation.rules.answering import Answer
from madang.drafting.models import Commitment
from madang.foundation.actors import Role
from madang.members.models import Agency
from tests.makers.comments import TEXT, a_comment, a_draft_plan, an_open_round
from tests.makers.consultation import ASKED, a_request, says
from tests.makers.drafts import REASON, suggest
from tests.makers.plans import SECRETARY
from tests.makers.readers import a_signed_in_client
from tests.pages.reading import Page
from tests.pages.test_writing import form_of

OPINION = "결과물은 해마다 한 번만 낼 수 있습니다."


@pytest.fixture
def row(practice_forum: Any) -> Commitment:
    """A draft on which an agency gave its opinion, a citizen a comment, a member a suggestion."""
    plan = a_draft_plan()
    row = Commitment.objects.select_related("plan", "group").get(plan=plan)
    asked = a_request(1, bodies=("finance",), plan=plan.number, at=ASKED)
    says(asked, "finance", Answer(1, "partly", OPINION))
    a_comment(an_open_round(plan))
    suggest(row, SECRETARY, "다른 제목", path=("title", "ko"))
    return row


def refs(row: Commitment) -> list[str]:
    number = row.plan.number
    return [f"opinion:{number}-1.finance", f"comment:{number}-1", f"suggestion:{number}-1.1"]


def address(row: Commitment, tail: str = "") -> str:
    return f"/desk/drafts/{row.plan.number}-{row.number}/{tail}"


def test_what_was_said_is_listed_with_its_words_and_chosen_for_what_changes(
    row: Commitment,
) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    page = Page(officer.get(address(row, "write/")))
    boxes = [one["value"] for one in page.all("input") if one.get("name") == "because"]
    assert boxes == refs(row)
    shown = page.one("fieldset", id="because").text
    for words in (OPINION, TEXT, "다른 제목", REASON):
        assert words in shown
    form = form_of(page)

    sent = {**form, "problem-ko": "무엇이 문제인지 적었습니다.", "because": refs(row)[:2]}
    answer = officer.post(address(row, "write/"), sent)

    assert answer.status_code == 302
    assert (
        OPINION
        in Page(officer.get(address(row))).one("section", **{"aria-labelledby": "opinions"}).text
    )
    row.refresh_from_db()
    version = row.versions.all()[0]
    assert version.because == refs(row)[:2]
    assert row.origins["problem/ko"] == [refs(row)[:2]]
    assert "title/ko" not in row.origins
    agency = Agency.objects.get(slug="finance").name.words["ko"]
    for path in (address(row), f"/plans/{row.plan.number}/draft/1/history/"):
        told = Page(officer.get(path))
        assert f"{agency}의 협의 의견" in told.text and "의견 1" in told.text, path
        assert told.faults == []


@pytest.mark.parametrize(
    ("language", "ref"),
    [("ko", "opinion:2-6.finance"), ("en", "comment:9-9"), ("ko", "<b>"), ("en", "plan:1")],
)
def test_what_was_not_said_of_it_is_refused_and_what_was_typed_stays(
    row: Commitment, language: str, ref: str
) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT, language)
    form = form_of(Page(officer.get(address(row, "write/"))))
    before = row.versions.count()

    answer = officer.post(address(row, "write/"), {**form, "problem-ko": "새 글", "because": ref})

    page = Page(answer)
    assert (answer.status_code, row.versions.count()) == (400, before)
    assert page.one("div", role="alert").text and page.faults == []
    assert form_of(page)["problem-ko"] == "새 글"


def test_each_change_in_the_history_says_what_it_was_made_for(row: Commitment) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    for words in (
        {"because": refs(row)[0], "problem-ko": "문제를 적었습니다."},
        {"title-ko": "새 제목"},
    ):
        form = form_of(Page(officer.get(address(row, "write/"))))
        officer.post(address(row, "write/"), {**form, **words})
    path = f"/plans/{row.plan.number}/draft/1/history"

    compared = officer.get(f"{path}.json?from=1&to=3").json()["compared"]

    assert compared["because"] == [refs(row)[0]]
    for change in compared["changes"]:
        written = [refs(row)[0]] if change["path"][0] == "problem" else []
        assert change["because"] == written
    page = Page(officer.get(f"{path}/?from=1&to=3"))
    assert page.faults == [] and "고친 까닭" in page.one("dl").text
    # Words of one language on a page of another say which.
    english = Page(a_signed_in_client(Role.SECRETARIAT, "en").get(f"{path}/?from=1&to=3"))
    assert [one.get("lang") for one in english.all("span") if "dd" in one.inside] == ["ko", "ko"]


def test_the_history_asks_for_names_once_however_many_opinions(row: Commitment) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    path = f"/plans/{row.plan.number}/draft/1/history/"

    def save(n: int) -> None:
        form = form_of(Page(officer.get(address(row, "write/"))))
        officer.post(
            address(row, "write/"), {**form, "problem-ko": f"글 {n}", "because": refs(row)[0]}
        )

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(path).status_code == 200
        return len(captured.captured_queries)

    save(1)
    few = asked()
    for n in range(2, 9):
        save(n)
    assert asked() == few
