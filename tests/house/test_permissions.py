"""`MAY`: every act has its lines, and every line its act."""

import ast
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

import madang
from madang.foundation.actors import Actor, Role
from madang.record.acting import ACTIONS, action

PACKAGE = Path(madang.__file__).parent
ROOMS = sorted(path.parents[1].name for path in PACKAGE.glob("*/rules/permissions.py"))
MODULES = {room: import_module(f"madang.{room}.rules.permissions") for room in ROOMS}
PERMITTED = {
    act: lines for module in MODULES.values() for act, lines in getattr(module, "MAY", {}).items()
}

EVERYONE = set(Role)
LAW = {
    "ballot.close": ({Role.CLOCK}, {Role.CLOCK}),
    "ballot.draft": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "ballot.draft_round": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "ballot.revise": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "ballot.return": ({Role.CO_CHAIR}, {Role.CO_CHAIR}),
    "ballot.annul": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "ballot.remind": (
        {Role.SECRETARIAT, Role.CO_CHAIR},
        {Role.SECRETARIAT, Role.CO_CHAIR},
    ),
    "key.enter_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "key.confirm_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "vote.enter_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "vote.confirm_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "document.drop": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "codes.ask": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "codes.print": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "codes.revoke": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "chair.enter_stand_in": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "chair.confirm_stand_in": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "chair.end_stand_in": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "ballot.open": ({Role.CLOCK}, {Role.CLOCK}),
    "key.turn": ({Role.CO_CHAIR}, {Role.CO_CHAIR}),
    "ballot.cast": (set(), set()),
    "clock.move": (EVERYONE, set()),
    "forum.load": ({Role.LOADER}, {Role.LOADER}),
    "forum.found": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "account.grant": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "roll.register": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "forum.correct": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "rules.revise": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "member.correct": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "seat.pass": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "chair.name": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "consultation.ask": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "consultation.withdraw": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "consultation.remind": ({Role.SECRETARIAT, Role.CLOCK}, {Role.SECRETARIAT, Role.CLOCK}),
    "consultation.delegate": (set(), set()),
    "opinion.give": (set(), set()),
    "opinion.enter": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "focal.name": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "focal.end": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "focal.hand_over": (set(), set()),
    "forum.open": ({Role.LOADER}, {Role.LOADER}),
    "papers.fix": ({Role.LOADER, Role.CLOCK}, {Role.LOADER, Role.CLOCK}),
    "decision.fix": ({Role.CLOCK}, {Role.CLOCK}),
    "edition.key": ({Role.CO_CHAIR}, {Role.CO_CHAIR}),
    "edition.enter_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "edition.confirm_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "edition.drop_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "edition.publish": ({Role.CO_CHAIR, Role.CLOCK}, {Role.CO_CHAIR, Role.CLOCK}),
    "meeting.call": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "agenda.put": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "agenda.take_off": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "handover.pack": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "assessment.comment": (EVERYONE, EVERYONE),
    "remark.publish": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "remark.ask_hiding": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "remark.confirm_hiding": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "remark.refuse_hiding": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "remark.restore": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "remark.answer": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "review.enter": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "assessment.begin": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "assessment.write": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "assessment.put_out": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "assessment.publish": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "change.request": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "change.key": ({Role.CO_CHAIR}, {Role.CO_CHAIR}),
    "change.enter_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "change.confirm_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "change.drop_document": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "change.decide": ({Role.SECRETARIAT, Role.CLOCK}, {Role.SECRETARIAT, Role.CLOCK}),
    "change.apply": ({Role.CO_CHAIR, Role.CLOCK}, {Role.CO_CHAIR, Role.CLOCK}),
    "change.drop": (
        {Role.SECRETARIAT, Role.CO_CHAIR},
        {Role.SECRETARIAT, Role.CO_CHAIR},
    ),
    "texts.fix": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "plan.begin": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "plan.direct": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "plan.announce": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "plan.freeze": ({Role.CLOCK}, {Role.CLOCK}),
    "plan.thaw": ({Role.CLOCK}, {Role.CLOCK}),
    "commitment.write": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "commitment.withdraw": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "commitment.tie": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "commitment.untie": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "draft.grow": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "draft.write": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "draft.name_lead": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "draft.give_to_group": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "suggestion.make": (
        {Role.MEMBER, Role.CO_CHAIR, Role.SECRETARIAT, Role.GROUP_MEMBER},
        {Role.MEMBER, Role.CO_CHAIR, Role.SECRETARIAT, Role.GROUP_MEMBER},
    ),
    "suggestion.answer": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "suggestion.withdraw": (set(), set()),
    "call.announce": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "call.revise": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "call.open": ({Role.CLOCK}, {Role.CLOCK}),
    "call.close": ({Role.CLOCK}, {Role.CLOCK}),
    "call.extend": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "call.end": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "call.reopen": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "call.record": ({Role.SECRETARIAT, Role.LOADER}, {Role.SECRETARIAT, Role.LOADER}),
    "proposals.import": ({Role.SECRETARIAT, Role.LOADER}, {Role.SECRETARIAT, Role.LOADER}),
    "replies.write": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "replies.publish": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "proposal.ask_again": (EVERYONE, EVERYONE),
    "reply.rate": (EVERYONE, EVERYONE),
    "proposal.send": (EVERYONE, EVERYONE),
    "proposal.stop_letters": (EVERYONE, EVERYONE),
    "proposal.enter": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "proposal.edit": (EVERYONE, EVERYONE),
    "proposal.change_file": (EVERYONE, EVERYONE),
    "proposal.withdraw": (EVERYONE, EVERYONE),
    "proposal.endorse": (EVERYONE, EVERYONE),
    "proposal.enter_supports": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "proposal.publish": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "proposal.ask": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "proposal.ask_hiding": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "proposal.confirm_hiding": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "proposal.refuse_hiding": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "proposal.restore": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comments.announce": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comments.extend": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comments.call_off": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comment.publish": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comment.ask_hiding": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comment.confirm_hiding": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comment.refuse_hiding": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comment.restore": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comment.answer": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comments.publish_answers": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "comments.open": ({Role.CLOCK}, {Role.CLOCK}),
    "comments.close": ({Role.CLOCK}, {Role.CLOCK}),
    "comment.send": (EVERYONE, EVERYONE),
    "comment.stop_letters": (EVERYONE, EVERYONE),
    "comment.edit": (EVERYONE, EVERYONE),
    "comment.withdraw": (EVERYONE, EVERYONE),
    "comment.enter": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "group.form": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "group.join": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "group.leave": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "group.place": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "group.call_meeting": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "group.note_meeting": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "homework.give": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "homework.finish": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "proposal.mark": (set(), set()),
    "proposal.unmark": (set(), set()),
    "proposal.settle": (set(), set()),
    "candidate.open": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "candidate.write": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "candidate.merge": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "candidate.split": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "candidate.set_aside": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "candidate.score": (set(), set()),
    "candidate.argue": (set(), set()),
    "plan.load": ({Role.LOADER}, {Role.LOADER}),
    "periods.set": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "period.ask": ({Role.CLOCK}, {Role.CLOCK}),
    "period.close": ({Role.SECRETARIAT, Role.CLOCK}, {Role.SECRETARIAT, Role.CLOCK}),
    "period.fall_silent": ({Role.CLOCK}, {Role.CLOCK}),
    # Of focal points those with a body, which the actors of this page have not.
    "update.post": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "update.translate": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "update.weigh": ({Role.MEMBER}, {Role.MEMBER}),
    "evidence.look": ({Role.SECRETARIAT, Role.MEMBER}, {Role.SECRETARIAT, Role.MEMBER}),
    "view.state": ({Role.SECRETARIAT}, {Role.SECRETARIAT}),
    "milestone.comment": (EVERYONE, EVERYONE),
}
"""Who may do what: first in a practice forum, then in a real one."""


@pytest.fixture(scope="module", autouse=True)
def _every_action_is_known():
    for path in PACKAGE.glob("*/actions/*.py"):
        import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))


def test_every_act_has_its_permission_and_every_permission_its_act():
    assert set(PERMITTED) == set(ACTIONS)


def test_no_act_stands_in_two_rooms():
    acts = [act for module in MODULES.values() for act in getattr(module, "MAY", {})]

    assert len(acts) == len(set(acts))


def test_every_act_is_done_in_the_room_that_permits_it():
    for act, done in ACTIONS.items():
        room = done.do.__module__.split(".")[1]
        assert act in MODULES[room].MAY, act


def test_no_line_is_empty_for_it_would_let_anyone_in():
    assert all(lines and all(lines) for lines in PERMITTED.values())


@pytest.mark.parametrize("act", sorted(set(PERMITTED) | set(LAW)))
@pytest.mark.parametrize("role", sorted(Role))
def test_who_may_do_what_is_what_the_law_of_this_page_says(act, role):
    actor = Actor(roles=frozenset({Role.ANONYMOUS, role}))

    for practice, allowed in zip((True, False), LAW[act], strict=True):
        assert ACTIONS[act].open_to(actor, SimpleNamespace(practice=practice)) == (role in allowed)


def test_an_act_without_its_permission_cannot_even_be_defined():
    with pytest.raises(KeyError):
        action("forum.close", may={})(lambda forum, *, by, at: None)


def actions_in(source):
    """The names in a module of functions that write: those marked as actions, and those not."""
    marked, bare = [], []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and {"by", "at"} <= {
            a.arg for a in node.args.kwonlyargs
        }:
            is_action = any(
                getattr(getattr(d, "func", d), "id", "") == "action" for d in node.decorator_list
            )
            (marked if is_action else bare).append(node.name)
    return marked, bare


def test_what_looks_like_an_act_is_one():
    for path in PACKAGE.glob("*/actions/*.py"):
        assert actions_in(path.read_text("utf-8"))[1] == [], path


def test_an_act_that_forgot_to_say_so_is_noticed():
    assert actions_in("def close(ballot, *, by, at): ...") == ([], ["close"])
