"""Keys to an edition by document: entered by one officer, confirmed by another."""

from typing import Any

import pytest

from madang.ballots.keys import standing_keys
from madang.ballots.models import Ballot
from madang.documents.rules.uploads import Upload
from madang.plans.actions.key_document import (
    confirm_edition_key,
    drop_edition_entry,
    enter_edition_key,
)
from madang.plans.models import Edition, PendingEditionKey
from tests.actions.ballots.looking import last_entry, refused
from tests.actions.ballots.test_by_document import SCAN, colleague
from tests.makers.ballots import secretary
from tests.makers.editions import KEYED, a_deciding_ballot, digest_of, key, the_plan

pytestmark = pytest.mark.usefixtures("practice_forum")


def entered(ballot: Ballot, side: str = "government", **other: Any) -> int:
    given = {"side": side, "digest": digest_of(ballot), "document": "기획-9", "file": SCAN, **other}
    enter_edition_key(the_plan(), ballot=ballot, **given, by=secretary(), at=KEYED)
    return PendingEditionKey.objects.latest("pk").pk


def confirmed(ballot: Ballot, entry: int, by: Any = None) -> None:
    confirm_edition_key(the_plan(), ballot=ballot, entry=entry, by=by or colleague(), at=KEYED)


def test_a_key_by_document_is_turned_when_a_second_officer_confirms_it():
    ballot = a_deciding_ballot()
    entry = entered(ballot)
    assert standing_keys("edition:2-1") == []

    confirmed(ballot, entry)

    [turned] = standing_keys("edition:2-1")
    assert (turned.side, turned.document) == ("government", "기획-9")
    assert turned.file and last_entry("edition.keyed")["file"] == turned.file.sha256
    assert not Edition.objects.filter(plan=the_plan()).exists()


@pytest.mark.parametrize("document_last", [True, False], ids=["document last", "document first"])
def test_with_the_other_sides_key_the_plan_is_published(document_last):
    ballot = a_deciding_ballot()

    if document_last:
        key(ballot, "civil_society")
    confirmed(ballot, entered(ballot))
    if not document_last:
        key(ballot, "civil_society")

    edition = Edition.objects.get(plan=the_plan())
    assert edition.adopted_by == ballot.ref
    # An officer publishes nothing: with the second key by document it is the clock's act.
    assert last_entry("plan.published")["by"] == ("clock" if document_last else "cso-1")


def test_two_documents_publish_too():
    ballot = a_deciding_ballot()

    for side in ("government", "civil_society"):
        confirmed(ballot, entered(ballot, side))

    assert Edition.objects.filter(plan=the_plan()).exists()


def test_no_officer_confirms_a_key_entered_alone():
    ballot = a_deciding_ballot()
    entry = entered(ballot)

    with refused("members.own_entry"):
        confirmed(ballot, entry, by=secretary())


def test_what_was_dropped_turns_nothing():
    ballot = a_deciding_ballot()
    entry = entered(ballot)
    drop_edition_entry(the_plan(), entry=entry, by=colleague(), at=KEYED)

    with refused("ballots.nothing_pending"):
        confirmed(ballot, entry)


def test_one_side_turns_one_key_however_it_comes():
    ballot = a_deciding_ballot()
    entry = entered(ballot)
    key(ballot, "government")

    with refused("ballots.key_turned"):
        confirmed(ballot, entry)


def test_one_entry_a_side_waits_at_a_time():
    ballot = a_deciding_ballot()
    entered(ballot)

    with refused("ballots.entered_already"):
        entered(ballot)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"side": "nobody"}, "ballots.no_side"),
        ({"document": " "}, "ballots.no_document"),
        ({"digest": "0" * 64}, "ballots.text_changed"),
        ({"file": Upload("", b"")}, "documents.no_file"),
    ],
    ids=["no such side", "no number", "another text", "no file"],
)
def test_an_approval_that_is_not_whole_is_not_entered(given, code):
    ballot = a_deciding_ballot()

    with refused(code):
        entered(ballot, **given)
