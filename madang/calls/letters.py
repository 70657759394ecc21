"""The letters to whoever proposed something; each is written in the transaction of its act."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from madang.calls.actions.answer import RepliesPublished
from madang.calls.actions.import_proposals import ProposalsImported
from madang.calls.actions.moderate import ProposalHidden, ProposalPublished, SupplementAsked
from madang.calls.actions.send import ProposalReceived
from madang.calls.actions.window import CallExtended, CallOpened, CallReopened
from madang.calls.models import Call, Proposal, Reply
from madang.calls.reading import call_of, proposal_at
from madang.calls.replying import author_token
from madang.calls.rules.words import ProposalState
from madang.calls.stopping import stop_token
from madang.calls.words import HIDDEN_FOR, NOT_IN_PLAN, OUTCOMES
from madang.foundation.actors import Actor
from madang.foundation.templatetags.madang import spell
from madang.foundation.texts import Text
from madang.letters import outbox, texts
from madang.letters.following import tell_followers
from madang.letters.models import Letter
from madang.letters.texts import KINDS, Kind, spell_moment

_END = gettext_lazy("\n\nStop the letters about this proposal, at one press:\n%(stop)s")

KINDS.update(
    {
        "proposal.code": Kind(
            subject=gettext_lazy("%(code)s: your number for sending the proposal"),
            body=gettext_lazy(
                "Your number for sending the proposal is\n"
                "\n"
                "    %(code)s\n"
                "\n"
                "It works once, until %(until)s, for:\n"
                "%(title)s\n"
                "\n"
                "Nothing is sent before you type it. If you did not write this proposal, you "
                "need do nothing: nothing is kept of it."
            ),
            lasts=timedelta(minutes=30),
            opens_a_door=True,
        ),
        "proposal.received": Kind(
            subject=gettext_lazy(
                "Proposal %(label)s was received: an answer comes by %(answer_by)s"
            ),
            body=gettext_lazy(
                "Your proposal was received. Its number is %(label)s.\n"
                "\n"
                "%(title)s\n"
                "\n"
                "Here you see where it is, and its answer, for good:\n"
                "%(page)s\n"
                "\n"
                "%(public)s\n"
                "The answer comes by %(answer_by)s, with the reason also where it can’t be taken "
                "up."
            ),
        ),
        "proposal.code_for": Kind(
            subject=gettext_lazy("%(code)s: your number for proposal %(label)s"),
            body=gettext_lazy(
                "Your number for proposal %(label)s is\n"
                "\n"
                "    %(code)s\n"
                "\n"
                "It works once, until %(until)s. If you did not ask for it, you need do nothing."
            ),
            lasts=timedelta(minutes=30),
            opens_a_door=True,
        ),
        "proposal.supplement_asked": Kind(
            subject=gettext_lazy("Something is missing in proposal %(label)s"),
            body=gettext_lazy(
                "%(title)s\n"
                "\n"
                "The secretariat asks you to add:\n"
                "\n"
                "%(note)s\n"
                "\n"
                "Until then the time for the answer stands still. Add it here:\n"
                "%(mine)s"
            ),
        ),
        "proposal.hidden": Kind(
            subject=gettext_lazy("Proposal %(label)s was hidden"),
            body=gettext_lazy(
                "%(title)s\n"
                "\n"
                "Two persons of the secretariat hid it: %(why)s.\n"
                "\n"
                "Its number and its page stay, with the reason:\n"
                "%(page)s"
            ),
        ),
        "proposal.imported": Kind(
            subject=gettext_lazy("Your proposal stands here now, with the number %(label)s"),
            body=gettext_lazy(
                "What you proposed elsewhere was taken over from a list. Its number here is "
                "%(label)s.\n"
                "\n"
                "%(title)s\n"
                "\n"
                "Here you see where it is, and its answer, for good:\n"
                "%(page)s"
            ),
        ),
        "proposal.answered": Kind(
            subject=gettext_lazy("Proposal %(label)s was answered: %(outcome)s"),
            body=gettext_lazy(
                "Your proposal %(label)s was answered.\n"
                "\n"
                "%(title)s\n"
                "\n"
                "What became of it: %(outcome)s\n"
                "%(answer)s\n"
                "\n"
                "Answered by %(agency)s. The answer stands here for good:\n"
                "%(page)s\n"
                "\n"
                "Did this answer your question? Say so, or ask once for another look:\n"
                "%(speak)s"
            ),
        ),
        "proposal.answered_again": Kind(
            subject=gettext_lazy("Proposal %(label)s was looked at again: %(outcome)s"),
            body=gettext_lazy(
                "You asked for another look at the answer to your proposal %(label)s. It was "
                "looked at again, and this is the second answer.\n"
                "\n"
                "%(title)s\n"
                "\n"
                "What became of it: %(outcome)s\n"
                "%(answer)s\n"
                "\n"
                "Answered by %(agency)s. Both answers stand here for good:\n"
                "%(page)s\n"
                "\n"
                "Another look can be asked for once, so this answer is the last. Did it answer "
                "your question? Say so here:\n"
                "%(speak)s"
            ),
        ),
        "proposal.answer_day": Kind(
            subject=gettext_lazy("Proposal %(label)s: the answer comes by %(answer_by)s"),
            body=gettext_lazy(
                "The day of the answer to your proposal %(label)s was moved. It comes by "
                "%(answer_by)s, not by %(before)s.\n"
                "\n"
                "%(title)s\n"
                "\n"
                "Why: %(reason)s\n"
                "\n"
                "The old day and the new one stand here:\n"
                "%(call)s\n"
                "\n"
                "Your proposal:\n"
                "%(page)s"
            ),
        ),
        "proposal.published": Kind(
            subject=gettext_lazy("Proposal %(label)s is public"),
            body=gettext_lazy(
                "Your proposal %(label)s was looked at and is public now.\n\n%(title)s\n\n%(page)s"
            ),
        ),
    }
)
KINDS["call.open"] = Kind(
    subject=gettext_lazy("Anyone can propose now: %(plan)s"),
    body=gettext_lazy(
        "A call for proposals has opened. It is open until %(until)s, and every proposal gets an "
        "answer by %(answer_by)s.\n"
        "\n"
        "%(plan)s\n"
        "\n"
        "Propose something, without an account:\n"
        "%(form)s\n"
        "\n"
        "Stop these letters at one press:\n"
        "%(stop)s"
    ),
)
CALLS = "calls"
"""What one follows who wants to hear when a call opens."""


def tell_open(event: CallOpened, by: Actor, at: datetime) -> None:
    """Tell everyone who asked for it that a call has opened."""
    number = int(event.about.removeprefix("call:"))
    call = Call.objects.select_related("plan").get(plan__number=number)

    def facts() -> dict[str, Any]:
        language = translation.get_language() or "ko"
        return {
            "plan": call.plan.title.say(language).words,
            "until": spell_moment(call.closes_at),
            "answer_by": spell(call.answer_by) if call.answer_by else "",
            "form": _address("propose", number),
        }

    tell_followers([CALLS], "call.open", f"{event.about}:open:{at.isoformat()}", facts, at)


def tell_answer_day(event: CallExtended | CallReopened, by: Actor, at: datetime) -> None:
    """Tell every author who waits for an answer that its day was moved, where it was."""
    number = int(event.about.removeprefix("call:"))
    call = Call.objects.select_related("plan").get(plan__number=number)
    before, reason = call.earlier[-1]["answer_by"], Text.of(event.reason)
    if not before or before == call.answer_by:
        return

    def facts() -> dict[str, Any]:
        return {
            "answer_by": spell(call.answer_by),
            "before": spell(before),
            "reason": reason.say(translation.get_language() or "ko").words,
            "call": f"{_address('proposals', number)}#call",
        }

    rows = Proposal.objects.filter(plan=call.plan, outcome=None, contact__stopped_at=None)
    waiting = rows.exclude(state=ProposalState.WITHDRAWN).filter(contact__isnull=False)
    told = waiting.select_related("plan", "contact").defer("text", "features")
    why = f"answer-day:{at.isoformat()}"
    letters = (_to_author(found, "proposal.answer_day", why, facts, at) for found in told)
    outbox.post_all(letter for letter in letters if letter)


_PUBLIC_NOW = gettext_lazy("Everyone can read it now.")
_PUBLIC_LATER = gettext_lazy(
    "It seems to hold a telephone number or an e-mail address, so someone of the secretariat "
    "looks at it before everyone can read it."
)


def tell_received(event: ProposalReceived, by: Actor, at: datetime) -> None:
    """Confirm to its author that a proposal came in, with its number and what is promised."""
    found = event.proposal
    call = call_of(found.plan)

    def facts() -> dict[str, Any]:
        public = found.state == ProposalState.PUBLIC
        return {
            "answer_by": spell(call.answer_by) if call else "",
            "public": str(_PUBLIC_NOW if public else _PUBLIC_LATER),
        }

    tell_author(found, "proposal.received", "received", facts, at)


def tell_published(event: ProposalPublished, by: Actor, at: datetime) -> None:
    """Tell its author that a proposal that waited for a look is public."""
    found = proposal_at(event.about)
    tell_author(found, "proposal.published", f"published:{found.version}", dict, at)


def tell_asked(event: SupplementAsked, by: Actor, at: datetime) -> None:
    """Tell its author what should be added, and where."""
    found = proposal_at(event.about)

    def facts() -> dict[str, Any]:
        return {
            "note": event.note,
            "mine": _address("proposal.mine", found.plan.number, found.number),
        }

    tell_author(found, "proposal.supplement_asked", f"asked:{at.isoformat()}", facts, at)


def tell_hidden(event: ProposalHidden, by: Actor, at: datetime) -> None:
    """Tell its author that a proposal was hidden, and why."""
    found = proposal_at(event.about)

    def facts() -> dict[str, Any]:
        return {"why": str(HIDDEN_FOR[event.reason])}

    tell_author(found, "proposal.hidden", f"hidden:{at.isoformat()}", facts, at)


def tell_imported(event: ProposalsImported, by: Actor, at: datetime) -> None:
    """Tell those of a list who left an address what number their proposal has here."""
    plan = int(event.about.removeprefix("plan:"))
    rows = Proposal.objects.filter(plan__number=plan, number__range=(event.first, event.last))
    told = rows.filter(contact__isnull=False).select_related("plan", "contact")
    letters = (_to_author(found, "proposal.imported", "imported", dict, at) for found in told)
    outbox.post_all(letter for letter in letters if letter)


def tell_answered(event: RepliesPublished, by: Actor, at: datetime) -> None:
    """Tell every author of a plan whose answer was published just now."""
    plan = int(event.about.removeprefix("plan:"))
    rows = Reply.objects.filter(proposal__plan__number=plan, published_at=at)
    rows = rows.filter(proposal__contact__stopped_at=None, proposal__contact__isnull=False)
    told = rows.select_related("proposal__plan", "proposal__contact", "agency")
    letters = (_answer_to(reply, at) for reply in told)
    outbox.post_all(letter for letter in letters if letter)


def _answer_to(reply: Reply, at: datetime) -> Letter | None:
    def facts() -> dict[str, Any]:
        words = str(OUTCOMES[reply.outcome])
        if reply.reason:
            words = f"{words} ({NOT_IN_PLAN[reply.reason]})"
        language = translation.get_language() or "ko"
        answer = reply.text.say(language).words
        agency = reply.agency.name.say(language).words if reply.agency else ""
        return {
            "outcome": words,
            "answer": f"{answer}\n{reply.line}".strip(),
            "agency": agency,
            "speak": _address("proposal.answer", author_token(reply.proposal)),
        }

    kind = "proposal.answered" if reply.round == 1 else "proposal.answered_again"
    return _to_author(reply.proposal, kind, f"answered-{reply.round}", facts, at)


def tell_author(
    found: Proposal,
    kind: str,
    why: str,
    facts: Any,
    at: datetime,
    *,
    stoppable: bool = True,
    after: timedelta = timedelta(0),
) -> None:
    """Write to a proposal's author, where there is an address and it was not stopped.

    `facts` is called in the author's language. `why` names the letter: each is written once, and
    leaves `after` so long.
    """
    letter = _to_author(found, kind, why, facts, at, stoppable=stoppable, after=after)
    if letter:
        outbox.post_all([letter])


def _to_author(
    found: Proposal,
    kind: str,
    why: str,
    facts: Any,
    at: datetime,
    *,
    stoppable: bool = True,
    after: timedelta = timedelta(0),
) -> Letter | None:
    contact = getattr(found, "contact", None)
    if contact is None or contact.stopped_at:
        return None
    spoken = contact.language if contact.language in dict(settings.LANGUAGES) else "en"
    with translation.override(spoken):
        filled = {
            "label": found.label,
            "title": found.title,
            "page": _address("proposal", found.plan.number, found.number),
            "stop": _address("proposal.stop", stop_token(found)),
            **facts(),
        }
        words = texts.write(kind, spoken, filled)
        end = str(_END) % filled if stoppable else ""
    return outbox.a_letter(
        to=contact.email,
        language=words.language,
        kind=kind,
        reason=letter_reason(found, why),
        subject=words.subject,
        body=words.body + end,
        at=at,
        after=after,
    )


def letter_reason(found: Proposal, why: str) -> str:
    """What a letter to a proposal's author is known by."""
    return f"{found.ref}:{why}"


def _address(route: str, *args: Any) -> str:
    return settings.INSTALLATION.address + reverse(route, args=args)
