"""A plan's list of proposals, each one's page, and finding one again."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.calls.models import Call, Proposal, Reply
from madang.foundation.texts import Text
from madang.letters.models import Letter
from madang.members.forum import shared_at
from madang.record.guard import writing
from tests.makers.calls import DURING, TEXT, TITLE, a_call, a_proposal, an_open_call, many
from tests.makers.readers import Reader
from tests.pages.reading import Page

PAGE_BYTES = 100_000


@pytest.fixture
def call(practice_forum: Any) -> Call:
    return an_open_call()


def base(call: Call) -> str:
    return f"/plans/{call.plan.number}/proposals"


def test_one_taken_over_shows_when_it_was_proposed_there(call: Call, each_reader: Reader) -> None:
    many(call, 2)
    day = {"ko": "2025. 8. 4.", "en": "4 August 2025"}[each_reader.language]

    rows = Page(each_reader.get(f"{base(call)}/")).text
    came = Page(each_reader.get(f"{base(call)}/0002/")).text

    assert rows.count(day) == 1 and came.count(day) == 1 and "가온마루" in came


def forgotten() -> None:
    """Nothing is kept from an earlier visit: not the page, not the forum."""
    cache.clear()
    shared_at.cache_clear()


# --- the list ------------------------------------------------------------------------------------


def test_the_list_says_what_everyone_may_read_of_each(call: Call, each_reader: Reader) -> None:
    shown = a_proposal(call)
    held = a_proposal(call, title="전화 010-1234-5678", email="b@example.kr")

    page = Page(each_reader.get(f"{base(call)}/"))

    assert page.faults == [] and page.ids_twice == []
    assert TITLE in page.text and "010-1234-5678" not in page.text
    for one in (shown, held):
        assert one.label in page.text


def test_filters_stand_in_the_address_and_their_counts_lead_to_the_rows(
    call: Call, reader: Reader
) -> None:
    a_proposal(call, area=0)
    a_proposal(call, area=1, email="b@example.kr", title="둘째 제안은 참여")

    page = Page(reader.get(f"{base(call)}/?area=2"))

    assert "둘째 제안은 참여" in page.text and TITLE not in page.text
    links = [link for link in Page(reader.get(f"{base(call)}/")).links if "?" in link]
    assert len(links) >= 4
    for link in links:
        assert reader.get(link).status_code == 200, link


def test_words_and_numbers_are_found_and_nothing_hidden_is(call: Call, reader: Reader) -> None:
    shown = a_proposal(call)
    a_proposal(call, text=f"{TEXT} 비밀낱말 010-1234-5678", email="b@example.kr", title="다른 것")

    def found(asked: str) -> int:
        answer = reader.get(f"{base(call)}.json", {"q": asked})
        return len(json.loads(answer.content)["proposals"])

    assert found("정류장 소리") == 1
    assert found(shown.label) == found("1") == found("0001") == 1
    assert found("비밀낱말") == found("없는말") == 0
    assert found("%") == found("_") == 0
    assert "찾" in Page(reader.get(f"{base(call)}/?q=없는말")).text


@pytest.mark.parametrize(
    "query",
    ["area=77", "outcome=x", "state=x", "source=x", "group=9", "group=x", "sorted=x"],
)
def test_a_filter_that_is_none_is_refused_with_a_sentence(
    query: str, call: Call, reader: Reader
) -> None:
    assert reader.get(f"{base(call)}/?{query}").status_code == 400
    assert reader.get(f"{base(call)}.json?{query}").status_code == 400


@pytest.mark.parametrize("page", ["0", "-1", "999999999999", "x", "９"])
def test_a_page_that_is_none_is_the_nearest(page: str, call: Call, reader: Reader) -> None:
    a_proposal(call)

    assert reader.get(f"{base(call)}/", {"page": page}).status_code == 200


def test_pages_of_fifty_and_everything_to_take_away(call: Call, reader: Reader) -> None:
    many(call, 120)

    assert len(Page(reader.get(f"{base(call)}/")).all("tr")) == 51
    assert len(Page(reader.get(f"{base(call)}/?page=3")).all("tr")) == 21
    data = json.loads(reader.get(f"{base(call)}.json").content)
    rows = list(
        csv.reader(io.StringIO(reader.get(f"{base(call)}.csv").content.decode("utf-8-sig")))
    )
    assert (len(data["proposals"]), len(rows)) == (120, 121)
    assert data["call"]["status"] == "open"
    assert {len(row) for row in rows} == {13}


def test_no_cell_is_a_formula_and_no_hidden_text_is_in_a_table(call: Call, reader: Reader) -> None:
    a_proposal(call, title='=HYPERLINK("http://x.example")')
    a_proposal(call, title="전화 010-1234-5678", email="b@example.kr")

    table = reader.get(f"{base(call)}.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]

    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    assert "010-1234-5678" not in table and "citizen@example.kr" not in table


def test_a_big_list_is_as_light_as_a_small_one(call: Call) -> None:
    def cost(address: str) -> tuple[int, int]:
        forgotten()
        with CaptureQueriesContext(connection) as asked:
            answer = Reader("ko").get(address)
        assert answer.status_code == 200
        return len(asked), len(answer.content)

    many(call, 15)
    addresses = [
        f"{base(call)}/",
        f"{base(call)}/?q=골목길",
        f"{base(call)}/?outcome=joined&area=1",
    ]
    few = [cost(address)[0] for address in addresses]
    many(call, 3_000, first=100)

    for address, before in zip(addresses, few, strict=True):
        queries, size = cost(address + ("&" if "?" in address else "?") + "page=1")
        assert queries == before <= 6
        assert size < PAGE_BYTES - 25_000, address


# --- one proposal --------------------------------------------------------------------------------


def answer(row: Proposal, at: Any) -> None:
    """An answer as the act of publishing leaves it."""
    with writing():
        Reply.objects.create(
            proposal=row,
            outcome="not_in_plan",
            reason="needs_law",
            text=Text({"ko": "법을 먼저 고쳐야 합니다.", "en": "A law must change first."}),
            written_by="secretariat",
            written_at=at,
            published_at=at,
        )
        Proposal.objects.filter(pk=row.pk).update(outcome="not_in_plan")


def test_a_proposals_page_tells_its_way_and_its_answer_on_top(
    call: Call, each_reader: Reader
) -> None:
    row = a_proposal(call, name="가온 모임")
    answer(row, DURING + timedelta(days=9))

    page = Page(each_reader.get(f"{base(call)}/{row.number:04d}/"))

    assert page.faults == [] and page.ids_twice == []
    assert page.heading == TITLE and "가온 모임" in page.text
    law = {"ko": "법을 먼저 고쳐야 합니다.", "en": "A law must change first."}
    assert page.text.index(law[each_reader.language]) < page.text.index(TEXT[:20])
    assert page.html.count("<li>") >= 3


def test_its_data_is_what_the_page_tells(call: Call, reader: Reader) -> None:
    row = a_proposal(call)

    data = json.loads(reader.get(f"{base(call)}/{row.number:04d}.json").content)

    assert (data["label"], data["title"], data["text"]) == (row.label, TITLE, TEXT)
    assert [stop["key"] for stop in data["stops"]] == ["received", "published"]
    assert data["promised"]["answered"] == "2026-08-31"
    assert "citizen" not in json.dumps(data)


def test_every_way_to_write_its_number_leads_to_the_one_address(call: Call, reader: Reader) -> None:
    row = a_proposal(call)
    there = f"{base(call)}/0001/"

    for address in (
        f"{base(call)}/1/",
        f"{base(call)}/00001/",
        f"/p/{row.label}",
        f"/p/{call.plan.number}-1",
    ):
        led = reader.get(address)
        assert (led.status_code, led["Location"]) == (301, there), address
    assert reader.get(f"{base(call)}/1.json")["Location"] == f"{base(call)}/0001.json"
    for address in (
        f"{base(call)}/0002/",
        f"{base(call)}/0000/",
        f"{base(call)}/999999999/",
        "/plans/77/proposals/0001/",
    ):
        assert reader.get(address).status_code == 404


def test_of_what_waits_for_a_look_no_word_is_shown(call: Call, each_reader: Reader) -> None:
    row = a_proposal(call, title="전화 010-1234-5678", name="김가상")

    for tail in ("/", ".json", "/?receipt=1"):
        shown = each_reader.get(f"{base(call)}/{row.number:04d}{tail}").content.decode()
        assert "010-1234-5678" not in shown and TEXT not in shown and "김가상" not in shown


def test_only_the_title_is_shown_where_its_author_asked_so(call: Call, reader: Reader) -> None:
    row = a_proposal(call, title_only=True)

    page = Page(reader.get(f"{base(call)}/{row.number:04d}/"))
    data = reader.get(f"{base(call)}.json").content.decode()
    assert TITLE in page.text and TEXT not in page.text and TEXT not in data


def test_a_page_costs_few_queries_whatever_hangs_on_it(call: Call) -> None:
    bare, full = a_proposal(call), a_proposal(call, email="b@example.kr")
    answer(full, DURING)
    counts = []
    for row in (bare, full):
        forgotten()
        with CaptureQueriesContext(connection) as asked:
            Reader("ko").get(f"{base(call)}/{row.number:04d}/")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 6


def test_before_the_call_the_list_says_when_it_opens(
    practice_forum: Any, each_reader: Reader
) -> None:
    call = a_call()

    page = Page(each_reader.get(f"{base(call)}/"))

    assert page.faults == [] and "2026" in page.text
    assert not any(link.endswith("/new/") for link in page.links)


# --- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["{}", " {} ", "{}".replace("-", " – ")])
def test_a_number_leads_to_its_page(written: str, call: Call, each_reader: Reader) -> None:
    row = a_proposal(call)

    led = each_reader.post("/find-my-proposal/", {"asked": written.format(row.label)})

    assert led.status_code == 302 and led["Location"].endswith(f"{base(call)}/0001/")


def test_an_address_gets_its_list_by_mail_and_the_same_words_whoever_it_is(
    call: Call, each_reader: Reader
) -> None:
    row = a_proposal(call)
    Letter.objects.all().delete()

    known = each_reader.post("/find-my-proposal/", {"asked": "Citizen@example.kr"})
    unknown = each_reader.post("/find-my-proposal/", {"asked": "nobody@example.kr"})

    same = [
        one.content.decode().replace("Citizen@example.kr", "X").replace("nobody@example.kr", "X")
        for one in (known, unknown)
    ]
    tokens = [
        Page(one).one("input", name="csrfmiddlewaretoken")["value"] for one in (known, unknown)
    ]
    assert same[0].replace(tokens[0], "") == same[1].replace(tokens[1], "")
    [letter] = Letter.objects.all()
    assert letter.to == "citizen@example.kr" and row.label in letter.body


@pytest.mark.parametrize("asked", ["누구@", "@example.kr", "두 사람@example.kr", "a@b@example.kr"])
def test_what_only_looks_like_an_address_is_asked_again(
    asked: str, call: Call, reader: Reader
) -> None:
    answer = reader.post("/find-my-proposal/", {"asked": asked})
    assert answer.status_code == 400 and not Letter.objects.exists()
    assert Page(answer).one("input", id="asked").get("value") == asked


def test_the_longest_address_can_be_asked_for(call: Call, reader: Reader) -> None:
    asked = f"citizen@{'long-' * 47}.example.kr"[:254]
    assert reader.post("/find-my-proposal/", {"asked": asked}).status_code == 200


def test_words_find_proposals_with_their_source(call: Call, reader: Reader) -> None:
    a_proposal(call)
    many(call, 30, first=100)

    led = reader.post("/find-my-proposal/", {"asked": "골목길 가로등"})
    page = Page(reader.get(led["Location"]))

    assert "가온마루" in page.text and page.faults == []
    none = Page(reader.get("/find-my-proposal/", {"q": "마스크 앱"}))
    assert "마스크 앱" in none.text


def test_where_one_was_taken_over_from_is_found_with_its_words(call: Call, reader: Reader) -> None:
    here = a_proposal(call, title="골목길 가로등을 켜 주세요")
    many(call, 3, first=100)

    both = Page(reader.get("/find-my-proposal/", {"q": "가로등"})).text
    page = Page(reader.get("/find-my-proposal/", {"q": "가온마루 가로등"}))

    assert here.label in both and page.faults == []
    # The first of them was withdrawn, so nobody reads it.
    assert "-0101" in page.text and "-0102" in page.text
    assert here.label not in page.text and "-0100" not in page.text


def test_an_empty_question_is_just_the_page(call: Call, reader: Reader) -> None:
    assert reader.post("/find-my-proposal/", {"asked": "  "}).status_code == 302
