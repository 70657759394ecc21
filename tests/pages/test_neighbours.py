"""Similar proposals before sending: shown with why, the choice is the citizen's, nothing is held back."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from madang.calls import neighbours as room
from madang.calls.actions.author import edit_proposal, withdraw_proposal
from madang.calls.models import Call, Endorsement, Proposal
from madang.calls.neighbours import neighbours
from madang.calls.rules.similar.fingerprints import unpack
from madang.foundation.actors import ANONYMOUS
from madang.letters.models import Letter
from tests.makers.calls import DURING, TEXT, TITLE, a_proposal, some_words
from tests.makers.readers import Reader
from tests.pages.reading import Page
from tests.pages.test_propose import base, call, code_in_mail, now, path, to_check, token_of

__all__ = ["call", "now"]
OTHERS = {
    "도서관을 밤에도 열어 주세요": "직장인은 낮에 도서관에 갈 수 없습니다. 일주일에 이틀은 밤 열 시까지 열면 좋겠습니다.",
    "예산을 표로 내려받게 해 주세요": "예산서는 그림 파일이라 계산할 수 없습니다. 표로 내려받을 수 있게 올려 주면 좋겠습니다.",
}
NEAR = (
    "정류장 시간표를 소리로 듣고 싶어요",
    "다음 버스가 언제 오는지 시각장애인은 정류장에서 모릅니다.",
)


def some_proposals(call: Call) -> Proposal:
    for n, (title, text) in enumerate(OTHERS.items()):
        a_proposal(call, title=title, text=text, email=f"o{n}@example.kr")
    return a_proposal(call, email="first@example.kr")


def found(call: Call) -> list[int]:
    return [one.proposal.number for one in neighbours(call.plan, *NEAR)]


def test_what_resembles_it_is_shown_with_why_and_sending_stays_the_default(
    call: Call, each_reader: Reader
) -> None:
    first = some_proposals(call)

    page = Page(each_reader.get(to_check(each_reader, call, title=NEAR[0], text=NEAR[1])))

    radios = [one for one in page.all("input") if one.get("name") == "instead"]
    assert [one["value"] for one in radios] == ["", str(first.number)]
    assert ["checked" in one.attributes for one in radios] == [True, False]
    assert page.faults == [] and TITLE in page.text and "정류장" in page.text
    assert all(title not in page.text for title in OTHERS)


def test_whoever_sends_it_all_the_same_is_not_hindered(call: Call, reader: Reader) -> None:
    some_proposals(call)
    token = token_of(to_check(reader, call))
    path(reader.post(f"{base(call)}/new/check/", {"t": token, "instead": ""}))
    reader.post(f"{base(call)}/new/code/", {"t": token, "step": "send", "code": code_in_mail()})

    assert Proposal.objects.count() == 4


def test_to_support_the_other_takes_the_same_presses_and_one_number(
    call: Call, each_reader: Reader
) -> None:
    first = some_proposals(call)
    token = token_of(to_check(each_reader, call))

    chosen = {"t": token, "instead": str(first.number)}
    asked = Page(each_reader.post(f"{base(call)}/new/check/", chosen))
    [letter] = Letter.objects.filter(kind="proposal.code_for")
    code = next(line for line in letter.body.split() if line.isdecimal() and len(line) == 6)
    form = {"form": asked.one("input", name="form")["value"], "step": "code", "code": code}
    done = each_reader.post(f"{base(call)}/{first.number:04d}/support/", form)

    assert path(done) == f"{base(call)}/{first.number:04d}/?supported=1"
    assert Endorsement.objects.filter(proposal=first, verified=True).count() == 1
    assert Proposal.objects.count() == 3


@pytest.mark.parametrize("odd", ["9", "0", "abc", "-1", "9" * 30, "1;2"])
def test_a_number_nobody_has_is_no_fault(odd: str, call: Call, reader: Reader) -> None:
    token = token_of(to_check(reader, call))

    answer = reader.post(f"{base(call)}/new/check/", {"t": token, "instead": odd})

    assert answer.status_code in (302, 404)


def test_only_what_everyone_reads_is_shown(call: Call) -> None:
    first = some_proposals(call)
    held = a_proposal(call, text=f"{TEXT} 010-1234-5678", email="held@example.kr")
    titled = a_proposal(call, title_only=True, email="t@example.kr")
    hidden_words = {row.pk: unpack(bytes(row.features)) for row in Proposal.objects.all()}

    assert held.number not in found(call)
    assert len(hidden_words[titled.pk]) < len(hidden_words[first.pk])
    withdraw_proposal(first, by=ANONYMOUS, at=DURING)
    assert first.number not in found(call)


def test_what_came_or_changed_since_is_read_and_nothing_twice(call: Call) -> None:
    first = some_proposals(call)
    assert found(call) == [first.number]

    again = a_proposal(call, email="again@example.kr", at=DURING + timedelta(minutes=1))
    assert found(call) == [first.number, again.number]
    other = next(iter(OTHERS))
    words = some_words(title=other, text=OTHERS[other])
    edit_proposal(first, words=words, base=1, by=ANONYMOUS, at=DURING)
    assert found(call) == [again.number]


def test_another_process_finds_the_same(call: Call) -> None:
    some_proposals(call)
    before = found(call)

    room._held.cache_clear()

    assert found(call) == before


def test_many_are_read_by_a_thread_while_nobody_waits(call: Call, monkeypatch: Any) -> None:
    first = some_proposals(call)
    room._held.cache_clear()
    began = []
    monkeypatch.setattr(room, "AT_ONCE", 2)
    monkeypatch.setattr(threading.Thread, "start", lambda thread: began.append(thread))

    assert found(call) == []
    monkeypatch.setattr(room.connection, "close", lambda: None)
    began[0]._target()

    assert found(call) == [first.number] and len(began) == 1


def test_what_was_kept_before_or_in_another_form_is_read_again(call: Call) -> None:
    from madang.record.guard import writing

    first = some_proposals(call)
    with writing():
        Proposal.objects.update(features=b"")
        Proposal.objects.filter(pk=first.pk).update(features=b"\x63abcd")
    room._held.cache_clear()

    assert found(call) == [first.number]
