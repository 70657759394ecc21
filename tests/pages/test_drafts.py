"""Writing together on the pages: three views, both texts when two wrote, typed text kept."""

from typing import Any

import pytest

from madang.drafting.actions.lead import name_lead
from madang.drafting.actions.suggest import answer_suggestion
from madang.drafting.actions.write import write_draft
from madang.drafting.models import Commitment, Suggestion
from madang.drafting.rules.suggesting import SHORTEST_REASON
from madang.foundation.actors import CLOCK, Role
from madang.members.models import Account
from madang.planning.actions.freeze import freeze_plan
from madang.planning.models import Plan
from madang.record import log
from tests.makers.drafts import FIRST, LATER, REASON, SECOND, a_shared_draft, suggest
from tests.makers.plans import CANARY, SECRETARY, WRITTEN, a_draft, a_plan_begun, base_of
from tests.makers.readers import Reader, a_signed_in_client, an_account
from tests.pages.reading import Page

NEW = "버스 노선과 시간을 알립니다."
NO = "이 과제의 범위를 넘습니다. 다음 회의에서 봅니다."
PIECE = "description/ko"


@pytest.fixture
def draft(practice_forum: Any) -> tuple[Commitment, Any, Any]:
    return a_shared_draft(a_plan_begun())


@pytest.fixture
def row(draft: Any) -> Commitment:
    return draft[0]


@pytest.fixture
def member(row: Commitment) -> Reader:
    return a_signed_in_client(Role.MEMBER)


@pytest.fixture
def officer(row: Commitment) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT)


def address(row: Commitment, tail: str = "") -> str:
    return f"/desk/drafts/{row.plan.number}-{row.number}/{tail}"


def fields(page: Page) -> dict[str, str]:
    found = {
        one["name"]: one.get("value") or ""
        for one in page.all("input")
        if one.get("name") not in (None, "csrfmiddlewaretoken")
    }
    return {
        **found,
        **{one["name"]: "".join(one.words).removeprefix("\n") for one in page.all("textarea")},
    }


def opened(reader: Reader, row: Commitment, place: int = 0) -> dict[str, str]:
    query = f"suggest/?piece={PIECE}&place={place}"
    return fields(Page(reader.get(address(row, query))))


# --- suggesting ----------------------------------------------------------------------------------


def test_a_suggestion_takes_two_fields_and_says_that_it_was_made(
    row: Commitment, member: Reader
) -> None:
    form = opened(member, row)
    assert form["wording"] == FIRST

    answer = member.post(
        address(row, "suggest/"), {**form, "wording": NEW, "reason": REASON}, follow=True
    )

    made = Suggestion.objects.get()
    assert (made.wording, made.reason, made.place) == (NEW, REASON, 0)
    page = Page(answer)
    assert "수정안 1" in page.one("p", role="status").text
    assert next(one.text for one in page.all("ins")).startswith("노선과 시간을")


@pytest.mark.parametrize("reason", ["", "짧아요"])
def test_what_was_typed_stays_when_the_reason_is_too_short(
    row: Commitment, member: Reader, reason: str
) -> None:
    form, size = opened(member, row), log.size()

    answer = member.post(address(row, "suggest/"), {**form, "wording": NEW, "reason": reason})

    page = Page(answer)
    assert (answer.status_code, log.size()) == (400, size)
    assert str(SHORTEST_REASON) in page.one("div", role="alert").text
    assert (fields(page)["wording"], fields(page)["reason"]) == (NEW, reason)


def test_a_paragraph_changed_meanwhile_shows_both_and_the_next_press_goes_through(
    row: Commitment, draft: Any, member: Reader
) -> None:
    form = opened(member, row)
    answer_suggestion(
        suggest(row, draft[2], "버스 노선을 날마다 알립니다."),
        fate="accepted",
        answer="",
        language="ko",
        by=draft[1],
        at=LATER,
    )

    answer = member.post(address(row, "suggest/"), {**form, "wording": NEW, "reason": REASON})

    page = Page(answer)
    assert answer.status_code == 409
    both = page.html[page.html.index('id="both"') : page.html.index("<form method")]
    assert FIRST in both and "버스 노선을 날마다 알립니다." in both
    again = fields(page)
    assert (again["wording"], again["reason"]) == (NEW, REASON)
    assert member.post(address(row, "suggest/"), again).status_code == 302
    assert Suggestion.objects.get(number=2).original == "버스 노선을 날마다 알립니다."


BAD = {
    "a megabyte": ("가" * 350_000, 400),
    "a text that turns around": ("버스 \u202eabc", 400),
    "the same words": (FIRST, 400),
}


@pytest.mark.parametrize(("wording", "status"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_cannot_be_suggested_gets_a_sentence(
    row: Commitment, wording: str, status: int, language: str
) -> None:
    reader = a_signed_in_client(Role.MEMBER, language)
    form = opened(reader, row)

    answer = reader.post(address(row, "suggest/"), {**form, "wording": wording, "reason": REASON})

    page = Page(answer)
    assert answer.status_code == status
    assert page.one("div", role="alert").text
    assert fields(page)["reason"] == REASON
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_suggestion_to_a_milestone_that_was_taken_out_gives_the_words_back(
    row: Commitment, language: str
) -> None:
    reader = a_signed_in_client(Role.MEMBER, language)
    page = Page(reader.get(address(row, "suggest/?piece=milestones/1.1/title/ko&place=0")))
    write_draft(row, draft=a_draft(steps=[]), base=base_of(row), by=SECRETARY, at=WRITTEN)

    answer = reader.post(
        address(row, "suggest/"), {**fields(page), "wording": NEW, "reason": REASON}
    )

    page = Page(answer)
    assert answer.status_code == 404 and page.faults == []
    assert [one.text for one in page.all("textarea")] == [NEW, REASON]
    assert any(link.endswith(address(row)) for link in page.links)
    assert not Suggestion.objects.exists()


def test_an_address_of_no_text_is_not_found(row: Commitment, member: Reader) -> None:
    for query in ("?piece=number&place=0", "?piece=milestones/9.9/title/ko", "?piece="):
        assert member.get(address(row, f"suggest/{query}")).status_code == 404
    assert member.get(address(row, f"suggest/?piece={PIECE}&place=99")).status_code == 200


def test_pasted_text_is_saved_without_what_nobody_sees_and_says_so(
    row: Commitment, officer: Reader
) -> None:
    form = {**fields(Page(officer.get(address(row, "write/")))), "title-ko": "새\u200b 제목\xa0둘"}

    answer = officer.post(address(row, "write/"), form, follow=True)

    row.refresh_from_db()
    assert row.title.words["ko"] == "새 제목 둘"
    assert "보이지 않는 글자" in Page(answer).one("p", role="status").text


def test_a_text_that_turns_around_is_not_saved_and_stands_cleaned_in_the_form(
    row: Commitment, officer: Reader
) -> None:
    form = {**fields(Page(officer.get(address(row, "write/")))), "title-ko": "거꾸로\u202e 제목"}

    answer = officer.post(address(row, "write/"), form)

    assert answer.status_code == 400
    assert fields(Page(answer))["title-ko"] == "거꾸로 제목"


# --- answering and reading -----------------------------------------------------------------------


def test_a_suggestion_is_answered_on_the_page_and_its_fate_shown_to_everyone_who_reads(
    row: Commitment, draft: Any, member: Reader, officer: Reader
) -> None:
    suggest(row, draft[2])
    suggest(row, draft[2], "다른 문단입니다.", place=1)
    given = {"step": "answer", "suggestion": "1", "fate": "accepted", "answer": ""}
    assert officer.post(address(row), given).status_code == 302
    refused = officer.post(address(row), {**given, "suggestion": "2", "fate": "declined"})
    assert refused.status_code == 400
    given = {**given, "suggestion": "2", "fate": "declined", "answer": NO}
    assert officer.post(address(row), given).status_code == 302

    for page in (member.get(address(row)), member.get(public(row, "suggestions/"))):
        html = page.content.decode()
        assert "받아들임" in html and "받지 않음" in html and NO in html
    row.refresh_from_db()
    assert NEW in (row.description.words["ko"] or "")


def test_reasons_and_answers_in_another_language_say_that_they_are_not_translated(
    row: Commitment, draft: Any, officer: Reader
) -> None:
    suggest(row, draft[2])
    mark = '<span class="untranslated">not yet translated</span>'
    english = a_signed_in_client(Role.MEMBER, "en")
    waits = f'<span class="words" lang="ko" dir="auto">{REASON}</span> {mark}'
    assert waits in english.get(address(row)).content.decode()
    given = {"step": "answer", "suggestion": "1", "fate": "declined", "answer": NO}
    assert officer.post(address(row), given).status_code == 302

    html = english.get(address(row)).content.decode()

    for words in (REASON, NO):
        assert f'lang="ko" dir="auto">{words}</span> {mark}' in html
        assert f'lang="ko" dir="auto">{words}</span> <span class="untranslated">' not in (
            officer.get(address(row)).content.decode()
        )


def public(row: Commitment, tail: str) -> str:
    return f"/plans/{row.plan.number}/draft/{row.number}/{tail}"


def test_what_was_typed_into_an_answer_stays_when_it_is_refused(
    row: Commitment, draft: Any, officer: Reader
) -> None:
    suggest(row, draft[2])
    given = {
        "step": "answer",
        "suggestion": "1",
        "fate": "partly",
        "wording": "이렇게만 고칩니다.",
        "answer": "짧음",
        "base": base_of(row),
    }

    answer = officer.post(address(row), given)

    page = Page(answer)
    assert answer.status_code == 400
    assert (fields(page)["wording"], fields(page)["answer"]) == ("이렇게만 고칩니다.", "짧음")
    assert page.one("div", role="alert").text


def test_three_views_show_the_text_as_it_is_marked_and_as_it_would_be(
    row: Commitment, draft: Any, member: Reader
) -> None:
    suggest(row, draft[2])

    marked, original, clean = (
        member.get(address(row, tail)).content.decode().split('id="suggestions"')[0]
        for tail in ("", "?view=original", "?view=clean")
    )

    assert "<ins>" in marked and FIRST in marked
    assert "<ins>" not in original and FIRST in original and NEW not in original
    assert "<ins>" not in clean and NEW in clean and FIRST not in clean
    assert member.get(address(row, "?view=other")).status_code == 400


def test_a_text_of_one_language_says_that_it_is_not_translated(
    row: Commitment, member: Reader
) -> None:
    page = Page(member.get(address(row)))

    assert [one for one in page.all("p") if one.get("class") == "untranslated"]


def test_members_suggest_and_only_those_who_lead_see_the_form_and_the_answers(
    row: Commitment, draft: Any, member: Reader
) -> None:
    suggest(row, draft[2])
    page = Page(member.get(address(row)))

    assert 'name="fate"' not in page.html
    assert member.get(address(row, "write/")).status_code == 403
    assert "<script" not in page.html
    person = an_account(Role.MEMBER).person
    assert person
    side = person.holdings.get().seat.seat_class.side
    name_lead(row, side=side, person=person.slug, by=SECRETARY, at=LATER)
    assert 'name="fate"' in member.get(address(row)).content.decode()
    assert member.get(address(row, "write/")).status_code == 200


def test_before_the_forum_it_is_read_only_and_says_why(
    row: Commitment, draft: Any, member: Reader, officer: Reader
) -> None:
    suggest(row, draft[2])
    form = opened(member, row)
    freeze_plan(Plan.objects.get(pk=row.plan_id), ballot="ballot:8", by=CLOCK, at=WRITTEN)

    for reader in (member, officer):
        page = Page(reader.get(address(row)))
        assert [one for one in page.all("p") if one.get("class") == "notice"]
        assert not [one for one in page.all("button") if one.get("name") == "step"]
        assert FIRST in page.html and REASON in page.html
    answer = member.post(address(row, "suggest/"), {**form, "wording": NEW, "reason": REASON})
    assert (answer.status_code, fields(Page(answer))["wording"]) == (409, NEW)


def test_no_stranger_reads_a_word_of_a_draft_or_of_what_is_suggested(
    row: Commitment, draft: Any
) -> None:
    suggest(row, draft[2], CANARY)
    stranger = Reader("ko")

    for tail in ("", "suggest/", "write/"):
        assert stranger.get(address(row, tail)).status_code == 302
    for tail in ("history/", "history.json", "suggestions/", "suggestions.json", "suggestions.csv"):
        answer = stranger.get(public(row, tail))
        assert (answer.status_code, CANARY in answer.content.decode()) == (404, False), tail
    freeze_plan(Plan.objects.get(pk=row.plan_id), ballot="ballot:8", by=CLOCK, at=WRITTEN)
    for tail in ("history/", "suggestions/", "suggestions.json", "suggestions.csv"):
        assert stranger.get(public(row, tail)).status_code == 200
    assert CANARY in stranger.get(public(row, "suggestions/")).content.decode()


# --- where the words come from, and the versions -------------------------------------------------


def test_a_commitment_says_what_its_paragraphs_go_back_to(
    row: Commitment, draft: Any, member: Reader
) -> None:
    found = suggest(row, draft[2])
    answer_suggestion(found, fate="accepted", answer="", language="ko", by=draft[1], at=LATER)

    page = member.get(f"/plans/{row.plan.number}/commitments/{row.number}/")

    html = page.content.decode()
    section = html[html.index('id="came"') :]
    assert NEW in section and f'draft/{row.number}/suggestions/#s-1"' in section
    assert SECOND[:10] not in section.split("</table>")[0]


def test_a_version_says_who_wrote_it_and_what_for(
    row: Commitment, draft: Any, member: Reader
) -> None:
    found = suggest(row, draft[2])
    answer_suggestion(found, fate="accepted", answer="", language="ko", by=draft[1], at=LATER)

    page = member.get(public(row, "history/"))

    html = page.content.decode()
    assert min(draft[1].seats) in html and "수정안 1" in html and "<ins>" in html
    again = member.get(public(row, "history.json")).json()
    assert [one["because"] for one in again["versions"]] == [[found.ref], []]
    assert again["compared"]["from"] == 1


@pytest.mark.parametrize("versions", [2, 12])
def test_any_number_of_versions_costs_the_same_queries(
    row: Commitment,
    draft: Any,
    member: Reader,
    versions: int,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(1, versions):
        text = Commitment.objects.get(pk=row.pk).description.words["ko"] or ""
        found = suggest(row, draft[2], f"{text.splitlines()[0]} {n}번째 문장.")
        answer_suggestion(found, fate="accepted", answer="", language="ko", by=draft[1], at=LATER)

    with django_assert_max_num_queries(12):
        member.get(public(row, "history/"))


def test_who_leads_finds_what_waits_on_the_desk_and_not_what_is_ones_own(draft: Any) -> None:
    row, gov, cso = draft
    suggest(row, cso)
    readers = []
    for actor in (gov, cso):
        reader = Reader("ko")
        reader.force_login(Account.objects.get(pk=actor.account))
        readers.append(reader.get("/desk/").content.decode())

    assert [address(row) in html for html in readers] == [True, False]
