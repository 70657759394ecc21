"""`/u/<token>/`: an update in a minute, its mistakes, its ten minutes, its draft, its successor."""

import re
from datetime import UTC, datetime
from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madang.foundation.bodies import MOST_SENT
from madang.letters.models import Letter
from madang.members.models import Account
from madang.monitoring.actions.periods import close_period
from madang.monitoring.models import MilestoneReport, UpdateDraft
from madang.record.guard import writing
from tests.makers.focal import address_in, newest_letter
from tests.makers.plans import SECRETARY
from tests.makers.promises import (
    a_focal_point,
    a_milestone,
    a_period_now,
    days_ahead,
    last_report,
)
from tests.makers.readers import Reader
from tests.pages.reading import Page

HOSTILE = "<script>x</script>\u202e\u200b=1+1"
A_PDF = b"%PDF-1.7\nhello\nstartxref\n0\n%%EOF"
SAID = "Two meetings were held."


@pytest.fixture(autouse=True)
def period(forum):
    a_milestone("1.1", due=days_ahead(60))
    a_milestone("1.2", due=days_ahead(-3))
    a_focal_point("lamps")
    a_focal_point("lamps", duty="director")
    return a_period_now()


@pytest.fixture(params=["ko", "en"])
def reader(request) -> Reader:
    return Reader(request.param)


def the_page() -> str:
    return address_in(newest_letter("focal.lamps@office.example", "update.asked"), "u")


def form(reader: Reader, **typed: str) -> dict[str, str]:
    """What stands in the form's hidden fields, and what is typed into the first step's."""
    page = Page(reader.get(the_page()))
    hidden = {
        one["name"]: one["value"]
        for one in page.all("input")
        if one.get("type") == "hidden" and one["name"] != "csrfmiddlewaretoken"
    }
    label = typed.pop("label", "1.1")
    return {"step": "post", **hidden, **{f"{key}-{label}": value for key, value in typed.items()}}


def post(reader: Reader, **typed: str):
    return reader.post(the_page(), form(reader, **typed))


def test_opening_it_chooses_nothing_and_does_nothing(reader):
    answer = reader.get(the_page())

    page = Page(answer)
    assert answer.status_code == 200 and not page.faults
    assert not any(one.get("checked") is not None for one in page.all("input"))
    assert not MilestoneReport.objects.exists()
    assert answer["Cache-Control"] == "no-store"


def test_two_inputs_and_one_press_post_it(reader):
    answer = post(reader, status="on_track", text=SAID)

    assert answer.status_code == 302
    receipt = Page(reader.get(answer["Location"]))
    assert receipt.one("div", **{"class": "receipt"})
    assert last_report().text.words == {"en": SAID}
    assert newest_letter("focal.lamps@office.example", "update.received")
    assert newest_letter("director.lamps@office.example", "update.notice")


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        pytest.param({"status": "", "text": SAID}, 400, id="nothing chosen"),
        pytest.param({"status": "on_track", "text": ""}, 400, id="nothing told"),
        pytest.param({"status": "on_track", "text": SAID * 20}, 400, id="too much told"),
        pytest.param({"status": "done", "text": SAID}, 400, id="done without evidence"),
        pytest.param({"status": "done", "text": SAID, "link": "www.x"}, 400, id="no link"),
        pytest.param({"status": "late", "text": SAID}, 400, id="late without a cause"),
        pytest.param(
            {"status": "late", "text": SAID, "cause": "budget", "new_due": "2020-01-01"},
            400,
            id="a new date before the old",
        ),
        pytest.param(
            {"status": "late", "text": SAID, "cause": "budget", "new_due": "soon"},
            400,
            id="no date",
        ),
        pytest.param({"status": "stopped", "text": SAID, "cause": "law"}, 400, id="no reason"),
        pytest.param({"status": "on_track", "text": SAID, "label": "1.2"}, 400, id="date passed"),
        pytest.param({"status": "on_track", "text": "가" * 30_000}, 400, id="a whole book"),
        pytest.param({"status": "x" * 60, "text": SAID}, 400, id="a status of one's own"),
        pytest.param({"status": "unchanged", "text": SAID}, 400, id="unchanged since nothing"),
    ],
)
def test_what_is_wrong_is_said_beside_its_step_and_the_typed_text_stays(reader, typed, status):
    answer = post(reader, **typed)

    page = Page(answer)
    assert answer.status_code == status
    assert 'role="alert"' in page.html and not page.faults
    ids = {one.get("id") for one in page.elements}
    link = next(
        one["href"]
        for one in page.all("a")
        if one["href"].startswith("#") and one["href"] != "#main"
    )
    assert link[1:] in ids
    if typed["text"]:
        assert typed["text"][:200] in page.html
    assert not MilestoneReport.objects.exists()


@pytest.mark.parametrize(
    ("link", "ko", "en"),
    [
        ("www.lamps.example/x", "온전한 웹 주소", "whole address"),
        ("ftp://lamps.example/x", "https://", "begins with https://"),
        ("https://me:word@lamps.example/x", "비밀번호", "password"),
        ("http://192.168.0.10/minutes", "기관 안에서만", "inside one network"),
        ("http://intranet/minutes", "기관 안에서만", "inside one network"),
        ("https://lamps.example/<x>", "부호", "sign"),
        ("https://lamps.example/" + "x" * 600, "600", "600"),
    ],
)
def test_each_link_that_can_not_open_for_everyone_has_its_sentence(reader, link, ko, en):
    answer = post(reader, status="done", text=SAID, link=link)

    page = Page(answer)
    assert answer.status_code == 400 and {"ko": ko, "en": en}[reader.language] in page.text
    assert SAID in page.html and escape(link) in page.html
    assert not MilestoneReport.objects.exists()


def test_a_file_is_taken_and_one_of_another_kind_is_not(reader):
    def send(content: bytes):
        file = SimpleUploadedFile("증빙.pdf", content)
        return reader.post(the_page(), {**form(reader, status="done", text=SAID), "file-1.1": file})

    refused = send(b"MZ, a program")
    assert refused.status_code == 400 and SAID in refused.content.decode()
    assert send(A_PDF).status_code == 302
    assert last_report().evidence.get().document.name == "evidence-1.1.pdf"


def test_a_chosen_file_waits_while_the_rest_is_mended(reader):
    file = SimpleUploadedFile("증빙.pdf", A_PDF)
    first = reader.post(the_page(), {**form(reader, status="done", text=""), "file-1.1": file})
    assert first.status_code == 400 and "증빙.pdf" in first.content.decode()
    hidden = {
        one["name"]: one["value"] for one in Page(first).all("input") if one.get("type") == "hidden"
    }

    typed = {"status-1.1": "done", "text-1.1": SAID, "step": "post"}
    assert reader.post(the_page(), {**hidden, **typed}).status_code == 302
    assert last_report().evidence.get().document.public


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_too_long_to_be_looked_through_is_turned_away_at_the_door(prefix):
    answer = Reader("ko").post(f"{prefix}{the_page()}", {}, CONTENT_LENGTH=str(MOST_SENT + 1))

    assert answer.status_code == 413
    assert "24" in Page(answer).one("main").text


def test_hostile_words_are_words(reader):
    post(reader, status="late", text=HOSTILE, cause="other", reason=HOSTILE, new_due=days_ahead(99))

    page = reader.get(the_page()).content.decode()
    letter = newest_letter("focal.lamps@office.example", "update.received")
    assert "<script>x" not in page
    assert last_report().reason.words["en"] == HOSTILE
    assert letter.status == "waiting"


def test_a_form_sent_twice_is_one_update(reader):
    given = form(reader, status="on_track", text=SAID)

    assert [reader.post(the_page(), given).status_code for _ in range(2)] == [302, 302]
    assert MilestoneReport.objects.count() == 1


def test_of_two_at_once_the_second_sees_the_first_and_keeps_its_words(reader):
    second = form(reader, status="not_started", text="Nothing yet, says the second.")
    post(reader, status="on_track", text=SAID)

    answer = reader.post(the_page(), second)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing yet, says the second." in page and 'name="base-1.1" value="1"' in page
    assert MilestoneReport.objects.count() == 1


def test_ten_minutes_to_correct(reader):
    post(reader, status="on_track", text="Tow meetings.")
    path = f"{the_page()}?correct=1"
    page = Page(reader.get(path))
    hidden = {one["name"]: one["value"] for one in page.all("input") if one.get("type") == "hidden"}
    assert "Tow meetings." in page.html and 'value="on_track" checked' in page.html

    typed = {"status-1.1": "on_track", "text-1.1": SAID, "step": "correct"}
    answer = reader.post(the_page(), {**hidden, **typed})

    assert answer.status_code == 302
    (counts,) = MilestoneReport.objects.counting()
    assert (counts.number, counts.text.words) == (2, {"en": SAID})


def test_a_closed_period_says_so_and_keeps_what_was_typed(reader, period):
    given = form(reader, status="on_track", text=SAID)
    close_period(period, by=SECRETARY, at=datetime.now(UTC))

    answer = reader.post(the_page(), given)

    assert answer.status_code == 409 and SAID in answer.content.decode()
    assert reader.get(the_page()).status_code == 200


def test_a_draft_is_shared_inside_the_body_and_posted_by_the_other(reader):
    answer = reader.post(
        the_page(), {**form(reader, status="on_track", text=SAID), "step": "share"}
    )
    assert answer.status_code == 302 and not MilestoneReport.objects.exists()

    shared = address_in(newest_letter("director.lamps@office.example", "update.shared"), "u")
    page = Page(reader.get(shared))
    assert SAID in page.html
    hidden = {one["name"]: one["value"] for one in page.all("input") if one.get("type") == "hidden"}
    typed = {"step": "post", "status-1.1": "on_track", "text-1.1": SAID}
    assert reader.post(shared, {**hidden, **typed}).status_code == 302
    assert last_report().reported_by == "agency:lamps"
    assert not UpdateDraft.objects.exists()


def test_handing_over_on_the_same_page_ends_the_link(reader):
    path = the_page()
    answer = reader.post(path, {"step": "hand-over", "name": "Next", "email": "next@x.example"})

    assert answer.status_code == 200
    assert reader.get(path).status_code == 410
    assert Letter.objects.filter(to="next@x.example", kind="update.asked").exists()


def test_an_update_typed_while_the_post_passed_on_is_given_back(reader):
    path, given = the_page(), form(reader, status="on_track", text=SAID)
    reader.post(path, {"step": "hand-over", "name": "Next", "email": "next@x.example"})

    page = Page(answer := reader.post(path, given))

    assert answer.status_code == 410
    assert [one.text for one in page.all("textarea")] == [SAID]


def test_half_a_handing_over_is_said_beside_its_field(reader):
    answer = reader.post(the_page(), {"step": "hand-over", "name": "Next", "email": "nowhere"})

    page = Page(answer)
    assert answer.status_code == 400 and 'href="#email"' in page.html
    assert 'value="Next"' in page.html and 'value="nowhere"' in page.html


@pytest.mark.parametrize("token", ["no-such-token", "x" * 300])
def test_a_link_nobody_made_is_unknown(reader, token):
    assert reader.get(f"/u/{token}/").status_code == 404


def test_a_link_for_something_else_opens_nothing_here(reader):
    other = address_in(newest_letter("focal.lamps@office.example", "focal.welcome"), "focal")

    assert reader.get(other.replace("/focal/", "/u/")).status_code == 404


def test_when_all_is_told_the_page_says_so(reader):
    link = "https://lamps.example/x"
    for label in ("1.1", "1.2"):
        post(reader, status="done", text=SAID, link=link, label=label)

    page = reader.get(the_page()).content.decode()
    assert "1.1" in page and 'name="status-1.1"' not in page


def test_somebody_else_who_is_signed_in_sees_whose_link_it_is_and_nothing_more(reader):
    typed = form(reader, status="on_track", text=SAID)
    with writing():
        another = Account.objects.create(email="another@office.example", key="a")
        own = Account.objects.create(email="focal.lamps@office.example", key="b")

    reader.force_login(another)
    for address in (the_page(), f"{the_page()}sheet/", f"{the_page()}sheet.xlsx"):
        refused = reader.get(address)
        assert refused.status_code == 403
        assert re.search("signed in as someone else|다른 사람으로 로그인", Page(refused).text)
        assert "1.1" not in Page(refused).text
    posted = reader.post(the_page(), typed)
    assert posted.status_code == 403 and SAID in posted.content.decode()
    assert MilestoneReport.objects.count() == 0
    # The sentence says to sign out: the button is on the page, and opens the link again.
    hidden = {one.get("name"): one.get("value") for one in Page(posted).all("input")}
    left = reader.post("/signout/", {"next": hidden["next"]})
    assert left["Location"].endswith(the_page())
    assert reader.get(the_page()).status_code == 200

    reader.force_login(own)
    assert reader.get(the_page()).status_code == 200
