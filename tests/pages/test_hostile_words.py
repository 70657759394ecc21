"""Strings collected to break programs, through every field of proposing; a file that is absent is skipped."""

import argparse
import csv
import io
import json
import re
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from bench.shared import folder
from madang.calls.models import Call, ImportedRow, Proposal
from madang.calls.replying import author_token, written_digest
from madang.calls.rules.proposing import Words, one_line, problems, whole_text
from madang.config.commands.import_proposals import _import
from madang.foundation.actors import Role
from madang.record.guard import writing
from madang.web import middleware
from madang.web.pages.by_code import SALT
from tests.makers.calls import ANNOUNCED, AREAS, CLOSES, DURING, TEXT, a_proposal, an_open_call
from tests.makers.groups import a_candidate, a_group, a_placed, members
from tests.makers.hostile import HOSTILE
from tests.makers.plans import a_written_commitment, an_announced_plan, base_of
from tests.makers.proposal_lists import a_list
from tests.makers.readers import Reader, a_signed_in_client
from tests.makers.replies import publish, write
from tests.makers.sheets import a_spreadsheet
from tests.pages.reading import Page

SHARED = folder()
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def corpus(name: str) -> list[str]:
    """Every text of a collection, as text; a byte that is none is replaced, as a browser would."""
    if name == "ours":
        return list(HOSTILE)
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"no {name} beside this clone")
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".json":
            found += _strings(json.loads(path.read_text("utf-8")))
        elif path.is_file() and path.suffix in (".txt", ".csv", ".html", ".test", ".out"):
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return found


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for one in value for text in _strings(one)] if isinstance(value, list) else []


@pytest.fixture
def call(practice_forum: Any, monkeypatch: Any) -> Call:
    monkeypatch.setattr(middleware, "_moment", lambda request: DURING)
    return an_open_call()


COLLECTIONS = ["ours", "bad-strings", "bad-encodings", "bad-csv-spectrum", "bad-xss-bleach"]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_field_takes_them_or_says_why_not(name: str, call: Call, reader: Reader) -> None:
    there = f"/plans/{call.plan.number}/proposals/new/"
    for words in corpus(name):
        given = words.encode("utf-8", "replace").decode()[:3000]
        form = dict.fromkeys(("title", "text", "email", "name", "area", "agreed", "meant"), given)
        answer = reader.post(there, form)
        assert answer.status_code == 400, given[:60]
        page = Page(answer)
        assert page.faults == [] and page.all("script", "iframe", "img") == [], given[:60]
        for path, field in (("/find-my-proposal/", "asked"), (there + "code/", "code")):
            assert reader.post(path, {field: given, "t": given}).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_as_a_proposal_they_are_text_and_never_markup_or_a_formula(
    name: str, call: Call, reader: Reader
) -> None:
    kept = [words for words in corpus(name) if one_line(words)]
    with writing():
        Proposal.objects.bulk_create(
            Proposal(
                plan=call.plan,
                number=n,
                state="public",
                language="ko",
                title=one_line(words)[:60],
                text=whole_text(words)[:2000] or TEXT,
                name=one_line(words)[:60],
                channel="form",
                received_at=DURING,
                published_at=DURING,
                nonce=f"n{n}",
            )
            for n, words in enumerate(kept, 1)
        )
    base = f"/plans/{call.plan.number}/proposals"

    table = reader.get(f"{base}.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert len(rows) == len(kept) + 1
    assert not any(cell.lstrip().startswith(("=", "+", "@")) for row in rows for cell in row)
    assert len(json.loads(reader.get(f"{base}.json").content)["proposals"]) == len(kept)
    for n in [*range(1, len(kept), max(1, len(kept) // 40)), len(kept)]:
        for address in (f"{base}/{n:04d}/", f"{base}/?page={n}"):
            page = Page(reader.get(address))
            assert page.faults == [] and page.all("script", "iframe") == [], address


@pytest.mark.parametrize("name", COLLECTIONS)
def test_at_the_desk_and_as_a_search_they_break_nothing(
    name: str, call: Call, reader: Reader
) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    fields = ("plan", "channel", "proposed_on", "title", "text", "area", "name", "joint", "email")
    every = corpus(name)
    for words in every[:: max(1, len(every) // 60)]:
        given = words.encode("utf-8", "replace").decode()[:1500]
        answer = officer.post("/desk/proposals/new/", dict.fromkeys(fields, given))
        assert answer.status_code == 400 and Page(answer).faults == [], given[:60]
        clean = given.replace("\x00", "")[:200]
        found = reader.get(f"/plans/{call.plan.number}/proposals/", {"q": clean})
        assert found.status_code in (200, 400), given[:60]


def test_the_rules_alone_take_them_too() -> None:
    for name in COLLECTIONS:
        if name == "ours" or (SHARED / name).is_dir():
            for words in corpus(name):
                problems(Words(one_line(words), whole_text(words), "ko"), email=one_line(words))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_in_a_draft_and_at_a_groups_desk_they_are_text_or_refused(name: str, call: Call) -> None:
    row, group = a_written_commitment(call.plan), a_group(call, [])
    officer = a_signed_in_client(Role.SECRETARIAT)
    desk = f"/desk/drafts/{call.plan.number}-{row.number}/"
    kept = 0
    found = corpus(name)
    for words in found[:: max(1, len(found) // 40)]:
        given = words.encode("utf-8", "replace").decode()[:900]
        common = {"base": base_of(row), "place": given, "reason": f"열 글자가 넘는 이유: {given}"}
        for piece in ("problem/ko", given):
            form = {**common, "piece": piece, "place": "0", "wording": given}
            answer = officer.post(f"{desk}suggest/", form)
            assert answer.status_code in (302, 400, 404, 409), given[:60]
            kept += answer.status_code == 302
        step = {"step": given, "suggestion": given, "fate": given, "answer": given, "side": given}
        for act in ("answer", "lead"):
            refused = officer.post(desk, {**step, "step": act})
            assert refused.status_code in (400, 404, 409), given[:60]
        work = {"task-ko": given, "agenda-ko": given, "place": given, "held_on": "2026-05-01"}
        for act in ("homework", "meeting", given):
            answer = officer.post(f"/desk/groups/{group.label}/", {**work, "step": act})
            assert answer.status_code in (302, 400), given[:60]
    assert kept
    for path in (desk, f"/plans/{call.plan.number}/groups/{group.number}/"):
        page = Page(officer.get(path))
        assert page.faults == [] and page.all("script", "iframe", "img") == [], path
    table = officer.get(f"/plans/{call.plan.number}/draft/{row.number}/suggestions.csv")
    cells = [cell for line in csv.reader(io.StringIO(table.content.decode())) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def some(name: str, most: int = 20) -> list[str]:
    """Some of a collection, from its beginning to its end, as a browser sends them."""
    every = corpus(name)
    chosen = islice(every, 0, None, max(1, len(every) // most))
    return [words.encode("utf-8", "replace").decode()[:1500] for words in chosen]


def harmless(answer: Any, given: str, *allowed: int) -> None:
    """That an answer is one of those that were meant, and holds no markup that was not ours."""
    assert answer.status_code in allowed, (answer.status_code, given[:60])
    if answer.status_code != 302:
        page = Page(answer)
        assert page.faults == [] and page.all("script", "iframe", "img") == [], given[:60]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_by_their_author_and_by_supporters_they_are_text_or_refused(
    name: str, call: Call, reader: Reader
) -> None:
    row = a_proposal(call)
    there = f"/plans/{call.plan.number}/proposals/{row.number:04d}/"
    grant = signing.dumps(["granted mine", row.label, "citizen@example.kr"], salt=SALT)
    for given in some(name):
        row.refresh_from_db()
        words = {"title": given[:60], "text": f"{TEXT} {given}", "name": given[:60]}
        typed = {**words, "area": given, "grant": grant, "base": str(row.version)}
        harmless(reader.post(f"{there}mine/", {**typed, "step": "change"}), given, 302, 400, 409)
        plain = {**typed, "area": "", "step": "change"}
        harmless(reader.post(f"{there}mine/", plain), given, 302, 400, 409)
        for what in ("mine/", "support/"):
            for form in ({"email": given}, {"step": "code", "form": given, "code": given}):
                harmless(reader.post(there + what, form), given, 400)
        harmless(reader.post(f"{there}mine/", {"step": given, "grant": given}), given, 400)
    assert row.versions.count() > 1
    harmless(reader.get(there), "the page", 200)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_in_answers_and_when_asked_again_they_are_text_or_refused(
    name: str, call: Call, reader: Reader, monkeypatch: Any
) -> None:
    officer, row = a_signed_in_client(Role.SECRETARIAT), a_proposal(call)
    desk, plan = "/desk/replies/write/", str(call.plan.number)
    other = a_proposal(call, email="other@example.kr")
    for given in some(name):
        answer = {"outcome": "passed_on", "agency": "planning", "text-ko": TEXT + given}
        lines = {"place": given[:100], "text-en": TEXT + given, f"line-{row.number}": given[:200]}
        base = {"base": written_digest(call.plan, [row.number])}
        form = {"plan": plan, "numbers": [str(row.number)], **answer, **lines, **base}
        for step in ("check", "save"):
            harmless(officer.post(desk, {**form, "step": step}), given, 200, 302, 400)
        wild = dict.fromkeys(("outcome", "reason", "agency", "subject", "numbers"), given)
        harmless(officer.post(desk, {**form, **wild, "step": "check"}), given, 302, 400, 404)
    assert row.replies.exists()
    write(call.plan, other.number, outcome="passed_on", place="어디", agency="planning")
    publish(call.plan, at=CLOSES)
    monkeypatch.setattr(middleware, "_moment", lambda request: CLOSES)
    asking = f"/answer/{author_token(other)}/"
    for given in some(name):
        for typed in ({"step": "ask", "text": given}, {"step": given, "text": given}):
            harmless(reader.post(asking, typed), given, 302, 400, 409)
    harmless(reader.get(asking), "the page", 200)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_in_a_candidate_they_are_text_or_refused(name: str, call: Call) -> None:
    worker = members(1)[0]
    group = a_group(call, [worker])
    made = a_candidate(a_placed(group)[0], worker)
    officer = a_signed_in_client(Role.SECRETARIAT)
    there = f"/desk/candidates/{call.plan.number}-{made.number}/"
    keys = ("title", "problem", "promise", "part")
    kept = 0
    names = ("side", "criterion", "points", "grade", "others", "moved", "commitment", "milestone")
    for given in some(name):
        typed = {f"{key}-{tongue}": f"후보 {given[:80]}" for key in keys for tongue in ("ko", "en")}
        for step in ("write", "argue", "score", "merge", "split", "tie", "untie", given):
            form = {**typed, **dict.fromkeys((*names, "text", "reason"), given), "step": step}
            answer = officer.post(there, form)
            assert answer.status_code in (302, 400, 403, 404, 409), (step, given[:60])
            kept += answer.status_code == 302
    assert kept
    harmless(officer.get(there), "the desk", 200)
    harmless(
        Reader("ko").get(f"/plans/{call.plan.number}/candidates/{made.number}/"), "the page", 200
    )


@pytest.mark.parametrize("name", COLLECTIONS)
def test_as_a_list_or_a_sheet_they_are_rows_or_refused(name: str, call: Call) -> None:
    officer, plan = a_signed_in_client(Role.SECRETARIAT), str(call.plan.number)
    for given in some(name, 12):
        one = " ".join(given.replace(chr(0), "").split())
        pasted = f"번호\t제목\t내용\n{one}\t{one}\t{one}"
        for rows in (pasted, given):
            for address in ("/desk/proposals/import/", "/desk/replies/sheets/"):
                form = {"plan": plan, "rows": rows, "platform": given[:100], "agency": given}
                answer = officer.post(address, form)
                assert answer.status_code in (302, 400), (address, given[:60])
                if answer.status_code == 302:
                    harmless(officer.get(answer["Location"]), given, 200, 302)
        content = given.encode("utf-8", "replace")
        for address in ("/desk/proposals/import/", "/desk/replies/sheets/"):
            file = SimpleUploadedFile("list.csv", content)
            answer = officer.post(address, {"plan": plan, "file": file})
            assert answer.status_code in (302, 400), (address, given[:60])
    assert ImportedRow.objects.exists()


def no_formula(table: bytes) -> list[list[str]]:
    """The rows of a table as .csv, none of whose cells a spreadsheet would work out."""
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "@"))]
    return rows


@pytest.mark.parametrize("name", COLLECTIONS)
def test_of_a_spreadsheet_no_row_is_lost_and_none_goes_out_as_a_formula(
    name: str, call: Call, reader: Reader
) -> None:
    officer, plan = a_signed_in_client(Role.SECRETARIAT), call.plan
    # What no .xlsx can hold can't come in one.
    cells = [one for given in some(name, 60) if (one := NOT_IN_XML.sub("", given)).strip()]
    sent = [[str(n), one, f"{one} {TEXT}", one, one] for n, one in enumerate(cells, 1)]
    sheet = a_spreadsheet([["번호", "제목", "내용", "이름", "분야"], *sent])
    file = SimpleUploadedFile("list.xlsx", sheet)
    there = officer.post("/desk/proposals/import/", {"plan": str(plan.number), "file": file})
    assert there.status_code == 302
    address = there["Location"]

    harmless(officer.get(address), "the preview", 200)
    rows = ImportedRow.objects.all()
    assert rows.count() == len(sent)
    stays = rows.filter(state__in=("refused", "same"))
    assert all(row.line["notes"] for row in stays if row.line)
    kept = officer.post(address, {"step": "keep"})

    assert kept.status_code == 302
    assert Proposal.objects.count() == len(sent) - stays.count()
    # What is longer than a name may be stays behind; of ours most come in.
    assert name != "ours" or Proposal.objects.count() > len(sent) // 2
    base = f"/plans/{plan.number}"
    for table in (f"{base}/proposals.csv", f"{base}/how-it-was-made/fates.csv"):
        assert len(no_formula(reader.get(table).content)) > Proposal.objects.count() // 2
    out = officer.get(f"/desk/replies/sheet.xlsx?plan={plan.number}").content
    book = openpyxl.load_workbook(io.BytesIO(out))
    assert book.worksheets[0].max_row == Proposal.objects.count() + 1
    assert "f" not in {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}


@pytest.mark.parametrize("name", COLLECTIONS)
def test_by_the_command_no_row_is_lost(
    name: str, call: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`madang import-proposals`: every row is in one of its counts, and what stays says why."""
    file = tmp_path / "list.csv"
    # A file with a NUL in it is refused whole, with a sentence, as the last lines show.
    cells = [one.replace("\x00", "") for one in some(name, 60)]
    sent = [[str(n), one, f"{one} {TEXT}", one, "", one, one] for n, one in enumerate(cells)]
    given = argparse.Namespace(file=file, plan=call.plan.number, platform="P", confirm=True)

    assert _import(given, a_list(sent, "utf-8")) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == sum(told[key] for key in ("new", "same", "attention", "refused"))
    assert told["rows"] == len(sent) and all(one["reason"] for one in told["problems"])
    assert Proposal.objects.count() == told["new"] + told["attention"]
    assert name != "ours" or Proposal.objects.count() > len(sent) // 2
    for words in ("\x00", *some(name, 20)):
        content = words.encode("utf-8", "replace")
        assert _import(given, content) in (0, 1), words[:60]
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", COLLECTIONS)
def test_in_a_call_they_are_text_or_refused(
    name: str, practice_forum: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(middleware, "_moment", lambda request: ANNOUNCED + timedelta(hours=1))
    plan = an_announced_plan(at=ANNOUNCED, areas=AREAS)
    officer, there = a_signed_in_client(Role.SECRETARIAT), f"/desk/plans/{plan.number}/call/"
    window = {
        "opens_on": "2026-03-23", "opens_time": "09:00", "closes_on": "2026-04-22",
        "closes_time": "18:00", "answer_by": "2026-08-31", "languages": ["ko", "en"],
    }  # fmt: skip
    names = ("invitation", "questions-1", "criteria-1", "answer_at", "notice_reason")
    made = 0
    for given in some(name):
        words = {f"{key}-{tongue}": given[:280] for key in names for tongue in ("ko", "en")}
        for step in ("check", "make", given):
            answer = officer.post(there, {**window, **words, "step": step})
            harmless(answer, given, 200, 302, 400, 409)
            made += answer.status_code == 302
        wild = {**dict.fromkeys(window, given), **words}
        harmless(officer.post(there, {**wild, "step": "make"}), given, 400, 409)
        reasons = {f"{step}_reason-ko": given for step in ("extend", "end", "reopen")}
        for step in ("extend", "end", "reopen"):
            form = {**reasons, f"{step}_on": given, f"{step}_time": given, "step": step}
            harmless(officer.post(there, form), given, 302, 400, 404, 409)
    assert made
    for path in (there, f"/plans/{plan.number}/proposals/"):
        harmless(officer.get(path), "the call", 200, 302)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_in_notes_of_moderation_they_are_text_or_refused(
    name: str, call: Call, reader: Reader
) -> None:
    officer, row = a_signed_in_client(Role.SECRETARIAT), a_proposal(call)
    there = f"/desk/proposals/{call.plan.number}-{row.number}/"
    asked = 0
    for given in some(name):
        for step in ("ask", "hide", "restore", "supports", "publish", given):
            for reason in ("personal_data", given):
                form = {"step": step, "note": f"{given} 더 적어 주세요.", "reason": reason}
                answer = officer.post(there, {**form, "signers": given, "paper": given})
                harmless(answer, given, 302, 400, 403, 409)
                asked += answer.status_code == 302
        harmless(officer.get(there), given, 200)
    assert asked
    base = f"/plans/{call.plan.number}"
    harmless(reader.get(f"{base}/moderation/"), "the log", 200)
    harmless(reader.get(f"{base}/proposals/{row.number:04d}/"), "its page", 200)
    no_formula(reader.get(f"{base}/moderation.csv").content)
