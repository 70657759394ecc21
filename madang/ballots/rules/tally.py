"""Count a ballot and decide it. Plain values in, plain values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from madang.ballots.rules.words import Choice, Outcome
from madang.foundation.refusals import NotValid

HALF = Fraction(1, 2)
COMPARATORS = {"≥": ">=", ">=": ">=", ">": ">"}
TIES = {"reject": "rejects", "rejects": "rejects", "approve": "approves", "approves": "approves"}
BASES = {"quorum": ["roll"], "majority": ["roll", "returned", "cast"]}
"""What a share may be counted of: all seats of the roll, those that answered, yes and no alone."""


@dataclass(frozen=True)
class Share:
    """A threshold: a fraction of a base, to be reached (`≥`) or passed (`>`)."""

    fraction: Fraction
    comparator: str
    base: str

    @classmethod
    def of(cls, figure: Mapping[str, Any]) -> "Share":
        """Read a rule's figure, `{"fraction": "1/2", "comparator": ">", "base": "roll"}`."""
        return cls(Fraction(figure["fraction"]), COMPARATORS[figure["comparator"]], figure["base"])

    def met(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` is enough; of nothing, nothing is enough."""
        if whole <= 0:
            return False
        least = self.fraction * whole
        return part > least if self.comparator == ">" else part >= least

    def needed(self, whole: int) -> int:
        """The smallest whole number that is enough."""
        least = self.fraction * whole
        return floor(least) + 1 if self.comparator == ">" else ceil(least)


@dataclass(frozen=True)
class Rules:
    """The rules a ballot is decided by, frozen at its opening.

    `tie` says what as many for as against means: `rejects`, or `approves` where a forum's rules
    say so.
    """

    quorum: Share
    majority: Share
    tie: str = "rejects"
    early_close: bool = False


@dataclass(frozen=True)
class Tally:
    """How the seats of the roll answered."""

    yes: int = 0
    no: int = 0
    abstain: int = 0
    recused: int = 0
    not_returned: int = 0

    @property
    def roll(self) -> int:
        """The seats that count: a recused seat leaves every number and every base."""
        return self.returned + self.not_returned

    @property
    def returned(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def decided(self) -> int:
        return self.yes + self.no


@dataclass(frozen=True)
class Decision:
    """What a tally comes to. `detail` is `tie` where the rule on a tie decided it."""

    outcome: Outcome
    detail: str = ""


def read_rules(figures: Iterable[Mapping[str, Any]]) -> Rules:
    """The rules a ballot needs, from the forum's rules in force.

    Where they say nothing of a tie it rejects, and nothing of an early close, there is none.

    Raises NotValid: ballots.rule_not_recorded, where quorum or majority has no figure or that of
    a tie was not seen: nobody may fill it in; ballots.rule_not_understood, where a figure is
    recorded by which nothing can be counted.
    """
    known = {figure["key"]: figure["figure"] for figure in figures}
    known.setdefault("tie", {"word": "rejects"})
    for rule in ("quorum", "majority", "tie"):
        if not known.get(rule):
            raise NotValid("ballots.rule_not_recorded", rule=rule)
    return Rules(
        quorum=_share("quorum", known["quorum"]),
        majority=_share("majority", known["majority"]),
        tie=_tie(known["tie"]),
        early_close=(known.get("early-close") or {}).get("is") is True,
    )


def _share(rule: str, figure: Mapping[str, Any]) -> Share:
    try:
        share = Share.of(figure)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        raise NotValid("ballots.rule_not_understood", rule=rule) from None
    # Of nothing everything would be enough, and more than all never is.
    most = share.fraction < 1 if share.comparator == ">" else share.fraction <= 1
    if not (share.fraction > 0 and most and share.base in BASES[rule]):
        raise NotValid("ballots.rule_not_understood", rule=rule)
    return share


def _tie(figure: Mapping[str, Any]) -> str:
    if figure.get("word") not in TIES:
        raise NotValid("ballots.rule_not_understood", rule="tie")
    return TIES[figure["word"]]


def tally(answers: Mapping[str, str], roll: Iterable[str]) -> Tally:
    """Count the last answer of each seat on the roll; an answer of any other seat counts nowhere."""
    counts = dict.fromkeys([*Choice, "not_returned"], 0)
    for seat in roll:
        counts[answers.get(seat, "not_returned")] += 1
    return Tally(**{str(key): count for key, count in counts.items()})


def decide(counted: Tally, rules: Rules) -> Decision:
    """Decide a ballot: no quorum, approved, or rejected.

    An abstention counts for the quorum and not for yes; a recused seat counts nowhere. A tie is
    as many for as against, at least one each, whatever the majority. It rejects. Only where the
    forum's rules say that it approves is half enough: half of the majority's base, and of a
    majority of one half. Such a tie makes good neither the missing part of two thirds nor that
    of a base in which abstentions or missing answers leave yes below the half.

    One more yes never turns approved into rejected, as long as the majority is at least a half:
    below that it can make a tie.

    Source: the forum's rules in force when the ballot opened (quorum, majority and tie are their
    figures). On a tie under another majority than a half no rule that we have seen says anything.
    """
    if not rules.quorum.met(counted.returned, counted.roll):
        return Decision(Outcome.NO_QUORUM)
    whole = {"roll": counted.roll, "returned": counted.returned, "cast": counted.decided}
    base = whole[rules.majority.base]
    if counted.yes == counted.no and counted.yes:
        if rules.tie == "rejects":
            return Decision(Outcome.REJECTED, "tie")
        if rules.majority.fraction == HALF and 2 * counted.yes == base:
            return Decision(Outcome.APPROVED, "tie")
    passed = rules.majority.met(counted.yes, base)
    return Decision(Outcome.APPROVED if passed else Outcome.REJECTED)
