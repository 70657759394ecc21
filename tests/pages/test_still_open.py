"""Before the texts are fixed, what is still open about them is told, opens its rows, and blocks nothing."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from madang.ballots.models import Ballot
from madang.ballots.papers import papers_of
from madang.planning.models import Plan
from tests.makers.ballots import a_drafted_ballot
from tests.makers.comments import CLOSES, DURING, a_comment, an_open_round
from tests.makers.consultation import a_request
from tests.makers.drafts import a_shared_draft, suggest
from tests.makers.plans import a_written_commitment, an_announced_plan, both
from tests.makers.readers import Reader
from tests.pages.test_desk import chair, hidden, key_of, officer, page, the_form

pytestmark = pytest.mark.usefixtures("practice_forum")
SAID = {
    "en": [
        "The draft is open to comments until",
        "1 suggestion to a text is not answered",
        "2 comments on the draft are not answered",
        "2 agencies have not said what they think",
        "passages are not translated",
    ],
    "ko": [
        "초안 의견을 받고 있습니다",
        "답하지 않은 수정안이 1건",
        "답하지 않은 초안 의견이 2건",
        "아직 의견을 내지 않은 기관이 2곳",
        "번역하지 않은 글이",
    ],
}


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    at = [DURING + timedelta(days=1)]
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: at[0])
    return at


@pytest.fixture
def plan() -> Plan:
    """A plan with everything open that can be."""
    made = an_announced_plan()
    row, _gov, cso = a_shared_draft(made)
    suggest(row, cso)
    found = an_open_round(made)
    a_comment(found)
    a_comment(found, email="another@example.kr", commitment=None)
    a_request(row.number, plan=made.number, at=DURING, due_on="2026-05-10")
    return made


def section(html: str) -> str:
    found = re.search(r'<section aria-labelledby="still-open">.*?</section>', html, re.S)
    return found[0] if found else ""


def checked(reader: Reader) -> str:
    answered = reader.post("/desk/ballots/new/", the_form(reader))
    assert answered.status_code == 200
    return str(answered.content.decode())


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_check_page_counts_what_is_open_and_each_number_opens_its_rows(
    plan: Plan, language: str
) -> None:
    reader = officer(language)

    shown = section(checked(reader))

    for words in SAID[language]:
        assert words in shown
    for url in re.findall(r'href="([^"]+)"', shown):
        assert reader.get(unescape(url).split("#")[0]).status_code == 200, url


def test_it_stands_in_nobodys_way(plan: Plan) -> None:
    reader = officer()

    reader.post("/desk/ballots/new/", {**hidden(checked(reader)), "step": "make"})

    assert Ballot.objects.filter(decides=plan.ref, status="draft").exists()


def test_a_co_chair_reads_it_before_turning_the_key(plan: Plan) -> None:
    opens = datetime(2026, 5, 20, 0, 0, tzinfo=UTC)
    made = a_drafted_ballot(
        decides=plan.ref,
        papers=papers_of(plan),
        opens_at=opens,
        closes_at=opens + timedelta(days=7),
    )
    reader = chair()

    shown = section(page(reader, key_of(made)))

    assert "1 suggestion to a text is not answered" in shown
    for url in re.findall(r'href="([^"]+)"', shown):
        assert reader.get(unescape(url).split("#")[0]).status_code == 200, url


def test_where_nothing_is_open_nothing_is_said(now: list[Any]) -> None:
    made = an_announced_plan()
    row = {"description": both("내용", "Words"), "template": {}, "steps": []}
    a_written_commitment(made, **row)
    now[0] = CLOSES

    html = checked(officer())

    assert "Lay it before the co-chairs" in html and not section(html)
