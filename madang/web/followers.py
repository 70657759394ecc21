"""Who hears of what happened: one table, event by event, inside the act's transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from madang.ballots import letters, notices
from madang.ballots.actions.cast import BallotCast
from madang.ballots.actions.close import close_ballot
from madang.ballots.reading import all_answered
from madang.ballots.rules.tally import read_rules
from madang.calls import letters as proposal_letters
from madang.consultation import comment_letters
from madang.consultation import letters as consultation_letters
from madang.drafting import letters as drafting_letters
from madang.foundation.actors import CLOCK, Actor
from madang.letters import focal as focal_letters
from madang.monitoring import letters as update_letters
from madang.monitoring import telling
from madang.plans import notices as plan_notices
from madang.plans.actions.amend import apply_when_keyed, decide_when_approved
from madang.plans.actions.publish import publish_when_keyed
from madang.plans.changing import check_when_asked
from madang.record import acting
from madang.record.events import Event
from madang.taskforces import letters as sorting_letters
from madang.web import preparing


def close_if_complete(event: BallotCast, by: Actor, at: datetime) -> None:
    """Close a ballot with the last seat's answer, where its rules say so."""
    ballot = event.place.ballot
    if event.version > 1 or not read_rules(ballot.rules or []).early_close:
        # A changed answer is the answer of a seat that had one.
        return
    if all_answered(ballot):
        # A vote on paper is entered by an officer, who closes nothing: then it is the clock's act.
        close_ballot(ballot, by=by if by.seats else CLOCK, at=at)


FOLLOWERS: dict[str, list[Callable[[Any, Actor, datetime], None]]] = {
    "focal.named": [
        focal_letters.welcome,
        update_letters.ask_newcomer,
        consultation_letters.ask_successors,
    ],
    "focal.handed_over": [
        focal_letters.welcome,
        update_letters.ask_newcomer,
        consultation_letters.ask_successors,
    ],
    "updates.asked": [update_letters.ask],
    "updates.missed": [update_letters.tell_directors, telling.tell_silent],
    "update.posted": [
        update_letters.tell_posted,
        update_letters.tell_authors,
        telling.tell_reported,
    ],
    "consultation.asked": [consultation_letters.ask],
    "consultation.reminded": [consultation_letters.remind],
    "consultation.delegated": [consultation_letters.pass_on],
    "consultation.withdrawn": [consultation_letters.tell_withdrawn],
    "opinion.given": [consultation_letters.confirm],
    "ballot.drafted": [check_when_asked, notices.ask_for_keys],
    "ballot.revised": [notices.ask_for_keys, notices.tell_keys_void],
    "ballot.returned": [notices.tell_secretariat, notices.tell_keys_void],
    "ballot.annulled": [notices.tell_keys_void],
    "key.turned": [notices.tell_keys_void],
    "codes.printed": [notices.tell_printed],
    "ballot.opened": [letters.invite, notices.tell_keys_void],
    "ballot.cast": [letters.give_receipt, close_if_complete],
    "ballot.reminded": [letters.remind_seats],
    "edition.keyed": [plan_notices.tell_edition_keys_void, publish_when_keyed],
    "change.requested": [plan_notices.ask_for_change_keys],
    "change.decided": [plan_notices.ask_for_change_keys],
    "change.keyed": [apply_when_keyed],
    "plan.frozen": [plan_notices.tell_frozen],
    "commitment.amended": [telling.tell_amended],
    "ballot.closed": [letters.tell_result, plan_notices.ask_to_publish, decide_when_approved],
    "call.opened": [proposal_letters.tell_open],
    "call.extended": [proposal_letters.tell_answer_day],
    "call.reopened": [proposal_letters.tell_answer_day],
    "proposal.received": [proposal_letters.tell_received],
    "proposal.published": [proposal_letters.tell_published],
    "proposal.supplement_asked": [proposal_letters.tell_asked],
    "proposal.hidden": [proposal_letters.tell_hidden],
    "replies.published": [proposal_letters.tell_answered],
    "suggestion.answered": [drafting_letters.tell_answered],
    "comment.received": [comment_letters.tell_received],
    "comment.published": [comment_letters.tell_published],
    "comment.hidden": [comment_letters.tell_hidden],
    "comments.answered": [comment_letters.tell_answered],
    "proposals.imported": [proposal_letters.tell_imported],
    "proposal.marked": [sorting_letters.tell_joined],
    "proposal.unmarked": [sorting_letters.forget_joined],
    "proposal.settled": [sorting_letters.tell_joined],
    "candidate.merged": [sorting_letters.tell_joined],
    "candidate.split": [sorting_letters.tell_joined],
}
for _kind in preparing.MOVES:
    FOLLOWERS.setdefault(_kind, []).append(preparing.follow_ballot)


def tell(event: Event, by: Actor, at: datetime) -> None:
    for follow in FOLLOWERS.get(event.KIND, ()):
        follow(event, by, at)


def install() -> None:
    if tell not in acting.followers:
        acting.followers.append(tell)
