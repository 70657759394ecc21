"""Strings collected to break programs, through every field of proposing; a file that is absent is skipped."""

import csv
import io
import json
from itertools import islice
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from bench.shared import folder
from madang.calls.models import Call, ImportedRow, Proposal
from madang.calls.replying import author_token
from madang.calls.rules.proposing import Words, one_line, problems, whole_text
from madang.foundation.actors import Role
from madang.record.guard import writing
from madang.web import middleware
from madang.web.pages.by_code import SALT
from tests.makers.calls import CLOSES, DURING, TEXT, a_proposal, an_open_call
from tests.makers.groups import a_candidate, a_group, a_placed, members
from tests.makers.plans import a_written_commitment, base_of
from tests.makers.readers import Reader, a_signed_in_client
from tests.makers.replies import publish, write
from tests.pages.reading import Page

SHARED = folder()


def corpus(name: str) -> list[str]:
    """Every text of a collection, as text; a byte that is none is replaced, as a browser would."""
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


COLLECTIONS = ["bad-strings", "bad-encodings", "bad-csv-spectrum", "bad-xss-bleach"]


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
        if (SHARED / name).is_dir():
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
        form = {"plan": plan, "numbers": [str(row.number)], **answer, **lines}
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
