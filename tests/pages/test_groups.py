"""Groups and candidates as everyone reads them, sorting and weighing on the desk."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.calls.actions.author import withdraw_proposal
from madang.calls.models import Call, Endorsement, Proposal
from madang.drafting.actions.tie import tie_commitment
from madang.foundation.actors import ANONYMOUS, Actor, Role
from madang.members.models import Account
from madang.record import log
from madang.record.guard import writing
from madang.taskforces.actions.candidates import (
    merge_candidates,
    open_candidate,
    write_candidate,
)
from madang.taskforces.actions.weigh import argue, score_candidate
from madang.taskforces.models import Candidate, Group, Mark, Placement
from madang.taskforces.rules.weighing import CandidateText
from madang.taskforces.rules.words import Choice, Side
from tests.makers.calls import DURING, a_proposal, an_open_call
from tests.makers.groups import SORTED, a_candidate, a_group, a_placed, fresh, mark, members
from tests.makers.plans import CANARY, SECRETARY, a_written_commitment, both
from tests.makers.readers import Reader, a_signed_in_client, someone_of_a_group
from tests.makers.replies import publish, write
from tests.pages.reading import Page

PAGE_BYTES = 100_000


@pytest.fixture
def call(practice_forum: Any) -> Call:
    return an_open_call()


@pytest.fixture
def two(call: Call) -> list[Actor]:
    return members(2)


@pytest.fixture
def group(call: Call, two: list[Actor]) -> Group:
    return a_group(call, two)


def as_member(actor: Actor, language: str = "ko") -> Reader:
    client = Reader(language)
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def base(call: Call) -> str:
    return f"/plans/{call.plan.number}"


def desk(group: Group) -> str:
    return f"/desk/groups/{group.label}/sort/"


def many(group: Group, count: int, first: int = 1000) -> None:
    """So many sorted proposals in so many candidates, as sorting leaves them."""
    with writing():
        rows = Proposal.objects.bulk_create(
            Proposal(
                plan=group.plan,
                number=first + n,
                state="public",
                language="ko",
                title=f"제안 {first + n}: 골목길 가로등을 밝게",
                text="어둡습니다. " * 20,
                channel="form",
                received_at=DURING,
                published_at=DURING,
                nonce=f"many-{first + n}",
            )
            for n in range(count)
        )
        made = Candidate.objects.bulk_create(
            Candidate(
                plan=group.plan,
                number=first + n,
                group=group,
                title=both(f"후보 {n}", f"Candidate {n}"),
                made_at=SORTED,
            )
            for n in range(count)
        )
        Placement.objects.bulk_create(
            Placement(
                proposal=row,
                group=group,
                choice="join" if n % 2 else None,
                candidate=made[0] if n % 2 else None,
                placed_at=DURING,
                sorted_at=SORTED if n % 2 else None,
            )
            for n, row in enumerate(rows)
        )


# --- what everyone reads -------------------------------------------------------------------------


def test_groups_say_who_works_in_them_and_how_far_they_came(
    call: Call, group: Group, two: list[Actor], each_reader: Reader
) -> None:
    first, _second = a_placed(group, 2)
    mark(first, two[0], Choice.NEW)

    listed = Page(each_reader.get(f"{base(call)}/groups/"))
    page = Page(each_reader.get(f"{base(call)}/groups/1/"))
    data = json.loads(each_reader.get(f"{base(call)}/groups/1.json").content)

    for one in (listed, page):
        assert one.faults == [] and one.ids_twice == [] and one.inline == []
    assert f"{base(call)}/groups/1/" in [link.removeprefix("/en") for link in listed.links]
    assert (data["waiting"], data["sorted"], data["members"]) == (1, 1, 2)
    assert [one["choice"] for one in data["proposals"]] == [None, "new"]
    assert len(data["workers"]) == 2 and data["own_candidates"][0]["number"] == 1


def test_what_its_author_withdrew_waits_in_no_queue(
    call: Call, group: Group, two: list[Actor], each_reader: Reader
) -> None:
    first, second = a_placed(group, 2)
    mark(first, two[0], Choice.NEW)
    withdraw_proposal(second.proposal, by=ANONYMOUS, at=DURING)

    data = json.loads(each_reader.get(f"{base(call)}/groups/1.json").content)

    assert (data["waiting"], data["sorted"]) == (0, 1)


def test_what_one_member_alone_said_stands_on_no_page(
    call: Call, group: Group, two: list[Actor], each_reader: Reader
) -> None:
    [placed] = a_placed(group)
    addresses = [f"{base(call)}/groups/1{tail}" for tail in ("/", ".json", ".csv")]
    addresses += [f"{base(call)}/proposals/0001{tail}" for tail in ("/", ".json")]

    def shown() -> list[str]:
        pages = [each_reader.get(address).content.decode() for address in addresses]
        return [page.partition("<footer")[0] for page in pages]

    before = shown()
    mark(placed, two[0], Choice.NOT_IN_PLAN)

    assert shown() == before


def test_a_candidate_shows_what_lies_in_it_and_supports_as_inherited(
    call: Call, group: Group, two: list[Actor], each_reader: Reader
) -> None:
    first, second, third = a_placed(group, 3)
    one = a_candidate(first, two[0])
    other = a_candidate(second, two[0])
    mark(third, two[1], Choice.JOIN, candidate=1)
    with writing():
        for n in range(3):
            Endorsement.objects.create(
                proposal=second.proposal, person=f"p{n}", verified=n < 2, endorsed_at=SORTED
            )
    score_candidate(one, criterion="1", points=4, by=two[0], at=SORTED)
    score_candidate(one, criterion="1", points=3, by=two[1], at=SORTED)
    argue(one, side=Side.CON, text="돈이 듭니다", language="ko", by=two[0], at=SORTED)
    merge_candidates(one, others=[other.number], by=two[0], at=SORTED)

    data = json.loads(each_reader.get(f"{base(call)}/candidates/1.json").content)
    page = Page(each_reader.get(f"{base(call)}/candidates/1/"))
    gone = Page(each_reader.get(f"{base(call)}/candidates/2/"))

    assert data["inherited"] == {"verified": 2, "unverified": 1, "elsewhere": 0}
    assert [row["number"] for row in data["inside"]] == [1, 2, 3]
    assert (data["scores"][0]["mean"], data["scores"][0]["count"]) == (3.5, 2)
    assert [tie["number"] for tie in data["ties"]] == [2]
    for shown in (page, gone):
        assert shown.faults == [] and shown.ids_twice == [] and shown.inline == []
    assert "돈이 듭니다" in page.text
    assert any(link.endswith("/candidates/1/") for link in gone.links)
    supports = json.loads(each_reader.get(f"{base(call)}/proposals/0002.json").content)["supports"]
    assert (supports["verified"], supports["unverified"]) == (2, 1)


def test_a_candidate_shows_how_its_text_changed(
    call: Call, group: Group, two: list[Actor], each_reader: Reader
) -> None:
    one = a_candidate(a_placed(group)[0], two[0])
    for promise in ("소리로 알린다", "소리와 글로 알린다"):
        text = CandidateText(title=both("소리 나는 정류장"), promise=both(promise))
        write_candidate(one, text=text, by=two[0], at=SORTED)
    there = f"{base(call)}/candidates/1"

    page = Page(each_reader.get(f"{there}/"))
    before = each_reader.get(f"{there}/?version=2").content.decode()
    versions = json.loads(each_reader.get(f"{there}.json").content)["versions"]

    assert page.faults == [] and page.ids_twice == [] and page.inline == []
    shown = page.html
    assert "<del>소리로</del>" in shown and "<ins>소리와 글로</ins>" in shown
    assert "<ins>소리로 알린다</ins>" in before and "<ins>소리와 글로</ins>" not in before
    assert [one["number"] for one in versions] == [3, 2, 1]
    assert versions[1]["promise"]["ko"] == "소리로 알린다"
    assert versions[0]["changes"][0]["path"] == ["promise", "ko"]
    assert each_reader.get(f"{there}/?version=9").status_code == 400


def test_what_it_became_is_told_once_the_plan_may_be_read(
    call: Call, group: Group, two: list[Actor], reader: Reader
) -> None:
    [placed] = a_placed(group)
    a_candidate(placed, two[0])
    commitment = a_written_commitment(call.plan, at=SORTED)
    tie_commitment(call.plan, number=commitment.number, candidate=1, by=SECRETARY, at=SORTED)

    for address in ("candidates/1/", "candidates/1.json", "candidates/", "proposals/0001/"):
        assert CANARY not in reader.get(f"{base(call)}/{address}").content.decode()
    assert json.loads(reader.get(f"{base(call)}/candidates/1.json").content)["became"] == []


def test_tables_have_every_row_and_no_formula(
    call: Call, group: Group, two: list[Actor], reader: Reader
) -> None:
    [placed] = a_placed(group, title="=1+1 제안")
    mark(placed, two[0], Choice.NEW)
    many(group, 120)

    for address, rows in (
        ("groups", 1),
        ("groups/1", 121),
        ("candidates", 121),
        ("candidates/1000", 60),
    ):
        table = reader.get(f"{base(call)}/{address}.csv").content.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(table)))
        assert len(lines) == rows + 1, address
        assert not any(cell.startswith("=") for line in lines for cell in line)


def test_pages_are_as_light_with_many_rows_as_with_few(call: Call, group: Group) -> None:
    def cost(address: str) -> tuple[int, int]:
        cache.clear()
        Reader("ko").get("/about/")
        with CaptureQueriesContext(connection) as asked:
            answer = Reader("ko").get(f"{base(call)}/{address}")
        assert answer.status_code == 200
        return len(asked), len(answer.content)

    many(group, 15)
    addresses = ["groups/", "groups/1/", "candidates/", "candidates/1000/", "candidates/1000.json"]
    few = [cost(address)[0] for address in addresses]
    many(group, 150, first=2000)
    with writing():
        Placement.objects.exclude(candidate=None).update(
            candidate=Candidate.objects.get(number=1000)
        )

    for address, before in zip(addresses, few, strict=True):
        queries, size = cost(address)
        assert queries == before <= 6, address
        assert size < PAGE_BYTES, address


def test_the_proposals_of_a_group_are_chosen_in_the_address(
    call: Call, group: Group, two: list[Actor], each_reader: Reader
) -> None:
    other = a_group(call, [two[0]], n=2)
    first, _second = a_placed(group, 2)
    a_placed(other)
    a_proposal(call, email="n@example.kr")
    a_candidate(first, two[0])

    def found(query: str) -> list[int]:
        answer = json.loads(each_reader.get(f"{base(call)}/proposals.json?{query}").content)
        table = each_reader.get(f"{base(call)}/proposals.csv?{query}").content.decode("utf-8-sig")
        numbers = [one["number"] for one in answer["proposals"]]
        assert len(list(csv.reader(io.StringIO(table)))) == len(numbers) + 1
        page = Page(each_reader.get(f"{base(call)}/proposals/?{query}"))
        assert page.faults == [] and page.ids_twice == []
        assert all(f"-{n:04d}" in page.text for n in numbers)
        return sorted(numbers)

    assert found("group=1") == [1, 2] and found("group=2") == [3] and found("group=none") == [4]
    assert found("sorted=yes") == [1] and found("group=1&sorted=no") == [2]
    page = Page(each_reader.get(f"{base(call)}/proposals/?group=1"))
    held = [one["value"] for one in page.all("input") if one.get("name") == "group"]
    assert held == ["1"]


@pytest.mark.parametrize("address", ["groups/9/", "groups/9.json", "candidates/9/"])
def test_what_is_not_there_says_so(address: str, call: Call, each_reader: Reader) -> None:
    assert each_reader.get(f"{base(call)}/{address}").status_code == 404


# --- sorting -------------------------------------------------------------------------------------


def test_a_proposal_is_sorted_with_one_press_and_taken_back_on_the_next_screen(
    group: Group, two: list[Actor]
) -> None:
    for language in ("ko", "en"):
        member = as_member(two[0], language)
        a_placed(group, 2)
        page = Page(member.get(desk(group)))
        assert page.faults == [] and page.ids_twice == [] and page.inline == []
        keys = [one.get("accesskey") for one in page.all("button") if one.get("name") == "choice"]
        assert keys == ["1", "2", "3", "4", "5", "6"]
        number = page.all("input")[1]["value"]

        led = member.post(desk(group), {"proposal": number, "choice": "new"})
        after = Page(member.get(led["Location"].removeprefix("/en")))

        assert (
            led.status_code == 302
            and Placement.objects.get(proposal__number=number).choice == "new"
        )
        assert after.faults == [] and f"{number}" in after.text
        assert [b for b in after.all("button") if b.get("value") == "undo"]
        back = member.post(desk(group), {"proposal": number, "step": "undo"})
        assert back.status_code == 302 and back["Location"].endswith(f"?proposal={number}")
        assert Placement.objects.get(proposal__number=number).choice is None


def test_the_nearest_stand_beside_it_with_why_and_their_candidate_is_offered_first(
    call: Call, group: Group, two: list[Actor]
) -> None:
    [far] = a_placed(group, title="축제 결산을 바로 알려 주세요")
    a_candidate(far, two[0])
    [near] = a_placed(group, title="정류장 시간표를 소리로")
    a_candidate(near, two[0])
    a_placed(group, title="버스 정류장 시간표를 크게")

    page = Page(as_member(two[1]).get(desk(group)))

    options = [one["value"] for one in page.all("option")]
    assert options[0] == "2" and "시간표를" in page.text
    led = as_member(two[1]).post(desk(group), {"proposal": "3", "choice": "join", "candidate": "2"})
    assert led.status_code == 302
    assert Placement.objects.get(proposal__number=3).candidate.number == 2  # type: ignore[union-attr]


def test_what_every_proposal_says_makes_no_two_near(group: Group, two: list[Actor]) -> None:
    for what, text in {
        "침수되는 길을 미리": "장마에 물이 차는 길을 지도에 그리면 돌아갈 수 있습니다.",
        "가로수를 베기 전에": "아침에 나와 보니 그늘이 사라졌습니다. 까닭을 적은 표지가 없었습니다.",
        "쉼터를": "더위를 피할 곳이 어디인지 어르신은 모릅니다.",
        "막차를": "밤 열한 시가 지나면 차편이 끊겼는지 몰라 걷습니다.",
        "결산을": "축제에 돈을 얼마나 썼는지 찾을 수가 없습니다.",
        "점수를": "식당 위생 검사의 결과가 문에 붙어 있지 않습니다.",
    }.items():
        a_placed(group, title=f"{what} 알려 주세요", text=text)

    page = Page(as_member(two[0]).get(desk(group)))

    assert "가로수" not in page.text


NEAR = ["밤 버스를 더 늦게까지", "심야에 버스가 끊겨 택시를 탑니다. 막차를 한 시간 늦춰 주세요."]


def test_the_nearest_are_found_by_their_whole_text_in_every_group_and_in_candidates(
    call: Call, group: Group, two: list[Actor], each_reader: Reader
) -> None:
    other = a_group(call, [two[0]], n=2)
    a_placed(other, title="귀갓길", text=NEAR[1])
    a_proposal(call, title="교대 근무", text=f"{NEAR[1]} 부탁드립니다.", email="n@example.kr")
    done = open_candidate(group, text=CandidateText(title=both(NEAR[0])), by=two[0], at=SORTED)
    a_placed(group, title=NEAR[0], text=NEAR[1])

    page = Page(as_member(two[0], each_reader.language).get(desk(group)))

    assert page.faults == [] and page.ids_twice == [] and page.inline == []
    assert "귀갓길" in page.text and "교대 근무" in page.text and "막차를" in page.text
    assert any(link.endswith(f"{base(call)}/candidates/{done.number}/") for link in page.links)
    assert next(one["value"] for one in page.all("option")) == str(done.number)


def test_a_groups_desk_proposes_what_could_be_sorted_together_and_says_why(
    call: Call, group: Group, two: list[Actor], each_reader: Reader
) -> None:
    a_placed(a_group(call, [two[0]], n=2), title="귀갓길", text=NEAR[1])
    a_placed(group, title="교대 근무", text=f"{NEAR[1]} 부탁드립니다.")
    for n, text in enumerate(
        ("도서관을 밤에도 열면", "도서관이 책을 더 사면", "도서관에 의자를 더 놓으면")
    ):
        a_placed(group, title=f"바람 {n}", text=f"{text} 모두에게 좋겠습니다.")
    placed = Placement.objects.values_list("choice", "candidate", "group")
    before = list(placed)

    page = Page(as_member(two[0], each_reader.language).get(f"/desk/groups/{group.label}/"))

    assert page.faults == [] and page.ids_twice == [] and page.inline == []
    part = page.html[page.html.index('id="suggested"') :]
    assert "귀갓길" in part and "교대 근무" in part and "막차" in part
    assert "<strong>도서관" in part and f"{desk(group)}?proposal=3" in part
    assert list(placed) == before


def test_the_enter_key_in_the_field_of_another_body_joins_nothing(
    group: Group, two: list[Actor]
) -> None:
    first, second = a_placed(group, 2)
    a_candidate(first, two[0])

    page = Page(as_member(two[0]).get(f"{desk(group)}?proposal={second.proposal.number}"))

    # A browser sends the first button of the form that a field stands in.
    html = page.html[page.html.index('id="body"') :]
    assert html[: html.index("</form>")].count("<button") == 1
    before = page.html[: page.html.index('id="body"')]
    assert "<button" not in before[before.rindex("<form") :]


def test_the_second_member_is_not_told_what_the_first_said(group: Group, two: list[Actor]) -> None:
    [placed] = a_placed(group)
    before = Page(as_member(two[1]).get(desk(group))).one("main").text
    mark(placed, two[0], Choice.NOT_IN_PLAN)

    for address in (desk(group), f"{desk(group)}?proposal=1"):
        assert Page(as_member(two[1]).get(address)).one("main").text == before
    mine = Page(as_member(two[0]).get(f"{desk(group)}?proposal=1"))
    assert mine.faults == [] and "said" in mine.ids
    own = Page(as_member(two[0]).get(f"{desk(group)}?done=1"))
    assert [b for b in own.all("button") if b.get("value") == "undo"]
    other = Page(as_member(two[1]).get(f"{desk(group)}?done=1"))
    assert not [b for b in other.all("button") if b.get("value") == "undo"]


def test_what_two_saw_differently_is_decided_together(group: Group, two: list[Actor]) -> None:
    [placed] = a_placed(group)
    mark(placed, two[0], Choice.NOT_IN_PLAN)
    mark(placed, two[1], Choice.NEW)
    member = as_member(two[0], "en")

    listed = Page(member.get(desk(group)))
    page = Page(member.get(f"{desk(group)}?proposal=1"))

    assert any(link.endswith("?proposal=1") for link in listed.links)
    assert page.faults == [] and page.text.count("not in this plan") >= 1
    settled = {"proposal": "1", "step": "settle", "choice": "not_in_plan"}
    alone = member.post(desk(group), settled)
    assert alone.status_code == 409 and "takes two members" in Page(alone).text
    assert Page(alone).faults == [] and fresh(placed).choice is None
    done = as_member(two[1], "en").post(desk(group), settled)
    assert done.status_code == 302 and fresh(placed).choice == "not_in_plan"


def test_what_was_put_off_comes_last(group: Group, two: list[Actor]) -> None:
    first, _second = a_placed(group, 2)
    member = as_member(two[0])
    assert first.proposal.title in Page(member.get(desk(group))).heading

    member.post(desk(group), {"proposal": "1", "choice": "later"})

    assert first.proposal.title not in Page(member.get(desk(group))).heading


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"proposal": "1"},
        {"proposal": "1", "choice": "everything"},
        {"proposal": "1", "choice": "join", "candidate": "99"},
        {"proposal": "1", "choice": "join"},
        {"proposal": "1", "choice": "other_group", "group": "x"},
        {"proposal": "1", "choice": "other_body", "body": "가" * 201},
        {"proposal": "９", "choice": "new"},
        {"proposal": "999999999999999999999", "choice": "new"},
        {"proposal": "1", "step": "settle", "choice": "new"},
        {"proposal": "1", "step": "undo"},
    ],
)
def test_a_press_that_makes_no_sense_is_answered_with_a_sentence(
    sent: dict[str, str], group: Group, two: list[Actor]
) -> None:
    a_placed(group)
    size = log.size()

    answer = as_member(two[0]).post(desk(group), sent)

    page = Page(answer)
    assert answer.status_code in (400, 403, 404, 409) and page.faults == []
    assert [one for one in page.all("div") if one.get("role") == "alert"] or "403" in str(answer)
    assert log.size() == size and not Mark.objects.exists()


def test_who_comes_second_is_told_and_sees_the_next(group: Group, two: list[Actor]) -> None:
    first, second = a_placed(group, 2)
    mark(first, two[0], Choice.NEW)

    answer = as_member(two[1]).post(desk(group), {"proposal": "1", "choice": "new"})

    assert answer.status_code == 409
    assert second.proposal.title in Page(answer).heading


def test_only_who_works_in_the_group_opens_its_desk(group: Group, two: list[Actor]) -> None:
    stranger = members(3)[2]

    assert as_member(stranger).get(desk(group)).status_code == 403
    assert a_signed_in_client(Role.SECRETARIAT).get(desk(group)).status_code == 403
    assert as_member(two[0]).get("/desk/groups/9-9/sort/").status_code == 404


def test_sorting_asks_little_however_much_there_is(group: Group, two: list[Actor]) -> None:
    member = as_member(two[0])

    def cost() -> int:
        member.get("/about/")
        with CaptureQueriesContext(connection) as asked:
            assert member.get(desk(group)).status_code == 200
        return len(asked)

    many(group, 15)
    few = cost()
    many(group, 150, first=2000)

    assert cost() == few


def test_the_desk_tells_a_member_what_waits(group: Group, two: list[Actor]) -> None:
    link = f"/desk/groups/{group.label}/sort/"
    a_placed(group, 2)

    assert any(one.endswith(link) for one in Page(as_member(two[0]).get("/desk/")).links)
    stranger = as_member(members(3)[2])
    assert not any(one.endswith(link) for one in Page(stranger.get("/desk/")).links)


# --- the secretariat's groups --------------------------------------------------------------------


def test_the_secretariat_forms_a_group_staffs_it_and_fills_its_queue(
    call: Call, two: list[Actor]
) -> None:
    office = a_signed_in_client(Role.SECRETARIAT)
    there = f"/desk{base(call)}/groups/"
    a_placed(a_group(call, []), 1)

    steps = [
        {"step": "form", "name-ko": "새 분과", "name-en": "New group"},
        {"step": "join", "group": "2", "person": str(two[0].name)},
        {"step": "place", "group": "2", "numbers": f"{call.plan.number}-0001"},
        {"step": "leave", "group": "2", "person": str(two[0].name)},
    ]
    for sent in steps:
        assert office.post(there, sent).status_code == 302, sent

    page = Page(office.get(there))
    assert page.faults == [] and page.ids_twice == [] and "새 분과" in page.text
    assert Placement.objects.get().group.number == 2


@pytest.mark.parametrize(
    "sent",
    [
        {"step": "form"},
        {"step": "join", "group": "1", "person": "nobody"},
        {"step": "join", "group": "77", "person": "x"},
        {"step": "place", "group": "1", "numbers": "칠십"},
        {"step": "place", "group": "1", "numbers": "4040"},
        {"step": "place", "group": "1"},
        {"step": "burn", "group": "1"},
        {"step": "place", "group": "２", "numbers": "1"},
    ],
)
def test_what_the_secretariat_types_wrong_is_said(
    sent: dict[str, str], call: Call, group: Group
) -> None:
    size = log.size()

    answer = a_signed_in_client(Role.SECRETARIAT).post(f"/desk{base(call)}/groups/", sent)

    assert answer.status_code in (400, 404, 409) and Page(answer).faults == []
    assert log.size() == size


# --- a candidate on the desk ---------------------------------------------------------------------


def test_a_candidate_is_written_weighed_split_and_merged_on_its_desk(
    call: Call, group: Group, two: list[Actor]
) -> None:
    first, second = a_placed(group, 2)
    a_candidate(first, two[0])
    mark(second, two[0], Choice.JOIN, candidate=1)
    member, there = as_member(two[0]), f"/desk/candidates/{call.plan.number}-1/"

    steps: list[dict[str, Any]] = [
        {"step": "write", "title-ko": "새 제목", "problem-ko": "문제", "grade": "good"},
        {"step": "score", "criterion": "1", "points": "4"},
        {"step": "argue", "side": "pro", "text": "많은 사람에게 도움이 됩니다"},
        {"step": "split", "part-ko": "떼어 낸 것", "moved": ["2"]},
        {"step": "merge", "others": ["2"]},
    ]
    for sent in steps:
        assert member.post(there, sent).status_code == 302, sent

    found = Candidate.objects.get(number=1)
    assert (found.title.words["ko"], found.grade) == ("새 제목", "good")
    assert (found.scores.get().points, found.arguments.get().side) == (4, "pro")
    assert [row.number for row in Candidate.objects.filter(status="merged")] == [2]
    page = Page(member.get(there))
    assert page.faults == [] and page.ids_twice == [] and page.inline == []
    assert member.post(there, {"step": "tie", "commitment": "1"}).status_code in (403, 404)
    assert member.post(there, {"step": "aside"}).status_code == 302
    assert Page(member.get(there)).faults == []


def test_the_secretariat_leads_the_thread_and_ends_it(
    call: Call, group: Group, two: list[Actor]
) -> None:
    [placed] = a_placed(group)
    a_candidate(placed, two[0])
    commitment = a_written_commitment(call.plan, at=SORTED)
    office = a_signed_in_client(Role.SECRETARIAT)
    there = f"/desk/candidates/{call.plan.number}-1/"
    step = commitment.milestones.get().label

    assert (
        office.post(there, {"step": "tie", "commitment": "1", "milestone": "9.9"}).status_code
        == 404
    )
    assert (
        office.post(there, {"step": "tie", "commitment": "1", "milestone": step}).status_code == 302
    )
    assert Candidate.objects.get().status == "chosen"
    assert Page(office.get(there)).faults == []
    assert office.post(there, {"step": "untie", "commitment": "1"}).status_code == 302
    assert Candidate.objects.get().status == "open"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"step": "write"},
        {"step": "score", "criterion": "1", "points": "x"},
        {"step": "score", "criterion": "9", "points": "1"},
        {"step": "argue", "side": "pro"},
        {"step": "argue", "text": "뜻"},
        {"step": "merge"},
        {"step": "merge", "others": ["1"]},
        {"step": "split", "part-ko": "셋", "moved": ["77"]},
        {"step": "split", "moved": ["1"]},
        {"step": "split", "part-ko": "셋", "numbers": "x"},
    ],
)
def test_what_makes_no_sense_of_a_candidate_is_said_and_what_was_typed_stays(
    sent: dict[str, Any], call: Call, group: Group, two: list[Actor]
) -> None:
    [placed] = a_placed(group)
    a_candidate(placed, two[0])
    size = log.size()

    answer = as_member(two[0], "en").post(
        f"/desk/candidates/{call.plan.number}-1/", {"problem-ko": "적어 둔 말", **sent}
    )

    page = Page(answer)
    assert answer.status_code in (400, 404, 409) and page.faults == []
    assert "적어 둔 말" in page.html and log.size() == size


def test_a_stranger_opens_no_candidates_desk(call: Call, group: Group, two: list[Actor]) -> None:
    [placed] = a_placed(group)
    a_candidate(placed, two[0])

    stranger = as_member(members(3)[2])

    assert stranger.get(f"/desk/candidates/{call.plan.number}-1/").status_code == 403


# --- what leads there ----------------------------------------------------------------------------


def test_the_plans_page_leads_to_groups_and_candidates_where_there_are_some(
    call: Call, two: list[Actor], each_reader: Reader
) -> None:
    def leads() -> list[bool]:
        links = Page(each_reader.get(f"{base(call)}/")).links
        wanted = [f"{base(call)}/groups/", f"{base(call)}/candidates/"]
        return [any(link.endswith(one) for link in links) for one in wanted]

    assert leads() == [False, False]
    group = a_group(call, two)
    assert leads() == [True, False]
    a_candidate(a_placed(group)[0], two[0])
    assert leads() == [True, True]


def test_an_answer_leads_to_the_candidate_it_names(group: Group, two: list[Actor]) -> None:
    [placed] = a_placed(group)
    candidate = a_candidate(placed, two[0])
    number = placed.proposal.number
    write(group.plan, number, outcome="joined", subject=candidate.ref)
    officer = a_signed_in_client(Role.SECRETARIAT)
    out = officer.get(f"/desk/replies/sheet.xlsx?plan={group.plan.number}").content
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(out)).active for cell in row]
    assert f"후보 {candidate.number}" in cells

    publish(group.plan)
    page = Page(Reader("ko").get(f"/plans/{group.plan.number}/proposals/{number:04d}/"))
    assert f"/plans/{group.plan.number}/candidates/{candidate.number}/" in page.links
    assert "합쳐진 후보" in page.text


def test_who_works_in_a_group_without_a_seat_gets_to_the_desk_and_sorts(group: Group) -> None:
    [placed] = a_placed(group)
    helper = someone_of_a_group(group)
    client = Reader("ko")
    client.force_login(helper)

    desk_page = Page(client.get("/desk/"))
    assert any(link.endswith(desk(group)) for link in desk_page.links)
    assert client.get(desk(group)).status_code == 200
    given = {"choice": "new", "proposal": str(placed.proposal.number)}
    assert client.post(desk(group), given).status_code == 302
    assert fresh(placed).candidate
    assert client.get("/desk/ballots/").status_code == 403

    with writing():
        group.members.update(left_at=SORTED)
    # Signed in still, so the page says that nothing is left to do: the door would lead back here.
    assert client.get("/desk/").status_code == 403


UNTRANSLATED = '<span class="untranslated">not yet translated</span>'
# --- a group at work -----------------------------------------------------------------------------


def test_a_group_at_work_shows_its_homework_meetings_and_drafts(
    call: Call, group: Group, two: list[Actor]
) -> None:
    reader = as_member(two[0])
    desk_of_it = f"/desk/groups/{group.label}/"
    candidate = a_candidate(a_placed(group)[0], two[0])
    task = {"step": "homework", "task-ko": "다른 도시의 예를 찾습니다.", "due": "2020-01-31"}
    meeting = {"step": "meeting", "agenda-ko": "후보 1", "held_on": "2026-04-02", "place": "화상"}
    for given in (task, meeting, {"step": "note", "row": "1", "notes-ko": "초안을 씁니다."}):
        assert reader.post(desk_of_it, given).status_code == 302
    grown = reader.post(desk_of_it, {"step": "grow", "candidate": str(candidate.number)})
    assert grown["Location"] == f"/desk/drafts/{group.plan.number}-1/"
    assert reader.get(grown["Location"]).status_code == 200

    public, mine = (
        one.get(f"{base(call)}/groups/{group.number}/").content.decode()
        for one in (Reader("ko"), reader)
    )

    for html in (public, mine):
        assert "다른 도시의 예를 찾습니다." in html and "늦음" in html
        assert "화상" in html and "초안을 씁니다." in html
    english = Reader("en").get(f"{base(call)}/groups/{group.number}/").content.decode()
    assert (
        f'lang="ko">화상</span> {UNTRANSLATED}' in english
        and f"화상</span> {UNTRANSLATED}" not in public
    )
    draft = f"{base(call)}/commitments/1/"
    assert draft in mine and draft not in public
    data = Reader("ko").get(f"{base(call)}/groups/{group.number}.json").json()
    assert data["drafts"] == [] and data["homework"][0]["late"] is True
    assert desk_of_it in reader.get("/desk/").content.decode()
    assert reader.post(desk_of_it, {"step": "done", "row": "1"}).status_code == 302
    assert desk_of_it not in reader.get("/desk/").content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"step": "homework", "task-ko": ""},
        {"step": "homework", "task-ko": "할 일", "due": "언젠가"},
        {"step": "meeting", "agenda-ko": "가" * 2001, "held_on": "2026-04-02"},
        {"step": "note", "row": "9", "notes-ko": "글"},
        {"step": "grow"},
        {"step": "grow", "candidate": "99"},
        {"step": "elsewhere"},
    ],
)
def test_what_a_group_cannot_do_gets_a_sentence_and_keeps_what_was_typed(
    group: Group, two: list[Actor], given: dict[str, str]
) -> None:
    size = log.size()

    answer = as_member(two[0]).post(f"/desk/groups/{group.label}/", given)

    page = Page(answer)
    assert answer.status_code in (400, 404) and page.one("div", role="alert").text
    assert given.get("task-ko", "") in page.html and log.size() == size


def test_a_groups_desk_is_its_members_and_the_secretariats(group: Group) -> None:
    for role, status in ((Role.MEMBER, 403), (Role.SECRETARIAT, 200)):
        reader = a_signed_in_client(role)
        assert reader.get(f"/desk/groups/{group.label}/").status_code == status


def test_a_bodys_sheet_holds_what_its_commitments_grew_from_and_what_is_in_its_name(
    call: Call, group: Group, two: list[Actor]
) -> None:
    grown, named, other = a_placed(group, 3)
    a_candidate(grown, two[0])
    commitment = a_written_commitment(call.plan, at=SORTED)
    tie_commitment(call.plan, number=commitment.number, candidate=1, by=SECRETARY, at=SORTED)
    body = commitment.leads.get().agency.slug
    write(call.plan, named.proposal.number, agency=body)
    officer = a_signed_in_client(Role.SECRETARIAT)

    def rows(**more: str) -> list[str]:
        asked = {"plan": str(call.plan.number), "agency": body, **more}
        content = officer.get("/desk/replies/sheet.xlsx", asked).content
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        return [str(cell.value) for cell in sheet["A"][1:]]

    own = [grown.proposal.label, named.proposal.label]
    assert rows(whose="own") == own
    assert rows() == [*own, other.proposal.label]
