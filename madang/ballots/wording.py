"""The words of ballots in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madang.ballots.models import Ballot
from madang.foundation.texts import Text
from madang.meetings.words import OUTCOMES, STATES

__all__ = [
    "CHOICES",
    "OUTCOMES",
    "REASONS",
    "SIDES",
    "STATES",
    "WRITTEN_RULE",
    "receipt_number",
]

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
WRITTEN_RULE = {
    "words": Text(
        {
            "ko": (
                "안건이 경미하거나, 긴급해서 모일 시간이 없거나, 정족수를 채우기 어려울 때에만 "
                "서면으로 의결합니다. 그 밖에는 회의를 엽니다."
            ),
            "en": (
                "A question is decided in writing only where it is minor, where urgency leaves no "
                "time to meet, or where a quorum could hardly be reached; else the forum meets."
            ),
        }
    ),
    "source": Text(
        {
            "ko": "「행정기관 소속 위원회의 설치·운영에 관한 법률 시행령」 제5조 제2항",
            "en": (
                "Enforcement Decree of the Act on the Establishment and Operation of Committees "
                "under Administrative Agencies, Article 5(2)"
            ),
        }
    ),
    "as_of": "2013",
}
"""The rule that the closed list of reasons follows; `as_of` is the year of the text that was read."""
SIDES = {"government": _("Government"), "civil_society": _("Civil society")}


def receipt_number(ballot: Ballot, seat: str, version: int) -> str:
    """A receipt's number: meeting, round, seat, and how often the seat has answered."""
    return f"{ballot.label}-{seat}-{version}"
