"""What a round came to and what comes next: one sentence for its page and for its letters."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.ballots.models import Ballot
from madang.ballots.rules.rounds import PapersChange
from madang.ballots.rules.tally import Tally, read_rules
from madang.ballots.rules.words import Outcome


def said_result(ballot: Ballot) -> str:
    """What a closed ballot came to, in words and numbers, in the active language."""
    counted = Tally(**(ballot.counts or {}))
    facts = {"yes": counted.yes, "no": counted.no, "returned": counted.returned}
    facts |= {"roll": counted.roll, "abstain": counted.abstain}
    if ballot.outcome == Outcome.NO_QUORUM:
        return _too_few(ballot, counted)
    if ballot.detail == "tie":
        sentence = (
            _("Yes and no were equal, %(yes)s each; under the rules a tie approves.")
            if ballot.outcome == Outcome.APPROVED
            else _("Yes and no were equal, %(yes)s each; under the rules a tie rejects.")
        )
        return sentence % facts
    if ballot.outcome == Outcome.APPROVED:
        return (
            _("%(returned)s of %(roll)s seats answered, and enough of them said yes: %(yes)s.")
            % facts
        )
    return (
        _("%(returned)s of %(roll)s seats answered, but too few of them said yes: %(yes)s.") % facts
    )


def _too_few(ballot: Ballot, counted: Tally) -> str:
    if not counted.roll:
        return _("Every seat declared an interest, so nobody was left to decide.")
    needed = read_rules(ballot.rules or []).quorum.needed(counted.roll)
    return ngettext(
        "Only %(returned)s of %(roll)s seat answered and %(needed)s was needed, so nothing is "
        "decided, neither yes nor no.",
        "Only %(returned)s of %(roll)s seats answered and %(needed)s were needed, so nothing is "
        "decided, neither yes nor no.",
        counted.roll,
    ) % {"returned": counted.returned, "roll": counted.roll, "needed": needed}


def said_next(ballot: Ballot, later: Ballot | None = None) -> str:
    """What may come after a closed ballot; `later` is the round in which it was put again."""
    if ballot.outcome == Outcome.NO_QUORUM:
        if later:
            return _(
                "This round is not reopened: the question was put again in round %(round)s."
            ) % {"round": later.round}
        return _(
            "This round is not reopened. The secretariat may put the question again in a new "
            "round of this meeting, with both keys anew."
        )
    of_a_plan = ballot.decides.startswith("plan:")
    if ballot.outcome == Outcome.APPROVED:
        return (
            _("What is adopted is published once both co-chairs have turned their keys to it.")
            if of_a_plan
            else ""
        )
    if not of_a_plan:
        return _("To ask again takes a new ballot, at a meeting of its own.")
    return _(
        "The text goes back to those who write it. To ask again takes a new ballot, at a meeting "
        "of its own."
    )


def said_again(round: int, earlier: Ballot) -> str:
    """Why there is a further round, and what of the one before counts in it."""
    counted = Tally(**(earlier.counts or {}))
    return _(
        "This is round %(round)s. In round %(earlier)s only %(returned)s of %(roll)s seats answered, "
        "so nothing was decided; what was answered then does not count here."
    ) % {
        "round": round,
        "earlier": earlier.round,
        "returned": counted.returned,
        "roll": counted.roll,
    }


def said_papers(change: PapersChange, earlier: int) -> str:
    """How the papers differ from those of the round before."""
    if not change:
        return _("The papers are the same as in round %(round)s.") % {"round": earlier}
    return _(
        "The papers are not those of round %(round)s: reworded %(changed)s, new %(added)s, "
        "dropped %(dropped)s."
    ) % {
        "round": earlier,
        "changed": len(change.changed),
        "added": len(change.added),
        "dropped": len(change.dropped),
    }
