"""Whoever missed a call asks once to hear of the next: a button confirms, one press stops."""

import re
from typing import Any

import pytest

from madang.calls.actions.window import open_call
from madang.calls.models import Call
from madang.foundation.actors import CLOCK
from madang.letters.models import Following, Letter
from tests.makers.calls import a_call
from tests.makers.readers import Reader
from tests.pages.reading import Page

EMAIL = "someone@example.kr"


@pytest.fixture
def call(practice_forum: Any) -> Call:
    return a_call()


def asked(reader: Reader) -> str:
    answer = reader.post("/calls/follow/", {"email": EMAIL})
    assert answer.status_code == 200 and Page(answer).faults == []
    letter = Letter.objects.get(kind="follow.confirm")
    found = re.search(r"https?://[^/]+((?:/en)?/f/[^\s]+)", letter.body)
    assert found
    return found[1].removeprefix("/en")


def test_the_form_leads_there_and_the_opening_is_told_once(call: Call, each_reader: Reader) -> None:
    early = Page(each_reader.get(f"/plans/{call.plan.number}/proposals/new/"))
    assert any(link.endswith("/calls/follow/") for link in early.links)
    form = Page(each_reader.get("/calls/follow/"))
    assert form.faults == [] and [
        one["name"] for one in form.all("input") if one.get("type") == "email"
    ] == ["email"]
    link = asked(each_reader)
    assert each_reader.get(link).status_code == 200 and not Following.objects.get().confirmed_at
    each_reader.post(link, {"act": "start"})

    open_call(call, by=CLOCK, at=call.opens_at)

    letter = Letter.objects.get(kind="call.open")
    assert letter.to == EMAIL and f"/plans/{call.plan.number}/proposals/new/" in letter.body
    assert "/f/" in letter.body
    page = Page(each_reader.post(link, {"act": "stop"}))
    assert page.faults == [] and not Following.objects.exists()


def test_who_pressed_nothing_hears_nothing(call: Call, reader: Reader) -> None:
    asked(reader)

    open_call(call, by=CLOCK, at=call.opens_at)

    assert not Letter.objects.filter(kind="call.open").exists()


@pytest.mark.parametrize("odd", ["", "x", "a@b", "a" * 400 + "@b.kr", "x\x00@y.kr", "<b>@c.kr"])
def test_an_odd_address_is_a_sentence(odd: str, call: Call, reader: Reader) -> None:
    answer = reader.post("/calls/follow/", {"email": odd})

    assert answer.status_code == 400 and Page(answer).faults == []
    assert not Following.objects.exists()
