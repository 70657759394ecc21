"""The words of ballots in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.ballots.models import Ballot
from madang.meetings.words import OUTCOMES, STATES

__all__ = ["CHOICES", "OUTCOMES", "REASONS", "SIDES", "STATES", "receipt_number"]

CHOICES = {
    "yes": pgettext_lazy("vote", "Yes"),
    "no": pgettext_lazy("vote", "No"),
    "abstain": pgettext_lazy("vote", "Abstain"),
    "recused": pgettext_lazy("vote", "Interest declared"),
    "not_returned": pgettext_lazy("vote", "Not returned"),
}
REASONS = {
    "minor": _("the matter is minor"),
    "urgent": _("the matter is urgent and leaves no time to convene"),
    "unavoidable": _("a quorum could hardly be reached in a sitting"),
}
"""Why a question is decided in writing. Source: `rules.words.WrittenReason`."""
SIDES = {"government": _("Government"), "civil_society": _("Civil society")}


def receipt_number(ballot: Ballot, seat: str, version: int) -> str:
    """A receipt's number: meeting, round, seat, and how often the seat has answered."""
    return f"{ballot.label}-{seat}-{version}"
