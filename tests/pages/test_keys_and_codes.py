"""Stand-ins, keys by document and printed codes on their pages, and what everyone sees of them."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.ballots.actions.key_document import confirm_key, enter_key
from madang.ballots.models import Ballot, Key, PendingCodes, Vote
from madang.ballots.reading import text_digest
from madang.documents.rules.uploads import LARGEST
from madang.foundation.actors import Role
from madang.letters.models import Letter, PrintedCode
from madang.members.models import Account, StandIn
from madang.plans.models import Edition
from madang.record.guard import writing
from tests.actions.ballots.test_by_document import SCAN, colleague
from tests.actions.ballots.test_printed_codes import printed
from tests.actions.members.test_stand_in import AT, named, vacated
from tests.makers.ballots import (
    DRAFTED,
    DURING,
    a_closed_ballot,
    a_drafted_ballot,
    account_of,
    again,
    an_open_ballot,
    answer,
    secretary,
)
from tests.makers.editions import a_deciding_ballot, key
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page, body_of

pytestmark = pytest.mark.usefixtures("practice_forum")
CHAIRS = "/desk/chairs/"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    at = [AT]
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: at[0])
    return at


def signed_in(pk: int | None, language: str = "en") -> Reader:
    client = Reader(language)
    client.force_login(Account.objects.get(pk=pk))
    return client


def first(language: str = "en") -> Reader:
    return signed_in(secretary().account, language)


def second(language: str = "en") -> Reader:
    return signed_in(colleague().account, language)


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("approval.pdf", SCAN.content)


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


# --- a stand-in ----------------------------------------------------------------------------------

TYPED = {
    "act": "enter",
    "side": "civil_society",
    "seat": "cso-9",
    "starts": "2026-03-02",
    "basis": "Rule 5 of the forum",
    "document": "S-31",
}


def test_a_stand_in_is_entered_by_one_and_confirmed_by_another_and_everyone_sees_it() -> None:
    vacated()
    words = "A co-chair’s chair is vacant"
    assert words in first().get("/desk/").content.decode()

    assert first().post(CHAIRS, TYPED).status_code == 302
    mine, theirs = (reader().get(CHAIRS).content.decode() for reader in (first, second))
    assert "It is so: confirm" not in mine and "It is so: confirm" in theirs
    second().post(
        CHAIRS, {"act": "confirm", "side": "civil_society", "entry": hidden(theirs, "entry")}
    )

    forum = Page(Reader("en").get("/forum/"))
    assert "Stands in for the vacant chair:" in forum.text
    assert "Rule 5 of the forum" in forum.text and "document S-31" in forum.text
    chair = Reader("en").get("/forum.json").json()["co_chairs"]
    stands_in = next(one for one in chair if one["side"] == "civil_society")["stand_in"]
    assert (stands_in["seat"], stands_in["from"]) == ("cso-9", "2026-03-02")
    assert words not in first().get("/desk/").content.decode()


def test_what_was_typed_is_kept_when_a_stand_in_is_refused() -> None:
    vacated()

    answered = first().post(CHAIRS, {**TYPED, "starts": "soon"})

    page = Page(answered)
    assert answered.status_code == 400 and not StandIn.objects.exists()
    assert page.one("input", name="starts")["value"] == "soon"
    assert "Rule 5 of the forum" in page.one("textarea", name="basis").text
    assert page.one("div", role="alert").text
    assert page.one("a", href="#starts-civil_society")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"act": "enter"},
        {"act": "confirm", "side": "government"},
        {"act": "end", "side": "government", "entry": "x"},
        {"act": "wish", "side": "government"},
        {**TYPED, "basis": "a\x00b"},
    ],
    ids=["nothing", "no side", "no entry", "no number", "no such act", "what cannot be read"],
)
def test_a_form_that_makes_no_sense_is_answered(form: Any, each_reader: Reader) -> None:
    answered = first(each_reader.language).post(CHAIRS, form)

    assert answered.status_code == 400
    assert Page(answered).one("div", role="alert").text


def test_a_stand_in_finds_the_key_on_the_desk_and_turns_it(now: list[datetime]) -> None:
    named(vacated())
    ballot = a_drafted_ballot(at=AT)
    now[0] = AT + timedelta(hours=1)
    reader = signed_in(account_of("cso-9", AT).pk)
    path = f"/desk/keys/{ballot.meeting.address}/"
    assert "waits for your key" in reader.get("/desk/").content.decode()

    reader.post(path, {"act": "turn", "read": hidden(reader.get(path).content.decode(), "read")})

    assert Key.objects.get(what=ballot.ref).stands_in
    page = Page(Reader("en").get(f"/meetings/{ballot.meeting.address}/ballot/"))
    assert "stands in for the vacant chair" in page.text


def test_the_chairs_page_shows_both_where_nobody_is_missing(each_reader: Reader) -> None:
    page = Page(first(each_reader.language).get(CHAIRS))

    assert page.heading and not page.faults
    assert not page.all("textarea")


# --- keys by document ----------------------------------------------------------------------------


def a_key_by_document() -> tuple[Ballot, Key]:
    ballot = a_drafted_ballot()
    given = {"digest": text_digest(ballot), "document": "기획-7", "file": SCAN}
    enter_key(ballot, side="government", **given, by=secretary(), at=DRAFTED)
    entry = ballot.pending_keys.get().pk
    confirm_key(ballot, entry=entry, by=colleague(), at=DRAFTED)
    return again(ballot), Key.objects.select_related("file").get(what=ballot.ref)


def test_everyone_sees_the_number_and_the_hash_of_an_approval_and_nobody_the_file(
    each_reader: Reader,
) -> None:
    ballot, turned = a_key_by_document()
    assert turned.file
    public = f"/meetings/{ballot.meeting.address}/ballot"

    page = Page(each_reader.get(f"{public}/"))
    shown = each_reader.get(f"{public}.json").json()["keys"][0]
    refused = each_reader.get(f"/documents/{turned.file.sha256}/")

    assert "기획-7" in page.text and turned.file.sha256 in page.text
    assert (shown["document"], shown["document_sha256"]) == ("기획-7", turned.file.sha256)
    assert refused.status_code == 403 and SCAN.content not in refused.content
    assert turned.file.sha256 in refused.content.decode()
    assert turned.file.sha256 not in each_reader.get("/documents.json").content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ANONYMOUS, 302),
        (Role.MEMBER, 403),
        (Role.CO_CHAIR, 200),
        (Role.SECRETARIAT, 200),
    ],
    ids=str,
)
def test_the_file_is_for_the_desk_alone(role: Role, status: int) -> None:
    _, turned = a_key_by_document()
    assert turned.file

    answered = a_signed_in_client(role).get(f"/desk/files/{turned.file.sha256}/")

    assert answered.status_code == status
    if status == 200:
        assert body_of(answered) == SCAN.content
        assert answered["Cache-Control"] == "no-store"
        assert answered["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answered["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "Choose the file of the approval."),
        (SimpleUploadedFile("a.pdf", b"<html>"), "a scan or a print of the approval"),
        (SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * LARGEST), "larger than 10 MB"),
    ],
    ids=["no file", "a page", "too large"],
)
def test_a_key_without_a_proper_file_is_not_entered_and_the_rest_is_kept(
    file: Any, said: str
) -> None:
    ballot = a_drafted_ballot()
    path = f"/desk/ballots/{ballot.meeting.address}/paper/"
    form = {"act": "key", "side": "government", "document": "A-7", "digest": text_digest(ballot)}

    answered = first().post(path, form | ({"file": file} if file else {}))

    page = Page(answered)
    assert answered.status_code == 400 and said in page.text
    assert page.one("input", name="document")["value"] == "A-7"
    assert not ballot.pending_keys.exists()


def test_a_plan_is_published_with_a_key_by_document() -> None:
    key(a_deciding_ballot(), "civil_society")
    path = "/desk/publish/2/paper/"
    html = first().get(path).content.decode()
    assert "Enter a key by document" in first().get("/desk/publish/2/").content.decode()
    form = {"act": "key", "side": "government", "document": "A-9", "file": scan()}

    first().post(path, {**form, "digest": hidden(html, "digest")})
    assert "An approval to publish by document" in second().get("/desk/").content.decode()
    entry = hidden(second().get(path).content.decode(), "entry")
    second().post(path, {"act": "confirm-key", "entry": entry})

    assert Edition.objects.filter(plan__number=2).exists()
    assert "by document A-9" in Page(first().get("/desk/publish/2/")).text


def test_where_nothing_can_be_published_the_page_says_why(each_reader: Reader) -> None:
    page = Page(first(each_reader.language).get("/desk/publish/2/paper/"))

    assert not page.all("textarea") and not page.faults
    answered = first(each_reader.language).post("/desk/publish/2/paper/", {"act": "key"})
    assert answered.status_code == 409


# --- printed codes -------------------------------------------------------------------------------


def codes_of(ballot: Ballot) -> str:
    return f"/desk/ballots/{ballot.meeting.address}/codes/"


def test_sheets_are_asked_for_by_one_and_shown_once_to_another(now: list[datetime]) -> None:
    ballot = an_open_ballot(3)
    now[0] = DURING
    path = codes_of(ballot)

    first().post(path, {"act": "ask", "seats": ["cso-9", "gov-3"], "document": "N-1"})
    mine, theirs = (reader().get(path).content.decode() for reader in (first, second))
    assert "Confirm and show the sheets" not in mine
    assert "printed codes wait for a second officer" in second().get("/desk/").content.decode()
    form = {"act": "print", "entry": hidden(theirs, "entry")}
    shown, again_shown = second().post(path, form), second().post(path, form)

    page = Page(shown)
    assert shown.status_code == 200 and shown["Cache-Control"] == "no-store"
    assert not page.faults and not page.inline
    assert len([one for one in page.all("section") if one.get("class") == "sheet flow"]) == 2
    assert len([one for one in page.all("svg") if one.get("class") == "qr"]) == 2
    assert len(re.findall(r"/v/[\w-]{32}/", page.text)) == 2
    assert again_shown.status_code == 409 and "sheet-code" not in again_shown.content.decode()


@pytest.mark.parametrize(
    ("spoken", "said"),
    [("ko", "이 인증번호는 답 한 번을 확인합니다."), ("en", "The code confirms one vote")],
)
def test_a_sheet_speaks_its_holders_language(
    spoken: str, said: str, each_reader: Reader, now: list[datetime]
) -> None:
    with writing():
        Account.objects.filter(pk=account_of("cso-9").pk).update(language=spoken)
    ballot = an_open_ballot()
    now[0] = DURING
    first().post(codes_of(ballot), {"act": "ask", "seats": ["cso-9"], "document": "N-1"})
    form = {"act": "print", "entry": PendingCodes.objects.get().pk}

    page = Page(second(each_reader.language).post(codes_of(ballot), form))

    sheet = page.one("section", lang=spoken).text
    assert said in sheet and ("/en/v/" in sheet) == (spoken == "en")


def test_a_member_votes_with_the_printed_code_and_the_result_shows_it(
    now: list[datetime],
) -> None:
    ballot = an_open_ballot(29)
    sheet = printed(ballot, ["cso-22"])["cso-22"]
    now[0] = DURING
    reader, path = Reader("en"), f"/v/{sheet.token}/"

    checked = reader.post(path, {"step": "check", "choice": "yes"}).content.decode()
    assert "eight digits" in checked
    cast = reader.post(path, {"step": "cast", "form": hidden(checked, "form"), "code": sheet.code})

    assert "Your vote was received" in cast.content.decode()
    assert Vote.objects.get(ballot=ballot, seat__number="cso-22").channel == "printed"
    public = f"/meetings/{ballot.meeting.address}/ballot"
    assert "with a printed code" in Page(reader.get(f"{public}/")).text
    vote = next(v for v in reader.get(f"{public}.json").json()["votes"] if v["seat"] == "cso-22")
    assert vote["channel"] == "printed"


def test_a_wrong_printed_code_keeps_the_answer_and_votes_nothing(now: list[datetime]) -> None:
    ballot = an_open_ballot()
    sheet = printed(ballot, ["cso-22"])["cso-22"]
    now[0] = DURING
    reader, path = Reader("en"), f"/v/{sheet.token}/"
    checked = reader.post(path, {"step": "check", "choice": "no", "reason": "Too late."})
    form = hidden(checked.content.decode(), "form")
    wrong = f"{(int(sheet.code) + 1) % 10**8:08d}"

    answered = reader.post(path, {"step": "cast", "form": form, "code": wrong})

    assert answered.status_code == 400 and "Too late." in answered.content.decode()
    assert not Vote.objects.exists()


def test_who_has_no_sheet_is_not_told_of_one(now: list[datetime]) -> None:
    an_open_ballot()
    now[0] = DURING
    letter = Letter.objects.get(to=account_of("cso-9").email, kind="ballot.opened")
    token = re.search(r"/v/([\w-]+)/", letter.body)
    assert token

    checked = Reader("en").post(f"/v/{token[1]}/", {"step": "check", "choice": "yes"})

    assert "eight digits" not in checked.content.decode()


def test_the_codes_page_says_what_became_of_each_and_makes_one_void(now: list[datetime]) -> None:
    ballot = an_open_ballot()
    printed(ballot)
    now[0] = DURING
    html = first().get(codes_of(ballot)).content.decode()
    assert html.count("not used yet") == 2

    first().post(codes_of(ballot), {"act": "revoke", "seat": "cso-9"})

    assert first().get(codes_of(ballot)).content.decode().count("not used yet") == 1
    assert PrintedCode.objects.exclude(revoked_at=None).count() == 1


@pytest.mark.parametrize("form", [{}, {"act": "ask"}, {"act": "print", "entry": "１"}], ids=repr)
def test_a_form_of_the_codes_page_that_makes_no_sense_is_answered(
    form: Any, each_reader: Reader, now: list[datetime]
) -> None:
    ballot = an_open_ballot()
    now[0] = DURING

    answered = first(each_reader.language).post(codes_of(ballot), form)

    assert answered.status_code == 400
    assert Page(answered).one("div", role="alert").text


def test_a_closed_ballots_page_prints_nothing(each_reader: Reader, now: list[datetime]) -> None:
    ballot = a_closed_ballot()
    now[0] = DURING + timedelta(days=10)

    page = Page(first(each_reader.language).get(codes_of(ballot)))

    assert not page.faults and not page.all("fieldset")


def test_a_seat_that_has_answered_can_have_a_sheet_to_change_its_mind(
    now: list[datetime],
) -> None:
    ballot = an_open_ballot()
    answer(ballot, "cso-9", "no")
    now[0] = DURING + timedelta(hours=1)

    page = Page(first().get(codes_of(ballot)))

    assert page.one("input", id="seat-cso-9")
