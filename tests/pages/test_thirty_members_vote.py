"""Thirty members vote from their letters; page, data, letters, record and `verify` say the same."""

import hashlib
import hmac
import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
import rfc8785

from madang.ballots.models import Ballot, Vote
from madang.ballots.reading import seats_of
from madang.ballots.recount import miscounts
from madang.ballots.rules.tally import decide, read_rules, tally
from madang.letters.models import Letter
from madang.record import log
from madang.record.verify import Verdict, verify
from tests.makers.ballots import DURING, an_open_ballot
from tests.makers.readers import Reader
from tests.pages.reading import Page
from tests.pages.test_ballot import Booth

MINDS = {"gov-4": "no", "cso-10": "no", "cso-11": "no", "cso-12": "abstain", "cso-13": "recused"}
COUNTED = ("yes", "no", "abstain", "recused", "not_returned")
CHANGED = "cso-7"
"""A seat that says no first and yes in the end."""


@pytest.fixture
def held(practice_forum: Any, monkeypatch: pytest.MonkeyPatch) -> Ballot:
    """The ballot in which all thirty voted through their mailed links, a minute apart."""
    at: list[datetime] = [DURING]
    monkeypatch.setattr("madang.web.middleware._moment", lambda request: at[0])
    ballot = an_open_ballot()
    seats = seats_of(ballot)
    assert len(seats) == 30
    for seat in [CHANGED, *seats]:
        early = seat == CHANGED and at[0] == DURING
        choice = "no" if early else MINDS.get(seat, "yes")
        reason = f"{seat} says why." if choice == "no" else ""
        received = Booth("link", seat).vote(choice, reason)
        assert received.status_code == 200, seat
        at[0] += timedelta(minutes=2)
    return Ballot.objects.get(pk=ballot.pk)


def test_page_data_letters_record_and_verify_say_the_same(held: Ballot) -> None:
    page = Page(Reader("en").get("/meetings/6/ballot/"))
    data = Reader("en").get("/meetings/6/ballot.json").json()
    expected = Counter(MINDS.get(seat, "yes") for seat in seats_of(held))

    # The last answer closed it, and the page says what the data says.
    assert (held.status, data["outcome"]) == ("closed", "approved")
    assert "Approved" in page.text
    told = {choice: data["counts"][choice] for choice in expected}
    assert told == dict(expected)
    assert data["counts"]["not_returned"] == 0
    assert _counted_again(data) == data["outcome"]
    counted = [data["counts"][key] for key in COUNTED]
    together = next(row for row in page.all("tr") if row.text.startswith("Together"))
    assert together.text == "Together" + "".join(map(str, [*counted, 30]))

    # A vote for each answer, the changed one included, each the entry it names.
    cast = [entry for entry in _entries(held) if entry["t"] == "ballot.cast"]
    assert len(cast) == Vote.objects.count() == 31
    assert {vote["seat"] for vote in data["votes"]} == set(seats_of(held))
    assert next(vote["version"] for vote in data["votes"] if vote["seat"] == CHANGED) == 2
    for vote in data["votes"]:
        leaf = Reader("en").get(f"/record/{vote['entry']}.json").json()["says"]
        assert (leaf["t"], leaf["d"]["seat"]) == ("ballot.cast", vote["seat"])
        for field, opened in vote["openings"].items():
            said = rfc8785.dumps({"f": field, "i": vote["entry"], "v": opened["value"]})
            key = bytes.fromhex(opened["key"])
            assert hmac.new(key, said, hashlib.sha256).hexdigest() == leaf["c"][field]

    # Each voter has a receipt for each answer, with its entry, and one letter about the result.
    receipts = Letter.objects.filter(kind="ballot.receipt")
    assert receipts.count() == 31
    for vote in data["votes"]:
        number = f"6-1-{vote['seat']}-{vote['version']}"
        letter = receipts.get(subject__contains=number)
        assert f"/record/{vote['entry']}/" in letter.body
    results = Letter.objects.filter(kind="ballot.closed")
    assert results.count() == len(set(results.values_list("to", flat=True))) == 30
    for letter in results:
        line = next(one for one in letter.body.splitlines() if len(re.findall("[0-9]+", one)) >= 5)
        assert sorted(map(int, re.findall("[0-9]+", line))) == sorted(counted)
    assert verify().verdict is Verdict.FINE
    assert list(miscounts()) == []


def _entries(ballot: Ballot) -> list[dict[str, Any]]:
    return [log.said(entry) for entry in log.about(ballot.ref)]


def _counted_again(data: dict[str, Any]) -> str:
    """The outcome as anyone can work it out from the data alone."""
    last = {vote["seat"]: vote["choice"] for vote in data["votes"]}
    counted = tally(last, [seat["seat"] for seat in data["roll"]])
    return str(decide(counted, read_rules(data["rules"])).outcome)
