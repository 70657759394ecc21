"""Letters about the keys that publish an adopted plan."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from madang.ballots.actions.close import BallotClosed
from madang.ballots.keys import voided_now
from madang.ballots.notices import WHY_VOID, chairs_of, holders_of, void_facts, write_to
from madang.ballots.papers import plan_of
from madang.ballots.reading import ballot_at, roll_on
from madang.ballots.rules.words import Outcome
from madang.drafting.models import CoLead, Suggestion
from madang.foundation.actors import Actor
from madang.foundation.refusals import Refusal
from madang.letters.texts import KINDS, Kind
from madang.members.models import Account
from madang.planning.actions.freeze import PlanFrozen
from madang.planning.models import Plan
from madang.plans.actions.amend import ChangeDecided, ChangeRequested
from madang.plans.actions.publish import EditionKeyed
from madang.plans.changing import change_at
from madang.plans.reading import adopted_versions, edition_ref
from madang.record import log

KINDS.update(
    {
        "edition.keys_wanted": Kind(
            subject=gettext_lazy("An adopted plan waits for your key: %(plan)s"),
            body=gettext_lazy(
                "%(plan)s\n"
                "\n"
                "The forum adopted it. It is published with the keys of both co-chairs, as the "
                "very text that was voted on. Read it, and turn your key:\n"
                "%(page)s\n"
                "\n"
                "Opening the link turns no key."
            ),
        ),
        "change.keys_wanted": Kind(
            subject=gettext_lazy("A change of commitment %(commitment)s waits for your key"),
            body=gettext_lazy(
                "%(plan)s\n"
                "%(title)s\n"
                "\n"
                "The secretariat asks to change this commitment, for this reason:\n"
                "\n"
                "%(reason)s\n"
                "\n"
                "It is in force with the keys of both co-chairs. Read what changes, and turn your "
                "key or refuse it:\n"
                "%(page)s\n"
                "\n"
                "Opening the link turns no key."
            ),
        ),
        "plan.frozen": Kind(
            subject=gettext_lazy("The texts are fixed for the forum’s decision: %(plan)s"),
            body=gettext_lazy(
                "%(plan)s\n"
                "\n"
                "Both co-chairs turned their keys: the texts of its commitments are before the "
                "forum. Everyone reads them now, and nobody writes on them. Suggestions and "
                "comments that were not answered stay readable as they are.\n"
                "\n"
                "Whoever has a vote gets a letter of its own when it opens.\n"
                "\n"
                "The texts:\n"
                "%(page)s"
            ),
        ),
        "edition.key_void": Kind(
            subject=gettext_lazy("Your key is void: %(plan)s"),
            body=gettext_lazy(
                "%(plan)s\n"
                "\n"
                "The key turned for the side %(side)s at %(turned_at)s, to publish this plan, is "
                "void. %(why)s\n"
                "\n"
                "What would be published now:\n"
                "%(page)s\n"
                "\n"
                "Opening the link turns no key."
            ),
        ),
    }
)


def ask_to_publish(event: BallotClosed, by: Actor, at: datetime) -> None:
    """Ask both co-chairs for their keys to the plan that a ballot has adopted, where it can be published."""
    ballot = ballot_at(event.about)
    plan = plan_of(ballot) if event.outcome == Outcome.APPROVED else None
    if plan is None:
        return
    try:
        adopted_versions(plan, ballot)
    except Refusal:
        return
    asked = chairs_of(["government", "civil_society"], at)
    page = ("desk.publish", [plan.number])
    why = f"{edition_ref(plan)}:keys:{ballot.ref}-{ballot.round}"
    write_to(asked, "edition.keys_wanted", why, {"plan": plan.title}, page=page, at=at)


def tell_frozen(event: PlanFrozen, by: Actor, at: datetime) -> None:
    """Tell every member, who leads the writing and who suggested a change that the texts are fixed."""
    plan = Plan.objects.get(number=int(event.about.removeprefix("plan:")))
    seated = [held.person_id for held in roll_on(timezone.localdate(at).isoformat())]
    wrote = Q(
        person__in=CoLead.objects.filter(commitment__plan=plan, ended_at=None).values("person")
    )
    wrote |= Q(pk__in=Suggestion.objects.filter(commitment__plan=plan).values("account"))
    told = Account.objects.filter(Q(person__in=seated) | wrote, is_active=True).order_by("pk")
    # Given back and fixed again it is another text: one letter each time.
    why = f"{plan.ref}:frozen:{log.this_entry()}"
    write_to(
        told, "plan.frozen", why, {"plan": plan.title}, page=("commitments", [plan.number]), at=at
    )


def tell_edition_keys_void(event: EditionKeyed, by: Actor, at: datetime) -> None:
    """Tell whoever turned a key to publish that it is void: the other was turned on another text."""
    plan = Plan.objects.get(number=int(event.about.removeprefix("plan:")))
    for key in voided_now(event.edition, at):
        facts = {"plan": plan.title, **void_facts(key, WHY_VOID["key.turned"])}
        page = ("desk.publish", [plan.number])
        why = f"{event.edition}:key-void:{key.pk}"
        write_to(holders_of(key, at), "edition.key_void", why, facts, page=page, at=at)


def ask_for_change_keys(event: ChangeRequested | ChangeDecided, by: Actor, at: datetime) -> None:
    """Ask both co-chairs for their keys to a change of an adopted plan."""
    change = change_at(event.about)
    assert change
    facts = {
        "plan": change.plan.title,
        "commitment": change.commitment.number,
        "title": change.commitment.title,
        "reason": change.reason,
    }
    asked = chairs_of(["government", "civil_society"], at)
    page = ("desk.change", [change.plan.number, change.number])
    # Once it is asked for, and once more when the forum has decided it.
    why = f"{change.ref}:keys:{change.decided_by}" if change.decided_by else f"{change.ref}:keys"
    write_to(asked, "change.keys_wanted", why, facts, page=page, at=at)
