"""Consulting bodies: the mailed page, the sheet out and in, the desk, and what everyone reads."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from madang.consultation.models import Delegate, Opinion, Request
from madang.consultation.rules.answering import Answer
from madang.consultation.words import STANDINGS
from madang.drafting.models import Commitment
from madang.drafting.versions import as_it_reads, keep_version
from madang.foundation.actors import Role
from madang.foundation.texts import Text
from madang.letters.models import Letter
from madang.planning.models import Plan
from madang.record.guard import writing
from tests.makers.consultation import REASON, a_request, says
from tests.makers.focal import a_focal_point, address_in, newest_letter
from tests.makers.plans import a_written_commitment, an_announced_plan
from tests.makers.readers import Reader, a_signed_in_client, an_account
from tests.pages.reading import Page

HOSTILE = "<script>x</script>\u202e=1+1 <b>굵게</b>"
pytestmark = pytest.mark.usefixtures("practice_forum")


def now() -> datetime:
    return datetime.now(UTC)


def due_on(days: int = 30) -> str:
    return (now() + timedelta(days=days)).date().isoformat()


def asked(*commitments: int, **other: Any) -> Request:
    """Two bodies asked just now about drafts of the second plan."""
    return a_request(*commitments, at=now(), due_on=due_on(), **other)


def link(body: str = "finance") -> str:
    return address_in(newest_letter(f"{body}@gaon.example", "consultation.asked"), "c")


# --- the mailed page ------------------------------------------------------------------------------


def test_a_body_answers_with_two_presses_and_two_fields(reader):
    asked(6)
    page = Page(reader.get(link()))
    shown = [one for one in page.all("textarea") if "details" not in one.inside]
    assert [one["name"] for one in shown] == ["words-6"]
    radios = [one for one in page.all("input") if one.get("type") == "radio"]
    assert {one["name"] for one in radios} == {"stance-6"}
    assert not any("checked" in one.attributes for one in radios)

    given = {"step": "answer", "stance-6": "decline", "words-6": REASON}
    answer = reader.post(link(), given, follow=True)

    assert answer.status_code == 200
    assert 'role="status"' in answer.content.decode() and REASON in answer.content.decode()
    assert Opinion.objects.get().stance == "decline"
    # Pressed twice, it is one answer.
    assert reader.post(link(), given).status_code == 302
    assert Opinion.objects.count() == 1


def test_somebody_else_who_is_signed_in_sees_whose_link_it_is_and_nothing_more(reader, settings):
    asked(6)
    settings.INSTALLATION = replace(settings.INSTALLATION, practice=False)
    reader.force_login(an_account(Role.SECRETARIAT))
    focal = address_in(newest_letter("finance@gaon.example"), "c").replace("/c/", "/focal/")

    for address in (link(), f"{link()}2-1/", focal):
        page = Page(refused := reader.get(address))
        assert refused.status_code == 403, address
        assert "재정국" in page.text or "Finance Bureau" in page.text
        assert not page.all("textarea")
    given = {"step": "answer", "stance-6": "decline", "words-6": REASON}
    refused = reader.post(link(), given)

    assert refused.status_code == 403 and REASON in refused.content.decode()
    assert not Opinion.objects.exists()


def test_opening_the_link_does_nothing(reader):
    asked(6)
    letters = Letter.objects.count()

    for address in (link(), link("audit")):
        assert reader.get(address).status_code == 200

    assert not Opinion.objects.exists() and Letter.objects.count() == letters


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"step": "answer"}, 400),
        ({"step": "x"}, 400),
        ({"step": "answer", "stance-6": "maybe", "words-6": REASON}, 400),
        ({"step": "answer", "stance-6": "decline"}, 400),
        ({"step": "answer", "words-6": REASON}, 400),
        ({"step": "answer", "stance-6": "decline", "words-6": REASON + "가" * 6000}, 400),
        ({"step": "answer", "stance-6": "accept", "reference-6": "가" * 200}, 400),
        ({"step": "answer", "stance-6": "decline", "words-6": "주민 900101-1234567 입니다."}, 400),
        ({"step": "read"}, 400),
        ({"step": "keep"}, 400),
        ({"step": "keep", "seen": "forged"}, 400),
        ({"step": "delegate", "name": "한솔", "email": "nowhere"}, 400),
        ({"step": "delegate", "email": "h@gaon.example"}, 400),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_no_answer_is_said_and_the_typed_words_stay(language, given, status):
    asked(6)
    client = Reader(language)

    answer = client.post(link().replace("/en/", "/"), given)

    assert answer.status_code == status
    page = answer.content.decode()
    assert 'role="alert"' in page and not Opinion.objects.exists()
    assert given.get("words-6", "")[:40] in page and given.get("name", "") in page


def test_hostile_words_are_words_everywhere(reader):
    asked(6)
    given = {"stance-6": "partly", "words-6": HOSTILE, "wording-6": HOSTILE}
    reader.post(link(), {"step": "answer", **given, "reference-6": HOSTILE[:80]})

    assert Opinion.objects.count() == 1
    for address in (link(), "/plans/2/commitments/6/", "/plans/2/consultation/"):
        page = reader.get(address).content.decode()
        assert "<script>x" not in page and "<b>굵게" not in page
    csv = reader.get("/plans/2/consultation.csv").content.decode()
    assert not any(line.startswith("=") for line in csv.splitlines())


def test_a_colleague_gets_the_same_page_without_the_post(reader):
    asked(6)
    given = {"step": "delegate", "name": "한솔", "email": "han@gaon.example"}
    assert reader.post(link(), given).status_code == 302

    page = reader.get(address_in(newest_letter("han@gaon.example"), "c")).content.decode()

    assert "한솔" in page and "#hand-over" not in page
    assert Delegate.objects.count() == 1


def test_a_link_that_stopped_shows_whose_it_was_and_nothing_more(reader):
    asked(6)
    old = link()
    a_focal_point("finance", email="new@gaon.example", name="천바다", at=now())

    answer = reader.get(old)

    assert answer.status_code == 410
    page = answer.content.decode()
    assert "재정국" in page and "천바다" not in page and "words-6" not in page
    assert reader.post(old, {"step": "answer", "stance-6": "accept"}).status_code == 410
    assert reader.get(address_in(newest_letter("new@gaon.example", "consultation.asked"), "c"))


def test_what_is_sent_after_the_last_day_is_kept_and_says_so_to_everyone(reader, monkeypatch):
    asked(6)
    mine = link()
    late = now() + timedelta(days=40)
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: late)
    assert "words-6" in reader.get(mine).content.decode()

    answer = reader.post(mine, {"step": "answer", "stance-6": "decline", "words-6": REASON})

    assert answer.status_code == 302 and Opinion.objects.get().late
    page = reader.get("/plans/2/consultation/").content.decode()
    assert REASON in page and str(STANDINGS["answered_late"]) in page
    place = reader.get("/plans/2/consultation.json").json()["places"][0]
    assert (place["standing"], place["answers"][0]["late"]) == ("answered_late", True)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_expired_link_shows_whose_it_was_gives_back_what_was_typed_and_keeps_nothing(
    language, monkeypatch
):
    asked(6)
    client, mine = Reader(language), link().removeprefix("/en")
    over = now() + timedelta(days=30 + 91)
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: over)

    seen = client.get(mine)
    sent = client.post(mine, {"step": "answer", "stance-6": "decline", "words-6": REASON})

    assert (seen.status_code, sent.status_code) == (410, 410)
    whose = {"ko": "재정국", "en": "Finance Bureau"}[language]
    title = Commitment.objects.get(plan__number=2, number=6).title.words[language]
    assert whose in seen.content.decode() and title not in seen.content.decode()
    typed = [one for one in Page(sent).all("textarea") if "readonly" in one.attributes]
    assert [one.text for one in typed] == [REASON]
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_was_typed_while_the_post_passed_on_is_given_back(language):
    asked(6)
    client, old = Reader(language), link().removeprefix("/en")
    a_focal_point("finance", email="new@gaon.example", name="천바다", at=now())
    given = {"stance-6": "decline", "words-6": REASON, "wording-6": HOSTILE, "version-6": "1"}

    page = Page(answer := client.post(old, {"step": "answer", **given}))

    assert answer.status_code == 410 and page.faults == [] and page.inline == []
    typed = [one for one in page.all("textarea") if "readonly" in one.attributes]
    assert [one.text for one in typed] == [REASON, HOSTILE]
    assert "<script>x" not in page.html and "천바다" not in page.text


def test_a_focal_points_page_leads_to_what_waits_and_to_what_was_said(reader):
    asked(6)
    path = address_in(newest_letter("finance@gaon.example", "focal.welcome"), "focal")
    page = Page(reader.get(path))
    (way,) = [one["href"] for one in page.all("a") if "/c/" in (one.get("href") or "")]
    assert reader.get(way).status_code == 200
    assert reader.post(way, {"step": "answer", "stance-6": "accept"}).status_code == 302

    assert "waits" in reader.get(path).content.decode()
    assert Opinion.objects.get().stance == "accept"
    sheet = way.rstrip("/") + ".xlsx"
    assert reader.get(sheet).status_code == 200
    audit = address_in(newest_letter("audit@gaon.example", "focal.welcome"), "focal")
    other = audit.replace("/focal/", "/c/") + "2-99/"
    assert reader.get(other).status_code == 404


# --- the sheet ------------------------------------------------------------------------------------


def filled(
    content: bytes, *answers: tuple[str, str, str, str], columns: int = 9
) -> SimpleUploadedFile:
    """The sheet with answers typed into its open columns, row by row, and its last columns cut."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for row, cells in enumerate(answers, 2):
        for column, value in enumerate(cells, 5):
            sheet.cell(row=row, column=column).value = value
    sheet.delete_cols(columns + 1)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("opinions.xlsx", out.getvalue())


def seen_in(answer: Any) -> str:
    return next(one["value"] for one in Page(answer).all("input") if one.get("name") == "seen")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_body_answers_by_the_sheet_that_went_out_to_it(language):
    asked(5, 6)
    client, path = Reader(language), link()
    page = Page(client.get(path))
    address = next(one["href"] for one in page.all("a") if ".xlsx" in (one.get("href") or ""))
    sheet = client.get(address)
    assert sheet["Content-Disposition"].endswith('opinions-2-1-finance.xlsx"')
    words = ("수용", "불수용") if language == "ko" else ("Accept", "Decline")
    answers = (words[0], "", "", ""), (words[1], REASON, "Instead: nothing.", "재정-31")

    shown = client.post(path, {"step": "read", "file": filled(sheet.content, *answers)})
    assert shown.status_code == 200 and not Opinion.objects.exists()
    assert all(said in Page(shown).text for said in (REASON, "Instead: nothing.", "재정-31"))
    kept = client.post(path, {"step": "keep", "seen": seen_in(shown)})

    assert kept.status_code == 302
    rows = Opinion.objects.order_by("asked__commitment__number")
    assert [(one.stance, one.channel) for one in rows] == [
        ("accept", "sheet"),
        ("decline", "sheet"),
    ]


def test_only_the_columns_of_the_answer_can_be_written_in(reader):
    asked(6)
    sheet = reader.get(f"{link().rstrip('/')}/2-1.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))

    rows = book.worksheets[0]
    assert rows.protection.sheet
    assert [cell.protection.locked for cell in rows[2]] == [True] * 4 + [False] * 4 + [True]
    (choice,) = rows.data_validations.dataValidation
    assert str(choice.sqref) == "E2"


def written_on(number: int) -> None:
    """A draft's text changes, and a version of it is kept."""
    row = Commitment.objects.get(plan__number=2, number=number)
    row.description = Text({"ko": "그사이 다시 쓴 글입니다."})
    with writing():
        row.save()
        keep_version(row, as_it_reads(row), at=now())


def test_an_answer_on_the_page_is_to_the_version_the_page_showed(reader):
    asked(6)
    page = Page(reader.get(link()))
    shown = next(one for one in page.all("input") if one.get("name") == "version-6")
    given = {"step": "answer", "stance-6": "decline", "words-6": REASON}
    written_on(6)

    assert reader.post(link(), {**given, "version-6": shown["value"]}).status_code == 302

    first = Opinion.objects.get()
    assert first.version == int(shown["value"]) == first.asked.version
    # Without a version that there is, it is the newest.
    for words, version in ((REASON + "!", "99"), (REASON + "?", "x"), (REASON, "")):
        answer = reader.post(link(), {**given, "words-6": words, "version-6": version})
        assert answer.status_code == 302
        assert Opinion.objects.get(newest=True).version == first.version + 1


@pytest.mark.parametrize("column", ["there", "gone"])
def test_an_answer_by_the_sheet_is_to_the_version_the_sheet_was_made_of(reader, column):
    asked(6)
    sheet = reader.get(f"{link().rstrip('/')}/2-1.xlsx").content
    written_on(6)
    file = filled(sheet, ("수용", "", "", ""), columns=9 if column == "there" else 8)

    shown = reader.post(link(), {"step": "read", "file": file})
    assert reader.post(link(), {"step": "keep", "seen": seen_in(shown)}).status_code == 302

    row = Opinion.objects.get()
    assert row.version == row.asked.version + (column == "gone")
    said = Reader("en").get("/plans/2/commitments/6/").content.decode()
    assert ("said to version 1" in said) is (column == "there")


def test_a_sheet_with_a_bad_row_keeps_nothing_and_says_which(reader):
    asked(5, 6)
    sheet = reader.get(f"{link().rstrip('/')}/2-1.xlsx").content
    file = filled(sheet, ("수용", "", "", ""), ("글쎄요", REASON, "", ""))

    shown = reader.post(link(), {"step": "read", "file": file})

    assert "글쎄요" in shown.content.decode()
    assert 'value="keep"' not in shown.content.decode()
    kept = reader.post(link(), {"step": "keep", "seen": seen_in(shown)})
    assert kept.status_code == 400 and not Opinion.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04broken", b"a,b\n1,2"])
def test_what_is_no_sheet_is_said(reader, content):
    asked(6)

    answer = reader.post(link(), {"step": "read", "file": SimpleUploadedFile("x", content)})

    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


# --- the desk -------------------------------------------------------------------------------------


@pytest.fixture(params=["ko", "en"])
def officer(request: Any) -> Reader:
    return a_signed_in_client(Role.SECRETARIAT, request.param)


def ask(officer: Reader, **other: Any) -> Any:
    given = {"commitments": ["5", "6"], "bodies": ["finance"], "due": due_on(), "note": "함께"}
    return officer.post("/desk/plans/2/consult/", {**given, **other})


def test_an_officer_asks_sees_who_answered_and_reminds_the_others(officer):
    a_focal_point("finance", at=now())
    a_focal_point("audit", at=now())
    new = officer.get("/desk/plans/2/consult/")
    assert new.status_code == 200

    answer = ask(officer, bodies=["finance", "audit"])
    assert answer.status_code == 302, answer.content.decode()
    says(Request.objects.get(), "finance", Answer(6, "decline", REASON), at=now())

    one = officer.get("/desk/consult/2-1/").content.decode()
    assert REASON in one
    assert officer.get("/desk/consult/2-1/audit.xlsx").status_code == 200
    assert officer.post("/desk/consult/2-1/", {"step": "remind"}).status_code == 302
    assert Letter.objects.filter(kind="consultation.asked", to="audit@gaon.example").count() == 2
    assert "2-1" in officer.get("/desk/consult/").content.decode()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"commitments": []}, 400),
        ({"commitments": ["99"]}, 400),
        ({"bodies": []}, 400),
        ({"bodies": ["nobody"]}, 400),
        ({"bodies": ["transport"]}, 400),
        ({"due": "soon"}, 400),
        ({"due": due_on(3)}, 400),
        ({"note": "가" * 5000}, 400),
    ],
)
def test_what_can_not_be_asked_is_said_and_what_was_chosen_stays(officer, given, status):
    a_focal_point("finance", at=now())

    answer = ask(officer, **given)

    assert answer.status_code == status and not Request.objects.exists()
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert ('value="5" checked' in page) is ("commitments" not in given)


def test_an_officer_enters_what_came_by_letter(officer):
    request = asked(5, 6)
    sheet = officer.get(f"/desk/consult/{request.label}/audit.xlsx").content
    words = "불수용" if officer.language == "ko" else "Decline"
    file = filled(sheet, (words, REASON, "", ""))
    here = f"/desk/consult/{request.label}/"
    assert officer.post(here, {"step": "read", "file": file}).status_code == 400
    file.seek(0)
    shown = officer.post(here, {"step": "read", "agency": "audit", "file": file})
    seen = {"step": "keep", "agency": "audit", "seen": seen_in(shown)}

    without = officer.post(here, seen)
    assert without.status_code == 400 and not Opinion.objects.exists()
    assert seen_in(without)
    assert officer.post(here, {**seen, "document": "감사-12"}).status_code == 302

    assert Opinion.objects.get().document == "감사-12"
    assert "감사-12" in Reader("ko").get("/plans/2/commitments/5/").content.decode()


def test_a_question_is_withdrawn_for_a_reason_everyone_reads(officer):
    request = asked(6)
    here = f"/desk/consult/{request.label}/"
    assert officer.post(here, {"step": "withdraw", "reason": "몰라"}).status_code == 400
    assert officer.post(here, {"step": "x"}).status_code == 400

    why = "초안을 처음부터 다시 씁니다."
    assert officer.post(here, {"step": "withdraw", "reason": why}).status_code == 302

    assert why in Reader("ko").get("/plans/2/consultation/").content.decode()
    late = Reader("ko").post(link(), {"step": "answer", "stance-6": "accept"})
    assert late.status_code == 409 and why in late.content.decode()


# --- what everyone reads --------------------------------------------------------------------------


def test_what_was_said_stands_by_the_text_in_the_consultation_and_in_its_twins(reader):
    request = asked(6)
    says(request, "finance", Answer(6, "decline", REASON, "한 해 늦춘다.", "재정-31"), at=now())

    beside = reader.get("/plans/2/commitments/6/").content.decode()
    assert REASON in beside and "한 해 늦춘다." in beside and "재정-31" in beside
    assert "민가람" not in beside and "@gaon" not in beside
    page = reader.get("/plans/2/consultation/").content.decode()
    assert REASON in page and "민가람" not in page
    data = reader.get("/plans/2/consultation.json").json()
    assert data["counts"]["answered"] == 1 and data["counts"]["waiting"] == 1
    (one,) = [place for place in data["places"] if place["stance"]]
    assert one["answers"][0]["words"] == {"ko": REASON}
    assert REASON in reader.get("/plans/2/consultation.csv").content.decode()
    assert reader.get("/plans/2/commitments/6.json").json()["opinions"][0]["stance"] == "decline"
    assert "/plans/2/consultation/" in reader.get("/plans/2/").content.decode()


def test_the_rule_is_named_in_the_readers_language(reader):
    english = Reader("en").get("/plans/2/consultation/").content.decode()

    assert "Regulations on Public Proposals of Korea, article 9" in english
    assert "국민 제안 규정" not in english
    assert "국민 제안 규정 제9조" in reader.get("/plans/2/consultation/").content.decode()


def test_who_is_late_is_public_and_what_a_draft_says_is_not_before_the_draft_is(reader):
    plan = an_announced_plan(at=now() - timedelta(days=40))
    a_written_commitment(plan, at=now() - timedelta(days=40))
    at = now() - timedelta(days=36)
    request = a_request(1, plan=plan.number, at=at, due_on=_day(at + timedelta(days=21)))
    says(request, "finance", Answer(1, "decline", REASON), at=at)
    address = f"/plans/{plan.number}/consultation"

    page = reader.get(f"{address}/").content.decode()
    data = reader.get(f"{address}.json").json()

    assert REASON not in page and "카나리아" not in page and REASON not in str(data)
    assert [(one["agency"]["slug"], one["standing"]) for one in data["places"]] == [
        ("finance", "answered"),
        ("audit", "very_overdue"),
    ]
    assert data["places"][1]["days_overdue"] == 15 and "15일" in page
    officer = a_signed_in_client(Role.SECRETARIAT)
    assert REASON in officer.get(f"{address}/").content.decode()


def _day(at: datetime) -> str:
    return timezone.localdate(at).isoformat()


def test_a_plan_that_few_know_of_has_no_public_consultation(reader):
    from tests.makers.plans import a_plan_begun

    plan = a_plan_begun()

    assert reader.get(f"/plans/{plan.number}/consultation/").status_code == 404


def test_the_page_asks_as_much_of_the_database_for_many_as_for_few(reader):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Reader("ko").get("/plans/2/consultation/").status_code == 200
        return len(captured.captured_queries)

    request = asked(6, bodies=["finance"])
    says(request, "finance", Answer(6, "accept"), at=now())
    few = count()
    numbers = Plan.objects.get(number=2).commitments.values_list("number", flat=True)
    asked(*numbers, bodies=["finance", "audit", "digital", "welfare", "transport"])

    assert count() <= min(few, 6)


def test_a_plan_that_is_adopted_says_that_nothing_is_asked_any_more(officer):
    page = officer.get("/desk/plans/1/consult/").content.decode()

    assert 'role="alert"' in page and 'value="ask"' not in page
    a_focal_point("finance", at=now())
    given = {"commitments": ["1"], "bodies": ["finance"], "due": due_on()}
    assert officer.post("/desk/plans/1/consult/", given).status_code == 409


def test_the_way_of_a_commitment_tells_who_was_asked_and_what_they_said(reader):
    request = asked(6)
    says(request, "finance", Answer(6, "decline", REASON), at=now())

    steps = reader.get("/plans/2/commitments/6/how-it-came-to-be.json").json()["steps"]

    told = [
        (one["body"]["ko"], one["words"], bool(one["to"]))
        for one in steps
        if one["key"] == "consultation"
    ]
    assert sorted(told) == [
        ("감사담당관", "초안에 대해 물음(답은 기록 없음)", False),
        ("재정국", "초안 협의: 불수용", True),
    ]


def test_an_answer_that_is_overdue_waits_on_the_officers_desk(officer):
    at = now() - timedelta(days=30)
    request = a_request(6, at=at, due_on=_day(at + timedelta(days=22)))
    assert f"/desk/consult/{request.label}/" in officer.get("/desk/").content.decode()

    for agency in ("finance", "audit"):
        says(request, agency, Answer(6, "accept"), at=now())

    assert f"/desk/consult/{request.label}/" not in officer.get("/desk/").content.decode()
