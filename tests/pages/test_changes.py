"""Changing an adopted plan, page by page: asked for, keyed, read by everyone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from madang.ballots.models import Ballot
from madang.foundation.actors import Role
from madang.meetings.models import Meeting
from madang.members.models import Account, CoChair
from madang.plans.models import ChangeRequest
from tests.actions.ballots.test_by_document import SCAN
from tests.makers.changes import REASON, a_change, in_force
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page

pytestmark = pytest.mark.usefixtures("practice_forum")
NEW = "/desk/plans/1/commitments/1/change/"


def chair(side):
    client = Reader("ko")
    seat = CoChair.objects.get(side=side).seat
    client.force_login(Account.objects.get(person__holdings__seat=seat))
    return client


def the_form(client, **typed):
    """What the form holds when it is opened, with something else typed into it."""
    page = Page(client.get(NEW))
    values = {
        one["name"]: one.get("value") or one.text
        for one in page.all("input", "textarea")
        if one.get("name") and one.get("type") not in ("radio", "checkbox")
    }
    leads = [one["value"] for one in page.all("input") if "checked" in one.attributes]
    chosen = {
        one["name"]: "" for one in page.all("select") if one["name"].endswith(("agency", "vision"))
    }
    return {**chosen, **values, "lead": leads, "kind": "amendment", "save": "1", **typed}


def asked(client, **typed):
    return client.post(NEW, the_form(client, **typed))


def test_the_secretariat_asks_and_two_keys_put_it_in_force():
    office = a_signed_in_client(Role.SECRETARIAT)

    answer = asked(office, **{"title-ko": "새 이름의 과제", "reason-ko": REASON.words["ko"]})

    assert answer["Location"] == "/desk/plans/1/changes/1/"
    for side in ("government", "civil_society"):
        client = chair(side)
        page = Page(client.get("/desk/plans/1/changes/1/"))
        digest = page.one("input", name="digest")["value"]
        client.post("/desk/plans/1/changes/1/", {"act": "turn", "digest": digest})
    assert ChangeRequest.objects.get().state == "in_force"
    page = Page(Reader("ko").get("/plans/1/changes/1/"))
    assert "새 이름의 과제" in "".join(one.text for one in page.all("ins"))
    assert REASON.words["ko"] in page.text
    assert "/plans/1/changes/1/" in Page(Reader("ko").get("/plans/1/commitments/1/")).links


def test_what_was_typed_stays_when_the_reason_is_missing():
    answer = asked(a_signed_in_client(Role.SECRETARIAT), **{"title-ko": "새 이름의 과제"})

    page = Page(answer)
    assert answer.status_code == 400
    assert page.one("input", name="title-ko")["value"] == "새 이름의 과제"
    assert "20자 이상" in page.text
    assert not ChangeRequest.objects.exists()


def test_a_co_chair_refuses_with_a_reason_that_everyone_reads():
    a_change()
    client = chair("civil_society")

    assert client.post("/desk/plans/1/changes/1/", {"act": "drop"}).status_code == 400
    client.post("/desk/plans/1/changes/1/", {"act": "drop", "reason-ko": REASON.words["ko"]})

    assert ChangeRequest.objects.get().state == "dropped"
    assert REASON.words["ko"] in Page(Reader("ko").get("/plans/1/changes/")).text


def test_a_co_chair_finds_it_on_the_desk_and_among_the_keys_until_the_key_is_turned():
    change = a_change()
    for page in ("/desk/", "/desk/keys/"):
        assert "/desk/plans/1/changes/1/" in Page(chair("government").get(page)).links

    in_force(change)

    for page in ("/desk/", "/desk/keys/"):
        assert "/desk/plans/1/changes/1/" not in Page(chair("government").get(page)).links


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_public_pages_say_what_why_and_who(language):
    in_force(a_change())
    reader = Reader(language)

    listed, one = Page(reader.get("/plans/1/changes/")), Page(reader.get("/plans/1/changes/1/"))

    assert REASON.words[language] in listed.text
    assert REASON.words[language] in one.text
    assert [mark.text for mark in one.all("ins")] == ["2027-11-30"]
    data = reader.get("/plans/1/changes.json").json()
    assert data["changes"][0]["edition"] == 2
    assert [edition["change"] for edition in data["editions"]] == [1, None]
    assert reader.get("/plans/1/changes/2/").status_code == 404


def test_hostile_words_are_only_words():
    office = a_signed_in_client(Role.SECRETARIAT)
    nasty = "<script>alert(1)</script>\"'; DROP TABLE plans; \u202e 𝒳 " * 3
    asked(office, **{"title-ko": "다른 이름", "reason-ko": nasty, "reason-en": nasty})

    page = Page(Reader("ko").get("/plans/1/changes/"))
    assert not page.inline
    assert "DROP TABLE" in page.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("decided_by", "x" * 500), ("kind", "x" * 500), ("base", "x"), ("reason-ko", "가" * 20_000)],
)
def test_what_is_too_long_or_unknown_gets_a_sentence(field, value):
    office = a_signed_in_client(Role.SECRETARIAT)
    typed = {"title-ko": "다른 이름", "reason-ko": REASON.words["ko"], field: value}

    assert asked(office, **typed).status_code in (400, 409)
    assert not ChangeRequest.objects.exists()


def filled(page, **typed):
    """A ballot's form as it is opened, with something else typed into it."""
    given = {
        one["name"]: one.get("value") or one.text
        for one in page.all("input", "textarea")
        if one.get("name")
    }
    plain = {key: value for key, value in given.items() if key != "written_reason"}
    return {**plain, "written_reason": "minor", **typed}


def test_from_a_change_to_the_ballot_on_it_and_its_public_paper():
    office, change = a_signed_in_client(Role.SECRETARIAT, "en"), a_change()
    page = Page(office.get("/desk/plans/1/changes/1/"))
    form = "/desk/ballots/new/?change=1-1"
    assert f"/en{form}" in page.links

    first = Page(office.get(form))
    assert "Change 1" in first.text
    reasons = [one["value"] for one in first.all("input") if one.get("name") == "written_reason"]
    check = office.post("/desk/ballots/new/", filled(first, written_reason=reasons[0]))
    assert check.status_code == 200, check.content.decode()
    second = Page(check)
    given = {one["name"]: one.get("value") for one in second.all("input") if one.get("name")}
    made = office.post("/desk/ballots/new/", {**given, "step": "make"})

    assert made.status_code == 302, made.content.decode()
    [ballot] = Ballot.objects.filter(decides=change.ref)
    assert [paper["sha256"] for paper in ballot.papers] == [change.sha256]
    public = Page(Reader("en").get(made["Location"][3:]))
    assert "/en/plans/1/changes/1/" in public.links and "Change 1 of plan 1" in public.text
    again = Page(office.get("/desk/plans/1/changes/1/"))
    assert f"/en{form}" not in again.links
    twice = office.post("/desk/ballots/new/", {**given, "step": "make"})
    assert twice.status_code == 409 and Ballot.objects.filter(decides=change.ref).count() == 1


@pytest.mark.parametrize("asked", ["1-99", "9-1", "x", "1-1-1", "１-１", "9" * 50, f"{'9' * 17}-1"])
def test_a_change_that_is_not_there_can_not_be_put_to_the_vote(asked):
    answer = a_signed_in_client(Role.SECRETARIAT).get(f"/desk/ballots/new/?change={asked}")

    assert answer.status_code == 200 and 'name="change"' not in answer.content.decode()


def test_a_change_is_put_on_an_agenda_and_the_meeting_that_had_it_is_named():
    office, change = a_signed_in_client(Role.SECRETARIAT, "en"), a_change(at=timezone.now())
    here, today = "/desk/plans/1/changes/1/", timezone.localdate().isoformat()
    office.post("/desk/agenda/", {"act": "call", "held_on": today})
    meeting = Meeting.objects.get(starts=today)

    taken = office.post(here, {"act": "take", "meeting": meeting.address})
    assert taken.status_code == 302
    page = Page(office.get(here))
    assert f"/en/meetings/{meeting.address}/" in page.links and not page.faults
    agenda = Reader("en").get(f"/meetings/{meeting.address}.json").json()["agenda"]
    assert [one["about"] for one in agenda] == [change.ref]

    earlier = Meeting.objects.filter(way="sitting", starts__lt=today)[0]
    refused = office.post(here, {"act": "decide", "decided_by": earlier.ref})
    assert refused.status_code == 409 and "agenda of the next meeting" in Page(refused).text
    office.post(here, {"act": "decide", "decided_by": meeting.ref})

    assert ChangeRequest.objects.get().decided_by == meeting.ref
    assert "decided_by" not in office.get(here).content.decode()


def office_account(client):
    return int(client.session["_auth_user_id"])


def test_a_key_by_document_is_entered_on_its_page_and_what_is_wrong_is_said():
    office, change = a_signed_in_client(Role.SECRETARIAT), a_change()
    here = "/desk/plans/1/changes/1/paper/"
    digest = Page(office.get(here)).one("input", name="digest")["value"]
    typed = {"act": "key", "side": "government", "digest": digest, "document": "기획-77"}

    refused = office.post(here, typed)
    assert refused.status_code == 400 and "기획-77" in refused.content.decode()
    scan = SimpleUploadedFile("승인.pdf", SCAN.content)
    assert office.post(here, {**typed, "file": scan}).status_code == 302

    page = Page(office.get(here))
    assert "기획-77" in page.text and not page.faults
    assert change.pending_keys.get().side == "government"
    other = Reader("ko")
    rows = Account.objects.filter(grants__role="secretariat").exclude(pk=office_account(office))
    other.force_login(rows.distinct()[0])
    assert here in Page(other.get("/desk/")).links
    assert here not in Page(office.get("/desk/")).links
