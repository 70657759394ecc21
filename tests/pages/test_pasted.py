"""What is pasted into groups, drafts and consultations: cleaned, or refused and kept as typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from madang.calls.models import Call
from madang.consultation.models import Opinion, Request
from madang.drafting.models import Commitment, Suggestion
from madang.foundation.actors import Role
from madang.taskforces.models import Argument, Candidate, GroupMeeting, Homework
from madang.web import middleware
from tests.makers.calls import DURING, an_open_call
from tests.makers.consultation import a_request
from tests.makers.focal import a_focal_point, address_in, newest_letter
from tests.makers.groups import SORTED, a_candidate, a_group, a_placed
from tests.makers.plans import a_written_commitment
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page
from tests.pages.test_drafts import fields
from tests.pages.test_groups import as_member
from tests.pages.test_hostile_words import COLLECTIONS, corpus
from tests.pages.test_writing import form_of

PASTED = "첫\u200b 줄이\ufeff\u00a0여기서\u3164끝나고\u2028둘째\u00ad 줄이\u2060 열 글자를 넘어 이어집니다."
CLEAN = "첫 줄이 여기서 끝나고\n둘째 줄이 열 글자를 넘어 이어집니다."
RIGHT_TO_LEFT = "الحكومة المفتوحة 열린 정부를 שקיפות 로도 적습니다."
"""Words of scripts that run the other way: they are words, and stay."""
TURNED = "여기서\u202e 방향을\u2066 뒤집는 글자가 들어 있는 글입니다."
MEGABYTE = "가" * 350_000
MOVED = DURING + timedelta(days=20)


@dataclass
class Place:
    """A draft with its group, candidate, request and comment, and who may write where."""

    call: Call
    row: Commitment
    candidate: Candidate
    member: Reader
    officer: Reader
    request: Request | None = None

    @property
    def plan(self) -> int:
        return self.call.plan.number


@pytest.fixture
def place(practice_forum: Any, monkeypatch: Any) -> Place:
    monkeypatch.setattr(middleware, "_moment", lambda request: SORTED)
    call = an_open_call()
    group = a_group(call)
    row = a_written_commitment(call.plan)
    worker = group.members.order_by("pk")[0].person.account
    member = as_member(type("Who", (), {"account": worker.pk})())
    candidate = a_candidate(a_placed(group)[0], _actor(worker))
    return Place(call, row, candidate, member, a_signed_in_client(Role.SECRETARIAT))


def _actor(account: Any) -> Any:
    from madang.members.actors import actor_of

    return actor_of(account, on="2026-03-25")


def group_desk(place: Place, step: str, name: str, words: str) -> Any:
    form = {"step": step, "held_on": "2026-05-01", "due": "2026-05-01", f"{name}-ko": words}
    return place.member.post(f"/desk/groups/{place.candidate.group.label}/", form)


def agenda(place: Place, words: str) -> Any:
    return group_desk(place, "meeting", "agenda", words)


def homework(place: Place, words: str) -> Any:
    return group_desk(place, "homework", "task", words)


def problem(place: Place, words: str) -> Any:
    address = f"/desk/candidates/{place.plan}-{place.candidate.number}/"
    form = form_of(Page(place.member.get(address)))
    return place.member.post(address, {**form, "step": "write", "problem-ko": words})


def argument(place: Place, words: str) -> Any:
    address = f"/desk/candidates/{place.plan}-{place.candidate.number}/"
    return place.member.post(address, {"step": "argue", "side": "pro", "text": words})


def draft(place: Place, words: str) -> Any:
    address = f"/desk/drafts/{place.plan}-1/write/"
    form = form_of(Page(place.officer.get(address)))
    return place.officer.post(address, {**form, "problem-ko": words})


def suggestion(place: Place, words: str) -> Any:
    address = f"/desk/drafts/{place.plan}-1/suggest/"
    form = fields(Page(place.officer.get(f"{address}?piece=description/ko&place=0")))
    return place.officer.post(address, {**form, "wording": words, "reason": PASTED})


def note(place: Place, words: str) -> Any:
    a_focal_point("finance", at=SORTED)
    address = f"/desk/plans/{place.plan}/consult/"
    form = fields(Page(place.officer.get(address)))
    asked = {"commitments": ["1"], "bodies": ["finance"], "step": "ask"}
    return place.officer.post(address, {**form, **asked, "note": words})


def opinion(place: Place, words: str) -> Any:
    if place.request is None:
        due = f"{MOVED + timedelta(days=9):%F}"
        place.request = a_request(1, bodies=("finance",), plan=place.plan, at=SORTED, due_on=due)
    address = address_in(newest_letter("finance@gaon.example", "consultation.asked"), "c")
    form = {"step": "answer", "stance-1": "decline", "words-1": words, "wording-1": words[:900]}
    return Reader("ko").post(address, form)


EVERY: dict[str, tuple[Callable[[Place, str], Any], Callable[[], Any]]] = {
    "agenda": (agenda, lambda: GroupMeeting.objects.get().agenda.words["ko"]),
    "homework": (homework, lambda: Homework.objects.get().task.words["ko"]),
    "problem": (problem, lambda: Candidate.objects.get().problem.words["ko"]),  # type: ignore[union-attr]
    "argument": (argument, lambda: Argument.objects.get().text),
    "draft": (draft, lambda: Commitment.objects.get(plan__number=4).problem.words["ko"]),  # type: ignore[union-attr]
    "suggestion": (suggestion, lambda: Suggestion.objects.get().wording),
    "note": (note, lambda: Request.objects.get().note.words["ko"]),  # type: ignore[union-attr]
    "opinion": (opinion, lambda: Opinion.objects.get().words.words["ko"]),  # type: ignore[union-attr]
}


@pytest.mark.parametrize("name", EVERY)
def test_what_was_pasted_is_kept_as_people_read_it(place: Place, name: str) -> None:
    send, kept = EVERY[name]

    answer = send(place, PASTED)

    assert answer.status_code == 302, answer.content.decode()[:600]
    assert kept() == CLEAN


@pytest.mark.parametrize("name", EVERY)
def test_scripts_that_run_the_other_way_stay_and_what_turns_a_text_does_not(
    place: Place, name: str
) -> None:
    send, kept = EVERY[name]

    # A draft is voted on: what would read otherwise than it is kept comes back to be read again.
    refused = name in ("draft", "suggestion")
    assert send(place, TURNED).status_code == (400 if refused else 302)
    if not refused:
        assert kept() == "여기서 방향을 뒤집는 글자가 들어 있는 글입니다."
        return
    assert send(place, RIGHT_TO_LEFT).status_code == 302
    assert kept() == RIGHT_TO_LEFT


@pytest.mark.parametrize("name", EVERY)
def test_a_megabyte_gets_a_sentence_and_comes_back_as_it_was_typed(place: Place, name: str) -> None:
    answer = EVERY[name][0](place, MEGABYTE)

    page = Page(answer)
    assert answer.status_code == 400 and page.faults == []
    assert page.one("div", role="alert").text
    assert MEGABYTE in page.html
    # A browser would triple it otherwise, and the door would turn it away.
    assert 'enctype="multipart/form-data"' in page.html


# --- collected strings, through what consultation asks -------------------------------------------


@pytest.mark.parametrize("name", COLLECTIONS)
def test_collected_strings_break_nothing_where_agencies_answer(name: str, place: Place) -> None:
    opinion(place, "열 글자가 넘는 첫 의견입니다.")
    address = address_in(newest_letter("finance@gaon.example", "consultation.asked"), "c")
    found, reader = corpus(name), Reader("ko")
    for words in found[:: max(1, len(found) // 8)]:
        given = words.encode("utf-8", "replace").decode()[:900]
        typed = {f"{key}-1": given for key in ("words", "wording", "reference")}
        more = dict.fromkeys(("stance-1", "name", "email", "seen", "rows"), given)
        for step in ("answer", "delegate", "keep", "read", given):
            answer = reader.post(address, {**typed, **more, "step": step})
            assert 400 <= answer.status_code < 500, (given[:60], step)
            assert Page(answer).faults == [], given[:60]
        reason = f"열 글자가 넘는 의견: {given}"[:900]
        sent = {"step": "answer", "stance-1": "decline", "words-1": reason, "wording-1": given}
        assert reader.post(address, sent).status_code in (302, 400), given[:60]
        new = dict.fromkeys(("due", "why", "note", "commitments", "bodies"), given)
        asked = place.officer.post(f"/desk/plans/{place.plan}/consult/", {**new, "step": "ask"})
        assert asked.status_code == 400, given[:60]
    assert Opinion.objects.count() > 1
    desk = f"/desk/drafts/{place.plan}-1/write/"
    for page in (Page(reader.get(address)), Page(place.officer.get(desk))):
        assert page.faults == [] and page.all("script", "iframe", "img") == []


@pytest.mark.parametrize("name", COLLECTIONS)
def test_collected_strings_break_nothing_where_a_draft_is_written(name: str, place: Place) -> None:
    address = f"/desk/drafts/{place.plan}-1/write/"
    form, found, kept = form_of(Page(place.officer.get(address))), corpus(name), 0
    for words in found[:: max(1, len(found) // 8)]:
        given = words.encode("utf-8", "replace").decode()[:290]
        typed = {key: given for key in form if key.endswith(("-ko", "-en"))}
        for other in ({}, {"starts": given}, {"because": given, "vision": given, "lead": given}):
            answer = place.officer.post(address, {**form, **typed, **other})
            assert answer.status_code in (302, 400, 409), given[:60]
            kept += answer.status_code == 302
            form = form_of(Page(place.officer.get(address)))
    assert kept
    for tail in ("", "write/"):
        page = Page(place.officer.get(f"/desk/drafts/{place.plan}-1/{tail}"))
        assert page.faults == [] and page.all("script", "iframe", "img") == []
