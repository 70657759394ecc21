"""The pages around publishing: the co-chairs' task, the plan's page, the decision paper."""

import pytest
from django.core.cache import cache

from madang.foundation.actors import CLOCK, Role
from madang.members.models import Account, CoChair
from madang.plans.actions.due import decisions_due, papers_due
from madang.plans.models import Edition
from madang.record import log
from tests.makers.ballots import CLOSES, a_closed_ballot
from tests.makers.editions import (
    KEYED,
    a_deciding_ballot,
    a_published_plan,
    digest_of,
    key,
    the_plan,
)
from tests.makers.proposal_lists import an_import
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import Page, body_of
from tests.pages.test_queries import AT_MOST, asked_by

DESK = "/desk/publish/2/"


def a_chair(side, language="en"):
    seat = CoChair.objects.get(side=side).seat
    reader = Reader(language)
    reader.force_login(
        Account.objects.get(person__holdings__seat=seat, person__holdings__ends=None)
    )
    return reader


def words_of(answer):
    return " ".join(Page(answer).one("main").text.split())


def test_a_co_chair_reads_what_would_be_published(practice_forum):
    ballot = a_deciding_ballot()

    page = Page(a_chair("government").get(DESK))

    assert page.faults == []
    words = page.one("main").text
    assert "Yours would be the first" in words
    assert "Approved" in words
    assert all(paper["sha256"] in words for paper in ballot.papers)
    assert digest_of(ballot) in words


def test_two_co_chairs_publish_with_one_press_each(practice_forum):
    ballot = a_deciding_ballot()
    digest = {"digest": digest_of(ballot)}

    first = a_chair("government").post(DESK, digest, follow=True)
    assert "Your key is turned" in words_of(first)
    assert "With yours the plan is published at once" in words_of(
        a_chair("civil_society").get(DESK)
    )
    second = a_chair("civil_society").post(DESK, digest, follow=True)

    assert "This plan is published" in words_of(second)
    assert "The papers are being set" in words_of(second)
    assert Edition.objects.get(plan__number=2).adopted_by == ballot.ref


@pytest.mark.parametrize("language", ["ko", "en"])
def test_who_publishes_is_told_how_many_have_no_answer_and_then_everyone_is(
    practice_forum, language
):
    """Source: UX.md P7, publishing the plan with replies missing."""
    ballot = a_deciding_ballot()
    an_import(the_plan())
    ahead, after = {
        "ko": ("답변하지 않은 제안이 3건 있습니다.", "3건"),
        "en": ("3 proposals have no answer.", "3 proposals have no answer yet"),
    }[language]

    for side in ("government", "civil_society"):
        chair = a_chair(side, language)
        assert ahead in words_of(chair.get(DESK))
        assert chair.post(DESK, {"digest": digest_of(ballot)}).status_code == 302

    page = Page(Reader(language).get("/plans/2/"))
    assert page.faults == [] and after in page.text
    assert any("outcome=waiting" in link for link in page.links)


def test_reading_the_page_turns_no_key(practice_forum):
    a_deciding_ballot()
    before = log.state()

    a_chair("government").get(DESK)

    assert log.state() == before


def test_a_form_read_before_the_text_changed_is_answered_with_a_sentence(practice_forum):
    a_deciding_ballot()

    answer = a_chair("government").post(DESK, {"digest": "0" * 64})

    assert answer.status_code == 409
    assert "The text has changed since you read it" in words_of(answer)


def test_a_plan_that_was_not_approved_says_so_and_has_no_button(practice_forum):
    a_deciding_ballot(3)

    page = Page(a_chair("government").get(DESK))

    assert "did not approve" in page.one("main").text
    assert "digest" not in {field.get("name") for field in page.all("input")}


def test_a_plan_nobody_voted_on_has_nothing_to_publish(practice_forum):
    assert "nothing to publish yet" in words_of(a_chair("government").get(DESK))


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(Role.SECRETARIAT, True), (Role.MEMBER, False), (Role.ADMINISTRATOR, False)],
)
def test_the_secretariat_reads_along_and_turns_nothing(practice_forum, role, allowed):
    ballot = a_deciding_ballot()
    client = a_signed_in_client(role)

    assert (client.get(DESK).status_code == 200) == allowed
    assert client.post(DESK, {"digest": digest_of(ballot)}).status_code == 403


def test_the_plan_s_page_says_which_ballot_adopted_it_and_with_what_outcome(
    practice_forum, english_reader
):
    ballot = a_published_plan()

    page = Page(english_reader.get("/plans/2/"))

    assert page.faults == []
    assert "Approved" in page.one("main").text
    assert "The papers are being set" in page.one("main").text
    assert any(
        link.get("href") == f"/en/meetings/{ballot.meeting.address}/ballot/"
        for link in page.all("a")
    )


def test_the_plan_s_data_say_who_adopted_it(practice_forum, reader):
    ballot = a_published_plan()

    data = reader.get("/plans/2.json").json()

    assert data["status"] == "published"
    assert data["edition"]["number"] == 1
    assert data["edition"]["adopted_by"] == ballot.ref
    assert data["edition"]["ballot"]["url"] == f"/meetings/{ballot.meeting.address}/ballot/"
    assert data["edition"]["ballot"]["outcome"] == "approved"
    assert data["adoption"]["ballot"] == ballot.ref


def test_the_papers_of_the_new_edition_stand_on_the_plan_s_page(practice_forum, reader):
    a_published_plan()
    papers_due(CLOCK, KEYED)

    data = reader.get("/plans/2.json").json()

    assert [paper["language"] for paper in data["edition"]["papers"]] == ["ko", "en"]
    assert body_of(reader.get("/plans/2/plan-ko.pdf")).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_decision_paper_has_an_address_of_its_own(practice_forum, reader, language):
    ballot = a_closed_ballot()
    address = f"/meetings/{ballot.meeting.address}/ballot/decision-{language}.pdf"
    assert reader.get(address).status_code == 404

    decisions_due(CLOCK, CLOSES)

    answer = reader.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert body_of(answer).startswith(b"%PDF")


def test_a_key_turned_stands_in_its_place(practice_forum):
    key(a_deciding_ballot(), "government")

    words = words_of(a_signed_in_client(Role.SECRETARIAT, "en").get(DESK))

    government, civil = words.split("Co-chair, ")[1:]
    assert "✓" in government and "exo-1" in government
    assert "not turned" in civil


def test_the_ballot_s_page_leads_to_its_decision_paper(practice_forum, english_reader):
    ballot = a_closed_ballot()
    address = f"/meetings/{ballot.meeting.address}/ballot/"
    assert "The decision paper is being set" in words_of(english_reader.get(address))

    decisions_due(CLOCK, CLOSES)

    links = {link.get("href") for link in Page(english_reader.get(address)).all("a")}
    assert {f"/en{address}1/decision-{language}.pdf" for language in ("ko", "en")} <= links


@pytest.mark.parametrize("what", ["/plans/2/", "/plans/2.json", "the ballot"])
def test_pages_of_what_was_decided_need_few_queries(practice_forum, what):
    ballot = a_published_plan()
    papers_due(CLOCK, KEYED)
    decisions_due(CLOCK, KEYED)

    page = f"/meetings/{ballot.meeting.address}/ballot/" if what == "the ballot" else what
    # The roll and the day of the draft are read once a state of the record, as the forum is.
    Reader("ko").get(page)
    cache.clear()
    asked = asked_by(page)

    assert len(asked) <= AT_MOST, "\n".join(asked)


def test_an_adopted_plan_waits_on_the_co_chairs_desk_until_it_is_published(practice_forum):
    ballot = a_deciding_ballot()

    assert "/en/desk/publish/2/" in a_chair("government").get("/desk/").content.decode()
    for side in ("government", "civil_society"):
        key(ballot, side)
    assert "/desk/publish/2/" not in a_chair("government").get("/desk/").content.decode()
