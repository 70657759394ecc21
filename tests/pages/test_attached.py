"""The file that comes with a proposal: chosen once, kept while the rest is mended, for all to have."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.calls.actions.author import change_file
from madang.calls.actions.moderate import (
    ask_hiding,
    ask_supplement,
    confirm_hiding,
    publish_proposal,
)
from madang.calls.actions.window import close_call
from madang.calls.due import sweep_intakes
from madang.calls.models import Attachment, Call, Proposal, WaitingFile
from madang.calls.rules.limits import LIMITS
from madang.documents.files import keep_bytes, path_of
from madang.documents.keeping import Kept
from madang.documents.models import Document
from madang.foundation.actors import ANONYMOUS, CLOCK, Actor, Role
from madang.record import log
from tests.makers.calls import DURING
from tests.makers.files import WHERE, a_hwp, a_jpeg, a_pdf, a_png
from tests.makers.plans import SECRETARY
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page
from tests.pages.test_propose import (
    GOOD,
    base,
    call,
    code_in_mail,
    now,
    path,
    token_of,
)

__all__ = ["call", "now"]
PHONE = "010-1234-5678"


def chosen(content: bytes, name: str = "사진.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def the_rest(reader: Reader, call: Call, check: str) -> Any:
    """From the check to the receipt."""
    token = token_of(check)
    reader.post(f"{base(call)}/new/check/", {"t": token})
    typed = {"t": token, "step": "send", "code": code_in_mail()}
    return reader.post(f"{base(call)}/new/code/", typed)


def sent_with(reader: Reader, call: Call, content: bytes, **other: Any) -> Proposal:
    check = path(reader.post(f"{base(call)}/new/", {**GOOD, **other, "file": chosen(content)}))
    path(the_rest(reader, call, check))
    return Proposal.objects.get()


def address(call: Call, kept: Proposal) -> str:
    return f"{base(call)}/{kept.number:04d}/file/"


def test_a_picture_goes_with_a_proposal_and_everyone_can_download_it(
    call: Call, each_reader: Reader
) -> None:
    kept = sent_with(each_reader, call, a_jpeg(behind=a_jpeg()))

    answer = each_reader.get(address(call, kept))
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    assert WHERE not in answer.content
    assert answer["Content-Disposition"] == f'attachment; filename="proposal-{kept.label}.jpg"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    page = Page(each_reader.get(f"{base(call)}/{kept.number:04d}/"))
    assert any(link.endswith(address(call, kept)) for link in page.links) and page.faults == []
    told = each_reader.get(f"{base(call)}/{kept.number:04d}.json").json()
    digest = Document.objects.get(public=False).sha256
    assert told["file"]["sha256"] == digest
    assert log.said(log.entries().get(kind="proposal.received"))["d"]["file"] == digest
    assert not WaitingFile.objects.exists()
    assert "사진" not in json.dumps(told, ensure_ascii=False) + page.text


def test_a_file_is_kept_while_the_rest_is_mended(call: Call, reader: Reader) -> None:
    form = {**GOOD, "title": "", "file": chosen(a_png(), "도면 <b>.png")}
    wrong = Page(reader.post(f"{base(call)}/new/", form))

    assert wrong.faults == [] and "도면 <b>.png" in wrong.text
    token = wrong.one("input", name="file_token")["value"]
    check = path(reader.post(f"{base(call)}/new/", {**GOOD, "file_token": token}))
    assert "도면 <b>.png" in Page(reader.get(check)).text
    path(the_rest(reader, call, check))
    assert Attachment.objects.get().document.media_type == "image/png"


def test_it_can_be_left_out_or_exchanged(call: Call, reader: Reader) -> None:
    check = path(reader.post(f"{base(call)}/new/", {**GOOD, "file": chosen(a_png())}))
    page = Page(reader.get(f"{base(call)}/new/?t={token_of(check)}"))
    token = page.one("input", name="file_token")["value"]
    again = {**GOOD, "t": token_of(check), "file_token": token}

    path(reader.post(f"{base(call)}/new/", {**again, "file": chosen(a_pdf(), "a.pdf")}))
    assert [one.ending for one in WaitingFile.objects.all()] == [".pdf"]
    page = Page(reader.get(f"{base(call)}/new/?t={token_of(check)}"))
    token = page.one("input", name="file_token")["value"]
    path(reader.post(f"{base(call)}/new/", {**again, "file_token": token, "no_file": "yes"}))

    assert not WaitingFile.objects.exists()
    path(the_rest(reader, call, check))
    assert not Attachment.objects.exists()


REFUSED = {
    "HWP": (a_hwp(), "HWPX"),
    "twelve megabytes": (a_pdf() + bytes(12 * 1024 * 1024 - 60), "12MB"),
    "a page called a picture": (b"<script>alert(1)</script>", "PDF, HWPX, DOCX, ODT, JPG, PNG"),
    "nothing": (b"", ""),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_taken_is_said_and_the_text_stays(
    content: bytes, words: str, call: Call, reader: Reader
) -> None:
    answer = reader.post(f"{base(call)}/new/", {**GOOD, "file": chosen(content, "a.jpg")})

    page = Page(answer)
    assert answer.status_code == 400 and page.faults == [] and page.ids_twice == []
    assert words in page.text.replace(" MB", "MB")
    assert page.one("textarea", name="text").text == GOOD["text"]
    assert not WaitingFile.objects.exists()


def test_the_name_of_a_file_is_words(call: Call, reader: Reader) -> None:
    odd = "../../\u202egpj.<script>alert(1)</script>\x00\n" + "a" * 300 + ".jpg"
    check = path(reader.post(f"{base(call)}/new/", {**GOOD, "file": chosen(a_jpeg(), odd)}))

    page = Page(reader.get(check))
    assert page.faults == [] and page.all("script") == []
    assert len(WaitingFile.objects.get().name) <= 120


def test_it_is_public_only_while_its_proposal_is(call: Call, reader: Reader) -> None:
    kept = sent_with(reader, call, a_jpeg(), text=f"{GOOD['text']} {PHONE}")
    officer = a_signed_in_client(Role.SECRETARIAT)
    desk = f"/desk/proposals/{call.plan.number}-{kept.number:04d}/"
    received = log.said(log.entries().get(kind="proposal.received"))["d"]

    assert reader.get(address(call, kept)).status_code == 404
    assert received["file"] is None
    assert Page(officer.get(desk)).faults == []
    seen = officer.get(f"{desk}file/")
    assert seen.status_code == 200 and seen["Cache-Control"] == "no-store"
    officer.post(desk, {"step": "publish"})
    published = log.said(log.entries().get(kind="proposal.published"))["d"]
    assert published["file"] == Document.objects.get(public=False).sha256
    assert reader.get(address(call, kept)).status_code == 200
    kept.refresh_from_db()
    first, second = (Actor(roles=frozenset({Role.SECRETARIAT}), name=one) for one in "ab")
    ask_hiding(kept, reason="abuse", note="x", by=first, at=DURING)
    confirm_hiding(kept, by=second, at=DURING)
    assert reader.get(address(call, kept)).status_code == 404
    assert reader.get(f"/documents/{Document.objects.get(public=False).sha256}/").status_code == 403


def test_who_shows_the_title_alone_shows_no_file(call: Call) -> None:
    officer = a_signed_in_client(Role.SECRETARIAT)
    form = {**GOOD, "plan": str(call.plan.number), "channel": "paper", "title_only": "yes"}
    form |= {"proposed_on": DURING.date().isoformat(), "nonce": "n", "joint": "", "area": ""}
    done = officer.post("/desk/proposals/new/", {**form, "name": "", "file": chosen(a_pdf())})

    assert done.status_code == 302
    kept = Proposal.objects.get()
    assert Attachment.objects.get().proposal == kept
    assert Reader("ko").get(address(call, kept)).status_code == 404
    assert officer.get(f"/desk/proposals/{kept.label}/file/").status_code == 200


def test_a_file_that_was_never_sent_is_forgotten_with_its_bytes(
    call: Call, reader: Reader, now: list[Any]
) -> None:
    reader.post(f"{base(call)}/new/", {**GOOD, "file": chosen(a_png())})
    from madang.calls.attaching import keep_waiting

    page = Page(reader.post(f"{base(call)}/new/", {"file": chosen(a_pdf())}))
    kept = keep_waiting(page.one("input", name="file_token")["value"], DURING)
    assert kept and path_of(kept.sha256).exists()

    sweep_intakes(DURING + timedelta(days=1, minutes=1))

    assert not WaitingFile.objects.exists() and not path_of(kept.sha256).exists()


def test_two_proposals_may_bring_the_same_file(call: Call, reader: Reader, now: list[Any]) -> None:
    for n in range(2):
        now[0] = DURING + timedelta(minutes=2 * n)
        form = {**GOOD, "email": f"c{n}@example.kr", "file": chosen(a_jpeg())}
        the_rest(reader, call, path(reader.post(f"{base(call)}/new/", form)))

    assert (Attachment.objects.count(), Document.objects.filter(public=False).count()) == (2, 1)


def test_files_from_one_place_are_counted(call: Call, reader: Reader, monkeypatch: Any) -> None:
    monkeypatch.setitem(
        LIMITS, "attach.place", type(LIMITS["attach.place"])(1, timedelta(hours=1), "", "")
    )
    form = {**GOOD, "file": chosen(a_jpeg())}
    reader.post(f"{base(call)}/new/", form)

    over = reader.post(f"{base(call)}/new/", {**GOOD, "file": chosen(a_jpeg())})

    assert over.status_code == 400 and "부터" in Page(over).text


# --- afterwards, by its author -------------------------------------------------------------------


def mine(reader: Reader, kept: Proposal, **typed: Any) -> Any:
    """What the author of a proposal posts once the mailed number was typed."""
    there = f"/plans/{kept.plan.number}/proposals/{kept.number:04d}/mine/"
    asked = Page(reader.post(there, {"email": GOOD["email"]}))
    form = asked.one("input", name="form")["value"]
    code = code_in_mail("proposal.code_for")
    granted = Page(reader.post(there, {"step": "code", "form": form, "code": code}))
    assert granted.faults == []
    grant = next(one["value"] for one in granted.all("input") if one.get("name") == "grant")
    return reader.post(there, {"grant": grant, **typed})


def test_its_author_exchanges_the_file_and_the_page_says_so(
    call: Call, each_reader: Reader
) -> None:
    kept = sent_with(each_reader, call, a_png())
    before = Document.objects.get(public=False).sha256

    path(mine(each_reader, kept, step="file", file=chosen(a_pdf(), "new.pdf")))

    answer = each_reader.get(address(call, kept))
    assert answer["Content-Type"] == "application/pdf"
    page = Page(each_reader.get(f"{base(call)}/{kept.number:04d}/"))
    said = {"ko": "제안자가 파일을 바꾸었습니다", "en": "Its author exchanged its file"}
    assert page.faults == [] and said[each_reader.language] in page.text
    told = each_reader.get(f"{base(call)}/{kept.number:04d}.json").json()
    [change] = told["file_changes"]
    assert (change["before"], change["after"]) == (before, told["file"]["sha256"])
    assert log.said(log.entries().get(kind="proposal.file_changed"))["d"]["before"] == before
    assert not WaitingFile.objects.exists()


def test_a_file_that_was_taken_away_leaves_a_tombstone(call: Call, each_reader: Reader) -> None:
    kept = sent_with(each_reader, call, a_png())

    path(mine(each_reader, kept, step="no_file"))

    answer = each_reader.get(address(call, kept))
    said = {"ko": "이 제안의 파일을 뺐습니다", "en": "Its author took the file"}
    assert answer.status_code == 410 and said[each_reader.language] in Page(answer).text
    told = each_reader.get(f"{base(call)}/{kept.number:04d}.json").json()
    assert told["file"] is None and told["file_changes"][0]["after"] is None
    page = Page(each_reader.get(f"{base(call)}/{kept.number:04d}/"))
    words = {"ko": "제안자가 파일을 뺐습니다", "en": "Its author took its file away"}
    assert words[each_reader.language] in page.text
    # Nobody gets it by its hash either.
    digest = Document.objects.get(public=False).sha256
    assert each_reader.get(f"/documents/{digest}/").status_code in (403, 404, 410)


@pytest.mark.parametrize("content", [None, a_png(), a_hwp()], ids=["none", "the same", "HWP"])
def test_what_changes_no_file_is_said_at_the_file(
    content: bytes | None, call: Call, reader: Reader
) -> None:
    kept = sent_with(reader, call, a_png())
    size = log.size()
    typed = {"step": "file", **({"file": chosen(content)} if content else {})}

    page = Page(mine(reader, kept, **typed))

    assert page.faults == [] and page.one("p", id="file-error")
    assert log.size() == size and Attachment.objects.get().document.media_type == "image/png"


def test_a_file_that_was_asked_for_ends_the_waiting(call: Call, reader: Reader) -> None:
    path(the_rest(reader, call, path(reader.post(f"{base(call)}/new/", GOOD))))
    kept = Proposal.objects.get()
    ask_supplement(kept, note="사진을 붙여 주십시오.", by=SECRETARY, at=DURING)

    path(mine(reader, kept, step="file", file=chosen(a_png())))

    kept.refresh_from_db()
    assert kept.state == "public" and Attachment.objects.filter(proposal=kept).exists()


def test_a_file_makes_nothing_public_that_waits_for_a_look_and_hides_nothing_looked_at(
    call: Call, reader: Reader
) -> None:
    path(the_rest(reader, call, path(reader.post(f"{base(call)}/new/", {**GOOD, "name": PHONE}))))
    kept = Proposal.objects.get()
    ask_supplement(kept, note="사진을 붙여 주십시오.", by=SECRETARY, at=DURING)
    path(mine(reader, kept, step="file", file=chosen(a_png())))
    kept.refresh_from_db()
    assert kept.state == "received" and kept.published_at is None

    publish_proposal(kept, by=SECRETARY, at=DURING)
    ask_supplement(kept, note="한 장 더 붙여 주십시오.", by=SECRETARY, at=DURING)
    change_file(kept, file=None, by=ANONYMOUS, at=DURING)
    file = Kept(keep_bytes(a_pdf()), "application/pdf", ".pdf", len(a_pdf()))
    change_file(kept, file=file, by=ANONYMOUS, at=DURING)

    kept.refresh_from_db()
    assert kept.state == "public" and kept.published_at


def test_after_the_call_a_file_can_be_taken_away_and_not_exchanged(
    call: Call, reader: Reader, now: Any
) -> None:
    kept = sent_with(reader, call, a_png())
    close_call(call, by=CLOCK, at=call.closes_at)
    now[0] = call.closes_at + timedelta(hours=1)

    page = Page(mine(reader, kept, step="file", file=chosen(a_pdf())))
    assert page.one("p", id="file-error") and Attachment.objects.exists()
    now[0] += timedelta(hours=2)
    path(mine(reader, kept, step="no_file"))

    assert not Attachment.objects.exists()


def test_nobody_else_changes_the_file(call: Call, reader: Reader) -> None:
    kept = sent_with(reader, call, a_png())
    there = f"{base(call)}/{kept.number:04d}/mine/"

    answer = reader.post(there, {"grant": "x", "step": "no_file"})

    assert answer.status_code == 400 and Attachment.objects.exists()
