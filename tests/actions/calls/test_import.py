"""A list of proposals: what becomes of each row, what is kept of it, and that twice adds nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import shared
from madang.calls import importing
from madang.calls.actions import import_proposals as importing_act
from madang.calls.actions.import_proposals import import_proposals
from madang.calls.actions.record_call import record_call
from madang.calls.importing import (
    PIECE,
    begin_list,
    cancel_list,
    confirm_list,
    fresh,
    preview_of,
    read_list,
    sweep_lists,
    work_on_lists,
)
from madang.calls.models import Call, Contact, ImportedList, ImportedRow, ImportState, Proposal
from madang.foundation.actors import LOADER, Role
from madang.foundation.refusals import NotAllowed, NotNow, NotValid
from madang.letters.models import Letter
from madang.members.models import Account
from madang.planning.models import Plan
from madang.record import log
from madang.record.guard import writing
from madang.web import middleware
from madang.web.pages.desk_import import say
from madang.web.timer import DUE
from tests.makers.calls import ANNOUNCED, CLOSES, OPENS, a_call, a_call_text
from tests.makers.plans import SECRETARY
from tests.makers.proposal_lists import HEADINGS, ROWS, a_list, an_import
from tests.makers.readers import a_signed_in_client, an_account
from tests.makers.sheets import a_csv, a_spreadsheet

DATA = shared.folder()


@pytest.fixture
def plan(practice_forum: Any) -> Plan:
    return a_call().plan


def counts(plan: Plan, content: bytes, platform: str = "국민생각함") -> dict[str, Any]:
    return preview_of(read_list(plan, content, platform), say)


@pytest.mark.parametrize(
    "content",
    [a_list(), a_list(encoding="utf-8-sig"), a_spreadsheet([HEADINGS, *ROWS])],
    ids=["CP949", "UTF-8", "xlsx"],
)
def test_a_list_reads_the_same_however_it_was_saved(plan: Plan, content: bytes) -> None:
    told = counts(plan, content)

    assert told == {"rows": 3, "new": 3, "same": 0, "attention": 0, "refused": 0, "problems": []}


def test_what_is_kept_is_what_the_rows_say(plan: Plan) -> None:
    first, second, third = an_import(plan)

    assert [one.label for one in (first, second, third)] == [
        f"{plan.number}-{n:04d}" for n in (1, 2, 3)
    ]
    assert (second.platform, second.outside_number, second.name) == ("국민생각함", "102", "김가상")
    assert (second.proposed_on, third.proposed_on) == ("2026-03-26", None)
    assert second.area and second.area.text.words["en"] == "Participation"
    assert first.channel == "import" and first.state == "public"
    assert first.versions.get().title == ROWS[0][1]
    assert Contact.objects.get().email == "kim@example.kr"


def test_one_entry_says_the_numbers_and_the_hash_of_the_file_and_no_words(plan: Plan) -> None:
    size = log.size()
    an_import(plan)

    assert log.size() == size + 1
    entry = log.last("proposals.imported", about=plan.ref)
    assert entry
    said = log.said(entry)["d"]
    assert (said["rows"], said["added"], said["first"], said["last"]) == (3, 3, 1, 3)
    assert len(said["texts"]) == 64 and said["file"] == "0" * 64
    for never in ("kim@example.kr", "김가상", ROWS[0][1]):
        assert never not in bytes(entry.leaf).decode()


def test_only_who_left_an_address_is_written_to(plan: Plan) -> None:
    an_import(plan)

    letter = Letter.objects.get(kind="proposal.imported")
    assert letter.to == "kim@example.kr" and f"{plan.number}-0002" in letter.subject
    assert "/stop/" in letter.body


def test_the_same_list_twice_adds_nothing(plan: Plan) -> None:
    an_import(plan)
    size = log.size()

    assert counts(plan, a_list())["same"] == 3
    with pytest.raises(NotNow, match=r"calls\.nothing_new"):
        an_import(plan)

    assert (Proposal.objects.count(), log.size()) == (3, size)


def test_rows_without_a_number_are_known_by_their_words(plan: Plan) -> None:
    bare = a_csv([HEADINGS[1:3], *[row[1:3] for row in ROWS], ROWS[0][1:3]])

    assert counts(plan, bare)["same"] == 1
    an_import(plan, bare)
    assert counts(plan, bare) == {
        "rows": 4, "new": 0, "same": 4, "attention": 0, "refused": 0, "problems": [],
    }  # fmt: skip


def test_what_is_read_again_with_other_words_stays_as_it_is(plan: Plan) -> None:
    an_import(plan)
    changed = a_list([["101", "다른 제목", "다른 내용입니다.", "", "", "", ""]])

    [line] = read_list(plan, changed, "국민생각함")

    assert (line.state, line.notes[-1].code) == ("same", "calls.row_other_words")
    assert [one["row"] for one in counts(plan, changed)["problems"]] == [2]
    assert counts(plan, changed, "다른 곳")["new"] == 1


BROKEN = {
    "nothing in it": (["9", "", " ​", "이름", "", "", ""], "refused", "calls.row_empty"),
    "a resident number": (["9", "제목", "900101-1234567 홍길동", "", "", "", ""], "refused", "calls.row_resident"),
    "a telephone number": (["9", "제목", "010-1234-5678로 전화 주세요", "", "", "", ""], "attention", "calls.row_personal"),
    "no title": (["9", "", "내용만 있는 제안입니다.", "", "", "", ""], "attention", "calls.row_no_title"),
    "no text": (["9", "제목만 있습니다", "", "", "", "", ""], "attention", "calls.row_no_text"),
    "a title without end": (["9", "긴" * 400, "내용", "", "", "", ""], "attention", "calls.row_long_title"),
    "a text without end": (["9", "제목", "가" * 50_001, "", "", "", ""], "refused", "calls.row_text_long"),
    "no address": (["9", "제목", "내용", "", "kim at naver", "", ""], "attention", "calls.row_email"),
    "a sign that can't be read": (["9", "제목", "내�용", "", "", "", ""], "attention", "calls.row_unreadable"),
    "an unknown area": (["9", "제목", "내용", "", "", "우주", ""], "attention", "calls.row_area"),
    "no such day": (["9", "제목", "내용", "", "", "", "2026-02-31"], "attention", "calls.row_day"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "state", "code"), BROKEN.values(), ids=BROKEN)
def test_a_broken_row_says_what_is_wrong_and_stops_no_other(
    plan: Plan, row: list[str], state: str, code: str
) -> None:
    lines = read_list(plan, a_list([*ROWS, row], "utf-8"))

    assert [one.state for one in lines] == ["new", "new", "new", state]
    assert lines[-1].notes[0].code == code and say(lines[-1].notes[0])


def test_nothing_of_a_long_title_is_lost(plan: Plan) -> None:
    [line] = read_list(plan, a_list([["9", "긴" * 400, "내용", "", "", "", ""]]))

    assert line.words and line.words.text.startswith("긴" * 400) and len(line.words.title) == 300


def test_a_number_twice_with_other_words_is_refused(plan: Plan) -> None:
    other = ["101", "다른 제목", "다른 내용", "", "", "", ""]

    lines = read_list(plan, a_list([*ROWS, other, ROWS[0]]))

    assert [one.state for one in lines[3:]] == ["refused", "same"]
    assert lines[3].notes[0].facts == {"number": "101", "first": 2}


def test_what_may_be_personal_waits_for_a_look(plan: Plan) -> None:
    [held] = an_import(plan, a_list([BROKEN["a telephone number"][0]]))

    assert (held.state, held.published_at) == ("received", None)
    entry = log.last("proposals.imported", about=plan.ref)
    assert entry and log.said(entry)["d"]["held"] == 1


def test_a_stranger_takes_nothing_over_and_a_hidden_plan_takes_nothing(plan: Plan) -> None:
    lines = read_list(plan, a_list())
    citizen = SECRETARY.__class__(roles=frozenset({Role.MEMBER}))
    given: dict[str, Any] = {"lines": lines, "file": "", "rows": 3, "at": CLOSES}

    with pytest.raises(NotAllowed):
        import_proposals(plan, by=citizen, **given)
    hidden = Plan.objects.get(number=2)
    if hidden.is_hidden:
        with pytest.raises(NotNow, match=r"calls\.plan_not_announced"):
            import_proposals(hidden, by=SECRETARY, **given)


# --- in pieces ------------------------------------------------------------------------------------


def a_large_list(rows: int) -> bytes:
    long = "가나다 라마바 사아자 " * 30
    return a_list(
        [[str(n), f"제안 {n}", f"{long} {n}", "", "", "", ""] for n in range(1, rows + 1)]
    )


def begun(plan: Plan, content: bytes) -> ImportedList:
    account: Account = an_account(Role.SECRETARIAT)
    return begin_list(
        plan, name="a.csv", content=content, platform="P", account=account.pk, at=CLOSES
    )


def test_a_small_list_is_read_kept_and_done_at_once(plan: Plan) -> None:
    found = begun(plan, a_list())
    assert (found.state, found.counts) == ("ready", {"new": 3}) and not Proposal.objects.exists()

    confirm_list(found, CLOSES)

    found = fresh(found)
    assert (found.state, found.first, found.last, found.content) == ("done", 1, 3, None)
    assert Proposal.objects.count() == 3
    with pytest.raises(NotNow, match=r"calls\.list_moved_on"):
        confirm_list(found, CLOSES)


def test_a_large_list_is_worked_off_by_the_timer(plan: Plan) -> None:
    found = begun(plan, a_large_list(PIECE + 10))
    assert (found.state, found.total) == ("reading", 0)

    for turn in range(4):
        DUE["calls.import"](SECRETARY, CLOSES + timedelta(seconds=15 * turn))
    found = fresh(found)
    assert (found.state, found.checked, found.counts) == ("ready", PIECE + 10, {"new": PIECE + 10})
    confirm_list(found, CLOSES)
    assert fresh(found).state == "keeping"
    work_on_lists(CLOSES + timedelta(minutes=2))

    assert fresh(found).state == "done" and Proposal.objects.count() == PIECE + 10


def test_a_number_is_known_again_in_another_piece(plan: Plan) -> None:
    rows = [[str(n), f"제안 {n}", "나" * 300, "", "", "", ""] for n in range(1, PIECE + 2)]
    found = begun(plan, a_list([*rows, ["1", "다른 제안", "다른 말", "", "", "", ""], rows[0]]))
    work_on_lists(CLOSES)

    assert fresh(found).counts == {"new": PIECE + 1, "refused": 1, "same": 1}


def test_a_cancelled_list_leaves_nothing(plan: Plan) -> None:
    found = begun(plan, a_large_list(PIECE + 10))
    cancel_list(found, CLOSES)
    work_on_lists(CLOSES)

    assert fresh(found).state == "cancelled" and not ImportedRow.objects.exists()
    assert not Proposal.objects.exists()


def test_an_officer_who_left_meanwhile_keeps_nothing(plan: Plan) -> None:
    found = begun(plan, a_list())
    ImportedList.objects.filter(pk=found.pk).update(account=an_account(Role.MEMBER).pk)

    confirm_list(found, CLOSES)

    found = fresh(found)
    assert (found.state, found.problem["code"]) == ("failed", "record.not_allowed")
    assert not Proposal.objects.exists()


def test_a_large_file_that_is_no_list_fails_with_its_reason(plan: Plan) -> None:
    found = begun(plan, b"PK\x03\x04" + bytes(300_000))
    work_on_lists(CLOSES)

    assert fresh(found).problem["code"] == "foundation.not_a_list"
    with pytest.raises(NotValid, match=r"foundation\.not_a_list"):
        begun(plan, b"PK\x03\x04 nothing")


def test_lists_are_forgotten_after_a_week(plan: Plan) -> None:
    begun(plan, a_list())

    assert sweep_lists(CLOSES + timedelta(days=6)) == 0
    assert sweep_lists(CLOSES + timedelta(days=8)) > 0 and not ImportedList.objects.exists()


# --- what others wrote ----------------------------------------------------------------------------

corpora = pytest.mark.skipif(
    not DATA.is_dir(), reason="the texts of others are not in ../shared/data"
)


@corpora
def test_five_hundred_real_proposals_come_in_whole(plan: Plan) -> None:
    content = (DATA / "ko-q4all" / "questions_dev.csv").read_bytes()

    told = counts(plan, content)

    assert told["rows"] == told["new"] + told["same"] + told["attention"] + told["refused"] >= 490
    assert told["new"] + told["attention"] > 450


@corpora
def test_hostile_words_come_in_as_words_or_are_refused_with_a_reason(plan: Plan) -> None:
    words = json.loads((DATA / "bad-strings" / "blns.json").read_text("utf-8"))
    words += [one.read_text("utf-8", "replace") for one in (DATA / "bad-xss-bleach").glob("*.test")]
    rows = [
        [str(n), one.replace("\x00", ""), f"{one} 제안".replace("\x00", ""), one[:50].replace("\x00", ""), "", "", ""]
        for n, one in enumerate(words)
    ]  # fmt: skip

    lines = read_list(plan, a_list(rows, "utf-8"))
    an_import(plan, a_list(rows, "utf-8"))

    assert len(lines) == len(rows)
    coming = [one for one in lines if one.comes_in]
    assert Proposal.objects.count() == len(coming) > len(rows) - 20
    assert all(one.notes for one in lines if not one.comes_in)


@corpora
@pytest.mark.parametrize("folder", ["bad-csv-spectrum/csvs", "bad-encodings"])
def test_hostile_files_are_read_or_refused_with_a_sentence(plan: Plan, folder: str) -> None:
    files = [one for one in (DATA / folder).iterdir() if one.is_file()]
    assert files
    for file in files:
        head = "제목\n".encode() if "encodings" in folder else "제목,text\n".encode()
        for content in (file.read_bytes(), head + file.read_bytes()):
            try:
                assert counts(plan, content)["rows"]
            except NotValid as refused:
                assert refused.code.startswith("foundation.")


# --- a call that was held elsewhere ---------------------------------------------------------------


def test_a_call_that_is_over_is_recorded_and_one_that_is_not_is_refused(
    practice_forum: Any,
) -> None:
    plan = Plan.objects.get(number=1)
    text = a_call_text(answer_by="2026-05-31")

    with pytest.raises(NotValid, match=r"calls\.window_not_past"):
        record_call(plan, text=text, by=LOADER, at=OPENS)
    with pytest.raises(NotAllowed):
        record_call(plan, text=text, by=SECRETARY.__class__(roles=frozenset()), at=CLOSES)
    record_call(plan, text=text, by=LOADER, at=CLOSES + timedelta(days=1))

    call = Call.objects.get(plan=plan)
    assert (call.status, call.announced_at, call.closed_at) == ("closed", None, CLOSES)
    assert call.opens_at > ANNOUNCED
    with pytest.raises(NotNow, match=r"calls\.there_is_one"):
        record_call(plan, text=text, by=LOADER, at=CLOSES + timedelta(days=1))


def test_a_long_list_is_taken_over_part_by_part_and_goes_on_where_it_stopped(
    plan: Plan, monkeypatch: Any
) -> None:
    monkeypatch.setattr(importing, "PART", 4)
    monkeypatch.setattr(importing, "AT_ONCE", 0)
    found = begun(plan, a_large_list(10))
    importing.work_on(found, CLOSES)
    size = log.size()
    importing.ImportedList.objects.filter(pk=found.pk).update(state=ImportState.KEEPING)

    # A turn that is over after its first part; and between two turns somebody proposes.
    importing.work_on(found, CLOSES, until=0.0)
    assert (Proposal.objects.count(), log.size() - size) == (4, 1)
    assert importing.fresh(found).state == ImportState.KEEPING
    with writing():
        Proposal.objects.filter(number=4).update(number=40)
    importing.work_on(found, CLOSES)

    done = importing.fresh(found)
    assert (done.state, done.counts["added"], log.size() - size) == (ImportState.DONE, 10, 3)
    told = [log.said(entry)["d"] for entry in log.entries().filter(kind="proposals.imported")]
    assert sorted((one["added"], one["rows"]) for one in told) == [(2, 10), (4, 10), (4, 10)]
    assert Proposal.objects.filter(plan=plan).count() == 10
    assert all(bytes(row.features) for row in Proposal.objects.all())


def test_a_list_that_is_being_kept_is_stopped_between_two_parts(
    plan: Plan, monkeypatch: Any
) -> None:
    monkeypatch.setattr(importing, "FIRST", 4)
    monkeypatch.setattr(importing, "AT_ONCE", 0)
    monkeypatch.setattr(middleware, "_moment", lambda request: CLOSES)
    found = begun(plan, a_large_list(30))
    importing.work_on(found, CLOSES)
    importing.ImportedList.objects.filter(pk=found.pk).update(state=ImportState.KEEPING)
    officer = a_signed_in_client(Role.SECRETARIAT)
    there = f"/desk/proposals/import/{found.pk}/"
    pages: list[str] = []

    def stop(seconds: float) -> None:
        """What someone does who presses while the work goes on."""
        pages.append(officer.get(there).content.decode())
        assert officer.post(there, {"step": "cancel"}).status_code == 302
        pages.append(officer.get(there).content.decode())

    monkeypatch.setattr(importing.time, "sleep", stop)
    importing.work_on(found, CLOSES)

    assert len(pages) == 2 and Proposal.objects.filter(plan=plan).count() == 4
    assert 'value="cancel"' in pages[0] and 'value="cancel"' not in pages[1]
    assert "건수가 조금 늘어날 수" in pages[1] and "4건을" in pages[1]
    stopped = importing.fresh(found)
    assert (stopped.state, stopped.counts["added"]) == (ImportState.CANCELLED, 4)
    assert (stopped.first, stopped.last) == (1, 4) and not stopped.rows.exists()
    page = officer.get(there).content.decode()
    assert (
        "제안 30건 가운데 4건을" in page and "늘어날" not in page and f"{plan.number}-0004" in page
    )
    assert "더한 제안은 그대로" in officer.get("/desk/proposals/import/").content.decode()
    # The timer has nothing to do with it any more; the same list goes on where it was stopped.
    importing.work_on(found, CLOSES + timedelta(hours=1))
    assert Proposal.objects.filter(plan=plan).count() == 4
    monkeypatch.setattr(importing.time, "sleep", lambda seconds: None)
    again = begun(plan, a_large_list(30))
    importing.work_on(again, CLOSES)
    assert importing.fresh(again).counts == {"same": 4, "new": 26}
    importing.confirm_list(importing.fresh(again), CLOSES)
    assert Proposal.objects.filter(plan=plan).count() == 30
    assert importing.fresh(again).counts["added"] == 26


def test_what_stops_a_list_half_way_leaves_what_was_added(plan: Plan, monkeypatch: Any) -> None:
    monkeypatch.setattr(importing, "PART", 4)
    monkeypatch.setattr(importing, "AT_ONCE", 0)
    found = begun(plan, a_large_list(10))
    importing.work_on(found, CLOSES)
    importing.ImportedList.objects.filter(pk=found.pk).update(state=ImportState.KEEPING)
    importing.work_on(found, CLOSES, until=0.0)
    with monkeypatch.context() as broken:
        broken.setattr(importing_act, "next_number", None)
        importing.work_on(found, CLOSES)

    assert importing.fresh(found).state == ImportState.FAILED
    page = a_signed_in_client(Role.SECRETARIAT).get(f"/desk/proposals/import/{found.pk}/")
    assert "이어집니다" in page.content.decode()
    [again] = [begun(plan, a_large_list(10))]
    importing.work_on(again, CLOSES)
    importing.confirm_list(importing.fresh(again), CLOSES)
    assert Proposal.objects.filter(plan=plan).count() == 10


@pytest.mark.parametrize(
    ("rows", "took", "following"),
    [(50, 0.05, 150), (100, 0.6, 25), (25, 3.0, importing.LEAST), (50, 0.0, importing.PART)],
    ids=["quick", "slow", "never fewer than a few", "never more than a part"],
)
def test_a_part_is_as_large_as_others_can_wait_for(rows: int, took: float, following: int) -> None:
    assert importing.next_size(rows, took) == following


def test_many_authors_of_a_list_are_told_by_as_few_statements_as_few(plan: Plan) -> None:
    def asked(first: int, count: int) -> int:
        rows = [
            [str(n), f"제목 {n}", f"{ROWS[0][2]} {n}", "", f"c{n}@example.kr", "", ""]
            for n in range(first, first + count)
        ]
        lines = read_list(plan, a_list(rows), "국민생각함")
        with CaptureQueriesContext(connection) as statements:
            import_proposals(plan, lines=lines, file="0" * 64, rows=count, by=SECRETARY, at=CLOSES)
        return sum("letters_letter" in one["sql"] for one in statements)

    assert (asked(1, 2), asked(100, 60)) == (1, 1)
    assert Letter.objects.filter(kind="proposal.imported").count() == 62
