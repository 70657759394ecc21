"""The drawing of a ballot's states is what the acts do."""

from datetime import timedelta
from typing import Any

import pytest

from madang.ballots.actions.annul import annul_ballot
from madang.ballots.actions.key_document import confirm_key
from madang.ballots.actions.print_codes import revoke_codes
from madang.ballots.actions.remind import remind
from madang.ballots.actions.send_back import return_ballot
from madang.ballots.actions.vote_document import confirm_vote, drop_entry
from madang.ballots.models import Ballot
from madang.ballots.rules import permissions
from madang.ballots.rules.states import TRANSITIONS
from madang.record import acting
from madang.record.acting import ACTIONS
from tests.actions.ballots.test_by_document import colleague, key_entered, vote_entered
from tests.actions.ballots.test_prepare import revised
from tests.actions.ballots.test_printed_codes import asked, printed
from tests.makers.ballots import (
    DRAFTED,
    DURING,
    a_closed_ballot,
    a_drafted_ballot,
    a_keyed_ballot,
    a_next_round,
    again,
    an_open_ballot,
    co_chair,
    secretary,
)

ON_A_BALLOT = ("ballot.", "key.", "vote.", "document.", "codes.")
LATER = DRAFTED + timedelta(hours=5)


def acts_seen(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str | None, str]]:
    """Fills with each act on a ballot as it is done: its name, the state before, the state after."""
    seen: set[tuple[str, str | None, str]] = set()
    call = acting.Action.__call__

    def watched(self: Any, subject: Any, *args: Any, **kwargs: Any) -> Any:
        held = isinstance(subject, Ballot)
        before = again(subject).status if held else None
        event = call(self, subject, *args, **kwargs)
        if held:
            seen.add((self.name, before, again(subject).status))
        return event

    monkeypatch.setattr(acting.Action, "__call__", watched)
    return seen


def on_paper() -> None:
    """A key and a vote that come on paper, each once confirmed and once dropped."""
    draft, ballot = a_drafted_ballot(), an_open_ballot()
    for side in ("government", "government", "civil_society"):
        entry = key_entered(draft, side)
        if side == "government" and not draft.pending_keys.exclude(dropped_at=None).exists():
            drop_entry(draft, what="key", entry=entry, by=secretary(), at=LATER)
        else:
            confirm_key(draft, entry=entry, by=colleague(), at=LATER)
    drop_entry(ballot, what="vote", entry=vote_entered(ballot), by=secretary(), at=DURING)
    confirm_vote(ballot, entry=vote_entered(ballot), by=colleague(), at=DURING)


def in_print() -> None:
    """Codes on paper, asked for, printed and made void; and asked for and dropped."""
    ballot = an_open_ballot()
    printed(ballot)
    revoke_codes(ballot, seat="cso-9", by=secretary(), at=DURING)
    drop_entry(ballot, what="codes", entry=asked(ballot), by=secretary(), at=DURING)


def test_every_act_leads_where_the_drawing_says(practice_forum, monkeypatch):
    seen = acts_seen(monkeypatch)
    revised(a_drafted_ballot())
    revised(a_keyed_ballot())
    for make in (a_drafted_ballot, a_keyed_ballot):
        return_ballot(make(), reason="이유", by=co_chair("government"), at=LATER)
        annul_ballot(make(), reason="이유", language="ko", by=secretary(), at=LATER)
    on_paper()
    in_print()
    remind(an_open_ballot(3), by=secretary(), at=DURING)
    a_next_round(a_closed_ballot(3, decides="plan:9"))
    a_closed_ballot()

    drawn = {(line.act, line.start, line.end) for line in TRANSITIONS}
    # A new round has the one before it for its subject, and leaves it closed.
    assert seen - drawn == {("ballot.draft_round", "closed", "closed")}
    # What makes a ballot has another subject; keys void at the opening have a test of their own.
    assert drawn - seen == {
        ("ballot.draft", None, "draft"),
        ("ballot.draft_round", None, "draft"),
        ("ballot.open", "keyed", "draft"),
    }


def test_every_act_on_a_ballot_is_drawn():
    on_a_ballot = {act for act in permissions.MAY if act.startswith(ON_A_BALLOT)}

    assert {line.act for line in TRANSITIONS} == on_a_ballot
    assert on_a_ballot <= set(ACTIONS)
