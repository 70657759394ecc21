"""A decision worked out, number by number, as a reader checks it. Plain values in and out."""

from dataclasses import dataclass

from madang.ballots.rules.tally import Rules, Share, Tally


@dataclass(frozen=True)
class Step:
    """One threshold: `part` of `whole` against a share of it."""

    key: str
    part: int
    whole: int
    share: Share
    met: bool

    @property
    def least(self) -> str:
        """The share of the whole as a number: `15`, `13.5`, or `20 2/3` where it has no short one."""
        least = self.share.fraction * self.whole
        if least.denominator in (1, 2, 4, 5, 10, 20):
            return f"{float(least):g}"
        return f"{least.numerator // least.denominator} {least - int(least)}"

    @property
    def at(self) -> float:
        """Where the threshold lies on the whole, from 0 to 1."""
        return float(self.share.fraction)


def steps(counted: Tally, rules: Rules) -> list[Step]:
    """The two thresholds in order: enough answered, and enough yes among those who count.

    Source: as `decide`, whose answer they explain.
    """
    base = rules.majority.base
    whole = {"roll": counted.roll, "returned": counted.returned, "cast": counted.decided}[base]
    return [
        Step(
            "quorum",
            counted.returned,
            counted.roll,
            rules.quorum,
            rules.quorum.met(counted.returned, counted.roll),
        ),
        Step(
            "majority", counted.yes, whole, rules.majority, rules.majority.met(counted.yes, whole)
        ),
    ]
