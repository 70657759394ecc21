"""Strings collected to break programs, through what is typed while a plan is carried out.

Each string goes through one of the forms, in turn; a collection that is absent is skipped.
"""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.foundation.actors import ANONYMOUS, Role
from madang.members.models import Account
from madang.monitoring.actions.comment import comment_on_assessment
from madang.monitoring.assessing import find_assessment, words_digest
from madang.monitoring.models import Assessment, MilestoneReport, Remark
from tests.makers.focal import address_in, newest_letter
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page
from tests.pages.test_hostile_words import COLLECTIONS, corpus

pytestmark = pytest.mark.usefixtures("rehearsed_forum")
READ = (
    "/plans/1/commitments/4/",
    "/plans/1/commitments/4/milestones/4.1.1/",
    "/plans/1/commitments/3/milestones/3.2/",
    "/plans/1/assessments/1/",
    "/plans/1/progress/",
    "/plans/1/promised-done-changed/",
    "/agenda/",
    "/meetings/",
)
TWINS = ("/plans/1/progress", "/plans/1/commitments/4/milestones/4.1.1", "/agenda")


class Forms:
    """The forms of those who watch a promise, each filled with one string everywhere."""

    def __init__(self) -> None:
        self.office = a_signed_in_client(Role.SECRETARIAT)
        self.member = Reader("ko")
        rows = Account.objects.filter(person__holdings__seat__number="cso-9")
        self.member.force_login(rows[0])
        self.focal, self.year = Reader("ko"), 2100
        self.update = address_in(newest_letter("ok-dasom@practice.example", "update.asked"), "u")

    def all(self) -> list[Any]:
        return [
            self.an_update,
            self.a_second_opinion,
            self.a_comment,
            self.a_report,
            self.an_answer,
            self.a_change,
            self.an_agenda,
            self.a_view,
        ]

    def an_update(self, given: str) -> Any:
        page = Page(self.focal.get(self.update))
        hidden = {
            one["name"]: one["value"] for one in page.all("input") if one.get("type") == "hidden"
        }
        label = next(one["id"] for one in page.elements if str(one.get("id")).startswith("status-"))
        step = label.removeprefix("status-")
        fields = ("text", "link", "new_due", "reason", "done_on")
        typed = {f"{key}-{step}": given for key in fields}
        chosen = {f"status-{step}": "late", f"cause-{step}": "budget", "step": "post"}
        self.year += 1
        if self.year % 2:
            # So that every other one is posted and read by everyone.
            typed |= {f"new_due-{step}": f"{self.year}-01", f"link-{step}": ""}
        return self.focal.post(self.update, {**hidden, **typed, **chosen})

    def a_second_opinion(self, given: str) -> Any:
        typed = {"act": "weigh", "stance": "disputed", "url": given, "text": given}
        return self.member.post("/desk/weigh/1-2.1/", typed)

    def a_comment(self, given: str) -> Any:
        typed = {"text": given, "name": given[:60], "email": given}
        return Reader("ko").post(f"{READ[2]}comment/", typed)

    def a_report(self, given: str) -> Any:
        row = Assessment.objects.get(number=2)
        typed = {"summary-ko": given, "lessons-en": given, "note-1-ko": given}
        typed |= {"act": "save", "base": words_digest(row)}
        return self.office.post("/desk/plans/1/assessments/2/", typed)

    def an_answer(self, given: str) -> Any:
        row = Remark.objects.get(assessment__number=1)
        return self.office.post(f"/desk/remarks/{row.pk}/", {"step": "answer", "answer-ko": given})

    def a_change(self, given: str) -> Any:
        typed = {"title-ko": given, "reason-ko": given, "step-1-due": given, "kind": given}
        return self.office.post("/desk/plans/1/commitments/1/change/", {**typed, "save": "1"})

    def an_agenda(self, given: str) -> Any:
        typed = {"act": "put", "meeting": given, "item-ko": given, "held_on": given}
        return self.office.post("/desk/agenda/", typed)

    def a_view(self, given: str) -> Any:
        typed = {"meeting": given, "status": given, "text-ko": given}
        return self.office.post("/desk/views/1-3.2/", typed)


@pytest.fixture
def forms(monkeypatch: Any) -> Forms:
    office = a_signed_in_client(Role.SECRETARIAT)
    office.post("/desk/plans/1/assessments/", {"kind": "mid_term"})
    report = find_assessment(1, 1)
    words = {"text": "회의록 이야기가 빠졌습니다.", "language": "ko", "nonce": "n"}
    comment_on_assessment(report, **words, by=ANONYMOUS, at=report.put_out_at)
    return Forms()


@pytest.mark.parametrize("name", COLLECTIONS)
def test_each_is_taken_or_refused_in_a_sentence_and_every_page_stays_whole(
    name: str, forms: Forms
) -> None:
    every = forms.all()
    for n, words in enumerate(corpus(name)):
        given = words.encode("utf-8", "replace").decode()[:280]
        answer = every[n % len(every)](given)
        assert answer.status_code in (200, 302, 400, 404, 409, 429), (n, given[:60])
        if answer.status_code != 302:
            page = Page(answer)
            assert page.faults == [] and page.all("script", "iframe", "img") == [], given[:60]

    assert MilestoneReport.objects.filter(new_due__startswith="21").exists()
    for address in READ:
        page = Page(Reader("ko").get(address))
        assert page.faults == [] and page.all("script", "iframe", "img") == [], address
    for twin in TWINS:
        assert Reader("ko").get(f"{twin}.json").status_code == 200
        told = Reader("ko").get(f"{twin}.csv").content.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(told)):
            assert not any(cell.lstrip().startswith(("=", "+", "@")) for cell in row)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_sheet_of_updates_full_of_them_is_told_row_by_row(name: str, forms: Forms) -> None:
    before = MilestoneReport.objects.count()
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(["step", "status", "text", "link", "new date", "cause", "reason"])
    for n, words in enumerate(corpus(name)[:150]):
        given = words.encode("utf-8", "replace").decode()[:280]
        sheet.writerow(["4.1.1" if n % 2 else given, "late", given, given, given, given, given])
    file = SimpleUploadedFile("updates.csv", out.getvalue().encode())

    answer = forms.focal.post(f"{forms.update}sheet/", {"step": "read", "file": file})

    assert answer.status_code in (302, 400)
    if answer.status_code == 302:
        page = Page(forms.focal.get(answer["Location"]))
        assert page.faults == [] and page.all("script", "iframe", "img") == []
    assert MilestoneReport.objects.count() == before
