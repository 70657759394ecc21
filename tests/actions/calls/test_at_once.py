"""Several at the same moment: one number each, one receipt for one form, one voice for one address."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from madang.calls.actions.endorse import endorse_proposal
from madang.calls.actions.send import send_proposal
from madang.calls.models import Call, Endorsement, Proposal
from madang.foundation.actors import ANONYMOUS
from madang.foundation.refusals import NotNow
from madang.letters.models import Letter
from madang.record import log
from madang.web import middleware
from tests.makers.calls import DURING, TEXT, TITLE, a_proposal, an_open_call, some_words
from tests.makers.forums import FORUMS, a_loaded_forum
from tests.makers.readers import Reader

THREADS = 8


@pytest.fixture
def call(transactional_db: None, monkeypatch: Any) -> Call:
    monkeypatch.setattr(middleware, "_moment", lambda request: DURING)
    a_loaded_forum(FORUMS / "small.yaml")
    return an_open_call(languages=["en"])


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """What came of it, for each: what the act gave, or the code it was refused with."""
    together = Barrier(THREADS)

    def one(n: int) -> Any:
        together.wait()
        try:
            return act(n)
        except NotNow as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_no_two_proposals_get_one_number_and_none_is_lost(call: Call) -> None:
    def send(n: int) -> int:
        email, nonce = f"c{n}@example.kr", f"n{n}"
        send_proposal(call, words=some_words(), email=email, nonce=nonce, by=ANONYMOUS, at=DURING)
        return Proposal.objects.get(nonce=nonce).number

    before = log.size()

    assert sorted(at_once(send)) == list(range(1, THREADS + 1))
    assert log.size() - before == THREADS


def test_one_form_pressed_many_times_is_one_proposal_with_one_receipt(call: Call) -> None:
    base = f"/plans/{call.plan.number}/proposals/new/"
    typed = {"title": TITLE, "text": TEXT, "email": "c@example.kr", "agreed": "yes"}
    token = Reader("ko").post(base, typed)["Location"].rpartition("t=")[2]
    Reader("ko").post(f"{base}check/", {"t": token})
    code = re.search(r"^    (\d{6})$", Letter.objects.get().body, re.M)
    assert code
    last = {"t": token, "step": "send", "code": code[1]}

    answers = at_once(lambda n: Reader("ko").post(f"{base}code/", last))

    assert [one.status_code for one in answers] == [302] * THREADS
    assert len({one["Location"] for one in answers}) == 1
    assert Proposal.objects.count() == 1


def test_one_address_is_one_voice(call: Call) -> None:
    row = a_proposal(call)

    done = at_once(lambda n: endorse_proposal(row, email="f@example.kr", by=ANONYMOUS, at=DURING))

    assert done.count("calls.endorsed_before") == THREADS - 1
    assert Endorsement.objects.count() == 1
