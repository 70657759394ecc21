"""A ballot's course and the text it decides: frozen with the second key, given back if it fails."""

from typing import Any

import pytest

from madang.ballots.actions.annul import annul_ballot
from madang.ballots.actions.close import close_ballot
from madang.ballots.actions.open import open_ballot
from madang.ballots.actions.turn_key import turn_key
from madang.ballots.models import Ballot
from madang.ballots.papers import papers_of
from madang.ballots.reading import roll_on, text_digest
from madang.drafting.actions.lead import name_lead
from madang.drafting.actions.write import write_commitment
from madang.foundation.actors import CLOCK
from madang.foundation.refusals import NotNow
from madang.letters.models import Letter
from madang.members.models import Account, Person
from madang.planning.models import Plan
from madang.record.guard import writing
from madang.taskforces.actions.groups import form_group, join_group
from madang.taskforces.models import Group
from tests.makers.ballots import CLOSES, DRAFTED, OPENS, a_drafted_ballot, co_chair, secretary
from tests.makers.drafts import seated, suggest
from tests.makers.plans import a_draft, a_plan_begun, a_written_commitment, base_of, both


@pytest.fixture
def plan(practice_forum: Any) -> Plan:
    begun = a_plan_begun(at=DRAFTED)
    a_written_commitment(begun, at=DRAFTED)
    return begun


def drafted_on(plan: Plan) -> Ballot:
    return a_drafted_ballot(decides=plan.ref, papers=papers_of(plan))


def keyed_on(plan: Plan) -> Ballot:
    ballot = drafted_on(plan)
    for side in ("government", "civil_society"):
        turn_key(ballot, digest=text_digest(ballot), by=co_chair(side), at=DRAFTED)
        ballot = Ballot.objects.get(pk=ballot.pk)
    return ballot


def write_on(plan: Plan) -> None:
    row = plan.commitments.get()
    draft = a_draft(title=both("나중에 고친 제목"))
    write_commitment(
        plan, number=row.number, draft=draft, base=base_of(row), by=secretary(), at=DRAFTED
    )


def stands(plan: Plan) -> tuple[str, str | None]:
    plan.refresh_from_db()
    return plan.status, plan.frozen_by


def test_one_key_leaves_the_text_with_its_writers(plan: Plan) -> None:
    ballot = drafted_on(plan)

    turn_key(ballot, digest=text_digest(ballot), by=co_chair("government"), at=DRAFTED)

    assert stands(plan) == ("preparing", None)
    write_on(plan)


def test_with_the_second_key_the_text_is_before_the_forum(plan: Plan) -> None:
    ballot = keyed_on(plan)

    assert stands(plan) == ("before_forum", ballot.ref)
    with pytest.raises(NotNow, match=r"planning\.before_forum"):
        write_on(plan)


def test_every_member_and_who_works_on_a_text_are_told_once_that_it_is_fixed(plan: Plan) -> None:
    row = plan.commitments.get()
    outside = someone_outside(plan)
    name_lead(row, side="civil_society", person="outside", by=secretary(), at=DRAFTED)
    suggest(row, seated("gov"), at=DRAFTED)

    keyed_on(plan)

    told = list(Letter.objects.filter(kind="plan.frozen").values_list("to", flat=True))
    seats = [held.person for held in roll_on(DRAFTED.date().isoformat()) if held.person]
    members = set(Account.objects.filter(person__in=seats).values_list("email", flat=True))
    assert len(members) > 5 and len(told) == len(set(told))
    assert set(told) == members | {outside.email}


def someone_outside(plan: Plan) -> Account:
    """Someone who works in a group of the plan and holds no seat."""
    with writing():
        person = Person.objects.create(slug="outside", name=both("바깥 사람", "Someone"))
        account = Account.objects.create(email="outside@example.org", person=person)
    form_group(plan, name=both("분과"), by=secretary(), at=DRAFTED)
    join_group(Group.objects.get(plan=plan), person="outside", by=secretary(), at=DRAFTED)
    return account


def test_given_back_and_fixed_again_it_is_told_again(plan: Plan) -> None:
    first = keyed_on(plan)
    told = Letter.objects.filter(kind="plan.frozen").count()
    annul_ballot(first, reason="다시 살핍니다.", language="ko", by=secretary(), at=DRAFTED)

    keyed_on(plan)

    assert Letter.objects.filter(kind="plan.frozen").count() == 2 * told


def test_while_the_ballot_is_open_nobody_writes(plan: Plan) -> None:
    ballot = keyed_on(plan)

    open_ballot(ballot, by=CLOCK, at=OPENS)

    assert stands(plan) == ("before_forum", ballot.ref)


def test_a_ballot_without_a_quorum_gives_the_text_back_and_it_stays_seen(plan: Plan) -> None:
    ballot = keyed_on(plan)
    open_ballot(ballot, by=CLOCK, at=OPENS)

    close_ballot(ballot, by=CLOCK, at=CLOSES)

    assert Ballot.objects.get(pk=ballot.pk).outcome == "no_quorum"
    assert stands(plan) == ("before_forum", None)
    write_on(plan)


def test_a_ballot_dropped_before_it_opened_gives_the_text_back(plan: Plan) -> None:
    ballot = keyed_on(plan)

    annul_ballot(ballot, reason="다시 살핍니다.", language="ko", by=secretary(), at=DRAFTED)

    assert stands(plan)[1] is None
