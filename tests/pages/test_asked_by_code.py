"""Another look without the link of a letter: a code to the address the proposal was sent from."""

from typing import Any

import pytest

from madang.calls.actions.window import close_call
from madang.calls.models import Call, Reexamination
from madang.foundation.actors import CLOCK
from madang.letters.models import Letter
from madang.web import middleware
from tests.makers.calls import CLOSES, a_proposal, an_open_call
from tests.makers.readers import Reader
from tests.makers.replies import ANSWERED, publish, write
from tests.pages.reading import Page

EMAIL = "citizen@example.kr"


@pytest.fixture
def call(practice_forum: Any, monkeypatch: Any) -> Call:
    monkeypatch.setattr(middleware, "_moment", lambda request: ANSWERED)
    call = an_open_call()
    a_proposal(call, email=EMAIL)
    close_call(call, by=CLOCK, at=CLOSES)
    write(call.plan, 1)
    publish(call.plan)
    return call


def coded(reader: Reader, call: Call, email: str) -> Any:
    here = f"/plans/{call.plan.number}/proposals/0001/mine/"
    asked = Page(reader.post(here, {"email": email}))
    letters = Letter.objects.filter(kind="proposal.code_for", to=email)
    body = letters[0].body if letters else "000000"
    code = next(word for word in body.split() if word.isdecimal() and len(word) == 6)
    form = asked.one("input", name="form")["value"]
    return reader.post(here, {"step": "code", "form": form, "code": code})


def test_whoever_sent_it_speaks_of_the_answer_by_a_code_alone(
    call: Call, each_reader: Reader
) -> None:
    page = Page(each_reader.get(f"/plans/{call.plan.number}/proposals/0001/"))
    assert any(link.endswith("/0001/mine/") for link in page.links)
    asked = Page(each_reader.get(f"/plans/{call.plan.number}/proposals/0001/mine/"))
    assert asked.faults == []

    done = coded(each_reader, call, EMAIL)
    assert done.status_code == 302
    again = each_reader.post(
        str(done["Location"]).removeprefix("/en"), {"step": "ask", "text": "왜 백 곳입니까? " * 3}
    )

    assert again.status_code == 302 and Reexamination.objects.count() == 1


def test_nobody_else_gets_there(call: Call, reader: Reader) -> None:
    answer = coded(reader, call, "other@example.kr")

    assert answer.status_code == 400 and not Reexamination.objects.exists()
