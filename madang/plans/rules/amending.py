"""Changing an adopted plan: what may be changed, until when, and who decides it.

The figures are data with dates and sources (`plans.AmendmentRule`); what is not recorded binds
nobody and is shown as not recorded.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from madang.foundation.dates import PartialDate
from madang.foundation.refusals import NotNow, NotValid

SHORTEST_REASON, LONGEST_REASON = 20, 2000
"""Characters of the reason for a change, in one language at least."""
LONG_PLAN = 4
"""From how many years on a plan is refreshed midway. Source: DOMAIN 1.4 (OGP, since 2022)."""


class ChangeKind(StrEnum):
    """An amendment of one commitment, or its part in a four-year plan's refresh midway."""

    AMENDMENT = "amendment"
    REFRESH = "refresh"


class ChangeState(StrEnum):
    """Where a change request is."""

    WAITING = "waiting"
    IN_FORCE = "in_force"
    DROPPED = "dropped"


class RuleKey(StrEnum):
    """What a rule about changes is about."""

    WINDOW = "amendment-window"
    REFRESH = "midterm-refresh"
    DECIDED_BY = "decided-by"


WINDOWS = {
    ChangeKind.AMENDMENT: RuleKey.WINDOW,
    ChangeKind.REFRESH: RuleKey.REFRESH,
}
"""The rule that gives the last day of each kind of change."""


@dataclass(frozen=True)
class DatedRule:
    """A rule with the days on which it is in force; an end that is not known is None."""

    key: str
    figure: Mapping[str, Any] | None
    starts: str | None
    ends: str | None


def rule_on(rules: Iterable[DatedRule], key: str, day: str) -> DatedRule | None:
    """The rule of a key in force on a day; where two are, the one that came last."""
    there = [
        rule
        for rule in rules
        if rule.key == key
        and (not rule.starts or rule.starts <= day)
        and (not rule.ends or day[: len(rule.ends)] <= rule.ends)
    ]
    return max(there, key=lambda rule: rule.starts or "", default=None)


def years_of(starts: str | None, ends: str | None) -> int | None:
    """A period's length, to the nearest year; None where an end of it is not recorded."""
    if not (starts and ends):
        return None
    first, last = PartialDate(starts), PartialDate(ends)
    # A year alone ends in December and begins in January.
    months = (last.year - first.year) * 12 + (last.month or 12) - (first.month or 1) + 1
    return round(months / 12)


def last_day(since: date, figure: Mapping[str, Any] | None) -> date | None:
    """The last day of so many years after a day; None where no figure is recorded.

    After 29 February it is the 28th where the year has no 29th.
    """
    years = (figure or {}).get("years")
    if years is None:
        return None
    try:
        return since.replace(year=since.year + years)
    except ValueError:
        return since.replace(year=since.year + years, day=28)


def is_late(submitted: date | None, figure: Mapping[str, Any] | None, today: date) -> bool:
    """Whether a change is asked for after the last day; what is not known makes nothing late."""
    last = last_day(submitted, figure) if submitted else None
    return last is not None and today > last


def check_can_amend(status: str) -> None:
    """Only what was adopted is amended. Raises NotNow: plans.not_adopted."""
    if status != "published":
        raise NotNow("plans.not_adopted")


def check_kind(kind: str, *, starts: str | None, ends: str | None) -> None:
    """Raises NotValid: plans.no_change_kind; NotNow: plans.no_refresh."""
    if kind not in list(ChangeKind):
        raise NotValid("plans.no_change_kind", field="kind")
    years = years_of(starts, ends)
    if kind == ChangeKind.REFRESH and (years is None or years < LONG_PLAN):
        raise NotNow("plans.no_refresh", years=LONG_PLAN, field="kind")


def check_change_reason(words: Collection[str | None]) -> None:
    """Raises NotValid: plans.no_change_reason, plans.change_reason_long."""
    longest = max((len(one or "") for one in words), default=0)
    if longest < SHORTEST_REASON:
        raise NotValid("plans.no_change_reason", least=SHORTEST_REASON, field="reason")
    if longest > LONGEST_REASON:
        raise NotValid("plans.change_reason_long", most=LONGEST_REASON, field="reason")


def check_steps_stay(before: Iterable[str], after: Iterable[str | None]) -> None:
    """A promised step is not taken out: what is not done any more is reported as stopped.

    Raises NotValid: plans.step_taken_out.
    """
    gone = set(before) - {label for label in after if label}
    if gone:
        raise NotValid("plans.step_taken_out", labels=", ".join(sorted(gone)), field="steps")


def check_decided(decided_by: str, word: str | None, *, on_another: bool) -> None:
    """The rules may want a ballot or a meeting before the co-chairs' keys.

    `word` is the rule's: `keys`, `ballot`, `meeting`, or None where none is recorded. `on_another`
    is whether the ballot that is named is known to have been on something else.

    Raises NotNow: plans.change_wants_ballot, plans.change_wants_meeting, plans.other_ballot.
    """
    if word == "ballot" and not decided_by.startswith("ballot:"):
        raise NotNow("plans.change_wants_ballot", field="decided_by")
    if word == "meeting" and not decided_by.startswith(("ballot:", "meeting:")):
        raise NotNow("plans.change_wants_meeting", field="decided_by")
    if word in ("ballot", "meeting") and on_another:
        raise NotNow("plans.other_ballot", field="decided_by")


def check_meeting(
    held: str | None,
    asked: date,
    *,
    of_the_forum: bool,
    sitting: bool,
    agenda: Collection[str],
    about: Collection[str],
) -> None:
    """Whether a meeting can have decided a change that was asked for on a day.

    `held` is its last day as far as it is recorded, `agenda` what its items are about, one for each
    item, and `about` what of it would be this change.

    Raises NotNow: plans.meeting_in_writing, plans.other_meeting, plans.meeting_before,
    plans.meeting_without_it.
    """
    if not sitting:
        raise NotNow("plans.meeting_in_writing", field="decided_by")
    if not of_the_forum:
        raise NotNow("plans.other_meeting", field="decided_by")
    # A month alone is taken as a whole; of a meeting without a day nobody can say when it was.
    if not held or held < asked.isoformat()[: len(held)]:
        raise NotNow("plans.meeting_before", field="decided_by")
    if agenda and not set(agenda) & set(about):
        raise NotNow("plans.meeting_without_it", field="decided_by")


def check_waiting(state: str) -> None:
    """Raises NotNow: plans.change_settled."""
    if state != ChangeState.WAITING:
        raise NotNow("plans.change_settled")
