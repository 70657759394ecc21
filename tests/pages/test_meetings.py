"""Meetings and their ballots, as far as sources tell."""

from typing import Any

import pytest

from tests.makers.readers import Reader
from tests.pages.reading import Page

COUNTS = {"yes", "no", "abstain", "recused", "not_returned"}


@pytest.fixture(autouse=True)
def _forum(korea: Any) -> None:
    pass


def test_the_ballot_as_data_has_the_keys_others_build_on(reader: Reader) -> None:
    ballot = reader.get("/meetings/7/ballot.json").json()

    assert ballot.keys() >= {
        "question",
        "papers",
        "rules",
        "opened_at",
        "closes_at",
        "closed_at",
        "roll",
        "counts",
        "votes",
        "outcome",
    }
    assert (ballot["opened_at"], ballot["closes_at"]) == ("2021-07-06", "2021-07-12")
    for unknown in ("rules", "roll", "votes", "outcome", "closed_at"):
        assert ballot[unknown] is None
    assert ballot["counts"] == dict.fromkeys(COUNTS)


def test_the_ballot_of_the_real_forum_has_no_vote_and_no_outcome(english_reader: Reader) -> None:
    page = Page(english_reader.get("/meetings/7/ballot/"))

    assert "it was not held on this site" in page.text
    facts = dict(
        zip((one.text for one in page.all("dt")), (one.text for one in page.all("dd")), strict=True)
    )
    for unknown in ("Rules: quorum and majority", "Roll: who could vote", "Outcome"):
        assert facts[unknown] == "not recorded"
    for claim in ("approved", "adopted by", "passed", "unanimous"):
        assert claim not in page.text.replace("To be approved", "")


def test_the_vote_belongs_to_the_body_before_the_thirty(english_reader: Reader) -> None:
    meeting = english_reader.get("/meetings/7.json").json()
    forum = english_reader.get("/forum.json").json()

    assert meeting["body"]["slug"] == "forum-2019"
    # "To be approved", says the source: that it was held is not recorded.
    assert meeting["held"] is None
    assert forum["terms"][0]["body"]["slug"] != meeting["body"]["slug"]
    assert "earlier forum" in Page(english_reader.get("/meetings/7/")).text


def test_the_meeting_leads_to_its_ballot_and_the_ballot_to_its_plan(each_reader: Reader) -> None:
    prefix = "/en" if each_reader.language == "en" else ""
    meeting = Page(each_reader.get("/meetings/7/"))

    assert f"{prefix}/meetings/7/ballot/" in meeting.links
    assert f"{prefix}/plans/5/" in Page(each_reader.get("/meetings/7/ballot/")).links


def test_a_meeting_has_a_short_address(each_reader: Reader) -> None:
    response = each_reader.get("/m/7")

    prefix = "/en" if each_reader.language == "en" else ""
    assert (response.status_code, response["Location"]) == (301, f"{prefix}/meetings/7/")


@pytest.mark.parametrize("address", ["/meetings/8/", "/meetings/8/ballot/", "/m/8", "/meetings/x/"])
def test_a_meeting_that_is_not_recorded_is_not_found(address: str, each_reader: Reader) -> None:
    response = each_reader.get(address)

    prefix = "/en" if each_reader.language == "en" else ""
    assert response.status_code == 404
    assert f"{prefix}/meetings/" in Page(response).links
