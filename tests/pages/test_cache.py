"""A repeated visit: answered from memory or with 304, never with another's page."""

from datetime import timedelta
from typing import Any

import pytest

from madang.foundation.actors import Role
from madang.members.actions.move_clock import move_clock
from madang.members.models import Forum
from tests.makers.forums import LOADED, SOMEONE
from tests.makers.readers import Reader, a_signed_in_client
from tests.pages.reading import EVERY_PAGE, TWINS, Page, body_of

PRACTICE_PAGES = ["/", "/forum/", "/plans/", "/plans/1/", "/record/", "/plans/1/commitments.json"]


def act() -> None:
    """Something that anyone can see has been done."""
    move_clock(Forum.objects.get(pk=1), to=LOADED + timedelta(days=1), by=SOMEONE, at=LOADED)


def test_whoever_has_the_page_is_not_sent_it_again(korea: Any, each_reader: Reader) -> None:
    for address in [*EVERY_PAGE, *TWINS, "/plans/5/plan-en.pdf"]:
        etag = each_reader.get(address)["ETag"]

        for given in (etag, f"W/{etag}"):
            again = each_reader.get(address, HTTP_IF_NONE_MATCH=given)
            assert (address, again.status_code) == (address, 304)
            assert again["ETag"] == etag
            assert not body_of(again)


def test_the_page_from_memory_is_the_page_that_was_made(korea: Any, each_reader: Reader) -> None:
    for address in [*EVERY_PAGE, *TWINS]:
        made, kept = each_reader.get(address), each_reader.get(address)

        assert kept.content == made.content
        assert dict(kept.headers) == dict(made.headers)


def test_every_copy_asks_before_it_is_shown_again(korea: Any, reader: Reader) -> None:
    for address in [*EVERY_PAGE, *TWINS]:
        response = reader.get(address)

        assert response["Cache-Control"] == "public, no-cache"
        assert response["Vary"] == "Cookie"


@pytest.mark.parametrize("address", PRACTICE_PAGES)
def test_after_an_act_the_page_is_made_anew(
    address: str, practice_forum: Any, reader: Reader
) -> None:
    before = reader.get(address)

    act()

    after = reader.get(address, HTTP_IF_NONE_MATCH=before["ETag"])
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]


def test_an_act_is_seen_at_once(practice_forum: Any, reader: Reader) -> None:
    size = reader.get("/record.json").json()["size"]

    act()

    assert reader.get("/record.json").json()["size"] == size + 1


def test_a_paper_stays_the_paper_it_was(practice_forum: Any, reader: Reader) -> None:
    before = reader.get("/plans/1/plan-ko.pdf")
    body_of(before)

    act()

    after = reader.get("/plans/1/plan-ko.pdf", HTTP_IF_NONE_MATCH=before["ETag"])
    assert after.status_code == 304


def test_korean_and_english_are_kept_apart(korea: Any) -> None:
    korean, english = Reader("ko").get("/plans/5/"), Reader("en").get("/plans/5/")

    assert korean["ETag"] != english["ETag"]
    assert korean["Content-Language"] == "ko" and english["Content-Language"] == "en"
    assert Reader("en").get("/plans/5/", HTTP_IF_NONE_MATCH=korean["ETag"]).status_code == 200


def test_every_query_has_its_own_copy(korea: Any, reader: Reader) -> None:
    every = reader.get("/plans/5/commitments/")
    some = reader.get("/plans/5/commitments/?agency=acrc")

    assert some["ETag"] != every["ETag"] and some.content != every.content


@pytest.mark.parametrize("address", PRACTICE_PAGES[:-1])
def test_a_strangers_copy_is_not_shown_to_someone_signed_in(
    address: str, practice_forum: Any
) -> None:
    theirs = Reader("en").get(address)

    mine = a_signed_in_client(Role.MEMBER, "en").get(address, HTTP_IF_NONE_MATCH=theirs["ETag"])

    assert mine.status_code == 200
    assert "/en/desk/" in Page(mine).links and "/en/desk/" not in Page(theirs).links
    assert "public" not in mine["Cache-Control"] and not mine.has_header("ETag")


@pytest.mark.parametrize("address", PRACTICE_PAGES[:-1])
def test_the_page_of_someone_signed_in_is_not_shown_to_strangers(
    address: str, practice_forum: Any
) -> None:
    a_signed_in_client(Role.MEMBER, "en").get(address)

    theirs = Reader("en").get(address)

    assert "/en/desk/" not in Page(theirs).links


@pytest.mark.parametrize("address", ["/signin/", "/practice/", "/practice/letters/", "/healthz"])
def test_what_is_not_the_same_for_all_is_never_kept(
    address: str, practice_forum: Any, reader: Reader
) -> None:
    response = reader.get(address)

    assert response["Cache-Control"] == "no-store"
    assert not response.has_header("ETag")


@pytest.mark.parametrize("address", ["/nowhere/", "/plans/77/", "/plans/5/commitments.json?x=1"])
def test_an_error_is_never_kept(address: str, korea: Any, reader: Reader) -> None:
    response = reader.get(address)

    assert response.status_code >= 400
    assert response["Cache-Control"] == "no-store" and not response.has_header("ETag")


def test_the_head_of_a_page_can_be_asked_for_alone(korea: Any, reader: Reader) -> None:
    for address in [*EVERY_PAGE, *TWINS, "/plans/5/plan-ko.pdf", "/robots.txt"]:
        head, page = reader.head(address), reader.get(address)

        assert (address, head.status_code, body_of(head)) == (address, 200, b"")
        assert head["Content-Type"] == page["Content-Type"]
        assert head.get("ETag") == page.get("ETag")
        assert body_of(page), "asking for the head leaves no empty page behind"
